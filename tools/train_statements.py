"""Learn what the statements room decides by weights: train_statements.py GOLD… [--out FOLDER] [--folds N].

Reads gold records with their texts, lets the rules find all they can, and fits two linear models: which finds
are words said, and who speaks. Writes src/khabar/statements/weights/<decision>.tsv; the same gold and tables
give the same bytes. With --folds it reports instead what cross-validation finds, by khabar's own score.
Train it before the event room (`train.py`), which reads what is said.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fit import Choices, Group, kept, write
from khabar.language.model import Sentence
from khabar.mentions.model import Mention
from khabar.reading import read_text
from khabar.reading.article import Article
from khabar.rooms import Rooms
from khabar.scoring import HALF, pair, same_speaker, score, share
from khabar.statements import StatementFinder
from khabar.statements.judge import WEIGHTS, Judge
from khabar.statements.speakers import Speaker
from lessons import read_gold

Gold = dict[str, Any]
Read = tuple[Article, tuple[Sentence, ...], tuple[Mention, ...]]
#: Penalty and least number of groups of each decision, chosen by cross-validation.
SETTINGS: dict[str, tuple[float, int]] = {"keep": (4.0, 3), "speaker": (4.0, 3)}
#: Added to the bias of «keep»: a statement missed costs more than one too many, by F1 on held-out articles.
LEAN = 1.2
#: What the head of a file says of its weights.
HEAD = ("log-odds a feature adds", "tools/train_statements.py from annotated articles")


class Witness(Judge):
    """Keeps all and lets the rules choose, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__({})
        self.finds: list[tuple[list[str], int, int]] = []
        self.choices: list[tuple[list[Speaker], list[list[str]], int]] = []
        self._open: list[tuple[list[Speaker], list[list[str]]]] = []

    def keeps(self, features: Sequence[str], start: int, end: int) -> bool:
        """Keep it, and remember where it stands; the speakers last weighed are its own."""
        self.finds.append((list(features), start, end))
        self.choices += [(who, f, len(self.finds) - 1) for who, f in self._open[-1:]]
        self._open.clear()
        return True

    def weigh(self, candidates: Sequence[tuple[Speaker, list[str]]]) -> int:
        """Let the rules have their way, and remember who could have been chosen."""
        self._open.append(([s for s, _ in candidates], [f for _, f in candidates]))
        return 0


def lessons(rooms: Rooms, gold: Gold, read: Read) -> dict[str, list[Group]]:
    """What one annotated article teaches."""
    witness = Witness()
    StatementFinder(rooms.knowledge, witness).find(*read)
    out: dict[str, list[Group]] = defaultdict(list)
    finds = [{"start": start, "end": end} for _, start, end in witness.finds]
    matched = _pairs(gold["statements"], finds)
    for n, (found, _, _) in enumerate(witness.finds):
        out["keep"].append(Group([[], found], frozenset((int(n in matched),))))
    for who, features, n in witness.choices:
        if n in matched:
            right = {k for k, s in enumerate(who) if _is(matched[n]["speaker"], s.mention)}
            if right and (0 not in right or len(right) < len(who)):
                # where the rules' own choice is right it is the one to make
                out["speaker"].append(Group(features, frozenset({0} if 0 in right else right)))
    return out


def _pairs(gold: list[Gold], finds: list[Gold]) -> dict[int, Gold]:
    """Index of a find to the gold statement whose words it has."""

    def fits(g: Gold, f: Gold) -> float:
        held = share(g, f)
        return held if held >= HALF else 0.0

    number = {id(f): n for n, f in enumerate(finds)}
    return {number[id(f)]: g for g, f in pair(gold, finds, fits)}


def _is(gold: Gold, mention: Mention | None) -> bool:
    if mention is None:
        return False
    return same_speaker(gold, {"code": mention.code, "name": mention.name or None})


def fit(taught: Iterable[dict[str, list[Group]]]) -> dict[str, dict[str, float]]:
    """The weights of every decision."""
    held = list(taught)
    out = {}
    for name, (l2, least) in SETTINGS.items():
        weights = Choices([g for one in held for g in one.get(name, ())]).fit(l2=l2, least=least)
        if name == "keep":
            weights["find"] = weights.get("find", 0.0) + LEAN
        out[name] = kept(weights)
    return out


def read(rooms: Rooms, gold: Gold) -> Read:
    """Run the rooms before the statements."""
    article = read_text(
        gold["text"], published=gold.get("published"), outlet=gold.get("outlet"), id=gold["id"]
    )
    sentences = rooms.analyzer.sentences(article)
    return article, sentences, rooms.mentions.find(article, sentences)


def predict(finder: StatementFinder, gold: Gold, given: Read) -> Gold:
    """A record with statements alone."""
    found = finder.find(*given)
    said = [
        {
            "start": s.start,
            "end": s.end,
            "speaker": {
                "code": s.speaker.code if s.speaker else "UNK",
                "name": (s.speaker.name or None) if s.speaker else None,
            },
        }
        for s in found
    ]
    return {"id": gold["id"], "text": gold["text"], "events": [], "times": [], "statements": said}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    rooms = Rooms()
    every: dict[str, Gold] = {}
    for path in args.gold:  # an article annotated twice teaches once
        for record in read_gold(path):
            every.setdefault(record["id"], record)
    gold = list(every.values())
    articles = [read(rooms, g) for g in gold]
    taught = [lessons(rooms, g, a) for g, a in zip(gold, articles, strict=True)]
    if not args.folds:
        write(fit(taught), args.out, *HEAD)
        return
    predicted = {}
    for k in range(args.folds):
        judge = Judge(fit(t for n, t in enumerate(taught) if n % args.folds != k))
        finder = StatementFinder(rooms.knowledge, judge)
        for n in range(k, len(gold), args.folds):
            predicted[gold[n]["id"]] = predict(finder, gold[n], articles[n])
    print("statement", score({g["id"]: g for g in gold}, predicted)["statement"])


if __name__ == "__main__":
    main()
