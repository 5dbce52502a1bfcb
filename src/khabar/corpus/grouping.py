"""`khabar group`: tables derived from a dataset, made month by month and committed in one step."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from khabar.corpus.dataset import Dataset
from khabar.corpus.duplicates import Duplicates
from khabar.corpus.event_groups import EventGroup, EventGroups
from khabar.corpus.one_a_day import SQL as ONE_A_DAY
from khabar.corpus.query import connect
from khabar.corpus.rows import month_of
from khabar.corpus.schema import DERIVED, PARTITION, UNKNOWN

if TYPE_CHECKING:
    import duckdb

METHOD = 1
"""Of grouping: changes when the same dataset would be grouped otherwise."""

PASSAGE = 150
"""Code points on each side of a trigger that count as the passage telling the event."""

_ROWS = 2000
"""Rows that are read, and written, at once."""

_BATCH = "group-"

_ARTICLES = """
    SELECT article, published, text FROM articles WHERE month = ? ORDER BY published NULLS LAST, article
"""
_EVENTS = f"""
    SELECT e.* EXCLUDE (why, month), e.why[1] AS sense, a.published, a.outlet, g.group_id,
           substr(a.text, greatest(1, e.trigger.start + 1 - {PASSAGE}), {PASSAGE}
                  + e.trigger."end" - e.trigger.start + least(e.trigger.start, {PASSAGE})) AS passage
    FROM events e
    JOIN (SELECT article, published, outlet, text FROM articles WHERE month = $month) a USING (article)
    JOIN (SELECT article, group_id FROM grouped WHERE month = $month) g USING (article)
    WHERE e.month = $month
    ORDER BY a.published NULLS LAST, e.article, e.number
"""  # noqa: S608 - numbers of ours


class Grouped(msgspec.Struct, frozen=True):
    """What `group` made, or found made: rows of the tables, and the groups with more than one member."""

    new: bool
    articles: int = 0
    article_groups: int = 0
    events: int = 0
    event_groups: int = 0
    one_a_day: int | None = None


def group(
    dataset: Dataset, *, one_a_day: bool = False, advance: Callable[[int], None] = lambda _: None
) -> Grouped:
    """Make the derived tables of a dataset, unless they are there and the dataset has not changed since.

    Args:
        dataset: open, not locked.
        one_a_day: make the table of that name too; one that is there is made anew in any case.
        advance: told of articles and events as they are grouped.

    Raises:
        DatasetError: another run is writing to it.
        QueryError: DuckDB is not installed.
    """
    with dataset.locked():
        one_a_day = one_a_day or bool(dataset.table_parts("one_a_day"))
        name = batch_name(dataset, one_a_day=one_a_day)
        new = _current(dataset) != name
        if new:
            _make(dataset, name, one_a_day=one_a_day, advance=advance)
        return _told(dataset, new=new)


def batch_name(dataset: Dataset, *, one_a_day: bool) -> str:
    """Name of the commit with the derived tables of a dataset as it is: the same parts give the same name."""
    whole = hashlib.blake2b(f"{METHOD} {one_a_day}".encode(), digest_size=8)
    for table in ("articles", "events"):
        for part in dataset.table_parts(table):
            whole.update(f"\n{part.path} {part.rows} {part.bytes}".encode())
    return _BATCH + whole.hexdigest()


def _current(dataset: Dataset) -> str:
    """Name of the last commit with derived tables."""
    return next((c.batch for c in reversed(dataset.commits) if c.batch.startswith(_BATCH)), "")


def _make(dataset: Dataset, name: str, *, one_a_day: bool, advance: Callable[[int], None]) -> None:
    folder = dataset.work / "group"
    shutil.rmtree(folder, ignore_errors=True)
    months = sorted({part.month for part in dataset.table_parts("articles")} - {UNKNOWN})
    if any(part.month == UNKNOWN for part in dataset.table_parts("articles")):
        months.append(UNKNOWN)
    try:
        base = connect(dataset)
        with _Writer(folder, "article_groups") as articles:
            _group_articles(base, months, articles, advance)
        with _Writer(folder, "event_groups") as events:
            base.register("grouped", _written(articles.files))
            _group_events(base, months, events, advance)
        parts = [*articles.parts(), *events.parts()]
        if one_a_day:
            with _Writer(folder, "one_a_day") as days:
                for row in _rows(base, ONE_A_DAY):
                    days.add(row.pop(PARTITION.name), row)
            parts += days.parts()
        base.close()
        gone = [part.path for table in DERIVED for part in dataset.table_parts(table)]
        dataset.commit(name, "", parts, replaces=gone)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _group_articles(
    base: duckdb.DuckDBPyConnection, months: Sequence[str], out: _Writer, advance: Callable[[int], None]
) -> None:
    duplicates = Duplicates()
    for month in months:
        for row in _rows(base, _ARTICLES, [month]):
            placed = duplicates.add(row["article"], row["published"], row["text"])
            cells = (row["article"], placed.group, placed.like, placed.similarity)
            out.add(month, dict(zip(("article", "group_id", "like", "similarity"), cells, strict=True)))
            advance(1)


def _group_events(
    base: duckdb.DuckDBPyConnection, months: Sequence[str], out: _Writer, advance: Callable[[int], None]
) -> None:
    groups = EventGroups()
    for month in months:
        for row in _rows(base, _EVENTS, {"month": month}):
            for done in groups.add(row):
                out.add(month_of(done.first), row_of(done))
            advance(1)
    for done in groups.rest():
        out.add(month_of(done.first), row_of(done))


def row_of(done: EventGroup) -> dict[str, Any]:
    """A group as a row of `event_groups`."""
    made = {
        "id": done.id,
        "records": len(done.sources),
        "articles": len({source["article"] for source in done.sources}),
        "texts": len(done.articles),
        "first_report": done.first,
        "last_report": done.last,
        "event": done.best["id"],
        "sources": done.sources,
    }
    rest = (c.name for c in DERIVED["event_groups"].columns if c.name not in made)
    return {**made, **{name: done.best[name] for name in rest}}


def _rows(
    base: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()
) -> Iterator[dict[str, Any]]:
    """Rows of an answer, a few at a time."""
    result = base.execute(sql, values)
    names = [column[0] for column in result.description or ()]
    while some := result.fetchmany(_ROWS):
        for row in some:
            yield dict(zip(names, row, strict=True))


def _written(files: Sequence[Path]) -> ds.Dataset:
    """The articles' groups that were just written, for the events to be joined with."""
    month = pa.field(PARTITION.name, PARTITION.type)
    return ds.dataset(
        [str(file) for file in files],
        schema=DERIVED["article_groups"].schema.append(month),
        format="parquet",
        partitioning=ds.partitioning(pa.schema([month]), flavor="hive"),
    )


