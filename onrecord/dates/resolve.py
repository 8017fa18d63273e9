"""What an expression says, with the page's date, the story's last date and the tense, to an interval of days.

Every doubtful case ends in None: a wrong day is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import assert_never

from onrecord.dates import days
from onrecord.dates.clauses import Setting, scheduled
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

#: A page may be dated a day or two before what it tells as past: time zones, late updates.
_SLACK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Context:
    """What a date may count from.

    ``anchor`` is the page's date, ``setting`` the clause, ``story`` the last date the text was at, and ``here`` whether
    it was there in this paragraph; ``northern`` is whether the seasons are those of the northern hemisphere.
    ``history`` is whether the page tells of another time than its date's.
    """

    anchor: date | None
    story: Interval | None
    here: bool
    northern: bool
    setting: Setting
    history: bool = False


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
            return inner and _in_year(moment, inner.first.year)
        case Range(first, last):
            return _range(first, last, context)
        case InStory(steps, unit):
            return context.story and _in_story(steps, unit, context.story)
        case Yearless():
            return _yearless(says, context)
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
            # "in two weeks" without a future is how long something took
            ahead = context.setting.tense == "future" and context.setting.direct
            return days.unit_around(anchor, unit, steps) if ahead else None
        case Current(unit):
            here = days.unit_around(anchor, unit)
            return here if here and (context.story is None or _overlap(here, context.story)) else None
        case Rolling(steps, unit):
            elsewhere = context.story is not None and abs(context.story.first.year - anchor.year) > 1
            return None if steps > 0 and elsewhere else _rolling(anchor, unit, steps)
        case Weekday():
            return _weekday(says, anchor, context.setting)
        case Weekend():
            return _weekend(says, anchor, context.setting)
        case SeasonOf():
            return _season_of(says, anchor, context.setting) if context.northern else None
        case Monthless(number):
            return _monthless(number, anchor, context.setting)
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


def _in_year(moment: Yearless, year: int) -> Interval | None:
    if moment.day is None:
        return days.months(year, moment.month)
    there = days.date_of(year, moment.month, moment.day)
    return days.day(there) if there else None


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
        opening = _in_year(first, year)
        if opening and opening.first > closing.first:
            opening = _in_year(first, year - 1)
    else:
        opening = resolve(first, context)
    return opening and days.hull(opening, closing)


# --- tense and nearness -----------------------------------------------------------------------------------------------


def _chosen(candidates: list[Interval], anchor: date, setting: Setting) -> Interval | None:
    """Of the same date in several years, the one that tense and nearness pick."""
    if setting.direct and setting.tense == "past":
        candidates = [candidate for candidate in candidates if candidate.first <= anchor + _SLACK]
    elif setting.tense == "future" and (setting.direct or scheduled(setting.noun)):
        candidates = [candidate for candidate in candidates if candidate.last >= anchor]
    nearest = min(candidates, key=lambda candidate: _distance(candidate, anchor), default=None)
    named = setting.noun is not None and not scheduled(setting.noun) and setting.tense != "future"
    if nearest and named and nearest.first > anchor + _SLACK:
        return None  # "the 24 February invasion": this year's is to come, and which one is meant is not said
    return nearest


def _distance(candidate: Interval, anchor: date) -> int:
    return max((candidate.first - anchor).days, (anchor - candidate.last).days, 0)


def _yearless(says: Yearless, context: Context) -> Interval | None:
    anchor, story = context.anchor, context.story
    if says.sense is None and context.history and not (story and context.here):
        return None
    if says.sense is None and story and (anchor is None or context.history or abs(story.first.year - anchor.year) > 1):
        # The story is in another time than the page. Within a paragraph its next date follows there; in the next one
        # nobody knows, unless only a year was named in passing.
        precise = story.first.month == story.last.month
        if context.here or anchor is None:
            return _in_year(says, story.first.year) if precise and context.setting.tense != "future" else None
        if precise:
            return None
    if anchor is None:
        return None
    if says.sense:
        return _month_by_sense(says, anchor)
    candidates = [_in_year(says, anchor.year + step) for step in (-1, 0, 1)]
    fitting = [
        candidate
        for candidate in candidates
        if candidate and (says.weekday is None or candidate.first.weekday() == says.weekday)
    ]
    return _chosen(fitting, anchor, context.setting)


def _month_by_sense(says: Yearless, anchor: date) -> Interval | None:
    if says.day is not None:
        return None
    if says.sense == "this":
        return days.months(anchor.year, says.month)
    ahead = says.sense == "next"
    if says.month == anchor.month:
        return days.months(anchor.year + (1 if ahead else -1), says.month)
    return days.months(
        anchor.year + (ahead and says.month < anchor.month) - (not ahead and says.month > anchor.month), says.month
    )


def _weekday(says: Weekday, anchor: date, setting: Setting) -> Interval | None:
    number = says.weekday
    if says.week is not None:
        week = days.unit_around(anchor, "week", says.week)
        return week and days.day(week.first + timedelta(days=number))
    before, after = days.weekday_on_or_before(anchor, number), days.weekday_on_or_after(anchor, number)
    if says.sense == "last":
        return days.day(days.weekday_on_or_before(anchor - timedelta(days=1), number))
    if says.sense == "next":
        if number > anchor.weekday():
            return None  # "next Friday" on a Wednesday: in two days for some, in nine for others
        return days.day(days.weekday_on_or_after(anchor + timedelta(days=1), number))
    if before == after:
        return days.day(before)
    if setting.tense == "unclear":
        return None
    if setting.tense == "future":
        if not setting.direct and not scheduled(setting.noun) and setting.noun:
            return None  # "Monday's attack will ...": the clause looks ahead, the attack need not
        return days.day(after)
    if says.sense == "this" and setting.tense == "none":
        return days.day(anchor + timedelta(days=number - anchor.weekday()))
    return days.day(before)


def _weekend(says: Weekend, anchor: date, setting: Setting) -> Interval | None:
    saturday = days.weekday_on_or_before(anchor, 5)
    within = (anchor - saturday).days < 2
    if says.sense == "next":
        return _two_days(saturday + timedelta(days=7)) if within else None
    if says.sense == "last":
        return _two_days(saturday - timedelta(days=7 * within))
    ahead = setting.tense == "future" or (says.sense == "this" and setting.tense == "none" and anchor.weekday() >= 3)
    if says.sense == "this" and setting.tense == "none" and not within and not ahead:
        return None  # on a Tuesday, "this weekend" without a tense may be either
    return _two_days(saturday if within or not ahead else saturday + timedelta(days=7))


def _two_days(saturday: date) -> Interval:
    return Interval(saturday, saturday + timedelta(days=1))


def _season_of(says: SeasonOf, anchor: date, setting: Setting) -> Interval | None:
    seasons = [season for step in (-2, -1, 0, 1) if (season := days.season(says.season, anchor.year + step))]
    over = [season for season in seasons if season.last < anchor]
    ahead = [season for season in seasons if season.first > anchor]
    current = [season for season in seasons if season.first <= anchor <= season.last]
    match says.sense:
        case "last":
            # Once this year's has passed, "last summer" may be that or the one before.
            return over[-1] if over and (current or over[-1].last.year < anchor.year) else None
        case "next":
            return ahead[0] if ahead and (current or ahead[0].first.year > anchor.year) else None
        case "this":
            if current:
                return current[0]
            if setting.tense == "future":
                return ahead[0] if ahead else None
            if setting.tense == "past":
                return over[-1] if over else None
            return None
    assert_never(says.sense)


def _monthless(number: int, anchor: date, setting: Setting) -> Interval | None:
    around = [days.months(anchor.year, anchor.month + step) for step in (-2, -1, 0, 1, 2)]
    there = [
        moment for month in around if month and (moment := days.date_of(month.first.year, month.first.month, number))
    ]
    if setting.tense == "future":
        return next((days.day(moment) for moment in there if moment >= anchor), None)
    if setting.tense == "past":
        return next((days.day(moment) for moment in reversed(there) if moment <= anchor), None)
    return None
