"""Nouns that come of a verb by rule: the verbal nouns of the derived forms, and the participles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from khabar.language.model import Number
from khabar.language.phonology import settle, spell, spellings
from khabar.language.roots import Row, Stem, Stems

BARE: Final = 1
"""Stands without article and pronoun, indefinite or before a genitive."""
ARTICLE: Final = 2
"""Takes the article."""
BOUND: Final = 4
"""Stands before a pronoun."""

_WEAK: Final = frozenset("وي")
_MELTED: Final = re.compile("ٱi([^aiuAIU]+)")


class NounForm(msgspec.Struct, frozen=True, gc=False):
    """A written form of a noun: its number, and how it may stand (sum of the flags above)."""

    text: str
    number: Number
    stands: int


def regular_masdar(row: Row, found: Stems) -> str:
    """The verbal noun that the form gives, as written: «تأكيد», «مشاركة», «إقامة», «تحدي».

    Args:
        row: a verb of a derived form.
        found: its stems.

    Returns:
        The spelling; one in long i («تحدي») is the full form, which indefinite loses its ي. "" for form I.
    """
    if row.form == "I":
        return ""
    if row.form.startswith("Q"):
        return spell(settle(_quadriliteral(row)))
    return spell(settle(_triliteral(row, found)))


def _quadriliteral(row: Row) -> str:
    r1, r2, r3, r4 = row.root
    return {"Q": f"{r1}a{r2}{r3}a{r4}aة", "QII": f"تa{r1}a{r2}{r3}u{r4}", "QIV": f"ٱi{r1}{r2}i{r3}{r4}A{r4}"}[
        row.form
    ]


def _triliteral(row: Row, found: Stems) -> str:
    r1, r2, r3 = row.root
    weak = r3 in _WEAK
    contracted = found.past.vowel != found.past.consonant
    hollow = contracted and r2 in _WEAK
    last = "ء" if weak else r3
    if row.form == "VIII":
        melted = _MELTED.match(found.past.vowel)
        opening = "ٱi" + (melted[1] if melted else r1)
    else:
        opening = {"IV": "ءi" + r1, "X": "ٱiستi" + r1, "VII": "ٱiن" + r1}.get(row.form, "")
    closed = f"{opening}A{r3}aة" if hollow else f"{opening}{r2}A{last}"
    open_ = f"{opening}i{'ي' if hollow else r2}A{last}"
    return {
        "II": f"تa{r1}{r2}i{'ي' if weak else r3}aة" if last == "ء" else f"تa{r1}{r2}I{r3}",
        "III": f"مu{r1}A{r2}" + ("Aة" if weak else f"{r3}aة" if contracted else f"a{r3}aة"),
        "IV": closed,
        "V": f"تa{r1}a{r2}{r2}" + ("I" if weak else "u" + r3),
        "VI": f"تa{r1}A{r2}" + ("I" if weak else r3 if contracted else "u" + r3),
        "VII": open_,
        "VIII": open_,
        "IX": f"ٱi{r1}{r2}i{r3}A{r3}",
        "X": closed,
    }[row.form]


def participles(row: Row, found: Stems) -> Iterator[tuple[str, tuple[NounForm, ...]]]:
    """Active and passive participle, each with all its forms.

    Yields:
        (masculine singular as written, forms); where both are written alike, both are given.
    """
    for stem in (_active(row, found), _passive(row, found)):
        forms = tuple(_inflect(stem))
        yield forms[0].text, forms


def _active(row: Row, found: Stems) -> Stem:
    if row.form != "I":
        present = found.present
        if row.form in {"V", "VI", "QII"}:
            if present.ending:
                return _prefixed(Stem(present.vowel, present.vowel, "i"))
            # their present has a where the participle has i
            return _prefixed(Stem(re.sub("a(.)$", r"i\1", present.vowel), ""))
        return _prefixed(present)
    r1, r2, r3 = row.root
    if r3 in _WEAK:
        return Stem(f"{r1}A{r2}", "", "i")
    if found.past.vowel != found.past.consonant:
        return Stem(f"{r1}A{r2}{r3}" if r2 == r3 else f"{r1}Aءi{r3}", "")
    return Stem(f"{r1}A{r2}i{r3}", "")


def _passive(row: Row, found: Stems) -> Stem:
    if row.form != "I":
        return _prefixed(found.present_passive)
    r1, r2, r3 = row.root
    if r3 in _WEAK:
        return Stem(f"مa{r1}{r2}" + ("uوو" if found.present.ending == "u" else "iيي"), "")
    if r2 in _WEAK and found.past.vowel != found.past.consonant:
        return Stem(f"مa{r1}{'U' if 'U' in found.present.vowel else 'I'}{r3}", "")
    return Stem(f"مa{r1}{r2}U{r3}", "")


def _prefixed(stem: Stem) -> Stem:
    return Stem("مu" + stem.vowel, "", stem.ending)


_INFLECTIONS: Final[dict[str, tuple[tuple[str, Number, int], ...]]] = {
    # ending of the stem: (sounds, number, how it stands)
    "": (
        ("", "s", BARE | ARTICLE | BOUND),
        ("A", "s", BARE),
        ("aة", "s", BARE | ARTICLE),
        ("aت", "s", BOUND),
        ("Aن", "d", BARE | ARTICLE),
        ("aين", "d", BARE | ARTICLE),
        ("aي", "d", BARE | BOUND),
        ("aتAن", "d", BARE | ARTICLE),
        ("aتaين", "d", BARE | ARTICLE),
        ("aتA", "d", BARE | BOUND),
        ("aتaي", "d", BARE | BOUND),
        ("Uن", "p", BARE | ARTICLE),
        ("Iن", "p", BARE | ARTICLE),
        ("U", "p", BARE | BOUND),
        ("I", "p", BARE | BOUND),
        ("Aت", "p", BARE | ARTICLE | BOUND),
    ),
    "i": (
        ("I", "s", BARE | ARTICLE | BOUND),
        ("", "s", BARE),
        ("iيA", "s", BARE),
        ("iيaة", "s", BARE | ARTICLE),
        ("iيaت", "s", BOUND),
        ("iيAن", "d", BARE | ARTICLE),
        ("iيaين", "d", BARE | ARTICLE),
        ("iيaي", "d", BARE | BOUND),
        ("iيaتAن", "d", BARE | ARTICLE),
        ("iيaتaين", "d", BARE | ARTICLE),
        ("Uن", "p", BARE | ARTICLE),
        ("Iن", "p", BARE | ARTICLE),
        ("U", "p", BARE | BOUND),
        ("iيAت", "p", BARE | ARTICLE | BOUND),
    ),
    "a": (
        ("aY", "s", BARE | ARTICLE | BOUND),
        ("Aة", "s", BARE | ARTICLE),
        ("Aت", "s", BOUND),
        ("aيAن", "d", BARE | ARTICLE),
        ("aيaين", "d", BARE | ARTICLE),
        ("aون", "p", BARE | ARTICLE),
        ("aين", "p", BARE | ARTICLE),
        ("aو", "p", BARE | BOUND),
        ("aي", "p", BARE | BOUND),
        ("aيAت", "p", BARE | ARTICLE | BOUND),
    ),
}


def _inflect(stem: Stem) -> Iterator[NounForm]:
    for ending, number, stands in _INFLECTIONS[stem.ending]:
        sounds = settle(stem.vowel + ending)
        free = stands & ~BOUND
        if free:
            for text in spellings(sounds):
                yield NounForm(text, number, free)
        if stands & BOUND:
            # a last hamza is seated by the vowel of the case before a pronoun
            for case in ("u", "i", "a") if sounds.endswith("ء") else ("",):
                for text in spellings(sounds + case, bound=True):
                    yield NounForm(text, number, BOUND)
