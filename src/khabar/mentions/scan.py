"""One pass over a sentence: where something begins that may be an actor or a place, and what it is."""

from __future__ import annotations

from typing import Final

from khabar.knowledge import Knowledge
from khabar.knowledge.model import Hit
from khabar.mentions.draft import Draft, Line, country_of, form_of, sector_of
from khabar.mentions.names import Named, Names
from khabar.mentions.phrases import Phrases

_COMMAS: Final = frozenset({"،", ",", "-", "–", "—"})
_FOLLOWERS: Final = frozenset({"counterpart", "home", "homes", "pair", "last"})
_BEFORE_GROUP: Final = frozenset({"quantifier", "number", "approximate"})


class Scanner:
    """Turns a laid-out sentence into drafts, in order, none inside another."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._entities = knowledge.entities
        self._names = Names(knowledge)
        self._phrases = Phrases(knowledge, self._names)

    def scan(self, line: Line) -> list[Draft]:
        """All drafts of a sentence.

        Args:
            line: the sentence.

        Returns:
            Drafts by position; what other text must decide (country, antecedent) is still open.
        """
        found: list[Draft] = []
        at = line.at
        traits = line.traits
        index = 0
        size = len(traits)
        while index < size:
            hits = at.get(index)
            trait = traits[index]
            if hits:
                drafts = self._from_hits(line, index, hits)
            elif trait.given or trait.given_cut:
                drafts = self._from_given(line, index)
            elif trait.kind in _FOLLOWERS:
                drafts = [self._follower(line, index)]
            else:
                index += 1
                continue
            if drafts:
                found.extend(drafts)
                index = max(index, drafts[-1].last) + 1
            else:
                index = index + 1 if not hits else max(hits[0].last, index) + 1
        return found

    def _from_hits(self, line: Line, index: int, hits: list[Hit]) -> list[Draft]:
        entities = self._entities
        if line.traits[index].given == 2 and not hits[0].proclitics:
            named = self._names.unknown(line, index, titled=False)
            if named is not None and named.last > hits[0].last:
                return [self._apposed(line, self._person(line, named))]
        kinds = [entities[hit.entity].kind for hit in hits]
        if "person" in kinds:
            named = self._names.known(line, index)
            if named is not None:
                return [self._apposed(line, self._person(line, self._longer(line, named)))]
        for hit, kind in zip(hits, kinds, strict=True):
            if hit.kind == "demonym":
                return self._demonym(line, hit)
            if kind == "role":
                return self._titled(line, index)
            if kind in {"group", "organisation", "outlet"}:
                return self._group(line, index)
        hit = hits[0]
        if kinds[0] in {"country", "place"}:
            draft = self._phrases.place(line, hit)
            before = line.traits[index - 1] if index else None
            locative = "ب" in hit.proclitics or (before is not None and before.kind == "locative")
            if before is not None and before.kind == "link" and before.value == "in":
                locative = True
            draft.rule = "place.locative" if locative or draft.sector == "" else "place.state"
            return [draft]
        return []

    def _longer(self, line: Line, named: Named) -> Named:
        """«كيم» known, but «كيم يونغ شول» written: the longer name is somebody else's."""
        following = named.last + 1
        if not named.short or following >= len(line.traits):
            return named
        trait = line.traits[following]
        if following in line.at or not (trait.namelike or trait.given) or trait.particle:
            return named
        longer = self._names.unknown(line, named.first, titled=True)
        if longer is not None and longer.last > named.last and not named.proclitic:
            return longer
        return named

    def _from_given(self, line: Line, index: int) -> list[Draft]:
        if line.traits[index].given_cut:
            return []
        named = self._names.unknown(line, index, titled=False)
        if named is None:
            return []
        return [self._apposed(line, self._person(line, named))]

    def _person(self, line: Line, named: Named) -> Draft:
        draft = Draft(line, named.first, named.last, "person", "name" if named.entities else "name.unknown")
        draft.name = named.text
        draft.proclitic = named.proclitic
        draft.candidates = named.entities
        draft.short = named.short
        draft.definite = True
        gender = line.traits[named.first].gender
        draft.gender = "f" if gender == "f" else "m" if gender == "m" else "c"
        return draft

    def _apposed(self, line: Line, person: Draft) -> Draft:
        """«إيمانويل ماكرون، الرئيس الفرنسي»: a title behind the name joins it, unless it has a name itself."""
        position = person.last + 1
        size = len(line.tokens)
        comma = position < size and line.tokens[position].text in _COMMAS
        if comma:
            position += 1
        hits = line.at.get(position)
        if not hits or hits[0].proclitics or self._entities[hits[0].entity].kind != "role":
            return person
        title = self._phrases.phrase(line, position)
        if title is None or title.number != "s" or (not comma and person.candidates):
            return person
        if not (title.own or title.complement is not None or title.former):
            return person
        if self._name_behind(line, title) is not None:
            return person
        self._lend(person, title)
        person.last = title.last
        person.rule += "+title"
        return person

    def _lend(self, person: Draft, title: Draft) -> None:
        person.role = title.role
        person.sector = title.sector
        person.country = title.country
        person.own = title.own
        person.former = title.former
        person.key = title.key
        person.complement = title.complement

    def _name_behind(self, line: Line, title: Draft) -> Named | None:
        """The name that follows a title, a comma allowed between."""
        position = title.last + 1
        size = len(line.tokens)
        comma = position < size and line.tokens[position].text in _COMMAS
        if comma or (position < size and line.tokens[position].text in {'"', "«"}):
            position += 1
        if position >= size:
            return None
        if position in line.at:
            named = self._names.known(line, position)
            if named is not None:
                return None if named.proclitic else self._longer(line, named)
        named = self._names.unknown(line, position, titled=True)
        if named is None or (not title.definite and not title.own and comma):
            return None
        return named

    def _titled(self, line: Line, index: int) -> list[Draft]:
        title = self._phrases.phrase(line, index)
        if title is None:
            return []
        if title.number == "s" or (title.number == "p" and title.gender == "c"):
            named = self._name_behind(line, title)
            inner = title.complement
            if named is None:
                self._rank(line, title)
            if named is not None:
                if inner is not None and inner.kind == "role" and self._holds(named, inner, title):
                    title.last = named.last
                    inner.name = named.text
                    title.rule = "title.of"
                    return [title]
                self._christen(title, named)
            if title.kind == "person":
                return [title]
        elif title.number == "d" and not title.name:
            pass
        title.rule = title.rule if title.rule != "role" else "title"
        more = self._phrases.coordinated(line, title)
        return [self._counted(line, title), *more]

    def _rank(self, line: Line, title: Draft) -> None:
        """«ولي العهد السعودي + الأمير محمد بن سلمان»: a second title with a name joins the first."""
        position = title.last + 1
        size = len(line.tokens)
        if position < size and line.tokens[position].text in _COMMAS:
            position += 1
        hits = line.at.get(position)
        if not hits or hits[0].proclitics or self._entities[hits[0].entity].kind != "role":
            return
        second = self._phrases.phrase(line, position)
        if second is None or second.number != "s" or not (title.definite or title.own):
            return
        named = self._name_behind(line, second)
        if named is None or (second.own and title.own and second.country != title.country):
            return
        if not title.own and second.own:
            title.country = second.country
            title.own = True
        if not title.sector:
            title.sector = second.sector
        self._christen(title, named)

    def _christen(self, title: Draft, named: Named) -> None:
        title.kind = "person"
        title.rule = "title+name" if named.entities else "title+unknown"
        title.name = named.text
        title.candidates = named.entities
        title.short = named.short
        title.last = named.last

    def _holds(self, named: Named, inner: Draft, outer: Draft) -> bool:
        """Whether a name behind «مستشار الرئيس الأميركي» is the inner title's, as far as tables tell."""
        for entity_id in named.entities:
            roles = {office.office for office in self._entities[entity_id].offices}
            if inner.role in roles and outer.role not in roles:
                return True
        return False

    def _group(self, line: Line, index: int) -> list[Draft]:
        draft = self._phrases.phrase(line, index)
        if draft is None:
            return []
        draft.rule = "organisation" if draft.entity else "group"
        inner = draft.complement
        if inner is not None and inner.kind == "role":
            named = self._name_behind(line, inner)
            if named is not None and inner.last == draft.last:
                draft.last = named.last
        more = self._phrases.coordinated(line, draft)
        return [self._counted(line, draft), *more]

    def _counted(self, line: Line, draft: Draft) -> Draft:
        """Takes in the words of number in front: «5 أشخاص», «عشرات + المتظاهرين», «أكثر من مئة مدني»."""
        if draft.proclitic:
            return draft
        first = draft.first
        position = first - 1
        while position >= 0 and first - position < 4:
            trait = line.traits[position]
            if trait.kind in _BEFORE_GROUP:
                first = position
                if trait.proclitics:
                    break
            elif not (trait.kind in {"link", "locative"} and line.tokens[position].word.norm == "من"):
                break
            position -= 1
        if first < draft.first:
            draft.first = first
            draft.proclitic = line.traits[first].proclitics
            draft.quantified = True
            value = line.traits[first].value
            draft.number = "s" if value == "s" else "p"
        return draft

    def _demonym(self, line: Line, hit: Hit) -> list[Draft]:
        entity = self._entities[hit.entity]
        draft = Draft(line, hit.first, hit.last, "group", "people")
        draft.number, draft.gender = form_of(hit)
        draft.proclitic = hit.proclitics
        draft.definite = line.traits[hit.first].article
        if entity.kind == "country":
            draft.country = entity.country
            draft.entity = entity.id
        elif entity.kind == "group":
            draft.country = entity.country
            draft.key = entity.id
        else:
            draft.country, draft.sector = country_of(entity.code), sector_of(entity.code)
            draft.entity = entity.id
        draft.own = bool(draft.country)
        if self._modifies(line, hit):
            draft.nisba = True
            draft.rule = "nisba"
            if not draft.sector:
                draft.sector = "MIL" if line.traits[hit.first - 1].arms else "GOV"
            if entity.kind == "group" and not draft.country:
                return []
        elif hit.form in {"fs", "fd"} and draft.definite:
            draft.nisba = True
            draft.rule = "nisba.elliptic"
            draft.sector = draft.sector or "GOV"
        else:
            draft.sector = draft.sector or "CVL"
            draft = self._counted(line, draft)
        return [draft]

    def _modifies(self, line: Line, hit: Hit) -> bool:
        """Whether a word of nationality is the adjective of the word before it."""
        if not hit.first or hit.proclitics:
            return False
        trait = line.traits[hit.first - 1]
        word = line.tokens[hit.first - 1].word
        if word.kind != "word" or trait.kind or trait.given == 2:
            return False
        if trait.article != line.traits[hit.first].article:
            return hit.form[:1] == "f" and not word.verbs
        if trait.article or trait.arms:
            return True
        return not word.verbs or hit.form[:1] == "f"

    def _follower(self, line: Line, index: int) -> Draft:
        trait = line.traits[index]
        draft = Draft(line, index, index, "role", f"follow.{trait.kind}")
        draft.proclitic = trait.proclitics
        draft.key = trait.value
        draft.definite = True
        if trait.kind == "counterpart":
            draft.number = "d" if trait.value == "d" else "p" if trait.value == "p" else "s"
            hits = line.at.get(index + 1)
            if hits and hits[0].kind == "demonym" and not hits[0].proclitics:
                entity = self._entities[hits[0].entity]
                draft.country = entity.country or country_of(entity.code)
                draft.sector = "GOV"
                draft.own = True
                draft.last = hits[0].last
            named = self._name_behind(line, draft)
            if named is not None:
                self._christen(draft, named)
        elif trait.kind in {"home", "homes"}:
            draft.kind = "place"
            draft.sector = "GOV"
        elif trait.kind == "pair":
            draft.number = "d"
        elif trait.kind == "last":
            draft.gender = "f" if trait.value == "f" else "m"
        return draft
