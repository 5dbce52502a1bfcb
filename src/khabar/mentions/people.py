"""Which person a name is: among those the tables allow, and the same one again under the surname alone."""

from __future__ import annotations

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from khabar.knowledge import Knowledge
from khabar.knowledge.model import Entity
from khabar.mentions.draft import Draft, Line, country_of, sector_of
from khabar.mentions.lexicon import NOT_FOREIGN, fold_name
from khabar.mentions.spellings import Spellings

_SHORTEST_SURNAME: Final = 3
"""Letters of a word that may stand for a whole name by itself."""

_COMMON_PARTS: Final = frozenset({"بن", "ال", "ابو", "ابن", "عبد", "ولد", "دي", "فان", "فون", "لي", "الله"})
"""Parts of names, in normal form, that never stand for the whole."""


OFFICES: Final = frozenset({"", "GOV", "LEG", "MIL", "COP", "JUD", "PTY"})
"""Sectors that one leaves with the office: a former minister is of the elite, a former spy still a spy."""


class Being:
    """Somebody of the article, gathered from all the places that name him."""

    __slots__ = ("aliases", "country", "entity", "former", "gender", "known", "name", "role", "sector")

    def __init__(self, name: str, entity: str) -> None:
        self.name = name
        self.aliases: set[str] = set()
        self.entity = entity
        self.country = ""
        self.sector = ""
        self.role = ""
        self.gender = "c"
        self.former = False
        self.known = bool(entity)


_SUPPORT: Final = 1.5
"""What a bare surname must have for it: the full name in the article, or a title of his."""

_RULERS: Final = ("president", "prime-minister", "leader", "foreign-minister", "king")
"""Offices whose holders are written of without a title, and misspelt without one."""

_OFTEN: Final = 2
"""Mentions of a country from which an article is about it."""

_VAGUE: Final = frozenset({"", "CVL", "ELI"})
"""Sectors that a more telling title replaces."""

_LETTERS_WRONG: Final = 0.4
"""Share of letters in which two spellings of one surname may differ."""


_LONG: Final = 5
"""Letters of a word whose spelling may be tried."""


def _near(left: str, right: str, wrong: float = _LETTERS_WRONG) -> bool:
    """Whether two words are spellings of one name, up to a share of wrong letters."""
    return difflib.SequenceMatcher(None, left, right, autojunk=False).ratio() >= 1 - wrong


