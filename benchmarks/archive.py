"""Rate and memory of a run over an archive: archive.py [--articles N] [--processes 1 2] [--batch MB].

Codes ../shared/data/articles.jsonl.gz, over and over with changed ids until there are N articles, into a
dataset with each number of processes, and prints for each the rate, the ratio to the first, and the peak
memory of the whole process tree. On a machine that others use at the same time, the processor's share of
the run (last columns) tells how far the rate can be trusted: `ms/article` is processor time and is not
affected by them.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from speed import archive  # beside this file

ROOT = Path(__file__).parent.parent
_TICK = os.sysconf("SC_CLK_TCK")


def articles(number: int) -> Iterator[dict[str, str]]:
    """So many articles, all different by their ids."""
    made = 0
    for turn in itertools.count():
        for article in archive():
            if made == number:
                return
            made += 1
            yield {**article, "id": f"{turn}-{article['id']}"}


class Watch(threading.Thread):
    """Follows the memory and processor time of a process and all below it."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root = root
        self._spent: dict[int, float] = {}
        self.peak = 0.0
        self.peaks: list[float] = []
        self.done = threading.Event()

    def run(self) -> None:
        """Look four times a second."""
        begun = time.monotonic()
        while not self.done.wait(0.25):
            now = sum(map(self._look, _tree(self._root)))
            self.peak = max(self.peak, now)
            minute = int((time.monotonic() - begun) / 60)
            self.peaks += [0.0] * (minute + 1 - len(self.peaks))
            self.peaks[minute] = max(self.peaks[minute], now)

    def _look(self, process: int) -> float:
        """Megabytes of a process, shared ones by their share."""
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            self._spent[process] = (int(fields[11]) + int(fields[12])) / _TICK
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    return int(line.split()[1]) / 1024
        except OSError:
            pass
        return 0.0

    @property
    def spent(self) -> float:
        """Seconds of processor time."""
        return sum(self._spent.values())


def _tree(root: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, front = [], [root]
    while front:
        process = front.pop()
        found.append(process)
        front += parents.get(process, [])
    return found


def measure(source: Path, target: Path, processes: int, batch: float, runner: str) -> tuple[float, Watch]:
    """Seconds of a run and what was seen of it."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "khabar", "code", str(source), "-o", str(target)]
    command += ["--processes", str(processes), "--batch", str(batch), "--runner", runner]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}) as run:
        watch = Watch(run.pid)
        watch.start()
        if run.wait() != 0:
            raise SystemExit(f"the run failed: {run.returncode}")
        watch.done.set()
    watch.join()
    return time.perf_counter() - begun, watch


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=12_000)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--batch", type=float, default=16)
    parser.add_argument("--runner", default="native")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="khabar-bench-") as name:
        folder = Path(name)
        source = folder / "articles.jsonl.gz"
        with gzip.open(source, "wt", compresslevel=1, encoding="utf-8") as out:
            for article in articles(args.articles):
                out.write(json.dumps(article, ensure_ascii=False) + "\n")
        first = 0.0
        for processes in args.processes:
            target = folder / f"dataset-{processes}"
            seconds, watch = measure(source, target, processes, args.batch, args.runner)
            rate = args.articles / seconds
            first = first or rate
            size = sum(p.stat().st_size for p in target.rglob("*.parquet")) / (1 << 20)
            print(
                f"{processes} processes  {args.articles:,} articles  {seconds:7.1f} s  {rate:7.1f} /s  "
                f"x{rate / first:.2f}  peak {watch.peak:,.0f} MB  dataset {size:,.0f} MB  "
                f"{1000 * watch.spent / args.articles:.2f} ms/article  "
                f"{watch.spent / seconds:.2f} processors in use",
                flush=True,
            )
            print(f"  peak of each minute, MB: {' '.join(f'{p:,.0f}' for p in watch.peaks)}", flush=True)
            shutil.rmtree(target)


if __name__ == "__main__":
    main()
