"""The likeliest way to cut a word: what stands in front, what is left, what pronoun stands behind.

Every cut costs something, and so does a rest that no table knows. The costs are orders of likelihood
in news prose, rounded: «و» is written onto every fifth word, «ك» onto one in two hundred.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Final

from khabar.language.derivation import ARTICLE, BARE, BOUND
from khabar.language.lexicon import Lexicon
from khabar.language.orthography import clean, fold
from khabar.language.readings import DROPPED, MISSPELT, NOUN_PRONOUNS, TOO_DEAR, distance, rarity
from khabar.tables import parse

Segments = tuple[tuple[str, ...], str, str]
"""Proclitics in order, the stem (article included), the pronoun or ""."""

_IN_FRONT: Final = {"و": 1.0, "ف": 2.5, "ب": 1.2, "ل": 1.2, "ك": 4.0, "س": 0.5, "أ": 6.0}
_BEHIND: Final = {
    **dict.fromkeys(("ه", "ها", "هم"), 1.5),
    **dict.fromkeys(("هما", "هن", "نا", "ني"), 2.5),
    **dict.fromkeys(("ي", "ك", "كم", "كن", "كما"), 5.0),
}
_BY_LAST: Final = {last: tuple(p for p in (*NOUN_PRONOUNS, "ني") if p[-1] == last) for last in "ياكمنه"}
_UNKNOWN: Final = 6.0
_UNKNOWN_AFTER_ARTICLE: Final = 3.0
_OF_PARTICLES: Final = frozenset({"", "ه", "ها", "هم", "هما", "هن", "نا"})
"""Pronouns behind which a particle or noun is known; the others make more verbs (أم + كن, حر + ك)."""
_SHORT: Final = 3
_COMMON: Final = 0.3
"""Cost of a known word that is no particle."""
_LITTLE: Final = 0.1
"""Cost of a clitic where it is at home: a pronoun behind a preposition, a conjunction before a particle."""
_PARTICLES: Final = (("particle", 0), ("both", 0), ("particle", DROPPED))
_ODD_NOUN: Final = 1.5
"""Cost of a noun that has lost its ي (تحد, قاض) and of the like."""
_SHARE: Final = 0.3
"""Share of a reading's cost (see `readings`) that counts here."""
_BOUND_ENDS: Final = {"ت": "ة", "ا": "ى", "ؤ": "ء", "ئ": "ء"}

_SUSPICIOUS_STARTS: Final = {"وال": 6.0, "بال": 6.0, "فال": 6.0, "كال": 6.0, "لل": 6.0, "ولل": 6.0, "و": 3.0}
_SUSPICIOUS_ENDS: Final = {"ها": 3.0, "هم": 2.0, "ه": 2.0}
_WORD_ENDINGS: Final = ("ين", "ون", "ان", "ات", "ية", "ة", "ا", "ي")


