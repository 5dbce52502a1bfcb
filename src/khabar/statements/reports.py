"""Reporting words: «قال فلان إن …», «نقلت الوكالة عن فلان قوله …», «جاء في بيان …»."""

from __future__ import annotations

from khabar.statements.attribution import speaker_of
from khabar.statements.clauses import clause_end
from khabar.statements.cues import Cue
from khabar.statements.desk import Cause, Desk
from khabar.statements.openings import Opening, find_opening
from khabar.statements.speakers import NOBODY, Speaker, from_mention, governed, is_agent

_NEAR = 8
"""Tokens up to which a verbal noun or a word that is seldom a verb may stand from its opener."""

_RELAY_REACH = 14
"""Tokens between «نقلت» and «عن»."""

_SOURCE_REACH = 6
"""Tokens between «عن» and who is quoted."""

_SAYING_REACH = 26
"""Tokens between «عن» and «قوله»."""

_DENIALS = frozenset({"لم", "لن", "لا", "ليس", "عدم", "دون"})


def report(desk: Desk, token: int) -> int | None:
    """Read a reporting word; give the index to go on from, or None where it reports nothing."""
    for cue in desk.view.features[token].cues:
        if _is_idle(desk, token, cue):
            continue
        after = _report(desk, token, cue)
        if after is not None:
            return after
    return None


def _is_idle(desk: Desk, token: int, cue: Cue) -> bool:
    """Whether a reporting word reports nothing here: denied, impersonal, or no reporting word at all."""
    view = desk.view
    if token + 1 >= view.size:
        return cue.kind != "verb"
    if token:
        before = view.features[token - 1].bare
        if before == "ان":
            return cue.kind != "participle" and cue.tense == "present"  # «أن يقول»: not yet said
        if before in _DENIALS and cue.kind != "participle":
            return True
        governed_noun = (
            "preposition" in view.features[token - 1].kinds and not view.features[token - 1].joined
        )
        if cue.kind == "verb" and governed_noun and view.sentence.tokens[token].word.nouns:
            return True  # «في رد على»: the verbal noun
    if cue.kind == "verb" and "initial" in cue.verb.frames and not _begins_clause(desk, token, cue):
        return True
    return _is_impersonal(desk, token, cue)


def _is_impersonal(desk: Desk, token: int, cue: Cue) -> bool:
    """«يذكر أن», «ويشار إلى أن», «، يعتقد أن من بينهم …»."""
    view = desk.view
    form = view.features[token].form
    bare = form[1:] if cue.joined else form
    if bare not in cue.verb.impersonal or (cue.joined and token > view.floor):
        return False
    if token and view.features[token - 1].bare in {"ما", "لما", "مما", "كما"} and "as" in cue.verb.frames:
        return True  # «لما يوصف بـ»
    after = token + 2 if view.features[token + 1].bare == "الي" else token + 1
    if after >= view.size or not view.features[after].that:
        return False
    return token == view.floor or not any(m.last == token - 1 for m in view.mentions)


def _begins_clause(desk: Desk, token: int, cue: Cue) -> bool:
    """Whether a verb that is also another word («عبر»، «بين») stands where a clause begins."""
    view = desk.view
    if token == view.floor or cue.joined:
        return True
    before = view.features[token - 1]
    if before.bare == "من":
        return False
    if cue.gender == "f" or cue.number == "p" or before.comma:
        return True
    if before.kinds & {"clause-start", "conjunction"}:
        return True
    return any(m.last == token - 1 and not governed(view, m) for m in view.mentions)


def _report(desk: Desk, token: int, cue: Cue) -> int | None:
    frames = cue.verb.frames
    if frames & {"relay", "in"}:
        if cue.kind != "verb":
            return None
        return _relay(desk, token) if "relay" in frames else _in_paper(desk, token)
    view = desk.view
    owner = view.starts.get(token + 1) if cue.kind == "masdar" and not cue.pronoun else None
    named = bool(cue.pronoun or owner or "light" in view.features[token].kinds)
    opening = find_opening(view, token, cue) if named or cue.kind != "masdar" else None
    if opening is None or not _fits(desk, token, cue, opening):
        return None
    speaker = speaker_of(desk, token, cue, opening)
    if owner is not None:
        if cue.proclitic or not is_agent(owner) or opening.kind != "that" or opening.opener > owner.last + 2:
            return None
        speaker = from_mention(owner, "owner")  # «بعد تأكيد الوزير أن …»
    if desk.covers(opening.start) and not _may_nest(desk, speaker, opening):
        return None
    rule = f"{cue.kind}:{cue.verb.lemma}:{opening.kind}"
    desk.take(opening, clause_end(view, opening), speaker, Cause(token, cue.verb.lemma, rule))
    return max(opening.first, token + 1)


