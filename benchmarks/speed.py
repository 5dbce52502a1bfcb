"""Articles and sentences per second on one core, start-up time and memory: speed.py [--articles N].

Reads ../shared/data/articles.jsonl.gz where it is there, else articles made from the project's own examples.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
ARCHIVE = ROOT.parent / "shared" / "data" / "articles.jsonl.gz"
EXAMPLES = ROOT / "examples"
#: Articles coded before the clock starts: a run over an archive spends its life with warm word caches.
WARM_UP = 200


def archive() -> Iterator[dict[str, str]]:
    """Articles of the archive, or of the examples over and over, paragraphs rotated so that they differ."""
    if ARCHIVE.exists():
        with gzip.open(ARCHIVE, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                yield {k: article[k] for k in ("id", "text", "published") if k in article}
        return
    texts = [p.read_text(encoding="utf-8") for p in sorted(EXAMPLES.glob("*.txt"))]
    for n in itertools.count():
        head, *rest = texts[n % len(texts)].split("\n")
        turn = n % max(1, len(rest))
        yield {"id": str(n), "text": "\n".join([head, *rest[turn:], *rest[:turn]]), "published": "2024-05-15"}


def start_up() -> float:
    """Seconds from the start of a process to a loaded coder, the best of five, caches warm."""
    command = [sys.executable, "-c", "import khabar; khabar.load()"]
    subprocess.run(command, check=True)
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run(command, check=True)
        times.append(time.perf_counter() - begun)
    return min(times)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000)
    args = parser.parse_args()
    import khabar  # noqa: PLC0415 - its cost is measured above
    from khabar.coder import as_article  # noqa: PLC0415

    print(f"start-up          {start_up():8.2f} s")
    coder = khabar.load()
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    articles = list(itertools.islice(archive(), WARM_UP + args.articles))
    for article in articles[:WARM_UP]:
        coder(article)
    timed = articles[WARM_UP:]
    # processor time: what else the machine does at the moment is not khabar's cost
    begun = time.process_time()
    events = sum(len(coder(article).events) for article in timed)
    spent = time.process_time() - begun
    sentences: int = sum(len(coder.rooms.analyzer.sentences(as_article(a))) for a in timed[:200])
    per_article = sentences / max(1, len(timed[:200]))
    print(f"articles          {len(timed) / spent:8.1f} /s on one core")
    print(f"sentences         {len(timed) / spent * per_article:8.1f} /s")
    print(f"a mean article    {1000 * spent / len(timed):8.2f} ms, {events / len(timed):.1f} events")
    print(f"memory, loaded    {loaded:8.0f} MB")


if __name__ == "__main__":
    main()
