from __future__ import annotations

import pytest

from khabar.language.phonology import settle, spell, spellings


@pytest.mark.parametrize(
    ("sounds", "text"),
    [
        ("سaءaل", "سأل"),
        ("سuءiل", "سئل"),
        ("يaسءaل", "يسأل"),
        ("سuءAل", "سؤال"),
        ("سAءiل", "سائل"),
        ("مaسءUل", "مسؤول"),
        ("تaسAءaل", "تساءل"),
        ("تaفAءuل", "تفاؤل"),
        ("بaدaء", "بدأ"),
        ("يuهaننiء", "يهنئ"),
        ("جaرuء", "جرؤ"),
        ("جAء", "جاء"),
        ("شaيء", "شيء"),
        ("بiيءaة", "بيئة"),
        ("قiرAءaة", "قراءة"),
        ("مuفAجaءAت", "مفاجآت"),
        ("ءAمaن", "آمن"),
        ("ءiمAن", "إمان"),
        ("مaدد", "مد"),
        ("بaكaY", "بكى"),
        ("ءaحيaY", "أحيا"),
        ("ٱiستaقAل", "استقال"),
        ("كaتaبUO", "كتبوا"),
    ],
)
def test_spelling(sounds: str, text: str) -> None:
    assert spell(sounds) == text


@pytest.mark.parametrize(
    ("sounds", "text"),
    [
        ("كaتaبUO", "كتبو"),
        ("دaعaY", "دعا"),
        ("قaرaءa", "قرأ"),
        ("يaقرaءu", "يقرؤ"),
        ("رaءaY", "رآ"),
        ("جAءa", "جاء"),
    ],
)
def test_spelling_before_a_pronoun(sounds: str, text: str) -> None:
    assert spell(sounds, bound=True) == text


@pytest.mark.parametrize(
    ("sounds", "texts"),
    [
        ("بaدaءUO", ("بدؤوا", "بدأوا")),
        ("جAءUO", ("جاؤوا", "جاءوا")),
        ("مaسءUل", ("مسؤول", "مسئول")),
        ("كaتaبUO", ("كتبوا",)),
    ],
)
def test_two_practices(sounds: str, texts: tuple[str, ...]) -> None:
    assert spellings(sounds) == texts


@pytest.mark.parametrize(
    ("sounds", "settled"),
    [
        ("ءaءxuذ", "ءAxuذ"),
        ("ءuءmiن", "ءUmiن"),
        ("ءuءaككiد", "ءuءaككiد"),
        ("يuوصiل", "يUصiل"),
        ("يuيقiظ", "يUقiظ"),
        ("ٱiستiولAء", "ٱiستIلAء"),
        ("يaدعuوAن", "يaدعuوAن"),
    ],
)
def test_sounds_that_melt(sounds: str, settled: str) -> None:
    assert settle(sounds) == settled
