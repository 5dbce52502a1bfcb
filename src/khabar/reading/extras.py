"""Libraries that only some inputs need: imported when such an input comes, named where they are missing."""

from __future__ import annotations

import importlib
from typing import Any


class MissingExtraError(RuntimeError):
    """A library of an extra is not installed; the message says what asks for it and how to get it."""


def need(module: str, purpose: str, extra: str = "archive") -> Any:
    """Import a module of an extra.

    Args:
        module: its name.
        purpose: what it is needed for, as the start of a sentence («reading WARC files»).
        extra: the extra of this package that installs it.

    Returns:
        The module, untyped: most of these libraries have no types that would hold here.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(
            f"{purpose} needs {module.split('.', maxsplit=1)[0]}: pip install 'khabar[{extra}]'"
        ) from error
