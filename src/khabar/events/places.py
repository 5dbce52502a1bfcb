"""Where an event happened: in which country, or in none that the text tells, then at which of its places.

A place of the clause behind «في» decides most. Without one an act within a state happened in that state; an
act of force happened where its victims are; words between states happened nowhere in particular.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from khabar.events.context import View, stem
from khabar.events.document import BODIES, Document
from khabar.events.draft import Draft
from khabar.events.scorer import Features
from khabar.mentions.model import Mention

#: Prepositions that place what they govern.
_AT = frozenset(("في", "ب", "داخل", "قرب", "خارج", "فوق", "عبر", "قبالة"))
_AROUND = 3
_RANKS = 3


class Site(msgspec.Struct, frozen=True):
    """A place of the article that an event may have happened at.

    Attributes:
        mention: its words.
        view: the sentence they stand in.
        source: that sentence seen from the event's: here, before, title.
    """

    mention: Mention
    view: View
    source: str


class Sides(msgspec.Struct, frozen=True):
    """The countries on the two sides of an event, and how they stand to each other."""

    actors: frozenset[str]
    recipients: frozenset[str]
    kind: str


def sides_of(draft: Draft) -> Sides:
    """The countries of a draft's sides; bodies such as the UN have none."""
    actor_codes = {a.code.split()[0] for a in draft.actors if a.code}
    recipient_codes = {a.code.split()[0] for a in draft.recipients if a.code}
    actors, recipients = frozenset(actor_codes - BODIES), frozenset(recipient_codes - BODIES)
    if not actor_codes and not recipient_codes:
        kind = "nobody"
    elif not recipient_codes:
        kind = "actor-alone" if len(actors) == 1 else "actors" if actors else "body-alone"
    elif not actor_codes:
        kind = "recipient-alone" if recipients else "body-suffers"
    elif actors == recipients and len(actors) == 1:
        kind = "within"
    elif actors and recipients:
        kind = "between"
    elif actors:
        kind = "to-body"
    else:
        kind = "from-body" if recipients else "bodies"
    return Sides(actors, recipients, kind)


class Scene:
    """Where an article plays: its countries by the places within them that it names; made once an article.

    Args:
        doc: the article.
    """

    __slots__ = ("doc", "ranks")

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        tally: Counter[str] = Counter()
        for view in doc.views:
            for m in view.mentions:
                if m.kind == "place" and m.country and m.country not in BODIES:
                    placed = view.governor(m) in _AT
                    if placed or _grain(m) == "fine":
                        tally[m.country] += 1 + placed
        ranked = sorted(tally, key=lambda c: (-tally[c], c))
        self.ranks = {c: str(n) if n < _RANKS else "low" for n, c in enumerate(ranked)}

    def rank(self, country: str) -> str:
        """Place of a country among those that the article plays in, or "no"."""
        return self.ranks.get(country, "no")


def sites(doc: Document, draft: Draft) -> list[Site]:
    """Places of the event's sentence, the one before it and the headline."""
    out = []
    at = draft.view.index
    for source, n in (("here", at), ("before", at - 1), ("title", 0)):
        if n < 0 or (source != "here" and n == at) or (source == "title" and n == at - 1):
            continue
        view = doc.views[n]
        held = [m for m in view.mentions if m.kind == "place" and m.country and m.country not in BODIES]
        if source != "here":  # one for a country will do, rather a place within it than the state
            held = list({m.country: m for m in sorted(held, key=_grain, reverse=True)}.values())
        out += [Site(m, view, source) for m in held]
    return out


def place_candidates(scene: Scene, draft: Draft, places: list[Site]) -> list[tuple[str, Features]]:
    """No country ("") and each that the sides, the places around or the article offer."""
    doc = scene.doc
    view, cand, t, sides = draft.view, draft.cand, draft.entry.type, sides_of(draft)
    kind = sides.kind
    base = [t, f"L={cand.lemma}", f"E={draft.entry.id}", cand.pos, kind, f"{t}|{kind}"]
    base += [f"E={draft.entry.id}|{kind}", f"L={cand.lemma}|{kind}", f"block={view.sentence.kind}"]
    q = doc.statement_around(view.index, view.tokens[cand.first].start)
    held = q.kind if q is not None else "no"
    base += [f"inside={held}", f"{t}|inside={held}"]
    base += [f"a={a.code[-3:]}|{t}" for a in draft.actors[:1]] + [
        f"r={a.code[-3:]}|{t}" for a in draft.recipients[:1]
    ]
    base += _around(view, cand.first, cand.last)
    seen: dict[str, list[str]] = {}
    for c in sorted(sides.actors | sides.recipients):
        seen[c] = _as_side(c, sides, t, draft)
    near = False
    for n, site in enumerate(_nearest(places, draft)):
        near = near or (site.source == "here" and site.view.governor(site.mention) in _AT)
        seen.setdefault(site.mention.country, []).extend(_as_place(draft, site, n, sides))
    if doc.focus:
        seen.setdefault(doc.focus, [])
    for c, rank in scene.ranks.items():
        if rank == "0":
            seen.setdefault(c, [])
    base.append(f"near={near}")
    base.append(f"{t}|near={near}")
    base.append(f"{kind}|near={near}")
    for c, f in seen.items():
        role = _role(c, sides)
        if not any(x == "here" for x in f):
            f.extend(("not-here", f"not-here|{t}", f"not-here|{kind}|{role}"))
        f.extend(_in_article(doc, c, t, kind, role))
        rank = scene.rank(c)
        f += [f"scene={rank}", f"scene={rank}|{t}", f"scene={rank}|{role}", f"scene={rank}|{kind}|{role}"]
        f += [role, f"{t}|{kind}|{role}", f"{kind}|{role}", f"{kind}|{role}|near={near}"]
    out: list[tuple[str, Features]] = [("", [("", ["nowhere"]), ("nowhere", base)])]
    out += [(c, [("", ["somewhere", *dict.fromkeys(f)])]) for c, f in seen.items()]
    return out


