"""Dates written out: days, months, years, decades and centuries of the calendar, with or without their year."""

from __future__ import annotations

import re

from onrecord.dates import days, words
from onrecord.dates.days import Interval
from onrecord.dates.expressions import Expression, Fixed, Monthless, Range, Yearless
from onrecord.dates.rules import Family, Match, family, fixed, lead
from onrecord.dates.tables import NAMED_DAY, named_day, word_class
from onrecord.dates.words import ANY_WEEKDAY, DAY, MONTH, MONTH_CUE, ORDINAL, YEAR


def _iso_date(m: Match) -> Expression | None:
    moment = days.date_of(int(m["year"]), int(m["month"]), int(m["day"]))
    return Fixed(days.day(moment)) if moment else None


def _full_date(m: Match) -> Expression | None:
    moment = days.date_of(int(m["year"]), words.month(m["month"]), words.day(m["day"]))
    named = m["weekday"] or m["named"]
    if moment is None or (named and words.weekday(named) != moment.weekday()):
        return None  # words that contradict the calendar, or one another, name no day
    return Fixed(days.day(moment))


def _numeric_date(m: Match) -> Expression | None:
    a, b, year = int(m["a"]), int(m["b"]), int(m["year"])
    day_first, month_first = days.date_of(year, b, a), days.date_of(year, a, b)
    if m["separator"] == ".":
        month_first = None  # with dots the day comes first wherever they are used
    if day_first and month_first and day_first != month_first:
        return None  # 03/04/2015 is in March or in April: it depends on who writes
    moment = day_first or month_first
    return Fixed(days.day(moment)) if moment else None


def _yearless_date(m: Match) -> Expression | None:
    month, number = words.month(m["month"]), words.day(m["day"])
    if days.date_of(2000, month, number) is None:
        return None
    return Yearless(month, number, words.weekday(m["weekday"]) if m["weekday"] else None)


def _day_range(m: Match) -> Expression | None:
    month, first, last = words.month(m["month"]), words.day(m["day"]), words.day(m["last"])
    if first >= last or (m["by"].strip() in ("and", "&") and not m["between"] and last != first + 1):
        return None  # "3 and 7 May" are two days, not five
    if not m["year"]:
        return Range(Yearless(month, first), Yearless(month, last)) if days.date_of(2000, month, last) else None
    start, end = days.date_of(int(m["year"]), month, first), days.date_of(int(m["year"]), month, last)
    return Fixed(Interval(start, end)) if start and end else None


def _month_of_year(m: Match) -> Expression | None:
    return fixed(days.months(int(m["year"]), words.month(m["month"])))


def _months_of_year(m: Match) -> Expression | None:
    first, last, year = words.month(m["month"]), words.month(m["last"]), int(m["year"])
    return fixed(days.months(year - (first > last), first, (last - first) % 12 + 1)) if first != last else None


_IN_A_LIST = rf"{MONTH}(?: and| or| to| until| through|,|, and) "
_MONTH_CONTEXT = re.compile(
    r"(?:\b(?:in|since|of|by|from|until|till|before|after|during|through|throughout|between|for|early|mid|late|"
    rf"earlier|later|end|starting|beginning|around)[ -]|{_IN_A_LIST})$",
    re.IGNORECASE,
)
# Theresa May, and the verbs: fewer words in front make a month of it.
_VERB_TOO = (3, 5)
_STRICT_CONTEXT = re.compile(
    rf"(?:\b(?:in|since|of|from|until|till|during|between|early|mid|late|end)[ -]|{_IN_A_LIST})$", re.IGNORECASE
)


# "The November election", "his June letter"; "June's inflation".
_DETERMINED = re.compile(r"(?:\b(?:the|an?|its|his|her|their|our|this|latest)|['’]s) $", re.IGNORECASE)
_FUNCTION = (
    r"(?:on|to|through|in|against|for|by|at|with|from|was|were|is|are|has|had|will|would|can|could|and|or|as|that|who|"
    r"of|when|after|before|until)\b"
)
_NOUN_AFTER = re.compile(rf" (?!{_FUNCTION})[a-z]{{3,}}")
_OWNS = re.compile(rf"['’]s (?!{_FUNCTION})[a-z]{{3,}}")
_FIXTURE_AFTER = re.compile(rf" (?:{words.either(word_class('fixture'))})s?\b")


