"""What the language room hands on: sentences of tokens, each token with its word's readings.

A `Token` is a place in the article; its `Word` is what that string may be in any article. Words are
analysed once and shared, so a token costs one dictionary lookup.
"""

from __future__ import annotations

from typing import Literal

import msgspec

WordKind = Literal["word", "number", "latin", "punct"]
Tense = Literal["past", "present", "imperative"]
Number = Literal["s", "d", "p"]
Gender = Literal["m", "f", "c"]


class VerbReading(msgspec.Struct, frozen=True, gc=False):
    """One way to read a word as a finite verb.

    Attributes:
        lemma: citation form (past, third person masculine singular) as written in the verb table,
            unvocalised with hamza kept: «دعا», «أكد», «استهدف».
        tense: past, present (jussive and subjunctive included) or imperative.
        person: 1, 2 or 3.
        gender: m, f, or c where the form does not tell.
        number: s, d or p.
        passive: True where only the passive has this spelling or a mark (قُتل) shows it,
            None where the spelling allows both, False where only the active has it.
        future: True after س or when the sentence puts سوف before it (the former only, here).
        proclitics: letters cut off in front, in order, e.g. ("و", "س").
        pronoun: attached object pronoun as written («ه», «هم», «نا») or "".
    """

    lemma: str
    tense: Tense
    person: int
    gender: Gender
    number: Number
    passive: bool | None
    future: bool
    proclitics: tuple[str, ...]
    pronoun: str


class NounReading(msgspec.Struct, frozen=True, gc=False):
    """One way to read a word as a noun or adjective of the noun table (verbal nouns, trigger nouns).

    Attributes:
        lemma: citation form as the table writes it: «هجوم», «غارة», «مباحثات».
        verb: lemma of the verb it is the verbal noun or participle of, or "".
        number: s, d or p.
        definite: with the article ال.
        proclitics: letters cut off in front except the article, e.g. ("و", "ب").
        pronoun: attached possessive pronoun as written or "".
    """

    lemma: str
    verb: str
    number: Number
    definite: bool
    proclitics: tuple[str, ...]
    pronoun: str


class Key(msgspec.Struct, frozen=True, gc=False):
    """A form under which tables may hold the word: its normal form less some proclitics.

    «وللرئيس» has the keys («وللرييس», ""), («للرييس», "و"), («الرييس», "ول"): the article stays.
    """

    form: str
    proclitics: str


class Word(msgspec.Struct, frozen=True, gc=False):
    """All that a written string may be, without its sentence.

    Attributes:
        text: the string less diacritics, tatweel and direction marks, presentation forms composed;
            hamza, ya and ta marbuta as written.
        norm: `text` with alef forms folded to ا, ى to ي, ة to ه, and Arabic-Indic digits to ASCII.
        kind: word (Arabic letters), number (digits, with separators inside), latin, punct.
        keys: forms to look up in tables, the whole word first; never empty.
        verbs: readings as a verb, likelier ones first.
        nouns: readings as a noun of the noun table.
        article: the word has the definite article under some key.
    """

    text: str
    norm: str
    kind: WordKind
    keys: tuple[Key, ...]
    verbs: tuple[VerbReading, ...] = ()
    nouns: tuple[NounReading, ...] = ()
    article: bool = False


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, number or mark at its place: code point offsets into the article's text."""

    start: int
    end: int
    text: str
    word: Word


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence (or headline, heading, caption) with its tokens.

    Attributes:
        index: position among the article's sentences.
        start: offset of its first token.
        end: offset past its last token.
        kind: kind of the layout block it stands in.
        paragraph: position of that block among the article's blocks.
        tokens: its tokens in order, punctuation included.
    """

    index: int
    start: int
    end: int
    kind: Literal["title", "caption", "heading", "paragraph"]
    paragraph: int
    tokens: tuple[Token, ...]
