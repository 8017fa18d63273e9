"""bytes | text -> Page: one canonical text, blocks with roles, metadata with its origin.

    guard.py      bytes -> characters, within limits; HTML or plain text
    html.py       markup -> draft, from metadata.py (what the page declares), body.py (the article), head.py and
                  figures.py (what stands around it), tree.py (the parsed page)
    plain.py      plain text -> draft
    confined.py   markup -> draft for a page larger than ordinary, in a process with limits
    draft.py      draft -> canonical text and blocks

What a single line is, in markup or plain text, is told by byline.py, caption.py, furniture.py, section.py, wire.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b, sha256
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from onrecord.errors import PageError
from onrecord.outlets import outlet
from onrecord.page import day, guard
from onrecord.page.canonical import encodable, one_line
from onrecord.page.confined import read_confined
from onrecord.page.draft import Draft, lay_out
from onrecord.page.html import read_html
from onrecord.page.language import language_of
from onrecord.page.plain import read_text
from onrecord.record import Page

__all__ = ["article_page", "canonical_url", "read_page"]

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|mc_[ce]id|cmpid|igshid|ref_src|ns_\w+|smid|srcref|traffic_source", re.IGNORECASE
)


def read_page(
    data: bytes | str,
    *,
    source: str,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    kind: Literal["html", "text"] | None = None,
    fetched: str | None = None,
) -> Page:
    """Read one page. ``url``, ``title`` and ``published`` are what the caller knows and the page may lack.

    What a page declares about its own day goes before ``published``, which must be a date (ISO, or written out).
    ``kind`` is told from the text where it is not given. Raises PageError, a line that names ``source`` and the cause.
    """
    given = _given_day(published, source=source)
    text = guard.as_text(data, source=source)
    today = datetime.fromisoformat(fetched).date() if fetched else day.today()
    if (kind or guard.sniff(text)) == "html":
        guard.check_shape(text, source=source)
        read = read_html if guard.is_ordinary(text) else read_confined
        draft = read(text, source=source, url=url, today=today)
    else:
        guard.check_length(text, source=source)
        draft = read_text(text, today=today, title=one_line(title) if title else None)
    if draft.published_from in (None, "text"):  # a date line is a weaker witness than an address or the caller
        if url and (in_url := day.in_url(url, today=today)):
            draft = replace(draft, published=in_url, published_from="url")
        elif given:
            draft = replace(draft, published=given, published_from="given")
    return _page(draft, source=source, url=url, title=title, fetched=fetched)


def article_page(article: Mapping[str, object], *, source: str) -> Page:
    """The page of one line of JSON Lines: ``text``, and where known ``url``, ``title`` and ``published``."""
    text = article.get("text")
    if not isinstance(text, str):
        raise PageError(f'{source}: no "text" in this article')
    return read_page(
        text,
        source=source,
        url=_string(article, "url"),
        title=_string(article, "title"),
        published=_string(article, "published"),
        kind="text",
    )


def canonical_url(url: str) -> str:
    """A URL as pages are told apart by it: no fragment, no tracking parameters, host in lower case, no default port."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        port = parts.port
    except ValueError:
        return url.strip()
    if port and (parts.scheme, port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{port}"
    kept = [
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)
    ]
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", urlencode(kept), ""))


def _page(draft: Draft, *, source: str, url: str | None, title: str | None, fetched: str | None) -> Page:
    text, blocks = lay_out(draft.paragraphs)
    if not any(block.role in ("lead", "body", "headline") for block in blocks):
        raise PageError(f"{source}: no readable text")
    address = url or draft.url
    digest = sha256(text.encode()).hexdigest()
    identity = f"{canonical_url(address) if address else source}\n{digest}"
    return Page(
        id=blake2b(identity.encode(errors="surrogatepass"), digest_size=8).hexdigest(),
        source=encodable(source),
        url=encodable(address) if address else None,
        outlet=outlet(url=address, name=draft.outlet_name, addresses=draft.addresses),
        section=draft.section,
        title=draft.title or (one_line(title) if title else None) or None,
        authors=draft.authors,
        published=draft.published,
        published_from=draft.published_from,
        fetched=fetched,
        language=draft.language or language_of(text),
        credit=draft.credit,
        text=text,
        blocks=blocks,
        digest=digest,
    )


def _given_day(published: str | None, *, source: str) -> str | None:
    """What the caller says, checked: it is the caller's mistake if it is no date, and is told so."""
    if published is None:
        return None
    given = day.iso(published)
    if given is None:
        raise PageError(f"{source}: not a date, {published!r:.60} (use YYYY-MM-DD)")
    return given


def _string(article: Mapping[str, object], key: str) -> str | None:
    value = article.get(key)
    return value if isinstance(value, str) and value.strip() else None
