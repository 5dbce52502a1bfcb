"""Coding into a dataset: what is in it, that it is the same whoever codes it, what is not done twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archives import article, contents, lines, pack, rows, run

from khabar.corpus.dataset import Dataset


def test_tables_hold_what_the_records_hold(tmp_path: Path) -> None:
    given = [article(n) for n in range(12)]
    source = pack(tmp_path / "in.jsonl", given)
    run("code", source, "-o", tmp_path / "out.jsonl")
    run("code", source, "-o", tmp_path / "ds")
    records = {r["id"]: r for r in map(json.loads, (tmp_path / "out.jsonl").read_bytes().splitlines())}
    articles = rows(tmp_path / "ds", "SELECT * FROM articles")
    assert {a["id"] for a in articles} == records.keys()
    for row in articles:
        record = records[row["id"]]
        assert row["month"] == record["published"][:7]
        for name in ("digest", "khabar", "title", "text", "outlet", "dateline", "credits", "notes"):
            assert row[name] == record[name], name
        for table in ("events", "statements", "mentions", "times"):
            of = f"FROM {table} WHERE article = '{row['article']}'"
            sql = f"SELECT * EXCLUDE (article, number, month) {of} ORDER BY number"
            assert rows(tmp_path / "ds", sql) == record[table], table
    assert sum(len(r["events"]) for r in records.values()) > 6


def test_months_are_folders(made: Path) -> None:
    months = {path.name for path in (made / "articles").iterdir()}
    assert months == {*(f"month=2021-{m:02}" for m in range(1, 13)), "month=unknown"}
    assert {path.name for path in (made / "quarantine").iterdir()} == {"month=unknown"}
    assert rows(made, "SELECT count(*) AS n FROM articles WHERE month = 'unknown'") == [{"n": 1}]


def test_same_bytes_whatever_the_processes(tmp_path: Path, made: Path) -> None:
    source = made.parent / "in.jsonl.gz"
    run("code", source, "-o", tmp_path / "two", "--batch", "0.005", "--processes", "2", code=1, cwd=tmp_path)
    assert contents(tmp_path / "two") == contents(made)
    assert len(Dataset(made).commits) > 2


def test_nothing_is_coded_twice(tmp_path: Path) -> None:
    first, more = [article(n) for n in range(20)], [article(n) for n in range(15, 30)]
    a = pack(tmp_path / "a.jsonl.gz", first)
    b = pack(tmp_path / "b.jsonl.gz", [*more, *more])
    ds = tmp_path / "ds"
    assert "20 coded, 0 known" in run("code", a, "-o", ds)
    before = contents(ds)
    assert "0 coded, 0 known" in run("code", a, "-o", ds)
    assert contents(ds) == before
    # articles that were there, and an article twice in one input
    assert "10 coded, 20 known" in run("code", a, b, "-o", ds)
    assert before.items() <= contents(ds).items()
    assert rows(ds, "SELECT count(*) AS n, count(DISTINCT article) AS d FROM articles") == [
        {"n": 30, "d": 30}
    ]


def test_an_article_in_two_pieces_is_kept_once_and_the_first_counts(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl.gz"
    pack(source, [article(n) for n in (*range(20), *range(20))])
    told = run("code", source, "-o", tmp_path / "ds", "--batch", "0.1", "--processes", "2")
    assert "20 coded, 20 known" in told
    positions = [r["position"] for r in rows(tmp_path / "ds", "SELECT position FROM articles")]
    assert len(set(positions)) == len(positions) == 20


def test_other_tables_replace_what_the_old_ones_coded(tmp_path: Path) -> None:
    source = pack(tmp_path / "a.jsonl.gz", [article(n) for n in range(30)])
    part = pack(tmp_path / "b.jsonl.gz", [article(n) for n in range(10, 40)])
    people = tmp_path / "tables" / "people"
    people.mkdir(parents=True)
    (people / "mine.tsv").write_text(
        "id\tname\tname_en\tcountry\nrus.fulan\tفلان الفلاني\tFulan\tRUS\n", encoding="utf-8"
    )
    ds = tmp_path / "ds"
    run("code", source, "-o", ds, "--batch", "0.005")
    run("code", part, "-o", ds, "--batch", "0.005", "--tables", tmp_path / "tables")
    versions = rows(ds, "SELECT khabar, count(*) AS n FROM articles GROUP BY ALL ORDER BY n")
    assert [v["n"] for v in versions] == [10, 30]
    sql = "SELECT count(*) AS n, count(DISTINCT article) AS d, count(DISTINCT id) AS i FROM articles"
    assert rows(ds, sql) == [{"n": 40, "d": 40, "i": 40}]
    orphans = "SELECT count(*) AS n FROM events WHERE article NOT IN (SELECT article FROM articles)"
    assert rows(ds, orphans) == [{"n": 0}]
    twice = "SELECT count(*) AS n FROM (SELECT article, number FROM events GROUP BY ALL HAVING count(*) > 1)"
    assert rows(ds, twice) == [{"n": 0}]


def test_quarantine_has_source_position_and_reason(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    good = lines([article(1), article(2)])
    source.write_bytes(good + b'{"text": 3}\n{"text"\n\xff\xfe\x00\n' + lines([{"text": "only English"}]))
    told = run("code", source, tmp_path / "none.txt", "-o", tmp_path / "ds", code=1)
    assert "2 coded, 0 known before, 5 to quarantine" in told
    found = rows(tmp_path / "ds", "SELECT * FROM quarantine ORDER BY source, line")
    assert len(found) == 5
    assert {r["source"] for r in found} == {str(source), str(tmp_path / "none.txt")}
    assert all(r["reason"] and r["kind"] for r in found)
    assert len({(r["source"], r["line"], r["position"]) for r in found}) == 5


def test_lone_surrogates(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "\udc00", "text": article(1)["text"] + "\ud800"}) + "\n")
    run("code", source, "-o", tmp_path / "ds")
    (row,) = rows(tmp_path / "ds", "SELECT id, text FROM articles")
    assert row == {"id": "\ufffd", "text": article(1)["text"] + "\ufffd"}


def test_standard_input(tmp_path: Path) -> None:
    source = pack(tmp_path / "in.jsonl", [article(n) for n in range(3)])
    with source.open("rb") as file:
        assert "3 coded" in run("code", "-", "-o", tmp_path / "ds", stdin=file)
    with source.open("rb") as file:
        assert "0 coded" in run("code", "-", "-o", tmp_path / "ds", stdin=file)


@pytest.mark.parametrize("changed", ["longer", "other"])
def test_a_source_that_changed_is_read_again(tmp_path: Path, changed: str) -> None:
    source = pack(tmp_path / "in.jsonl", [article(n) for n in range(5)])
    run("code", source, "-o", tmp_path / "ds")
    if changed == "longer":
        pack(source, [article(n) for n in range(7)])
        assert "2 coded, 5 known" in run("code", source, "-o", tmp_path / "ds")
    else:
        source.write_bytes(source.read_bytes().replace(b'"a3"', b'"b3"'))
        assert "1 coded, 4 known" in run("code", source, "-o", tmp_path / "ds")


def test_usage(tmp_path: Path) -> None:
    source = pack(tmp_path / "in.jsonl", [article(1)])
    ds = tmp_path / "ds"
    run("code", source, "-o", tmp_path, code=2)
    run("code", source, "-o", ds, "--address", "x:1", code=2)
    run("code", source, "-o", tmp_path / "o.jsonl", "--runner", "ray", code=2)
    run("code", source, "-o", ds)
    run("code", ds, "-o", ds, code=2)
    run("retry", tmp_path, code=2)
