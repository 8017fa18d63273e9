"""Feeds: what each kind lists, and what broken ones still do."""

from __future__ import annotations

import gzip

import pytest

from onrecord.errors import FeedError
from onrecord.feeds.listing import MAX_BYTES, MAX_ENTRIES, Entry, listing

URL = "https://harbour-post.example/feeds/all.xml"


def entries(data: bytes | str) -> list[Entry]:
    return list(listing(data.encode() if isinstance(data, str) else data, url=URL).entries)


def rss(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'


def item(link: str, more: str = "") -> str:
    return f"<item><title>A pier</title><link>{link}</link>{more}</item>"


def test_rss() -> None:
    found = entries(
        rss(
            item("https://harbour-post.example/1", "<pubDate>Mon, 02 Mar 2026 09:30:00 +0100</pubDate>"),
            item("/2"),
            "<item><guid>https://harbour-post.example/3</guid></item>",
            '<item><guid isPermaLink="false">tag:4</guid><title>no address</title></item>',
            item("javascript:alert(1)"),
            item("mailto:desk@harbour-post.example"),
            item("/2"),
        )
    )
    assert found == [
        Entry("https://harbour-post.example/1", "A pier", "2026-03-02T08:30:00Z"),
        Entry("https://harbour-post.example/2", "A pier"),
        Entry("https://harbour-post.example/3"),
    ]


def test_rss_1() -> None:
    (one,) = entries(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://a.example/1"><title>A</title>'
        "<dc:date>2026-03-02</dc:date></item></rdf:RDF>"
    )
    assert one == Entry("https://a.example/1", "A", "2026-03-02T00:00:00Z")


def test_atom() -> None:
    found = entries(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry>'
        '<title type="html">A &lt;b>pier&lt;/b></title>'
        '<link rel="self" href="/self"/><link rel="alternate" type="text/html" href="/1"/>'
        "<published>2026-03-02T08:00:00Z</published><updated>2026-03-02T09:00:00+00:00</updated></entry>"
        '<entry><link href="/2"/></entry><entry><id>no link</id></entry></feed>'
    )
    base = "https://harbour-post.example"
    assert found == [
        Entry(f"{base}/1", "A <b>pier</b>", "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z"),
        Entry(f"{base}/2"),
    ]


def test_a_news_sitemap_and_an_index() -> None:
    found = entries(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc> https://a.example/1 </loc><lastmod>2026-03-02</lastmod><n:news>"
        "<n:publication_date>2026-03-01T10:00:00Z</n:publication_date><n:title>A pier</n:title></n:news></url><url><loc>https://a.example/2</loc></url></urlset>"
    )
    assert found == [
        Entry("https://a.example/1", "A pier", "2026-03-01T10:00:00Z", "2026-03-02T00:00:00Z"),
        Entry("https://a.example/2"),
    ]
    index = b"<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc></sitemap><sitemap/></sitemapindex>"
    assert listing(index, url=URL).feeds == ("https://a.example/s1.xml",)


def test_opml_and_a_list_of_pages() -> None:
    opml = b'<opml><body><outline text="a"><outline xmlUrl="https://a.example/f"/><outline xmlUrl="ftp://b"/></outline></body></opml>'
    assert listing(opml, url=URL).feeds == ("https://a.example/f",)
    found = listing(b"\xef\xbb\xbf# pages\n\nhttps://a.example/1\r\nhttps://a.example/2\n", url=URL)
    assert (found.kind, [one.url for one in found.entries]) == ("list", ["https://a.example/1", "https://a.example/2"])


@pytest.mark.parametrize(
    "data",
    [
        rss(item("/1"))[:-20],
        rss(item("/1"), "<item><title>cut <b>"),
        rss(item("/1") + "&nbsp;&undefined; & <3").replace("</channel></rss>", ""),
        "\n\n  " + rss(item("/1")),
        rss(item("/1", "<pubDate>some day</pubDate>")),
        rss(item("/1", "<description><![CDATA[<p>open]]></description>")),
        rss(item("/1")).encode("utf-16"),
        rss(item("/1")).replace('1.0"?', '1.0" encoding="windows-1252"?').encode("cp1252"),
        rss(item("/1")).replace('1.0"?', '1.0" encoding="no-such-code"?').encode(),
        gzip.compress(rss(item("/1")).encode()),
        gzip.compress(rss(item("/1")).encode())[:-8],
        rss(item("/1"), "\x00\x01\x02"),
    ],
)
def test_broken_but_read(data: bytes | str) -> None:
    assert [one.url for one in entries(data)][:1] == ["https://harbour-post.example/1"]


def test_no_more_than_so_many_entries() -> None:
    assert len(entries(rss(*(item(f"/{n}") for n in range(MAX_ENTRIES + 10))))) == MAX_ENTRIES


def test_entities_are_not_grown() -> None:
    bomb = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    data = f'<?xml version="1.0"?><!DOCTYPE r [{bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(
        item("/1", "<title>&b11;&x;</title>")
    ).removeprefix('<?xml version="1.0"?>')
    assert len(repr(entries(data))) < 10_000
    assert "root:" not in repr(entries(data))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<html><body><p>Not found</p></body></html>", "root is <html>"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "neither XML nor a list"),
        (bytes(range(256)) * 10, "not a feed"),
        (b"<", "no XML"),
        (b"\x1f\x8b nothing", "damaged gzip"),
        (gzip.compress(b" " * (MAX_BYTES + 1)), "when unpacked"),
        (b" " * (MAX_BYTES + 1), "larger than"),
        (b"<rss><item " + b" ".join(b"a%d='x'" % n for n in range(20_000)) + b">", "too many attributes"),
        (b"https://a.example/1\nnot an address", "neither XML nor a list"),
    ],
)
def test_what_is_no_feed(data: bytes, cause: str) -> None:
    with pytest.raises(FeedError) as caught:
        listing(data, url=URL)
    assert cause in str(caught.value)
    assert str(caught.value).startswith(f"{URL}: ") and "\n" not in str(caught.value)
