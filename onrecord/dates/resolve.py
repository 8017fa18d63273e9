"""What an expression says, with the page's date, the story's last date and the tense, to an interval of days.

Every doubtful case ends in None: a wrong day is worse than none.
"""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta
from typing import assert_never

from onrecord.dates import days, nearness
from onrecord.dates.context import Context
from onrecord.dates.days import Interval, Season, Unit
from onrecord.dates.expressions import (
    Ahead,
    Around,
    Current,
    Expression,
    Fixed,
    InStory,
    InYear,
    Monthless,
    Moved,
    NthOf,
    Part,
    Portion,
    Range,
    Rolling,
    SeasonIn,
    SeasonOf,
    Shift,
    Since,
    Stretch,
    Vague,
    Weekday,
    Weekend,
    Within,
    Yearless,
)
from onrecord.record import Basis


def resolve(says: Expression, context: Context) -> Interval | None:
    """The days that ``says`` names in ``context``; None where that is not certain."""
    match says:
        case Fixed(interval):
            return interval
        case Within(portion, whole):
            inner = resolve(whole, context)
            return inner and _portion(portion, inner, context.anchor)
        case NthOf(n, part, whole):
            inner = resolve(whole, context)
            return inner and _nth(n, part, inner)
        case Stretch(n, unit, whole):
            inner = resolve(whole, context)
            return inner and _stretch(n, unit, inner)
        case Around(unit, part):
            inner = resolve(part, context)
            return days.unit_around(inner.first, unit) if inner else None
        case SeasonIn(name, whole):
            inner = resolve(whole, context)
            return _season_in(name, inner) if inner and context.northern else None
        case InYear(moment, whole):
            inner = resolve(whole, context)
            return inner and nearness.in_year(moment, inner.first.year)
        case Range(first, last):
            return _range(first, last, context)
        case InStory(steps, unit):
            return context.story and _in_story(steps, unit, context.story)
        case Yearless():
            return nearness.yearless(says, context)
        case Vague():
            return None
    anchor = context.anchor
    if anchor is None:
        return None
    match says:
        case Since(start):
            opening = resolve(start, context)
            return opening and days.hull(opening, days.day(anchor))
        case Shift(steps, unit):
            return days.unit_around(anchor, unit, steps)
        case Moved(steps, unit, start):
            counted = resolve(start, context)
            there = days.moved(counted.first, unit, steps) if counted else None
            return days.day(there) if there else None
        case Ahead(steps, unit):
            # "in two weeks" without a future is how long something took; "vowed to build it in two years", how long
            # it is to take
            ahead = context.setting.tense == "future" and context.setting.direct and context.setting.firm
            return days.unit_around(anchor, unit, steps) if ahead else None
        case Current(unit):
            here = days.unit_around(anchor, unit)
            # "In March 2022 he fell ill. By the end of the year, he was gone": but what is to be by then is the page's
            if here is None or context.story is None or context.setting.tense == "future":
                return here
            return here if _overlap(here, context.story) else None
        case Rolling(steps, unit):
            elsewhere = context.story is not None and abs(context.story.first.year - anchor.year) > 1
            return None if steps > 0 and elsewhere else _rolling(anchor, unit, steps)
        case Weekday():
            return nearness.weekday(says, anchor, context.setting)
        case Weekend():
            return nearness.weekend(says, anchor, context.setting)
        case SeasonOf():
            return nearness.season_of(says, anchor, context.setting) if context.northern else None
        case Monthless(number):
            return nearness.monthless(number, anchor, context.setting)
        case _:
            assert_never(says)


def basis(says: Expression) -> Basis:
    """``explicit`` where the words suffice, ``inferred`` where tense and nearness supply a part, else ``relative``."""
    match says:
        case Fixed():
            return "explicit"
        case Yearless() | Monthless():
            return "inferred"
        case Around(inner=inner):
            return basis(inner)
        case (
            Within(whole=inner)
            | NthOf(whole=inner)
            | Stretch(whole=inner)
            | SeasonIn(whole=inner)
            | InYear(whole=inner)
        ):
            return "relative" if isinstance(inner, Shift | Current) else basis(inner)
        case Range(first, last):
            return basis(last) if isinstance(first, Yearless) else basis(first)
        case _:
            return "relative"


# --- parts of an interval ---------------------------------------------------------------------------------------------


