"""When, where, how and whether: what the choices of the event room have to choose from."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from khabar.events.arguments import NOBODY, Filler
from khabar.events.attributes import Circumstances
from khabar.events.calendar import Calendar, iso, relation
from khabar.events.coding import EventCoder
from khabar.events.document import Document
from khabar.events.draft import Draft
from khabar.events.outlook import outlook_features
from khabar.events.places import sides_of
from khabar.rooms import Rooms

PUBLISHED = "2024-05-15T09:00:00+00:00"  # a Wednesday


@cache
def _rooms() -> tuple[Rooms, EventCoder]:
    rooms = Rooms()
    return rooms, EventCoder(rooms.knowledge, weights={})


def _document(text: str) -> Document:
    return _rooms()[0].document(text, published=PUBLISHED)


def _draft(doc: Document, word: str, kind: str, actor: str = "", recipient: str = "") -> Draft:
    """The draft of the first event of a type on a word."""
    coder = _rooms()[1]
    for view in doc.views:
        for cand in coder.proposer.candidates(view):
            if word not in view.tokens[cand.first].text:
                continue
            for p in cand.proposals:
                if p.type == kind:
                    sides = [
                        (Filler("implied", c, None, "implied-?") if c else NOBODY,)
                        for c in (actor, recipient)
                    ]
                    return Draft(view, cand, coder.codebook.entries[p.entry], sides[0], sides[1])
    raise AssertionError(f"no {kind} on {word}")


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2024-05-14TNI", "2024-05-14"),
        ("2024-05", "2024-05"),
        ("2011", "2011"),
        ("PAST_REF", ""),
        ("2024-W20", ""),
    ],
)
def test_a_timex_value_gives_its_iso_date(value: str, wanted: str) -> None:
    assert iso(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2024-05-15", "today"),
        ("2024-05", "now"),
        ("2024-05-12", "this-week"),
        ("2024-02", "months-ago"),
        ("2023-04", "years-ago"),
        ("2024-06-01", "ahead"),
    ],
)
def test_how_a_date_stands_to_publication(value: str, wanted: str) -> None:
    assert relation(value, date(2024, 5, 15)) == wanted


def test_a_span_that_reaches_back_from_publication_dates_its_first_day() -> None:
    doc = _document("يحاصر الجيش المدينة منذ عشرة أيام.")
    assert "2024-05-05" in [x.value for held in Calendar(doc).days for x in held]


def test_a_story_is_dated_by_the_first_day_named_near_its_top() -> None:
    doc = _document("قصفت طائرات مواقع المسلحين.\nوقال ناطق الثلاثاء إن الغارات استمرت ساعات.")
    assert Calendar(doc).lead == "2024-05-14"


def test_the_date_of_another_sentence_is_a_candidate_once() -> None:
    doc = _document("قصفت طائرات مواقع المسلحين.\nوقال ناطق الثلاثاء إن الغارات بدأت مساء الثلاثاء.")
    draft = _draft(doc, "قصفت", "ASSAULT")
    values = [value for value, _ in Circumstances(doc, [draft]).dates(draft)]
    assert values == [None, "2024-05-15", "2024-05-14"]


def test_a_country_is_a_candidate_once_whatever_speaks_for_it() -> None:
    doc = _document("تظاهر آلاف الفرنسيين في باريس ثم في مدينة ليون الفرنسية.")
    draft = _draft(doc, "تظاهر", "PROTEST", actor="FRA CVL")
    countries = [country for country, _ in Circumstances(doc, [draft]).places(draft)]
    assert countries == ["", "FRA"]


def test_the_places_of_the_chosen_country_are_the_sites() -> None:
    doc = _document("تظاهر آلاف الفرنسيين في باريس أمام السفارة الروسية.")
    draft = _draft(doc, "تظاهر", "PROTEST", actor="FRA CVL")
    told = Circumstances(doc, [draft])
    words = [doc.article.text[x.mention.start : x.mention.end] for x, _ in told.sites(draft, "FRA") if x]
    assert words == ["باريس"]
    assert [x for x, _ in told.sites(draft, "JPN")] == [None]


@pytest.mark.parametrize(
    ("actor", "recipient", "wanted"),
    [
        ("EGY GOV", "EGY CVL", "within"),
        ("EGY GOV", "SDN GOV", "between"),
        ("EGY GOV", "UNO", "to-body"),
        ("UNK", "EGY CVL", "from-body"),
        ("EGY GOV", "", "actor-alone"),
        ("", "", "nobody"),
    ],
)
def test_how_the_sides_of_an_event_stand_to_each_other(actor: str, recipient: str, wanted: str) -> None:
    doc = _document("دعا الرئيس إلى الحوار.")
    assert sides_of(_draft(doc, "دعا", "REQUEST", actor, recipient)).kind == wanted


def test_a_weapon_beside_the_trigger_speaks_for_its_mode() -> None:
    doc = _document("قتل رجل اثنين من المارة طعنا بسكين في وسط المدينة.")
    draft = _draft(doc, "قتل", "ASSAULT")
    modes = dict(Circumstances(doc, [draft]).modes(draft))
    assert any(f.endswith("cue=near") for f in modes["primitive"][0][1])
    assert not any("cue=" in f for f in modes["aerial"][0][1])


def test_another_telling_of_the_act_speaks_for_its_mode() -> None:
    doc = _document("شن الطيران غارة على القرية.\nوخلف الهجوم خمسة قتلى.")
    first, second = _draft(doc, "غارة", "ASSAULT"), _draft(doc, "الهجوم", "ASSAULT")
    modes = dict(Circumstances(doc, [first, second]).modes(second))
    assert "like|ASSAULT|open" in modes["aerial"][0][1]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("حذر الوزير من احتمال شن هجوم على البلدة.", "هجوم", "possible<"),
        ("أحبطت الشرطة هجوما على المطار.", "هجوم", "foiled<near"),
        ("تستعد القوات لهجوم مرتقب على المدينة.", "لهجوم", "ahead>"),
        ("قتل خمسة جنود الذين صدوا الهجوم.", "الهجوم", "plain|n"),
    ],
)
def test_what_governs_or_describes_an_act_gives_its_outlook(text: str, word: str, wanted: str) -> None:
    assert wanted in outlook_features(_draft(_document(text), word, "ASSAULT"))


def test_no_word_governs_out_of_its_relative_clause() -> None:
    draft = _draft(_document("نفى الرجل الذي قاد الهجوم التهمة."), "الهجوم", "ASSAULT")
    assert not any(f.startswith("negated") for f in outlook_features(draft))
