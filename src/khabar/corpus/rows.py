"""From records to the rows of the tables, column by column."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
import pyarrow as pa

from khabar.corpus.schema import PARTITION, TABLES, UNKNOWN
from khabar.reading.items import Failure, Item, Split
from khabar.record import Record

_KEY_BYTES = 16
"""Of a BLAKE2b hash: a collision among ten million articles has a probability below 1e-24."""

_SURROGATE = re.compile("[\ud800-\udfff]")

STAGED = (PARTITION.name, "key")
"""Columns that rows carry before they come to their parts: month, and the key of the article they hang on."""

ITEM_FORM = "item"
"""`form` of a quarantined article that was read well: its payload is the item in JSON."""


def cleaned(item: Item) -> Item:
    """An item without lone surrogates, which neither UTF-8 nor Parquet can hold; offsets stay as they are."""
    changes = {
        name: _SURROGATE.sub("\ufffd", value)
        for name in item.__struct_fields__
        if isinstance(value := getattr(item, name), str) and not value.isascii() and _SURROGATE.search(value)
    }
    return msgspec.structs.replace(item, **changes) if changes else item


def key_of(item: Item) -> str:
    """The identity of an article: all that was given of it, but not where it was found."""
    given = (
        item.text,
        item.id,
        item.title,
        item.published,
        item.updated,
        item.outlet,
        item.url,
        item.section,
    )
    whole = hashlib.blake2b(digest_size=_KEY_BYTES)
    for value in given:
        data = b"" if value is None else value.encode("utf-8", "surrogatepass")
        # the length in front keeps ("ab", "c") apart from ("a", "bc"); -1 keeps None apart from ""
        whole.update((-1 if value is None else len(data)).to_bytes(8, "little", signed=True))
        whole.update(data)
    return whole.hexdigest()


class Rows:
    """Rows of all tables, gathered article by article."""

    def __init__(self) -> None:
        self._articles: list[tuple[str, str, Item, Record]] = []
        self._failures: list[tuple[Failure, bytes]] = []

    def add(self, key: str, item: Item, record: Record) -> None:
        """Add an article that was coded."""
        self._articles.append((key, month_of(record.published), item, record))

    def fail(self, failure: Failure, split: bytes) -> None:
        """Add one that could not be; `split` is the piece of work in JSON."""
        self._failures.append((failure, split))

    def tables(self, version: str) -> dict[str, pa.Table]:
        """The rows as tables with the columns of `STAGED` in front."""
        tables = {"articles": self._article_table(), "quarantine": self._quarantine_table(version)}
        for name in ("events", "statements", "mentions", "times"):
            parts = [(key, month, getattr(record, name)) for key, month, _, record in self._articles]
            tables[name] = _children(name, parts)
        return tables

    def _article_table(self) -> pa.Table:
        keys, months = [a[0] for a in self._articles], [a[1] for a in self._articles]
        from_item = {"section", "source", "position"}
        cells: dict[str, list[Any]] = {"article": keys}
        for column in TABLES["articles"].columns[1:]:
            which = 2 if column.name in from_item else 3
            cells[column.name] = [getattr(a[which], column.name) for a in self._articles]
        return _table("articles", months, keys, cells)

    def _quarantine_table(self, version: str) -> pa.Table:
        cells: dict[str, list[Any]] = {
            name: [getattr(failure, name) for failure, _ in self._failures]
            for name in ("source", "position", "line", "kind", "reason", "form", "payload")
        }
        for name in ("source", "position", "reason"):
            cells[name] = [_SURROGATE.sub("\ufffd", value) for value in cells[name]]
        cells["khabar"] = [version] * len(self._failures)
        cells["split"] = [split.decode() for _, split in self._failures]
        # what could not be read has no date
        months = [UNKNOWN] * len(self._failures)
        return _table("quarantine", months, [""] * len(months), cells)


def failed(item: Item, reason: str) -> Failure:
    """The failure that an item becomes which could not be coded, with all that is needed to try again."""
    return Failure(
        item.source,
        item.line,
        reason,
        kind="coding",
        position=item.position,
        payload=msgspec.json.encode(item),
        form=ITEM_FORM,
    )


def split_json(split: Split) -> bytes:
    """A split as quarantine keeps it: without a failure of its own, so that it is read again."""
    return msgspec.json.encode(msgspec.structs.replace(split, failure=None))


def month_of(published: datetime | date | None) -> str:
    """Value of the partition column."""
    return f"{published.year:04}-{published.month:02}" if published is not None else UNKNOWN


def _children(name: str, parts: Sequence[tuple[str, str, Sequence[Any]]]) -> pa.Table:
    """Rows of a table that hang on articles: key, month and the article's things of that kind."""
    things = [thing for _, _, some in parts for thing in some]
    keys = [key for key, _, some in parts for _ in some]
    months = [month for _, month, some in parts for _ in some]
    cells: dict[str, list[Any]] = {
        "article": keys,
        "number": [n for _, _, some in parts for n in range(1, len(some) + 1)],
    }
    for column in TABLES[name].columns[2:]:
        cells[column.name] = [getattr(thing, column.name) for thing in things]
    return _table(name, months, keys, cells)


def _table(name: str, months: list[str], keys: list[str], cells: dict[str, list[Any]]) -> pa.Table:
    table = TABLES[name]
    staged = [pa.array(months, pa.string()), pa.array(keys, pa.string())]
    arrays = [array(cells[column.name], column.type) for column in table.columns]
    schema = pa.schema([*(pa.field(s, pa.string(), nullable=False) for s in STAGED), *table.schema])
    return pa.Table.from_arrays([*staged, *arrays], schema=schema)


def array(values: Iterable[Any], kind: pa.DataType) -> pa.Array:
    """Values as an Arrow array; structs are read by attribute, so that no dictionaries are made of them."""
    values = values if isinstance(values, list) else list(values)
    if pa.types.is_list(kind):
        offsets = [0]
        flat: list[Any] = []
        for value in values:
            flat.extend(value)
            offsets.append(len(flat))
        return pa.ListArray.from_arrays(
            pa.array(offsets, pa.int32()), array(flat, kind.value_type), type=kind
        )
    if pa.types.is_struct(kind):
        fields = list(kind)
        columns = [array([v and getattr(v, f.name) for v in values], f.type) for f in fields]
        missing = pa.array([value is None for value in values], pa.bool_())
        return pa.StructArray.from_arrays(columns, fields=fields, mask=missing)
    if pa.types.is_timestamp(kind):  # aware ones in, UTC without a zone out
        return pa.array(values, pa.timestamp(kind.unit, tz="UTC")).cast(kind)
    return pa.array(values, kind)
