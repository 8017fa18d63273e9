"""Furniture: what a site puts around an article. Share lines, app promotions, addresses, lists of other stories.

The phrases are ``data/furniture.tsv``: ``place`` and a regular expression (any case) for the whole line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from onrecord.page.prose import is_prose, is_statement
from onrecord.tables import rows

Furniture = Literal["closing", "heading", "inline"]

_LONGEST = 320  # characters; copyright lines are the longest


@cache
def _furniture_patterns() -> tuple[tuple[Furniture, re.Pattern[str]], ...]:
    """One pattern a place, from ``data/furniture.tsv``; ``closing`` first, for a line that is more than one closes."""
    table = rows("furniture.tsv")
    places: tuple[Furniture, ...] = ("closing", "heading", "inline")
    return tuple(
        (place, re.compile("|".join(f"(?:{row['pattern']})" for row in table if row["place"] == place), re.IGNORECASE))
        for place in places
    )


def furniture(line: str) -> Furniture | None:
    """What a line that is no part of the article is, or None.

    ``closing``: nothing of the article follows. ``heading``: the titles of other stories follow. ``inline``: it stands
    alone.
    """
    if len(line) > _LONGEST:
        return None
    for place, pattern in _furniture_patterns():
        if pattern.fullmatch(line):
            return place
    return None


_OWN_ADDRESSES = re.compile(
    r"(?P<name>\S.{0,40}?)(?:['’]s?)? (?:web ?)?sites? (?:is|are|can|may) also (?:be )?"
    r"(?:accessed|reached|visited|found|read|available|accessible) (?:at|on|via|under|through)\b",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright\b)[\s:,©]*(?:\(c\)\s*)?(?:copyright\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,|-]*(?:by\s+)?"
    r"(?P<name>[^.,|\d©\n]{2,50}?)(?:,?\s+(?:inc|ltd|llc|limited|all rights)\b.*|[.,|©\d].*)?$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,12})/?", re.IGNORECASE)


def own_name(line: str) -> str | None:
    """The outlet's name as a furniture line gives it (``© 2026 The Example``, ``Example's website can also ...``)."""
    match = _OWN_ADDRESSES.match(line) or _COPYRIGHT.match(line)
    if match is None:
        return None
    name = match.group("name").strip(" -–—:")
    return name if name and name.casefold() not in ("all rights reserved", "notice", "protected", "policy") else None


def announces_addresses(line: str) -> bool:
    """Whether the lines below this one are the outlet's own addresses."""
    return _OWN_ADDRESSES.match(line) is not None


def own_address(line: str) -> str | None:
    """The host of a line that is nothing but an address."""
    match = _ADDRESS.fullmatch(line)
    return match.group(1).lower() if match else None


def before_furniture(lines: Sequence[str], *, patience: int = 2) -> int:
    """How many of ``lines`` come before the closing furniture: all of them where nothing closes the page.

    A closing line counts only where ``patience`` times more prose stands before it than follows it; the heading of a
    list of other stories, which may stand inside an article too, only where titles and furniture alone follow.
    """
    prose = [is_prose(line) for line in lines]
    kinds = [furniture(line) for line in lines]
    before = 0
    for at, kind in enumerate(kinds):
        if kind == "closing" and before > 0 and sum(prose[at:]) * patience <= before:
            return at
        if kind == "heading" and before > 0:
            closing = kinds.index("closing", at) if "closing" in kinds[at:] else len(lines)
            stated = any(is_statement(line) and not furniture(line) for line in lines[at:closing])
            if not stated and sum(prose[at:]) * patience <= before:
                return at
        before += prose[at]
    return len(lines)
