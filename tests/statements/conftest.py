"""What the tests of this room share: articles of a few lines, with the speakers given by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.language import Analyzer, load_lexicon
from khabar.language.model import Gender, Number, Sentence
from khabar.mentions.model import Mention
from khabar.reading.article import Article, Block
from khabar.statements import Statement, StatementFinder

Find = Callable[..., list[tuple[str, str, str]]]


def _article(text: str, title: bool) -> Article:
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            kind = "title" if title and not blocks else "paragraph"
            blocks.append(Block(at, at + len(line), kind))  # type: ignore[arg-type]
        at += len(line) + 1
    return Article(text, "t", tuple(blocks))


def _gender(name: str) -> Gender:
    head = name.split(maxsplit=1)[0]
    return "f" if head.endswith(("ة", "ات")) or head in {"مصادر", "تقارير", "وسائل", "ليلى"} else "m"


def _number(name: str) -> Number:
    head = name.split(maxsplit=1)[0]
    return "p" if head.endswith(("ون", "ين", "ات")) or head in {"مصادر", "تقارير", "وسائل"} else "s"


def _mentions(text: str, sentences: tuple[Sentence, ...], who: tuple[str, ...]) -> tuple[Mention, ...]:
    taken: set[int] = set()
    found: list[Mention] = []
    for name in sorted(who, key=len, reverse=True):
        at = text.find(name)
        while at >= 0:
            span = range(at, at + len(name))
            if taken.isdisjoint(span):
                taken.update(span)
                sentence = next(s for s in sentences if s.start <= at < s.end)
                index = [k for k, t in enumerate(sentence.tokens) if t.end > at and t.start < at + len(name)]
                proclitic = text[sentence.tokens[index[0]].start : at]
                person = name.split()[0] in {"سليم", "ليلى", "كريم"} or name.endswith(
                    ("سليم", "ليلى", "كريم")
                )
                found.append(
                    Mention(
                        start=at,
                        end=at + len(name),
                        sentence=sentence.index,
                        first=index[0],
                        last=index[-1],
                        head=index[0],
                        kind="person" if person else "organisation",
                        entity=name,
                        name=name if person else "",
                        code="XXX GOV",
                        country="XXX",
                        nisba=False,
                        proclitic=proclitic,
                        number=_number(name),
                        gender=_gender(name),
                        resolved=False,
                        rule="given",
                    )
                )
            at = text.find(name, at + 1)
    return tuple(sorted(found, key=lambda m: m.start))


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer(load_lexicon())


@pytest.fixture(scope="session")
def find_all(analyzer: Analyzer) -> Callable[..., tuple[str, tuple[Statement, ...]]]:
    finder = StatementFinder()

    def find(text: str, *who: str, title: bool = False) -> tuple[str, tuple[Statement, ...]]:
        article = _article(text, title)
        sentences = analyzer.sentences(article)
        return text, finder.find(article, sentences, _mentions(text, sentences, who))

    return find


@pytest.fixture(scope="session")
def find(find_all: Callable[..., tuple[str, tuple[Statement, ...]]]) -> Find:
    """Give (speaker's words, kind, words said) for each statement of a text."""

    def short(text: str, *who: str, title: bool = False) -> list[tuple[str, str, str]]:
        _, found = find_all(text, *who, title=title)
        return [(s.speaker.entity if s.speaker else "", s.kind, text[s.start : s.end]) for s in found]

    return short