class Words:
    """The table of common words: which are particles, and which strings are words at all."""

    def __init__(self, text: str) -> None:
        self._kinds: dict[str, str] = {}
        self._spellings: dict[str, list[tuple[str, str]]] = {}
        for row in parse(text.split("\n"), "words.tsv"):
            word, kind = row["word"], row["kind"]
            self._kinds[word] = kind
            self._spellings.setdefault(fold(word), []).append((word, kind))

    def find(self, text: str) -> tuple[str, int]:
        """Kind of the word of the table nearest in spelling, and how far it is (see `readings.distance`).

        Returns:
            ("", TOO_DEAR) where none is near.
        """
        if text in self._kinds:
            return self._kinds[text], 0
        near = [(distance(text, word), kind) for word, kind in self._spellings.get(fold(text), ())]
        far, kind = min(near, default=(TOO_DEAR, ""))
        return (kind, far) if far < MISSPELT else ("", TOO_DEAR)

    def cost(self, text: str) -> float:
        """Cost of taking the string for a word of the table, bare or with a common ending."""
        kind, far = self.find(text)
        if kind == "open":
            return _UNKNOWN
        for ending in _WORD_ENDINGS:
            if text.endswith(ending) and len(text) > len(ending) + 2:
                stem = text[: -len(ending)]
                far = min(far, self.find(stem)[1], self.find(stem + "ة")[1])
        return _COMMON + _SHARE * far if far < TOO_DEAR else _UNKNOWN

    def is_whole(self, text: str) -> bool:
        """Whether the table has the word as it stands, so that its first letter is no clitic."""
        kind = self._kinds.get(text)
        if kind is None and text[-1:] == "ا" and len(text) > _SHORT:
            kind = self._kinds.get(text[:-1])  # كاملا
        return kind in {"word", "noun", "particle"}

    def is_word(self, text: str) -> bool:
        """Whether the string is a word of the table, bare or with a common ending."""
        return self.cost(text) < _UNKNOWN_AFTER_ARTICLE

    def is_particle(self, text: str) -> bool:
        """Whether the word, less clitics, is a particle and never a verb or noun of the tables."""
        kind, far = self.find(text)
        if far == 0 or kind == "particle":
            return kind == "particle"
        return any(
            self._is_bare_particle(stem, pronoun)
            for proclitics, stem, pronoun in cuts(text)
            if not {"س", "أ", "ك"} & set(proclitics) and pronoun in _OF_PARTICLES
        )

    def _is_bare_particle(self, stem: str, pronoun: str) -> bool:
        if not stem:
            return True  # به, لها
        form = stem[:-1] + "ى" if pronoun and stem[-1] == "ي" else stem  # عليه, إليها
        return "particle" in (self._kinds.get(stem), self._kinds.get(form))

    def is_noun(self, text: str) -> bool:
        """Whether the word, less clitics and the alef of the accusative, is a noun and never a verb."""
        for proclitics, stem, pronoun in cuts(text):
            if not stem or {"س", "أ"} & set(proclitics) or pronoun not in _OF_PARTICLES:
                continue
            forms = _unbound(stem) if pronoun else (stem, stem[:-1]) if stem[-1] == "ا" else (stem,)
            for form in forms:
                kind = self._kinds.get(form)
                if kind:  # the least cut decides: وصفها is of وصف, not of صف
                    return kind == "noun"
        return False


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The shipped table of words."""
    return Words((resources.files("khabar.language") / "tables" / "words.tsv").read_text("utf-8"))


def segment(text: str, lexicon: Lexicon, words: Words) -> Segments:
    """The likeliest cut of a word.

    Args:
        text: one word, marks allowed.
        lexicon: the forms of verbs and nouns.
        words: the common words.

    Returns:
        «وسيستهدفونهم» gives (("و", "س"), "يستهدفون", "هم"), «بالاتفاق» (("ب",), "الاتفاق", ""), «للرئيس»
        (("ل",), "الرئيس", ""); a preposition with its pronoun has an empty stem.
    """
    text = clean(text)
    if not text:
        return (), text, ""
    proclitics, stem, pronoun = min(cuts(text), key=lambda cut: _cost(text, cut, lexicon, words))
    if proclitics[-1:] == ("ل",) and stem.startswith("ل") and len(stem) > 2:
        # للرئيس; in للجنة the article's lam and the word's are one
        one = words.is_word(stem) and not words.is_word(stem[1:])
        stem = "ال" + stem if one else "ا" + stem
    return proclitics, stem, pronoun


def cuts(text: str) -> Iterator[Segments]:
    """Every way to cut letters off that may be clitics, whatever is left."""
    pronouns = [pronoun for pronoun in _BY_LAST.get(text[-1], ()) if text.endswith(pronoun)]
    for proclitics, rest in _fronts(text):
        yield proclitics, rest, ""
        for pronoun in pronouns:
            size = len(rest) - len(pronoun)
            if size > 1 or (size == 0 and proclitics and proclitics[-1] in "بلك"):
                yield proclitics, rest[:size], pronoun


def _fronts(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    starts: list[tuple[tuple[str, ...], str]] = [((), text)]
    if text[0] in "وفأ" and len(text) > 2:
        starts.append(((text[0],), text[1:]))
    for proclitics, rest in starts:
        yield proclitics, rest
        if rest[0] in "بلكس" and len(rest) > 1:
            yield (*proclitics, rest[0]), rest[1:]


def _cost(text: str, cut: Segments, lexicon: Lexicon, words: Words) -> float:
    proclitics, stem, pronoun = cut
    before = proclitics[-1:]
    front = sum(_IN_FRONT[letter] for letter in proclitics)
    behind = _BEHIND[pronoun] if pronoun else 0.0
    if not stem:  # به, لهم
        return _LITTLE * len(proclitics) + (_LITTLE if behind < _UNKNOWN_AFTER_ARTICLE else behind / 2)
    if words.find(stem) in _PARTICLES and before not in (("س",), ("أ",)):
        # clitics stick to particles more readily than to anything else
        ready = sum(_IN_FRONT[letter] * (1 if letter == "ك" else _LITTLE) for letter in proclitics)
        return ready + (_LITTLE if behind < _UNKNOWN_AFTER_ARTICLE else behind)
    own = min(_stem_costs(stem, pronoun, before, lexicon, words), default=_UNKNOWN)
    if own >= _UNKNOWN_AFTER_ARTICLE:
        if not proclitics:
            own += max(
                (odd for start, odd in _SUSPICIOUS_STARTS.items() if text.startswith(start)), default=0
            )
        if not pronoun:
            own += max((odd for end, odd in _SUSPICIOUS_ENDS.items() if text.endswith(end)), default=0)
    return front + behind + own


def _stem_costs(
    stem: str, pronoun: str, before: tuple[str, ...], lexicon: Lexicon, words: Words
) -> Iterator[float]:
    """What the stem costs as each thing that it may be, clitics around it given."""
    yield from _verb_costs(stem, pronoun, before, lexicon)
    if before in (("س",), ("أ",)) or pronoun == "ني":
        yield 2 * _UNKNOWN
        return
    yield from _noun_costs(stem, pronoun, lexicon, words)
    if before == ("ل",) and stem.startswith("ل") and len(stem) > 2:
        yield from _article_costs(stem[1:], lexicon, words)
        yield from _article_costs(stem, lexicon, words)  # للجنة: the article's lam and the word's are one
    elif stem.startswith("ال") and len(stem) > 3:
        yield from _article_costs(stem[2:], lexicon, words) if not pronoun else (2 * _UNKNOWN,)


def _noun_costs(stem: str, pronoun: str, lexicon: Lexicon, words: Words) -> Iterator[float]:
    for form in _unbound(stem) if pronoun else (stem,):
        yield words.cost(form)
    stands = BOUND if pronoun else BARE
    for match in lexicon.noun_forms(fold(stem)):
        if match.stands & stands:
            odd = 0.0 if match.stands != BARE or stem.endswith("ا") else _ODD_NOUN
            yield _COMMON + odd + _SHARE * distance(stem, match.spelling)


def _article_costs(body: str, lexicon: Lexicon, words: Words) -> Iterator[float]:
    yield min(words.cost(body), _UNKNOWN_AFTER_ARTICLE)
    for match in lexicon.noun_forms(fold(body)):
        if match.stands & ARTICLE:
            yield _COMMON + _SHARE * distance(body, match.spelling)


def _unbound(stem: str) -> Iterator[str]:
    """Forms that a stem before a pronoun may have without it: حكومت, حكومة; مستوا, مستوى; أعضائ, أعضاء."""
    yield stem
    if stem[-1] in _BOUND_ENDS:
        yield stem[:-1] + _BOUND_ENDS[stem[-1]]


def _verb_costs(stem: str, pronoun: str, before: tuple[str, ...], lexicon: Lexicon) -> Iterator[float]:
    if before in (("ب",), ("ك",)) or pronoun == "ي":
        return
    for match in lexicon.verbs(fold(stem)):
        if not (match.bound if pronoun else match.free):
            continue
        if before in (("س",), ("ل",), ("أ",)) and match.cell.tense != "present":
            continue
        odd = rarity(match, passive=match.passive) + distance(stem, match.spelling)
        yield _COMMON + _SHARE * odd
