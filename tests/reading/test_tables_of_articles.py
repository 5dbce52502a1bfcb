"""CSV, Parquet and JSON with columns of other names."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import BODY, PARAGRAPHS, TITLE

from khabar.reading.items import Failure, InputOptions, Item
from khabar.reading.sources import read_again, read_inputs, read_split, splits

COLUMNS = (("text", "body"), ("published", "when"), ("outlet", "paper"), ("section", "part"))


def rows(count: int = 3) -> list[dict[str, str]]:
    return [
        {
            "id": str(n),
            "title": TITLE,
            "body": f"{BODY}\nسطر رقم {n}",
            "when": "2021-05-17T09:30:00+03:00",
            "paper": "المثال",
            "part": "العالم",
            "more": "x",
        }
        for n in range(count)
    ]


def to_csv(path: Path, values: list[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(values[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(values)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def items(path: Path, options: InputOptions) -> list[Item]:
    found = list(read_inputs([path], options=options))
    assert all(isinstance(entry, Item) for entry in found), found
    return [entry for entry in found if isinstance(entry, Item)]


@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv"), ("|", "a.csv")]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256", "utf-16"])
def test_csv_with_mapped_columns(tmp_path: Path, delimiter: str, name: str, encoding: str) -> None:
    path = to_csv(tmp_path / name, rows(), delimiter, encoding)
    found = items(path, InputOptions(columns=COLUMNS))
    assert [entry.text for entry in found] == [row["body"] for row in rows()]
    first = found[0]
    assert (first.id, first.title, first.outlet, first.section) == ("0", TITLE, "المثال", "العالم")
    assert first.published == "2021-05-17T09:30:00+03:00"
    # five lines a row, and the header's
    assert [entry.position for entry in found] == ["line 2", "line 7", "line 12"]


def test_csv_without_the_column_says_what_is_there(tmp_path: Path) -> None:
    path = to_csv(tmp_path / "a.csv", rows())
    (found,) = read_inputs([path])
    assert isinstance(found, Failure)
    assert found.kind == "csv"
    assert "no column 'text'; there is id, title, body" in found.reason


def test_csv_rows_that_do_not_fit_fail_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        f'id,text\n1,"{PARAGRAPHS[0]}"\n2,a,b\n\n3,'.encode() + b"\xff\n4,"
        + f'"{PARAGRAPHS[1]}"\n5,"English only"\n6,"'.encode() + b"x" * 300_000 + b'"\n'
        + f'7,"{PARAGRAPHS[2]}"\n8,"never closed {PARAGRAPHS[2]}\n'.encode()
    )  # fmt: skip
    found = list(read_inputs([path], options=InputOptions(cap=200_000)))
    kinds = [entry.kind if isinstance(entry, Failure) else entry.id for entry in found]
    assert kinds == ["1", "csv", "encoding", "4", "not-arabic", "too-long", "7", "8"]
    bad = found[4]
    assert isinstance(bad, Failure)
    assert (bad.line, bad.position, bad.form) == (7, "line 7", "jsonl")
    (again,) = read_again(bad, InputOptions())
    assert (again, again.position) == (bad, "line 7")


def test_csv_that_is_damaged_from_some_row_on_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n" + "a,b,c\n" * 5000, encoding="utf-8")
    found = list(read_inputs([path]))
    assert len(found) == 1001
    assert "given up" in str(found[-1])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(size=st.integers(100, 3000))
def test_csv_with_one_line_rows_is_cut(tmp_path: Path, size: int) -> None:
    values = [{**row, "body": row["body"].replace("\n", " ")} for row in rows(9)]
    path = to_csv(tmp_path / "a.csv", values)
    options = InputOptions(columns=COLUMNS, one_line_rows=True)
    whole = list(read_inputs([path], options=options))
    assert len(whole) == 9
    pieces = list(splits([str(path)], options, size))
    assert len(pieces) > 1
    cut = [entry for piece in pieces for entry in read_split(piece, options)]
    assert [(e.position, e.text) for e in cut if isinstance(e, Item)] == [
        (e.position, e.text) for e in whole if isinstance(e, Item)
    ]


def test_json_keys_are_mapped_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
    found = items(path, InputOptions(columns=COLUMNS))
    assert [entry.outlet for entry in found] == ["المثال"] * 3


def to_parquet(path: Path, count: int, group: int) -> Path:
    zone = dt.timezone(dt.timedelta(hours=3))
    table = pa.table(
        {
            "body": [f"{BODY}\nسطر رقم {n}" for n in range(count)],
            "when": [dt.datetime(2021, 5, 17, 9, 30, tzinfo=zone)] * count,
            "paper": ["المثال"] * count,
            "part": ["العالم"] * count,
            "id": list(range(count)),
        }
    )
    pq.write_table(table, path, row_group_size=group)
    return path


def test_parquet_by_row_groups(tmp_path: Path) -> None:
    path = to_parquet(tmp_path / "a.parquet", 100, 7)
    options = InputOptions(columns=COLUMNS)
    found = items(path, options)
    assert [entry.id for entry in found] == [str(n) for n in range(100)]
    assert found[0].published == "2021-05-17T09:30:00+03:00"
    assert (found[0].position, found[99].position) == ("row 1", "row 100")
    pieces = list(splits([str(path)], options, 4000))
    assert len(pieces) > 3
    assert [e for piece in pieces for e in read_split(piece, options)] == found


def test_parquet_that_is_none(tmp_path: Path) -> None:
    good = to_parquet(tmp_path / "a.parquet", 10, 5).read_bytes()
    for name, data in (("b", b"no such thing"), ("c", b""), ("d", good[:-100])):
        path = tmp_path / f"{name}.parquet"
        path.write_bytes(data)
        (found,) = read_inputs([path])
        assert isinstance(found, Failure)
        assert found.kind == "parquet"
        assert len(list(splits([str(path)], InputOptions(), 1))) == 1
    damaged = bytearray(good)
    damaged[60:160] = b"\x00" * 100
    (tmp_path / "e.parquet").write_bytes(damaged)
    several = list(read_inputs([tmp_path / "e.parquet"], options=InputOptions(columns=COLUMNS)))
    assert any(isinstance(entry, Failure) for entry in several)
    (missing,) = list(read_inputs([tmp_path / "a.parquet"]))
    assert "no column 'text'" in str(missing)
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "f.parquet")
    (empty,) = read_inputs([tmp_path / "f.parquet"])
    assert isinstance(empty, Failure)
    assert empty.kind == "empty"
