"""The noun phrase of an actor: a title or group noun with what completes it.

«وزير خارجية مصر», «المتحدث باسم الحرس الثوري الإيراني», «قوات النظام السوري», «مسؤول كبير في الأمم المتحدة»:
a head of the tables, then adjectives of nationality, genitives, prepositional complements. The complement
gives the country; where the head has no sector of its own, the sector too.
"""

from __future__ import annotations

from typing import Final

from khabar.knowledge import Knowledge
from khabar.knowledge.model import Entity, Hit
from khabar.mentions.draft import NO_STATE, Draft, Line, country_of, form_of, is_generic, sector_of
from khabar.mentions.names import Named, Names
from khabar.mentions.signs import NISBA, demonym_of, in_construct, indefinite_adjective, misread

YIELDING: Final = frozenset({"", "GOV", "MIL", "PTY", "REB", "UAF", "UNK", "PRM", "ELI"})
"""Sectors of heads that give way to the body they belong to: «قائد الشرطة» is police."""

_STAFF: Final = frozenset({"", "GOV", "LEG"})
"""Sectors of titles that serve another title: «مستشار للرئيس», «نائب لمدير المكتب»."""

_MEMBERS: Final = "member"
"""Sort of nouns for those who belong to a body and have its sector: «أفراد الجيش», «موظفون في الوزارة»."""

_ADJECTIVES: Final = 3
"""Adjectives stepped over on the way to a nisba or name: «الأمين العام المساعد»."""

_DEPTH: Final = 3
"""Nesting of genitives followed: «مستشار وزير خارجية مصر»."""


