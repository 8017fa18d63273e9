"""Context: what a page says around a name that means several things."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.actors.gazetteer import Entry, Hit, gazetteer, names
from onrecord.actors.wording import Word, fold, key
from onrecord.tables import rows


@dataclass(frozen=True, slots=True)
class Context:
    """The text around (a page, or what a caller knows) and the day it is of (ISO; None where unknown).

    ``era`` are the days between which a text without a day was written, where it tells.

    ``countries`` are the codes that the text names without doubt; they part acronyms that several countries share.
    ``home`` is the one that the text is about, if it is about one. ``acronyms`` are those that the text itself
    explains, "New Power Party (NPP)", with the folded words meant.
    """

    text: str = ""
    day: str | None = None
    era: tuple[str, str] | None = None
    countries: frozenset[str] = field(default=frozenset())
    acronyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    home: str | None = None

    @property
    def days(self) -> tuple[str, ...]:
        """The day, or else the first and the last day of the era; () where neither is known."""
        return (self.day,) if self.day is not None else self.era or ()


@cache
def _doubtful() -> dict[tuple[str, ...], list[tuple[str, bool, re.Pattern[str]]]]:
    """By name: the countries it may mean, whether that is the reading without any cue, and the cues of each."""
    table: dict[tuple[str, ...], list[tuple[str, bool, re.Pattern[str]]]] = {}
    for row in rows("ambiguous.tsv"):
        cues = re.compile(rf"\b(?:{'|'.join(map(re.escape, names(row['cues'])))})\b")
        table.setdefault(key(row["name"]), []).append((row["country"], row["default"] == "1", cues))
    return table


def settle(hit: Hit, words: Sequence[Word], context: Context) -> Hit:
    """The hit with the entries that its context leaves: none of a doubtful name's without a reason for one.

    Lines that did not hold on the context's day go; so do lines of other countries where the context names one of
    theirs. A hit may end with no entries.
    """
    kept = [entry for entry in hit.entries if _holds(entry, hit.entries, context.day)]
    kept = [entry for entry in kept if not _is_elsewhere(entry, context)]
    if any(entry.sort == "head" for entry in kept):
        # "Congress" is a party's name where that party is at home, and elsewhere a parliament.
        kept = [entry for entry in kept if entry.category != "party" or entry.country == context.home]
    if any(entry.sort == "head" for entry in kept) and context.countries:
        # "The Department of Justice" is America's only on a page about America.
        kept = [e for e in kept if e.category not in _BODIES or e.country in context.countries]
    if hit.last - hit.first == 1 and words[hit.first].surface.isupper():
        kept = [entry for entry in kept if _explained(entry, words[hit.first], context)]
    doubt = _doubtful().get(tuple(word.folded for word in words[hit.first : hit.last]))
    if doubt is not None:
        country = _meant(doubt, context.text)
        kept = [_of(entry, country) for entry in kept if _may_be(entry, country)]
        if country is not None and not any(entry.country == country for entry in kept):
            other = hit.entries[0]
            kept.append(Entry("city", other.words, other.name, other.id, country, ()))
    propers = {entry.id for entry in kept if entry.sort == "proper"}
    if len(propers) > 1:
        here = [entry for entry in kept if entry.sort == "proper" and entry.country in context.countries]
        here = [entry for entry in here if entry.country == context.home] or here
        only = here if len({entry.id for entry in here}) == 1 else []
        kept = [entry for entry in kept if entry.sort != "proper" or entry in only]
    return Hit(hit.first, hit.last, tuple(kept))


_BODIES = ("service", "legislature")


def _holds(entry: Entry, beside: tuple[Entry, ...], day: str | None) -> bool:
    if day is None:
        # Without a day a line that ended may stand only where no later line of the same name does.
        return not entry.last or not any(other.id == entry.id and not other.last for other in beside)
    return entry.first <= day and (not entry.last or day <= entry.last)


# Words that parties of many countries are named by.
_COMMON = frozenset(
    "democratic democrats liberal labour labor national nationalist peoples people party socialist social "
    "conservative conservatives republican republicans communist green greens christian union united "
    "progressive progress reform popular alliance movement front workers new justice freedom unity power congress "
    "development coalition right left conference liberals revolutionary institutional radical civic renewal "
    "liberation alternative action democrat 's nationals independence centre center change".split()
)


def _is_elsewhere(entry: Entry, context: Context) -> bool:
    """Whether a party's name is one of many countries', and the page speaks of others than this one's."""
    if entry.category != "party" or not context.countries or entry.country in context.countries:
        return False
    return is_common(entry.words)


