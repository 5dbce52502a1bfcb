"""Measure the mentions room: measure_mentions.py [GOLD].

Two figures, of ../shared/data/anercorp_train.txt and of annotated articles (../shared/gold/dev.jsonl unless
another file is named):

* names: persons and places of the news found by overlap, one to one, as precision, recall and F1. A person
  is any mention of one; a place any mention of one, be it for its state («موسكو») or as such.
* coverage: of the actors and recipients of annotated events, the share whose code is among those of the
  mentions of the event's sentence or of the sentences before it that a participant is sought in.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from khabar.events.arguments import LOOK_BACK, actor_code
from khabar.events.document import Document
from khabar.mentions.model import Mention
from khabar.rooms import Rooms
from khabar.scoring import Counts, code_of, overlap, pair
from lessons import document_of, read_gold
from quality import CORPORA
from readme import ROOT

NAMES = ROOT.parent / "shared" / "data" / "anercorp_train.txt"
_KINDS = {"PERS": "person", "LOC": "place"}
#: Sentences of the corpus that are read as one text.
_SENTENCES = 40


class Tagged(NamedTuple):
    """A text with its names: kind, start, end."""

    text: str
    names: list[tuple[str, int, int]]


def tagged(path: Path) -> Iterator[Tagged]:
    """The corpus, some sentences a text: a line a word with its tag, blank lines between sentences."""
    words: list[str] = []
    names: list[tuple[str, int, int]] = []
    at = sentences = 0
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        word, _, tag = line.strip().rpartition(" ")
        if not word:
            sentences += 1
            if words and words[-1] != "\n":
                words.append("\n")
                at += 1
            if sentences == _SENTENCES and words:
                yield Tagged("".join(words), names)
                words, names, at, sentences = [], [], 0, 0
            continue
        kind = _KINDS.get(tag[2:])
        end = at + len(word)
        if kind and tag[0] == "B":
            names.append((kind, at, end))
        elif kind and tag[0] == "I" and names and names[-1][2] == at - 1:
            names[-1] = (kind, names[-1][1], end)
        words += [word, " "]
        at = end + 1
    if words:
        yield Tagged("".join(words), names)


def named(rooms: Rooms, texts: Iterable[Tagged]) -> dict[str, Counts]:
    """Counts of persons and of places, by overlap."""
    counts = {kind: Counts() for kind in _KINDS.values()}
    for text, names in texts:
        doc = rooms.document(text)
        for kind, held in counts.items():
            gold = [{"start": s, "end": e} for k, s, e in names if k == kind]
            found = [{"start": m.start, "end": m.end} for m in doc.mentions if _is(m, kind)]
            held.add(len(pair(gold, found, overlap)), len(gold), len(found))
    return counts


def _is(m: Mention, kind: str) -> bool:
    if m.nisba or m.resolved:
        return False
    if kind == "person":
        return m.kind == "person" and bool(m.name)
    return m.kind == "place"


def covered(docs: Iterable[tuple[Document, dict[str, Any]]]) -> Counter[str]:
    """Of participants of annotated events: how many there are and how many a mention has the code of."""
    out: Counter[str] = Counter()
    for doc, gold in docs:
        for event in gold["events"]:
            at = event["trigger"]["start"]
            n = next((v.index for v in doc.views if v.sentence.start <= at < v.sentence.end), None)
            for participant in (*event["actors"], *event["recipients"]):
                code = code_of(participant)
                out["all"] += 1
                for back in range(LOOK_BACK + 1):
                    if n is None or n - back < 0:
                        continue
                    if code in {code_of({"code": actor_code(m)}) for m in doc.views[n - back].mentions}:
                        out[f"{back} back"] += 1
                        break
    return out


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="?", type=Path, default=CORPORA["dev"][0])
    args = parser.parse_args()
    rooms = Rooms()
    if NAMES.exists():
        for kind, held in named(rooms, tagged(NAMES)).items():
            print(f"{kind:10}", "  ".join(f"{k} {v}" for k, v in held.figures().items()))
    counts = covered((document_of(rooms, g), g) for g in read_gold(args.gold))
    total, reached = counts.pop("all"), 0
    for back, number in sorted(counts.items()):
        reached += number
        print(f"coverage, at most {back}: {reached / total:.3f}  of {total}")


if __name__ == "__main__":
    main()
