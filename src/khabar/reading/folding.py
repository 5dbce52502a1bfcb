"""A folded view of text for comparing with tables, and what counts as blank.

The reader only compares; it never hands folded text on. (The language room has its own normal form; this one
keeps the length of the text wherever no mark is written, so that most offsets need no mapping.)
"""

from __future__ import annotations

import re
import unicodedata

MARKS = "".join(
    chr(c) for c in (*range(0x610, 0x61B), 0x640, *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6DD))
)
"""Vowel marks, Koranic signs and the tatweel: never part of a spelling."""

BLANKS = "".join(
    chr(c)
    for c in (*range(0x10000), 0xE0001, *range(0xE0020, 0xE0080))
    if chr(c).isspace() or unicodedata.category(chr(c)) in {"Cc", "Cf"}
)
"""White space, control and format characters (direction marks, NUL, BOM): alone they are no text."""

_TABLE: dict[int, str | None] = {
    **{ord(c): " " for c in BLANKS},
    **dict.fromkeys(map(ord, "أإآٱ"), "ا"),
    ord("ى"): "ي",
    ord("ی"): "ي",
    ord("ې"): "ي",
    ord("ة"): "ه",
    ord("ک"): "ك",
    ord("ە"): "ه",
    **{
        ord(a): d
        for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
        for a, d in zip(digits, "0123456789", strict=True)
    },
    **{c: chr(c + 32) for c in range(ord("A"), ord("Z") + 1)},
}
_BLANK_SET = frozenset(BLANKS)
_FREQUENT = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ي"), ("ة", "ه"), ("\xa0", " "))
_RARE = re.compile("[^ -@[-~ء-غف-ي،؛؟«»“”–—…]")
_DROP = re.compile(f"[{MARKS}]")
_SPACES = re.compile(" +")
_LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def fold(text: str) -> str:
    """Fold letters one to one and drop marks; of the length of `text` when it has no marks."""
    # replacing the five frequent letters first leaves most lines without need of the slow table
    for letter, plain in _FREQUENT:
        text = text.replace(letter, plain)
    if _RARE.search(text):
        text = _DROP.sub("", text.translate(_TABLE))
    return text


def fold_key(text: str) -> str:
    """Fold for keys of tables and whole-line comparison: single spaces, none at the ends."""
    return _SPACES.sub(" ", fold(text)).strip()


def fold_mapped(text: str) -> tuple[str, list[int] | None]:
    """Fold, with the offset in `text` of each folded character (None: the same offsets)."""
    out = fold(text)
    if len(out) == len(text):
        return out, None
    kept = [i for i, char in enumerate(text) if char not in MARKS]
    return out, [*kept, len(text)]


def lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines of `text` that are not blank, less blanks at their ends."""
    spans = []
    for match in _LINE.finditer(text):
        span = trim(text, match.start(), match.end())
        if span[0] < span[1]:
            spans.append(span)
    return spans


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends; empty (start == end) when there is nothing else."""
    if start < end and text[start] not in _BLANK_SET and text[end - 1] not in _BLANK_SET:
        return start, end
    piece = text[start:end]
    left = piece.lstrip(BLANKS)
    start += len(piece) - len(left)
    return start, start + len(left.rstrip(BLANKS))
