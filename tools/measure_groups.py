"""Measure `khabar group` on pairs judged by hand: measure_groups.py [--dataset DIR].

tests/quality/event_pairs.tsv names pairs of records from articles of ../shared/data/articles.jsonl.gz and
says of each whether both tell the same event. The articles of those days are coded and grouped (or DIR is
taken, where that was done before), and the pairs found in one group are compared with those judged to be one
event.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from khabar.corpus.dataset import Dataset
from khabar.corpus.query import ask, connect
from readme import ROOT

ARTICLES = ROOT.parent / "shared" / "data" / "articles.jsonl.gz"
PAIRS = ROOT / "tests" / "quality" / "event_pairs.tsv"
DAYS = ("2018-05-06", "2018-05-16")
NEAR = 10
"""Code points."""
HALVES = ("the half to learn from", "the half to measure on", "all")

Key = tuple[str, int, str]


class Pair(NamedTuple):
    """Two records, each by article, offset of the trigger and type; the verdict; and the half it is in."""

    a: Key
    b: Key
    same: bool
    half: str


def near(key: Key, groups: Mapping[Key, str]) -> Key:
    """The record that is meant: a trigger may begin a word earlier or later than when it was judged."""
    article, start, kind = key
    places = sorted(range(start - NEAR, start + NEAR + 1), key=lambda place: abs(place - start))
    return next((found for place in places if (found := (article, place, kind)) in groups), key)


def judged() -> Iterator[Pair]:
    """The judged pairs."""
    lines = [line for line in PAIRS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for line in lines[1:]:
        a, a_trigger, b, b_trigger, kind, same = line.split("\t")
        # by its own bytes, so that pairs may be added
        half = hashlib.blake2b(line.rpartition("\t")[0].encode(), digest_size=1).digest()[0] % 2
        keys = (a, int(a_trigger), kind), (b, int(b_trigger), kind)
        yield Pair(*keys, same == "yes", HALVES[half])


def grouped(dataset: Path) -> dict[Key, str]:
    """The group of each record of a dataset."""
    sql = """
        SELECT a.id, e.trigger.start, e.type, g.id
        FROM (SELECT id, unnest(sources) AS s FROM event_groups) g
        JOIN events e ON e.article = g.s.article AND e.number = g.s.number
        JOIN articles a ON a.article = e.article"""
    rows = ask(connect(Dataset(dataset)), sql).fetchall()
    return {(article, start, kind): group for article, start, kind, group in rows}


def make(dataset: Path) -> None:
    """Code and group the articles of the days."""
    source = dataset.with_name("days.jsonl")
    with gzip.open(ARTICLES) as given, source.open("wb") as taken:
        for line in given:
            if DAYS[0] <= msgspec.json.decode(line)["published"][:10] <= DAYS[1]:
                taken.write(line)
    khabar = [sys.executable, "-m", "khabar"]
    subprocess.run([*khabar, "code", str(source), "-o", str(dataset)], check=True)
    subprocess.run([*khabar, "group", str(dataset)], check=True)


def figures(pairs: Iterable[Pair], groups: dict[Key, str]) -> str:
    """A row of the table: pairs, of them judged one event, precision, recall, F1."""
    told = [(groups[p.a] == groups[p.b], p.same) for p in pairs]
    hits = sum(found and same for found, same in told)
    found, same = sum(f for f, _ in told), sum(s for _, s in told)
    f1 = 2 * hits / max(1, found + same)
    return f"{len(told)} | {same} | {hits / max(1, found):.2f} | {hits / max(1, same):.2f} | {f1:.2f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--dataset", type=Path, help="articles of these days, coded and grouped")
    given = parser.parse_args().dataset
    if given is None and not ARTICLES.exists():
        raise SystemExit(f"{ARTICLES} is not there")
    with tempfile.TemporaryDirectory() as folder:
        dataset = given or Path(folder) / "dataset"
        if given is None:
            make(dataset)
        groups = grouped(dataset)
    pairs = list(judged())
    found = [Pair(near(pair.a, groups), near(pair.b, groups), pair.same, pair.half) for pair in pairs]
    coded = [pair for pair in found if pair.a in groups and pair.b in groups]
    print(f"{len(coded)} of {len(pairs)} pairs have both records coded\n")
    print("| | pairs | same event | precision | recall | F1 |\n|---|---|---|---|---|---|")
    for half in HALVES:
        some = [pair for pair in coded if half == HALVES[2] or half == pair.half]
        print(f"| {half} | {figures(some, groups)} |")


if __name__ == "__main__":
    main()
