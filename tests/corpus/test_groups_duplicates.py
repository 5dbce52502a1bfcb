"""Which articles are one text."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from khabar.corpus.duplicates import Duplicates, runs

DAY = dt.datetime(2021, 5, 17, 8)  # noqa: DTZ001 - as DuckDB gives it

REPORT = (
    "افتتح وزير النقل التونسي صباح اليوم محطة القطار الجديدة في مدينة سوسة بحضور عدد من النواب. "
    "وتبلغ كلفة المشروع مئة مليون دينار وقد استغرق بناؤه أربع سنوات. وقال الوزير إن المحطة ستخدم "
    "عشرين ألف مسافر يوميا وإنها جزء من خطة أوسع لتجديد السكك الحديدية في البلاد. وأضاف أن الأشغال "
    "في الخط الرابط بين سوسة وصفاقس ستبدأ مطلع العام المقبل. "
)
MORE = "وعبر سكان المدينة عن ارتياحهم لافتتاح المحطة بعد سنوات من التأخير."
OTHER = (
    "شهدت مدينة سوسة اليوم احتفالا بمحطة قطارها الجديدة التي انتظرها الأهالي طويلا. وحضر وزير النقل "
    "مراسم قص الشريط ثم استقل أول رحلة متجهة إلى العاصمة، ووعد بأن تتحسن مواعيد الرحلات خلال الصيف."
)


def test_a_reprint_with_a_paragraph_more() -> None:
    made = Duplicates()
    assert made.add("a", DAY, REPORT) == ("a", 1.0, "a")
    group, similarity, like = made.add("b", DAY, REPORT + MORE)
    assert (group, like) == ("a", "a")
    assert 0.7 < similarity < 1
    assert made.add("c", DAY, OTHER).group == "c"


def test_spelling_and_marks_make_no_other_text() -> None:
    made = Duplicates()
    made.add("a", DAY, REPORT)
    pointed = REPORT.replace("إ", "ا").replace("الوزير", "الوَزِير").replace(".", " ؛ ")
    assert made.add("b", DAY, pointed).similarity > 0.9


def test_a_copy_of_a_copy_is_of_the_first_one_s_group() -> None:
    made = Duplicates()
    made.add("a", DAY, REPORT)
    made.add("b", DAY, REPORT + MORE)
    assert made.add("c", DAY, REPORT + MORE + MORE).group == "a"


def test_only_days_are_compared() -> None:
    made = Duplicates()
    made.add("a", DAY, REPORT)
    assert made.add("b", DAY + dt.timedelta(days=6), REPORT).group == "a"
    assert made.add("c", DAY + dt.timedelta(days=20), REPORT).group == "c"
    assert len(made) == 1
    assert made.add("d", None, REPORT).group == "d"
    assert made.add("e", None, REPORT).group == "d"


def test_no_more_are_held_than_allowed() -> None:
    made = Duplicates(held=10)
    for n in range(50):
        made.add(str(n), DAY, f"{REPORT} {n}")
    assert len(made) == 10


def test_same_groups_every_time() -> None:
    words = (REPORT + OTHER).split()
    pick = random.Random(3)  # noqa: S311
    texts = [" ".join(words[pick.randrange(20) : 40 + pick.randrange(30)]) for _ in range(60)]

    def all_of_them() -> list[object]:
        made = Duplicates()
        return [made.add(str(n), DAY, text) for n, text in enumerate(texts)]

    assert all_of_them() == all_of_them()


@pytest.mark.parametrize("text", ["", "قال", "قال الوزير", "!؟"])
def test_short_texts(text: str) -> None:
    assert len(list(runs(text))) == 1
    made = Duplicates()
    made.add("a", DAY, text)
    made.add("b", DAY, text)
