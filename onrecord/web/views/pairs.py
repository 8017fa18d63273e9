"""Pairs: who does what to whom, as a matrix and a network; two actors over time, with the words under each point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from onrecord.archive import Archive
from onrecord.archive.count import By
from onrecord.archive.query import Query
from onrecord.web.asked import Asked, AskedError, address
from onrecord.web.days import STRETCHES
from onrecord.web.hits import Hit, flat, hits
from onrecord.web.plots import TIMELINE, Column, Line, country, timeline, typed

MOST = 60  # pairs that are drawn; more cannot be told apart


@dataclass(frozen=True, slots=True)
class Pairs:
    """The busiest pairs of countries, and among them who addresses whom."""

    since: str | None
    until: str | None
    lines: list[Line]
    addressed: list[Line]


def pairs(archive: Archive, asked: Asked) -> Pairs:
    """The pairs with the most events, each from the first to the second."""
    lines: list[Line] = []
    for pair in archive.pairs(asked.query, limit=MOST):
        told = [("a", pair.a), ("b", pair.b)]
        told += [(name, value) for name in ("since", "until") if (value := getattr(asked.query, name))]
        lines.append(
            {
                "a": country(pair.a),
                "b": country(pair.b),
                "count": pair.events,
                **{key.lower(): count for key, count in pair.quads.items()},
                "mean": None if pair.goldstein is None else round(pair.goldstein, 2),
                "a_code": pair.a,
                "b_code": pair.b,
                "href": address("/pair", told),
            }
        )
    spoken = [{**line, "count": line["vc"] + line["vx"]} for line in lines]
    return Pairs(asked.query.since, asked.query.until, lines, [line for line in spoken if line["count"]])


def pairs_table(view: Pairs) -> list[dict[str, Any]]:
    """The pairs as rows."""
    return [{name: value for name, value in line.items() if name != "href"} for line in view.lines]


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two says of the other."""

    of: str
    about: str
    hits: tuple[Hit, ...]
    all: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors over time. Empty lists until both are named."""

    a: str
    b: str
    a_name: str
    b_name: str
    by: By
    since: str | None
    until: str | None
    split: str
    columns: tuple[Column, ...]
    lines: list[Line]
    events: tuple[Hit, ...]
    total: int
    more: bool
    all: str
    sides: tuple[Side, ...]


def pair(archive: Archive, asked: Asked) -> Pair:
    """The timeline of two parties, by kind and intensity, and what stands under the stretch that is asked for."""
    a, b = asked.own("a"), asked.own("b")
    by = asked.own("by", "month")
    if by not in STRETCHES:
        raise AskedError(f"by: one of {', '.join(STRETCHES)}")
    split = asked.own("split", "class")
    if split not in ("class", "type"):
        raise AskedError("split: class or type")
    query = asked.query
    if not a or not b:
        return Pair(a, b, a, b, by, query.since, query.until, split, TIMELINE, [], (), 0, False, "", ())
    buckets = archive.timeline(a, b, by=by, query=query)
    href = {
        bucket.first: address(
            "/pair", [("a", a), ("b", b), ("by", by), ("split", split), ("since", bucket.first), ("until", bucket.last)]
        ) + "#under"
        for bucket in buckets
        if bucket.events
    }  # fmt: skip
    columns, lines = typed(buckets, href) if split == "type" else (TIMELINE, timeline(buckets, href))
    # What the bars count: asserted, actual, either way or together; unless other things are asked for.
    counted = replace(query, asserted=query.asserted is not False, status=query.status or ("actual",))
    found = [
        archive.events(replace(counted, who=(one,), about=(other,)), limit=asked.limit)
        for one, other in ((a, b), (b, a))
    ]
    rows = {row.item.id: row for each in found for row in each.rows}
    ordered = sorted(rows.values(), key=lambda row: row.day or "", reverse=True)
    told = [("kind", "events"), ("party", a), ("about", b)]
    told += [(name, value) for name in ("since", "until") if (value := getattr(query, name))]
    return Pair(
        a, b, name_of(archive, a), name_of(archive, b), by, query.since, query.until, split, columns, lines,
        hits(ordered), len(rows), any(each.next for each in found), address("/search", told),
        tuple(_side(archive, one, other, query) for one, other in ((a, b), (b, a))),
    )  # fmt: skip


def pair_table(view: Pair) -> list[dict[str, Any]]:
    """The timeline as rows."""
    return [{name: value for name, value in line.items() if name != "href"} for line in view.lines]


def _side(archive: Archive, one: str, other: str, query: Query) -> Side:
    wanted = replace(query, who=(one,), about=(other,))
    told = [("who", one), ("about", other)]
    told += [(name, value) for name in ("since", "until") if (value := getattr(query, name))]
    found = archive.statements(wanted, limit=8, counted=False)
    return Side(name_of(archive, one), name_of(archive, other), hits(found.rows), address("/search", told))


def name_of(archive: Archive, party: str) -> str:
    """How a party is called: a country by its name, an actor by that which most pages use."""
    named = country(party)
    if named != party:
        return named
    return archive.name(party) or party


def events_table(view: Pair) -> list[dict[str, Any]]:
    """The events as rows."""
    return [flat(each) for each in view.events]
