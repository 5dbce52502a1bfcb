"""What the commands that code have in common."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, TypeVar

import click

from khabar.commands.inputs_options import ReadingOptions, reading_options

F = TypeVar("F", bound=Callable[..., Any])

BATCH_MB = 16
"""Of input in a commit of a dataset."""


class ArchiveOptions(ReadingOptions):
    """Options of a run over an archive, as the command line gives them."""

    processes: int
    tables: tuple[str, ...]
    runner: str
    address: str
    batch: float


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
        )
    ):
        command = option(command)
    return reading_options(command)


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
