"""Words that stand for somebody named elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from khabar.mentions import Mention

Find = Callable[..., list[tuple[str, Mention]]]


def test_the_bare_title_is_its_last_bearer(mentions_of: Find) -> None:
    found = mentions_of("استقبل الرئيس البوليفي هوغو سالفاتييرا وفدا.\nوقال الرئيس إن الزيارة ناجحة.")
    assert [m.name for words, m in found if words == "الرئيس"] == ["هوغو سالفاتييرا"]


def test_the_dual_is_the_two_named_last(mentions_of: Find) -> None:
    found = mentions_of(
        "زار رئيس بوليفيا هوغو سالفاتييرا رئيس بيرو أوسكار مينديس.\nوناقش الزعيمان التجارة بين البلدين."
    )
    leaders = [m for words, m in found if words == "الزعيمان"]
    assert {m.name for m in leaders} == {"هوغو سالفاتييرا", "أوسكار مينديس"}
    assert len({m.group for m in leaders}) == 1
    assert leaders[0].group > 0
    assert {m.code for words, m in found if words == "البلدين"} == {"BOL GOV", "PER GOV"}


def test_his_country_is_the_country_of_the_speaker(mentions_of: Find) -> None:
    found = mentions_of("قال وزير خارجية آيسلندا إن بلاده ترحب بالقرار")
    assert [m.code for words, m in found if words == "بلاده"] == ["ISL GOV"]
