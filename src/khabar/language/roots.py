"""The rows of the verb table, and the sounds of a verb's stems.

A row gives the past, the form, the root and the present of a verb as written; from form and root the
stems follow, and the row must agree with them. Two stems are needed of each tense: one before endings
that begin with a vowel (or none), one before those that begin with a consonant (قال, قلت; مدّ, مددت).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from khabar.language.phonology import settle, spell
from khabar.tables import TableError, parse

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


def parse_table(text: str) -> tuple[Row, ...]:
    """The rows of a verb table: a header line, then rows, lines with # in front left out.

    Raises:
        TableError: where a row is malformed.
    """
    return tuple(parse_row(record) for record in parse(text.split("\n"), "verbs.tsv"))


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
    r1, r2, r3 = row.root
    if r3 in _WEAK:
        yield from _weak_last(row)
    elif r2 in _WEAK:
        yield from _hollow(r1, r2, r3)
    elif r2 == r3:
        for vowel in "uia":
            yield Stems(
                Stem(r1 + "a" + r2 + r3, r1 + "a" + r2 + "a" + r3),
                Stem(r1 + vowel + r2 + r3, r1 + r2 + vowel + r3),
                Stem(r1 + "u" + r2 + r3, r1 + "u" + r2 + "i" + r3),
                Stem(r1 + "a" + r2 + r3, r1 + r2 + "a" + r3),
                "a",
            )
    if r3 not in _WEAK:
        # the vowel of the second letter shows only where a hamza is seated by it
        for past in "aiu":
            for present in "aiu":
                passive = r1 + "u" + r2 + "i" + r3
                for stem in _first_letter(r1, r2 + present + r3):
                    yield Stems(
                        _same(r1 + "a" + r2 + past + r3),
                        _same(stem),
                        _same(passive),
                        _same(r1 + r2 + "a" + r3),
                        "a",
                    )


def _first_letter(r1: str, rest: str) -> Iterator[str]:
    """Present stems: the first letter kept, or lost where it is و («يصل») or, in رأى, the second."""
    if r1 == "و":
        yield rest
    yield r1 + rest


def _hollow(r1: str, r2: str, r3: str) -> Iterator[Stems]:
    for long in "UA" if r2 == "و" else "IA":
        short = long.lower()
        yield Stems(
            Stem(r1 + "A" + r3, r1 + ("u" if long == "U" else "i") + r3),
            Stem(r1 + long + r3, r1 + short + r3),
            Stem(r1 + "I" + r3, r1 + "i" + r3),
            Stem(r1 + "A" + r3, r1 + "a" + r3),
            "a",
        )


def _weak_last(row: Row) -> Iterator[Stems]:
    r1, r2, r3 = row.root
    passive_past = _weak(r1 + "u" + r2, "i", r3)
    for past in ("a", "i"):
        for present in ("u", "i", "a"):
            bodies = list(_first_letter(r1, r2))
            if (r1, r2) == ("ر", "ء"):
                bodies.append("ر")  # رأى يرى
            for body in bodies:
                passive = _weak(body if body == "ر" else r1 + r2, "a", "ي")
                stem = _weak(body, present, r3)
                yield Stems(_weak(r1 + "a" + r2, past, r3), stem, passive_past, passive, "a")


# --- derived forms ------------------------------------------------------------------------------


def _derived(form: str, r1: str, r2: str, r3: str) -> Iterator[Stems]:
    if form == "VIII":
        for first in _melted_t(r1):
            yield from _patterned(form, first, r2, r3)
    else:
        yield from _patterned(form, r1, r2, r3)


def _melted_t(r1: str) -> tuple[str, ...]:
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
    }.get(r1, (r1 + "ت",))


_OPENINGS: Final[dict[str, tuple[str, str, str]]] = {
    # form: opening of the past, of its passive, of the present
    "IV": ("ءa", "ءu", ""),
    "VII": ("ٱin", "ٱun", "n"),
    "VIII": ("ٱi", "ٱu", ""),
    "X": ("ٱista", "ٱustu", "sta"),
}
_SOUNDS: Final = str.maketrans({"n": "ن", "s": "س", "t": "ت", "m": "م"})


def _patterned(form: str, r1: str, r2: str, r3: str) -> Iterator[Stems]:
    if form in {"II", "V", "III", "VI"}:
        yield from _long_middle(form, r1, r2, r3)
        return
    if form == "IX":
        yield Stems(
            Stem(f"ٱi{r1}{r2}a{r3}{r3}", f"ٱi{r1}{r2}a{r3}a{r3}"),
            Stem(f"{r1}{r2}a{r3}{r3}", f"{r1}{r2}a{r3}i{r3}"),
            Stem(f"ٱu{r1}{r2}u{r3}{r3}", f"ٱu{r1}{r2}u{r3}i{r3}"),
            Stem(f"{r1}{r2}a{r3}{r3}", f"{r1}{r2}a{r3}a{r3}"),
            "a",
        )
        return
    past, past_passive, present = (opening.translate(_SOUNDS) for opening in _OPENINGS[form])
    # between first and second letter: nothing in IV and X, a vowel in VII and VIII
    closed = form in {"IV", "X"}
    join, join_passive = ("", "") if closed else ("a", "u")
    present_vowel = "i"
    prefix = "u" if form == "IV" else "a"
    if r3 in _WEAK:
        body = r1 if (form, r1, r2) == ("IV", "ر", "ء") else r1 + join + r2  # أرى يري loses its hamza
        body_passive = r1 if (form, r1, r2) == ("IV", "ر", "ء") else r1 + join_passive + r2
        yield Stems(
            _weak(past + body, "a", "ي"),
            _weak(present + body, "i", "ي"),
            _weak(past_passive + body_passive, "i", "ي"),
            _weak(present + body, "a", "ي"),
            prefix,
        )
        return
    if r2 == r3:
        before = "a" if closed else ""
        yield Stems(
            Stem(past + r1 + (join or before) + r2 + r3, past + r1 + join + r2 + "a" + r3),
            Stem(present + r1 + (join or "i") + r2 + r3, present + r1 + join + r2 + present_vowel + r3),
            Stem(
                past_passive + r1 + (join_passive or "i") + r2 + r3,
                past_passive + r1 + join_passive + r2 + "i" + r3,
            ),
            Stem(present + r1 + "a" + r2 + r3, present + r1 + join + r2 + "a" + r3),
            prefix,
        )
    if r2 in _WEAK:
        long = "I" if closed else "A"
        yield Stems(
            Stem(past + r1 + "A" + r3, past + r1 + "a" + r3),
            Stem(present + r1 + long + r3, present + r1 + long.lower() + r3),
            Stem(past_passive + r1 + "I" + r3, past_passive + r1 + "i" + r3),
            Stem(present + r1 + "A" + r3, present + r1 + "a" + r3),
            prefix,
        )
    yield Stems(
        _same(past + r1 + join + r2 + "a" + r3),
        _same(present + r1 + join + r2 + present_vowel + r3),
        _same(past_passive + r1 + join_passive + r2 + "i" + r3),
        _same(present + r1 + join + r2 + "a" + r3),
        prefix,
    )


def _long_middle(form: str, r1: str, r2: str, r3: str) -> Iterator[Stems]:
    """Forms II, III, V and VI: the middle is doubled or stands after a long vowel."""
    t = "تa" if form in {"V", "VI"} else ""
    t_passive = "تu" if t else ""
    middle, middle_passive = (
        (f"{r1}a{r2}{r2}", f"{r1}u{r2}{r2}") if form in {"II", "V"} else (f"{r1}A{r2}", f"{r1}U{r2}")
    )
    passive_present = t + (f"{r1}a{r2}{r2}" if form in {"II", "V"} else f"{r1}A{r2}")
    vowel: Ending = "a" if t else "i"
    prefix = "a" if t else "u"
    if r3 in _WEAK:
        yield Stems(
            _weak(t + middle, "a", "ي"),
            _weak(t + middle, vowel, "ي"),
            _weak(t_passive + middle_passive, "i", "ي"),
            _weak(passive_present, "a", "ي"),
            prefix,
        )
        return
    if r2 == r3 and form in {"III", "VI"}:
        yield Stems(
            Stem(t + middle, t + middle + "a" + r3),
            Stem(t + middle, t + middle + vowel + r3),
            Stem(t_passive + middle_passive, t_passive + middle_passive + "i" + r3),
            Stem(passive_present, passive_present + "a" + r3),
            prefix,
        )
    yield Stems(
        _same(t + middle + "a" + r3),
        _same(t + middle + vowel + r3),
        _same(t_passive + middle_passive + "i" + r3),
        _same(passive_present + "a" + r3),
        prefix,
    )


def _quadriliteral(form: str, r1: str, r2: str, r3: str, r4: str) -> Stems:
    if form == "QIV":
        return Stems(
            Stem(f"ٱi{r1}{r2}a{r3}a{r4}{r4}", f"ٱi{r1}{r2}a{r3}{r4}a{r4}"),
            Stem(f"{r1}{r2}a{r3}i{r4}{r4}", f"{r1}{r2}a{r3}{r4}i{r4}"),
            Stem(f"ٱu{r1}{r2}u{r3}i{r4}{r4}", f"ٱu{r1}{r2}u{r3}{r4}i{r4}"),
            Stem(f"{r1}{r2}a{r3}a{r4}{r4}", f"{r1}{r2}a{r3}{r4}a{r4}"),
            "a",
        )
    t, t_passive = ("تa", "تu") if form == "QII" else ("", "")
    return Stems(
        _same(f"{t}{r1}a{r2}{r3}a{r4}"),
        _same(f"{t}{r1}a{r2}{r3}{'a' if t else 'i'}{r4}"),
        _same(f"{t_passive}{r1}u{r2}{r3}i{r4}"),
        _same(f"{t}{r1}a{r2}{r3}a{r4}"),
        "a" if t else "u",
    )


def _same(stem: str) -> Stem:
    return Stem(stem, stem)


def _weak(stem: str, ending: Ending, last: str) -> Stem:
    return Stem(stem, stem, ending, last)
