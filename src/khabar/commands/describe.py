"""`khabar describe`: what a dataset holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from khabar.commands.output import to_json
from khabar.commands.query import asking
from khabar.commands.terminal import console, isolated_runs


@click.command()
@click.argument("dataset", metavar="DATASET")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="Lines a list.")
def describe(dataset: str, form: str, top: int) -> None:
    """Tell what DATASET holds: counts, span, outlets, events, dyads, and what was quarantined and why."""
    with asking():
        from khabar.corpus.dataset import Dataset  # noqa: PLC0415 - needs what is not of the core
        from khabar.corpus.describe import description  # noqa: PLC0415

        told = description(Dataset(Path(dataset)), top)
    if form == "json":
        click.echo(to_json(told))
        return
    out = console()
    for title, rows in told.items():
        out.print(title)
        if rows:
            out.print(_lines(rows))


def _lines(rows: list[dict[str, Any]]) -> Table:
    """Rows under each other, numbers with their thousands set apart."""
    table = Table.grid(padding=(0, 2))
    table.add_column()
    for value in rows[0].values():
        table.add_column(justify="right" if isinstance(value, int) else "left")
    for row in rows:
        table.add_row("", *(Text(_cell(name, value)) for name, value in row.items()))
    return table


def _cell(name: str, value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,} {name}"
    return "" if value is None else isolated_runs(str(value))
