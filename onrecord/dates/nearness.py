"""What words leave out, supplied by tense and nearness: the year of a day, the week of a weekday, the year of a season.

Every doubtful case ends in None: a wrong day is worse than none.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import assert_never

from onrecord.dates import days
from onrecord.dates.clauses import Setting, scheduled
from onrecord.dates.context import Context
from onrecord.dates.days import Interval
from onrecord.dates.expressions import SeasonOf, Weekday, Weekend, Yearless

#: A page may be dated a day or two before what it tells as past: time zones, late updates.
_SLACK = timedelta(days=2)


def in_year(moment: Yearless, year: int) -> Interval | None:
    """The day or month in that year; None where the calendar has no such day."""
    if moment.day is None:
        return days.months(year, moment.month)
    there = days.date_of(year, moment.month, moment.day)
    return days.day(there) if there else None


#: So many days from the page's date, nearness alone no longer tells the year.
_NEAR = 80
#: And so many times as far as the same date of another year, no infinitive or participle does.
_FARTHER = 1.25


def _chosen(candidates: list[Interval], anchor: date, setting: Setting) -> Interval | None:
    """Of the same date in several years, the one that tense and nearness pick."""
    fitting = candidates
    if setting.direct and setting.tense == "past":
        fitting = [candidate for candidate in candidates if candidate.first <= anchor + _SLACK]
    elif setting.tense == "future" and (setting.direct or scheduled(setting.noun)):
        fitting = [candidate for candidate in candidates if candidate.last >= anchor]
    nearest = min(fitting, key=lambda candidate: _distance(candidate, anchor), default=None)
    if nearest is None:
        return None
    away = _distance(nearest, anchor)
    if setting.tense in ("none", "present", "unclear") and away > _reach(setting):
        return None  # "a win in November", said in February; "to win in November", said in January
    if not setting.firm and away > max(_NEAR, _FARTHER * min(_distance(candidate, anchor) for candidate in candidates)):
        return None  # "time reserved in December", said in November; "urged to release the tapes from January 5"
    named = setting.noun is not None and not scheduled(setting.noun) and setting.tense != "future"
    if named and nearest.first > anchor + _SLACK:
        return None  # "the 24 February invasion": this year's is to come, and which one is meant is not said
    return nearest


def _reach(setting: Setting) -> float:
    """How far from the page's date nearness tells the year where tense does not."""
    if scheduled(setting.noun):
        return _NEAR / 3  # "the November election", said in January, is as likely to come as over
    return _NEAR / 2 if setting.direct and not setting.firm else _NEAR


def _distance(candidate: Interval, anchor: date) -> int:
    return max((candidate.first - anchor).days, (anchor - candidate.last).days, 0)


def yearless(says: Yearless, context: Context) -> Interval | None:
    """The days of "27 January" or "in January": of the heading's year, the story's, or the one nearest in tense."""
    anchor, story = context.anchor, context.story
    if says.sense is None:
        told_here = story is not None and context.here
        if context.headed and not told_here:
            return in_year(says, context.headed.first.year)
        if context.history and not told_here:
            return None
        if story and _in_another_time(story, context):
            # Within a paragraph its next date follows there; in the next one nobody knows, unless only a year was named
            # in passing.
            precise = story.first.month == story.last.month
            if context.here or anchor is None:
                return in_year(says, story.first.year) if precise and context.setting.tense != "future" else None
            if precise:
                return None
    if anchor is None:
        return None
    if says.sense:
        return _month_by_sense(says, anchor)
    candidates = [in_year(says, anchor.year + step) for step in (-1, 0, 1)]
    fitting = [
        candidate
        for candidate in candidates
        if candidate and (says.weekday is None or candidate.first.weekday() == says.weekday)
    ]
    chosen = _chosen(fitting, anchor, context.setting)
    return None if chosen and story and context.here and _goes_on(says, story, chosen) else chosen


def _in_another_time(story: Interval, context: Context) -> bool:
    """Whether the story is not in the page's time. A year named in passing moves nothing that is or that will be."""
    if context.anchor is None or context.history:
        return True
    passing = story.first.month != story.last.month and context.setting.tense in ("future", "present")
    return not passing and abs(story.first.year - context.anchor.year) > 1


#: "On March 2, 2015, ... On March 25": so many days on, the second may be of the year of the first.
_GOES_ON = 62


