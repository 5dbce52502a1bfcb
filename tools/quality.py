"""Measure khabar on the annotated articles: quality.py [--write] [--floors].

Codes ../shared/gold/dev.jsonl (with outlet and moment of publication, as an archive gives them) and the first
document, ../shared/gold/seed.json (with nothing but its text), scores them by `khabar.scoring`, and prints
the figures as Markdown tables. --write puts them into README.md and docs/measure.md; --floors prints the
floors for tests/quality/floors.toml that these figures allow.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

import khabar
from khabar.coder import Coder
from khabar.scoring import ATTRIBUTES, FIGURES, load_records, score
from readme import ROOT, with_block

Figures = dict[str, dict[str, float | int]]

GOLD = ROOT.parent / "shared" / "gold"
#: File and what of its metadata the program is given.
CORPORA: dict[str, tuple[Path, tuple[str, ...]]] = {
    "dev": (GOLD / "dev.jsonl", ("published", "outlet")),
    "seed": (GOLD / "seed.json", ()),
}
#: F1 of two annotators who worked apart on the same articles.
AGREEMENT = {"event": 0.80, "dyad": 0.87, "statement": 0.91, "time": 0.93}
PAGES = (ROOT / "README.md", ROOT / "docs" / "measure.md")
#: How far under the figure its floor is set: what a harmless change of the tables may move.
SLACK = 0.01

NAMES = {
    "trigger": "trigger: word and type",
    "event": "event: type, actor, recipient",
    "dyad": "dyad: the same, countries only",
    "statement": "statement: words and speaker",
    "time": "time: expression and value",
    "said_by": "who vouches for it",
    "place": "country of the place",
}


def measure(coder: Coder, corpus: str) -> Figures:
    """Figures of a corpus by its name."""
    path, keys = CORPORA[corpus]
    gold = load_records(path)
    predicted = {
        name: msgspec.to_builtins(coder({key: record.get(key) for key in ("id", "text", *keys)}))
        for name, record in gold.items()
    }
    return score(gold, predicted)


def key_figures(figures: Figures) -> dict[str, float]:
    """The one number of each figure: F1, or the share right."""
    return {name: float(values.get("f1", values.get("accuracy", 0.0))) for name, values in figures.items()}


def table(dev: Figures, seed: Figures) -> str:
    """The figures as two Markdown tables."""
    lines = [
        "| figure | dev precision | dev recall | **dev F1** | of | two annotators, F1 | seed F1 | of |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in FIGURES:
        mine, its = dev[name], seed[name]
        agreed = f"{AGREEMENT[name]:.2f}" if name in AGREEMENT else "–"
        lines.append(
            f"| {NAMES[name]} | {mine['precision']:.2f} | {mine['recall']:.2f} | **{mine['f1']:.2f}** "
            f"| {mine['gold']} | {agreed} | {its['f1']:.2f} | {its['gold']} |"
        )
    lines += ["", "| of an event whose trigger is right | dev | of | seed | of |", "|---|---|---|---|---|"]
    for name in ATTRIBUTES:
        mine, its = dev[name], seed[name]
        lines.append(
            f"| {NAMES.get(name, name)} | {mine['accuracy']:.2f} | {mine['of']} "
            f"| {its['accuracy']:.2f} | {its['of']} |"
        )
    return "\n".join(lines)


def floors(measured: Mapping[str, Figures]) -> str:
    """The floors that figures allow, as TOML."""
    lines = []
    for corpus, figures in measured.items():
        lines.append(f"[{corpus}]")
        lines += [f"{name} = {max(0.0, value - SLACK):.3f}" for name, value in key_figures(figures).items()]
        lines.append("")
    return "\n".join(lines).rstrip("\n")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="put the tables into the pages")
    parser.add_argument("--floors", action="store_true", help="print floors instead of the table")
    args = parser.parse_args()
    coder = khabar.load()
    measured: dict[str, Any] = {corpus: measure(coder, corpus) for corpus in CORPORA}
    if args.floors:
        print(floors(measured))
        return
    shown = table(measured["dev"], measured["seed"])
    print(shown)
    if args.write:
        for page in PAGES:
            page.write_text(with_block(page.read_text(encoding="utf-8"), "quality", shown), encoding="utf-8")


if __name__ == "__main__":
    main()
