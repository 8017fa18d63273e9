"""WARC: what is a page, and what each kind of damage costs: itself, by name, and nothing else."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from warcs import packed, record, wrapped

from onrecord.page.guard import MAX_BYTES
from onrecord.record import Page
from onrecord.sources import Document, Failure, documents, pages
from onrecord.sources.warc import responses

SITE = "https://harbour-post.example"


def story(number: int) -> bytes:
    words = f"The harbour council of ward {number} said on Monday that the ferry would run again from the north pier. "
    return f"<html><body><h1>Ferry {number} to run again</h1><p>{words * 8}</p></body></html>".encode()


def good(number: int) -> bytes:
    return record(f"{SITE}/{number}", story(number))


def found(data: bytes, name: str = "news.warc.gz") -> list[Document | Failure]:
    return list(responses(name, io.BytesIO(data)))


def outline(items: list[Document | Failure]) -> list[str]:
    return [(one.url or "").rsplit("/", 1)[-1] if isinstance(one, Document) else "FAILED" for one in items]


@pytest.mark.parametrize("join", [packed, lambda *r: b"".join(r), lambda *r: gzip.compress(b"".join(r))])
def test_pages_of_a_crawl(join: object, tmp_path: Path) -> None:
    assert callable(join)
    data = join(
        wrapped("warcinfo", "application/warc-fields", "", b"software: a crawler\r\n"),
        wrapped("request", "application/http; msgtype=request", f"{SITE}/1", b"GET / HTTP/1.1\r\n\r\n"),
        good(1),
        record(f"{SITE}/gone", b"not here", status="404 Not Found"),
        record(f"{SITE}/picture", b"\x89PNG", kind="image/png"),
        record(f"{SITE}/2", story(2), kind="text/html; charset=utf-8"),
        wrapped("conversion", "text/plain", f"{SITE}/3", story(3)),
    )
    path = tmp_path / ("crawl.warc.gz" if data[:2] == b"\x1f\x8b" else "crawl.warc")
    path.write_bytes(data)
    read = list(pages([str(path)], stdin=io.BytesIO()))
    assert [page.url for page in read if isinstance(page, Page)] == [f"{SITE}/{n}" for n in (1, 2, 3)]
    first = read[0]
    assert isinstance(first, Page)
    assert first.fetched == "2026-02-03T04:05:06Z"
    assert first.title == "Ferry 1 to run again"
    assert first.source.startswith(f"{path}:")


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (gzip.compress(story(1)), "Content-Encoding: gzip\r\n"),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(story(1)), story(1)), "Transfer-Encoding: chunked\r\n"),
    ],
)
def test_http_bodies_are_decoded(body: bytes, more: str) -> None:
    (one,) = found(packed(record(f"{SITE}/1", body, more=more)))
    assert isinstance(one, Document) and one.data == story(1)


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (b"not packed at all", "Content-Encoding: gzip\r\n"),
        (b"not in chunks", "Transfer-Encoding: chunked\r\n"),
        (b"\x8b\x01\x80 no brotli", "Content-Encoding: br\r\n"),
        (gzip.compress(b"a" * (MAX_BYTES + 1)), "Content-Encoding: gzip\r\n"),
    ],
)
def test_a_body_that_cannot_be_decoded_fails_alone(body: bytes, more: str) -> None:
    items = found(packed(good(1), record(f"{SITE}/bad", body, more=more), good(2)))
    assert outline(items) == ["1", "FAILED", "2"]


def test_a_corrupt_member_in_the_middle() -> None:
    members = [packed(good(n)) for n in range(6)]
    broken = bytearray(members[2])
    broken[80:90] = b"\x00\xff" * 5
    items = found(b"".join([*members[:2], bytes(broken), *members[3:]]))
    assert outline([one for one in items if isinstance(one, Document)]) == ["0", "1", "3", "4", "5"]
    failures = [one for one in items if isinstance(one, Failure)]
    assert 1 <= len(failures) <= 2
    assert all(one.error.startswith("news.warc.gz:") and "\n" not in one.error for one in failures)


@pytest.mark.parametrize("rubbish", [b"rubbish " * 40, b"\x1f\x8b\x08" * 300, b"\0" * 5_000])
def test_rubbish_between_members(rubbish: bytes) -> None:
    items = found(packed(good(0), good(1)) + rubbish + packed(good(2), good(3)))
    assert [one for one in outline(items) if one != "FAILED"] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("packing", [packed, lambda *r: b"".join(r)])
def test_every_way_a_file_can_end_too_early(packing: object) -> None:
    assert callable(packing)
    data, kept = packing(good(0), good(1), good(2)), len(packing(good(0), good(1)))
    for cut in range(kept + 1, len(data) - 8, 37):
        items = found(data[:cut])
        assert outline(items)[:2] == ["0", "1"]
        if len(items) > 2 or packing is packed:
            assert outline(items)[2:] in (["FAILED"], ["2", "FAILED"]), cut


def test_a_wrong_length_costs_one_record() -> None:
    for length in (10, 100_000):
        items = found(good(0) + record(f"{SITE}/wrong", story(1), length=length) + good(2) + good(3), name="news.warc")
        assert [one for one in outline(items) if one not in ("FAILED", "wrong")] == ["0", "2", "3"]
        assert "FAILED" in outline(items)


class Sparse(io.RawIOBase):
    """A file of some bytes, three gigabytes of nothing, and some more bytes."""

    def __init__(self, head: bytes, tail: bytes) -> None:
        self.head, self.tail = head, tail
        self.second = head.rindex(b"HTTP/1.1") + 3_000_000_000
        self.at = self.asked = 0

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset if whence == 0 else self.at + offset
        return self.at

    def read(self, size: int = -1) -> bytes:
        self.asked = max(self.asked, size)
        if self.at < len(self.head):
            out = self.head[self.at : self.at + size]
        elif self.at < self.second:
            out = bytes(min(size, self.second - self.at))
        else:
            out = self.tail[self.at - self.second : self.at - self.second + size]
        self.at += len(out)
        return out


def test_a_record_larger_than_any_page_is_passed_over_unread() -> None:
    file = Sparse(good(0) + record(f"{SITE}/huge", b"", length=3_000_000_000)[:-4], b"\r\n\r\n" + good(2))
    items = list(responses("huge.warc", file))  # type: ignore[arg-type]
    assert outline(items) == ["0", "FAILED", "2"]
    assert isinstance(items[1], Failure) and "too large" in items[1].error
    assert 0 < file.asked < 50_000_000


@pytest.mark.parametrize("data", [b"", b"no archive at all\n" * 20, b"\x1f\x8b\x08 nor this", b"\0" * 100, b"WARC/1.0"])
def test_what_is_no_warc(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "no.warc.gz"
    path.write_bytes(data)
    (one,) = documents(str(path))
    assert isinstance(one, Failure)
    assert "not a WARC file" in one.error