def _names_a_thing(m: Match, month: int) -> bool:
    """Whether a month stands for a date before the thing it names: of March and May, only one held on a set day."""
    if month in _VERB_TOO:
        return bool(_DETERMINED.search(lead(m, 8)) and _FIXTURE_AFTER.match(m.string, m.end()))
    after = _NOUN_AFTER if _DETERMINED.search(lead(m, 8)) else _OWNS
    return bool(after.match(m.string, m.end()))


def _lone_month(m: Match) -> Expression | None:
    month = words.month(m["month"])
    if m["sense"]:
        return Yearless(month, sense=words.SENSE_OF[m["sense"].lower()])
    context = _STRICT_CONTEXT if month in _VERB_TOO else _MONTH_CONTEXT
    if not context.search(lead(m, 20)) and not _names_a_thing(m, month):
        return None
    if re.match(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][a-z]", m.string[m.end() : m.end() + 12]):
        return None  # "for June Harper": a name
    return Yearless(month)


def _lone_day(m: Match) -> Expression | None:
    return Monthless(words.day(m["day"]))


# --- years and longer -------------------------------------------------------------------------------------------------

_STRONG_YEAR = re.compile(
    r"(?:\b(?:in|since|until|till|during|between|throughout|circa|ca|early|mid|late|end|earlier|year|born|ending)[ -]"
    r"|\b(?:c|ca)\. "
    r"|[(\[]|(?<!\d)\d{4}(?: ?[-–—/] ?| (?:and|or|to) )|\n\n)$",
    re.IGNORECASE,
)
_WEAK_YEAR = re.compile(
    r"(?:\b(?:of|from|by|before|after|through|to|and|or|for|than|around|the|a|an|its|his|her|their|our|my|that|this|any|"
    r"summer|winter|spring|autumn|fall|is|was|over)[ -]"
    r"|['’]s? |[;,] |\d{4} ?[-–—/] ?|\b[a-z]{1,3}\. )$",
    re.IGNORECASE,
)
# "(Harper & Stone 2014)", "Stone 1997;": a source by its author.
# "His contentious 2008 campaign".
_DESCRIBED = re.compile(
    r"(?:\b(?:the|an?|its|his|her|their|our)|['’]s) (?!(?:record|estimated|additional|further|extra|mere|total|other|"
    r"some|first|last|next|full|remaining|[a-z]*ly|about|over|around|almost|maximum|minimum|average)\b)[a-z-]{4,} $"
)
_DESCRIBED_AFTER = re.compile(r" [A-Z]?[a-z]{2,}")
_LISTED, _LISTED_AFTER = re.compile(r"\b\d{4}, $"), re.compile(r",? and \d{4}\b|, \d{4}\b")
_CITED = re.compile(r"\b[A-Z][^\W\d]+(?: et al\.,?)? $")
_EVENTS = (
    r"(?:Cup|Games|Olympics?|Paralympics?|Expo|Summit|Forum|Conference|Congress|Euro|Eurovision|Festival|"
    r"Championships?)"
)
_EVENT_BEFORE = re.compile(rf"\b{_EVENTS}(?: [A-Z][a-z]+)? $")
_EVENT_AFTER = re.compile(rf" (?:[A-Z][\w-]+ ){{0,3}}{_EVENTS}\b")
# Numbers of decisions look like years.
_NUMBERED = re.compile(
    r"\b(?:resolutions?|articles?|laws?|decrees?|no\.|route|flight)(?: \d{3,4},?(?: and)?)* $", re.IGNORECASE
)
_OF_THE = re.compile(r"(?:\b(?:the|an?|its|his|her|their)|['’]s|\b\d{4} and) $")
_TO_A_YEAR = re.compile(r"(?: ?[-–—] ?| to | until | till | or )\d{4}\b")
_CLOSES = re.compile(r"[);,:.\n]|$")
_GOES_ON = re.compile(r" (?:was|is|will|saw|has|would|had|may)\b")
_FISCAL = re.compile(r"\b(?:fiscal|financial|tax|coffee|crop|marketing|FY|solar|hijri)(?: year)?[ -]?$", re.IGNORECASE)
_MEASURED = re.compile(
    r" (?:km|m|ft|kg|GMT|UTC|hrs?|h|[mb]illion|trillion|percent|local time|strong|square|per|hours?|kilo\w+|"
    r"met(?:er|re)\w*|AH|SH|BCE?|B\.C)\b"
)
# "2000 soldiers", but "(in) 2014 exports fell", "the 2014 elections".
_COUNTED = re.compile(
    r" (?:people|men|women|children|local|(?!\w*(?:elections|protests|attacks|talks|sanctions|results|figures|"
    r"across|versus|towards|besides|perhaps|whereas|onwards)\b)[a-z]{2,}[^suic\W]s)\b"
)
_IN = re.compile(
    r"\b(?:in|since|during|until|(?:quarter|half|months?|end|start|summer|spring|autumn) of) $", re.IGNORECASE
)
_OTHER_CALENDAR = re.compile(
    r"\b(?:Muharram|Safar|Rabi|Jumada|Rajab|Sha['’]?ban|Ramadan|Ramazan|Shawwal|Dhu|Zul|Farvardin|Ordibehesht|Khordad|"
    r"Tir|Mordad|Shahrivar|Mehr|Aban|Azar|Dey|Bahman|Esfand|Baisakh|Jestha|Tishrei|Nisan)\b[\w '’-]{0,12},? ?$"
)


