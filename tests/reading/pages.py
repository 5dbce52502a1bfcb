"""Pages, feeds and files that the tests of reading are made of; all words are written for them."""

from __future__ import annotations

import json

TITLE = "وفد أردني يصل إلى بغداد لبحث فتح المعابر"
PARAGRAPHS = (
    "وصل وفد أردني رفيع إلى العاصمة العراقية بغداد، صباح الاثنين، لبحث فتح المعابر الحدودية بين البلدين.",
    "وقال وزير النقل العراقي في مؤتمر صحفي عقده بعد اللقاء إن الجانبين اتفقا على تشكيل لجنة مشتركة.",
    "وأكد رئيس الوفد أن بلاده مستعدة لتقديم التسهيلات اللازمة للشاحنات، وأن العمل سيبدأ قبل نهاية العام.",
    "ورحبت غرفة تجارة بغداد بالاتفاق، ورأت فيه خطوة مهمة نحو زيادة التبادل التجاري بين العراق والأردن.",
)
BODY = "\n".join(PARAGRAPHS)
ADDRESS = "https://news.example.org/world/2021/05/17/jordan-iraq"


def page(
    *,
    head: str = "",
    title: str | None = TITLE,
    above: str = "",
    body: tuple[str, ...] = PARAGRAPHS,
    address: str | None = ADDRESS,
) -> str:
    """A newsroom's page with the furniture that pages have."""
    links = "".join(f'<li><a href="/{n}">قسم رقم {n}</a></li>' for n in range(12))
    related = "".join(
        f'<div class="card"><a href="/r{n}">خبر آخر من اليوم {n}</a><time>2019-03-0{n} 10:00</time></div>'
        for n in range(1, 5)
    )
    canonical = f'<link rel="canonical" href="{address}">' if address else ""
    heading = f"<h1>{title}</h1>" if title else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>{title or ""} | صحيفة المثال</title>{canonical}{head}</head><body>
<nav><ul>{links}</ul></nav><script>var x = "<h1>لا شيء</h1>";</script>
<main><article>{heading}{above}<div class="article-body">{text}</div></article></main>
<aside>{related}</aside><footer><p>جميع الحقوق محفوظة لصحيفة المثال</p></footer></body></html>"""


def json_ld(**fields: object) -> str:
    """A script element that holds an article in JSON-LD."""
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'


def meta(name: str, content: str) -> str:
    """A `meta` element."""
    return f'<meta property="{name}" content="{content}">'


def http(
    body: bytes, *, media: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = ""
) -> bytes:
    """An HTTP answer as a WARC keeps it."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n"
    return head.encode() + body


def record(block: bytes, *, url: str = ADDRESS, kind: str = "response", more: str = "") -> bytes:
    """A WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2021-05-17T09:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:3b9a9a0e-2f6b-4b1e-8a47-6f5f0b6c1d2e>\r\nWARC-Target-URI: {url}\r\n{more}"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
