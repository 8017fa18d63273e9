"""Known people: what earlier pages or a user's own list tell of somebody, used where a page is silent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import overload

from onrecord.actors.leaders import FAMILY_FIRST
from onrecord.actors.people import bare, same_name
from onrecord.actors.wording import slug

# How long after the last page that told so somebody is still taken to hold an office.
_STALE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Known:
    """A person in one office, as pages or a list have told. Somebody who held several has a line for each.

    ``first`` and ``last`` are ISO days, "" where open. Of a list (``pages`` is 0) they are the term: nobody holds an
    office after ``last``. Of pages they are the days of the first and the last page that told so; the office may well
    go on, and is believed for a year after ``last``. ``ended`` says that it is known to have ended on ``last`` whoever
    told. ``country`` and ``sector`` are codes of the coding guide.

    ``names`` are other spellings of ``name``. ``id`` is the actor's id where pages call the person so
    (``person.sergei-lavrov``), "" for the one that the name gives; two people of one name need two. ``source`` says for
    people where the line comes from ("people.csv line 4", "12 pages").
    """

    name: str
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    first: str = ""
    last: str = ""
    pages: int = 0
    names: tuple[str, ...] = ()
    id: str = ""
    ended: bool = False
    source: str = ""

    @property
    def person(self) -> str:
        """The id of the person."""
        return self.id or f"person.{slug(self.name)}"

    def began(self, day: str) -> bool:
        """Whether an ISO day is not before the office, as far as told."""
        return self.first <= day

    def is_over(self, day: str) -> bool:
        """Whether the office is known to have ended before an ISO day."""
        return bool(self.last) and (self.ended or not self.pages) and self.last < day

    def holds(self, day: str) -> bool:
        """Whether the office may be taken to be held on an ISO day."""
        if not self.began(day) or self.is_over(day):
            return False
        return not self.last or date.fromisoformat(day) <= date.fromisoformat(self.last) + _STALE


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is on a day, and the line that tells: None of it where lines of equal weight disagree."""

    country: str | None
    sectors: tuple[str, ...]
    role: str | None
    line: Known


# Sectors of people in office: they leave it as ELI, ex-officials.
_OFFICIAL = frozenset({"GOV", "LEG", "MIL", "SPY", "JUD", "COP"})


class Roll(Sequence[Known]):
    """Known people, found by name. Make it once for many pages; any sequence of ``Known`` does for one."""

    def __init__(self, lines: Iterable[Known] = ()) -> None:
        self._lines = tuple(lines)
        self._people: dict[str, list[Known]] = {}
        self._forms: dict[str, set[tuple[str, ...]]] = {}
        self._index: dict[str, list[str]] = {}
        for line in self._lines:
            self._people.setdefault(line.person, []).append(line)
            forms = self._forms.setdefault(line.person, set())
            for form in {bare(name.split()) for name in (line.name, *line.names)} - forms:
                forms.add(form)
                for word in {form[0], form[-1], "".join(form)} if form else ():
                    here = self._index.setdefault(word, [])
                    if line.person not in here:
                        here.append(line.person)

    @overload
    def __getitem__(self, i: int) -> Known: ...
    @overload
    def __getitem__(self, i: slice) -> tuple[Known, ...]: ...
    def __getitem__(self, i: int | slice) -> Known | tuple[Known, ...]:
        return self._lines[i]

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Known]:
        return iter(self._lines)

    @cached_property
    def digest(self) -> str:
        """A short hash of all lines, whatever their order: part of the fingerprint of records read with them."""
        told = "\n".join(sorted(map(repr, self._lines)))
        return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()

    def named(self, words: tuple[str, ...], countries: frozenset[str]) -> str | None:
        """The one person of a full name in folded words; of namesakes the one of the countries that a page names."""
        if len(words) < 2:
            return None
        near = dict.fromkeys(id for word in (words[0], words[-1], "".join(words)) for id in self._index.get(word, ()))
        found = [id for id in near if any(same_name(words, form) for form in self._forms[id])]
        exact = [id for id in found if words in self._forms[id]] or found
        if len(exact) > 1:
            exact = [id for id in exact if any(line.country in countries for line in self._people[id])]
        return exact[0] if len(exact) == 1 else None

    def of_surname(self, surname: str, day: str, countries: frozenset[str]) -> str | None:
        """The one person in office on an ISO day whom a folded surname may mean on a page about some countries.

        None where several bear it, whether those countries are theirs or not.
        """
        found = {
            id
            for id in self._index.get(surname, ())
            if any(line.holds(day) for line in self._people[id]) and surname in self._surnames(id)
        }
        id = found.pop() if len(found) == 1 else None
        return id if id and any(line.country in countries for line in self._people[id]) else None

    def _surnames(self, id: str) -> set[str]:
        first = any(line.country in FAMILY_FIRST for line in self._people[id])
        return {form[0 if first else -1] for form in self._forms[id] if form}

    def name(self, id: str) -> str:
        """The name of a person of the roll."""
        return self._people[id][0].name

    def forms(self, id: str) -> set[tuple[str, ...]]:
        """All names of a person of the roll, in folded words."""
        return self._forms[id]

    def standing(self, id: str, day: str | None) -> Standing:
        """What a person of the roll is on an ISO day; without a day no more than the country that all lines share.

        A list goes before pages, and the office that began last before others. After the last office: ELI, a former
        official, if it was one of state.
        """
        lines = self._people[id]
        countries = {line.country for line in lines}
        home = countries.pop() if len(countries) == 1 else None
        held = [line for line in lines if day and line.holds(day)]
        if held:
            best = max(held, key=lambda line: (not line.pages, line.first, line.pages, repr(line)))
            return Standing(best.country, (best.sector,) if best.sector else (), best.role, best)
        past = [line for line in lines if day and line.is_over(day)]
        if past and all(line in past for line in lines):
            latest = max(past, key=lambda line: (line.last, repr(line)))
            sectors = ("ELI",) if latest.sector in _OFFICIAL else (latest.sector,) if latest.sector else ()
            role = f"former {latest.role}" if latest.role and latest.sector in _OFFICIAL else latest.role
            return Standing(home or latest.country, sectors, role, latest)
        return Standing(home, (), None, lines[-1])
