"""Leaders: who held which office when. Known facts, with their dates; an actor is resolved as of the page's day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.actors.gazetteer import INTERNATIONAL, names
from onrecord.actors.wording import key, slug
from onrecord.tables import rows

# Titles that some names of the table begin with, and words that never are a surname by themselves.
_NO_SURNAME = frozenset({"jr", "jnr", "junior", "sr", "snr", "ii", "iii", "iv", "vi", "xiv", "xvi", "al", "bin", "el"})


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one office. ``last`` is "" while it runs; days may be given to the month only.

    ``line`` is that of ``leaders.tsv``.
    """

    id: str
    name: str
    country: str
    office: str
    sectors: tuple[str, ...]
    first: str
    last: str
    line: int

    def holds(self, day: str) -> bool:
        """Whether the term runs on an ISO day."""
        return self.first <= day and (not self.last or day <= self.last)


@cache
def _terms() -> tuple[dict[str, tuple[Term, ...]], dict[str, tuple[Term, ...]]]:
    people: dict[str, list[Term]] = {}
    surnames: dict[str, list[Term]] = {}
    for line, row in enumerate(rows("leaders.tsv"), 2):
        own = f"person.{slug(row['name'])}"
        sectors = (row["sector"],) if row["sector"] else ()
        term = Term(own, row["name"], row["country"], row["office"], sectors, row["from"], row["to"], line)
        people.setdefault(own, []).append(term)
        for surname in {
            s for written in [row["name"], *names(row["names"])] for s in _surnames(written, row["country"])
        }:
            surnames.setdefault(surname, []).append(term)
    return {k: tuple(v) for k, v in people.items()}, {k: tuple(v) for k, v in surnames.items()}


# Offices whose holders give a government their name ("the Merkel government").
_HEADS = frozenset({"president", "prime minister", "chancellor", "premier", "interim president", "junta leader"})
# Sectors of offices after which nobody is a former official.
_PRIVATE = (("PTY",), ("OPP",), ("REB",), ("BUS",), ("SOC",), ("CVL",), ("LAB",), ("REL",))
# Offices that many hold at a time: a bare surname means none of these people, however it may be theirs.
_LESSER = frozenset(
    "senator|congressman|congresswoman|governor|mayor|minister|lawmaker|party chairman|campaign manager|businessman|"
    "justice of the Supreme Court|federal judge|first lady|son of the president|chief minister|White House adviser|"
    "state premier|provincial premier".split("|")
)
# Where the family name stands first. Vietnamese and Burmese people are called by the last part or by all of it.
FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "HKG", "KHM"})


def _surnames(written: str, country: str) -> set[str]:
    parts = [part for part in key(written) if part not in _NO_SURNAME and len(part) > 1]
    if len(parts) < 2:
        return set(parts)
    last = parts[0] if country in FAMILY_FIRST and len(written.split()) > 1 and "william" not in parts else parts[-1]
    compound = written.replace("’", "'").split(" ")[-1]
    return {last, "".join(key(compound))} if "-" in compound and country not in FAMILY_FIRST else {last}


def terms(id: str) -> tuple[Term, ...]:
    """All terms of one person, as the table has them."""
    return _terms()[0].get(id, ())


Standing = tuple[str | None, tuple[str, ...], str | None]
"""Country, sectors and office."""


def standing(id: str, day: str, until: str = "") -> Standing:
    """Country, sectors and office of a person of the table on an ISO day, or on all days until another.

    Of what changed between two days nothing is said.

    In office: that office's. After the last term: ELI, an ex-official, if an office was of state; no office before the
    first, and none after those of a party or a company. Codes of international bodies go with their office, and end
    with it.
    """
    if until:
        # "~" sorts behind all digits and hyphens: right after the last day of a term.
        turns = [turn for term in terms(id) for turn in (term.first, f"{term.last}~") if day < turn < until]
        countries, sectors, offices = map(set, zip(*(standing(id, at) for at in (day, *turns, until)), strict=True))
        return (
            countries.pop() if len(countries) == 1 else None,
            sectors.pop() if len(sectors) == 1 else (),
            offices.pop() if len(offices) == 1 else None,
        )
    held = terms(id)
    running = [term for term in held if term.holds(day)]
    if running:
        best = running[-1]
        return best.country, best.sectors, best.office
    past = [term for term in held if term.last and term.last < day]
    home = next((term.country for term in held if term.country not in INTERNATIONAL), None)
    official = [term for term in past if term.sectors[:1] not in _PRIVATE]
    if official:
        latest = max(official, key=lambda term: term.last)
        return home, ("ELI",), f"former {latest.office}"
    return home, (), None


def in_office(surname: str, day: str) -> Sequence[Term]:
    """The terms running on a day of people with a folded surname."""
    return [term for term in _terms()[1].get(surname, ()) if term.holds(day)]


def known_by_surname(surname: str, day: str, *, titled: bool) -> str | None:
    """The one person in office on a day whom a folded surname means: those of high office before the many others.

    Senators, mayors and the like are meant only with a title before the name.
    """
    running = in_office(surname, day)
    high = {term.id for term in running if term.office not in _LESSER}
    found = high or ({term.id for term in running} if titled else set())
    return found.pop() if len(found) == 1 else None


def of_surname(surname: str) -> frozenset[str]:
    """Ids of all people of the table who have a folded surname."""
    return frozenset(term.id for term in _terms()[1].get(surname, ()))


def holder(country: str, office: str, day: str) -> str | None:
    """The one person who holds an office of a country on a day; None if the table has none or several."""
    found = {
        term.id
        for terms in _terms()[0].values()
        for term in terms
        if term.country == country and term.office == office and term.holds(day)
    }
    return found.pop() if len(found) == 1 else None


def head_of_government(surname: str, day: str | None) -> str | None:
    """The one person of a folded surname who leads a government on a day, or else the one who last did before it.

    Only heads of state and government give a government their name. Without a day the name must be one person's.
    """
    told = [t for t in _terms()[1].get(surname, ()) if t.office in _HEADS and (day is None or t.first <= day)]
    running = {term.id for term in told if day is not None and term.holds(day)}
    found = running or {term.id for term in told}
    return found.pop() if len(found) == 1 else None
