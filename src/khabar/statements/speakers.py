"""Who says it: the subject of a reporting word, or whoever spoke last."""

from __future__ import annotations

import msgspec

from khabar.language.model import Word
from khabar.mentions.model import Mention, MentionKind
from khabar.statements.cues import Cue, Feature
from khabar.statements.traits import is_name
from khabar.statements.view import View

_PREPOSITION_LETTERS = frozenset("لبك")
_SUBJECT_REACH = 16
"""Tokens between a reporting word and a subject that follows it."""


class Speaker(msgspec.Struct, frozen=True):
    """Somebody found to speak.

    Attributes:
        mention: who, or None where the words name nobody known.
        start: offset of the words that name them beside the statement, or -1.
        end: one past their end, or -1.
        rule: how they were found.
    """

    mention: Mention | None
    start: int
    end: int
    rule: str


NOBODY = Speaker(None, -1, -1, "none")


def from_mention(mention: Mention, rule: str) -> Speaker:
    """The speaker that a mention beside the statement names."""
    return Speaker(mention, mention.start, mention.end, rule)


def is_agent(mention: Mention) -> bool:
    """Whether a mention may speak: no adjective of nationality, no place but a state named by its country."""
    return not mention.nisba and (mention.kind != "place" or " " in mention.code)


def governed(view: View, mention: Mention) -> bool:
    """Whether a preposition stands before a mention, or a noun that owns it."""
    if set(mention.proclitic) & _PREPOSITION_LETTERS:
        return True
    at = mention.first - 1
    if at >= 0 and view.sentence.tokens[at].word.kind == "punct" and not view.features[at].comma:
        at -= 1  # a mark of quotation: «على "تويتر"»
    if at < 0:
        return False
    before = view.features[at]
    if "platform" in view.features[mention.first].kinds and not before.cues:
        return True  # «بموقع التواصل، تويتر»: where it was said
    return "preposition" in before.kinds and before.bare != "كما"


def owned(view: View, mention: Mention) -> bool:
    """Whether a noun right before a mention owns it («تصريحات فلان»)."""
    if mention.first == 0 or mention.proclitic:
        return False
    word = view.sentence.tokens[mention.first - 1].word
    feature = view.features[mention.first - 1]
    if word.kind != "word" or feature.kinds - {"medium"} or feature.cues or feature.that or feature.verb:
        return False
    return not word.article and not any(m.last == mention.first - 1 for m in view.mentions)


def agrees(mention: Mention, cue: Cue, *, precedes: bool) -> bool:
    """Whether a mention may be the subject of a reporting word by gender and number.

    Args:
        mention: the candidate.
        cue: the reporting word.
        precedes: the candidate stands before the word, or is left out: number counts too.
    """
    gender, number = cue.gender, cue.number
    if mention.kind == "person":
        plural = number == "p" and cue.kind == "verb"
        return not plural and ("c" in {gender, mention.gender} or gender == mention.gender)
    if precedes and number == "p" and mention.number == "s" and mention.kind == "organisation":
        return False
    if "c" in {gender, mention.gender}:
        return True
    if mention.number != "p":
        return mention.number == "d" if (gender, number) == ("m", "p") else gender == mention.gender
    if mention.gender == "m":  # people
        return gender == "m" and (number == "p" or not precedes or cue.kind == "participle")
    return gender == "f" or number == "p"  # things, and women


def subject_after(view: View, at: int, stop: int, cue: Cue) -> Mention | None:
    """Give the mention after a reporting word that is its subject.

    Args:
        view: the sentence.
        at: index of the reporting word.
        stop: index past the last token that may belong to the subject: where the words said begin.
        cue: its reading.
    """
    medium = view.has(at + 1, "medium") if at + 1 < view.size else False
    tongue = next((k for k in range(at + 1, min(stop, view.size) - 1) if view.features[k].form == "لسان"), -1)
    best: Mention | None = None
    for mention in view.mentions:
        if mention.first <= at:
            continue
        if mention.first >= stop or mention.first > at + _SUBJECT_REACH:
            break
        if not is_agent(mention):
            continue
        if mention.first <= tongue:
            continue  # «أعلنت الحكومة على لسان وزيرها»
        if medium or mention.first == tongue + 1:
            return mention  # «قال بيان لوزارة الخارجية»
        if governed(view, mention) or (
            owned(view, mention) and _follows_preposition(view, at, mention.first)
        ):
            continue
        if any("relative" in view.features[k].kinds for k in range(at + 1, mention.first)):
            break
        return mention
    if best is None and medium:
        return None
    return best


def _follows_preposition(view: View, at: int, first: int) -> bool:
    """Whether a preposition stands between a reporting word and a mention («قال في رده على تعليقات فلان»)."""
    return any("preposition" in view.features[k].kinds for k in range(at + 1, first))


_NO_SUBJECT = frozenset(
    {
        "preposition",
        "prep-pronoun",
        "time",
        "conjunction",
        "relative",
        "negation",
        "according",
        "modal",
        "inside",
        "resumptive",
        "quantity",
    }
)
_NAME_LENGTH = 4
"""Tokens that a speaker nobody knows may have."""


