from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.reading import Article, Credit, read_text
from khabar.reading.folding import BLANKS

SHARED = Path(__file__).parents[3] / "shared"

SPUTNIK = """ date 2023-02-14 لافروف يستقبل نظيره العماني في سوتشي
10:05 GMT 14.02.2023 (تم التحديث: 11:30 GMT 14.02.2023)
© Sputnik . Pavel Ivanov / الانتقال إلى بنك الصوروزير الخارجية الروسي خلال مؤتمر صحفي
© Sputnik . Pavel Ivanov/
تابعنا عبر
استقبل وزير الخارجية الروسي سيرغي لافروف، اليوم الثلاثاء، نظيره العماني في مدينة سوتشي.
تصريحات لافروف
وقال لافروف: "العلاقات بين البلدين تتطور".
اقرأ أيضا: موسكو تعلن موعد القمة المقبلة
"""


def parts(article: Article, kind: str) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind == kind]


def kinds(article: Article) -> list[str]:
    return [b.kind for b in article.blocks]


def test_crawled_report_with_glued_caption() -> None:
    article = read_text(SPUTNIK)
    assert article.title == "لافروف يستقبل نظيره العماني في سوتشي"
    assert article.published == datetime(2023, 2, 14, 10, 5, tzinfo=UTC)
    assert article.updated == datetime(2023, 2, 14, 11, 30, tzinfo=UTC)
    assert not article.published_date_only
    assert article.outlet == "Sputnik Arabic"
    assert article.credits == (Credit(agency="Sputnik", photographer="Pavel Ivanov"),)
    assert article.caption == "وزير الخارجية الروسي خلال مؤتمر صحفي"
    assert article.notes == ()
    assert parts(article, "stamp")[0] == "date 2023-02-14"
    assert parts(article, "heading") == ["تصريحات لافروف"]
    assert len(parts(article, "paragraph")) == 2
    assert parts(article, "boilerplate") == [
        "الانتقال إلى بنك الصور",
        "تابعنا عبر",
        "اقرأ أيضا: موسكو تعلن موعد القمة المقبلة",
    ]


@pytest.mark.parametrize(
    ("opening", "place", "outlet"),
    [
        ("عمّان، الأردن (CNN) -- ", "عمّان", "CNN Arabic"),
        ("عمان (CNN)— ", "عمان", "CNN Arabic"),
        ("بيروت (أ ف ب) - ", "بيروت", None),
        ("القاهرة - رويترز - ", "القاهرة", None),
        ("رام الله- «معا»: ", "رام الله", None),
        ("بكين 30 أبريل 2023 (شينخوا) -- ", "بكين", "Xinhua"),
        ("القاهرة -- ", "القاهرة", None),
        ("لندن ـ «القدس العربي»: ", "لندن", None),
        ("دمشق - «صوت البلد»: ", "دمشق", None),
        ("الكويت - 5 - 5 (كونا) -- ", "الكويت", "Kuwait News Agency"),
        ("أبوظبي في 5 مايو / وام / ", "أبوظبي", "Emirates News Agency"),
        ("رام الله 5-5-2019 وفا- ", "رام الله", None),
        ("موسكو، 3 سبتمبر. /تاس/. ", "موسكو", "TASS"),
        ("شفق نيوز/ ", None, None),
        ("(رويترز) - ", None, None),
        ("", None, None),
    ],
)
def test_dateline_is_cut_from_the_first_paragraph(
    opening: str, place: str | None, outlet: str | None
) -> None:
    report = "زار وزير الدفاع، الخميس، وحدات الجيش على الحدود الشمالية."
    article = read_text(f"وزير الدفاع على الحدود\n\n{opening}{report}\nوقال الوزير إن القوات جاهزة.")
    assert article.dateline == place
    assert article.outlet == outlet
    assert parts(article, "paragraph")[0] == report


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("القاهرة - رويترز", "القاهرة"),
        ("أنقرة/ الأناضول", "أنقرة"),
        ("الكويت: «الشرق الأوسط»", "الكويت"),
        ("أبوظبي - سكاي نيوز عربية", "أبوظبي"),
        ("الرياض 25 شعبان 1440 هـ الموافق 30 أبريل 2019 م واس", "الرياض"),
    ],
)
def test_dateline_on_a_line_of_its_own(line: str, place: str) -> None:
    article = read_text(f"مباحثات حول الحدود البحرية\n{line}\nبحث الوزير مع نظيره، أمس، ملف الحدود البحرية.")
    assert article.title == "مباحثات حول الحدود البحرية"
    assert article.dateline == place
    assert kinds(article) == ["title", "stamp", "paragraph"]


