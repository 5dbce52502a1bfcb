"""One pass over a sentence: where something begins that may be an actor or a place, and what it is."""

from __future__ import annotations

from khabar.knowledge import Knowledge
from khabar.knowledge.model import Hit
from khabar.mentions.draft import Draft, Line, country_of
from khabar.mentions.groups import Groups
from khabar.mentions.lexicon import COUNTING, FOLLOWERS
from khabar.mentions.names import Names
from khabar.mentions.phrases import Phrases
from khabar.mentions.signs import demonym_of, modifies
from khabar.mentions.titles import Titles, christen


class Scanner:
    """Turns a laid-out sentence into drafts, in order, none inside another."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._entities = knowledge.entities
        self._names = Names(knowledge)
        self._phrases = Phrases(knowledge, self._names)
        self._titles = Titles(knowledge, self._names, self._phrases)
        self._groups = Groups(knowledge, self._phrases, self._titles)

    def scan(self, line: Line) -> list[Draft]:
        """All drafts of a sentence.

        Args:
            line: the sentence.

        Returns:
            Drafts by position; what other text must decide (country, antecedent) is still open.
        """
        found: list[Draft] = []
        at = line.at
        past = -1
        for index, trait in enumerate(line.traits):
            if index <= past or not (trait.begins or index in at):
                continue
            hits = at.get(index)
            drafts = self._begun(line, index, hits, found)
            if hits and (drafts or len(hits) == 1):
                past = hits[0].last
            if drafts:
                past = max(past, drafts[-1].last)
                if not (found and _same_place(found[-1], drafts[0])):
                    found.extend(drafts)
        return found

    def _begun(self, line: Line, index: int, hits: list[Hit] | None, found: list[Draft]) -> list[Draft]:
        """What begins at a token, given the drafts before it."""
        trait = line.traits[index]
        if trait.kind in FOLLOWERS and not (trait.kind == "realm" and hits and hits[0].last > index):
            return self._follower(line, index)
        if hits:
            return self._from_hits(line, index, hits)
        if trait.kind in COUNTING:
            return self._groups.unnamed(line, index)
        listed = bool(found) and found[-1].kind == "person" and found[-1].last == index - 1
        named = self._names.unknown(line, index, titled=False, listed=listed)
        named = named or self._names.said(line, index)
        return [self._titles.named(line, named)] if named is not None else []

    def _from_hits(self, line: Line, index: int, hits: list[Hit]) -> list[Draft]:
        entities = self._entities
        if line.traits[index].given == 2 and not hits[0].proclitics:
            named = self._names.unknown(line, index, titled=False)
            if named is not None and named.last > hits[0].last:
                return [self._titles.named(line, named)]
        known = self._names.known(line, index)
        if known is not None and not self._rather_title(line, hits):
            return [self._titles.named(line, self._titles.longer(line, known))]
        for hit in hits:
            kind = entities[hit.entity].kind
            if hit.kind == "demonym":
                state = self._state_of(line, hits, hit)
                return [self._place(line, state)] if state else self._groups.people(line, hit)
            if kind == "role":
                return self._titles.titled(line, index)
            if kind in {"group", "organisation", "outlet"}:
                return self._groups.group(line, index)
        return (
            []
            if _misread_place(line, hits[0], entities[hits[0].entity].kind)
            else [self._place(line, hits[0])]
        )

    def _state_of(self, line: Line, hits: list[Hit], nisba: Hit) -> Hit | None:
        """«السعودية» is the state where it is no adjective of the noun before it, «في تيغراي» the region."""
        for hit in hits:
            kind = self._entities[hit.entity].kind
            if hit.kind == "name" and (kind == "country" or (kind == "place" and _placed(line, hit))):
                return None if modifies(line, nisba) else hit
        return None

    def _rather_title(self, line: Line, hits: list[Hit]) -> bool:
        """«الشيخ» is a title before it is somebody's surname, unless the article names him in full."""
        hit = hits[0]
        if hit.last > hit.first or any(each.entity in line.vouched for each in hits):
            return False
        return any(self._entities[each.entity].kind in {"role", "group"} for each in hits)

    def _place(self, line: Line, hit: Hit) -> Draft:
        """A country or place; behind a preposition of place it is where, not who."""
        draft = self._phrases.place(line, hit)
        where = "in" if "ب" in hit.proclitics else ""
        if not where and hit.first and not hit.proclitics:
            before = line.traits[hit.first - 1]
            if before.kind in {"locative", "link"}:
                where = before.value
        if where in {"in", "at"} or not draft.sector:
            draft.rule = "place.locative"
        else:
            draft.rule = "place.from" if where in {"from", "of", "to"} else "place.state"
        return draft

    def _follower(self, line: Line, index: int) -> list[Draft]:
        """«نظيره», «بلاده», «الجانبان», «الأخير»: what they stand for is settled later."""
        trait = line.traits[index]
        draft = Draft(line, index, index, "role", f"follow.{trait.kind}")
        draft.proclitic = trait.proclitics
        draft.key = trait.value
        draft.definite = True
        hits = line.at.get(index + 1)
        nisba = demonym_of(hits) if hits else None
        if nisba is not None and not nisba.proclitics:
            entity = self._entities[nisba.entity]
            draft.country = entity.country or country_of(entity.code)
            draft.sector = "GOV"
            draft.own = True
            draft.last = nisba.last
        if trait.kind == "counterpart":
            draft.number = "d" if trait.value == "d" else "p" if trait.value == "p" else "s"
            named = self._titles.name_behind(line, draft)
            if named is not None:
                christen(draft, named)
        elif trait.kind in {"home", "homes"}:
            draft.kind = "place"
            draft.sector = "GOV"
        elif trait.kind == "pair":
            draft.number = "d"
            if draft.own:
                draft.rule = "pair"
                draft.kind = "organisation"
                return [draft, *self._phrases.coordinated(line, draft)]
        elif trait.kind == "last":
            if index and line.traits[index - 1].article and not trait.proclitics:
                return []  # «الآونة الأخيرة» is an adjective
            draft.gender = "f" if trait.value == "f" else "m"
        return [draft]


def _misread_place(line: Line, hit: Hit, kind: str) -> bool:
    """A common word that is a place too («كان», «صور», «الجديدة») is one only behind a word of place."""
    trait = line.traits[hit.first]
    if hit.last > hit.first or kind != "place" or trait.kind == "locative":
        return False
    # «غزة» ends as common words do, but nothing reads it as one
    read = trait.known or (trait.common and bool(line.tokens[hit.first].word.verbs))
    if not (trait.kind or trait.frequent or hit.kind == "short" or read):
        return False
    before = line.traits[hit.first - 1] if hit.first else None
    if before is not None and before.kind == "locative" and before.value == "at":
        return False
    if trait.kind or trait.frequent or (hit.kind == "short" and not trait.article):
        return True
    return not _placed(line, hit)


def _placed(line: Line, hit: Hit) -> bool:
    """Whether a word of place or a preposition that may be one stands before."""
    before = line.traits[hit.first - 1] if hit.first else None
    return hit.proclitics.endswith("ب") or (before is not None and before.kind in {"locative", "link"})


def _same_place(before: Draft, draft: Draft) -> bool:
    """Joins «العاصمة الإيرانية» and «طهران» into one place; whether it did."""
    if before.kind != "place" or draft.kind != "place" or before.last + 1 != draft.first or draft.proclitic:
        return False
    if before.country != draft.country or draft.subkind != "capital":
        return False
    before.last, before.entity = draft.last, draft.entity
    return True