def stranger_after(view: View, at: int, stop: int, voices: dict[str, str]) -> Mention | None:
    """Give a speaker that follows a reporting word and that no mention names («وأضافت المفوضية»).

    Without it the words would go to whoever spoke before.

    Args:
        view: the sentence.
        at: index of the reporting word.
        stop: index of the token that opens the words said.
        voices: nouns that speak, folded, with their codes.
    """
    first = at + 1
    if first >= stop or first >= view.size:
        return None
    feature = view.features[first]
    word = view.sentence.tokens[first].word
    code = voices.get(feature.form)
    known = code is not None or "medium" in feature.kinds
    if not known and not _may_be_stranger(view, first):
        return None
    last = first
    while not known and not word.article and last + 1 < min(stop, first + _NAME_LENGTH, view.size):
        following = view.sentence.tokens[last + 1].word
        if not view.features[last + 1].plain or following.kind != "word" or following.article:
            break
        if following.nouns or any(m.first <= last + 1 <= m.last for m in view.mentions):
            break
        last += 1
    # No noun, no article, no verb: what is left is a personal name.
    if not known and not word.article and is_name(view, first):
        return personal(view, first, last)
    return _unknown(view, first, last, "group", code or "UNK")


def _may_be_stranger(view: View, token: int) -> bool:
    """Whether a word that is nothing to this room may be a speaker nobody knows."""
    feature, word = view.features[token], view.sentence.tokens[token].word
    if word.kind != "word" or feature.that or feature.cues or feature.kinds & _NO_SUBJECT or feature.joined:
        return False
    if feature.form[:1] in {"و", "ف"} or _after_preposition(word):
        return False
    owner = view.sentence.tokens[token + 1].word.article if token + 1 < view.size else False
    if owner and feature.form[:1] in {"ل", "ب"}:
        return False  # «لوسائل الإعلام», but «لافروف»
    return word.article or not (word.verbs or word.nouns)


def personal(view: View, first: int, last: int) -> Mention:
    """A person by a name that nobody knows.

    Args:
        view: the sentence.
        first: index of the first token of the name.
        last: index of its last token.
    """
    return _unknown(view, first, last, "person", "UNK CVL")


def _unknown(view: View, first: int, last: int, kind: MentionKind, code: str) -> Mention:
    tokens = view.sentence.tokens
    start, end = tokens[first].start, tokens[last].end
    return Mention(
        start=start,
        end=end,
        sentence=view.sentence.index,
        first=first,
        last=last,
        head=first,
        kind=kind,
        entity="",
        name=view.text[start:end] if kind == "person" else "",
        code=code,
        country=code.split(maxsplit=1)[0],
        nisba=False,
        proclitic="",
        number="s",
        gender="c",
        resolved=False,
        rule="speaker.unknown",
    )


def _after_preposition(word: Word) -> bool:
    """Whether a word begins with an attached preposition («للسفير»), as far as its letters tell."""
    if word.norm.startswith("ال"):
        return False
    if word.article:
        return True
    return any(verb.proclitics for verb in word.verbs) or any(noun.proclitics for noun in word.nouns)


def subject_before(view: View, at: int, cue: Cue) -> Mention | None:
    """Give the mention before a reporting word that is its subject («الجيش يعلن», «تنظيم … أعلن»)."""
    token = at - 1
    while token >= view.floor and view.features[token].bare in {"قد", "كان", "كانت", "كانوا"}:
        token -= 1
    if token >= view.floor and view.features[token].kinds & {"conjunction", "clause-start"}:
        return None  # «لكنه أوضح», «كما أكد»: the subject is left out
    if token >= 0 and view.features[token].bare in _RELATIVES:
        heads = [m for m in view.mentions if view.floor <= m.first and m.last < token and is_agent(m)]
        return next((m for m in reversed(heads) if agrees(m, cue, precedes=True)), None)
    beside = next((m for m in view.mentions if m.last == token and is_agent(m)), None)
    if beside is not None and beside.first == view.floor and not governed(view, beside):
        return beside  # at the head of a headline, whatever the gender of its name
    low = view.floor
    for k in range(token, view.floor - 1, -1):
        feature = view.features[k]
        if feature.colon or (k < token and (feature.that or "conjunction" in feature.kinds)):
            low = k + 1
            break
    for mention in view.mentions:
        if not low <= mention.first <= token or not is_agent(mention):
            continue
        if agrees(mention, cue, precedes=True) and not governed(view, mention) and not owned(view, mention):
            return mention
    return None


_RELATIVES = frozenset({"الذي", "التي", "الذين", "اللذين", "اللذان"})


def _is_paper(feature: Feature, view: View, token: int) -> bool:
    """Whether a word is a paper, with «ل» in front or without («وفقا لتغريدة نشرت على حساب فلان»)."""
    if "medium" in feature.kinds:
        return True
    keys = view.sentence.tokens[token].word.keys
    return any(key.proclitics == "ل" and key.form in view.papers for key in keys)


def source_after(view: View, at: int) -> Mention | None:
    """Give the mention that «بحسب»، «وفق ما أعلن»، «نقلا عن» names.

    Args:
        view: the sentence.
        at: index of the phrase.
    """
    stop = min(view.size, at + 14)
    for mention in view.mentions:
        if mention.first <= at:
            continue
        if mention.first >= stop:
            break
        if mention.nisba:
            continue
        between = view.features[at + 1 : mention.first]
        told = bool(between) and (between[0].bare in {"ما", "لما"} or _is_paper(between[0], view, at + 1))
        if any(f.comma for f in between) or (not told and any(f.verb and not f.noun for f in between[1:])):
            break
        if not is_agent(mention) and mention.first > at + 2:
            continue
        if told and mention.first > at + 2 and governed(view, mention):
            continue  # «وفق ما أوضح على حسابه»
        return mention
    return None
