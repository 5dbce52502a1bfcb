"""What the finder makes of whole sentences: places, values, and what it leaves out."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.language import Analyzer
from khabar.reading.article import Article, Block
from khabar.times import Time, TimeFinder
from khabar.times.vocabulary import NAMES, TABLES

Find = Callable[..., list[tuple[str, Time]]]
Values = Callable[..., list[tuple[str, str]]]
FINDER = TimeFinder()

TIMEX = re.compile(
    r"(?:PAST|PRESENT|FUTURE)_REF"
    r"|P(?:X|\d+)[YMWD](?:(?:\d+)[YMWD])*(?:T(?:\d+[HMS])+)?|PT(?:X|\d+)[HMS](?:\d+[MS])*"
    r"|[\dX]{2,4}"
    r"|[\dX]{4}-(?:[\dX]{2}|W[\dX]{2}(?:-WE|-\d)?|Q\d|H\d|SP|SU|FA|WI)(?:-[\dX]{2})?"
    r"(?:T(?:MO|AF|EV|NI|DT|\d\d:\d\dZ?))?"
    r"|T\d\d:\d\dZ?"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("من 5 إلى 7 مايو 2020", [("5", "2020-05-05"), ("7 مايو 2020", "2020-05-07")]),
        ("بين عامي 2006 و2007", [("عامي 2006", "2006"), ("2007", "2007")]),
        ("خلال حرب 1980-1988", [("1980", "1980"), ("1988", "1988")]),
        ("حادثا 24 و25 آذار/مارس 2019", [("24", "2019-03-24"), ("25 آذار/مارس 2019", "2019-03-25")]),
        ("يومي 1 و2 آب/أغسطس 2018", [("يومي 1", "2018-08-01"), ("2 آب/أغسطس 2018", "2018-08-02")]),
        (
            "بين حزيران/يونيو 2006 وتشرين الأول/أكتوبر 2007",
            [("حزيران/يونيو 2006", "2006-06"), ("تشرين الأول/أكتوبر 2007", "2007-10")],
        ),
        (
            "يومي الاثنين والثلاثاء المقبلين",
            [("يومي الاثنين", "2025-09-08"), ("الثلاثاء المقبلين", "2025-09-09")],
        ),
        ("في يناير وفبراير الماضيين", [("يناير", "2025-01"), ("فبراير الماضيين", "2025-02")]),
        ("كأس العالم أعوام 1994 و1998 و2006", [("1994", "1994"), ("1998", "1998"), ("2006", "2006")]),
    ],
)
def test_spans_give_both_ends(values: Values, text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("وفي عام 2011 بدأت الحرب", "عام 2011"),
        ("استمرت لأكثر من ساعة ونصف", "أكثر من ساعة ونصف"),
        ("وصل بالأمس", "الأمس"),
        ("وبحلول لعام 2030", "عام 2030"),
        ("بـ14 مايو 2018", "14 مايو 2018"),
        ("في الـ14 من مايو 2018", "الـ14 من مايو 2018"),
        ("والأربعاء أعلن الوزير", "الأربعاء"),
        ("لِيَومَين", "يَومَين"),
    ],
)
def test_text_leaves_out_attached_prepositions(find: Find, text: str, words: str) -> None:
    assert [found for found, _ in find(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "قال ذلك سابقا",
        "حاليا لا أحد هناك",
        "سيعود لاحقا",
        "الذكرى الثمانين للانتصار",
        "الرئيس محمد (67 عاما) مريض",
        "طفل عمره سبع سنوات",
        "الأمين العام لحزب الله",
        "أهل السنة والجماعة",
        "وقعت الشركة عقودا جديدة",
        "بنسبة 12.5 في المئة",
        "قناة روسيا اليوم",
        "خلال المرحلة الثانية",
    ],
)
def test_no_time_is_found(values: Values, text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("أعلن الوزير الجمعة", "2025-08-29"),
        ("سيعلن الوزير الجمعة", "2025-09-05"),
        ("من المقرر أن تعقد القمة الجمعة", "2025-09-05"),
        ("كان من المقرر أن تعقد القمة الجمعة", "2025-08-29"),
        ("أعلن الوزير الأربعاء", "2025-09-03"),
        ("أعلن الوزير الأربعاء الماضي", "2025-08-27"),
        ("يجتمعون الأربعاء المقبل", "2025-09-10"),
        ("السبت، قال الوزير إنه سيسافر", "2025-08-30"),
    ],
)
def test_weekday_follows_the_verb(values: Values, text: str, value: str) -> None:
    assert [found for _, found in values(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("وقع في 20 يوليو", "2025-07-20"),
        ("وقع في 20 ديسمبر", "2024-12-20"),
        ("سيبدأ في 20 ديسمبر", "2025-12-20"),
        ("مفتوح حتى 20 ديسمبر", "2025-12-20"),
        ("وقع في 20 سبتمبر", "2025-09-20"),
        ("منذ نوفمبر", "2024-11"),
        ("بحلول نوفمبر", "2025-11"),
        ("في 15 من الشهر الجاري", "2025-09-15"),
        ("في 30 فبراير", "2025-02"),
    ],
)
def test_dates_without_a_year_are_near_ones(values: Values, text: str, value: str) -> None:
    assert [found for _, found in values(text)] == [value]


def test_a_year_written_once_holds_for_the_same_month_later(values: Values) -> None:
    assert values("وقع ذلك في مارس 2024. وفي 12 مارس أعلن الجيش")[-1] == ("12 مارس", "2024-03-12")


def test_the_newsroom_may_be_a_day_ahead(values: Values) -> None:
    late = datetime(2025, 9, 3, 21, tzinfo=UTC)
    assert values("أعلن الديوان الخميس", late) == [("الخميس", "2025-09-04")]
    assert values("أعلن الديوان اليوم الخميس", late) == [("اليوم الخميس", "2025-09-04")]


def test_today_in_a_quotation_is_the_day_it_was_spoken(values: Values) -> None:
    text = 'قال الوزير الثلاثاء في خطاب: "أعلن اليوم استقالتي"'
    assert values(text) == [("الثلاثاء", "2025-09-02"), ("اليوم", "2025-09-02")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أعلن الوزير الثلاثاء", [("الثلاثاء", "XXXX-WXX-2")]),
        ("أعلن الوزير أمس", []),
        ("في 5 مايو", [("5 مايو", "XXXX-05-05")]),
        ("في مايو الماضي", [("مايو الماضي", "XXXX-05")]),
        ("في 5 مايو 2020", [("5 مايو 2020", "2020-05-05")]),
        ("الشهر الماضي", []),
        ("في وقت قريب جدا", [("وقت قريب", "FUTURE_REF")]),
        ("لمدة ثلاثة أيام", [("ثلاثة أيام", "P3D")]),
    ],
)
def test_without_a_day_of_publication(values: Values, text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text, None) == expected


@pytest.mark.parametrize(
    ("stamp", "value"),
    [
        ("08:17 GMT 03.09.2025", "2025-09-03T08:17Z"),
        ("date 2025-09-03", "2025-09-03"),
        ("نشر في 3 سبتمبر 2025", "2025-09-03"),
    ],
)
def test_stamps_are_times_that_date_no_event(find: Find, stamp: str, value: str) -> None:
    ((_, time),) = find("وصل الوفد", stamp=stamp)
    assert (time.value, time.sentence, time.event_time) == (value, -1, False)


def test_durations_and_sets_date_no_event(find: Find) -> None:
    found = {time.value: time.event_time for _, time in find("استمر ثلاثة أيام كل عام منذ عام 2011")}
    assert found == {"P3D": False, "XXXX": False, "2011": True}


WORDS = sorted(
    {
        word.lstrip("~=")
        for name in NAMES
        for line in (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
        if not line.startswith("#")
        for word in line.split("\t")[3].replace("|", " ").split()
    }
)
OTHERS = [
    "،",
    ".",
    "(",
    ")",
    '"',
    "-",
    "/",
    "و",
    "2015",
    "14",
    "08:17",
    "3/9/2025",
    "48",
    "أعلن",
    "الوزير",
    "سيعقد",
]


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "و", "ب", "ل", "ول"]), st.sampled_from(WORDS + OTHERS)), max_size=12
    ),
    st.sampled_from([None, datetime(2024, 2, 29, 23, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)]),
)
def test_any_run_of_time_words_is_read_soundly(
    analyzer: Analyzer, words: list[tuple[str, str]], published: datetime | None
) -> None:
    text = " ".join(a + b for a, b in words)
    given_article = Article(text, "t", (Block(0, len(text), "paragraph"),), published=published)
    sentences = analyzer.sentences(given_article)
    found = FINDER.find(given_article, sentences)
    assert found == FINDER.find(given_article, sentences)
    end = 0
    for time in found:
        assert end <= time.start < time.end <= len(given_article.text)
        assert TIMEX.fullmatch(time.value), (given_article.text, time)
        end = time.end
