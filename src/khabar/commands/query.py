"""`khabar query`: SQL over a dataset."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from khabar.commands.output import to_json
from khabar.commands.terminal import console, isolated_runs

if TYPE_CHECKING:
    import duckdb

ROWS_SHOWN = 1000
"""Of a table on a terminal; csv and json give all."""
_FETCHED = 2048


@click.command()
@click.argument("dataset", metavar="DATASET")
@click.argument("sql", metavar="SQL")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
def query(dataset: str, sql: str, form: str) -> None:
    """Ask DATASET a question in DuckDB's SQL.

    Its tables are articles, events, statements, mentions, times and quarantine, and those that `khabar group`
    made. Only what reads is allowed. csv has a line of names first; json is one object a line.
    """
    with asking():
        from khabar.corpus.dataset import Dataset  # noqa: PLC0415 - needs what is not of the core
        from khabar.corpus.query import ask, connect  # noqa: PLC0415

        result = ask(connect(Dataset(Path(dataset))), sql)
        names = [column[0] for column in result.description or ()]
        if form == "json":
            _json(result, names)
        elif form == "csv":
            _csv(result, names)
        else:
            _table(result, names)
        sys.stdout.flush()


class asking:  # noqa: N801 - used as a function is
    """Turns what may go wrong with a question into one line on standard error."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, ImportError):
            raise click.ClickException(
                f"a dataset needs `pip install 'khabar[archive]'` ({error.name} is missing)"
            ) from error
        if kind is not None and kind.__name__ in {"DatasetError", "QueryError"}:
            raise click.ClickException(str(error)) from error


def _json(result: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    while rows := result.fetchmany(_FETCHED):
        for row in rows:
            sys.stdout.buffer.write(to_json(dict(zip(names, map(_plain, row), strict=True))) + b"\n")


def _csv(result: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    while rows := result.fetchmany(_FETCHED):
        writer.writerows([_cell(value) for value in row] for row in rows)
        sys.stdout.buffer.write(out.getvalue().encode())
        out.seek(0)
        out.truncate()
    sys.stdout.buffer.write(out.getvalue().encode())


def _table(result: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    from rich.table import Table  # noqa: PLC0415 - costs start-up time
    from rich.text import Text  # noqa: PLC0415

    rows = result.fetchmany(ROWS_SHOWN + 1)
    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows[:ROWS_SHOWN]:
        table.add_row(*(Text(isolated_runs(str(_cell(value)))) for value in row))
    console().print(table)
    if len(rows) > ROWS_SHOWN:
        click.echo(f"khabar: only the first {ROWS_SHOWN:,} rows; --format csv gives all", err=True)


def _cell(value: Any) -> Any:
    """A value as one cell: what is nested as JSON, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, (list, dict, bytes)):
        return to_json(_plain(value)).decode()
    return value


def _plain(value: Any) -> Any:
    """A value of DuckDB as JSON can hold it."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    try:
        return msgspec.to_builtins(value)
    except TypeError:
        return str(value)
