"""One event, one statement, one time as a line of text for a person."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from rich.text import Text

from khabar.commands.terminal import isolated, plain

if TYPE_CHECKING:
    from khabar.record import Event, Participant, Record, StatementRecord

SHORT_ID = 8
"""Digits of an event's id that are shown; any unique start of it names the event."""

_WORDS_SHOWN = 120


def moment(value: datetime | None) -> str:
    """A moment as people write it, in UTC; midnight sharp is how a record gives a day without a time."""
    if value is None:
        return "unknown"
    return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M} UTC"


def who(people: tuple[Participant, ...]) -> Text:
    """Participants with their codes; a dash for nobody."""
    line = Text()
    for number, person in enumerate(people):
        if number:
            line.append(" + ")
        words = person.name or person.text
        if words:
            line.append(isolated(words))
            line.append(" ")
        line.append(plain(person.code), style="cyan")
    return line if people else Text("—")


def event_line(number: int, event: Event) -> Text:
    """«1. who → TYPE/mode → whom · date · place · factuality · according to · words · id»."""
    line = Text(f"{number:>3}. ")
    line.append_text(who(event.actors))
    line.append(" → ")
    kind = event.type + (f"/{event.mode}" if event.mode else "")
    line.append(plain(kind), style="bold")
    line.append(" → ")
    line.append_text(who(event.recipients))
    for part in _particulars(event):
        line.append(" · ")
        line.append_text(part)
    return line


def _particulars(event: Event) -> list[Text]:
    parts = []
    if event.date:
        parts.append(Text(plain(event.date)))
    if event.place is not None:
        words = " ".join(filter(None, (isolated(event.place.text or ""), plain(event.place.country or ""))))
        parts.append(Text(f"in {words}"))
    if event.factuality != "actual":
        parts.append(Text(plain(event.factuality), style="yellow"))
    if event.said_by:
        parts.append(Text.assemble("according to ", who(event.said_by)))
    parts.append(Text(isolated(event.trigger.text), style="green"))
    parts.append(Text(plain(event.id[:SHORT_ID]), style="dim"))
    return parts


def statement_line(statement: StatementRecord) -> Text:
    """«who: words», with quotation marks for direct speech."""
    words = statement.text
    if len(words) > _WORDS_SHOWN:
        words = words[:_WORDS_SHOWN].rsplit(" ", 1)[0] + " …"
    line = Text("  - ")
    line.append_text(who((statement.speaker,)))
    line.append(": ")
    line.append(isolated(f"«{words}»" if statement.kind == "direct" else words))
    return line


def record_lines(record: Record) -> list[Text]:
    """A whole record for a person to read."""
    lines = [
        _field("title", isolated(record.title or "") or "none"),
        _field("published", moment(record.published)),
    ]
    if record.updated:
        lines.append(_field("updated", moment(record.updated)))
    for name, value in (
        ("outlet", record.outlet),
        ("dateline", record.dateline),
        ("caption", record.caption),
        ("url", record.url),
    ):
        if value:
            lines.append(_field(name, isolated(value)))
    for credit in record.credits:
        names = " / ".join(isolated(n) for n in (credit.agency, credit.photographer) if n)
        lines.append(_field("credit", names))
    lines.append(_heading(f"events ({len(record.events)})"))
    lines.extend(event_line(number, event) for number, event in enumerate(record.events, 1))
    if record.statements:
        lines.append(_heading(f"statements ({len(record.statements)})"))
        lines.extend(map(statement_line, record.statements))
    if record.times:
        lines.append(_heading(f"times ({len(record.times)})"))
        lines.extend(Text(f"  - {isolated(t.text)} = {plain(t.value)}") for t in record.times)
    lines.extend(_field("note", plain(note)) for note in record.notes)
    return lines


def _field(name: str, value: str) -> Text:
    return Text.assemble((f"{name}: ", "dim"), value)


def _heading(words: str) -> Text:
    return Text(words, style="bold underline")
