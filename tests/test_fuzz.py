"""A small part of ``benchmarks/fuzz.py``: monsters of one seed through every door; and what large runs have found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from benchmarks.fuzz import Fuzz
from benchmarks.monsters import MAKERS, monster, own_pages
from onrecord.archive import Archive
from onrecord.page import article_page, read_page
from onrecord.quotation import quotations
from onrecord.read import read
from onrecord.reader import packaged_reader

SEED, CASES = 20260302, 30


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzz]:
    with Archive(tmp_path_factory.mktemp("fuzz") / "a.onrecord") as archive:
        yield Fuzz(SEED, archive, reader=packaged_reader(), longest=3_000)


@pytest.mark.parametrize("number", range(CASES))
def test_a_monster(number: int, fuzz: Fuzz) -> None:
    fuzz.run(number)


def test_monsters_are_of_all_kinds_and_the_same_in_every_run() -> None:
    pages = own_pages()
    made = [monster(SEED, number, pages) for number in range(CASES)]
    assert {one.kind for one in made} == set(MAKERS)
    assert made == [monster(SEED, number, pages) for number in range(CASES)]


# --- what it has found -----------------------------------------------------------------------------------------------


def test_opening_marks_that_nothing_closes_take_no_longer_than_other_letters() -> None:
    text = "“«‘" * 100_000  # minutes, once
    assert len(quotations(text, [(0, len(text))])) == 1


def test_half_a_character_in_an_address_or_a_file_name_reaches_no_archive(tmp_path: Path) -> None:
    words = "Togo said on Monday that it would wait for Mali."
    pages = [
        article_page({"text": words, "url": "https://harbour-post.example/\ud800"}, source="a"),
        read_page(words, source="caf\udce9.txt"),
        read_page(words, source="caf\udcea.txt"),
    ]
    with Archive(tmp_path / "a.onrecord") as archive:
        assert [archive.add(read(page)) for page in pages] == ["added"] * 3
    assert pages[0].url == "https://harbour-post.example/\\ud800"
    assert len({page.id for page in pages}) == 3  # of two files whose names look alike, each is a page


def test_a_page_of_the_first_year() -> None:
    words = "Togo attacked Mali on Monday. The presidents of Togo and Mali met on Tuesday in Lomé."
    assert read(read_page(words, source="a", published="0001-01-02")).page.published == "0001-01-02"
