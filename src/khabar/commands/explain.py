"""`khabar explain`: why an event was coded as it was."""

from __future__ import annotations

import re
from pathlib import Path

import click
import msgspec
from rich.text import Text

from khabar.commands.recordfile import RecordFileError, stream_records
from khabar.commands.summary import event_line
from khabar.commands.terminal import FSI, PDI, console, isolated, isolated_runs, plain
from khabar.record import Event, Participant, Record

_BREAK = re.compile(r"[\n\r\u2028\u2029]|(?<=[.!؟?])\s")
_CONTEXT = 400
"""Code points shown on either side of the trigger when its sentence is longer."""
_NUMBER = re.compile(r"[1-9]\d{0,3}")
"""The number of an event in its article; anything longer is the start of an id."""


class _Choice(msgspec.Struct):
    """What a file of records has for the words of the command line."""

    articles: int = 0
    first: Record | None = None
    found: list[tuple[Record, int, Event]] = []


@click.command()
@click.argument("record", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("event", required=False)
@click.option("--id", "article", help="Id of the article, where RECORD holds many.")
def explain(record: Path, event: str | None, article: str | None) -> None:
    """Show the decisions behind an event.

    RECORD is a JSON or JSONL file as `khabar code` writes it. EVENT is the event's id or the start of it, or
    its number in the article from 1; without it the events are listed.
    """
    try:
        choice = _choose(record, event, article)
    except (RecordFileError, OSError) as error:
        raise click.ClickException(plain(str(error))) from error
    if choice.first is None:
        which = f"no article {article!r}" if article else "no record"
        raise click.ClickException(f"{which} in {record}")
    out = console()
    if event is None:
        if choice.articles > 1:
            raise click.UsageError(
                f"{record} holds {choice.articles} articles; choose one with --id, or an event"
            )
        for number, each in enumerate(choice.first.events, 1):
            out.print(event_line(number, each))
        return
    if not choice.found:
        hint = "" if choice.articles == 1 else "; a number needs --id"
        raise click.ClickException(f"no event {event!r} in {record}{hint}")
    if len(choice.found) > 1:
        raise click.ClickException(f"{event!r} begins the ids of several events; give more of it")
    for line in _explanation(*choice.found[0]):
        out.print(line)


def _choose(path: Path, event: str | None, article: str | None) -> _Choice:
    """Look through a file, keeping no more records than are needed."""
    choice = _Choice()
    numbered = event is not None and _NUMBER.fullmatch(event) is not None
    for record in stream_records(path):
        if article is not None and record.id != article:
            continue
        choice.articles += 1
        choice.first = choice.first or record
        if event is not None and not numbered:
            choice.found += [(record, n, e) for n, e in enumerate(record.events, 1) if e.id.startswith(event)]
    if event is not None and numbered and choice.articles == 1 and choice.first is not None:
        number = int(event)
        choice.found = [(choice.first, number, e) for e in choice.first.events[number - 1 : number]]
    return choice


def _explanation(record: Record, number: int, event: Event) -> list[Text]:
    """The event, its words in the text, and the reasons in the order of the decisions."""
    lines = [
        Text.assemble(("article: ", "dim"), isolated(record.id)),
        Text.assemble(("title: ", "dim"), isolated(record.title or "")),
        event_line(number, event),
        Text.assemble(("event id: ", "dim"), plain(event.id)),
        Text.assemble(("sentence: ", "dim"), _sentence(record.text, event)),
    ]
    for role, people in (
        ("actor", event.actors),
        ("recipient", event.recipients),
        ("said by", event.said_by),
    ):
        lines.extend(_participant(role, person) for person in people)
    lines.append(Text(f"confidence: {event.confidence:.2f}"))
    lines.append(Text("why:", style="bold underline"))
    lines.extend(Text(f"{step:>3}. {isolated_runs(reason)}") for step, reason in enumerate(event.why, 1))
    lines.append(Text(f"coded by khabar {plain(record.khabar)}", style="dim"))
    return lines


def _participant(role: str, person: Participant) -> Text:
    words = isolated(person.text) if person.text else "(not in the words)"
    line = Text.assemble((f"{role}: ", "dim"), words, " ", (plain(person.code), "cyan"))
    if person.name:
        line.append(f" {isolated(person.name)}")
    if person.entity:
        line.append(f" {plain(person.entity)}", style="dim")
    if person.start is not None:
        line.append(f" [{person.start}:{person.end}]", style="dim")
    return line


def _sentence(text: str, event: Event) -> Text:
    """The sentence around the trigger, the trigger between brackets so that it shows without colour too."""
    start, end = event.trigger.start, event.trigger.end
    if not 0 <= start < end <= len(text):
        return Text("(the record has no text)")
    left, right = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    for match in _BREAK.finditer(text, left, right):
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            right = match.start()
            break
    return Text.assemble(
        FSI,
        plain(text[left:start]).lstrip(),
        (f"[{plain(text[start:end])}]", "bold green"),
        plain(text[end:right]).rstrip(),
        PDI,
    )
