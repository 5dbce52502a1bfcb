"""Where the words said begin.

A reporting word is followed by its subject, by whatever tells when, where and to whom, and then by an opener:
إن/أن, a colon, a mark of quotation, the preposition the word asks for, or its object at once.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from khabar.statements.cues import Cue
from khabar.statements.objects import find_object
from khabar.statements.quotes import Quote
from khabar.statements.view import LONG_NAME_WORDS, NAME_WORDS, View

REACH = 45
"""Tokens between a reporting word and its opener, at most: subject, apposition, place, date, addressee."""


_EPITHET_REACH = 8
"""Tokens between «وصف» and the marks that hold the epithet."""

_DESCRIBED_BY = frozenset({"الذي", "التي", "الذين", "اللذين", "اللذان", "وهو", "وهي", "وهم"})
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


def at_noun(view: View, token: int) -> Opening:
    """An opening at a noun phrase."""
    return Opening("np", token, token, view.start(token))


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
        inside, features = view.inside, view.features
        plain = not self.cue.verb.prepositions and not view.bracketed
        while token < limit:
            if plain and inside[token] < 0 and features[token].plain:
                token += 1
                continue
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
        token = find_object(self.view, self.at, stop, self.cue.verb.lemma)
        return at_noun(self.view, token) if token >= 0 else None

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
        described = view.sentence.tokens[after].text == "(" or view.features[after].form in _DESCRIBED_BY
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
