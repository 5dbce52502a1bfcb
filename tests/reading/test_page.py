from __future__ import annotations

import time
from pathlib import Path

import pytest
from pages import ADDRESS, BODY, PARAGRAPHS, TITLE, json_ld, meta, page

from khabar.reading import page as reading
from khabar.reading.article import Credit
from khabar.reading.items import Failure, InputOptions, Item
from khabar.reading.sources import read_again, read_inputs

SHARED = Path(__file__).parents[2].parent / "shared" / "pages"


def read(html: str | bytes, **given: str) -> Item:
    found = outcome(html, **given)
    assert isinstance(found, Item), found
    return found


def outcome(html: str | bytes, **given: str) -> Item | Failure:
    data = html if isinstance(html, bytes) else html.encode()
    return reading.read(data, "a.html", InputOptions(), **given)  # type: ignore[arg-type]


def test_body_without_the_furniture_of_the_page() -> None:
    item = read(page())
    assert item.text == f"{TITLE}\n{BODY}"
    assert (item.title, item.url, item.id) == (TITLE, ADDRESS, ADDRESS)
    article = item.article()
    assert [block.kind for block in article.blocks] == ["title"] + ["paragraph"] * len(PARAGRAPHS)


def test_json_ld_tells_all() -> None:
    node = json_ld(
        headline="وفد أردني يصل إلى بغداد &quot;لبحث&quot; فتح المعابر",
        datePublished="2021-05-17T09:30:00+03:00",
        dateModified="2021-05-17T11:45:10+03:00",
        publisher={"@type": "Organization", "name": "صحيفة المثال"},
        articleSection=["العالم", "العراق"],
        image={"@type": "ImageObject", "url": "x.jpg", "creditText": "Hassan Ali/AFP"},
    )
    item = read(page(head=node))
    assert item.published == "2021-05-17T06:30:00Z"
    assert item.updated == "2021-05-17T08:45:10Z"
    assert item.outlet == "صحيفة المثال"
    assert item.section == "العالم / العراق"
    assert item.credits == (Credit("AFP", "Hassan Ali"),)
    article = item.article()
    assert article.updated is not None
    assert article.updated.isoformat() == "2021-05-17T08:45:10+00:00"
    assert article.credits == item.credits


@pytest.mark.parametrize(
    ("head", "above", "published"),
    [
        (meta("article:published_time", "2021-05-17T09:30+0300"), "", "2021-05-17T06:30:00Z"),
        (meta("article:published_time", "2021-05-17T06:30:00.123Z"), "", "2021-05-17T06:30:00Z"),
        ('<meta name="pubdate" content="Mon, 17 May 2021 09:30:00 +0300">', "", "2021-05-17T06:30:00Z"),
        ('<meta itemprop="datePublished" content="2021-05-17T06:30Z">', "", "2021-05-17T06:30:00Z"),
        ('<meta name="date" content="1621233000">', "", "2021-05-17T06:30:00Z"),
        # the day in the code, the clock in print
        (
            json_ld(datePublished="2021-05-17"),
            "<p>نشر في: 17 مايو 2021 - 09:30 بتوقيت بغداد</p>",
            "2021-05-17T06:30:00Z",
        ),
        # a clock without a zone takes it from who shows the same clock
        (
            meta("article:published_time", "2021-05-17 09:30:00")
            + '<meta itemprop="datePublished" content="2021-05-17T09:30:00+03:00">',
            "",
            "2021-05-17T06:30:00Z",
        ),
        # without anybody it stays as written, and the article's notes tell of it
        (meta("article:published_time", "2021-05-17 09:30:00"), "", "2021-05-17T09:30:00"),
        ("", "<div class='date'><time> ٠٩:٣٠ </time> الاثنين ١٧ / ٥ / ٢٠٢١</div>", "2021-05-17T09:30:00"),
        ("", "<span>الاثنين 17 أيار 2021 | 06:30 غرينتش</span>", "2021-05-17T06:30:00Z"),
        ("", "<time datetime='2021-05-17T06:30Z'>منذ ساعتين</time>", "2021-05-17T06:30:00Z"),
        ("", "<span>2021-05-17</span>", "2021-05-17"),
        ("", "", None),
        (meta("article:published_time", "0001-01-01T00:00:00"), "", None),
        (
            json_ld(datePublished="2021-05-17T00:00:00Z"),
            "<b>17/05/2021 06:30 GMT</b>",
            "2021-05-17T06:30:00Z",
        ),
    ],
)
def test_time_of_publication(head: str, above: str, published: str | None) -> None:
    html = page(head=head, above=above).replace("<time>2019", "<i>2019")
    found = read(html).published
    if published is None:
        assert found is None or found.startswith("2019")  # the cards of other stories are near
    else:
        assert found == published


def test_zone_of_a_known_outlet() -> None:
    html = page(
        head=meta("article:published_time", "2021-07-17 09:30:00"), address="https://www.youm7.com/story/1"
    )
    item = read(html)
    assert item.outlet == "Youm7"
    assert item.published == "2021-07-17T07:30:00Z"


