"""Triggers proposed by the codebook: every word or phrase of a sentence that may name an event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from khabar.events.codebook import Codebook, When
from khabar.events.context import View, _fold, terms
from khabar.language import normalise
from khabar.language.model import NounReading, VerbReading

Pos = Literal["v", "n", "p"]
#: Words after the trigger that `near`, `next` and `prep` look at, and before it for `before`.
NEAR, NEXT, PREP, BEFORE = 8, 3, 4, 3
_REACH = 30
_FUTURE = "سوف"


class Proposal(msgspec.Struct, frozen=True, gc=False):
    """A type proposed for a candidate by one entry of the codebook.

    Attributes:
        type: PLOVER type.
        entry: index into the codebook.
        when: "yes" where the entry's conditions hold, "free" where it has none, "no" where they fail.
    """

    type: str
    entry: int
    when: Literal["yes", "free", "no"]


class Candidate(msgspec.Struct, frozen=True):
    """A possible trigger.

    Attributes:
        first: index of its first token in the sentence.
        last: index of its last token, inclusive.
        pos: v verb, n noun or adjective, p phrase.
        lemma: normalised lemma, or the phrase's words.
        verb: its reading as a verb, or None.
        noun: its reading as a noun, or None.
        proposals: best entry for each proposed type.
    """

    first: int
    last: int
    pos: Pos
    lemma: str
    verb: VerbReading | None
    noun: NounReading | None
    proposals: tuple[Proposal, ...]


class Proposer:
    """Finds candidates in a sentence by the codebook's indexes."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._when = [_Condition(e.when) for e in codebook.entries]
        self._triggers: dict[str, tuple[_Sense, ...]] = {}
        self._openers: dict[str, tuple[str, ...]] = {}

    def candidates(self, view: View) -> Iterator[Candidate]:
        """Candidates of a sentence from left to right; phrases first where they share a word."""
        taken = -1
        for i, word in enumerate(view.words):
            if word.kind != "word" or i <= taken:
                continue
            phrase = self._phrase(view, i)
            if phrase is not None:
                taken = phrase.last
                yield phrase
                continue
            if view.classes[i]:
                continue
            senses = self._triggers.get(word.text)
            if senses is None:
                senses = self._senses(view, i)
                if len(self._triggers) > 100_000:
                    self._triggers.clear()
                self._triggers[word.text] = senses
            if senses:
                yield from self._pick(view, i, senses)

    def _senses(self, view: View, i: int) -> tuple[_Sense, ...]:
        """What a word may be as a trigger, whatever its sentence; cached by its spelling."""
        word = view.words[i]
        out: dict[tuple[str, str], _Sense] = {}
        for v in word.verbs:
            lemma = _fold(v.lemma)
            held = self.codebook.verbs.get(lemma)
            if held and ("v", lemma) not in out:
                out["v", lemma] = _Sense("v", lemma, v, None, held)
        for n in word.nouns:
            lemma = _fold(n.lemma)
            held = self.codebook.nouns.get(lemma)
            if held and ("n", lemma) not in out:
                out["n", lemma] = _Sense("n", lemma, None, n, held)
        return tuple(out.values())

    def _pick(self, view: View, i: int, senses: tuple[_Sense, ...]) -> Iterator[Candidate]:
        """One candidate a word: all senses that fit the verb-or-noun reading of the place."""
        if view.mention_at[i] >= 0 and not view.mentions[view.mention_at[i]].nisba:
            m = view.mentions[view.mention_at[i]]
            if m.kind in ("person", "place") and m.first != i:
                return
        want: Pos = "v" if view.verbish[i] else "n"
        fitting = sorted(senses, key=lambda s: s.pos != want)
        best: dict[str, Proposal] = {}
        for sense in fitting:
            for p in self._proposals(view, i, i, sense.entries):
                held = best.get(p.type)
                if held is None or (_RANK[p.when] > _RANK[held.when] and sense.pos == want):
                    best[p.type] = p
        sense = fitting[0]
        yield Candidate(i, i, sense.pos, sense.lemma, sense.verb, sense.noun, tuple(best.values()))

    def _proposals(self, view: View, first: int, last: int, entries: tuple[int, ...]) -> Iterator[Proposal]:
        for n in entries:
            yield Proposal(self.codebook.entries[n].type, n, self._when[n].state(view, first, last))

    def _phrase(self, view: View, i: int) -> Candidate | None:
        text = view.words[i].text
        keys = self._openers.get(text)
        if keys is None:
            if len(self._openers) > 100_000:
                self._openers.clear()
            keys = self._openers[text] = tuple(sorted(terms(view.words[i]) & self.codebook.phrases.keys()))
        for key in keys:
            for phrase in self.codebook.phrases[key]:
                last = i + len(phrase.words) - 1
                if last >= len(view.words):
                    continue
                if all(_matches(view, i + k, w) for k, w in enumerate(phrase.words) if k):
                    entries = tuple(p.entry for p in self.codebook.phrases[key] if p.words == phrase.words)
                    proposals: dict[str, Proposal] = {}
                    for p in self._proposals(view, i, last, entries):
                        if p.type not in proposals or _RANK[p.when] > _RANK[proposals[p.type].when]:
                            proposals[p.type] = p
                    word = view.words[i]
                    verb = word.verbs[0] if view.verbish[i] and word.verbs else None
                    noun = word.nouns[0] if word.nouns and verb is None else None
                    return Candidate(
                        i, last, "p", " ".join(phrase.words), verb, noun, tuple(proposals.values())
                    )
        return None


