"""Annotated articles without their words: gold.py strip FULL… OUT | restore OUT ARTICLES….

training/gold/ keeps of an annotated article its id, offsets, codes and names; the words are their
publishers'. `strip` takes them out of full records, as tools/annotate.py of the shared folder writes them;
`restore` prints full records again, with the texts of the articles (JSONL or JSONL.gz with `id` and `text`).
Training does the same by itself where ../shared is there.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Gold = dict[str, Any]

ROOT = Path(__file__).parent.parent
#: Where the articles of training/gold/ are found.
ARTICLES = ROOT.parent / "shared" / "data" / "articles.jsonl.gz"
ROLES = ("actors", "recipients", "said_by")


def strip(record: Gold) -> Gold:
    """A record without words: where a participant or a place is named, its offsets stand in their stead."""
    text = record["text"]
    out = {k: record[k] for k in ("id", "outlet", "published") if k in record}
    out["events"] = [_bare_event(text, e) for e in record["events"]]
    out["statements"] = [
        _without(s) | {"speaker": _placed(text, s["speaker"], s["start"])} for s in record["statements"]
    ]
    out["times"] = [_without(t) for t in record["times"]]
    return out


def restore(record: Gold, text: str) -> Gold:
    """A record with the words of its article at all its offsets."""

    def worded(part: Gold | None) -> Gold | None:
        if part is None or "start" not in part:
            return part
        return part | {"text": text[part["start"] : part["end"]]}

    events = [
        e
        | {role: [worded(p) for p in e[role]] for role in ROLES}
        | {"trigger": worded(e["trigger"]), "place": worded(e["place"])}
        for e in record["events"]
    ]
    statements = [(worded(s) or s) | {"speaker": worded(s["speaker"])} for s in record["statements"]]
    times = [worded(t) for t in record["times"]]
    return record | {"text": text, "events": events, "statements": statements, "times": times}


def with_texts(records: Iterable[Gold], articles: Path = ARTICLES) -> list[Gold]:
    """Full records of those that have lost their words.

    Raises:
        FileNotFoundError: the articles are not there.
        KeyError: an article is not among them.
    """
    held = list(records)
    wanted = {r["id"] for r in held if "text" not in r}
    if not wanted:
        return held
    texts = {a["id"]: a["text"] for a in _lines(articles) if a["id"] in wanted}
    return [r if "text" in r else restore(r, texts[r["id"]]) for r in held]


def _lines(path: Path) -> Iterator[Gold]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
        return
    with path.open(encoding="utf-8") as plain:
        yield from map(json.loads, plain)


def _bare_event(text: str, event: Gold) -> Gold:
    at = event["trigger"]["start"]
    out = {k: v for k, v in event.items() if k not in (*ROLES, "trigger", "place")}
    out["trigger"] = _without(event["trigger"])
    for role in ROLES:
        out[role] = [_placed(text, p, at) for p in event[role]]
    out["place"] = None if event["place"] is None else _placed(text, event["place"], at)
    return out


def _placed(text: str, part: Gold, near: int) -> Gold:
    """A participant or place by the offsets of its words that lie nearest to a trigger or statement."""
    words = part.get("text")
    out = _without(part)
    if words:
        starts = []
        at = text.find(words)
        while at >= 0:
            starts.append(at)
            at = text.find(words, at + 1)
        if starts:
            start = min(starts, key=lambda s: abs(s - near))
            out |= {"start": start, "end": start + len(words)}
    return out


def _without(part: Gold) -> Gold:
    return {k: v for k, v in part.items() if k != "text"}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("strip", "restore"))
    parser.add_argument("files", nargs="+", type=Path)
    args = parser.parse_args()
    if args.command == "strip":
        *full, out = args.files
        with out.open("w", encoding="utf-8") as file:
            for path in full:
                for record in _lines(path):
                    file.write(json.dumps(strip(record), ensure_ascii=False) + "\n")
        return
    bare, *articles = args.files
    for record in with_texts(_lines(bare), *articles[:1]):
        print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
