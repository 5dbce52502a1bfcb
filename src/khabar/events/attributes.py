"""Mode, factuality, when and where: candidates and features of each choice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date  # noqa: N812 (a type, named as one)

import msgspec

from khabar.events.arguments import Filler
from khabar.events.candidates import Candidate
from khabar.events.codebook import TYPES, Entry
from khabar.events.context import View, stem
from khabar.events.document import BODIES, Document
from khabar.events.scorer import Features
from khabar.mentions.model import Mention

FACTUALITIES = ("actual", "historical", "future", "hypothetical", "negated")
_WINDOW = 7


class Draft(msgspec.Struct, frozen=True):
    """An event under way: its trigger, type and sides, before its attributes are decided."""

    view: View
    cand: Candidate
    entry: Entry
    actors: tuple[Filler, ...]
    recipients: tuple[Filler, ...]


# --- mode -----------------------------------------------------------------------------------------


def mode_candidates(draft: Draft) -> list[tuple[str | None, Features]]:
    """Each mode of the type, and none, with its features."""
    near = [f"w={w}" for w in _words_near(draft, _WINDOW)]
    near += [f"r={a.code[-3:]}" for a in draft.recipients[:1]]
    near += [f"a={a.code[-3:]}" for a in draft.actors[:1]]
    lemma, entry = draft.cand.lemma, draft.entry
    out: list[tuple[str | None, Features]] = []
    for mode in (None, *TYPES[entry.type][1]):
        head = f"{entry.type}/{mode or 'none'}"
        f = [head, f"{head}|L={lemma}", f"{head}|E={entry.id}"]
        if mode == entry.mode:
            f += ["entry", f"entry|{entry.type}"]
        out.append((mode, [("", f), (head, near)]))
    return out


def _words_near(draft: Draft, window: int) -> Iterable[str]:
    view, cand = draft.view, draft.cand
    for k in range(max(0, cand.first - window), min(len(view.words), cand.last + 1 + window)):
        if view.words[k].kind == "word" and not (cand.first <= k <= cand.last) and not view.classes[k]:
            yield stem(view, k)


# --- factuality -----------------------------------------------------------------------------------


def factuality_candidates(doc: Document, draft: Draft) -> list[tuple[str, Features]]:
    """The five factualities with their features."""
    shared = _factuality_features(doc, draft)
    return [(x, [("", [x]), (x, shared)]) for x in FACTUALITIES]


def _factuality_features(doc: Document, draft: Draft) -> list[str]:
    view, cand, entry = draft.view, draft.cand, draft.entry
    t = entry.type
    f = [f"T={t}", f"L={cand.lemma}", f"pos={cand.pos}"]
    if entry.factuality:
        f.append(f"entry={entry.factuality}")
    v = cand.verb
    if v is not None:
        f += [f"tense={v.tense}", f"{t}|tense={v.tense}", f"person={v.person}"]
        if v.future:
            f += ["future", f"{t}|future"]
    i = cand.first
    f += _words_before(view, i)
    for k in range(cand.last + 1, min(len(view.words), cand.last + 5)):
        if view.words[k].kind == "word":
            f.append(f"a={stem(view, k)}")
    if view.classes and any(c == "cond" for c in view.classes[:2]):
        f.append("sentence-cond")
    q = doc.statement_around(view.index, view.tokens[i].start)
    f.append(f"inside={q.kind}" if q is not None else "inside=no")
    if q is not None and q.verb:
        f.append(f"cue={q.verb}")
    f += _time_features(doc, view, cand)
    return f


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


def _time_features(doc: Document, view: View, cand: Candidate) -> list[str]:
    """How the nearest datable expression of the sentence stands to publication."""
    best, value = 99, ""
    at = view.tokens[cand.first].start
    for time in doc.times_in[view.index]:
        if time.event_time:
            gap = abs(time.start - at) // 6
            if gap < best:
                best, value = gap, time.value
    if not value:
        return ["time=none"]
    relation = _relation(value, doc.published)
    near = "near" if best <= 8 else "far"
    return [f"time={relation}", f"time={relation}|{near}", f"time={relation}|T-pos={cand.pos}"]


def _relation(value: str, published: Date | None) -> str:
    if value.endswith("_REF"):
        return value
    if published is None or not value[:4].isdigit():
        return "unknown"
    day = published.isoformat()
    head = value[: len(day)].split("T", maxsplit=1)[0]
    if day.startswith(head):
        return "today" if len(head) == 10 else "now"
    if head > day:
        return "ahead"
    years = published.year - int(value[:4])
    if years > 1 or (years == 1 and len(head) >= 7 and head[5:7] <= day[5:7]):
        return "years-ago"
    if len(head) == 10 and (published - _day(head, published)).days <= 7:
        return "this-week"
    return "months-ago"


def _day(text: str, fallback: Date) -> Date:
    try:
        return Date.fromisoformat(text)
    except ValueError:
        return fallback


# --- date -----------------------------------------------------------------------------------------


def date_candidates(doc: Document, draft: Draft, factuality: str) -> list[tuple[str | None, Features]]:
    """No date, the day of publication, and each expression of time in reach, with their features."""
    view, cand, entry = draft.view, draft.cand, draft.entry
    t, fact = entry.type, factuality
    q = doc.statement_around(view.index, view.tokens[cand.first].start)
    held = f"inside={q.kind}" if q is not None else "inside=no"
    times = [x for x in doc.times_in[view.index] if x.event_time and iso(x.value)]
    count = f"times={min(len(times), 2)}"
    tense = cand.verb.tense if cand.verb is not None else cand.pos
    base = [fact, t, held, count, tense, f"{fact}|{held}", f"{fact}|{count}", f"{fact}|{count}|{held}"]
    base += [f"{fact}|{t}|{count}", f"L={cand.lemma}", f"{count}|{tense}", f"block={view.sentence.kind}"]
    if view.index <= 1:
        base += ["lead", f"lead|{count}"]
    out: list[tuple[str | None, Features]] = [(None, [("", ["null"]), ("null", base)])]
    if doc.published is not None:
        out.append((doc.published.isoformat(), [("", ["pub"]), ("pub", base)]))
    at, end = view.tokens[cand.first].start, view.tokens[cand.last].end
    ordered = sorted(times, key=lambda x: (min(abs(x.start - end), abs(at - x.end)), x.start))
    for rank, x in enumerate(ordered):
        place = view.token_at(x.start)
        side = "R" if x.start > at else "L"
        crossed = abs(view.clause[place] - view.clause[cand.first])
        value = iso(x.value)
        rel = _relation(value, doc.published)
        f = ["time", f"rank={min(rank, 2)}", f"{side}{min(crossed, 3)}", f"rel={rel}", f"rel={rel}|{fact}"]
        f += [f"{side}|rank={min(rank, 2)}|{min(crossed, 3)}", f"rule={x.rule}", f"grain={len(value)}"]
        f += [f"time|{fact}", f"time|{t}", f"time|{held}", f"time|{count}", f"rel={rel}|{tense}"]
        lo, hi = sorted((place, cand.first))
        if any(view.verbish[k] for k in range(lo + 1, hi)):
            f += ["verb-between", f"{side}|verb-between"]
        if any(view.classes[k] in ("comp", "rel") for k in range(lo, hi)):
            f.append(f"{side}|sub-between")
        if len({view.depth[place], view.depth[cand.first]}) > 1:
            f.append("quotes-apart")
        out.append((value, [("", f)]))
    if not times:
        out += _dates_nearby(doc, view, base)
    return out


def _dates_nearby(doc: Document, view: View, base: list[str]) -> list[tuple[str | None, Features]]:
    """Dates of the sentences around, for a sentence without one of its own."""
    out: list[tuple[str | None, Features]] = []
    nearby = (1, 2) if view.sentence.kind == "title" else (-1, -2)
    for step in nearby:
        n = view.index + step
        if not 0 <= n < len(doc.views):
            continue
        for x in doc.times_in[n]:
            value = iso(x.value)
            if x.event_time and value:
                rel = _relation(value, doc.published)
                head = f"other{step}"
                f = [head, f"{head}|rel={rel}", f"{head}|grain={len(value)}", f"{head}|{base[0]}"]
                out.append((value, [("", f), (head, base[1:6])]))
                break
    return out


def iso(value: str) -> str:
    """The ISO date, possibly partial, that a TIMEX3 value names, or "" for none."""
    head = value.split("T", maxsplit=1)[0]
    if len(head) in (4, 7, 10) and head[:4].isdigit() and head.replace("-", "").isdigit():
        return head
    return ""


# --- place ----------------------------------------------------------------------------------------


class Where(msgspec.Struct, frozen=True):
    """A candidate place: a mention, or a country alone, or nowhere."""

    country: str
    mention: Mention | None


def place_candidates(doc: Document, draft: Draft) -> list[tuple[Where, Features]]:
    """Nowhere, the places of the sentence and its neighbours, the countries of the sides and the article."""
    view, cand, entry = draft.view, draft.cand, draft.entry
    t = entry.type
    out: list[tuple[Where, Features]] = []
    actors = {a.code.split()[0] for a in draft.actors if a.code}
    recipients = {a.code.split()[0] for a in draft.recipients if a.code}
    around = f"sides={len(actors | recipients)}"
    nowhere = [t, f"L={cand.lemma}", f"E={entry.id}", cand.pos, f"{t}|{around}"]
    out.append((Where("", None), [("", ["nowhere"]), ("nowhere", nowhere)]))
    for source, n in (("here", view.index), ("before", view.index - 1), ("title", 0)):
        if n < 0 or (source != "here" and n == view.index):
            continue
        other = doc.views[n]
        for m in other.mentions:
            if m.kind == "place" and m.country and m.country not in BODIES:
                f = _place_features(doc, draft, other, m, source, actors, recipients)
                out.append((Where(m.country, m), [("", f)]))
    if doc.focus:
        f = ["focus", f"focus|{t}", f"focus|{t}|{around}", f"focus|L={cand.lemma}"]
        f += _sides(doc.focus, "focus", t, actors, recipients)
        out.append((Where(doc.focus, None), [("", f)]))
    for label, side in (("actor", actors), ("recipient", recipients)):
        for c in sorted(side - BODIES):
            f = [f"of-{label}", f"of-{label}|{t}", f"of-{label}|L={cand.lemma}", f"of-{label}|{t}|{around}"]
            f += _sides(c, f"of-{label}", t, actors, recipients)
            out.append((Where(c, None), [("", f)]))
    return out


def _sides(country: str, source: str, t: str, actors: set[str], recipients: set[str]) -> list[str]:
    f = []
    if country in actors:
        f.append(f"{source}|in-actors|{t}")
    if country in recipients:
        f.append(f"{source}|in-recipients|{t}")
    return f


def _place_features(
    doc: Document,
    draft: Draft,
    other: View,
    m: Mention,
    source: str,
    actors: set[str],
    recipients: set[str],
) -> list[str]:
    cand, t = draft.cand, draft.entry.type
    prep = other.governor(m)
    fine = "fine" if m.code == m.country and m.entity and not m.entity.isalpha() else "state"
    f = [source, f"{source}|{t}", f"{source}|prep={prep}", f"{source}|{fine}", f"{source}|{fine}|prep={prep}"]
    f += [f"{source}|{fine}|{t}", f"{t}|prep={prep}"]
    f += _sides(m.country, source, t, actors, recipients)
    if m.country == doc.focus:
        f.append(f"{source}|focus")
    if source == "here":
        gap = m.first - cand.last if m.first > cand.last else cand.first - m.last
        side = "R" if m.first > cand.last else "L"
        f.append(f"{side}{min(gap // 4, 4)}")
        f.append(f"{side}{min(gap // 4, 4)}|prep={prep}")
        crossed = abs(other.clause[m.first] - other.clause[cand.first])
        f.append(f"{side}|clauses={min(crossed, 2)}")
        used = any(x.mention is m for x in (*draft.actors, *draft.recipients))
        if used:
            f.append("is-side")
    return f
