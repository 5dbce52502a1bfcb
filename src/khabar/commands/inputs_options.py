"""What the commands that read articles have in common: how inputs are read, as the command line says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict, TypeVar

import click

from khabar.reading.items import FIELDS, KINDS, InputOptions

F = TypeVar("F", bound=Callable[..., Any])


class ReadingOptions(TypedDict):
    """The options that `reading_options` gives a command, as the command line gives them."""

    kind: str | None
    columns: tuple[str, ...]
    delimiter: str
    one_line_rows: bool
    fetch: bool
    delay: float
    storage: tuple[str, ...]


def reading_options(command: F) -> F:
    """Give a command the options of reading; it takes them as the keywords of `ReadingOptions`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def input_options(options: ReadingOptions, skip: str = "") -> InputOptions:
    """How inputs are read.

    Args:
        options: of the command line.
        skip: the output, passed over in folders.

    Raises:
        click.UsageError: an option makes no sense.
    """
    columns = _pairs("--column", options["columns"])
    for field, _ in columns:
        if field not in FIELDS:
            raise click.UsageError(f"--column {field}=…: no field of {', '.join(FIELDS)}")
    delimiter = {"tab": "\t", r"\t": "\t"}.get(options["delimiter"], options["delimiter"])
    if len(delimiter) > 1:
        raise click.UsageError("--delimiter takes one character, or «tab»")
    return InputOptions(
        format=options["kind"] or "",
        columns=columns,
        delimiter=delimiter,
        one_line_rows=options["one_line_rows"],
        fetch=options["fetch"],
        delay=options["delay"],
        storage=_pairs("--storage", options["storage"]),
        skip=skip,
    )


def _pairs(option: str, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for text in given:
        name, sign, value = text.partition("=")
        if not (name and sign and value):
            raise click.UsageError(f"{option} {text}: give it as NAME=VALUE")
        pairs.append((name, value))
    return tuple(pairs)


_OPTIONS = (
    click.option(
        "--input-format",
        "kind",
        type=click.Choice(KINDS),
        help="What the inputs are; by default their names tell, and of standard input its content.",
    ),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="FIELD=NAME",
        help=f"Column of CSV and Parquet, or key of JSON, that holds a field: {', '.join(FIELDS)}.",
    ),
    click.option(
        "--delimiter",
        default="",
        metavar="CHAR",
        help="Of CSV; by default the header tells. «tab» for a tab.",
    ),
    click.option(
        "--one-line-rows",
        is_flag=True,
        help="No row of the CSV files spans lines, so that large ones may be read in pieces.",
    ),
    click.option("--fetch", is_flag=True, help="Fetch the pages that a feed links to."),
    click.option(
        "--delay",
        type=click.FloatRange(0.5, 3600),
        default=InputOptions().delay,
        show_default=True,
        metavar="SECONDS",
        help="Between two requests to one host, at least.",
    ),
    click.option(
        "--storage",
        multiple=True,
        metavar="NAME=VALUE",
        help="Option of the object store, such as region=eu-west-1 or anonymous=true.",
    ),
)
