"""`khabar knowledge` as its user sees it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from khabar.commands.knowledge import exported, knowledge


def test_check_of_a_sound_folder(tmp_path: Path) -> None:
    result = CliRunner().invoke(knowledge, ["check", str(tmp_path)])
    assert (result.exit_code, result.output) == (0, "")


def test_check_names_file_line_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "organisations.tsv"
    path.write_text(
        "id\tname\tname_en\tcountry\tcode\tsubkind\norg.x\tحرکة\tX\tEGY\tEGY PTY\tparty\n", "utf-8"
    )
    result = CliRunner().invoke(knowledge, ["check", str(tmp_path)])
    assert result.exit_code == 1
    assert f"{path}:2: name «حرکة»: «ک» is Farsi kaf" in result.output


def test_find_shows_what_a_name_means_on_a_date() -> None:
    result = CliRunner().invoke(knowledge, ["find", "فلاديمير بوتين", "--date", "2010-01-01"])
    assert result.exit_code == 0
    assert "rus.putin" in result.output
    assert "prime-minister 2008-05-08..2012-05-07" in result.output


def test_find_of_nothing() -> None:
    assert CliRunner().invoke(knowledge, ["find", "كلام"]).exit_code == 1


def test_export_is_one_object_a_line() -> None:
    result = CliRunner().invoke(knowledge, ["export", "countries"])
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert next(row for row in rows if row["id"] == "rus")["name"] == "روسيا"


def test_export_of_people_has_their_offices() -> None:
    putin = next(row for row in exported("people") if row["id"] == "rus.putin")
    assert list(putin)[:6] == ["id", "name", "variants", "name_en", "country", "offices"]
    assert putin["offices"][-1] == {"office": "president", "code": "RUS GOV", "from": "2012-05-07", "to": ""}
