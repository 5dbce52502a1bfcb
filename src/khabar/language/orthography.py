"""One spelling for the many: marks, forms of alef and ya, digits, presentation forms, stray signs.

Two depths of normalisation are used throughout:

* *clean*: what the eye does not read as letters goes away (vowel marks, tatweel, direction marks,
  control characters), and compatibility forms are composed. Hamza, ya and ta marbuta stay as written.
* *fold*: spellings that writers mix are made one (أ إ آ ٱ → ا, ى ئ → ي, ؤ → و, ة → ه, Persian ya and
  kaf, the letters پ چ ڤ گ, Arabic and Persian digits, marks of punctuation). Table keys are folded.

Both work on single words; `align` does the same for a whole text and says where each character came
from, so that what is found in the folded text has a place in the given one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import msgspec

LETTERS: Final = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u08a0-\u08c9"
    # presentation forms A and B, without the signs that stand for whole phrases (ﷺ and its like)
    "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdf9\ufe80-\ufefc"
)
"""Arabic letters as the inside of a regex class."""

MARKS: Final = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
"""Vowel marks, Koranic marks and tatweel; U+0653-0655 (madda, hamza) compose with their alef first."""

MORE_MARKS: Final = "\u08ca-\u08e1\u08e3-\u08ff\ufe70-\ufe7f"
"""Rarer marks, and the presentation forms of the common ones."""

IGNORED: Final = (
    "\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f"  # control characters but white space
    "\u00ad\u034f\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
"""Invisible signs that may stand inside a word without parting it (U+200B parts words: not here)."""

DIGITS: Final = "0-9٠-٩۰-۹"

_DROPPED: Final = re.compile(f"[{MARKS}{MORE_MARKS}{IGNORED}]+")
_COMPOSED: Final = re.compile("[\ufb50-\ufd3d\ufd50-\ufdf9\ufe80-\ufefc]+")

_FOLDS: Final = str.maketrans(
    {
        **dict.fromkeys("أإآٱٲٳٵ", "ا"),
        **dict.fromkeys("ىیئې", "ي"),
        **dict.fromkeys("ةۃھہەۀ", "ه"),
        **dict.fromkeys("کڪگ", "ك"),
        "ؤ": "و",
        "پ": "ب",
        "چ": "ج",
        "ڤ": "ف",
        **{chr(0x0660 + n): str(n) for n in range(10)},
        **{chr(0x06F0 + n): str(n) for n in range(10)},
        "٫": ".",
        "٬": ",",
        "٪": "%",
    }
)
_PUNCTUATION_FOLDS: Final = str.maketrans(
    {
        **dict.fromkeys("“”„‟″＂", '"'),
        **dict.fromkeys("‘’‚‛′´`", "'"),
        **dict.fromkeys("–—―‐‑−ـ", "-"),
        ",": "،",
        "?": "؟",
        ";": "؛",
        "…": "...",
        "۔": ".",
        "٭": "*",
    }
)


def clean(text: str) -> str:
    """The text without marks and invisible signs, presentation forms composed.

    Composition is canonical (NFC), so alef with a combining hamza is one letter, and compatible (NFKC)
    for Arabic presentation forms only: «ﷲ», «ﻻ» and the like; Latin ligatures stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    if _COMPOSED.search(text):
        # an isolated mark decomposes to a space and the mark: no space belongs in a word
        text = _COMPOSED.sub(lambda m: unicodedata.normalize("NFKC", m[0]).replace(" ", ""), text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _DROPPED.sub("", text)


def fold(text: str) -> str:
    """The clean word in the spelling of table keys; Latin letters become small."""
    return text.translate(_FOLDS).lower()


def fold_punctuation(text: str) -> str:
    """One sign for the variants of a mark: straight quotes, one dash, Arabic comma and question mark."""
    return text.translate(_PUNCTUATION_FOLDS)


class Aligned(msgspec.Struct, frozen=True, gc=False):
    """A folded text that knows where it came from.

    Attributes:
        text: the folded text.
        offsets: for each of its characters the offset of its source, ending with the length of the
            source; never decreasing.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the source behind `text[start:end]`: marks after its last letter included.

        Args:
            start: first character of the folded slice.
            end: one past its last character.

        Returns:
            Code point offsets into the source.
        """
        if end <= start:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end]


_UNIT: Final = re.compile(f".[{MARKS}{MORE_MARKS}{IGNORED}]*", re.DOTALL)
"""A character with the marks after it: hamza and madda compose with what they stand on."""


def align(text: str) -> Aligned:
    """Clean and fold a whole text, character by character, with the way back.

    White space and punctuation stay, so that the folded text can be searched with patterns.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    for unit in _UNIT.finditer(text):
        piece = fold(clean(unit[0]))
        pieces.append(piece)
        offsets.extend([unit.start()] * len(piece))
    offsets.append(len(text))
    return Aligned("".join(pieces), tuple(offsets))
