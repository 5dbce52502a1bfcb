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
from khabar.reading.items import Failure, InputOptions, Item, Split
from khabar.reading.sources import STDIN_NAME, read_split, splits

_TABLE = "quarantine"


def kinds(dataset: Dataset) -> list[tuple[str, int, str]]:
    """Kind, number and one reason of what is in quarantine, the most frequent first."""
    sql = f"SELECT kind, count(*) AS n, min(reason) FROM {_TABLE} GROUP BY kind ORDER BY n DESC, kind"  # noqa: S608
    return ask(connect(dataset), sql).fetchall()


def retry(
    dataset: Dataset, settings: Settings, advance: Callable[[Counts], None] = lambda _: None
) -> Outcome:
    """Try again what is in quarantine.

    What has its bytes with it is read from these, the rest from its source. A part of the quarantine is replaced
    by the commit that holds what became of its inputs, so that each of them is at every moment in quarantine or
    coded, and never both.

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
    batch = [
        piece
        for some in planner.again(_entries(rows, others, run.job.options))
        for piece in some
    ]
    return run.batches([batch], advance, replaces=[part])


def _others(dataset: Dataset, part: Part) -> set[tuple[str, str]]:
    """Source and position of what the other parts of the quarantine hold."""
    found = set()
    for other in dataset.table_parts(_TABLE):
        if other.path != part.path:
            rows = pq.read_table(dataset.root / other.path, columns=["source", "position"], partitioning=None)
            found.update(zip(*(rows.column(n).to_pylist() for n in ("source", "position")), strict=True))
    return found


def _entries(
    rows: Sequence[dict[str, Any]], others: set[tuple[str, str]], options: InputOptions
) -> Iterator[tuple[Split, Entry]]:
    """What the rows give when they are read again, each with the split it came from."""
    without: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        split = msgspec.json.decode(row["split"], type=Split)
        if row["payload"] is None and split.source not in {STDIN_NAME, "-"}:
            without.setdefault(row["split"], []).append(row)
            continue
        failure = _failure(row)
        if row["payload"] is None:
            yield split, failure
        elif row["form"] == ITEM_FORM:
            yield split, msgspec.json.decode(row["payload"], type=Item)
        else:
            for entry in read_again(failure, options):
                yield split, entry
    mine = {(row["source"], row["position"]) for row in rows}
    for text, some in without.items():
        split = msgspec.json.decode(text, type=Split)
        for source in dict.fromkeys(row["source"] for row in some if not row["position"]):
            yield from _read_source(source, mine | others, options)
        wanted = {(row["source"], row["position"]) for row in some if row["position"]}
        for entry in read_split(split, options) if wanted else ():
            if (entry.source, entry.position) in wanted:
                yield split, entry


def _read_source(
    source: str, quarantined: set[tuple[str, str]], options: InputOptions
) -> Iterator[tuple[Split, Entry]]:
    """Read a source that had failed as a whole: all that it gives now, but for what has a row of its own.

    Articles of it that the dataset holds already are found out later.
    """
    for split in splits([source], options, PIECE_BYTES):
        for entry in read_split(split, options):
            if not entry.position or (entry.source, entry.position) not in quarantined:
                yield split, entry


def _failure(row: dict[str, Any]) -> Failure:
    names = ("source", "line", "reason", "kind", "position", "payload", "form")
    return Failure(**{name: row[name] for name in names})




def read_again(failure: Failure, options: InputOptions) -> Iterator[Item | Failure]:
    """Until reading has one."""
    import os, tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.jsonl" if failure.form == "jsonl" else "x.txt")
        with open(path, "wb") as file:
            file.write(failure.payload or b"")
        for entry in read_split(Split(path, failure.form), options):
            yield msgspec.structs.replace(entry, source=failure.source, position=failure.position, line=failure.line)
