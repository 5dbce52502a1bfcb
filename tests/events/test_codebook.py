"""The codebook's files: strict reading, sound entries, enough of them, every type and mode covered."""

from collections import Counter
from pathlib import Path

import pytest

from khabar.events.codebook import TYPES, CodebookError, faults, load_codebook

ENTRY = """
- id: agree.test
  type: AGREE
  verb: [دعا]
  examples: [{text: دعا الوزير}]
  not: [{text: دعا الأمين}]
"""


def with_file(folder: Path, text: str) -> Path:
    (folder / "codebook").mkdir()
    (folder / "codebook" / "mine.yaml").write_text(text, encoding="utf-8")
    return folder


def test_at_least_three_hundred_entries_and_all_types() -> None:
    entries = load_codebook().entries
    assert len(entries) >= 300
    assert {e.type for e in entries} == set(TYPES)


def test_every_mode_of_every_type_has_an_entry() -> None:
    held = {(e.type, e.mode) for e in load_codebook().entries}
    missing = [f"{t}/{m}" for t, (_, modes) in TYPES.items() for m in modes if (t, m) not in held]
    assert missing == []


def test_no_entry_has_a_fault_and_no_two_share_an_id() -> None:
    entries = load_codebook().entries
    assert [f"{e.id}: {fault}" for e in entries for fault in faults(e)] == []
    assert [i for i, n in Counter(e.id for e in entries).items() if n > 1] == []


def test_a_users_entry_is_read_beside_ours(tmp_path: Path) -> None:
    book = load_codebook(with_file(tmp_path, ENTRY))
    assert book.entries[-1].id == "agree.test"
    assert len(book.entries) == len(load_codebook().entries) + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: x\n  type: [", "mine.yaml"),
        ("id: x", "not a list"),
        (ENTRY.replace("verb:", "verbs:"), "agree.test"),
        ("- type: AGREE\n", "entry 1"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CodebookError, match=message):
        load_codebook(with_file(tmp_path, text))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("type: AGREE", "type: AGREED", "no such type"),
        ("verb: [دعا]", "mode: aerial\n  verb: [دعا]", "no mode aerial"),
        ("  verb: [دعا]\n", "", "proposes it"),
        ("  examples: [{text: دعا الوزير}]\n", "", "no example"),
        ("  not: [{text: دعا الأمين}]\n", "", "no counter-example"),
        ("{text: دعا الوزير}", "{text: دعا الوزير, trigger: هدد}", "not in its example"),
    ],
)
def test_each_fault_of_an_entry_is_found(tmp_path: Path, old: str, new: str, fault: str) -> None:
    entry = load_codebook(with_file(tmp_path, ENTRY.replace(old, new))).entries[-1]
    assert any(fault in f for f in faults(entry))
