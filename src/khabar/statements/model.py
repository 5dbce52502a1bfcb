"""Who said what: what the statements room hands on."""

from __future__ import annotations

from typing import Literal

import msgspec

from khabar.mentions.model import Mention


class Statement(msgspec.Struct, frozen=True):
    """Words attributed to a speaker.

    Attributes:
        start: first code point of the words said, without marks of quotation and without إن/أن.
        end: one past the last.
        kind: direct or indirect.
        speaker: the mention that speaks, or None for an unresolved one.
        speaker_start: offset of the speaker's words where they stand beside this statement, or -1 for a
            speaker taken from elsewhere (dropped subject, heading).
        speaker_end: one past their end, or -1.
        cue: (start, end) of the reporting word («قال»), or (-1, -1).
        verb: lemma of the reporting word, or "".
        rule: id of the rule.
    """

    start: int
    end: int
    kind: Literal["direct", "indirect"]
    speaker: Mention | None
    speaker_start: int
    speaker_end: int
    cue: tuple[int, int]
    verb: str
    rule: str
