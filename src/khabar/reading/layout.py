"""From lines of text to blocks: what is headline, stamp, credit, caption, heading, paragraph, boiler-plate.

One pass over the lines. A line is first asked what furniture of a page it is (stamp, credit, source line,
boiler-plate); what is none of these is report, and its place and shape tell headline, heading and paragraph.
Everything that is not blank ends up in exactly one block.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from khabar.reading import boilerplate, dateline, stamps
from khabar.reading import credits as picture
from khabar.reading.article import Block, BlockKind, Credit
from khabar.reading.folding import fold_key, lines, trim
from khabar.reading.stamps import Stamp

HEAD_LINES = 10
"""Lines from the top within which a known headline is looked for."""
LONGEST_TITLE = 200
LONGEST_HEADING = 100
HEADING_WORDS = 15
LONGEST_CAPTION = 250
DATELINE_PARAGRAPHS = 2
"""Paragraphs from the top that may open with a dateline (a teaser may stand before the one that does)."""

_FINAL = re.compile(r"[.،؛:,;…][\"»”')\]]*$")
_BULLET = re.compile(r"[•▪●◾*\-–—\d(]")
_CRAWL = re.compile(
    r"\W*(?P<stamp>(?:(?:date|تاريخ|التاريخ)\s*[:=]?\s*)?(?:19|20)\d\d-\d\d-\d\d"
    r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)[\s|:–-]+(?=\S)",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[-–—/:(«]|\d.*\s\S+$")
_DIGIT_OR_AGO = re.compile(r"\d|منذ|قبل|الآن")

Shape = Literal["text", "stamp", "dateline", "credit", "source", "boilerplate"]


class _Line(msgspec.Struct, gc=False):
    """A line and what furniture it is; `found` is the detail its shape needs."""

    start: int
    end: int
    shape: Shape
    stamps: tuple[Stamp, ...] = ()
    credit: picture.CreditLine | None = None
    found: boilerplate.Found | None = None
    dateline: dateline.Dateline | None = None


class Layout(msgspec.Struct):
    """What the layout of an article says.

    Attributes:
        blocks: the parts in order.
        title: span of the headline, or None.
        stamps: stamps at the top or with a label, in order.
        crawl: the stamp in front of the headline.
        credits: picture credits, each once.
        caption: span of the first picture caption, or None.
        place: the dateline's place.
        dateline_stamps: dates in the dateline.
        signs: what may give the outlet away.
        sources: agencies named by source lines below the report.
    """

    blocks: list[Block] = []
    title: tuple[int, int] | None = None
    stamps: list[Stamp] = []
    crawl: Stamp | None = None
    credits: list[Credit] = []
    caption: tuple[int, int] | None = None
    place: str | None = None
    dateline_stamps: tuple[Stamp, ...] = ()
    signs: set[str] = set()
    sources: list[str] = []


class _Reader:
    """The state of one reading."""

    def __init__(self, text: str, title: str | None) -> None:
        self.text = text
        self.spans = lines(text)
        self.out = Layout()
        self.paragraphs = 0
        self.links = False
        self.first = self._crawl_stamp() if self.spans else 0
        self._known: dict[int, _Line] = {}
        self.title_at = self._find_title(title)

    # -- what stands at the top -------------------------------------------------------------------------

    def _crawl_stamp(self) -> int:
        """Take a crawl date off the first line; returns where the line goes on (0: there is none)."""
        start, end = self.spans[0]
        match = _CRAWL.match(self.text, start, end)
        if match is None or stamps.parse_line(self.text[start:end]) is not None:
            return 0
        found = stamps.parse_line(match["stamp"])
        if not found:
            return 0
        self.out.crawl = found[0]
        self.add("stamp", start, match.end("stamp"))
        self.spans[0] = trim(self.text, match.end(), end)
        return match.end()

    def _find_title(self, given: str | None) -> int:
        """Index of the line that is the headline, or -1."""
        if given and (key := fold_key(given)):
            for i, (start, end) in enumerate(self.spans[:HEAD_LINES]):
                if fold_key(self.text[start:end]) == key:
                    return i
        if self.out.crawl is not None and self.spans[0][1] - self.spans[0][0] <= LONGEST_TITLE:
            return 0
        for i in range(min(len(self.spans), HEAD_LINES)):
            line = self.line(i)
            if line.shape == "text" or (line.found is not None and not line.found.bare):
                return i if self._headline(i) else -1
        return -1

    def _headline(self, i: int) -> bool:
        """Whether the first line of text is a headline rather than the report's first paragraph."""
        start, end = self.spans[i]
        if i + 1 >= len(self.spans) or end - start > LONGEST_TITLE:
            return False
        text = self.text[start:end]
        final = _FINAL.search(text) is not None and not text.endswith(("...", "…", ".."))
        following = self.spans[i + 1]
        gap = self.text.count("\n", end, following[0]) > 1
        if gap:
            gap = len(self.spans) == i + 2 or not self._spaced_throughout(i + 1)
            return end - start <= 100 or not final or (gap and end - start <= 150)
        if final or end - start > 150:
            return False
        return self.line(i + 1).shape != "text" or following[1] - following[0] > end - start

    def _spaced_throughout(self, i: int) -> bool:
        """Whether the following lines stand apart by blank lines too, so that a blank line says nothing."""
        here, below = self.spans[i][1], self.spans[i + 1][0]
        return self.text.count("\n", here, below) > 1

    # -- furniture --------------------------------------------------------------------------------------

    def line(self, i: int) -> _Line:
        """The line and its shape, looked at once."""
        known = self._known.get(i)
        if known is None:
            known = self._known[i] = self._look(*self.spans[i])
        return known

    def _look(self, start: int, end: int) -> _Line:
        text = self.text[start:end]
        size = end - start
        found = boilerplate.find(text) if size <= boilerplate.LONGEST else None
        if found is not None and found.id != "source":
            return _Line(start, end, "boilerplate", found=found)
        if size <= stamps.LONGEST and _DIGIT_OR_AGO.search(text):
            read = stamps.parse_line(text)
            if read is None and "|" in text:  # «تاريخ النشر: 5.5.2019 | 14:20 GMT | أخبار العالم»
                read = stamps.parse_line(text[: text.rindex("|")])
            if read is not None:
                return _Line(start, end, "stamp", stamps=read)
        if found is not None or picture.agencies_only(text):
            return _Line(start, end, "source", credit=picture.read(self.text, start, end), found=found)
        if size <= picture.LONGEST:
            credit = picture.read(self.text, start, end)
            if credit is not None:
                return _Line(start, end, "credit", credit=credit)
        if size <= dateline.LONGEST and not self.paragraphs and _DATELINE.search(text):
            opening = dateline.read(self.text, start, end)
            if opening is not None and opening.end == size:
                return _Line(start, end, "dateline", dateline=opening)
        return _Line(start, end, "text")

    # -- the pass ---------------------------------------------------------------------------------------

    def add(self, kind: BlockKind, start: int, end: int) -> None:
        """Append a block, less blanks at its ends; nothing for blanks alone."""
        start, end = trim(self.text, start, end)
        if start < end:
            self.out.blocks.append(Block(start, end, kind))

    def read(self) -> Layout:
        """Read all lines."""
        for i, (start, end) in enumerate(self.spans):
            if i == self.title_at:
                self.out.title = (start, end)
                self.add("title", start, end)
                continue
            line = self.line(i)
            if line.shape == "boilerplate" and line.found is not None:
                if self._boilerplate(i, line.found):
                    break
            elif i < self.title_at and line.shape == "text":
                self.add("boilerplate", start, end)  # breadcrumbs above the headline
            else:
                self._take(i, line)
        return self.out

    def _boilerplate(self, i: int, found: boilerplate.Found) -> bool:
        """Take a line of boiler-plate; True when all that follows goes with it."""
        start, end = self.spans[i]
        if found.id == "byline" and not found.bare and self.paragraphs > 0 and i + 1 < len(self.spans):
            self._text(i, start, end)  # «تقرير: …» between paragraphs introduces something said
            return False
        self.add("boilerplate", start, end)
        self.links = found.reach == "list" or (self.links and found.id == "separator")
        if found.id == "copyright":
            self.out.sources.extend(self._agencies_in(start, end))
        if found.reach == "rest" and self.paragraphs:
            for span in self.spans[i + 1 :]:
                self.add("boilerplate", *span)
            return True
        return False

    def _agencies_in(self, start: int, end: int) -> list[str]:
        key = f" {fold_key(self.text[start:end])} "
        return [i for name, i in picture.agencies().items() if len(name) > 3 and f" {name} " in key]

    def _take(self, i: int, line: _Line) -> None:
        start, end = self.spans[i]
        if self.links and line.shape == "text" and self._link_like(start, end):
            self.add("boilerplate", start, end)
            return
        self.links = False
        if line.shape == "stamp":
            self._stamp(i, line)
        elif line.shape == "source":
            self._source(line)
        elif line.credit is not None:
            self._credit(line.credit)
        elif line.dateline is not None:
            self.add("stamp", start, end)
            self._dateline(line.dateline)
        else:
            self._text(i, start, end)

    def _link_like(self, start: int, end: int) -> bool:
        return end - start <= boilerplate.LONGEST_LINK and not self.text[start:end].endswith((".", ":", "،"))

    def _stamp(self, i: int, line: _Line) -> None:
        labelled = any(s.kind or s.hour >= 0 for s in line.stamps)
        if self.paragraphs and not labelled and i + 1 < len(self.spans):
            self.add("heading", line.start, line.end)  # a day in a chronology
            self.paragraphs += 1
            return
        self.add("stamp", line.start, line.end)
        if not self.paragraphs or any(s.kind for s in line.stamps):
            self.out.stamps.extend(line.stamps)

    def _source(self, line: _Line) -> None:
        """A line that names agencies only: above the report a credit, below it the report's source."""
        if line.credit is None and line.found is None and not self.paragraphs and self._after_picture():
            credit = Credit(agency=self.text[line.start : line.end])
            self._credit(picture.CreditLine(((line.start, line.end, "credit"),), (credit,), ()))
        elif line.credit is not None and line.found is None and not self._last_line(line):
            self._credit(line.credit)
        else:
            self.add("boilerplate", line.start, line.end)
            text = self.text[line.start : line.end]
            named = picture.agencies_only(text.split(":", 1)[-1] if line.found else text)
            self.out.sources.extend(named)

    def _last_line(self, line: _Line) -> bool:
        return line.end == self.spans[-1][1]

    def _after_picture(self) -> bool:
        return any(block.kind in ("caption", "credit") for block in self.out.blocks[-2:])

    def _credit(self, line: picture.CreditLine) -> None:
        for start, end, kind in line.pieces:
            self.add(kind, start, end)
            if kind == "caption" and self.out.caption is None:
                self.out.caption = trim(self.text, start, end)
        self.out.credits.extend(c for c in line.credits if c not in self.out.credits)
        self.out.signs.update(line.signs)

    # -- the report -------------------------------------------------------------------------------------

    def _text(self, i: int, start: int, end: int) -> None:
        size = end - start
        text = self.text[start:end]
        if not self.paragraphs:
            if self._header_line(i, start, end):
                return
            if size <= LONGEST_CAPTION and self._beside_picture(i) and not _FINAL.search(text):
                self.add("caption", start, end)
                self.out.caption = (start, end)
                return
        if self._heading(i, text):
            self.add("heading", start, end)
            return
        self._paragraph(start, end)

    def _header_line(self, i: int, start: int, end: int) -> bool:
        """Lines above the report: byline with stamp, dateline on a line of its own."""
        if end - start > stamps.LONGEST:
            return False
        text = self.text[start:end]
        if i + 1 < len(self.spans) and not text.endswith((".", "؟", "!")):
            tail = stamps.parse_tail(text) if _DIGIT_OR_AGO.search(text) and self._by_someone(text) else None
            if tail is not None:
                self.out.stamps.extend(tail[1])
                self.add("stamp", start, end)
                self._dateline_of(start, start + tail[0])
                return True
        return False

    def _by_someone(self, text: str) -> bool:
        key = fold_key(text)
        return key.startswith(("كتب", "بقلم")) or len(key) <= 110

    def _dateline_of(self, start: int, end: int) -> None:
        found = dateline.read(self.text, *trim(self.text, start, end))
        if found is not None:
            self._dateline(found)

    def _dateline(self, found: dateline.Dateline) -> None:
        if self.out.place is None:
            self.out.place = found.place
        if found.agency:
            self.out.signs.add(f"dateline:{found.agency}")
        self.out.dateline_stamps = self.out.dateline_stamps or found.stamps

    def _beside_picture(self, i: int) -> bool:
        if self.out.caption is not None:
            return False
        last = self.out.blocks[-1].kind if self.out.blocks else None
        if last == "credit" and i + 1 < len(self.spans):
            return True
        return i + 1 < len(self.spans) and self._is_bare_credit(self.line(i + 1))

    def _is_bare_credit(self, line: _Line) -> bool:
        return line.credit is not None and all(kind == "credit" for _, _, kind in line.credit.pieces)

    def _heading(self, i: int, text: str) -> bool:
        """A short line without a full stop, above more of the report."""
        if len(text) > LONGEST_HEADING or text.count(" ") >= HEADING_WORDS or _FINAL.search(text):
            return False
        if _BULLET.match(text) and not text[0].isdigit():
            return False
        return any(self.line(j).shape == "text" for j in range(i + 1, min(i + 4, len(self.spans))))

    def _paragraph(self, start: int, end: int) -> None:
        if self.paragraphs < DATELINE_PARAGRAPHS:
            found = dateline.read(self.text, start, end)
            if found is not None and self.out.place is None:
                self._dateline(found)
                self.add("stamp", start, start + found.end)
                start += found.end
        stop = boilerplate.tail(self.text, start, end)
        self.add("paragraph", start, stop)
        self.add("boilerplate", stop, end)
        self.paragraphs += 1


def read_layout(text: str, title: str | None = None) -> Layout:
    """Find the parts of an article's text.

    Args:
        text: the text as given.
        title: its headline where the caller knows it.
    """
    return _Reader(text, title).read()
