"""Names in sentences: the longest at each place, and what must stand around an ambiguous one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from khabar.knowledge.compiler import Compiled, unpack
from khabar.knowledge.model import Entity, Hit, NameKind
from khabar.language.model import Sentence, Token, Word

_MEMORY = 100_000
"""Word strings whose first-word look-up is remembered; far above the vocabulary of a corpus part."""

_INSIDE = frozenset("\"'«»“”„‟‘’‹›-‐‑–_#ـ`")
"""Marks that may stand inside a name without ending it: «تنظيم "الدولة الإسلامية"», «كيم جونغ-أون»."""


_Start = tuple[str, str, int]
"""A form of a word that begins names, the proclitics cut off it, and which lengths they have (one, more)."""

_SINGLE = 1
_LONGER = 2

_TOO_SHORT = 3
"""Letters up to which what ف or ك leaves of a word is taken for chance."""

_SHORT_GATES = {"place": "preposition", "organisation": "quoted", "outlet": "quoted", "group": "ministry"}
"""What an ambiguous form must have around it, by kind of entity; persons are left to readers of titles."""

_MARKS = frozenset("\"'«»“”„()[]")


class _Entry(NamedTuple):
    """What a name may mean.

    Attributes:
        entity: id of the entity.
        kind: kind of name, as in `Hit`.
        form: gender and number.
        pronoun: possessive pronoun in the form.
        ending: last letter as the table writes it, where it is ة or ه.
        gate: what must stand around the name, or "" for nothing.
    """

    entity: str
    kind: NameKind
    form: str
    pronoun: str
    ending: str
    gate: str


class _Span(NamedTuple):
    first: int
    last: int
    proclitics: str
    phrase: str
    size: int


class Matcher:
    """Finds the names of compiled tables in sentences.

    Args:
        tables: the compiled tables.
        entities: id to entity.
    """

    def __init__(self, tables: Compiled, entities: Mapping[str, Entity]) -> None:
        self._entities = entities
        self._ids = [entity.id for entity in tables.entities]
        self._entries: dict[str, int | list[int] | tuple[_Entry, ...]] = {**tables.one, **tables.many}
        self._firsts = tables.firsts
        self._pairs = tables.pairs
        self._before = tables.before
        self._common = tables.common
        self._starts: dict[str, tuple[_Start, ...]] = {}

    def hits(self, sentence: Sentence) -> tuple[Hit, ...]:
        """The names in a sentence: the longest at each place, each thing it may mean a hit of its own.

        The first word of a name may have proclitics («ولروسيا», «للرئيس»), later words stand as in the table.
        A reading of the word as it stands is preferred to one that cuts letters off («لبنان» is not «ل» and
        «بنان»). A place with an ambiguous name counts only behind a word of place: «في ليدز», «مدينة القائم».

        Args:
            sentence: the sentence.

        Returns:
            Hits in the order of their places; those of one span in the order of the tables.
        """
        tokens = sentence.tokens
        starts = self._starts
        found: list[_Span] = []
        reach = -1
        overlap = False
        for index, token in enumerate(tokens):
            forms = starts.get(token.text)
            if forms is None:
                forms = self._start(token)
            if not forms:
                continue
            span = self._longest(tokens, index, forms)
            if span is None:
                continue
            if span.first <= reach:
                overlap = True
            reach = max(reach, span.last)
            found.append(span)
        if overlap:
            found = _disjoint(found)
        hits: list[Hit] = []
        for span in found:
            hits += self._hits(span, tokens)
        return tuple(hits)

    def _start(self, token: Token) -> tuple[_Start, ...]:
        """The forms of a word that begin some name, and whether of more words; remembered."""
        word = token.word
        forms: tuple[_Start, ...] = ()
        if word.kind != "punct":
            forms = tuple(self._forms(token.text, word))
        if len(self._starts) >= _MEMORY:
            self._starts.clear()
        self._starts[token.text] = forms
        return forms

    def _forms(self, raw: str, word: Word) -> Iterator[_Start]:
        common = self._common
        never = common.get(raw) == "never" or common.get(word.text) == "never"
        for key in word.keys:
            mask = self._firsts.get(key.form, 0)
            if not mask:
                continue
            form = key.form
            if never or common.get(word.text[-len(form) :]) == "never":
                mask &= _LONGER
            # «فشل» is not «ف» and «شل», «كبرى» not «ك» and «بري»
            if key.proclitics[-1:] in ("ف", "ك") and len(form) <= _TOO_SHORT:
                mask &= _LONGER
            if mask:
                yield form, key.proclitics, mask

    def _longest(self, tokens: Sequence[Token], index: int, forms: tuple[_Start, ...]) -> _Span | None:
        """The longest name that begins at a token; of equally long ones that of the fullest form."""
        best: _Span | None = None
        size = 0
        second = -1
        for form, proclitics, mask in forms:
            if mask & _LONGER:
                if second < 0:
                    second = _next_word(tokens, index)
                if second < len(tokens):
                    pair = f"{form} {tokens[second].word.norm}"
                    lengths = self._pairs.get(pair)
                    if lengths is not None:
                        end, phrase = self._longer(tokens, second, pair, lengths)
                        length = phrase.count(" ") + 1
                        if phrase and length > size:
                            best, size = _Span(index, end, proclitics, phrase, length), length
                            continue
            if mask & _SINGLE and not size:
                best, size = _Span(index, index, proclitics, form, 1), 1
        return best

    def _longer(self, tokens: Sequence[Token], second: int, pair: str, lengths: int) -> tuple[int, str]:
        """The longest of the names that begin with two words: its last token and its phrase, "" for none."""
        most = lengths.bit_length()
        phrases = [pair]
        ends = [second]
        place = second
        while len(phrases) < most - 1:
            place = _next_word(tokens, place)
            if place >= len(tokens):
                break
            phrases.append(f"{phrases[-1]} {tokens[place].word.norm}")
            ends.append(place)
        for phrase, end in zip(reversed(phrases), reversed(ends), strict=True):
            if phrase in self._entries:
                return end, phrase
        return second, ""

    def _hits(self, span: _Span, tokens: Sequence[Token]) -> list[Hit]:
        entries = self._meanings(span.phrase)
        written = tokens[span.last].word.text[-1:] if span.phrase.endswith("ه") else ""
        found = []
        for entry in entries:
            if entry.gate and not self._passes(entry.gate, span, tokens):
                continue
            # the key form writes ة as ه; the text tells «نظيره» from «نظيرة», «مالية» from «ماليه»
            if written == "ة" and entry.ending == "ه":
                continue
            if written == "ه" and entry.ending == "ة" and entry.form and entry.kind != "demonym":
                continue
            found.append(
                Hit(
                    span.first,
                    span.last,
                    entry.entity,
                    entry.kind,
                    span.proclitics,
                    entry.form,
                    entry.pronoun,
                )
            )
        return found

    def _unpacked(self, packed: int) -> _Entry:
        """An entry as hits need it; done once for each name that occurs."""
        index, kind, tag, pronoun, ending = unpack(packed)
        entity = self._entities[self._ids[index]]
        gate = ""
        shown: NameKind = "name"
        if kind == "stop":
            gate = "noun" if entity.kind == "place" else "preposition"
        elif kind == "adjective":
            gate = "adjective"
        else:
            shown = kind
            if kind == "short":
                gate = _SHORT_GATES.get(entity.kind, "")
                if gate and entity.kind != "place" and not entity.country:
                    gate = "ministry"
        return _Entry(entity.id, shown, tag, pronoun, ending, gate)

    def _passes(self, gate: str, span: _Span, tokens: Sequence[Token]) -> bool:
        """Whether the words around an ambiguous form let it be what the entry says."""
        if gate in ("noun", "preposition"):
            return self._placed(span, tokens, gate)
        if gate == "quoted":
            return _quoted(span, tokens)
        if gate == "ministry":
            return self._of_a_state(span, tokens)
        return not self._describes(span, tokens)

    def _placed(self, span: _Span, tokens: Sequence[Token], gate: str) -> bool:
        """Whether a word of place stands before: `noun` («مدينة») or also a `preposition` («في», «شمال»)."""
        if gate == "preposition" and "ب" in span.proclitics:
            return True
        first = span.first
        while first and tokens[first - 1].text in _INSIDE:
            first -= 1
        if not first:
            return False
        if span.proclitics:
            # «النيجر ومالي»: what stands in a row with places is one
            return gate == "preposition" and span.proclitics == "و" and self._is_place(tokens[first - 1])
        for key in tokens[first - 1].word.keys:
            kind = self._before.get(key.form)
            if kind is not None:
                return kind == "noun" or gate == "preposition"
        return False

    def _is_place(self, token: Token) -> bool:
        return any(
            entry.kind in ("name", "capital") and self._entities[entry.entity].kind in ("country", "place")
            for key in token.word.keys
            for entry in self._meanings(key.form)
        )

    def _meanings(self, phrase: str) -> tuple[_Entry, ...]:
        """What a name may mean; unpacked once for each name that occurs."""
        entries = self._entries.get(phrase, ())
        if not isinstance(entries, tuple):
            packed = (entries,) if isinstance(entries, int) else entries
            entries = self._entries[phrase] = tuple(self._unpacked(entry) for entry in packed)
        return entries

    def _of_a_state(self, span: _Span, tokens: Sequence[Token]) -> bool:
        """Whether «الخارجية» is a ministry: of a nationality, speaking in a headline, or behind its verb."""
        if span.last + 1 < len(tokens):
            following = tokens[span.last + 1]
            if following.text == ":":
                return True
            meanings = self._meanings(following.word.norm)
            if following.word.article and any(entry.kind == "demonym" for entry in meanings):
                return True
        before = tokens[span.first - 1].word if span.first else None
        return before is not None and any(verb.gender == "f" for verb in before.verbs)

    def _describes(self, span: _Span, tokens: Sequence[Token]) -> bool:
        """Whether a word is an adjective here: «الطيران المدني», «مؤتمر صحفي», but not «قتل مدني»."""
        if not span.first or span.proclitics:
            return False
        before = tokens[span.first - 1].word
        if before.kind != "word" or before.verbs or self._common.get(before.text) == "leading":
            return False
        if span.phrase.startswith("ال"):
            return before.article
        return not before.article and before.norm not in self._before


def _quoted(span: _Span, tokens: Sequence[Token]) -> bool:
    """Whether a name stands between marks: «وكالة الأنباء السعودية (واس)»."""
    first, last = span.first, span.last
    return (
        first > 0
        and last + 1 < len(tokens)
        and tokens[first - 1].text in _MARKS
        and tokens[last + 1].text in _MARKS
    )


def _next_word(tokens: Sequence[Token], index: int) -> int:
    """Place of the word behind a token as far as a name may reach; past the end where none is."""
    size = len(tokens)
    place = index + 1
    while place < size and tokens[place].word.kind == "punct":
        if tokens[place].text not in _INSIDE:
            return size
        place += 1
    return place


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