def _fits(desk: Desk, token: int, cue: Cue, opening: Opening) -> bool:
    """Whether what was found may be what the word, in its kind, introduces."""
    far = opening.opener > token + _NEAR
    if far and (cue.kind == "masdar" or ("initial" in cue.verb.frames and opening.kind != "np")):
        return False
    if cue.kind == "verb" and opening.kind == "np" and "np" in cue.verb.frames:
        before = desk.view.features[token - 1].bare if token else ""
        if cue.pronoun or before in {"ما", "مما"}:
            return False  # «التي أعلنها», «ما يؤكد»: what is announced stands before
    if cue.kind != "participle":
        return True
    view = desk.view
    if view.features[token].joined or token == view.floor or view.features[token - 1].comma:
        return True
    # «، مشددا على …», not «إجراءات مشددة»
    return view.inside[token - 1] >= 0 or (opening.kind != "np" and not far)


def _may_nest(desk: Desk, speaker: Speaker, opening: Opening) -> bool:
    """Whether words within another's words are a statement: who says them must stand there by name."""
    if speaker.start < 0 or speaker.mention is None or opening.kind == "np":
        return False
    who = speaker.mention.entity or speaker.mention.code
    outer = [s.statement.speaker for s in desk.spoken]
    return all(mention is None or (mention.entity or mention.code) != who for mention in outer)


def _probe(desk: Desk, lemma: str) -> Cue:
    return Cue("verb", desk.cues.verbs[lemma], "c", "s", "past", joined=False)


def _relay(desk: Desk, token: int) -> int | None:
    """«نقلت الوكالة عن مسؤول قوله إن …»: the official speaks."""
    view = desk.view
    near = range(token + 1, min(token + _RELAY_REACH, view.size))
    about = next((k for k in near if view.features[k].form in {"عن", "لسان"}), -1)
    if about < 0:
        return None
    speaker = NOBODY
    for mention in view.mentions:
        if about < mention.first <= about + _SOURCE_REACH and is_agent(mention):
            speaker = from_mention(mention, "relay")
            break
    start = about
    for k in range(about + 1, min(about + _SAYING_REACH, view.size)):
        if any(c.kind == "masdar" and c.pronoun for c in view.features[k].cues):
            start = k
            break
        if view.features[k].that or view.features[k].colon:
            break
    opening = find_opening(view, start, _probe(desk, "أعلن"))
    if opening is None or desk.covers(opening.start):
        return None
    desk.take(opening, clause_end(view, opening), speaker, Cause(token, "نقل", f"relay:{opening.kind}"))
    return max(opening.first, token + 1)


def _in_paper(desk: Desk, token: int) -> int | None:
    """«جاء في بيان للوزارة: …»."""
    view = desk.view
    inner = token + 1
    while inner < view.size and view.features[inner].form in {"ذلك", "هذا"}:
        inner += 1
    if inner + 1 >= view.size or view.features[inner].form != "في" or not view.has(inner + 1, "medium"):
        return None
    opening = find_opening(view, inner + 1, _probe(desk, "قال"))
    if opening is None or desk.covers(opening.start):
        return None
    issuer = desk.memory.issuer or desk.memory.recall(None)
    speaker = Speaker(issuer, -1, -1, "last") if issuer is not None else NOBODY
    for mention in view.mentions:
        if inner < mention.first < opening.opener and is_agent(mention):
            speaker = from_mention(mention, "paper")
            break
    desk.take(opening, clause_end(view, opening), speaker, Cause(token, "جاء", f"paper:{opening.kind}"))
    return max(opening.first, token + 1)