_RANK = {"no": 0, "free": 1, "yes": 2}


class _Sense(msgspec.Struct, frozen=True):
    pos: Pos
    lemma: str
    verb: VerbReading | None
    noun: NounReading | None
    entries: tuple[int, ...]


def _behind(view: View, first: int) -> list[int]:
    """The words before a trigger that `before` looks at, a mention one step: «دور الجيش الروسي في تحرير»."""
    out: list[int] = []
    steps = 0
    for j in range(first - 1, max(-1, first - 1 - _REACH), -1):
        m = view.mention_at[j]
        if m < 0 or m != view.mention_at[j + 1]:
            steps += 1
        if steps > BEFORE:
            break
        out.append(j)
    return out


def _reach(view: View, last: int) -> list[int]:
    """The words after a trigger that `near` looks at.

    A mention is one step however long it is, marks are none, so that
    «دعا الرئيس الروسي فلاديمير بوتين، اليوم، نظيره الصيني، لزيارة …» is as near as «دعا نظيره لزيارة».
    """
    out: list[int] = []
    steps = opened = 0
    for j in range(last + 1, min(len(view.words), last + 1 + _REACH)):
        c = view.classes[j]
        if c == "punct":
            if view.forms[j] in "؛.!؟":
                break
            continue
        opened += c in ("comp", "rel", "contrast", "time", "cond")
        if opened > 1:
            break
        m = view.mention_at[j]
        if m < 0 or m != view.mention_at[j - 1]:
            steps += 1
        if steps > NEAR:
            break
        out.append(j)
    return out


def _matches(view: View, i: int, word: str) -> bool:
    return view.forms[i] == word or word in terms(view.words[i])


class _Condition:
    """An entry's `when`, folded once."""

    __slots__ = ("before", "free", "near", "next", "not_near", "prep")

    def __init__(self, when: When) -> None:
        self.near, self.next, self.before, self.not_near = (
            frozenset(normalise(w) for w in words)
            for words in (when.near, when.next, when.before, when.not_near)
        )
        self.prep = frozenset(when.prep)
        self.free = not (self.near or self.next or self.before or self.not_near or self.prep)

    def state(self, view: View, first: int, last: int) -> Literal["yes", "free", "no"]:
        if self.free:
            return "free"
        if self.near and not view.has_any(self.near):
            return "no"
        end = len(view.words)
        # A phrase's own words after its first count: «ضربة جوية» is near «جوية».
        after = [*range(first + 1, last + 1), *_reach(view, last)] if self.near or self.not_near else []
        if self.near and not _any(view, after, self.near):
            return "no"
        if self.not_near and _any(view, after, self.not_near):
            return "no"
        if self.next and not _any(view, range(first + 1, min(end, last + 1 + NEXT)), self.next):
            return "no"
        if self.before and not (_any(view, _behind(view, first), self.before) or self._future(view, first)):
            return "no"
        if self.prep and not self._prep(view, last):
            return "no"
        return "yes"

    def _future(self, view: View, first: int) -> bool:
        """«سوف» among the words before stands for the future as such: «سيزور» carries it in front."""
        return _FUTURE in self.before and any(v.future for v in view.words[first].verbs)

    def _prep(self, view: View, last: int) -> bool:
        for j in range(last + 1, min(len(view.words), last + 1 + PREP)):
            if view.preps[j] in self.prep:
                return True
            text = view.words[j].text
            if text[:1] in self.prep and any(k.proclitics.endswith(text[0]) for k in view.words[j].keys):
                return True
        return False


def _any(view: View, places: range | list[int], wanted: frozenset[str]) -> bool:
    return view.has_any(wanted) and any(not wanted.isdisjoint(terms(view.words[j])) for j in places)
