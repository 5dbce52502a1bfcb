"""Which marks of quotation belong together.

Newsrooms use «», "", “”, ”…“, ‹› and single marks, nest them, and forget to close them. A straight mark
does not say whether it opens or closes, so its neighbours decide: a mark after a space (or after an attached
«بـ», «و») and before a letter opens, one after a letter and before a space or a stop closes, and one that
could be either closes what is open.
"""

from __future__ import annotations

import re

import msgspec

_MARKS = re.compile("[\"«»“”„‟‹›〝〞＂‘’‚‛'`]")
_DOUBLE = frozenset('"“”„‟〝〞＂')
_SINGLE = frozenset("‘’‚‛'`")
_OPEN = frozenset("«‹")
_CLOSE = frozenset("»›")
_PARTNER = {"«": "»", "‹": "›", "»": "«", "›": "‹"}
_ATTACHED = frozenset("وبلفكـ")
_BEFORE_CLOSE = frozenset(".،؛,;:!?؟…)]}-–—")
_BEFORE_OPEN = frozenset("([{:،,؛-–—ـ#\u200f\u200e\u202b\u202a")


class Quote(msgspec.Struct, frozen=True, gc=False):
    """A stretch between two marks of quotation.

    Attributes:
        start: offset of the opening mark.
        end: one past the closing mark, or past the last character of the block where none closes it.
        inner_start: offset of the first character said (no mark, no blank).
        inner_end: one past the last character said.
        depth: 0 for a quotation that stands in no other.
        closed: False where the closing mark is missing.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    closed: bool


def _family(mark: str) -> str:
    if mark in _DOUBLE:
        return '"'
    if mark in _SINGLE:
        return "'"
    return "«" if mark in "«»" else "‹"


def _role(text: str, at: int, start: int, end: int) -> int:
    """Tell what a mark is by its neighbours: 1 opens, -1 closes, 0 either, 2 no mark of quotation.

    Args:
        text: the article.
        at: offset of the mark.
        start: first offset of its block.
        end: one past the last offset of its block.
    """
    mark = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark in _SINGLE and before.isalnum() and after.isalnum():
        return 2  # an apostrophe: O'Brien
    opens = before.isspace() or before in _BEFORE_OPEN
    closes = after.isspace() or after in _BEFORE_CLOSE
    if opens != closes:
        return 1 if opens else -1
    if mark in _OPEN or mark in _CLOSE:
        # Right-to-left editors swap the two, so the shape only breaks ties.
        return 1 if mark in _OPEN else -1
    # «و"…» and «ب"…»: a lone letter before the mark
    lone = before in _ATTACHED and (at - 1 == start or not text[at - 2].isalpha())
    return 1 if not opens and lone else 0


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def pair(text: str, start: int = 0, end: int | None = None) -> tuple[Quote, ...]:
    """Pair the marks of quotation of a block.

    Args:
        text: the article.
        start: first offset of the block.
        end: one past its last offset; the end of the text when None.

    Returns:
        The quotations in order of their opening mark; every one has inner_start <= inner_end, lies within the
        block, and either holds or leaves out any other whole.
    """
    if end is None:
        end = len(text)
    open_marks: list[tuple[int, str]] = []
    found: list[tuple[int, int, int, bool]] = []  # mark, end of inner, depth, closed
    for match in _MARKS.finditer(text, start, end):
        at = match.start()
        family = _family(text[at])
        role = _role(text, at, start, end)
        if role == 2:
            continue
        inside = next((k for k in range(len(open_marks) - 1, -1, -1) if open_marks[k][1] == family), -1)
        if role == -1 and inside < 0:
            continue  # closes nothing
        if inside >= 0 and (role == -1 or (role == 0 and family != "'")):
            # Single marks are apostrophes too often to close on doubt; what is open within is lost.
            mark, _ = open_marks[inside]
            del open_marks[inside:]
            found.append((mark, at, inside, True))
        elif role == 1 or (role == 0 and inside < 0 and family != "'"):
            open_marks.append((at, family))
    doubles = [mark for mark, family in open_marks if family != "'"]
    if doubles and not any(mark > doubles[-1] for mark, _, _, _ in found):
        # Nobody closed the last: it runs to the end. One with whole quotations after it is a slip.
        found.append((doubles[-1], end, 0, False))
    found.sort()
    return tuple(_build(text, found, end))


def _build(text: str, found: list[tuple[int, int, int, bool]], end: int) -> list[Quote]:
    quotes: list[Quote] = []
    stack: list[int] = []
    for mark, stop, _, closed in found:
        while stack and stack[-1] <= mark:
            stack.pop()
        inner_start, inner_end = _strip(text, mark + 1, stop)
        outer = stop + 1 if closed else end
        quotes.append(Quote(mark, outer, inner_start, inner_end, len(stack), closed))
        stack.append(outer)
    return quotes
