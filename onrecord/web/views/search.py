"""Search: one box, the archive's filters as facets with counts, cards with their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from onrecord.archive import Archive
from onrecord.archive.count import Value
from onrecord.archive.query import Kind, Query
from onrecord.archive.rows import Found, Row
from onrecord.web.asked import KINDS, MANY, ONE, Asked, address, pairs
from onrecord.web.hits import Hit, flat, hits

FACET_CAP = 1000  # the newest so many are counted for facets: more would not change what is worth clicking
FACETS: dict[str, tuple[Value, ...]] = {
    "statements": ("type", "who", "about", "outlet", "month"),
    "events": ("type", "status", "who", "to", "outlet", "month"),
    "commitments": ("type", "who", "to", "outlet", "month"),
    "meetings": ("type", "status", "who", "outlet", "month"),
}
NAMES = {
    "type": "Type", "who": "Who", "to": "To whom", "about": "About", "outlet": "Outlet", "month": "Month",
    "status": "Status", "country": "Country", "party": "Any part", "text": "Words", "since": "Since", "until": "Until",
    "said_in": "Said by somebody", "asserted": "Asserted", "confidence": "Confidence from", "reviewed": "Reviewed",
    "open_on": "Open on", "page": "Page", "story": "Story", "once": "Count once",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facet:
    """The commonest values of one filter: (value, caption, items, address of the search narrowed by it)."""

    name: str
    values: tuple[tuple[str, str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What was found, and the ways on from there."""

    kind: Kind
    query: Query
    order: str | None
    limit: int
    heading: str
    total: int
    more: bool
    hits: tuple[Hit, ...]
    next: str | None
    facets: tuple[Facet, ...]
    tabs: tuple[tuple[str, str, str], ...]
    chips: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    said_in: str
    once: str
    cap: int = FACET_CAP


def search(archive: Archive, asked: Asked) -> Search:
    """One page of results with its facets."""
    query, kind = asked.query, asked.kind
    found = find(archive, asked)
    count = f"{found.total}{'+' if found.more else ''} {kind if found.total != 1 else kind.removesuffix('s')}"
    return Search(
        kind=kind,
        query=query,
        order=asked.order,
        limit=asked.limit,
        heading=count,
        total=found.total,
        more=found.more,
        hits=hits(found.rows),
        next=address("/search", pairs(asked, after=found.next)) if found.next else None,
        facets=facets(archive, asked) if found.total and asked.after is None else (),
        tabs=tuple((each, each.capitalize(), address("/search", pairs(asked, kind=each, type=None, status=None)))
                   for each in KINDS),
        chips=_chips(asked),
        fields=(("who", "Who"), ("to", "To whom"), ("about", "About"), ("party", "Any part")),
        said_in=_yes_no(query.said_in),
        once="" if query.once else "no",
    )  # fmt: skip


def find(archive: Archive, asked: Asked) -> Found[Row[Any]]:
    """What is asked for, of whichever kind. Words are ranked, all else is newest first, unless told."""
    order = asked.order or ("relevance" if asked.query.text else "newest")
    ask: Any = {
        "statements": archive.statements,
        "events": archive.events,
        "commitments": archive.commitments,
        "meetings": archive.meetings,
    }[asked.kind]
    found: Found[Row[Any]] = ask(asked.query, limit=asked.limit, after=asked.after, order=order)
    return found


def facets(archive: Archive, asked: Asked) -> tuple[Facet, ...]:
    """The facets of a search, those with one value left out."""
    made = []
    counted = archive.facets(asked.kind, FACETS[asked.kind], asked.query, limit=8, cap=FACET_CAP)
    for by, counts in counted.items():
        values = []
        for count in counts:
            if count.value is None:
                continue
            narrowed: dict[str, Any] = (
                {"since": count.value, "until": count.value} if by == "month" else {by: count.value}
            )
            caption = archive.name(count.value) or count.value if by in ("who", "to", "about") else count.value
            values.append((count.value, caption, count.items, address("/search", pairs(asked, **narrowed))))
        if len(values) > 1:
            made.append(Facet(NAMES[by], tuple(values)))
    return tuple(made)


def table(view: Search) -> list[dict[str, Any]]:
    """The results as rows."""
    return [flat(each) for each in view.hits]


def _chips(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Every filter that holds, and the address without it."""
    made = []
    for name in MANY:
        for value in getattr(asked.query, name):
            made.append((f"{NAMES[name]}: {value}", address("/search", pairs(asked, without=[(name, value)]))))
    for name in (*ONE, "reviewed", "confidence", "said_in", "asserted"):
        value = getattr(asked.query, name)
        if value is not None:
            told = _yes_no(value) if isinstance(value, bool) else str(value)
            cleared: dict[str, Any] = {name: None}
            made.append((f"{NAMES[name]}: {told}", address("/search", pairs(asked, **cleared))))
    if not asked.query.once:
        made.append(("Every report", address("/search", pairs(asked, once=None))))
    return tuple(made)


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
