"""Groups, bodies, words of nationality, and where their country comes from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.mentions import Mention

Find = Callable[..., list[tuple[str, Mention]]]


@pytest.mark.parametrize(
    ("text", "span", "code"),
    [
        ("أعلنت وزارة الخارجية النرويجية", "وزارة الخارجية النرويجية", "NOR GOV"),
        ("دخلت القوات الكينية القرية", "القوات الكينية", "KEN MIL"),
        ("قتل خمسة مدنيين في غانا", "خمسة مدنيين", "GHA CVL"),
        ("شارك عشرات المتظاهرين البلغار", "عشرات المتظاهرين البلغار", "BGR CVL"),
        ("اعتقلت الشرطة الدنماركية رجلا", "الشرطة الدنماركية", "DNK COP"),
    ],
)
def test_a_group_has_the_sector_of_its_noun_and_the_country_of_its_phrase(
    mentions_of: Find, text: str, span: str, code: str
) -> None:
    assert (span, code) in [(words, m.code) for words, m in mentions_of(text)]


def test_an_adjective_of_arms_is_the_army(mentions_of: Find) -> None:
    found = mentions_of("أسفرت غارة إثيوبية عن قتلى، فيما رحب بيان كيني بالهدنة")
    assert [(words, m.code, m.nisba) for words, m in found if m.nisba] == [
        ("إثيوبية", "ETH MIL", True),
        ("كيني", "KEN GOV", True),
    ]


def test_the_place_of_the_sentence_lends_its_country(mentions_of: Find) -> None:
    found = mentions_of("فرقت الشرطة متظاهرين في الإكوادور")
    assert {m.code for words, m in found if words in {"الشرطة", "متظاهرين"}} == {"ECU COP", "ECU CVL"}


def test_a_state_that_acts_is_its_government_and_a_scene_is_not(mentions_of: Find) -> None:
    found = {words: m.code for words, m in mentions_of("أدانت أوروغواي الهجوم الذي وقع في باراغواي")}
    assert found["أوروغواي"] == "URY GOV"
    assert found["باراغواي"] == "PRY"


def test_whom_a_source_told_is_not_its_body(mentions_of: Find) -> None:
    found = mentions_of("قال مسؤول كيني لرويترز إن السوق مفتوح")
    words, mention = found[0]
    assert (words, mention.code) == ("مسؤول كيني", "KEN GOV")


def test_people_that_only_a_number_tells_of(mentions_of: Find) -> None:
    found = mentions_of("مقتل 7 وإصابة 20 آخرين في غانا")
    assert [(words, m.code) for words, m in found if m.kind == "group"] == [
        ("7", "GHA CVL"),
        ("20 آخرين", "GHA CVL"),
    ]


def test_a_calling_behind_a_noun_is_its_adjective(mentions_of: Find) -> None:
    assert mentions_of("عقد مؤتمر صحفي") == []


def test_adjectives_joined_by_and_are_two_actors(mentions_of: Find) -> None:
    found = mentions_of("نفذت طائرات كينية وإثيوبية غارات")
    assert [(words, m.code) for words, m in found][:2] == [
        ("طائرات كينية", "KEN MIL"),
        ("إثيوبية", "ETH MIL"),
    ]


@pytest.mark.parametrize(
    ("text", "span", "code"),
    [
        ("عاد محامي ترامب إلى المحكمة", "محامي ترامب", "USA CVL"),
        ("قتل عناصر من حركة الشباب في مقديشو", "عناصر من حركة الشباب", "SOM REB"),
        (
            "نفت المتحدثة باسم وزارة الخارجية النرويجية ذلك",
            "المتحدثة باسم وزارة الخارجية النرويجية",
            "NOR GOV",
        ),
        ("تقدمت القوات الموالية للحكومة في مالي", "القوات الموالية للحكومة", "MLI PRM"),
    ],
)
def test_the_complement_decides_what_the_head_leaves_open(
    mentions_of: Find, text: str, span: str, code: str
) -> None:
    assert (span, code) in [(words, m.code) for words, m in mentions_of(text, "2018-05-01")]


@pytest.mark.parametrize(
    ("text", "span", "code"),
    [
        ("دعت القوى الغربية كينيا إلى الحوار", "القوى الغربية", "UNK GOV"),
        ("وصل مهاجرون أفارقة إلى آيسلندا", "مهاجرون أفارقة", "UNK REF"),
        ("أعلنت دول أخرى دعم كينيا", "دول أخرى", "UNK GOV"),
        ("قال مصدر كيني إن الاتفاق قريب", "مصدر كيني", "KEN GOV"),
        ("قال مصدر مقرب من الحكومة الكينية إن الاتفاق قريب", "مصدر مقرب من الحكومة الكينية", "KEN GOV"),
        ("قتل ثلاثة من أفراد الجيش الكيني", "ثلاثة من أفراد الجيش الكيني", "KEN MIL"),
        ("أعلنت الشرطة مقتل نرويجي في كينيا", "نرويجي", "NOR CVL"),
        ("أعلنت الشرطة اعتقال 14 نرويجيا في كينيا", "14 نرويجيا", "NOR CRM"),
        ("طردت القوات الكينية المسلحين من القرية", "المسلحين", "KEN REB"),
        ("هاجم مسلحون مكتب الأمم المتحدة في كينيا", "مسلحون", "UNK"),
        ("اجتمع وزراء المياه في كينيا وأوغندا", "وزراء المياه في كينيا", "KEN GOV"),
    ],
)
def test_those_of_several_states_and_those_who_belong_to_a_body(
    mentions_of: Find, text: str, span: str, code: str
) -> None:
    assert (span, code) in [(words, m.code) for words, m in mentions_of(text)]


def test_migrants_are_of_the_people_the_article_speaks_of_not_of_where_they_are(mentions_of: Find) -> None:
    found = mentions_of("وصل عشرة هنود إلى جزيرة في آيسلندا.\nوأنقذت الشرطة الآيسلندية المهاجرين.")
    assert [m.code for words, m in found if words == "المهاجرين"] == ["IND REF"]


def test_oman_stands_among_states_and_amman_in_jordan(mentions_of: Find) -> None:
    found = mentions_of("شاركت البحرين والكويت وعمان في الاجتماع")
    assert [m.code for words, m in found if words == "عمان"] == ["OMN GOV"]
    found = mentions_of("أعلنت الحكومة الأردنية القرار.\nوتظاهر المئات في عمان.")
    assert [m.country for words, m in found if words == "عمان"] == ["JOR"]


def test_whose_arms_strike_is_not_who_is_struck(mentions_of: Find) -> None:
    found = mentions_of(
        "شيع نيجريون ضحايا القصف.\nوقصفت طائرات كينية قرية في النيجر وقتل خمسة مدنيين.", "2018-06-10"
    )
    assert [m.code for words, m in found if words == "خمسة مدنيين"] == ["NER CVL"]
