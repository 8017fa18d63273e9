"""Pages whose words were read before at another address: mirrors and wire copies get the record that is known already.

What a record says depends on a page's words, roles and day, on who wrote it and in which country, never on the address
that it was found at (``unplaced``). So the record of an equal page is the earlier one with the ids of its own.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from onrecord.identity import item_id
from onrecord.record import Outlet, Page, Record

LIMIT = 512
"""Records that are kept: 30 MB of them. Copies of a wire story mostly come within hours."""


class Remembered:
    """The last records, by all that they depend on. Not for several threads at once."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._records: OrderedDict[tuple[str, Page], Record] = OrderedDict()

    def find(self, page: Page, mark: str) -> Record | None:
        """The record of a page, if an equal one was read by what ``mark`` names."""
        key = mark, unplaced(page, "")
        if (record := self._records.get(key)) is None:
            return None
        self._records.move_to_end(key)
        return under(record, page)

    def keep(self, page: Page, mark: str, record: Record) -> None:
        """Remember a page's record, and forget the one that was not asked for the longest time."""
        self._records[mark, unplaced(page, "")] = record
        if len(self._records) > self._limit:
            self._records.popitem(last=False)


def unplaced(page: Page, id_: str) -> Page:
    """The page without its address: as all steps see it. ``id_`` is what they make ids of."""
    outlet = Outlet(None, None, page.outlet.country) if page.outlet is not None else None
    return replace(page, id=id_, source="", url=None, outlet=outlet, fetched=None)


def under(record: Record, page: Page) -> Record:
    """The record as that of another page with the same words: everything as it is, all ids the page's own."""
    seen: dict[str, int] = {}
    new = {
        **{
            one.id: item_id(page.id, "statement", one.content, one.kind, (one.speaker or "",), seen)
            for one in record.statements
        },
        **{
            one.id: item_id(page.id, "event", (one.trigger,), one.type, (*one.actors, *one.recipients), seen)
            for one in record.events
        },
        **{
            one.id: item_id(page.id, "commitment", (one.condition, one.consequence), one.kind, (one.by or "",), seen)
            for one in record.commitments
        },
        **{one.id: item_id(page.id, "meeting", (one.span,), one.kind, one.who, seen) for one in record.meetings},
    }

    def told(id_: str | None) -> str | None:
        return None if id_ is None else new[id_]

    return replace(
        record,
        page=replace(page, published=record.page.published, published_from=record.page.published_from),
        statements=tuple(
            replace(one, id=new[one.id], repeats=told(one.repeats), said_in=told(one.said_in))
            for one in record.statements
        ),
        events=tuple(replace(one, id=new[one.id], said_in=told(one.said_in)) for one in record.events),
        commitments=tuple(
            replace(one, id=new[one.id], event=told(one.event), said_in=told(one.said_in)) for one in record.commitments
        ),
        meetings=tuple(replace(one, id=new[one.id], said_in=told(one.said_in)) for one in record.meetings),
    )
