"""The calendar: meetings held and planned, by day, and where on a map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.archive import Archive
from onrecord.record import Meeting
from onrecord.web.asked import Asked, address, pairs
from onrecord.web.cards import stretch
from onrecord.web.days import to_day
from onrecord.web.hits import Hit, flat, hit
from onrecord.web.plots import Column, Line

COLUMNS = (
    Column("place", "Where"), Column("status", "Status"), Column("count", "Meetings", True),
    Column("lat", "Latitude", True), Column("lon", "Longitude", True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """The meetings of the same days, first to last; those without a day stand under None. ``told`` is for people."""

    day: str | None
    last: str | None
    told: str
    hits: tuple[Hit, ...]
    ahead: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """Meetings by the day they take place."""

    on: str
    days: tuple[Day, ...]
    total: int
    more: bool
    lines: list[Line]
    tabs: tuple[tuple[str, str, str], ...]
    status: str
    next: str | None


def calendar(archive: Archive, asked: Asked) -> Calendar:
    """The meetings that are asked for, newest report first, under their days: what is ahead in the order it comes, then
    what has been, the latest first, then what has no day."""
    on = to_day(asked.own("on")) or date.today().isoformat()
    found = archive.meetings(asked.query, limit=asked.limit, after=asked.after)
    grouped: dict[tuple[str, str] | None, list[Hit]] = {}
    places: Counter[tuple[str, float | None, float | None, str]] = Counter()
    for row in found.rows:
        when, where = row.item.when, row.item.where
        grouped.setdefault((when.first, when.last) if when else None, []).append(hit(row))
        if where:
            place = f"{where.name}, {where.country}" if where.country else where.name
            places[place, where.lat, where.lon, row.item.status] += 1
    told = [days for days in grouped if days]
    ahead = sorted(days for days in told if _ahead(grouped[days], days[1], on))
    past = sorted((days for days in told if days not in ahead), reverse=True)
    days = [
        Day(first, last, stretch(first, last), tuple(grouped[first, last]), (first, last) in ahead)
        for first, last in (*ahead, *past)
    ]
    if None in grouped:
        days.append(Day(None, None, "no day told", tuple(grouped[None]), False))
    lines: list[Line] = [
        {"place": name, "status": status, "count": count, "lat": lat, "lon": lon, "href": None}
        for (name, lat, lon, status), count in places.most_common()
    ]
    status = asked.query.status[0] if len(asked.query.status) == 1 else ""
    tabs = tuple(
        (each, name, address("/calendar", [*pairs(asked, status=None), *([("status", each)] if each else [])]))
        for each, name in (
            ("", "All"), ("planned", "Planned"), ("held", "Held"), ("postponed", "Postponed"),
            ("cancelled", "Cancelled"),
        )
    )  # fmt: skip
    following = address("/calendar", pairs(asked, after=found.next)) if found.next else None
    return Calendar(on, tuple(days), found.total, found.more, lines, tabs, status, following)


def _ahead(found: list[Hit], last: str, on: str) -> bool:
    """Whether something planned for these days is still to come."""
    return last >= on and any(isinstance(each.item, Meeting) and each.item.status == "planned" for each in found)


def table(view: Calendar) -> list[dict[str, Any]]:
    """The meetings as rows."""
    return [{"takes_place": day.day, **flat(each)} for day in view.days for each in day.hits]
