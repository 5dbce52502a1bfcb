"""Is this word an event here, and of which type: the features of that choice."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.events.candidates import Candidate, Proposal
from khabar.events.codebook import Codebook
from khabar.events.context import View
from khabar.events.document import Document
from khabar.events.scorer import Features
from khabar.events.slots import fillers, plain_slot

_WINDOW = 5


def trigger_features(
    doc: Document, view: View, cand: Candidate, codebook: Codebook
) -> list[tuple[Proposal, Features]]:
    """For each proposed type its features; "no event" is the choice without features (score 0)."""
    shared = _shared(doc, view, cand)
    lexical = [x for x in shared if x.startswith(_LEXICAL)]
    slots = fillers(view, cand)
    types = {p.type for p in cand.proposals}
    sure = {p.type for p in cand.proposals if p.when == "yes"}
    out: list[tuple[Proposal, Features]] = []
    for p in cand.proposals:
        entry = codebook.entries[p.entry]
        t = p.type
        lemma = cand.lemma
        f = ["bias", f"T={t}", f"L={lemma}", f"{t}|L={lemma}", f"E={entry.id}"]
        f.append(f"when={p.when}")
        f.append(f"{t}|when={p.when}")
        f.append(f"L={lemma}|{t}|when={p.when}")
        if len(types) > 1:
            f.append("rivals")
            if sure - {t}:
                f.append(f"rival-sure|when={p.when}")
        expected = entry.slots if cand.pos == "v" else entry.noun_slots
        for role, wanted in (("A", expected.actor), ("R", expected.recipient)):
            filled = [m for slot, m in slots if plain_slot(slot) in wanted]
            if filled:
                m = filled[0]
                f.append(f"{role}-slot")
                f.append(f"{role}-slot|{m.kind}")
                f.append(f"{t}|{role}-slot|{_sector(m.code)}")
            else:
                f.append(f"{role}-none")
                f.append(f"{t}|{role}-none")
        out.append((p, [("", f), ("", shared), (t, shared), (f"L={lemma}", lexical)]))
    return out


_LEXICAL = ("prev=", "next=", "prevc=", "def", "number=", "inside=", "tense=", "person=", "pass", "nextc=")


def _sector(code: str) -> str:
    return code.split()[1] if " " in code else code


def _shared(doc: Document, view: View, cand: Candidate) -> list[str]:
    """What does not depend on the type proposed."""
    words, classes = view.words, view.classes
    i, j = cand.first, cand.last
    f = [f"pos={cand.pos}", f"block={view.sentence.kind}"]
    f += _form(cand)
    f += _neighbours(view, i, j)
    if view.index == 0:
        f.append("first-sentence")
    elif view.index <= 2:
        f.append("lead")
    near = classes[max(0, i - 3) : i]
    for c in ("neg", "modal", "cond", "fut", "perf"):
        if c in near:
            f.append(f"near-{c}")
    trigger = view.tokens[i].start
    q = doc.statement_around(view.index, trigger)
    f.append(f"inside={q.kind}" if q is not None else "inside=no")
    if q is None and any(s.cue[0] <= trigger < s.cue[1] for s in doc.statements_in[view.index]):
        f.append("is-cue")
    if view.depth[i]:
        f.append("in-quotes")
    m = view.mention_at[i]
    if m >= 0:
        f.append(f"in-mention={view.mentions[m].kind}")
    light = view.light_verb_before(i) if cand.pos != "v" else -1
    if light >= 0:
        f.append("light")
        f.append(f"light={words[light].verbs[0].lemma}")
    if doc.times_in[view.index]:
        f.append("time-in-sentence")
    left = sum(1 for x in view.mentions if x.last < i)
    right = sum(1 for x in view.mentions if x.first > j)
    f.append(f"left={min(left, 2)}")
    f.append(f"right={min(right, 2)}")
    return f


def _form(cand: Candidate) -> list[str]:
    f = []
    if cand.verb is not None:
        v = cand.verb
        f.append(f"tense={v.tense}")
        f.append(f"person={v.person}")
        if v.future:
            f.append("future")
        if v.passive:
            f.append("pass")
        if v.pronoun:
            f.append("object-pronoun")
    elif cand.noun is not None:
        n = cand.noun
        f.append("def" if n.definite else "indef")
        f.append(f"number={n.number}")
        if n.pronoun:
            f.append("pronoun")
        if n.proclitics and n.proclitics[-1] in ("ل", "ب"):
            f.append(f"clitic={n.proclitics[-1]}")
    return f


def _neighbours(view: View, i: int, j: int) -> list[str]:
    forms, classes = view.forms, view.classes
    f = []
    if i == 0:
        f.append("prevc=start")
    else:
        f.append(f"prev={forms[i - 1]}")
        f.append(f"prevc={_kind(view, i - 1)}")
        if i > 1:
            f.append(f"prev2c={_kind(view, i - 2)}")
    if j + 1 >= len(forms):
        f.append("nextc=end")
    else:
        f.append(f"next={forms[j + 1]}")
        f.append(f"nextc={_kind(view, j + 1)}")
        prep = next((view.preps[k] for k in range(j + 1, min(len(forms), j + 4)) if view.preps[k]), "")
        if prep:
            f.append(f"prep={prep}")
    for k in range(max(0, i - _WINDOW), min(len(forms), j + 1 + _WINDOW)):
        if not classes[k] and not i <= k <= j and len(forms[k]) > 2:
            f.append(f"w={_stem(view, k)}")
    return f


def _stem(view: View, k: int) -> str:
    """A word's shortest key less the article: enough to make «للهجوم» and «الهجوم» one feature."""
    word = view.words[k]
    if word.nouns:
        return word.nouns[0].lemma
    if word.verbs:
        return word.verbs[0].lemma
    form = word.keys[-1].form if word.keys else word.norm
    return form[2:] if form.startswith("ال") and len(form) > 4 else form


def _kind(view: View, k: int) -> str:
    """Class of a neighbour: function class, mention kind, verb, number, or word."""
    if view.classes[k]:
        return view.preps[k] or view.classes[k]
    m = view.mention_at[k]
    if m >= 0:
        return f"m-{view.mentions[m].kind}"
    if view.verbish[k]:
        return "verb"
    return view.words[k].kind


def choose(scores: Sequence[float]) -> int:
    """Index of the best type, or -1 for no event (whose score is 0 by definition)."""
    best, at = 0.0, -1
    for n, s in enumerate(scores):
        if s > best:
            best, at = s, n
    return at
