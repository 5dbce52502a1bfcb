"""What the mentions room knows of a word as part of a name."""

from __future__ import annotations

from functools import cache

from khabar.mentions.lexicon import Lexicon, Traits
from khabar.statements.view import View


@cache
def _lexicon() -> Lexicon:
    return Lexicon()


def traits(view: View, token: int) -> Traits:
    """The traits of a token's word."""
    return _lexicon().traits(view.sentence.tokens[token].word)


def is_name(view: View, token: int) -> bool:
    """Whether a word may be a personal name: a given name, or no word that is known."""
    trait = traits(view, token)
    return bool(trait.given or trait.namelike or trait.particle)
