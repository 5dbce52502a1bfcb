from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from khabar import record
from khabar.corpus.dataset import Dataset
from khabar.corpus.schema import CREDIT, PARTICIPANT, PLACE, SPAN, TABLES, markdown

PAGE = Path(__file__).parents[2] / "docs" / "schema.md"


def test_page_is_the_schemas() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(), "python -m khabar.corpus.schema > docs/schema.md"


@pytest.mark.parametrize(
    ("table", "kind", "left_out"),
    [
        ("articles", record.Record, {"events", "statements", "mentions", "times"}),
        ("events", record.Event, set()),
        ("statements", record.StatementRecord, set()),
        ("mentions", record.MentionRecord, set()),
        ("times", record.TimeRecord, set()),
    ],
)
def test_no_field_of_a_record_is_lost(table: str, kind: type, left_out: set[str]) -> None:
    columns = {column.name for column in TABLES[table].columns}
    assert set(kind.__struct_fields__) - left_out <= columns  # type: ignore[attr-defined]


def test_structs_have_the_fields_of_the_record() -> None:
    for struct, kind in (
        (PARTICIPANT, record.Participant),
        (PLACE, record.Place),
        (SPAN, record.Span),
        (CREDIT, record.Credit),
    ):
        assert {field.name for field in struct} == set(kind.__struct_fields__)


def test_parts_have_the_schemas(made: Path) -> None:
    dataset = Dataset(made)
    for table, kind in TABLES.items():
        files = dataset.files(table)
        assert files
        for file in files:
            assert pq.read_schema(file).remove_metadata().equals(kind.schema), file