def test_date_of_the_dateline_stands_in_for_a_stamp() -> None:
    article = read_text(
        "الرياض 25 شعبان 1440 هـ الموافق 30 أبريل 2019 م واس\nاستقبل ولي العهد، اليوم، الوزير."
    )
    assert article.published == datetime(2019, 4, 30, tzinfo=UTC)
    assert article.published_date_only
    assert article.notes == ("The publication date is the dateline's.",)


def test_prose_that_looks_like_a_dateline_stays() -> None:
    body = "أعلنت الرياض - وهي المضيفة - أن القمة تبدأ غدا، وفق وكالة الأنباء السعودية (واس)"
    article = read_text(f"القمة غدا\n\n{body}\nوتستمر القمة يومين.")
    assert article.dateline is None
    assert body in parts(article, "paragraph") + parts(article, "heading")
    assert article.credits == ()


@pytest.mark.parametrize(
    "line",
    [
        "المالكي والاستعانة بـ«داعش»",
        "وقال بوتين «نعم»: ثم مضى.",
        "وقتل 12 شخصا في غارة على مقر الحياة - الفرع.",
    ],
)
def test_prose_with_papers_and_quotations_is_no_dateline(line: str) -> None:
    article = read_text(f"عنوان الخبر\n\n{line}\nوقال الوزير إن القوات جاهزة.")
    assert article.dateline is None
    assert line in parts(article, "paragraph") + parts(article, "heading")


def test_caption_closed_by_an_agency_and_foot_of_the_page() -> None:
    article = read_text(
        "لقاء مصري تركي في أنقرة لبحث ملف الغاز\n"
        "جانب من اللقاء بين الوزيرين في العاصمة التركية (الأناضول)\n"
        "12/3/2024\n|\n"
        "آخر تحديث: 13/3/2024 09:15 (بتوقيت مكة المكرمة)\n"
        "بحث وزير الخارجية المصري مع نظيره التركي في أنقرة ملف الغاز في شرق المتوسط.\n"
        "اتفاق قريب\n"
        "وأضاف أن اللجنة المشتركة ستجتمع الشهر المقبل.\n"
        "المصدر : الجزيرة + وكالات\n"
        "كلمات مفتاحية\nمصر\nتركيا\n"
    )
    assert article.caption == "جانب من اللقاء بين الوزيرين في العاصمة التركية"
    assert article.credits == (Credit(agency="الأناضول"),)
    assert article.published == datetime(2024, 3, 12, tzinfo=UTC)
    assert article.published_date_only
    assert article.updated == datetime(2024, 3, 13, 6, 15, tzinfo=UTC)
    assert article.outlet == "Al Jazeera"
    assert kinds(article)[-7:] == ["paragraph", "heading", "paragraph", *["boilerplate"] * 4]


