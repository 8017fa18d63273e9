"""Items as FollowTheMoney entities: what Aleph, OpenAleph and the ``ftm`` tools read, one JSON object a line.

The shape is that of the published model (schemata ``Article``, ``Person``, ``PublicBody``, ``Organization``,
``LegalEntity``, ``Event``, ``UnknownLink``); the library itself brings thirty packages and is not needed to write it. A
test checks against it where it is installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import product
from typing import Any

from onrecord.archive.codec import PARTIES, TABLE_OF, parties, spans_of
from onrecord.archive.rows import PageRef, Row
from onrecord.exports.citation import cite
from onrecord.record import Actor, Commitment, Event, Meeting, Statement
from onrecord.tables import rows

Entity = dict[str, Any]

DATASET = "onrecord"

_SCHEMATA = {
    "person": "Person",
    "office": "PublicBody",
    "state": "PublicBody",
    "organisation": "Organization",
    "international": "Organization",
    "group": "LegalEntity",
}


def entities(items: Iterable[Row[Any]]) -> Iterator[Entity]:
    """Every item as an ``Event``, what links two parties as ``UnknownLink``, and each page and actor once, before its
    items.

    Provenance: ``proof`` is the article, ``sourceUrl`` its address, ``summary`` the words, ``description`` the citation
    with the offsets, ``recordId`` the item. That an item is only somebody's claim, or was not carried out, stands in
    ``notes``.
    """
    seen: set[str] = set()
    for row in items:
        if row.review is not None and row.review.action == "reject":
            continue
        for entity in (_article(row.page), *map(_actor, row.actors)):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                yield entity
        yield _event(row)
        yield from _links(row)


def _entity(id_: str, schema: str, **properties: object) -> Entity:
    kept = {
        name: [str(one) for one in (value if isinstance(value, (list, tuple)) else [value]) if one not in (None, "")]
        for name, value in properties.items()
    }
    return {
        "id": f"{DATASET}-{id_}",
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
        "datasets": [DATASET],
    }


def _article(page: PageRef) -> Entity:
    return _entity(
        page.id,
        "Article",
        title=page.title,
        fileName=page.title or page.source,
        sourceUrl=page.url,
        publishedAt=_moment(page.published),
        author=page.credit,
        notes=page.outlet or page.domain,
        country=_alpha2().get(page.country or ""),
        generator=f"onrecord {page.reader}",
    )


def _actor(actor: Actor) -> Entity:
    more = {"position": actor.role} if actor.kind == "person" else {"notes": actor.role}
    return _entity(actor.id, _SCHEMATA[actor.kind], name=actor.name, country=_alpha2().get(actor.country or ""), **more)


def _event(row: Row[Any]) -> Entity:
    item, page = row.item, row.page
    kind = TABLE_OF[type(item)]
    ids = dict.fromkeys(id_ for part in PARTIES[kind] for id_ in parties(kind, item, part))
    where = getattr(item, "where", None)
    return _entity(
        item.id,
        "Event",
        name=_title(row),
        involved=[f"{DATASET}-{id_}" for id_ in ids if row.actor(id_)],
        location=where and where.name,
        country=_alpha2().get(where.country or "") if where else None,
        notes=_reserve(row),
        **_when(row),
        **_provenance(row, page),
    )


def _links(row: Row[Any]) -> Iterator[Entity]:
    """Who with whom: doer and recipient of an event or a commitment, speaker and addressee."""
    item = row.item
    kind = TABLE_OF[type(item)]
    pairs = product(parties(kind, item, "who"), parties(kind, item, "to"))
    known = [(a, b) for a, b in pairs if row.actor(a) and row.actor(b)]
    for n, (subject, object_) in enumerate(known, 1):
        yield _entity(
            f"{item.id}-link-{n}",
            "UnknownLink",
            subject=f"{DATASET}-{subject}",
            object=f"{DATASET}-{object_}",
            role=_name(item),
            status=getattr(item, "status", None),
            **_when(row),
            **_provenance(row, row.page),
        )


def _provenance(row: Row[Any], page: PageRef) -> dict[str, object]:
    return {
        "summary": row.evidence,
        "description": cite(row),
        "recordId": row.item.id,
        "sourceUrl": page.url,
        "proof": f"{DATASET}-{page.id}",
        "publisher": page.outlet or page.domain,
    }


def _when(row: Row[Any]) -> dict[str, object]:
    """The days of an event or a meeting; else the day the item belongs to."""
    when = getattr(row.item, "when", None)
    if when is None:
        return {"date": row.day}
    return {"startDate": when.first, "endDate": when.last}


def _name(item: Statement | Event | Commitment | Meeting) -> str:
    if isinstance(item, Event):
        return f"{item.type}/{item.mode}" if item.mode else item.type
    return f"{item.kind} statement" if isinstance(item, Statement) else item.kind


def _title(row: Row[Any]) -> str:
    """The type of an item, of a statement with who makes it."""
    speaker = row.actor(getattr(row.item, "speaker", None))
    return f"{_name(row.item)} of {speaker.name}" if speaker else _name(row.item)


def _reserve(row: Row[Any]) -> list[str]:
    """What keeps the item from being a plain fact."""
    item = row.item
    found = [f"status: {item.status}"] if getattr(item, "status", "actual") not in ("actual", "held") else []
    if not getattr(item, "asserted", True):
        found.append("not asserted: only the content of an accusation, demand, threat or denial")
    if item.said_in is not None:
        found.append(f"as said in statement {item.said_in}")
    places = ", ".join(f"{span.start}-{span.end}" for span in spans_of(item))
    return [*found, f"characters {places} of the page's text"]


def _moment(published: str | None) -> str | None:
    """A day as it is; a moment in UTC without its zone, which is how FollowTheMoney has them."""
    if published is None or len(published) <= 10:
        return published
    moment = datetime.fromisoformat(published)
    return (moment.astimezone(UTC) if moment.tzinfo else moment).replace(tzinfo=None).isoformat(timespec="seconds")


@cache
def _alpha2() -> dict[str, str]:
    """FollowTheMoney's country codes: ISO 3166 alpha-2, lower case, and xk for Kosovo."""
    return {row["code"]: row["alpha2"].lower() for row in rows("countries.tsv")}
