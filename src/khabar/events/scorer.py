"""The scorer: one linear model per decision, its weights in a readable table.

Every decision is a choice among candidates (types or no event, mentions or nobody, dates or none …). A
candidate is a list of feature names; its score is the sum of their weights; its probability is the softmax
over the candidates. `tools/train.py` writes the weights from the annotated articles.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from pathlib import Path

from khabar import tables

_NOUGHT = repeat(0.0)
_COLUMNS = tuple(itemgetter(k) for k in range(64))
#: The weights that ship with khabar: decision, feature, weight.
WEIGHTS = Path(__file__).parent / "weights"


class Block:
    """Feature names that recur together from candidate to candidate; each decision keeps their sum with them.

    Args:
        names: full feature names.
    """

    __slots__ = ("_heaviest", "_sums", "names")

    def __init__(self, *names: str) -> None:
        self.names = names
        self._sums: dict[Decision, float] = {}
        self._heaviest: dict[Decision, str] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def sum(self, decision: Decision) -> float:
        """The sum of the names' weights in a decision."""
        kept = self._sums.get(decision)
        if kept is None:
            kept = self._sums[decision] = sum(map(decision.weights.get, self.names, _NOUGHT))
        return kept

    def heaviest(self, decision: Decision) -> str:
        """The name of the greatest weight, either way, in a decision."""
        kept = self._heaviest.get(decision)
        if kept is None:
            weights = decision.weights
            kept = max(self.names, key=lambda n: abs(weights.get(n, 0.0)))
            self._heaviest[decision] = kept
        return kept


#: A candidate's features, in parts that share a head: ("AGREE", ["pos=v", "lead"]) stands for the features
#: "AGREE|pos=v" and "AGREE|lead", ("", ["bias"]) for "bias" itself. The names of a part can then be shared
#: between candidates and never need to be joined to be looked up. A tuple (its head is "") is a block that
#: recurs: its sum is kept.
Features = Sequence[tuple[str, Sequence[str] | Block]]


def expand(features: Features) -> list[str]:
    """The full names of a candidate's features."""
    return [f"{head}|{name}" if head else name for head, names in features for name in names]


class Decision:
    """A trained choice: feature name -> weight.

    Args:
        name: of the decision, as in the weights' file name.
        weights: log-odds a feature adds to a candidate.
    """

    __slots__ = ("_by_head", "_rows", "name", "weights")

    def __init__(self, name: str, weights: dict[str, float]) -> None:
        self.name = name
        self.weights = weights
        self._by_head: dict[str, dict[str, float]] | None = None
        self._rows: dict[tuple[str, ...], dict[str, tuple[float, ...]]] = {}

    @property
    def _heads(self) -> dict[str, dict[str, float]]:
        """The weights by the part of the feature's name before the first bar, made when first asked for."""
        heads = self._by_head
        if heads is None:
            heads = self._by_head = {}
            for feature, weight in self.weights.items():
                head, bar, rest = feature.partition("|")
                if bar:
                    heads.setdefault(head, {})[rest] = weight
        return heads

    def score(self, features: Features) -> float:
        """Sum of the weights of a candidate's features; unknown ones count nothing."""
        total = 0.0
        for head, names in features:
            if type(names) is Block:
                total += names.sum(self)
                continue
            table = self._heads.get(head) if head else self.weights
            if table is not None:
                total += sum(map(table.get, names, _NOUGHT))
        return total

    def class_scores(
        self, classes: tuple[str, ...], names: Sequence[str], wanted: Sequence[int] | None = None
    ) -> list[float]:
        """For each class the sum of the weights of «class|name» over the names ("" is the plain name).

        One look-up a name serves all classes: a row of weights, one a class.

        Args:
            classes: heads of the features, always the same tuple for one use.
            names: what follows the heads.
            wanted: indexes of the classes to sum, all when None; the others' sums are left out.
        """
        rows = self._rows.get(classes)
        if rows is None:
            rows = self._rows[classes] = self._table(classes)
        held = [row for row in map(rows.get, names) if row is not None]
        if wanted is not None:
            return [sum(map(_COLUMNS[k], held)) for k in wanted]
        if not held:
            return [0.0] * len(classes)
        return [sum(column) for column in zip(*held, strict=True)]

    def _table(self, classes: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
        tables = [self._heads.get(c, {}) if c else self.weights for c in classes]
        names = {n for c, table in zip(classes, tables, strict=True) if c for n in table}
        return {n: tuple(table.get(n, 0.0) for table in tables) for n in names | self._plain()}

    def _plain(self) -> set[str]:
        return {f for f in self.weights if "|" not in f}

    def scores(self, candidates: Sequence[Features]) -> list[float]:
        """Scores of the candidates of one choice; a list of names that all share is looked up once."""
        first = candidates[0]
        if len(candidates) > 2 and len(first) == 2:
            names = first[1][1]
            if not isinstance(names, Block) and all(len(c) == 2 and c[1][1] is names for c in candidates):
                shared = self.class_scores(tuple(c[1][0] for c in candidates), names)
                return [self.score(c[:1]) + s for c, s in zip(candidates, shared, strict=True)]
        return [self.score(c) for c in candidates]

    def probabilities(self, candidates: Sequence[Features]) -> list[float]:
        """Softmax over the candidates' scores, in their order."""
        return softmax([self.score(c) for c in candidates])

    def reasons(self, features: Features, most: int = 3) -> str:
        """The heaviest feature of each block of a candidate, the heaviest blocks first, for `why`."""
        held = []
        for _, names in features:
            if isinstance(names, Block) and names.names:
                name = names.heaviest(self)
                weight = self.weights.get(name)
                if weight:
                    held.append((-abs(weight), name, weight))
        held.sort()
        return " ".join(f"{name}{weight:+.2f}" for _, name, weight in held[:most])


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities from log-odds; safe against overflow."""
    if not scores:
        return []
    top = max(scores)
    grown = [math.exp(s - top) for s in scores]
    total = sum(grown)
    return [g / total for g in grown]


@lru_cache(maxsize=1)
def load_weights() -> dict[str, Decision]:
    """The shipped weights, by name of decision.

    Raises:
        khabar.tables.TableError: a weights file that is damaged.
    """
    return {name: Decision(name, table) for name, table in tables.weights(WEIGHTS).items()}
