"""`khabar group` as a whole: what it writes, that it is the same every time, when it is done again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from archives import article, contents, pack, rows, run

from khabar.corpus.dataset import Dataset
from khabar.corpus.grouping import group
from khabar.corpus.schema import DERIVED

REPORT = (
    "قصف الجيش السوري مدينة إدلب يوم {day} وقتل تسعة مدنيين بحسب مصادر طبية في المدينة. وقال مسعفون "
    "إن القصف استهدف سوقا شعبيا في وسط المدينة عند الظهيرة وإن عدد الجرحى مرشح للارتفاع بعد أن تعذر "
    "الوصول إلى الأحياء القريبة."
)
OTHER = (
    "أعلن ناشطون مقتل تسعة مدنيين بعدما قصف الجيش السوري مدينة إدلب {day}. وتحدثت فرق الدفاع المدني "
    "عن دمار واسع في السوق، وأضافت أن بين القتلى امرأتين وأن المستشفيات تشكو من نقص حاد في الدواء."
)


def told(name: str, text: str, day: str, outlet: str) -> dict[str, Any]:
    return {"id": name, "text": text, "published": f"2021-05-{day}T10:00:00Z", "outlet": outlet}


GIVEN = [
    told("first", REPORT.format(day="الاثنين"), "17", "أ"),
    told("copy", REPORT.format(day="الاثنين") + " ولم يصدر تعليق رسمي.", "17", "ب"),
    told("second", OTHER.format(day="الاثنين"), "17", "ج"),
    told("later", OTHER.format(day="الأربعاء") + " وهذه ثاني غارة في أيام.", "26", "ج"),
    *(article(n, published=f"2021-06-{n + 1:02}") for n in range(12)),
]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("groups")
    run("code", pack(folder / "in.jsonl", GIVEN), "-o", folder / "ds")
    return folder / "ds"


def test_group(dataset: Path) -> None:
    assert "16 articles, " in run("group", dataset, "--one-a-day")
    names = {r["article"]: r["id"] for r in rows(dataset, "SELECT article, id FROM articles")}
    found = {names[r["article"]]: r for r in rows(dataset, "SELECT * FROM article_groups")}
    assert len(found) == len(GIVEN)
    # the first published, of two at one moment the one with the smaller key
    assert found["copy"]["group_id"] == found["first"]["group_id"] != found["second"]["group_id"]
    assert {names[found["first"]["group_id"]]} <= {"first", "copy"}
    assert 0.5 < min(found["copy"]["similarity"], found["first"]["similarity"]) < 1
    assert found["later"]["group_id"] not in {found["first"]["group_id"], found["later"]["article"] + "x"}

    sql = "SELECT * FROM event_groups WHERE type = 'ASSAULT' AND month = '2021-05' ORDER BY articles DESC"
    groups = rows(dataset, sql)
    most = groups[0]
    assert {names[s["article"]] for s in most["sources"]} == {"first", "copy", "second"}
    assert (most["articles"], most["texts"]) == (3, 2)
    assert most["records"] == len(most["sources"]) >= 3
    assert most["first_report"][:10] == most["last_report"][:10] == "2021-05-17"
    assert {s["outlet"] for s in most["sources"]} == {"أ", "ب", "ج"}


def test_every_record_is_in_one_group(dataset: Path) -> None:
    run("group", dataset)
    of = "(SELECT unnest(sources) AS s FROM event_groups)"
    sql = f"SELECT s.article, s.number, count(*) AS n FROM {of} GROUP BY ALL"
    held = rows(dataset, sql)
    assert {r["n"] for r in held} == {1}
    assert len(held) == rows(dataset, "SELECT count(*) AS n FROM events")[0]["n"]
    best = rows(
        dataset,
        "SELECT g.confidence AS c, max(e.confidence) AS m FROM (SELECT id, confidence, unnest(sources) AS s "
        "FROM event_groups) g JOIN events e ON e.article = g.s.article AND e.number = g.s.number "
        "GROUP BY g.id, g.confidence",
    )
    assert all(r["c"] == r["m"] for r in best)


def test_one_a_day(dataset: Path) -> None:
    run("group", dataset, "--one-a-day")
    key = "date, actor, recipient, type, factuality, country"
    found = rows(dataset, f"SELECT {key}, count(*) AS n, sum(articles) AS a FROM one_a_day GROUP BY {key}")
    assert {r["n"] for r in found} == {1}
    strikes = [r for r in found if r["type"] == "ASSAULT" and r["date"] == "2021-05-17"]
    assert max(r["a"] for r in strikes) == 3


def test_parts_have_the_schemas_and_are_asked_by_name(dataset: Path) -> None:
    run("group", dataset, "--one-a-day")
    held = Dataset(dataset)
    for table, kind in DERIVED.items():
        for file in held.files(table):
            assert pq.read_schema(file).remove_metadata().equals(kind.schema), file
    assert "event_groups" in run("describe", dataset)


def test_same_bytes_and_done_again_only_when_the_dataset_changed(tmp_path: Path) -> None:
    source = pack(tmp_path / "in.jsonl", GIVEN)
    for name in ("one", "two"):
        run("code", source, "-o", tmp_path / name)
        run("group", tmp_path / name)
    before = contents(tmp_path / "one")
    assert before == contents(tmp_path / "two")
    assert "nothing has changed" in run("group", tmp_path / "one")
    assert contents(tmp_path / "one") == before
    more = pack(tmp_path / "more.jsonl", [told("third", OTHER.format(day="أمس"), "18", "د")])
    run("code", more, "-o", tmp_path / "one")
    assert "nothing" not in run("group", tmp_path / "one")
    assert rows(tmp_path / "one", "SELECT count(*) AS n FROM article_groups") == [{"n": len(GIVEN) + 1}]


def test_groups_are_whole_or_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that breaks off leaves the tables of the one before."""
    ds = tmp_path / "ds"
    run("code", pack(tmp_path / "in.jsonl", GIVEN[:4]), "-o", ds)
    run("group", ds)
    before = contents(ds)
    run("code", pack(tmp_path / "more.jsonl", GIVEN[4:6]), "-o", ds)
    coded = contents(ds)

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("khabar.corpus.grouping._group_events", broken)
    with pytest.raises(KeyboardInterrupt):
        group(Dataset(ds))
    assert contents(ds) == coded
    assert before.keys() <= coded.keys()


def test_usage(tmp_path: Path) -> None:
    assert "no dataset" in run("group", tmp_path, code=1)
    run(
        "code", pack(tmp_path / "in.jsonl", [{"id": "bad", "text": "English"}]), "-o", tmp_path / "ds", code=1
    )
    assert "0 articles" in run("group", tmp_path / "ds", "--one-a-day")
