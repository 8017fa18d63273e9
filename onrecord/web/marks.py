"""Where a record's items stand in the page's text, and the text cut into pieces along them.

Items overlap as they please: a name inside a condition inside a quotation that runs over its end. HTML cannot have
overlapping elements, so the text is cut at every edge of every mark; each piece knows all marks over it, and is drawn
as nested elements in the one order of ``Layer``, so that each kind has its own line or tint whatever else is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, get_args

from onrecord.record import Record, Span

# From the outermost element to the innermost. ``evidence``, an event's sentence, shows only while its event is held;
# so does ``rejected``, the words of whatever somebody has found to be no such item.
Layer = Literal[
    "rejected",
    "evidence",
    "content",
    "consequence",
    "condition",
    "meeting",
    "trigger",
    "date",
    "speaker",
    "cue",
    "actor",
]
DEPTH = {layer: n for n, layer in enumerate(get_args(Layer))}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that an item stands on. ``item`` is the item's id, ``kind`` its type in its own list."""

    item: str
    layer: Layer
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under one and the same set of marks. ``begins`` are the items whose first mark starts here."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[str, ...]


def marks(record: Record, rejected: frozenset[str] = frozenset()) -> tuple[Mark, ...]:
    """Every mark of a record, in the order of the text; an outer one before those inside it.

    Of the items that are ``rejected``, by their ids, the words keep their place and lose their kind.
    """
    every = (
        replace(mark, layer="rejected") if mark.item in rejected else mark
        for mark in _marks(record)
        if not (mark.item in rejected and mark.layer == "evidence")
    )
    found = sorted(every, key=lambda mark: (mark.start, -mark.end, DEPTH[mark.layer]))
    return tuple(mark for mark in found if mark.start < mark.end)


def _marks(record: Record) -> Iterator[Mark]:
    for statement in record.statements:
        yield from _each(statement.id, "content", statement.kind, statement.content)
        yield from _each(statement.id, "speaker", statement.kind, [statement.speaker_span])
        yield from _each(statement.id, "cue", statement.kind, [statement.cue])
    for event in record.events:
        yield from _each(event.id, "evidence", event.type, [event.evidence])
        yield from _each(event.id, "trigger", event.type, [event.trigger])
    for commitment in record.commitments:
        yield from _each(commitment.id, "consequence", commitment.kind, [commitment.consequence])
        yield from _each(commitment.id, "condition", commitment.kind, [commitment.condition])
    for meeting in record.meetings:
        yield from _each(meeting.id, "meeting", meeting.status, [meeting.span])
    for when in record.dates:
        if when.span:
            yield Mark(f"date-{when.span.start}", "date", when.basis, when.span.start, when.span.end)
    for actor in record.actors:
        yield from _each(actor.id, "actor", actor.kind, actor.mentions)


def _each(item: str, layer: Layer, kind: str, spans: Iterable[Span | None]) -> Iterator[Mark]:
    for span in spans:
        if span is not None:
            yield Mark(item, layer, kind, span.start, span.end)


def pieces(text: str, start: int, end: int, found: tuple[Mark, ...]) -> tuple[Piece, ...]:
    """``text[start:end]`` in pieces. ``found`` are the marks of the whole page, as ``marks`` gives them."""
    over = [mark for mark in found if mark.start < end and mark.end > start]
    edges = {start, end}
    for mark in over:
        edges |= {max(start, mark.start), min(end, mark.end)}
    firsts = first_places(found)
    cut = []
    for left, right in pairwise(sorted(edges)):
        here = sorted((m for m in over if m.start <= left and m.end >= right), key=lambda mark: DEPTH[mark.layer])
        begins = dict.fromkeys(mark.item for mark in here if firsts.get(mark.item) == mark.start == left)
        cut.append(Piece(text[left:right], tuple(here), tuple(begins)))
    return tuple(cut)


def first_places(found: Iterable[Mark]) -> dict[str, int]:
    """Where each item first stands. An event stands at its trigger, not at the start of its sentence."""
    places: dict[str, int] = {}
    for mark in found:
        if mark.layer != "evidence":
            places[mark.item] = min(mark.start, places.get(mark.item, mark.start))
    return places
