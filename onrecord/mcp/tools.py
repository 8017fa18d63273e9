"""The tools, each a pure function of an archive and what is asked. They change nothing.

The signatures and docstrings are what an assistant is shown. Arguments are checked where those of an address are
(``web.asked``), so a filter means the same here, in the API and on the command line, and what cannot be meant gets the
same line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

from pydantic import Field
from starlette.datastructures import QueryParams

from onrecord.archive import Archive
from onrecord.archive.codec import spans_of
from onrecord.archive.count import By
from onrecord.archive.rows import Row
from onrecord.errors import OnrecordError
from onrecord.exports import cite
from onrecord.mcp import answers
from onrecord.mcp import arguments as arg
from onrecord.mcp.answers import Actors, Commitments, Evidence, Items, PageText, Party, Timeline
from onrecord.record import Event
from onrecord.web.asked import Asked, asked
from onrecord.web.hits import hit, hits
from onrecord.web.sources import named
from onrecord.web.views import warnings
from onrecord.web.views.pairs import name_of
from onrecord.web.views.search import find

STRETCHES = 120  # of a timeline: ten years of months
AROUND = 400  # code points before and after the words
NEWEST = 6
REPORTS = 20


class NotHereError(OnrecordError):
    """What was asked for by its id is not in this archive."""


def search(
    archive: Archive,
    kind: arg.ListOf = "statements",
    text: arg.Text = None,
    who: arg.Who = None,
    to: arg.To = None,
    about: arg.About = None,
    party: arg.Anybody = None,
    type: arg.Type = None,
    status: arg.Status = None,
    outlet: arg.Outlet = None,
    since: arg.Since = None,
    until: arg.Until = None,
    said_in: arg.SaidIn = None,
    asserted: arg.Asserted = None,
    confidence: arg.Confidence = None,
    reviewed: arg.Looked = None,
    open_on: arg.OpenOn = None,
    page: arg.OfPage = None,
    story: arg.OfStory = None,
    once: arg.Once = True,
    order: arg.By = None,
    limit: arg.Limit = 10,
    after: arg.After = None,
) -> Items:
    """Find statements, events, commitments or meetings by words, parties, days, outlet: newest first; by words, the
    best match first."""
    given = _asked(
        kind=kind, text=text, who=who, to=to, about=about, party=party, type=type, status=status, outlet=outlet,
        since=since, until=until, said_in=said_in, asserted=asserted, confidence=confidence, reviewed=reviewed,
        open_on=open_on, page=page, story=story, once=once, order=order, limit=limit, after=after,
    )  # fmt: skip
    found = find(archive, given)
    return Items(found.total, found.more, tuple(map(answers.item, hits(found.rows))), found.next)


def timeline(
    archive: Archive,
    a: Annotated[arg.Name, Field(description="a party")],
    b: Annotated[arg.Name | None, Field(description="another; none: all that the first did and received")] = None,
    by: Annotated[By, Field(description="how long the stretches are")] = "month",
    since: arg.Since = None,
    until: arg.Until = None,
    type: arg.Type = None,
    once: arg.Once = True,
) -> Timeline:
    """Count what two parties did to each other over time (or one did and received), by cooperation and conflict, with
    the newest events."""
    query = _asked(since=since, until=until, type=type, once=once).query
    told = [bucket for bucket in archive.timeline(a, b, by=by, query=query) if bucket.events]
    rows: dict[str, Row[Event]] = {}
    for one, other in ((a, b), (b, a)):
        side = replace(query, who=_only(one), to=_only(other))
        rows |= {row.item.id: row for row in archive.events(side, limit=NEWEST, counted=False).rows}
    newest = sorted(rows.values(), key=lambda row: row.day or "", reverse=True)[:NEWEST]
    return Timeline(
        a=Party(a, name_of(archive, a)),
        b=Party(b, name_of(archive, b)) if b else None,
        by=by,
        stretches=tuple(answers.stretch(bucket) for bucket in told[-STRETCHES:]),
        earlier=max(0, len(told) - STRETCHES),
        newest=tuple(answers.item(hit(row)) for row in newest),
    )


def page(
    archive: Archive,
    id: Annotated[arg.Id, Field(description="`page` of an item")],
    start: Annotated[int, Field(ge=0, description="where in the text to start, in code points")] = 0,
    length: Annotated[int, Field(ge=1, le=arg.LONGEST, description=f"how much of it, {arg.LONGEST} at most")] = 4000,
) -> PageText:
    """Read a page as published, a part at a time."""
    record, ref = archive.record(id), archive.page(id)
    if record is None or ref is None:
        raise NotHereError(f"no page {id[:40]!r} here: take the `page` of an item that search found")
    text = record.page.text
    end = min(len(text), start + length)
    return PageText(
        id=ref.id,
        title=ref.title and answers.cut(ref.title),
        outlet=ref.outlet or ref.domain,
        published=ref.published,
        authors=record.page.authors,
        credit=ref.credit,
        address=answers.address_of(ref),
        language=record.page.language,
        story=ref.story,
        current=ref.current,
        start=start,
        text=text[start:end],
        length=len(text),
        more_from=end if end < len(text) else None,
        items={
            "statements": len(record.statements),
            "events": len(record.events),
            "commitments": len(record.commitments),
            "meetings": len(record.meetings),
        },
    )


def evidence(archive: Archive, id: Annotated[arg.Id, Field(description="`id` of an item")]) -> Evidence:
    """One item with all of its words, what stands around them on the page, who else reports it, and a line to cite it
    by."""
    row = archive.item(id)
    record = None if row is None else archive.record(row.page.id)
    if row is None or record is None:
        raise NotHereError(f"no item {id[:40]!r} here: take the `id` of an item that search found")
    text, spans = record.page.text, spans_of(row.item)
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    reports = archive.reports(id)
    row = replace(row, page=replace(row.page, source=named(row.page.source)))
    return Evidence(
        item=answers.item(hit(row)),
        spans=tuple(map(answers.words, spans)),
        before=text[max(0, first - AROUND) : first],
        after=text[last : last + AROUND],
        citation=cite(row),
        reports=tuple(map(answers.report, reports[:REPORTS])),
        more_reports=max(0, len(reports) - REPORTS),
    )


def actors(
    archive: Archive,
    text: Annotated[str | None, Field(description="part of a name or of an id, or a code")] = None,
    country: Annotated[str | None, Field(max_length=20, description="ISO 3166 alpha-3")] = None,
    limit: arg.Limit = 10,
    after: arg.After = None,
) -> Actors:
    """Look up people, offices, states and organisations, those on most pages first: the ids that the filters take."""
    given = _asked(text=text, limit=limit, after=after)
    found = archive.actors(
        given.query.text, country=country.upper() if country else None, limit=given.limit, after=given.after
    )
    return Actors(found.total, tuple(map(answers.somebody, found.rows)), found.next)


def commitments(
    archive: Archive,
    state: Annotated[
        warnings.State | None, Field(description="open, deadline passed, condition reported as met")
    ] = None,
    on: arg.Day = None,
    text: arg.Text = None,
    who: arg.Who = None,
    to: arg.To = None,
    type: Annotated[arg.Some, Field(description="threat, ultimatum, promise, offer")] = None,
    outlet: arg.Outlet = None,
    since: arg.Since = None,
    until: arg.Until = None,
    once: arg.Once = True,
    limit: arg.Limit = 10,
    after: arg.After = None,
) -> Commitments:
    """Threats, ultimatums, promises and offers with their conditions, newest first: open, past their deadline, or with
    a later event that bears on the condition."""
    given = _asked(
        ("state", "on"), state=state, on=on, text=text, who=who, to=to, type=type, outlet=outlet, since=since,
        until=until, once=once, limit=limit, after=after,
    )  # fmt: skip
    view = warnings.warnings(archive, given)
    return Commitments(view.on, tuple(map(answers.committed, view.warned)), _after(view.next))


def meetings(
    archive: Archive,
    ahead_of: Annotated[str | None, Field(description="only those planned for this day or later")] = None,
    text: arg.Text = None,
    who: Annotated[arg.Some, Field(description="who takes part")] = None,
    type: Annotated[arg.Some, Field(description="meeting, visit, talks, summit, call")] = None,
    status: Annotated[arg.Some, Field(description="planned, held, cancelled, postponed")] = None,
    outlet: arg.Outlet = None,
    since: arg.Since = None,
    until: arg.Until = None,
    once: arg.Once = True,
    limit: arg.Limit = 10,
    after: arg.After = None,
) -> Items:
    """Meetings, visits, talks and calls: held, planned, cancelled. Those reported last first."""
    return search(
        archive, "meetings", open_on=ahead_of, text=text, who=who, type=type, status=status, outlet=outlet, since=since,
        until=until, once=once, limit=limit, after=after,
    )  # fmt: skip


TOOLS = (search, timeline, page, evidence, actors, commitments, meetings)


def _asked(own: Sequence[str] = (), **told: Any) -> Asked:
    """What a tool was asked, checked as an address is. Null, and an empty list, ask nothing."""
    pairs = []
    for name, value in told.items():
        for each in value if isinstance(value, (list, tuple)) else [value]:
            if each is not None:
                pairs.append((name, ("no", "yes")[each] if isinstance(each, bool) else str(each)))
    return asked(QueryParams(pairs), own=own)


def _only(party: str | None) -> tuple[str, ...]:
    return () if party is None else (party,)


def _after(address: str | None) -> str | None:
    """The place to go on from, in the address of the next page."""
    return parse_qs(urlsplit(address).query)["after"][0] if address else None
