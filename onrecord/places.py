"""Places of a page: "in X", "near X", "arrived at X", to a country and, where the table has it, degrees.

Doubtful names ("Georgia", "Congo") are told apart by what else the page says, or left without a country.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.actors import Actors
from onrecord.actors.context import Context, settle
from onrecord.actors.gazetteer import Hit, capitalised, names
from onrecord.actors.wording import Word, key, page_words
from onrecord.reading import Reading, Token
from onrecord.record import Page, Span, Where
from onrecord.tables import rows

_WHERE = frozenset(
    "in at near inside outside around across into through throughout via to from towards toward over above off along "
    "beyond between within".split()
)


@dataclass(frozen=True, slots=True)
class Places:
    """The places that a page names, by token. ``token`` is any of a name's tokens."""

    _tokens: Sequence[Token] = field(repr=False)
    _at: Mapping[int, Where] = field(repr=False)

    def at_token(self, i: int) -> Where | None:
        """The place that token ``i`` is part of the name of."""
        return self._at.get(i)

    def in_span(self, start: int, end: int) -> tuple[Where, ...]:
        """The places named between two code points of the page, in order."""
        first = bisect_left(self._tokens, start, key=lambda token: token.start)
        last = bisect_left(self._tokens, end, key=lambda token: token.start)
        return tuple(dict.fromkeys(place for i in range(first, last) if (place := self._at.get(i))))


def find_places(page: Page, reading: Reading, actors: Actors) -> Places:
    """All places named in a reading.

    A name of the tables is a place unless it is part of a person's name, or modifies another noun ("Moscow police").
    States are places only behind a preposition of place; capitals elsewhere are governments, not places.
    """
    people = {i for e in reading.entities if e.label in ("Person", "Organization") for i in range(e.first, e.last)}
    located = {i for e in reading.entities if e.label in ("Location", "Facility") for i in range(e.first, e.last)}
    context = Context(page.text, page.published[:10] if page.published else None)
    at: dict[int, Where] = {}
    tokens = tuple(token.text for token in reading.tokens)
    words = page_words(tokens)
    for raw in capitalised(tokens):
        first, last = words[raw.first].i, words[raw.last - 1].i + 1
        if reading.tokens[first].sentence != reading.tokens[last - 1].sentence:
            continue
        hit = settle(raw, words, context)
        head = _head(reading, first, last)
        behind = _preposition(reading, head) in _WHERE
        if any(i in people for i in range(first, last)) and not behind:
            continue
        if not behind and not (any(i in located for i in range(first, last)) and _apart(reading, head)):
            continue
        place = _where(page, reading, hit, raw, words, first, last)
        if place is not None:
            at.update(dict.fromkeys(range(first, last), place))
    for entity in reading.entities:
        if entity.label != "Location" or entity.first in at:
            continue
        if _preposition(reading, _head(reading, entity.first, entity.last)) in _WHERE:
            span = Span(entity.start, entity.end, page.text[entity.start : entity.end])
            at.update(dict.fromkeys(range(entity.first, entity.last), Where(span.text, None, None, None, span)))
    return Places(reading.tokens, at)


def _where(
    page: Page, reading: Reading, hit: Hit, raw: Hit, words: Sequence[Word], first: int, last: int
) -> Where | None:
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    span = Span(start, end, page.text[start:end])
    entry = hit.of("city", "capital", "state")
    if entry is None:
        # A name that could be of several countries, and nothing tells of which.
        doubtful = raw.of("city", "capital", "state")
        return Where(span.text, None, None, None, span) if doubtful else None
    name = tuple(word.folded for word in words[raw.first : raw.last])
    degrees = _degrees().get((name, entry.country)) if entry.sort != "state" and entry.country else None
    lat, lon = degrees or (None, None)  # a name that may be of several countries has no degrees either
    country = entry.country if entry.country is None or len(entry.country) == 3 else None
    return Where(entry.name if entry.sort != "capital" else span.text, country, lat, lon, span)


def _head(reading: Reading, first: int, last: int) -> int:
    """The token of a name whose head lies outside of it."""
    return next((i for i in range(first, last) if not first <= reading.tokens[i].head < last), last - 1)


def _preposition(reading: Reading, i: int) -> str:
    """The preposition of the phrase that token ``i`` heads, or of the first member of its coordination."""
    tokens = reading.tokens
    while True:
        case = next((c for c in reading.children[i] if tokens[c].deprel == "case" and c < i), None)
        if case is not None:
            return tokens[case].text.lower()
        if tokens[i].deprel not in ("conj", "appos", "flat", "compound") or tokens[i].head < 0:
            return ""
        if tokens[i].deprel == "compound":
            return ""
        i = tokens[i].head


def _apart(reading: Reading, i: int) -> bool:
    """Whether a name stands for itself: no subject, no possessor, no modifier of another noun."""
    relation, _, subtype = reading.tokens[i].deprel.partition(":")
    apart = ("obl", "nmod", "appos", "obj", "root", "parataxis", "dep", "list", "conj")
    return relation in apart and subtype != "poss"


@cache
def _degrees() -> dict[tuple[tuple[str, ...], str | None], tuple[float, float]]:
    """Latitude and longitude of the table's places, by folded name and country."""
    return {
        (key(written), row["country"] or None): (float(row["lat"]), float(row["lon"]))
        for row in rows("places.tsv")
        if row["lat"]
        for written in [row["name"], *names(row["names"])]
    }
