"""Words that stand for somebody named elsewhere: «الرئيس», «نظيره», «البلدان», «بلاده», «الحركة»."""

from __future__ import annotations

from typing import Final

from khabar.mentions.country import Context
from khabar.mentions.draft import NO_STATE, SECTORLESS, Draft, country_of, sector_of
from khabar.mentions.lexicon import Lexicon
from khabar.mentions.people import Being, People
from khabar.mentions.phrases import YIELDING

_REACH: Final = 12
"""Drafts looked back over for the owner of a country."""

_NONE: Final[frozenset[str]] = frozenset()
_SIDES: Final = frozenset({"", "GOV", "MIL", "REB", "PRM", "LEG", "PTY", "OPP", "SPY", "UAF"})
"""Sectors of those who can be one of «الجانبان»: powers, not journalists, civilians or companies."""

_ACTING: Final = frozenset({"person", "role", "organisation"})


class Following:
    """Resolves the following words of one article, in reading order."""

    def __init__(self, people: People, context: Context, lexicon: Lexicon) -> None:
        """Takes what is known of the article.

        Args:
            people: its persons.
            context: its countries and what was mentioned before.
            lexicon: the room's own tables.
        """
        self._sorts = lexicon.sorts
        self._families = lexicon.families
        self._standing = lexicon.standing
        self._people = people
        self._context = context
        self._persons: list[tuple[Being, Draft]] = []

    def note_person(self, being: Being, draft: Draft) -> None:
        """Remembers that somebody was mentioned."""
        self._persons.append((being, draft))

    def settle_person(self, draft: Draft, being: Being) -> None:
        """Writes a being's particulars into a draft."""
        draft.kind = "person"
        draft.entity = being.entity
        draft.name = being.name
        draft.country = being.country
        draft.sector = being.sector
        if draft.gender == "c" and being.gender != "c":
            draft.gender = "f" if being.gender == "f" else "m"
        self.note_person(being, draft)

    def title(self, draft: Draft) -> bool:
        """A title without a name: who bears it, by the article or by the tables.

        Returns:
            Whether somebody was found; the draft is settled then.
        """
        if draft.number != "s" or not (draft.definite or draft.own):
            return False
        being = self._antecedent(draft) or self._named_later(draft)
        if being is None and draft.country and not draft.former:
            being = self._people.holder(draft.role, draft.country)
            if being is not None and draft.complement is not None and draft.sector not in {"", being.sector}:
                being = None  # «زعيم حزب» is no holder of the state's leadership
        if being is None:
            return False
        draft.resolved = True
        draft.rule = "follow.title"
        self.settle_person(draft, being)
        return True

    def _antecedent(self, draft: Draft) -> Being | None:
        if not draft.definite and draft.complement is None:
            return None
        for being, _ in reversed(self._persons):
            if draft.own and being.country != draft.country:
                continue
            if draft.complement is not None and draft.sector not in {"", being.sector}:
                continue
            if (draft.gender == "f" and being.gender == "m") or (draft.former and not being.former):
                continue
            if self._bears(being, draft.role):
                return being
        return None

    def _named_later(self, draft: Draft) -> Being | None:
        """«إعلامية بحرينية» in the headline: the only one of that title and country whom the body names."""
        if not draft.own or not (draft.definite or draft.line.sentence.kind == "title"):
            return None
        named = self._people.bearers(draft.role, draft.country)
        if len(named) != 1 or (draft.former and not named[0].former):
            return None
        if draft.sector not in {"", named[0].sector} or {draft.gender, named[0].gender} == {"m", "f"}:
            return None
        return named[0]

    def _bears(self, being: Being, role: str) -> bool:
        """Whether a title of somebody's is this one or of its family: «الوزير» for a foreign minister."""
        roles = self._people.offices(being)
        return role in roles or bool(self._families.get(role, _NONE) & roles)

    def counterpart(self, draft: Draft) -> None:
        """«نظيره الصيني»: who has the office of the one just named, in the other country."""
        if not draft.country:
            return
        role = ""
        for other in reversed(self._context.before):
            if other.country in {"", draft.country} or other.nisba or other.kind == "place":
                continue
            if other.kind == "person":
                role = next((being.role for being, seen in reversed(self._persons) if seen is other), "")
            elif other.kind == "role":
                role = other.role
            draft.sector = other.sector or draft.sector
            break
        held = self._of_country(role, draft.country) if role else None
        draft.resolved = True
        if held is not None:
            self.settle_person(draft, held)
        else:
            draft.role = role

    def _of_country(self, role: str, country: str) -> Being | None:
        """Who has an office, or one of its family, in a country: by the article, then by the tables."""
        for being, _ in reversed(self._persons):
            if being.country == country and self._bears(being, role):
                return being
        named = self._people.bearers(role, country)
        if len(named) == 1:
            return named[0]  # whom the article names later
        held = self._people.holder(role, country)
        if held is not None:
            return held
        # a king stands for a president, but no minister for another: of a family one alone must be in office
        family = (self._people.holder(title, country) for title in sorted(self._families.get(role, _NONE)))
        holders = {being.entity: being for being in family if being is not None}
        return holders.popitem()[1] if len(holders) == 1 else None

    def home(self, draft: Draft) -> None:
        """«بلاده»: the country of the one named last, of a single person before all others."""
        draft.resolved = True
        others = [
            other
            for other in self._context.before[-_REACH:]
            if other.kind in _ACTING and other.country and other.country not in SECTORLESS
        ]
        single = [other for other in others if other.kind != "organisation" and other.number == "s"]
        if others:
            draft.country = (single or others)[-1].country

    def last_named(self, draft: Draft) -> None:
        """«الأخير»: the one named last that agrees."""
        for other in reversed(self._context.before):
            if other.nisba or not other.country:
                continue
            state = other.kind == "place" and draft.gender == "f" and bool(other.sector)
            if (other.kind == "person" or state) and other.gender in {draft.gender, "c"}:
                draft.kind = other.kind
                draft.entity, draft.name = other.entity, other.name
                draft.country, draft.sector = other.country, other.sector
                draft.resolved = True
                return

    def pair(self, draft: Draft, *, persons: bool, group: int) -> list[Draft]:
        """«الجانبان», «البلدين», «الزعيمان»: the two named last that differ in country.

        «البلدان» are states, and of those named before the two that the article speaks of most.

        Args:
            draft: the dual word.
            persons: only persons will do («الزعيمان», «الوزيران»).
            group: number for the compound.

        Returns:
            Two drafts over the same words, or the draft itself when two were not to be found.
        """
        state = draft.key == "state"
        seen = self._two(persons=persons, state=state)
        if len(seen) < 2:
            return [draft]
        made = []
        for other in reversed(seen):
            twin = draft.twin()
            twin.group = group
            twin.resolved = True
            if state or (not persons and other.kind != "person"):
                twin.kind = "place"
                twin.country, twin.sector = other.country, "GOV"
                if draft.key != "state" and other.kind == "organisation":
                    twin.sector, twin.entity = other.sector, other.entity
            else:
                twin.kind = "person"
                twin.entity, twin.name = other.entity, other.name
                twin.country, twin.sector = other.country, other.sector
            made.append(twin)
        return made

    def several(self, draft: Draft, size: int, group: int) -> list[Draft]:
        """«الدول الثلاث»: of the states named before those that the article speaks of most.

        Args:
            draft: the noun with its number.
            size: how many states it stands for.
            group: number for the compound.

        Returns:
            A draft for each state; the draft itself, of no one state, when too few were named.
        """
        draft.kind, draft.sector, draft.own, draft.resolved = "place", "GOV", True, True
        counts = self._context.focus.counts
        named = {other.country: None for other in self._context.before if other.country in counts}
        states = sorted(named, key=lambda country: -counts[country])[:size]
        if len(states) < size:
            draft.country, draft.resolved = NO_STATE, False
            return [draft]
        made = []
        for state in states:
            twin = draft.twin()
            twin.country, twin.group = state, group
            made.append(twin)
        return made

    def _two(self, *, persons: bool, state: bool) -> list[Draft]:
        """Those that a dual word may stand for, at most two, of different countries."""
        seen: list[Draft] = []
        for other in reversed(self._context.before):
            if not other.country or (state and other.country in SECTORLESS):
                continue
            if persons and other.kind != "person":
                continue
            if not persons and ((other.kind == "group" and not other.entity) or other.sector not in _SIDES):
                continue
            if all(known.country != other.country for known in seen):
                seen.append(other)
            if len(seen) == 2 and not state:
                break
        if not state:
            return seen
        counts = self._context.focus.counts
        return sorted(seen, key=lambda other: -counts.get(other.country, 0.0))[:2]

    def organisation(self, draft: Draft) -> bool:
        """«الحركة», «التنظيم», «الوزارة»: the body of that sort named before.

        Returns:
            Whether one was found.
        """
        noun = _noun(draft)
        if draft.last != draft.head or draft.own:
            return False
        sorts = self._sorts.get(draft.subkind, _NONE)
        for other in reversed(self._context.before):
            if other is draft or other.kind != "organisation" or not other.country:
                continue
            if other.entity and other.subkind in sorts:
                self._take(draft, other)
                return True
            if _noun(other) == noun and (other.last > other.head or other.resolved):
                self._take(draft, other)
                return True
        return False

    def place(self, draft: Draft) -> None:
        """«طرابلس»: of several places of one name that of the country the article is about."""
        counts = self._context.focus.counts
        best = -1.0
        for entity_id in draft.candidates:
            entity = self._people.entity(entity_id)
            if entity is not None and counts.get(entity.country, 0.0) > best:
                best = counts.get(entity.country, 0.0)
                draft.entity, draft.country, draft.own = entity.id, entity.country, True

    def again(self, draft: Draft) -> bool:
        """«المصدر», «المسؤول»: the unnamed one introduced before by the same noun («مصدر عسكري سوري»).

        Returns:
            Whether one was found.
        """
        if not draft.definite or draft.own or draft.complement is not None or draft.last > draft.head:
            return False
        noun = _noun(draft)
        for other in reversed(self._context.before):
            if other.kind != draft.kind or other.number != draft.number or not other.country:
                continue
            if _noun(other) == noun and (
                not other.definite or other.complement is not None or other.resolved
            ):
                draft.country, draft.sector = other.country, other.sector
                draft.resolved = True
                draft.rule = "follow.again"
                return True
        return False

    def inner(self, draft: Draft) -> None:
        """«عناصر + التنظيم», «قيادي في + الحركة»: a general noun inside a phrase lends what it stands for."""
        inner = draft.complement
        if inner is None or inner.own or not inner.definite or inner.kind not in {"group", "organisation"}:
            return
        if self.standing(inner) or self.organisation(inner):
            draft.country, draft.own = inner.country, True
            if draft.sector in YIELDING:
                draft.sector, draft.entity = inner.sector, "" if draft.kind == "role" else inner.entity

    def standing(self, draft: Draft) -> bool:
        """«التحالف» in news of Yemen: the body that the noun stands for there.

        Returns:
            Whether the tables name one and the article is about its country.
        """
        for country, entity_id in self._standing.get(draft.key, ()):
            if country in self._context.focus.counts:
                entity = self._people.entity(entity_id)
                if entity is None:
                    return False
                draft.entity, draft.kind, draft.subkind = entity_id, "organisation", entity.subkind
                draft.country, draft.sector = country_of(entity.code), sector_of(entity.code)
                draft.own = draft.resolved = True
                draft.rule = "follow.standing"
                return True
        return False

    @staticmethod
    def _take(draft: Draft, other: Draft) -> None:
        draft.entity, draft.country, draft.sector = other.entity, other.country, other.sector
        draft.kind, draft.subkind = "organisation", other.subkind
        draft.own = draft.resolved = True
        draft.rule = "follow.organisation"

    def realm(self, draft: Draft, group: int) -> list[Draft]:
        """«المملكة», «الكوريتان»: the state, or states, of the noun that the article is about.

        Args:
            draft: the noun; its `key` has the codes of the states.
            group: number for a compound.

        Returns:
            One draft, or two for a dual.
        """
        codes = draft.key.split(" ")
        draft.kind, draft.sector, draft.own, draft.resolved = "place", "GOV", True, True
        if draft.line.tokens[draft.head].word.norm.endswith(("ين", "ان")):
            made = []
            for code in codes:
                twin = draft.twin()
                twin.country, twin.group = code, group
                made.append(twin)
            return made
        counts = self._context.focus.counts
        draft.country = max(codes, key=lambda code: (counts.get(code, 0), -codes.index(code)))
        return [draft]


def _noun(draft: Draft) -> str:
    """The head noun without article and proclitics, in normal form."""
    token = draft.line.tokens[draft.head]
    proclitic = draft.proclitic if draft.head == draft.first else ""
    return token.word.norm[len(proclitic) :].removeprefix("ال")
