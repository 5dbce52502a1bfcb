"""Lines that name a speaker: «فلان: …» and «تصريحات فلان»."""

from __future__ import annotations

from collections.abc import Callable

from khabar.mentions.model import Mention
from khabar.statements.speakers import is_agent, stranger_after
from khabar.statements.view import View

_LABEL_TOKENS = 14
"""Tokens that may stand before the colon of a headline."""

_DENIED_FUTURE = frozenset({"لن", "سوف", "نحن"})


def headline_speaker(view: View, is_label: Callable[[Mention], bool]) -> tuple[Mention, int] | None:
    """Give who speaks in «فلان: …» and the index of the colon.

    A country's name before the colon may only say where the news is from («فرنسا: إضراب …»); it speaks where
    what follows is in the first person, denies a future, or stands between marks. A capital's name speaks.

    Args:
        view: the headline.
        is_label: whether a mention is a country by its own name, not by its capital.
    """
    colon = next((k for k in range(min(view.size, _LABEL_TOKENS)) if view.features[k].colon), -1)
    if colon < 1 or colon + 2 >= view.size or view.features[0].kinds & {"no-headline"}:
        return None
    if view.inside[colon] >= 0:
        return None
    first = 0
    for k in range(colon):
        if view.sentence.tokens[k].text in {"..", "...", "…"}:
            first = k + 1
    speaker = next((m for m in view.mentions if m.first >= first and m.last < colon), None)
    if speaker is None and first == 0:
        unknown = stranger_after(view, -1, colon, {})
        if unknown is not None and unknown.name and unknown.last == colon - 1:
            return unknown, colon
    if speaker is None or speaker.first > first or set(speaker.proclitic) & set("لبك"):
        return None
    label = speaker.last == colon - 1 and is_label(speaker)
    if (label or not is_agent(speaker)) and not _speaks(view, colon + 1):
        return None
    return speaker, colon


def _speaks(view: View, first: int) -> bool:
    if any(q.start >= view.start(first) and view.quote_words(q) > 1 for q in view.quotes):
        return True
    negated = any(view.sentence.tokens[k].word.text in _DENIED_FUTURE for k in range(first, view.size))
    return negated or view.first_person(first)


def section_speaker(view: View) -> Mention | None:
    """Give whose words stand below a heading such as «تصريحات الوزير»."""
    length = view.phrase(0, "heading") if view.size else 0
    if not length:
        return None
    return next((m for m in view.mentions if m.first <= length + 1 and is_agent(m)), None)
