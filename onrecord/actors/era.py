"""Era: between which days an undated page was written, by the offices of which it tells that somebody holds them.

"President Per Dal and Prime Minister Kari Holm" can have stood there only while both were in office. The table of
leaders then tells of others what was true of them on all of these days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.actors import leaders
from onrecord.actors.gazetteer import Hit, gazetteer
from onrecord.actors.wording import Word, page_words
from onrecord.reading import Reading

Span = tuple[str, str]
# No page is of later days than these, so far as the table knows.
_OPEN = "9999"
# What before an office or a name says that it is over, or not begun.
_PAST = frozenset("former ex late then previous ousted deposed one-time onetime exiled last next future".split())
# A year of which a page speaks as of a day or a past: "in 2019", "May 3, 2019", "2019)"; none ahead: "by 2030".
_YEAR = re.compile(
    r"(?:\b(?:in|since|of|during) |\b[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? |\b[A-Z][a-z]{2,8},? )(20\d\d)\b"
)
# How long after the last year that it names a page may have been written.
_AFTER = 1


def era(reading: Reading, text: str) -> Span | None:
    """The ISO days between which a page was written by its office-holders; None where it tells of none, or of ages.

    The last year that the page names narrows the time: what it tells is news of that year or the next.
    """
    found: list[Span] = [("", _OPEN)]
    for held in _told(reading):
        both = [(max(a, c), min(b, d)) for a, b in found for c, d in held]
        found = [(first, last) for first, last in both if first <= last]
    if len(found) != 1 or found[0] == ("", _OPEN):
        return None
    first, last = found[0]
    years = [y for y in _YEAR.findall(text) if first[:4] <= y <= last[:4]]
    if years:
        first, last = max(first, f"{max(years)}-01-01"), min(last, f"{int(max(years)) + _AFTER}-12-31")
    return first, last


def _told(reading: Reading) -> Iterator[list[Span]]:
    """For each "President X" of the page the days of the terms that are meant."""
    words = page_words(tuple(token.text for token in reading.tokens))
    hits = gazetteer().scan(words)
    for hit in hits:
        office = hit.of("head")
        if office is None or office.category not in ("person", "carrier") or office.plural:
            continue
        if any(word.folded in _PAST for word in words[max(0, hit.first - 2) : hit.first]):
            continue
        terms = [term for term in _named(words, hits, hit.last) if term.office == office.name]
        if terms and len({term.id for term in terms}) == 1:
            yield [(term.first, term.last or _OPEN) for term in terms]


def _named(words: Sequence[Word], hits: Sequence[Hit], i: int) -> Sequence[leaders.Term]:
    """The terms of those whose full name or surname stands at a word."""
    beside = next((hit for hit in hits if hit.first == i), None)
    leader = beside.of("leader") if beside else None
    if leader is not None:
        return leaders.terms(leader.id)
    if beside is not None or i >= len(words) or not words[i].surface[:1].isupper():
        return ()
    if i + 1 < len(words) and words[i + 1].surface[:1].isupper():
        return ()  # a first name, and the name of somebody whom the table lacks
    return [term for id in leaders.of_surname(words[i].folded) for term in leaders.terms(id)]
