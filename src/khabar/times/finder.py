"""The times of an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from khabar.language.model import Sentence, Token
from khabar.reading.article import Article
from khabar.times import rules
from khabar.times.line import Line
from khabar.times.model import Time
from khabar.times.rule import RULES, Found, Reader
from khabar.times.scene import Memory, Scene
from khabar.times.stamps import stamp_lines
from khabar.times.vocabulary import Vocabulary, vocabulary

_ = rules  # importing the package registers the rules

_UNDATED: Final = frozenset({"DURATION", "SET"})


class TimeFinder:
    """Finds expressions of time and resolves them against the day of publication.

    The day of publication is that of `Article.published` in UTC; the weekday that an article names
    beside «اليوم» corrects it, and after 20:00 UTC the weekday of the next day is that day (Gulf
    newsrooms are four hours ahead). Without `published`, what is relative has the part of a value that
    the words alone tell («XXXX-WXX-3», «XXXX-06»), and is left out where they tell none.
    """

    def __init__(self, words: Vocabulary | None = None) -> None:
        self._words = words or vocabulary()
        self._rules: dict[str, tuple[tuple[str, Reader], ...]] = {}
        for rule in RULES:
            for kind in rule.starts:
                self._rules[kind] = (*self._rules.get(kind, ()), (rule.id, rule.read))

    def find(self, article: Article, sentences: Sequence[Sentence]) -> tuple[Time, ...]:
        """The times of an article, in the order of the text.

        Args:
            article: the article; its stamps give times with sentence -1.
            sentences: its sentences.
        """
        memory = Memory()
        found: list[Time] = []
        for tokens in stamp_lines(article):
            found.extend(self._read(article, tokens, -1, Memory()))
        for sentence in sentences:
            title = sentence.kind == "title"
            found.extend(self._read(article, sentence.tokens, sentence.index, memory, title=title))
        found.sort(key=lambda time: time.start)
        return tuple(found)

    def _read(
        self, article: Article, tokens: Sequence[Token], index: int, memory: Memory, *, title: bool = False
    ) -> list[Time]:
        line = Line(tokens, article.text, self._words)
        if not any(line.marks):
            return []
        scene = Scene(line, index, article.published, memory, title=title)
        times: list[Time] = []
        i = 0
        while i < line.size:
            best = self._best(scene, i) if line.marks[i] else None
            if best is None:
                i += 1
                continue
            rule, found = best
            if found.value:
                start = found.start if found.start >= 0 else self._start(line, i)
                times.append(
                    Time(
                        start=start,
                        end=line.tokens[found.end - 1].end,
                        value=found.value,
                        type=found.type,
                        sentence=index,
                        rule=rule,
                        event_time=index >= 0 and found.type not in _UNDATED,
                    )
                )
                memory.note(found.value, index, explicit=found.explicit)
            i = found.end
        return times

    def _best(self, scene: Scene, i: int) -> tuple[str, Found] | None:
        """The longest reading at a token; of equal ones that of the rule defined first."""
        best: tuple[str, Found] | None = None
        tried: set[str] = set()
        for mark in scene.line.marks[i]:
            for name, read in self._rules.get(mark.kind, ()):
                if name in tried:
                    continue
                tried.add(name)
                found = read(scene, i)
                if found is not None and (best is None or found.end > best[1].end):
                    best = (name, found)
        return best

    @staticmethod
    def _start(line: Line, i: int) -> int:
        """Offset of the expression at a token: its proclitics left out."""
        return line.marks[i][0].start