def test_labelled_credit_and_caption_and_list_of_links() -> None:
    article = read_text(
        "محكمة تونسية تفرج عن صحفي\n\n"
        "صدر الصورة، Getty Images\n"
        "التعليق على الصورة، متظاهرون أمام المحكمة في العاصمة\n"
        "أفرجت محكمة تونسية، الأحد، عن صحفي كان موقوفا منذ شهرين.\n"
        "اقرأ أيضاً:\n"
        "نقابة الصحفيين تدعو إلى إضراب عام\n"
        "الرئيس يستقبل وفدا من النقابة\n"
        'وقالت النقابة إن القرار "خطوة في الاتجاه الصحيح".\n'
        "--------------------------\n"
    )
    assert article.outlet == "BBC Arabic"
    assert article.credits == (Credit(agency="Getty Images"),)
    assert article.caption == "متظاهرون أمام المحكمة في العاصمة"
    assert parts(article, "heading") == []
    assert len(parts(article, "paragraph")) == 2


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("© AFP", Credit(agency="AFP")),
        ("© AFP 2023 / Hassan Ali", Credit(agency="AFP", photographer="Hassan Ali")),
        ("© AP Photo / Hassan Ali", Credit(agency="AP Photo", photographer="Hassan Ali")),
        ("© REUTERS / HASSAN ALI", Credit(agency="REUTERS", photographer="HASSAN ALI")),
        ("تصوير: حسن علي", Credit(photographer="حسن علي")),
        ("تصوير: حسن علي - أ ف ب", Credit(agency="أ ف ب", photographer="حسن علي")),
        ("الصورة: أ ف ب", Credit(agency="أ ف ب")),
        ("(رويترز)", Credit(agency="رويترز")),
        ("Getty Images", Credit(agency="Getty Images")),
        ("Hassan Ali/AP", Credit(agency="AP", photographer="Hassan Ali")),
        ("صورة الوضع في الجنوب", None),
        ("Photo: Hassan Ali/Reuters", Credit(agency="Reuters", photographer="Hassan Ali")),
    ],
)
def test_credits(line: str, credit: Credit | None) -> None:
    article = read_text(
        f"الأمين العام يزور المخيم\n{line}\nنازحون في المخيم شمالي المدينة\n"
        "زار الأمين العام، الاثنين، مخيم النازحين."
    )
    if credit is None:
        assert article.credits == ()
        return
    assert article.credits == (credit,)
    assert parts(article, "paragraph") == ["زار الأمين العام، الاثنين، مخيم النازحين."]
    assert line in parts(article, "credit")


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضا: وفد أممي يصل إلى المدينة",
        "إقرأ أيضاً وفد أممي يصل إلى المدينة",
        "للمزيد: وفد أممي يصل إلى المدينة",
        "شاهد.. لحظة وصول الوفد",
        "قد يهمك/ وفد أممي يصل إلى المدينة",
        "جميع الحقوق محفوظة © 2024",
        "شارك",
        "فيسبوك تويتر واتساب نسخ الرابط",
        "#اليمن #صنعاء",
        "تابعوا آخر الأخبار على قناتنا في تلغرام",
        "-----------------",
        "مدة القراءة: 3 دقائق",
        "https://example.org/ar/1234",
        "pic.twitter.com/abcd123",
        "كتب: حسن علي",
    ],
)
def test_boilerplate_lines(line: str) -> None:
    article = read_text(
        f"المبعوث يصل إلى صنعاء\n\nوصل المبعوث إلى صنعاء، الثلاثاء.\n{line}\n"
        f"والتقى المبعوث قيادة الجماعة.\n{line}"
    )
    assert line not in parts(article, "paragraph")
    assert parts(article, "boilerplate")[-1] == line


@pytest.mark.parametrize(
    "line",
    [
        "شاهد آلاف المتظاهرين مرور الموكب أمام مقر البرلمان.",
        "تابع الوزير قائلا إن بلاده لن تتراجع.",
        "كتب الرئيس على حسابه أن الاتفاق قريب.",
        "نشرت الوزارة بيانا جديدا عن الهجوم.",
        "المزيد من القوات وصل إلى المدينة، وفق شهود.",
        "المصدر الأمني قال إن الهجوم انتهى.",
        "صورة الوضع في الجنوب غير واضحة، وفق المبعوث.",
        "وطالبت منظمات حقوق الإنسان بتحقيق مستقل.",
    ],
)
def test_prose_that_starts_like_boilerplate_stays(line: str) -> None:
    article = read_text(
        f"المبعوث يصل إلى صنعاء\n\nوصل المبعوث إلى صنعاء، الثلاثاء.\n{line}\nوالتقى قيادة الجماعة."
    )
    assert line in parts(article, "paragraph")


def test_link_behind_the_last_sentence_is_cut_off() -> None:
    article = read_text("وصل المبعوث إلى صنعاء، الثلاثاء. اقرأ أيضا: موعد الجولة المقبلة")
    assert parts(article, "paragraph") == ["وصل المبعوث إلى صنعاء، الثلاثاء."]
    assert parts(article, "boilerplate") == ["اقرأ أيضا: موعد الجولة المقبلة"]


def test_link_in_the_middle_of_a_text_without_lines_takes_nothing_with_it() -> None:
    text = (
        "وصل المبعوث إلى صنعاء، الثلاثاء. اقرأ أيضا: موعد الجولة المقبلة " + "وقال المبعوث إنه متفائل. " * 20
    )
    assert parts(read_text(text), "paragraph") == [text.strip()]


def test_comments_end_the_report() -> None:
    article = read_text(
        "وصل المبعوث إلى صنعاء، الثلاثاء.\nالتعليقات (2)\nعلي: خبر جيد.\nسعيد: أتمنى السلام لليمن كله."
    )
    assert kinds(article) == ["paragraph", "boilerplate", "boilerplate", "boilerplate"]