def _told(dataset: Dataset, *, new: bool) -> Grouped:
    base = connect(dataset)

    def count(sql: str) -> int:
        (number,) = base.execute(sql).fetchone() or (0,)
        return int(number)

    made = {table for table in DERIVED if dataset.table_parts(table)}
    more = "SELECT count(*) FROM (SELECT 1 FROM article_groups GROUP BY group_id HAVING count(*) > 1)"
    return Grouped(
        new,
        dataset.rows("articles"),
        count(more) if "article_groups" in made else 0,
        dataset.rows("events"),
        dataset.rows("event_groups"),
        dataset.rows("one_a_day") if "one_a_day" in made else None,
    )


class _Writer:
    """Writes rows of a derived table, a file a month, in the order they come."""

    def __init__(self, folder: Path, table: str) -> None:
        self._table = table
        self._folder = folder / table
        self._schema = DERIVED[table].schema
        self._waiting: dict[str, list[dict[str, Any]]] = {}
        self._open: dict[str, pq.ParquetWriter] = {}
        self._files: dict[str, Path] = {}

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for month in list(self._waiting):
            if kind is None:
                self._flush(month)
        for writer in self._open.values():
            writer.close()
        for file in self._files.values():
            with file.open("rb") as handle, contextlib.suppress(OSError):
                os.fsync(handle.fileno())

    @property
    def files(self) -> list[Path]:
        """The files, by month."""
        return [self._files[month] for month in sorted(self._files)]

    def parts(self) -> list[tuple[str, str, Path]]:
        """Table, month and file of each, as a commit takes them."""
        return [(self._table, month, self._files[month]) for month in sorted(self._files)]

    def add(self, month: str, row: dict[str, Any]) -> None:
        """Add a row to a month."""
        waiting = self._waiting.setdefault(month, [])
        waiting.append(row)
        if len(waiting) >= _ROWS:
            self._flush(month)

    def _flush(self, month: str) -> None:
        rows = self._waiting.pop(month)
        if month not in self._open:
            file = self._folder / f"{PARTITION.name}={month}" / "part.parquet"
            file.parent.mkdir(parents=True, exist_ok=True)
            self._files[month] = file
            self._open[month] = pq.ParquetWriter(
                file, self._schema, compression="zstd", write_statistics=True
            )
        self._open[month].write_table(pa.Table.from_pylist(rows, self._schema))
