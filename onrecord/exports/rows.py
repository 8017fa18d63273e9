"""The items of a record that is in no archive, as the rows that an archive would answer with."""

from __future__ import annotations

from typing import Any

from onrecord.archive.codec import PARTIES, evidence, parties
from onrecord.archive.days import iso, item_day
from onrecord.archive.query import Kind
from onrecord.archive.rows import PageRef, Row
from onrecord.record import Record
from onrecord.stories import report


def rows_of(record: Record, kind: Kind) -> tuple[Row[Any], ...]:
    """All statements, events, commitments or meetings of a record, in its order. Each is its own only report."""
    page = _page(record)
    actors = {actor.id: actor for actor in record.actors}
    sources = 1 if page.credit or report(record.page).outlet else 0
    rows = []
    for item in getattr(record, kind):
        ids = dict.fromkeys(id_ for part in PARTIES[kind] for id_ in parties(kind, item, part))
        rows.append(
            Row(
                item=item,
                page=page,
                day=iso(item_day(item, record.page)),
                evidence=evidence(item),
                actors=tuple(actors[id_] for id_ in ids if id_ in actors),
                machine=item,
                review=None,
                reports=1,
                sources=sources,
            )
        )
    return tuple(rows)


def _page(record: Record) -> PageRef:
    page, outlet = record.page, record.page.outlet
    return PageRef(
        id=page.id,
        source=page.source,
        url=page.url,
        outlet=outlet.name if outlet else None,
        domain=outlet.domain if outlet else None,
        country=outlet.country if outlet else None,
        title=page.title,
        published=page.published,
        credit=page.credit,
        story=page.id,
        version=1,
        current=True,
        reader=record.reader,
    )
