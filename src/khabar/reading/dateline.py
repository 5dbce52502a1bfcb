"""Datelines: the place and agency a report opens with («القاهرة - رويترز», «بيروت (أ ف ب) -»)."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from khabar.reading import credits as credits_
from khabar.reading import stamps
from khabar.reading.folding import fold_mapped

LONGEST = 130
"""Code points into a paragraph that a dateline may take."""

_NAME = r"[^\W\d_]+(?:[ \-][^\W\d_]+){0,3}?"
_FIGURES = re.compile(r"[\d\s./–—-]+")
"""Day and month in bare figures («الكويت - 5 - 5»): a dateline, though no date to rely on."""
_MARK = re.compile(r"[-–—/:]|\)\s*$|\d.*\s\S+$")
"""What every dateline has, and most paragraphs have not: a dash, slash or colon (or it is a whole line)."""
_QUOTES = "«»\"“”'"


class Dateline(msgspec.Struct, frozen=True):
    """A dateline at the start of a stretch of text.

    Attributes:
        end: offset in the stretch where the report goes on.
        place: as written, or None where only an agency stands.
        agency: id of agencies.tsv, or "".
        stamps: dates printed in it.
    """

    end: int
    place: str | None
    agency: str
    stamps: tuple[stamps.Stamp, ...] = ()


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(credits_.agencies(), key=lambda name: (-len(name), name))
    agency = rf"[{_QUOTES}]?\s?(?:{'|'.join(re.escape(n) for n in names)})\s?[{_QUOTES}]?"

    def place(group: str) -> str:
        return rf"(?P<{group}>{_NAME})(?:\s*[،,]\s*{_NAME})?"

    def day(group: str) -> str:
        return rf"(?P<{group}>(?:\s*في)?[\s،,\-–—]+\d[^()/]{{0,60}}?)?"

    dash = r"[-–—]{1,3}"
    # a paper between quotation marks need not be known: «لندن ـ «صوت البلد»:»
    paper = r"[-–—/]\s*«[^«»]{2,25}»(?=\s*[-–—:]|$)"
    return re.compile(
        rf"""\s*(?:
        {place("p1")}{day("d1")}\s*[،,./-]?\s*\((?P<a1>{agency})[^)\n]{{0,25}}\)\s*(?:{dash}|:|$)\s*
        |{place("p2")}{day("d2")}\s*(?:[-–—/،:.]{{1,2}}\s*(?P<a2>{agency})|{paper})\s*(?:{dash}|/\.?|:|$)\s*
        |(?P<a3>{agency})\s*[-–—/|،]\s*{place("p3")}\s*(?:{dash}:?|:|$)\s*
        |(?P<p4>{_NAME})(?P<d4>\s+\d{{1,2}}[\s/-][^()/]{{4,70}}?)\s(?P<a4>{agency})\s*(?:{dash}|:|$)\s*
        |\(\s*(?P<a5>{agency})\s*\)\s*{dash}\s*
        |(?P<a6>{agency})\s*/\s*
        |(?P<p6>[^\W\d_]+(?:\s[^\W\d_]+){{0,2}})\s*--+\s*
        )""",
        re.VERBOSE,
    )


def read(text: str, start: int, end: int) -> Dateline | None:
    """Read the dateline that a paragraph (or a whole line) opens with.

    Args:
        text: the article.
        start: first offset of the line.
        end: one past its last.
    """
    # some papers write the dash as a tatweel
    opening = text[start : min(end, start + LONGEST)].replace(" ـ", " -")
    if not _MARK.search(opening):
        return None
    folded, mapped = fold_mapped(opening)
    match = _pattern().match(folded)
    if match is None or (match.end() == len(folded) and end - start > LONGEST):
        return None
    groups = match.groupdict()
    name = next((g for g in ("p1", "p2", "p3", "p4", "p6") if groups[g]), "")
    agency = next((groups[g] for g in ("a1", "a2", "a3", "a4", "a5", "a6") if groups[g]), "")

    def written(at: int) -> int:
        return start + (mapped[at] if mapped else at)

    place = text[written(match.start(name)) : written(match.end(name))].strip() if name else None
    date = groups["d1"] or groups["d2"] or groups["d4"] or ""
    found = stamps.parse_line(date.strip(" ،,.-–—")) if date else ()
    if found is None and not _FIGURES.fullmatch(date):
        return None
    return Dateline(written(match.end()) - start, place, credits_.agency_of(agency) or "", found or ())
