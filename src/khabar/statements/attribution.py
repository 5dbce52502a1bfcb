"""Whom the words of a reporting word belong to."""

from __future__ import annotations

from khabar.mentions.model import Mention
from khabar.statements.cues import Cue
from khabar.statements.desk import Desk
from khabar.statements.openings import Opening
from khabar.statements.speakers import (
    NOBODY,
    Speaker,
    agrees,
    from_mention,
    governed,
    is_agent,
    named,
    owned,
    source_after,
    stranger_after,
    subject_after,
    subject_before,
)

_OBJECT_RELATIVES = frozenset({"ما", "مما", "عما", "بما", "لما", "فيما"})
_RELATIVES = frozenset({"الذي", "التي", "الذين"})


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
    led = led or (any(m.last == token - 1 for m in view.mentions) and token + 1 not in view.starts)
    if led and not cue.joined and (mention := subject_before(view, token, cue)) is not None:
        return from_mention(mention, "subject-before")
    if cue.number == "s":
        mention = subject_after(view, token, opening.opener, cue)
        described = led or cue.joined
        if mention is not None and not (described and _is_described(desk, mention.last, cue, opening)):
            return _called(desk, mention, opening.opener)
        if mention is None and (stranger := _stranger(desk, token, opening)) is not None:
            last = stranger.mention.last if stranger.mention is not None else token
            if not (led or cue.joined) or not _is_described(desk, last, cue, opening):
                return stranger
    if not cue.joined and not _is_object_relative(desk, token):
        mention = subject_before(view, token, cue)
        if mention is not None:
            return from_mention(mention, "subject-before")
    return None


def _called(desk: Desk, mention: Mention, stop: int) -> Speaker:
    """The subject by its name where one follows the title; the words of both."""
    who = named(desk.view, mention, stop)
    return Speaker(who, mention.start, max(mention.end, who.end), "subject")


def _is_described(desk: Desk, last: int, cue: Cue, opening: Opening) -> bool:
    """Whether the one mention after «وصف» is what is described («ووصف القرار بأنه …»), not who describes."""
    view = desk.view
    if "as" not in cue.verb.frames or opening.kind != "quote" or cue.pronoun:
        return False
    between = range(last + 1, opening.opener - 1)
    return not any(view.sentence.tokens[k].word.kind == "word" and not view.features[k].that for k in between)


def _stranger(desk: Desk, token: int, opening: Opening) -> Speaker | None:
    """A speaker no mention names; a paper («البيان») stands for who issued it."""
    view = desk.view
    stranger = stranger_after(view, token, opening.opener, desk.cues.voices)
    if stranger is None:
        return None
    paper = "medium" in view.features[token + 1].kinds and view.sentence.tokens[token + 1].word.article
    issuer = desk.memory.issuer or desk.memory.last
    if paper and issuer is not None:
        return Speaker(issuer, stranger.start, stranger.end, "issuer")
    known = desk.memory.heads.get(view.sentence.tokens[token + 1].word.norm)
    if known is not None and is_agent(known) and view.sentence.tokens[token + 1].word.article:
        return Speaker(known, stranger.start, stranger.end, "known-head")  # «المرصد» for «المرصد السوري»
    return from_mention(stranger, "stranger")


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
