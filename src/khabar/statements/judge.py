"""Two decisions that are learned: whether a find is words said at all, and whose they are.

The rules find by grammar what may be a statement, and who speaks. What grammar leaves open («المظاهرة تشير»
reports nothing; «وأضاف» after two speakers) is decided by sums of weights of readable features.
`tools/train_statements.py` writes the weights from annotated articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from khabar import tables
from khabar.statements.speakers import Speaker

WEIGHTS = Path(__file__).parent / "weights"
"""The weights that ship with khabar: one table a decision, feature and weight."""


class Judge:
    """Decides by weights.

    Args:
        weights: decision -> feature -> log-odds; a decision without weights lets the rules have their way.
    """

    def __init__(self, weights: dict[str, dict[str, float]]) -> None:
        self._keep = weights.get("keep", {})
        self._speaker = weights.get("speaker", {})

    def keeps(self, features: Sequence[str], start: int, end: int) -> bool:
        """Whether a find is a statement.

        Args:
            features: what is known of it.
            start: its first code point.
            end: one past its last.
        """
        get = self._keep.get
        return not self._keep or sum([get(f, 0.0) for f in features]) >= 0.0

    def weigh(self, candidates: Sequence[tuple[Speaker, list[str]]]) -> int:
        """Index of the candidate that speaks; the rules' own choice stands first and wins what is even."""
        get = self._speaker.get
        scores = [sum([get(f, 0.0) for f in features]) for _, features in candidates]
        return max(range(len(scores)), key=scores.__getitem__)


@cache
def load() -> Judge:
    """The judge by the shipped weights, once per process.

    Raises:
        khabar.tables.TableError: a weights file that is damaged.
    """
    return Judge(tables.weights(WEIGHTS))
