"""What a word may be: every way to cut its clitics that leaves a form of the lexicon, ordered.

The order is that of plausibility in news prose: fewer letters cut off, spellings as the tables have
them, third person before first and second, statements before commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from khabar.language.derivation import ARTICLE, BARE, BOUND
from khabar.language.lexicon import Lexicon, VerbMatch
from khabar.language.model import NounReading, VerbReading
from khabar.language.orthography import fold

VERB_PRONOUNS: Final = ("ني", "نا", "كما", "كم", "كن", "ك", "هما", "هم", "هن", "ها", "ه")
NOUN_PRONOUNS: Final = ("نا", "كما", "كم", "كن", "ك", "هما", "هم", "هن", "ها", "ه", "ي")

_DAMMA: Final = "\u064f"
_FATHA: Final = "\u064e"
_KASRA: Final = "\u0650"
_TANWIN: Final = re.compile("[\u064b-\u064d]")

_MISSPELT: Final = 10
"""Cost of a hamza written where the tables have none, or on another letter."""
_DROPPED: Final = 4
"""Cost of a bare alef for أ or إ, of ى for ي and ه for ة, which whole outlets write."""
_TOO_DEAR: Final = 16
"""Spellings that cost more are another word."""


class Cut(msgspec.Struct, frozen=True, gc=False):
    """One way to take clitics off a string: what is left is `body`; `cost` is how odd the cut is."""

    body: str
    proclitics: tuple[str, ...]
    pronoun: str
    article: bool
    cost: int


def verb_readings(text: str, raw: str, lexicon: Lexicon) -> tuple[VerbReading, ...]:
    """Readings as a finite verb, likelier ones first.

    Args:
        text: the word without marks.
        raw: the word as written: its vowel marks tell active from passive.
        lexicon: the forms.

    Returns:
        Readings, each once; none for a word with the mark of an indefinite noun.
    """
    if _TANWIN.search(raw):
        return ()
    found: dict[VerbReading, int] = {}
    for cut in _verb_cuts(text):
        for match in lexicon.verbs(fold(cut.body)):
            if not (match.bound if cut.pronoun else match.free):
                continue
            before = cut.proclitics[-1:]
            if before in (("س",), ("ل",), ("أ",)) and match.cell.tense != "present":
                continue
            if before == ("س",) and match.cell.person == 2:
                continue
            spelling = _distance(cut.body, match.spelling)
            if spelling > _TOO_DEAR:
                continue
            passive = match.passive
            if len(raw) > len(text):
                passive = _voice(match, raw, cut.proclitics)
            reading = VerbReading(
                match.lemma,
                match.cell.tense,
                match.cell.person,
                match.cell.gender,
                match.cell.number,
                passive,
                "س" in cut.proclitics,
                cut.proclitics,
                cut.pronoun,
            )
            cost = cut.cost + spelling + _rarity(match, passive=passive)
            found[reading] = min(cost, found.get(reading, cost))
    return tuple(_merged(sorted(found, key=found.__getitem__)))


def noun_readings(text: str, lexicon: Lexicon) -> tuple[NounReading, ...]:
    """Readings as a noun of the tables, likelier ones first.

    Args:
        text: the word without marks.
        lexicon: the forms.

    Returns:
        Readings, each once.
    """
    found: dict[NounReading, int] = {}
    for cut in noun_cuts(text):
        stands = ARTICLE if cut.article else BOUND if cut.pronoun else BARE
        for match in lexicon.noun_forms(fold(cut.body)):
            if not match.stands & stands:
                continue
            spelling = _distance(cut.body, match.spelling)
            if spelling > _TOO_DEAR:
                continue
            reading = NounReading(
                match.lemma, match.verb, match.number, cut.article, cut.proclitics, cut.pronoun
            )
            cost = cut.cost + spelling + (match.number == "d")
            found[reading] = min(cost, found.get(reading, cost))
    return tuple(sorted(found, key=found.__getitem__))


def _verb_cuts(text: str) -> Iterator[Cut]:
    for proclitics, rest, cost in _verb_proclitics(text):
        yield Cut(rest, proclitics, "", False, cost)
        for pronoun in VERB_PRONOUNS:
            if rest.endswith(pronoun) and len(rest) >= len(pronoun) + 2:
                yield Cut(
                    rest[: -len(pronoun)], proclitics, pronoun, False, cost + (2 if pronoun[0] == "ه" else 4)
                )


def _verb_proclitics(text: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
    starts: list[tuple[tuple[str, ...], str, int]] = [((), text, 0)]
    if text[0] in "وف" and len(text) > 2:
        starts.append(((text[0],), text[1:], 2))
    for proclitics, rest, cost in starts:
        yield proclitics, rest, cost
        # prefixes of the present only; أ asks, and is rare in news
        if len(rest) > 3 and rest[0] in "سلأ" and rest[1] in "يتنأا":
            yield (*proclitics, rest[0]), rest[1:], cost + {"س": 1, "ل": 2, "أ": 8}[rest[0]]


def noun_cuts(text: str) -> Iterator[Cut]:
    """Every way to take clitics off a noun, the least cut first."""
    starts: list[tuple[tuple[str, ...], str, int]] = [((), text, 0)]
    if text[0] in "وف" and len(text) > 3:
        starts.append(((text[0],), text[1:], 2))
    for proclitics, rest, cost in starts:
        yield from _less_article(proclitics, rest, cost)
        if len(rest) > 3 and rest[0] in "بلك":
            if rest.startswith("لل"):
                cut = (*proclitics, "ل")
                yield Cut(rest[2:], cut, "", True, cost + 1)
                yield Cut(
                    rest[1:], cut, "", True, cost + 2
                )  # للجنة: the article's lam and the word's are one
                yield Cut(rest[1:], cut, "", False, cost + 3)
            else:
                yield from _less_article((*proclitics, rest[0]), rest[1:], cost + 2)


def _less_article(proclitics: tuple[str, ...], rest: str, cost: int) -> Iterator[Cut]:
    yield Cut(rest, proclitics, "", False, cost)
    if rest.startswith("ال") and len(rest) > 3 and proclitics[-1:] != ("ل",):
        yield Cut(rest[2:], proclitics, "", True, cost)
    for pronoun in NOUN_PRONOUNS:
        if rest.endswith(pronoun) and len(rest) >= len(pronoun) + 2:
            odd = 2 if pronoun[0] == "ه" else 8 if pronoun == "ي" else 4
            yield Cut(rest[: -len(pronoun)], proclitics, pronoun, False, cost + odd)


def _distance(written: str, spelling: str) -> int:
    """Cost of reading what is written as a word of this spelling; both fold to the same."""
    if written == spelling:
        return 0
    if len(written) != len(spelling):
        return _TOO_DEAR + 1
    cost = 0
    for a, b in zip(written, spelling, strict=True):
        if a != b:
            dropped = (a == "ا" and b in "أإآ") or (a in "ىي" and b in "ىي") or (a in "هة" and b in "هة")
            cost += _DROPPED if dropped else _MISSPELT
    return cost


def _rarity(match: VerbMatch, *, passive: bool | None) -> int:
    cell = match.cell
    cost = 0 if cell.person == 3 else 4 if cell.person == 1 else 7
    if cell.tense == "imperative":
        cost += 3
    if cell.number == "d" or (cell.gender, cell.number) == ("f", "p"):
        cost += 2
    return cost + (1 if passive else 0)


def _merged(readings: list[VerbReading]) -> Iterator[VerbReading]:
    """Readings that differ in voice only become one of open voice."""
    voices: dict[VerbReading, set[bool | None]] = {}
    for reading in readings:
        voices.setdefault(msgspec.structs.replace(reading, passive=None), set()).add(reading.passive)
    for reading, seen in voices.items():
        yield msgspec.structs.replace(reading, passive=seen.pop()) if len(seen) == 1 else reading


def _voice(match: VerbMatch, raw: str, proclitics: tuple[str, ...]) -> bool | None:
    """Voice by the vowel marks, where they tell more than the letters."""
    marks = _marks(raw)[sum(map(len, proclitics)) :]
    if match.cell.tense == "past":
        # قُتل, استُهدف, أُعلن: the first vowel after the alef that only carries one
        first = next((mark for mark in marks[:3] if mark & {_DAMMA, _FATHA}), frozenset())
        if _DAMMA in first and (match.cell.person == 3 or first is marks[0]):
            return True
        return False if _FATHA in first and match.passive is None else match.passive
    if match.cell.tense == "present" and marks and marks[0] & {_DAMMA, _FATHA}:
        if _FATHA in marks[0] or not match.wide:
            return _DAMMA in marks[0]
        # يُعلَن and يُعلِن: the verb has u here in both voices, the vowel near the end decides
        inner = [mark for mark in marks[1:-1] if mark & {_FATHA, _KASRA}]
        return _FATHA in inner[-1] if inner else match.passive
    return match.passive


def _marks(raw: str) -> list[frozenset[str]]:
    """Vowel marks of each letter of the word."""
    letters: list[set[str]] = []
    for char in raw:
        if char in (_DAMMA, _FATHA, _KASRA) or "\u064b" <= char <= "\u065f" or char in "\u0640\u0670":
            if letters:
                letters[-1].add(char)
        else:
            letters.append(set())
    return [frozenset(marks) for marks in letters]
