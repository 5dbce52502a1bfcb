"""Groups and bodies: «الشرطة», «5 أشخاص», «عشرات المتظاهرين», «طائرات روسية وسورية», «الفلسطينيون»."""

from __future__ import annotations

from typing import Final

from khabar.knowledge import Knowledge
from khabar.knowledge.model import Hit
from khabar.mentions.draft import NO_STATE, Draft, Line, country_of, form_of, sector_of
from khabar.mentions.phrases import Phrases
from khabar.mentions.signs import counted, demonym_of, modifies
from khabar.mentions.titles import Titles, christen

_LAND: Final = "grp.country"
"""«البلاد»: the land where things happen, by grammar a plural."""

_STATES: Final = frozenset({_LAND, "grp.state", "grp.government"})
"""Nouns for states, of which «الدول الثلاث» are three named before."""


class Groups:
    """Parses groups, bodies and words of nationality."""

    def __init__(self, knowledge: Knowledge, phrases: Phrases, titles: Titles) -> None:
        self._entities = knowledge.entities
        self._phrases = phrases
        self._titles = titles

    def group(self, line: Line, index: int) -> list[Draft]:
        """The group or body at a token, and others that share its head.

        Args:
            line: the sentence.
            index: where the head stands.

        Returns:
            One draft, several for a compound, none when no head stands there.
        """
        draft = self._phrases.phrase(line, index)
        if draft is None:
            return []
        draft.rule = "organisation" if draft.entity else "group"
        if draft.key in _STATES and _lands(line, draft):
            return [draft]
        inner = draft.complement
        if draft.sector == "UNK" and draft.subkind == "side":
            if inner is not None and not draft.definite:
                return []  # «إلى جانب مصر», «من جانب الرئيس»: no side, but who follows
            draft.sector = "GOV" if draft.own else "UNK"
        if inner is not None and inner.kind == "role" and inner.last == draft.last:
            named = self._titles.name_behind(line, inner)  # «قوات الرئيس السوري بشار الأسد»
            if named is not None:
                draft.last = named.last
        if draft.kind == "group" and draft.number == "s" and draft.definite:
            named = self._titles.name_behind(line, draft)  # «السجين رضوان فايد»
            if named is not None and (named.entities or line.traits[named.first].given):
                christen(draft, named)
                return [draft]
        more = self._phrases.coordinated(line, draft)
        return [counted(line, draft), *more]

    def unnamed(self, line: Line, index: int) -> list[Draft]:
        """People that only their number or «others» tells of: «20 آخرين», «قتل العشرات», «أصيب خمسة».

        Args:
            line: the sentence.
            index: the word of number or «آخرون».

        Returns:
            The draft, or nothing where the word counts something else.
        """
        trait = line.traits[index]
        draft = Draft(line, index, index, "group", "unnamed")
        draft.sector, draft.number, draft.definite = "CVL", "p", trait.article
        draft.proclitic = trait.proclitics
        if trait.kind == "other":
            text = line.tokens[index].word.text
            if text.endswith(("ون", "ين")) and (not index or line.traits[index - 1].kind != ""):
                return [counted(line, draft)]
            return []
        if trait.value == "many" and trait.article and not _counts_on(line, index + 1):
            return [draft]
        if trait.kind == "number" and _harmed(line, index) and not _counts_on(line, index + 1):
            return [draft]
        return []

    def people(self, line: Line, hit: Hit) -> list[Draft]:
        """A word of nationality: people («الروس», «عشرة أفغان») or an adjective («غارة إسرائيلية»).

        Args:
            line: the sentence.
            hit: the word.

        Returns:
            A draft, and one for each adjective joined to it by «و»; none for an adjective of no state.
        """
        entity = self._entities[hit.entity]
        draft = Draft(line, hit.first, hit.last, "group", "people")
        draft.number, draft.gender = form_of(hit)
        draft.proclitic = hit.proclitics
        draft.definite = line.traits[hit.first].article
        draft.key = entity.id
        if entity.kind == "country":
            draft.country = entity.country
            draft.entity = entity.id
        elif entity.kind == "group":
            draft.country = entity.country
            if entity.subkind == "supranational" and _are_people(line, hit):
                draft.country = NO_STATE  # «مهاجرون + أفارقة», «الغربيون»
        else:
            draft.country, draft.sector = country_of(entity.code), sector_of(entity.code)
            draft.entity = entity.id
        draft.own = bool(draft.country)
        if not draft.country and _is_adverb(line, hit):
            return []
        adjective = modifies(line, hit)
        if adjective or (hit.form in {"fs", "fd"} and draft.definite):
            if not draft.country:
                return []
            draft.nisba = True
            draft.rule = "nisba" if adjective else "nisba.elliptic"
            if not draft.sector:
                draft.sector = "MIL" if adjective and line.traits[hit.first - 1].arms else "GOV"
            return [draft, *self._phrases.coordinated(line, draft)]
        draft.sector = draft.sector or "CVL"
        self._narrowed(line, draft)
        return [counted(line, draft)]

    def _narrowed(self, line: Line, draft: Draft) -> None:
        """«مسيحيا + قبطيا + مصريا»: more words of nationality or faith behind a first that has no state."""
        while True:
            hits = line.at.get(draft.last + 1)
            nisba = demonym_of(hits) if hits else None
            if nisba is None or nisba.proclitics or line.traits[nisba.first].article != draft.definite:
                return
            entity = self._entities[nisba.entity]
            if draft.own and entity.country and entity.country != draft.country:
                return
            if entity.country:
                draft.country, draft.own = entity.country, True
            draft.last = nisba.last


def _is_adverb(line: Line, hit: Hit) -> bool:
    """«دوليا», «عربيا»: in which respect, unless a number counts them («20 مسيحيا»)."""
    before = line.traits[hit.first - 1].kind if hit.first else ""
    return line.tokens[hit.first].word.text.endswith("يا") and before not in {"number", "quantifier"}


def _lands(line: Line, draft: Draft) -> bool:
    """Makes «البلاد» the place it is and «الدول الثلاث» the states named before; whether it is either."""
    if draft.number != "p" or not draft.definite or draft.own:
        return False
    number = _counted(line, draft)
    if number:
        draft.rule, draft.key = "follow.several", number
        draft.last += 1
        return True
    if draft.key == _LAND:  # «دخلوا البلاد»
        draft.kind, draft.rule, draft.sector = "place", "place.locative", ""
        return True
    return False


def _counted(line: Line, draft: Draft) -> str:
    """The figure of the word of number right behind a noun: «الدول + الثلاث», "" for none."""
    if draft.last + 1 >= len(line.traits):
        return ""
    trait = line.traits[draft.last + 1]
    return trait.value if trait.kind == "number" and trait.article and trait.value.isdigit() else ""


def _are_people(line: Line, hit: Hit) -> bool:
    """Whether a word for people of no one state stands by itself: a plural that describes no noun."""
    return hit.form == "mp" and not modifies(line, hit)


def _counts_on(line: Line, index: int) -> bool:
    """Whether a word of number goes on to say what it counts: no preposition, verb or mark follows."""
    if index >= len(line.traits):
        return False
    trait = line.traits[index]
    if trait.kind == "other":
        return True
    if not trait.word or trait.kind in {"stop", "locative", "link"}:
        return line.tokens[index].word.norm == "من"
    return not trait.common


def _harmed(line: Line, index: int) -> bool:
    """Whether a casualty word stands before: «مقتل 5», «وإصابة 20»."""
    return bool(index) and line.traits[index - 1].kind == "harm"
