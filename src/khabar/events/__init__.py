"""The event room: triggers, arguments, factuality, attribution, dates, places, and the scorer behind them."""

from __future__ import annotations

from khabar.events.coding import EventCoder

__all__ = ["EventCoder"]
