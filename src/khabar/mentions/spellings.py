"""Persons by the consonants of their names: «ماكين» and «مكين», «زاخاروفا» and «زخاروفا» are written alike.

Newsrooms spell the vowels of foreign names as they hear them; the consonants stay, but for a few letters that
stand for one foreign sound.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from khabar.knowledge.model import Entity
from khabar.mentions.lexicon import fold_name

_ONE_SOUND: Final = str.maketrans("غقطذصظثض", "جكتدسزتد")
"""Letters that newsrooms exchange for one another in foreign names: «غيتس» and «جيتس»."""

_VOWELS: Final = frozenset("اويىهءئؤ")

_LEAST: Final = 4
"""Consonants that given name and surname must have together: fewer are alike by chance."""


def skeleton(word: str) -> str:
    """The consonants of a word: its first letter, then all but vowels, doubled ones once.

    Args:
        word: one word of a name, folded by `fold_name`.
    """
    letters = word.translate(_ONE_SOUND)
    kept = letters[:1]
    for letter in letters[1:]:
        if letter not in _VOWELS and letter != kept[-1]:
            kept += letter
    return kept


def key_of(name: str) -> tuple[str, str] | None:
    """Skeletons of the first and the last word of a name; None for one too short to tell anything."""
    words = fold_name(name).split()
    if len(words) < 2:
        return None
    first, last = skeleton(words[0]), skeleton(words[-1])
    return (first, last) if len(first) + len(last) >= _LEAST and len(last) > 1 else None


class Spellings:
    """The persons of the tables by the skeletons of their names, laid out at the first question."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        """Takes the tables.

        Args:
            entities: all entities by id.
        """
        self._entities = entities
        self._index: dict[tuple[str, str], tuple[str, ...]] | None = None

    def like(self, name: str) -> tuple[str, ...]:
        """Ids of the persons whose name has the same consonants.

        Args:
            name: a full name as written.
        """
        key = key_of(name)
        if key is None:
            return ()
        if self._index is None:
            self._index = self._lay_out()
        return self._index.get(key, ())

    def _lay_out(self) -> dict[tuple[str, str], tuple[str, ...]]:
        index: dict[tuple[str, str], tuple[str, ...]] = {}
        for entity in self._entities.values():
            key = key_of(entity.name) if entity.kind == "person" else None
            if key is not None:
                index[key] = (*index.get(key, ()), entity.id)
        return index
