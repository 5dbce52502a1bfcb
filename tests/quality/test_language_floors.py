"""Floors of the language room on two treebanks; raised by hand, never silently lowered."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from khabar.language import Analyzer, load_lexicon
from khabar.language.orthography import fold

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"

FLOORS = {
    # treebank: segmentation, coverage of verb tokens, recall of verb lemmas
    "pud.conllu": (0.98, 0.985, 0.985),
    "padt_dev_v1.conllu": (0.96, 0.98, 0.99),
}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = ROOT / "tools" / "measure_language.py"
    spec = importlib.util.spec_from_file_location("measure_language", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", FLOORS)
def test_figures_hold(name: str, tool: ModuleType) -> None:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the treebank is not here: {path}")
    lexicon = load_lexicon()
    known = {fold(lemma) for lemma in lexicon.lemmas}
    figures = tool.measure(path, Analyzer(lexicon), known, set())
    measured = (figures.segmentation, figures.coverage, figures.recall)
    assert all(value >= floor for value, floor in zip(measured, FLOORS[name], strict=True)), measured
