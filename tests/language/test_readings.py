from __future__ import annotations

import pytest

from khabar.language import Analyzer, load_lexicon

ANALYZER = Analyzer(load_lexicon(["غارة/غارات", "مجزرة/مجازر", "مسيرة/مسيرات", "انتحاري", "قنبلة/قنابل"]))


def lemmas(text: str) -> list[str]:
    return list(dict.fromkeys(reading.lemma for reading in ANALYZER.word(text).verbs))


def nouns(text: str) -> list[str]:
    return list(dict.fromkeys(reading.lemma for reading in ANALYZER.word(text).nouns))


@pytest.mark.parametrize(
    ("text", "lemma", "clitics"),
    [
        ("قتلت", "قتل", ((), "")),
        ("وأعلنت", "أعلن", (("و",), "")),
        ("فاعتقلوهم", "اعتقل", (("ف",), "هم")),
        ("وسيستهدفونهم", "استهدف", (("و", "س"), "هم")),
        ("ليبحث", "بحث", (("ل",), "")),
        ("دعاه", "دعا", ((), "ه")),
        ("استدعاه", "استدعى", ((), "ه")),
        ("اتهمته", "اتهم", ((), "ه")),
        ("رآها", "رأى", ((), "ها")),
        ("أيعقل", "عقل", (("أ",), "")),
        ("يدع", "دعا", ((), "")),
        ("اكد", "أكد", ((), "")),  # hamza left out
        ("بدأوا", "بدأ", ((), "")),
        ("سألناه", "سأل", ((), "ه")),
        ("يقرؤونه", "قرأ", ((), "ه")),
    ],
)
def test_verbs(text: str, lemma: str, clitics: tuple[tuple[str, ...], str]) -> None:
    readings = [r for r in ANALYZER.word(text).verbs if r.lemma == lemma]
    assert clitics in [(r.proclitics, r.pronoun) for r in readings]


@pytest.mark.parametrize(
    "text", ["بين", "على", "وبين", "فعلى", "لكن", "الذي", "غير", "اليوم", "هجوماً", "كتاب", "بوتين", "وزير"]
)
def test_words_that_are_no_verbs(text: str) -> None:
    assert lemmas(text) == []


def test_particles_may_look_like_verbs_that_are_kept() -> None:
    assert lemmas("قبل") == ["قبل"]
    assert "فقد" in lemmas("فقد")
    assert "فتح" in lemmas("فتحت")
    assert "حرك" in lemmas("حرك")
    assert "كان" in lemmas("وكان")


@pytest.mark.parametrize(
    ("text", "lemma", "passive"),
    [
        ("قُتل", "قتل", True),
        ("وقُتلت", "قتل", True),
        ("استُهدف", "استهدف", True),
        ("أُعلن", "أعلن", True),
        ("اتُّهم", "اتهم", True),
        ("يُقتل", "قتل", True),
        ("يُعلَن", "أعلن", True),
        ("يُعلِن", "أعلن", False),
        ("يُعلن", "أعلن", None),
        ("قَتل", "قتل", False),
        ("قتل", "قتل", None),
        ("قيل", "قال", True),
        ("أُدين", "أدان", True),
        ("يٌقتل", "قتل", True),
        ("قتلوا", "قتل", None),
    ],
)
def test_voice(text: str, lemma: str, passive: bool | None) -> None:
    reading = next(r for r in ANALYZER.word(text).verbs if r.lemma == lemma)
    assert reading.passive is passive


def test_person_number_and_future() -> None:
    reading = ANALYZER.word("سيزورون").verbs[0]
    assert (reading.lemma, reading.tense, reading.person, reading.gender, reading.number) == (
        "زار",
        "present",
        3,
        "m",
        "p",
    )
    assert reading.future
    assert reading.proclitics == ("س",)
    assert not ANALYZER.word("يزورون").verbs[0].future


def test_the_future_letter_stands_before_the_present_only() -> None:
    assert all(reading.tense == "present" for reading in ANALYZER.word("سيعلن").verbs if reading.future)
    assert "لعب" in lemmas("لعب")
    assert all(reading.proclitics == () for reading in ANALYZER.word("سحب").verbs)


@pytest.mark.parametrize(
    ("text", "lemma", "how"),
    [
        # how: number, definite, proclitics, pronoun
        ("هجوم", "هجوم", ("s", False, (), "")),
        ("هجوما", "هجوم", ("s", False, (), "")),
        ("الهجمات", "هجوم", ("p", True, (), "")),
        ("وبهجماتهم", "هجوم", ("p", False, ("و", "ب"), "هم")),
        ("زيارته", "زيارة", ("s", False, (), "ه")),
        ("للتوقيع", "توقيع", ("s", True, ("ل",), "")),
        ("للجوء", "لجوء", ("s", True, ("ل",), "")),
        ("بالاعتقالات", "اعتقال", ("p", True, ("ب",), "")),
        ("لقائه", "لقاء", ("s", False, (), "ه")),
        ("غارتين", "غارة", ("d", False, (), "")),
        ("مجازر", "مجزرة", ("p", False, (), "")),
        ("المتظاهرين", "متظاهر", ("p", True, (), "")),
        ("ومحتجزيها", "محتجز", ("p", False, ("و",), "ها")),
        ("تحد", "تحدي", ("s", False, (), "")),
        ("انتحاريون", "انتحاري", ("p", False, (), "")),
        ("اتفاقا", "اتفاق", ("s", False, (), "")),
        ("التزامها", "التزام", ("s", False, (), "ها")),
    ],
)
def test_nouns(text: str, lemma: str, how: tuple[str, bool, tuple[str, ...], str]) -> None:
    readings = [r for r in ANALYZER.word(text).nouns if r.lemma == lemma]
    assert how in [(r.number, r.definite, r.proclitics, r.pronoun) for r in readings]


@pytest.mark.parametrize("text", ["بوتين", "البيت", "غارتا_", "هجمز", "سوري"])
def test_words_that_are_no_nouns_of_the_tables(text: str) -> None:
    assert nouns(text) == []


def test_the_article_excludes_a_pronoun() -> None:
    assert all(not (r.definite and r.pronoun) for r in ANALYZER.word("الزيارته").nouns)


def test_a_noun_knows_its_verb() -> None:
    assert {r.verb for r in ANALYZER.word("المتظاهرون").nouns} == {"تظاهر"}
    assert {r.verb for r in ANALYZER.word("قنابل").nouns} == {""}
    assert "أغار" in {r.verb for r in ANALYZER.word("الغارات").nouns}


def test_homographs_have_both_readings() -> None:
    word = ANALYZER.word("قتل")
    assert word.verbs
    assert word.nouns


def test_the_likelier_reading_comes_first() -> None:
    first = ANALYZER.word("أكدت").verbs[0]
    assert (first.person, first.gender) == (3, "f")
    assert ANALYZER.word("دعا").verbs[0].lemma == "دعا"
    assert ANALYZER.word("أعلن").verbs[0].tense == "past"


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("الحرب", True),
        ("وللحرب", True),
        ("بالحرب", True),
        ("ألمانيا", False),
        ("التقى", False),
        ("حرب", False),
    ],
)
def test_article(text: str, article: bool) -> None:
    assert ANALYZER.word(text).article is article


def test_the_cache_forgets_and_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabar.language.analyzer._GENERATION", 2)
    analyzer = Analyzer(load_lexicon())
    words = ["قال", "أكد", "أعلن", "دعا", "زار", "قال"]
    assert [analyzer.word(w).text for w in words] == words
