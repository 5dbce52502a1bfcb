"""What a word is where it stands: a noun or the adjective of the noun before it, a head or a homograph."""

from __future__ import annotations

from typing import Final

from khabar.knowledge.model import Entity, Hit
from khabar.mentions.draft import Draft, Line, is_generic

_NO_HEADS: Final = frozenset({"locative", "harm"})
"""Closed classes of words that only look like a title or group noun («محافظة إدلب»)."""

_HAMZAS: Final = frozenset("أإ")
NISBA: Final = ("ي", "ية", "يا", "يين", "يون", "يات")
"""Endings of adjectives of relation: «صحفي», «عسكريون»."""

_NOUNS: Final = frozenset({"", "locative", "noname", "harm", "state"})
"""Closed classes of words that an adjective may follow."""


def modifies(line: Line, hit: Hit, *, calling: bool = False) -> bool:
    """Whether a word of nationality or calling is the adjective of the word before it.

    Args:
        line: the sentence.
        hit: the word.
        calling: it is a calling («صحفي»), which is rarer as an adjective.

    Returns:
        True for «غارة إسرائيلية», «مؤتمر صحفي»; False for «قتل فلسطينيان», where a verb stands before.
    """
    if not hit.first or hit.proclitics:
        return False
    trait = line.traits[hit.first - 1]
    word = line.tokens[hit.first - 1].word
    if word.kind != "word" or trait.kind not in _NOUNS or trait.given == 2:
        return False
    feminine = hit.form[:1] == "f"
    if trait.kind == "harm" and not trait.article and not feminine:
        return False  # «مقتل فلسطيني»: who was harmed
    if trait.article != line.traits[hit.first].article:
        return feminine and not word.verbs and not calling
    if trait.article or trait.arms or (feminine and not calling):
        return True
    if calling:
        owned = hit.last + 1 in line.at and not line.traits[hit.last + 1].article  # «محامي ترامب»
        return trait.kind != "harm" and not owned and (not word.verbs or bool(word.nouns))
    if hit.form in {"mp", "md"}:
        # a plural of persons after a verb or a verbal noun is who, not of what kind
        return not (word.verbs or trait.masdar)
    return not word.verbs and not (trait.masdar and word.text.endswith("ة"))


def misread(line: Line, hit: Hit, entity: Entity) -> bool:
    """Whether a noun of persons is something else where it stands: «مساعدة القوات», «محافظة», «أمام»."""
    if hit.last > hit.first:
        return False
    trait = line.traits[hit.first]
    if trait.kind in _NO_HEADS and trait.proclitics == hit.proclitics and not trait.article:
        return True
    text = line.tokens[hit.first].word.text[len(hit.proclitics) :]
    if text[:1] in _HAMZAS and entity.name[:1] in _HAMZAS and text[0] != entity.name[0]:
        return True
    if text.endswith(NISBA) and is_generic(entity) and modifies(line, hit, calling=True):
        return True
    if entity.kind == "organisation" and is_generic(entity) and _is_act(line, hit):
        return True
    if not is_generic(entity):
        return trait.masdar and entity.kind == "organisation" and hit.entity not in line.vouched
    return hit.form == "fs" and trait.masdar and entity.kind in {"role", "group"}


def _is_act(line: Line, hit: Hit) -> bool:
    """Whether a noun of bodies is the verbal noun: «تنظيم انتخابات», «إدارة برنامج»."""
    index = hit.first + 1
    if not line.traits[hit.first].masdar or index >= len(line.traits) or index in line.at:
        return False
    follower = line.traits[index]
    return (
        follower.word and not follower.article and not follower.kind and (follower.known or follower.common)
    )


def demonym_of(hits: list[Hit]) -> Hit | None:
    """The word of nationality among the hits of a token."""
    for hit in hits:
        if hit.kind == "demonym":
            return hit
    return None


_NUNATION: Final = ("ين", "ون", "ان", "ا", "اً")


def in_construct(line: Line, draft: Draft) -> bool:
    """Whether a head may stand before a genitive: it is indefinite and has neither nun nor tanwin."""
    if draft.definite or draft.pronoun or draft.complement is not None or draft.own:
        return False
    return not line.tokens[draft.last].word.text.endswith(_NUNATION)


def indefinite_adjective(line: Line, position: int) -> bool:
    """A word that can be an adjective without the article: no verb, no verbal noun, no name."""
    word = line.tokens[position].word
    trait = line.traits[position]
    if word.kind != "word" or trait.given or trait.particle:
        return False
    participle = bool(word.nouns) and word.text.startswith("م") and not trait.proclitics
    return participle or not (word.verbs or word.nouns)


_COUNTING: Final = frozenset({"quantifier", "number", "approximate"})
_REACH: Final = 4
"""Words of number taken in before a group: «أكثر من مئة ألف مدني»."""


def counted(line: Line, draft: Draft) -> Draft:
    """Takes in the words of number in front: «5 أشخاص», «عشرات + المتظاهرين», «أكثر من مئة مدني».

    Args:
        line: the sentence.
        draft: the group; its span, number and proclitic change.

    Returns:
        The draft.
    """
    if draft.proclitic:
        return draft
    first = draft.first
    position = first - 1
    while position >= 0 and first - position < _REACH:
        trait = line.traits[position]
        if trait.kind in _COUNTING:
            first = position
            if trait.proclitics:
                break
        elif line.tokens[position].word.norm != "من":
            break
        position -= 1
    if first < draft.first:
        draft.first = first
        draft.proclitic = line.traits[first].proclitics
        draft.quantified = True
        draft.number = "s" if line.traits[first].value == "s" else "p"
    return draft
