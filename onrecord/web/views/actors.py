"""Actors: who is here, and all that one of them said, did and received, with whom, over time."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import quote

from onrecord.archive import Archive
from onrecord.archive.count import By
from onrecord.archive.query import Query
from onrecord.archive.rows import ActorRow, Office
from onrecord.web.asked import Asked, AskedError, address, pairs
from onrecord.web.days import STRETCHES, fitting
from onrecord.web.hits import Hit, flat, hits, place
from onrecord.web.plots import Line, timeline

FEW = 6  # of each list; a link leads to the rest
DRAWN = 1000  # of the newest events are counted for whom one deals with


@dataclass(frozen=True, slots=True)
class Actors:
    """Actors by name, those on most pages first."""

    text: str
    country: str
    rows: tuple[ActorRow, ...]
    total: int
    next: str | None


def actors(archive: Archive, asked: Asked) -> Actors:
    """The actors that match."""
    text, country = asked.query.text or "", asked.own("country").upper()
    found = archive.actors(text or None, country=country or None, limit=asked.limit, after=asked.after)
    told = [(name, value) for name, value in (("text", text), ("country", country)) if value]
    following = address("/actors", [*told, ("after", found.next)]) if found.next else None
    return Actors(text, country, found.rows, found.total, following)


def actors_table(view: Actors) -> list[dict[str, Any]]:
    """The actors as rows."""
    return [{**asdict(row), "names": "; ".join(row.names), "roles": "; ".join(row.roles)} for row in view.rows]


@dataclass(frozen=True, slots=True)
class Part:
    """One list of an actor's page, newest first, and the address of all of it."""

    name: str
    hits: tuple[Hit, ...]
    total: int
    more: bool
    all: str


@dataclass(frozen=True, slots=True)
class With:
    """Another actor and how often the two were parties of one event, with the way to the pair."""

    id: str
    name: str
    items: int
    href: str


@dataclass(frozen=True, slots=True)
class ActorView:
    """One actor."""

    actor: ActorRow
    offices: tuple[tuple[Office, str], ...]
    by: By
    stretches: tuple[tuple[str, str], ...]
    lines: list[Line]
    parts: tuple[Part, ...]
    toward: tuple[With, ...]
    fro: tuple[With, ...]


def actor(archive: Archive, asked: Asked, id_: str) -> ActorView | None:
    """What an actor said, did and received. None if no page mentions it."""
    known = archive.actor(id_)
    if known is None:
        return None
    query = asked.query
    by = asked.own("by")
    if by and by not in STRETCHES:
        raise AskedError(f"by: one of {', '.join(STRETCHES)}")
    kept = next((each for each in STRETCHES if each == by), fitting([day for day in (known.first, known.last) if day]))
    buckets = archive.timeline(id_, by=kept, query=query)
    told = [("kind", "events"), ("party", id_)]
    href = {
        bucket.first: address("/search", [*told, ("since", bucket.first), ("until", bucket.last)])
        for bucket in buckets
        if bucket.events
    }
    lines = timeline(buckets, href)
    stretches = tuple(
        (each, address(f"/actors/{quote(id_, safe='')}", pairs(asked, by=each, after=None))) for each in STRETCHES
    )
    parts = (
        _part(archive, "Said", "statements", replace(query, who=(id_,)), [("who", id_)]),
        _part(archive, "Did", "events", replace(query, who=(id_,)), [("kind", "events"), ("who", id_)]),
        _part(archive, "Received", "events", replace(query, to=(id_,)), [("kind", "events"), ("to", id_)]),
        _part(archive, "Threatened and promised", "commitments", replace(query, who=(id_,)),
              [("kind", "commitments"), ("who", id_)]),
        _part(archive, "Met", "meetings", replace(query, who=(id_,)), [("kind", "meetings"), ("who", id_)]),
        _part(archive, "Said of them", "statements", replace(query, about=(id_,)), [("about", id_)]),
    )  # fmt: skip
    offices = tuple((office, place(office.page, id_)) for office in archive.offices(id_))
    return ActorView(
        known, offices, kept, stretches, lines, parts,
        _with(archive, id_, replace(query, who=(id_,)), "to"), _with(archive, id_, replace(query, to=(id_,)), "who"),
    )  # fmt: skip


def actor_table(view: ActorView) -> list[dict[str, Any]]:
    """All that is listed of an actor, as rows."""
    return [{"part": part.name, **flat(each)} for part in view.parts for each in part.hits]


def _part(archive: Archive, name: str, kind: str, query: Query, told: list[tuple[str, str]]) -> Part:
    found: Any = getattr(archive, kind)(query, limit=FEW)
    return Part(name, hits(found.rows), found.total, found.more, address("/search", told))


def _with(archive: Archive, id_: str, query: Query, by: Any) -> tuple[With, ...]:
    made = []
    for count in archive.counts("events", by, query, limit=9, cap=DRAWN):
        if count.value is None or count.value == id_:
            continue
        name = archive.name(count.value) or count.value
        made.append(With(count.value, name, count.items, address("/pair", [("a", id_), ("b", count.value)])))
    return tuple(made[:8])
