"""Every rule reads its examples and leaves its counter-examples alone."""

from collections.abc import Callable

import pytest

from khabar.times import Time
from khabar.times.rule import RULES, rule

Find = Callable[..., list[tuple[str, Time]]]

YES = [(r.id, e.text, e.span, e.value) for r in RULES for e in r.yes]
NO = [(r.id, e.text) for r in RULES for e in r.no]


@pytest.mark.parametrize(("name", "text", "span", "value"), YES)
def test_rule_reads_its_examples(find: Find, name: str, text: str, span: str, value: str) -> None:
    assert (span, value, name) in [(words, time.value, time.rule) for words, time in find(text)]


@pytest.mark.parametrize(("name", "text"), NO)
def test_rule_leaves_its_counter_examples(find: Find, name: str, text: str) -> None:
    assert name not in [time.rule for _, time in find(text)]


def test_every_rule_has_examples() -> None:
    assert [r.id for r in RULES if not r.yes] == []


def test_a_rule_is_defined_once() -> None:
    with pytest.raises(ValueError, match=r"day\.date"):
        rule("day.date", "int", yes=())
