"""Mentions: who and where, found, typed, resolved and followed through the text."""

from __future__ import annotations

from khabar.mentions.finder import MentionFinder
from khabar.mentions.model import Mention

__all__ = ["Mention", "MentionFinder"]
