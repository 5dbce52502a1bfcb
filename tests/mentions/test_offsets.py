"""Spans are slices of the text as given."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.mentions import Mention

Find = Callable[..., list[tuple[str, Mention]]]

_WORDS = st.sampled_from(
    [
        "لروسيا",
        "وللرئيس",
        "الفرنسي",
        "بـ",
        "و",
        "الشرطة",
        "«",
        "»",
        "،",
        "محمد",
        "بن",
        "عَلي",
        "الأمم",
        "المتحدة",
        "قال",
        "5",
        "أشخاص",
        ".",
        "نظيره",
        "البلدان",
        "في",
        "Reuters",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_WORDS, min_size=1, max_size=25))
def test_spans_are_in_order_inside_and_free_of_blanks(mentions_of: Find, words: list[str]) -> None:
    text = " ".join(words)
    found = mentions_of(text)
    starts = [mention.start for _, mention in found]
    assert starts == sorted(starts)
    for slice_, mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert slice_.strip() == slice_
        assert mention.first <= mention.head <= mention.last
    for (_, left), (_, right) in itertools.pairwise(found):
        assert left.end <= right.start or (left.group > 0 and left.group == right.group)
