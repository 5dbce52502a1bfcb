"""The tables of this room: well formed, and what they make of a word."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from khabar import tables
from khabar.language import Analyzer
from khabar.statements import cues

TABLES = Path(cues.__file__).parent / "tables"


def rows(name: str) -> list[list[str]]:
    return [list(row.values()) for row in tables.rows(TABLES / name)]


@pytest.mark.parametrize(
    ("name", "columns"),
    [("speech_verbs.tsv", 5), ("cue_phrases.tsv", 2), ("voices.tsv", 2), ("generic.tsv", 3)],
)
def test_tables_are_well_formed(name: str, columns: int) -> None:
    text = TABLES.joinpath(name).read_text(encoding="utf-8")
    assert unicodedata.normalize("NFC", text) == text
    assert not any("\ufb50" <= c <= "\ufeff" or c in "یکـ" for c in text.replace("لـ", "").replace("بـ", ""))
    table = rows(name)
    assert table == sorted(table)
    assert all(len(row) == columns for row in table)
    assert len({tuple(row) for row in table}) == len(table)


def test_every_reporting_word_has_a_frame() -> None:
    known = {
        "that",
        "quote",
        "near",
        "np",
        "as",
        "relay",
        "in",
        "initial",
        "nominal",
        "feeling",
        "continues",
        "whom",
    }
    known |= {"على", "إلى", "عن", "من", "ب", "ل", "في", "+إلى", "+على"}
    for lemma, _, _, frames, _ in rows("speech_verbs.tsv"):
        assert frames, lemma
        assert set(frames.split("|")) <= known, lemma


@pytest.mark.parametrize(
    ("word", "kind", "lemma"),
    [
        ("وقال", "verb", "قال"),
        ("يقولون", "verb", "قال"),
        ("أعلنت", "verb", "أعلن"),
        ("مضيفا", "participle", "أضاف"),
        ("ومشيرة", "participle", "أشار"),
        ("لافتين", "participle", "لفت"),
        ("قوله", "masdar", "قال"),
        ("إعلانها", "masdar", "أعلن"),
    ],
)
def test_forms_of_reporting_words(analyzer: Analyzer, word: str, kind: str, lemma: str) -> None:
    found = {(cue.kind, cue.verb.lemma) for cue in cues.load()._analyse(analyzer.word(word)).cues}
    assert (kind, lemma) in found


@pytest.mark.parametrize("word", ["المدينة", "ليقول", "يشارك"])
def test_no_reporting_word(analyzer: Analyzer, word: str) -> None:
    assert cues.load()._analyse(analyzer.word(word)).cues == ()
