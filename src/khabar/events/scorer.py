"""The scorer: one linear model per decision, its weights in a readable table.

Every decision is a choice among candidates (types or no event, mentions or nobody, dates or none …). A
candidate is a list of feature names; its score is the sum of their weights; its probability is the softmax
over the candidates. `tools/train.py` writes the weights from the annotated articles.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from pathlib import Path
from typing import Any

from khabar import tables
from khabar.cache import cached, digest_of

_NOUGHT = repeat(0.0)
#: Probabilities are kept so far from 0 and 1 that their log-odds are finite.
EDGE = 1e-4
_COLUMNS = tuple(itemgetter(k) for k in range(64))
#: Of the weights as they are kept compiled.
_FORMAT = "1"
#: The weights that ship with khabar: decision, feature, weight.
WEIGHTS = Path(__file__).parent / "weights"


#: One part of a candidate's features: a head and names that it stands before («AGREE», [«pos=v», «lead»] is
#: «AGREE|pos=v» and «AGREE|lead», "" stands before nothing), so that names can be shared and need not be
#: joined; or a function and the values it makes full names of. The latter recur from candidate to candidate:
#: their sum is kept, and the names are only made for a sum that is not known yet.
Part = tuple[str | Callable[..., Sequence[str]], Sequence[Any]]
#: A candidate's features.
Features = Sequence[Part]
#: Sums in each of the two generations that a decision keeps: what nobody asks for while one fills is let go.
_KEPT = 1 << 15


def expand(features: Features) -> list[str]:
    """The full names of a candidate's features."""
    out: list[str] = []
    for head, rest in features:
        if isinstance(head, str):
            out += [f"{head}|{name}" for name in rest] if head else rest
        else:
            out += head(*rest)
    return out


class Decision:
    """A trained choice: feature name -> weight.

    Args:
        name: of the decision, as in the weights' file name.
        weights: log-odds a feature adds to a candidate.
    """

    __slots__ = ("_by_head", "_heaviest", "_older", "_rows", "_sums", "name", "weights")

    def __init__(self, name: str, weights: dict[str, float]) -> None:
        self.name = name
        self.weights = weights
        self._by_head: dict[str, dict[str, float]] | None = None
        self._rows: dict[tuple[str, ...], dict[str, tuple[float, ...]]] = {}
        self._sums: dict[Part, float] = {}
        self._older: dict[Part, float] = {}
        self._heaviest: dict[Part, str] = {}

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
        sums = self._sums
        for part in features:
            head, rest = part
            if isinstance(head, str):
                table = self._heads.get(head) if head else self.weights
                if table is not None:
                    total += sum(map(table.get, rest, _NOUGHT))
                continue
            kept = sums.get(part)
            total += self._sum(part) if kept is None else kept
        return total

    def _sum(self, part: Part) -> float:
        """The sum of a part that is not at hand, kept from now on."""
        kept = self._older.get(part)
        if kept is None:
            kept = sum(map(self.weights.get, expand((part,)), _NOUGHT))
        if len(self._sums) >= _KEPT:
            self._older, self._sums = self._sums, {}
        self._sums[part] = kept
        return kept

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
            if all(len(c) == 2 and c[1][1] is names for c in candidates):
                shared = self.class_scores(tuple(str(c[1][0]) for c in candidates), names)
                return [self.score(c[:1]) + s for c, s in zip(candidates, shared, strict=True)]
        return [self.score(c) for c in candidates]

    def probabilities(self, candidates: Sequence[Features]) -> list[float]:
        """Softmax over the candidates' scores, in their order."""
        return softmax([self.score(c) for c in candidates])

    def reasons(self, features: Features, most: int = 3) -> str:
        """The heaviest feature of each recurring part of a candidate, the heaviest first, for `why`."""
        held = []
        for part in features:
            if isinstance(part[0], str):
                continue
            name = self._heaviest.get(part)
            if name is None:
                if len(self._heaviest) >= _KEPT:
                    self._heaviest.clear()
                name = self._heaviest[part] = max(
                    part[0](*part[1]), key=lambda n: abs(self.weights.get(n, 0.0)), default=""
                )
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


def calibrated(p: float, slope: float, offset: float) -> float:
    """A probability brought to the share of cases it is right in: `slope` and `offset` of its log-odds.

    Source: Platt 1999, "Probabilistic outputs for support vector machines".
    """
    p = min(1.0 - EDGE, max(EDGE, p))
    return 1.0 / (1.0 + math.exp(-slope * math.log(p / (1.0 - p)) - offset))


@lru_cache(maxsize=1)
def load_weights() -> dict[str, Decision]:
    """The shipped weights, by name of decision.

    Raises:
        khabar.tables.TableError: a weights file that is damaged.
    """
    files = sorted(WEIGHTS.glob("*.tsv"))
    digest = digest_of([_FORMAT, *(file.name for file in files), *files])
    held = cached("weights", digest, lambda: tables.weights(WEIGHTS), dict[str, dict[str, float]])
    return {name: Decision(name, table) for name, table in held.items()}
