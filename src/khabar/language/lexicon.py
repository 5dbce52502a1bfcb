"""All forms that the tables give, packed: stems, and paradigms of what may stand around them.

Some 3,000 verbs have 200,000 forms, but verbs of one pattern inflect alike. So a form is cut into
person prefix, stem and ending; the prefixes, endings and meanings that go with a stem are its
paradigm, of which there are a few hundred; and the table of stems is small enough to load at once.
Stems are held under their folded spelling; `spelled` gives the exact one where it differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from khabar.cache import cached, digest_of
from khabar.language.conjugation import Cell, Form, conjugate
from khabar.language.derivation import NounForm, participles, regular_masdar
from khabar.language.model import Number
from khabar.language.nouns import inflect, inflect_adjective, regular_plural
from khabar.language.orthography import fold
from khabar.language.roots import Row, parse_table, stems

_BITS: Final = 16
_MASK: Final = (1 << _BITS) - 1
_VOICES: Final[tuple[bool | None, ...]] = (False, True, None)
_NUMBERS: Final[tuple[Number, ...]] = ("s", "d", "p")

_CELL_ENDINGS: Final[dict[tuple[str, int, str, str], tuple[str, ...]]] = {
    ("past", 3, "m", "s"): (),
    ("past", 3, "f", "s"): ("ت",),
    ("past", 3, "m", "d"): ("ا",),
    ("past", 3, "f", "d"): ("تا",),
    ("past", 3, "m", "p"): ("وا", "و"),
    ("past", 3, "f", "p"): ("ن",),
    ("past", 2, "c", "s"): ("ت",),
    ("past", 1, "c", "s"): ("ت",),
    ("past", 2, "c", "d"): ("تما",),
    ("past", 2, "m", "p"): ("تمو", "تم"),
    ("past", 2, "f", "p"): ("تن",),
    ("past", 1, "c", "p"): ("نا",),
}
_LATER_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    # present and imperative, by number and gender
    "ms": (),
    "cs": (),
    "fs": ("ين", "ي"),
    "cp": (),
    "md": ("ان", "ا"),
    "fd": ("ان", "ا"),
    "cd": ("ان", "ا"),
    "mp": ("ون", "وا", "و"),
    "fp": ("ن",),
}

Paradigm = dict[str, tuple[int, ...]]
T = TypeVar("T")


class VerbMatch(msgspec.Struct, frozen=True, gc=False):
    """A verb form found: see `conjugation.Form`; `spelling` is how the tables write it."""

    lemma: str
    cell: Cell
    passive: bool | None
    short: bool
    free: bool
    bound: bool
    spelling: str
    wide: bool


class NounMatch(msgspec.Struct, frozen=True, gc=False):
    """A noun form found: see `derivation.NounForm`; `spelling` is how the tables write it."""

    lemma: str
    verb: str
    number: Number
    stands: int
    spelling: str


class Lexicon(msgspec.Struct, frozen=True):
    """The packed forms of all verbs and nouns.

    Attributes:
        digest: of the tables and the code they were compiled by.
        cells: the places of the verb paradigm.
        lemmas: verb lemmas; `wide` has "1" at the same index where the active present has u in its prefix.
        wide: see `lemmas`.
        nouns: noun lemmas, each with the verb it belongs to or "".
        spelled: exact spellings of stems whose folded one differs; the first is "".
        verb_stems: packed (spelling, lemma, paradigm) by folded stem.
        verb_paradigms: packed (cell, voice, stands) by prefix and ending.
        noun_stems: as for verbs.
        noun_paradigms: packed (number, stands) by ending.
    """

    digest: str
    cells: tuple[Cell, ...]
    lemmas: tuple[str, ...]
    wide: str
    nouns: tuple[tuple[str, str], ...]
    spelled: tuple[str, ...]
    verb_stems: dict[str, tuple[int, ...]]
    verb_paradigms: tuple[Paradigm, ...]
    noun_stems: dict[str, tuple[int, ...]]
    noun_paradigms: tuple[Paradigm, ...]

    def verbs(self, folded: str) -> Iterator[VerbMatch]:
        """Verb forms whose folded spelling this is, clitics already cut off."""
        length = len(folded)
        for start in (0, 1) if folded[:1] in _PREFIX_SET else (0,):
            prefix = folded[:start]
            for end in range(length, max(start, length - 4), -1):
                packed = self.verb_stems.get(folded[start:end])
                if packed is None:
                    continue
                key = f"{prefix}+{folded[end:]}"
                for item in packed:
                    spelling, lemma, paradigm = _unpack(item)
                    for meaning in self.verb_paradigms[paradigm].get(key, ()):
                        cell = self.cells[meaning >> 5]
                        stem = self.spelled[spelling] or folded[start:end]
                        first = "أ" if prefix == "ا" else prefix
                        yield VerbMatch(
                            self.lemmas[lemma],
                            cell,
                            _VOICES[meaning >> 3 & 3],
                            bool(meaning & 4),
                            bool(meaning & 1),
                            bool(meaning & 2),
                            first + stem + folded[end:],
                            self.wide[lemma] == "1",
                        )

    def noun_forms(self, folded: str) -> Iterator[NounMatch]:
        """Noun forms whose folded spelling this is, clitics and article already cut off."""
        length = len(folded)
        for end in range(length, max(0, length - 6), -1):
            packed = self.noun_stems.get(folded[:end])
            if packed is None:
                continue
            for item in packed:
                spelling, noun, paradigm = _unpack(item)
                for meaning in self.noun_paradigms[paradigm].get(folded[end:], ()):
                    lemma, verb = self.nouns[noun]
                    stem = self.spelled[spelling] or folded[:end]
                    exact = self.spelled[meaning >> 5] or folded[end:]
                    yield NounMatch(lemma, verb, _NUMBERS[meaning >> 3 & 3], meaning & 7, stem + exact)


_PREFIX_SET: Final = frozenset("يتنا")


def load_lexicon(extra_nouns: Iterable[str] = ()) -> Lexicon:
    """The lexicon of the shipped tables, compiled once and then read from the cache folder.

    Args:
        extra_nouns: more nouns as tables write them: «غارة/غارات» with plurals after slashes; a noun
            without plural («محتجز») is taken for an adjective and gets both genders and sound plurals.

    Returns:
        The lexicon; the same object for the same nouns.

    Raises:
        TableError: where a table is malformed.
    """
    return _load(tuple(sorted({noun.strip() for noun in extra_nouns if noun.strip()})))


@lru_cache(maxsize=4)
def _load(extra_nouns: tuple[str, ...]) -> Lexicon:
    here = Path(__file__).parent
    sources = [here / f"{name}.py" for name in _CODE]
    table = (resources.files("khabar.language") / "tables" / "verbs.tsv").read_text("utf-8")
    digest = digest_of([*sources, table, *extra_nouns])
    return cached(
        "lexicon", digest, lambda: compile_lexicon(parse_table(table), extra_nouns, digest), Lexicon
    )


_CODE: Final = ("lexicon", "conjugation", "derivation", "nouns", "phonology", "roots", "orthography")
"""Modules whose code decides what is compiled."""


class _Packer:
    """Collects stems and paradigms and numbers them."""

    def __init__(self) -> None:
        self.spelled: dict[str, int] = {"": 0}
        self.verb_stems: dict[str, dict[int, None]] = {}
        self.noun_stems: dict[str, dict[int, None]] = {}
        self.verb_paradigms: dict[tuple[tuple[str, tuple[int, ...]], ...], int] = {}
        self.noun_paradigms: dict[tuple[tuple[str, tuple[int, ...]], ...], int] = {}
        self.cells: dict[Cell, int] = {}
        self.lemmas: dict[str, int] = {}
        self.wide: dict[str, bool] = {}
        self.nouns: dict[tuple[str, str], int] = {}

    def add_verb(self, row: Row, forms: tuple[Form, ...], *, wide: bool) -> None:
        lemma = _number(self.lemmas, row.lemma)
        self.wide[row.lemma] = self.wide.get(row.lemma, False) or wide
        by_stem: dict[str, dict[str, dict[int, None]]] = {}
        for form in forms:
            prefix, stem, ending = _cut(form)
            meaning = (
                _number(self.cells, form.cell) << 5
                | _VOICES.index(form.passive) << 3
                | form.short << 2
                | form.bound << 1
                | form.free
            )
            key = f"{fold(prefix)}+{ending}"
            by_stem.setdefault(stem, {}).setdefault(key, {})[meaning] = None
        for stem, paradigm in by_stem.items():
            number = _number(self.verb_paradigms, _frozen(paradigm))
            self._add(self.verb_stems, stem, lemma, number)

    def add_noun(self, lemma: str, verb: str, forms: Iterable[NounForm]) -> None:
        forms = list(forms)
        noun = _number(self.nouns, (lemma, verb))
        # broken plurals share little with their singular: one stem per first three letters
        groups: dict[str, list[NounForm]] = {}
        for form in forms:
            groups.setdefault(form.text[:3], []).append(form)
        for group in groups.values():
            stem = _common_start([form.text for form in group])
            paradigm: dict[str, dict[int, None]] = {}
            for form in group:
                ending = form.text[len(stem) :]
                folded = fold(ending)
                exact = 0 if ending == folded else _number(self.spelled, ending)
                meaning = exact << 5 | _NUMBERS.index(form.number) << 3 | form.stands
                paradigm.setdefault(folded, {})[meaning] = None
            self._add(self.noun_stems, stem, noun, _number(self.noun_paradigms, _frozen(paradigm)))

    def _add(self, table: dict[str, dict[int, None]], stem: str, lemma: int, paradigm: int) -> None:
        folded = fold(stem)
        spelling = 0 if folded == stem else _number(self.spelled, stem)
        table.setdefault(folded, {})[(spelling << _BITS | lemma) << _BITS | paradigm] = None

    def pack(self, digest: str) -> Lexicon:
        return Lexicon(
            digest,
            tuple(self.cells),
            tuple(self.lemmas),
            "".join("01"[self.wide[lemma]] for lemma in self.lemmas),
            tuple(self.nouns),
            tuple(self.spelled),
            {stem: tuple(items) for stem, items in self.verb_stems.items()},
            tuple(dict(paradigm) for paradigm in self.verb_paradigms),
            {stem: tuple(items) for stem, items in self.noun_stems.items()},
            tuple(dict(paradigm) for paradigm in self.noun_paradigms),
        )


def compile_lexicon(rows: Iterable[Row], extra_nouns: Iterable[str], digest: str) -> Lexicon:
    """Generate and pack all forms.

    Args:
        rows: the verb table.
        extra_nouns: see `load_lexicon`.
        digest: stored with the result.

    Returns:
        The lexicon; some seconds of work.

    Raises:
        TableError: where a row contradicts itself.
    """
    packer = _Packer()
    known: set[str] = set()
    for row in rows:
        found = stems(row)
        packer.add_verb(row, conjugate(row), wide=found.prefix == "u")
        for singular, *given in row.masdars or _regular(row):
            known.add(singular)
            defective = row.form in {"V", "VI"} and singular.endswith("ي")
            plurals = tuple(given) if given or row.form == "I" else (regular_plural(singular),)
            packer.add_noun(singular, row.lemma, inflect(singular, plurals, defective=defective))
        for lemma, forms in participles(row, found):
            packer.add_noun(lemma, row.lemma, forms)
    for spec in extra_nouns:
        singular, *given = (part.strip() for part in spec.split("/"))
        if given or singular.endswith(("ة", "ات")) or singular in known:
            packer.add_noun(singular, "", inflect(singular, tuple(given)))
        else:
            packer.add_noun(singular, "", inflect_adjective(singular))
    return packer.pack(digest)


def _regular(row: Row) -> tuple[tuple[str, ...], ...]:
    masdar = regular_masdar(row, stems(row))
    return ((masdar,),) if masdar else ()


def _cut(form: Form) -> tuple[str, str, str]:
    """Person prefix, stem and ending of a verb form."""
    cell, text = form.cell, form.text
    prefix = ""
    if cell.tense == "past":
        endings = _CELL_ENDINGS["past", cell.person, cell.gender, cell.number]
    else:
        endings = _LATER_ENDINGS[cell.gender + cell.number]
        # آخذ: the prefix has melted into the stem, which then keeps it
        if cell.tense == "present" and text[0] != "آ":
            prefix, text = text[0], text[1:]
    ending = next((e for e in endings if text.endswith(e) and len(text) > len(e)), "")
    return prefix, text[: len(text) - len(ending)], ending


def _common_start(texts: list[str]) -> str:
    # what the first and the last in order share, all share
    first, last = min(texts), max(texts)
    return next((first[:at] for at, char in enumerate(first) if last[at : at + 1] != char), first)


def _frozen(paradigm: dict[str, dict[int, None]]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple((key, tuple(meanings)) for key, meanings in sorted(paradigm.items()))


def _number(table: dict[T, int], value: T) -> int:
    return table.setdefault(value, len(table))


def _unpack(item: int) -> tuple[int, int, int]:
    return item >> 2 * _BITS, item >> _BITS & _MASK, item & _MASK
