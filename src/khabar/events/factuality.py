"""Whether an event happened, happened long ago, lies ahead, may happen or did not: features of the choice."""

from __future__ import annotations

from khabar.events.calendar import Calendar
from khabar.events.context import View, stem
from khabar.events.draft import Draft
from khabar.events.outlook import tense_of
from khabar.events.scorer import Features

FACTUALITIES = ("actual", "historical", "future", "hypothetical", "negated")
_WINDOW = 7
_AFTER = 4


def factuality_candidates(calendar: Calendar, draft: Draft, outlook: list[str]) -> list[tuple[str, Features]]:
    """The five factualities with their features."""
    shared = _features(calendar, draft, outlook)
    return [(x, [("", [x]), (x, shared)]) for x in FACTUALITIES]


def _features(calendar: Calendar, draft: Draft, outlook: list[str]) -> list[str]:
    view, cand, entry, doc = draft.view, draft.cand, draft.entry, calendar.doc
    t = entry.type
    f = [f"T={t}", f"L={cand.lemma}", f"E={entry.id}", f"pos={cand.pos}", f"block={view.sentence.kind}"]
    if entry.factuality:
        f.append(f"entry={entry.factuality}")
    tense = tense_of(draft)
    if cand.verb is not None:
        f += [f"tense={tense}", f"{t}|tense={tense}", f"person={cand.verb.person}"]
    i = cand.first
    f += _words_before(view, i)
    f += [
        f"a={stem(view, k)}"
        for k in range(cand.last + 1, min(len(view.words), cand.last + 1 + _AFTER))
        if view.words[k].kind == "word"
    ]
    if view.classes and any(c == "cond" for c in view.classes[:2]):
        f.append("sentence-cond")
    q = doc.statement_around(view.index, view.tokens[i].start)
    f.append(f"inside={q.kind}" if q is not None else "inside=no")
    if q is not None and q.verb:
        f.append(f"cue={q.verb}")
    f += outlook
    return f + _times(calendar, draft, tense)


def _words_before(view: View, i: int) -> list[str]:
    """Particles, verbs and other words in the window before a trigger."""
    f = []
    for k in range(max(0, i - _WINDOW), i):
        c = view.classes[k]
        if c in ("neg", "modal", "cond", "fut", "perf", "comp", "time"):
            f.append(f"before={view.forms[k] if c == 'neg' else c}")
            if i - k <= 2:
                f.append(f"just={view.forms[k]}")
        elif not c and view.words[k].kind == "word":
            f.append(f"b={stem(view, k)}")
            if i - k <= 2:
                f.append(f"jb={stem(view, k)}")
            if view.verbish[k]:
                f.append(f"verb={stem(view, k)}")
                verb = view.words[k].verbs[0]
                f.append(f"verb-tense={'future' if verb.future else verb.tense}")
    return f


def _times(calendar: Calendar, draft: Draft, tense: str) -> list[str]:
    """How the dates of the sentence, or the one named last before it, stand to publication."""
    view, cand = draft.view, draft.cand
    held = calendar.days[view.index]
    if not held:
        value = calendar.latest(view.index)
        rel = calendar.relation(value) if value else "none"
        return ["time=none", f"told-after={rel}", f"told-after={rel}|{tense}"]
    x = min(held, key=lambda d: (abs(d.token - cand.first), d.start))
    gap = abs(x.token - cand.first)
    crossed = min(abs(view.clause[x.token] - view.clause[cand.first]), 2)
    lo, hi = sorted((x.token, cand.first))
    verbs = min(view.verbs_between(lo + 1, hi), 2)
    side = "R" if x.token > cand.first else "L"
    rel = x.relation
    near = "near" if gap <= 8 else "far"
    f = [f"time={rel}", f"time={rel}|{near}", f"time={rel}|pos={cand.pos}", f"time={rel}|{side}{crossed}"]
    f += [f"time={rel}|verbs={verbs}", f"time={rel}|{side}{verbs}|{tense}", f"time={rel}|{x.traits[0]}"]
    return f + [f"has={r}" for r in sorted({d.relation for d in held})]
