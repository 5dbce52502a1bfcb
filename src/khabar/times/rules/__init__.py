"""The rules, one module per sort of expression; importing the package registers them all."""

from khabar.times.rules import amounts, clocks, days, feasts, fixed, periods

__all__ = ["amounts", "clocks", "days", "feasts", "fixed", "periods"]
