"""Atoms: the single date expressions of a text, every rule tried, overlaps settled.

An expression that recurs ("every Monday"), counts ("1500 soldiers") or names something else ("the Sunday Times") is no
date. Its words are claimed all the same, so that no part of it passes for one.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from onrecord.dates.counted import COUNTED
from onrecord.dates.expressions import Expression, Fixed, Found, Weekday
from onrecord.dates.rules import Family, Rule
from onrecord.dates.tables import is_any, names_something_else
from onrecord.dates.written import WRITTEN

_FAMILIES = WRITTEN + COUNTED


def find_atoms(text: str, start: int, end: int) -> list[Found]:
    """The date expressions of ``text[start:end]``, in order; of overlapping ones the longest, then the first rule's."""
    claims = [
        claim
        for family, places in _cues(text)
        if bisect_left(places, start) < bisect_left(places, end)
        for rule in family.rules
        for claim in _claims(rule, text, start, end)
    ]
    claims.sort(key=lambda claim: (claim[0] - claim[1], claim[0]))
    kept: list[tuple[int, int, Expression | None]] = []
    for claim in claims:
        if all(claim[1] <= other[0] or other[1] <= claim[0] for other in kept):
            kept.append(claim)
    return [Found(first, last, says) for first, last, says in sorted(kept, key=lambda claim: claim[0]) if says]


@lru_cache(maxsize=4)
def _cues(text: str) -> tuple[tuple[Family, tuple[int, ...]], ...]:
    """The families whose cue the text has, with its places: the text is gone through once, not once a paragraph."""
    places = ((family, tuple(m.start() for m in family.cue.finditer(text))) for family in _FAMILIES)
    return tuple((family, found) for family, found in places if found)


def _claims(rule: Rule, text: str, start: int, end: int) -> list[tuple[int, int, Expression | None]]:
    group = "x" if "x" in rule.pattern.groupindex else 0
    claims = []
    for m in rule.pattern.finditer(text, start, end):
        first, last = m.span(group)
        says = rule.says(m)
        many = isinstance(says, Weekday) and not says.sense and is_any(text, first, last)
        if many or (not isinstance(says, Fixed) and names_something_else(text, first, last)):
            says = None
        claims.append((first, last, says))
    return claims
