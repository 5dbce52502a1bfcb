"""The check of the tables: what is wrong in them, each fault with its file, line and reason.

Our own tables pass without a fault; a user's folder is checked over ours, which its rows may refer to.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from khabar.knowledge import cells
from khabar.knowledge.names import parse_offices
from khabar.knowledge.tables import (
    SHORT_MARK,
    TABLES,
    Fault,
    Row,
    alternatives,
    columns_of,
    header_of,
    read_rows,
    table_files,
)

_KINDS = {
    "organisations": frozenset(
        {"aid", "armed", "army", "bank", "civil", "coalition", "company", "court", "criminal", "education"}
        | {"emergency", "eu", "government", "igo", "intelligence", "labour", "medical", "ministry", "navy"}
        | {"ngo", "opposition", "outlet", "parliament", "party", "police", "religion", "society", "un"}
    ),
    "demonyms": frozenset({"country", "supranational", "ethnic", "religious", "regional", "organisation"}),
    "places": frozenset({"city", "region", "site", "sea"}),
    "placewords": frozenset({"noun", "preposition"}),
    "common": frozenset({"never", "leading"}),
    "groups": frozenset({"group", "organisation"}),
}
"""Values of a column with a closed list: subkind, or kind."""

_NAMES = ("name", "variants", "ms", "fs", "mp", "fp", "plural", "tail", "short", "capital", "word")
"""Columns that hold Arabic."""


class _Context:
    """What rows refer to: ids and codes of all folders."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        def ids(*names: str) -> frozenset[str]:
            return frozenset(row["id"] for name in names for row in tables.get(name, ()))

        self.countries = frozenset(row["code"] for row in tables.get("countries", ()))
        self.roles = ids("roles")
        self.entities = ids("countries", "bodies", "organisations")


def lint(folder: Path = TABLES, *, over: Path | None = None) -> list[Fault]:
    """All faults of a folder of tables; the codebook in it is checked by `khabar.commands.tablecheck`.

    Args:
        folder: the folder, ours or a user's.
        over: for a user's folder ours, whose ids and codes its rows may refer to.

    Returns:
        Faults by file and line; none for sound tables.
    """
    faults: list[Fault] = []
    tables = _read(folder, faults)
    known = _read(over, []) if over is not None else {}
    everything = {name: [*known.get(name, ()), *tables.get(name, ())] for name in {*known, *tables}}
    context = _Context(everything)
    for name, rows in tables.items():
        for row in rows:
            faults += _row_faults(name, row, context)
    faults += _keys([row for name in tables for row in tables[name] if "id" in columns_of(name)])
    return sorted(set(faults))


def _read(folder: Path, faults: list[Fault]) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    known = set()
    for name, path in table_files(folder):
        known.add(path)
        file = path.relative_to(folder).as_posix()
        found: list[Fault] = []
        rows = read_rows(path, folder, found)
        faults += found
        if any(not fault.line for fault in found):
            continue
        header = header_of(path)
        wanted = columns_of(name)
        if header != wanted[: len(header)]:
            faults.append(Fault(file, 1, f"columns are {' '.join(header)}, not {' '.join(wanted)}"))
            continue
        faults += _order(rows, wanted[0])
        tables.setdefault(name, []).extend(rows)
    for path in folder.rglob("*.tsv"):
        if path not in known:
            faults.append(Fault(path.relative_to(folder).as_posix(), 0, "no table of this name is read"))
    return tables


def _order(rows: list[Row], column: str) -> Iterator[Fault]:
    for before, row in itertools.pairwise(rows):
        if row[column] < before[column]:
            yield row.fault(f"«{row[column]}» is not in order, it belongs before «{before[column]}»")


def _keys(rows: Iterable[Row]) -> Iterator[Fault]:
    seen: dict[str, Row] = {}
    for row in rows:
        first = seen.setdefault(row["id"], row)
        if first is not row:
            yield row.fault(f"id {row['id']} is already in {first.file}, line {first.line}")


def _row_faults(name: str, row: Row, context: _Context) -> Iterator[Fault]:
    columns = columns_of(name)
    if "id" in columns and (wrong := cells.row_id(row["id"])):
        yield row.fault(wrong)
    for column in _NAMES:
        for text in alternatives(row[column]):
            wrong = cells.spelling(text.lstrip(SHORT_MARK + "+=-"))
            if wrong:
                yield row.fault(f"{column} «{text}»: {wrong}")
        listed = alternatives(row[column])
        if len(listed) != len(set(listed)):
            yield row.fault(f"{column}: one form stands twice")
    for column in ("name", "word"):
        if column in columns and not row[column]:
            yield row.fault(f"no {column}")
    if row["name"] and row["name"] in alternatives(row["variants"]):
        yield row.fault(f"variant «{row['name']}» is the name itself")
    for reason in _CHECKS[name](row, context):
        yield row.fault(reason)


