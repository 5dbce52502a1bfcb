"""What could not be coded: told by kind, and tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import pyarrow.parquet as pq

from khabar.corpus.dataset import Dataset, Part
from khabar.corpus.engine import Outcome, Run, Settings, running
from khabar.corpus.pieces import Counts, Entry
from khabar.corpus.plan import PIECE_BYTES, Planner
from khabar.corpus.query import ask, connect
from khabar.corpus.rows import ITEM_FORM
from khabar.corpus.work import read_on
from khabar.reading.items import Failure, InputOptions, Item, Split
from khabar.reading.sources import STDIN, STDIN_NAME, read_again, splits

_TABLE = "quarantine"

_PLACE = ("source", "position", "line")
_Place = tuple[str, str, int]
"""What names an input: values of these columns."""


def kinds(dataset: Dataset) -> list[tuple[str, int, str]]:
    """Kind, number and one reason of what is in quarantine, the most frequent first."""
    sql = f"SELECT kind, count(*) AS n, min(reason) FROM {_TABLE} GROUP BY kind ORDER BY n DESC, kind"  # noqa: S608
    return ask(connect(dataset), sql).fetchall()


def retry(
    dataset: Dataset, settings: Settings, advance: Callable[[Counts], None] = lambda _: None
) -> Outcome:
    """Try again what is in quarantine.

    What has its bytes with it is read from these, the rest from its source. A part of the quarantine is
    replaced by the commit that holds what became of its inputs, so that each of them is at every moment in
    quarantine or coded, and never both.

    Raises:
        DatasetError: another run is writing to it.
        EngineError: workers cannot be started, or cannot write.
    """
    counts = Counts()
    with running(dataset, settings) as run:
        for part in dataset.table_parts(_TABLE):
            counts += _retry_part(run, part, advance)
    return Outcome(counts)


def _retry_part(run: Run, part: Part, advance: Callable[[Counts], None]) -> Counts:
    rows = pq.read_table(run.dataset.root / part.path, partitioning=None).to_pylist()
    others = _others(run.dataset, part)
    # one batch a part: what comes out of it replaces the part, whole
    planner = Planner(run.job, set(), batch_bytes=run.settings.batch_bytes)
    batch = [piece for some in planner.again(_entries(rows, others, run.job.options)) for piece in some]
    return run.batches([batch], advance, replaces=[part])


def _others(dataset: Dataset, part: Part) -> set[_Place]:
    """The places of what the other parts of the quarantine hold."""
    found: set[_Place] = set()
    for other in dataset.table_parts(_TABLE):
        if other.path != part.path:
            rows = pq.read_table(dataset.root / other.path, columns=list(_PLACE), partitioning=None)
            found.update(map(_place, rows.to_pylist()))
    return found


def _entries(
    rows: Sequence[dict[str, Any]], others: set[_Place], options: InputOptions
) -> Iterator[tuple[Split, Entry]]:
    """What the rows give when they are read again, each with the split it came from.

    Whatever happens, each row gives something: what cannot be read again is the failure that it was.
    """
    again: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        split = msgspec.json.decode(row["split"], type=Split)
        if row["payload"] is not None and row["form"] == ITEM_FORM:
            yield split, msgspec.json.decode(row["payload"], type=Item)
        elif row["payload"] is not None:
            for entry in read_again(_failure(row), options):
                yield split, entry
        elif split.source in {STDIN_NAME, STDIN}:
            yield split, _failure(row)
        else:
            again.setdefault(row["split"], []).append(row)
    quarantined = others | set(map(_place, rows))
    for text, some in again.items():
        split = msgspec.json.decode(text, type=Split)
        for row in some:
            if not row["position"] and not row["line"]:
                yield from _source_again(row, split, quarantined, options)
        yield from _places_again([r for r in some if r["position"] or r["line"]], split, options)


def _source_again(
    row: dict[str, Any], split: Split, quarantined: set[_Place], options: InputOptions
) -> Iterator[tuple[Split, Entry]]:
    """Read a source that had failed as a whole: all that it gives now, but for what has a row of its own.

    Articles of it that the dataset holds already are found out later.
    """
    found = False
    for part in [split] if split.files else splits([row["source"]], options, PIECE_BYTES):
        for entry in read_on(part, options):
            place = (entry.source, entry.position, entry.line)
            if place == _place(row) or place not in quarantined:
                found = True
                yield part, entry
    if not found:
        yield split, _failure(row)


def _places_again(
    rows: Sequence[dict[str, Any]], split: Split, options: InputOptions
) -> Iterator[tuple[Split, Entry]]:
    """Read a split again for the sake of some of its places."""
    left = {_place(row): row for row in rows}
    for entry in read_on(split, options) if left else ():
        if left.pop((entry.source, entry.position, entry.line), None) is not None:
            yield split, entry
    for row in left.values():
        yield split, _failure(row)


def _place(row: dict[str, Any]) -> _Place:
    return row["source"], row["position"], row["line"]


def _failure(row: dict[str, Any]) -> Failure:
    names = ("source", "line", "reason", "kind", "position", "payload", "form")
    return Failure(**{name: row[name] for name in names})
