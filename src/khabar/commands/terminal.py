"""Words on a terminal: safe from what an article may carry, and in order where directions mix."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

FSI = "\u2068"
PDI = "\u2069"
KEPT = "\u200c\u200d"
"""Format characters that belong to the spelling of words: the zero-width (non-)joiner."""

_ARABIC_RUN = re.compile("[\u0600-\u06ff](?:[\u0600-\u06ff \u200c،؛«»]*[\u0600-\u06ff])?")
_HARMLESS = re.compile("[ -~\u0600-\u06ff«»“”–—…]*")


def plain(text: str) -> str:
    """Text on one line without anything a terminal obeys.

    Control characters (the escape that begins terminal sequences above all) and lone surrogates are replaced
    by «\ufffd», line breaks and tabs by a space; format characters, among them those that turn or override
    the direction of what follows, are dropped.
    """
    if _HARMLESS.fullmatch(text) and "\u061c" not in text:
        return text
    return "".join(map(_safe, text))


@cache
def _safe(char: str) -> str:
    if char in KEPT:
        return char
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    return "\ufffd" if category in {"Cc", "Cs", "Co", "Cn"} else char


def isolated(text: str) -> str:
    """Text from an article, set apart so that it neither turns its surroundings nor is turned by them."""
    return f"{FSI}{plain(text)}{PDI}" if text else ""


def isolated_runs(text: str) -> str:
    """A line of our own words with Arabic ones among them: each Arabic run set apart."""
    return _ARABIC_RUN.sub(lambda match: isolated(match[0]), plain(text))


def console(*, stderr: bool = False) -> Console:
    """A console that prints what it is given: no markup, emoji codes or wrapping. NO_COLOR is respected."""
    from rich.console import Console  # noqa: PLC0415 - costs start-up time

    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=True)
