"""The whole check of a folder of tables: what the knowledge room reads of it, and the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

import khabar.language
from khabar.events.codebook import Entry, faults
from khabar.knowledge.lint import lint
from khabar.knowledge.tables import TABLES, Fault
from khabar.tables import rows

VERBS = Path(khabar.language.__file__).parent / "tables" / "verbs.tsv"
"""The verbs that entries of the codebook may name."""


def check(folder: Path = TABLES) -> list[Fault]:
    """All faults of a folder of tables.

    Args:
        folder: ours, or a user's, which is checked over ours.

    Returns:
        Faults by file and line; none for sound tables.
    """
    found = lint(folder, over=None if folder.samefile(TABLES) else TABLES)
    return sorted({*found, *codebook_faults(folder)})


def codebook_faults(folder: Path) -> Iterator[Fault]:
    """Faults of the codebook of a folder: unreadable files, unsound entries, verbs that no table has.

    Args:
        folder: the folder of tables; its codebook is in `codebook/*.yaml`.

    Yields:
        Faults, each at the line of its entry.
    """
    verbs = frozenset(row["lemma"] for row in rows(VERBS))
    seen: dict[str, str] = {}
    for path in sorted((folder / "codebook").glob("*.yaml")):
        file = path.relative_to(folder).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
            items: Any = yaml.load(text, Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            yield Fault(file, mark.line + 1 if mark else 0, " ".join(str(error).split()))
            continue
        if not isinstance(items, list):
            yield Fault(file, 0, "not a list of entries")
            continue
        lines = {line.strip(): number for number, line in enumerate(text.split("\n"), 1)}
        for item in items:
            name = str(item.get("id", "?")) if isinstance(item, dict) else "?"
            line = lines.get(f"- id: {name}", 0)
            if name in seen:
                yield Fault(file, line, f"id {name} is already in {seen[name]}")
            seen[name] = file
            for reason in _entry_faults(item, verbs):
                yield Fault(file, line, f"{name}: {reason}")


def _entry_faults(item: Any, verbs: frozenset[str]) -> Iterator[str]:
    try:
        entry = msgspec.convert(item, Entry, strict=False)
    except msgspec.ValidationError as error:
        yield str(error)
        return
    yield from faults(entry)
    for verb in entry.verb:
        if verb not in verbs:
            yield f"no verb «{verb}» in verbs.tsv"
