"""When an event happened: candidates and features of the choice.

A date comes from an expression of time in the event's own clause, from one elsewhere in the article (a story
is dated once and told on), from a span that ends or begins at publication («منذ أسبوعين»), or is the day of
publication; or the text does not tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.events.calendar import TOP, Calendar, When, act_of, acts
from khabar.events.context import View, stem
from khabar.events.draft import Draft
from khabar.events.scorer import Features

#: Sentences further off than this are one class to a date.
_FAR = 3
#: Words that a null or publication date is read by, before and after the trigger.
_BEFORE, _JUST, _AFTER = 4, 2, 3
_OPENERS = 2
#: Words around a trigger that tell whether a date elsewhere belongs to its act.
_NEAR = 6


class Dated:
    """Events with a date in their own clause: another telling of one has its date.

    Args:
        calendar: the dates of the article.
        drafts: its events.
    """

    __slots__ = ("_held",)

    def __init__(self, calendar: Calendar, drafts: Sequence[Draft]) -> None:
        self._held: list[tuple[Draft, str, str]] = []
        for draft in drafts:
            days = calendar.days[draft.view.index]
            near = _nearest(days, draft)[0] if days else None
            if near is not None and _crossed(draft, near) <= 1:
                self._held.append((draft, _act(draft), near.value))

    def like(self, draft: Draft) -> Iterator[tuple[str, str]]:
        """The date of each other event of the type or act, and what is the same of the two."""
        act, kind = _act(draft), draft.entry.type
        actors, recipients = draft.sides
        for other, their_act, value in self._held:
            if other is draft or (other.entry.type != kind and their_act != act):
                continue
            a, r = other.sides
            sides = (
                "sides"
                if (a, r) == (actors, recipients)
                else "side"
                if a == actors or r == recipients
                else "none"
            )
            same = "act" if their_act == act else "type"
            yield value, f"{same}-{sides}"


def _act(draft: Draft) -> str:
    return act_of(draft.view.words[draft.cand.last])


def _crossed(draft: Draft, x: When) -> int:
    """Clauses between a date of the event's sentence and its trigger."""
    clause = draft.view.clause
    return min(abs(clause[x.token] - clause[draft.cand.first]), 3)


def date_candidates(
    calendar: Calendar, draft: Draft, outlook: list[str], dated: Dated
) -> list[tuple[str | None, Features]]:
    """No date, the day of publication, and each date the article offers, each once, with their features."""
    view = draft.view
    base = _base(calendar, draft, outlook)
    seen: dict[str, list[str]] = {}
    for rank, x in enumerate(_nearest(calendar.days[view.index], draft)):
        held = seen.get(x.value)
        if held is None:
            seen[x.value] = _here(draft, x, rank, base[1])
    own = bool(seen)
    first, last = draft.cand.first, draft.cand.last
    mine = frozenset(acts(view, max(0, first - _NEAR), last + 1 + _NEAR))
    for value, places in calendar.everywhere.items():
        f = seen.setdefault(value, [])
        f += _elsewhere(calendar, draft, value, places, mine, own, base[1])
    for value, same in dict.fromkeys(dated.like(draft)):
        here = "own" if own else "bare"
        seen.setdefault(value, []).extend((f"as={same}", f"as={same}|{here}", f"as={same}|{here}|{base[1]}"))
    if calendar.lead in seen:
        early = "early" if view.index < TOP else "late"
        here = "own" if own else "bare"
        seen[calendar.lead] += ["lead", f"lead|{here}|{early}", f"lead|{base[1]}|{here}"]
    out: list[tuple[str | None, Features]] = [(None, [("", ["null"]), ("null", base[0])])]
    if calendar.published:
        f = seen.pop(calendar.published, [])
        out.append((calendar.published, [("", ["pub", *f]), ("pub", base[0])]))
    out += [(value, [("", ["time", *f])]) for value, f in seen.items()]
    return out


def _nearest(days: list[When], draft: Draft) -> list[When]:
    view, cand = draft.view, draft.cand
    at, end = view.tokens[cand.first].start, view.tokens[cand.last].end
    return sorted(days, key=lambda x: (min(abs(x.start - end), abs(at - x.end)), x.start))


