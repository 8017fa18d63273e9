"""Days as pages ask for them."""

from __future__ import annotations

from datetime import date

from onrecord.archive import Archive
from onrecord.archive.query import Query
from onrecord.web.asked import day


def to_day(told: str) -> str | None:
    """An ISO day; None for nothing."""
    return day("on", told) if told else None


def latest_day(archive: Archive) -> str | None:
    """The day of the newest page, none later than today; None for an archive without dated pages."""
    found = archive.pages(Query(until=date.today().isoformat(), once=False), limit=1)
    return found.rows[0].published[:10] if found.rows and found.rows[0].published else None
