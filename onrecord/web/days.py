"""Days as pages ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import get_args

from onrecord.archive import Archive
from onrecord.archive.count import By
from onrecord.archive.query import Query
from onrecord.web.asked import day

STRETCHES: tuple[By, ...] = get_args(By)


def to_day(told: str) -> str | None:
    """An ISO day; None for nothing."""
    return day("on", told) if told else None


def latest_day(archive: Archive) -> str | None:
    """The day of the newest page, none later than today; None for an archive without dated pages."""
    found = archive.pages(Query(until=date.today().isoformat(), once=False), limit=1)
    return found.rows[0].published[:10] if found.rows and found.rows[0].published else None


def fitting(days: Sequence[str]) -> By:
    """The stretch that makes some dozen of the time between the first day and the last, the outermost tenths aside."""
    if not days:
        return "month"
    ordered = sorted(days)
    outer = len(days) // 10  # one old report must not make years of a month's news
    first, last = (date.fromisoformat(day) for day in (ordered[outer], ordered[-1 - outer]))
    length = (last - first).days
    return "day" if length <= 21 else "week" if length <= 120 else "month" if length <= 1500 else "year"