def test_archive_shape_title_blank_line_paragraphs() -> None:
    text = "الجزائر تستدعي سفيرها\n\nاستدعت الجزائر، الثلاثاء، سفيرها للتشاور.\nولم تذكر الوزارة الأسباب"
    article = read_text(text, published="2018-07-20T06:55:53+00:00", outlet="SkyNews")
    assert article.title == "الجزائر تستدعي سفيرها"
    assert article.outlet == "SkyNews"
    assert article.published == datetime(2018, 7, 20, 6, 55, 53, tzinfo=UTC)
    assert kinds(article) == ["title", "paragraph", "paragraph"]
    assert article.notes == ()


def test_given_title_is_found_below_breadcrumbs_or_kept_as_metadata() -> None:
    text = "الرئيسية / العالم العربي\nالجزائر تستدعي سفيرها\nاستدعت الجزائر، الثلاثاء، سفيرها للتشاور."
    assert kinds(read_text(text, title="الجزائر تستدعي سفيرها")) == ["boilerplate", "title", "paragraph"]
    body = "استدعت الجزائر، الثلاثاء، سفيرها للتشاور."
    article = read_text(body, title="عنوان من خارج النص")
    assert article.title == "عنوان من خارج النص"
    assert kinds(article) == ["paragraph"]


def test_a_sentence_alone_is_a_paragraph() -> None:
    article = read_text("استدعت الجزائر سفيرها")
    assert kinds(article) == ["paragraph"]
    assert article.title is None


@pytest.mark.parametrize(
    ("published", "moment", "day_only", "noted"),
    [
        (datetime(2020, 1, 2, 3, 4, tzinfo=UTC), datetime(2020, 1, 2, 3, 4, tzinfo=UTC), False, False),
        (
            datetime(2020, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=3))),
            datetime(2020, 1, 2, 0, 4, tzinfo=UTC),
            False,
            False,
        ),
        (date(2020, 1, 2), datetime(2020, 1, 2, tzinfo=UTC), True, False),
        ("2020-01-02", datetime(2020, 1, 2, tzinfo=UTC), True, False),
        ("2020-01-02T03:04:00", datetime(2020, 1, 2, 3, 4, tzinfo=UTC), False, True),
        ("2020-01-02T03:04Z", datetime(2020, 1, 2, 3, 4, tzinfo=UTC), False, False),
        ("2020-01-02 03:04:05+04:00", datetime(2020, 1, 1, 23, 4, 5, tzinfo=UTC), False, False),
        ("0001-01-01T00:00:00+10:00", None, False, True),
        ("أمس", None, False, True),
        ("", None, False, True),
        (None, None, False, True),
    ],
)
def test_published_as_given(
    published: datetime | date | str | None, moment: datetime | None, day_only: bool, noted: bool
) -> None:
    article = read_text("استدعت الجزائر سفيرها.", published=published)
    assert article.published == moment
    assert article.published_date_only is day_only
    assert bool(article.notes) is noted
    if moment is None:
        assert "relative times stay unresolved" in article.notes[-1]


def test_metadata_goes_before_the_stamp_which_may_refine_a_bare_day() -> None:
    assert read_text(SPUTNIK, published="2023-02-14").published == datetime(2023, 2, 14, 10, 5, tzinfo=UTC)
    other = read_text(SPUTNIK, published="2022-01-01")
    assert other.published == datetime(2022, 1, 1, tzinfo=UTC)
    assert other.published_date_only


def test_outlet_of_the_address() -> None:
    assert read_text("نص قصير.", url="https://arabic.cnn.com/world/2020/1").outlet == "CNN Arabic"
    assert read_text("نص قصير.", url="https://www.bbc.com/arabic/articles/1").outlet == "BBC Arabic"
    assert read_text("نص قصير.", url="https://www.bbc.com/news/1").outlet is None
    assert read_text("نص قصير.", url="https://notcnn.com/arabic.cnn.com").outlet is None


def test_local_stamp_is_read_in_the_outlets_zone() -> None:
    text = "الرئاسة ترفض الهدنة\nنشر في: 5 مايو 2019 14:20\nرفضت الرئاسة مقترح الهدنة الجديدة."
    assert read_text(text, outlet="العربية نت").published == datetime(2019, 5, 5, 10, 20, tzinfo=UTC)
    unknown = read_text(text)
    assert unknown.published == datetime(2019, 5, 5, 14, 20, tzinfo=UTC)
    assert "names no zone" in unknown.notes[0]


