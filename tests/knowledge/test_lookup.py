"""Names in sentences: who and what the tables see, in which form, and what they leave alone."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.knowledge import Hit, Knowledge, Office, load
from khabar.knowledge.lookup import covers
from khabar.language import Analyzer
from khabar.reading import read_text

Finder = Callable[[str], list[tuple[str, Hit]]]


def entities(find: Finder, text: str) -> list[str]:
    return [hit.entity for _, hit in find(text)]


def test_a_state_its_adjective_and_its_capital(find: Finder) -> None:
    found = find("قصفت روسيا مواقع سورية وردت أنقرة")
    assert ("روسيا", "rus", "name") in [(words, hit.entity, hit.kind) for words, hit in found]
    assert ("سورية", "syr", "demonym") in [(words, hit.entity, hit.kind) for words, hit in found]
    assert ("أنقرة", "tur", "capital") in [(words, hit.entity, hit.kind) for words, hit in found]
    assert ("أنقرة", "plc.tur.ankara", "name") in [(words, hit.entity, hit.kind) for words, hit in found]


@pytest.mark.parametrize(
    ("text", "entity", "proclitics"),
    [
        ("ولروسيا", "rus", "ول"),
        ("بالقاهرة", "egy", "ب"),
        ("للرئيس", "president", "ل"),
        ("وللجيش", "grp.army", "ول"),
        ("والحوثيين", "org.houthis", "و"),
    ],
)
def test_letters_attached_in_front(find: Finder, text: str, entity: str, proclitics: str) -> None:
    assert (entity, proclitics) in [(hit.entity, hit.proclitics) for _, hit in find(text)]


def test_the_word_as_it_stands_is_preferred(find: Finder) -> None:
    assert [hit.proclitics for _, hit in find("لبنان")] == [""]
    assert "lbn.berri" not in entities(find, "شركات كبرى")


def test_the_longest_name_wins(find: Finder) -> None:
    assert find("الجيش السوري الحر")[0][0] == "الجيش السوري الحر"
    assert entities(find, "كوريا الشمالية") == ["prk"]
    assert "grp.ministry-foreign" not in entities(find, "التقى وزير الخارجية نظيره")


def test_a_name_with_marks_inside(find: Finder) -> None:
    assert "org.isis" in entities(find, 'تبنى تنظيم "الدولة الإسلامية" الهجوم')
    assert "prk.kim" in entities(find, "زعيم كوريا الشمالية كيم جونغ-أون")


@pytest.mark.parametrize("text", ["عبد الفتاح السيسي", "عبدالفتاح السيسي", "عبد الفتّاح السيسي"])
def test_spellings_of_one_name(find: Finder, text: str) -> None:
    assert entities(find, text) == ["egy.sisi"]


@pytest.mark.parametrize(
    ("text", "form", "pronoun"),
    [
        ("الرئيسان", "md", ""),
        ("رؤساء", "mp", ""),
        ("رئيسها", "ms", "ها"),
        ("قواته", "fp", "ه"),
        ("المتظاهرون", "mp", ""),
        ("متظاهرين", "mp", ""),
        ("مسلحي", "mp", ""),
        ("وزيرة الدفاع", "fs", ""),
        ("وزراء خارجية", "mp", ""),
        ("وزير خارجيتها", "ms", "ها"),
        ("الأميركيين", "mp", ""),
        ("الفرنسية", "fs", ""),
    ],
)
def test_forms(find: Finder, text: str, form: str, pronoun: str) -> None:
    words, hit = find(text)[0]
    assert (words, hit.form, hit.pronoun) == (text, form, pronoun)


def test_ta_marbuta_and_the_pronoun_are_told_apart(find: Finder) -> None:
    assert [hit.pronoun for _, hit in find("التقى نظيره")] == ["ه"]
    assert [(hit.form, hit.pronoun) for _, hit in find("نظيرة")] == [("fs", "")]
    assert "mdv" not in entities(find, "أزمة مالية")


def test_ambiguous_names_are_hits_of_their_own(find: Finder) -> None:
    assert {"jor", "omn"} <= set(entities(find, "وصل إلى عمان"))


def test_places_that_are_words(find: Finder) -> None:
    assert "plc.irq.al-qa-im" not in entities(find, "الوضع القائم")
    assert "plc.irq.al-qa-im" in entities(find, "انسحبوا من مدينة القائم")
    assert "plc.gbr.leeds" in entities(find, "اعتقل في ليدز")
    assert "plc.gbr.leeds" not in entities(find, "قال ليدز")
    assert "mli" not in entities(find, "دعم مالي كبير")
    assert "mli" in entities(find, "هجوم في مالي")
    assert "mli" in entities(find, "موريتانيا ومالي والنيجر")


def test_words_that_only_look_like_names(find: Finder) -> None:
    assert entities(find, "مثل أمام القضاة")[0] != "imam"
    assert "org.outlet-spa" in entities(find, "قالت وكالة الأنباء السعودية (واس) إن الوزير وصل")
    assert "org.fatah" not in entities(find, "بعد فتح الطريق")
    assert "org.fatah" in entities(find, "قيادي في حركة فتح")


def test_adjectives_are_not_people(find: Finder) -> None:
    assert "journalist" not in entities(find, "خلال مؤتمر صحفي")
    assert "journalist" in entities(find, "قتل صحفي في القصف")
    assert "grp.civilians" not in entities(find, "مطار الطيران المدني")


def test_words_behind_a_noun_that_leave_it_as_it_is(find: Finder) -> None:
    assert "grp.suspects" in entities(find, "اعتقلت الشرطة مشتبها به")
    assert entities(find, "المسؤولون في المخابرات") == ["intelligence-official"]
    assert entities(find, "المتحدث باسم الكرملين") == ["kremlin-spokesman"]


def test_ministries_by_their_field_alone(find: Finder) -> None:
    assert "grp.ministry-foreign" in entities(find, "نددت الخارجية الروسية بالغارة")
    assert "grp.ministry-foreign" not in entities(find, "رسم السياسة الخارجية")


def test_offices_change_with_the_date(known: Knowledge) -> None:
    assert known.code_on("usa.obama", dt.date(2015, 1, 1)) == "USA GOV"
    assert known.code_on("usa.obama", dt.date(2018, 1, 1)) == "USA ELI"
    office = known.office_on("rus.putin", dt.date(2010, 1, 1))
    assert office is not None
    assert office.office == "prime-minister"
    assert known.office_on("nobody", None) is None
    assert known.code_on("nobody", None) == "UNK"


def test_holders(known: Knowledge) -> None:
    assert known.holders("president", "RUS", dt.date(2018, 5, 1)) == ("rus.putin",)
    assert known.holders("president", "RUS", dt.date(2010, 5, 1)) == ("rus.medvedev",)
    assert "uno.guterres" in known.holders("un-secretary-general", "UNO", dt.date(2018, 5, 1))
    assert known.holders("president", "XXX", None) == ()


def test_titles_of_one_office_and_titles_of_many(known: Knowledge) -> None:
    day = dt.date(2018, 5, 1)
    assert known.holders("king-title", "SAU", day) == known.holders("king", "SAU", day) == ("sau.salman",)
    assert known.holders("spokesman", "RUS", day) == ()


@pytest.mark.parametrize(
    ("start", "end", "day", "held"),
    [
        ("2014-06", "", "2014-06-01", True),
        ("2014-06", "", "2014-05-31", False),
        ("2014", "2016", "2016-12-31", True),
        ("2014", "2016", "2017-01-01", False),
        ("2014-06-10", "2014-06-10", "2014-06-10", True),
        ("", "2014", "1990-01-01", True),
    ],
)
def test_partial_dates_count_whole(start: str, end: str, day: str, held: bool) -> None:
    office = Office("president", "RUS GOV", start, end)
    assert covers(office, dt.date.fromisoformat(day)) is held


def test_unsure_offices_decide_nothing(tmp_path: Path) -> None:
    people = tmp_path / "people"
    people.mkdir()
    header = "id\tname\tname_en\tcountry\tvariants\toffices\tbase_code"
    row = "zzz.someone\tفلان الفلاني\tSomeone\tEGY\t\tminister EGY GOV 2015..2020 ?\tEGY OPP"
    (people / "mine.tsv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    known = load(tmp_path)
    assert known.code_on("zzz.someone", dt.date(2016, 1, 1)) == "EGY OPP"
    assert known.entities["zzz.someone"].offices[0].sure is False


def test_a_table_of_ones_own_replaces_rows_of_ours(tmp_path: Path) -> None:
    (tmp_path / "organisations.tsv").write_text(
        "id\tname\tname_en\tcountry\tcode\tsubkind\tvariants\n"
        "org.hamas\tحركة حماس\tHamas\tPSE\tPSE PTY\tparty\tحماس\n",
        encoding="utf-8",
    )
    assert load(tmp_path).entities["org.hamas"].code == "PSE PTY"
    assert load().entities["org.hamas"].code == "PSE REB"
    assert load(tmp_path).digest != load().digest


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(NotADirectoryError):
        load(Path("/no/such/folder"))


def test_a_malformed_table_names_its_line(tmp_path: Path) -> None:
    people = tmp_path / "people"
    people.mkdir()
    header = "id\tname\tname_en\tcountry\tvariants\toffices\tbase_code"
    (people / "mine.tsv").write_text(f"{header}\nx.y\tفلان\t\tEGY\t\tminister\t\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"people/mine\.tsv:2: office «minister»"):
        load(tmp_path)


WORDS = [
    "الرئيس",
    "وزير",
    "خارجية",
    "كوريا",
    "الشمالية",
    "حزب",
    "الله",
    "في",
    "عمان",
    "،",
    "«",
    "»",
    "محمد",
    "بن",
    "سلمان",
]


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_hits_never_overlap(known: Knowledge, analyzer: Analyzer, words: list[str]) -> None:
    for sentence in analyzer.sentences(read_text(" ".join(words))):
        spans = sorted({(hit.first, hit.last) for hit in known.hits(sentence)})
        assert all(0 <= first <= last < len(sentence.tokens) for first, last in spans)
        assert all(left[1] < right[0] for left, right in itertools.pairwise(spans))
