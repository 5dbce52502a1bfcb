"""Who and where: what the mentions room hands on."""

from __future__ import annotations

from typing import Literal

import msgspec

MentionKind = Literal["person", "organisation", "group", "place", "role"]


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A stretch of words that names or describes an actor or a place.

    Attributes:
        start: code point offset into the article's text, proclitics left out where they are not part of
            the name («لروسيا» gives «روسيا»; «للرئيس» keeps its one lam-lam spelling: the whole word).
        end: one past the last code point: shortest full noun phrase, no relative clause.
        sentence: index of its sentence.
        first: index of its first token in the sentence.
        last: index of its last token, inclusive.
        head: index of the token that carries number and gender (the role or group noun, else the first).
        kind: person, organisation, group, place, role (a title without a name that could not be
            resolved to a person).
        entity: id in the knowledge base, or "" for one the tables do not know.
        name: canonical Arabic name, for named persons only, else "".
        code: PLOVER code «RUS GOV»; a place has its country alone, «RUS»; «UNK» where unknown.
        country: ISO alpha-3 the mention belongs to, or body, or "".
        nisba: it is an adjective of nationality that modifies another word («غارة إسرائيلية»).
        proclitic: attached preposition or conjunction letters in front, "" if none.
        number: s, d or p as far as the words tell.
        gender: m, f or c.
        resolved: it was resolved from elsewhere in the text (pronoun-like: «الرئيس», «نظيره», «البلدان»).
        rule: the rule that made it, for `why`.
        group: mentions with the same number > 0 are one compound («الزعيمان» gives two mentions of one
            span), else 0.
    """

    start: int
    end: int
    sentence: int
    first: int
    last: int
    head: int
    kind: MentionKind
    entity: str
    name: str
    code: str
    country: str
    nisba: bool
    proclitic: str
    number: Literal["s", "d", "p"]
    gender: Literal["m", "f", "c"]
    resolved: bool
    rule: str
    group: int = 0
