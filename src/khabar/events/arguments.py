"""Who did it, and to whom: candidates for each role and the features of that choice."""

from __future__ import annotations

from typing import Literal

import msgspec

from khabar.events.candidates import Candidate
from khabar.events.codebook import Entry
from khabar.events.context import View
from khabar.events.document import BODIES, Document
from khabar.events.slots import joined, plain_slot, slot_of
from khabar.mentions.model import Mention

Role = Literal["actor", "recipient"]
Source = Literal["sentence", "before", "title", "speaker", "implied", "nobody"]

#: Sectors an unnamed side may have, for each role («اعتُقل …» implies the police of the country at hand).
#: Source: coding guide, section 3 (unnamed authorities) and 7 (unnamed people).
IMPLIED: dict[Role, tuple[str, ...]] = {
    "actor": ("GOV", "COP", "JUD", "MIL", "OPP", "CRM", "CVL", "REB", ""),
    "recipient": ("GOV", "CVL", "CRM", "MIL", "OPP", "REB"),
}
#: Sentences before the trigger's own that a dropped participant is sought in.
LOOK_BACK = 2
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


def candidates_for(doc: Document, view: View, cand: Candidate, role: Role) -> list[Filler]:
    """All who may fill a role, nobody first."""
    out = [NOBODY]
    here = []
    for m in view.mentions:
        if m.first >= cand.first and m.last <= cand.last and not m.nisba:
            continue
        here.append(Filler("sentence", actor_code(m), m, slot_of(view, cand, m)))
    out += here
    seen = {(f.mention.entity or f.mention.name or f.code) for f in here if f.mention is not None}
    q = doc.statement_around(view.index, view.tokens[cand.first].start)
    if q is not None and q.speaker is not None:
        key = q.speaker.entity or q.speaker.name or q.speaker.code
        if q.speaker.sentence != view.index:
            seen.add(key)
            out.append(Filler("speaker", actor_code(q.speaker), q.speaker, "speaker"))
    for back in range(1, LOOK_BACK + 1):
        n = view.index - back
        if n < 0:
            break
        kept = 0
        for m in doc.views[n].mentions:
            key = m.entity or m.name or m.code
            if key in seen or m.nisba:
                continue
            seen.add(key)
            out.append(Filler("title" if n == 0 else "before", actor_code(m), m, f"before{back}"))
            kept += 1
            if kept == 4:
                break
    out += _implied(doc, view, role)
    return out


def _implied(doc: Document, view: View, role: Role) -> list[Filler]:
    country = next(
        (m.country for m in view.mentions if m.kind == "place" and m.country not in BODIES), doc.focus
    )
    out = []
    for sector in IMPLIED[role]:
        code = f"{country} {sector}" if country and sector else "UNK"
        if sector and not country:
            code = f"UNK {sector}"
        out.append(Filler("implied", code, None, f"implied-{sector or 'UNK'}"))
    return out


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
) -> list[str]:
    """Features of one candidate for a role; `other` is the actor already chosen, for the recipient."""
    t = entry.type
    lemma = cand.lemma
    if filler.source == "nobody":
        f = ["nobody", f"nobody|{t}", f"nobody|L={lemma}", f"nobody|{t}|{cand.pos}", f"nobody|E={entry.id}"]
        if other is not None:
            f.append(f"nobody|{t}|actor={other.source}")
        if cand.verb is not None and cand.verb.pronoun:
            f.append("nobody|object-pronoun")
        f.append(f"nobody|block={view.sentence.kind}")
        return f
    slot = filler.slot
    sector = _sector(filler.code)
    voice = _voice(cand)
    f = [
        f"slot={slot}",
        f"slot={slot}|{t}",
        f"slot={slot}|{cand.pos}{voice}",
        f"slot={slot}|L={lemma}",
        f"slot={slot}|{t}|{sector}",
        f"{t}|{sector}",
        f"{sector}",
        f"{filler.source}",
        f"weight={doc.weight_of(filler.code)}",
        f"{filler.source}|weight={doc.weight_of(filler.code)}",
    ]
    if filler.source == "implied":
        f.append(f"{slot}|E={entry.id}")
        f.append(f"{slot}|L={lemma}|{voice}")
        if other is not None:
            f.append(f"{slot}|{t}|actor={_sector(other.code)}")
        return f
    f += _fit(cand, entry, role, slot, voice)
    m = filler.mention
    if m is not None:
        f += _mention_features(doc, view, cand, entry, filler, m)
    if other is not None and other.source != "nobody":
        f += _beside(view, t, filler, other)
    return f


