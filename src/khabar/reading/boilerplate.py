"""Lines of a page that are not its report: links to other stories, share bars, notices.

The words are in tables/boilerplate.tsv, which also tells what each kind of match means.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

from khabar.reading.folding import MARKS, fold_key
from khabar.reading.tables import cells, rows

Reach = Literal["line", "list", "rest"]

LONGEST = 300
"""Code points: longer lines are prose, whatever they start with."""
LONGEST_LINK = 170
"""Code points: the longest headline a marker is taken to point at."""

_SEPARATED = re.compile(r"\s*(?:[:/|>»›،]|\.\.|…|[-–—]|$)")
_SENTENCE_END = re.compile(r"[.؟?!][\"»”')]*$")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|[\w.+-]+@[\w-]+\.)\S*(?:\s+\S+){0,2}$|(?:— |- )?.{0,60}\(?@\w+\).{0,60}$"
)
_MINUTES = re.compile(r"\d+ (?:دقائق|دقيقه|minutes?|min)(?: \w+)?")
_HASHTAGS = re.compile(r"(?:#[\w_]+[\s،,|]*)+$")
_RIGHTS = re.compile("حقوق|rights|copyright|©", re.IGNORECASE)
_COUNT = re.compile(r"[\s:(\[]*\d*[\s:)\]]*")
_LEAD = re.compile(r"[^\w#@©]*")
_WORD = re.compile(r"\w+")


class Found(msgspec.Struct, frozen=True, gc=False):
    """A line of boiler-plate.

    Attributes:
        id: row of the table, or «separator», «share», «tags», «address».
        reach: the line alone, the headlines below it too, or all that follows.
        bare: the marker stands alone, with no headline behind it.
    """

    id: str
    reach: Reach
    bare: bool = True


class _Index(msgspec.Struct, frozen=True):
    by_word: dict[str, tuple[tuple[str, str, str], ...]]
    contains: re.Pattern[str]
    contains_id: str
    share: frozenset[str]


@cache
def _index() -> _Index:
    by_word: dict[str, list[tuple[str, str, str]]] = {}
    contains: list[str] = []
    for row in rows("boilerplate"):
        for words in cells(row["words"]):
            key = fold_key(words)
            if row["match"] == "contains":
                contains.append(re.escape(key))
            elif row["match"] != "phrase":
                first = _WORD.search(key)
                if first is None:
                    raise ValueError(f"boilerplate.tsv: {row['id']} has an entry without a word: {words!r}")
                by_word.setdefault(first[0], []).append((key, row["match"], row["id"]))
    ordered = {
        word: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for word, entries in by_word.items()
    }
    share = frozenset(fold_key(w) for row in rows("share_words") for w in cells(row["words"]))
    return _Index(ordered, re.compile("|".join(contains)), "copyright", share)


def find(line: str) -> Found | None:
    """What boiler-plate a line is, or None for none."""
    if len(line) > LONGEST:
        return None
    # a line longer than a link can only start with a notice or tell of rights: its head is enough for that
    prose = len(line) > LONGEST_LINK
    key = fold_key(line[:80] if prose else line)
    start = _LEAD.match(key)
    key = key[start.end() if start else 0 :]
    if not key:
        return Found("separator", "line")
    index = _index()
    word = _WORD.match(key)
    if word is not None:
        for entry in index.by_word.get(word[0], ()):
            found = _entry(key, entry, len(line))
            if found is not None:
                return found
    if _RIGHTS.search(line) and index.contains.search(fold_key(line)):
        return Found(index.contains_id, "line")
    return None if prose else _by_form(key, index)


def _entry(key: str, entry: tuple[str, str, str], length: int) -> Found | None:
    """The entry's verdict on a folded line that shares its first word; `length` is the whole line's."""
    words, match, name = entry
    rest = key[len(words) :]
    if not key.startswith(words) or (rest and rest[0].isalnum()):
        return None
    if match == "start":
        return Found(name, "line")
    if length > LONGEST_LINK:
        return None
    if match == "rest":
        return Found(name, "rest") if _COUNT.fullmatch(rest) else None
    if not _WORD.search(rest):
        return Found(name, "list" if match in {"marker", "strong"} else "line")
    return Found(name, "line", bare=False) if _points(rest, match) else None


def _points(rest: str, match: str) -> bool:
    """Whether what stands behind a marker is the headline (or name) it points at."""
    separated = _SEPARATED.match(rest) is not None
    if match == "label":
        return separated and rest.count(" ") <= 8
    if match == "strong":
        return separated or not _SENTENCE_END.search(rest) or rest.count(" ") <= 18
    return match == "marker" and separated


def _by_form(key: str, index: _Index) -> Found | None:
    """Lines recognised by their make-up: hashtags, addresses, bars of share words."""
    if key[0] == "#" and _HASHTAGS.fullmatch(key):
        return Found("tags", "line")
    if ("@" in key or "www" in key or "http" in key) and _ADDRESS.fullmatch(key):
        return Found("address", "line")
    if _MINUTES.fullmatch(key):
        return Found("reading-time", "line")
    if len(key) <= 100 and all(w in index.share for w in _WORD.findall(key)):
        return Found("share", "line")
    return None


def tolerant(words: str) -> str:
    """A pattern for words as written: hamza forms, marks and spacing loose."""
    classes = {"ا": "[اأإآٱ]", "ي": "[يىی]", "ه": "[هة]", "ك": "[كک]"}
    marks = f"[{MARKS}]*"
    return "".join(r"\s+" if c == " " else classes.get(c, re.escape(c)) + marks for c in fold_key(words))


@cache
def _phrases() -> re.Pattern[str]:
    found = [w for row in rows("boilerplate") if row["match"] == "phrase" for w in cells(row["words"])]
    return re.compile("|".join(map(tolerant, found)))


@cache
def _tail() -> re.Pattern[str]:
    found = [w for row in rows("boilerplate") if row["match"] == "strong" for w in cells(row["words"])]
    found += ["اقرأ المزيد", "للمزيد"]
    return re.compile(
        rf"(?<=[.!؟?\"»”…)])\s*(?P<at>(?:{'|'.join(map(tolerant, found))})\s*(?:[:/|]|\.\.|…|$))"
    )


def phrases(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the phrases to cut out («الانتقال إلى بنك الصور»), glued or not."""
    return [match.span() for match in _phrases().finditer(text, start, end)]


def tail(text: str, start: int, end: int) -> int:
    """Offset where a paragraph turns into a link to another story («… . اقرأ أيضا: …»), or `end`."""
    # further from the end, more of the report follows the link, and none of it may be lost
    match = _tail().search(text, max(start, end - LONGEST_LINK), end)
    return match.start("at") if match else end
