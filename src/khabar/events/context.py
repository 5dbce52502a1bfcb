"""A sentence laid out for the event room: classes of its words, where its mentions stand, what governs what.

There is no parser behind this. Written Arabic marks most of what matters on the surface: the verb comes
first, a preposition stands before what it governs, a subordinate clause opens with its particle.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from khabar.language.model import Sentence, Token, Word
from khabar.mentions.model import Mention
from khabar.tables import rows

_TABLES = Path(__file__).parent / "tables"
_CLASSES: dict[str, str] = {r["word"]: r["class"] for r in rows(_TABLES / "function_words.tsv")}
#: Words whose terms and stems are kept at hand.
_KEPT = 100_000
_ATTACHED = ("ل", "ب", "ك")
#: Verbs that carry a verbal noun as their object: lemma -> True. Source: tables/light_verbs.tsv.
LIGHT_VERBS = frozenset(r["lemma"] for r in rows(_TABLES / "light_verbs.tsv"))
_OPENING = frozenset("«“\"'‹([")
_CLOSING = frozenset("»”›)]")


@lru_cache(maxsize=65536)
def _class_of(text: str) -> str:
    """Class of a written word less its conjunction, "" for an open-class one."""
    found = _CLASSES.get(text)
    if found is None and len(text) > 2 and text[0] in "وف":
        found = _CLASSES.get(text[1:])
    return found or ""


def preposition(word: Word) -> str:
    """The preposition a word is (its bare form, without conjunction or pronoun), or ""."""
    return _preposition(word.text)


@lru_cache(maxsize=65536)
def _preposition(text: str) -> str:
    if _class_of(text) != "prep":
        return ""
    return text if text in _CLASSES else text[1:]


_TERMS: dict[str, frozenset[str]] = {}


def terms(word: Word) -> frozenset[str]:
    """Every normal form a condition of the codebook may name this word by.

    Its keys with and without the article, and its lemmas as verb and noun.
    """
    found = _TERMS.get(word.text)
    if found is None:
        forms = {k.form for k in word.keys}
        forms |= {f[2:] for f in forms if f.startswith("ال") and len(f) > 4}
        # The accusative of an indefinite noun ends in an alef: «مسجدا» is «مسجد».
        forms |= {f[:-1] for f in forms if f.endswith("ا") and len(f) > 3}
        forms |= {_fold(v.lemma) for v in word.verbs}
        forms |= {_fold(n.lemma) for n in word.nouns}
        found = frozenset(forms)
        if len(_TERMS) > _KEPT:
            _TERMS.clear()
        _TERMS[word.text] = found
    return found


@lru_cache(maxsize=65536)
def _fold(lemma: str) -> str:
    from khabar.language import normalise  # noqa: PLC0415 (the room imports lazily, see its __init__)

    return normalise(lemma)


def stem(view: View, k: int) -> str:
    """Lemma of a word as noun or verb, else its shortest key: «للهجوم» and «الهجوم» are one."""
    return stem_of(view.words[k])


#: stem -> class of the words that stand in the same surroundings, named by its most frequent member.
#: Source: tools/derive_word_classes.py.
WORD_CLASSES: dict[str, str] = {r["word"]: r["class"] for r in rows(_TABLES / "word_classes.tsv")}
_STEMS: dict[str, str] = {}


def stem_of(word: Word) -> str:
    """Lemma of a word by itself, see `stem`."""
    found = _STEMS.get(word.text)
    if found is None:
        if word.nouns:
            found = word.nouns[0].lemma
        elif word.verbs:
            found = word.verbs[0].lemma
        else:
            found = word.keys[-1].form if word.keys else word.norm
            found = found[2:] if found.startswith("ال") and len(found) > 4 else found
        if len(_STEMS) > _KEPT:
            _STEMS.clear()
        _STEMS[word.text] = found
    return found


class View:
    """One sentence with all that features ask of it, computed once."""

    __slots__ = (
        "_governors",
        "_light",
        "_terms",
        "_verbs_upto",
        "classes",
        "clause",
        "depth",
        "forms",
        "index",
        "mention_at",
        "mentions",
        "preps",
        "sentence",
        "starts",
        "tokens",
        "verbish",
        "words",
    )

    def __init__(self, sentence: Sentence, mentions: tuple[Mention, ...]) -> None:
        self.sentence = sentence
        self.index = sentence.index
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.mentions = mentions
        words = [t.word for t in sentence.tokens]
        self.words: list[Word] = words
        self.forms = [w.norm for w in words]
        self.classes = ["punct" if w.kind == "punct" else _class_of(w.text) for w in words]
        self.preps = [
            _preposition(w.text) if c == "prep" else "" for w, c in zip(words, self.classes, strict=True)
        ]
        self.starts = [t.start for t in sentence.tokens]
        self.mention_at = [-1] * len(words)
        for n, m in enumerate(mentions):
            if m.nisba and self.mention_at[m.first] >= 0:
                continue
            for i in range(m.first, m.last + 1):
                self.mention_at[i] = n
        self.verbish = self._verbs()
        self.clause = self._clauses()
        self.depth = self._quotes()
        self._verbs_upto = [0, *accumulate(self.verbish)]
        self._governors: dict[int, str] = {}
        self._light: dict[int, int] = {}
        self._terms: frozenset[str] | None = None

    def _verbs(self) -> list[bool]:
        """Which words are finite verbs here: only verb readings, or the surroundings ask for one."""
        out = []
        for i, word in enumerate(self.words):
            if not word.verbs or word.article or self.classes[i] or self.mention_at[i] >= 0:
                out.append(False)
            elif not word.nouns:
                out.append(True)
            else:
                out.append(self._reads_as_verb(i))
        return out

    def _reads_as_verb(self, i: int) -> bool:
        word = self.words[i]
        if word.norm.endswith("ا") and not word.verbs[0].pronoun and word.verbs[0].number == "s":
            return word.verbs[0].lemma.endswith(("ا", "ى"))
        if word.verbs[0].tense == "present" and word.norm[:1] in "يوفس":
            return True
        if any(n.proclitics and n.proclitics[-1] in _ATTACHED for n in word.nouns) and not word.verbs:
            return False
        if i == 0:
            return word.nouns[0].number == "s" and not self._construct(i)
        before = self.classes[i - 1]
        if before in ("prep", "dem"):
            return False
        if before in ("comp", "rel", "fut", "perf", "cond", "time", "modal"):
            return True
        if before == "neg":
            return self.forms[i - 1] not in ("غير", "عدم", "دون", "بدون")
        if before == "punct":
            return not self._construct(i)
        return word.norm[:1] in "وف" and bool(word.verbs[0].proclitics) and not self._construct(i)

    def _construct(self, i: int) -> bool:
        """Whether the next word makes this one look like the head of a construct.

        «قتل المدنيين» in a headline stays ambiguous; «مقتل …» never comes here. A following group of victims
        or number speaks for a noun only when the sentence has a finite verb further on right after it.
        """
        nxt = i + 1
        if nxt >= len(self.words):
            return True
        return self.classes[nxt] == "punct"

    def _clauses(self) -> list[int]:
        out, n = [], 0
        for i, c in enumerate(self.classes):
            if c in ("comp", "rel", "contrast", "time", "cond") or (
                c == "punct" and self.forms[i] in "،,;؛:-–—"
            ):
                n += 1
            out.append(n)
        return out

    def _quotes(self) -> list[int]:
        """0 outside marks of quotation or brackets, 1 inside."""
        out, depth, straight = [], 0, False
        for form in self.forms:
            if form == '"':
                straight = not straight
                out.append(1)
                continue
            if form in _OPENING:
                depth += 1
            out.append(1 if depth or straight else 0)
            if form in _CLOSING and depth:
                depth -= 1
        return out

    def verbs_between(self, lo: int, hi: int) -> int:
        """How many finite verbs stand at the indexes from `lo` up to, not including, `hi`."""
        return self._verbs_upto[hi] - self._verbs_upto[lo] if lo < hi else 0

    def governor(self, m: Mention) -> str:
        """The preposition right before a mention, attached or free, or ""."""
        held = self._governors.get(m.first)
        if held is None:
            held = self._governors[m.first] = self._governor(m)
        return held

    def token_at(self, offset: int) -> int:
        """Index of the token that holds or follows the code point, at most the last."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def _governor(self, m: Mention) -> str:
        for letter in m.proclitic[::-1]:
            if letter in _ATTACHED:
                return letter
        if self.words[m.first].text.startswith("لل"):
            return "ل"
        i = m.first - 1
        if i >= 0 and self.forms[i] in ('"', "«", "("):
            i -= 1
        return self.preps[i] if i >= 0 else ""

    def light_verb_before(self, i: int) -> int:
        """Index of the light verb that governs the verbal noun at `i` («شن الجيش هجوما»), or -1."""
        held = self._light.get(i)
        if held is None:
            held = self._light[i] = self._light_verb(i)
        return held

    def _light_verb(self, i: int) -> int:
        for j in range(i - 1, max(-1, i - 9), -1):
            if self.classes[j] in ("comp", "rel", "contrast"):
                return -1
            if self.verbish[j]:
                return j if any(v.lemma in LIGHT_VERBS for v in self.words[j].verbs) else -1
        return -1

    def has_any(self, wanted: frozenset[str]) -> bool:
        """Whether any word of the sentence goes by one of these terms."""
        if self._terms is None:
            self._terms = frozenset().union(*(terms(w) for w in self.words if w.kind == "word"))
        return not wanted.isdisjoint(self._terms)
