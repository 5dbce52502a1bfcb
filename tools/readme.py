"""Rewrite the blocks of the documentation that a program's output fills: readme.py [--check].

A block stands between `<!-- name -->` and `<!-- /name -->`. This tool fills «example» of README.md with
examples/visit.txt and what `khabar read examples/visit.txt` prints; tools/quality.py fills «quality».
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
ARTICLE = ROOT / "examples" / "visit.txt"
COMMAND = ("read", "examples/visit.txt")


def block(text: str, name: str) -> str:
    """What stands in a block, less the blank lines around it.

    Raises:
        ValueError: the text has no such block, or has it twice.
    """
    return _pattern(text, name)[1].strip("\n")


def with_block(text: str, name: str, content: str) -> str:
    """The text with other content in a block.

    Raises:
        ValueError: the text has no such block, or has it twice.
    """
    match = _pattern(text, name)
    return f"{text[: match.start(1)]}\n\n{content.strip(chr(10))}\n\n{text[match.end(1) :]}"


def _pattern(text: str, name: str) -> re.Match[str]:
    found = list(re.finditer(rf"<!-- {name} -->(.*?)<!-- /{name} -->", text, re.DOTALL))
    if len(found) != 1:
        raise ValueError(f"{len(found)} blocks «{name}»")
    return found[0]


def printed() -> str:
    """What `khabar read examples/visit.txt` prints."""
    command = [sys.executable, "-m", "khabar", *COMMAND]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout


def example() -> str:
    """The content of the block «example»: the article, the command, its output."""
    article = ARTICLE.read_text(encoding="utf-8").strip("\n")
    return (
        f"```text\n{article}\n```\n\n`khabar {' '.join(COMMAND)}` prints:\n\n"
        f"```text\n{printed().strip(chr(10))}\n```"
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the block is stale")
    args = parser.parse_args()
    text = README.read_text(encoding="utf-8")
    new = with_block(text, "example", example())
    if args.check:
        raise SystemExit(int(new != text))
    README.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
