"""Names of persons as they stand in a text: those of the tables, and those that no table has.

An unknown name shows itself by its company (a title before it) or by its first word (a given name); it ends
where a word is known to be something else.
"""

from __future__ import annotations

from typing import Final

import msgspec

from khabar.knowledge import Knowledge
from khabar.mentions.draft import Line

_LONGEST: Final = 6
"""Words of an unknown name; longer chains of «بن» are cut by it, which costs the last link only."""

_FOREIGN: Final = -1.2
"""Log odds from which two words in a row are a foreign name; the best F1 on annotated news."""

_SURELY_FOREIGN: Final = 0.0
"""Log odds from which one word alone is a foreign name behind a verb of speech."""

_RATHER_FOREIGN: Final = -2.0
"""Log odds that a word behind a full name must have to be one more part of it."""

_FULL: Final = 2
"""Words of a name behind which an unknown word must look foreign to be one more part."""

_FAMILIES: Final = 2
"""Surnames with the article that a name may end in: «الحسني البغدادي»."""

_CERTAIN: Final = 2
"""Level of a given name that is no common word."""

_OPENERS: Final = frozenset({"أبو", "أبي", "أبا", "أم", "ابن", "بن", "آل", "ولد", "بو", "فان", "فون", "دي"})
"""Particles that may begin a name by themselves."""


class Named(msgspec.Struct, frozen=True, gc=False):
    """A name in a sentence.

    Attributes:
        first: index of its first token.
        last: index of its last token, inclusive.
        entities: whom the tables let it mean; empty for an unknown name.
        text: the words as written, single spaces.
        short: the form is a surname or the like, not the full name.
        proclitic: letters in front of the first word.
    """

    first: int
    last: int
    entities: tuple[str, ...]
    text: str
    short: bool
    proclitic: str


