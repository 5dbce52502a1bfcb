"""What the tables must hold."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from khabar.knowledge import Knowledge, load
from khabar.knowledge.compiler import compile_tables, compiled
from khabar.knowledge.names import spellings
from khabar.knowledge.tables import TABLES, alternatives, table_files

UN_MEMBERS = 193


def kinds(known: Knowledge, kind: str) -> list[str]:
    return [entity.id for entity in known.entities.values() if entity.kind == kind]


def test_all_states_have_a_name_and_an_adjective(known: Knowledge) -> None:
    assert len(kinds(known, "country")) >= UN_MEMBERS + 5
    assert {"pse", "xkx", "twn", "esh", "vat", "hkg"} <= set(kinds(known, "country"))


def test_there_is_enough_of_everything(known: Knowledge) -> None:
    least = {"role": 200, "group": 200, "place": 600, "outlet": 100, "organisation": 300, "person": 120}
    assert {kind: len(kinds(known, kind)) >= count for kind, count in least.items()} == dict.fromkeys(
        least, True
    )


@pytest.mark.parametrize(
    ("entity", "code"),
    [
        ("rus", "RUS GOV"),
        ("org.un", "UNO"),
        ("org.eu", "EUR"),
        ("org.nato", "IGO"),
        ("org.icc", "IGO"),
        ("org.isis", "IMG REB"),
        ("org.hezbollah", "LBN REB"),
        ("org.houthis", "YEM REB"),
        ("org.pmf", "IRQ PRM"),
        ("org.sdf", "SYR REB"),
        ("org.pkk", "TUR REB"),
        ("org.taliban", "AFG REB"),
        ("org.lna", "LBY MIL"),
        ("org.muslim-brotherhood", "EGY OPP"),
        ("org.arab-coalition", "SAU MIL"),
        ("org.anti-isis-coalition", "USA MIL"),
        ("org.outlet-reuters", "GBR JRN"),
        ("org.pentagon", "USA MIL"),
        ("org.sohr", "SYR SOC"),
        ("grp.army", "MIL"),
        ("grp.police", "COP"),
    ],
)
def test_codes_of_the_coding_guide(known: Knowledge, entity: str, code: str) -> None:
    assert known.entities[entity].code == code


def test_every_reference_of_an_office_resolves(known: Knowledge) -> None:
    roles = set(kinds(known, "role"))
    used: Iterable[str] = {office.office for entity in known.entities.values() for office in entity.offices}
    assert set(used) <= roles


def test_the_cache_gives_what_compiling_gives() -> None:
    assert compiled(()) == compile_tables([TABLES])


def test_the_digest_is_of_the_content() -> None:
    assert load().digest == load().digest
    assert len(load().digest) == 64


def test_alternatives_and_spellings() -> None:
    assert alternatives(" أميركي | أمريكي|") == ["أميركي", "أمريكي"]
    assert "عبدالله صالح" in spellings("عبد الله صالح")
    assert "أبي مازن" in spellings("أبو مازن")


def test_organisations_stand_in_one_file_and_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "organisations").mkdir()
    files = [tmp_path / "organisations.tsv", tmp_path / "organisations" / "parties.tsv"]
    for file in files:
        file.touch()
    assert list(table_files(tmp_path)) == [("organisations", file) for file in files]
