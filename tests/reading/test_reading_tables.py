from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

import khabar.reading
from khabar.reading.folding import MARKS, fold_key
from khabar.reading.tables import cells, rows

TABLES = sorted((Path(khabar.reading.__file__).parent / "tables").glob("*.tsv"))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_table_is_well_formed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(f"[{MARKS}یک\ufb50-\ufdff\ufe70-\ufeff]", text)
    ids = [row["id"] for row in rows(path.stem)]
    assert ids == sorted(set(ids))
    assert "Apache-2.0" in text
    for row in rows(path.stem):
        for value in row.values():
            assert [fold_key(cell) for cell in value.split("|")] == [
                fold_key(cell) for cell in cells(value)
            ] or not value


def test_references_resolve() -> None:
    agencies = {row["id"] for row in rows("agencies")}
    labels = {row["id"] for row in rows("credit_labels")}
    phrases = {row["id"] for row in rows("boilerplate") if row["match"] == "phrase"}
    zones = {row["id"] for row in rows("zones")}
    known = {"credit": agencies, "dateline": agencies, "source": agencies, "label": labels, "phrase": phrases}
    for row in rows("outlets"):
        assert not row["zone"] or row["zone"] in zones
        for alternative in cells(row["signs"]):
            for sign in alternative.split("+"):
                kind, _, name = sign.partition(":")
                assert sign == "stamp:gmt-dotted" or name in known[kind], sign
    assert {row["match"] for row in rows("boilerplate")} == {
        *("whole", "start", "contains", "marker", "label", "strong", "rest", "phrase")
    }


def test_no_name_of_a_month_or_zone_means_two_things() -> None:
    for table in ("months", "zones", "agencies"):
        names = [fold_key(n) for row in rows(table) for n in set(map(fold_key, cells(row["names"])))]
        assert len(names) == len(set(names)), sorted(n for n in names if names.count(n) > 1)
