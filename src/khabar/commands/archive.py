"""Coding into a dataset, for `khabar code` and `khabar retry`: settings, progress, the last words."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from khabar.commands.inputs_options import input_options
from khabar.commands.options import ArchiveOptions, terminable
from khabar.commands.terminal import console, plain
from khabar.reading.extras import MissingExtraError

if TYPE_CHECKING:
    from khabar.corpus.dataset import Dataset
    from khabar.corpus.engine import Outcome, Settings
    from khabar.corpus.pieces import Counts

KINDS_TOLD = 12
"""Kinds of failure that are told at the end of a run; all of them are in the dataset."""


def code_dataset(inputs: Sequence[str], output: str, options: ArchiveOptions) -> None:
    """Run `khabar code` into a dataset."""
    with _reasons(output):
        from khabar.corpus.dataset import Dataset  # noqa: PLC0415
        from khabar.corpus.engine import code_archive  # noqa: PLC0415

        target = Path(output)
        if any(_within(given, target) for given in inputs):
            raise click.UsageError(f"{output} is an input too")
        dataset = Dataset.create(target)
        with terminable(), _progress() as advance:
            outcome = code_archive(dataset, inputs, settings(options, output), advance)
    _tell(dataset, outcome, output)


def retry_dataset(folder: str, options: ArchiveOptions) -> None:
    """Run `khabar retry`."""
    with _reasons(folder):
        from khabar.corpus.dataset import Dataset  # noqa: PLC0415
        from khabar.corpus.quarantine import retry  # noqa: PLC0415

        dataset = Dataset(Path(folder))
        with terminable(), _progress() as advance:
            outcome = retry(dataset, settings(options, folder), advance)
    _tell(dataset, outcome, folder)


def settings(options: ArchiveOptions, output: str) -> Settings:
    """The options as the engine takes them."""
    from khabar.corpus.engine import Settings  # noqa: PLC0415
    from khabar.corpus.pool import Runner  # noqa: PLC0415

    if options["address"] and options["runner"] != "ray":
        raise click.UsageError("--address is for --runner ray")
    return Settings(
        processes=options["processes"],
        runner=cast("Runner", options["runner"]),
        address=options["address"],
        tables=tuple(map(Path, options["tables"])),
        options=input_options(options, output),
        batch_bytes=int(options["batch"] * (1 << 20)),
    )


def _within(given: str, target: Path) -> bool:
    """Whether an input lies in the dataset that is written."""
    with contextlib.suppress(OSError, ValueError):
        return target.exists() and Path(given).resolve().is_relative_to(target.resolve())
    return False


@contextlib.contextmanager
def _reasons(output: str) -> Iterator[None]:
    """Turn what may go wrong into one line on standard error."""
    try:
        from khabar.corpus.dataset import DatasetError  # noqa: PLC0415
        from khabar.corpus.pool import EngineError  # noqa: PLC0415
    except ImportError as error:
        raise click.ClickException(
            f"a dataset needs `pip install 'khabar[archive]'` ({error.name} is missing)"
        ) from error
    try:
        yield
    except DatasetError as error:
        raise click.UsageError(str(error)) from error
    except (EngineError, MissingExtraError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error.strerror or error}") from error


def _tell(dataset: Dataset, outcome: Outcome, output: str) -> None:
    """Say what was done; exit status 1 where the dataset has something in quarantine."""
    counts = outcome.counts
    held, bad = dataset.rows("articles"), dataset.rows("quarantine")
    click.echo(
        f"khabar: {counts.coded:,} coded, {counts.known:,} known before, {counts.quarantined:,} to quarantine"
        f"; {output} holds {held:,} articles, {bad:,} inputs in quarantine",
        err=True,
    )
    if bad:
        from khabar.corpus.quarantine import kinds  # noqa: PLC0415

        for kind, number, reason in kinds(dataset)[:KINDS_TOLD]:
            click.echo(f"khabar:   {number:,} {kind}: {plain(reason)}", err=True)
        raise SystemExit(1)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[Counts], None]]:
    """A bar on standard error where that is a terminal; nothing elsewhere."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        TextColumn("coding"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} articles"),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[bad]:,} in quarantine"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("coding", total=None, bad=0, rate="")
        bad = 0

        def advance(counts: Counts) -> None:
            nonlocal bad
            bad += counts.quarantined
            done = bar.tasks[task]
            speed = f"{done.completed / done.elapsed:,.0f}/s" if done.elapsed else ""
            bar.update(task, advance=counts.coded + counts.known, bad=bad, rate=speed)

        yield advance