def _role(country: str, sides: Sides) -> str:
    if country in sides.actors:
        return "of-both" if country in sides.recipients else "of-actor"
    return "of-recipient" if country in sides.recipients else "of-neither"


def _as_side(country: str, sides: Sides, t: str, draft: Draft) -> list[str]:
    """A country of one side or both: what kind of act, by whom, to whom."""
    role = _role(country, sides)
    f = ["side", f"{role}|{t}", f"{role}|L={draft.cand.lemma}", f"{role}|E={draft.entry.id}"]
    actor, recipient = draft.actors[0].code[-3:], draft.recipients[0].code[-3:]
    f += [f"{role}|{t}|a={actor}", f"{role}|{t}|r={recipient}", f"{role}|a={actor}|r={recipient}"]
    f.append(f"{role}|E={draft.entry.id}|{sides.kind}")
    return f


def _in_article(doc: Document, country: str, t: str, kind: str, role: str) -> list[str]:
    rank = doc.countries.index(country) if country in doc.countries else _RANKS
    rank = min(rank, _RANKS)
    alone = "alone" if len(doc.countries) == 1 else "among"
    return [
        f"rank={rank}",
        f"rank={rank}|{role}",
        f"rank={rank}|{t}",
        f"rank={rank}|{role}|{kind}",
        f"{alone}|{role}",
    ]


def _nearest(places: list[Site], draft: Draft) -> list[Site]:
    cand = draft.cand

    def far(site: Site) -> int:
        m = site.mention
        if site.source != "here":
            return 1000
        return m.first - cand.last if m.first > cand.last else cand.first - m.last + 1

    return sorted(places, key=far)


def _as_place(draft: Draft, site: Site, rank: int, sides: Sides) -> list[str]:
    """A place that the event's sentence, the one before or the headline names."""
    cand, t, m, source = draft.cand, draft.entry.type, site.mention, site.source
    prep = site.view.governor(m)
    fine = _grain(m)
    role = _role(m.country, sides)
    f = [source, f"{source}|{t}", f"{source}|{fine}", f"{source}|{fine}|prep={prep}", f"{source}|{fine}|{t}"]
    f += [f"{source}|{role}", f"{source}|{fine}|{role}|{sides.kind}"]
    if source != "here":
        return f
    side = "R" if m.first > cand.last else "L"
    gap = min((m.first - cand.last if side == "R" else cand.first - m.last) // 4, 4)
    crossed = min(abs(site.view.clause[m.first] - site.view.clause[cand.first]), 2)
    f += [
        f"here|prep={prep}",
        f"{t}|prep={prep}",
        f"{side}{gap}",
        f"{side}{gap}|prep={prep}",
        f"{side}|clauses={crossed}",
    ]
    f += [f"nearest={min(rank, 2)}", f"nearest={min(rank, 2)}|{side}|prep={prep}"]
    verbs = min(site.view.verbs_between(min(m.first, cand.last) + 1, max(m.first, cand.first)), 2)
    f += [f"{side}|verbs={verbs}", f"{side}|verbs={verbs}|{fine}"]
    if any(x.mention is m for x in (*draft.actors, *draft.recipients)):
        f += ["is-side", f"is-side|{fine}|{t}", f"is-side|prep={prep}"]
    return f


def _grain(m: Mention) -> str:
    """A place within a state, or a state (or its capital) that may stand for its government."""
    return "fine" if m.code == m.country and m.entity and not m.entity.isalpha() else "state"


def _around(view: View, first: int, last: int) -> list[str]:
    return [
        f"{'b' if k < first else 'a'}={view.forms[k] if view.classes[k] else stem(view, k)}"
        for k in range(max(0, first - _AROUND), min(len(view.words), last + 1 + _AROUND))
        if not first <= k <= last and view.words[k].kind == "word" and view.mention_at[k] < 0
    ]


def site_candidates(draft: Draft, places: list[Site], country: str) -> list[tuple[Site | None, Features]]:
    """Which of the places within the country chosen the event happened at, if any of them."""
    cand, t = draft.cand, draft.entry.type
    held = [x for x in _nearest(places, draft) if x.mention.country == country]
    out: list[tuple[Site | None, Features]] = [
        (None, [("", ["none", f"none|{t}", f"none|{len(held)}", f"none|L={cand.lemma}"])])
    ]
    for rank, x in enumerate(held):
        m = x.mention
        prep, fine = x.view.governor(m), _grain(m)
        f = [
            x.source,
            fine,
            f"{x.source}|{fine}|prep={prep}",
            f"rank={min(rank, 2)}|{fine}",
            f"{t}|{fine}|{x.source}",
        ]
        if x.source == "here":
            side = "R" if m.first > cand.last else "L"
            gap = min((m.first - cand.last if side == "R" else cand.first - m.last) // 3, 5)
            crossed = min(abs(x.view.clause[m.first] - x.view.clause[cand.first]), 2)
            f += [
                f"{side}{gap}|{fine}",
                f"{side}|clauses={crossed}",
                f"{side}{gap}|prep={prep}",
                f"{side}|prep={prep}",
            ]
            if any(y.mention is m for y in (*draft.actors, *draft.recipients)):
                f.append(f"is-side|{fine}")
        out.append((x, [("", f)]))
    return out
