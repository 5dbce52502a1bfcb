"""Where the words said begin.

A reporting word is followed by its subject, by whatever tells when, where and to whom, and then by an opener:
إن/أن, a colon, a mark of quotation, the preposition the word asks for, or its object at once.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from khabar.statements.cues import Cue
from khabar.statements.quotes import Quote
from khabar.statements.view import LONG_NAME_WORDS, NAME_WORDS, View

REACH = 45
"""Tokens between a reporting word and its opener, at most: subject, apposition, place, date, addressee."""

_PAUSE_REACH = 15
"""Tokens that a subject nobody knows may have, with its dates."""

_EPITHET_REACH = 8
"""Tokens between «وصف» and the marks that hold the epithet."""

_RELATIVE_CLAUSES = frozenset({"الذي", "التي", "الذين", "اللذين", "اللذان", "وهو", "وهي", "وهم"})
_SPEECH = frozenset({"quote", "that", "near"})
_STEP = "step"
_STOP = "stop"

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


def at_word(view: View, kind: Kind, opener: int, first: int) -> Opening:
    """An opening whose first word is given; knows the quotation where one begins there."""
    return Opening(
        kind, opener, first, view.start(first), view.quote_of(first) if view.is_quote_start(first) else None
    )


def at_quote(opener: int, first: int, quote: Quote) -> Opening:
    """An opening at marks of quotation."""
    return Opening("quote", opener, first, quote.inner_start, quote)


def find_opening(view: View, at: int, cue: Cue) -> Opening | None:
    """Find what a reporting word introduces.

    Args:
        view: the sentence.
        at: index of the reporting word.
        cue: its reading.
    """
    return _Scan(view, at, cue).run()


class _Scan:
    """The way from a reporting word to its opener."""

    __slots__ = ("at", "cue", "frames", "has_object", "relative", "view")

    def __init__(self, view: View, at: int, cue: Cue) -> None:
        self.view = view
        self.at = at
        self.cue = cue
        self.frames = cue.verb.frames
        self.has_object = "np" in self.frames and cue.kind != "masdar"
        self.relative = False  # a relative clause is open: its verbs are not ours

    def run(self) -> Opening | None:
        view = self.view
        token = self.at + 1
        limit = min(view.size, token + REACH)
        while token < limit:
            if view.is_quote_start(token):
                opening = self._at_marks(token)
                if opening is not None:
                    return opening
                token = view.after_quote(token)
                continue
            feature = view.features[token]
            if feature.plain and not self.cue.verb.prepositions:
                token = view.after_bracket(token)
                continue
            answer = self._at_word(token)
            if answer is _STOP:
                break
            if answer is not _STEP:
                return answer  # type: ignore[return-value]
            token = view.after_bracket(token)
        return self._object(min(token, view.size)) if self.has_object else None

    def _object(self, stop: int) -> Opening | None:
        return noun_phrase(self.view, self.at, stop, self.cue.verb.lemma)

    def _at_word(self, token: int) -> Opening | str | None:
        """An opening, None for none at all, or whether to step on or stop."""
        view = self.view
        feature = view.features[token]
        if feature.colon:
            return self._at_colon(token) if self.frames & _SPEECH else None
        if feature.that:
            answer = self._at_that(token)
            if answer is not _STEP:
                return answer
        if self._blocks(token):
            if not self.relative:
                return _STOP
            self.relative = False
        if token > self.at + 1 and "relative" in feature.kinds and feature.form != "من":
            self.relative = True
        if feature.comma:
            self.relative = False
        if self._tells_that(token):
            return None  # «أعلن عن ذلك»
        if self.cue.verb.prepositions and (found := self._at_preposition(token)) is not None:
            return (self._object(token) or found) if self.has_object and token > self.at + 1 else found
        return _STEP

    def _tells_that(self, token: int) -> bool:
        view = self.view
        if token + 1 >= view.size or view.features[token + 1].form != "ذلك":
            return False
        if token + 2 < view.size and view.sentence.tokens[token + 2].word.article:
            return False  # «عن ذلك الهجوم»
        return view.sentence.tokens[token].word.text in self.cue.verb.prepositions

    def _at_that(self, token: int) -> Opening | str | None:
        view = self.view
        beside = token == self.at + 1
        feature = view.features[token]
        if ("as" in self.frames and "that" not in self.frames) or (feature.joined and not beside):
            return _STEP
        if not beside and self._hangs_elsewhere(token):
            return _STEP
        if self.has_object and not self.relative:
            found = self._object(token)
            if found is not None and view.features[found.first].noun:
                return found
        if "that" in self.frames or self.cue.verb.clausal:
            return after_that(view, token)
        return None

    def _hangs_elsewhere(self, token: int) -> bool:
        """Whether أن hangs on the word before it («قبل أن»، «من المقرر أن»), not on the reporting word."""
        view = self.view
        if view.sentence.tokens[token].word.text[:1] == "إ":
            return False
        before = view.features[token - 1]
        if "modal" in before.kinds:
            return True
        word = view.sentence.tokens[token - 1].word.text
        return (
            "preposition" in before.kinds and word not in self.cue.verb.prepositions | self.cue.verb.clausal
        )

    def _blocks(self, token: int) -> bool:
        """Whether a token is another reporting word, past which this one's words cannot stand."""
        view = self.view
        feature = view.features[token]
        if not feature.cues or token == self.at + 1 or feature.kinds & {"according", "according-relay"}:
            return False
        cue = feature.cues[0]
        if cue.kind == "masdar" or "near" in cue.verb.frames:
            return False
        before = view.features[token - 1]
        return before.comma or feature.joined or cue.kind == "participle" or "conjunction" in before.kinds

    def _at_colon(self, token: int) -> Opening | None:
        view = self.view
        first = token + 1
        if first >= view.size:
            return None
        quote = view.quote_of(first)
        if quote is not None and view.is_quote_start(first):
            return at_quote(token, first, quote)
        return at_word(view, "colon", token, first)

    def _at_marks(self, token: int) -> Opening | None:
        """Whether a quotation met on the way is what was said, or a name between marks."""
        view = self.view
        quote = view.quote_of(token)
        if quote is None:
            return None
        before = view.features[token - 1]
        if "as" in self.frames and "carrier" not in before.kinds:
            near = before.that or before.bare in {"ب", "بـ"} or token - self.at <= _EPITHET_REACH
            return at_quote(token, token, quote) if near else None
        if not self.frames & {"quote", "np", "near"} or self._is_name(token, quote):
            return None
        found = self._object(token)
        if self.has_object and found is not None:
            return found
        strict = "quote" not in self.frames or view.sentence.kind != "paragraph"
        astray = "preposition" in before.kinds and before.bare not in {"ب", "بـ", "علي", "عبر"}
        if astray or (strict and not before.colon and found is not None):
            return None
        return at_quote(token, token, quote)

    def _is_name(self, token: int, quote: Quote) -> bool:
        view = self.view
        words = view.quote_words(quote)
        after = view.after_quote(token)
        if any(m.first <= token and m.last >= after - 1 for m in view.mentions):
            return True
        if words > LONG_NAME_WORDS:
            return False
        named = any(m.first <= token + 1 and m.last >= token for m in view.mentions)
        if named or "carrier" in view.features[token - 1].kinds:
            return True
        if words > NAME_WORDS or after >= view.size:
            return False
        described = view.sentence.tokens[after].text == "(" or view.features[after].form in _RELATIVE_CLAUSES
        return described or _opens_later(view, after, self.at + 1 + REACH)

    def _at_preposition(self, token: int) -> Opening | None:
        """The noun phrase or clause after the preposition that the reporting word asks for."""
        view = self.view
        wanted = self.cue.verb.prepositions
        feature = view.features[token]
        word = view.sentence.tokens[token].word
        if "takes-preposition" in view.features[token - 1].kinds:
            return None  # «النشرة الصادرة عن البنك»
        if word.text.rstrip("ـ") in wanted and not feature.joined and token + 1 < view.size:
            return self._after_preposition(token)
        if "ب" not in wanted or not word.text.startswith("ب") or feature.that or token in view.starts:
            return None
        joined = feature.noun and any(noun.proclitics[-1:] == ("ب",) for noun in word.nouns)
        if joined and not feature.kinds & {"time", "according", "preposition"}:
            return Opening("np", token, token, view.start(token) + 1)
        return None

    def _after_preposition(self, token: int) -> Opening | None:
        view = self.view
        first = token + 1
        if view.features[first].that:
            return after_that(view, first)
        if view.is_quote_start(first):
            return at_word(view, "that", token, first)
        if "feeling" in view.features[first].kinds:
            return None
        return at_word(view, "np", token, first)


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


