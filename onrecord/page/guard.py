"""Guards before any parser sees the bytes: compression, type, encoding, size, tags, attributes.

Parsers can be hurt. Measured with lxml 6.1 and trafilatura 2.3 on one core: time grows with the number of tags (20,000
tags 0.3 to 1.9 s, 60,000 up to 2.7 s) and with the square of the attributes of one tag (20,000 attributes 0.6 s,
200,000 about a minute). Depth is the parser's own limit: libxml2 stops at 256, and ``html.py`` notices. So the work is
bounded by counting first, in one linear pass; ``docs/decisions/0002-page-guards.md`` has the reasons.
"""

from __future__ import annotations

import re
import zlib
from typing import Literal

from charset_normalizer import from_bytes

from onrecord.errors import PageError

Kind = Literal["html", "text"]

MAX_BYTES = 20 * 1024 * 1024  # the largest of the 92 benchmark pages has 1.5 MB
MAX_PLAIN = 1_000_000  # characters; a long novel
MAX_TAGS = 200_000  # the most in the benchmark pages is 3,200
MAX_ATTRIBUTES = 200_000  # 3,900
MAX_ATTRIBUTES_OF_ONE_TAG = 2_000  # 64
ORDINARY_CHARACTERS = 3_000_000  # up to here, and
ORDINARY_TAGS = 20_000  # up to here, a page is parsed in this process: at worst about two seconds

_LONG_TAG = 4_000  # characters; a shorter tag cannot hold more than MAX_ATTRIBUTES_OF_ONE_TAG
_CHARACTERS_OF_AN_ATTRIBUTE = 12  # with its value; an estimate on the high side
# A tag as HTML quotes it. Possessive throughout, and a quote that never closes is a character like any other, so a
# match never fails after it began and the scan is linear.
_TAG = re.compile(r"<[a-zA-Z](?:[^>\"']|\"[^\"]*+\"|'[^']*+'|[\"'])*+")
_RAW_TEXT = re.compile(r"<(script|style)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"[\s/]*+[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+")
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title|script|table|section|span|br)[\s/>]", re.I
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:\-]{2,40})", re.IGNORECASE)

_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a media file"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)


def as_text(data: bytes | str, *, source: str) -> str:
    """The characters of a page: unpacked, sniffed, decoded, and of a size that can be worked on."""
    if isinstance(data, str):
        if len(data) > MAX_BYTES:
            raise PageError(f"{source}: too large, {len(data):,} characters (at most {MAX_BYTES:,})")
        text = data
    else:
        text = _decoded(_unpacked(data, source=source), source=source)
    if not text.strip():
        raise PageError(f"{source}: empty")
    return text.removeprefix("\ufeff")


def sniff(text: str) -> Kind:
    """``html`` where the first part of ``text`` has markup of a page, else ``text``."""
    head = text[:4096].lstrip()
    if _MARKUP.match(head) or re.match(r"<!doctype\s+html|<\?xml[^>]*>\s*<(?:!doctype\s+)?html", head, re.I):
        return "html"
    return "html" if len(_MARKUP.findall(text[:65536])) >= 3 else "text"


def is_ordinary(html: str) -> bool:
    """Small enough to be parsed in this process. A larger page within the caps is parsed in a confined one."""
    return len(html) <= ORDINARY_CHARACTERS and html.count("<") <= ORDINARY_TAGS


def check_shape(html: str, *, source: str) -> None:
    """Refuse markup that a parser would choke on."""
    tags = html.count("<")
    if tags > MAX_TAGS:
        raise PageError(f"{source}: too many tags, about {tags:,} (at most {MAX_TAGS:,})")
    check_attributes(html, source=source)


