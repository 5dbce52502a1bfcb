"""`khabar describe`: what a dataset holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from khabar.commands.output import to_json
from khabar.commands.query import asking
from khabar.commands.terminal import console, isolated_runs


@click.command()
@click.argument("dataset", metavar="DATASET")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="Lines a list.")
def describe(dataset: str, form: str, top: int) -> None:
    """Tell what DATASET holds: counts, span, outlets, event types, dyads, and what was quarantined and why."""
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
        for row in rows:
            out.print("  " + isolated_runs(_line(row)))


def _line(row: dict[str, Any]) -> str:
    """The values of a row, numbers with their thousands set apart."""
    return "  ".join(f"{v:,}" if isinstance(v, int) else str(v) for v in row.values() if v is not None)
