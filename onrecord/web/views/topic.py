"""A topic by phrase: who says what about it, where, over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from onrecord.archive import Archive
from onrecord.archive.count import following
from onrecord.web.asked import Asked, address, pairs
from onrecord.web.hits import Hit, flat, hits
from onrecord.web.plots import Column, Line

COLUMNS = (Column("first", "Month"), Column("statements", "Statements", True))
ADDRESSED = (Column("a", "Who"), Column("b", "About whom"), Column("count", "Statements", True))
COUNTED = 1000
DRAWN = 200  # of the newest statements make the network
VOICES = 6


@dataclass(frozen=True, slots=True)
class Voice:
    """One who speaks of it: how often, and in which words."""

    id: str
    name: str
    items: int
    hits: tuple[Hit, ...]
    all: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What is said about a phrase. Empty without one."""

    text: str
    total: int
    more: bool
    voices: tuple[Voice, ...]
    outlets: tuple[tuple[str, int, str], ...]
    lines: list[Line]
    network: list[Line]


def topic(archive: Archive, asked: Asked) -> Topic:
    """Who says what about a phrase."""
    query = asked.query
    if not query.text:
        return Topic("", 0, False, (), (), [], [])
    total, more = archive.total("statements", query)
    voices = []
    counted = archive.facets("statements", ("who", "month", "outlet"), query, limit=120, cap=COUNTED)
    for count in counted["who"][:VOICES]:
        if count.value is None:
            continue
        found = archive.statements(replace(query, who=(count.value,)), limit=3, order="relevance", counted=False)
        voices.append(
            Voice(
                count.value, archive.name(count.value) or count.value, count.items, hits(found.rows),
                address("/search", pairs(asked, who=count.value)),
            )
        )  # fmt: skip
    found_in = {c.value: c.items for c in counted["month"] if c.value}
    lines: list[Line] = []
    for month in _months(found_in):
        items = found_in.get(month, 0)
        href = address("/search", pairs(asked, since=month, until=month)) if items else None
        lines.append({"first": month, "statements": items, "href": href})
    outlets = tuple(
        (c.value, c.items, address("/search", pairs(asked, outlet=c.value))) for c in counted["outlet"][:12] if c.value
    )
    return Topic(query.text, total, more, tuple(voices), outlets, lines, network(archive, asked))


def _months(told: Iterable[str]) -> list[str]:
    """Every month from the first to the last: silence is told too."""
    months = sorted(told)
    made: list[str] = []
    at = date.fromisoformat(f"{months[0]}-01") if months else None
    while at is not None and at.isoformat()[:7] <= months[-1]:
        made.append(at.isoformat()[:7])
        at = following(at, "month")
    return made


def network(archive: Archive, asked: Asked) -> list[Line]:
    """Who speaks about whom in it: one line for a speaker and an actor spoken of."""
    found = archive.statements(asked.query, limit=DRAWN, counted=False)
    edges: Counter[tuple[str, str, str, str]] = Counter()
    for row in found.rows:
        speaker = row.actor(row.item.speaker)
        for id_ in (*row.item.addressees, *row.item.about):
            other = row.actor(id_)
            if speaker and other and other.id != speaker.id:
                edges[speaker.id, speaker.name, other.id, other.name] += 1
    return [
        {"a": a, "b": b, "count": count, "href": address("/search", pairs(asked, who=a_id, about=b_id))}
        for (a_id, a, b_id, b), count in edges.most_common(40)
    ]


def table(view: Topic) -> list[dict[str, Any]]:
    """What each voice says, as rows."""
    return [flat(each) for voice in view.voices for each in voice.hits]
