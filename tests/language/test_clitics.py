from __future__ import annotations

import pytest

from khabar.language import Analyzer, load_lexicon

ANALYZER = Analyzer(load_lexicon())


@pytest.mark.parametrize(
    ("text", "form", "proclitics"),
    [
        ("وبغداد", "بغداد", "و"),
        ("بموسكو", "موسكو", "ب"),
        ("ولواشنطن", "واشنطن", "ول"),
        ("للرئيس", "الرييس", "ل"),
        ("وللرئيس", "الرييس", "ول"),
        ("للجنة", "اللجنه", "ل"),
        ("للجنة", "لجنه", "ل"),
        ("بالرئيس", "الرييس", "ب"),
        ("كالرئيس", "الرييس", "ك"),
        ("فالرئيس", "الرييس", "ف"),
    ],
)
def test_keys_offer_the_word_less_its_clitics(text: str, form: str, proclitics: str) -> None:
    keys = ANALYZER.word(text).keys
    assert (form, proclitics) in [(key.form, key.proclitics) for key in keys]


@pytest.mark.parametrize("text", ["وبغداد", "للرئيس", "وزير", "كلام", "بيان", "وكالة", "فرنسا", "لبنان"])
def test_the_whole_word_comes_first(text: str) -> None:
    key = ANALYZER.word(text).keys[0]
    assert key.proclitics == ""
    assert len(key.form) == len(text)


@pytest.mark.parametrize("text", ["وزير", "كلام", "بيان", "وكالة", "فرنسا", "لبنان", "سوريا", "بعد"])
def test_common_words_are_not_cut(text: str) -> None:
    assert len(ANALYZER.word(text).keys) == 1


def test_behind_a_conjunction_they_are_not_cut_either() -> None:
    assert [key.form for key in ANALYZER.word("ولبنان").keys] == ["ولبنان", "لبنان"]


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("وسيستهدفونهم", (("و", "س"), "يستهدفون", "هم")),
        ("بالاتفاق", (("ب",), "الاتفاق", "")),
        ("للرئيس", (("ل",), "الرئيس", "")),
        ("للجنة", (("ل",), "اللجنة", "")),
        ("وحكومته", (("و",), "حكومت", "ه")),
        ("عليهم", ((), "علي", "هم")),
        ("به", (("ب",), "", "ه")),
        ("ولها", (("و", "ل"), "", "ها")),
        ("لأنه", (("ل",), "أن", "ه")),
        ("وقال", (("و",), "قال", "")),
        ("وفي", (("و",), "في", "")),
        ("وترامب", (("و",), "ترامب", "")),
        ("كانت", ((), "كانت", "")),
        ("وزير", ((), "وزير", "")),
        ("وزراؤها", ((), "وزراؤ", "ها")),
        ("لبنان", ((), "لبنان", "")),
        ("بيان", ((), "بيان", "")),
        ("وكالة", ((), "وكالة", "")),
        ("فرنسا", ((), "فرنسا", "")),
        ("سياسي", ((), "سياسي", "")),
        ("فقيه", ((), "فقيه", "")),
    ],
)
def test_segment(text: str, segments: tuple[tuple[str, ...], str, str]) -> None:
    assert ANALYZER.segment(text) == segments
