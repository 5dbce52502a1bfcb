"""Whom the words of a reporting word belong to."""

from __future__ import annotations

import msgspec

from khabar.mentions.model import Mention
from khabar.statements.candidates import speakers
from khabar.statements.cues import Cue
from khabar.statements.desk import Desk
from khabar.statements.names import name_at, named
from khabar.statements.openings import Opening
from khabar.statements.speakers import (
    NOBODY,
    Speaker,
    agrees,
    from_mention,
    governed,
    is_agent,
    owned,
    personal,
    source_after,
    stranger_after,
    subject_after,
    subject_before,
)

_OBJECT_RELATIVES = frozenset({"ما", "مما", "عما", "بما", "لما", "فيما"})
_RELATIVES = frozenset({"الذي", "التي", "الذين"})
_COPULAR = frozenset({"هو", "هي", "وهو", "وهي"})
_APPOSITION = 2
"""Tokens between a name and its title: a comma, «وهو»."""


def speaker_of(desk: Desk, token: int, cue: Cue, opening: Opening) -> Speaker:
    """Give the speaker of a reporting word: its subject, before or after it, else who was meant before.

    Args:
        desk: the article at work.
        token: index of the reporting word.
        cue: its reading.
        opening: where its words begin.
    """
    relayed = _relayed(desk, token, opening)
    if relayed is not None:
        return relayed
    ruled = _by_rule(desk, token, cue, opening)
    mention = ruled.mention
    if ruled.rule == "same":
        return ruled  # «مضيفا أن …»
    beside = ruled.rule == "subject" and ruled.start == desk.view.start(token + 1)
    if beside and mention is not None and (mention.name or mention.entity or mention.number != "s"):
        return ruled  # right behind the verb
    candidates = speakers(desk, token, cue, opening, ruled)
    if len(candidates) < 2:
        return ruled
    return candidates[desk.judge.weigh(candidates)][0]


def _by_rule(desk: Desk, token: int, cue: Cue, opening: Opening) -> Speaker:
    if cue.kind == "verb":
        subject = _subject(desk, token, cue, opening)
        if subject is not None:
            return subject
    return dropped(desk, token, cue)


def _relayed(desk: Desk, token: int, opening: Opening) -> Speaker | None:
    """«قالت الصحيفة، نقلا عن مسؤول، إن …»: the official speaks."""
    view = desk.view
    for k in range(token + 1, opening.opener - 1):
        if "according-relay" in view.features[k].kinds and view.features[k + 1].form == "عن":
            source = source_after(view, k + 1)
            if source is not None and source.first < opening.opener:
                return from_mention(source, "relay")
    return None


def _subject(desk: Desk, token: int, cue: Cue, opening: Opening) -> Speaker | None:
    view = desk.view
    # A verb before its subject is singular; «قد» stands between «كان فلان» and its verb.
    led = cue.number != "s" or (token > 0 and view.features[token - 1].form == "قد")
    beside = any(m.last == token - 1 and not governed(view, m) for m in view.mentions)
    led = led or (beside and (token + 1 not in view.starts or "whom" in cue.verb.frames))
    if led and not cue.joined and (mention := subject_before(view, token, cue)) is not None:
        return from_mention(mention, "subject-before")
    if cue.number == "s":
        mention = subject_after(view, token, opening.opener, cue)
        described = led or cue.joined
        if mention is not None and not (described and _is_described(desk, mention.last, cue, opening)):
            return _called(desk, token, mention, opening.opener)
        unknown = stranger(desk, token, opening.opener) if mention is None else None
        if unknown is not None and not (described and _is_described(desk, token + 1, cue, opening)):
            return unknown
    if not cue.joined and not _is_object_relative(desk, token):
        mention = subject_before(view, token, cue)
        if mention is not None:
            return from_mention(mention, "subject-before")
    return None