def after_that(view: View, token: int) -> Opening | None:
    """The clause after إن or أن."""
    return at_word(view, "that", token, token + 1) if token + 1 < view.size else None


def noun_phrase(view: View, at: int, stop: int, lemma: str = "") -> Opening | None:
    """Find the object of «أعلن»، «نفى»: the first noun past subject, time and place.

    Args:
        view: the sentence.
        at: index of the reporting word.
        stop: index past the last token to look at: an أن, another reporting word, the end.
        lemma: of the reporting word.

    Returns:
        None where nothing but subject, time and place stands before `stop`.
    """
    token, seen = _past_subject(view, at, stop)
    if token >= stop or not _may_be_object(view, token, lemma):
        return None
    feature = view.features[token]
    if not (seen or feature.noun or feature.kinds & {"quantity", "relative"}):
        # as likely a subject nobody knows: what is announced may stand after a comma or a date
        token = _after_pause(view, token, stop)
        if token < 0:
            return None
    return Opening("np", token, token, view.start(token))


def _after_pause(view: View, token: int, stop: int) -> int:
    """Index of «أي», or of a verbal noun right after a comma or a date; -1 for none."""
    for k in range(token + 1, min(stop, token + _PAUSE_REACH)):
        before = view.features[k - 1]
        feature = view.features[k]
        if "object" in feature.kinds or (feature.noun and (before.comma or "time" in before.kinds)):
            return k
    return -1


