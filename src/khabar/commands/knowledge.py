"""`khabar knowledge`: look into the tables, and check them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from khabar.commands.terminal import isolated, isolated_runs, plain
from khabar.knowledge import Entity, Knowledge, load
from khabar.knowledge.tables import TABLES

_TABLES_OPTION = click.option(
    "--tables",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    help="Folder of your tables, read over ours.",
)

EXPORTS = {
    "people": ("person",),
    "countries": ("country",),
    "organisations": ("organisation", "outlet"),
    "groups": ("group",),
    "roles": ("role",),
    "places": ("place",),
}
"""Names of what can be exported, and the kinds of entity in each."""


@click.group()
def knowledge() -> None:
    """Look into the tables of people, countries, organisations, titles and places, and check them."""


@knowledge.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folders: tuple[Path, ...]) -> None:
    """Check tables: ours, or those in your FOLDERS, which may refer to ours.

    Every fault is named with its file, line and reason; the exit status is 1 when there is one.
    """
    from khabar.commands.tablecheck import check as check_folder  # noqa: PLC0415 - loads the events room

    count = 0
    for folder in folders or (TABLES,):
        for fault in check_folder(folder):
            count += 1
            click.echo(
                plain(f"{folder / fault.file if folders else fault.file}:{fault.line}: {fault.reason}")
            )
    if count:
        click.echo(f"khabar: {count} fault{'' if count == 1 else 's'}", err=True)
        raise SystemExit(1)


@knowledge.command()
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), help="The day it is said on; today's tables without."
)
@_TABLES_OPTION
def find(text: tuple[str, ...], date: dt.datetime | None, tables: tuple[Path, ...]) -> None:
    """Show what the names in TEXT may mean, and the offices of persons on a date."""
    from khabar.language import Analyzer, load_lexicon  # noqa: PLC0415 - costs start-up time
    from khabar.reading.article import Article, Block  # noqa: PLC0415

    known = load(*tables)
    day = date.date() if date else None
    found = 0
    # a line of prose, whatever the layout of an article would make of it
    words = " ".join(text)
    article = Article(text=words, id="", blocks=(Block(0, len(words), "paragraph"),))
    for sentence in Analyzer(load_lexicon()).sentences(article):
        for hit in known.hits(sentence):
            found += 1
            name = " ".join(token.text for token in sentence.tokens[hit.first : hit.last + 1])
            meaning = _line(known, known.entities[hit.entity], day)
            click.echo(f"{isolated(name)}  {meaning}{_how(hit.kind, hit.form)}")
    if not found:
        click.echo("khabar: the tables know no name in this", err=True)
        raise SystemExit(1)


def _line(known: Knowledge, entity: Entity, day: dt.date | None) -> str:
    office = known.office_on(entity.id, day)
    held = f"  {office.office} {office.start}..{office.end}" if office else ""
    name = f"  {isolated(entity.name)}" + (f" ({plain(entity.name_en)})" if entity.name_en else "")
    return isolated_runs(f"{entity.id}  {entity.kind}  {known.code_on(entity.id, day) or '-'}{held}") + name


def _how(kind: str, form: str) -> str:
    parts = [part for part in (kind if kind != "name" else "", form) if part]
    return f"  [{' '.join(parts)}]" if parts else ""


@knowledge.command()
@click.argument("table", type=click.Choice(sorted(EXPORTS)))
@_TABLES_OPTION
def export(table: str, tables: tuple[Path, ...]) -> None:
    """Print a TABLE as JSONL, one entity a line, sorted by id."""
    encoder = msgspec.json.Encoder()
    for row in exported(table, *tables):
        click.echo(encoder.encode(row).decode())


def exported(table: str, *folders: Path) -> Iterator[dict[str, Any]]:
    """The rows that `khabar knowledge export` prints.

    Args:
        table: a key of `EXPORTS`.
        folders: folders of a user's tables.

    Yields:
        Dictionaries with id, name, variants, name_en, country; for persons their offices (office, code, from,
        to, and sure only where it is not), for all others their code, for places where they are.
    """
    from khabar.knowledge.names import read_tables  # noqa: PLC0415
    from khabar.knowledge.tables import alternatives  # noqa: PLC0415

    known = load(*folders)
    rows = read_tables([TABLES, *folders]).rows
    for entity in sorted(known.entities.values(), key=lambda entity: entity.id):
        if entity.kind not in EXPORTS[table]:
            continue
        _, source = rows[entity.id]
        row: dict[str, Any] = {
            "id": entity.id,
            "name": entity.name,
            "variants": [variant.lstrip("~") for variant in alternatives(source["variants"])],
            "name_en": entity.name_en,
            "country": entity.country,
        }
        if entity.kind == "person":
            row["offices"] = [
                {"office": each.office, "code": each.code, "from": each.start, "to": each.end}
                | ({} if each.sure else {"sure": False})
                for each in entity.offices
            ]
        row["code"] = entity.code
        if entity.kind == "place":
            row |= {"lat": entity.lat, "lon": entity.lon, "geonameid": entity.geonameid}
        if entity.subkind:
            row["subkind"] = entity.subkind
        yield row
