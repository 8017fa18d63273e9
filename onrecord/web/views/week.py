"""The front page, a week: new warnings, sharpest changes between pairs, meetings ahead, most reported sayings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onrecord.archive import Archive
from onrecord.archive.query import Query
from onrecord.web.asked import Asked, address
from onrecord.web.days import latest_day, to_day
from onrecord.web.hits import COLUMNS, Hit, flat, hits
from onrecord.web.plots import country

FEW = 6
SAYINGS = 150  # of the newest statements of the week are ranked by how many report them
PAIRS = 40
PLANNED = 100  # of the newest meetings that are planned the soonest are shown
BEFORE = 4  # weeks that the week is compared with


@dataclass(frozen=True, slots=True)
class Change:
    """A pair whose week differs from the weeks before: mean Goldstein then and now."""

    a: str
    b: str
    events: int
    before: float
    now: float
    href: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week, and whether it is the present one; ``empty``: the archive has no page with a day."""

    first: str
    last: str
    present: bool
    empty: bool
    pages: int
    warnings: tuple[Hit, ...]
    changes: tuple[Change, ...]
    meetings: tuple[Hit, ...]
    sayings: tuple[Hit, ...]
    earlier: str
    later: str | None


def week(archive: Archive, asked: Asked) -> Week:
    """The week up to the day ``on``: today, or the archive's newest day where nothing is of this week."""
    today = date.today()
    told = to_day(asked.own("on"))
    newest = latest_day(archive)
    last = date.fromisoformat(told) if told else today
    if told is None and newest is not None and newest < (today - timedelta(days=6)).isoformat():
        last = date.fromisoformat(newest)
    first = last - timedelta(days=6)
    during = Query(since=first.isoformat(), until=last.isoformat())
    said = archive.statements(during, limit=SAYINGS, counted=False)
    sayings = sorted(hits(said.rows), key=lambda each: (-each.sources, -each.reports, -(each.card.confidence or 0)))
    return Week(
        first=first.isoformat(),
        last=last.isoformat(),
        present=last >= today,
        empty=newest is None,
        pages=archive.total("pages", during)[0],
        warnings=hits(archive.commitments(during, limit=FEW, counted=False).rows),
        changes=changes(archive, first, last),
        meetings=ahead(archive, first, last),
        sayings=tuple(sayings[:FEW]),
        earlier=address("/", [("on", (first - timedelta(days=1)).isoformat())]),
        later=None if last >= today else address("/", [("on", (last + timedelta(days=7)).isoformat())]),
    )


def ahead(archive: Archive, first: date, last: date) -> tuple[Hit, ...]:
    """Meetings planned for after a day, the soonest first; then those without a day that this week tells of."""
    rows = archive.meetings(Query(open_on=last.isoformat()), limit=PLANNED, counted=False).rows
    dated = sorted((row for row in rows if row.item.when), key=lambda row: row.item.when.first if row.item.when else "")
    open_ = [row for row in rows if not row.item.when and (row.day or "") >= first.isoformat()]
    return hits([*dated, *open_][:FEW])


def changes(archive: Archive, first: date, last: date) -> tuple[Change, ...]:
    """The pairs whose mean Goldstein moved most against the weeks before, among the week's busiest."""
    before = (first - timedelta(weeks=BEFORE)).isoformat(), (first - timedelta(days=1)).isoformat()
    earlier = {
        (pair.a, pair.b): pair.goldstein
        for pair in archive.pairs(Query(since=before[0], until=before[1]), limit=1000)
        if pair.goldstein is not None
    }
    made = []
    for pair in archive.pairs(Query(since=first.isoformat(), until=last.isoformat()), limit=PAIRS):
        was = earlier.get((pair.a, pair.b))
        if was is None or pair.goldstein is None or abs(pair.goldstein - was) < 0.5:
            continue
        told = [("a", pair.a), ("b", pair.b), ("by", "week")]
        made.append(Change(country(pair.a), country(pair.b), pair.events, was, pair.goldstein, address("/pair", told)))
    return tuple(sorted(made, key=lambda change: -abs(change.now - change.before))[:FEW])


def table(view: Week) -> list[dict[str, Any]]:
    """All of the week's lists as rows."""
    parts = (("warning", view.warnings), ("meeting ahead", view.meetings), ("saying", view.sayings))
    rows = [{"part": part, **flat(each)} for part, found in parts for each in found]
    return rows + [
        {"part": "change", **dict.fromkeys(COLUMNS), "who_names": each.a, "to_names": each.b, "reports": each.events,
         "facts": f"mean Goldstein before: {each.before:.2f}; this week: {each.now:.2f}"}
        for each in view.changes
    ]  # fmt: skip
