"""People of a page: which names are one person's, and what the page tells of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from onrecord.actors import leaders
from onrecord.actors.profile import Profile
from onrecord.actors.wording import fold, slug, split
from onrecord.tables import rows

_PARTICLES = frozenset("al el bin ibn ben bint van von der den de da di del la le dos du ul".split())
_SUFFIXES = frozenset({"jr", "jnr", "junior", "sr", "snr", "senior", "ii", "iii", "iv"})
HONORIFICS = frozenset(
    "mr mrs ms miss dr prof sir lord lady dame madam president minister senator sen rep gov gen col maj capt lt "
    "sgt ayatollah sheikh shaykh hajj haji king queen prince princess pope emperor saint st judge justice "
    "ambassador secretary chancellor premier imam mullah rev father sister brother general colonel major captain "
    "brig brigadier adm admiral cpl corporal insp inspector supt superintendent cmdr commander engr barrister "
    "chief hon alhaji datuk seri dato tun tengku".split()
)
"""Folded forms of address and offices that stand before a name and are no part of it."""
STYLES = frozenset({"mr", "mrs", "ms", "miss"})
"""Forms of address that tell a man from a woman, and are no part of a name."""
_MALE = frozenset(
    "mr king prince pope sir lord emperor spokesman businessman chairman imam ayatollah father son brother "
    "husband".split()
)
_FEMALE = frozenset(
    "mrs ms miss queen princess lady dame madam spokeswoman businesswoman chairwoman congresswoman mother daughter "
    "sister wife".split()
)


@dataclass(slots=True)
class Person:
    """Somebody whom a page names. ``forms`` are the folded words of each form of the name, the fullest first.

    ``leader`` is the id in the table of leaders, ``known`` that among the known people given.
    """

    id: str
    name: str
    forms: list[tuple[str, ...]]
    leader: str | None
    gender: str
    known: str | None = None


def bare(person: Iterable[str]) -> tuple[str, ...]:
    """The folded words of a name without honorifics and possessive."""
    return _bare(" ".join(person))


@lru_cache(maxsize=65536)
def _bare(name: str) -> tuple[str, ...]:
    words = [word.folded for word in split(name) if word.folded not in ("'s", ",")]
    while len(words) > 1 and words[0] in HONORIFICS:
        words.pop(0)
    return tuple(words)


def same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names may be one person's: spelled alike, part for part, in either order, initials allowed.

    Middle names may be left out; where both have them they must agree, as those of two Bushes do not. Juniors are
    others than their fathers.
    """
    if one == other or "".join(one) == "".join(other):
        return True
    if set(one) & _SUFFIXES != set(other) & _SUFFIXES:
        return False
    a = [word for word in one if word not in _PARTICLES | _SUFFIXES]
    b = [word for word in other if word not in _PARTICLES | _SUFFIXES]
    if len(a) < 2 or len(b) < 2:
        return False
    if a in ([*b[1:], *b[:1]], [*b[-1:], *b[:-1]]):
        return True  # the family name first or last: "Park Ji-hoon", "Ji-hoon Park"
    if not (_alike(a[-1], b[-1]) and _alike(a[0], b[0])):
        return "".join(a) == "".join(b)
    middle, others = a[1:-1], b[1:-1]
    if middle and others and all(len(word) == 1 for word in (*middle, *others)):
        return middle == others  # "George W." is not "George H. W."
    return all(any(_alike(x, y) for y in others) for x in middle) or not (middle and others)


def _alike(one: str, other: str) -> bool:
    if one == other or (one, other) in _nicknames():
        return True
    if len(one) == 1 or len(other) == 1:
        return one[:1] == other[:1]
    if min(len(one), len(other)) <= 4 or _sound(one)[:1] != _sound(other)[:1]:
        return False
    return _one_edit(one, other) or _sound(one) == _sound(other)


@cache
def _nicknames() -> frozenset[tuple[str, str]]:
    """Pairs of a first name and its short form, in both orders."""
    pairs = {(row["name"], row["short"]) for row in rows("nicknames.tsv")}
    return frozenset(pairs | {(short, name) for name, short in pairs})


