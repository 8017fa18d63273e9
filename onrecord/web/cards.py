"""An item as a card: who did what to whom, in which words. The same in the margin of its page and in every list."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.record import Commitment, Event, Meeting, Record, Span, Statement, When, Where

ROOMS = ("statements", "events", "commitments", "meetings", "dates", "actors")
ITEMS = ROOMS[:4]


@dataclass(frozen=True, slots=True)
class Name:
    """An actor as a link: its id, and the name to show. Both null where the page does not tell."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """An item in the margin. ``item`` is its id, ``room`` its list in the record, ``sort`` its type there.

    ``did`` and ``to`` make the line "who did to whom"; ``words`` are the evidence; ``facts`` are (label, value).
    """

    item: str
    room: str
    sort: str
    who: tuple[Name, ...] = ()
    did: str = ""
    to: tuple[Name, ...] = ()
    words: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    confidence: float | None = None
    inside: str | None = None
    at: int = 0


def cards(record: Record) -> tuple[Card, ...]:
    """The cards of a page: its items in the order of the text, then its dates, then its actors."""
    return tuple(sorted(_cards(record), key=lambda card: (max(3, ROOMS.index(card.room)), card.at)))


def card(item: Statement | Event | Commitment | Meeting, names: Mapping[str, str]) -> Card:
    """The card of one item. ``names`` are those of the actors, by id."""
    match item:
        case Statement():
            return _statement(item, names)
        case Event():
            return _event(item, names)
        case Commitment():
            return _commitment(item, names)
        case Meeting():
            return _meeting(item, names)


def _cards(record: Record) -> Iterator[Card]:
    names = {actor.id: actor.name for actor in record.actors}
    for items in (record.statements, record.events, record.commitments, record.meetings):
        for item in items:
            yield card(item, names)
    for when in {when.span.start: when for when in record.dates if when.span}.values():
        yield _date(when)
    for actor in (actor for actor in record.actors if actor.mentions):
        facts = _facts(kind=actor.kind, role=actor.role, code=actor.code, country=actor.country)
        first = _first(*actor.mentions)
        words = tuple(dict.fromkeys(m.text for m in actor.mentions))
        yield Card(actor.id, "actors", actor.kind, (Name(actor.id, actor.name),), words=words, facts=facts, at=first)


def _statement(item: Statement, names: Mapping[str, str]) -> Card:
    speaker = _names([item.speaker] if item.speaker else [], names)
    if not speaker and item.speaker_span:
        speaker = (Name(None, item.speaker_span.text),)
    facts = _facts(
        about=_listed(item.about, names),
        said=days(item.said),
        medium=item.medium,
        note=", ".join(
            word for word, holds in [("denial", item.denial), ("said repeatedly", item.repeated)] if holds
        ),
    )  # fmt: skip
    return Card(
        item.id, "statements", item.kind, speaker, item.cue.text if item.cue else "", _names(item.addressees, names),
        tuple(span.text for span in item.content), facts, item.confidence, item.said_in, _first(*item.content),
    )  # fmt: skip


def _event(item: Event, names: Mapping[str, str]) -> Card:
    facts = _facts(
        mode=item.mode,
        context=", ".join(item.contexts),
        status=item.status if item.asserted else f"{item.status}, claimed only",
        when=days(item.when),
        where=place(item.where),
        CAMEO=item.cameo and f"{item.cameo} ({item.goldstein:+g})" if item.goldstein is not None else item.cameo,
    )
    return Card(
        item.id, "events", item.type, _names(item.actors, names), "→" if item.recipients else "",
        _names(item.recipients, names), (item.trigger.text,), facts, item.confidence, item.said_in, item.trigger.start,
    )  # fmt: skip


def _commitment(item: Commitment, names: Mapping[str, str]) -> Card:
    facts = _facts(condition=item.condition.text if item.condition else None, deadline=days(item.deadline))
    return Card(
        item.id, "commitments", item.kind, _names([item.by] if item.by else [], names), "→" if item.to else "",
        _names(item.to, names), (item.consequence.text,), facts, item.confidence, item.said_in,
        _first(item.consequence),
    )  # fmt: skip


def _meeting(item: Meeting, names: Mapping[str, str]) -> Card:
    facts = _facts(
        status=item.status, when=days(item.when), where=place(item.where), which=item.ordinal
    )  # fmt: skip
    return Card(
        item.id, "meetings", item.kind, _names(item.who, names), words=(item.span.text,), facts=facts,
        confidence=item.confidence, inside=item.said_in, at=item.span.start,
    )  # fmt: skip


def _date(item: When) -> Card:
    start, text = (item.span.start, item.span.text) if item.span else (0, "")
    return Card(f"date-{start}", "dates", item.basis, words=(text,), facts=_facts(days=days(item)), at=start)


def _names(ids: Iterable[str], names: Mapping[str, str]) -> tuple[Name, ...]:
    return tuple(Name(each, names.get(each, each)) for each in ids)


def _listed(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(each, each) for each in ids)


def _facts(**facts: str | None) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in facts.items() if value)


def _first(*spans: Span) -> int:
    return min((span.start for span in spans), default=0)


def days(when: When | None) -> str | None:
    """A When as people write it: a day, a month, a year, or first to last."""
    return None if when is None else stretch(when.first, when.last)


def stretch(first: str, last: str) -> str:
    """Days from first to last: ``2026-03-12``, ``2026-03`` and ``2026`` where they are that whole month or year."""
    if first == last:
        return first
    if first[4:] == "-01-01" and last == f"{first[:4]}-12-31":
        return first[:4]
    if first[8:] == "01" and last[:7] == first[:7]:
        year, month = int(first[:4]), int(first[5:7])
        if int(last[8:]) == monthrange(year, month)[1]:
            return first[:7]
    return f"{first} to {last}"


def place(where: Where | None) -> str | None:
    """A place with its country."""
    if where is None:
        return None
    return f"{where.name}, {where.country}" if where.country else where.name


def summary(card: Card) -> str:
    """A card in one line, for the pointer: who, what, to whom, and why we say so."""
    who = ", ".join(name.name for name in card.who)
    to = ", ".join(name.name for name in card.to)
    line = " ".join(part for part in (who, card.did, to) if part)
    words = " … ".join(card.words)[:240]
    facts = "; ".join(f"{label}: {value}" for label, value in card.facts)
    return " — ".join(part for part in (label(card), line, words, facts) if part)


def label(card: Card) -> str:
    """What a card is: a kind of statement needs the noun, a threat does not."""
    if card.room in ("statements", "dates"):
        return f"{card.sort} {card.room.removesuffix('s')}"
    return card.sort.capitalize()