def _base(calendar: Calendar, draft: Draft, outlook: list[str]) -> tuple[list[str], str]:
    """What speaks for no date or for publication; and the tense of the trigger."""
    doc, view, cand, t = calendar.doc, draft.view, draft.cand, draft.entry.type
    q = doc.statement_around(view.index, view.tokens[cand.first].start)
    held = f"inside={q.kind}" if q is not None else "inside=no"
    named = [x for x in calendar.days[view.index] if x.traits[0] == "named"]
    count = f"times={min(len(named), 2)}"
    if not named and calendar.days[view.index]:
        count = "times=span"
    tense = cand.verb.tense if cand.verb is not None else _noun(draft)
    if cand.verb is not None and cand.verb.future:
        tense = "future"
    past = _pluperfect(view, cand.first)
    base = [t, held, count, tense, f"{held}|{count}", f"{held}|{tense}", f"{t}|{count}", f"L={cand.lemma}"]
    base += [f"{count}|{tense}", f"block={view.sentence.kind}"]
    base += [f"{t}|{tense}", f"{t}|{held}", past, f"{past}|{tense}"]
    if q is not None and q.verb:
        base.append(f"cue={q.verb}")
    place = min(view.index, 6)
    base += [f"at={place}", f"at={place}|{count}", f"{t}|early" if place <= 2 else f"{t}|late"]
    base += [f"opens={view.forms[k]}" for k in range(min(_OPENERS, cand.first, len(view.forms)))]
    lead = "none" if not calendar.lead else ("pub" if calendar.lead == calendar.published else "other")
    early = "early" if place < TOP else "late"
    base += [f"lead={lead}", f"lead={lead}|{early}", f"lead={lead}|{tense}", f"lead={lead}|{count}"]
    act = act_of(view.words[cand.last])
    told = [n for n, words in enumerate(calendar.words[:TOP]) if n < view.index and act in words]
    story = "told" if told else "new"
    base += [f"story={story}", f"story={story}|{tense}", f"story={story}|{early}", f"story={story}|{t}"]
    base += outlook
    base += _around(view, cand.first, cand.last)
    return base, tense


def _noun(draft: Draft) -> str:
    """A noun as trigger: definite, with a pronoun, or bare."""
    noun = draft.cand.noun
    if noun is None:
        return draft.cand.pos
    if noun.pronoun:
        return "noun-owned"
    return "noun-definite" if noun.definite else "noun-bare"


def _pluperfect(view: View, i: int) -> str:
    """«كان» or «قد» before the trigger, in its clause."""
    for k in range(i - 1, max(-1, i - 8), -1):
        if view.classes[k] in ("comp", "rel", "contrast"):
            return view.classes[k]
        if view.classes[k] in ("perf", "aux"):
            return f"{view.classes[k]}={view.forms[k].lstrip('وف')}"
        if view.verbish[k]:
            return "verb"
    return "plain"


def _around(view: View, first: int, last: int) -> list[str]:
    """Words before and after the trigger; those right before it twice."""
    words = view.words
    before = [k for k in range(max(0, first - _BEFORE), first) if words[k].kind == "word"]
    after = range(last + 1, min(len(words), last + 1 + _AFTER))
    f = [f"b={_name(view, k)}" for k in before]
    f += [f"just={_name(view, k)}" for k in before if first - k <= _JUST]
    return f + [f"a={_name(view, k)}" for k in after if words[k].kind == "word"]


def _name(view: View, k: int) -> str:
    return view.forms[k] if view.classes[k] else stem(view, k)


def _here(draft: Draft, x: When, rank: int, tense: str) -> list[str]:
    """Features of a date in the event's own sentence."""
    view, cand, t = draft.view, draft.cand, draft.entry.type
    side = "R" if x.token > cand.first else "L"
    crossed = _crossed(draft, x)
    lo, hi = sorted((x.token, cand.first))
    gap = min((hi - lo) // 3, 5)
    rank = min(rank, 2)
    rel = x.relation
    f = ["here", f"rank={rank}", f"{side}{crossed}", *x.traits]
    f += [f"{side}|rank={rank}|{crossed}", f"{side}|gap={gap}", f"here|{t}", f"rel={rel}|{tense}"]
    f += [f"{side}|{tense}", f"{side}|{crossed}|{tense}"]
    verbs = min(view.verbs_between(lo + 1, hi), 2)
    f += [f"{side}|verbs={verbs}", f"{side}|{tense}|verbs={verbs}"]
    if any(view.classes[k] in ("comp", "rel") for k in range(lo, hi)):
        f.append(f"{side}|sub-between")
    if view.depth[x.token] != view.depth[cand.first]:
        f.append("quotes-apart")
    return f


def _elsewhere(
    calendar: Calendar,
    draft: Draft,
    value: str,
    places: list[tuple[int, When]],
    mine: frozenset[str],
    own: bool,
    tense: str,
) -> list[str]:
    """Features of a date by the other sentences that name it."""
    at = draft.view.index
    trigger = act_of(draft.view.words[draft.cand.last])
    here = "own" if own else "bare"
    f = []
    if all(n != at for n, _ in places):
        rel = places[0][1].relation
        f += ["not-here", f"not-here|{here}"]
        f += [f"{here}|rel={rel}", f"{here}|grain={len(value)}", f"{here}|{tense}|{rel}"]
    for n, x in places:
        if n == at:
            continue
        step = max(-_FAR, min(_FAR, n - at))
        same = "par" if calendar.doc.views[n].sentence.paragraph == draft.view.sentence.paragraph else "apart"
        common = min(len(mine & x.words), 4)
        told = "told" if trigger in x.words else "untold"
        f += [
            f"step={step}|{here}",
            f"step={step}|{here}|{same}",
            f"common={common}|{here}",
            f"{told}|{here}",
        ]
        f += [f"step={step}|{told}", f"step={step}|common={common}", f"{told}|common={common}"]
    if value == calendar.latest(at):
        f += ["latest", f"latest|{here}", f"latest|{here}|{tense}"]
    if len(places) > 1:
        f.append("again")
    return list(dict.fromkeys(f))
