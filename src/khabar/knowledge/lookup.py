"""Knowledge at run time: names in sentences, offices on a date."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from khabar.knowledge.compiler import Compiled, unpack
from khabar.knowledge.model import Entity, Hit, Office
from khabar.language.model import Sentence, Token

_MEMORY = 200_000
"""Word strings whose first-word look-up is remembered; far above the vocabulary of a corpus part."""

_INSIDE = frozenset("\"'«»“”„‟‘’‹›-‐‑–_#ـ`")
"""Marks that may stand inside a name without ending it: «تنظيم "الدولة الإسلامية"», «كيم جونغ-أون»."""


class _Span(NamedTuple):
    first: int
    last: int
    proclitics: str
    phrase: str


class Knowledge:
    """The tables, compiled: who a name may mean, and who held which office when.

    Attributes:
        entities: id to entity.
        digest: SHA-256 over the content of all tables, the user's included.
    """

    def __init__(self, tables: Compiled, digest: str) -> None:
        """Take compiled tables; see `khabar.knowledge.load`.

        Args:
            tables: the compiled tables.
            digest: digest of their sources.
        """
        self.digest = digest
        self.entities: dict[str, Entity] = {entity.id: entity for entity in tables.entities}
        self._ids = [entity.id for entity in tables.entities]
        self._one = tables.one
        self._many = tables.many
        self._lengths = tables.lengths
        self._starts: dict[str, tuple[tuple[str, str, int], ...]] = {}
        self._holders: dict[tuple[str, str], list[tuple[Office, str]]] | None = None

    def hits(self, sentence: Sentence) -> tuple[Hit, ...]:
        """The names in a sentence: the longest at each place, each thing it may mean a hit of its own.

        The first word of a name may have proclitics («ولروسيا», «للرئيس»), later words stand as in the table.
        A reading of the word as it stands is preferred to one that cuts letters off («لبنان» is not «ل» and
        «بنان»).

        Args:
            sentence: the sentence.

        Returns:
            Hits in the order of their places; those of one span in the order of the tables.
        """
        tokens = sentence.tokens
        starts = self._starts
        spans: list[_Span] = []
        overlap = False
        reach = -1
        for index, token in enumerate(tokens):
            forms = starts.get(token.text)
            if forms is None:
                forms = self._start(token)
            if not forms:
                continue
            span = self._longest(tokens, index, forms)
            if span is None:
                continue
            overlap = overlap or span.first <= reach
            reach = max(reach, span.last)
            spans.append(span)
        if overlap:
            spans = _disjoint(spans)
        return tuple(hit for span in spans for hit in self._hits(span, tokens[span.last].text))

    def _start(self, token: Token) -> tuple[tuple[str, str, int], ...]:
        """The forms of a word that begin some name, with the lengths of those names; remembered."""
        word = token.word
        forms: tuple[tuple[str, str, int], ...] = ()
        if word.kind != "punct":
            lengths = self._lengths
            forms = tuple(
                (key.form, key.proclitics, mask) for key in word.keys if (mask := lengths.get(key.form, 0))
            )
        if len(self._starts) >= _MEMORY:
            self._starts.clear()
        self._starts[token.text] = forms
        return forms

    def _longest(
        self, tokens: Sequence[Token], index: int, forms: tuple[tuple[str, str, int], ...]
    ) -> _Span | None:
        best: _Span | None = None
        words: list[str] | None = None
        ends: list[int] = []
        size = 0
        for form, proclitics, mask in forms:
            length = mask.bit_length()
            if length > 1 and words is None:
                words, ends = _following(tokens, index)
            if words is not None:
                length = min(length, len(words) + 1)
            while length > size:
                if mask >> (length - 1) & 1:
                    phrase = form if length == 1 else " ".join([form, *(words or ())[: length - 1]])
                    if phrase in self._one or phrase in self._many:
                        last = index if length == 1 else ends[length - 2]
                        best, size = _Span(index, last, proclitics, phrase), length
                        break
                length -= 1
        return best

    def _hits(self, span: _Span, ending: str) -> list[Hit]:
        entry = self._one.get(span.phrase)
        entries = self._many[span.phrase] if entry is None else (entry,)
        found = []
        for each in entries:
            entity, kind, tag, pronoun = unpack(each)
            found.append(Hit(span.first, span.last, self._ids[entity], kind, span.proclitics, tag, pronoun))
        if len(found) > 1 and span.phrase.endswith("ه"):
            # the key form writes ة as ه; the text tells the pronoun of «نظيره» from the feminine «نظيرة»
            own = [hit for hit in found if (hit.pronoun == "ه") != ending.endswith("ة")]
            return own or found
        return found

    def office_on(self, entity_id: str, date: datetime.date | None) -> Office | None:
        """The office a person held on a date: of several the one taken up last.

        Args:
            entity_id: id of the person.
            date: the day; None asks for the tables' present.

        Returns:
            The office, or None when the person held none that is sure, or is unknown.
        """
        entity = self.entities.get(entity_id)
        if entity is None:
            return None
        held = [office for office in entity.offices if office.sure and covers(office, date)]
        return max(held, key=lambda office: office.start, default=None)

    def code_on(self, entity_id: str, date: datetime.date | None) -> str:
        """The PLOVER code of an entity on a date: a person's office decides, else the entity's own code.

        Args:
            entity_id: id of the entity.
            date: the day; None asks for the tables' present.

        Returns:
            The code, "UNK" for an unknown entity.
        """
        office = self.office_on(entity_id, date)
        if office is not None:
            return office.code
        entity = self.entities.get(entity_id)
        return entity.code if entity is not None else "UNK"

    def holders(self, office: str, country: str, date: datetime.date | None) -> tuple[str, ...]:
        """Who holds an office of a country on a date.

        Args:
            office: id of the role.
            country: ISO alpha-3 of the country, or a body («UNO»).
            date: the day; None asks for the tables' present.

        Returns:
            Ids of persons, the one who took office last first; more than one on days of transition.
        """
        if self._holders is None:
            table: dict[tuple[str, str], list[tuple[Office, str]]] = defaultdict(list)
            for entity in self.entities.values():
                for held in entity.offices:
                    if held.sure:
                        table[held.office, held.code.partition(" ")[0]].append((held, entity.id))
            self._holders = dict(table)
        found = [pair for pair in self._holders.get((office, country), ()) if covers(pair[0], date)]
        found.sort(key=lambda pair: pair[0].start, reverse=True)
        return tuple(dict.fromkeys(person for _, person in found))


def covers(office: Office, date: datetime.date | None) -> bool:
    """Whether an office was held on a date; the partial dates of a span count whole («2014-06..» from its first day).

    Args:
        office: the office.
        date: the day; None asks whether the span is open at its end.
    """
    if date is None:
        return not office.end
    day = date.isoformat()
    # ISO dates compare as strings; a partial end is a prefix of all its days
    return office.start <= day and (not office.end or day[: len(office.end)] <= office.end)


def _following(tokens: Sequence[Token], index: int) -> tuple[list[str], list[int]]:
    """Normal forms of the words that follow a token, up to a mark that ends a name, and their places."""
    words: list[str] = []
    ends: list[int] = []
    for place in range(index + 1, min(len(tokens), index + 20)):
        token = tokens[place]
        if token.word.kind == "punct":
            if token.text not in _INSIDE:
                break
            continue
        words.append(token.word.norm)
        ends.append(place)
    return words, ends


def _disjoint(spans: list[_Span]) -> list[_Span]:
    """Of overlapping spans the longer, of equal ones the earlier."""
    taken: set[int] = set()
    kept = []
    for span in sorted(spans, key=lambda span: (span.first - span.last, span.first)):
        places = range(span.first, span.last + 1)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(span)
    kept.sort()
    return kept
