"""Names beside titles: «المتحدث باسم المديرية، العقيد سليم حداد» is one speaker, named.

The mentions room finds most names with their titles. What is left are names behind a title's long complement,
and names made of common words («حافظ معمر»), which only the place before the words said shows to be names.
"""

from __future__ import annotations

import msgspec

from khabar.mentions.lexicon import Traits
from khabar.mentions.model import Mention
from khabar.statements.cues import fold
from khabar.statements.traits import is_name, traits
from khabar.statements.view import View

_LONGEST = 5
"""Words of a name, at most."""

_RANK = 2
"""Words of a rank before a name, at most."""

_CERTAIN = 2
"""Level of a given name that is no common word, see `Traits.given`."""

_DASHES = frozenset({"-", "–", "—", "("})


def named(view: View, mention: Mention, stop: int) -> Mention:
    """Give a speaker by the name that stands beside the title, or the mention itself.

    Args:
        view: the sentence.
        mention: who speaks, perhaps by a title alone.
        stop: index of the token that opens the words said.
    """
    if mention.name and not mention.entity and " " not in mention.name:
        return _whole(view, mention, stop)
    if mention.name or mention.number != "s":
        return mention
    stop = min(stop, view.size)
    at = mention.last + 1
    while at < stop:
        if _closes(view, at):
            break
        other = view.starts.get(at)
        if other is not None:
            if other.name and not other.resolved and _beside(view, mention, other):
                return _joined(mention, other)
            if other.kind != "role" or not _opens_name(view, other.last + 1):
                at = other.last + 1
                if at < stop and _opens_name(view, at) and (found := _run(view, at, stop, other)) > 0:
                    return _christened(view, mention, at, found)
                continue
            at = other.last + 1
        if _opens_name(view, at) and (found := _run(view, at, stop, mention)) > 0:
            return _christened(view, mention, at, found)
        at += 1
    return mention


def _whole(view: View, mention: Mention, stop: int) -> Mention:
    """«عبد العظيم الأموي» of which only the first part was taken for a name."""
    if mention.resolved or view.features[mention.last].form != fold(mention.name):
        return mention
    last = _run(view, mention.last, min(stop, view.size), None)
    return _christened(view, mention, mention.last, last) if last > mention.last else mention


def _closes(view: View, token: int) -> bool:
    """Whether the speaker's noun phrase cannot go on past a token."""
    feature = view.features[token]
    if feature.colon or feature.that or (feature.cues and feature.verb):
        return True
    return bool(feature.kinds & {"relative", "conjunction", "negation"}) and feature.form != "من"


def _beside(view: View, mention: Mention, other: Mention) -> bool:
    """Whether a name behind a title's complement is the title's own."""
    if {"ل", "ب", "و", "ك"} & set(other.proclitic) or {mention.gender, other.gender} == {"m", "f"}:
        return False
    if other.first == mention.last + 1:
        return True
    before = view.features[other.first - 1]
    if before.comma or view.sentence.tokens[other.first - 1].text in _DASHES:
        return True
    if "preposition" in before.kinds or before.verb or before.joined:
        return False
    # a title's complement is over: «وزير الطاقة والصناعة السعودي + خالد», but not «محامي ابن + خالد»
    word = view.sentence.tokens[other.first - 1].word
    last = any(m.last == other.first - 1 and not m.name for m in view.mentions)
    return last or (word.article and other.rule != "surname")


def _joined(mention: Mention, other: Mention) -> Mention:
    """The name with the title's code where its own words say nothing («بيتر ويلسون»)."""
    bare = not other.entity and other.rule.startswith("name.unknown")
    if not bare or mention.code.startswith("UNK"):
        return other
    return msgspec.structs.replace(other, code=mention.code, country=mention.country)


def _opens_name(view: View, token: int) -> bool:
    if token >= view.size or view.sentence.tokens[token].word.kind != "word":
        return False
    trait = traits(view, token)
    feature = view.features[token]
    if feature.that or feature.joined or feature.kinds - {"medium", "carrier", "object", "feeling"}:
        return False
    opens = trait.given or (trait.namelike and view.features[token - 1].comma) or trait.particle
    return not trait.article and bool(opens)


def _goes_on(trait: Traits) -> bool:
    return trait.surnamelike or trait.soft or trait.kind == "divine"


def _run(view: View, first: int, stop: int, before: Mention | None) -> int:
    """The last token of a name that begins at a token and ends where the words said are near, or -1."""
    at = first
    certain = 0
    while at < stop and at - first < _LONGEST:
        word = view.sentence.tokens[at].word
        if word.kind != "word" or _boundary(view, at):
            break
        trait = traits(view, at)
        if not (trait.given or trait.namelike or trait.particle or (at > first and _goes_on(trait))):
            break
        if at in view.starts and at > first and view.starts[at].last > at:
            break
        certain += trait.given == _CERTAIN or trait.foreign > 0
        at += 1
    if at - first < 2 or not (at >= stop or _boundary(view, at)):
        return -1
    if certain or (traits(view, first).given and _is_opened(view, first, before)):
        return at - 1
    return -1


def _is_opened(view: View, first: int, before: Mention | None) -> bool:
    """Whether a title, or a comma with a rank behind it («، العقيد الركن …»), stands before a name."""
    at = first - 1
    tokens = view.sentence.tokens
    while at >= first - _RANK and at > 0 and tokens[at].word.article and not _ends_mention(view, at):
        at -= 1
    if at < 0 or view.features[at].comma or _ends_mention(view, at):
        return True
    return before is not None and before.last == at


def _boundary(view: View, token: int) -> bool:
    feature = view.features[token]
    if feature.comma or feature.colon or feature.that or view.is_quote_start(token):
        return True
    if feature.kinds & {"preposition", "time", "prep-pronoun", "according", "relative"}:
        return True
    return view.sentence.tokens[token].word.kind in {"punct", "number"} or token in view.starts


def _christened(view: View, mention: Mention, first: int, last: int) -> Mention:
    tokens = view.sentence.tokens
    start, end = tokens[first].start, tokens[last].end
    return msgspec.structs.replace(
        mention,
        start=start,
        end=end,
        first=first,
        last=last,
        head=first,
        kind="person",
        name=view.text[start:end],
        entity="",
        resolved=False,
        rule="speaker.named",
    )


def name_at(view: View, first: int, stop: int) -> int:
    """Give the last token of a name that nobody knows and that begins at a token, or -1.

    Args:
        view: the sentence.
        first: index of its first token.
        stop: index past the last token that may belong to it.
    """
    if not is_name(view, first) or view.features[first].cues:
        return -1
    return _run(view, first, min(stop, view.size), None)


def _ends_mention(view: View, token: int) -> bool:
    return any(mention.last == token for mention in view.mentions)
