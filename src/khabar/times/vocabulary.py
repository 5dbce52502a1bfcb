"""The words of time: tables compiled to one dictionary, looked up once per distinct word.

Every table under tables/ has the columns id, kind, value, forms, note (landmarks.tsv, whose forms are
words that must stand in front, is read by `khabar.times.landmarks`). A form is a word or a phrase; both
are kept in the normal form of the language room.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from khabar.language import normalise
from khabar.language.model import Word
from khabar.tables import rows

TABLES: Final = Path(__file__).parent / "tables"
NAMES: Final = (
    "cues",
    "feasts",
    "modifiers",
    "months",
    "numbers",
    "parts",
    "references",
    "relatives",
    "seasons",
    "units",
    "weekdays",
    "zones",
)

_NO_PHRASES: Final[Mapping[str, tuple[tuple[tuple[str, ...], Term], ...]]] = {}
_CACHE: Final = 40_000
"""Distinct words remembered before the cache starts anew; a day's news of one outlet has some 20,000."""


class Term(msgspec.Struct, frozen=True, gc=False):
    """One meaning of a form.

    Attributes:
        id: row of the table.
        kind: what the rules ask for («month», «unit.pl», «rel»).
        value: its value, by kind (see the table's comment).
        weak: 0 counts alone, 1 after a preposition, 2 only with a day, year or qualifier.
        exact: the spelling required of the word, or "" for any.
    """

    id: str
    kind: str
    value: str
    weak: int = 0
    exact: str = ""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """What one word may begin, less the letters written onto its front.

    Attributes:
        proclitics: letters cut off («ول»).
        terms: meanings of the word alone.
        phrases: by the normal form of the next word: (the normal forms that must follow it, the
            meaning), longest first.
    """

    proclitics: str
    terms: tuple[Term, ...]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Term], ...]]


class Vocabulary:
    """The compiled tables."""

    def __init__(self, terms: list[tuple[str, Term]]) -> None:
        singles: dict[str, list[Term]] = {}
        phrases: dict[str, dict[str, list[tuple[tuple[str, ...], Term]]]] = {}
        for form, term in terms:
            first, *rest = normalise(form).split()
            if rest:
                second, *others = rest
                phrases.setdefault(first, {}).setdefault(second, []).append((tuple(others), term))
            else:
                singles.setdefault(first, []).append(term)
        self._singles = {form: tuple(found) for form, found in singles.items()}
        self._phrases = {
            form: {second: tuple(sorted(found, key=lambda p: -len(p[0]))) for second, found in follow.items()}
            for form, follow in phrases.items()
        }
        self._cache: dict[str, tuple[Entry, ...]] = {}

    def entries(self, word: Word) -> tuple[Entry, ...]:
        """What a word may begin: () for most words."""
        found = self._cache.get(word.text)
        if found is None:
            if len(self._cache) >= _CACHE:
                self._cache = {}
            found = self._cache[word.text] = self._look_up(word)
        return found

    def _look_up(self, word: Word) -> tuple[Entry, ...]:
        entries = []
        for key in word.keys:
            terms = tuple(t for t in self._singles.get(key.form, ()) if word.text.endswith(t.exact))
            phrases = self._phrases.get(key.form, _NO_PHRASES)
            if terms or phrases:
                entries.append(Entry(key.proclitics, terms, phrases))
        return tuple(entries)


def _terms(name: str) -> list[tuple[str, Term]]:
    found = []
    for row in rows(TABLES / f"{name}.tsv"):
        for form in row["forms"].split("|"):
            bare = form.lstrip("~=")
            signs = form[: len(form) - len(bare)]
            exact = bare if "=" in signs else ""
            found.append((bare, Term(row["id"], row["kind"], row["value"], signs.count("~"), exact)))
    return found


@cache
def vocabulary() -> Vocabulary:
    """The shipped tables, compiled on first use (some 900 forms, a few milliseconds).

    Raises:
        khabar.tables.TableError: a table cannot be read.
    """
    return Vocabulary([term for name in NAMES for term in _terms(name)])
