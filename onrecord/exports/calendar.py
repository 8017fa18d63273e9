"""Meetings as a calendar (iCalendar, RFC 5545): one all-day entry a meeting, with the words that announce it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vGeo, vUri

from onrecord.archive.rows import Row
from onrecord.exports.citation import cite
from onrecord.record import Meeting

_STATUS = {"planned": "TENTATIVE", "postponed": "TENTATIVE", "cancelled": "CANCELLED", "held": "CONFIRMED"}
_DATELESS = datetime(1970, 1, 1, tzinfo=UTC)


def ics(meetings: Iterable[Row[Meeting]]) -> bytes:
    """The meetings that have a day, as an ``.ics`` file: UTF-8, lines of at most 75 octets, CRLF.

    An entry covers the days that the words allow, no fewer: "next week" is seven. The same meeting has the same UID in
    every export, and its time stamp is when the page was published, so that a calendar replaces and does not repeat it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//onrecord//meetings//EN")
    calendar.add("version", "2.0")
    for row in meetings:
        if row.item.when is not None:
            calendar.add_component(_entry(row))
    return bytes(calendar.to_ical())


def _entry(row: Row[Meeting]) -> Event:
    meeting, when = row.item, row.item.when
    assert when is not None
    entry = Event()
    entry.add("uid", f"{meeting.id}@onrecord")
    entry.add("dtstamp", _stamp(row.page.published))
    entry.add("dtstart", date.fromisoformat(when.first))
    entry.add("dtend", date.fromisoformat(when.last) + timedelta(days=1))  # not included, by RFC 5545
    entry.add("summary", _title(row))
    entry.add("description", cite(row))
    entry.add("status", _STATUS[meeting.status])
    entry.add("transp", "TRANSPARENT")  # nobody's own time
    if meeting.where is not None:
        country = f", {meeting.where.country}" if meeting.where.country else ""
        entry.add("location", meeting.where.name + country)
        if meeting.where.lat is not None and meeting.where.lon is not None:
            entry.add("geo", vGeo((meeting.where.lat, meeting.where.lon)))
    if row.page.url:
        entry.add("url", vUri(row.page.url))
    return entry


def _title(row: Row[Meeting]) -> str:
    """``Talks: Iran, Oman (second)``, with what became of it in front."""
    names = ", ".join(actor.name for id_ in row.item.who if (actor := row.actor(id_)))
    title = row.item.kind.capitalize()
    title = f"{title}: {names}" if names else title
    title = f"{title} ({row.item.ordinal})" if row.item.ordinal else title
    return title if row.item.status in ("planned", "held") else f"{row.item.status.capitalize()}: {title}"


def _stamp(published: str | None) -> datetime:
    """When the page was published, UTC; the epoch if it does not say."""
    if published is None:
        return _DATELESS
    stamp = datetime.fromisoformat(published)
    return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
