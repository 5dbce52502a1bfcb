"""Where the words said begin and where they end.

A reporting word is followed by its subject, by whatever tells when, where and to whom, and then by an opener:
إن/أن, a colon, a mark of quotation, the preposition the word asks for, or its object at once. The clause runs
to the end of the sentence, less what the reporter adds («، وذلك بعد …»، «، مضيفا أن …»، «، بحسب …»).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from khabar.statements.cues import Cue
from khabar.statements.quotes import Quote
from khabar.statements.view import LONG_NAME_WORDS, NAME_WORDS, View

REACH = 45
"""Tokens between a reporting word and its opener, at most: subject, apposition, place, date, addressee."""

Kind = Literal["that", "quote", "colon", "np"]


class Opening(msgspec.Struct, frozen=True):
    """Where the words of a reporting word begin.

    Attributes:
        kind: what opens them: إن/أن, marks at once, a colon, or the noun phrase itself.
        opener: index of the opening token (of the first word for a noun phrase).
        first: index of the first token said.
        start: offset of the first character said.
        quote: the quotation, where the words begin with one.
    """

    kind: Kind
    opener: int
    first: int
    start: int
    quote: Quote | None = None


def find_opening(view: View, at: int, cue: Cue) -> Opening | None:
    """Find what a reporting word introduces.

    Args:
        view: the sentence.
        at: index of the reporting word.
        cue: its reading.
    """
    frames = cue.verb.frames
    said_by_object = "np" in frames and cue.kind != "masdar"
    limit = min(view.size, at + 1 + REACH)
    token = at + 1
    relative = False
    while token < limit:
        feature = view.features[token]
        quote = view.quote_of(token)
        if quote is not None and view.is_quote_start(token):
            opening = _at_quote(view, at, token, quote, cue)
            if opening is not None:
                return opening
            token = view.after_quote(token)
            continue
        if feature.colon:
            return _at_colon(view, token) if frames & {"quote", "that", "near"} else None
        if feature.that and "as" in frames and "that" not in frames:
            token += 1
            continue
        if feature.that and token > at + 1 and _governs_that(view, token, cue):
            token += 1
            continue
        if feature.that and not (feature.joined and token > at + 1):
            if (
                said_by_object
                and not relative
                and (found := _noun_phrase(view, at, token, cue.verb.lemma)) is not None
            ):
                return found
            return _after_that(view, token) if "that" in frames else None
        if _blocks(view, at, token):
            if not relative:
                break
            relative = False
        relative = relative or (token > at + 1 and "relative" in feature.kinds and feature.form != "من")
        if feature.comma:
            relative = False
        if cue.verb.prepositions and (found := _at_preposition(view, token, cue)) is not None:
            if said_by_object and token > at + 1:
                return _noun_phrase(view, at, token, cue.verb.lemma) or found
            return found
        token = view.after_bracket(token)
    if said_by_object:
        return _noun_phrase(view, at, min(token, view.size), cue.verb.lemma)
    return None


def _governs_that(view: View, token: int, cue: Cue) -> bool:
    """Whether أن hangs on the word before it («قبل أن»، «من المقرر أن»), not on the reporting word."""
    if view.sentence.tokens[token].word.text[:1] == "إ":
        return False
    before = view.features[token - 1]
    if "modal" in before.kinds:
        return True
    return (
        "preposition" in before.kinds
        and view.sentence.tokens[token - 1].word.text not in cue.verb.prepositions
    )


def _blocks(view: View, at: int, token: int) -> bool:
    """Whether a token is another reporting word, past which this one's words cannot stand."""
    feature = view.features[token]
    if not feature.cues or token == at + 1 or feature.kinds & {"according", "according-relay"}:
        return False
    cue = feature.cues[0]
    if cue.kind == "masdar" or (cue.kind == "participle" and "near" in cue.verb.frames):
        return False
    before = view.features[token - 1]
    return before.comma or feature.joined or cue.kind == "participle" or "conjunction" in before.kinds


