"""Annotated articles lose their words and get them back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gold import restore, strip, with_texts

TEXT = "زار الرئيس موسكو أمس.\nوقال الرئيس إن الزيارة نجحت."
RECORD = {
    "id": "a",
    "text": TEXT,
    "published": "2024-05-15",
    "events": [
        {
            "type": "CONSULT",
            "factuality": "actual",
            "trigger": {"start": 0, "end": 3, "text": "زار"},
            "actors": [{"code": "EGY GOV", "text": "الرئيس"}],
            "recipients": [{"code": "RUS GOV"}],
            "said_by": [],
            "place": {"text": "موسكو", "country": "RUS"},
        }
    ],
    "statements": [
        {
            "start": TEXT.index("الزيارة"),
            "end": len(TEXT) - 1,
            "text": "الزيارة نجحت",
            "kind": "indirect",
            "speaker": {"code": "EGY GOV", "text": "الرئيس"},
        }
    ],
    "times": [{"start": 17, "end": 20, "text": "أمس", "value": "2024-05-14"}],
}


def test_no_word_is_kept() -> None:
    bare = json.dumps(strip(RECORD), ensure_ascii=False)
    assert '"text"' not in bare
    assert not any(word in bare for word in TEXT.split())


def test_words_come_back() -> None:
    full = restore(strip(RECORD), TEXT)
    event, statement = full["events"][0], full["statements"][0]
    assert event["trigger"]["text"] == "زار"
    assert event["actors"][0]["text"] == "الرئيس"
    assert "text" not in event["recipients"][0]
    assert event["place"]["text"] == "موسكو"
    assert (statement["text"], full["times"][0]["text"]) == ("الزيارة نجحت", "أمس")


def test_of_two_same_words_the_nearer_is_meant() -> None:
    statement = strip(RECORD)["statements"][0]
    assert statement["speaker"]["start"] == TEXT.rindex("الرئيس")


def test_an_article_that_is_not_there_is_told(tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text(json.dumps({"id": "b", "text": "x"}) + "\n", encoding="utf-8")
    with pytest.raises(KeyError, match="a"):
        with_texts([strip(RECORD)], articles)
