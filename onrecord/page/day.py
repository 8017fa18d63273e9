"""The day a page says it was published: ISO out of the many ways it is written, and only where it is plausible."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from onrecord.months import NUMBER_OF

_MONTH = "(" + "|".join(sorted(NUMBER_OF, key=len, reverse=True)) + r")\b\.?"
EARLIEST = date(1980, 1, 1)  # no news page on the web is older; templates declare 0001-01-01 and 1970-01-01

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:(?:T|\s+)(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?(?!\d)",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?[\s\-/]+(?:of\s+)?" + _MONTH + r",?[\s\-/]+(\d{4})\b", re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"\b" + _MONTH + r"\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"\b(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b")
_NUMBERS = re.compile(r"\b(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\b")
SPELLINGS = (_ISO, _DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST, _NUMBERS)
_IN_PATH = re.compile(
    r"[/\-_](\d{4})[/\-](\d{1,2}|[a-z]{3})[/\-](\d{1,2})(?=[/\-_.?]|$)|[/\-_](20\d\d|19\d\d)(\d\d)(\d\d)(?=[/\-_.?]|$)",
    re.IGNORECASE,
)


def iso(value: str) -> str | None:
    """A date or date-time as ISO, whatever its year; None if it cannot be read.

    The time and its zone are kept where an ISO date-time gives them; other spellings give the day alone. Day and month
    in numbers are read only where one of them is above twelve.
    """
    value = value.strip()
    match = _ISO.match(value)
    if match is None:
        found = written(value)
        return found.isoformat() if found else None
    year, month, day, hour, minute, second, zone = match.groups()
    found = _date(int(year), int(month), int(day))
    if found is None or hour is None or int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return found.isoformat() if found else None
    return f"{found.isoformat()}T{hour}:{minute}:{second or '00'}{_zone(zone)}"


def declared(value: str, *, today: date) -> str | None:
    """A date or date-time that a page declares, as ISO; None if it cannot be read or cannot be true."""
    found = iso(value)
    return found if found and plausible(date.fromisoformat(found[:10]), today=today) else None


def written(words: str) -> date | None:
    """The first full date written out in ``words`` (``3 February 2026``, ``Feb. 3, 2026``, ``2026-02-03``)."""
    candidates: list[tuple[int, date | None]] = []
    if match := _ISO.search(words):
        candidates.append((match.start(), _date(*(int(part) for part in match.groups()[:3]))))
    if match := _DAY_FIRST.search(words):
        day, month, year = match.groups()
        candidates.append((match.start(), _date(int(year), NUMBER_OF[month.lower()], int(day))))
    if match := _MONTH_FIRST.search(words):
        month, day, year = match.groups()
        candidates.append((match.start(), _date(int(year), NUMBER_OF[month.lower()], int(day))))
    if match := _YEAR_FIRST.search(words):
        candidates.append((match.start(), _date(*(int(part) for part in match.groups()))))
    if match := _NUMBERS.search(words):
        one, two, year = (int(part) for part in match.groups())
        if one > 12 or one == two:
            candidates.append((match.start(), _date(year, two, one)))
        elif two > 12:
            candidates.append((match.start(), _date(year, one, two)))
    return min(((at, found) for at, found in candidates if found), default=(0, None))[1]


def in_url(url: str, *, today: date) -> str | None:
    """The full day in a URL's path (``/2026/02/03/``, ``/2026/feb/03/``, ``-20260203``), if plausible."""
    match = _IN_PATH.search(url)
    if match is None:
        return None
    year, month, day = match.group(1, 2, 3) if match.group(1) else match.group(4, 5, 6)
    number = int(month) if month.isdigit() else NUMBER_OF.get(month.lower(), 0)
    found = _date(int(year), number, int(day))
    return found.isoformat() if found and plausible(found, today=today) else None


def plausible(day: date, *, today: date) -> bool:
    """No earlier than the web's news archives, no later than tomorrow (somewhere it is tomorrow already)."""
    return EARLIEST <= day <= today + timedelta(days=1)


def today() -> date:
    """The current day, in UTC."""
    return datetime.now(UTC).date()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "Z"
    digits = zone.replace(":", "")
    return f"{digits[:3]}:{digits[3:] or '00'}"
