from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import BODY, PARAGRAPHS, TITLE, json_ld, page
from webserver import Site, client, serving

from khabar.reading import feeds, fetch
from khabar.reading.items import Failure, InputOptions, Item
from khabar.reading.sources import read_inputs, read_split, splits

MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def rss(*entries: str, head: str = "<title>صحيفة المثال</title>") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"{head}{''.join(entries)}</channel></rss>"
    )


def entry(link: str = "https://news.example.org/1", more: str = "") -> str:
    return (
        f"<item><title>{TITLE}</title><link>{link}</link><guid>g-1</guid><category>العالم</category>"
        f"<pubDate>Mon, 17 May 2021 09:30:00 +0300</pubDate><description>{PARAGRAPHS[0]}"
        f"</description>{more}</item>"
    )


ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>المثال</title>
<entry><title type="html">{TITLE}</title><id>tag:e.org,2021:1</id><link href="https://news.example.org/1"/>
<published>2021-05-17T09:30:00+03:00</published><updated>2021-05-17T10:00:00+03:00</updated>
<content type="html">{MARKUP.replace("<", "&lt;")}</content></entry></feed>"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_rss_as_the_feed_has_it(tmp_path: Path) -> None:
    content = f"<content:encoded><![CDATA[{MARKUP}<script>x()</script>]]></content:encoded>"
    path = write(tmp_path / "a.rss", rss(entry(), entry(more=content)))
    short, full = read_inputs([path])
    assert short == Item(
        str(path), 0, f"{TITLE}\n{PARAGRAPHS[0]}", id="g-1", title=TITLE, published="2021-05-17T06:30:00Z",
        outlet="صحيفة المثال", url="https://news.example.org/1", section="العالم", position="entry 1",
    )  # fmt: skip
    assert isinstance(full, Item)
    assert (full.text, full.position) == (f"{TITLE}\n{BODY}", "entry 2")


def test_atom(tmp_path: Path) -> None:
    path = tmp_path / "a.atom.gz"
    path.write_bytes(gzip.compress(ATOM.encode()))
    (item,) = read_inputs([path])
    assert isinstance(item, Item)
    assert item.text == f"{TITLE}\n{BODY}"
    assert (item.id, item.published, item.updated) == (
        "tag:e.org,2021:1", "2021-05-17T06:30:00Z", "2021-05-17T07:00:00Z",
    )  # fmt: skip


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "وصل الوفد">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]><rss version='2.0'><channel><title>x</title><item><title>&m;</title></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", {"empty"}),
        ("<html><body>وصل</body></html>", {"feed"}),
        ("no such thing", {"feed"}),
        (rss(), {"empty"}),
        (rss("<item></item>"), {"empty"}),
        (rss("<item><title>The envoy</title></item>"), {"not-arabic"}),
        (rss("<item>" + "<x>" * 100_000), {"feed", "nested", "empty"}),
        (BOMB, {"feed", "empty", "not-arabic", "nested"}),
    ],
)
def test_feeds_without_articles(tmp_path: Path, text: str, kinds: set[str]) -> None:
    (found,) = read_inputs([write(tmp_path / "a.xml", text)])
    assert isinstance(found, Failure), found
    assert found.kind in kinds


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with serving() as one:
        monkeypatch.setattr(fetch, "client", lambda options: client(one, cap=options.cap))
        yield one


def test_articles_are_fetched_when_asked_for(site: Site, tmp_path: Path) -> None:
    base = f"http://news.example.org:{site.port}"
    site.put("/1", page(head=json_ld(datePublished="2021-05-17"), address=None))
    site.put("/robots.txt", "User-agent: *\nDisallow: /2\n")
    site.put("/4", b"%PDF-1.7", media="application/pdf")
    links = [entry(f"{base}/{n}") for n in (1, 2, 3, 4)] + [
        entry("mailto:a@e.org"),
        entry("http://10.1.1.1/"),
    ]
    path = write(tmp_path / "a.rss", rss(*links))
    found = list(read_inputs([path], options=InputOptions(fetch=True)))
    first = found[0]
    assert isinstance(first, Item)
    assert first.text == f"{TITLE}\n{BODY}"
    assert (first.published, first.url, first.id) == ("2021-05-17T06:30:00Z", f"{base}/1", "g-1")
    kinds = [failure.kind for failure in found[1:] if isinstance(failure, Failure)]
    assert kinds == ["robots", "fetch", "not-arabic", "address", "address"]
    assert [failure.position for failure in found] == [f"entry {n}" for n in range(1, 7)]
    assert site.paths == ["/1", "/3", "/4"]
    site.asked.clear()
    assert all(isinstance(item, Item) for item in read_inputs([path]))
    assert site.asked == []


def test_addresses_of_feeds_and_pages(site: Site) -> None:
    base = f"http://news.example.org:{site.port}"
    site.put("/feed", rss(entry()), media="application/rss+xml")
    site.put("/page", page(address=None))
    pieces = list(splits([f"{base}/feed", f"{base}/page"], InputOptions(), 1000))
    assert len(pieces) == 1, "one visitor at a time"
    feed, item = read_split(pieces[0], InputOptions())
    assert isinstance(feed, Item)
    assert (feed.source, feed.position) == (f"{base}/feed", "entry 1")
    assert isinstance(item, Item)
    assert (item.url, item.text) == (f"{base}/page", f"{TITLE}\n{BODY}")
    with client(site) as fetcher:
        (missing,) = feeds.read_address(f"{base}/none", InputOptions(), fetcher)
    assert isinstance(missing, Failure)
    assert missing.kind == "fetch"
