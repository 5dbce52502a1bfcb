"""Who did it, and to whom: candidates for each role and the features of that choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from khabar.events.candidates import Candidate
from khabar.events.codebook import TYPES, Entry
from khabar.events.context import WORD_CLASSES, View
from khabar.events.document import BODIES, Document, sector_or_body
from khabar.events.scorer import Features, Part
from khabar.events.slots import joined, plain_slot, slot_of
from khabar.mentions.model import Mention
from khabar.tables import rows

Role = Literal["actor", "recipient"]
Source = Literal["sentence", "before", "title", "speaker", "article", "implied", "nobody"]

_TABLES = Path(__file__).parent / "tables"
#: (role, type) -> sectors of a side left out. Source: tables/implied.tsv.
IMPLIED: dict[tuple[str, str], tuple[str, ...]] = {
    (r["role"], r["type"]): tuple(r["sectors"].split("|")) for r in rows(_TABLES / "implied.tsv")
}
#: Sentences before the trigger's own that a dropped participant is sought in.
LOOK_BACK = 2
#: Mentions of an earlier sentence that are considered, in order.
_PER_SENTENCE = 4
_FAR = 12


class Filler(msgspec.Struct, frozen=True):
    """A candidate for a role.

    Attributes:
        source: where it comes from.
        code: PLOVER code, or "" for nobody.
        mention: the mention behind it, or None (implied, nobody).
        slot: its place around the trigger, or the source.
    """

    source: Source
    code: str
    mention: Mention | None
    slot: str


NOBODY = Filler("nobody", "", None, "nobody")


def candidates_for(doc: Document, view: View, cand: Candidate, kind: str, role: Role) -> list[Filler]:
    """All who may fill a role of an event of the type `kind`, nobody first."""
    out = [NOBODY]
    seen = set()
    for m in view.mentions:
        if m.first >= cand.first and m.last <= cand.last and not m.nisba:
            continue
        code = actor_code(m)
        out.append(Filler("sentence", code, m, slot_of(view, cand, m)))
        seen.add(m.entity or m.name or code)
    q = doc.statement_around(view.index, view.tokens[cand.first].start)
    if q is not None and q.speaker is not None and q.speaker.sentence != view.index:
        seen.add(q.speaker.entity or q.speaker.name or q.speaker.code)
        out.append(Filler("speaker", actor_code(q.speaker), q.speaker, "speaker"))
    out += _before(doc, view, seen)
    held = {f.code for f in out}
    for m in doc.leading:
        code = actor_code(m)
        if code not in held:
            held.add(code)
            out.append(Filler("article", code, m, "article"))
    out += _implied(doc, view, kind, role)
    return out


def _before(doc: Document, view: View, seen: set[str]) -> Iterator[Filler]:
    """Who is named in the sentences before and not yet `seen`."""
    for back in range(1, min(LOOK_BACK, view.index) + 1):
        n = view.index - back
        kept = 0
        for m in doc.views[n].mentions:
            code = actor_code(m)
            key = m.entity or m.name or code
            if key in seen or m.nisba:
                continue
            seen.add(key)
            yield Filler("title" if n == 0 else "before", code, m, f"before{back}")
            kept += 1
            if kept == _PER_SENTENCE:
                break


def _implied(doc: Document, view: View, kind: str, role: Role) -> list[Filler]:
    country = next(
        (m.country for m in view.mentions if m.kind == "place" and m.country not in BODIES), doc.focus
    )
    return [
        Filler(
            "implied",
            "UNK" if sector == "UNK" else f"{country or 'UNK'} {sector}",
            None,
            f"implied-{sector}",
        )
        for sector in IMPLIED.get((role, kind), ())
    ]


def actor_code(m: Mention) -> str:
    """The code a mention has as a participant: a bare country stands for its government."""
    return m.code if " " in m.code or m.code in BODIES else f"{m.code} GOV"


def role_features(
    doc: Document,
    view: View,
    cand: Candidate,
    entry: Entry,
    role: Role,
    filler: Filler,
    other: Filler | None = None,
    *,
    first: bool = False,
) -> Features:
    """Features of one candidate for a role; `other` is the actor already chosen, for the recipient.

    On the first reading a mention's standing in the sentence is told by its distance alone: it serves to vote
    and to leave out the unlikely. The features come in parts that recur from event to event, so that their
    sums can be kept.
    """
    t = entry.type
    voice = _voice(cand)
    if filler.source == "nobody":
        pronoun = cand.verb is not None and bool(cand.verb.pronoun)
        source = "" if other is None else other.source
        return [(_nobody, (t, cand.lemma, cand.pos, entry.id, source, pronoun, view.sentence.kind))]
    slot, sector = filler.slot, sector_or_body(filler.code)
    f: list[Part] = [
        (_core, (t, cand.pos, voice, cand.lemma, slot, sector)),
        (_who, (t, filler.code, filler.source, doc.weight_of(filler.code))),
    ]
    m = filler.mention
    if m is None:
        beside = "" if other is None else sector_or_body(other.code)
        f.append((_left_out, (slot, entry.id, cand.lemma, voice, t, beside)))
    else:
        slots = entry.slots if cand.verb is not None else entry.noun_slots
        mine, theirs = (slots.actor, slots.recipient) if role == "actor" else (slots.recipient, slots.actor)
        f.append((_fit, (slot, voice, mine, theirs)))
        f.append((_kind, (t, m.kind, slot, m.nisba, m.resolved, m.country == doc.focus)))
        f += _distance(view, cand, m) if first else _standing(doc, view, cand, t, slot, m)
    if other is not None and other.source != "nobody":
        f.append((_pair, (t, other.code, filler.code)))
        n = other.mention
        if m is not None and n is not None:
            f.append(("", _beside(view, slot, m, other.slot, n)))
    return f


def _nobody(t: str, lemma: str, pos: str, entry: str, actor: str, pronoun: bool, block: str) -> Sequence[str]:
    f = [
        "nobody",
        f"nobody|{t}",
        f"nobody|L={lemma}",
        f"nobody|{t}|{pos}",
        f"nobody|E={entry}",
        f"nobody|K={WORD_CLASSES.get(lemma, '')}",
    ]
    if actor:
        f.append(f"nobody|{t}|actor={actor}")
    if pronoun:
        f.append("nobody|object-pronoun")
    f.append(f"nobody|block={block}")
    return f


def _core(t: str, pos: str, voice: str, lemma: str, slot: str, sector: str) -> Sequence[str]:
    return [
        f"slot={slot}",
        f"slot={slot}|{t}",
        f"slot={slot}|{pos}{voice}",
        f"slot={slot}|L={lemma}",
        f"slot={slot}|K={WORD_CLASSES.get(lemma, '')}",
        f"slot={slot}|{t}|{sector}",
        f"{t}|{sector}",
        sector,
    ]


def _who(t: str, code: str, source: str, weight: str) -> Sequence[str]:
    return [f"{t}|{code}", source, f"weight={weight}", f"{source}|weight={weight}"]


def _left_out(slot: str, entry: str, lemma: str, voice: str, t: str, actor: str) -> Sequence[str]:
    f = (f"{slot}|E={entry}", f"{slot}|L={lemma}|{voice}")
    return [*f, f"{slot}|{t}|actor={actor}"] if actor else f


def _voice(cand: Candidate) -> str:
    if cand.verb is None:
        return ""
    # «أشكركم», «اتهمته»: the object is in the verb, so whoever stands behind it is no object.
    pronoun = cand.verb.pronoun
    held = "" if not pronoun else "-you" if pronoun.startswith("ك") else "-it"
    return {True: "-passive", None: "-either", False: ""}[cand.verb.passive] + held


def _fit(slot: str, voice: str, mine: tuple[str, ...], theirs: tuple[str, ...]) -> Sequence[str]:
    """Does the codebook expect this slot for this role, or for the other?"""
    plain = plain_slot(slot)
    if plain in mine:
        return [f"fit{voice}", f"fit|rank{mine.index(plain)}", f"fit|slot={plain}"]
    if plain in theirs:
        return [f"cross{voice}", f"cross|slot={plain}"]
    return ["unexpected"]


def _kind(t: str, kind: str, slot: str, nisba: bool, resolved: bool, focus: bool) -> Sequence[str]:
    f = [f"kind={kind}", f"{t}|kind={kind}", f"kind={kind}|slot={slot}"]
    if nisba:
        f += ["nisba", f"{t}|nisba"]
    if resolved:
        f.append("resolved")
    if focus:
        f.append("focus")
    return f


def _distance(view: View, cand: Candidate, m: Mention) -> Features:
    if m.sentence != view.index:
        return []
    right = m.first > cand.last
    gap = m.first - cand.last - 1 if right else cand.first - m.last - 1
    return [(_apart, ("R" if right else "L", _bucket(gap), view.governor(m), cand.lemma))]


def _apart(side: str, gap: str, prep: str, lemma: str) -> Sequence[str]:
    return [f"{side}gap={gap}", f"prep={prep}", f"prep={prep}|L={lemma}"]


def _standing(doc: Document, view: View, cand: Candidate, t: str, slot: str, m: Mention) -> Features:
    """How the mention stands to the trigger."""
    if m.sentence != view.index:
        others = doc.views[m.sentence].mentions
        opens = bool(others) and others[0] is m
        return [(_elsewhere, (slot, opens, _agrees(cand, m), m.kind))]
    right = m.first > cand.last
    lo, hi = (cand.last + 1, m.first) if right else (m.last + 1, cand.first)
    gap = max(0, hi - lo)
    between = sum(1 for o in view.mentions if lo <= o.first and o.last < hi and not o.nisba)
    side = (
        "R" if right else "L",
        _bucket(gap),
        min(view.verbs_between(lo, hi), 2),
        min(between, 3),
        min(abs(view.clause[m.first] - view.clause[cand.first]), 3),
        "rel" in view.classes[lo:hi],
        view.depth[m.first] != view.depth[cand.first],
    )
    q = doc.statement_around(view.index, view.tokens[cand.first].start)
    speaks = q is not None and q.speaker is not None and q.speaker.start == m.start
    agree = _agrees(cand, m) if slot in ("subject", "subject-left") else ""
    i = m.first - 1
    after_colon = i >= 0 and view.forms[i] == ":"
    before_colon = m.last + 1 < len(view.forms) and view.forms[m.last + 1] == ":"
    return [
        (_between, side),
        (_marks, (t, slot, agree, m is view.mentions[0], after_colon, before_colon, speaks)),
        (_governed, (t, view.governor(m), cand.lemma)),
    ]


def _elsewhere(slot: str, opens: bool, agree: str, kind: str) -> Sequence[str]:
    f = (f"{slot}|agree={agree}", f"{slot}|kind={kind}")
    return [*f, f"{slot}|opens"] if opens else f


def _between(
    side: str, gap: str, verbs: int, between: int, clauses: int, rel: bool, apart: bool
) -> Sequence[str]:
    f = [f"{side}gap={gap}", f"{side}verbs={verbs}", f"{side}between={between}", f"{side}clauses={clauses}"]
    if rel:
        f.append(f"{side}rel")
    if apart:
        f.append("quotes-apart")
    return f


def _marks(
    t: str, slot: str, agree: str, first: bool, after_colon: bool, before_colon: bool, speaks: bool
) -> Sequence[str]:
    f = []
    if agree:
        f.append(f"{slot}|agree={agree}")
    if first:
        f.append("first-mention")
    if after_colon:
        f.append("after-colon")
    if before_colon:
        f.append("before-colon")
    if speaks:
        f += ["speaks", f"{t}|speaks"]
    return f


def _governed(t: str, prep: str, lemma: str) -> Sequence[str]:
    if not prep:
        return ()
    k = WORD_CLASSES.get(lemma, "")
    return [f"prep={prep}", f"{t}|prep={prep}", f"prep={prep}|L={lemma}", f"prep={prep}|K={k}"]


def _pair(t: str, actor: str, code: str) -> Sequence[str]:
    """How a would-be recipient stands to the actor by their codes."""
    a, b = actor.split(maxsplit=1)[0], code.split(maxsplit=1)[0]
    same = "same" if a == b else "other"
    quad = TYPES[t][0]
    f = [
        f"{t}|{same}-country",
        f"{t}|{sector_or_body(actor)}>{sector_or_body(code)}|{same}",
        # Who quarrels with whom, and who helps whom, recurs from article to article.
        f"quad{quad}|{actor}>{code}",
        f"quad{quad}|{a}>{b}",
    ]
    if actor == code:
        f.append(f"{t}|same-code")
    return f


def _beside(view: View, slot: str, m: Mention, actor_slot: str, n: Mention) -> list[str]:
    """How a would-be recipient stands to the actor by their places."""
    f: list[str] = []
    if m is n or (m.entity and m.entity == n.entity):
        f.append("is-actor")
    elif m.sentence == n.sentence == view.index and joined(view, m, n):
        f.append("joined-to-actor")
    if m.sentence == n.sentence:
        f.append("after-actor" if m.first > n.first else "before-actor")
        f.append(f"{slot}|actor={actor_slot}")
    return f


def more_features(view: View, cand: Candidate, entry: Entry, filler: Filler, chosen: Filler) -> list[str]:
    """Features of a second member of a compound side, given its first."""
    t = entry.type
    m, n = filler.mention, chosen.mention
    f = ["bias", f"T={t}", f"slot={filler.slot}", f"{t}|slot={filler.slot}", f"{t}|first={chosen.slot}"]
    if m is None or n is None:
        f.append("no-mention")
        return f
    f.append(f"kinds={m.kind}+{n.kind}")
    if m.sentence == n.sentence and m.sentence == view.index:
        if joined(view, m, n):
            f.append("joined")
            f.append(f"{t}|joined")
            f.append(f"joined|{filler.slot}")
            if abs(m.first - n.last) <= 2 or abs(n.first - m.last) <= 2:
                f.append("joined-near")
        if m.group and m.group == n.group:
            f.append("group")
        f.append(f"{t}|{filler.slot}+{chosen.slot}")
        f.append(f"L={cand.lemma}|{filler.slot}+{chosen.slot}")
    elif m.sentence == n.sentence and m.group and m.group == n.group:
        f.append("group")
    else:
        f.append("apart")
    if m.code.split()[:1] == n.code.split()[:1]:
        f.append(f"{t}|same-country")
    return f


def _agrees(cand: Candidate, m: Mention) -> str:
    """Gender agreement of verb and mention; number too where the verb follows its subject."""
    v = cand.verb
    if v is None or v.person != 3:
        return f"person{v.person}" if v else "no"
    if "c" in (v.gender, m.gender):
        return "maybe"
    return "yes" if v.gender == m.gender or m.number == "p" else "no"


def _bucket(n: int) -> str:
    if n <= 2:
        return str(n)
    for top in (4, 7, _FAR, 20):
        if n <= top:
            return f"<={top}"
    return ">20"
