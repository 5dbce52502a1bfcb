"""What the gold teaches: for each decision of the event room, the candidates it had and the right ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fit import Group
from gold import with_texts
from khabar.events.arguments import NOBODY, Filler, Role, candidates_for, more_features, role_features
from khabar.events.attributes import Circumstances
from khabar.events.candidates import Candidate
from khabar.events.codebook import Entry
from khabar.events.coding import READ, ROLES, EventCoder, side_features
from khabar.events.context import View
from khabar.events.document import Document
from khabar.events.draft import Draft
from khabar.events.places import Site
from khabar.events.scorer import Features, expand
from khabar.events.triggers import company, gate_features, trigger_features
from khabar.events.votes import Votes
from khabar.events.vouchers import co_speakers
from khabar.rooms import Rooms
from khabar.scoring import code_of, load_records

Gold = dict[str, Any]
Lessons = dict[str, list[Group]]
#: How much an example of the codebook counts against a decision of an annotated article: where it is chosen
#: whether a word is an event and of which type, and in all other choices.
WORD_WEIGHT, EXAMPLE_WEIGHT = 12.0, 4.0


def read_gold(path: Path) -> list[Gold]:
    """Records of a gold file, JSON or JSONL, in its order; those kept without words get them back."""
    return with_texts(load_records(path).values())


def document_of(rooms: Rooms, gold: Gold) -> Document:
    """What the earlier rooms make of an annotated article."""
    return rooms.document(
        gold["text"], published=gold.get("published"), outlet=gold.get("outlet"), id=gold["id"]
    )


def lessons_of(coder: EventCoder, doc: Document, gold: Gold, votes: Votes | None = None) -> Lessons:
    """All lessons of one annotated article.

    Without `votes` those of the first reading and of all else; with the votes of a coder that has not seen
    the article, those of the second reading.
    """
    out: Lessons = defaultdict(list)
    events = gold["events"]
    found, sides = [], []
    for view in doc.views:
        if view.sentence.kind in READ:
            cands = list(coder.proposer.candidates(view))
            found += [(view, cand) for cand in cands]
            sides += company(cands)
    owner = _match(found, events)
    made: list[tuple[Draft, Gold]] = []
    for n, (view, cand) in enumerate(found):
        if votes is not None and n not in owner:
            continue
        options = trigger_features(doc, view, cand, coder.codebook, sides[n]).choices()
        types = {events[e]["type"] for e in owner.get(n, ())}
        right = frozenset(k + 1 for k, (p, _) in enumerate(options) if p.type in types)
        if types and not right:
            continue  # the gold's type is none that the codebook proposes: nothing to choose
        if votes is None:
            _trigger_lessons(coder, view, cand, [f for _, f in options], right, out)
        for e in owner.get(n, ()):
            event = events[e]
            entry = next(
                (coder.codebook.entries[p.entry] for p, _ in options if p.type == event["type"]), None
            )
            if entry is not None:
                made.append((_side_lessons(coder, doc, view, cand, entry, event, votes, out), event))
    told = Circumstances(doc, [draft for draft, _ in made])
    for draft, event in made if votes is None else ():
        _attribute_lessons(doc, told, draft, event, out)
    return out


def _trigger_lessons(
    coder: EventCoder,
    view: View,
    cand: Candidate,
    options: list[Features],
    right: frozenset[int],
    out: Lessons,
) -> None:
    gate = expand(gate_features(view, cand, coder.codebook))
    out["gate"].append(Group([[], gate], frozenset((int(bool(right)),))))
    out["trigger"].append(Group([[], *map(expand, options)], right or frozenset((0,))))


def _match(found: list[tuple[View, Candidate]], events: list[Gold]) -> dict[int, list[int]]:
    """Candidates that carry a gold event: each goes to its trigger's first word proposed for its type."""
    out: dict[int, list[int]] = defaultdict(list)
    for e, event in enumerate(events):
        start, end = event["trigger"]["start"], event["trigger"]["end"]
        over = []
        for n, (view, cand) in enumerate(found):
            a, b = view.tokens[cand.first].start, view.tokens[cand.last].end
            if a < end and start < b:
                fits = any(p.type == event["type"] for p in cand.proposals)
                over.append((not fits, a, n))
        if over:
            out[min(over)[2]].append(e)
    return out


