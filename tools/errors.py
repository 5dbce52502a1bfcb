"""Count what goes wrong on annotated articles, by kind: errors.py [GOLD] [--write].

Codes the articles (../shared/gold/dev.jsonl unless another file is named), pairs events by their triggers and
says of every difference at which step it arose: was the word not in the codebook, was the right code not
among the candidates, or was it there and something else chosen? Prints Markdown; --write makes it
docs/errors.md. Counts only, no words of any article.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from khabar.events.arguments import Role, candidates_for
from khabar.events.coding import READ, ROLES, EventCoder, Opening
from khabar.events.context import View
from khabar.events.document import Document
from khabar.events.triggers import CUT, gate_features
from khabar.rooms import Rooms
from khabar.scoring import ATTRIBUTES, code_of, load_records, overlap, paired_events
from quality import CORPORA
from readme import ROOT

Gold = dict[str, Any]
PAGE = ROOT / "docs" / "errors.md"

TRIGGERS = {
    "right": "right word, right type",
    "wrong type": "right word, another type chosen",
    "no block": "missed: in a block that is not read for events",
    "no word": "missed: no entry of the codebook has the word",
    "no type": "missed: entries have the word, none for this type",
    "gate": "missed: cut by the gate",
    "scorer": "missed: the scorer took it for no event",
    "spurious": "spurious: an event on a word without one",
}
SIDES = {
    "right": "right",
    "wrong code": "right words, wrong code",
    "no mention": "the right code is no candidate: no mention found, or a mention with another code",
    "implied": "nobody named in the text (an implied side), another taken",
    "missing": "nobody taken, though the right one was a candidate",
    "too much": "somebody taken where nobody is",
    "too many": "one member too many",
    "too few": "one member too few",
    "other": "the right one was a candidate, another taken",
}


def trigger_kinds(
    coder: EventCoder, doc: Document, gold: list[Gold], predicted: list[Gold], pairs: list[tuple[Gold, Gold]]
) -> Iterator[str]:
    """A kind of `TRIGGERS` for each gold event, and «spurious» for each predicted one on a word without."""
    right = {id(g) for g, _ in pairs} | {id(p) for _, p in pairs}
    yield from ("right" for _ in pairs)
    for event in gold:
        if id(event) not in right:
            meets = any(overlap(event["trigger"], p["trigger"]) for p in predicted)
            yield "wrong type" if meets else _missed(coder, doc, event)
    for event in predicted:
        if not any(overlap(event["trigger"], g["trigger"]) for g in gold):
            yield "spurious"


def _missed(coder: EventCoder, doc: Document, event: Gold) -> str:
    """At which step the word of a missed event was lost."""
    start, end = event["trigger"]["start"], event["trigger"]["end"]
    views = [
        v for v in doc.views if v.sentence.kind in READ and v.sentence.start < end and start < v.sentence.end
    ]
    if not views:
        return "no block"
    over = [
        (view, cand)
        for view in views
        for cand in coder.proposer.candidates(view)
        if view.tokens[cand.first].start < end and start < view.tokens[cand.last].end
    ]
    if not over:
        return "no word"
    typed = [(v, c) for v, c in over if any(p.type == event["type"] for p in c.proposals)]
    if not typed:
        return "no type"
    gate = coder.weights["gate"]
    passed = any(gate.score(gate_features(v, c, coder.codebook)) >= CUT for v, c in typed)
    return "scorer" if passed else "gate"


def side_kind(gold: list[Gold], predicted: list[Gold], candidates: Iterable[str]) -> str:
    """The kind of `SIDES` of one side of an event whose trigger is right.

    Args:
        gold: who is there.
        predicted: who was found.
        candidates: codes of all who could have been chosen.
    """
    right, found = {code_of(g) for g in gold}, {code_of(p) for p in predicted}
    if right == found:
        return "right"
    if not right:
        return "too much"
    held = {code_of({"code": code}) for code in candidates if code}
    if not found:
        return "missing" if right & held else "no mention"
    if right < found:
        return "too many"
    if found < right:
        return "too few"
    if _same_words(gold, predicted):
        return "wrong code"
    if not any(g.get("text") for g in gold):
        return "implied"
    return "other" if right & held else "no mention"


def _same_words(gold: list[Gold], predicted: list[Gold]) -> bool:
    mine = [g["text"] for g in gold if g.get("text")]
    theirs = [p["text"] for p in predicted if p.get("text")]
    return any(a in b or b in a for a in mine for b in theirs)


def attribute_wrong(gold: Gold, predicted: Gold, name: str) -> bool:
    """Whether an attribute of a matched event differs, as the score compares it."""
    if name == "said_by":
        sides = [{code_of(s).split()[0] for s in e.get("said_by") or []} for e in (gold, predicted)]
        return sides[0] != sides[1]
    if name == "place":
        countries = [(e.get("place") or {}).get("country") for e in (gold, predicted)]
        return bool(countries[0] != countries[1])
    return (gold.get(name) or None) != (predicted.get(name) or None)


class Tally:
    """Counts by kind over all articles."""

    def __init__(self) -> None:
        self.articles = 0
        self.triggers: Counter[str] = Counter()
        self.confused: Counter[tuple[str, str]] = Counter()
        self.missed: Counter[str] = Counter()
        self.spurious: Counter[str] = Counter()
        self.sides: dict[Role, Counter[str]] = {role: Counter() for role in ROLES}
        self.attributes: Counter[str] = Counter()

    def add(self, coder: EventCoder, record: Gold, doc: Document) -> None:
        """Count one article."""
        self.articles += 1
        gold = record["events"]
        predicted: list[Gold] = msgspec.to_builtins(coder.code_document(doc))
        openings = {id(p): o for p, o in zip(predicted, coder.openings(doc), strict=True)}
        pairs = paired_events(gold, predicted)
        self.triggers.update(trigger_kinds(coder, doc, gold, predicted, pairs))
        self._types(gold, predicted, pairs)
        for mine, theirs in pairs:
            opened = openings[id(theirs)]
            for role in ROLES:
                codes = _codes(doc, opened, role)
                self.sides[role][side_kind(mine[f"{role}s"], theirs[f"{role}s"], codes)] += 1
            self.attributes.update(name for name in ATTRIBUTES if attribute_wrong(mine, theirs, name))

    def _types(self, gold: list[Gold], predicted: list[Gold], pairs: list[tuple[Gold, Gold]]) -> None:
        matched = {id(g) for g, _ in pairs}
        for event in gold:
            if id(event) in matched:
                continue
            beside = [p["type"] for p in predicted if overlap(event["trigger"], p["trigger"])]
            if beside:
                self.confused[event["type"], beside[0]] += 1
            else:
                self.missed[event["type"]] += 1
        for event in predicted:
            if not any(overlap(event["trigger"], g["trigger"]) for g in gold):
                self.spurious[event["type"]] += 1


def _codes(doc: Document, opened: Opening, role: Role) -> list[str]:
    view: View = opened.view
    return [f.code for f in candidates_for(doc, view, opened.cand, opened.entry.type, role)]


def report(tally: Tally, name: str) -> str:
    """The counts as a page."""
    matched = tally.triggers["right"]
    events = sum(n for kind, n in tally.triggers.items() if kind != "spurious")
    lines = [
        "# What goes wrong",
        "",
        f"Counted by `python tools/errors.py --write` on {name}: {tally.articles} articles, {events} events.",
        "Each difference is named by the step at which it arose, so that it can be mended there.",
        "",
        "## Triggers",
        "",
        "| kind | events |",
        "|---|---|",
        *(f"| {label} | {tally.triggers[kind]} |" for kind, label in TRIGGERS.items()),
        "",
        f"## Sides of the {matched} events whose trigger is right",
        "",
        "| kind | actor | recipient |",
        "|---|---|---|",
        *(
            f"| {label} | {tally.sides['actor'][kind]} | {tally.sides['recipient'][kind]} |"
            for kind, label in SIDES.items()
        ),
        "",
        "## Attributes of the same events",
        "",
        "| attribute | wrong |",
        "|---|---|",
        *(f"| {name} | {tally.attributes[name]} |" for name in ATTRIBUTES),
        "",
        "## Types",
        "",
        "| type | missed | spurious | taken for another type |",
        "|---|---|---|---|",
    ]
    types = sorted({*tally.missed, *tally.spurious, *(gold for gold, _ in tally.confused)})
    for kind in types:
        others = [(n, other) for (gold, other), n in tally.confused.items() if gold == kind]
        shown = ", ".join(f"{other} {n}" for n, other in sorted(others, key=lambda x: (-x[0], x[1])))
        lines.append(f"| {kind} | {tally.missed[kind]} | {tally.spurious[kind]} | {shown} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="?", type=Path, default=CORPORA["dev"][0])
    parser.add_argument("--write", action="store_true", help="write docs/errors.md")
    args = parser.parse_args()
    rooms = Rooms()
    coder = EventCoder(rooms.knowledge)
    tally = Tally()
    for record in load_records(args.gold).values():
        metadata = {key: record.get(key) for key in ("id", "published", "outlet")}
        tally.add(coder, record, rooms.document(record["text"], **metadata))
    page = report(tally, f"`{args.gold.name}`")
    print(page, end="")
    if args.write:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
