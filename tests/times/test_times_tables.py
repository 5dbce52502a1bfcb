"""The tables of time words are clean."""

import re
import unicodedata

import pytest

from khabar.language import normalise
from khabar.tables import rows
from khabar.times.rule import RULES
from khabar.times.vocabulary import NAMES, TABLES

FILES = (*NAMES, "landmarks")


@pytest.mark.parametrize("name", FILES)
def test_rows_are_sorted_and_forms_clean(name: str) -> None:
    found = list(rows(TABLES / f"{name}.tsv"))
    ids = [row["id"] for row in found]
    assert ids == sorted(set(ids))
    for row in found:
        forms = row["forms"].split("|")
        assert len(forms) == len(set(forms)), row["id"]
        for form in forms:
            assert form == form.strip() == unicodedata.normalize("NFC", form)
            assert normalise(form.lstrip("~="))
            assert not re.search("[\u0640\u064b-\u0652\ufb50-\ufdff\ufe70-\ufeff\u06cc\u06a9]", form), form


def test_no_table_is_forgotten() -> None:
    assert {path.stem for path in TABLES.glob("*.tsv")} == set(FILES)


def test_rules_start_at_kinds_that_the_tables_know() -> None:
    kinds = {row["kind"] for name in NAMES for row in rows(TABLES / f"{name}.tsv")} | {"int", "figures"}
    assert {kind for rule in RULES for kind in rule.starts} <= kinds
