from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.cache import cache_dir, cached, digest_of


class Table(msgspec.Struct, frozen=True):
    words: dict[str, tuple[int, ...]]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KHABAR_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


class Builder:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> Table:
        self.calls += 1
        return Table({"كتاب": (1, 2)})


def test_is_built_once_and_then_read(folder: Path) -> None:
    build = Builder()
    assert cached("words", "d1", build, Table) == cached("words", "d1", build, Table)
    assert build.calls == 1
    assert [file.name for file in folder.iterdir()] == ["words-d1.msgpack"]


def test_another_digest_builds_anew() -> None:
    build = Builder()
    cached("words", "d1", build, Table)
    cached("words", "d2", build, Table)
    assert build.calls == 2


@pytest.mark.parametrize("damage", [b"", b"junk", b"\x00" * 40])
def test_a_damaged_file_is_made_anew(folder: Path, damage: bytes) -> None:
    build = Builder()
    cached("words", "d1", build, Table)
    (folder / "words-d1.msgpack").write_bytes(damage)
    assert cached("words", "d1", build, Table) == build()
    cached("words", "d1", build, Table)
    assert build.calls == 3  # once at first, once for the damage, once in the line above


def test_a_file_cut_short_is_made_anew(folder: Path) -> None:
    build = Builder()
    cached("words", "d1", build, Table)
    path = folder / "words-d1.msgpack"
    path.write_bytes(path.read_bytes()[:-1])
    cached("words", "d1", build, Table)
    assert build.calls == 2


def test_a_file_of_another_type_is_made_anew() -> None:
    assert cached("words", "d1", lambda: [1, 2], list[int]) == [1, 2]
    build = Builder()
    assert cached("words", "d1", build, Table) == build()


def test_without_a_folder_it_works_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("KHABAR_CACHE_DIR", str(tmp_path / "file" / "cache"))
    build = Builder()
    cached("words", "d1", build, Table)
    assert cached("words", "d1", build, Table).words == {"كتاب": (1, 2)}
    assert build.calls == 2


def test_a_failing_build_leaves_no_file(folder: Path) -> None:
    def build() -> Table:
        raise KeyError("table")

    with pytest.raises(KeyError):
        cached("words", "d1", build, Table)
    assert not folder.exists() or not list(folder.iterdir())


def test_old_files_of_the_name_are_pruned_and_others_kept(folder: Path) -> None:
    cached("other-words", "d0", Builder(), Table)
    for n in range(8):
        cached("words", f"d{n}", Builder(), Table)
        path = folder / f"words-d{n}.msgpack"
        if path.exists():
            os.utime(path, (n, n))
    names = {file.name for file in folder.iterdir()}
    assert "words-d7.msgpack" in names
    assert "other-words-d0.msgpack" in names
    assert len(names) == 5


def test_the_folder_follows_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_dir() == folder
    monkeypatch.delenv("KHABAR_CACHE_DIR")
    assert "khabar" in str(cache_dir())


def test_digests_tell_sources_apart(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_bytes(b"ab")
    assert digest_of([path, "c"]) == digest_of([b"ab", "c"])
    assert digest_of(["ab", "c"]) != digest_of(["a", "bc"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.dictionaries(st.text(max_size=5), st.lists(st.integers(0, 2**40), max_size=3).map(tuple)))
def test_what_is_read_is_what_was_built(words: dict[str, tuple[int, ...]]) -> None:
    digest = digest_of(sorted(map(repr, words.items())))
    built = cached("round", digest, lambda: Table(words), Table)
    assert cached("round", digest, lambda: Table({}), Table) == built
