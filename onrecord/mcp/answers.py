"""What the tools answer with: small, flat, and never without the words, the outlet and the day.

Plain dataclasses without slots: the SDK makes the JSON Schema of a tool's answer from the class, and takes the
descriptor of a slot for a default.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.archive.rows import ActorRow, Bucket, PageRef
from onrecord.record import Span
from onrecord.web.cards import Name
from onrecord.web.hits import Hit
from onrecord.web.sources import named
from onrecord.web.views.warnings import Warned

LONG = 500
"""Code points of evidence that a list shows; the tool ``evidence`` has all of it."""


@dataclass(frozen=True)
class Party:
    """Somebody: the id that filters take (none where the page does not say who it is), and the name on the page."""

    id: str | None
    name: str


@dataclass(frozen=True)
class Item:
    """A statement, event, commitment or meeting, as a page reports it or as somebody is reported to have said it.

    words        the evidence: characters of the page, cut at 500
    did          the verb or sign between the two sides
    facts        what else is told: condition, deadline, status, place, CAMEO code
    only_said    it stands inside what somebody is reported to have said; the page does not assert it
    reports      how many pages report it; ``independent``: how many of them are not copies of each other
    verdict      what a person found of it: accepted, corrected, rejected, added; none: nobody looked yet
    """

    id: str
    kind: str
    type: str
    who: tuple[Party, ...]
    did: str
    to: tuple[Party, ...]
    words: str
    facts: dict[str, str]
    only_said: bool
    day: str | None
    outlet: str | None
    published: str | None
    title: str | None
    address: str
    page: str
    reports: int
    independent: int
    confidence: float | None
    verdict: str | None


@dataclass(frozen=True)
class Items:
    """A part of a list. ``total`` counts all that match, ``or_more`` where counting stopped; ``next`` is ``after`` for
    the part behind this one."""

    total: int
    or_more: bool
    items: tuple[Item, ...]
    next: str | None


@dataclass(frozen=True)
class Commitments:
    """Commitments with what became of them by the day ``on``."""

    on: str
    items: tuple[Committed, ...]
    next: str | None


@dataclass(frozen=True)
class Committed:
    """A commitment: ``open``, ``passed`` (its deadline has), or ``met``: a later event shares the words of its
    condition, which stands in ``later``. Whether it really is that condition is for whoever reads both."""

    state: str
    deadline: str | None
    item: Item
    later: Item | None


@dataclass(frozen=True)
class Stretch:
    """The events of some days: how many, by verbal and material cooperation and conflict, their mean Goldstein value
    (-10 hostile to 10 friendly)."""

    first: str
    last: str
    events: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    goldstein: float | None


@dataclass(frozen=True)
class Timeline:
    """What two parties did to each other, or one did and received. Stretches without events are left out; ``earlier``
    counts those before the ones shown. ``newest`` are the last events, with their words."""

    a: Party
    b: Party | None
    by: str
    stretches: tuple[Stretch, ...]
    earlier: int
    newest: tuple[Item, ...]


@dataclass(frozen=True)
class PageText:
    """A page, and a part of its text from ``start``. ``more_from`` is where the next part starts; none at the end.

    ``items`` counts what was read from it: ``search`` with ``page`` lists them.
    """

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    authors: tuple[str, ...]
    credit: str | None
    address: str
    language: str | None
    story: str
    current: bool
    start: int
    text: str
    length: int
    more_from: int | None
    items: dict[str, int]


@dataclass(frozen=True)
class Words:
    """Words of a page, and where they are: code points of its text, end exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Report:
    """A page that reports the same."""

    page: str
    outlet: str | None
    published: str | None
    title: str | None
    address: str


@dataclass(frozen=True)
class Evidence:
    """One item with all of its words, what stands around them, who else reports it, and a line to cite it by."""

    item: Item
    spans: tuple[Words, ...]
    before: str
    after: str
    citation: str
    reports: tuple[Report, ...]
    more_reports: int


@dataclass(frozen=True)
class Somebody:
    """An actor over all pages: names, roles, how many pages mention them, from when to when."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    country: str | None
    code: str | None
    roles: tuple[str, ...]
    pages: int
    first: str | None
    last: str | None


@dataclass(frozen=True)
class Actors:
    """Actors, those that most pages mention first."""

    total: int
    actors: tuple[Somebody, ...]
    next: str | None


def item(found: Hit) -> Item:
    """A hit as an assistant is given it."""
    card, page = found.card, found.page
    return Item(
        id=card.item,
        kind=card.room,
        type=card.sort,
        who=tuple(party(each) for each in card.who),
        did=card.did,
        to=tuple(party(each) for each in card.to),
        words=cut(found.evidence),
        facts={label: cut(value) for label, value in card.facts},
        only_said=card.inside is not None,
        day=found.day,
        outlet=page.outlet or page.domain,
        published=page.published,
        title=page.title and cut(page.title),
        address=address_of(page),
        page=page.id,
        reports=found.reports,
        independent=found.sources,
        confidence=card.confidence,
        verdict=found.verdict,
    )


def committed(found: Warned) -> Committed:
    """A commitment with its state."""
    return Committed(found.state, found.deadline, item(found.hit), item(found.later) if found.later else None)


def stretch(bucket: Bucket) -> Stretch:
    """A stretch of a timeline."""
    return Stretch(
        first=bucket.first,
        last=bucket.last,
        events=bucket.events,
        verbal_cooperation=bucket.quads["VC"],
        material_cooperation=bucket.quads["MC"],
        verbal_conflict=bucket.quads["VX"],
        material_conflict=bucket.quads["MX"],
        goldstein=None if bucket.goldstein is None else round(bucket.goldstein, 2),
    )


def report(page: PageRef) -> Report:
    """A page in a list of reports."""
    return Report(page.id, page.outlet or page.domain, page.published, page.title and cut(page.title), address_of(page))


def somebody(row: ActorRow) -> Somebody:
    """An actor."""
    return Somebody(
        row.id, row.name, row.names[:6], row.kind, row.country, row.code, row.roles[:6], row.pages, row.first, row.last
    )


def party(name: Name) -> Party:
    """A party of a card."""
    return Party(name.id, name.name)


def words(span: Span) -> Words:
    """A span."""
    return Words(span.start, span.end, span.text)


def address_of(page: PageRef) -> str:
    """Where a page was read: its URL, else its source without the folders of this machine."""
    return page.url or named(page.source)


def cut(text: str, long: int = LONG) -> str:
    """Text of at most so many code points, with a sign where it was cut."""
    return text if len(text) <= long else text[: long - 1].rstrip() + "…"
