"""Which mention stands in which place around a trigger: subject, object, idafa, nisba, preposition.

The places are read off the surface. For a verb: the first bare mention after it is its subject, the next bare
one its object; before it, a bare mention that opens the clause is the subject of a nominal order («روسيا تدعو
…»). For a verbal noun: the mention right after it is its idafa, an adjective of nationality its nisba.
"""

from __future__ import annotations

from functools import lru_cache

from khabar.events.candidates import Candidate
from khabar.events.context import View
from khabar.mentions.model import Mention

#: How far a slot may lie from its trigger, in tokens.
REACH = 25


def fillers(view: View, cand: Candidate) -> list[tuple[str, Mention]]:
    """Mentions of the sentence with the slot they fill, nearest first on the right, then on the left."""
    return [(slot_of(view, cand, m), m) for m in view.mentions if not _inside(cand, m)]


@lru_cache(1024)
def plain_slot(slot: str) -> str:
    """The codebook's name of a slot: its side and rank left out, a light verb's subject a subject."""
    bare = slot.removesuffix("-left2").removesuffix("-left").removesuffix("2")
    return "subject" if bare in ("light-subject", "chain-subject") else bare


def _inside(cand: Candidate, m: Mention) -> bool:
    return m.first >= cand.first and m.last <= cand.last


def slot_of(view: View, cand: Candidate, m: Mention) -> str:
    """Name of the slot a mention fills, "far" for none."""
    if m.first > cand.last:
        return _right(view, cand, m)
    if m.last < cand.first:
        return _left(view, cand, m)
    return "around"


def _right(view: View, cand: Candidate, m: Mention) -> str:
    gap = m.first - cand.last - 1
    if gap > REACH:
        return "far"
    prep = view.governor(m)
    if prep:
        return prep
    if m.nisba:
        return "nisba" if gap <= 1 else "nisba-far"
    head = _compound_head(view, m)
    if head is not m:
        return _right(view, cand, head)
    bare = sum(1 for other in view.mentions if _bare_between(view, cand, other, m))
    crossed = view.clause[m.first] - view.clause[cand.last]
    verbs = view.verbs_between(cand.last + 1, m.first)
    if cand.verb is not None:
        if verbs or crossed > 2:
            return "far"
        return ("subject", "object", "third")[min(bare, 2)]
    if gap == 0:
        return "idafa"
    if verbs or crossed > 1:
        return "far"
    return "bare" if bare == 0 else "bare2"


def _bare_between(view: View, cand: Candidate, other: Mention, m: Mention) -> bool:
    """Whether a mention stands between the trigger and `m` behind no preposition and heads its compound."""
    if other.first <= cand.last or other.last >= m.first or other.nisba or view.governor(other):
        return False
    return _compound_head(view, other) is other


def _left(view: View, cand: Candidate, m: Mention) -> str:
    gap = cand.first - m.last - 1
    if gap > REACH:
        return "far-left"
    prep = view.governor(m)
    verbs = view.verbs_between(m.last + 1, cand.first)
    if prep:
        return f"{prep}-left" if gap < 8 else "prep-left"
    if m.nisba:
        return "nisba-left"
    if cand.verb is not None:
        if verbs and _chained(view, cand, m):
            return "chain-subject"
        if not verbs:
            return "subject-left" if view.clause[m.last] == view.clause[cand.first] else "subject-left2"
        return "left"
    light = view.light_verb_before(cand.first)
    if light >= 0 and light < m.first:
        return "light-subject"
    if light >= 0 and m.last < light:
        return "light-subject-left"
    return "left-verb" if verbs else "left"


def _chained(view: View, cand: Candidate, m: Mention) -> bool:
    """Whether the mention is the subject of a verb chained to the one before it.

    «قال الوزير … ودعا إلى …»: a verb joined by و goes on with the subject of the verb before it, and the
    mention is the first bare one after that verb.
    """
    if cand.verb is None or not cand.verb.proclitics or cand.verb.proclitics[0] not in ("و", "ف"):
        return False
    before = next((k for k in range(cand.first - 1, -1, -1) if view.verbish[k]), -1)
    if before < 0 or m.first < before:
        return False
    bare = (x for x in view.mentions if x.first > before and not x.nisba and not view.governor(x))
    return next(bare, None) is m


def _compound_head(view: View, m: Mention) -> Mention:
    """The first member of «X وY»: a mention joined to the one right before it by و takes that one's slot."""
    if "و" not in m.proclitic:
        return m
    at = m.first - 1
    if at >= 0 and view.forms[at] == "،":
        at -= 1
    if at < 0:
        return m
    n = view.mention_at[at]
    if n < 0:
        return m
    other = view.mentions[n]
    if other is m or other.first >= m.first:
        return m
    return _compound_head(view, other)


def joined(view: View, a: Mention, b: Mention) -> bool:
    """Whether two mentions are members of one compound («مصر والسعودية», «الزعيمان»)."""
    if a.group and a.group == b.group:
        return True
    return _compound_head(view, a) is _compound_head(view, b)
