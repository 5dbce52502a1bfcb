"""What the commands that code have in common."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, TypedDict, TypeVar

import click

from khabar.reading.items import FIELDS, KINDS, InputOptions

F = TypeVar("F", bound=Callable[..., Any])

BATCH_MB = 64
"""Of input in a commit of a dataset."""


class ArchiveOptions(TypedDict):
    """Options of a run over an archive, as the command line gives them."""

    processes: int
    tables: tuple[str, ...]
    runner: str
    address: str
    batch: float
    kind: str | None
    columns: tuple[str, ...]
    fetch: bool


def input_options(options: ArchiveOptions, skip: str = "") -> InputOptions:
    """How inputs are read, as the command line says it.

    Args:
        options: of the command line.
        skip: the output, passed over in folders.
    """
    pairs = []
    for given in options["columns"]:
        field, _, name = given.partition("=")
        if field not in FIELDS or not name:
            raise click.UsageError(f"--column {given}: no FIELD=NAME with a field of {', '.join(FIELDS)}")
        pairs.append((field, name))
    return InputOptions(format=options["kind"] or "", columns=tuple(pairs), fetch=options["fetch"], skip=skip)


def archive_options(command: F) -> F:
    """Give a command the options of a run."""
    for option in reversed(
        (
            click.option(
                "--processes",
                type=click.IntRange(1, 512),
                default=1,
                show_default=True,
                help="Worker processes.",
            ),
            click.option(
                "--tables",
                type=click.Path(exists=True, file_okay=False),
                multiple=True,
                help="Folder of your tables.",
            ),
            click.option(
                "--runner",
                type=click.Choice(["native", "ray"]),
                default="native",
                show_default=True,
                help="Processes of this machine, or Ray (of a dataset).",
            ),
            click.option("--address", default="", metavar="HOST:PORT", help="Ray cluster to work on."),
            click.option(
                "--batch",
                type=click.FloatRange(0.001, 4096),
                default=BATCH_MB,
                show_default=True,
                metavar="MB",
                help="Input in one commit of a dataset.",
            ),
            click.option(
                "--input-format",
                "kind",
                type=click.Choice(KINDS),
                help="What the inputs are; by default their names and contents tell.",
            ),
            click.option(
                "--column",
                "columns",
                multiple=True,
                metavar="FIELD=NAME",
                help="Column or key that holds text, id, title, published, updated, outlet, url or section.",
            ),
            click.option("--fetch", is_flag=True, help="Fetch the articles that a feed links to."),
        )
    ):
        command = option(command)
    return command


@contextlib.contextmanager
def terminable() -> Iterator[None]:
    """Let a request to terminate end the run in order, so that no half-written file or worker is left."""

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
