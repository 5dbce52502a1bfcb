"""The times room: when the text says things happened."""

from khabar.times.finder import TimeFinder
from khabar.times.model import Time

__all__ = ["Time", "TimeFinder"]
