"""One page as published, with everything that was read from it marked in place, and the list that stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from onrecord.record import Page, Record
from onrecord.web.cards import ROOMS, Card, cards
from onrecord.web.marks import Mark, Piece, marks, pieces
from onrecord.web.shown import seen


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the page, or what stands between blocks (role ``gap``), with its marked text."""

    role: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Article:
    """What the article page shows."""

    page: Page
    parts: tuple[Part, ...]
    cards: tuple[Card, ...]
    reader: str
    counts: dict[str, int]


def article(record: Record) -> Article:
    """The article page of a record."""
    found = marks(record)
    beside = cards(record)
    counts = {room: sum(card.room == room for card in beside) for room in ROOMS}
    return Article(record.page, tuple(_parts(record.page, found)), beside, record.reader, counts)


def _parts(page: Page, found: tuple[Mark, ...]) -> Iterator[Part]:
    """The blocks and what stands between them. What goes on in one line is one part."""
    line: list[tuple[str, Markup]] = []
    at = 0
    for role, start, end in _stretches(page):
        if line and "\n" in page.text[at:start]:
            yield _part(line)
            line = []
        html = _html(pieces(page.text, start, end, found))
        line.append((role, page.text[at:start] + html if line else html))
        at = end
    if line:
        yield _part(line)


def _stretches(page: Page) -> Iterator[tuple[str, int, int]]:
    """(role, start, end) of all of the text but the white space between blocks."""
    at = 0
    for block in page.blocks:
        yield from _gap(page.text, at, block.start)
        yield block.role, block.start, block.end
        at = block.end
    yield from _gap(page.text, at, len(page.text))


def _gap(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    between = text[start:end]
    if words := between.strip():
        left = start + between.index(words)
        yield "gap", left, left + len(words)


def _part(line: list[tuple[str, Markup]]) -> Part:
    role = next((role for role, _ in line if role != "gap"), "gap")
    if len(line) == 1:
        return Part(role, line[0][1])
    return Part(role, Markup("").join(Markup('<span class="{}">{}</span>').format(each, html) for each, html in line))


def _html(cut: Iterable[Piece]) -> Markup:
    return Markup("").join(_piece(piece) for piece in cut)


def _piece(piece: Piece) -> Markup:
    html = seen(piece.text)
    for mark in reversed(piece.marks):
        html = Markup('<span class="m {} {}" data-i="{}">{}</span>').format(
            mark.layer, mark.kind.lower(), mark.item, html
        )
    for item in piece.begins:
        html = Markup('<span id="at-{}"></span>').format(item) + html
    return html
