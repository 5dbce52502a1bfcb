"""khabar (خبر): who did what to whom, when, where, and who says so, from Arabic news."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from khabar.coder import Coder

__all__ = ["__version__", "load"]

__version__ = "0.1.0"


def load(*extra_tables: Path) -> Coder:
    """Load the tables and weights.

    Args:
        extra_tables: folders of your own tables, read beside ours and before them where ids agree.

    Returns:
        A coder: call it with an article, or `pipe` many through it.

    Raises:
        ValueError: a table is malformed.
        OSError: a table cannot be read.
    """
    from khabar.coder import Coder  # noqa: PLC0415 - so that `import khabar` costs nothing

    return Coder(*extra_tables)
