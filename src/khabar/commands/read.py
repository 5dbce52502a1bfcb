"""`khabar read`: the record of an article for a person."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Unpack

import click
import msgspec

import khabar
from khabar.commands.inputs_options import ReadingOptions, input_options, reading_options
from khabar.commands.output import to_json
from khabar.commands.terminal import console, plain
from khabar.reading.extras import MissingExtraError
from khabar.reading.sources import Failure, InputOptions, Item, read_inputs


def _iso(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Check that an option is a day or moment in ISO 8601."""
    for kind in (date, datetime):
        if value is None:
            return None
        try:
            kind.fromisoformat(value)
        except ValueError:
            continue
        return value
    raise click.BadParameter("no ISO 8601 day or moment, such as 2025-09-03 or 2025-09-03T08:17Z")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--published",
    metavar="ISO",
    callback=_iso,
    help="Day or moment of publication, where the text does not tell.",
)
@click.option("--outlet", help="Name of the publisher, where the text does not tell.")
@click.option(
    "--tables", type=click.Path(exists=True, file_okay=False), multiple=True, help="Folder of your tables."
)
@reading_options
def read(
    files: tuple[str, ...],
    form: str,
    published: str | None,
    outlet: str | None,
    tables: tuple[str, ...],
    **reading: Unpack[ReadingOptions],
) -> None:
    """Code articles and print what was found.

    FILE is a text file, an HTML page, a JSONL, CSV, Parquet, WARC or feed file, each perhaps compressed, a
    folder of them, a pattern, the address of a page, feed or object store, or - for standard input.
    """
    options = input_options(reading)
    try:
        failures = _read(files, form, published, outlet, tables, options)
    except MissingExtraError as error:
        raise click.ClickException(str(error)) from error
    sys.stdout.flush()
    if failures:
        raise SystemExit(1)


def _read(
    files: tuple[str, ...],
    form: str,
    published: str | None,
    outlet: str | None,
    tables: tuple[str, ...],
    options: InputOptions,
) -> int:
    """Print what is found; the number of what could not be coded."""
    from pathlib import Path  # noqa: PLC0415

    coder = khabar.load(*map(Path, tables))
    failures = 0
    first = True
    for given in read_inputs(files, options=options):
        item = _with(given, published, outlet)
        result = next(iter(coder.pipe([item])))
        if isinstance(result, Failure):
            failures += 1
            click.echo(f"khabar: {plain(str(result))}", err=True)
        elif form == "json":
            sys.stdout.buffer.write(to_json(result) + b"\n")
        else:
            from khabar.commands.summary import record_lines  # noqa: PLC0415 - rich costs start-up time

            out = console()
            if not first:
                out.print()
            for line in record_lines(result):
                out.print(line)
            first = False
    return failures


def _with(given: Item | Failure, published: str | None, outlet: str | None) -> Item | Failure:
    """The item with what the command line says of it."""
    if isinstance(given, Failure):
        return given
    changes = {
        key: value for key, value in (("published", published), ("outlet", outlet)) if value is not None
    }
    return msgspec.structs.replace(given, **changes)
