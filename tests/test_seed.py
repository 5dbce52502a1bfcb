"""The first document khabar was asked to read: a report as a crawler left it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import khabar
from khabar.reading import Article, read_text
from khabar.record import Record

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed.txt"


@pytest.fixture(scope="module")
def text() -> str:
    if not SEED.exists():
        pytest.skip(f"the document is not here: {SEED}")
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def article(text: str) -> Article:
    return read_text(text)


@pytest.fixture(scope="module")
def record(text: str) -> Record:
    return khabar.load()(text)


def test_title_without_the_crawler_s_date(article: Article) -> None:
    assert article.title is not None
    assert article.title.split()[0] == "بوتين"
    assert article.title.split()[-1] == "روسيا"
    assert "2025" not in article.title
    assert len(article.title.split()) == 7


def test_both_stamps(article: Article) -> None:
    assert article.published == datetime(2025, 9, 3, 8, 17, tzinfo=UTC)
    assert article.updated == datetime(2025, 9, 3, 9, 0, tzinfo=UTC)


def test_credit_caption_and_outlet(article: Article) -> None:
    assert [(c.agency, c.photographer) for c in article.credits] == [("Sputnik", "Sergey Bobylev")]
    assert article.caption is not None
    assert article.caption.startswith("الرئيس الروسي")
    assert article.caption.endswith("كيم جونغ أون")
    assert article.outlet is not None
    assert "Sputnik" in article.outlet


def test_no_boiler_plate_in_the_sentences(text: str) -> None:
    doc = khabar.load().rooms.document(text)
    body = [view.sentence for view in doc.views if view.sentence.kind in {"title", "paragraph", "heading"}]
    words = " ".join(token.text for sentence in body for token in sentence.tokens)
    for alien in ("بنك الصور", "الانتقال", "Sputnik", "Bobylev", "GMT", "التحديث", "date"):
        assert alien not in words
    assert [s.kind for s in body].count("heading") == 2
    assert [s.kind for s in body].count("title") == 1


def test_the_record_holds_the_text_as_it_was(record: Record, text: str) -> None:
    assert record.text == text
    for event in record.events:
        assert text[event.trigger.start : event.trigger.end] == event.trigger.text
    for said in record.statements:
        assert text[said.start : said.end] == said.text
    for time in record.times:
        assert text[time.start : time.end] == time.text


def test_the_invitation(record: Record) -> None:
    found = [e for e in record.events if e.type == "AGREE" and e.trigger.text in {"يدعو", "دعا"}]
    assert found
    for event in found:
        assert [p.name for p in event.actors] == ["فلاديمير بوتين"]
        assert (event.date, event.factuality) == ("2025-09-03", "actual")
    # the headline's telling may be read without its guest, the lead's may not
    assert ["PRK GOV"] in [[p.code for p in event.recipients] for event in found]