class Phrases:
    """Parses the noun phrase that begins at a token."""

    def __init__(self, knowledge: Knowledge, names: Names) -> None:
        self._knowledge = knowledge
        self._entities = knowledge.entities
        self._names = names

    def head(self, line: Line, hit: Hit) -> Draft:
        """A draft for a title, group noun or organisation of the tables, without what follows it."""
        entity = self._entities[hit.entity]
        kind = entity.kind
        draft = Draft(line, hit.first, hit.last, "organisation", kind)
        draft.number, draft.gender = form_of(hit)
        draft.proclitic = hit.proclitics
        draft.pronoun = hit.pronoun
        draft.definite = bool(hit.pronoun) or any(
            trait.article for trait in line.traits[hit.first : hit.last + 1]
        )
        draft.key = entity.id
        draft.subkind = entity.subkind
        if is_generic(entity):
            draft.kind = "role" if kind == "role" else "group" if kind == "group" else "organisation"
            draft.role = entity.id if kind == "role" else ""
            draft.sector = entity.code
            draft.country = entity.country
            draft.own = bool(entity.country)
        else:
            _take_code(draft, entity)
            if kind == "role":
                draft.kind, draft.role = "role", entity.id
        return draft

    def phrase(self, line: Line, index: int, depth: int = 0) -> Draft | None:
        """The actor phrase that begins with a title, group noun or organisation.

        Args:
            line: the sentence.
            index: its first token.
            depth: how deep the phrase stands inside others.

        Returns:
            The draft with `last` at the end of its complements, before any name; None when nothing of the
            kind begins there.
        """
        hit = self.head_hit(line, index)
        if hit is None:
            return None
        draft = self.head(line, hit)
        self.complete(line, draft, depth)
        return draft

    def head_hit(self, line: Line, index: int) -> Hit | None:
        """The hit of a title, group noun or organisation at a token."""
        for hit in line.at.get(index, ()):
            entity = self._entities[hit.entity]
            if entity.kind in _HEADS and not misread(line, hit, entity):
                return hit
        return None

    def complete(self, line: Line, draft: Draft, depth: int) -> None:
        """Reads the complements behind a head and lets them tell country and sector."""
        size = len(line.tokens)
        position = draft.last + 1
        skipped = 0
        while position < size:
            step = self._step(line, draft, position, depth, skipped)
            if step > position:
                draft.last = step - 1
                position = step
                skipped = 0
                continue
            trait = line.traits[position]
            quoted = self._quoted(line, draft, position, depth)
            if quoted > position:
                draft.last = quoted - 1
                position = quoted
                continue
            if (
                skipped < _ADJECTIVES
                and trait.word
                and not trait.kind
                and position not in line.at
                and trait.article == draft.definite
                and not line.tokens[position].word.text.startswith("وال")
                and (trait.article or indefinite_adjective(line, position))
            ):
                skipped += 1
                position += 1
                continue
            break

    def _step(self, line: Line, draft: Draft, position: int, depth: int, skipped: int) -> int:
        """One complement at a token: the index after it, or the token itself when there is none."""
        hits = line.at.get(position)
        trait = line.traits[position]
        if hits:
            step = self._known(line, draft, hits, depth, skipped)
            if step is not None:
                return step
        elif not trait.kind and trait.article and position == draft.last + 1 and in_construct(line, draft):
            draft.definite = True  # «رئاسة + الأركان»: a genitive no table has makes the phrase definite
            return position + 1
        if trait.kind in _ADJECTIVAL and not trait.proclitics:
            return position + _describe(draft, trait.kind)
        open_end = draft.complement is None or (draft.kind == "role" and trait.value == "for")
        if trait.kind == "link" and open_end and position + 1 < len(line.tokens):
            return self._linked(line, draft, position, depth)
        return position

    def _known(self, line: Line, draft: Draft, hits: list[Hit], depth: int, skipped: int) -> int | None:
        """A name of the tables as complement: the index after it, None when it can be none."""
        hit = hits[0]
        nisba = demonym_of(hits)
        if nisba is not None and not nisba.proclitics and self._agrees(line, draft, nisba):
            self._nationality(draft, nisba)
            return nisba.last + 1
        if not hit.proclitics:
            if draft.definite and line.traits[hit.first].article and self._is_calling(line, hit):
                return hit.last + 1
            if not draft.definite and draft.complement is None and not skipped and not _closed(line, draft):
                return self._genitive(line, draft, hit.first, depth)
        elif hit.proclitics in {"ل", "ب"} and draft.complement is None:
            return self._attached(line, draft, hit.first, depth)
        return None

    def _quoted(self, line: Line, draft: Draft, position: int, depth: int) -> int:
        """«مراسل + "العربية"», «حركة + "طالبان"»: a body between marks; the index after the closing one."""
        if line.tokens[position].text not in QUOTES or draft.definite or draft.complement is not None:
            return position
        hits = line.at.get(position + 1)
        if not hits or hits[0].proclitics or self._entities[hits[0].entity].kind not in _BODIES:
            return position
        step = self._genitive(line, draft, position + 1, depth)
        if step == position + 1:
            return position
        closes = step < len(line.tokens) and line.tokens[step].text in QUOTES
        return step + 1 if closes else step

    def _is_calling(self, line: Line, hit: Hit) -> bool:
        """«المكتب + الصحفي», «المستشار + الإعلامي»: a calling behind a definite head is its adjective."""
        text = line.tokens[hit.first].word.text
        entity = self._entities[hit.entity]
        return hit.first == hit.last and entity.kind in {"role", "group"} and text.endswith(NISBA)

    def _agrees(self, line: Line, draft: Draft, hit: Hit) -> bool:
        """An adjective follows its noun in the article; after a genitive both may stand."""
        article = line.tokens[hit.first].word.text.startswith("ال")
        if draft.complement is not None or draft.last > draft.head:
            return article or not draft.definite
        return article == draft.definite

    def _nationality(self, draft: Draft, hit: Hit) -> None:
        entity = self._entities[hit.entity]
        if entity.kind == "country":
            if not draft.own or draft.country == NO_STATE:
                draft.country = entity.country
                draft.own = True
        elif entity.kind in {"organisation", "outlet"}:
            if draft.sector in YIELDING or not sector_of(entity.code):
                draft.country, draft.sector = country_of(entity.code), sector_of(entity.code)
            elif not draft.own:
                draft.country = country_of(entity.code)
            draft.own = True
        elif not draft.own and (entity.country or entity.subkind == "supranational"):
            draft.country = entity.country or NO_STATE  # «قوى غربية» are of no one state
            draft.own = True

    def nationality_again(self, draft: Draft, hit: Hit) -> None:
        """Gives a member of a compound the nationality of its own adjective in place of the first one's."""
        draft.own = False
        self._nationality(draft, hit)

    def _genitive(self, line: Line, draft: Draft, position: int, depth: int) -> int:
        """«وزير خارجية + مصر», «قوات + النظام السوري», «إدارة + ترامب»."""
        hit = line.at[position][0]
        kind = self._entities[hit.entity].kind
        if kind in {"country", "place"} and hit.kind != "demonym":
            self._belongs(draft, self.place(line, hit))
            return hit.last + 1
        if kind == "person":
            named = self._names.known(line, position)
            if named is None or draft.kind == "role":
                return position
            owner = Draft(line, named.first, named.last, "person", "owner")
            owner.country = self._entities[named.entities[0]].country
            self._belongs(draft, owner)
            return named.last + 1
        if depth >= _DEPTH or kind not in _HEADS:
            return position
        inner = self.phrase(line, position, depth + 1)
        if inner is None:
            return position
        self._belongs(draft, inner)
        return inner.last + 1

    def _attached(self, line: Line, draft: Draft, position: int, depth: int) -> int:
        """«الأمين العام + للأمم المتحدة», «مسؤول + بالحكومة»."""
        hit = line.at[position][0]
        if draft.own or depth >= _DEPTH or not self._attaches(draft, hit):
            return position
        inner = self.phrase(line, position, depth + 1)
        if inner is None or inner.subkind == "people":
            return position
        self._belongs(draft, inner)
        return inner.last + 1

    def _attaches(self, draft: Draft, hit: Hit) -> bool:
        """Whether what ل or ب ties to a head can be its body; «مصدر لرويترز» is whom he told."""
        entity = self._entities[hit.entity]
        if entity.kind == "role":
            return draft.kind == "role" and hit.proclitics == "ل" and draft.sector in _STAFF
        if entity.kind == "outlet" or entity.subkind == "outlet":
            return False
        return entity.kind == "organisation" or (entity.kind == "group" and draft.kind != "group")

    def _linked(self, line: Line, draft: Draft, position: int, depth: int) -> int:
        """«باسم الحكومة», «للشؤون الخارجية», «في الأمم المتحدة», «من الحرس الثوري»."""
        value = line.traits[position].value
        following = position + 1
        hits = line.at.get(following)
        if value == "for":
            return self._on_behalf(line, draft, position, depth)
        if not hits or hits[0].proclitics not in {"", "ل"} or draft.own:
            return position
        entity = self._entities[hits[0].entity]
        kind = entity.kind
        if kind == "country" and draft.kind == "role" and draft.number == "p" and draft.sector == "GOV":
            self._belongs(draft, self.place(line, hits[0]))  # «وزراء المياه في + مصر والسودان»
            return hits[0].last + 1
        if draft.subkind == "source" and value == "of":
            return self._close_to(line, draft, following, depth)
        if (
            kind in {"organisation", "outlet"}
            and (not draft.definite or draft.kind == "role")
            and depth < _DEPTH
        ):
            inner = self.phrase(line, following, depth + 1)
            if inner is not None:
                self._belongs(draft, inner)
                return inner.last + 1
        return position

    def _on_behalf(self, line: Line, draft: Draft, position: int, depth: int) -> int:
        """«باسم + الحكومة», «باسم + ليندرمان», «للشؤون + الخارجية»: the index after it."""
        following = position + 1
        hits = line.at.get(following)
        if hits and self._entities[hits[0].entity].kind in _HEADS and depth < _DEPTH:
            inner = self.phrase(line, following, depth + 1)
            if inner is not None:
                if draft.complement is None:
                    self._belongs(draft, inner)
                return inner.last + 1
        named = self._names.known(line, following) or self._names.unknown(line, following, titled=True)
        if named is not None and not named.proclitic and draft.complement is None:
            draft.complement = owner_of(line, named)
            return named.last + 1
        last = position
        while last + 1 < len(line.traits) and last - position < 3:
            trait = line.traits[last + 1]
            if not trait.article or trait.kind or last + 1 in line.at:
                break
            last += 1
        return last + 1 if last > position else position

    def _close_to(self, line: Line, draft: Draft, position: int, depth: int) -> int:
        """«مصدر مقرب من + الرئيس الفرنسي»: whom a source is close to; the index after it."""
        named = self._names.known(line, position)
        if named is not None:
            draft.complement = owner_of(line, named)
            return named.last + 1
        inner = self.phrase(line, position, depth + 1) if depth < _DEPTH else None
        if inner is None or not inner.sector:
            return position
        self._belongs(draft, inner)
        if inner.kind == "group":
            draft.sector = inner.sector  # «مصادر مقربة من عائلة ...»
        return inner.last + 1

    def _belongs(self, draft: Draft, inner: Draft) -> None:
        """Lets a complement decide what the head leaves open."""
        draft.complement = inner
        had = draft.own
        if inner.kind == "role" and draft.sector == "LEG":
            draft.sector = inner.sector  # «نائب» + another title is a deputy, no member of parliament
        if not had and _lends(draft, inner):
            draft.sector = inner.sector
            draft.country = inner.country
            draft.own = inner.own
            if inner.kind == "organisation" and draft.kind != "role":
                draft.entity, draft.subkind = inner.entity, inner.subkind or draft.subkind
                draft.kind = "organisation"
            return
        if not had:
            draft.country = inner.country
            draft.own = bool(inner.country)
        if not draft.sector and inner.kind == "place":
            draft.sector = "GOV"

    def place(self, line: Line, hit: Hit) -> Draft:
        """A country, capital or place by itself."""
        entity = self._entities[hit.entity]
        draft = Draft(line, hit.first, hit.last, "place", "place")
        draft.entity = entity.id
        draft.country = entity.country or country_of(entity.code)
        draft.sector = "GOV" if entity.kind == "country" else ""
        draft.proclitic = hit.proclitics
        draft.subkind = "capital" if hit.kind == "capital" else entity.subkind
        hits = line.at[hit.first]
        if len(hits) > 1:
            draft.candidates = tuple(self._places(hits))
        draft.gender = "f"
        draft.own = len(draft.candidates) < _AMBIGUOUS
        return draft

    def _places(self, hits: list[Hit]) -> list[str]:
        """What a place name may mean: places, and a state that is called as a place of another is.

        «وعمان» behind the name of a state is rather one more state.
        """
        places = [hit.entity for hit in hits if self._entities[hit.entity].kind == "place"]
        countries = {self._entities[place].country for place in places}
        states = [
            hit.entity
            for hit in hits
            if hit.kind == "short" and places and self._is_other_state(hit.entity, countries)
        ]
        return states + places if hits[0].proclitics == "و" else places + states

    def _is_other_state(self, entity_id: str, countries: set[str]) -> bool:
        entity = self._entities[entity_id]
        return entity.kind == "country" and entity.country not in countries

    def coordinated(self, line: Line, draft: Draft) -> list[Draft]:
        """More of the same head joined by «و»: «طائرات سورية + وروسية», «وزيرا خارجية مصر + والسعودية».

        Args:
            line: the sentence.
            draft: the complete first phrase.

        Returns:
            One draft for each further member, over its own words.
        """
        found: list[Draft] = []
        position = draft.last + 1
        while position < len(line.tokens):
            hits = line.at.get(position)
            if not hits or not hits[0].proclitics.startswith("و"):
                break
            nisba = demonym_of(hits)
            hit = nisba or hits[0]
            entity = self._entities[hit.entity]
            follows_nisba = draft.complement is None and draft.own
            if (
                nisba is not None
                and hit.proclitics == "و"
                and follows_nisba
                and self._agrees(line, draft, nisba)
            ):
                twin = draft.twin()
                self.nationality_again(twin, nisba)
            elif (
                entity.kind == "country" and draft.complement is not None and draft.complement.kind == "place"
            ):
                twin = draft.twin()
                twin.country = entity.country
            else:
                break
            twin.first = twin.head = hit.first
            twin.last = hit.last
            twin.proclitic = hit.proclitics
            twin.rule = "coordinated"
            found.append(twin)
            position = hit.last + 1
        return found


