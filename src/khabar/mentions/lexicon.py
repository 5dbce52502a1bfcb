"""What the room knows of single words: closed classes, given names, nouns of arms.

The tables beside this module are small and about grammar, not about the world; each word of the news is
looked up once and its `Traits` are kept with the string.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from khabar.language import normalise
from khabar.language.model import Word

TABLES: Final = Path(__file__).parent / "tables"

_CACHE_LIMIT: Final = 60_000
"""Distinct words kept; beyond it the cache starts anew."""

_FEMININE: Final = ("ة", "ات", "اء")


class Traits(msgspec.Struct, frozen=True, gc=False):
    """What a word may do in a mention.

    Attributes:
        kind: its closed class («stop», «quantifier», …) or "".
        value: the finer kind within the class.
        proclitics: what was cut off to find the class.
        given: 2 a given name, 1 a name that is a common word too, 0 none; of the whole word.
        given_cut: proclitics to cut for a given name when the whole word is none, else "".
        gender: m or f of the given name, else "".
        particle: stands inside names («بن», «آل», «فون»).
        namelike: may be part of a name that no table has: no article, no known word.
        article: has the definite article.
        arms: a noun of arms.
        surnamelike: has the article and may be a surname («الحوالي»): no known word follows from it.
        word: it is an Arabic word.
    """

    kind: str
    value: str
    proclitics: str
    given: int
    given_cut: str
    gender: str
    particle: bool
    namelike: bool
    article: bool
    arms: bool
    surnamelike: bool
    word: bool


class Lexicon:
    """The room's own tables, compiled."""

    def __init__(self, folder: Path = TABLES) -> None:
        """Reads the tables.

        Args:
            folder: where words.tsv, given_names.tsv and arms.tsv and common_words.tsv are.

        Raises:
            OSError: when a table is missing.
        """
        self._classes: dict[str, list[tuple[str, str]]] = {}
        for row in rows(folder / "words.tsv"):
            for form in row[2].split("|"):
                self._classes.setdefault(normalise(form), []).append((row[0], row[1]))
        self._given = {
            fold_alef(row[0]): (1 if row[3] == "~" else 2, row[1]) for row in rows(folder / "given_names.tsv")
        }
        self._arms = frozenset(normalise(row[0]) for row in rows(folder / "arms.tsv"))
        self._common = frozenset(row[0] for row in rows(folder / "common_words.tsv"))
        self._cache: dict[str, Traits] = {}

    def traits(self, word: Word) -> Traits:
        """What a word may do; the same object again for the same string."""
        found = self._cache.get(word.text)
        if found is None:
            if len(self._cache) > _CACHE_LIMIT:
                self._cache.clear()
            found = self._cache[word.text] = self._judge(word)
        return found

    def _judge(self, word: Word) -> Traits:
        if word.kind != "word":
            kind = "number" if word.kind == "number" else ""
            latin = word.kind == "latin"
            return Traits(kind, "p", "", 0, "", "", False, latin, False, False, False, False)
        kind = value = cut = ""
        particle = False
        for key in word.keys:
            for name, fine in self._classes.get(key.form, ()):
                if name == "particle":
                    particle = particle or not key.proclitics
                elif not kind:
                    kind, value, cut = name, fine, key.proclitics
            if kind:
                break
        given, gender, given_cut = self._name(word)
        arms = any(key.form in self._arms or key.form.removeprefix("ال") in self._arms for key in word.keys)
        known = bool(word.verbs or word.nouns or kind) or self._is_common(word)
        article = word.article and _has_article(word)
        namelike = bool(given == 2 or (given == 1 and not kind) or not (known or article))
        surname = article and not known and word.norm.startswith("ال")
        return Traits(
            kind, value, cut, given, given_cut, gender, particle, namelike, article, arms, surname, True
        )

    def _is_common(self, word: Word) -> bool:
        """A frequent word, or one with an ending that no name has but by chance: the feminine, its plural."""
        text = word.text
        if text in self._common or (text[0] in "وف" and text[1:] in self._common):
            return True
        return text.endswith(_FEMININE) or len(text) < 2

    def _name(self, word: Word) -> tuple[int, str, str]:
        spelling = fold_alef(word.text)
        whole = self._given.get(spelling)
        if whole:
            return whole[0], whole[1], ""
        for key in word.keys[1:]:
            found = self._given.get(spelling[len(key.proclitics) :])
            if found:
                return 0, found[1], key.proclitics
        return 0, "", ""


def _has_article(word: Word) -> bool:
    """Whether the ال is the article: «ألمان» has it in its folded form only."""
    text = word.text
    return any(
        text[len(key.proclitics) :].startswith("ال") or (key.proclitics.endswith("ل") and "لل" in text[:4])
        for key in word.keys
        if key.form.startswith("ال")
    )


_ALEFS: Final = str.maketrans("أإآٱ", "اااا")


def fold_alef(text: str) -> str:
    """A name less the hamza of its alefs; the two ya stay apart, for «على» is not «علي»."""
    return text.translate(_ALEFS)


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a table as lists of cells, filled up with "" to the width of the header.

    Args:
        path: a TSV file with a header line.

    Yields:
        The cells of each row below the header that is no comment.
    """
    lines = [
        line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")
    ]
    width = lines[0].count("\t") + 1
    for line in lines[1:]:
        cells = line.split("\t")
        yield cells + [""] * (width - len(cells))
