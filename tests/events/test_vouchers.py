"""Who claims an act though no words of theirs are reported."""

from __future__ import annotations

import pytest

from khabar.events.vouchers import _claims
from khabar.rooms import Rooms


@pytest.fixture(scope="module")
def rooms() -> Rooms:
    return Rooms()


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        ("اتهمت وزارة الخارجية الروسية الجيش الأميركي بقصف المدينة.", "بقصف", "RUS GOV"),
        ("ونفت وزارة الدفاع الصينية إرسال السفن إلى المضيق.", "إرسال", "CHN GOV"),
        ("وجه الوزير اتهامات أميركية لإيران بقصف المدينة.", "بقصف", "USA"),
        ("أرسلت الصين السفن إلى المضيق.", "أرسلت", ""),
    ],
)
def test_claims_before_a_trigger(rooms: Rooms, text: str, word: str, code: str) -> None:
    (view, *_) = rooms.document(text, published="2024-05-15").views
    at = next(k for k, token in enumerate(view.tokens) if token.text == word)
    found = [mention.code for _, mention in _claims(view, at)]
    assert found[:1] == ([code] if code else []) or (code and found and found[0].startswith(code))
