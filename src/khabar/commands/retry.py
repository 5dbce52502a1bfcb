"""`khabar retry`: what could not be coded, once more."""

from __future__ import annotations

from typing import Unpack

import click

from khabar.commands.options import ArchiveOptions, archive_options


@click.command()
@click.argument("dataset", metavar="DATASET")
@archive_options
def retry(dataset: str, **options: Unpack[ArchiveOptions]) -> None:
    """Try again what is in the quarantine of DATASET.

    After khabar has learnt to read it, or the source has been repaired or come back. What can be coded now
    leaves quarantine for the other tables; the exit status is 1 while something stays.
    """
    from khabar.commands.archive import retry_dataset  # noqa: PLC0415 - needs what is not of the core

    retry_dataset(dataset, options)