def _after_that(view: View, token: int) -> Opening | None:
    first = token + 1
    if first >= view.size:
        return None
    quote = view.quote_of(first)
    start = view.start(first)
    if quote is not None and view.is_quote_start(first):
        return Opening("that", token, first, start, quote)
    return Opening("that", token, first, start)


def _at_colon(view: View, token: int) -> Opening | None:
    first = token + 1
    if first >= view.size:
        return None
    quote = view.quote_of(first)
    if quote is not None and view.is_quote_start(first):
        return Opening("quote", token, first, quote.inner_start, quote)
    return Opening("colon", token, first, view.start(first))


def _at_quote(view: View, at: int, token: int, quote: Quote, cue: Cue) -> Opening | None:
    """Whether a quotation met on the way is what was said, or a name between marks."""
    frames = cue.verb.frames
    before = view.features[token - 1]
    opening = Opening("quote", token, token, quote.inner_start, quote)
    if "as" in frames and not before.kinds & {"carrier"}:
        return opening if before.that or before.bare in {"ب", "بـ"} or token - at <= 8 else None
    if not frames & {"quote", "that", "np", "near"}:
        return None
    words = view.quote_words(quote)
    after = view.after_quote(token)
    if words <= LONG_NAME_WORDS:
        if "carrier" in before.kinds or any(m.first <= token + 1 and m.last >= token for m in view.mentions):
            return None
        if words <= NAME_WORDS and _opens_later(view, after, at + 1 + REACH):
            return None
    if any(m.first <= token and m.last >= after - 1 for m in view.mentions):
        return None
    if "np" in frames and (found := _noun_phrase(view, at, token, cue.verb.lemma)) is not None:
        return found
    strict = "quote" not in frames or view.sentence.kind != "paragraph"
    if strict and not before.colon and _noun_phrase(view, at, token, cue.verb.lemma) is not None:
        return None
    if "preposition" in before.kinds and before.bare not in {"ب", "بـ", "علي", "عبر"}:
        return None
    return opening


def _opens_later(view: View, token: int, limit: int) -> bool:
    """Whether an أن, a colon or a longer quotation follows before the clause is over."""
    while token < min(view.size, limit):
        feature = view.features[token]
        if feature.that or feature.colon:
            return True
        quote = view.quote_of(token)
        if quote is not None and view.is_quote_start(token):
            if view.quote_words(quote) > NAME_WORDS:
                return True
            token = view.after_quote(token)
            continue
        if feature.cues and (feature.joined or view.features[token - 1].comma):
            return False
        token += 1
    return False


def _at_preposition(view: View, token: int, cue: Cue) -> Opening | None:
    """The noun phrase or clause after the preposition that the reporting word asks for."""
    feature = view.features[token]
    wanted = cue.verb.prepositions
    word = view.sentence.tokens[token].word.text
    if word in wanted or (word.rstrip("ـ") in wanted):
        if feature.joined or token + 1 >= view.size:
            return None
        first = token + 1
        if view.features[first].that:
            return _after_that(view, first)
        quote = view.quote_of(first)
        if quote is not None and view.is_quote_start(first):
            return Opening("that", token, first, view.start(first), quote)
        if view.features[first].form == "ذلك":
            return None
        return Opening("np", token, first, view.start(first))
    if "ب" in wanted and len(word) > 3 and word.startswith("ب") and not feature.that:
        word_keys = view.sentence.tokens[token].word.keys
        if any(key.proclitics == "ب" for key in word_keys) and feature.bare not in {"باسم", "بعد", "بين"}:
            if token in view.starts or "time" in feature.kinds or "according" in feature.kinds:
                return None
            nouns = view.sentence.tokens[token].word.nouns
            if any(noun.verb for noun in nouns):
                return Opening("np", token, token, view.start(token) + 1)
    return None


