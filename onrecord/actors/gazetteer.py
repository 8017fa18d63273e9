"""The gazetteer: every name and term of the tables, found in running words by longest match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from onrecord.actors.wording import Word, key, page_words, slug
from onrecord.tables import rows

INTERNATIONAL = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})
"""Codes that stand in a country's place for bodies of no one country."""

Sort = Literal[
    "state",  # a country or region by name
    "adjective",  # "Russian", "Catalan"
    "demonym",  # "Russians", "a Dane"
    "capital",  # "Moscow": the government where it acts, else a place
    "seat",  # "the Kremlin"
    "city",
    "proper",  # a service, party, group, legislature, international organisation, company by its own name
    "leader",  # a person of the table of leaders
    "head",  # an office, body or kind of people: "minister", "court", "rebels"
    "modifier",  # a word that gives a sector to a head without one: "military", "rebel"
    "former",  # "former", "ousted"
]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table, under one of its names.

    ``words`` are folded. ``country`` is an alpha-3 or an international code, None where unknown. ``category`` is the
    class of an office (person, body, people, carrier) or the kind of a proper name (international, group, ...).
    ``first`` and ``last`` are the ISO days between which the line holds ("" is open).
    """

    sort: Sort
    words: tuple[str, ...]
    name: str
    id: str
    country: str | None
    sectors: tuple[str, ...]
    category: str = ""
    first: str = ""
    last: str = ""
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Entries that words ``first`` to ``last`` (exclusive) may mean; all of the same length."""

    first: int
    last: int
    entries: tuple[Entry, ...]

    def of(self, *sorts: Sort) -> Entry | None:
        """The first entry of one of these sorts."""
        for entry in self.entries:
            if entry.sort in sorts:
                return entry
        return None


def names(cell: str) -> list[str]:
    """The parts of a cell that holds several."""
    return [part for part in cell.split("|") if part]


class Gazetteer:
    """Entries by their words, and of the names that begin with a word the lengths, longest first, and second words."""

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        self._names: dict[tuple[str, ...], list[tuple[str, Entry]]] = {}
        lengths: dict[str, set[int]] = {}
        self._seconds: dict[str, set[str]] = {}
        for written, entry in entries:
            if entry.words:
                self._names.setdefault(entry.words, []).append((written, entry))
                lengths.setdefault(entry.words[0], set()).add(len(entry.words))
                self._seconds.setdefault(entry.words[0], set()).update(entry.words[1:2])
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def at(self, words: Sequence[Word], i: int) -> Hit | None:
        """What the words from ``i`` on mean, by the longest name that they begin with; None where there are none."""
        lengths = self._lengths.get(words[i].folded) if i < len(words) and words else None
        if lengths is None:
            return None
        if lengths[0] > 1 and (i + 1 == len(words) or words[i + 1].folded not in self._seconds[words[i].folded]):
            if lengths[-1] > 1:
                return None
            lengths = lengths[-1:]  # at most a name of one word
        for length in lengths:
            if i + length > len(words):
                continue
            here = words[i : i + length]
            named = self._names.get(tuple([word.folded for word in here]))
            if named is None:
                continue
            found = [entry for written, entry in named if _cased(written, here, entry.sort)]
            if found:
                return Hit(i, i + length, tuple(found))
        return None

    def exactly(self, name: tuple[str, ...]) -> list[Entry]:
        """The entries of a folded name, however it is written."""
        return [entry for _, entry in self._names.get(name, ())]

    def scan(self, words: Sequence[Word], *, capitals: bool = False) -> list[Hit]:
        """All that stands in the words, left to right, without overlaps; only names with ``capitals``."""
        found: list[Hit] = []
        past = 0
        for i, word in enumerate(words):
            if i < past or word.folded not in self._lengths or (capitals and not word.surface[:1].isupper()):
                continue
            hit = self.at(words, i)
            if hit is not None:
                found.append(hit)
                past = hit.last
        return found


def _cased(written: str, words: Sequence[Word], sort: Sort) -> bool:
    """Whether words are written as a name of the table may be: "us" is not the US, and "turkey" is not Turkey.

    Terms in lower case match any writing. Acronyms match themselves, long ones of bodies also with one capital (Nato):
    Sadr is no SADR. Of other names every capital must be there, or the words be all capitals.
    """
    if written.islower():
        return True
    if len(words) == 1:
        surface = words[0].surface
        if written.isupper():
            nato = sort == "proper" and len(written) > 3 and surface[0].isupper() and surface[1:].islower()
            return surface == written or nato
        if sort == "city" and surface.isupper() and 1 < len(surface) < 6:
            return False  # an acronym rather: "WOLA" is no Wola
        if any(c.isupper() for c in written[2:]) and surface[1:].islower() and len(written) < 5:
            return False  # "Let" is not LeT
        return surface[:1].isupper() or not written[0].isupper()
    return words[0].surface[:1].isupper() or not written[0].isupper() or words[-1].surface[:1].isupper()


def _plurals(term: str) -> list[str]:
    head, _, last = term.rpartition(" ")
    stem = f"{head} " if head else ""
    if last.endswith(("s", "ese", "ish", "ch", "people", "police", "personnel", "men", "media")):
        return []
    if last.endswith("man") and last not in ("german", "ottoman"):
        return [f"{stem}{last[:-3]}men"]
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return [f"{stem}{last[:-1]}ies"]
    return [f"{stem}{last}es" if last.endswith(("x", "sh", "ch", "ss")) else f"{stem}{last}s"]


