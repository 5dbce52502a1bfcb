"""Learn the event room's weights from the gold: train.py GOLD… [--out FOLDER] [--folds N].

Reads gold records with their texts, runs khabar's earlier rooms over them, fits one linear model per decision
and writes its weights to src/khabar/events/weights/<decision>.tsv. The same gold and tables give the same
bytes. With --folds it reports instead what cross-validation finds, by khabar's own score.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from fit import Choices, kept, write
from khabar.events.coding import EventCoder
from khabar.events.document import Document
from khabar.events.scorer import WEIGHTS, Decision
from khabar.events.votes import Votes
from khabar.rooms import Rooms
from khabar.scoring import score
from lessons import Lessons, document_of, example_lessons, lessons_of, read_gold

#: Penalty and least number of groups for each decision, chosen by cross-validation on the training articles.
SETTINGS: dict[str, tuple[float, int]] = {
    "gate": (12.0, 3),
    "trigger": (2.0, 3),
    "actor_first": (4.0, 3),
    "recipient_first": (4.0, 2),
    "actor": (4.0, 3),
    "recipient": (4.0, 2),
    "actor_more": (1.0, 2),
    "recipient_more": (1.0, 2),
    "mode": (6.0, 3),
    "factuality": (4.0, 3),
    "said_by": (4.0, 2),
    "date": (10.0, 3),
    "place": (6.0, 3),
    "site": (2.0, 2),
}
#: Decisions that the first reading of an event needs.
FIRST = ("gate", "trigger", "actor_first", "recipient_first")
#: Parts the articles are dealt into, so that each is first read by weights learned from the others.
PARTS = 5
#: Added to the trigger's bias: what is missed costs more than what is too much, by F1 on held-out articles.
LEAN = 0.6
#: What the head of a file says of its weights.
HEAD = (
    "log-odds a feature adds to a candidate",
    "tools/train.py, from annotated articles and the codebook's examples",
)
#: Publication date given to codebook examples, which have none of their own.
EXAMPLE_DATE = "2024-05-15"


class School:
    """All lessons, encoded once a decision.

    Args:
        lessons: those of each article, then those of the codebook's examples.
        articles: how many of the lessons are an article's.
    """

    def __init__(self, lessons: list[Lessons], articles: int, names: Iterable[str]) -> None:
        self.choices: dict[str, Choices] = {}
        self.owner: dict[str, np.ndarray] = {}
        for name in names:
            groups, owner = [], []
            for n, one in enumerate(lessons):
                held = one.get(name, [])
                groups += held
                owner += [n if n < articles else -1] * len(held)
            self.choices[name] = Choices(groups)
            self.owner[name] = np.array(owner, dtype=np.int64)

    def model(self, folds: int = 0, left_out: int = -1) -> dict[str, Decision]:
        """Fit every decision, on all lessons or on those of the articles outside a fold."""
        out = {}
        for name, choices in self.choices.items():
            owner = self.owner[name]
            part = (owner < 0) | (owner % folds != left_out) if folds else None
            l2, least = SETTINGS[name]
            weights = choices.fit(part, l2=l2, least=least)
            if name == "trigger":
                weights["bias"] = weights.get("bias", 0.0) + LEAN
            out[name] = Decision(name, kept(weights))
        return out


def documents(rooms: Rooms, gold: list[dict[str, Any]]) -> list[Document]:
    """Run the earlier rooms over annotated articles."""
    return [document_of(rooms, g) for g in gold]


def examples(rooms: Rooms, coder: EventCoder) -> list[Lessons]:
    """Lessons of the codebook's examples and counter-examples."""
    held = [
        (rooms.document(x.text, published=EXAMPLE_DATE), entry, x, good)
        for entry in coder.codebook.entries
        for good, side in ((True, entry.examples), (False, entry.not_))
        for x in side
    ]
    return list(example_lessons(coder, held))


def learn(
    coder: EventCoder, gold: list[dict[str, Any]], docs: list[Document], extra: list[Lessons]
) -> list[Lessons]:
    """Lessons of all articles.

    Those of the first reading, and of the second with votes by weights that have not seen the article.
    """
    lessons = [lessons_of(coder, d, g) for d, g in zip(docs, gold, strict=True)]
    school = School(lessons + extra, len(lessons), FIRST)
    for k in range(PARTS):
        coder.use(school.model(PARTS, k))
        for n in range(k, len(gold), PARTS):
            votes = Votes([o.reading for o in coder.openings(docs[n])])
            for name, groups in lessons_of(coder, docs[n], gold[n], votes).items():
                lessons[n][name] += groups
    return lessons


def cross_validate(
    rooms: Rooms,
    coder: EventCoder,
    gold: list[dict[str, Any]],
    docs: list[Document],
    lessons: list[Lessons],
    extra: list[Lessons],
    folds: int,
) -> dict[str, Any]:
    """Code each article with weights learned from the others, and score all."""
    predicted = {}
    school = School(lessons + extra, len(lessons), SETTINGS)
    for k in range(folds):
        coder.use(school.model(folds, k))
        for n in range(k, len(gold), folds):
            predicted[gold[n]["id"]] = rooms.plain(coder, docs[n])
    return score({g["id"]: g for g in gold}, predicted)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--no-examples", action="store_true")
    args = parser.parse_args()
    rooms = Rooms()
    gold = [g for path in args.gold for g in read_gold(path)]
    docs = documents(rooms, gold)
    coder = EventCoder(rooms.knowledge, weights={})
    extra = [] if args.no_examples else examples(rooms, coder)
    lessons = learn(coder, gold, docs, extra)
    if args.folds:
        figures = cross_validate(rooms, coder, gold, docs, lessons, extra, args.folds)
        for name, figure in figures.items():
            print(f"{name:11}", "  ".join(f"{k} {v}" for k, v in figure.items()))
        return
    model = School(lessons + extra, len(lessons), SETTINGS).model()
    write({name: decision.weights for name, decision in model.items()}, args.out, *HEAD)


if __name__ == "__main__":
    main()
