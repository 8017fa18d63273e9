"""The calendar: meetings held and planned, by day, and where on a map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.archive import Archive
from onrecord.web.asked import Asked, address, pairs
from onrecord.web.days import to_day
from onrecord.web.hits import Hit, flat, hit
from onrecord.web.plots import Column, Line

COLUMNS = (
    Column("place", "Where"), Column("status", "Status"), Column("count", "Meetings", True),
    Column("lat", "Latitude", True), Column("lon", "Longitude", True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """The meetings that begin on one day; those without a day stand under None."""

    day: str | None
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
    """The meetings that are asked for, newest report first, under the days they take place on."""
    on = to_day(asked.own("on")) or date.today().isoformat()
    found = archive.meetings(asked.query, limit=asked.limit, after=asked.after)
    grouped: dict[str | None, list[Hit]] = {}
    places: Counter[tuple[str, float | None, float | None, str]] = Counter()
    for row in found.rows:
        when, where = row.item.when, row.item.where
        grouped.setdefault(when.first if when else None, []).append(hit(row))
        if where:
            place = f"{where.name}, {where.country}" if where.country else where.name
            places[place, where.lat, where.lon, row.item.status] += 1
    ordered = sorted(grouped, key=lambda day: day or "", reverse=True)
    days = tuple(Day(day, tuple(grouped[day]), day is not None and day >= on) for day in ordered)
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
    return Calendar(on, days, found.total, found.more, lines, tabs, status, following)


def table(view: Calendar) -> list[dict[str, Any]]:
    """The meetings as rows."""
    return [{"takes_place": day.day, **flat(each)} for day in view.days for each in day.hits]
