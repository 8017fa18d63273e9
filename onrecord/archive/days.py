"""An item's place in time: days as numbers, and the numbers that order the archive's tables."""

from __future__ import annotations

import calendar
import sqlite3
from datetime import date, timedelta

from onrecord.record import Commitment, Event, Meeting, Page, Statement, When

SPREAD = 1 << 24  # items of one kind on one day
NARROW = timedelta(days=6)  # a When as long as a week still says when; a year or "since spring" does not


def ordinal(day: str | None) -> int:
    """The number of an ISO day (or date-time); 0 if unknown. The 31st of a shorter month is that month's last day."""
    if day is None:
        return 0
    try:
        year, month, number = int(day[:4]), int(day[5:7]), int(day[8:10])
        return date(year, month, min(number, calendar.monthrange(year, month)[1])).toordinal()
    except ValueError:
        return 0


def iso(number: int) -> str | None:
    """The ISO day of a number; None for 0."""
    return date.fromordinal(number).isoformat() if number else None


def day_of(n: int) -> str | None:
    """The ISO day at which something stands."""
    return iso(n // SPREAD)


def item_day(item: Statement | Event | Commitment | Meeting, page: Page) -> int:
    """The day an item belongs to: its own where the words tell it to a week, else the page's day of publication.

    A commitment belongs to the day it was reported: its deadline is another matter.
    """
    when = item.said if isinstance(item, Statement) else None if isinstance(item, Commitment) else item.when
    return _narrow(when) or ordinal(page.published)


def next_number(connection: sqlite3.Connection, table: str, day: int) -> int:
    """The first free place of a day in a table."""
    low = day * SPREAD
    found = connection.execute(f"select max(n) from {table} where n >= ? and n < ?", (low, low + SPREAD)).fetchone()[0]
    return low if found is None else int(found) + 1


def _narrow(when: When | None) -> int:
    if when is None:
        return 0
    first, last = ordinal(when.first), ordinal(when.last)
    return first if first and last - first <= NARROW.days else 0
