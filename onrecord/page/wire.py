"""The news agency an article is taken from, as its dateline or its last line credits it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import dropwhile

from onrecord.outlets import agency, agency_pattern
from onrecord.page.draft import Paragraph

_READ = ("lead", "body", "byline")  # a closing byline may be where the agency is named


@cache
def _wire_patterns() -> tuple[re.Pattern[str], ...]:
    name = rf"(?P<agency>{agency_pattern()})"
    more = r"(?:\s*[/,&]\s*[\w. ]{2,30})?"
    dash = r"\s*(?:[-–—―]+|:)\s"
    place = r"[^\W\d_][^()\n!?\"“”]{0,80}?"
    return (
        re.compile(rf"(?:{place})?[(\[]\s*{name}{more}\s*[)\]]{dash}"),
        re.compile(rf"[^\W\d_a-z][^\Wa-z]*(?:[ ,/.'-]+[^\Wa-z]+)*[^()\n!?\"“”]{{0,40}}?[(\[]\s*{name}{more}\s*[)\]]\s"),
        re.compile(rf"{name}{dash}"),
    )


@cache
def _source_patterns() -> tuple[re.Pattern[str], ...]:
    name = rf"(?P<agency>{agency_pattern()})"
    return (
        re.compile(rf"(?:^|[.!?\"”’'])\s*[-–—―]+\s*{name}\s*\.?$"),
        re.compile(rf"(?:^|[.!?\"”’'])\s*[(\[]\s*{name}\s*[)\]]\s*\.?$"),
        re.compile(rf"^[(\[]?\s*(?i:source|via|agency|courtesy)s?\s*[:\-–]?\s+{name}\s*[)\]]?\.?$"),
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
