"""How an act was done: the modes of its type, and the words that tell them.

Most triggers say their mode themselves («غارة»); the rest leave it to a weapon in the sentence, to what was
asked for, or to another telling of the act in the article («هجوم» after «أطلق النار»).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
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
_KEPT = 200_000
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
_NONE: frozenset[Cue] = frozenset()
_OF_WORD: dict[str, frozenset[Cue]] = {}


def _cues(word: Word) -> frozenset[Cue]:
    """The modes that a word speaks for. Source: tables/means.tsv."""
    held = _OF_WORD.get(word.text)
    if held is None:
        held = _NONE.union(*(_CUES.get(form, _NONE) for form in terms(word)))
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
        self._cues: dict[int, list[tuple[int, frozenset[Cue]]]] = {}
        self._total: Counter[Cue] | None = None
        self._drafts = [(d.at, d.entry.type, d.sides, d.entry.mode) for d in drafts]

    def here(self, view: View) -> list[tuple[int, frozenset[Cue]]]:
        """Tokens of a sentence that speak for modes, with the modes."""
        held = self._cues.get(view.index)
        if held is None:
            found = (
                (k, _cues(w)) for k, w in enumerate(view.words) if w.kind == "word" and not view.classes[k]
            )
            held = self._cues[view.index] = [(k, cues) for k, cues in found if cues]
        return held

    @property
    def total(self) -> Counter[Cue]:
        """How often the article speaks for each mode."""
        if self._total is None:
            self._total = Counter(cue for view in self._views for _, cues in self.here(view) for cue in cues)
        return self._total

    def told(self, draft: Draft) -> tuple[Counter[str], Counter[str]]:
        """Usual modes of the article's other events of this type: of all, and of those with the same sides."""
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
    t, entry, cand = draft.entry.type, draft.entry, draft.cand
    modes = TYPES[t][1]
    if not modes:
        return [(None, [("", [f"{t}/none"])])]
    near = [f"w={w}" for w in _words_near(draft)]
    near += _spoken(means, draft)
    near += [f"r={a.code[-3:]}" for a in draft.recipients[:1]]
    near += [f"a={a.code[-3:]}" for a in draft.actors[:1]]
    usual = entry.mode or "none"
    where = _where(means, draft)
    like, same = means.told(draft)
    total = means.total
    most = max((total[t, m] for m in modes), default=0)
    found = bool(where) or bool(like)
    out: list[tuple[str | None, Features]] = []
    for mode in (None, *modes):
        head = f"{t}/{mode or 'none'}"
        f = [head, f"{head}|L={cand.lemma}", f"{head}|E={entry.id}", f"{head}|usual={usual}"]
        if mode == entry.mode:
            f += ["entry", f"entry|{t}"]
        if mode is None:
            f += [f"cues={found}", f"cues={found}|{usual}", f"close={'close' in where.values()}|{t}"]
            f += [f"like={bool(like)}|{t}|{entry.mode is None}", f"same={bool(same)}|{t}"]
        else:
            at = where.get(mode, "no")
            fixed = "fixed" if entry.mode else "open"
            f += [f"cue={at}", f"cue={at}|{fixed}", f"cue={at}|{t}|{fixed}", f"{head}|cue={at}"]
            count = total[t, mode]
            if count:
                f += [f"total={min(count, 4)}|{fixed}", f"total={min(count, 4)}|{t}|{fixed}"]
                if count == most:
                    f += [f"most|{fixed}", f"most|{t}|{fixed}", f"{head}|most|{fixed}"]
            if like[mode]:
                f += [f"like={min(like[mode], 3)}|{fixed}", f"like|{t}|{fixed}"]
            if same[mode]:
                f += [f"same={min(same[mode], 3)}|{fixed}", f"same|{t}|{fixed}"]
        out.append((mode, [("", f), (head, near)]))
    return out


def _spoken(means: Means, draft: Draft) -> list[str]:
    """The words of the sentence that speak for a mode of the type, whichever it is."""
    t, cand = draft.entry.type, draft.cand
    return [
        f"s={stem(draft.view, k)}"
        for k, cues in means.here(draft.view)
        if not cand.first <= k <= cand.last and any(kind == t for kind, _ in cues)
    ]


def _where(means: Means, draft: Draft) -> dict[str, str]:
    """For each mode, how near to the trigger a word speaks for it."""
    t, cand = draft.entry.type, draft.cand
    out: dict[str, str] = {}
    for k, cues in means.here(draft.view):
        if cand.first <= k <= cand.last:
            place = "self"
        else:
            gap = cand.first - k if k < cand.first else k - cand.last
            place = "close" if gap <= _CLOSE else "near" if gap <= _WINDOW else "sentence"
        for kind, mode in cues:
            if kind == t and (mode not in out or _CLOSENESS[place] < _CLOSENESS[out[mode]]):
                out[mode] = place
    return out


_CLOSENESS = {"self": 0, "close": 1, "near": 2, "sentence": 3}


def _words_near(draft: Draft) -> Iterator[str]:
    view, cand = draft.view, draft.cand
    for k in range(max(0, cand.first - _WINDOW), min(len(view.words), cand.last + 1 + _WINDOW)):
        if view.words[k].kind == "word" and not (cand.first <= k <= cand.last) and not view.classes[k]:
            yield stem(view, k)
