"""How an act was done: the modes of its type, and the words that tell them.

Most triggers say their mode themselves («غارة»); the rest leave it to a weapon in the sentence, to what was
asked for, or to another telling of the act in the article («هجوم» after «أطلق النار»).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from khabar.events.codebook import TYPES
from khabar.events.context import View, stem, terms
from khabar.events.draft import Draft
from khabar.events.scorer import Features
from khabar.language import normalise
from khabar.language.model import Word
from khabar.tables import rows

_WINDOW = 7
#: Words beside the trigger that are told apart from the rest of the window.
_CLOSE = 3
_KEPT = 100_000
_MEANS = Path(__file__).parent / "tables" / "means.tsv"
#: A mode of a type.
Cue = tuple[str, str]


def _load() -> dict[str, frozenset[Cue]]:
    found: defaultdict[str, set[Cue]] = defaultdict(set)
    for row in rows(_MEANS):
        for word in row["words"].split("|"):
            found[normalise(word)] |= {(t, row["mode"]) for t in row["types"].split("|")}
    return {word: frozenset(cues) for word, cues in found.items()}


_CUES = _load()
_NOUGHT: Counter[str] = Counter()
_NONE: frozenset[Cue] = frozenset()
_OF_WORD: dict[str, tuple[Cue, ...]] = {}


def _cues(word: Word) -> tuple[Cue, ...]:
    """The modes that a word speaks for. Source: tables/means.tsv."""
    held = _OF_WORD.get(word.text)
    if held is None:
        held = tuple(sorted(_NONE.union(*(_CUES.get(form, _NONE) for form in terms(word)))))
        if len(_OF_WORD) > _KEPT:
            _OF_WORD.clear()
        _OF_WORD[word.text] = held
    return held


class Means:
    """The modes that the words of an article speak for, by sentence, and its events' usual modes.

    Args:
        views: its sentences.
        drafts: its events.
    """

    __slots__ = ("_cues", "_drafts", "_total", "_views")

    def __init__(self, views: Sequence[View], drafts: Sequence[Draft]) -> None:
        self._views = views
        self._cues: dict[int, dict[str, list[tuple[int, str]]]] = {}
        self._total: dict[str, Counter[str]] | None = None
        self._drafts = [(d.at, d.entry.type, d.sides, d.entry.mode) for d in drafts]

    def here(self, view: View) -> dict[str, list[tuple[int, str]]]:
        """For each type, tokens of a sentence that speak for one of its modes, with the mode."""
        held = self._cues.get(view.index)
        if held is None:
            held = self._cues[view.index] = {}
            for k, word in enumerate(view.words):
                if word.kind == "word" and not view.classes[k]:
                    for kind, mode in _cues(word):
                        held.setdefault(kind, []).append((k, mode))
        return held

    def total(self, kind: str) -> Counter[str]:
        """How often the article speaks for each mode of a type."""
        if self._total is None:
            self._total = {}
            for view in self._views:
                for t, found in self.here(view).items():
                    self._total.setdefault(t, Counter()).update(mode for _, mode in found)
        return self._total.get(kind) or _NOUGHT

    def told(self, draft: Draft) -> tuple[Counter[str], Counter[str]]:
        """Usual modes of the article's other events of the type: of all, and of those with the same sides."""
        at, kind = draft.at, draft.entry.type
        actors, recipients = draft.sides
        like: Counter[str] = Counter()
        same: Counter[str] = Counter()
        for place, their_kind, (their_actors, their_recipients), mode in self._drafts:
            if place != at and their_kind == kind and mode is not None:
                like[mode] += 1
                if their_actors == actors or (their_recipients == recipients and recipients):
                    same[mode] += 1
        return like, same


def mode_candidates(means: Means, draft: Draft) -> list[tuple[str | None, Features]]:
    """Each mode of the type, and none, with its features."""
    t, entry = draft.entry.type, draft.entry
    modes = TYPES[t][1]
    if not modes:
        return [(None, [("", [_head(t, None)])])]
    shared = [f"L={draft.cand.lemma}", f"E={entry.id}", f"usual={entry.mode}"]
    shared += [f"w={w}" for w in _words_near(draft)]
    shared += _spoken(means, draft)
    shared += [f"r={a.code[-3:]}" for a in draft.recipients[:1]]
    shared += [f"a={a.code[-3:]}" for a in draft.actors[:1]]
    fixed = "fixed" if entry.mode else "open"
    where = _where(means, draft)
    like, same = means.told(draft)
    total = means.total(t)
    most = max(total[m] for m in modes)
    none = [f"cues={bool(where or like)}|{fixed}", f"close={'close' in where.values()}|{t}"]
    none += [f"like={bool(like)}|{t}|{fixed}", f"same={bool(same)}|{t}"]
    out: list[tuple[str | None, Features]] = []
    for mode in (None, *modes):
        head = _head(t, mode)
        f = [head]
        if mode == entry.mode:
            f += ["entry", f"entry|{t}"]
        if mode is None:
            f += none
        else:
            at = where.get(mode)
            if at is not None:
                f += [f"cue={at}|{fixed}", f"cue={at}|{t}|{fixed}", f"{head}|cue={at}"]
            f += _counted(t, head, fixed, total[mode], most, like[mode], same[mode])
        out.append((mode, [("", f), (head, shared)]))
    return out


def _counted(t: str, head: str, fixed: str, cues: int, most: int, like: int, same: int) -> list[str]:
    """How often the article's words, its other events of the type and those of the same sides say a mode."""
    f = []
    if cues:
        f += [f"total={min(cues, 4)}|{fixed}", f"total={min(cues, 4)}|{t}|{fixed}"]
        if cues == most:
            f += [f"most|{t}|{fixed}", f"{head}|most|{fixed}"]
    if like:
        f += [f"like={min(like, 3)}|{fixed}", f"like|{t}|{fixed}"]
    if same:
        f += [f"same={min(same, 3)}|{fixed}", f"same|{t}|{fixed}"]
    return f


@lru_cache(256)
def _head(t: str, mode: str | None) -> str:
    return f"{t}/{mode or 'none'}"


def _spoken(means: Means, draft: Draft) -> list[str]:
    """The words of the sentence that speak for a mode of the type, whichever it is."""
    cand = draft.cand
    spoken = dict.fromkeys(k for k, _ in means.here(draft.view).get(draft.entry.type, ()))
    return [f"s={stem(draft.view, k)}" for k in spoken if not cand.first <= k <= cand.last]


def _where(means: Means, draft: Draft) -> dict[str, str]:
    """For each mode, how near to the trigger a word speaks for it."""
    cand = draft.cand
    out: dict[str, str] = {}
    for k, mode in means.here(draft.view).get(draft.entry.type, ()):
        if cand.first <= k <= cand.last:
            place = "self"
        else:
            gap = cand.first - k if k < cand.first else k - cand.last
            place = "close" if gap <= _CLOSE else "near" if gap <= _WINDOW else "sentence"
        if mode not in out or _CLOSENESS[place] < _CLOSENESS[out[mode]]:
            out[mode] = place
    return out


_CLOSENESS = {"self": 0, "close": 1, "near": 2, "sentence": 3}


def _words_near(draft: Draft) -> Iterator[str]:
    view, cand = draft.view, draft.cand
    for k in range(max(0, cand.first - _WINDOW), min(len(view.words), cand.last + 1 + _WINDOW)):
        if view.words[k].kind == "word" and not (cand.first <= k <= cand.last) and not view.classes[k]:
            yield stem(view, k)