def _noun_phrase(view: View, at: int, stop: int, lemma: str = "") -> Opening | None:
    """The object of «أعلن»، «نفى»: the first noun past subject, time and place.

    Args:
        view: the sentence.
        at: index of the reporting word.
        stop: index past the last token to look at: an أن, another reporting word, the end.
        lemma: of the reporting word.

    Returns:
        None where nothing but subject, time and place stands before `stop`.
    """
    token = at + 1
    seen = False
    while token < stop:
        feature = view.features[token]
        mention = view.starts.get(token)
        if (
            feature.comma
            or "time" in feature.kinds
            or view.sentence.tokens[token].word.kind == "number"
            or (not seen and feature.bare in {"كل", "كلا", "كلتا", "بعض", "عده", "احد"})
        ):
            token += 1
        elif mention is not None and (not seen or _apposed(view, token)):
            token = mention.last + 1
            seen = True
        elif view.sentence.tokens[token].text in {"(", "["}:
            token = view.after_bracket(token)
        elif feature.kinds & {"preposition"} or feature.bare in {"ل", "ب"} or _has_preposition(view, token):
            token = _past_prepositional(view, token, stop)
        elif "prep-pronoun" in feature.kinds:
            return None  # «التي أعلنت عنها»: what is announced stands before
        elif "relative" in feature.kinds or feature.form in {"وهو", "وهي", "وهم"}:
            token = _past_relative(view, token, stop)
        elif seen and view.features[token - 1].comma and (after := _past_apposition(view, token, stop)):
            token = after
        elif seen and view.sentence.tokens[token].word.article and not view.sentence.tokens[token].word.nouns:
            if feature.form.endswith("يه") or not any(m.last == token - 1 for m in view.mentions):
                break
            token += 1  # an adjective of the subject
        else:
            break
    if token >= stop:
        return None
    feature = view.features[token]
    word = view.sentence.tokens[token].word
    if word.kind != "word" and not view.is_quote_start(token):
        return None
    if feature.that or feature.kinds & {"conjunction", "according", "negation"} - {"relative"}:
        if feature.bare != "ما":
            return None
    if feature.joined and feature.verb:
        return None
    if "demonstrative" in feature.kinds and (
        feature.bare == "ذلك" or "نفى" != lemma or token + 1 >= view.size or view.features[token + 1].comma
    ):
        return None
    return Opening("np", token, token, view.start(token), None)


def _apposed(view: View, token: int) -> bool:
    before = view.features[token - 1]
    if before.comma or before.joined or view.features[token].joined:
        return True
    return any(m.last == token - 1 for m in view.mentions)


def _has_preposition(view: View, token: int) -> bool:
    word = view.sentence.tokens[token].word
    mention = view.starts.get(token)
    if mention is not None:
        return bool(set(mention.proclitic) & {"ل", "ب", "ك"})
    if word.kind != "word" or word.text[:1] not in {"ل", "ب"} or len(word.text) < 4:
        return False
    return any(key.proclitics[-1:] in {"ل", "ب"} for key in word.keys) and not any(
        not noun.proclitics for noun in word.nouns
    )


def _past_prepositional(view: View, token: int, stop: int) -> int:
    """Past «في بيان صحفي»، «لقناة العربية»: to a comma, or to a bare verbal noun that nothing governs."""
    token += 1
    if token < stop and token in view.starts:
        return view.starts[token].last + 1
    first = token
    while token < stop:
        feature = view.features[token]
        if feature.comma or "time" in feature.kinds or "preposition" in feature.kinds or feature.that:
            return token
        if view.sentence.tokens[token].text == "(":
            return token
        if view.is_quote_start(token):
            token = view.after_quote(token)
            continue
        if token > first and feature.noun and not view.sentence.tokens[token].word.article:
            return token
        mention = view.starts.get(token)
        token = mention.last + 1 if mention is not None else token + 1
    return token


def _past_apposition(view: View, token: int, stop: int) -> int:
    """Past «، المعترف بها دوليا،» after the subject; 0 where it is none."""
    if not view.sentence.tokens[token].word.article:
        return 0
    for k in range(token + 1, min(token + 10, stop)):
        if view.features[k].comma:
            return k
    return 0