def _lone_year(m: Match) -> Expression | None:
    year, before, after = int(m["year"]), lead(m, 32), m.string[m.end() : m.end() + 48]
    if any(other.search(before) for other in (_FISCAL, _OTHER_CALENDAR, _NUMBERED)):
        return None
    likely = 1900 <= year <= 2100 and _IN.search(before)
    if _MEASURED.match(after) and not (likely and after.startswith(" per ")):
        return None
    if _COUNTED.match(after) and not likely and not _OF_THE.search(before):
        return None
    if likely or _STRONG_YEAR.search(before) or _TO_A_YEAR.match(after):
        return fixed(days.years(year))
    if not 1700 <= year <= 2100:
        return None
    weak = _WEAK_YEAR.search(before) and (_CLOSES.match(after) or not before.endswith((", ", "; ")))
    opens = _GOES_ON.match(after) and before.rstrip(' "“')[-1:] in (".", "!", "?", "\n")
    cited = _CITED.search(before) and re.match(r"[);,:]" if "(" in before else r"[);]", after)
    described = year >= 1900 and _DESCRIBED.search(before) and _DESCRIBED_AFTER.match(after)
    listed = _LISTED.search(before) and _LISTED_AFTER.match(after)
    event = _EVENT_BEFORE.search(before) or _EVENT_AFTER.match(after)
    return fixed(days.years(year)) if weak or opens or cited or described or listed or event else None


def _short_year_range(m: Match) -> Expression | None:
    first, short = int(m["year"]), int(m["short"])
    last = first - first % 100 + short
    if last <= first or last - first > 30 or (m["by"] in "-/" and short <= 12):
        return None  # 2005-06 may be a month
    return fixed(days.years(first, last - first + 1))


def _year_of_era(m: Match) -> Expression | None:
    return fixed(days.years(int(m["before"] or m["after"])))


def _decade(m: Match) -> Expression | None:
    if m["name"]:
        return fixed(days.years(1900 + words.DECADE_OF[m["name"].lower()], 10))
    if m["short"]:
        return fixed(days.years(1900 + int(m["short"]), 10))
    first = int(m["decade"][:4])
    # "the 1600s" is the century; of "the 1900s" and "the 2000s" the decade is no less meant.
    return fixed(days.years(first, 100 if first % 100 == 0 and first < 1900 else 10)) if first != 1900 else None


def _century(m: Match) -> Expression | None:
    n = words.ordinal(m["n"])
    return fixed(days.years(100 * (n - 1), 100)) if 2 <= n <= 30 else None


def _quarter(m: Match) -> Expression | None:
    length, n = (3 if m["part"] == "Q" else 6), int(m["n"])
    return fixed(days.months(int(m["year"]), length * (n - 1) + 1, length)) if n * length <= 12 else None


def _named_day(m: Match) -> Expression | None:
    return Fixed(named_day(m[0]))


# --- the rules --------------------------------------------------------------------------------------------------------

_ON = rf"(?:(?P<weekday>{ANY_WEEKDAY})(?:,| the|, the)? ?\(?)?"
_OPEN = r"(?P<between>\b(?:[Bb]etween|[Ff]rom) )?"
_NAMED = rf"(?: \((?P<named>{ANY_WEEKDAY})\))?"  # "13 September (Thursday), 2018"
_BY = r"(?P<by> ?[-–—] ?| to | until | till | through | and | & )"
_CLAUSE_GOES_ON = r"(?:and|but|to|at|in|when|as|for|that|with|after|before|was|is|will|by|he|she|it|they)\b"
_SENSE = r"(?P<sense>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his past|[Tt]his coming)"

