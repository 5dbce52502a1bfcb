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


def test_the_counterpart_has_the_same_office_in_the_other_country(mentions_of: Find) -> None:
    found = mentions_of("هاتف الرئيس الفرنسي إيمانويل ماكرون نظيره الروسي", "2018-06-10")
    assert [m.entity for words, m in found if words == "نظيره الروسي"] == ["rus.putin"]


def test_a_general_noun_takes_up_the_body_of_its_sort(mentions_of: Find) -> None:
    found = mentions_of("أعلنت حركة طالبان هدنة في كابول.\nوقالت الحركة إن الهدنة قصيرة، ورحبت الحكومة.")
    assert [m.code for words, m in found if words == "الحركة"] == ["AFG REB"]
    assert [m.code for words, m in found if words == "الحكومة"] == ["AFG GOV"]


def test_the_unnamed_source_is_taken_up_again(mentions_of: Find) -> None:
    found = mentions_of("قال مصدر عسكري تشادي إن المعارك توقفت.\nوأضاف المصدر أن الجيش في النيجر يراقب.")
    assert [m.code for words, m in found if words == "المصدر"] == ["TCD MIL"]


def test_the_kingdom_is_the_one_the_article_is_about(mentions_of: Find) -> None:
    found = mentions_of("وصل وفد إلى المغرب.\nورحبت المملكة بالوفد.")
    assert [m.code for words, m in found if words == "المملكة"] == ["MAR GOV"]


def test_a_headline_without_a_name_is_who_the_body_names(mentions_of: Find) -> None:
    found = mentions_of(
        "وزير نفط نيجيريا يستقيل\nاستقال وزير النفط النيجيري إيكيتشي أوباندو أمس.", title=True
    )
    assert [m.name for _, m in found if m.kind == "person"] == ["إيكيتشي أوباندو"] * 2


def test_the_counterpart_whom_the_article_names_later_goes_before_the_tables(mentions_of: Find) -> None:
    found = mentions_of(
        "التقى رئيس آيسلندا نظيره الروسي.\nوقال الرئيس الروسي هوغو سالفاتييرا إن اللقاء مثمر.", "2018-06-10"
    )
    assert [m.name for words, m in found if words == "نظيره الروسي"] == ["هوغو سالفاتييرا"]


def test_states_of_a_number_are_those_named_before(mentions_of: Find) -> None:
    found = mentions_of("اجتمع وزراء خارجية كينيا وأوغندا ورواندا.\nووقعت الدول الثلاث اتفاقا.")
    several = [m for words, m in found if words == "الدول الثلاث"]
    assert {m.code for m in several} == {"KEN GOV", "UGA GOV", "RWA GOV"}
    assert len({m.group for m in several}) == 1


def test_too_few_states_for_the_number_are_no_one_state(mentions_of: Find) -> None:
    found = mentions_of("زار الوفد كينيا.\nووقعت الدول الأربع اتفاقا.")
    assert [m.code for words, m in found if words == "الدول الأربع"] == ["UNK GOV"]


def test_who_serves_somebody_of_the_article_is_of_his_country(mentions_of: Find) -> None:
    found = mentions_of(
        "نفى رجل الأعمال النرويجي أولاف هانسرود، في ليما، كل ما قيل عنه.\nوطالب محامي هانسرود بإخلاء سبيله."
    )
    assert [m.code for words, m in found if words == "محامي"] == ["NOR CVL"]
    assert [m.name for words, m in found if words == "هانسرود"] == ["أولاف هانسرود"]
