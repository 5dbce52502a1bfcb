"""Who vouches for an event: nobody but the article, or the speaker of a statement."""

from __future__ import annotations

import msgspec

from khabar.events.attributes import Draft
from khabar.events.context import View
from khabar.events.document import Document
from khabar.events.scorer import Features
from khabar.events.slots import joined
from khabar.mentions.model import Mention
from khabar.statements.model import Statement


class Voucher(msgspec.Struct, frozen=True):
    """Who may vouch for an event: nobody but the article, or a statement's speaker."""

    source: str
    statement: Statement | None
    mention: Mention | None


def voucher_candidates(doc: Document, draft: Draft) -> list[tuple[Voucher, Features]]:
    """The article itself first, then the speakers of the statements around."""
    view, cand, entry = draft.view, draft.cand, draft.entry
    at = view.tokens[cand.first].start
    t = entry.type
    out: list[tuple[Voucher, Features]] = [
        (Voucher("article", None, None), [("", ["article"]), ("article", [t, f"L={cand.lemma}"])])
    ]
    around = doc.statement_around(view.index, at)
    inside = around is not None
    for q in doc.statements_in[view.index]:
        if q.speaker is None:
            continue
        where = "around" if q is around else ("holds" if q.start <= at < q.end else "beside")
        if where == "beside" and q.cue[0] <= at < q.cue[1]:
            where = "cue"
        f = [where, f"{where}|{q.kind}", f"{where}|{t}", f"{where}|{t}|{cand.pos}", f"{where}|verb={q.verb}"]
        f.append(f"{where}|L={cand.lemma}")
        f.append(f"{where}|block={view.sentence.kind}")
        if cand.verb is not None:
            f.append(f"{where}|tense={cand.verb.tense}")
            f.append(f"{where}|person={cand.verb.person}")
        if inside:
            f.append(f"{where}|inside")
        speaker = q.speaker
        actor = draft.actors[0] if draft.actors else None
        if actor is not None and actor.code:
            m = actor.mention
            if m is not None and (m is speaker or (m.entity and m.entity == speaker.entity)):
                f += [f"{where}|actor-speaks", f"{where}|actor-speaks|{t}"]
            elif actor.code == speaker.code:
                f += [f"{where}|actor-like", f"{where}|actor-like|{t}"]
            else:
                f.append(f"{where}|actor-other|{t}")
        out.append((Voucher(where, q, speaker), [("", f)]))
    return out


def co_speakers(view: View, voucher: Voucher) -> list[Mention]:
    """The voucher's speaker and those joined to it in one compound."""
    m = voucher.mention
    if m is None:
        return []
    if m.sentence != view.index:
        return [m]
    others = [
        o for o in view.mentions if o is not m and not o.nisba and o.first > m.first and joined(view, o, m)
    ]
    return [m, *others]
