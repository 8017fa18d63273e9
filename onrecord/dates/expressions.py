"""What a date expression says, before anyone asks relative to what: a small algebra of frozen nodes.

``grammar`` makes them from words, ``resolve`` turns them into days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.dates.days import Interval, Season, Unit

Sense = Literal["last", "this", "next"]
Part = Literal["half", "quarter", "week", "day"]
Portion = Literal["early", "mid", "late", "so-far", "still-to-come", "last-day"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """An interval that the words name on their own: "2 February 2026", "May 2014", "the 1990s"."""

    interval: Interval


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day or a month of some year: "27 January", "Monday, 27 January", "in January", "last August"."""

    month: int
    day: int | None = None
    weekday: int | None = None
    sense: Sense | None = None


@dataclass(frozen=True, slots=True)
class Monthless:
    """A day of some month: "the 15th"."""

    day: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (Monday is 0), perhaps of a week named: "last Thursday", "Thursday of next week".

    ``written`` is whether it is the day that the text was written: "when he speaks later Monday".
    """

    weekday: int
    sense: Sense | None = None
    week: int | None = None
    written: bool = False


@dataclass(frozen=True, slots=True)
class Weekend:
    """A Saturday and Sunday."""

    sense: Sense | None = None


@dataclass(frozen=True, slots=True)
class SeasonOf:
    """A season told by the page's date: "last summer", "in the fall"."""

    season: Season
    sense: Sense | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A calendar unit counted from the page's date: "yesterday", "next month", "two years ago"."""

    steps: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Current:
    """The calendar unit the text is in, the page's unless the story is elsewhere: "the end of *the year*"."""

    unit: Unit


@dataclass(frozen=True, slots=True)
class Rolling:
    """A stretch that ends (or starts) on the page's date: "the past five years", "the next two weeks"."""

    steps: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class InStory:
    """A calendar unit counted from the date the story was last at: "two days earlier", "the next day", "that year"."""

    steps: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Moved:
    """A day so many units from the one that ``start`` says: "a year ago today", "two weeks from Monday"."""

    steps: int
    unit: Unit
    start: Expression


@dataclass(frozen=True, slots=True)
class Ahead:
    """A calendar unit so many from the page's where the clause looks ahead: "will vote in two weeks"."""

    steps: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Vague:
    """A time that nobody can place: "a few days later". The story has moved on, and where to is not said."""


@dataclass(frozen=True, slots=True)
class Within:
    """A portion of what ``whole`` says: "early next month", "earlier this year", "the end of 2026".

    "By the end of 2026" is a term, and its last day.
    """

    portion: Portion
    whole: Expression


@dataclass(frozen=True, slots=True)
class NthOf:
    """The n-th (from 1; -1 is the last) half, quarter, week or day of what ``whole`` says."""

    n: int
    part: Part
    whole: Expression


@dataclass(frozen=True, slots=True)
class Stretch:
    """The first n units (the last, where negative) of what ``whole`` says: "the first six months of 2023"."""

    n: int
    unit: Unit
    whole: Expression


@dataclass(frozen=True, slots=True)
class Around:
    """The calendar unit that holds what ``inner`` says: "the week of 3 June"."""

    unit: Unit
    inner: Expression


@dataclass(frozen=True, slots=True)
class SeasonIn:
    """A season of the year that ``whole`` says: "the summer of 2010", "autumn last year"."""

    season: Season
    whole: Expression


@dataclass(frozen=True, slots=True)
class InYear:
    """A day or month of the year that ``whole`` says: "March last year", "27 May of that year"."""

    date: Yearless
    whole: Expression


@dataclass(frozen=True, slots=True)
class Since:
    """From ``start`` to the page's date."""

    start: Expression


@dataclass(frozen=True, slots=True)
class Range:
    """From one to the other, both included."""

    first: Expression
    last: Expression


Expression = (
    Fixed
    | Yearless
    | Monthless
    | Weekday
    | Weekend
    | SeasonOf
    | Shift
    | Current
    | Rolling
    | InStory
    | Moved
    | Ahead
    | Vague
    | Within
    | NthOf
    | Stretch
    | Around
    | SeasonIn
    | InYear
    | Since
    | Range
)


@dataclass(frozen=True, slots=True)
class Found:
    """An expression at ``text[start:end]``."""

    start: int
    end: int
    says: Expression
