"""Fitting a softmax choice over candidates with sparse, named, binary features.

The loss of a group is -log of the probability that the model gives to its right candidates together, plus an L2
penalty; L-BFGS finds the one minimum. Nothing is random, so the same gold gives the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


class Group(NamedTuple):
    """One decision of the gold: its candidates' features, which of them are right, and its weight."""

    candidates: list[list[str]]
    right: frozenset[int]
    weight: float = 1.0


def fit(
    groups: Sequence[Group], *, l2: float = 1.0, least: int = 2, iterations: int = 200
) -> dict[str, float]:
    """Weights of one decision.

    Args:
        groups: the decisions to learn from; those without a right candidate or without a choice are left out.
        l2: strength of the penalty.
        least: groups a feature must occur in to get a weight.
        iterations: ceiling on L-BFGS steps.
    """
    groups = [g for g in groups if g.right and len(g.candidates) > 1 and len(g.right) < len(g.candidates)]
    count: Counter[str] = Counter()
    for g in groups:
        count.update({f for c in g.candidates for f in c})
    names = sorted(f for f, n in count.items() if n >= least)
    index = {f: n for n, f in enumerate(names)}
    x, starts, right, weight = _matrix(groups, index)
    owner = np.repeat(np.arange(len(groups)), np.diff(np.append(starts, x.shape[0])))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = x @ w
        top = np.maximum.reduceat(score, starts)
        grown = np.exp(score - top[owner])
        every = np.add.reduceat(grown, starts)
        good = np.maximum(np.add.reduceat(grown * right, starts), 1e-300)
        value = float((weight * (np.log(every) - np.log(good))).sum() + l2 / 2 * (w @ w))
        slope = weight[owner] * (grown / every[owner] - grown * right / good[owner])
        return value, x.T @ slope + l2 * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": iterations})
    return {f: float(w) for f, w in zip(names, found.x, strict=True)}


def _matrix(
    groups: Sequence[Group], index: dict[str, int]
) -> tuple[csr_matrix, np.ndarray, np.ndarray, np.ndarray]:
    columns: list[int] = []
    rows = [0]
    starts, right = [], []
    for g in groups:
        starts.append(len(rows) - 1)
        for n, features in enumerate(g.candidates):
            columns += sorted({index[f] for f in features if f in index})
            rows.append(len(columns))
            right.append(1.0 if n in g.right else 0.0)
    x = csr_matrix(
        (np.ones(len(columns)), np.array(columns, dtype=np.int32), np.array(rows)),
        shape=(len(rows) - 1, len(index)),
    )
    return x, np.array(starts), np.array(right), np.array([g.weight for g in groups])
