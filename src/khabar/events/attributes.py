"""Mode, factuality, who vouches, when and where: the choices left once an event has its type and sides."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.events.calendar import Calendar
from khabar.events.dates import Dated, date_candidates
from khabar.events.document import Document
from khabar.events.draft import Draft
from khabar.events.factuality import factuality_candidates
from khabar.events.modes import Means, mode_candidates
from khabar.events.outlook import outlook_features
from khabar.events.places import Scene, Site, place_candidates, site_candidates, sites
from khabar.events.scorer import Features
from khabar.events.vouchers import Voucher, voucher_candidates


class Circumstances:
    """What an article tells of time, place and manner, gathered once for all its events.

    Args:
        doc: the article.
        drafts: its events, in the order of their triggers.
    """

    __slots__ = ("_calendar", "_dated", "_doc", "_means", "_outlooks", "_scene", "_sites")

    def __init__(self, doc: Document, drafts: Sequence[Draft]) -> None:
        self._doc = doc
        self._calendar = Calendar(doc)
        self._dated = Dated(self._calendar, drafts)
        self._means = Means(doc.views, drafts)
        self._outlooks: dict[tuple[int, int], list[str]] = {}
        self._scene = Scene(doc)
        self._sites: dict[int, list[Site]] = {}

    def modes(self, draft: Draft) -> list[tuple[str | None, Features]]:
        """The candidates for an event's mode."""
        return mode_candidates(self._means, draft)

    def factualities(self, draft: Draft) -> list[tuple[str, Features]]:
        """The candidates for its factuality."""
        return factuality_candidates(self._calendar, draft, self._outlook(draft))

    def vouchers(self, draft: Draft) -> list[tuple[Voucher, Features]]:
        """The candidates for who vouches for it."""
        return voucher_candidates(self._doc, draft)

    def dates(self, draft: Draft) -> list[tuple[str | None, Features]]:
        """The candidates for its date."""
        return date_candidates(self._calendar, draft, self._outlook(draft), self._dated)

    def places(self, draft: Draft) -> list[tuple[str, Features]]:
        """The candidates for the country it happened in."""
        return place_candidates(self._scene, draft, self._around(draft))

    def sites(self, draft: Draft, country: str) -> list[tuple[Site | None, Features]]:
        """The candidates for the place in that country."""
        return site_candidates(draft, self._around(draft), country)

    def _outlook(self, draft: Draft) -> list[str]:
        held = self._outlooks.get(draft.at)
        if held is None:
            held = self._outlooks[draft.at] = outlook_features(draft)
        return held

    def _around(self, draft: Draft) -> list[Site]:
        at = draft.view.index
        held = self._sites.get(at)
        if held is None:
            held = self._sites[at] = sites(self._doc, draft)
        return held
