"""Gold records against predicted ones: the figures quality is measured by.

The definitions, each figure as precision, recall and F1, micro-averaged over the corpus:

* trigger: an event of the same type whose trigger overlaps the gold one's, one to one;
* event: per article the set of (type, actor code, recipient code), compound sides expanded, an absent side
  «---», negated events left out; dyad: the same with countries alone;
* statement: a span that shares half of its union with gold's, same speaker, one to one;
* time: a span that shares half of its union with gold's, same value, one to one;

and over the pairs under trigger the share right of mode, factuality, said_by, date, place (country).

Records are plain dictionaries as in docs/record.md, so that anybody's can be scored; only «id», «text»,
«events», «statements» and «times» are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

RecordDict = Mapping[str, Any]

FIGURES = ("trigger", "event", "dyad", "statement", "time")
ATTRIBUTES = ("mode", "factuality", "said_by", "date", "place")
NOBODY = "---"
UNKNOWN = "UNK"
HALF = 0.5

_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_NAME_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "-": " "})


class ScoreError(ValueError):
    """Records that cannot be scored; the message names the file or record."""


class Counts(msgspec.Struct):
    """Hits among gold and predicted.

    Attributes:
        hits: predicted ones that are right.
        gold: how many there are.
        predicted: how many were found.
    """

    hits: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, hits: int, gold: int, predicted: int) -> None:
        """Count another article's."""
        self.hits += hits
        self.gold += gold
        self.predicted += predicted

    def figures(self) -> dict[str, float | int]:
        """Precision, recall and F1 rounded to three digits, and what they are out of."""
        precision = self.hits / self.predicted if self.predicted else 0.0
        recall = self.hits / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if self.hits else 0.0
        return {
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(f1, 3),
            "gold": self.gold,
            "predicted": self.predicted,
        }


def load_records(path: Path) -> dict[str, dict[str, Any]]:
    """Records by id from a JSON or JSONL file, or a folder of them; of two with one id the later stays.

    Raises:
        ScoreError: a file that is none, or a record without an id.
        OSError: a file cannot be read.
    """
    files = sorted(path.rglob("*.json*")) if path.is_dir() else [path]
    records: dict[str, dict[str, Any]] = {}
    for file in files:
        for record in _records_of(file):
            if not isinstance(record, dict) or not isinstance(record.get("id"), str):
                raise ScoreError(f"{file}: a record without an id")
            records[record["id"]] = record
    return records


def _records_of(file: Path) -> list[Any]:
    try:
        raw = file.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError as error:
        raise ScoreError(f"{file}: not UTF-8 at byte {error.start}") from error
    try:
        whole = json.loads(raw)
    except json.JSONDecodeError:
        return [_line(file, number, line) for number, line in enumerate(raw.split("\n"), 1) if line.strip()]
    return whole if isinstance(whole, list) else [whole]