class People:
    """The persons of one article."""

    def __init__(self, knowledge: Knowledge, date: dt.date | None, spellings: Spellings) -> None:
        self._knowledge = knowledge
        self._spellings = spellings
        self._entities = knowledge.entities
        self._date = date
        self._topical: set[str] = set()
        self._known: dict[str, Being] = {}
        self._written: dict[str, Being] = {}
        self._surnames: dict[str, Being | None] = {}

    def gather(self, drafts: Iterable[Draft]) -> dict[int, Being]:
        """Decides who the named drafts are.

        Args:
            drafts: all drafts of the article in order.

        Returns:
            id() of a draft to its being; drafts of a bare surname that means nobody are left out.
        """
        every = list(drafts)
        named = [draft for draft in every if draft.kind == "person"]
        counts: Counter[str] = Counter(draft.country for draft in every if draft.own)
        for draft in named:
            if draft.role and not draft.country and not draft.short and self._is_stranger(draft, counts):
                draft.candidates = ()
        self._topical = {country for country, count in counts.items() if count >= _OFTEN}
        full = {draft.candidates[0]: None for draft in named if draft.candidates and not draft.short}
        found: dict[int, Being] = {}
        for draft in sorted(named, key=lambda draft: draft.short and not draft.role):
            entity = self._choose(draft, full) if draft.candidates else None
            if entity is not None:
                found[id(draft)] = self._known_being(entity, draft)
                full.setdefault(entity.id)
            elif not draft.candidates and not draft.short:
                found[id(draft)] = self._written_being(draft)
        for being in (*self._known.values(), *self._written.values()):
            self._register(being)
        for draft in named:
            later = self._later(draft, found.get(id(draft)))
            if later is not None:
                found[id(draft)] = later
        return found

    def _is_stranger(self, draft: Draft, counts: Mapping[str, int]) -> bool:
        """An officer in news of Iraq alone is no minister of Egypt of that name."""
        for entity_id in draft.candidates:
            entity = self._entities[entity_id]
            if (
                not counts
                or entity.country in counts
                or draft.role in {held.office for held in entity.offices}
            ):
                return False
            if not draft.sector or sector_of(self._knowledge.code_on(entity_id, self._date)) == draft.sector:
                return False
        return bool(draft.candidates)

    def _later(self, draft: Draft, being: Being | None) -> Being | None:
        """Who a draft is once all full names are known; None for a bare surname that means nobody."""
        if draft.short and draft.candidates and draft.role:
            being = self._namesake(draft) or being
        if being is None:
            being = self._by_surname(draft)
        if being is None and draft.rule == "name.unknown":
            being = self._spelt_near(fold_name(draft.name))
        if being is None and not draft.candidates:
            being = self._written_being(draft)
        return being

    def _choose(self, draft: Draft, full: dict[str, None]) -> Entity | None:
        """One of the persons a form may mean: named in full, fitting the title, in office.

        A bare surname that none of this supports is nobody.
        """
        best: Entity | None = None
        best_score = _SUPPORT - 0.1 if draft.short else -1.0
        for rank, entity_id in enumerate(draft.candidates):
            entity = self._entities[entity_id]
            office = self._knowledge.office_on(entity_id, self._date)
            score = -rank / 100
            if entity_id in full:
                score += 4
            if draft.role:
                roles = {held.office for held in entity.offices}
                score += 2 if draft.role in roles else 0.1
                if draft.country:
                    countries = {country_of(held.code) for held in entity.offices} | {entity.country}
                    score += 2 if draft.country in countries else -3
            if office is not None:
                score += _SUPPORT if self._at_home(draft, entity) else 0.5 if score > 0 else 0.0
            if score > best_score:
                best, best_score = entity, score
        return best

    def _at_home(self, draft: Draft, entity: Entity) -> bool:
        """Whether a bare surname that is no common word is of a country the article is about."""
        trait = draft.line.traits[draft.first]
        return entity.country in self._topical and not (trait.known or trait.common or trait.kind)

    def _known_being(self, entity: Entity, draft: Draft) -> Being:
        being = self._known.get(entity.id)
        if being is None:
            being = Being(entity.name, entity.id)
            code = self._knowledge.code_on(entity.id, self._date)
            being.country, being.sector = country_of(code) or entity.country, sector_of(code)
            being.known = self._knowledge.office_on(entity.id, self._date) is not None
            self._known[entity.id] = being
        self._learn(being, draft)
        return being

    def _written_being(self, draft: Draft) -> Being:
        key = fold_name(draft.name)
        being = self._written.get(key)
        if being is None:
            being = self._misspelt(draft, key) or self._spelt_otherwise(draft, key)
        if being is None:
            being = self._written[key] = self._alike(key) or Being(draft.name, "")
        self._learn(being, draft)
        return being

    def _misspelt(self, draft: Draft, key: str) -> Being | None:
        """«الرئيس الروسي فلاديمير بوتن»: the holder of the office when but letters of his surname differ."""
        ours = key.split()
        if len(ours) < 2:
            return None
        if draft.role and draft.country:
            sought, wrong = [(draft.role, draft.country)], _LETTERS_WRONG
        else:
            sought, wrong = [(role, country) for country in sorted(self._topical) for role in _RULERS], 0.2
        for role, country in sought:
            holder = self.holder(role, country)
            if holder is None:
                continue
            theirs = fold_name(holder.name).split()
            if ours[0] == theirs[0] and _near(ours[-1], theirs[-1], wrong):
                self._written[key] = holder
                return holder
        return None

    def _spelt_otherwise(self, draft: Draft, key: str) -> Being | None:
        """«جون مكين»: the one person of the tables with these consonants, of a country that is spoken of."""
        tokens = range(draft.first, draft.last + 1)
        if not any(draft.line.traits[index].foreign > NOT_FOREIGN for index in tokens):
            return None
        alike = [self._entities[entity_id] for entity_id in self._spellings.like(draft.name)]
        if draft.country:
            alike = [entity for entity in alike if entity.country == draft.country]
        else:
            alike = [entity for entity in alike if entity.country in self._topical]
        if len(alike) != 1 or not _near(key.rsplit(maxsplit=1)[-1], fold_name(alike[0].name).split()[-1]):
            return None
        self._written[key] = being = self._known_being(alike[0], draft)
        return being

    def _alike(self, key: str) -> Being | None:
        """«إدوار فيليب» again as «رئيس الوزراء فيليب»: one name is the end of another of the article."""
        for other, being in self._written.items():
            if other.endswith(" " + key) or key.endswith(" " + other):
                return being
        for being in self._known.values():
            if any(fold_name(alias).endswith(" " + key) for alias in being.aliases):
                return being
        return None

    def _learn(self, being: Being, draft: Draft) -> None:
        """Takes over what a title says of somebody; the tables' office on the date has the last word."""
        if draft.name and not draft.short:
            being.aliases.add(draft.name)
        if draft.gender != "c" and being.gender == "c":
            being.gender = draft.gender
        if not draft.role and not draft.sector:
            return
        if not being.role:
            being.role = draft.role
        if not being.known:
            self._learn_standing(being, draft)
        by_words = draft.own and (draft.complement is None or draft.complement.kind == "place")
        if draft.country and (not being.country or (by_words and not being.known)):
            being.country = draft.country

    @staticmethod
    def _learn_standing(being: Being, draft: Draft) -> None:
        if draft.former and (draft.role or draft.sector in OFFICES):
            being.former = True
            being.sector = "ELI"
        elif being.sector in _VAGUE and not being.former and draft.sector:
            being.sector = draft.sector

    def _namesake(self, draft: Draft) -> Being | None:
        """«الجنرال كيم»: somebody else of that surname, whom the article gives this very title."""
        surname = fold_name(draft.name).split()
        for being in (*self._written.values(), *self._known.values()):
            if being.role == draft.role and surname and surname[0] in fold_name(being.name).split():
                return being
        return None

    def _register(self, being: Being) -> None:
        words = fold_name(being.name).split()
        parts = {words[-1], *words[1:-1], *(words[:1] if not being.entity else ())}
        parts.update(fold_name(alias).split()[-1] for alias in being.aliases)
        for part in parts:
            if len(part) < _SHORTEST_SURNAME or part in _COMMON_PARTS:
                continue
            other = self._surnames.get(part)
            # a family name goes before the same word as somebody else's given name
            if other is None or (part == words[-1] and part != fold_name(other.name).split()[-1]):
                self._surnames[part] = being

    def _by_surname(self, draft: Draft) -> Being | None:
        words = fold_name(draft.name).split()
        return self._surnames.get(words[-1]) if words else None

    def surnames(self, line: Line, covered: Sequence[bool]) -> list[Draft]:
        """Bare surnames of the article's persons among the words that no draft covers.

        Args:
            line: the sentence.
            covered: for each token, whether a draft has it.

        Returns:
            Drafts named by the surname.
        """
        surnames = self._surnames
        found: list[Draft] = []
        if not surnames:
            return found
        past = -1
        for index, trait in enumerate(line.traits):
            if covered[index] or not trait.word or index <= past:
                continue
            if trait.kind == "doubtful":
                continue
            if (trait.kind or trait.common) and not (trait.given or trait.surnamelike):
                continue
            for key in line.tokens[index].word.keys:
                text = trait.folded[len(key.proclitics) :]
                being = surnames.get(text) or (
                    self._spelt_near(text) if trait.foreign > NOT_FOREIGN else None
                )
                if being is not None and (trait.given != 1 or key.proclitics):
                    past = self._run(line, index, covered, being)
                    draft = Draft(line, index, past, "person", "surname")
                    draft.proclitic = key.proclitics
                    draft.name = being.name
                    draft.short = True
                    found.append(draft)
                    break
        return found

    def _spelt_near(self, text: str) -> Being | None:
        """The being whose surname a long unknown word spells otherwise: «نيكولسون» for «نيكلسون»."""
        if len(text) < _LONG:
            return None
        for surname, being in self._surnames.items():
            if abs(len(surname) - len(text)) <= 1 and surname[:2] == text[:2] and _near(surname, text, 0.2):
                return being
        return None

    def is_surname(self, draft: Draft) -> bool:
        """Whether a bare group noun («مسلم», «حداد») is the family name of one of the persons."""
        if draft.kind not in {"group", "role"} or draft.last > draft.first or draft.number != "s":
            return False
        if draft.definite or draft.nisba or draft.own:
            return False
        text = fold_name(draft.line.tokens[draft.first].word.text[len(draft.proclitic) :])
        being = self._surnames.get(text)
        return being is not None and fold_name(being.name).split()[-1] == text

    def _run(self, line: Line, index: int, covered: Sequence[bool], being: Being) -> int:
        """The last of the words from a token on that are all parts of one being's name."""
        parts = set(fold_name(being.name).split())
        last = index
        while last + 1 < len(line.tokens) and not covered[last + 1]:
            if line.traits[last + 1].folded not in parts:
                break
            last += 1
        return last

    def being_of(self, draft: Draft) -> Being | None:
        """The being a surname draft stands for."""
        return self._by_surname(draft)

    def holder(self, role: str, country: str) -> Being | None:
        """Who holds an office of a country on the article's date, when the tables know."""
        holders = self._knowledge.holders(role, country, self._date)
        if not holders:
            return None
        entity = self._entities[holders[0]]
        being = self._known.get(entity.id)
        if being is None:
            being = Being(entity.name, entity.id)
            code = self._knowledge.code_on(entity.id, self._date)
            being.country, being.sector, being.role = country_of(code), sector_of(code), role
            self._known[entity.id] = being
        return being

    def bearers(self, role: str, country: str) -> list[Being]:
        """The persons whom the article itself gives a title of a country."""
        every = {id(being): being for being in (*self._known.values(), *self._written.values())}
        return [
            being
            for being in every.values()
            if being.role == role and being.country == country and (being.aliases or not being.entity)
        ]

    def entity(self, entity_id: str) -> Entity | None:
        """An entity of the tables by its id."""
        return self._entities.get(entity_id)

    def code(self, entity_id: str) -> str:
        """The code of somebody of the tables on the article's date."""
        return self._knowledge.code_on(entity_id, self._date)

    def offices(self, being: Being) -> set[str]:
        """Ids of the roles somebody has: by his title in the article and by the tables on its date."""
        roles = {being.role} if being.role else set()
        office = self._knowledge.office_on(being.entity, self._date) if being.entity else None
        if office is not None:
            roles.add(office.office)
        return roles
