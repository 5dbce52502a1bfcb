"""From strings to words with their readings, and from an article to its sentences."""

from __future__ import annotations

from typing import Final

from khabar.language import sentences
from khabar.language.clitics import has_article, keys
from khabar.language.lexicon import Lexicon
from khabar.language.model import Key, Sentence, Word
from khabar.language.orthography import clean
from khabar.language.readings import noun_readings, verb_readings
from khabar.language.segmentation import Segments, load_words, segment
from khabar.language.tokens import kind_of, norm_of
from khabar.reading.article import Article

_GENERATION: Final = 32_768
"""Words per cache generation; two are kept. 500 articles have some 25,000 distinct strings; 10,000 words
take about 7 MB."""


class Analyzer:
    """Analyses each distinct string once; what was not met for long is forgotten."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = load_words()
        self._young: dict[str, Word] = {}
        self._old: dict[str, Word] = {}

    def word(self, text: str) -> Word:
        """All that a written string may be.

        Args:
            text: the string of one token, marks and all.

        Returns:
            Its word; the same object again while it is cached.
        """
        word = self._young.get(text)
        if word is not None:
            return word
        word = self._old.get(text) or self._analyse(text)
        if len(self._young) >= _GENERATION:
            self._old, self._young = self._young, {}
        self._young[text] = word
        return word

    def sentences(self, article: Article) -> tuple[Sentence, ...]:
        """The sentences of an article in reading order."""
        return tuple(sentences.split(article, self.word))

    def segment(self, text: str) -> Segments:
        """The likeliest cut of a word into proclitics, stem and pronoun (see `segmentation.segment`)."""
        return segment(text, self._lexicon, self._words)

    def _analyse(self, raw: str) -> Word:
        text = clean(raw) or raw
        kind = kind_of(raw)
        norm = norm_of(text, kind)
        if kind != "word":
            return Word(text, norm, kind, (Key(norm, ""),))
        forms = keys(text, norm, self._words.is_whole)
        article = has_article(text, forms)
        words = self._words
        nouns = noun_readings(text, self._lexicon, words.is_whole)
        verbs = verb_readings(text, raw, self._lexicon, words.is_whole)
        if (verbs or nouns) and words.is_particle(text):
            return Word(text, norm, kind, forms, article=article)
        if verbs and words.is_noun(text):
            verbs = ()
        if article and (verbs or nouns) and not any(noun.definite for noun in nouns):
            # التقى, التزام: known with these letters, unless the rest is a word of its own
            article = any(words.is_word(text[len(key.proclitics) + 2 :]) for key in forms)
        if article:
            verbs = ()
        elif text[-1] == "ا" and (nouns or words.is_whole(text)):
            # «دعما» is the accusative of a noun far more often than the dual of a verb
            verbs = tuple(verb for verb in verbs if verb.number != "d")
        return Word(text, norm, kind, forms, verbs, nouns, article)
