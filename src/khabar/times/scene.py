"""Where an expression stands: the day of publication, what was dated before it, what its clause tells."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from khabar.times import calendar
from khabar.times.line import Line

_REACH: Final = 14
"""Tokens of the clause that are searched backwards for the verb an expression belongs to."""
_KANA_REACH: Final = 7
"""Tokens before a future verb that are searched for «كان», which puts that future into the past."""
_LATE_HOUR: Final = 20
"""UTC hour from which the newsrooms of the Gulf (UTC+4) date their news to the next day."""
_SOON_DAYS: Final = 95
"""A day without a year that far ahead is nearer than the one nine months back, and meant."""
_SOON_ANYWAY: Final = 60
"""A day at most that far ahead is meant even after a past verb: of one a year back, the year is told."""
_SOON_MONTHS: Final = 3
"""The same for a month."""
_HEAD: Final = 3
"""An expression among the first tokens of a sentence takes its outlook from the verb after it."""
_AHEAD: Final = 8
_ENDS: Final = 9
_SAME_STORY: Final = 3
"""Years back to which a month named with its year lends that year to a later mention without one."""
_IMPERFECT: Final = frozenset("يتن")
_OPENING: Final = frozenset({"«"})
_CLOSING: Final = frozenset({"»"})
_STOPS: Final = frozenset({".", "؛", "!", "؟", "..."})


def _is_future(norm: str, proclitics: tuple[str, ...]) -> bool:
    """Whether a future reading is written with س and a letter of the imperfect other than alef («ساجد»)."""
    return norm[len(proclitics) : len(proclitics) + 1] in _IMPERFECT


class Memory:
    """What an article has dated so far.

    Attributes:
        year: the year last written out, or None.
        year_sentence: index of the sentence in which it was.
        months: for each month that was named with its year, that year.
        day: the last day named, or None.
        day_sentence: index of the sentence in which it was named.
        last: the last date of any size, "" for none.
        sentence: index of its sentence.
    """

    __slots__ = ("day", "day_sentence", "last", "months", "sentence", "year", "year_sentence")

    def __init__(self) -> None:
        self.year: int | None = None
        self.year_sentence = -1
        self.months: dict[int, int] = {}
        self.day: str | None = None
        self.day_sentence = -1
        self.last = ""
        self.sentence = -1

    def note(self, value: str, sentence: int, *, explicit: bool) -> None:
        """Remember a value that was found.

        Args:
            value: TIMEX3 value.
            sentence: index of its sentence.
            explicit: its year was written out.
        """
        if not value[:4].isdigit() or value[4:5] not in {"", "-"}:
            return
        self.last, self.sentence = value, sentence
        if explicit:
            self.year, self.year_sentence = int(value[:4]), sentence
            if value[5:7].isdigit():
                self.months[int(value[5:7])] = self.year
        if len(value) >= 10 and value[8:10].isdigit():
            self.day, self.day_sentence = value[:10], sentence


class Scene:
    """A line in its article.

    Attributes:
        line: the tokens and marks.
        index: index of the sentence, -1 in a stamp.
        today: day of publication (UTC), or None when it is not known.
        hour: hour of publication (UTC), 0 when only the day is known.
        memory: what was dated before.
        title: the sentence is the headline.
    """

    __slots__ = ("hour", "index", "line", "memory", "title", "today")

    def __init__(
        self, line: Line, index: int, published: datetime | None, memory: Memory, *, title: bool = False
    ) -> None:
        self.title = title
        self.line = line
        self.index = index
        self.today: date | None = published.date() if published else None
        self.hour = published.hour if published else 0
        self.memory = memory

    def outlook(self, i: int) -> int:
        """Which way the clause of token i looks.

        2 ahead, 1 ahead as seen from the past («كان سيعقد»), 0 it does not tell, -1 back. The nearest
        finite verb or word of cues.tsv before the token decides; at the head of a sentence the one after it.
        """
        for j in range(i - 1, max(-1, i - 1 - _REACH), -1):
            told = self._told(j)
            if told == _ENDS:
                return 0
            if told:
                return 1 if told == 2 and self._was(j) else told
        if i > _HEAD:
            return 0
        ahead = (self._told(j) for j in range(i + 1, min(self.line.size, i + 1 + _AHEAD)))
        told = next((told for told in ahead if told), 0)
        return 0 if told == _ENDS else told

    def _told(self, j: int) -> int:
        """What one token tells of its clause: 2 ahead, -1 back, 0 nothing, `_ENDS` where a sentence ends."""
        line = self.line
        word = line.tokens[j].word
        if word.kind == "punct":
            return _ENDS if word.norm in _STOPS else 0
        if line.mark(j, "cue.future") or ((rel := line.plain(j, "rel")) and rel.value == "1"):
            return 2
        if line.mark(j, "cue.past"):
            return -1
        if not word.verbs or word.article:
            return 0
        first = word.verbs[0]
        if first.future and _is_future(word.norm, first.proclitics):
            return 2
        if first.tense == "present" and self.title and not word.nouns:
            return 2  # «يلتقيان الجمعة»: a headline has no past in the present tense but today's
        # «عقدها» after a preposition is the noun
        noun = word.nouns and (first.pronoun or line.mark(j - 1, "prep"))
        return -1 if first.tense == "past" and not noun else 0

    def _was(self, i: int) -> bool:
        return any(self.line.mark(j, "cue.was") for j in range(max(0, i - _KANA_REACH), i))

    def weekday(self, i: int, number: int, direction: int | None) -> str:
        """Value of a weekday.

        Args:
            i: its token.
            number: ISO number.
            direction: -1 with «الماضي», 0 with «الجاري», 1 with «المقبل», None with nothing.
        """
        if self.today is None:
            return f"XXXX-WXX-{number}"
        if direction is None:
            ahead = self.outlook(i) == 2
            tomorrow = self.today + timedelta(days=1)
            if not ahead and self.hour >= _LATE_HOUR and tomorrow.isoweekday() == number:
                return tomorrow.isoformat()
            direction = 2 if ahead else 0
        return calendar.weekday(self.today, number, direction).isoformat()

    def month_day(self, i: int, month: int, day: int, direction: int | None) -> str:
        """Value of a day of a month without a year; see `weekday`. "" for no valid day."""
        if self.today is None:
            return f"XXXX-{month:02d}-{day:02d}"
        year = self.memory.months.get(month) if direction is None else None
        if year is not None and self.today.year - year <= _SAME_STORY:
            when = calendar.day(year, month, day)
            return when.isoformat() if when else ""
        here = calendar.day(self.today.year, month, day)
        if here is None:
            return ""
        ahead = (here - self.today).days
        near = 0 < ahead <= _SOON_ANYWAY and direction is None and not self.line.mark(i - 1, "since")
        by = 0 if near else self._year_of(i, ahead, direction, _SOON_DAYS)
        when = calendar.day(self.today.year + by, month, day)
        return when.isoformat() if when else ""

    def month(self, i: int, month: int, direction: int | None) -> str:
        """Value of a month without a year; see `weekday`."""
        if self.today is None:
            return f"XXXX-{month:02d}"
        by = self._year_of(i, month - self.today.month, direction, _SOON_MONTHS)
        return calendar.month(self.today.year + by, month)

    def _year_of(self, i: int, ahead: int, direction: int | None, soon: int) -> int:
        """Years from this one to the one meant, for a day or month `ahead` of today's (in days or months)."""
        if direction == -1:
            return 0 if ahead < 0 else -1
        if direction == 1:
            return 0 if ahead > 0 else 1
        if direction == 0 or ahead == 0:
            return 0
        if ahead < 0:
            return 1 if -ahead > soon and self.outlook(i) == 2 else 0
        told = self.outlook(i)
        if self.line.mark(i - 1, "since"):
            return -1
        before = i - 2 if self.line.mark(i - 1, "edge") else i - 1
        near = ahead <= soon and (told == 0 or bool(self.line.mark(before, "cue.future.near")))
        near = near or bool(self.line.mark(before, "to"))  # «حتى 15 يوليو»
        return 0 if near or told > 0 else -1

    def shift(self, unit: str, by: int) -> str:
        """Value of the unit `by` after the present one, "" when the day of publication is not known."""
        return calendar.shift(self.today, unit, by) if self.today else ""

    def now(self, i: int) -> date | None:
        """The day that «اليوم» at token i means: in a quotation the day before, when it was spoken then."""
        if self.today is None or self.memory.day is None or self.index - self.memory.day_sentence > 1:
            return self.today
        yesterday = self.today - timedelta(days=1)
        if self.memory.day != yesterday.isoformat():
            return self.today
        opened = sum(self.line.norm(j) in _OPENING for j in range(i))
        closed = sum(self.line.norm(j) in _CLOSING for j in range(i))
        straight = sum(self.line.norm(j) == '"' for j in range(i))
        return yesterday if opened > closed or straight % 2 else self.today

    def anchor(self, reach: int = 0) -> str:
        """The day that a part of day or a clock time belongs to.

        The last one named in this sentence or up to `reach` before it, else that of publication; ""
        when nothing is known.
        """
        memory = self.memory
        if memory.day is not None and self.index - memory.day_sentence <= reach:
            return memory.day
        return self.today.isoformat() if self.today else ""
