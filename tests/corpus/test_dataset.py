from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from khabar.corpus.dataset import COMMITS, Dataset, DatasetError, Done


def part(dataset: Dataset, *keys: str) -> Path:
    """A small file, ready to be moved into the dataset."""
    path = dataset.work / f"{'-'.join(keys)}.parquet"
    path.parent.mkdir(exist_ok=True)
    pq.write_table(pa.table({"article": list(keys)}), path)
    return path


def test_a_part_counts_from_its_commit_on(tmp_path: Path) -> None:
    dataset = Dataset.create(tmp_path / "ds")
    assert Dataset(tmp_path / "ds").files("articles") == []
    dataset.commit("one", "v1", [("articles", "2021-01", part(dataset, "a", "b"))], pieces=[Done("p")])
    dataset.commit("two", "v1", [("articles", "unknown", part(dataset, "c"))], pieces=[Done("q")])
    again = Dataset(tmp_path / "ds")
    assert [p.path for p in again.table_parts("articles")] == [
        "articles/month=2021-01/part-000001-one.parquet",
        "articles/month=unknown/part-000002-two.parquet",
    ]
    assert again.rows("articles") == 3
    assert again.done("v1") == {"p", "q"}
    assert again.done("v2") == set()


def test_replaced_parts_count_no_more(tmp_path: Path) -> None:
    dataset = Dataset.create(tmp_path / "ds")
    first = dataset.commit("one", "v1", [("articles", "2021-01", part(dataset, "a"))], pieces=[Done("p")])
    (old,) = first.parts
    dataset.commit(
        "two", "v2", [("articles", "2021-01", part(dataset, "A"))], pieces=[Done("p")], replaces=[old.path]
    )
    again = Dataset(tmp_path / "ds")
    assert [pq.read_table(f, partitioning=None)["article"].to_pylist() for f in again.files("articles")] == [
        ["A"]
    ]
    assert not (tmp_path / "ds" / old.path).exists()
    # the piece was last done by v2: going back to v1 means to do it again
    assert again.done("v2") == {"p"}
    assert again.done("v1") == set()


def test_what_no_commit_names_is_unseen_and_swept(tmp_path: Path) -> None:
    dataset = Dataset.create(tmp_path / "ds")
    dataset.commit("one", "v1", [("articles", "2021-01", part(dataset, "a"))])
    stray = tmp_path / "ds" / "articles" / "month=2021-01" / "part-000002-dead.parquet"
    part(dataset, "z").rename(stray)
    half = tmp_path / "ds" / COMMITS / ".abc.part"
    half.write_bytes(b"{")
    again = Dataset(tmp_path / "ds")
    assert again.rows("articles") == 1
    with again.locked():
        assert not stray.exists()
        assert not half.exists()
        assert len(again.files("articles")) == 1


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    dataset = Dataset.create(tmp_path / "ds")
    other = (
        "import sys; from pathlib import Path; from khabar.corpus.dataset import *\n"
        "try:\n with Dataset(Path(sys.argv[1])).locked(): print('free')\n"
        "except DatasetError as error: print(error)"
    )
    command = [sys.executable, "-c", other, str(tmp_path / "ds")]
    with dataset.locked():
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "another run is writing" in told
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "free\n"


def test_other_folders_are_let_be(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(DatasetError, match="not empty"):
        Dataset.create(tmp_path)
    with pytest.raises(DatasetError, match="no folder"):
        Dataset.create(tmp_path / "mine.txt")
    with pytest.raises(DatasetError, match="no dataset"):
        Dataset(tmp_path)
    (tmp_path / "khabar.json").write_text('{"format": 99}')
    with pytest.raises(DatasetError, match="format 99"):
        Dataset(tmp_path)
