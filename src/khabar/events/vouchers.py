"""Who vouches for an event: nobody but the article, the speaker of a statement, or who accuses and denies."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from khabar.events.context import View
from khabar.events.document import Document
from khabar.events.draft import Draft
from khabar.events.scorer import Features
from khabar.events.slots import joined
from khabar.language import normalise
from khabar.mentions.model import Mention
from khabar.statements.model import Statement
from khabar.tables import rows

_TABLE = Path(__file__).parent / "tables" / "claims.tsv"
_REACH = 22
"""Tokens before a trigger within which a claim of somebody's may hold it."""

_SUBJECT_REACH = 4
"""Tokens behind a verb of claim up to its subject."""

_CLAIMS = 2
"""Claims before a trigger that are weighed."""

_NEAR = (2, 5, 10, 20)
"""Tokens from the first word said to a trigger, as steps."""

_DEFERRING = frozenset(("prep", "time", "rel", "neg", "modal", "cond", "comp"))


class Voucher(msgspec.Struct, frozen=True):
    """Who may vouch for an event: nobody but the article, a statement's speaker, or one who claims."""

    source: str
    statement: Statement | None
    mention: Mention | None


def voucher_candidates(doc: Document, draft: Draft) -> list[tuple[Voucher, Features]]:
    """The article itself first, then the speakers of the statements around, then who claims it in passing."""
    view, cand = draft.view, draft.cand
    at = view.tokens[cand.first].start
    t = draft.entry.type
    statements = [q for q in doc.statements_in[view.index] if q.speaker is not None]
    around = doc.statement_around(view.index, at)
    claims = _claims(view, cand.first)
    article = [t, f"L={cand.lemma}", f"block={view.sentence.kind}", f"statements={min(len(statements), 2)}"]
    out: list[tuple[Voucher, Features]] = [
        (Voucher("article", None, None), [("", ["article"]), ("article", article)])
    ]
    for q in statements:
        where = "around" if q is around else ("holds" if q.start <= at < q.end else "beside")
        if where == "beside" and q.cue[0] <= at < q.cue[1]:
            where = "cue"
        f = _shared(draft, q.speaker, where)
        f += [f"{where}|{q.kind}", f"{where}|verb={q.verb}", f"{where}|rule={q.rule.partition(':')[0]}"]
        f.append(f"{where}|by={q.rule.rpartition(':')[2]}")
        if around is not None:
            f.append(f"{where}|inside")
        if where == "around":
            f += _place_within(view, draft, q)
        out.append((Voucher(where, q, q.speaker), [("", f)]))
    known = {id(v.mention) for v, _ in out}
    for word, mention in claims:
        if id(mention) not in known:
            f = [*_shared(draft, mention, "claim"), f"claim|word={word}", f"claim|word={word}|{t}"]
            f += [
                f"claim|statements={min(len(statements), 2)}",
                f"claim|gap={_step(cand.first - mention.last)}",
            ]
            out.append((Voucher("claim", None, mention), [("", f)]))
    return out


def _shared(draft: Draft, speaker: Mention | None, where: str) -> list[str]:
    """What is known of anyone who may vouch."""
    cand, t = draft.cand, draft.entry.type
    f = [where, f"{where}|{t}", f"{where}|{t}|{cand.pos}", f"{where}|L={cand.lemma}"]
    f.append(f"{where}|block={draft.view.sentence.kind}")
    if cand.verb is not None:
        f += [f"{where}|tense={cand.verb.tense}", f"{where}|person={cand.verb.person}"]
    if speaker is None:
        return f
    sector = speaker.code.partition(" ")[2] or speaker.code
    f += [f"{where}|of={sector}", f"{where}|of={sector}|{bool(speaker.name)}"]
    if speaker.sentence == draft.view.index:
        f.append(f"{where}|head={draft.view.forms[speaker.head]}")
    actor = draft.actors[0] if draft.actors else None
    if actor is not None and actor.code:
        m = actor.mention
        if m is not None and (m is speaker or (m.entity and m.entity == speaker.entity)):
            f += [
                f"{where}|actor-speaks",
                f"{where}|actor-speaks|{t}",
                f"{where}|actor-speaks|{t}|{cand.pos}",
            ]
        elif actor.code == speaker.code:
            f += [f"{where}|actor-like", f"{where}|actor-like|{t}"]
        else:
            f.append(f"{where}|actor-other|{t}")
    return f


def _place_within(view: View, draft: Draft, q: Statement) -> list[str]:
    """Where in the words said a trigger stands: what they say first is vouched for, what they add less so."""
    cand = draft.cand
    first = view.token_at(q.start) if q.start >= view.sentence.start else 0
    step = _step(cand.first - first)
    f = [f"around|at={step}", f"around|at={step}|{cand.pos}"]
    before = cand.first - 1
    if before >= first:
        c = view.classes[before]
        if c in _DEFERRING:
            f += [f"around|before={view.forms[before]}", f"around|before={c}|{cand.pos}"]
    word = view.words[cand.first]
    f.append(f"around|definite={word.article}|{cand.pos}")
    if any(view.classes[k] == "rel" for k in range(max(first, cand.first - 3), cand.first)):
        f.append(f"around|relative|{cand.pos}")
    return f


def _step(tokens: int) -> int:
    return sum(tokens > n for n in _NEAR)


def _claims(view: View, first: int) -> list[tuple[str, Mention]]:
    """Words of claim before a trigger with those whose claims they are, the nearest first."""
    verbs, nouns = _words()
    out = []
    for k in range(first - 1, max(-1, first - _REACH), -1):
        word = view.words[k]
        told = next((v.lemma for v in word.verbs if v.lemma in verbs), "") if view.verbish[k] else ""
        noun = "" if told else next((key.form for key in word.keys if key.form in nouns), "")
        mention = _claimant(view, k, first, noun=bool(noun)) if told or noun else None
        if mention is not None and not (mention.first <= first <= mention.last):
            out.append((told or noun, mention))
    return out[:_CLAIMS]


def _claimant(view: View, k: int, stop: int, *, noun: bool) -> Mention | None:
    """The subject of a verb, the owner of a noun."""
    for m in view.mentions:
        if k < m.first <= k + _SUBJECT_REACH and m.first < stop:
            if noun and (m.first <= k + 2 or m.nisba):
                return m
            if not noun and not m.nisba and not view.governor(m) and m.kind != "place":
                return m
            if not noun and not m.nisba and " " in m.code and not view.governor(m):
                return m
    if noun:
        return None
    before = [m for m in view.mentions if m.last < k and not m.nisba and not view.governor(m)]
    return before[-1] if before and k - before[-1].last <= _SUBJECT_REACH else None


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Lemmas of verbs and normal forms of nouns of tables/claims.tsv."""
    verbs: set[str] = set()
    nouns: set[str] = set()
    for row in rows(_TABLE):
        if row["form"] == "verb":
            verbs.add(row["word"])
        else:
            form = normalise(row["word"])
            nouns.update((form, f"ال{form}"))
    return frozenset(verbs), frozenset(nouns)


def co_speakers(view: View, voucher: Voucher) -> list[Mention]:
    """The voucher's speaker and those joined to it in one compound."""
    m = voucher.mention
    if m is None:
        return []
    if m.sentence != view.index:
        return [m]
    others = [
        o for o in view.mentions if o is not m and not o.nisba and o.first > m.first and joined(view, o, m)
    ]
    return [m, *others]
