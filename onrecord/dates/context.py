"""What a date may count from: the page's day, the story's, its clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.dates.clauses import Setting
from onrecord.dates.days import Interval


@dataclass(frozen=True, slots=True)
class Context:
    """What a date may count from.

    ``anchor`` is the page's date, ``setting`` the clause, ``story`` the last date the text was at, and ``here`` whether
    it was there in this paragraph; ``northern`` is whether the seasons are those of the northern hemisphere.
    ``history`` is whether the page tells of another time than its date's; ``headed`` is the year or month that a
    heading above gives to what follows.
    """

    anchor: date | None
    story: Interval | None
    here: bool
    northern: bool
    setting: Setting
    history: bool = False
    headed: Interval | None = None