def _goes_on(says: Yearless, story: Interval, chosen: Interval) -> bool:
    """Whether the date may be of the past year that the paragraph has just named, and not of ``chosen``."""
    there = in_year(says, story.first.year)
    if there is None or there.first.year >= chosen.first.year or story.first.month != story.last.month:
        return False
    return timedelta() <= there.first - story.first <= timedelta(days=_GOES_ON)


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


_WEEK = 7


def weekday(says: Weekday, anchor: date, setting: Setting) -> Interval | None:
    """The day of "Monday", "last Monday", "Monday of next week"."""
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
    if before == after or says.written:
        return days.day(before)
    if setting.tense == "unclear":
        return None
    if setting.tense == "future":
        if not setting.direct and not scheduled(setting.noun) and setting.noun:
            return None  # "Monday's attack will ...": the clause looks ahead, the attack need not
        return days.day(after)
    if setting.tense == "present" and scheduled(setting.noun):
        return None  # "Tuesday's primary is a test": on a Friday, of the last one or of the next
    if says.sense == "this" and setting.tense in ("none", "present"):
        return days.day(anchor + timedelta(days=number - anchor.weekday()))
    if (anchor - before).days == _WEEK - 1 and not says.sense:
        return None  # "on Wednesday", on a page of Tuesday, is oftener of a text from the day after than six days ago
    return days.day(before)


def weekend(says: Weekend, anchor: date, setting: Setting) -> Interval | None:
    """The two days of "the weekend", "this weekend"."""
    saturday = days.weekday_on_or_before(anchor, 5)
    within = (anchor - saturday).days < 2
    if says.sense == "next":
        return _two_days(saturday + timedelta(days=7)) if within else None
    if says.sense == "last":
        return _two_days(saturday - timedelta(days=7 * within))
    told = setting.tense not in ("none", "present")
    ahead = setting.tense == "future" or (says.sense == "this" and not told and anchor.weekday() >= 3)
    if setting.tense == "future" and not setting.direct and not scheduled(setting.noun) and setting.noun and not within:
        return None  # "what was on display over the weekend will be punished"
    if says.sense == "this" and not told and not within and not ahead:
        return None  # on a Tuesday, "this weekend" without a tense may be either
    return _two_days(saturday if within or not ahead else saturday + timedelta(days=7))


def _two_days(saturday: date) -> Interval:
    return Interval(saturday, saturday + timedelta(days=1))


#: "Last summer" is the one just over where so many days have passed; sooner, it may be the one before. "This summer" is
#: that of the months behind for as long.
_SEASON_AGO = 140


def season_of(says: SeasonOf, anchor: date, setting: Setting) -> Interval | None:
    """The months of "last summer", "this summer", "in the summer"; northern."""
    seasons = [season for step in (-2, -1, 0, 1) if (season := days.season(says.season, anchor.year + step))]
    over = [season for season in seasons if season.last < anchor]
    ahead = [season for season in seasons if season.first > anchor]
    current = [season for season in seasons if season.first <= anchor <= season.last]
    if not over or not ahead:
        return None
    ago = (anchor - over[-1].last).days
    match says.sense:
        case "last":
            return over[-1] if current or over[-1].last.year < anchor.year or ago >= _SEASON_AGO else None
        case "next":
            return ahead[0] if current or ahead[0].first.year > anchor.year else None
        case "this":
            if current:
                return current[0]
            if setting.tense == "future":
                return ahead[0]
            return over[-1] if setting.tense == "past" and ago < _SEASON_AGO else None
        case None:
            if current or not setting.direct or not setting.firm:
                return None
            if setting.tense == "future":
                return ahead[0]
            # "hurt in the fall" is no season
            return over[-1] if setting.tense == "past" and says.season != "autumn" else None
    assert_never(says.sense)


def monthless(number: int, anchor: date, setting: Setting) -> Interval | None:
    """The day of "the 15th": the next or the last, by the tense."""
    around = [days.months(anchor.year, anchor.month + step) for step in (-2, -1, 0, 1, 2)]
    there = [
        moment for month in around if month and (moment := days.date_of(month.first.year, month.first.month, number))
    ]
    if setting.tense == "future":
        return next((days.day(moment) for moment in there if moment >= anchor), None)
    if setting.tense == "past":
        return next((days.day(moment) for moment in reversed(there) if moment <= anchor), None)
    return None
