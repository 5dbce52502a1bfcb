"""All finite forms of a verb, with what each tells of person, gender, number and voice.

Moods share spellings and are not told apart: a present form is given once, whether indicative,
subjunctive or jussive («يدعو», «يدعون», «يدعوا», «يدع»).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from khabar.language.model import Gender, Number, Tense
from khabar.language.phonology import settle, spellings
from khabar.language.roots import Row, Stem, Stems, stems


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A place in the paradigm; fields as in `VerbReading`."""

    tense: Tense
    person: int
    gender: Gender
    number: Number


class Form(msgspec.Struct, frozen=True, gc=False):
    """A written form.

    Attributes:
        text: spelling without marks.
        cell: its place in the paradigm.
        passive: as in `VerbReading`.
        short: a jussive that has lost a letter («يقل», «يدع»), or the imperative like it.
        free: stands without a pronoun behind it.
        bound: stands before a pronoun.
    """

    text: str
    cell: Cell
    passive: bool | None
    short: bool
    free: bool
    bound: bool


_PAST: Final[tuple[tuple[int, Gender, Number, str, bool], ...]] = (
    # person, gender, number, ending, whether it begins with a vowel
    (3, "m", "s", "", True),
    (3, "f", "s", "aت", True),
    (3, "m", "d", "A", True),
    (3, "f", "d", "aتA", True),
    (3, "m", "p", "UO", True),
    (3, "f", "p", "نa", False),
    (2, "c", "s", "ت", False),
    (1, "c", "s", "ت", False),
    (2, "c", "d", "تuمA", False),
    (2, "m", "p", "تuم", False),
    (2, "f", "p", "تuننa", False),
    (1, "c", "p", "نA", False),
)
_PRESENT: Final[tuple[tuple[int, Gender, Number, str, str], ...]] = (
    # person, gender, number, prefix, kind of ending
    (3, "m", "s", "ي", ""),
    (3, "f", "s", "ت", ""),
    (2, "m", "s", "ت", ""),
    (1, "c", "s", "ء", ""),
    (1, "c", "p", "ن", ""),
    (3, "m", "d", "ي", "A"),
    (3, "f", "d", "ت", "A"),
    (2, "c", "d", "ت", "A"),
    (3, "m", "p", "ي", "U"),
    (2, "m", "p", "ت", "U"),
    (2, "f", "s", "ت", "I"),
    (3, "f", "p", "ي", "n"),
    (2, "f", "p", "ت", "n"),
)
_IMPERATIVE: Final[tuple[tuple[Gender, Number, str], ...]] = (
    ("m", "s", ""),
    ("m", "p", "U"),
    ("f", "s", "I"),
    ("c", "d", "A"),
    ("f", "p", "n"),
)
_WEAK_PRESENT: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    # ending of the stem: kind of ending: sounds, indicative first, then subjunctive and jussive
    "u": {"": ("U", ""), "A": ("uوAنi", "uوA"), "U": ("Uنa", "UO"), "I": ("Iنa", "I"), "n": ("Uنa",)},
    "i": {"": ("I", ""), "A": ("iيAنi", "iيA"), "U": ("Uنa", "UO"), "I": ("Iنa", "I"), "n": ("Iنa",)},
    "a": {"": ("aY", "a"), "A": ("aيAنi", "aيA"), "U": ("aونa", "aوO"), "I": ("aينa", "aي"), "n": ("aينa",)},
}
_STRONG_PRESENT: Final[dict[str, tuple[str, ...]]] = {
    "A": ("Aنi", "A"),
    "U": ("Uنa", "UO"),
    "I": ("Iنa", "I"),
}
_DROPPED_HAMZA: Final = frozenset({("ء", "خ", "ذ"), ("ء", "ك", "ل"), ("ء", "م", "ر")})
"""Roots whose imperative of form I has lost its hamza: خذ, كل, مر."""