def _overlap(one: Interval, other: Interval) -> bool:
    return one.first <= other.last and other.first <= one.last


def _rolling(anchor: date, unit: Unit, steps: int) -> Interval | None:
    """Months and years to the day; days and weeks with the day they are counted from, as loosely as they are said."""
    other = days.moved(anchor, unit, steps)
    if other is None:
        return None
    if unit not in ("day", "week"):
        other += timedelta(days=1 if steps < 0 else -1)
    return Interval(min(anchor, other), max(anchor, other))


def _portion(portion: Portion, whole: Interval, anchor: date | None) -> Interval | None:
    """A third; of a decade a half (its middle is three to seven); of a week or less all of it."""
    length = (whole.last - whole.first).days + 1
    if portion == "last-day":
        return days.day(whole.last)
    if portion in ("so-far", "still-to-come"):
        if anchor is None or not whole.first <= anchor <= whole.last:
            return whole  # "later in 1689": later than what was told, and that may be any part
        return Interval(whole.first, anchor) if portion == "so-far" else Interval(anchor, whole.last)
    if length <= 7:
        return whole
    if length <= 31:
        cut = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}[portion]
        return Interval(whole.first.replace(day=cut[0]), whole.first.replace(day=min(cut[1], whole.last.day)))
    years = whole.last.year - whole.first.year + 1
    if years == 10:
        start, count = {"early": (0, 5), "mid": (3, 5), "late": (5, 5)}[portion]
        return days.years(whole.first.year + start, count)
    if years == 100:
        start, count = {"early": (0, 33), "mid": (33, 34), "late": (67, 33)}[portion]
        return days.years(whole.first.year + start, count)
    span = (years - 1) * 12 + whole.last.month - whole.first.month + 1
    if span % 3:
        return None
    start = {"early": 0, "mid": span // 3, "late": 2 * span // 3}[portion]
    return days.months(whole.first.year, whole.first.month + start, span // 3)


def _nth(n: int, part: Part, whole: Interval) -> Interval | None:
    if part in ("half", "quarter"):
        count = 2 if part == "half" else 4
        span = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
        n = count if n == -1 else n
        if span % count or not 1 <= n <= count or span > 1200:
            return None
        return days.months(whole.first.year, whole.first.month + (n - 1) * span // count, span // count)
    step = 7 if part == "week" else 1
    first = whole.first + timedelta(days=step * (n - 1)) if n > 0 else whole.last - timedelta(days=step - 1)
    last = first + timedelta(days=step - 1)
    return Interval(first, last) if last <= whole.last else None


def _stretch(n: int, unit: Unit, whole: Interval) -> Interval | None:
    if n > 0:
        end = days.moved(whole.first, unit, n)
        return Interval(whole.first, end - timedelta(days=1)) if end and end <= whole.last else None
    start = days.moved(whole.last + timedelta(days=1), unit, n) if whole.last.year < MAXYEAR else None
    return Interval(start, whole.last) if start and start > whole.first else None


def _season_in(name: Season, whole: Interval) -> Interval | None:
    """The winter of one year may be the one it opens with or the one it closes with; "2013-14" has but one."""
    turn = whole.last.year > whole.first.year
    return days.season(name, whole.first.year) if (name == "winter") == turn else None


def _in_story(steps: int, unit: Unit, story: Interval) -> Interval | None:
    """Units counted from the story's date, unless that is vaguer than the unit: no day is "two days after 2014"."""
    around = days.unit_around(story.first, unit)
    if around is None or story.last > around.last:
        return None
    return days.unit_around(story.first, unit, steps)


def _range(first: Expression, last: Expression, context: Context) -> Interval | None:
    closing = resolve(last, context)
    if closing is None:
        return None
    if isinstance(first, Weekday) and isinstance(last, Weekday):
        opening = resolve(first, context)
        if opening is None:
            return None
        # "from Friday to Sunday" is one stretch, whichever of its ends lies nearer.
        start = days.weekday_on_or_before(closing.first, first.weekday)
        return Interval(start, closing.last)
    if isinstance(first, Yearless):
        year = closing.first.year
        opening = nearness.in_year(first, year)
        if opening and opening.first > closing.first:
            opening = nearness.in_year(first, year - 1)
    else:
        opening = resolve(first, context)
    return opening and days.hull(opening, closing)
