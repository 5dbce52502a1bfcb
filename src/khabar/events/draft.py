"""An event under way: what is known of it before its attributes are decided."""

from __future__ import annotations

import msgspec

from khabar.events.arguments import Filler
from khabar.events.candidates import Candidate
from khabar.events.codebook import Entry
from khabar.events.context import View


class Draft(msgspec.Struct, frozen=True):
    """An event's trigger, type and sides.

    Attributes:
        view: its sentence.
        cand: its trigger.
        entry: the entry of the codebook that proposed it, and with it its type.
        actors: who did it; a single `NOBODY` for none.
        recipients: to whom; likewise.
    """

    view: View
    cand: Candidate
    entry: Entry
    actors: tuple[Filler, ...]
    recipients: tuple[Filler, ...]

    @property
    def at(self) -> tuple[int, int]:
        """Sentence and token of its trigger: its place in the article."""
        return self.view.index, self.cand.first

    @property
    def sides(self) -> tuple[frozenset[str], frozenset[str]]:
        """The codes of its actors and of its recipients: with the type, what tells one act from another."""
        return frozenset(f.code for f in self.actors), frozenset(f.code for f in self.recipients)
