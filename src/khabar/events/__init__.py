"""The event room: triggers, arguments, factuality, attribution, dates, places, and the scorer that decides."""

from __future__ import annotations

from khabar.events.coding import EventCoder

__all__ = ["EventCoder"]
