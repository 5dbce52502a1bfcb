"""Sources named beside their words: «بحسب فلان، …», «…، وفق ما أعلن فلان», «"…"، قال فلان»."""

from __future__ import annotations

from khabar.statements.attribution import dropped, stranger
from khabar.statements.clauses import clause_end
from khabar.statements.desk import Cause, Desk
from khabar.statements.names import named
from khabar.statements.openings import Opening, at_quote, at_word, find_opening
from khabar.statements.speakers import Speaker, from_mention, source_after, subject_after

_LEAD_REACH = 25
"""Tokens between a source at the head of a sentence and the words it vouches for."""

_STRANGER_REACH = 8
_INNER_REACH = 8
"""Tokens within which another reporting word takes the words over («بحسب الوكالة، قال الوزير إن …»)."""

_SHORTEST = 3
"""Tokens that words vouched for have at least."""

_LEADERS = frozenset({"و", "كما", "وقد", "قد", "فيما", "لكن", "ولكن", "غير", "ان"})
_TOLD_BY = frozenset({"كما", "علي"})


def according(desk: Desk, token: int) -> int:
    """Read a phrase of source; give the index to go on from."""
    view = desk.view
    own = view.phrase(token, "own-words")
    if own > 1:
        return token + own
    after = token + 1
    relay = "according-relay" in view.features[token].kinds
    if relay and not (after < view.size and view.features[after].form == "عن"):
        return after
    speaker, after = _source(desk, token)
    if speaker is None:
        return after
    if token - view.floor <= 1:
        return _leading(desk, token, speaker, after)
    _trailing(desk, token, speaker)
    return after


def _source(desk: Desk, token: int) -> tuple[Speaker | None, int]:
    """Who is named as source, and the index past the words that name them."""
    view = desk.view
    found = source_after(view, token)
    if found is not None:
        found = named(view, found, view.size)
        return from_mention(found, "source"), found.last + 1
    told = _told_by(desk, token)
    unknown = stranger(desk, told or token, (told or token) + _STRANGER_REACH)
    if unknown is not None and (told or view.sentence.tokens[token + 1].word.article):
        return unknown, (told or token) + 2
    if told:
        return dropped(desk, token, None), told + 1
    return None, token + 1


def _told_by(desk: Desk, token: int) -> int:
    """Index of the verb in «وفق ما أعلن», 0 where none follows."""
    view = desk.view
    after = token + 1
    if after < view.size and view.features[after].bare in {"ما", "لما"}:
        after += 1
    return after if after < view.size and view.features[after].cues else 0


def _leading(desk: Desk, token: int, speaker: Speaker, after: int) -> int:
    view = desk.view
    first = _words_after_lead(desk, after)
    if first >= view.size:
        return after
    for k in range(first, min(first + _INNER_REACH, view.size)):
        cues = [c for c in view.features[k].cues if c.kind == "verb" and "that" in c.verb.frames]
        if cues and view.inside[k] < 0 and find_opening(view, k, cues[0]) is not None:
            return first
    opening = at_word(view, "that", first - 1, first)
    desk.take(opening, clause_end(view, opening), speaker, _cause(desk, token, "source:before"))
    return first


def _words_after_lead(desk: Desk, after: int) -> int:
    """Index of the first word vouched for: after «فإن», «فقد», a comma, or at long marks."""
    view = desk.view
    for k in range(after, min(after + _LEAD_REACH, view.size)):
        feature = view.features[k]
        if feature.that or (feature.bare == "قد" and feature.joined):
            return k + 1
        quote = view.quote_of(k)
        if quote is not None and view.is_quote_start(k) and view.quote_words(quote) > _SHORTEST + 1:
            return k
        if feature.comma and k + 1 < view.size:
            following = view.features[k + 1]
            if not (following.that or following.bare == "قد" or "time" in following.kinds):
                return k + 1
    return view.size


def _trailing(desk: Desk, token: int, speaker: Speaker) -> None:
    view = desk.view
    last = token
    while last > view.floor and view.features[last - 1].comma:
        last -= 1
    if last == token and last > view.floor and view.features[last - 1].bare in _TOLD_BY:
        last -= 1
    first = view.floor
    for spoken in desk.spoken:
        if spoken.end >= last - 1:
            return  # somebody else's words: the source only relays them
        first = max(first, spoken.end)
    if any(cue.kind == "verb" and "feeling" in cue.verb.frames for cue in view.features[first].cues):
        return  # «أعرب فلان عن أسفه، بحسب الوكالة»: an act of his, told by the agency
    if first + 2 < last and view.features[first].bare == "يذكر" and view.features[first + 1].that:
        first += 2
    while first < last and (view.features[first].comma or view.features[first].form in _LEADERS):
        first += 1
    if last - first < _SHORTEST:
        return
    opening = at_word(view, "that", first, first)
    if view.features[first].joined and desk.text[opening.start] == "و":
        opening = Opening("that", first, first, opening.start + 1, opening.quote)
    desk.take(opening, last, speaker, _cause(desk, token, "source:after"))


def _cause(desk: Desk, token: int, rule: str) -> Cause:
    return Cause(token, desk.view.sentence.tokens[token].word.text, rule)


def told_after(desk: Desk, token: int) -> int | None:
    """«"…"، قال فلان» and «…، كما أعلن فلان»: the words stand before the reporting word.

    Args:
        desk: the article at work.
        token: index of the reporting word.

    Returns:
        The index to go on from, or None where no words stand before it.
    """
    view = desk.view
    cue = next((c for c in view.features[token].cues if c.kind == "verb"), None)
    if cue is None or token <= view.floor or not cue.verb.frames & {"quote", "that"}:
        return None
    mention = subject_after(view, token, min(view.size, token + 10), cue)
    before = token - 1
    if view.features[before].bare == "ما" and before > view.floor and view.features[before - 1].bare == "علي":
        before -= 1
    if view.features[before].bare in _TOLD_BY and before > view.floor:
        if not view.features[before - 1].comma:
            return None
        speaker = from_mention(mention, "source") if mention is not None else None
        speaker = speaker or stranger(desk, token, token + _STRANGER_REACH)
        if speaker is None:
            return None
        _trailing(desk, before, speaker)
        return mention.last + 1 if mention is not None else token + 2
    while before > view.floor and view.features[before].comma:
        before -= 1
    quote = view.quote_of(before)
    if quote is None or view.quote_words(quote) <= _SHORTEST or desk.covers(quote.inner_start):
        return None
    first = before
    while first > 0 and view.inside[first - 1] == view.inside[before]:
        first -= 1
    speaker = from_mention(mention, "subject") if mention else dropped(desk, token, cue)
    desk.take(
        at_quote(first, first, quote), before + 1, speaker, Cause(token, cue.verb.lemma, "quote-before")
    )
    return token + 1