class Names:
    """Finds names at a place of a sentence."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._entities = knowledge.entities

    def known(self, line: Line, index: int) -> Named | None:
        """The name of a person of the tables that begins at a token, chains of «بن» behind it included."""
        hits = line.at.get(index)
        if not hits:
            return None
        entities = self._entities
        persons = [hit for hit in hits if entities[hit.entity].kind == "person"]
        if not persons:
            return None
        last = self._chain(line, persons[0].last + 1) - 1
        short = all(hit.kind == "short" for hit in persons)
        text = spelled(line, index, last, persons[0].proclitics)
        return Named(index, last, tuple(hit.entity for hit in persons), text, short, persons[0].proclitics)

    def _chain(self, line: Line, index: int) -> int:
        """Steps over «بن عبد العزيز آل سعود» behind a known name; gives the index after it."""
        traits = line.traits
        size = len(traits)
        while index + 1 < size and traits[index].particle and traits[index].word:
            if line.tokens[index].word.norm not in {"بن", "ال", "ابن"}:
                break
            follower = traits[index + 1]
            if not (follower.given or follower.namelike or follower.particle or index + 1 in line.at):
                break
            index += 2
            while index < size and traits[index].surnamelike and index not in line.at:
                index += 1
        return index

    def unknown(self, line: Line, index: int, *, titled: bool, listed: bool = False) -> Named | None:
        """A name that no table has.

        Args:
            line: the sentence.
            index: where it may begin.
            titled: a title stands before it, so that one word and any foreign shape will do; otherwise it
                takes a given name and one more word.
            listed: it stands with «و» behind another person, so that any given name will do.

        Returns:
            The name, or None.
        """
        traits = line.traits
        if index >= len(traits):
            return None
        first = traits[index]
        before = traits[index - 1] if index else first
        if before.kind == "locative" and before.value == "at":
            return None  # «ولاية نانغرهار» is a place
        if first.kind == "link" and not self._may_follow(line, index):
            return None  # «المتحدث + باسم + المجموعة»
        given, cut = (first.given, "") if first.given or titled else (first.given_behind, first.given_cut)
        opener = first.particle and line.tokens[index].word.text in _OPENERS
        paired = given == 1 and self._may_follow(line, index)
        shown = titled and (first.namelike or given or opener)
        bold = first.foreign > _FOREIGN and index + 1 < len(traits) and self._goes_on(line, index + 1)
        if not (given == _CERTAIN or (listed and given) or paired or shown or bold) or self._doubtful(
            line, index
        ):
            return None
        if index in line.at and not (given and self._is_given_here(line, index, titled=titled)):
            return None
        last = self._extent(line, index, titled=titled)
        if last < index or (last == index and not (titled and not opener)):
            return None
        return Named(index, last, (), spelled(line, index, last, cut), last == index, cut)

    def _goes_on(self, line: Line, index: int) -> bool:
        """Whether the word behind a foreign-looking one makes the two a name."""
        trait = line.traits[index]
        return index not in line.at and (trait.foreign > _FOREIGN or trait.given > 0)

    def _doubtful(self, line: Line, index: int) -> bool:
        """«علي» where the writer has no «على»: the preposition, unless another given name follows."""
        trait = line.traits[index]
        if trait.kind != "doubtful" or trait.value in line.vouched:
            return False
        follower = line.traits[index + 1] if index + 1 < len(line.traits) else None
        return follower is None or not (follower.given == 2 or follower.particle)

    def _is_given_here(self, line: Line, index: int, *, titled: bool) -> bool:
        """A given name that the tables know as something else too («رام», «جورجيا») before another name."""
        if index + 1 >= len(line.traits):
            return False
        hit = line.at[index][0]
        if hit.proclitics or hit.last > index:
            return False
        follower = line.traits[index + 1]
        kind = self._entities[hit.entity].kind
        if kind in {"person", "role", "group"}:
            return bool(titled and follower.namelike)
        return bool(follower.given == 2 or (follower.namelike and titled))

    def said(self, line: Line, index: int) -> Named | None:
        """One foreign-looking word behind a verb of speech: «وقالت بروكتر إن»."""
        if not index or not line.traits[index - 1].says or line.traits[index].foreign <= _SURELY_FOREIGN:
            return None
        return Named(index, index, (), spelled(line, index, index, ""), True, "")

    def _extent(self, line: Line, index: int, *, titled: bool) -> int:
        """The last token of the unknown name that begins at a token, the one before it when none does."""
        size = len(line.traits)
        position = index
        families = 0
        while position < size and position - index < _LONGEST:
            reach = self._part(line, index, position, families)
            if reach < position and titled and position == index + 1 and self._called(line, position):
                return position
            if reach < position:
                break
            families += not (line.traits[position].namelike or line.traits[position].kind == "divine")
            position = reach + 1
            if reach in line.at and reach > index:
                break  # a surname of the tables ends the name
        return position - 1

    def _part(self, line: Line, index: int, position: int, families: int) -> int:
        """The last token of the part of a name at a token; the token before it when it is no part."""
        behind = position > index
        tied = behind and (line.traits[position].kind == "divine" or line.traits[position - 1].servant)
        if tied:
            before = line.traits[position - 1]
            return position if before.given or before.given_behind else position - 1
        if behind and self._breaks(line, index, position):
            return position - 1
        if line.traits[position].particle and position + 1 < len(line.traits):
            follower = line.traits[position + 1]
            if follower.namelike or follower.given or follower.surnamelike:
                return position + 1
        return position if not behind or self._fits(line, index, position, families) else position - 1

    def _fits(self, line: Line, index: int, position: int, families: int) -> bool:
        """Whether a word behind the beginning of a name goes on with it."""
        trait = line.traits[position]
        if position in line.at:
            return True  # a surname of the tables, or `_breaks` had said no
        if trait.kind == "ordinal":
            return line.traits[position - 1].namelike  # «ميسواتي الثالث»
        if trait.namelike or trait.given:
            if trait.given:
                return True
            return not families and (position < index + _FULL or trait.foreign > _RATHER_FOREIGN)
        return families < _FAMILIES and (trait.surnamelike or self._soft(line, index, position))

    def _called(self, line: Line, position: int) -> bool:
        """«سوسن + الشاعر», «مراد + التركي»: a calling or nationality as surname, behind a title."""
        hits = line.at.get(position)
        if not hits or hits[0].proclitics or hits[0].last > position or not line.traits[position].article:
            return False
        if line.traits[position - 1].given != _CERTAIN:
            return False
        kind = self._entities[hits[0].entity].kind
        return kind in {"role", "group"} or hits[0].kind == "demonym"

    def _breaks(self, line: Line, index: int, position: int) -> bool:
        """Whether a word behind the beginning of a name is certainly outside it."""
        hits = line.at.get(position)
        if hits:
            hit = hits[0]
            known = self._entities[hit.entity].kind == "person" and not hit.proclitics
            return not (known and hit.last == position)
        trait = line.traits[position]
        # behind a name it is «و» rather than a part
        joined = line.tokens[position].word.text.startswith("و") and not trait.given
        return joined and bool(trait.given_cut or position > index + 1)

    def _may_follow(self, line: Line, index: int) -> bool:
        """Whether the word after a given name that is a common word too makes the two a name."""
        if index + 1 >= len(line.traits):
            return False
        follower = line.traits[index + 1]
        hits = line.at.get(index + 1)
        if hits:
            return self._entities[hits[0].entity].kind == "person" and not hits[0].proclitics
        if follower.given == 2 or follower.kind == "divine" or (follower.given == 1 and _tied(line, index)):
            return True
        word = line.tokens[index].word
        return follower.namelike and not (word.verbs or word.nouns)

    def _soft(self, line: Line, index: int, position: int) -> bool:
        """«نجيب + محفوظ»: a participle right behind a given name is a surname more often than not."""
        trait = line.traits[position]
        return trait.soft and position == index + 1 and line.traits[index].given == 2


def _tied(line: Line, index: int) -> bool:
    """Whether a word and the next stand in one hashtag («#طارق_رمضان»)."""
    return line.tokens[index + 1].start - line.tokens[index].end == 1 and index > 0


def spelled(line: Line, first: int, last: int, proclitics: str) -> str:
    """The words of a span as written, without marks, punctuation and the letters cut off in front."""
    words = [token.word.text for token in line.tokens[first : last + 1] if token.word.kind != "punct"]
    if proclitics and words:
        words[0] = words[0][len(proclitics) :]
    return " ".join(words)
