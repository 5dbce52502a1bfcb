"""The check of the tables: ours are sound, and each kind of fault is found where it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from khabar.commands.tablecheck import check
from khabar.knowledge import cells
from khabar.knowledge.lint import lint
from khabar.knowledge.tables import TABLES

PEOPLE = "people/leaders.tsv"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of our tables less what takes long and is planted nowhere."""
    shutil.copytree(TABLES, tmp_path / "tables", ignore=_left_out)
    return tmp_path / "tables"


def _left_out(folder: str, names: list[str]) -> list[str]:
    people = Path(folder).name == "people"
    return [
        name for name in names if name in {"derived.tsv", "codebook"} or (people and name != "leaders.tsv")
    ]


def replace(file: str, before: str, after: str) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(before) >= 1, before
        path.write_text(text.replace(before, after, 1), encoding="utf-8")

    return plant


def add(file: str, row: str) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as out:
            out.write(row + "\n")

    return plant


def test_our_tables_are_sound() -> None:
    assert [str(fault) for fault in check()] == []


def write(file: str, content: bytes) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        (folder / file).write_bytes(content)

    return plant


FAULTS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "not composed": (replace(PEOPLE, "أحمد الشرع", "\u0627\u0654حمد الشرع"), PEOPLE, "NFC"),
    "presentation form": (
        replace("countries.tsv", "\tروسيا\t", "\tروسي\ufe8e\t"),
        "countries.tsv",
        "presentation",
    ),
    "Farsi ya": (
        replace("organisations.tsv", "\tحركة فتح\t", "\tحرکة فتح\t"),
        "organisations.tsv",
        "Farsi kaf",
    ),
    "tatweel": (replace("bodies.tsv", "\tالأمم المتحدة\t", "\tالأمـم المتحدة\t"), "bodies.tsv", "tatweel"),
    "diacritic": (replace("roles.tsv", "\tرئيس\t", "\tرئيسٌ\t"), "roles.tsv", "diacritic"),
    "invisible character": (replace("groups.tsv", "\tجيش\t", "\tجيش\u200f\t"), "groups.tsv", "invisible"),
    "one id twice": (
        add("organisations.tsv", "org.hamas\tحماس\t\tPSE\tPSE REB\tarmed"),
        "organisations.tsv",
        "already in",
    ),
    "not sorted": (add("roles.tsv", "a-title\tGOV\t\tلقب"), "roles.tsv", "not in order"),
    "malformed id": (
        replace("organisations.tsv", "org.hamas\t", "org.Hamas\t"),
        "organisations.tsv",
        "id «org.Hamas»",
    ),
    "bad date": (
        replace(PEOPLE, "president SYR GOV 2000-07-17", "president SYR GOV 2000-13-17"),
        PEOPLE,
        "month",
    ),
    "dates out of order": (
        replace(
            PEOPLE, "president SYR GOV 2000-07-17..2024-12-08", "president SYR GOV 2024-12-08..2000-07-17"
        ),
        PEOPLE,
        "ends before it starts",
    ),
    "malformed office": (
        replace(PEOPLE, "president SYR GOV 2000", "president SYR GOV since 2000"),
        PEOPLE,
        "is not `<role",
    ),
    "no such role": (
        replace(PEOPLE, "president SYR GOV 2000", "presidant SYR GOV 2000"),
        PEOPLE,
        "no role presidant",
    ),
    "no such country": (replace(PEOPLE, "\tSYR\t", "\tSYX\t"), PEOPLE, "no country or body SYX"),
    "no such sector": (
        replace("organisations.tsv", "\tPSE REB\t", "\tPSE RAB\t"),
        "organisations.tsv",
        "no sector RAB",
    ),
    "sector of a title": (replace("roles.tsv", "\nking\tGOV", "\nking\tGOW"), "roles.tsv", "no sector GOW"),
    "no such entity": (
        replace("demonyms.tsv", "\torg.hamas\t", "\torg.hamass\t"),
        "demonyms.tsv",
        "no entity",
    ),
    "no nisba": (replace("demonyms.tsv", "\tأفغاني\t", "\tأفغان\t"), "demonyms.tsv", "no nisba"),
    "no such subkind": (
        replace("organisations.tsv", "\tarmed\t", "\tharmed\t"),
        "organisations.tsv",
        "no subkind",
    ),
    "latitude": (
        replace("places/manual.tsv", "\t36.7\t70.8\t", "\t136.7\t70.8\t"),
        "places/manual.tsv",
        "between",
    ),
    "half a place": (
        replace("places/manual.tsv", "\t36.7\t70.8\t", "\t36.7\t\t"),
        "places/manual.tsv",
        "missing",
    ),
    "variant is the name": (
        replace("countries.tsv", "\tكابل|كابول", "\tكابل|كابل"),
        "countries.tsv",
        "twice",
    ),
    "country code": (replace("countries.tsv", "\nafg\t", "\nafq\t"), "countries.tsv", "in small letters"),
    "too many cells": (add("groups.tsv", "\t".join(["z"] * 20)), "groups.tsv", "20 cells"),
    "wrong columns": (replace("groups.tsv", "id\tkind\t", "id\tkinds\t"), "groups.tsv", "columns are"),
    "unknown file": (
        write("heroes.tsv", b"id\n"),
        "heroes.tsv",
        "no table",
    ),
    "not UTF-8": (
        write("roles.tsv", b"id\n\xff\n"),
        "roles.tsv",
        "UTF-8",
    ),
    "empty file": (
        write("groups.tsv", b"# nothing\n"),
        "groups.tsv",
        "no header",
    ),
    "kind of word": (add("common.tsv", "ي\tsometimes"), "common.tsv", "no kind"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(copy: Path, name: str) -> None:
    plant, file, reason = FAULTS[name]
    assert lint(copy) == []
    plant(copy)
    found = [fault for fault in lint(copy) if fault.file == file and reason in fault.reason]
    assert found, [str(fault) for fault in lint(copy)]
    if name not in {"unknown file", "not UTF-8", "empty file"}:
        assert found[0].line > 0


CODEBOOK = """\
- id: test.entry
  type: CONSULT
  mode: visit
  verb: [زار]
  examples:
    - text: زار الرئيس الروسي الصين
  not:
    - text: زار المتحف
"""


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("", "", ""),
        ("type: CONSULT", "type: CONSALT", "no such type"),
        ("mode: visit", "mode: walk", "no mode walk"),
        ("[زار]", "[زاور]", "no verb «زاور»"),
        ("mode: visit", "mood: visit", "mood"),
        ("  not:\n    - text: زار المتحف\n", "", "no counter-example"),
        ("- id: test.entry", "id: test.entry", "mapping values"),
    ],
)
def test_faults_of_a_codebook(tmp_path: Path, before: str, after: str, reason: str) -> None:
    folder = tmp_path / "codebook"
    folder.mkdir()
    (folder / "consult.yaml").write_text(CODEBOOK.replace(before, after), encoding="utf-8")
    found = [str(fault) for fault in check(tmp_path)]
    assert bool(found) is bool(reason)
    assert all(fault.startswith("codebook/consult.yaml:") for fault in found)
    assert not reason or any(reason in fault for fault in found), found


