"""Cut text into words, numbers, foreign strings and marks, each with its place.

One compiled pattern does it. Signs that tie the parts of a name together have no token of their own,
so that «بيونغ-يانغ», «بيونغ يانغ» and «#بيونغ_يانغ» give the same words: the hyphen between Arabic
letters (or a letter and a digit, «إس-400»), the underscore and number sign of hashtags, and the
points inside letter abbreviations («أ.ف.ب»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from khabar.language.model import WordKind
from khabar.language.orthography import (
    DIGITS,
    IGNORED,
    LETTERS,
    MARKS,
    MORE_MARKS,
    clean,
    fold,
    fold_punctuation,
)

_L: Final = f"[{LETTERS}]"
_LM: Final = f"[{LETTERS}{MARKS}{MORE_MARKS}]"
_D: Final = f"[{DIGITS}]"
_FOREIGN: Final = rf"[^\W_{DIGITS}\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"

_TOKEN: Final = re.compile(
    rf"""
      (?P<letters>{_L}(?:\.{_L})+(?!{_LM}))                     # أ.ف.ب
    | (?P<word>{_L}{_LM}*(?:[{IGNORED}]+{_LM}+)*)
    | (?P<number>{_D}{{4}}-{_D}{{1,2}}-{_D}{{1,2}}(?!{_D})      # 2025-09-03
        | {_D}{{1,2}}-{_D}{{1,2}}-{_D}{{4}}(?!{_D})             # 03-09-2025
        | [%٪]?{_D}+(?:[.,:/٫٬،]{_D}+)*[%٪]?)                   # 08:17, 1,500, ١٢٫٥, 50%, %50, 3/9/2025
    | (?<={_LM})[-\u2010\u2011](?=[{LETTERS}{DIGITS}])          # a hyphen inside a name: no token
    | \#(?=\w) | _+                                             # signs of a hashtag: no token
    | (?P<latin>(?:https?://|www\.)[^\s<>"«»،؛]*[^\s<>"«»،؛.,:!?؟)\]]
        | @\w+
        | {_FOREIGN}(?:{_FOREIGN}|[0-9])*(?:[-.'’&@+_](?:{_FOREIGN}|[0-9])+)*)
    | (?P<punct>\u0640+ | \.\.+ | …)
    | [{IGNORED}{MARKS}{MORE_MARKS}\u200b]+                     # stray marks: no token
    | (?P<other>\S)
    """,
    re.VERBOSE,
)

_KINDS: Final = {
    "word": "word",
    "letters": "word",
    "number": "number",
    "latin": "latin",
    "punct": "punct",
    "other": "punct",
}
_NUMBER_COMMA: Final = str.maketrans("،", ",")


def spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Places of the tokens of `text[start:end]`, in order.

    Args:
        text: the whole text.
        start: offset to begin at.
        end: offset to stop at, the end of the text when None.

    Yields:
        Code point offsets (start, end) into `text`; never empty, never overlapping.
    """
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup
        if kind is None:
            continue
        if kind == "letters":
            yield from ((at, at + 1) for at in range(match.start(), match.end(), 2))
        else:
            yield match.span()


def kind_of(text: str) -> WordKind:
    """What sort of token a string is, that is itself one token; a string of several is a word."""
    match = _TOKEN.match(text)
    kind = match.lastgroup if match else None
    return _KINDS[kind] if kind else "punct"  # type: ignore[return-value]


def norm_of(text: str, kind: WordKind) -> str:
    """The key form of one clean token.

    Args:
        text: the token as `clean` leaves it.
        kind: its kind.

    Returns:
        Folded letters, ASCII digits and separators, or the one sign for a mark of punctuation.
    """
    if kind == "punct":
        return fold_punctuation(text)
    folded = fold(text)
    return folded.translate(_NUMBER_COMMA) if kind == "number" else folded


def normalise(text: str) -> str:
    """The key form of a whole string: the norm of each of its tokens, joined by single spaces.

    «الرئيس  السيسيّ» gives «الرييس السيسي». A name in a table and the same name in an article have the
    same key form, however each is spelled.
    """
    norms = []
    for start, end in spans(text):
        raw = text[start:end]
        kind = kind_of(raw)
        norms.append(norm_of(clean(raw) or raw, kind))
    return " ".join(norms)
