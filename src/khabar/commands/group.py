"""`khabar group`: reprints, and events told more than once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from khabar.commands.options import terminable
from khabar.commands.query import asking
from khabar.commands.terminal import console


@click.command()
@click.argument("dataset", metavar="DATASET")
@click.option(
    "--one-a-day",
    is_flag=True,
    help="Make the table one_a_day too: one event an actor, recipient, type, day and country.",
)
def group(dataset: str, *, one_a_day: bool) -> None:
    """Group near-duplicate articles of DATASET, and records that tell one event.

    Writes the tables article_groups and event_groups into it, in place of those that an earlier run made.
    When nothing was added or replaced since, nothing is done.
    """
    with asking():
        from khabar.corpus.dataset import Dataset  # noqa: PLC0415 - needs what is not of the core
        from khabar.corpus.grouping import group as make  # noqa: PLC0415

        held = Dataset(Path(dataset))
        with terminable(), _progress() as advance:
            made = make(held, one_a_day=one_a_day, advance=advance)
    told = (
        f"{made.articles:,} articles, {made.article_groups:,} groups of near-duplicates; "
        f"{made.events:,} records of events tell {made.event_groups:,} events"
    )
    if made.one_a_day is not None:
        told += f", {made.one_a_day:,} by one a day"
    click.echo(f"khabar: {told}{'' if made.new else '; nothing has changed since'}", err=True)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """A count on standard error where that is a terminal; nothing elsewhere."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda _: None
        return
    from rich.progress import Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - costs start-up time

    columns = (TextColumn("grouping {task.completed:,.0f} articles and events"), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("grouping", total=None)
        yield lambda number: bar.advance(task, number)
