"""WARC, as web archives and Common Crawl's news crawl write it: plain, or gzip with a member a record.

What makes a page: a ``response`` that the server answered with 200, a ``resource``, or a ``conversion`` (the plain text
of a WET file), with a type of HTML or plain text; its source is ``path:offset``, the offset in the stored file at which
its record begins. All other records are not pages and are passed over.

A crawl's file may be damaged anywhere: it may end in the middle of a record, have a corrupt member among sound ones, or
a record of gigabytes. The damage is named, with its offset, and reading goes on at the next sound record.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.page.guard import MAX_BYTES
from onrecord.sources.document import Document, Failure, Kind

_WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_TYPES: dict[str, Kind | None] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
_GZIP, _PLAIN = b"\x1f\x8b\x08", b"WARC/1."
_STEP = 1 << 20


def responses(path: str, file: BinaryIO) -> Iterator[Document | Failure]:
    """The pages of a WARC file, in order. ``file`` must be seekable."""
    begin: int | None = 0
    last = 0  # offset of the last record that was seen
    found, whole = False, True
    damage = None  # what is wrong after ``last``, until a sound record or the end shows how far
    while begin is not None:
        start, ended = begin, False
        file.seek(start)
        try:
            for record in ArchiveIterator(file, record_types=WarcRecordType.any_type, parse_http=False):
                if not record.headers.asdict():
                    continue  # a few bytes that begin like one
                if damage:
                    yield _damaged(path, last, damage, record.stream_pos)
                    damage = None
                last, found = record.stream_pos, True
                if record.record_type & _WANTED:
                    item, whole = _page(record, f"{path}:{last}")
                    if item is not None:
                        yield item
                    if not whole:
                        break  # its length is wrong, or the file ends here
            else:
                ended = True  # or so it seems: FastWARC takes some damage for the end of the file
        except OSError as error:
            if error.errno is not None:  # the disk or the store, not the data
                raise
            damage = damage or ("damaged gzip data" if "ecompress" in str(error) else "damaged record")
        begin = _next_record(file, max(last, start) + 1)
        if ended and begin is not None:
            damage = damage or "damaged data"
    if not found:
        yield Failure(path, f"{path}: empty, or not a WARC file")
    elif damage:
        yield _damaged(path, last, damage, None)
    elif whole and _cut_off(file, last):
        yield Failure(f"{path}:{last}", f"{path}:{last}: the file is cut off in a record after this offset")


def _damaged(path: str, after: int, damage: str, until: int | None) -> Failure:
    gone = "nothing more can be read" if until is None else f"reading went on at {until}"
    return Failure(f"{path}:{after}", f"{path}:{after}: {damage} at or after this offset; {gone}")


def _page(record: WarcRecord, source: str) -> tuple[Document | Failure | None, bool]:
    """What a record holds, if it is a page; and whether all of it was there."""
    if record.content_length > MAX_BYTES:
        return Failure(source, f"{source}: too large, {record.content_length:,} bytes (at most {MAX_BYTES:,})"), True
    headers = {str(name).lower(): str(value) for name, value in record.headers.asdict().items()}
    block = record.reader.read(record.content_length) if record.content_length else b""
    if len(block) < record.content_length:
        return Failure(source, f"{source}: cut off after {len(block):,} of {record.content_length:,} bytes"), False
    url = headers.get("warc-target-uri", "").strip("<> ") or None
    data: bytes | None = block
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if record.record_type == WarcRecordType.response:
        try:
            data, kind = _http(block)
        except (OSError, ValueError, AttributeError):
            return Failure(source, f"{source}: damaged HTTP response"), True
        if data is not None and len(data) > MAX_BYTES:
            return Failure(source, f"{source}: too large, more than {MAX_BYTES:,} bytes when unpacked"), True
    if data is None or kind not in _TYPES:
        return None, True
    return Document(source, data, _TYPES[kind], url, fetched=headers.get("warc-date")), True


def _http(block: bytes) -> tuple[bytes | None, str]:
    """The decoded body and the type of an HTTP response; no body unless the server answered 200."""
    # A record of its own: a response that cannot be decoded must not take the file's iterator with it.
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    apart = WarcRecord.from_bytes(head + b"Content-Length: %d\r\n\r\n" % len(block) + block)
    apart.parse_http(auto_decode="all")
    if apart.http_headers.status_code != 200:
        return None, ""
    kind = (apart.http_content_type or "text/html").strip().lower()
    return (apart.reader.read(MAX_BYTES + 1) if kind in _TYPES else None), kind


def _next_record(file: BinaryIO, start: int) -> int | None:
    """The offset at or after ``start`` where a record seems to begin, in the way that the file is stored."""
    file.seek(0)
    mark = _GZIP if file.read(3) == _GZIP else _PLAIN
    file.seek(start)
    at, held = start, b""
    while True:
        chunk = file.read(_STEP)
        held += chunk
        place = held.find(mark)
        while place >= 0 and len(held) - place >= 512:
            if _begins(held[place : place + 512], mark):
                return at + place
            place = held.find(mark, place + 1)
        if not chunk:  # the last bytes of the file
            while place >= 0:
                if _begins(held[place:], mark):
                    return at + place
                place = held.find(mark, place + 1)
            return None
        keep = len(held) - 512 if place < 0 else place
        at, held = at + max(keep, 0), held[max(keep, 0) :]


def _begins(data: bytes, mark: bytes) -> bool:
    """Whether ``data`` is the begin of a record: the mark may also stand by chance inside packed or printed data."""
    if mark == _PLAIN:
        return b"\n" in data[:12]
    try:
        return zlib.decompressobj(wbits=31).decompress(data, 64).startswith(_PLAIN)
    except zlib.error:
        return False


def _cut_off(file: BinaryIO, last: int) -> bool:
    """Whether a gzip file ends inside a member. FastWARC takes such an end for the end of the file."""
    file.seek(last)
    if file.read(3) != _GZIP:
        return False
    file.seek(last)
    stream = zlib.decompressobj(wbits=31)
    data = b""
    try:
        while data := data or file.read(_STEP):
            stream.decompress(data, _STEP)
            data = stream.unconsumed_tail
            if stream.eof:
                data = stream.unused_data.lstrip(b"\0")
                stream = zlib.decompressobj(wbits=31)
                if not data and not (data := file.read(_STEP)):
                    return False
    except zlib.error:
        return False
    return not stream.eof
