"""Fitting a softmax choice over candidates with sparse, named, binary features.

The loss of a group is -log of the probability that the model gives to its right candidates together, plus
an L2 penalty; L-BFGS finds the one minimum. Nothing is random, so the same gold gives the same weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

#: Weights nearer to nought than this are left out of the files.
SMALLEST = 0.03


class Group(NamedTuple):
    """One decision of the gold: its candidates' features, which of them are right, and its weight."""

    candidates: list[list[str]]
    right: frozenset[int]
    weight: float = 1.0


class Choices:
    """The groups of one decision, encoded once so that any part of them can be fitted.

    Args:
        groups: the decisions to learn from; those without a right candidate or a wrong one teach nothing.
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        self.taught = np.array([_teaches(g) for g in groups], dtype=bool)
        kept = [g for g, good in zip(groups, self.taught, strict=True) if good]
        index: dict[str, int] = {}
        columns: list[int] = []
        ends = [0]
        sizes, right = [], []
        for g in kept:
            sizes.append(len(g.candidates))
            for n, features in enumerate(g.candidates):
                columns += {index.setdefault(f, len(index)) for f in features}
                ends.append(len(columns))
                right.append(n in g.right)
        self.names = np.array(list(index), dtype=object)
        self.x = csr_matrix(
            (np.ones(len(columns)), np.array(columns, dtype=np.int32), np.array(ends)),
            shape=(len(ends) - 1, len(index)),
        )
        self.sizes = np.array(sizes, dtype=np.int64)
        self.right = np.array(right, dtype=float)
        self.weight = np.array([g.weight for g in kept])

    def fit(
        self, part: np.ndarray | None = None, *, l2: float = 1.0, least: int = 2, iterations: int = 150
    ) -> dict[str, float]:
        """Weights of the decision.

        Args:
            part: which groups to learn from (booleans, one a group as given), all when None.
            l2: strength of the penalty.
            least: groups a feature must occur in to get a weight.
            iterations: ceiling on L-BFGS steps.
        """
        held = np.ones(len(self.sizes), dtype=bool) if part is None else part[self.taught]
        if not held.any():
            return {}
        rows = np.repeat(held, self.sizes)
        sizes, right, weight = self.sizes[held], self.right[rows], self.weight[held]
        owner = np.repeat(np.arange(len(sizes)), sizes)
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        x = self.x[rows]
        frequent = np.flatnonzero(_occurrences(x, owner) >= least)
        x = x[:, frequent]
        x_t = x.T.tocsr()

        def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
            score = x @ w
            top = np.maximum.reduceat(score, starts)
            grown = np.exp(score - top[owner])
            every = np.add.reduceat(grown, starts)
            good = np.maximum(np.add.reduceat(grown * right, starts), 1e-300)
            value = float((weight * (np.log(every) - np.log(good))).sum() + l2 / 2 * (w @ w))
            slope = weight[owner] * (grown / every[owner] - grown * right / good[owner])
            return value, x_t @ slope + l2 * w

        found = minimize(
            loss,
            np.zeros(x.shape[1]),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": iterations, "ftol": 1e-7},
        )
        return dict(zip(self.names[frequent], map(float, found.x), strict=True))


def _teaches(g: Group) -> bool:
    return bool(g.right) and len(g.right) < len(g.candidates)


def _occurrences(x: csr_matrix, owner: np.ndarray) -> np.ndarray:
    """In how many groups each feature occurs."""
    per_row = np.diff(x.indptr)
    pairs = np.unique(np.repeat(owner, per_row).astype(np.int64) * x.shape[1] + x.indices)
    return np.bincount(pairs % x.shape[1], minlength=x.shape[1])


def kept(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights as the files hold them: rounded, without the smallest."""
    return {f: round(w, 3) for f, w in weights.items() if abs(w) >= SMALLEST}


def write(tables: Mapping[str, Mapping[str, float]], folder: Path, meaning: str, source: str) -> None:
    """Write one table a decision, sorted by feature.

    Args:
        tables: decision -> feature -> log-odds.
        folder: where to.
        meaning: what a weight is, for the first comment.
        source: what wrote it and from what, for the second.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        lines = [
            f"# Weights of the decision «{name}»: {meaning}.",
            f"# Written by {source}, not by hand.",
            "feature\tweight",
            *(f"{f}\t{w:.3f}" for f, w in sorted(table.items())),
        ]
        (folder / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
