"""What an archive answers with: items with the page they stand on, as frozen rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from onrecord.record import Actor, Commitment, Event, Meeting, Statement

T = TypeVar("T", bound=Statement | Event | Commitment | Meeting)
R = TypeVar("R")

Outcome = Literal["added", "version", "replaced", "same", "removed"]
Action = Literal["accept", "correct", "reject", "add"]


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page without its text. ``story`` is the id of the first page of its story; ``version`` counts from 1."""

    id: str
    source: str
    url: str | None
    outlet: str | None
    domain: str | None
    country: str | None
    title: str | None
    published: str | None
    credit: str | None
    story: str
    version: int
    current: bool
    reader: str


@dataclass(frozen=True, slots=True)
class Review:
    """What a person found of an item, and when. ``changes`` are the fields corrected, as JSON has them,
    and ``actors`` the parties that they brought in.

    ``attached`` is the id of the item that it belongs to today, None where a better reader no longer finds one;
    ``item`` the id it had when it was looked at.
    """

    id: int
    page: str
    kind: str
    item: str
    attached: str | None
    spans: tuple[tuple[int, int], ...]
    evidence: str
    action: Action
    changes: Mapping[str, Any] | None
    actors: tuple[Actor, ...]
    by: str
    at: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """One item as people have corrected it, with where it stands.

    ``machine`` is what was read, None for an item that a person added; ``review`` the latest that was found of it.
    ``actors`` are the parties, in no order; ``evidence`` is the item's words; ``day`` the day it belongs to.
    ``reports`` counts the pages that report it (the story's, or the saying's), ``sources`` those that are independent
    of each other.
    """

    item: T
    page: PageRef
    day: str | None
    evidence: str
    actors: tuple[Actor, ...]
    machine: T | None
    review: Review | None
    reports: int
    sources: int

    def actor(self, id_: str | None) -> Actor | None:
        """The party of an id."""
        return next((actor for actor in self.actors if actor.id == id_), None)


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """One page of results, in a stable order. ``next`` asks for those after them; None at the end.

    ``total`` counts all matches, no further than ``find.CAP``: ``more`` says that there are more.
    """

    rows: tuple[R, ...]
    next: str | None
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor over all pages: the names and roles by which it is known, and how many pages mention it."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    country: str | None
    sector: str | None
    code: str | None
    roles: tuple[str, ...]
    pages: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """An office as pages word it of somebody: on how many, from when to when, and the latest of them by its id."""

    role: str
    country: str | None
    sector: str | None
    pages: int
    first: str | None
    last: str | None
    page: str


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One story: its first page, every report, and the one whom it is from.

    ``origin`` is the agency that copies credit or the outlet that had it first: one independent source, however many
    reports. ``outlets`` are all that carry it.
    """

    first: PageRef
    pages: tuple[PageRef, ...]
    origin: str | None

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that carry it, the first one first."""
        return tuple(dict.fromkeys(name for page in self.pages if (name := page.outlet or page.domain)))


@dataclass(frozen=True, slots=True)
class Bucket:
    """The events of one stretch of days: by type, by quad class (VC, MC, VX, MX), and their mean Goldstein value."""

    first: str
    last: str
    events: int
    types: Mapping[str, int]
    quads: Mapping[str, int]
    goldstein: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Who did something to whom, how often, and the mean Goldstein value of it."""

    a: str
    b: str
    events: int
    quads: Mapping[str, int]
    goldstein: float | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many items have a value."""

    value: str | None
    items: int
