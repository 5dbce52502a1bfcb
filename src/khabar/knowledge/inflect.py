"""The forms in which a noun or nisba of the tables stands in a text.

Tables give the citation forms; Arabic grammar gives the rest: the article, the dual and the sound plural in
both cases, their construct forms without the nun, the indefinite accusative alef, the possessive pronouns.
Everything is plain spelling without vowels, so forms that only vowels tell apart are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

ARTICLE = "ال"
PRONOUNS = ("ه", "ها", "هم", "نا", "هما")
"""Possessive pronouns that news prose hangs on titles and groups: «قواتها», «رئيسهم», «جيشنا»."""


class Form(NamedTuple):
    """One written form.

    Attributes:
        text: the words.
        tag: gender and number: ms, fs, md, fd, mp, fp; a spelling that is dual or plural («روسيين») is
            plural.
        pronoun: the possessive pronoun in it, or "".
        construct: the form can only stand before a genitive («مسلحو», «رئيسا»).
        accusative: the form has the alef of the indefinite accusative («رئيسا», spelt like the dual
            construct).
    """

    text: str
    tag: str
    pronoun: str = ""
    construct: bool = False
    accusative: bool = False


def nisba(ms: str, plurals: tuple[str, ...] = (), *, pronouns: bool = False) -> Iterator[Form]:
    """All forms of a nisba adjective, with and without the article.

    In a compound each word in ي agrees («كوري شمالي», «الكورية الشمالية»); a first word that is no nisba
    stays («جنوب أفريقي», «الجنوب أفريقية»).

    Args:
        ms: masculine singular, one or more words.
        plurals: broken or collective plurals («روس», «أتراك»), which stand beside the sound one.
        pronouns: give forms with a possessive pronoun too.

    Yields:
        The forms; some spellings come more than once under different tags, the likelier tag first.
    """
    words = ms.split(" ")
    for tag, form in _nisba_forms(words):
        yield Form(" ".join(form), tag)
        yield from (Form(text, tag) for text in _definite_nisba(words, form))
    for plural in plurals:
        yield from _plain(plural, "mp", pronouns=pronouns)


_NISBA_ENDINGS = (
    ("ms", ""),
    ("fs", "ة"),
    ("mp", "ين"),
    ("mp", "ون"),
    ("fp", "ات"),
    ("md", "ان"),
    ("fd", "تان"),
    ("fd", "تين"),
    ("ms", "ا"),
)


def _nisba_forms(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    for tag, ending in _NISBA_ENDINGS:
        yield tag, [word + ending if word.endswith("ي") else word for word in words]


def _definite_nisba(words: list[str], form: list[str]) -> Iterator[str]:
    if form[-1].endswith("ا"):  # the accusative alef is indefinite by itself
        return
    if len(words) == 1 or all(word.endswith("ي") for word in words):
        yield " ".join(ARTICLE + word for word in form)
        return
    yield " ".join([ARTICLE + form[0], *form[1:]])
    yield " ".join(ARTICLE + word for word in form)


def noun(
    ms: str = "",
    fs: str = "",
    mp: str = "",
    fp: str = "",
    tails: tuple[str, ...] = (),
    *,
    pronouns: bool = True,
) -> Iterator[Form]:
    """All forms of a title or group noun.

    Args:
        ms: masculine singular, or "".
        fs: feminine singular, or "".
        mp: masculine plural; a form in ون is inflected as a sound plural, one marked `=عيون` is not.
        fp: feminine plural, and the plural of things («قوات», «مصادر»).
        tails: what follows the noun: a genitive as it stands («الخارجية», «خارجية»); marked `+` an adjective
            that agrees in article, gender and number («+أمني»); marked `-` words that change nothing in the
            noun («-باسم»: «متحدث باسم», «المتحدثون باسم»).
        pronouns: give forms with a possessive pronoun too.

    Yields:
        The forms, likelier ones first.
    """
    cells = (("ms", ms), ("fs", fs), ("mp", mp), ("fp", fp))
    heads = [form for tag, text in cells if text for form in _inflected(text, tag, pronouns=pronouns)]
    if not tails:
        yield from heads
        return
    for tag, text in cells:
        if text.startswith(ARTICLE) and " " not in text:  # fixed as it stands: «المرشد الأعلى»
            yield from (Form(f"{text} {tail}", tag) for tail in tails if not tail.startswith("+"))
    for tail in tails:
        if tail.startswith("+"):
            yield from _with_adjective(heads, tail[1:])
        elif tail.startswith("-"):
            for head in heads:
                if not head.construct:
                    yield head._replace(text=f"{head.text} {tail[1:]}")
        else:
            yield from _with_genitive(heads, tail, pronouns=pronouns)


def _inflected(text: str, tag: str, *, pronouns: bool) -> Iterator[Form]:
    if tag == "mp" and text.endswith("ون") and not text.startswith("="):
        yield from _sound_plural(text[:-2], pronouns=pronouns)
        return
    yield from _plain(text.removeprefix("="), tag, pronouns=pronouns)
    if tag in ("ms", "fs"):
        yield from _dual(text, tag[0])


def _plain(text: str, tag: str, *, pronouns: bool) -> Iterator[Form]:
    """A singular or broken plural: bare, with the article, accusative, with pronouns."""
    if " " in text:  # a phrase as it stands
        yield Form(text, tag)
        if not text.startswith(ARTICLE):
            yield Form(ARTICLE + text, tag)
        return
    if text.startswith(ARTICLE) and len(text) > 4:
        yield Form(text, tag)
        return
    yield Form(text, tag)
    yield Form(ARTICLE + text, tag)
    if text[-1] not in "ةاىء" and not _is_diptote(text, tag) and not text.endswith("ات"):
        yield Form(text + "ا", tag, accusative=True)
    if pronouns:
        yield from _with_pronouns(text, tag)


def _is_diptote(text: str, tag: str) -> bool:
    """Broken plurals of the shapes مفاعل and مفاعيل take no accusative alef."""
    return tag in ("mp", "fp") and len(text) in (5, 6) and text[2] == "ا"


def _with_pronouns(text: str, tag: str) -> Iterator[Form]:
    if text.endswith("ة"):
        stems = [text[:-1] + "ت"]
    elif text.endswith("ى"):
        stems = [text[:-1] + "ا"]
    elif text.endswith("اء"):
        # the seat of the hamza shows the case: وزراءها وزراؤها وزرائها
        stems = [text, text[:-1] + "ؤ", text[:-1] + "ئ"]
    else:
        stems = [text]
    for stem in stems:
        for pronoun in PRONOUNS:
            yield Form(stem + pronoun, tag, pronoun)


def _dual(text: str, gender: str) -> Iterator[Form]:
    stem = text[:-1] + "ت" if text.endswith("ة") else text
    if text.endswith(("ا", "ى")) or " " in text or text.startswith(ARTICLE):
        return
    if text.endswith(("اض", "ام")):  # «قاض», «محام» without their ya: the other spelling gives it
        return
    tag = gender + "d"
    for ending in ("ان", "ين"):
        yield Form(stem + ending, tag)
        yield Form(ARTICLE + stem + ending, tag)
    for ending in ("ا", "ي"):
        yield Form(stem + ending, tag, "", construct=True)


def _sound_plural(stem: str, *, pronouns: bool) -> Iterator[Form]:
    for ending in ("ون", "ين"):
        yield Form(stem + ending, "mp")
        yield Form(ARTICLE + stem + ending, "mp")
    for ending in ("و", "ي"):
        yield Form(stem + ending, "mp", "", construct=True)
        if pronouns:
            yield from (Form(stem + ending + pronoun, "mp", pronoun) for pronoun in PRONOUNS)


def _with_genitive(heads: list[Form], tail: str, *, pronouns: bool) -> Iterator[Form]:
    """«وزير» + «الخارجية»: the head has neither article, pronoun nor nun; the tail may take a pronoun."""
    for head in heads:
        if head.pronoun or head.text.startswith(ARTICLE) or not _can_be_construct(head):
            continue
        yield Form(f"{head.text} {tail}", head.tag)
        if pronouns and not any(word.startswith(ARTICLE) for word in tail.split(" ")):
            for form in _with_pronouns(tail, head.tag):
                yield Form(f"{head.text} {form.text}", head.tag, form.pronoun)


def _can_be_construct(head: Form) -> bool:
    """The forms with a nun (dual, sound plural) lose it in the construct, and tanwin is lost too."""
    if head.construct:
        return True
    if head.accusative or head.tag in ("md", "fd"):
        return False
    return not (head.tag == "mp" and head.text.endswith(("ون", "ين")))


def _with_adjective(heads: list[Form], adjective: str) -> Iterator[Form]:
    """«مسؤول» + «أمني»: the adjective agrees; after a pronoun it takes the article."""
    for head in heads:
        if head.construct:
            continue
        definite = bool(head.pronoun) or head.text.startswith(ARTICLE)
        for form in _adjective(adjective, head.tag, head.text, accusative=head.accusative):
            yield Form(f"{head.text} {ARTICLE if definite else ''}{form}", head.tag, head.pronoun)


def _adjective(adjective: str, tag: str, head: str, *, accusative: bool) -> list[str]:
    if adjective.endswith(("ة", "اء", "ى")):  # given as it stands: «قوات مسلحة»
        return [adjective]
    if tag == "ms":
        return [adjective + "ا"] if accusative else [adjective]
    if tag == "mp":
        endings = ("ين", "ون", "ة") if head.endswith("ين") else ("ون", "ين", "ة")
        return [adjective + ending for ending in endings]
    if tag == "md":
        return [adjective + ("ين" if head.endswith("ين") else "ان")]
    if tag == "fd":
        return [adjective + ("تين" if head.endswith("ين") else "تان")]
    return [adjective + "ة", adjective + "ات"] if tag == "fp" else [adjective + "ة"]