def test_stamps_with_the_name_of_a_section_behind() -> None:
    article = read_text(
        "موسكو تعلن موعد القمة\n"
        "تاريخ النشر: 05.05.2019 | 14:20 GMT | أخبار العالم العربي\n"
        "آخر تحديث: 05.05.2019 | 15:00 GMT\n"
        "انسخ الرابط\n3 دقائق\nSputnik © Pavel Ivanov\n"
        "أعلنت موسكو، الأحد، موعد القمة."
    )
    assert article.published == datetime(2019, 5, 5, 14, 20, tzinfo=UTC)
    assert article.updated == datetime(2019, 5, 5, 15, 0, tzinfo=UTC)
    assert article.credits == (Credit(agency="Sputnik", photographer="Pavel Ivanov"),)
    assert kinds(article) == ["title", "stamp", "stamp", "boilerplate", "boilerplate", "credit", "paragraph"]


def test_days_of_a_chronology_are_headings() -> None:
    article = read_text(
        "تسلسل الأزمة\n\nبدأت الأزمة في الربيع.\n5 مايو 2019\nأغلقت الحدود أمام الشاحنات.\n"
        "6 مايو 2019\nفتحت الحدود من جديد."
    )
    assert parts(article, "heading") == ["5 مايو 2019", "6 مايو 2019"]
    assert article.published is None


def check_tiling(text: str) -> None:
    article = read_text(text)
    at = 0
    for block in article.blocks:
        assert block.start >= at
        assert block.start < block.end <= len(text)
        assert set(text[at : block.start]) <= set(BLANKS)
        assert text[block.start] not in BLANKS
        assert text[block.end - 1] not in BLANKS
        at = block.end
    assert set(text[at:]) <= set(BLANKS)


LINE = st.one_of(
    st.text(max_size=30),
    st.sampled_from([line for line in SPUTNIK.splitlines() if line]),
    st.sampled_from(
        [
            "اقرأ أيضا:",
            "التعليقات",
            "© أ ف ب",
            "(رويترز)",
            "/",
            "©",
            "12/3/2024",
            "القاهرة - رويترز",
            "تصوير:",
            "\u200f",
            "\x00",
        ]
    ),
)


@given(st.lists(LINE, max_size=12), st.sampled_from(["\n", "\n\n", "\r\n", " ", ""]))
def test_blocks_tile_the_text(pieces: list[str], separator: str) -> None:
    check_tiling(separator.join(pieces))


@given(st.text(alphabet="©/ .:-()ابتث12\n\u064b\u200f\ud800AFPـ«»", max_size=60))
def test_blocks_tile_junk(text: str) -> None:
    check_tiling(text)


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff", "\x00" * 5, "\u200f\u202b\u202c"])
def test_blank_text(text: str) -> None:
    article = read_text(text)
    assert article.blocks == ()
    assert article.title is None


@pytest.mark.parametrize(
    "unit",
    [
        "قال الوزير ",
        "© ",
        "(",
        "اقرأ أيضا: ",
        "5 مايو ",
        "- ",
        "الانتقال إلى بنك الصور",
        "أ ف ب / ",
        "\u064b",
    ],
)
def test_very_long_lines_take_linear_time(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    before = time.process_time()
    check_tiling(text)
    assert time.process_time() - before < 5


@pytest.mark.skipif(not (SHARED / "seed.txt").exists(), reason="the shared folder is not there")
def test_the_first_document() -> None:
    (gold,) = json.loads((SHARED / "gold" / "seed.json").read_text(encoding="utf-8"))
    article = read_text((SHARED / "seed.txt").read_text(encoding="utf-8"))
    assert article.title == gold["title"]
    assert article.published == datetime.fromisoformat(gold["published"])
    assert article.updated == datetime.fromisoformat(gold["updated"])
    assert article.caption == gold["caption"]
    assert [{"agency": c.agency, "photographer": c.photographer} for c in article.credits] == gold["credits"]
    assert article.outlet == gold["outlet"]
    body = parts(article, "paragraph")
    assert len(body) == 16
    assert len(parts(article, "heading")) == 2
    assert not any("©" in line or "بنك الصور" in line or "GMT" in line for line in body)
