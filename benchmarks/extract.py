"""What extracting a page costs against coding its article: extract.py [--pages FOLDER] [--rounds N].

In one run on one core, page by page: trafilatura as it comes (without and with its metadata), khabar's
reading of the page (which includes trafilatura), and khabar's coding of the article found. Reads
../shared/pages where it is there, else pages made from the project's own examples.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import trafilatura

import khabar
from khabar.reading import page
from khabar.reading.items import InputOptions, Item

ROOT = Path(__file__).parent.parent
PAGES = ROOT.parent / "shared" / "pages"
EXAMPLES = ROOT / "examples"
#: Links to other stories in a made page: newsrooms' pages are furniture for the greater part.
LINKS = 300


def pages(folder: Path) -> dict[str, bytes]:
    """Pages by name: of the folder, or made from the examples where it has none."""
    found = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.html"))}
    return found or {
        path.stem: made(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*.txt"))
    }


def made(text: str) -> bytes:
    """A page with an example as its article."""
    title, *rest = [line for line in text.split("\n") if line.strip()]
    links = "".join(f'<li class="card"><a href="/{n}"><b>خبر آخر رقم {n}</b></a></li>' for n in range(LINKS))
    body = "".join(f"<p>{line}</p>" for line in rest)
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<nav><ul>{links}</ul></nav><article><h1>{title}</h1>{body}</article><ul>{links}</ul></body></html>"
    ).encode()


def milliseconds(work: Callable[[], Any], rounds: int) -> float:
    """Processor time of one call, the median of some; the first warms up."""
    work()
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return 1000 * statistics.median(times)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, default=PAGES)
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    coder = khabar.load()
    options = InputOptions()
    totals = [0.0, 0.0, 0.0, 0.0]
    measured = 0
    print(f"{'page':<24}{'trafilatura':>13}{'+ metadata':>13}{'khabar read':>13}{'khabar code':>13}   ms")
    for name, data in pages(args.pages).items():
        item = page.read(data, name, options)
        if not isinstance(item, Item):
            print(f"{name:<24}{item.reason}")
            continue
        works: tuple[Callable[[], Any], ...] = (
            lambda data=data: trafilatura.bare_extraction(data, with_metadata=False),  # type: ignore[misc]
            lambda data=data: trafilatura.bare_extraction(data, with_metadata=True),  # type: ignore[misc]
            lambda data=data, name=name: page.read(data, name, options),  # type: ignore[misc]
            lambda item=item: coder(item),  # type: ignore[misc]
        )
        times = [milliseconds(work, args.rounds) for work in works]
        totals = [total + spent for total, spent in zip(totals, times, strict=True)]
        measured += 1
        print(f"{name:<24}" + "".join(f"{spent:13.1f}" for spent in times))
    if measured:
        extracted, _, read, coded = (total / measured for total in totals)
        print(f"{'a mean page':<24}" + "".join(f"{total / measured:13.1f}" for total in totals))
        print(
            f"coding costs {coded / extracted:.2f} of trafilatura's extracting, {coded / read:.2f} of reading"
        )


if __name__ == "__main__":
    main()