def _countries() -> Iterator[tuple[str, Entry]]:
    for row in rows("countries.tsv"):
        code, name = row["code"], row["name"]
        own = code.lower()
        for written in [name, *names(row["names"])]:
            yield written, Entry("state", key(written), name, own, code, ())
        for written in names(row["adjectives"]):
            yield written, Entry("adjective", key(written), name, own, code, ())
        for written in names(row["demonyms"]):
            yield written, Entry("demonym", key(written), name, own, code, ())
            for plural in _plurals(written):
                yield plural, Entry("demonym", key(plural), name, own, code, (), plural=True)
        for written in names(row["capitals"]):
            yield written, Entry("capital", key(written), written, f"{own}.gov", code, ("GOV",))
        for written in names(row["seats"]):
            yield written, Entry("seat", key(written), written, f"{own}.gov", code, ("GOV",))
        for written in names(row["legislatures"]):
            own_id = f"{own}.leg.{slug(names(row['legislatures'])[0])}"
            yield written, Entry("proper", key(written), written, own_id, code, ("LEG",), "legislature")


def _regions() -> Iterator[tuple[str, Entry]]:
    for row in rows("regions.tsv"):
        country = row["country"] or None
        sectors = tuple(names(row["sectors"]))
        own = f"{row['country'].lower()}.{slug(row['name'])}".strip(".")
        for written in [row["name"], *names(row["names"])]:
            yield written, Entry("state", key(written), row["name"], own, country, sectors, "region")
        for written in names(row["adjectives"]):
            yield written, Entry("adjective", key(written), row["name"], own, country, sectors, "region")
            for plural in _plurals(written):
                yield plural, Entry("demonym", key(plural), row["name"], own, country, sectors, "region", plural=True)
        for written in names(row["seats"]):
            yield written, Entry("city", key(written), written, own, country, sectors)


def _propers() -> Iterator[tuple[str, Entry]]:
    for row in rows("organisations.tsv"):
        for written in [row["name"], *names(row["names"])]:
            sectors = tuple(names(row["sector"]))
            entry = Entry(
                "proper", key(written), row["name"], f"int.{row['id']}", row["code"], sectors, "international"
            )
            yield written, entry
    for row in rows("groups.tsv"):
        first, _, last = row["dates"].partition("..")
        international = row["country"] == "IMG"
        for written in [row["name"], *names(row["names"])]:
            own = f"int.{row['id']}" if international else f"{row['country'].lower()}.group.{row['id']}"
            sectors = tuple(names(row["sectors"]))
            yield (
                written,
                Entry("proper", key(written), row["name"], own, row["country"], sectors, "group", first, last),
            )
    for row in rows("parties.tsv"):
        own = f"{row['country'].lower()}.pty.{slug(row['name'])}"
        for written in [row["name"], *names(row["names"])]:
            yield written, Entry("proper", key(written), row["name"], own, row["country"], ("PTY",), "party")
    for row in rows("services.tsv"):
        own = f"{row['country'].lower()}.{row['sector'].lower()}.{row['id']}"
        for written in [row["name"], *names(row["names"])]:
            entry = Entry("proper", key(written), row["name"], own, row["country"], (row["sector"],), "service")
            yield written, entry


def _offices() -> Iterator[tuple[str, Entry]]:
    for row in rows("offices.tsv"):
        term, category = row["term"], row["class"]
        sectors = tuple(names(row["sector"]))
        if category in ("modifier", "former"):
            sort: Sort = "former" if category == "former" else "modifier"
            yield term, Entry(sort, key(term), term, slug(term), None, sectors, category)
            continue
        plural = category == "people"
        yield term, Entry("head", key(term), term, slug(term), None, sectors, category, plural=plural)
        if not plural:
            for many in _plurals(term):
                yield many, Entry("head", key(many), term, slug(term), None, sectors, category, plural=True)


def _leaders() -> Iterator[tuple[str, Entry]]:
    seen = set()
    for row in rows("leaders.tsv"):
        for written in [row["name"], *names(row["names"])]:
            words = key(written)
            if words not in seen:
                seen.add(words)
                yield written, Entry("leader", words, row["name"], f"person.{slug(row['name'])}", row["country"], ())


def _cities() -> Iterator[tuple[str, Entry]]:
    for row in rows("places.tsv"):
        for written in [row["name"], *names(row["names"])]:
            yield written, Entry("city", key(written), row["name"], slug(written), row["country"] or None, ())


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the package's tables."""
    return Gazetteer([*_countries(), *_regions(), *_propers(), *_leaders(), *_offices(), *_cities()])


@lru_cache(maxsize=4)
def capitalised(tokens: tuple[str, ...]) -> tuple[Hit, ...]:
    """The names with capitals among all tokens of a page, over ``page_words``: several steps ask for one page's."""
    return tuple(gazetteer().scan(page_words(tokens), capitals=True))


@cache
def state_names() -> dict[str, str]:
    """Names of states by code."""
    return {row["code"]: row["name"] for row in rows("countries.tsv")}


def country_code(written: str) -> str | None:
    """The alpha-3 of a country by its name, its alpha-3 or its alpha-2 code; or the code of an international body.

    None where it is no country, or no one country's name.
    """
    code = written.strip().upper()
    if code in state_names() or code in INTERNATIONAL:
        return code
    if len(code) == 2:
        return _alpha2().get(code)
    found = {entry.country for entry in gazetteer().exactly(key(written)) if entry.sort == "state"}
    return found.pop() if len(found) == 1 else None


@cache
def _alpha2() -> dict[str, str]:
    return {row["alpha2"]: row["code"] for row in rows("countries.tsv")}