def _line(file: Path, number: int, line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise ScoreError(f"{file}:{number}: no JSON: {error.msg}") from error


def check_texts(gold: Mapping[str, RecordDict], predicted: Mapping[str, RecordDict]) -> None:
    """Make sure that offsets count in the same text on both sides.

    Raises:
        ScoreError: a record whose text differs.
    """
    for name in gold.keys() & predicted.keys():
        mine, theirs = gold[name].get("text"), predicted[name].get("text")
        if mine and theirs and mine != theirs:
            raise ScoreError(
                f"the text of {name} differs between gold and prediction, so offsets cannot be compared"
            )


def score(
    gold: Mapping[str, RecordDict], predicted: Mapping[str, RecordDict]
) -> dict[str, dict[str, float | int]]:
    """All figures. A gold record without a prediction counts as wholly missed; others are not looked at."""
    counts = {name: Counts() for name in FIGURES}
    right = dict.fromkeys(ATTRIBUTES, 0)
    pairs = 0
    for name, record in gold.items():
        other = predicted.get(name, {})
        matched = _score_events(_list(record, "events"), _list(other, "events"), counts)
        pairs += len(matched)
        for mine, theirs in matched:
            for attribute in ATTRIBUTES:
                right[attribute] += _attribute(mine, attribute) == _attribute(theirs, attribute)
        _score_spans(record, other, counts)
    figures = {name: count.figures() for name, count in counts.items()}
    for attribute in ATTRIBUTES:
        accuracy = round(right[attribute] / pairs, 3) if pairs else 0.0
        figures[attribute] = {"accuracy": accuracy, "of": pairs}
    return figures


def _list(record: RecordDict, key: str) -> list[Any]:
    return record.get(key) or []


def _score_events(gold: list[Any], predicted: list[Any], counts: dict[str, Counts]) -> list[tuple[Any, Any]]:
    """Count triggers, events and dyads of an article; returns the pairs of events with one trigger."""
    matched = paired_events(gold, predicted)
    counts["trigger"].add(len(matched), len(gold), len(predicted))
    for figure, parts in (("event", 2), ("dyad", 1)):
        mine, theirs = codes_of(gold, parts), codes_of(predicted, parts)
        counts[figure].add(len(mine & theirs), len(mine), len(theirs))
    return matched


def _score_spans(gold: RecordDict, predicted: RecordDict, counts: dict[str, Counts]) -> None:
    """Count statements and times of an article."""
    for figure, key, same in (
        ("statement", "statements", lambda g, p: same_speaker(g["speaker"], p["speaker"])),
        ("time", "times", lambda g, p: g["value"] == p["value"]),
    ):
        mine, theirs = _list(gold, key), _list(predicted, key)
        fits = _fits(same)
        counts[figure].add(len(pair(mine, theirs, fits)), len(mine), len(theirs))


def _fits(same: Callable[[Any, Any], bool]) -> Callable[[Any, Any], float]:
    def fits(gold: Any, predicted: Any) -> float:
        shared = share(gold, predicted)
        return shared if shared >= HALF and same(gold, predicted) else 0.0

    return fits


def pair(
    gold: Sequence[Any], predicted: Sequence[Any], fits: Callable[[Any, Any], float]
) -> list[tuple[Any, Any]]:
    """Pair one to one, best fit first, of equal fits the later ones; fits of 0 are none."""
    candidates = sorted(
        ((fit, i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted) if (fit := fits(g, p)) > 0),
        reverse=True,
    )
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs = []
    for _, i, j in candidates:
        if i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
            pairs.append((gold[i], predicted[j]))
    return pairs


def paired_events(gold: Sequence[Any], predicted: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Events of one type whose triggers overlap, one to one."""
    return pair(
        gold,
        predicted,
        lambda g, p: overlap(g["trigger"], p["trigger"]) if g["type"] == p["type"] else 0,
    )


def overlap(a: RecordDict, b: RecordDict) -> int:
    """Code points that two spans share."""
    return max(0, int(min(a["end"], b["end"]) - max(a["start"], b["start"])))


def share(a: RecordDict, b: RecordDict) -> float:
    """Shared code points as a share of the union of two spans."""
    shared = overlap(a, b)
    union = (a["end"] - a["start"]) + (b["end"] - b["start"]) - shared
    return shared / union if union else 0.0


def code_of(entity: RecordDict) -> str:
    """Country or body and first sector of a code: «RUS GOV»."""
    return " ".join((entity.get("code") or UNKNOWN).split()[:2])


def codes_of(events: Iterable[RecordDict], parts: int) -> set[tuple[str, str, str]]:
    """(type, actor, recipient) of all events that are not negated, codes cut to `parts` parts."""
    found: set[tuple[str, str, str]] = set()
    for event in events:
        if event["factuality"] == "negated":
            continue
        sides = [
            {" ".join(code_of(entity).split()[:parts]) for entity in _list(event, side)} or {NOBODY}
            for side in ("actors", "recipients")
        ]
        found.update((event["type"], actor, recipient) for actor in sides[0] for recipient in sides[1])
    return found


def same_speaker(gold: RecordDict, predicted: RecordDict) -> bool:
    """The same name (or family name) where gold names one, else the same code."""
    if not gold.get("name"):
        return code_of(gold) == code_of(predicted)
    mine, theirs = bare_name(gold["name"]).split(), bare_name(predicted.get("name") or "").split()
    return bool(theirs) and (mine == theirs or mine[-1:] == theirs[-1:])


def bare_name(name: str) -> str:
    """A name for comparing: no marks, one form of alef, ya and ha, no hyphens."""
    return " ".join(_MARKS.sub("", name).translate(_NAME_LETTERS).split())


def _attribute(event: RecordDict, name: str) -> Any:
    """What is compared of an attribute."""
    if name == "said_by":
        return {code_of(speaker).split()[0] for speaker in _list(event, "said_by")}
    if name == "date":
        return (event.get("date") or "")[:10]
    if name == "place":
        return (event.get("place") or {}).get("country")
    return event.get(name) or None
