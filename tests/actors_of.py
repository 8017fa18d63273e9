"""The actors of a text, read by one reader for all tests of actors."""

from __future__ import annotations

from functools import cache

from onrecord.actors import Actors, find_actors
from onrecord.page import read_page
from onrecord.reader import Reader
from onrecord.record import Page


@cache
def reader() -> Reader:
    return Reader()


@cache
def cast(text: str) -> tuple[Page, Actors]:
    page = read_page(text, source="test", published="2024-05-06", kind="text")
    return page, find_actors(page, reader().read(page))


def of(text: str, words: str, nth: int = 1) -> str | None:
    """The actor of the n-th time that words stand in the text."""
    page, actors = cast(text)
    start = -1
    for _ in range(nth):
        start = page.text.index(words, start + 1)
    return actors.at(start, start + len(words))
