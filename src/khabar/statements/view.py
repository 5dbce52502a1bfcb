"""A sentence as this room reads it: what its tokens are to speech, its quotations, its mentions."""

from __future__ import annotations

from khabar.language.model import Sentence
from khabar.mentions.model import Mention
from khabar.statements.cues import Cues, Feature
from khabar.statements.quotes import Quote

_BRACKETS = {"(": ")", "[": "]"}
_FIRST_WORDS = 3
"""Words within which the first person shows that somebody speaks; later ones are too often misread."""

_OURS = frozenset({"نا", "ني"})
NAME_WORDS = 3
"""Words up to which what stands between marks may be a name («صحيفة "نيويورك تايمز"»), not speech."""

LONG_NAME_WORDS = 6
"""The same, after a noun whose name stands between marks."""


class View:
    """One sentence with look-ups by token index.

    Attributes:
        sentence: the sentence.
        text: the article's text.
        features: what each token is.
        quotes: quotations of the block, outermost only, that overlap the sentence.
        inside: for each token the index into `quotes` of the quotation it stands in (marks included), or -1.
        mentions: mentions of the sentence by their first token, no adjectives of nationality.
        starts: first token of a mention -> the mention (the longest).
        bracketed: a bracket opens somewhere in the sentence.
        floor: tokens before this one belong to a dateline.
        papers: folded nouns that carry words («بيان»).
    """

    __slots__ = (
        "bracketed",
        "features",
        "floor",
        "inside",
        "mentions",
        "papers",
        "quotes",
        "sentence",
        "size",
        "starts",
        "text",
    )

    def __init__(
        self, text: str, sentence: Sentence, quotes: list[Quote], mentions: list[Mention], cues: Cues
    ) -> None:
        self.text = text
        self.sentence = sentence
        self.size = len(sentence.tokens)
        self.features: list[Feature] = cues.of(sentence.tokens)
        self.quotes = [q for q in quotes if q.start < sentence.end and q.end > sentence.start]
        self.inside = self._place_quotes() if self.quotes else [-1] * self.size
        self.mentions = mentions
        self.starts: dict[int, Mention] = {}
        for mention in mentions:
            known = self.starts.get(mention.first)
            if known is None or mention.last > known.last:
                self.starts[mention.first] = mention
        self.bracketed = any(text.find(b, sentence.start, sentence.end) >= 0 for b in _BRACKETS)
        self.floor = 0
        self.papers = cues.papers

    def _place_quotes(self) -> list[int]:
        inside = [-1] * self.size
        tokens = self.sentence.tokens
        at = 0
        for index, quote in enumerate(self.quotes):
            while at < self.size and tokens[at].end <= quote.start:
                at += 1
            while at < self.size and tokens[at].start < quote.end:
                inside[at] = index
                at += 1
        return inside

    def start(self, token: int) -> int:
        """Offset of a token's first character."""
        return self.sentence.tokens[token].start

    def end(self, token: int) -> int:
        """Offset past a token's last character."""
        return self.sentence.tokens[token].end

    def quote_of(self, token: int) -> Quote | None:
        """The outermost quotation a token stands in."""
        index = self.inside[token]
        return None if index < 0 else self.quotes[index]

    def after_quote(self, token: int) -> int:
        """Index of the first token past the quotation that the token stands in."""
        index = self.inside[token]
        while token < self.size and self.inside[token] == index:
            token += 1
        return token

    def is_quote_start(self, token: int) -> bool:
        """Whether a quotation begins at the token."""
        index = self.inside[token]
        return index >= 0 and (token == 0 or self.inside[token - 1] != index)

    def quote_words(self, quote: Quote) -> int:
        """Number of words between the marks."""
        return len(self.text[quote.inner_start : quote.inner_end].split())

    def after_bracket(self, token: int) -> int:
        """Past the bracket that opens at the token; the next token where none opens or none closes."""
        if not self.bracketed:
            return token + 1
        tokens = self.sentence.tokens
        closer = _BRACKETS.get(tokens[token].text)
        if closer is not None:
            for at in range(token + 1, min(token + 40, self.size)):
                if tokens[at].text == closer:
                    return at + 1
        return token + 1

    def first_person(self, token: int) -> bool:
        """Whether somebody speaks of themselves in the first words from a token on («لن ننسى»، «يدعمنا»)."""
        for at in range(token, min(token + _FIRST_WORDS, self.size)):
            word = self.sentence.tokens[at].word
            if word.verbs and not word.nouns and all(verb.person == 1 for verb in word.verbs):
                return True
            if any(verb.pronoun in _OURS for verb in word.verbs[:1]):
                return True
        return False

    def has(self, token: int, kind: str) -> bool:
        """Whether the token, less و or ف, is a word of the class, or opens a phrase of it."""
        if not 0 <= token < self.size:
            return False
        feature = self.features[token]
        return kind in feature.kinds or (bool(feature.phrases) and self.phrase(token, kind) > 0)

    def phrase(self, token: int, kind: str) -> int:
        """Length in tokens of the phrase of a class that begins at the token, 0 for none."""
        feature = self.features[token]
        for rest, of in feature.phrases:
            if of != kind or token + len(rest) >= self.size:
                continue
            if all(self.features[token + 1 + k].form == word for k, word in enumerate(rest)):
                return 1 + len(rest)
            # «قوله» for «قول»: the last word of a phrase may carry a pronoun
            last = self.features[token + len(rest)].form
            if kind == "own-words" and last.startswith(rest[-1]):
                return 1 + len(rest)
        return int(kind in feature.kinds)
