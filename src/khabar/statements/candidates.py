"""What is known of a find and of those who may speak, as names of features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from khabar.mentions.model import Mention
from khabar.statements.cues import Cue
from khabar.statements.openings import Opening
from khabar.statements.speakers import Speaker, agrees, from_mention, governed, is_agent, owned

if TYPE_CHECKING:
    from khabar.statements.desk import Cause, Desk

_NEAR = 4
"""Mentions of the sentence that are weighed."""

_VOICES = 2
"""Former speakers that are weighed."""

_LENGTHS = (3, 6, 12, 25)


def sector(mention: Mention) -> str:
    """The sector of a mention's code, or the code itself where it has none."""
    return mention.code.partition(" ")[2] or mention.code


def find_features(desk: Desk, opening: Opening, end: int, speaker: Speaker, cause: Cause) -> list[str]:
    """What tells whether a find is words said.

    Args:
        desk: the article at work.
        opening: where the words begin.
        end: index past their last token.
        speaker: who says them.
        cause: why they are taken for words said.
    """
    view = desk.view
    rule, lemma, said = cause.rule.partition(":")[0], cause.verb, opening.kind
    if rule == "source":
        lemma = ""
    who = speaker.mention
    by = f"{who.kind}{'+' if who.name else ''}" if who is not None else "none"
    of = sector(who) if who is not None else "none"
    block = view.sentence.kind
    f = ["find", rule, f"{rule}|{said}", f"L={lemma}|{rule}", f"L={lemma}|{said}", f"block={block}|{rule}"]
    f += [f"of={of}", f"L={lemma}|by={speaker.rule}", f"L={lemma}|{by}"]
    f += [f"by={speaker.rule}|{by}", f"by={speaker.rule}|{said}", f"L={lemma}|block={block}"]
    length = sum(end - opening.first > n for n in _LENGTHS)
    f += [f"long={length}|{said}", f"L={lemma}|long={length}", f"quotes={min(len(view.quotes), 2)}|{said}"]
    if opening.quote is not None:
        words = min(view.quote_words(opening.quote), 6)
        f += [f"quoted={words}", f"quoted={words}|L={lemma}", f"quoted={words}|{block}"]
    forms = view.features
    if who is not None and speaker.start >= 0 and not who.name and who.sentence == view.sentence.index:
        head = forms[who.head].bare
        f += [f"head={head}", f"head={head}|{said}"]
    at = cause.token
    if at >= 0:
        if forms[at].cues:
            cue = forms[at].cues[0]
            f += [f"{cue.tense}|{cue.passive}|{cue.number}|{rule}", f"L={lemma}|{cue.tense}|{cue.number}"]
            f.append(f"L={lemma}|{cue.passive}|{bool(cue.pronoun)}")
        gap = min((opening.opener - at) // 2, 5)
        f.append(f"gap={gap}|{rule}")
        before = forms[at - 1].bare if at else "^"
        f += [f"before={before}", f"L={lemma}|before={before}"]
        if at + 1 < view.size:
            f.append(f"after={forms[at + 1].form}|{said}")
        if opening.opener < view.size:
            f.append(f"opener={forms[opening.opener].form}|L={lemma}")
    if desk.covers(opening.start):
        f.append("within")
    if view.sentence.index <= 1:
        f.append(f"lead|{said}")
    return f


class _Ballot:
    """Those who may speak, gathered one by one; of two mentions of one the first counts."""

    __slots__ = ("cue", "goes_on", "last", "names", "out", "ruled")

    def __init__(self, cue: Cue, ruled: Speaker, last: Mention | None) -> None:
        self.cue = cue
        self.ruled = ruled.rule
        self.last = last.code if last is not None else ""
        self.goes_on = "goes-on" if "continues" in cue.verb.frames else cue.kind
        self.names: set[str] = set()
        self.out: list[tuple[Speaker, list[str]]] = []

    def add(self, speaker: Speaker, where: str, extra: list[str]) -> None:
        """Add one, by where it stands, with what only that place can tell."""
        mention = speaker.mention
        if mention is None:
            return
        key = mention.name or mention.entity or mention.code
        if key in self.names:
            return
        self.names.add(key)
        goes_on, ruled = self.goes_on, self.ruled
        kind = f"{mention.kind}{'+' if mention.name else ''}"
        fits = "fits" if agrees(mention, self.cue, precedes=where != "R") else "misfit"
        f = [where, f"{where}|{goes_on}", f"{where}|{kind}", f"{where}|{fits}", f"{where}|{fits}|{goes_on}"]
        f += [f"{where}|{sector(mention)}", f"{where}|ruled={ruled}", f"{kind}|{fits}"]
        f += [f"{where}|{kind}|ruled={ruled}", f"{where}|L={self.cue.verb.lemma}"]
        if mention.code == self.last:
            f.append(f"{where}|last-code")
        self.out.append((speaker, f + [f"{where}|{x}" for x in extra]))


def speakers(
    desk: Desk, token: int, cue: Cue, opening: Opening, ruled: Speaker
) -> list[tuple[Speaker, list[str]]]:
    """Those who may speak, the one that the rules found first, with what is known of each.

    Args:
        desk: the article at work.
        token: index of the reporting word.
        cue: its reading.
        opening: where its words begin.
        ruled: whom the rules found.
    """
    memory = desk.memory
    ballot = _Ballot(cue, ruled, memory.voices[-1] if memory.voices else None)
    goes_on, quiet = ballot.goes_on, f"quiet={min(memory.quiet, 2)}"
    if ruled.mention is None:
        ballot.out.append((ruled, ["ruled", "ruled|nobody", f"ruled|{goes_on}"]))
    else:
        ballot.add(ruled, "ruled", [f"{ruled.rule}|{goes_on}", f"here={ruled.start >= 0}", quiet])
    _here(desk, token, opening, ballot)
    for back, mention in enumerate(reversed(memory.voices[-_VOICES:])):
        ballot.add(Speaker(mention, -1, -1, "chosen"), f"V{back}", [quiet, f"{quiet}|{goes_on}"])
    if memory.topic is not None:
        ballot.add(Speaker(memory.topic, -1, -1, "chosen"), "topic", [quiet])
    return ballot.out


def _here(desk: Desk, token: int, opening: Opening, ballot: _Ballot) -> None:
    """Add the mentions of the sentence that stand nearest the reporting word, before the words said."""
    view = desk.view
    near = [m for m in view.mentions if is_agent(m) and not opening.first <= m.first]
    head = next((m for m in near if m.first < token and not governed(view, m) and not owned(view, m)), None)
    near.sort(key=lambda m: abs(m.first - token))
    for mention in near[:_NEAR]:
        held = "governed" if governed(view, mention) else "owned" if owned(view, mention) else "free"
        gap = f"gap={min(abs(mention.first - token) // 3, 4)}"
        extra = [gap, held, f"{held}|{gap}", f"{held}|{ballot.goes_on}"]
        if mention is head:
            extra.append("head")
        if any(k in view.starts for k in range(token + 1, mention.first)):
            extra.append("behind")
        if mention.first and view.features[mention.first - 1].comma:
            extra.append("comma")
        if mention.rule.startswith("follow"):
            extra.append("follow")
        ballot.add(from_mention(mention, "chosen"), "R" if mention.first > token else "L", extra)
