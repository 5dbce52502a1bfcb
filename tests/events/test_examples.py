"""Every example of the codebook, through the whole program."""

from __future__ import annotations

import pytest

import khabar
from khabar.coder import Coder
from khabar.events.codebook import Entry, Example, load_codebook
from khabar.record import Event

DATE = "2024-05-15"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return khabar.load()


def two(code: str) -> str:
    return " ".join(code.split()[:2])


def codes(value: tuple[str, ...] | str | None) -> set[str]:
    if value is None:
        return set()
    return {value} if isinstance(value, str) else set(value)


def events_on_trigger(coder: Coder, entry: Entry, example: Example) -> list[Event]:
    record = coder({"text": example.text, "published": DATE})
    return [
        e
        for e in record.events
        if e.type == entry.type
        and (not example.trigger or e.trigger.text in example.trigger or example.trigger in e.trigger.text)
    ]


CASES = [(e, x) for e in load_codebook().entries for x in e.examples]
COUNTER = [(e, x) for e in load_codebook().entries for x in e.not_]


@pytest.mark.parametrize(("entry", "example"), CASES, ids=[f"{e.id}-{n}" for n, (e, _) in enumerate(CASES)])
def test_example(coder: Coder, entry: Entry, example: Example) -> None:
    found = events_on_trigger(coder, entry, example)
    assert found, f"no {entry.type} in: {example.text}"
    sides = [({two(a.code) for a in e.actors}, {two(r.code) for r in e.recipients}) for e in found]
    if example.actor is not None:
        assert any(a == codes(example.actor) for a, _ in sides), f"actors {sides} in: {example.text}"
    if example.recipient is not None:
        assert any(r == codes(example.recipient) for _, r in sides), f"recipients {sides} in: {example.text}"
    if example.mode is not None:
        assert example.mode in {e.mode for e in found}
    if example.factuality is not None:
        assert example.factuality in {e.factuality for e in found}


@pytest.mark.parametrize(
    ("entry", "example"), COUNTER, ids=[f"{e.id}-{n}" for n, (e, _) in enumerate(COUNTER)]
)
def test_counter_example(coder: Coder, entry: Entry, example: Example) -> None:
    found = events_on_trigger(coder, entry, example)
    assert not found, f"{entry.type} on «{found[0].trigger.text}» in: {example.text}"
