"""The rules, one module per sort of expression; importing the package registers them all."""

from khabar.times.rules import (
    amounts,
    clocks,
    dates,
    edges,
    eras,
    feasts,
    fixed,
    parts,
    periods,
    weekdays,
    years,
)

__all__ = [
    "amounts",
    "clocks",
    "dates",
    "edges",
    "eras",
    "feasts",
    "fixed",
    "parts",
    "periods",
    "weekdays",
    "years",
]
