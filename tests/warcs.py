"""WARC files made by hand, sound and damaged, for the tests."""

from __future__ import annotations

import gzip


def record(
    url: str, body: bytes, *, kind: str = "text/html", status: str = "200 OK", more: str = "", length: int | None = None
) -> bytes:
    """One response record. ``more`` is header lines of the HTTP response; ``length`` a wrong Content-Length."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    return wrapped("response", "application/http; msgtype=response", url, http, length=length)


def wrapped(warc_type: str, kind: str, url: str, block: bytes, *, length: int | None = None) -> bytes:
    """A record of any type."""
    size = len(block) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {warc_type}\r\nWARC-Record-ID: <urn:test:{url}>\r\nWARC-Date: 2026-02-03T04:05:06Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """The records as Common Crawl stores them: a gzip member each."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