def _called(desk: Desk, token: int, mention: Mention, stop: int) -> Speaker:
    """The subject by its name where one stands beside the title; the words of both."""
    view = desk.view
    if not mention.name and mention.first > token + 1:
        found = _stranger_by_name(desk, token, mention)
        if found is not None:
            who = msgspec.structs.replace(
                found, code=mention.code, country=mention.country, gender=mention.gender
            )
            return Speaker(who, who.start, mention.end, "subject")
    who = named(view, mention, stop)
    return Speaker(who, mention.start, max(mention.end, who.end), "subject")


def _stranger_by_name(desk: Desk, token: int, mention: Mention) -> Mention | None:
    """«قال زينهم، مدير المستشفى», «قالت لين، وهي طالبة»: a name nobody knows before its title."""
    view = desk.view
    found = stranger_after(view, token, mention.first, desk.cues.voices)
    last = found.last if found is not None and found.name else name_at(view, token + 1, mention.first)
    gap = view.features[last + 1 : mention.first]
    if last <= token or len(gap) > _APPOSITION or not all(f.comma or f.bare in _COPULAR for f in gap):
        return None
    return personal(view, token + 1, last)


def _is_described(desk: Desk, last: int, cue: Cue, opening: Opening) -> bool:
    """Whether the one mention after «وصف» is what is described («ووصف القرار بأنه …»), not who describes."""
    view = desk.view
    if "as" not in cue.verb.frames or opening.kind != "quote" or cue.pronoun:
        return False
    between = range(last + 1, opening.opener - 1)
    return not any(view.sentence.tokens[k].word.kind == "word" and not view.features[k].that for k in between)


def stranger(desk: Desk, token: int, stop: int) -> Speaker | None:
    """Give a speaker that no mention names, from the words after a token, or None.

    A paper («البيان») stands for who issued it, a surname or the short form of an institution for who was
    named before.

    Args:
        desk: the article at work.
        token: index of the word before the speaker.
        stop: index past the last token that may name them.
    """
    view = desk.view
    found = stranger_after(view, token, stop, desk.cues.voices)
    if found is None:
        return None
    memory = desk.memory
    word = view.sentence.tokens[token + 1].word
    if "medium" in view.features[token + 1].kinds and word.article:
        issuer = memory.issuer or memory.last
        if issuer is not None:
            return Speaker(issuer, found.start, found.end, "issuer")
    known = memory.tails.get(view.features[token + 1].form)
    if known is None and word.article:
        known = memory.heads.get(word.norm)
    if known is not None and is_agent(known):
        return Speaker(known, found.start, found.end, "known")
    return from_mention(found, "stranger")


def _is_object_relative(desk: Desk, token: int) -> bool:
    """«ما قال إنه …», «الذي وصفه بـ»: the relative word is what is spoken of."""
    before = desk.view.features[token - 1].bare if token else ""
    return before in _OBJECT_RELATIVES or (before in _RELATIVES and bool(desk.spoken))


def _issues(desk: Desk, mention: Mention) -> bool:
    """Whether a paper before a mention is its own («في تغريدة للوزير»)."""
    before = mention.first - 1
    return "ل" in mention.proclitic and before >= 0 and "medium" in desk.view.features[before].kinds


def dropped(desk: Desk, token: int, cue: Cue | None) -> Speaker:
    """Give the speaker of a reporting word that names none.

    Args:
        desk: the article at work.
        token: index of the reporting word.
        cue: its reading, or None for a source («وفق ما أعلن»).
    """
    view = desk.view
    for spoken in reversed(desk.spoken):
        said = spoken.statement
        if said.speaker is not None and (cue is None or agrees(said.speaker, cue, precedes=True)):
            return Speaker(said.speaker, said.speaker_start, said.speaker_end, "same")
    for mention in view.mentions:
        if mention.first >= token:
            break
        if not is_agent(mention) or owned(view, mention):
            continue
        if governed(view, mention) and not _issues(desk, mention):
            continue
        if cue is None or agrees(mention, cue, precedes=True):
            return from_mention(mention, "sentence-subject")
    before = desk.section or desk.memory.recall(cue)
    return Speaker(before, -1, -1, "last") if before is not None else NOBODY
