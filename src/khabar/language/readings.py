"""What a word may be: every way to cut its clitics that leaves a form of the lexicon, ordered.

The order is that of plausibility in news prose: fewer letters cut off, spellings as the tables have
them, third person before first and second, statements before commands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

import msgspec

from khabar.language.derivation import ARTICLE, BARE, BOUND
from khabar.language.lexicon import Lexicon, VerbMatch
from khabar.language.model import NounReading, VerbReading
from khabar.language.orthography import fold

VERB_PRONOUNS: Final = ("ني", "نا", "كما", "كم", "كن", "ك", "هما", "هم", "هن", "ها", "ه")
NOUN_PRONOUNS: Final = ("نا", "كما", "كم", "كن", "ك", "هما", "هم", "هن", "ها", "ه", "ي")

_BY_LAST: Final = {
    # pronouns by their last letter, for verbs and for nouns
    last: (
        tuple(p for p in VERB_PRONOUNS if p[-1] == last),
        tuple(p for p in NOUN_PRONOUNS if p[-1] == last),
    )
    for last in "ياكمنه"
}
_NONE: Final[tuple[tuple[str, ...], tuple[str, ...]]] = ((), ())

_DAMMA: Final = "\u064f"
_FATHA: Final = "\u064e"
_KASRA: Final = "\u0650"
_DAMMATAN: Final = "\u064c"
_TANWIN: Final = re.compile("[\u064b-\u064d]ا?$")
"""At the end only: inside a word it is a slip for the single mark («يٌقتل»)."""

MISSPELT: Final = 10
"""Cost of a hamza written where the tables have none, or on another letter."""
DROPPED: Final = 4
"""Cost of a bare alef for أ or إ, of ى for ي and ه for ة, which whole outlets write."""
TOO_DEAR: Final = 16
"""Spellings that cost more are another word."""


_PRUNED: Final = 12
"""Readings that cost so much more than the best one are left out."""

_CEILING: Final = 12
"""A verb reading that costs more is none, even where there is no other."""
_COMMON_WORD: Final = 3
"""The same for a common word: it is read as a verb only in the commonest places of the paradigm."""

_FRONT_COST: Final = {"و": 2, "ف": 2, "ب": 2, "ل": 2, "ك": 3, "س": 1, "أ": 8}


class Cut(msgspec.Struct, frozen=True, gc=False):
    """One way to take clitics off a string: `text[start:end]` is left; `cost` is how odd the cut is."""

    start: int
    end: int
    proclitics: tuple[str, ...]
    pronoun: str
    article: bool
    cost: int


def verb_readings(
    text: str, raw: str, lexicon: Lexicon, is_whole: Callable[[str], bool]
) -> tuple[VerbReading, ...]:
    """Readings as a finite verb, likelier ones first.

    Args:
        text: the word without marks.
        raw: the word as written: its vowel marks tell active from passive.
        lexicon: the forms.
        is_whole: whether a string is a common word whose first letter is no clitic.

    Returns:
        Readings, each once; none for a word with the mark of an indefinite noun.
    """
    if _TANWIN.search(raw):
        return ()
    folded = fold(text)
    common = is_whole(text) or (text[0] in "وف" and is_whole(text[1:]))
    found: dict[VerbReading, int] = {}
    for cut in _verb_cuts(text, is_whole):
        future = cut.proclitics[-1:] == ("س",)
        needs_present = future or cut.proclitics[-1:] in (("ل",), ("أ",))
        for match in lexicon.verbs(folded[cut.start : cut.end]):
            cell = match.cell
            if not (match.bound if cut.pronoun else match.free) or (
                needs_present and cell.tense != "present"
            ):
                continue
            spelling = distance(text[cut.start : cut.end], match.spelling)
            if spelling > TOO_DEAR:
                continue
            passive = match.passive if len(raw) == len(text) else _voice(match, raw, cut.start)
            reading = VerbReading(
                match.lemma,
                cell.tense,
                cell.person,
                cell.gender,
                cell.number,
                passive,
                future,
                cut.proclitics,
                cut.pronoun,
            )
            cost = cut.cost + spelling + rarity(match, passive=passive)
            if cost > (_COMMON_WORD if common else _CEILING):
                continue
            found[reading] = min(cost, found.get(reading, cost))
    return tuple(_merged(_likely(found)))


def noun_readings(text: str, lexicon: Lexicon, is_whole: Callable[[str], bool]) -> tuple[NounReading, ...]:
    """Readings as a noun of the tables, likelier ones first.

    Args:
        text: the word without marks.
        lexicon: the forms.
        is_whole: whether a string is a common word whose first letter is no clitic.

    Returns:
        Readings, each once.
    """
    folded = fold(text)
    found: dict[NounReading, int] = {}
    for cut in _noun_cuts(text, is_whole):
        stands = ARTICLE if cut.article else BOUND if cut.pronoun else BARE
        for match in lexicon.noun_forms(folded[cut.start : cut.end]):
            if not match.stands & stands:
                continue
            body = text[cut.start : cut.end]
            spelling = distance(body, match.spelling)
            if spelling > TOO_DEAR:
                continue
            if match.stands == BARE and body[-1] != "ا" and body != match.lemma and is_whole(body):
                continue  # غاز is no participle (غازي less its ya) but a word of its own
            reading = NounReading(
                match.lemma, match.verb, match.number, cut.article, cut.proclitics, cut.pronoun
            )
            cost = cut.cost + spelling + (match.number == "d")
            found[reading] = min(cost, found.get(reading, cost))
    return tuple(_likely(found))


_Reading = TypeVar("_Reading", VerbReading, NounReading)


def _likely(found: dict[_Reading, int]) -> list[_Reading]:
    if len(found) < 2:
        return list(found)
    most = min(found.values()) + _PRUNED
    # of readings that cost the same, the shorter lemma is nearly always the commoner verb (قال, أقال)
    return sorted(
        (reading for reading, cost in found.items() if cost <= most),
        key=lambda reading: (found[reading], len(reading.lemma)),
    )


def _starts(text: str, is_whole: Callable[[str], bool]) -> Iterator[tuple[int, tuple[str, ...], int, bool]]:
    """Where the word may begin, what stands before, its cost, and whether more may be cut."""
    whole = is_whole(text)
    yield 0, (), 0, not whole
    if not whole and text[0] in "وف" and len(text) > 2:
        yield 1, (text[0],), _FRONT_COST[text[0]], not is_whole(text[1:])


def _verb_cuts(text: str, is_whole: Callable[[str], bool]) -> Iterator[Cut]:
    for start, proclitics, cost, more in _starts(text, is_whole):
        yield from _verb_ends(text, start, proclitics, cost, bare=not more)
        # prefixes of the present only; أ asks, and is rare in news
        if more and len(text) > start + 3 and text[start] in "سلأ" and text[start + 1] in "يتنأا":
            letter = text[start]
            yield from _verb_ends(text, start + 1, (*proclitics, letter), cost + _FRONT_COST[letter])


def _verb_ends(
    text: str, start: int, proclitics: tuple[str, ...], cost: int, *, bare: bool = False
) -> Iterator[Cut]:
    length = len(text)
    yield Cut(start, length, proclitics, "", False, cost)
    if bare:
        return
    for pronoun in _BY_LAST.get(text[-1], _NONE)[0]:
        end = length - len(pronoun)
        if end >= start + 2 and text.endswith(pronoun):
            yield Cut(start, end, proclitics, pronoun, False, cost + (2 if pronoun[0] == "ه" else 4))


def _noun_cuts(text: str, is_whole: Callable[[str], bool]) -> Iterator[Cut]:
    length = len(text)
    for start, proclitics, cost, more in _starts(text, is_whole):
        yield from _noun_ends(text, start, proclitics, cost, bare=not more)
        if not more or length <= start + 2 or text[start] not in "بلك":
            continue
        cut = (*proclitics, text[start])
        if text.startswith("لل", start):
            # للرئيس; للجنة, where the article's lam and the word's are one; للجنة without article
            yield Cut(start + 2, length, cut, "", True, cost + 1)
            yield Cut(start + 1, length, cut, "", True, cost + 2)
            yield Cut(start + 1, length, cut, "", False, cost + 3)
        else:
            yield from _noun_ends(text, start + 1, cut, cost + _FRONT_COST[text[start]])


def _noun_ends(
    text: str, start: int, proclitics: tuple[str, ...], cost: int, *, bare: bool = False
) -> Iterator[Cut]:
    length = len(text)
    yield Cut(start, length, proclitics, "", False, cost)
    if bare:
        return
    if length > start + 3 and text.startswith("ال", start) and proclitics[-1:] != ("ل",):
        yield Cut(start + 2, length, proclitics, "", True, cost)
    for pronoun in _BY_LAST.get(text[-1], _NONE)[1]:
        end = length - len(pronoun)
        if end >= start + 2 and text.endswith(pronoun):
            odd = 2 if pronoun[0] == "ه" else 8 if pronoun == "ي" else 4
            yield Cut(start, end, proclitics, pronoun, False, cost + odd)


def distance(written: str, spelling: str) -> int:
    """Cost of reading what is written as a word of this spelling; both fold to the same."""
    if written == spelling:
        return 0
    if len(written) != len(spelling):
        return TOO_DEAR + 1
    cost = 0
    for at, (a, b) in enumerate(zip(written, spelling, strict=True)):
        if a == b:
            continue
        if (a == "ا" and b in "أإآ") or (a in "ىي" and b in "ىي") or (a in "هة" and b in "هة"):
            cost += DROPPED
        else:
            # «إجتماع» for «اجتماع» is a common slip, a hamza inside the word is another word
            cost += MISSPELT if at == 0 and a in "أإ" and b in "اأإ" else TOO_DEAR + 1
    return cost


def rarity(match: VerbMatch, *, passive: bool | None) -> int:
    """How rare this place of the paradigm is in news prose, in the costs of this module."""
    cell = match.cell
    cost = 0 if cell.person == 3 else 4 if cell.person == 1 else 7
    if cell.tense == "imperative":
        cost += 3
    if (
        cell.number == "d"
        or (cell.gender, cell.number) == ("f", "p")
        or (cell.person, cell.gender) == (2, "f")
    ):
        cost += 4
    if match.short:
        cost += 3  # a jussive that has lost a letter: it wants لم or ل before it
    return cost + (3 if passive else 0)


def _merged(readings: list[VerbReading]) -> Iterator[VerbReading]:
    """Readings that differ in voice only become one of open voice."""
    voices: dict[VerbReading, set[bool | None]] = {}
    for reading in readings:
        voices.setdefault(msgspec.structs.replace(reading, passive=None), set()).add(reading.passive)
    for reading, seen in voices.items():
        yield msgspec.structs.replace(reading, passive=seen.pop()) if len(seen) == 1 else reading


def _voice(match: VerbMatch, raw: str, start: int) -> bool | None:
    """Voice by the vowel marks, where they tell more than the letters."""
    marks = _marks(raw)[start:]
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
                letters[-1].add(_DAMMA if char == _DAMMATAN else char)
        else:
            letters.append(set())
    return [frozenset(marks) for marks in letters]
