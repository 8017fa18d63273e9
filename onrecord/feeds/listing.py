"""The bytes of a feed -> what it lists: RSS, Atom, sitemaps and their indexes, OPML, plain lists of addresses.

Read by libxml2 in its recovering mode, which goes on behind what is broken, within limits; without its network, and
without the document's own entities. Names count without their namespaces: feeds mix them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from lxml import etree

from onrecord.errors import FeedError, PageError
from onrecord.page import guard

MAX_BYTES = 10 * 1024 * 1024  # of a feed; a news sitemap has at most 1,000 addresses, a full one may have 50 MB
MAX_ENTRIES = 5_000  # taken from one listing, in its order
MAX_ADDRESS = 2_000  # characters

Kind = Literal["rss", "atom", "sitemap", "sitemap index", "opml", "list"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed lists. ``updated`` is when it says the page last changed, ISO in UTC."""

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed lists: pages, and other feeds."""

    kind: Kind
    entries: tuple[Entry, ...] = ()
    feeds: tuple[str, ...] = ()


def listing(data: bytes, *, url: str) -> Listing:
    """What the feed at ``url`` lists. Raises FeedError, one line that names it and the cause."""
    try:
        if data[:2] == b"\x1f\x8b":
            unpacked = guard.unpack(data, limit=MAX_BYTES)
            if unpacked is None:
                raise FeedError(f"{url}: larger than {MAX_BYTES:,} bytes when unpacked")
            data = unpacked
    except zlib.error:
        raise FeedError(f"{url}: damaged gzip data") from None
    if len(data) > MAX_BYTES:
        raise FeedError(f"{url}: larger than {MAX_BYTES:,} bytes")
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not text:
        raise FeedError(f"{url}: empty")
    if text[:1] != b"<" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return _addresses(text, url=url)
    try:
        guard.check_attributes(data.decode("utf-8", "replace"), source=url)
    except PageError as error:
        raise FeedError(str(error)) from None
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(text if text[:1] == b"<" else data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise FeedError(f"{url}: not a feed (no XML that can be read)")
    name = _name(root)
    if name in ("rss", "RDF"):
        return Listing("rss", _taken(_rss(root, url)))
    if name == "feed":
        return Listing("atom", _taken(_atom(root, url)))
    if name == "urlset":
        return Listing("sitemap", _taken(_sitemap(root, url)))
    if name == "sitemapindex":
        inner = (_address(url, _text(one, "loc")) for one in root if _name(one) == "sitemap")
        return Listing("sitemap index", feeds=_feeds(inner))
    if name == "opml":
        return Listing("opml", feeds=_feeds(_address(url, _attribute(one, "xmlUrl")) for one in root.iter()))
    raise FeedError(f"{url}: not a feed (its root is <{name[:40]}>)")


def _rss(root: Any, url: str) -> Iterator[Entry]:
    for item in root.iter():
        if _name(item) != "item":
            continue
        link = _text(item, "link") or _attribute(item, "about")
        guid = next((one for one in item if _name(one) == "guid"), None)
        if not link and guid is not None and _attribute(guid, "isPermaLink") != "false":
            link = guid.text
        if (address := _address(url, link)) is not None:
            day = _time(_text(item, "pubDate") or _text(item, "date"))
            yield Entry(address, _text(item, "title"), day, _time(_text(item, "updated")))


def _atom(root: Any, url: str) -> Iterator[Entry]:
    for entry in root.iter():
        if _name(entry) != "entry":
            continue
        links = [one for one in entry if _name(one) == "link" and _attribute(one, "rel") in (None, "", "alternate")]
        html = [one for one in links if "html" in (_attribute(one, "type") or "html")]
        link = _attribute((html or links)[0], "href") if links else None
        if (address := _address(url, link)) is not None:
            day = _time(_text(entry, "published") or _text(entry, "issued"))
            yield Entry(address, _text(entry, "title"), day, _time(_text(entry, "updated")))


def _sitemap(root: Any, url: str) -> Iterator[Entry]:
    for one in root:
        if _name(one) == "url" and (address := _address(url, _text(one, "loc"))) is not None:
            news = next((inner for inner in one if _name(inner) == "news"), None)
            title = None if news is None else _text(news, "title")
            day = None if news is None else _time(_text(news, "publication_date"))
            yield Entry(address, title, day, _time(_text(one, "lastmod")))


def _addresses(text: bytes, *, url: str) -> Listing:
    """A list of pages: an address a line; empty lines and those that begin with # do not count."""
    lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    if not lines or not all(line.lower().startswith(("http://", "https://")) for line in lines):
        raise FeedError(f"{url}: not a feed (neither XML nor a list of addresses)")
    return Listing("list", _taken(Entry(found) for line in lines if (found := _address(url, line)) is not None))


def _taken(entries: Iterator[Entry]) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.url, entry)
        if len(found) == MAX_ENTRIES:
            break
    return tuple(found.values())


def _feeds(addresses: Iterator[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for address in addresses if address))[:MAX_ENTRIES]


def _address(base: str, link: str | None) -> str | None:
    """An address of a page on the web, absolute; None for anything else."""
    if not link or len(link) > MAX_ADDRESS:
        return None
    try:
        found = urljoin(base, link.strip())
        parts = urlsplit(found)
        return found if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Any, name: str) -> str | None:
    for one in element:
        if _name(one) == name:
            text = " ".join("".join(one.itertext()).split())
            if text:
                return text[:MAX_ADDRESS]
    return None


def _attribute(element: Any, name: str) -> str | None:
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def _time(text: str | None) -> str | None:
    """A moment as feeds write it (RFC 822 or ISO), ISO in UTC, to the second. None where it is neither."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    try:
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
