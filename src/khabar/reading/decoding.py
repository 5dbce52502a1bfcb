"""Bytes to text: UTF-8 and UTF-16, and the legacy encodings of Arabic where the result reads as Arabic."""

from __future__ import annotations

import codecs
import re

from khabar.reading.folding import fold

DECLARED_WITHIN = 1024
"""Bytes from the start in which a declaration of the encoding is looked for, as HTML and XML put it."""

LEGACY = ("windows-1256", "iso-8859-6", "mac-arabic")
"""Encodings tried where nothing is declared; of two that fit equally well the earlier is taken."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED = re.compile(rb"(?:charset|encoding)\s*[=:]\s*[\"']?\s*([A-Za-z0-9._-]{2,30})", re.IGNORECASE)
TRUSTED = frozenset(
    codecs.lookup(name).name
    for name in (*LEGACY, "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp864", "cp720")
)
ARABIC = re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    fold(word)
    for word in (
        *(
            "في",
            "من",
            "على",
            "إلى",
            "عن",
            "أن",
            "إن",
            "التي",
            "الذي",
            "هذا",
            "هذه",
            "بعد",
            "قبل",
            "مع",
            "بين",
        ),
        *("كان", "كانت", "قال", "وقال", "كما", "ما", "لا", "لم", "أو", "و", "أي", "كل"),
    )
)
"""Words that Arabic prose cannot do without."""
SAMPLE = 50_000
"""Code points that suffice to judge a text by."""
_HEAD = 300
"""Code points that suffice for a text that begins with plain Arabic, as nearly all do."""
_COMMON_SHARE = 0.04
"""Least share of common words among words; prose has some 0.15, letters of a wrong encoding have none."""
_ARTICLE_SHARE = 0.12
"""Least share of words with the article «ال», for headlines that have no common word."""
_ARABIC_SHARE = 0.6
_ALMOST_NONE = 0.1
_MORE_THAN_DAMAGE = 5
"""Arabic letters per undecodable byte above which bytes are UTF-8 that was damaged or cut."""


class UndecodableError(ValueError):
    """Bytes that are no text in any encoding known here; the message says what was tried."""


def is_arabic(text: str) -> bool:
    """Whether a text has Arabic letters to speak of: a tenth of its letters."""
    head = text[:_HEAD]
    if 2 * len(ARABIC.findall(head)) > len(head):
        return True
    sample = text[:SAMPLE]
    arabic = len(ARABIC.findall(sample))
    if not arabic and len(text) > SAMPLE:
        sample = text
        arabic = len(ARABIC.findall(sample))
    return arabic > 0 and arabic >= _ALMOST_NONE * len(LETTER.findall(sample))


def prose(text: str) -> float:
    """How much a text reads as Arabic prose, 0 for not at all.

    Letters of a wrong single-byte encoding are often Arabic letters too, so the words decide.
    """
    sample = text[:SAMPLE]
    letters = len(LETTER.findall(sample))
    if not letters or len(ARABIC.findall(sample)) < _ARABIC_SHARE * letters:
        return 0.0
    arabic = [fold(word) for word in _WORD.findall(sample) if ARABIC.match(word)]
    if not arabic:
        return 0.0
    common = sum(word in _COMMON for word in arabic) / len(arabic)
    article = sum(word.startswith(("ال", "وال", "بال", "لل")) for word in arabic) / len(arabic)
    odd = sum(not (c.isalnum() or c.isspace() or c in "،؛؟.,:;!?()\"'«»-–—…/%“”") for c in sample) / len(
        sample
    )
    if common < _COMMON_SHARE and article < _ARTICLE_SHARE:
        return 0.0
    return common + article - odd


def decode(data: bytes) -> str:
    """Decode bytes of unknown encoding.

    A byte order mark decides (and is dropped); then UTF-8, a declared encoding, and the legacy encodings of
    Arabic, these only when the result reads as Arabic prose.

    Raises:
        UndecodableError: nothing fits.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name)
            except UnicodeDecodeError as error:
                raise UndecodableError(
                    f"starts with the mark of {name.upper()} but is none at byte {error.start}"
                ) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error)
    return _unmarked_utf16(data) or text


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark passes for UTF-8 full of control characters: every Arabic letter has a byte 6."""
    if data[:SAMPLE].count(6) < len(data[:SAMPLE]) // 4 or len(data) % 2:
        return None
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if prose(text):
            return text
    return None


def is_damaged_utf8(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 were some before they were damaged or cut."""
    repaired = data[: 4 * SAMPLE].decode("utf-8", "replace")
    return len(ARABIC.findall(repaired)) > _MORE_THAN_DAMAGE * repaired.count("\ufffd")


def _legacy(data: bytes, failed: UnicodeDecodeError) -> str:
    if is_damaged_utf8(data):
        raise UndecodableError(f"damaged UTF-8 at byte {failed.start}")
    named = declared(data)
    best, found = 0.0, None
    for name in (named,) if named else LEGACY:
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        score = prose(text)
        if score > best:
            best, found = score, text
    if found is not None:
        return found
    tried = f"the declared {named}" if named else "windows-1256, ISO-8859-6 or MacArabic"
    raise UndecodableError(f"not UTF-8 (byte {failed.start}), and no Arabic prose as {tried}")


def declared(data: bytes) -> str | None:
    """The encoding a text declares of itself, where it is one that Arabic is written in."""
    match = _DECLARED.search(data, 0, DECLARED_WITHIN)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    return name if name in TRUSTED and name != "utf-8" else None
