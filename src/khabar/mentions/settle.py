"""What a phrase leaves open, settled in reading order by what the article has said before."""

from __future__ import annotations

from typing import Final

from khabar.mentions.country import Context
from khabar.mentions.draft import NO_STATE, Draft, country_of, sector_of
from khabar.mentions.follow import Following
from khabar.mentions.lexicon import Lexicon
from khabar.mentions.people import OFFICES, Being, People

_KIN: Final = frozenset({"grp.husband", "grp.son-daughter", "grp.siblings", "grp.relatives", "grp.family"})
"""Nouns of kin: the family of somebody named has a standing, but no office."""

_DUAL_PERSONS: Final = frozenset({"leader", "president", "minister", "foreign-minister", "head-of-state"})
"""Titles whose dual stands for two persons named before: «الزعيمان», «الرئيسان», «الوزيران»."""


_DEFAULTS: Final = {"agency": "JRN", "movement": "REB"}
"""Sector of a body whose noun leaves it open, by its sort; GOV for all others."""

_ANYBODY: Final = frozenset(
    {
        "grp.man",
        "grp.men",
        "grp.people",
        "grp.youth",
        "grp.woman",
        "grp.women",
        "grp.individual",
        "grp.drivers",
    }
)
"""Nouns for anybody, of whom only the sentence tells more."""

_STATE: Final = "grp.state"

_ELSEWHERE: Final = frozenset({"grp.migrants", "grp.refugees", "grp.asylum-seekers"})
"""Nouns for people who are not of the country where they are."""

_NOBODY: Final = frozenset({"", "CVL"})
"""Sectors of those of whom the article says nothing else."""

_NEAR: Final = 6
"""Tokens on either side in which a word of guilt is about somebody."""


def guilty(draft: Draft) -> bool:
    """Whether a word of guilt («متهم», «بتهمة», «السجن») stands near a draft."""
    traits = draft.line.traits
    before = traits[draft.first - 1].value if draft.first else ""
    if before == "hurt":
        return False  # «أدين بقتل رجل»: the victim
    if before == "arrest" and draft.rule == "people" and draft.quantified:
        return True  # «اعتقال 14 إيرانيا»
    first = max(0, draft.first - _NEAR)
    return any(trait.kind == "guilt" for trait in traits[first : draft.last + 1 + _NEAR])