def _past_relative(view: View, token: int, stop: int) -> int:
    while token < stop and not view.features[token].comma:
        token += 1
    return token


def clause_end(view: View, opening: Opening) -> int:
    """Give the index past the last token said.

    Args:
        view: the sentence.
        opening: where the words begin.
    """
    noun = opening.kind == "np"
    token = opening.first
    size = view.size
    while token < size:
        if view.inside[token] >= 0:
            after = view.after_quote(token)
            quote = view.quote_of(token)
            if after >= size or (
                quote is not None and view.quote_words(quote) > 4 and _ends_after_quote(view, after, opening)
            ):
                return after
            token = after
            continue
        if view.features[token].plain:
            token = view.after_bracket(token)
            continue
        if token > opening.first and _ends_at(view, token, noun=noun):
            return token
        token = view.after_bracket(token)
    return size


def _ends_after_quote(view: View, token: int, opening: Opening) -> bool:
    feature = view.features[token]
    if feature.bare == "و" and token + 1 < view.size and view.is_quote_start(token + 1):
        return False
    return feature.comma or view.has(token, "trailing") or opening.quote is not None


def _ends_at(view: View, token: int, *, noun: bool) -> bool:
    """Whether the words of the speaker are over at a token."""
    feature = view.features[token]
    if feature.comma:
        return token + 1 < view.size and _opens_own(view, token + 1, noun=noun)
    if view.has(token, "according") and _names_source(view, token):
        return True
    if view.phrase(token, "own-words") > 1:
        return True
    if noun and view.has(token, "noun-end"):
        return True
    if feature.cues:
        return _opens_report(view, token)
    return noun and feature.joined and _is_verb(view, token)


def _opens_own(view: View, token: int, *, noun: bool) -> bool:
    """Whether a clause of the reporter's own begins at a token that follows a comma."""
    feature = view.features[token]
    if view.phrase(token, "inside"):
        return False
    if feature.cues and _opens_report(view, token, after_comma=True):
        return True
    if feature.act and feature.joined and not noun:
        return True
    if view.has(token, "according") or view.has(token, "according-relay"):
        return True
    if view.phrase(token, "own-words") > 1 or view.phrase(token, "trailing") > 0:
        return True
    if "act-participle" in feature.kinds:
        return True
    if token + 1 < view.size and feature.kinds & {"conjunction"} and view.features[token + 1].cues:
        return _opens_report(view, token + 1, after_comma=True)
    return noun and feature.joined and _is_verb(view, token)


def _is_verb(view: View, token: int) -> bool:
    word = view.sentence.tokens[token].word
    return bool(word.verbs) and not word.nouns and any(verb.person == 3 for verb in word.verbs)


def _names_source(view: View, token: int) -> bool:
    """Whether «وفق» is followed by somebody or by «ما قال»."""
    step = token + 1
    if step < view.size and view.features[step].bare in {"ل", "عن", "الي"}:
        step += 1
    if step >= view.size:
        return False
    if view.features[token].form in {"حسبما", "وفقما"}:
        return True
    if view.features[step].bare in {"ما", "لما"} or view.features[step].cues:
        return True
    return any(step <= mention.first <= step + 3 for mention in view.mentions)


def _opens_report(view: View, token: int, *, after_comma: bool = False) -> bool:
    """Whether a reporting word at a token starts a report of its own within the sentence."""
    feature = view.features[token]
    cue = feature.cues[0]
    if cue.kind == "masdar":
        return False
    if cue.kind == "verb":
        if not (feature.joined or after_comma):
            return "conjunction" in view.features[token - 1].kinds if token else False
        if cue.verb.frames <= {"as", "quote"}:
            return find_opening(view, token, cue) is not None
        return find_opening(view, token, cue) is not None
    return any(
        find_opening(view, token, other) is not None for other in feature.cues if other.kind == "participle"
    )
