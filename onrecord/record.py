"""The record: what onrecord says of one page. Frozen data, no logic; the public contract.

The names here are the names of the JSON, of the archive's tables and of Parquet; ``docs/record.md`` is the codebook
with the meaning and the doubtful cases of every field.

Conventions that hold everywhere:

- a span counts **code points of** ``page.text``, end exclusive, and ``page.text[start:end] == span.text``;
- a *party field* (speaker, addressees, about, actors, recipients, by, to, who) holds ids of ``Record.actors``;
- dates are ISO; unknown is ``None``, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SCHEMA = 1

Role = Literal["headline", "byline", "section", "caption", "credit", "lead", "body", "subhead", "furniture"]
PublishedFrom = Literal["json-ld", "meta", "time", "url", "given", "text", "inferred"]
ActorKind = Literal["state", "office", "person", "organisation", "group", "international"]
StatementKind = Literal["direct", "indirect", "mixed"]
Status = Literal["actual", "planned", "conditional", "denied", "requested", "historical"]
CommitmentKind = Literal["threat", "ultimatum", "promise", "offer"]
MeetingKind = Literal["meeting", "visit", "talks", "summit", "call"]
MeetingStatus = Literal["planned", "held", "cancelled", "postponed"]
Basis = Literal["explicit", "relative", "inferred"]


@dataclass(frozen=True, slots=True)
class Span:
    """``page.text[start:end]``, with its text: the evidence of an item."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the page with one role. Blocks are in order, never overlap, and are parted by blank lines."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published the page."""

    name: str | None
    domain: str | None
    country: str | None
    mirrors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its canonical text, the roles of its parts, and its metadata with their origin."""

    id: str
    source: str
    url: str | None
    outlet: Outlet | None
    section: tuple[str, ...]
    title: str | None
    authors: tuple[str, ...]
    published: str | None
    published_from: PublishedFrom | None
    fetched: str | None
    language: str | None
    credit: str | None
    text: str
    blocks: tuple[Block, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class When:
    """An interval of whole days, as narrow as the words allow and no narrower."""

    first: str
    last: str
    span: Span | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Where:
    """A place: country as ISO 3166 alpha-3; degrees where a table gives them."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    span: Span


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who speaks, acts or is acted on, with every place where the page mentions them."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    sectors: tuple[str, ...]
    code: str | None
    role: str | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody said something: who, in which words, to and about whom."""

    id: str
    kind: StatementKind
    speaker: str | None
    speaker_span: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    quotes: tuple[Span, ...]
    addressees: tuple[str, ...]
    about: tuple[str, ...]
    said: When | None
    medium: str | None
    repeated: bool
    denial: bool
    repeats: str | None
    said_in: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, as PLOVER codes it."""

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    goldstein: float | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: Status
    when: When | None
    where: Where | None
    trigger: Span
    evidence: Span
    said_in: str | None
    asserted: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Commitment:
    """A threat or a promise: what will be done, and on which condition."""

    id: str
    kind: CommitmentKind
    by: str | None
    to: tuple[str, ...]
    condition: Span | None
    consequence: Span
    deadline: When | None
    explicit: bool
    event: str | None
    said_in: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contact held or planned, once a page however often it is mentioned."""

    id: str
    kind: MeetingKind
    who: tuple[str, ...]
    where: Where | None
    when: When | None
    ordinal: str | None
    status: MeetingStatus
    span: Span
    said_in: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Record:
    """All that was read from one page."""

    schema: int
    page: Page
    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    commitments: tuple[Commitment, ...]
    meetings: tuple[Meeting, ...]
    dates: tuple[When, ...]
    reader: str
