"""`khabar score`: gold against predicted records."""

from __future__ import annotations

import json
from pathlib import Path

import click

from khabar.scoring import ScoreError, check_texts, load_records, score


@click.command("score")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("predicted", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def score_command(gold: Path, predicted: Path, *, as_json: bool) -> None:
    """Compare PREDICTED records with GOLD ones.

    Both are JSON or JSONL files, or folders of them. Prints precision, recall and F1 of triggers, events,
    dyads, statements and times, and how often the particulars of matched events are right.
    """
    try:
        right, found = load_records(gold), load_records(predicted)
        check_texts(right, found)
        figures = score(right, found)
    except (ScoreError, OSError, KeyError, TypeError, AttributeError) as error:
        reason = f"a record lacks {error}" if isinstance(error, KeyError) else str(error)
        raise click.ClickException(reason) from error
    if as_json:
        click.echo(json.dumps(figures))
        return
    click.echo(f"{len(right)} articles, {len(right.keys() & found.keys())} predicted")
    for name, values in figures.items():
        click.echo(f"{name:11} " + "  ".join(f"{key} {value}" for key, value in values.items()))
