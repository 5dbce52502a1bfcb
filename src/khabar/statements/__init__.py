"""The statements room: who said what."""

from khabar.statements.finder import StatementFinder
from khabar.statements.model import Statement

__all__ = ["Statement", "StatementFinder"]