def test_one_codebook_id_twice(tmp_path: Path) -> None:
    folder = tmp_path / "codebook"
    folder.mkdir()
    (folder / "consult.yaml").write_text(CODEBOOK * 2, encoding="utf-8")
    assert any("already in" in str(fault) for fault in check(tmp_path))


def test_a_users_folder_refers_to_ours(tmp_path: Path) -> None:
    people = tmp_path / "people"
    people.mkdir()
    header = "id\tname\tname_en\tcountry\tvariants\toffices\tbase_code\n"
    row = "egy.mine\tفلان الفلاني\tSomeone\tEGY\t\tminister EGY GOV 2024-07-03..\t\n"
    (people / "mine.tsv").write_text(header + row, encoding="utf-8")
    assert check(tmp_path) == []
    assert lint(tmp_path) != []


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("", True),
        ("2014", True),
        ("2014-06", True),
        ("2014-06-30", True),
        ("14", False),
        ("2014-6", False),
        ("2014-02-31", False),
    ],
)
def test_dates(text: str, sound: bool) -> None:
    assert (cells.date(text) == "") is sound


@pytest.mark.parametrize(
    ("start", "end", "sound"),
    [("2014", "2014-06", True), ("2014-06", "2014", True), ("2015", "2014-12", False), ("2014", "", True)],
)
def test_spans(start: str, end: str, sound: bool) -> None:
    assert (cells.span(start, end) == "") is sound
