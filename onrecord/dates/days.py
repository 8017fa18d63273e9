"""Intervals of whole days and the calendar units they are made of. Gregorian, proleptic; no words in here.

A week runs from Monday to Sunday and a century from its ``00`` to its ``99`` year, as ISO 8601 has them; a quarter is
three calendar months; a season is every month that it touches by the calendar or by the sun (June to September for a
summer of the northern hemisphere): which of the two a writer has in mind is not said.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "quarter", "year", "decade", "century"]
Season = Literal["spring", "summer", "autumn", "winter"]

_DAY = timedelta(days=1)
_YEARS: dict[Unit, int] = {"year": 1, "decade": 10, "century": 100}
_SEASON_STARTS: dict[Season, int] = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


@dataclass(frozen=True, slots=True)
class Interval:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Whether it is one single day."""
        return self.first == self.last


def day(moment: date) -> Interval:
    """The interval of one day."""
    return Interval(moment, moment)


def hull(first: Interval, last: Interval) -> Interval | None:
    """From the start of one to the end of the other; None where that would run backwards."""
    return Interval(first.first, last.last) if first.first <= last.last else None


def date_of(year: int, month: int, number: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]):
        return None
    return date(year, month, number)


def months(year: int, month: int, count: int = 1) -> Interval | None:
    """``count`` calendar months from ``month`` of ``year``; a month outside 1..12 counts into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    final_year, final_month = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    if not MINYEAR <= year <= final_year <= MAXYEAR:
        return None
    return Interval(date(year, month, 1), date(final_year, final_month, monthrange(final_year, final_month)[1]))


def years(first: int, count: int = 1) -> Interval | None:
    """``count`` calendar years from ``first``."""
    if not MINYEAR <= first <= first + count - 1 <= MAXYEAR:
        return None
    return Interval(date(first, 1, 1), date(first + count - 1, 12, 31))


def season(name: Season, year: int) -> Interval | None:
    """The season that begins in ``year``: a winter ends in the next."""
    return months(year, _SEASON_STARTS[name], 4)


def unit_around(moment: date, unit: Unit, steps: int = 0) -> Interval | None:
    """The calendar unit that holds ``moment``, or the one ``steps`` units after it (before, where negative)."""
    try:
        match unit:
            case "day":
                return day(moment + timedelta(days=steps))
            case "week":
                monday = moment + timedelta(days=7 * steps - moment.weekday())
                return Interval(monday, monday + timedelta(days=6))
            case "month":
                return months(moment.year, moment.month + steps)
            case "quarter":
                return months(moment.year, moment.month - (moment.month - 1) % 3 + 3 * steps, 3)
            case _:
                count = _YEARS[unit]
                return years(moment.year - moment.year % count + count * steps, count)
    except OverflowError:
        return None


def moved(moment: date, unit: Unit, steps: int) -> date | None:
    """The day ``steps`` units later (earlier, where negative); the last of the month where it has no such day."""
    try:
        match unit:
            case "day":
                return moment + timedelta(days=steps)
            case "week":
                return moment + timedelta(weeks=steps)
            case "month" | "quarter":
                month = moment.month + steps * (3 if unit == "quarter" else 1)
                target = months(moment.year, month)
            case _:
                target = months(moment.year + steps * _YEARS[unit], moment.month)
    except OverflowError:
        return None
    return target.first.replace(day=min(moment.day, target.last.day)) if target else None


def weekday_on_or_before(moment: date, weekday: int) -> date:
    """The latest such weekday (Monday is 0) that is not after ``moment``."""
    return moment - timedelta(days=(moment.weekday() - weekday) % 7)


def weekday_on_or_after(moment: date, weekday: int) -> date:
    """The first such weekday (Monday is 0) that is not before ``moment``."""
    return moment + timedelta(days=(weekday - moment.weekday()) % 7)
