from __future__ import annotations

from functools import lru_cache

import pytest

from khabar.corpus import work


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    @lru_cache(10_000)
    def remembered(n: int) -> int:
        return n

    megabytes = 100.0
    monkeypatch.setattr(work, "_caches", lambda: [remembered])
    monkeypatch.setattr(work, "_resident", lambda: megabytes)
    memory = work._Memory(200)

    def fill(number: int) -> int:
        """Remember so many more, and tell how many are kept."""
        start = remembered.cache_info().currsize
        for n in range(start, start + number):
            remembered(n)
        memory.bound()
        return remembered.cache_info().currsize

    assert fill(500) == 500  # far from the limit
    megabytes = 200.0
    assert fill(500) == 0
    assert fill(999) == 999
    assert fill(1) == 0
    megabytes = 220.0  # it grows on: fewer are kept
    assert fill(799) == 799
    assert fill(1) == 0