def test_update_before_publication_is_none() -> None:
    item = read(page(head=json_ld(datePublished="2021-05-17T09:30Z", dateModified="2021-05-16T09:30Z")))
    assert item.updated is None


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "قال "لا" اليوم", "datePublished": "2021-05-17T06:30:00Z"}',
        '{"@type": "NewsArticle", "datePublished": "2021-05-17T06:30:00Z",}',
        (
            '<!-- {"@graph": [{"@type": "WebPage"}, {"@type": ["Thing", "ReportageNewsArticle"],\n'
            '"datePublished": "2021-05-17T06:30:00Z", "description": "سطر\nآخر"}]} -->'
        ),
        '//<![CDATA[\n[{"@type": "NewsArticle", "datePublished": "2021-05-17T06:30:00Z"}]\n//]]>',
    ],
)
def test_careless_json_ld(block: str) -> None:
    item = read(page(head=f'<script type="application/ld+json">{block}</script>'))
    assert item.published == "2021-05-17T06:30:00Z"
    assert item.title == TITLE


def test_other_articles_in_json_ld_are_not_this_one() -> None:
    other = json_ld(
        headline="خبر آخر تماما من أمس", datePublished="2020-01-01T00:10:00Z", url="https://e.org/2"
    )
    own = json_ld(headline=TITLE, datePublished="2021-05-17T06:30:00Z")
    assert read(page(head=other + own)).published == "2021-05-17T06:30:00Z"
    deep = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    assert read(page(head=deep + own)).published == "2021-05-17T06:30:00Z"


def test_title_as_printed_or_as_told() -> None:
    site = meta("og:site_name", "صحيفة المثال")
    assert read(page(head=site + meta("og:title", TITLE + " - صحيفة المثال"), title=None)).title == TITLE
    assert read(page(head=meta("og:title", TITLE.replace("وفد", "«وفد»")))).title == TITLE
    assert (
        read(page(title="صحيفة المثال").replace("<title>", f"<title>{TITLE} | ", 1)).title == "صحيفة المثال"
    )


def test_outlet_by_address_by_code_by_host() -> None:
    assert read(page(), url="https://www.aljazeera.net/news/1").outlet == "Al Jazeera"
    assert read(page(head=meta("og:site_name", "المثال"))).outlet == "المثال"
    assert read(page()).outlet == "news.example.org"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16"])
def test_encodings(encoding: str) -> None:
    html = page().replace("utf-8", encoding)
    assert read(html.encode(encoding)).text == f"{TITLE}\n{BODY}"
    assert read(html.replace("charset", "x").encode(encoding), charset=encoding).text.endswith(BODY)


def test_damage_of_a_letter_is_let_pass_and_more_is_not() -> None:
    cut = meta("og:description", "وصل").encode()[:-3] + b'">'
    assert read(page().encode().replace(b"</head>", cut + b"</head>")).text.endswith(BODY)
    broken = page().encode().replace("ا".encode(), b"\xff")
    found = outcome(broken)
    assert isinstance(found, Failure)
    assert found.kind == "encoding"


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("", "empty"),
        ("<html><body><p>The envoy arrived in the capital on Monday.</p></body></html>", "not-arabic"),
        (page().replace("<main>", "<div>" * 3000), "nested"),
        (page().replace("<main>", "<b><i>" * 100_000), "nested"),
        (page().replace("<main>", "<main>" + "<br>" * 200_000), "too-long"),
        (f"<html><head><title>{TITLE}</title></head><body></body></html>" + " " * 5, "not-arabic"),
        (f"<html><head><title>{TITLE * 3}</title></head><body></body></html>", "no-text"),
        (page() + "<!--" + "x" * (11 << 20), "too-long"),
    ],
)
def test_pages_that_are_no_article(html: str, kind: str) -> None:
    begun = time.process_time()
    found = outcome(html)
    assert isinstance(found, Failure), found
    assert found.kind == kind
    assert time.process_time() - begun < 5


def test_entities_are_letters() -> None:
    html = page()
    spelt = "".join(f"&#{ord(c)};" if "\u0600" <= c <= "\u06ff" else c for c in html)
    assert read(spelt).text == f"{TITLE}\n{BODY}"


def test_files_and_trying_again(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.html", tmp_path / "b.htm"
    good.write_text(page(), encoding="utf-8")
    bad.write_text(page().replace("<main>", "<div>" * 3000), encoding="utf-8")
    item, failure = read_inputs([tmp_path])
    assert isinstance(item, Item)
    assert item.title == TITLE
    assert isinstance(failure, Failure)
    assert (failure.form, failure.payload) == ("html", bad.read_bytes())
    (again,) = read_again(failure, InputOptions())
    assert again == failure


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/pages is not there")
@pytest.mark.parametrize(
    ("name", "published", "outlet", "paragraphs", "words"),
    [
        ("albayan", "2020-06-02T23:01:00Z", "Al Bayan", 3, 90),
        ("alyaum", "2020-11-30T23:00:00Z", "Al Yaum", 16, 560),
        ("lbcgroup", "2026-01-08T11:42:50Z", "LBC Group", 6, 250),
    ],
)
def test_pages_of_the_press(name: str, published: str, outlet: str, paragraphs: int, words: int) -> None:
    (item,) = read_inputs([SHARED / f"{name}.html"])
    assert isinstance(item, Item)
    assert (item.published, item.outlet) == (published, outlet)
    article = item.article()
    assert article.title == item.title
    kinds = [block.kind for block in article.blocks]
    assert kinds[0] == "title"
    assert set(kinds[1:]) <= {"paragraph", "heading"}
    assert len(kinds) == paragraphs + 1
    assert words * 0.8 < len(item.text.split()) < words * 1.2
