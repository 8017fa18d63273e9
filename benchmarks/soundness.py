"""What holds for every record, whatever the page says: the promises of the codebook that a test can check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

from onrecord.record import Commitment, Event, Meeting, Record, Span, Statement, When

Item = Statement | Event | Commitment | Meeting

_PARTY_FIELDS = ("speaker", "by", "addressees", "about", "actors", "recipients", "to", "who")


def items_of(record: Record) -> tuple[Item, ...]:
    """All that has an id of its own but actors."""
    return (*record.statements, *record.events, *record.commitments, *record.meetings)


def parts(value: object, kind: type[Span] | type[When]) -> Iterator[Span | When]:
    """Every value of a kind in a record or in a part of one."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from parts(inner, kind)
    if is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name), kind)


def spans_of(value: object) -> Iterator[Span]:
    """Every span in a record or in a part of one."""
    return (part for part in parts(value, Span) if isinstance(part, Span))


def check_sound(record: Record) -> None:
    """Assert what must hold: spans, furniture, ids, parties, references between items, dates."""
    _check_spans(record)
    _check_ids(record)
    for actor in record.actors:
        assert actor.mentions, actor
        assert actor.code == (f"{actor.country}{actor.sector}" if actor.country and actor.sector else None), actor
    for statement in record.statements:
        assert statement.content, statement
    for when in (part for part in parts(record, When) if isinstance(part, When)):
        assert date.fromisoformat(when.first) <= date.fromisoformat(when.last), when


def _check_spans(record: Record) -> None:
    text = record.page.text
    furniture = [block for block in record.page.blocks if block.role == "furniture"]
    for span in spans_of(record):
        assert 0 <= span.start < span.end <= len(text) and text[span.start : span.end] == span.text, span
        assert not any(span.start < block.end and block.start < span.end for block in furniture), span


def _check_ids(record: Record) -> None:
    items = items_of(record)
    assert len({item.id for item in items}) == len(items)
    actors = {actor.id for actor in record.actors}
    assert len(actors) == len(record.actors)
    statements = {statement.id for statement in record.statements}
    for item in items:
        assert item.said_in is None or item.said_in in statements - {item.id}, item
        assert set(_parties(item)) <= actors, item
        assert 0.0 <= item.confidence <= 1.0, item
    for statement in record.statements:
        assert statement.repeats is None or statement.repeats in statements - {statement.id}, statement
    for commitment in record.commitments:
        assert commitment.event is None or commitment.event in {event.id for event in record.events}, commitment


def _parties(item: Item) -> Iterator[str]:
    for name in _PARTY_FIELDS:
        value: str | tuple[str, ...] | None = getattr(item, name, None)
        yield from (value,) if isinstance(value, str) else value or ()
