"""Picture credits and captions (tables/agencies.tsv, credit_labels.tsv)."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from khabar.reading import boilerplate
from khabar.reading.article import BlockKind, Credit
from khabar.reading.folding import fold_key, trim
from khabar.reading.tables import cells, rows

LONGEST = 400
"""Code points: credit and glued caption together are shorter."""

_LONGEST_LATIN = 80
_SIGN = re.compile(r"\s*(?:©|ⓒ|\([cC]\)(?=\s*[A-Z])|CC[- ]BY(?:-\w+)*[\s\d.]*/?)\s*")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_PARTS = re.compile(r"\s*(?:[/|©]|\s\.(?=\s|$)|\s[-–—]\s|[،,;])\s*")
_YEAR = re.compile(r"\s*\b(?:19|20)\d\d$")
_EDGES = ' \t\u00a0/|.-–—,،:;()[]«»"'
_PARENTHESIS = re.compile(r"[(\[]\s*([^()\[\]]{2,60}?)\s*[)\]]\s*[.]?$")
_SENTENCES = re.compile(r"[.؟!]\s")
_OF_AN_AGENCY = re.compile(r"(?:وكالة|الأنباء|لوكالة|قناة|شبكة|صحيفة)(?:\s+\S+){0,3}$")
"""«… وكالة الأنباء السعودية (واس)»: the parenthesis gives a short name, it credits no picture."""
_LABELLED = re.compile(r"\s*(?:[:：،,/|-]|\s)\s*")


class CreditLine(msgspec.Struct, frozen=True):
    """A line that credits a picture.

    Attributes:
        pieces: (start, end, kind) in order, offsets into the article's text.
        credits: who is credited.
        signs: what it gives away about the outlet («credit:sputnik», «label:bbc-credit»).
    """

    pieces: tuple[tuple[int, int, BlockKind], ...]
    credits: tuple[Credit, ...]
    signs: tuple[str, ...]


@cache
def agencies() -> dict[str, str]:
    """Folded name of an agency or outlet to its id."""
    return {fold_key(name): row["id"] for row in rows("agencies") for name in cells(row["names"])}


def agency_of(name: str) -> str | None:
    """Id of the agency a string names, whole (a year behind it is let pass), or None."""
    key = fold_key(name).strip(_EDGES)
    known = agencies()
    return known.get(key) or known.get(_YEAR.sub("", key))


def agencies_only(line: str) -> tuple[str, ...]:
    """Ids when a line is nothing but names of agencies («فرانس24/ أ ف ب», «(رويترز)»), else ()."""
    if len(line) > 80:
        return ()
    parts = [p for p in re.split(r"[/+|،,&()\[\]*]|\s[-–—]\s", line.strip(_EDGES)) if p.strip(_EDGES)]
    if len(parts) == 1 and agency_of(parts[0]) is None:
        parts = parts[0].split(" و")
    found = [agency_of(part) for part in parts]
    return tuple(i for i in found if i) if found and all(found) else ()


@cache
def _labels() -> re.Pattern[str]:
    table = rows("credit_labels")
    groups = []
    for number, row in enumerate(table):
        words = sorted(cells(row["words"]), key=len, reverse=True)
        groups.append(f"(?P<l{number}>{'|'.join(map(boilerplate.tolerant, words))})")
    return re.compile(f"(?:{'|'.join(groups)})(?!\\w)", re.IGNORECASE)


def _label(match: re.Match[str]) -> dict[str, str]:
    return rows("credit_labels")[int((match.lastgroup or "l0")[1:])]


def read(text: str, start: int, end: int) -> CreditLine | None:
    """Read a line as a picture credit.

    Args:
        text: the article.
        start: first offset of the line.
        end: one past its last.

    Returns:
        Its parts, or None for a line that credits nothing.
    """
    if end - start > LONGEST:
        return None
    sign = _SIGN.match(text, start, end)
    if sign is not None:
        return _signed(text, start, end, sign.end())
    label = _labels().match(text, start, end)
    if label is not None:
        found = _labelled(text, start, end, label)
        if found is not None:
            return found
    if text[end - 1] in ")].":
        return _closed_by_agency(text, start, end)
    if end - start <= _LONGEST_LATIN and _ARABIC.search(text, start, end) is None:
        return _latin(text, start, end)
    return None


def _latin(text: str, start: int, end: int) -> CreditLine | None:
    """A line without Arabic letters of which a part is an agency: «Hassan Ali/AP»."""
    parts = _PARTS.split(text[start:end])
    if len(parts) > 3 or not any(agency_of(part) for part in parts):
        return None
    credit = _split(text[start:end])
    return CreditLine(((start, end, "credit"),), (credit,), ()) if credit else None


def _signed(text: str, start: int, end: int, body: int) -> CreditLine | None:
    """«© Sputnik . Sergey Bobylev / الانتقال إلى بنك الصور…»."""
    arabic = _ARABIC.search(text, body, end)
    stop = end
    if arabic is not None:
        stop = arabic.start()
        if not _LATIN.search(text, body, stop):
            stop = _arabic_credit_end(text, body, end)
    credit = _split(text[body:stop])
    if credit is None:
        return None
    pieces, phrase_seen = _pieces(text, start, stop, end)
    agency = agency_of(credit.agency or "")
    signs = [f"credit:{agency}"] if agency else []
    return CreditLine(pieces, (credit,), (*signs, *(["phrase:photo-bank"] if phrase_seen else [])))


def _arabic_credit_end(text: str, body: int, end: int) -> int:
    """Where a credit in Arabic letters ends: at a phrase, or after an agency's name before a caption."""
    cut = boilerplate.phrases(text, body, end)
    if cut:
        return cut[0][0]
    if end - body > 60:
        words = [m.end() for m in re.finditer(r"\S+", text[body:end])][:4]
        for stop in reversed(words):
            if agency_of(text[body : body + stop]):
                return body + stop
    return end


