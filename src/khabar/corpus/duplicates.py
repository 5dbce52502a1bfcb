"""Near-duplicate articles: agency copy, reprints and updates of one text, found by MinHash.

Articles come in the order of their publication and are compared with those of the days before: a text is
reprinted within days. So memory holds a window of the archive, however long the archive is, and articles that
come later change nothing about groups made earlier.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from datasketch import MinHash, MinHashLSH

from khabar.language import normalise

WINDOW = timedelta(days=7)
"""For how long an article may be reprinted."""

HELD = 20_000
"""Articles that are compared with at most; the oldest are let go. Each takes some 10 kB."""

THRESHOLD = 0.5
"""Share of runs of words (Jaccard) from which two texts are one: an agency's report with a paragraph cut or
added has 0.6 to 0.9, two reporters' texts about one event seldom 0.1."""

RUN = 3
"""Words in a run."""

PERMUTATIONS = 128
"""Of the signature: an estimate of the share is then off by 0.045 (one standard deviation)."""

_SEED = 1


class Placed(NamedTuple):
    """Where an article belongs.

    Attributes:
        group: key of the first article of its group; its own for one that is like none before.
        similarity: estimated share of runs of words with the article of the group most like it; 1 for its
            first.
        like: key of that article; its own for the first.
    """

    group: str
    similarity: float
    like: str


class _Held(msgspec.Struct, frozen=True, gc=False):
    group: str
    published: datetime | None
    signature: MinHash


def runs(text: str) -> Iterator[bytes]:
    """The runs of words of a text, without marks, figures apart; one shorter than a run is one itself."""
    words = [word for word in normalise(text).split() if word[0].isalnum()]
    for n in range(max(1, len(words) - RUN + 1)):
        yield " ".join(words[n : n + RUN]).encode("utf-8", "replace")


class Duplicates:
    """Puts articles, given in the order of their publication, into groups of near-duplicates.

    Args:
        window: how long an article is remembered.
        held: how many are.
    """

    def __init__(self, window: timedelta = WINDOW, held: int = HELD) -> None:
        self._window = window
        self._cap = held
        self._held: dict[str, _Held] = {}
        self._index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
        # the permutations take as long to draw as a text to sign: drawn once
        self._permutations = MinHash(num_perm=PERMUTATIONS, seed=_SEED, scheme="affine32").permutations

    def __len__(self) -> int:
        return len(self._held)

    def add(self, key: str, published: datetime | None, text: str) -> Placed:
        """Place an article.

        Args:
            key: of the article, new.
            published: not before that of the article added last; None for those without a date, which come
                last and are only compared with each other.
            text: of the article.
        """
        self._let_go(published)
        signature = MinHash(
            num_perm=PERMUTATIONS,
            seed=_SEED,
            hashfunc=zlib.crc32,
            permutations=self._permutations,
            scheme="affine32",
        )
        signature.update_batch(runs(text))
        placed = self._most_alike(key, signature)
        self._held[key] = _Held(placed.group, published, signature)
        self._index.insert(key, signature, check_duplication=False)
        return placed

    def _most_alike(self, key: str, signature: MinHash) -> Placed:
        alike = [
            (other, signature.jaccard(self._held[other].signature)) for other in self._index.query(signature)
        ]
        # of two as like as each other the key decides, as sets have no order of their own
        like, share = max(alike, key=lambda pair: (pair[1], pair[0]), default=(key, 0.0))
        if share < THRESHOLD:
            return Placed(key, 1.0, key)
        return Placed(self._held[like].group, float(share), like)

    def _let_go(self, now: datetime | None) -> None:
        """Forget what is too old, or too much."""
        while self._held:
            key, oldest = next(iter(self._held.items()))
            late = (oldest.published is None) != (now is None) or (
                oldest.published is not None and now is not None and now - oldest.published > self._window
            )
            if not late and len(self._held) < self._cap:
                return
            self._index.remove(key)
            del self._held[key]