def conjugate(row: Row) -> tuple[Form, ...]:
    """All written forms of a verb, each once per cell.

    Raises:
        TableError: when the row contradicts itself.
    """
    found = stems(row)
    written: dict[tuple[str, Cell], list[bool]] = {}
    # form VI of a root with weak middle has a passive that looks like the noun of form II (تمويل) and no use
    voices = (False,) if row.form == "VI" and row.root[1] in "وي" else (False, True)
    for passive in voices:
        for cell, sounds, short in _sounds(row, found, passive=passive):
            for text, bound in _written(sounds, cell):
                # free, bound, active, passive, in full
                flags = written.setdefault((text, cell), [False, False, False, False, False])
                flags[bound] = True
                flags[2 + passive] = True
                flags[4] |= not short
    return tuple(
        Form(text, cell, None if active and passive else passive, not full, free, bound)
        for (text, cell), (free, bound, active, passive, full) in written.items()
    )


def _written(sounds: str, cell: Cell) -> Iterator[tuple[str, bool]]:
    """Spellings of a form, each with whether it is the one before pronouns."""
    settled = settle(sounds)
    for text in spellings(settled):
        yield text, False
    if cell.tense == "past" and settled.endswith("تuم"):
        settled += "U"  # اتهمتم, but اتهمتموه
    # a last hamza stands inside the word before a pronoun, where the vowel of the mood seats it
    moods: tuple[str, ...] = ("",)
    if settled.endswith("ء"):
        moods = ("a",) if cell.tense == "past" else ("", "u", "a")
    for mood in moods:
        for text in spellings(settled + mood, bound=True):
            yield text, True


def _sounds(row: Row, found: Stems, *, passive: bool) -> Iterator[tuple[Cell, str, bool]]:
    """Cells with their sounds, and whether the form is a jussive that has lost a letter."""
    past, present = (found.past_passive, found.present_passive) if passive else (found.past, found.present)
    for person, gender, number, ending, vowel in _PAST:
        for sounds in _past(past, ending, vowel=vowel):
            yield Cell("past", person, gender, number), sounds, False
    prefix_vowel = "u" if passive else found.prefix
    for person, gender, number, prefix, kind in _PRESENT:
        for at, sounds in enumerate(_present(present, kind)):
            short = at > 0 and not kind
            yield Cell("present", person, gender, number), prefix + prefix_vowel + sounds, short
    if passive:
        return
    dropped = row.form == "I" and row.root in _DROPPED_HAMZA
    for gender, number, kind in _IMPERATIVE:
        # the imperative is the jussive, the last of each kind, without its prefix
        body = list(_present(present, kind))[-1]
        body = body[1:] if dropped else _with_opening(body, row.form)
        yield Cell("imperative", 2, gender, number), body, False


def _with_opening(body: str, form: str) -> str:
    if form == "IV":
        return "ءa" + body
    if len(body) > 1 and body[1] in "aiuAIU":
        return body
    vowel = next((sound for sound in body if sound in "aiuAIU"), "i")
    return ("ٱu" if vowel in "uU" and form == "I" else "ٱi") + body


def _past(stem: Stem, ending: str, *, vowel: bool) -> Iterator[str]:
    if not stem.ending:
        yield (stem.vowel if vowel else stem.consonant) + ending
        return
    if stem.ending == "i":
        if not vowel:
            yield stem.vowel + "I" + ending
        else:
            yield stem.vowel + (ending if ending == "UO" else "iي" + ending)
        return
    if not vowel:
        yield stem.vowel + "a" + stem.glide + ending
    elif not ending:
        yield stem.vowel + ("A" if stem.glide == "و" else "aY")
    elif ending == "UO":
        yield stem.vowel + "aوO"
    elif ending == "A":
        yield stem.vowel + "a" + stem.glide + "A"
    else:
        yield stem.vowel + ending  # دعت, دعتا: the last letter is lost


def _present(stem: Stem, kind: str) -> Iterator[str]:
    if stem.ending:
        for ending in _WEAK_PRESENT[stem.ending][kind]:
            yield stem.vowel + ending
    elif kind == "n":
        yield stem.consonant + "نa"
    elif kind:
        for ending in _STRONG_PRESENT[kind]:
            yield stem.vowel + ending
    else:
        yield stem.vowel
        yield stem.consonant  # the jussive: يقل, يمدد
