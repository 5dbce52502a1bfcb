"""What the words around a trigger make of its act: denied, feared, wished, planned, ahead, past.

Tense and particles tell it for a verb; for a noun what governs it does («احتمال», «أحبط», «يعتزم»), across
the verbs of its own clause but not out of it.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from khabar.events.context import View, terms
from khabar.events.draft import Draft
from khabar.language import normalise
from khabar.language.model import Word
from khabar.tables import rows

#: How far before a trigger a word that governs it is looked for, and after it one that describes it.
_GOVERNS, _DESCRIBES = 10, 3
_KEPT = 100_000
#: Classes of words that begin a clause out of which nothing governs.
_ENDS = frozenset(("rel", "contrast", "time"))
_OUTLOOKS = Path(__file__).parent / "tables" / "outlooks.tsv"


def _load() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows(_OUTLOOKS):
        for word in row["words"].split("|"):
            held = found[normalise(word)]
            if row["outlook"] not in held:
                held.append(row["outlook"])
    return {word: tuple(outlooks) for word, outlooks in found.items()}


_WORDS = _load()
_OF_WORD: dict[str, tuple[str, ...]] = {}


def _outlooks(word: Word) -> tuple[str, ...]:
    """What a word makes of the act it governs. Source: tables/outlooks.tsv."""
    held = _OF_WORD.get(word.text)
    if held is None:
        out: list[str] = []
        for form in sorted(terms(word) | {word.norm}):
            out += _WORDS.get(form, ())
        if len(_OF_WORD) > _KEPT:
            _OF_WORD.clear()
        held = _OF_WORD[word.text] = tuple(dict.fromkeys(out))
    return held


def outlook_features(draft: Draft) -> list[str]:
    """Words of outlook before the trigger, by how much stands between, and right after it."""
    view, cand, t = draft.view, draft.cand, draft.entry.type
    tense = tense_of(draft)
    f = _before(view, cand.first, t, tense)
    for k in range(cand.last + 1, min(len(view.words), cand.last + 1 + _DESCRIBES)):
        if view.classes[k] == "punct":
            break
        f += [f"{outlook}>" for outlook in _outlooks(view.words[k])]
    return f


def tense_of(draft: Draft) -> str:
    """Tense of a verb as trigger, future apart; what else it is by its part of speech."""
    verb = draft.cand.verb
    if verb is None:
        return draft.cand.pos
    return "future" if verb.future else verb.tense


def _before(view: View, first: int, t: str, tense: str) -> list[str]:
    f: list[str] = []
    verbs = comps = 0
    seen: set[str] = set()
    for k in range(first - 1, max(-1, first - 1 - _GOVERNS), -1):
        c = view.classes[k]
        if c in _ENDS or (c == "punct" and view.forms[k] in "؛.!؟:"):
            break
        if c == "punct":
            continue
        if c == "comp":
            comps = 1
            continue
        for outlook in _outlooks(view.words[k]):
            if outlook not in seen:
                seen.add(outlook)
                gap = "next" if first - k == 1 else "near" if first - k <= 3 else "far"
                f += [f"{outlook}<", f"{outlook}<{gap}", f"{outlook}<{verbs}{comps}"]
                f += [f"{outlook}<{gap}|{tense}", f"{outlook}<|{t}"]
        if view.verbish[k] and not verbs:
            verbs = 1
            verb = view.words[k].verbs[0]
            state = "future" if verb.future else verb.tense
            f += [f"under={state}", f"under={state}|{tense}", f"under={state}|{comps}|{tense}"]
    if not seen:
        f.append(f"plain|{tense}")
    return f
