"""`khabar code`: many articles to JSONL, or to a dataset of Parquet files."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Unpack

import click

import khabar
from khabar.commands.inputs_options import input_options
from khabar.commands.options import ArchiveOptions, archive_options, terminable
from khabar.commands.output import replacing, to_json
from khabar.commands.terminal import console, plain
from khabar.parallel import WorkersError
from khabar.reading.sources import Failure, MissingExtraError, read_inputs


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="OUT",
    help="Folder of a dataset, JSONL file to write, or - for JSONL on standard output.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["dataset", "jsonl"]),
    help="What OUT is; by default JSONL for *.jsonl, *.ndjson, *.json and -, else a dataset.",
)
@archive_options
def code(inputs: tuple[str, ...], output: str, form: str | None, **options: Unpack[ArchiveOptions]) -> None:
    """Code articles to a dataset of Parquet files, or to one JSON object a line in the order of the input.

    INPUT is a text file, an HTML page, a JSONL, CSV, Parquet, WARC or feed file, each perhaps compressed, a
    folder of them, a pattern, the address of a page, feed or object store, or - for standard input. What
    cannot be coded goes to quarantine, or for JSONL is listed on standard error; the rest is coded, and the
    exit status is then 1. A JSONL file appears when it is complete. A dataset may be added to: what it holds
    is not coded again, also after a run that was killed.
    """
    if (form or _form(output)) == "dataset":
        from khabar.commands.archive import code_dataset  # noqa: PLC0415 - needs what is not of the core

        code_dataset(inputs, output, options)
    else:
        if options["runner"] != "native":
            raise click.UsageError("--runner is for a dataset")
        _code_jsonl(inputs, output, options)


def _form(output: str) -> str:
    """«jsonl» for a file of that name, standard output, or a device or pipe; «dataset» for all else."""
    if output == "-" or output.lower().endswith((".jsonl", ".ndjson", ".json")):
        return "jsonl"
    with contextlib.suppress(OSError, ValueError):
        target = Path(output)
        return "jsonl" if target.exists() and not (target.is_dir() or target.is_file()) else "dataset"
    return "dataset"


def _code_jsonl(inputs: tuple[str, ...], output: str, options: ArchiveOptions) -> None:
    target = None if output == "-" else Path(output)
    if target is not None and any(_same(target, given) for given in inputs):
        raise click.UsageError(f"{output} is an input too")
    if target is not None and not target.absolute().parent.is_dir():
        raise click.UsageError(f"no folder {target.absolute().parent}")
    if target is not None and target.is_dir():
        raise click.UsageError(f"{output} is a folder")
    reading = input_options(options)
    coder = khabar.load(*map(Path, options["tables"]))
    coded = failed = 0
    try:
        with terminable(), replacing(output) as out, _progress(output) as advance:
            articles = read_inputs(inputs, skip=target, options=reading)
            for result in coder.pipe(articles, processes=options["processes"]):
                if isinstance(result, Failure):
                    failed += 1
                    click.echo(f"khabar: {plain(str(result))}", err=True)
                else:
                    out.write(to_json(result) + b"\n")
                    coded += 1
                advance()
    except (WorkersError, MissingExtraError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        if output == "-":
            raise
        raise click.ClickException(f"cannot write {output}: {error.strerror or error}") from error
    if failed:
        click.echo(f"khabar: {failed} of {coded + failed} inputs could not be coded", err=True)
        raise SystemExit(1)


def _same(target: Path, given: str) -> bool:
    """Whether an input file is the output."""
    with contextlib.suppress(OSError, ValueError):
        return target.is_file() and target.samefile(given)
    return False


@contextlib.contextmanager
def _progress(output: str) -> Iterator[Callable[[], None]]:
    """A bar on standard error where that is a terminal on which no records appear; nothing elsewhere."""
    screen = console(stderr=True)
    if not screen.is_terminal or (output == "-" and sys.stdout.isatty()):
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("coding"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("coding", total=None)
        yield lambda: bar.advance(task)
