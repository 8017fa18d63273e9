"""Holders: whom a page has told to hold an office, so that "the minister" later on is one of them and nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.actors.wording import fold

# Ranks that must be the same on both sides: no president is meant by "the vice president", nor the other way round.
_RANKS = frozenset({"vice", "deputy", "prime", "assistant", "under", "first", "acting", "chief"})
_LIKE = {
    "pm": "prime minister",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "chairwoman": "chairman",
    "chairperson": "chairman",
    "chair": "chairman",
    "congresswoman": "congressman",
    "premier": "prime minister",
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "defense": "defence",
    "advisor": "adviser",
    "justice": "judge",
}


@dataclass(frozen=True, slots=True)
class Title:
    """An office as a page names it: the noun, the words that narrow it, the country if told, and whether it is past.

    ``owner`` is the id of the body that it is an office of, where a table has that body.
    """

    head: str
    words: frozenset[str]
    country: str | None
    former: bool
    owner: str | None = None

    def is_told_by(self, other: Title) -> bool:
        """Whether another title, told before, may be this one in full."""
        if self.head != other.head or self.former != other.former:
            return False
        if self.words & _RANKS != other.words & _RANKS:
            return False
        if self.country and other.country and self.country != other.country:
            return False
        return self.words <= other.words


def title(role: str, country: str | None, former: bool, owner: str | None = None) -> Title | None:
    """The title that words of office are: "the country's main opposition leader". None where no word is left."""
    parts = [w for word in role.split() for w in _LIKE.get(fold(word), fold(word)).split()]
    words = [word for word in parts if word not in _COUNTS and not word.isdigit()]
    return Title(words[-1], frozenset(words[:-1]), country, former, owner) if words else None


CHIEFS = frozenset({"head", "leader", "chief", "chairman", "president", "boss"})
"""Words for whoever heads a party or another body: a page takes now the one and now the other."""
_COUNTS = frozenset("a an the another other senior top current new former ex then his her its their and".split())


class Holders:
    """The titles of a page's people by id."""

    def __init__(self) -> None:
        self._held: dict[str, list[Title]] = {}
        self._by_heart: dict[str, list[Title]] = {}

    def note(self, id: str, held: Title | None) -> None:
        """Somebody holds an office."""
        if held is not None and held not in self._held.setdefault(id, []):
            self._held[id].append(held)

    def note_known(self, id: str, held: Title | None) -> None:
        """Somebody holds an office of which the page itself has not told."""
        if held is not None:
            self._by_heart.setdefault(id, []).append(held)

    def known(self, wanted: Title, country: str | None) -> list[str]:
        """Whom of those that a page names an office of a country means by heart."""
        return [
            id
            for id, titles in self._by_heart.items()
            if any(wanted.is_told_by(held) and held.country == country for held in titles)
        ]

    def chiefs(self, owner: str) -> list[str]:
        """Who heads a body, under whichever word the page has told it."""
        return [
            id
            for id, titles in self._held.items()
            if any(held.owner == owner and held.head in CHIEFS and not held.former for held in titles)
        ]

    def of(self, wanted: Title, among: Iterable[str] | None = None) -> list[str]:
        """Whom an office may mean, in the order in which the page told of them."""
        ids = self._held if among is None else [id for id in among if id in self._held]
        return [id for id in ids if any(wanted.is_told_by(held) for held in self._held[id])]

    def holds(self, id: str, wanted: Title) -> bool:
        """Whether somebody holds an office under just these words."""
        return any(wanted.is_told_by(held) and held.words == wanted.words for held in self._held.get(id, ()))
