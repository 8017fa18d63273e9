"""Dates counted from another: from the page's ("yesterday", "last week"), or from the story's ("two days later")."""

from __future__ import annotations

import re
from typing import cast

from onrecord.dates import words
from onrecord.dates.expressions import (
    Ahead,
    Current,
    Expression,
    InStory,
    InYear,
    Moved,
    NthOf,
    Part,
    Rolling,
    SeasonIn,
    SeasonOf,
    Sense,
    Shift,
    Stretch,
    Vague,
    Weekday,
    Weekend,
    Within,
    Yearless,
)
from onrecord.dates.rules import Family, Match, family, lead
from onrecord.dates.tables import is_titled
from onrecord.dates.words import DAYTIME, NUMBER, UNIT, UNITS, WEEKDAY

_STEPS: dict[Sense, int] = {"last": -1, "this": 0, "next": 1}

_DEICTIC = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}
# "The problems of today", "a candidate of yesterday" are of no day.
_OF_AN_AGE = re.compile(r"(?<!\bas )\bof $")
_NOWADAYS = re.compile(
    r"['’]s (?:world|society|youth|generation|standards|era|times|economy|young|reality|market|age)\b"
)


def _deictic(m: Match) -> Expression | None:
    aged = _NOWADAYS.match(m.string, m.end("day")) or _OF_AN_AGE.search(lead(m, 6))
    titled = m["day"][0].isupper() and is_titled(m.string, m.start())
    return None if aged or titled else Shift(_DEICTIC[m["day"].lower()], "day")


def _weekday(m: Match) -> Expression | None:
    if m["story"] or (m["sense"] or "").lower() == "previous":
        return Vague()  # "the following Friday": one of the story's, and which is not always said
    if m["later"]:
        return Weekday(words.weekday(m["weekday"]), written=True)
    return Weekday(words.weekday(m["weekday"]), words.SENSE_OF[m["sense"].lower()] if m["sense"] else None)


def _weekend(m: Match) -> Expression | None:
    return Weekend(words.SENSE_OF[m["sense"].lower()] if m["sense"] else None)


def _season(m: Match) -> Expression | None:
    return SeasonOf(words.SEASON_OF[m["season"].lower()], words.SENSE_OF[m["sense"].lower()] if m["sense"] else None)


def _of_that_year(m: Match) -> Expression | None:
    """ "That November", "that spring": of the year the story is in."""
    year = InStory(0, "year")
    if m["season"]:
        return SeasonIn(words.SEASON_OF[m["season"].lower()], year)
    return InYear(Yearless(words.month(m["month"])), year)


def _shift(m: Match) -> Expression | None:
    if m["unit"][0].isupper() and m["sense"][0].isupper() and lead(m, 1) in ("“", '"', "'", "‘"):
        return None  # on “This Week” the minister said: a programme
    return Shift(_STEPS[words.SENSE_OF[m["sense"].lower()]], words.unit(m["unit"]))


def _rolling(m: Match) -> Expression | None:
    ahead = m["sense"].lower() in ("next", "coming")
    return Rolling(words.number(m["n"]) * (1 if ahead else -1), words.unit(m["unit"]))


def _rolling_one(m: Match) -> Expression | None:
    steps, unit = 1 if (m["sense"] or "past").lower() in ("next", "coming") else -1, words.unit(m["unit"])
    # "the past century" is the one before, not the last hundred years.
    return Shift(steps, unit) if unit == "century" else Rolling(steps, unit)


# "nearly a year ago", "more than a week later": nobody says when.
_ROUGHLY = re.compile(
    r"\b(?:nearly|almost|about|around|over|than|some|roughly|approximately|least|most|within|every|under|up to|and|or|"
    r"to|half|barely|just) $",
    re.IGNORECASE,
)


def _ago(m: Match) -> Expression | None:
    if _ROUGHLY.search(lead(m, 16)) or words.unit(m["unit"]) in ("decade", "century"):
        return Vague()  # "a decade ago" is about ten years ago
    return Shift((1 if m["way"].lower() == "from now" else -1) * words.number(m["n"]), words.unit(m["unit"]))


def _to_the_day(m: Match) -> Expression | None:
    """ "A year ago today", "a week ago Monday", "two weeks from Tuesday": to the day."""
    if _ROUGHLY.search(lead(m, 16)) or words.unit(m["unit"]) in ("decade", "century"):
        return Vague()
    ahead = m["way"].lower() == "from"
    deictic = _DEICTIC.get(m["day"].lower())
    # "A week from Monday" counts from the next Monday, "a week ago Monday" from the last one.
    start: Expression = Weekday(words.weekday(m["day"]), "this") if deictic is None else Shift(deictic, "day")
    return Moved((1 if ahead else -1) * words.number(m["n"]), words.unit(m["unit"]), start)


