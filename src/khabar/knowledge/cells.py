"""What a cell of a table may hold: spelling, dates, codes. Each check gives the reason of a fault or "".

A check knows one cell; what rows must have in common is the business of `khabar.knowledge.lint`.
"""

from __future__ import annotations

import re
import unicodedata

BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "UNK"})
"""What may stand in place of a country (coding guide, section 3)."""

SECTORS = frozenset(
    re.findall("...", "COPGOVJUDLEGMILPRMPTYREBSPYUAFUNKAGRBUSCRMCVLEDUELIJRNLABMEDREFOPPPRERELSOC")
)
"""PLOVER sectors (coding guide, section 3)."""

_ID = re.compile(r"[a-z0-9][a-z0-9.-]*")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_FOREIGN = {
    "ی": "Farsi ya, write ي or ى",
    "ک": "Farsi kaf, write ك",
    "گ": "gaf, write غ, ج or ك",
    "پ": "peh, write ب",
    "چ": "tcheh, write تش",
    "ژ": "zheh, write ج",
    "ہ": "Urdu heh, write ه",
    "ھ": "Urdu heh, write ه",
    "ے": "Urdu ya, write ي",
    "ە": "Kurdish heh, write ه",
    "ۀ": "heh with hamza, write ه or ة",
    "ڤ": "veh, write ف",
}


def spelling(text: str) -> str:
    """What is wrong with the letters of a name, "" when nothing is."""
    if unicodedata.normalize("NFC", text) != text:
        return "not in normal form NFC"
    if "\u00a0" in text:
        return "no-break space"
    return next((wrong for char in text if (wrong := _letter(char))), "")


def _letter(char: str) -> str:
    if char in _FOREIGN:
        return f"«{char}» is {_FOREIGN[char]}"
    kind = unicodedata.category(char)
    what = ""
    if "\ufb50" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufefe":
        what = "presentation form"
    elif char == "\u0640":
        what = "tatweel"
    elif kind == "Mn":
        what = "diacritic"
    elif kind in ("Cf", "Cc"):
        what = "invisible character"
    return f"{what} U+{ord(char):04X}" if what else ""


def row_id(text: str) -> str:
    """What is wrong with an id: lower-case ASCII letters, digits, dots and hyphens."""
    return "" if _ID.fullmatch(text) else f"id «{text}» is not of a-z, 0-9, dot and hyphen"


def date(text: str) -> str:
    """What is wrong with a date: ISO, possibly partial («2014», «2014-06», «2014-06-30»), or empty."""
    if not text:
        return ""
    match = _DATE.fullmatch(text)
    if match is None:
        return f"«{text}» is no ISO date"
    _, month, day = match.groups()
    if month and not 1 <= int(month) <= 12:
        return f"«{text}» has no such month"
    if day and not 1 <= int(day) <= _DAYS[int(month) - 1]:
        return f"«{text}» has no such day"
    return ""


def span(start: str, end: str) -> str:
    """What is wrong with a span of dates: a date malformed, or the end before the start."""
    wrong = date(start) or date(end)
    if wrong or not start or not end:
        return wrong
    # compared as far as both go: «2014..2014-06» is in order
    shared = min(len(start), len(end))
    return f"ends before it starts: {start}..{end}" if end[:shared] < start[:shared] else ""


def code(text: str, countries: frozenset[str]) -> str:
    """What is wrong with a code: a country or body, then sectors («RUS GOV», «UNO»).

    Args:
        text: the code.
        countries: ISO alpha-3 codes of the table of countries.
    """
    first, *sectors = text.split(" ")
    if first not in countries and first not in BODIES:
        return f"code «{text}»: no country or body {first}"
    for sector in sectors:
        if sector not in SECTORS:
            return f"code «{text}»: no sector {sector}"
    return ""


def sector(text: str) -> str:
    """What is wrong with the sector of a title or group: a PLOVER sector, a body («UNO») or nothing."""
    if not text or text in SECTORS or text in BODIES:
        return ""
    return f"no sector {text}"


def number(text: str, low: float, high: float) -> str:
    """What is wrong with a number between two bounds, or nothing."""
    if not text:
        return ""
    try:
        value = float(text)
    except ValueError:
        return f"«{text}» is no number"
    return "" if low <= value <= high else f"{text} is not between {low} and {high}"
