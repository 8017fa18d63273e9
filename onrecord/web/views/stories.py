"""Stories: one story, all reports, which are copies of which; and outlets: what each reports, what they share."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import Any

from onrecord.archive import Archive
from onrecord.archive.days import ordinal
from onrecord.archive.rows import PageRef, StoryRow
from onrecord.web.asked import Asked, address, pairs
from onrecord.web.hits import Hit, hits
from onrecord.web.plots import Column, Line
from onrecord.web.sources import named

OVERLAP = (Column("a", "Outlet"), Column("b", "And"), Column("count", "Stories in common", True))
LOOKED_THROUGH = 300  # newest stories with more than one report, for what outlets share
DRAWN = 14  # outlets in the matrix
BUSIEST = 12  # outlets of which it is told whom they have people speak of
SPOKEN = 300  # of the newest statements of each are looked at for that


@dataclass(frozen=True, slots=True)
class Stories:
    """Stories, newest first."""

    rows: tuple[StoryRow, ...]
    total: int
    more: bool
    least: str
    next: str | None
    text: str | None


def stories(archive: Archive, asked: Asked) -> Stories:
    """The stories with at least so many reports (two, unless asked otherwise)."""
    least = asked.own("least", "2")
    found = archive.stories(
        asked.query, limit=asked.limit, after=asked.after, least=int(least[:9]) if least.isdecimal() else 2
    )
    following = address("/stories", pairs(asked, after=found.next)) if found.next else None
    return Stories(found.rows, found.total, found.more, least, following, asked.query.text)


def stories_table(view: Stories) -> list[dict[str, Any]]:
    """Every report of every story as a row."""
    return [
        {"story": row.first.id, "origin": row.origin, **asdict(page), "source": named(page.source)}
        for row in view.rows
        for page in row.pages
    ]


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a story: whether it is the first here, and how many days after it where both have one."""

    page: PageRef
    first: bool
    later: int | None


@dataclass(frozen=True, slots=True)
class Story:
    """One story: whom it is from, every report of it, and what was read from its first."""

    first: PageRef
    origin: str | None
    reports: tuple[Report, ...]
    said: tuple[Hit, ...]
    done: tuple[Hit, ...]


def story(archive: Archive, asked: Asked, id_: str) -> Story | None:
    """The story of a page."""
    query = replace(asked.query, story=id_)
    found = archive.stories(query, limit=1)
    if not found.rows:
        return None
    row = found.rows[0]
    reports = tuple(Report(page, page.id == row.first.id, _days(row.first, page)) for page in row.pages)
    said = archive.statements(query, limit=12, order="oldest", counted=False)
    done = archive.events(query, limit=12, order="oldest", counted=False)
    return Story(row.first, row.origin, reports, hits(said.rows), hits(done.rows))


def _days(first: PageRef, page: PageRef) -> int | None:
    days = ordinal(first.published), ordinal(page.published)
    return days[1] - days[0] if all(days) else None


def story_table(view: Story) -> list[dict[str, Any]]:
    """The reports as rows."""
    return [
        {**asdict(report.page), "source": named(report.page.source), "first": report.first, "days_later": report.later}
        for report in view.reports
    ]


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet: its pages, how many of them are the first here of their story, and whom it has people speak of most.

    ``about`` is (id, name, address of what is said), of the busiest outlets only.
    """

    outlet: str
    pages: int
    first: int
    about: tuple[tuple[str, str, str], ...]
    href: str


@dataclass(frozen=True, slots=True)
class Outlets:
    """Outlets by how much of theirs is here, and what they share."""

    rows: tuple[OutletRow, ...]
    lines: list[Line]
    looked_through: int


def outlets(archive: Archive, asked: Asked) -> Outlets:
    """Every outlet with its pages, those that are first of their story, and the overlap of the busiest."""
    every = {c.value: c.items for c in archive.counts("pages", "outlet", replace(asked.query, once=False), limit=200)}
    first = {c.value: c.items for c in archive.counts("pages", "outlet", asked.query, limit=1000)}
    rows = tuple(
        OutletRow(
            name, pages, first.get(name, 0), _about(archive, asked, name) if n < BUSIEST else (),
            address("/search", pairs(asked, outlet=name)),
        )
        for n, (name, pages) in enumerate(every.items())
        if name
    )  # fmt: skip
    shared: Counter[tuple[str, str]] = Counter()
    found = archive.stories(asked.query, limit=LOOKED_THROUGH, least=2)
    for row in found.rows:
        names = sorted({name for page in row.pages if (name := page.outlet or page.domain)})
        shared.update(combinations(names, 2))
    busiest = {
        name for name, _ in Counter(n for pair, c in shared.items() for n in pair for _ in range(c)).most_common(DRAWN)
    }
    lines: list[Line] = [
        {"a": a, "b": b, "count": count, "href": None}
        for (a, b), count in shared.most_common()
        if a in busiest and b in busiest
    ]
    return Outlets(rows, lines, len(found.rows))


def outlets_table(view: Outlets) -> list[dict[str, Any]]:
    """The outlets as rows."""
    return [
        {"outlet": row.outlet, "pages": row.pages, "first_of_story": row.first,
         "about": "; ".join(name for _, name, _ in row.about)}
        for row in view.rows
    ]  # fmt: skip


def _about(archive: Archive, asked: Asked, outlet: str) -> tuple[tuple[str, str, str], ...]:
    query = replace(asked.query, outlet=(outlet,))
    return tuple(
        (count.value, archive.name(count.value) or count.value,
         address("/search", pairs(asked, outlet=outlet, about=count.value)))
        for count in archive.counts("statements", "about", query, limit=4, cap=SPOKEN)
        if count.value is not None
    )[:3]  # fmt: skip