WRITTEN: tuple[Family, ...] = (
    family(
        MONTH_CUE,
        (
            rf"\b{_ON}(?P<day>{DAY})(?: day)?(?: of|,|-)? ?(?P<month>{MONTH}){_NAMED},?(?: of)?[ -]?\(?"
            rf"(?P<year>{YEAR})",
            0,
            _full_date,
        ),
        (rf"\b{_ON}(?P<month>{MONTH}) ?(?:the )?(?P<day>{DAY}){_NAMED},? ?\(?(?P<year>{YEAR})", 0, _full_date),
        (
            rf"{_OPEN}(?:the )?(?P<day>{DAY}){_BY}(?:the )?(?P<last>{DAY})(?: of)? (?P<month>{MONTH})"
            rf"(?:,? (?P<year>{YEAR}))?",
            0,
            _day_range,
        ),
        (rf"{_OPEN}\b(?P<month>{MONTH}) (?P<day>{DAY}){_BY}(?P<last>{DAY})(?:,? (?P<year>{YEAR}))?", 0, _day_range),
        (rf"\b{_ON}(?P<day>{DAY})(?: day)?(?: of)? ?(?P<month>{MONTH})(?! \d{{3}}\b)", 0, _yearless_date),
        (rf"\b{_ON}(?P<day>{DAY})-(?P<month>{MONTH})(?! ?\d)", 0, _yearless_date),
        (rf"\b{_ON}(?P<month>{MONTH}) ?(?:the )?(?P<day>{DAY})(?![,.]?\d|%| ?percent| ?per cent)", 0, _yearless_date),
        (rf"\b(?P<month>{MONTH}),?(?: of)?[ -](?P<year>{YEAR})", 0, _month_of_year),
        (
            rf"\b(?:[Ff]rom )?(?P<month>{MONTH})(?:-| ?[–—] ?| - | to | through )(?P<last>{MONTH}),? (?P<year>{YEAR})",
            0,
            _months_of_year,
        ),
        (rf"\b(?:{_SENSE} )?(?P<month>{MONTH})(?!-[a-z]| (?:of )?\d{{3}}\b)", 0, _lone_month),
    ),
    family(
        YEAR,
        (rf"\b(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)(?![-/\d])", 0, _iso_date),
        (rf"(?<![\w/.])(?P<a>\d\d?)(?P<separator>[/.])(?P<b>\d\d?)(?P=separator)(?P<year>{YEAR})", 0, _numeric_date),
        (rf"(?<![\w$£€#.,/])(?P<year>{YEAR})(?![\w/]|:\d)", 0, _lone_year),
        (
            rf"(?<![\w$£€#.,/-])(?P<year>{YEAR})(?P<by>-|/| ?[–—] ?| - )(?P<short>\d\d)(?![\d%]|[-–—/.,]\d)",
            0,
            _short_year_range,
        ),
        (rf"\b(?P<part>[QH])(?P<n>[1-4])(?: of)?,? (?P<year>{YEAR})", 0, _quarter),
    ),
    family(
        r"\d(?:st|nd|rd|th)\b",
        (
            rf"\b(?:[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Ff]or) (?P<x>the (?P<day>\d\d?(?:st|nd|rd|th)))"
            rf"(?=[.,;:)?!\n]|$| {_CLAUSE_GOES_ON})",
            0,
            _lone_day,
        ),
    ),
    family(
        r"\d [AC]\.?[DE]\b|A\.?D\.? \d",
        (r"\b(?:AD|A\.D\.) (?P<before>\d{2,4})\b|\b(?P<after>\d{2,4}) (?:AD\b|CE\b|A\.D\.|C\.E\.)", 0, _year_of_era),
    ),
    family(
        r"0['’]?s\b|ties\b",
        (
            rf"(?:\b[Tt]he )?(?:(?<![\w'’])(?P<decade>1\d\d0['’]?|20[0-9]0)s\b|['’](?P<short>[2-9]0)s\b"
            rf"|(?<=the )(?P<name>{words.either(words.DECADE_OF)})\b)",
            0,
            _decade,
        ),
    ),
    family(
        r"[Cc]entury|CENTURY",
        (rf"(?:\bthe )?\b(?P<n>{ORDINAL})[ -]?century\b(?! B\.?C)", re.IGNORECASE, _century),
    ),
    family(NAMED_DAY.pattern, (NAMED_DAY.pattern, 0, _named_day)),
)