def check_attributes(html: str, *, source: str) -> None:
    """Refuse tags with so many attributes that a parser would choke on them."""
    attributes = 0
    at = 0
    while match := _TAG.search(html, at):
        at = match.end()
        if at - match.start() > _LONG_TAG:
            count = _attributes(html, match.start())
            if count > MAX_ATTRIBUTES_OF_ONE_TAG:
                raise PageError(
                    f"{source}: too many attributes, {count:,} in one tag (at most {MAX_ATTRIBUTES_OF_ONE_TAG:,})"
                )
            attributes += count
        else:
            attributes += (at - match.start()) // _CHARACTERS_OF_AN_ATTRIBUTE
        if raw := _RAW_TEXT.match(match.group()):
            at = html.find(f"</{raw.group(1)}", at)  # its content is no markup
            if at < 0:
                break
    if attributes > MAX_ATTRIBUTES:
        raise PageError(f"{source}: too many attributes, about {attributes:,} (at most {MAX_ATTRIBUTES:,})")


def _attributes(html: str, start: int) -> int:
    """The number of attributes of the tag that opens at ``start``, counted as HTML reads them."""
    at = start + 1
    count = 0
    while match := _ATTRIBUTE.match(html, at):
        at = match.end()
        count += 1
    return count - 1  # the first match is the tag's name


def check_length(text: str, *, source: str) -> None:
    """Refuse plain text that is no page but a collection: reading takes time with its length."""
    if len(text) > MAX_PLAIN:
        raise PageError(f"{source}: too large for a page of text, {len(text):,} characters (at most {MAX_PLAIN:,})")


def unpack(data: bytes, *, limit: int) -> bytes | None:
    """gzip ``data`` unpacked; None if that would be more than ``limit`` bytes. Raises zlib.error where it is damaged.

    What was unpacked before a truncated end is kept, as saved pages are often cut.
    """
    parts: list[bytes] = []
    size = 0
    while data:
        stream = zlib.decompressobj(wbits=31)
        part = stream.decompress(data, limit + 1 - size)
        parts.append(part)
        size += len(part)
        if size > limit:
            return None
        if not stream.eof or not stream.unused_data.startswith(b"\x1f\x8b"):
            break
        data = stream.unused_data
    return b"".join(parts)


def _unpacked(data: bytes, *, source: str) -> bytes:
    if data.startswith(b"\x1f\x8b"):
        try:
            unpacked = unpack(data, limit=MAX_BYTES)
        except zlib.error:
            raise PageError(f"{source}: damaged gzip data") from None
        if unpacked is None:
            raise PageError(f"{source}: too large, more than {MAX_BYTES:,} bytes when unpacked")
        data = unpacked
    if len(data) > MAX_BYTES:
        raise PageError(f"{source}: too large, {len(data):,} bytes (at most {MAX_BYTES:,})")
    return data


def _decoded(data: bytes, *, source: str) -> str:
    """Strictly as UTF-8 first, as nearly all pages are; then as declared; then as detected."""
    for signature, what in _BINARY:
        if data.startswith(signature):
            raise PageError(f"{source}: {what}, not a page of text")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:65536]:
        raise PageError(f"{source}: binary data, not a page of text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    declared = _CHARSET.search(data[:8192])
    if declared:
        name = declared.group(1).decode("ascii")
        name = "cp1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1") else name  # as every browser reads it
        try:
            # A page with a few broken bytes is still the page that it declares to be.
            text = data.decode(name, errors="replace")
        except (LookupError, ValueError):
            text = ""
        if text and text.count("\ufffd") <= len(text) // 1000 + 3 and not _looks_binary(text):
            return text
    if broken > 4096 or data.count(b"\xef\xbf\xbd"):
        # UTF-8 for thousands of bytes and then a slip: a page put together from pieces, not another encoding.
        text = data.decode("utf-8", errors="replace")
        if text.count("\ufffd") <= len(text) // 1000 + 3:
            return text
    best = from_bytes(data[:65536]).best()
    if best is not None:
        text = data.decode(best.encoding, errors="replace")
        if not _looks_binary(text):
            return text
    raise PageError(f"{source}: unknown encoding or binary data, not a page of text")


def _looks_binary(text: str) -> bool:
    sample = text[:65536]
    controls = sum(1 for character in sample if character < " " and character not in "\t\n\r\f\x0b\x1b")
    return controls > len(sample) // 100
