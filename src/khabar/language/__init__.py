"""The language room: spelling, tokens, sentences, and what each word may be."""

from khabar.language.analyzer import Analyzer
from khabar.language.lexicon import Lexicon, load_lexicon
from khabar.language.tokens import normalise

__all__ = ["Analyzer", "Lexicon", "load_lexicon", "normalise"]