def _pieces(
    text: str, start: int, stop: int, end: int
) -> tuple[tuple[tuple[int, int, BlockKind], ...], bool]:
    """Credit up to `stop`, phrases as boiler-plate, the rest as the caption."""
    pieces: list[tuple[int, int, BlockKind]] = [(start, stop, "credit")]
    cuts = boilerplate.phrases(text, stop, end)
    at = stop
    for left, right in cuts:
        between = text[at:left].strip(_EDGES)
        if between:
            pieces.append((at, left, "caption"))
        elif at == stop:
            pieces[0] = (start, left, "credit")
        # punctuation between two phrases goes with the second
        pieces.append((left if between or at == stop else at, right, "boilerplate"))
        at = right
    if text[at:end].strip(_EDGES):
        pieces.append((at, end, "caption"))
    elif at < end:
        first, _, kind = pieces[-1]
        pieces[-1] = (first, end, kind)
    return tuple(pieces), bool(cuts)


def _split(body: str) -> Credit | None:
    """Agency and photographer of «Sputnik . Sergey Bobylev /», «Evan Vucci/AP», «AFP / Getty Images»."""
    body = body.strip(_EDGES)
    if not body or len(body) > 120:
        return None
    parts = [part.strip(_EDGES) for part in _PARTS.split(body)]
    parts = [part for part in parts if part]
    known = [agency_of(part) is not None for part in parts]
    if len(parts) == 1:
        return Credit(agency=_YEAR.sub("", parts[0]) or parts[0])
    if all(known):
        return Credit(agency=body)
    if not known[0] and known[-1]:
        return Credit(agency=parts[-1], photographer=parts[0])
    people = [part for part, agency in zip(parts[1:], known[1:], strict=True) if not agency]
    return Credit(agency=_YEAR.sub("", parts[0]) or parts[0], photographer=people[0] if people else None)


def credit_of(text: str) -> Credit | None:
    """The credit that a text names which is known to be one («Evan Vucci/AP»), None for what names none."""
    line = read(text, 0, len(text)) if text else None
    if line is not None and line.credits:
        return line.credits[0]
    return _split(text)


def _labelled(text: str, start: int, end: int, label: re.Match[str]) -> CreditLine | None:
    """«الصورة: أ ف ب», «تصوير: …», «صدر الصورة، Getty Images», «التعليق على الصورة، …»."""
    row = _label(label)
    gap = _LABELLED.match(text, label.end(), end)
    if gap is None or gap.end() == end:
        return None
    marked = bool(gap[0].strip())
    body = text[gap.end() : end]
    sign = (f"label:{row['id']}",)
    if row["kind"] == "caption":
        return (
            CreditLine(((start, gap.end(), "boilerplate"), (gap.end(), end, "caption")), (), sign)
            if marked
            else None
        )
    if row["kind"] == "photographer":
        credit = _photographer(body) if marked and body.count(" ") <= 7 else None
        return CreditLine(((start, end, "credit"),), (credit,), ()) if credit else None
    caption = _labels().search(text, gap.end(), end)
    if caption is not None and _label(caption)["kind"] == "caption":
        credit = _split(text[gap.end() : caption.start()])
        gap_after = _LABELLED.match(text, caption.end(), end)
        at = gap_after.end() if gap_after else caption.end()
        pieces: tuple[tuple[int, int, BlockKind], ...] = (
            (start, caption.start(), "credit"),
            (caption.start(), at, "boilerplate"),
            (at, end, "caption"),
        )
        return CreditLine(pieces, (credit,) if credit else (), sign) if credit else None
    plain = _ARABIC.search(body) is None and len(body) <= 80
    if not (plain if marked or row["id"] == "bbc-credit" else False) and not (
        agencies_only(body) or agency_of(_PARTS.split(body)[0])
    ):
        return None
    credit = _split(body)
    return CreditLine(((start, end, "credit"),), (credit,), sign) if credit else None


def _photographer(body: str) -> Credit | None:
    parts = [part.strip(_EDGES) for part in _PARTS.split(body) if part.strip(_EDGES)]
    if not parts:
        return None
    agency = next((part for part in parts if agency_of(part)), None)
    person = next((part for part in parts if not agency_of(part)), None)
    return Credit(agency=agency, photographer=person)


def _closed_by_agency(text: str, start: int, end: int) -> CreditLine | None:
    """«(رويترز)», and a caption that ends so: «جانب من اللقاء (الفرنسية)»."""
    match = _PARENTHESIS.search(text, start, end)
    if match is None or match[0].endswith("."):
        return None
    inner = match[1]
    person = re.match(r"(?:تصوير|عدسة)\s*[:：]?\s*(.+)", inner)
    if person:
        credit = _photographer(person[1])
    else:
        parts = _PARTS.split(inner)
        credit = _split(inner) if any(agency_of(part) for part in parts) and len(parts) <= 3 else None
    if credit is None:
        return None
    caption_start, caption_end = trim(text, start, match.start())
    if caption_start == caption_end:
        return CreditLine(((start, end, "credit"),), (credit,), ())
    caption = text[caption_start:caption_end]
    if len(caption) > 220 or _SENTENCES.search(caption) or _OF_AN_AGENCY.search(caption):
        return None
    return CreditLine(((start, match.start(), "caption"), (match.start(), end, "credit")), (credit,), ())
