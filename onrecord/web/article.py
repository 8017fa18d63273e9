"""One page as published, with all that was read from it and all that people found of it, in place and beside it.

What is shown is the record as people have corrected it; what they rejected keeps its card, and what the machine missed
and they added has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from onrecord.archive import Archive
from onrecord.archive.query import Kind
from onrecord.archive.rows import PageRef, Review, Row
from onrecord.record import Actor, Page, Record
from onrecord.web.asked import KINDS, AskedError
from onrecord.web.cards import ROOMS, Card, cards
from onrecord.web.fields import Box, boxes
from onrecord.web.findings import Finding, findings
from onrecord.web.hits import VERDICTS, flat, hit
from onrecord.web.marks import Mark, Piece, marks, pieces
from onrecord.web.shown import seen


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the page, or what stands between blocks (role ``gap``), with its marked text and where it starts."""

    role: str
    html: Markup
    start: int


@dataclass(frozen=True, slots=True)
class Form:
    """The form that is open: of the item that is corrected, or of a kind that is added (``item`` None)."""

    kind: Kind
    item: str | None
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """What the article page shows. ``findings`` are those of each item, ``lost`` reviews that no item is left for."""

    page: Page
    ref: PageRef
    versions: tuple[PageRef, ...]
    parts: tuple[Part, ...]
    cards: tuple[Card, ...]
    actors: tuple[Actor, ...]
    reader: str
    counts: dict[str, int]
    findings: Mapping[str, tuple[Finding, ...]]
    verdicts: Mapping[str, str]
    lost: tuple[Review, ...]
    form: Form | None


def look(archive: Archive, id_: str, *, correct: str = "", add: str = "", at: str = "") -> Article | None:
    """The article page of an id, with the form to ``correct`` an item or to ``add`` one of a kind. None if not here."""
    record, ref = archive.record(id_), archive.page(id_)
    if record is None or ref is None:
        return None
    rows = archive.items(id_)
    form = None
    if add:
        kind = next((kind for kind in KINDS if kind == add), None)
        if kind is None:
            raise AskedError(f"add: one of {', '.join(KINDS)}")
        form = Form(kind, None, boxes(kind, None, record.page, at))
    elif correct:
        kind, item = next(
            ((kind, row.item) for kind, each in rows.items() for row in each if row.item.id == correct), (None, None)
        )
        if kind is None or item is None:
            raise AskedError("There is no such item on this page")
        form = Form(kind, correct, boxes(kind, item, record.page))
    return article(record, ref, archive.versions(id_), rows, archive.reviews(page=id_), form)


def article(
    record: Record,
    ref: PageRef,
    versions: tuple[PageRef, ...],
    rows: Mapping[Kind, Sequence[Row[Any]]],
    reviews: Sequence[Review],
    form: Form | None = None,
) -> Article:
    """The article page of a record, its items as they stand, and what people found of them."""
    stands = standing(record, rows)
    every = [row for each in rows.values() for row in each]
    verdicts = {row.item.id: VERDICTS[row.review.action] for row in every if row.review}
    rejected = frozenset(id_ for id_, verdict in verdicts.items() if verdict == "rejected")
    found = marks(stands, rejected)
    beside = cards(stands)
    counts = {room: sum(card.room == room and card.item not in rejected for card in beside) for room in ROOMS}
    names = {actor.id: actor.name for actor in stands.actors}
    return Article(
        record.page, ref, versions, tuple(_parts(record.page, found)), beside, stands.actors, record.reader, counts,
        findings(reviews, record.page.text, names), verdicts,
        tuple(review for review in reviews if review.attached is None), form,
    )  # fmt: skip


def standing(record: Record, rows: Mapping[Kind, Sequence[Row[Any]]]) -> Record:
    """The record with its items as people have corrected and added them, and the parties they brought in."""
    here = {actor.id for actor in record.actors}
    brought = {
        actor.id: actor for each in rows.values() for row in each for actor in row.actors if actor.id not in here
    }
    items: dict[str, Any] = {kind: tuple(row.item for row in each) for kind, each in rows.items()}
    return replace(record, actors=(*record.actors, *brought.values()), **items)


def table(archive: Archive, id_: str) -> list[dict[str, Any]]:
    """The items of a page as rows, what was rejected among them."""
    return [flat(hit(row)) for each in archive.items(id_).values() for row in each]


def _parts(page: Page, found: tuple[Mark, ...]) -> Iterator[Part]:
    """The blocks and what stands between them. What goes on in one line is one part."""
    line: list[tuple[str, Markup]] = []
    at = began = 0
    for role, start, end in _stretches(page):
        if line and "\n" in page.text[at:start]:
            yield _part(line, began)
            line = []
        began = began if line else start
        html = _html(pieces(page.text, start, end, found))
        line.append((role, page.text[at:start] + html if line else html))
        at = end
    if line:
        yield _part(line, began)


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


def _part(line: list[tuple[str, Markup]], start: int) -> Part:
    role = next((role for role, _ in line if role != "gap"), "gap")
    if len(line) == 1:
        return Part(role, line[0][1], start)
    html = Markup("").join(Markup('<span class="{}">{}</span>').format(each, html) for each, html in line)
    return Part(role, html, start)


def _html(cut: Iterable[Piece]) -> Markup:
    return Markup("").join(_piece(piece) for piece in cut)


def _piece(piece: Piece) -> Markup:
    html = seen(piece.text)
    for mark in reversed(piece.marks):
        html = Markup('<span class="m {} k-{}" data-i="{}">{}</span>').format(
            mark.layer, mark.kind.lower(), mark.item, html
        )
    for item in piece.begins:
        html = Markup('<span id="at-{}"></span>').format(item) + html
    return html
