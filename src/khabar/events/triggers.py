"""Is this word an event here, and of which type: the features of that choice."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from khabar.events.candidates import Candidate, Proposal
from khabar.events.codebook import Codebook
from khabar.events.context import WORD_CLASSES, View, stem
from khabar.events.document import Document, sector_or_body
from khabar.events.scorer import Features
from khabar.events.slots import fillers, plain_slot

_WINDOW = 5
#: Tokens within which a verb and a noun proposed for the same type are taken for one act.
_COMPANY = 8


#: A word below this log-odds by its entries and its neighbours' classes is no event, whatever else stands
#: around it: odds of 1 in 33, as the gate is trained. On held-out articles F1 loses nothing up to here.
CUT = -3.5


def gate_features(view: View, cand: Candidate, codebook: Codebook) -> Features:
    """The little that tells most words that are no events from the rest, at the cost of a look."""
    i, j = cand.first, cand.last
    before = _kind(view, i - 1) if i else "start"
    after = _kind(view, j + 1) if j + 1 < len(view.words) else "end"
    f = [part for _, head in head_features(cand, codebook) for part in head]
    definite = cand.noun is not None and cand.noun.definite
    return [*f, (_gate, (cand.lemma, cand.pos, before, after, definite, view.sentence.kind))]


def _gate(lemma: str, pos: str, before: str, after: str, definite: bool, block: str) -> Sequence[str]:
    return [
        f"prevc={before}|{pos}",
        f"nextc={after}|{pos}",
        f"L={lemma}|prevc={before}",
        f"L={lemma}|nextc={after}",
        f"L={lemma}|def={definite}",
        f"block={block}|{pos}",
    ]


def head_features(cand: Candidate, codebook: Codebook) -> list[tuple[Proposal, Features]]:
    """For each proposed type the features of the word itself and its entry."""
    types = {p.type for p in cand.proposals}
    sure = {p.type for p in cand.proposals if p.when == "yes"}
    out: list[tuple[Proposal, Features]] = []
    for p in cand.proposals:
        rivals = 0 if len(types) == 1 else 2 if sure - {p.type} else 1
        entry = codebook.entries[p.entry]
        out.append((p, [(_head, (p.type, cand.lemma, cand.pos, entry.id, p.when, rivals))]))
    return out


def _head(t: str, lemma: str, pos: str, entry: str, when: str, rivals: int) -> Sequence[str]:
    f = [
        "bias",
        f"T={t}",
        f"L={lemma}",
        f"{t}|L={lemma}",
        f"E={entry}|when={when}",
        f"{t}|pos={pos}",
        f"L={lemma}|pos={pos}",
    ]
    f += [f"when={when}", f"{t}|when={when}", f"L={lemma}|{t}|when={when}"]
    k = WORD_CLASSES.get(lemma)
    if k:
        f += [f"K={k}", f"{t}|K={k}", f"K={k}|{t}|when={when}"]
    if rivals:
        f.append("rivals")
    if rivals == 2:
        f.append(f"rival-sure|when={when}")
    return f


def company(cands: Sequence[Candidate]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """What is proposed beside each candidate of a sentence: of «أجرى محادثات» the noun is the trigger.

    The types proposed by the nouns within reach after it, and by the verbs within reach before it.
    """
    out = []
    for n, c in enumerate(cands):
        after = (x for x in cands[n + 1 :] if x.first - c.last <= _COMPANY and x.pos != "v")
        before = (x for x in cands[:n] if c.first - x.last <= _COMPANY and x.pos == "v")
        out.append(
            (
                frozenset(p.type for x in after for p in x.proposals if p.when != "no"),
                frozenset(p.type for x in before for p in x.proposals if p.when != "no"),
            )
        )
    return out


def _beside(t: str, pos: str, lemma: str, after: bool, before: bool) -> Sequence[str]:
    f = []
    if after:
        f += [f"noun-follows|{pos}", f"noun-follows|{t}|{pos}", f"noun-follows|L={lemma}"]
    if before:
        f += [f"verb-before|{pos}", f"verb-before|{t}|{pos}"]
    return f


class TriggerFeatures(msgspec.Struct, frozen=True):
    """Features of a possible trigger, apart by whom they serve.

    Attributes:
        shared: names that count for any type and for each type apart.
        near: words around, which count for each type apart.
        lexical: names that count under the lemma.
        options: each proposed type with its own blocks.
    """

    shared: list[str]
    near: list[str]
    lexical: Features
    options: list[tuple[Proposal, Features]]

    def choice(self, n: int) -> tuple[Proposal, Features]:
        """A proposed type with all its features."""
        p, own = self.options[n]
        return p, [*own, ("", self.shared), (p.type, self.shared), (p.type, self.near), *self.lexical]

    def choices(self) -> list[tuple[Proposal, Features]]:
        """All proposed types with all their features."""
        return [self.choice(n) for n in range(len(self.options))]


def trigger_features(
    doc: Document,
    view: View,
    cand: Candidate,
    codebook: Codebook,
    beside: tuple[frozenset[str], frozenset[str]],
) -> TriggerFeatures:
    """The features of the choice of a type; "no event" is the choice without features (score 0)."""
    shared = _shared(doc, view, cand)
    lexical = [x for x in shared if x.startswith(_LEXICAL)]
    near = [
        f"w={stem(view, k)}"
        for k in range(max(0, cand.first - _WINDOW), min(len(view.words), cand.last + 1 + _WINDOW))
        if not view.classes[k] and not cand.first <= k <= cand.last and len(view.forms[k]) > 2
    ]
    near += dict.fromkeys(f"k={k}" for w in near if (k := WORD_CLASSES.get(w[2:])))
    slots = [(plain_slot(slot), m) for slot, m in fillers(view, cand)]
    out: list[tuple[Proposal, Features]] = []
    for p, head in head_features(cand, codebook):
        entry = codebook.entries[p.entry]
        expected = entry.slots if cand.pos == "v" else entry.noun_slots
        f = [*head, (_beside, (p.type, cand.pos, cand.lemma, p.type in beside[0], p.type in beside[1]))]
        for role, wanted in (("A", expected.actor), ("R", expected.recipient)):
            m = next((m for slot, m in slots if slot in wanted), None)
            f.append((_filled, (role, p.type, m.kind if m else "", sector_or_body(m.code) if m else "")))
        out.append((p, f))
    return TriggerFeatures(shared, near, [(f"L={cand.lemma}", lexical)], out)


def _filled(role: str, t: str, kind: str, sector: str) -> Sequence[str]:
    if not kind:
        return [f"{role}-none", f"{t}|{role}-none"]
    return [f"{role}-slot", f"{role}-slot|{kind}", f"{t}|{role}-slot|{sector}"]


_LEXICAL = ("prev=", "next=", "prevc=", "def", "number=", "inside=", "tense=", "person=", "pass", "nextc=")


def _shared(doc: Document, view: View, cand: Candidate) -> list[str]:
    """What does not depend on the type proposed."""
    words, classes = view.words, view.classes
    i, j = cand.first, cand.last
    f = [f"block={view.sentence.kind}"]
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
    forms = view.forms
    f = []
    if i == 0:
        f.append("prevc=start")
    else:
        f.append(f"prev={forms[i - 1]}")
        f.append(f"prevc={_kind(view, i - 1)}")
        f.append(f"prevk={WORD_CLASSES.get(stem(view, i - 1), '')}")
        if i > 1:
            f.append(f"prev2c={_kind(view, i - 2)}")
    if j + 1 >= len(forms):
        f.append("nextc=end")
    else:
        f.append(f"next={forms[j + 1]}")
        f.append(f"nextc={_kind(view, j + 1)}")
        f.append(f"nextk={WORD_CLASSES.get(stem(view, j + 1), '')}")
        prep = next((view.preps[k] for k in range(j + 1, min(len(forms), j + 4)) if view.preps[k]), "")
        if prep:
            f.append(f"prep={prep}")
    return f


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