# Ways in which one sound of other alphabets is written: "Rasheed" and "Rashid", "Yusuf" and "Youssouf".
_SOUNDS = (("ee", "i"), ("oo", "u"), ("ou", "u"), ("dj", "j"), ("ph", "f"), ("kh", "h"), ("q", "k"), ("y", "i"))


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return "".join(c for k, c in enumerate(word) if not k or c != word[k - 1])


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter changed, added or dropped makes the two the same."""
    if abs(len(one) - len(other)) > 1:
        return False
    k = 0
    while k < min(len(one), len(other)) and one[k] == other[k]:
        k += 1
    if len(one) == len(other):
        return one[k + 1 :] == other[k + 1 :]
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return long[k + 1 :] == short[k:]


@cache
def _genders() -> dict[str, str]:
    return {row["name"]: row["gender"] for row in rows("given_names.tsv")}


def gender_of(person: Iterable[str], profile: Profile) -> str:
    """m, f, or "" where neither title nor first name tells."""
    parts = [fold(word) for word in person]
    titles = set(parts) | set((profile.head or "").split()) | {fold(w) for w in (profile.role or "").split()}
    if titles & _FEMALE:
        return "f"
    if titles & _MALE:
        return "m"
    words = bare(person)
    if len(words) < 2:
        return ""
    table = _genders()
    return table.get(words[0]) or (table.get("".join(words[:2]), "") if len(words) > 2 else "")


class Recalls(Protocol):
    """Where known people are found by name."""

    def named(self, words: tuple[str, ...], countries: frozenset[str]) -> str | None: ...

    def name(self, id: str) -> str: ...


class People:
    """The people of a page: full names first, then shorter forms that only one of them can mean."""

    def __init__(self, roll: Recalls, countries: frozenset[str]) -> None:
        self._people: list[Person] = []
        self._roll = roll
        self._countries = countries

    def all(self) -> list[Person]:
        """Everybody so far."""
        return self._people

    def add_full(self, profile: Profile, known: str | None = None) -> Person:
        """The person of a name with a first name and a surname, or of a surname that a ``known`` one is meant by."""
        words = bare(profile.person)
        known = known or self._roll.named(words, self._countries)
        found = [person for person in self._people if profile.id and profile.id == person.leader]
        found = found or [person for person in self._people if known and known == person.known]
        if not found:
            alike = [p for p in self._people if any(same_name(words, f) or _short_of(words, f) for f in p.forms)]
            found = [p for p in alike if not (profile.id and p.leader)]
            if not found and not profile.id:
                found = [p for p in self._people if any(_nearly_of(words, f) for f in p.forms)]
        if len(found) == 1:
            self._learn(found[0], words, profile)
            return found[0]
        name = leaders.terms(profile.id)[0].name if profile.id and leaders.terms(profile.id) else _plain(profile)
        name = self._roll.name(known) if known and not profile.id else name
        id = profile.id or known or f"person.{slug(name)}"
        person = Person(id, name, [words], profile.id, gender_of(profile.person, profile), known)
        if profile.id and (full := bare(name.split())) != words:
            person.forms.append(full)  # "AMLO" is López Obrador as well
        self._people.append(person)
        return person

    def bearers(self, profile: Profile) -> list[Person]:
        """Everybody whom a surname (or a first name alone) may mean, as far as title and gender tell."""
        words = bare(profile.person)
        found = [person for person in self._people if any(_short_of(words, form) for form in person.forms)]
        found = found or [person for person in self._people if any(_nearly_of(words, form) for form in person.forms)]
        if profile.id and len(found) > 1:
            found = [person for person in found if person.leader == profile.id] or found
        gender = gender_of(profile.person, profile)
        if gender and len(found) > 1:
            found = [person for person in found if person.gender in ("", gender)] or found
        return found

    @staticmethod
    def _learn(person: Person, words: tuple[str, ...], profile: Profile) -> None:
        if words not in person.forms:
            person.forms.append(words)
        person.leader = person.leader or profile.id
        person.gender = person.gender or gender_of(profile.person, profile)


def _plain(profile: Profile) -> str:
    words = [w for w in profile.person if w not in ("'s", "’s")]
    while len(words) > 1 and fold(words[0]) in HONORIFICS:
        words = words[1:]
    return profile.name if profile.name and len(words) == len(profile.person) else " ".join(words)


def _short_of(words: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """Whether words are a short form of a full name: its last words, its first word, or its family name in front."""
    core = tuple(word for word in form if word not in _SUFFIXES)
    if (told := set(words) & _SUFFIXES) and told <= set(form):
        words = tuple(word for word in words if word not in _SUFFIXES)  # "Dal Jr" of "Per Dal Jr"
    if len(words) >= len(core):
        return words == form
    if core[-len(words) :] == words or core[: len(words)] == words:
        return True
    plain = [word for word in words if word not in _PARTICLES]
    return len(plain) == 1 and len(plain[0]) > 1 and plain[0] in core


# Letters that a surname must have for one of them to be another: Hansen is not Hanson.
_SPELLED = 6


def _nearly_of(words: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """Whether words are the surname of a full name in another spelling: "Al-Ghanim" of "Marzouq Al-Ghanem"."""
    plain = [word for word in words if word not in _PARTICLES]
    return len(plain) == 1 and len(form) > 1 and len(plain[0]) >= _SPELLED and _alike(plain[0], form[-1])
