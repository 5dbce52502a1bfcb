"""`khabar code`: many articles to JSONL."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import click

import khabar
from khabar.commands.output import replacing, to_json
from khabar.commands.terminal import console, plain
from khabar.parallel import WorkersError
from khabar.reading.sources import Failure, read_inputs


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o", "--output", required=True, metavar="OUT", help="JSONL file to write, or - for standard output."
)
@click.option(
    "--processes", type=click.IntRange(1, 512), default=1, show_default=True, help="Worker processes."
)
@click.option(
    "--tables", type=click.Path(exists=True, file_okay=False), multiple=True, help="Folder of your tables."
)
def code(inputs: tuple[str, ...], output: str, processes: int, tables: tuple[str, ...]) -> None:
    """Code articles to records, one JSON object a line, in the order of the input.

    INPUT is a text file, a JSONL file with «text» and perhaps id, published, outlet, title and url, a folder
    of them, or - for standard input. What cannot be coded is listed on standard error, the rest is coded; the
    exit status is then 1. OUT appears when it is complete.
    """
    target = None if output == "-" else Path(output)
    if target is not None and any(_same(target, given) for given in inputs):
        raise click.UsageError(f"{output} is an input too")
    if target is not None and not target.absolute().parent.is_dir():
        raise click.UsageError(f"no folder {target.absolute().parent}")
    if target is not None and target.is_dir():
        raise click.UsageError(f"{output} is a folder")
    coder = khabar.load(*map(Path, tables))
    coded = failed = 0
    try:
        with _terminable(), replacing(output) as out, _progress(output) as advance:
            for result in coder.pipe(read_inputs(inputs, skip=target), processes=processes):
                if isinstance(result, Failure):
                    failed += 1
                    click.echo(f"khabar: {plain(str(result))}", err=True)
                else:
                    out.write(to_json(result) + b"\n")
                    coded += 1
                advance()
    except WorkersError as error:
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
def _terminable() -> Iterator[None]:
    """Let a request to terminate end the run in order, so that no half-written file or worker is left."""

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


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
