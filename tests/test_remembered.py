"""A copy gets what it would have got alone, whatever was read before it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.page import read_page
from onrecord.read import fingerprint, read, read_many
from onrecord.reader import packaged_reader
from onrecord.record import Page
from onrecord.remembered import Remembered, under

PAGES = Path(__file__).parent / "pages"
SOURCES = sorted(path for path in PAGES.iterdir() if path.suffix in (".html", ".txt"))


def page(path: Path, url: str, **more: str) -> Page:
    return read_page(path.read_bytes(), source=path.name, url=url, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_record_under_another_address_is_what_reading_gives_there(path: Path) -> None:
    here, there = (page(path, url) for url in ("https://a.example/1", "https://b.example/2"))
    record = read(here)
    assert under(record, here) == record
    assert under(record, there) == read(there)
    assert record.page.id != there.id


def test_equal_words_are_read_once() -> None:
    reader = packaged_reader()
    mark = fingerprint(reader)
    remembered = Remembered(limit=2)
    first, copy = (page(SOURCES[0], url) for url in ("https://a.example/1", "https://b.example/2"))
    assert remembered.find(first, mark) is None
    record = read(first, reader, remembered=remembered)
    found = remembered.find(copy, mark)
    assert found is not None and found == read(copy, reader) and found.page is not record.page
    assert remembered.find(copy, "another reader") is None
    for path in SOURCES[1:3]:
        read(page(path, "https://a.example/3"), reader, remembered=remembered)
    assert remembered.find(copy, mark) is None


@pytest.mark.parametrize(
    "change",
    [
        {"published": "2026-03-09"},
        {"section": ("Sport",)},
        {"text": "x"},
        {"language": "fr"},
        {"outlet": None},
    ],
)
def test_what_a_record_depends_on_is_told_apart(change: dict[str, object]) -> None:
    remembered = Remembered()
    first = page(PAGES / "trawler_ports.html", "https://a.example/1")
    assert first.outlet is not None
    first = replace(first, outlet=replace(first.outlet, country="PER"))
    remembered.keep(first, "mark", read(first))
    assert remembered.find(first, "mark") is not None
    assert remembered.find(replace(first, **change), "mark") is None  # type: ignore[arg-type]


def test_a_stream_with_copies_reads_as_each_page_alone() -> None:
    urls = ("https://a.example/1", "https://b.example/2", "https://c.example/3")
    stream = [page(path, url) for url in urls for path in SOURCES[:4]]
    assert list(read_many(stream)) == [read(one) for one in stream]