QUOTES: Final = frozenset({'"', "«", "»", "“", "”"})
_BODIES: Final = frozenset({"organisation", "outlet"})
_AMBIGUOUS: Final = 2
"""Places of one name from which the article has to choose."""

_HEADS: Final = frozenset({"role", "group", "organisation", "outlet"})


def _take_code(draft: Draft, entity: Entity) -> None:
    draft.entity = entity.id
    draft.country = country_of(entity.code) or entity.country
    draft.sector = sector_of(entity.code)
    draft.own = bool(draft.country)
    draft.definite = True


def _closed(line: Line, draft: Draft) -> bool:
    """Whether a phrase takes no genitive any more.

    The nun of a sound plural keeps it away («هاجم مسلحون + مكتب الأمم المتحدة»), and so does an adjective
    without the article («قصفت طائرات إسرائيلية + غزة»).
    """
    if draft.last > draft.head and demonym_of(line.at.get(draft.last, [])) is not None:
        return True
    return draft.number == "p" and line.tokens[draft.last].word.text.endswith(("ون", "ين"))


def owner_of(line: Line, named: Named) -> Draft:
    """The person whom somebody serves: «المتحدث باسم + ليندرمان»."""
    owner = Draft(line, named.first, named.last, "person", "owner")
    owner.name = named.text
    owner.candidates = named.entities
    return owner


def _lends(draft: Draft, inner: Draft) -> bool:
    """Whether a complement's code goes over to the head: «مقاتلو + طالبان», «مسؤول في + الأمم المتحدة»."""
    if inner.kind == "place" or not (inner.sector or inner.own):
        return False
    if draft.subkind == _MEMBERS:
        return inner.sector not in {"BUS", "CVL"}  # the staff of a company are workers
    if draft.sector not in YIELDING:
        return False
    if draft.sector == "PRM" and inner.sector in {"", "GOV", "MIL"}:
        return False  # «القوات الموالية للحكومة»
    return inner.kind == "organisation" or not draft.sector or inner.sector not in {"", "GOV", "CVL"}


_ADJECTIVAL: Final = frozenset({"former", "loyal", "other"})
"""Closed classes of adjectives that belong to the phrase: «السابق», «الموالية», «آخرون»."""


def _describe(draft: Draft, kind: str) -> int:
    """Lets an adjective of a closed class tell on its head; one, the words it takes."""
    if kind == "former":
        draft.former = True
    elif kind == "loyal" and draft.sector in {"MIL", "REB"}:
        draft.sector = "PRM"  # «القوات الموالية للحكومة» are no army
        draft.definite = True
    return 1