def _past_subject(view: View, at: int, stop: int) -> tuple[int, bool]:
    """Past subject, appositions, time and place; `stop` where what is announced stands before.

    Returns:
        The index, and whether a subject was met.
    """
    token = at + 1
    # «كان فلان قد أعلن …», «فلان يعلن …»: the subject stands before
    seen = at > 0 and (view.features[at - 1].form == "قد" or any(m.last == at - 1 for m in view.mentions))
    while token < stop:
        feature = view.features[token]
        mention = view.starts.get(token)
        if mention is not None and not _has_preposition(view, token) and (not seen or _apposed(view, token)):
            after = mention.last + 1
            seen = True
        elif "resumptive" in feature.kinds:
            return stop, seen  # «التي أعلنت عنها»
        else:
            after = _past_adjunct(view, token, stop, seen=seen)
        if after == token:
            break
        token = after
    return token, seen


def _past_adjunct(view: View, token: int, stop: int, *, seen: bool) -> int:
    """Past one comma, date, bracket, prepositional phrase or relative clause; the token itself for none."""
    feature = view.features[token]
    if view.inside[token] >= 0 and not view.is_quote_start(token):
        return view.after_quote(token)  # a name between marks whose mention ends within
    small = feature.comma or view.sentence.tokens[token].word.kind == "number"
    if small or feature.kinds & {"time", "prep-pronoun"} or (not seen and "quantity" in feature.kinds):
        return token + 1
    if "preposition" in feature.kinds or _has_preposition(view, token):
        return _past_prepositional(view, token, stop)
    if feature.form in _RELATIVE_CLAUSES:
        return _past_comma(view, token, stop)
    if seen and view.features[token - 1].comma and view.sentence.tokens[token].word.article:
        after = _past_comma(view, token, min(stop, token + 10))
        if after < view.size and view.features[after].comma:
            return after  # «، المعترف بها دوليا،»
    bracket = view.after_bracket(token)
    return bracket if bracket > token + 1 else token


def _may_be_object(view: View, token: int, lemma: str) -> bool:
    feature = view.features[token]
    if view.sentence.tokens[token].word.kind != "word" and not view.is_quote_start(token):
        return False
    if feature.that or (feature.joined and feature.verb) or _is_coordinate(view, token):
        return False
    if feature.kinds & {"conjunction", "according", "according-relay", "negation"} and feature.bare != "ما":
        return False
    if "demonstrative" not in feature.kinds:
        return True
    # «نفى هذه الاتهامات», but not «أعلن ذلك»
    if feature.bare == "ذلك" or lemma not in {"نفى", "أنكر"} or token + 1 >= view.size:
        return False
    return not view.features[token + 1].comma


def _is_coordinate(view: View, token: int) -> bool:
    """Whether «و» in front ties a word to the subject («مصادر قضائية، ودينية»)."""
    word = view.sentence.tokens[token].word
    return word.norm[:1] == "و" and len(word.norm) > 3 and all(noun.proclitics for noun in word.nouns)


def _apposed(view: View, token: int) -> bool:
    """Whether a mention after the subject is its apposition or joined to it."""
    before = view.features[token - 1]
    if before.comma or before.joined or view.features[token].joined or "و" in view.starts[token].proclitic:
        return True
    return view.starts[token].kind == "person"


def _has_preposition(view: View, token: int) -> bool:
    word = view.sentence.tokens[token].word
    mention = view.starts.get(token)
    if mention is not None:
        return not {"ل", "ب", "ك"}.isdisjoint(mention.proclitic)
    if word.kind != "word" or word.text[:1] not in {"ل", "ب"} or len(word.text) < 4:
        return word.text.rstrip("ـ") in {"ل", "ب"}
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
        if feature.comma or feature.that or feature.kinds & {"time", "preposition"}:
            return token
        if view.sentence.tokens[token].text == "(":
            return token
        if view.is_quote_start(token):
            token = view.after_quote(token)
            continue
        if token > first and feature.noun:
            return token
        mention = view.starts.get(token)
        token = mention.last + 1 if mention is not None else token + 1
    return token


def _past_comma(view: View, token: int, stop: int) -> int:
    while token < stop and not view.features[token].comma:
        token += 1
    return token