def _country_code(row: Row, context: _Context) -> Iterator[str]:
    country = row["country"]
    if country and country not in context.countries and country not in cells.BODIES:
        yield f"no country or body {country}"


def _country(row: Row, _context: _Context) -> Iterator[str]:
    if not re.fullmatch("[A-Z]{3}", row["code"]):
        yield f"code «{row['code']}» is not ISO alpha-3"
    elif row["id"] != row["code"].lower():
        yield f"id {row['id']} is not the code {row['code']} in small letters"


def _organisation(row: Row, context: _Context) -> Iterator[str]:
    yield from _country_code(row, context)
    yield cells.code(row["code"], context.countries)
    yield cells.span(row["from"], row["to"])
    yield from _closed(row, "subkind", "organisations")


def _person(row: Row, context: _Context) -> Iterator[str]:
    yield from _country_code(row, context)
    if not row["country"]:
        yield "no country"
    if row["base_code"]:
        yield cells.code(row["base_code"], context.countries)
    for part in row["offices"].split(";"):
        if not part.strip():
            continue
        try:
            offices = parse_offices(part)
        except ValueError as error:
            yield str(error)
            continue
        for office in offices:
            if office.office not in context.roles:
                yield f"no role {office.office} in roles.tsv"
            yield cells.code(office.code, context.countries)
            yield cells.span(office.start, office.end)


def _demonym(row: Row, context: _Context) -> Iterator[str]:
    if not row["ms"]:
        yield "no masculine singular"
    # a people without a nisba stands under ms by its plural («هوتو»)
    elif row["subkind"] not in {"ethnic", "religious"} and not all(
        word.endswith("ي") for word in alternatives(row["ms"])
    ):
        yield f"«{row['ms']}» is no nisba"
    if row["entity"] and row["entity"] not in context.entities:
        yield f"no entity {row['entity']}"
    yield from _country_code(row, context)
    yield from _closed(row, "subkind", "demonyms")


def _noun(row: Row, context: _Context) -> Iterator[str]:
    if not any(row[column] for column in ("ms", "fs", "mp", "fp", "short")):
        yield "no noun"
    yield cells.sector(row["sector"])
    yield from _country_code(row, context)
    if row["use"] not in {"", "adjective"}:
        yield f"no use {row['use']}"


def _role(row: Row, context: _Context) -> Iterator[str]:
    yield from _noun(row, context)
    if row["office"] and row["office"] not in context.roles:
        yield f"no role {row['office']} in roles.tsv"
    if row["single"] not in {"", "yes"}:
        yield f"single is yes or empty, not {row['single']}"


def _group(row: Row, context: _Context) -> Iterator[str]:
    yield from _noun(row, context)
    yield from _closed(row, "kind", "groups")


def _place(row: Row, context: _Context) -> Iterator[str]:
    yield from _country_code(row, context)
    yield cells.number(row["lat"], -90, 90)
    yield cells.number(row["lon"], -180, 180)
    if bool(row["lat"]) != bool(row["lon"]):
        yield "one of lat and lon is missing"
    if row["geonameid"] and not row["geonameid"].isdigit():
        yield f"geonameid «{row['geonameid']}» is no number"
    yield from _closed(row, "subkind", "places")


def _word(row: Row, _context: _Context) -> Iterator[str]:
    yield from _closed(row, "kind", "common" if row.file == "common.tsv" else "placewords")


def _nothing(_row: Row, _context: _Context) -> Iterator[str]:
    yield ""


def _closed(row: Row, column: str, kinds: str) -> Iterator[str]:
    if row[column] not in _KINDS[kinds]:
        yield f"no {column} «{row[column]}», one of {' '.join(sorted(_KINDS[kinds]))}"


_RowCheck = Callable[[Row, _Context], Iterator[str]]
_CHECKS: dict[str, _RowCheck] = {
    name: lambda row, context, check=check: (reason for reason in check(row, context) if reason)  # type: ignore[misc]
    for name, check in {
        "countries": _country,
        "bodies": _organisation,
        "organisations": _organisation,
        "people": _person,
        "demonyms": _demonym,
        "roles": _role,
        "groups": _group,
        "places": _place,
        "placestops": _nothing,
        "placewords": _word,
        "common": _word,
    }.items()
}