def _ahead(m: Match) -> Expression | None:
    unit, n = words.unit(m["unit"]), words.number(m["n"])
    rate = m["n"].lower() in ("a", "an") and unit in ("day", "year") and not m["time"]  # "200 accidents in a year"
    if rate or _ROUGHLY.search(lead(m, 16)) or unit in ("decade", "century") or (unit == "year" and n >= 10):
        return Vague()
    return Ahead(n, unit)


def _before_last(m: Match) -> Expression | None:
    return Shift(-2, words.unit(m["unit"]))


def _later(m: Match) -> Expression | None:
    if _ROUGHLY.search(lead(m, 16)) or words.unit(m["unit"]) in ("decade", "century"):
        return Vague()
    ahead = m["way"].lower() in ("later", "afterwards", "after that")
    return InStory((1 if ahead else -1) * words.number(m["n"]), words.unit(m["unit"]))


_STORY_STEPS = {"next": 1, "following": 1, "previous": -1, "preceding": -1, "that": 0, "that same": 0, "same": 0}


_FOLLOWS = re.compile(r" (?:that|as|of|when)\b")
_OF_A_DAY = ("morning", "afternoon", "evening", "night")


def _beside_story(m: Match) -> Expression | None:
    if m["way"].lower() == "same" and _FOLLOWS.match(m.string, m.end()):
        return None  # "the same day that he resigned"
    unit = m["unit"].lower()
    return InStory(_STORY_STEPS[m["way"].lower()], "day" if unit in _OF_A_DAY else words.unit(unit))


def _day_beside_story(m: Match) -> Expression | None:
    return InStory(-1 if m["way"].lower() in ("before", "earlier") else 1, words.unit(m["unit"]))


def _nth_of_current(m: Match) -> Expression | None:
    whole = Current(words.unit(m["unit"]))
    return NthOf(words.ordinal(m["nth"]), cast(Part, m["part"].lower()), whole)


def _stretch_of_current(m: Match) -> Expression | None:
    n = words.number(m["n"]) * (1 if m["side"].lower() == "first" else -1)
    return Stretch(n, words.unit(m["part"]), Current(words.unit(m["unit"])))


def _within_current(m: Match) -> Expression | None:
    return Within(words.PORTION_OF[m["when"].lower()], Current(words.unit(m["unit"])))


def _part_of_current(m: Match) -> Expression | None:
    said = m["end"]
    portion = words.PORTION_OF[said.lower()] if said else "late"
    if portion == "late" and words.BY.search(lead(m, 6)):
        portion = "last-day"
    return Within(portion, Current(words.unit(m["unit"] or m["whose"] or "year")))


def _vague(_: Match) -> Expression | None:
    return Vague()


# --- the rules --------------------------------------------------------------------------------------------------------

_SENSE = r"(?P<sense>last|this|next|previous|this past|this coming|past|coming)"
_FEW = r"(?:few|several|some|many|recent|couple of|coming|past|last|next)"