def is_common(words: Sequence[str]) -> bool:
    """Whether a party's folded name is made of words alone that parties of many countries are named by."""
    return all(word in _COMMON for word in words)


def _explained(entry: Entry, word: Word, context: Context) -> bool:
    """Whether an acronym may be read so on this page: as the page explains it, and of a country that it speaks of."""
    meant = context.acronyms.get(word.folded)
    if entry.sort != "proper":
        return entry.sort != "city" or meant is None  # "WOLA" of the Washington Office is no Polish town
    if meant is not None and is_common(meant) and entry.country not in context.countries:
        return False
    if meant is not None:
        same = any(other.id == entry.id for other in gazetteer().exactly(meant))
        same = same or key(entry.name)[: len(meant)] == meant  # "(CDP)" of the CDP of Japan
        # The table may have but the acronym.
        return same or (entry.name.isupper() and entry.country in context.countries)
    foreign = (
        bool(context.countries) and entry.category in ("party", "group") and entry.country not in context.countries
    )
    return not foreign or entry.country in ("IMG", "ISM", "NGO", "IGO") or len(word.folded) > 4


_BRACKETED = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
# How far before its bracket an acronym's words may begin.
_BEFORE = 120
_BARE = re.compile(r"\b[A-Z]{2,6}\b")
_RUN = re.compile(r"[A-Z][\w’'-]+(?: (?:(?:of|for|and|the|on) )*[A-Z][\w’'-]+)+")
_LINKS = frozenset({"of", "for", "and", "the", "on"})


def acronyms(text: str) -> dict[str, tuple[str, ...]]:
    """The acronyms that a text explains: "Economic Freedom Fighters (EFF)". By folded acronym, folded words.

    As many of the words before the bracket are meant as begin with the acronym's letters. Without a bracket the one
    name of the text that has these initials is meant: "the EC" where the Election Commission is spoken of.
    """
    found: dict[str, tuple[str, ...]] = {}
    for match in _BRACKETED.finditer(text):
        parts = text[max(0, match.start() - _BEFORE) : match.start()].split()
        meant = _spelled(match.group(1), parts, capitals=True) or _spelled(match.group(1), parts, capitals=False)
        if meant:
            found.setdefault(fold(match.group(1)), key(meant))
    bare = {match.group() for match in _BARE.finditer(text)}
    names: dict[str, set[tuple[str, ...]]] = {}
    for match in _RUN.finditer(text):
        parts = match.group().split()
        for first in range(len(parts)):
            for last in range(first + 2, len(parts) + 1):
                initials = "".join(part[0] for part in parts[first:last] if part not in _LINKS)
                if initials in bare and parts[last - 1] not in _LINKS and parts[first] not in _LINKS:
                    names.setdefault(initials, set()).add(key(" ".join(parts[first:last])))
    for initials, told in names.items():
        if len(told) == 1 and not _is_listing(next(iter(told))):
            found.setdefault(fold(initials), next(iter(told)))
    return found


def _is_listing(words: tuple[str, ...]) -> bool:
    """Whether words are two names joined rather than one: "Bangladesh and the National People's"."""
    return "and" in words and words[-1] == "'s"


def _spelled(acronym: str, parts: list[str], *, capitals: bool) -> str | None:
    """The last words that begin with an acronym's letters; of lower-case ones all that stand before it."""
    letters = [c for c in acronym if c.isupper()]
    initials: list[str] = []
    for first in range(len(parts) - 1, -1, -1):
        if capitals and not parts[first][0].isupper():
            continue
        if not capitals and parts[first] in _LINKS:
            continue
        initials.insert(0, parts[first][0].upper())
        if len(initials) == len(letters):
            # In another order where the letters are of another language: "Democratic Revolutionary Party (PRD)".
            same = initials == letters or (len(letters) > 2 and sorted(initials) == sorted(letters))
            return " ".join(parts[first:]) if same else None
    return None


def _meant(doubt: list[tuple[str, bool, re.Pattern[str]]], text: str) -> str | None:
    cued = {country for country, _, cues in doubt if cues.search(text)}
    if len(cued) == 1:
        return cued.pop()
    default = next((country for country, is_default, _ in doubt if is_default), None)
    return default if not cued or default in cued else None


def _may_be(entry: Entry, country: str | None) -> bool:
    """Whether an entry may stand under a reading: places of other countries, and all places where it is open, go."""
    if entry.sort in ("state", "adjective", "demonym", "capital"):
        return entry.country == country
    return entry.sort != "city" or entry.country in (None, country)


def _of(entry: Entry, country: str | None) -> Entry:
    if entry.sort != "city" or entry.country is not None:
        return entry
    return Entry("city", entry.words, entry.name, entry.id, country, entry.sectors)
