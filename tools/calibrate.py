"""Make the confidence of events a probability: calibrate.py GOLD… [--weights FOLDER] [--check GOLD].

Codes annotated articles that the weights have not seen and looks how often an event is right that is coded
with so much confidence: the trigger and its type, and all actors and recipients. From that it fits the two
numbers that turn the product of the choices' probabilities into the share that is right (Platt 1999) and
writes them to src/khabar/events/weights/confidence.tsv. Prints the expected calibration error, before and
after, over ten bins of equal width; with --check also on other articles.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np
from scipy.optimize import minimize

from fit import write
from khabar import tables
from khabar.events.coding import EventCoder
from khabar.events.scorer import EDGE, WEIGHTS, Decision, calibrated
from khabar.rooms import Rooms
from khabar.scoring import code_of, paired_events
from lessons import Gold, document_of, read_gold

BINS = 10

#: Confidence of an event, and whether it is right.
Judged = tuple[float, bool]


def judged(rooms: Rooms, coder: EventCoder, articles: Iterable[Gold]) -> list[Judged]:
    """Each event that is coded in annotated articles, with its confidence and whether it is there."""
    out: list[Judged] = []
    for gold in articles:
        found = msgspec.to_builtins(coder.code_document(document_of(rooms, gold)))
        pairs = paired_events(gold["events"], found)
        right = {
            id(p) for g, p in pairs if all(_codes(g, s) == _codes(p, s) for s in ("actors", "recipients"))
        }
        out += [(p["confidence"], id(p) in right) for p in found]
    return out


def _codes(event: Gold, side: str) -> set[str]:
    return {code_of(x) for x in event[side]}


def error(held: Iterable[Judged]) -> float:
    """Expected calibration error: the mean distance of confidence and share right, by bins."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for p, right in held:
        bins[min(BINS - 1, int(p * BINS))].append((p, right))
    total = sum(map(len, bins))
    return sum(abs(sum(p for p, _ in b) - sum(right for _, right in b)) for b in bins) / max(1, total)


def fitted(held: list[Judged]) -> tuple[float, float]:
    """Slope and offset of the log-odds at which what is coded is likeliest right as often as it is."""
    p = np.clip(np.array([p for p, _ in held]), EDGE, 1 - EDGE)
    x = np.log(p / (1 - p))
    y = np.array([right for _, right in held], dtype=float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = w[0] * x + w[1]
        sure = 1 / (1 + np.exp(-z))
        value = float((np.logaddexp(0, z) - y * z).sum())
        return value, np.array([((sure - y) * x).sum(), (sure - y).sum()])

    found = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B")
    return float(found.x[0]), float(found.x[1])


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--check", type=Path)
    args = parser.parse_args()
    rooms = Rooms()
    plain = {n: Decision(n, t) for n, t in tables.weights(args.weights).items() if n != "confidence"}
    coder = EventCoder(rooms.knowledge, weights=plain)
    held = judged(rooms, coder, [g for path in args.gold for g in read_gold(path)])
    slope, offset = fitted(held)

    def told(some: list[Judged]) -> str:
        after = [(calibrated(p, slope, offset), right) for p, right in some]
        return f"{len(some)} events, error {error(some):.3f} -> {error(after):.3f}"

    print(f"slope {slope:.3f} offset {offset:.3f}: {told(held)}")
    if args.check:
        print("elsewhere:", told(judged(rooms, coder, read_gold(args.check))))
    meaning = "of the log-odds of an event's confidence, so that it is right as often as it says"
    write({"confidence": {"slope": slope, "offset": offset}}, args.out, meaning, "tools/calibrate.py")


if __name__ == "__main__":
    main()
