"""Measure events on single sentences: measure_sentences.py [SENTENCES].

Reads ../shared/data/event_sentences.jsonl (openeventdata/arabic_event_gsr): sentences that people judged to
tell an ASSAULT or a PROTEST, or not («easy no», «difficult no»), some with the words of actor and target as
several annotators marked them. Prints

* detection: a sentence counts as found when khabar codes an event of the type in it that is not negated;
  precision, recall and F1 of «yes» against both sorts of no. What the annotators call ambiguous is left out;
* sides: of the annotated sentences that tell an event, the share with an event of the type whose actor and
  target are both those of one annotator: by a word they share, or nobody on either.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import khabar
from khabar.language import normalise
from khabar.record import Event, Participant
from khabar.scoring import Counts
from readme import ROOT

SENTENCES = ROOT.parent / "shared" / "data" / "event_sentences.jsonl"
_NOISE = frozenset(("،", "«", "»", "»."))
_SHORT = 3


def coded(sentences: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], tuple[Event, ...]]]:
    """Each sentence with the events of its type that khabar finds in it."""
    coder = khabar.load()
    for sentence in sentences:
        record = coder({"text": sentence["text"]})
        yield (
            sentence,
            tuple(e for e in record.events if e.type == sentence["type"] and e.factuality != "negated"),
        )


def stems(words: Iterable[str]) -> frozenset[str]:
    """Words for comparing: normal form, less conjunctions, prepositions and article."""
    out = set()
    for word in words:
        for part in normalise(word).split():
            bare = part
            for clitic in ("و", "ف", "ب", "ل", "ك", "ال", "لل"):
                if bare.startswith(clitic) and len(bare) - len(clitic) >= _SHORT:
                    bare = bare[len(clitic) :]
            if part not in _NOISE:
                out |= {part, bare}
    return frozenset(out)


def same_side(found: Sequence[Participant], marked: Sequence[str]) -> bool:
    """Whether the participants found are those marked: a word in common, or nobody named on either."""
    words = stems(w for p in found for w in p.text.split())
    gold = stems(marked)
    return bool(words & gold) if gold else not words


def measure(sentences: Iterable[dict[str, Any]]) -> tuple[Counts, int, int]:
    """Detection; how many sentences are annotated, and in how many type and both sides are right."""
    detection = Counts()
    annotated = right = 0
    for sentence, events in coded(sentences):
        if sentence["label"] == "ambiguous":
            continue
        yes = sentence["label"] == "yes"
        detection.add(int(yes and bool(events)), int(yes), int(bool(events)))
        if yes and sentence["spans"]:
            annotated += 1
            right += any(
                same_side(event.actors, span["source_actor"])
                and same_side(event.recipients, span["target_actor"])
                for event in events
                for span in sentence["spans"]
            )
    return detection, annotated, right


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sentences", nargs="?", type=Path, default=SENTENCES)
    args = parser.parse_args()
    lines = args.sentences.read_text(encoding="utf-8").splitlines()
    detection, annotated, right = measure(map(json.loads, lines))
    print("detection", "  ".join(f"{k} {v}" for k, v in detection.figures().items()))
    print(f"type and both sides  {right / max(1, annotated):.3f}  of {annotated}")


if __name__ == "__main__":
    main()
