"""Words to expressions: the atoms, and what the words between and before them make of them.

Portions ("early"), ordinals ("the first half of"), years said after a month ("March last year"), lists that share a
year ("March and April 2011"), ranges and "since". Text only: no tree and no page's date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from onrecord.dates import days, words
from onrecord.dates.atoms import find_atoms
from onrecord.dates.expressions import (
    Around,
    Expression,
    Fixed,
    Found,
    InStory,
    InYear,
    NthOf,
    Part,
    Portion,
    Range,
    Rolling,
    SeasonIn,
    Shift,
    Since,
    Stretch,
    Vague,
    Weekday,
    Within,
    Yearless,
)

Joint = Callable[[str, Found, Found], list[Found]]


def find_expressions(text: str, start: int, end: int) -> list[Found]:
    """Every date expression of ``text[start:end]``, in order and without overlaps."""
    founds = find_atoms(text, start, end)
    if not founds:
        return []  # as in most paragraphs
    founds = _joined(text, founds, _with_its_year)
    founds = _joined(text, founds, _sharing_a_year)
    founds = _uncovered([_portion(text, found, start) for found in founds])
    founds = _joined(text, founds, _range)
    return [_since(text, found, start) for found in founds]


def _uncovered(founds: list[Found]) -> list[Found]:
    """Without what a longer reading of its neighbour has taken in: "the last week" of "the last week of May"."""
    kept: list[Found] = []
    for found in founds:
        while kept and kept[-1].end > found.start:
            kept.pop()
        kept.append(found)
    return kept


# --- two expressions that are one, or one that lends the other its year -----------------------------------------------

_BESIDE = re.compile(r",? (?:of |in |on )?(?:the )?")
_LIST = re.compile(
    r"(?:, | and | or | & |, and | and in | and on | to | until | through | ?[-–—] ?)(?:the )?(?:early |mid-|late )?"
)
_TO = re.compile(r",? (?:to|until|till|til|through|up to) (?:the )?")
_DASH = re.compile(r" ?[-–—] ?")
_AND = re.compile(r" and (?:the )?")
_FROM = re.compile(r"\bfrom (?:the )?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (?:the )?$", re.IGNORECASE)


def _joined(text: str, founds: list[Found], join: Joint) -> list[Found]:
    """The expressions with every neighbouring pair replaced by what ``join`` makes of it, from right to left."""
    done: list[Found] = []
    for found in reversed(founds):
        done[:1] = join(text, found, done[0]) if done else [found]
    return done


def _with_its_year(text: str, one: Found, other: Found) -> list[Found]:
    """ "27 May last year", "March of that year", "Monday of next week": one expression."""
    gap = text[one.end : other.start]
    if len(gap) < 9 and (_BESIDE.fullmatch(gap) or gap == " ("):
        match one.says, other.says:
            case Yearless(sense=None) as date, (Shift(unit="year") | InStory(steps=0, unit="year")) as year:
                return [Found(one.start, other.end, InYear(date, year))]
            case Yearless(sense=None, weekday=None) as date, Fixed() if "in " in gap and _is_year(other.says):
                return [Found(one.start, other.end, InYear(date, other.says))]
            case (Fixed() | Yearless(weekday=None)) as date, Weekday(sense=None) as named if gap == " (":
                end = other.end + text.startswith(")", other.end)
                return [Found(one.start, end, _on_weekday(date, named.weekday))]
            case Weekday(sense=None) as weekday, Shift(unit="week", steps=steps):
                return [Found(one.start, other.end, replace(weekday, week=steps))]
    return [one, other]


def _on_weekday(date: Fixed | Yearless, weekday: int) -> Expression:
    """ "9 June (Sunday)": where the calendar disagrees, no day is certain."""
    if isinstance(date, Yearless):
        return replace(date, weekday=weekday)
    return date if date.interval.first.weekday() == weekday else Vague()


def _sharing_a_year(text: str, one: Found, other: Found) -> list[Found]:
    """ "March and April 2011", "3 May and 5 June 2014": the year is said once, for both."""
    gap = text[one.end : other.start]
    if isinstance(one.says, Yearless) and not one.says.sense and len(gap) < 18 and _LIST.fullmatch(gap):
        match other.says:
            case Fixed(interval) if (interval.last - interval.first).days < 32:
                year = interval.first.year - (one.says.month > interval.first.month)
                same = days.months(year, one.says.month)
                if one.says.day and (moment := days.date_of(year, one.says.month, one.says.day)):
                    same = days.day(moment)
                return [Found(one.start, one.end, Fixed(same)) if same else one, other]
            case InYear(_, whole):
                return [Found(one.start, one.end, InYear(one.says, whole)), other]
    return [one, other]


def _range(text: str, one: Found, other: Found) -> list[Found]:
    """ "from March to August", "between 2014 and 2016", "Monday-Friday"."""
    gap = text[one.end : other.start]
    if len(gap) > 12 or not _alike(one.says, other.says):
        return [one, other]
    before = text[max(0, one.start - 12) : one.start]
    if opened := _FROM.search(before):
        closes = bool(_TO.fullmatch(gap) or _DASH.fullmatch(gap))
    elif opened := _BETWEEN.search(before):
        closes = bool(_AND.fullmatch(gap))
    else:
        closes = bool(_DASH.fullmatch(gap) or _TO.fullmatch(gap))
    if not closes:
        return [one, other]
    start = one.start - (len(opened[0]) if opened else 0)
    return [Found(start, other.end, Range(one.says, other.says))]


def _alike(one: Expression, other: Expression) -> bool:
    dates = (Fixed, Yearless, InYear, Within, SeasonIn)
    return (isinstance(one, dates) and isinstance(other, dates)) or (
        isinstance(one, Weekday) and isinstance(other, Weekday)
    )


# --- what is said in front of an expression ---------------------------------------------------------------------------

_PORTION = re.compile(
    r"(?P<the>\bthe )?\b(?:(?P<plain>early|earlier|mid|late|later|end)(?:[ -](?:in |on )?|(?<=mid) ?)"
    r"|(?P<end>beginning|start|middle|end|close) of )(?:the )?$",
    re.IGNORECASE,
)
# "The later 1800s" are the late ones, "later in 2014" is after what was told.
_OF_AN_AGE: dict[Portion, Portion] = {"so-far": "early", "still-to-come": "late"}
_OVER_A_YEAR = 366
_NTH = re.compile(
    rf"(?:\bthe )?\b(?P<n>{words.ORDINAL}|last|final)(?: (?P<part>half|quarter|week|day))? (?:of|in) (?:the )?$",
    re.IGNORECASE,
)
_STRETCH = re.compile(
    rf"(?:\bthe )?\b(?P<side>first|last|final) (?P<n>{words.NUMBER}) (?P<unit>days|weeks|months|quarters) "
    r"(?:of|in) (?:the )?$",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(r"(?:\bthe )?\bweek (?:of|beginning|starting)(?: on)? $", re.IGNORECASE)
_SEASON = re.compile(rf"(?:\bthe )?\b(?P<season>{words.either(words.SEASON_OF)})(?: of| in|,)? $", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:ever )?since (?:at least |the )?$", re.IGNORECASE)
_TO_THE_PRESENT = re.compile(r"(?: ?[-–—] ?| to | until )(?:the )?(?:present|now|date)\b", re.IGNORECASE)


def _portion(text: str, found: Found, floor: int) -> Found:
    before = text[max(floor, found.start - 32) : found.start]
    says: Expression
    if not _divisible(found.says):
        if m := _WEEK_OF.search(before):
            return Found(found.start - len(m[0]), found.end, Around("week", found.says))
        return found
    if m := _PORTION.search(before):
        portion = words.PORTION_OF[(m["plain"] or m["end"]).lower()]
        if isinstance(found.says, Fixed) and (found.says.interval.last - found.says.interval.first).days > _OVER_A_YEAR:
            portion = _OF_AN_AGE.get(portion, portion)
        term = portion == "late" and m["end"] and words.BY.search(before, 0, m.start())
        says = Within("last-day" if term else portion, found.says)
    elif m := _STRETCH.search(before):
        n = words.number(m["n"]) * (1 if m["side"].lower() == "first" else -1)
        says = Stretch(n, words.unit(m["unit"]), found.says)
    elif (m := _NTH.search(before)) and not m["part"]:
        if not isinstance(found.says, Shift | InStory) or found.says.unit != "month":
            return found
        says = NthOf(words.ordinal(m["n"]), "day", found.says)  # "the 21st of this month"
    elif m:
        says = NthOf(words.ordinal(m["n"]), cast(Part, m["part"].lower()), found.says)
    elif (m := _SEASON.search(before)) and (_is_year(found.says) or _is_year_turn(found.says)):
        says = SeasonIn(words.SEASON_OF[m["season"].lower()], found.says)
    else:
        return found
    if isinstance(found.says, Fixed) and m[0].lower().endswith(" the ") and text[found.start].isdigit():
        return found  # "the start of the 2014 games" is not that of the year
    return Found(found.start - len(m[0]), found.end, says)


def _divisible(says: Expression) -> bool:
    match says:
        case Fixed(interval):
            return not interval.is_day
        case Shift(unit=unit):
            return unit != "day"
        case Yearless(day=day):
            return day is None
        case InYear(date=date):
            return date.day is None
        case InStory(steps=0, unit=unit):
            return unit != "day"
    return False


def _is_year(says: Expression) -> bool:
    match says:
        case Fixed(interval):
            return days.unit_around(interval.first, "year") == interval
        case Shift(unit="year") | InStory(unit="year"):
            return True
    return False


def _is_year_turn(says: Expression) -> bool:
    """ "2013-14", as in "the winter of 2013-14"."""
    return isinstance(says, Fixed) and days.years(says.interval.first.year, 2) == says.interval


def _since(text: str, found: Found, floor: int) -> Found:
    if isinstance(found.says, Range | Rolling | Since):
        return found
    if isinstance(found.says, Fixed) and (m := _TO_THE_PRESENT.match(text, found.end)):
        return Found(found.start, m.end(), Since(found.says))
    if m := _SINCE.search(text[max(floor, found.start - 24) : found.start]):
        return Found(found.start - len(m[0]), found.end, Since(found.says))
    return found
