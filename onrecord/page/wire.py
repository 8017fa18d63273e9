"""The news agency an article is taken from, as its dateline or its last line credits it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import dropwhile

from onrecord.outlets import agency, agency_pattern
from onrecord.page.draft import Paragraph

_READ = ("lead", "body", "byline")  # a closing byline may be where the agency is named


_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_NUMBER}\s+{_MONTH}|{_MONTH}\s+{_NUMBER})(?:,?\s+\d{{4}})?"
_CAPITAL = r"\[?[^\W\d_a-z][\w.'’]*\]?"
_SHOUTED = r"[^\W\d_a-z][^\Wa-z]*"
_PLACE = rf"(?!(?:The|An?|In|On|At|As|By)\b){_CAPITAL}(?:[ ,/&–-]+(?:{_CAPITAL}|d[aeiou]s?|del|la|el|al|of|am|and))*\s*"
"""Words with capitals, and the small ones that names of places have: no sentence."""


@cache
def _wire_patterns() -> tuple[re.Pattern[str], ...]:
    """The agency in brackets, between slashes, or bare: the less it is set off, the more has to stand around it."""
    name = rf"(?P<agency>{agency_pattern()})"
    more = r"(?:\s*[/,&]\s*[\w. ]{2,30})?"
    dash = r"\s*(?:\.?[-–—―_]+\s*|:\s*)"
    where = rf"(?:{_PLACE}[,.:]?\s*)?"
    when = rf"(?:{_DATE}[,.]?\s*)?"
    return (
        re.compile(rf"{where}{when}[(\[]\s*{name}{more}\s*[)\]]{dash}"),
        re.compile(rf"{_PLACE}[,.]?\s+{_DATE}[,.]?\s*[(\[]\s*{name}{more}\s*[)\]]\.?\s"),
        re.compile(rf"{_SHOUTED}(?:[ ,.]+{_SHOUTED}){{0,3}}[,.:]?\s*[(\[]\s*{name}{more}\s*[)\]]\.?\s"),
        re.compile(rf"{where}{when}/\s*{name}\s*/\.?\s*"),
        re.compile(rf"{_PLACE}[,.]\s*{when}{name}{dash}"),
        re.compile(rf"{_PLACE}[,.]\s*{_DATE}[,.]\s*{name}\.?\s"),
        re.compile(rf"{name}\s*(?:[-–—―]+|:)\s"),
    )


@cache
def _source_patterns() -> tuple[re.Pattern[str], ...]:
    name = rf"(?P<agency>{agency_pattern()})"
    more = r"(?:\s*[/,&]\s*[\w. ]{2,30})?"
    ended = r"(?:^|[.!?\"”’'])"
    return (
        re.compile(rf"{ended}\s*[-–—―]+\s*{name}{more}\s*\.?$"),
        re.compile(rf"{ended}\s*[(\[/]\s*{name}{more}\s*[)\]/]\s*\.?$"),
        re.compile(rf"{ended}\s+{name}$"),
        re.compile(rf"^(?:©\s*)?(?:\d{{4}}\s+)?{name}{more}\.?$"),
        re.compile(rf"^[(\[]?\s*(?i:source|via|agency|courtesy)s?\s*[:\-–]?\s+{name}{more}\s*[)\]]?\.?$"),
    )


def agency_in_dateline(line: str) -> str | None:
    """The agency of an opening dateline: ``MOSCOW (Reuters) - ``, ``KABUL, Feb. 3 (Xinhua) -- ``, ``AFP - ``."""
    head = line[:140]
    for pattern in _wire_patterns():
        if match := pattern.match(head):
            return agency(match.group("agency"))
    return None


def agency_at_end(line: str) -> str | None:
    """The agency that closes an article: ``... he said. (AFP)``, ``- Bernama``, ``Source: Xinhua``."""
    tail = line[-80:]
    for pattern in _source_patterns():
        if match := pattern.search(tail):
            return agency(match.group("agency"))
    return None


def is_source_line(line: str) -> bool:
    """A line that only says where the article is from: ``Source: AFP``, ``- Bernama``, ``(Xinhua)``."""
    return len(line) <= 60 and any(pattern.match(line) for pattern in _source_patterns())


def credited(body: Iterable[Paragraph]) -> str | None:
    """The agency that an article credits: in the dateline of its first paragraph, or at the end of the last two."""
    read = [paragraph.text for paragraph in dropwhile(lambda one: one.role != "lead", body) if paragraph.role in _READ]
    if not read:
        return None
    return agency_in_dateline(read[0]) or next(filter(None, map(agency_at_end, read[-2:])), None)