def _voice(cand: Candidate) -> str:
    if cand.verb is None:
        return ""
    return {True: "-passive", None: "-either", False: ""}[cand.verb.passive]


def _fit(cand: Candidate, entry: Entry, role: Role, slot: str, voice: str) -> list[str]:
    """Does the codebook expect this slot for this role?"""
    slots = entry.slots if cand.verb is not None else entry.noun_slots
    mine, theirs = (slots.actor, slots.recipient) if role == "actor" else (slots.recipient, slots.actor)
    plain = plain_slot(slot)
    f = []
    if plain in mine:
        f.append(f"fit{voice}")
        f.append(f"fit|rank{mine.index(plain)}")
        f.append(f"fit|slot={plain}")
    elif plain in theirs:
        f.append(f"cross{voice}")
        f.append(f"cross|slot={plain}")
    else:
        f.append("unexpected")
    return f


def _mention_features(
    doc: Document, view: View, cand: Candidate, entry: Entry, filler: Filler, m: Mention
) -> list[str]:
    t = entry.type
    f = [f"kind={m.kind}", f"{t}|kind={m.kind}", f"kind={m.kind}|slot={filler.slot}"]
    if m.nisba:
        f.append("nisba")
        f.append(f"{t}|nisba")
    if m.resolved:
        f.append("resolved")
    if m.country == doc.focus:
        f.append("focus")
    if m.sentence != view.index:
        first = doc.views[m.sentence].mentions
        if first and first[0] is m:
            f.append(f"{filler.slot}|opens")
        if cand.verb is not None:
            f.append(f"{filler.slot}|agree={_agrees(cand, m)}")
        f.append(f"{filler.slot}|kind={m.kind}")
        return f
    gap = m.first - cand.last - 1 if m.first > cand.last else cand.first - m.last - 1
    side = "R" if m.first > cand.last else "L"
    f.append(f"{side}gap={_bucket(gap)}")
    lo, hi = (cand.last + 1, m.first) if side == "R" else (m.last + 1, cand.first)
    verbs = sum(1 for k in range(lo, hi) if view.verbish[k])
    between = sum(1 for o in view.mentions if lo <= o.first and o.last < hi and not o.nisba)
    f.append(f"{side}verbs={min(verbs, 2)}")
    f.append(f"{side}between={min(between, 3)}")
    f.append(f"{side}clauses={min(abs(view.clause[m.first] - view.clause[cand.first]), 3)}")
    if any(view.classes[k] == "rel" for k in range(lo, hi)):
        f.append(f"{side}rel")
    if view.depth[m.first] != view.depth[cand.first]:
        f.append("quotes-apart")
    prep = view.governor(m)
    if prep:
        f.append(f"prep={prep}")
        f.append(f"{t}|prep={prep}")
        f.append(f"prep={prep}|L={cand.lemma}")
    if cand.verb is not None and filler.slot in ("subject", "subject-left"):
        f.append(f"{filler.slot}|agree={_agrees(cand, m)}")
    if m is view.mentions[0]:
        f.append("first-mention")
    i = m.first - 1
    if i >= 0 and (view.classes[i] == "punct" and view.forms[i] == ":"):
        f.append("after-colon")
    if m.last + 1 < len(view.forms) and view.forms[m.last + 1] == ":":
        f.append("before-colon")
    q = doc.statement_around(view.index, view.tokens[cand.first].start)
    if q is not None and q.speaker is not None and q.speaker.start == m.start:
        f.append("speaks")
        f.append(f"{t}|speaks")
    return f


def _beside(view: View, t: str, filler: Filler, other: Filler) -> list[str]:
    """How a would-be recipient stands to the actor."""
    f = []
    a, b = other.code.split()[0], filler.code.split()[0]
    same = "same" if a == b else "other"
    f.append(f"{t}|{same}-country")
    f.append(f"{t}|{_sector(other.code)}>{_sector(filler.code)}|{same}")
    if filler.code == other.code:
        f.append(f"{t}|same-code")
    m, n = filler.mention, other.mention
    if m is not None and n is not None:
        if m is n or (m.entity and m.entity == n.entity):
            f.append("is-actor")
        elif m.sentence == n.sentence == view.index and joined(view, m, n):
            f.append("joined-to-actor")
        if m.sentence == n.sentence:
            f.append("after-actor" if m.first > n.first else "before-actor")
            f.append(f"{filler.slot}|actor={other.slot}")
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


def _sector(code: str) -> str:
    return code.split()[1] if " " in code else code


def _bucket(n: int) -> str:
    if n <= 2:
        return str(n)
    for top in (4, 7, _FAR, 20):
        if n <= top:
            return f"<={top}"
    return ">20"