COUNTED: tuple[Family, ...] = (
    family(
        r"o(?:day|night|morrow)\b|esterday|ast night|his (?:morning|afternoon|evening)",
        (rf"(?<![\w'’-])(?P<day>{words.either(_DEICTIC)}){DAYTIME}(?![\w-])", re.IGNORECASE, _deictic),
    ),
    family(
        WEEKDAY,
        (
            r"(?<!\w)(?:(?P<later>(?i:later|earlier)(?: on)?) |"
            rf"(?i:{_SENSE}|(?P<story>following|preceding|that|same)) )?"
            rf"(?P<weekday>{WEEKDAY}){DAYTIME}"
            r"(?!-[a-z]| (?:morning|afternoon|evening|night)s)",
            0,
            _weekday,
        ),
    ),
    family(r"[Ww]eekend", (rf"\b(?:{_SENSE}|the) weekend\b", re.IGNORECASE, _weekend)),
    family(
        r"pring|ummer|utumn|all\b|inter",
        (rf"\b{_SENSE} (?P<season>{words.either(words.SEASON_OF)})\b", re.IGNORECASE, _season),
        (
            rf"\b(?:in|over|by|during|throughout|into|until|since) (?P<x>(?P<sense>)the "
            rf"(?P<season>{words.either(words.SEASON_OF)}))\b(?! (?:of|from|in|out)\b)",
            re.IGNORECASE,
            _season,
        ),
        (rf"\bthat (?P<season>{words.either(words.SEASON_OF)})(?P<month>)\b", re.IGNORECASE, _of_that_year),
    ),
    family(
        r"hat [JFMASOND]",
        (
            rf"\b[Tt]hat (?P<month>{words.MONTH})(?P<season>)(?! \d| [A-Z]| (?:night|day|morning|evening)\b)",
            0,
            _of_that_year,
        ),
    ),
    family(
        r"day|week|month|quarter|year|decade|centur|morning|noon|evening|night",
        (rf"(?<!the )(?<!The )\b(?P<sense>last|this|next|this coming) (?P<unit>{UNIT})", re.IGNORECASE, _shift),
        (
            # "the last two weeks of the race" are the race's
            rf"\b(?:(?:the|these) )?(?P<sense>last(?! \S+ \w+ of\b)|past|next|coming) (?P<n>(?!an?\b){NUMBER}) "
            rf"(?P<unit>{UNITS})(?! and (?:{NUMBER}|a half))",
            re.IGNORECASE,
            _rolling,
        ),
        (
            r"\b(?:the (?P<sense>last(?! \w+ of\b)|past|next|coming)|this past) "
            r"(?P<unit>(?:week|month|year|decade|century)\b)",
            re.IGNORECASE,
            _rolling_one,
        ),
        (
            rf"(?P<n>{NUMBER}) (?P<unit>{UNITS}) (?P<way>ago|from)(?: on)? (?P<day>today|tomorrow|yesterday|tonight|"
            rf"(?i:{WEEKDAY}))(?![\w-])",
            re.IGNORECASE,
            _to_the_day,
        ),
        (rf"(?P<n>{NUMBER}) (?P<unit>{UNITS}) (?P<way>ago|from now|back)\b", re.IGNORECASE, _ago),
        (r"\bthe (?P<unit>week|month|year) before last\b", re.IGNORECASE, _before_last),
        (rf"(?<=\b[Ii]n )(?P<n>{NUMBER}) (?P<unit>{UNITS})(?P<time>['’]s? time)?(?=[.,;:)\n]|$)", re.I, _ahead),
        (
            rf"(?P<n>{NUMBER}) (?P<unit>{UNITS}) (?P<way>earlier|later|before that|after that|afterwards|previously)\b",
            re.IGNORECASE,
            _later,
        ),
        (
            r"\b(?:the )?(?P<way>following|previous|preceding|same|that same|that|next(?= day)) "
            r"(?P<unit>day|week|month|year|decade)\b(?! (?:after|and a half)\b)",
            re.IGNORECASE,
            _beside_story,
        ),
        (
            r"\b(?:(?:later|early|late) )?(?:the )?(?P<way>following|previous|preceding|same|that same|that|next) "
            r"(?P<unit>morning|afternoon|evening|night)\b",
            re.IGNORECASE,
            _beside_story,
        ),
        (
            r"\bthe (?P<nth>first|second|third|fourth|last|final) (?P<part>half|quarter|week) of the "
            r"(?P<unit>year|quarter|month)\b",
            re.IGNORECASE,
            _nth_of_current,
        ),
        (
            rf"\bthe (?P<side>first|last|final) (?P<n>{NUMBER}) (?P<part>days|weeks|months|quarters) of the "
            r"(?P<unit>year|quarter|month)\b",
            re.IGNORECASE,
            _stretch_of_current,
        ),
        (
            r"\b(?P<when>earlier|later|early|late) in the (?P<unit>year|month|week)\b",
            re.IGNORECASE,
            _within_current,
        ),
        (
            r"\bthe (?P<unit>day|week|month|year) (?P<way>before|after|earlier)(?=[.,;:)\n]|$)",
            re.IGNORECASE,
            _day_beside_story,
        ),
        (
            r"\b(?:the (?P<end>beginning|start|middle|end|close) of the (?P<unit>week|month|quarter|year|decade)"
            r"|(?P<whose>year|month|week)['’]s end|(?<=by )year[- ]end)\b(?!-)",
            re.IGNORECASE,
            _part_of_current,
        ),
        (
            rf"\b(?:{_FEW} (?:day|week|month|year|decade)s|(?:day|week|month|year|decade|centurie)s "
            r"(?:ago|earlier|later))\b",
            re.IGNORECASE,
            _vague,
        ),
    ),
)