class Settler:
    """Settles the drafts of one article."""

    def __init__(self, people: People, context: Context, beings: dict[int, Being], lexicon: Lexicon) -> None:
        """Takes what is known of the article as a whole.

        Args:
            people: its persons.
            context: its countries.
            beings: id() of a draft to who it is.
            lexicon: the room's own tables.
        """
        self._people = people
        self._context = context
        self._beings = beings
        self._following = Following(people, context, lexicon)
        self._compounds = 0
        self._suspects: set[str] = set()

    def settle(self, scanned: list[list[Draft]]) -> list[Draft]:
        """Settles drafts.

        Args:
            scanned: the drafts of each sentence, in order.

        Returns:
            All that came to mean somebody, in order; compounds are several drafts of one span.
        """
        settled: list[Draft] = []
        note = self._context.note
        self._accuse(scanned)
        for drafts in scanned:
            for draft in drafts:
                for each in self._one(draft, drafts):
                    note(each)
                    settled.append(each)
        return settled

    def _accuse(self, scanned: list[list[Draft]]) -> None:
        """Whom the article tells nothing of but a guilt is a suspect from the headline on."""
        for drafts in scanned:
            for draft in drafts:
                if draft.kind == "person":
                    being = self._beings.get(id(draft)) or self._people.being_of(draft)
                    if being is not None and being.sector in _NOBODY and not being.known and guilty(draft):
                        being.sector = "CRM"
                elif draft.rule == "people" and draft.number == "s" and guilty(draft):
                    self._suspects.add(draft.key)

    def _one(self, draft: Draft, sentence: list[Draft]) -> list[Draft]:
        if draft.kind == "person":
            return self._person(draft, sentence)
        if draft.rule.startswith("follow."):
            return self._follower(draft)
        if draft.kind == "place":
            if draft.candidates:
                self._following.place(draft)
            elif not draft.country:
                draft.country = self._context.country(draft, sentence)
            return [draft]
        if not draft.own:
            self._following.inner(draft)
        made = self._role(draft, sentence) if draft.kind == "role" else self._body(draft, sentence)
        for each in made:
            if not each.sector and each.kind != "place":
                each.sector = _DEFAULTS.get(each.subkind, "GOV" if each.kind != "group" else "")
        return made

    def _body(self, draft: Draft, sentence: list[Draft]) -> list[Draft]:
        """A group or body: what it takes up, else the country of its context."""
        if draft.key in _KIN and draft.complement is not None and draft.complement.kind == "person":
            draft.sector = "ELI"
        self._placed(draft)
        if draft.kind in {"group", "organisation"} and not draft.own and not self._taken_up(draft):
            draft.country = self._context.country(draft, sentence)
        if draft.sector == "CVL" and (draft.rule == "people" or draft.key in _ANYBODY):
            self._suspect(draft)
        return [draft]

    def _taken_up(self, draft: Draft) -> bool:
        """Whether a general noun stands for a body named before, or one that the article is about."""
        following = self._following
        if following.standing(draft):
            return True
        if not draft.definite or draft.nisba:
            return False
        return (draft.number != "p" and following.organisation(draft)) or following.again(draft)

    def _suspect(self, draft: Draft) -> None:
        """«رجل», «14 إيرانيا» beside a word of guilt are suspects, and stay so when they come again."""
        if draft.definite and draft.key in self._suspects:
            draft.sector = "CRM"
        elif guilty(draft):
            draft.sector = "CRM"
            self._suspects.add(draft.key)

    def _person(self, draft: Draft, sentence: list[Draft]) -> list[Draft]:
        being = self._beings.get(id(draft)) or self._people.being_of(draft)
        if being is None:
            return []
        if not being.sector:
            being.sector = "CRM" if guilty(draft) else "CVL"
        if not being.country:
            being.country = self._context.country(draft, sentence)
        self._following.settle_person(draft, being)
        return [draft]

    def _follower(self, draft: Draft) -> list[Draft]:
        following = self._following
        if draft.rule == "follow.realm":
            self._compounds += 1
            return following.realm(draft, self._compounds)
        if draft.rule == "follow.home":
            following.home(draft)
        elif draft.rule == "follow.several":
            self._compounds += 1
            return following.several(draft, int(draft.key), self._compounds)
        elif draft.rule in {"follow.homes", "follow.pair"}:
            self._compounds += 1
            if draft.rule == "follow.homes":
                draft.key = "state"
            made = following.pair(draft, persons=False, group=self._compounds)
            return made if len(made) > 1 else []
        elif draft.rule == "follow.counterpart":
            following.counterpart(draft)
        else:
            following.last_named(draft)
        return [draft] if draft.country else []

    def _placed(self, draft: Draft) -> None:
        """Those whose country or sector is not that of where they are."""
        if draft.subkind == "source" and draft.sector == "UNK":
            self._source(draft)
        elif draft.subkind == "armed" and draft.sector == "UNK" and draft.number == "p":
            # «المسلحون» of a war; «مسلحون» may be anybody
            draft.sector = "REB" if draft.definite or draft.own else "UNK"
        if draft.own:
            return
        if draft.key in _ELSEWHERE:
            draft.country, draft.own = self._context.people(), True
        elif draft.key == _STATE and draft.number == "p" and not draft.definite:
            draft.country, draft.own = NO_STATE, True  # «دول أخرى»

    def _source(self, draft: Draft) -> None:
        """«مصدر تركي» speaks for his state, «مصدر مقرب من ماكرون» for whom he is close to."""
        owner = draft.complement
        if owner is not None and owner.kind == "person" and not draft.own:
            self._serve(draft, owner)
        if draft.own:
            draft.sector = "GOV"

    def _serve(self, draft: Draft, owner: Draft) -> None:
        """«محامي سعيدوف», «المتحدث باسم ليندرمان»: who serves somebody of the article is of his country."""
        being = self._people.being_of(owner)
        code = f"{being.country} {being.sector}" if being is not None and being.country else ""
        if not code and owner.candidates:
            code = self._people.code(owner.candidates[0])
        if code:
            draft.country, draft.own = country_of(code), True
            draft.sector = draft.sector or sector_of(code)

    def _role(self, draft: Draft, sentence: list[Draft]) -> list[Draft]:
        owner = draft.complement
        if owner is not None and owner.kind == "person" and not draft.own:
            self._serve(draft, owner)
        bare = owner is None and not draft.own and draft.definite
        if draft.number == "d" and bare and draft.role in _DUAL_PERSONS:
            self._compounds += 1
            made = self._following.pair(draft, persons=True, group=self._compounds)
            if len(made) > 1:
                return made
        if self._following.title(draft):
            return [draft]
        if not draft.country and not self._following.again(draft):
            draft.country = self._context.country(draft, sentence)
            if draft.definite and self._following.title(draft):
                return [draft]
        if draft.former and draft.sector in OFFICES:
            draft.sector = "ELI"
        return [draft]
