"""Every rule reads its examples and leaves its counter-examples alone."""

from datetime import UTC, datetime

import pytest

from khabar.language import Analyzer, load_lexicon
from khabar.reading.article import Article, Block
from khabar.times import TimeFinder
from khabar.times.rule import RULES

ANALYZER = Analyzer(load_lexicon())
FINDER = TimeFinder()
PUBLISHED = datetime(2025, 9, 3, 12, tzinfo=UTC)


def times(text: str) -> list[tuple[str, str, str]]:
    article = Article(
        text=text, id="x", blocks=(Block(0, len(text), "paragraph"),), published=PUBLISHED
    )
    found = FINDER.find(article, ANALYZER.sentences(article))
    return [(text[t.start : t.end], t.value, t.rule) for t in found]


YES = [(r.id, e.text, e.span, e.value) for r in RULES for e in r.yes]
NO = [(r.id, e.text) for r in RULES for e in r.no]


@pytest.mark.parametrize(("rule", "text", "span", "value"), YES)
def test_rule_reads_its_examples(rule: str, text: str, span: str, value: str) -> None:
    assert (span, value, rule) in times(text)


@pytest.mark.parametrize(("rule", "text"), NO)
def test_rule_leaves_its_counter_examples(rule: str, text: str) -> None:
    assert rule not in [found[2] for found in times(text)]


def test_every_rule_has_examples() -> None:
    assert [r.id for r in RULES if not r.yes] == []
