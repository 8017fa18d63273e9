"""The setting of a page: the countries it names, and the one it is about, of which are its unmarked ministers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from onrecord.actors.context import is_common
from onrecord.actors.gazetteer import Entry, capitalised, state_names
from onrecord.actors.wording import page_words
from onrecord.reading import Reading

# What only those at home name without more ado tells more of where a page is at home than the name of a country.
_INSIDE = 2
# But for bodies that are quoted abroad as well.
_ABROAD = (("SOC",), ("REL",), ("EDU",))
# How many words may stand between a country and its leader's name.
_BESIDE = 4
# The share of a page's country words that its own country must have, and how often more than the next it must stand.
_SHARE = 0.55
_RATIO = 2.0
_COUNT = 2
# A text this short names its country once.
_SHORT = 80
# And one this long more often than once, even if it names no other.
_LONG = 250


def named_countries(reading: Reading) -> list[str]:
    """The countries of all names of states, their people, seats, cities and leaders, as often as they stand there."""
    sorts = ("state", "adjective", "demonym", "capital", "seat", "leader", "city")
    return [entry.country for entry, _ in _entries(reading) if entry.sort in sorts and entry.country]


def home_country(reading: Reading, outlet: str | None) -> str | None:
    """The country that a page is about, if it is about one: that of its officials who show no other.

    It has most of the page's country words, twice as many as any other; parties, services and leaders of a country
    count double. Or it is the outlet's own, and none is named twice as often: at home nobody says whose ministry it is.
    """
    told: Counter[str] = Counter()
    entries = list(_entries(reading))
    plain = {entry.country for entry, weak in entries if not weak}
    if not plain and len({entry.country for entry, _ in entries}) == 1 < len(entries):
        plain = {entries[0][0].country}  # cities and provinces alone, but all of one country
    for entry, weak in entries:
        if entry.country in state_names() and (not weak or entry.country in plain):
            inside = entry.sort in ("leader", "proper") and entry.sectors[:1] not in _ABROAD
            told[entry.country] += _INSIDE if inside else 1
    if not told:
        return None
    (country, count), *others = told.most_common(2)
    if outlet is not None and told[outlet] * _RATIO >= count:
        return outlet
    apart = not others or count >= _RATIO * others[0][1]
    enough = 1 if len(reading.tokens) <= _SHORT or (not others and len(reading.tokens) <= _LONG) else _COUNT
    return country if count >= enough and count >= _SHARE * told.total() and apart else None


def _entries(reading: Reading) -> Iterator[tuple[Entry, bool]]:
    """What the capitalised words mean where they mean one country. Names of people are no places.

    True with those that count only beside others of their country: parties by common names, and cities, whose names
    are those of others elsewhere.
    """
    people = {i for e in reading.entities if e.label == "Person" for i in range(e.first, e.last)}
    tokens = tuple(token.text for token in reading.tokens)
    words = page_words(tokens)
    before: tuple[int, str] | None = None
    for hit in capitalised(tokens):
        entry = hit.of("state", "adjective", "demonym", "capital", "seat", "leader", "city", "proper")
        if entry is None or entry.country is None:
            continue
        inside = {words[k].i for k in range(hit.first, hit.last)}
        if entry.sort != "leader" and inside <= people:
            continue
        acronym = hit.last - hit.first == 1 and words[hit.first].surface.isupper()
        if entry.sectors[:1] in (("BUS",), ("JRN",)):
            continue  # known and quoted everywhere
        if entry.sort == "proper" and (acronym or len({e.country for e in hit.entries}) > 1):
            continue  # acronyms and names that several countries share tell nothing
        party = entry.category == "party" and is_common(entry.words)
        told = before is not None and hit.first - before[0] < _BESIDE and before[1] == entry.country
        if entry.sort == "leader" and told:
            continue  # "Togo's President X" is of elsewhere: at home the name is enough
        before = (hit.last, entry.country) if entry.sort in ("state", "adjective") else None
        yield entry, party or entry.sort == "city" or entry.category == "region"