def _side_lessons(
    coder: EventCoder,
    doc: Document,
    view: View,
    cand: Candidate,
    entry: Entry,
    event: Gold,
    votes: Votes | None,
    out: Lessons,
    weight: float = 1.0,
) -> Draft:
    sides: dict[Role, list[Filler]] = {}
    actor: Filler | None = None
    for role in ROLES:
        golds = event[f"{role}s"]
        fillers = candidates_for(doc, view, cand, entry.type, role)
        right = _right(doc, view, fillers, golds)
        if right and votes is None:
            features = [role_features(doc, view, cand, entry, role, f, actor, first=True) for f in fillers]
            out[f"{role}_first"].append(Group([expand(f) for f in features], frozenset(right), weight))
        elif right and votes is not None:
            opened = coder.open(doc, view, cand, entry)
            features = side_features(doc, opened, role, fillers, votes, actor)
            out[role].append(Group([expand(f) for f in features], frozenset(right), weight))
        chosen = _best(doc, view, cand, fillers, right)
        if votes is None and golds and chosen is not None and chosen.mention is not None:
            _more(view, cand, entry, role, fillers, chosen, golds, actor, out, weight)
        sides[role] = [chosen] if chosen is not None else [_unknown(golds)]
        if role == "actor":
            actor = sides["actor"][0]
    return Draft(view, cand, entry, tuple(sides["actor"]), tuple(sides["recipient"]))


def _unknown(golds: list[Gold]) -> Filler:
    return Filler("implied", code_of(golds[0]), None, "implied-?") if golds else NOBODY


def _right(doc: Document, view: View, fillers: list[Filler], golds: list[Gold]) -> set[int]:
    """Indexes of the fillers that are one of the gold's; those that stand on its words if there are any."""
    if not golds:
        return {0}
    codes = {code_of(g) for g in golds}
    same = [n for n, f in enumerate(fillers) if f.code and _two(f.code) in codes]
    texts = [g["text"] for g in golds if g.get("text")]
    exact = []
    for n in same:
        m = fillers[n].mention
        if m is not None and m.sentence == view.index:
            words = doc.article.text[m.start : m.end]
            if any(words in t or t in words for t in texts):
                exact.append(n)
    return set(exact or same)


def _two(text: str) -> str:
    return " ".join(text.split()[:2])


def _best(
    doc: Document, view: View, cand: Candidate, fillers: list[Filler], right: set[int]
) -> Filler | None:
    """The right filler nearest the trigger."""
    if not right:
        return None

    def far(n: int) -> tuple[bool, int, int]:
        m = fillers[n].mention
        if m is None or m.sentence != view.index:
            return (True, n, n)
        return (False, abs(m.first - cand.first), n)

    return fillers[min(right, key=far)]


def _more(
    view: View,
    cand: Candidate,
    entry: Entry,
    role: Role,
    fillers: list[Filler],
    chosen: Filler,
    golds: list[Gold],
    actor: Filler | None,
    out: Lessons,
    weight: float,
) -> None:
    codes = {code_of(g) for g in golds}
    for f in fillers:
        if f is chosen or f.mention is None or f.code == chosen.code:
            continue
        if role == "recipient" and actor is not None and f.code == actor.code:
            continue
        features = more_features(view, cand, entry, f, chosen)
        out[f"{role}_more"].append(Group([[], features], frozenset((int(_two(f.code) in codes),)), weight))


