"""Titles with their names: «وزير الخارجية المصري سامح شكري», «إيمانويل ماكرون، الرئيس الفرنسي».

A title is a phrase (see `phrases`); the name stands behind it, a comma allowed, or before it with a comma.
Two titles in a row are one person; «الرئيسان الروسي والصيني» are two.
"""

from __future__ import annotations

from typing import Final

from khabar.knowledge import Knowledge
from khabar.mentions.draft import Draft, Line
from khabar.mentions.lexicon import FOLLOWERS
from khabar.mentions.names import Named, Names
from khabar.mentions.phrases import QUOTES, Phrases, owner_of
from khabar.mentions.signs import counted, demonym_of

COMMAS: Final = frozenset({"،", ",", "-", "–", "—"})


class Titles:
    """Parses titles and names into persons."""

    def __init__(self, knowledge: Knowledge, names: Names, phrases: Phrases) -> None:
        self._entities = knowledge.entities
        self._names = names
        self._phrases = phrases

    def named(self, line: Line, named: Named) -> Draft:
        """A person by name, with the title behind the name if there is one.

        Args:
            line: the sentence.
            named: the name.

        Returns:
            The draft over name and title.
        """
        draft = Draft(line, named.first, named.last, "person", "name" if named.entities else "name.unknown")
        draft.name = named.text
        draft.proclitic = named.proclitic
        draft.candidates = named.entities
        draft.short = named.short
        draft.definite = True
        gender = line.traits[named.first].gender
        draft.gender = "f" if gender == "f" else "m" if gender == "m" else "c"
        return self._apposed(line, draft)

    def _apposed(self, line: Line, person: Draft) -> Draft:
        """«إيمانويل ماكرون، الرئيس الفرنسي»: a title behind the name joins it, unless it has its own name."""
        position = person.last + 1
        comma = position < len(line.tokens) and line.tokens[position].text in COMMAS
        title = self._title_at(line, position + 1 if comma else position)
        if title is None or title.number != "s" or (not comma and person.candidates):
            return person
        if not (title.own or title.complement is not None or title.former or (comma and title.definite)):
            return person
        if self.name_behind(line, title) is not None:
            return person
        person.role, person.key = title.role, title.key
        person.country, person.sector, person.own = title.country, title.sector, title.own
        person.former = title.former
        person.complement = title.complement
        person.last = title.last
        person.rule += "+title"
        return person

    def _title_at(self, line: Line, position: int) -> Draft | None:
        hits = line.at.get(position)
        if not hits or hits[0].proclitics or line.traits[position].kind in FOLLOWERS:
            return None  # «التقى الوزير هانز كرويغر + نظيره»
        entity = self._entities[hits[0].entity]
        if entity.kind != "role" and not (entity.kind == "group" and hits[0].form in {"ms", "fs"}):
            return None
        return self._phrases.phrase(line, position)

    def titled(self, line: Line, index: int) -> list[Draft]:
        """The person or persons of the title at a token.

        Args:
            line: the sentence.
            index: where the title begins.

        Returns:
            One draft; several for a compound; none when no title begins there.
        """
        title = self._phrases.phrase(line, index)
        if title is None:
            return []
        title.rule = "title"
        if title.number != "s":
            several = self._several(line, title)
            if several:
                return several
        else:
            named = self.name_behind(line, title)
            if named is None:
                self._ranked(line, title)
            elif self._owned(title, named) or self._of_another(title, named):
                title.last = named.last
            elif _serves(title, named):
                title.complement = owner_of(line, named)
            else:
                christen(title, named)
            if title.kind == "person":
                return [title]
        more = self._phrases.coordinated(line, title)
        return [counted(line, title) if title.number == "p" else title, *more]

    def _several(self, line: Line, title: Draft) -> list[Draft]:
        """«الرئيسان الأميركي دونالد ترامب والروسي فلاديمير بوتين»: a dual or plural with a name for each."""
        named = self.name_behind(line, title)
        hits = line.at.get(title.last + 1 if named is None else named.last + 1)
        if named is None or not hits or not hits[0].proclitics.startswith("و"):
            return []
        found: list[Draft] = []
        member = title
        while True:
            christen(member, named)
            member.number = "s"
            found.append(member)
            position = member.last + 1
            hits = line.at.get(position)
            if not hits or not hits[0].proclitics.startswith("و"):
                return found
            member = title.twin()
            member.first = member.head = position
            member.proclitic = hits[0].proclitics
            nisba = demonym_of(hits)
            if nisba is not None and title.own:
                self._phrases.nationality_again(member, nisba)
                member.last = nisba.last
                follower = self.name_behind(line, member)
            else:
                follower = self._names.known(line, position)
            if follower is None:
                return found
            named = follower

    def name_behind(self, line: Line, title: Draft) -> Named | None:
        """The name that follows a title, a comma or opening quotation mark allowed between."""
        position = title.last + 1
        size = len(line.tokens)
        comma = position < size and line.tokens[position].text in COMMAS
        if comma or (position < size and line.tokens[position].text in QUOTES):
            position += 1
        position = _past_brackets(line, position)
        if position >= size:
            return None
        if position in line.at:
            named = self._names.known(line, position)
            if named is not None:
                return None if named.proclitic else self.longer(line, named)
        named = self._names.unknown(line, position, titled=True)
        if named is None or (comma and not title.definite and not title.own):
            return None
        return named

    def longer(self, line: Line, named: Named) -> Named:
        """«كيم» is known, but «كيم يونغ شول» is written: the longer name is somebody else's."""
        following = named.last + 1
        if not named.short or named.proclitic or following >= len(line.traits):
            return named
        trait = line.traits[following]
        if following in line.at or not (trait.namelike or trait.given) or trait.particle:
            return named
        longer = self._names.unknown(line, named.first, titled=True)
        return longer if longer is not None and longer.last > named.last else named

    def _ranked(self, line: Line, title: Draft) -> None:
        """«ولي العهد السعودي + الأمير محمد بن سلمان»: a second title with a name joins the first."""
        position = title.last + 1
        if position < len(line.tokens) and line.tokens[position].text in COMMAS:
            position += 1
        second = self._title_at(line, position)
        if (
            second is None
            or second.kind != "role"
            or second.number != "s"
            or not (title.definite or title.own)
        ):
            return
        named = self.name_behind(line, second)
        if named is None or (second.own and title.own and second.country != title.country):
            return
        if not title.own and second.own:
            title.country, title.own = second.country, True
        title.sector = title.sector or second.sector
        christen(title, named)

    def _owned(self, title: Draft, named: Named) -> bool:
        """«محامي ترامب»: a bare indefinite title before a known name is in the construct."""
        bare = not title.definite and not title.own and title.complement is None and title.number == "s"
        if not bare or not named.entities or named.first != title.last + 1:
            return False
        title.country = self._entities[named.entities[0]].country
        title.own = bool(title.country)
        return True

    def _of_another(self, title: Draft, named: Named) -> bool:
        """Whether the name behind «مستشار الرئيس الأميركي» is the inner title's."""
        inner = title.complement
        if inner is None or inner.kind != "role":
            return False
        for entity_id in named.entities:
            roles = {office.office for office in self._entities[entity_id].offices}
            if inner.role in roles and title.role not in roles:
                return True
        return False


_SERVING: Final = frozenset({"", "CVL", "GOV", "MED", "JRN"})
"""Sectors of titles that are of somebody when they stand without article before a name; officers, senators
and clergy are named so themselves."""


def _serves(title: Draft, named: Named) -> bool:
    """«محامي + سعيدوف»: a bare indefinite title before a name is in the construct."""
    bare = not title.definite and not title.own and title.complement is None and not title.former
    return bare and title.number == "s" and title.sector in _SERVING and named.first == title.last + 1


def _past_brackets(line: Line, position: int) -> int:
    """«رئيس الاتحاد الدولي (فيفا) جياني إنفانتينو»: the token behind short brackets, if there are any."""
    tokens = line.tokens
    if position < len(tokens) and tokens[position].text == "(":
        for index in range(position + 1, min(position + 4, len(tokens))):
            if tokens[index].text == ")":
                return index + 1
    return position


def christen(title: Draft, named: Named) -> None:
    """Makes a title and the name behind it one person.

    Args:
        title: the title; it is changed.
        named: the name.
    """
    title.kind = "person"
    title.rule = "title+name" if named.entities else "title+unknown"
    title.name = named.text
    title.candidates = named.entities
    title.short = named.short
    title.last = named.last
