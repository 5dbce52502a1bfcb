"""Forms of nouns that tables give by their spelling: «غارة/غارات», «هجوم/هجمات», «محتجز»."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from khabar.language.derivation import ARTICLE, BARE, BOUND, NounForm
from khabar.language.model import Number

_ANY: Final = BARE | ARTICLE | BOUND


def inflect(singular: str, plurals: tuple[str, ...], *, defective: bool = False) -> Iterator[NounForm]:
    """Forms of a noun with its dual, its plurals, before pronouns and with the alef of the accusative.

    Args:
        singular: citation form as written.
        plurals: its plurals as written, none for a noun without.
        defective: the singular's last ي is lost when it is indefinite («تحدي», «تحد»).

    Yields:
        Forms, the singular first.
    """
    yield from _cases(singular, "s")
    if defective:
        yield NounForm(singular[:-1], "s", BARE)
    yield from _dual(singular)
    for plural in plurals:
        yield from _cases(plural, "p")
        if plural.endswith("ي") and len(plural) > 3:
            yield NounForm(plural[:-1], "p", BARE)  # مساعي, مساع


def inflect_adjective(singular: str) -> Iterator[NounForm]:
    """Forms of an adjective or name of a doer with sound plurals: «محتجز», «إرهابي», «مدان».

    Args:
        singular: masculine singular as written.

    Yields:
        Forms of both genders and all numbers, the singular first.
    """
    stem = singular
    yield from inflect(singular, ())
    if singular.endswith("ى"):  # مستدعى: مستدعاة, مستدعون, مستدعيات
        stem = singular[:-1]
        yield from _cases(stem + "اة", "s")
        yield NounForm(stem + "يات", "p", _ANY)
    else:
        yield from inflect(stem + "ة", (stem + "ات",))
    for ending in ("ون", "ين"):
        yield NounForm(stem + ending, "p", BARE | ARTICLE)
    for ending in ("و", "ي"):
        yield NounForm(stem + ending, "p", BARE | BOUND)


def regular_plural(singular: str) -> str:
    """The plural in ات of a verbal noun: «تصريحات», «محادثات», «ادعاءات», «تحديات»."""
    if singular.endswith("ة"):
        return singular[:-1] + "ات"
    if singular.endswith("أ"):
        return singular[:-1] + "آت"
    return singular + "ات"


def _cases(form: str, number: Number) -> Iterator[NounForm]:
    if form.endswith("ة"):
        yield NounForm(form, number, BARE | ARTICLE)
        yield NounForm(form[:-1] + "ت", number, BOUND)
    elif form.endswith("ى"):
        yield NounForm(form, number, BARE | ARTICLE)
        yield NounForm(form[:-1] + "ا", number, BOUND)
    elif form.endswith(("ء", "أ")):
        yield NounForm(form, number, _ANY)
        yield NounForm(form[:-1] + "ؤ", number, BOUND)
        yield NounForm(form[:-1] + "ئ", number, BOUND)
        if form.endswith("ء") and form[-2:-1] not in ("ا", ""):
            # عبء, عبئا; بدء, بدءا: after a letter that joins, the hamza takes a seat
            seat = "ء" if form[-2] in "دذرزو" else "ئ"
            yield NounForm(form[:-1] + seat + "ا", number, BARE)
    else:
        yield NounForm(form, number, _ANY)
        if not form.endswith(("ات", "ا")):
            yield NounForm(form + "ا", number, BARE)


def _dual(singular: str) -> Iterator[NounForm]:
    stem = singular
    if singular.endswith("ة"):
        stem = singular[:-1] + "ت"
    elif singular.endswith("ى"):
        stem = singular[:-1] + "ي"
    yield NounForm(stem[:-1] + "آن" if stem.endswith("أ") else stem + "ان", "d", BARE | ARTICLE)
    yield NounForm(stem + "ين", "d", BARE | ARTICLE)
    yield NounForm(stem + "ي", "d", BARE | BOUND)
    if stem.endswith("ت"):
        yield NounForm(stem + "ا", "d", BARE | BOUND)
