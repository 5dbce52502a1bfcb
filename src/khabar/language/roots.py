"""The rows of the verb table, and the sounds of a verb's stems.

A row gives the past, the form, the root and the present of a verb as written; from form and root the
stems follow, and the row must agree with them. Two stems are needed of each tense: one before endings
that begin with a vowel (or none), one before those that begin with a consonant (قال, قلت; مدّ, مددت).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from khabar.language.phonology import settle, spell

Ending = Literal["", "a", "i", "u"]
"""How a stem ends: "" in a consonant; a, i, u in that vowel, its last root letter being weak."""

FORMS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "Q", "QII", "QIV")
_WEAK: Final = frozenset("وي")
_YU: Final = frozenset({"II", "III", "IV", "Q"})
"""Forms whose active present has u in the prefix."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """A line of `tables/verbs.tsv`.

    Attributes:
        lemma: past, third person masculine singular, unvocalised with hamza.
        form: one of `FORMS`.
        root: its letters; hamza is ء.
        imperfect: present, third person masculine singular.
        masdars: verbal nouns, each with its plurals after it.
    """

    lemma: str
    form: str
    root: tuple[str, ...]
    imperfect: str
    masdars: tuple[tuple[str, ...], ...] = ()


class Stem(msgspec.Struct, frozen=True, gc=False):
    """A stem in sounds, without person prefix.

    Attributes:
        vowel: before endings that begin with a vowel, and without ending.
        consonant: before endings that begin with a consonant, and in the apocopate.
        ending: the vowel in which a stem with weak last letter ends (both fields are then without it).
        glide: و or ي, the letter that comes back before endings («دعوت», «رميت»).
    """

    vowel: str
    consonant: str
    ending: Ending = ""
    glide: str = "ي"


class Stems(msgspec.Struct, frozen=True, gc=False):
    """All stems of a verb; `prefix` is the vowel of the person prefix in the active present."""

    past: Stem
    present: Stem
    past_passive: Stem
    present_passive: Stem
    prefix: str


class TableError(ValueError):
    """A row of a language table that cannot be right."""


def parse_table(text: str) -> tuple[Row, ...]:
    """The rows of a verb table: a header line, then rows, lines with # in front left out.

    Raises:
        TableError: where a row is malformed.
    """
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(
        parse_row(record) for record in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    )


def parse_row(record: dict[str, str]) -> Row:
    """A row from its cells.

    Raises:
        TableError: when a cell is missing or not of its kind.
    """
    lemma, form, root, imperfect = (record.get(k) or "" for k in ("lemma", "form", "root", "imperfect"))
    letters = tuple(root.split())
    if form not in FORMS or len(letters) != (4 if form.startswith("Q") else 3) or not lemma or not imperfect:
        raise TableError(f"malformed verb row: {record}")
    cells = (record.get("masdars") or "").split("|")
    masdars = tuple(tuple(part.strip() for part in cell.split("/")) for cell in cells if cell.strip())
    return Row(lemma, form, letters, imperfect, masdars)


def stems(row: Row) -> Stems:
    """The stems of a verb.

    Raises:
        TableError: when no reading of form and root gives the row's past and present.
    """
    for candidate in _candidates(row):
        past, present = citation(candidate)
        if past == row.lemma and present == row.imperfect:
            return candidate
    tried = ", ".join(" ".join(citation(candidate)) for candidate in _candidates(row))
    raise TableError(
        f"{row.lemma} {row.imperfect} ({row.form}, {' '.join(row.root)}): expected one of {tried}"
    )


def citation(found: Stems) -> tuple[str, str]:
    """Past and present of the third person masculine singular as written."""
    past = found.past.vowel + _past_ending(found.past)
    present = (
        f"ي{found.prefix}"
        + found.present.vowel
        + {"": "", "a": "aY", "i": "I", "u": "U"}[found.present.ending]
    )
    return spell(settle(past)), spell(settle(present))


def _past_ending(stem: Stem) -> str:
    if stem.ending == "a":
        return "A" if stem.glide == "و" else "aY"
    return "iي" if stem.ending == "i" else ""


def _candidates(row: Row) -> Iterator[Stems]:
    if row.form == "I":
        yield from _form_one(row)
    elif row.form.startswith("Q"):
        yield _quadriliteral(row.form, *row.root)
    else:
        yield from _derived(row.form, *row.root)


# --- form I -------------------------------------------------------------------------------------


def _form_one(row: Row) -> Iterator[Stems]:
    f, c, l = row.root  # noqa: E741
    if l in _WEAK:
        yield from _weak_last(row)
    elif c in _WEAK:
        yield from _hollow(f, c, l)
    elif c == l:
        for vowel in "uia":
            yield Stems(
                Stem(f + "a" + c + l, f + "a" + c + "a" + l),
                Stem(f + vowel + c + l, f + c + vowel + l),
                Stem(f + "u" + c + l, f + "u" + c + "i" + l),
                Stem(f + "a" + c + l, f + c + "a" + l),
                "a",
            )
    if l not in _WEAK:
        # the vowel of the second letter shows only where a hamza is seated by it
        for past in "aiu":
            for present in "aiu":
                passive = f + "u" + c + "i" + l
                for stem in _first_letter(f, c + present + l):
                    yield Stems(
                        _same(f + "a" + c + past + l),
                        _same(stem),
                        _same(passive),
                        _same(f + c + "a" + l),
                        "a",
                    )


def _first_letter(f: str, rest: str) -> Iterator[str]:
    """Present stems: the first letter kept, or lost where it is و («يصل») or, in رأى, the second."""
    if f == "و":
        yield rest
    yield f + rest


def _hollow(f: str, c: str, l: str) -> Iterator[Stems]:  # noqa: E741
    for long in "UA" if c == "و" else "IA":
        short = long.lower()
        yield Stems(
            Stem(f + "A" + l, f + ("u" if long == "U" else "i") + l),
            Stem(f + long + l, f + short + l),
            Stem(f + "I" + l, f + "i" + l),
            Stem(f + "A" + l, f + "a" + l),
            "a",
        )


def _weak_last(row: Row) -> Iterator[Stems]:
    f, c, l = row.root  # noqa: E741
    passive_past = _weak(f + "u" + c, "i", l)
    for past in ("a", "i"):
        for present in ("u", "i", "a"):
            bodies = list(_first_letter(f, c))
            if (f, c) == ("ر", "ء"):
                bodies.append("ر")  # رأى يرى
            for body in bodies:
                passive = _weak(body if body == "ر" else f + c, "a", "ي")
                stem = _weak(body, present, l)
                yield Stems(_weak(f + "a" + c, past, l), stem, passive_past, passive, "a")


# --- derived forms ------------------------------------------------------------------------------


def _derived(form: str, f: str, c: str, l: str) -> Iterator[Stems]:  # noqa: E741
    if form == "VIII":
        for first in _melted_t(f):
            yield from _patterned(form, first, c, l)
    else:
        yield from _patterned(form, f, c, l)


def _melted_t(f: str) -> tuple[str, ...]:
    """First letter and t of form VIII as they melt."""
    return {
        "و": ("تت",),
        "ي": ("تت",),
        "ء": ("ءت", "تت"),
        "ز": ("زد",),
        "د": ("دد",),
        "ذ": ("دد", "ذذ"),
        "ث": ("ثث", "ثت"),
        "ص": ("صط",),
        "ض": ("ضط",),
        "ط": ("طط",),
        "ظ": ("ظظ", "ظط"),
    }.get(f, (f + "ت",))


_OPENINGS: Final[dict[str, tuple[str, str, str]]] = {
    # form: opening of the past, of its passive, of the present
    "IV": ("ءa", "ءu", ""),
    "VII": ("ٱin", "ٱun", "n"),
    "VIII": ("ٱi", "ٱu", ""),
    "X": ("ٱista", "ٱustu", "sta"),
}
_SOUNDS: Final = str.maketrans({"n": "ن", "s": "س", "t": "ت", "m": "م"})


def _patterned(form: str, f: str, c: str, l: str) -> Iterator[Stems]:  # noqa: E741
    if form in {"II", "V", "III", "VI"}:
        yield from _long_middle(form, f, c, l)
        return
    if form == "IX":
        yield Stems(
            Stem(f"ٱi{f}{c}a{l}{l}", f"ٱi{f}{c}a{l}a{l}"),
            Stem(f"{f}{c}a{l}{l}", f"{f}{c}a{l}i{l}"),
            Stem(f"ٱu{f}{c}u{l}{l}", f"ٱu{f}{c}u{l}i{l}"),
            Stem(f"{f}{c}a{l}{l}", f"{f}{c}a{l}a{l}"),
            "a",
        )
        return
    past, past_passive, present = (opening.translate(_SOUNDS) for opening in _OPENINGS[form])
    # between first and second letter: nothing in IV and X, a vowel in VII and VIII
    closed = form in {"IV", "X"}
    join, join_passive = ("", "") if closed else ("a", "u")
    present_vowel = "i"
    prefix = "u" if form == "IV" else "a"
    if l in _WEAK:
        body = f if (form, f, c) == ("IV", "ر", "ء") else f + join + c  # أرى يري loses its hamza
        body_passive = f if (form, f, c) == ("IV", "ر", "ء") else f + join_passive + c
        yield Stems(
            _weak(past + body, "a", "ي"),
            _weak(present + body, "i", "ي"),
            _weak(past_passive + body_passive, "i", "ي"),
            _weak(present + body, "a", "ي"),
            prefix,
        )
        return
    if c == l:
        before = "a" if closed else ""
        yield Stems(
            Stem(past + f + (join or before) + c + l, past + f + join + c + "a" + l),
            Stem(present + f + (join or "i") + c + l, present + f + join + c + present_vowel + l),
            Stem(
                past_passive + f + (join_passive or "i") + c + l,
                past_passive + f + join_passive + c + "i" + l,
            ),
            Stem(present + f + "a" + c + l, present + f + join + c + "a" + l),
            prefix,
        )
    if c in _WEAK:
        long = "I" if closed else "A"
        yield Stems(
            Stem(past + f + "A" + l, past + f + "a" + l),
            Stem(present + f + long + l, present + f + long.lower() + l),
            Stem(past_passive + f + "I" + l, past_passive + f + "i" + l),
            Stem(present + f + "A" + l, present + f + "a" + l),
            prefix,
        )
    yield Stems(
        _same(past + f + join + c + "a" + l),
        _same(present + f + join + c + present_vowel + l),
        _same(past_passive + f + join_passive + c + "i" + l),
        _same(present + f + join + c + "a" + l),
        prefix,
    )


def _long_middle(form: str, f: str, c: str, l: str) -> Iterator[Stems]:  # noqa: E741
    """Forms II, III, V and VI: the middle is doubled or stands after a long vowel."""
    t = "تa" if form in {"V", "VI"} else ""
    t_passive = "تu" if t else ""
    middle, middle_passive = (
        (f"{f}a{c}{c}", f"{f}u{c}{c}") if form in {"II", "V"} else (f"{f}A{c}", f"{f}U{c}")
    )
    passive_present = t + (f"{f}a{c}{c}" if form in {"II", "V"} else f"{f}A{c}")
    vowel: Ending = "a" if t else "i"
    prefix = "a" if t else "u"
    if l in _WEAK:
        yield Stems(
            _weak(t + middle, "a", "ي"),
            _weak(t + middle, vowel, "ي"),
            _weak(t_passive + middle_passive, "i", "ي"),
            _weak(passive_present, "a", "ي"),
            prefix,
        )
        return
    if c == l and form in {"III", "VI"}:
        yield Stems(
            Stem(t + middle, t + middle + "a" + l),
            Stem(t + middle, t + middle + vowel + l),
            Stem(t_passive + middle_passive, t_passive + middle_passive + "i" + l),
            Stem(passive_present, passive_present + "a" + l),
            prefix,
        )
    yield Stems(
        _same(t + middle + "a" + l),
        _same(t + middle + vowel + l),
        _same(t_passive + middle_passive + "i" + l),
        _same(passive_present + "a" + l),
        prefix,
    )


def _quadriliteral(form: str, f: str, c: str, l: str, m: str) -> Stems:  # noqa: E741
    if form == "QIV":
        return Stems(
            Stem(f"ٱi{f}{c}a{l}a{m}{m}", f"ٱi{f}{c}a{l}{m}a{m}"),
            Stem(f"{f}{c}a{l}i{m}{m}", f"{f}{c}a{l}{m}i{m}"),
            Stem(f"ٱu{f}{c}u{l}i{m}{m}", f"ٱu{f}{c}u{l}{m}i{m}"),
            Stem(f"{f}{c}a{l}a{m}{m}", f"{f}{c}a{l}{m}a{m}"),
            "a",
        )
    t, t_passive = ("تa", "تu") if form == "QII" else ("", "")
    return Stems(
        _same(f"{t}{f}a{c}{l}a{m}"),
        _same(f"{t}{f}a{c}{l}{'a' if t else 'i'}{m}"),
        _same(f"{t_passive}{f}u{c}{l}i{m}"),
        _same(f"{t}{f}a{c}{l}a{m}"),
        "a" if t else "u",
    )


def _same(stem: str) -> Stem:
    return Stem(stem, stem)


def _weak(stem: str, ending: Ending, last: str) -> Stem:
    return Stem(stem, stem, ending, last)