def _attribute_lessons(
    doc: Document, told: Circumstances, draft: Draft, event: Gold, out: Lessons, weight: float = 1.0
) -> None:
    def learn(name: str, options: list[tuple[Any, Features]], right: Iterable[int]) -> None:
        held = frozenset(right)
        if held:
            out[name].append(Group([expand(f) for _, f in options], held, weight))

    modes = told.modes(draft)
    learn("mode", modes, (n for n, (m, _) in enumerate(modes) if m == (event.get("mode") or None)))
    facts = told.factualities(draft)
    learn("factuality", facts, (n for n, (x, _) in enumerate(facts) if x == event["factuality"]))
    if "date" not in event:  # an example tells nothing more
        return
    vouchers = told.vouchers(draft)
    said = {code_of(s).split()[0] for s in event.get("said_by") or []}
    learn(
        "said_by",
        vouchers,
        (
            n
            for n, (v, _) in enumerate(vouchers)
            if {(m.code or "UNK").split()[0] for m in co_speakers(draft.view, v)} == said
        ),
    )
    dates = told.dates(draft)
    wanted = event.get("date") or None
    learn("date", dates, (n for n, (d, _) in enumerate(dates) if d == wanted))
    place = event.get("place") or {}
    country = place.get("country") or ""
    places = told.places(draft)
    learn("place", places, (n for n, (c, _) in enumerate(places) if c == country))
    if country:
        sites = told.sites(draft, country)
        learn("site", sites, _right_sites(doc, [x for x, _ in sites], place.get("text") or ""))


def _right_sites(doc: Document, options: list[Site | None], words: str) -> list[int]:
    """Indexes of the places whose words are the gold's; the first, none, where the gold gives no words."""
    if not words:
        return [0]
    right = []
    for n, x in enumerate(options):
        if x is not None:
            text = doc.article.text[x.mention.start : x.mention.end]
            if text in words or words in text:
                right.append(n)
    return right


def example_lessons(
    coder: EventCoder, examples: Iterable[tuple[Document, Entry, Any, bool]]
) -> Iterator[Lessons]:
    """Lessons of the codebook's own examples (`good`) and counter-examples.

    Only the word in question is taught: the rest of an example's sentence is nobody's annotation.
    """
    for doc, entry, example, good in examples:
        out: Lessons = defaultdict(list)
        for view in doc.views:
            cands = list(coder.proposer.candidates(view))
            for cand, beside in zip(cands, company(cands), strict=True):
                mine = any(coder.codebook.entries[p.entry].type == entry.type for p in cand.proposals)
                words = doc.article.text[view.tokens[cand.first].start : view.tokens[cand.last].end]
                if not mine or (
                    example.trigger and example.trigger not in words and words not in example.trigger
                ):
                    continue
                if not example.trigger and not _proposed_by(coder, cand, entry):
                    continue
                _teach(coder, doc, view, cand, beside, entry, example, good, out)
        yield out


def _proposed_by(coder: EventCoder, cand: Candidate, entry: Entry) -> bool:
    index = coder.codebook
    held = index.verbs.get(cand.lemma, ()) + index.nouns.get(cand.lemma, ())
    ids = {index.entries[n].id for n in held} | {index.entries[p.entry].id for p in cand.proposals}
    return entry.id in ids


def _teach(
    coder: EventCoder,
    doc: Document,
    view: View,
    cand: Candidate,
    beside: tuple[frozenset[str], frozenset[str]],
    entry: Entry,
    example: Any,
    good: bool,
    out: Lessons,
) -> None:
    options = trigger_features(doc, view, cand, coder.codebook, beside).choices()
    mine = {k + 1 for k, (p, _) in enumerate(options) if p.type == entry.type}
    every = set(range(len(options) + 1))
    right = mine if good else every - mine
    out["trigger"].append(Group([[], *(expand(f) for _, f in options)], frozenset(right), WORD_WEIGHT))
    if not good:
        return
    gate = expand(gate_features(view, cand, coder.codebook))
    out["gate"].append(Group([[], gate], frozenset((1,)), WORD_WEIGHT))
    event: Gold = {
        "mode": example.mode if example.mode is not None else entry.mode,
        "factuality": example.factuality or entry.factuality or "actual",
        "actors": [{"code": c} for c in _codes(example.actor)],
        "recipients": [{"code": c} for c in _codes(example.recipient)],
    }
    if example.actor is None or example.recipient is None:
        return
    draft = _side_lessons(coder, doc, view, cand, entry, event, None, out, EXAMPLE_WEIGHT)
    _side_lessons(coder, doc, view, cand, entry, event, Votes([]), out, EXAMPLE_WEIGHT)
    _attribute_lessons(doc, Circumstances(doc, [draft]), draft, event, out, EXAMPLE_WEIGHT)


def _codes(value: tuple[str, ...] | str | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value
