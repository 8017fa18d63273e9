"""The words of dates: names of months, days and numbers with what they stand for, and the patterns that match them.

All patterns are text for ``re``; a name in capitals ends up inside the patterns of ``atoms``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from onrecord.dates.days import Season, Unit
from onrecord.dates.expressions import Portion, Sense
from onrecord.months import MONTHS, NUMBER_OF

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_OF = {name[:3]: n for n, name in enumerate(_WEEKDAYS)}
# fmt: off
_ONES = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first",
]
_DECADES = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
# fmt: on
_NUMBERS = (
    {"a": 1, "an": 1} | {word: n for n, word in enumerate(_ONES, 1)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
)
_ORDINAL_OF = {word: n for n, word in enumerate(_ORDINALS, 1)} | {"last": -1, "final": -1}
SEASON_OF: dict[str, Season] = {
    "spring": "spring",
    "summer": "summer",
    "autumn": "autumn",
    "fall": "autumn",
    "winter": "winter",
}
DECADE_OF = {word: 10 * n for n, word in enumerate(_DECADES, 2)}
SENSE_OF: dict[str, Sense] = {
    "last": "last",
    "past": "last",
    "this past": "last",
    "previous": "last",
    "this": "this",
    "next": "next",
    "coming": "next",
    "upcoming": "next",
    "this coming": "next",
}
STEPS: dict[Sense, int] = {"last": -1, "this": 0, "next": 1}
# Before "the end of the year" it makes a term of it.
BY = re.compile(r"\b(?:by|until|till) $", re.IGNORECASE)
PORTION_OF: dict[str, Portion] = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
    "close": "late",
    "earlier": "so-far",
    "later": "still-to-come",
}


def either(words: Iterable[str]) -> str:
    """An alternation, longest first so that no word hides behind its own beginning."""
    return "|".join(sorted(words, key=len, reverse=True))


# In small letters "may" and "march" are verbs, and the rest are so seldom written that they are not looked for.
_LONG = either(form for names in MONTHS for form in (names[0].title(), names[0].upper()))
_SHORT = either(form for names in MONTHS for name in names[1:] for form in (name.title(), name.upper()))
MONTH = rf"(?:(?:{_LONG})\b|(?:{_SHORT})\b\.?)"
MONTH_CUE = either(form for names in MONTHS for form in (names[0][:3].title(), names[0][:3].upper()))
WEEKDAY = rf"(?:{either(form for name in _WEEKDAYS for form in (name.title(), name.upper()))})\b"
ANY_WEEKDAY = (
    rf"(?:{WEEKDAY}|(?:{either(form[:4] for name in _WEEKDAYS for form in (name[:3].title(),))}|Tues|Thurs)\b\.?)"
)
DAY = r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|ST|ND|RD|TH)?\b"
YEAR = r"(?<!\d)(?:1\d{3}|2[01]\d\d)(?!\d|[.,]\d|%)"
UNIT = r"(?:day|week|month|quarter|year|decade|century)\b"
UNITS = r"(?:(?:day|week|month|year|decade|quarter)s?|century|centuries)\b"
NUMBER = rf"(?<![\w$£€/.,-])(?:\d{{1,4}}|(?:{either(_TENS)})-(?:{either(_ONES[:9])})|{either(_NUMBERS)})"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{either(_ORDINALS)})"
DAYTIME = r"(?: (?:early |late )?(?:morning|afternoon|evening|night|lunchtime|midday|noon)\b)?"


def month(form: str) -> int:
    """The number of the month."""
    return NUMBER_OF[form.lower().rstrip(".")]


def weekday(form: str) -> int:
    """The number of the weekday; Monday is 0."""
    return _WEEKDAY_OF[form.lower()[:3]]


def number(form: str) -> int:
    """ "a", "twelve", "twenty-five" or digits."""
    form = form.lower()
    if form.isdigit():
        return int(form)
    tens, _, ones = form.partition("-")
    return _NUMBERS[tens] + (_NUMBERS[ones] if ones else 0)


def ordinal(form: str) -> int:
    """ "first", "19th"; "last" is -1."""
    form = form.lower()
    return int(form[:-2]) if form[0].isdigit() else _ORDINAL_OF[form]


def day(form: str) -> int:
    """The day of the month: "3" or "3rd"."""
    return int(re.sub(r"\D", "", form))


def unit(form: str) -> Unit:
    """The calendar unit, singular or plural."""
    form = form.lower()
    return "century" if form.startswith("centur") else cast(Unit, form.removesuffix("s"))
