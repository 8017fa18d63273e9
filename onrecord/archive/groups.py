"""What counts once: pages tied into stories and statements into sayings as they come, and untied as they go.

``onrecord.stories`` decides what is alike; here its signatures and bands are kept in indexed tables, so a new page is
compared with its candidates only. The groups do not depend on the order in which pages come: what a chain of links
ties together is one group. ``pages.story`` is the place of the story's earliest page, ``statements.saying`` that of the
saying's earliest statement, null where it stands alone.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from onrecord.archive.codec import columns, item_of
from onrecord.archive.days import SPREAD
from onrecord.archive.load import Entry
from onrecord.outlets import canonical
from onrecord.record import SCHEMA, Actor, Outlet, Page, Record, Statement
from onrecord.stories import Report, Said, bands, origin, said, same_saying, same_story, saying_bands, signature
from onrecord.stories.groups import grouped
from onrecord.stories.saying import DAYS
from onrecord.stories.story import in_time

WINDOW = (DAYS + 7) * SPREAD
"""How far apart in ``n`` two reports of one saying may stand: the pages' days, and a week for the items' own."""

PER_BAND = 500
"""Statements looked at for one band: what more of them share in two months is a stock phrase."""

CANDIDATES = 24
"""Statements compared with a new one, those that share most bands first."""

LARGEST = 100
"""Members up to which a group that loses one is tied anew, pair by pair; a larger one is taken to hold together."""

_SHARING = """
select b.n from json_each(?1) j cross join saying_bands b
on b.band = j.value and b.n > ?2 and b.n < coalesce(
  (select n from saying_bands where band = j.value and n > ?2 and n < ?3 limit 1 offset ?4), ?3)
"""

_NO_PAGE = Page("", "", None, None, (), None, (), None, None, None, None, None, "", (), "")


def join_story(connection: sqlite3.Connection, n: int, page: Page) -> set[int]:
    """Tie a new page to its story; the other pages that have become, or are no longer, the first of theirs."""
    made = signature(page)
    found = bands(made)
    connection.execute("insert into signatures (page, signature) values (?, ?)", (n, made))
    connection.executemany("insert or ignore into bands (band, page) values (?, ?)", [(band, n) for band in found])
    sql = (
        "select distinct p.n, p.story, signature from bands b join signatures using (page) join pages p on p.n = b.page"
        f" where band in ({', '.join('?' * len(found))}) and p.n <> ? order by p.n"
    )
    stories: set[int] = set()
    for _, story, other in connection.execute(sql, (*found, n)):
        if story not in stories and same_story(made, other):
            stories.add(story)
    members = {n}.union(*(_story_members(connection, story) for story in stories))
    return _form_story(connection, members) - {n}


def leave_story(connection: sqlite3.Connection, n: int) -> set[int]:
    """Untie a page from its story; the other pages that have become, or are no longer, the first of theirs."""
    rows = [(band, n) for band in bands(_signature(connection, n))]
    connection.executemany("delete from bands where band = ? and page = ?", rows)
    others = sorted(_story_members(connection, n) - {n})
    connection.execute("delete from signatures where page = ?", (n,))
    connection.execute("delete from stories where story in (select story from pages where n = ?)", (n,))
    connection.execute("update pages set story = n where n = ?", (n,))
    if len(others) > LARGEST:
        return _form_story(connection, others)
    signatures = [_signature(connection, other) for other in others]
    links = [(a, b) for a, b in combinations(range(len(others)), 2) if same_story(signatures[a], signatures[b])]
    changed: set[int] = set()
    for group in grouped(len(others), links):
        changed |= _form_story(connection, [others[k] for k in group])
    return changed


def join_sayings(connection: sqlite3.Connection, page: Page, actors: Sequence[Actor], entries: Iterable[Entry]) -> None:
    """Tie the statements of a page to their sayings."""
    told = _told(page, actors, entries)
    places = {one.statement: n for n, one in told}
    known: dict[int, Said] = {}
    for n, one in told:
        found = saying_bands(one)
        alike = _alike(connection, one, n, found, known)
        if one.repeats in places:
            alike.add(places[one.repeats])
        if alike:
            _form_saying(connection, {n}.union(*(_saying_members(connection, other) for other in (n, *alike))))
        _insert_bands(connection, n, found)


def band_sayings(connection: sqlite3.Connection, page: Page, actors: Sequence[Actor], entries: Iterable[Entry]) -> None:
    """Make the statements of a page findable by their bands, and tie none."""
    for n, one in _told(page, actors, entries):
        _insert_bands(connection, n, saying_bands(one))


def leave_sayings(
    connection: sqlite3.Connection, page: Page, actors: Sequence[Actor], entries: Iterable[Entry]
) -> None:
    """Untie the statements of a page from their sayings."""
    told = _told(page, actors, entries)
    for n, one in told:
        connection.executemany(
            "delete from saying_bands where band = ? and n = ?", [(band, n) for band in saying_bands(one)]
        )
    leaving = {n for n, _ in told}
    groups = {frozenset(_saying_members(connection, n)) for n in leaving}
    connection.executemany("update statements set saying = null where n = ?", [(n,) for n in leaving])
    for group in groups:
        others = sorted(group - leaving)
        if len(others) > LARGEST:
            _form_saying(connection, others)
            continue
        theirs = [_load_said(connection, other) for other in others]
        links = [(a, b) for a, b in combinations(range(len(others)), 2) if _tied(theirs[a], theirs[b])]
        for found in grouped(len(others), links):
            _form_saying(connection, [others[k] for k in found])


def _tied(a: Said, b: Said) -> bool:
    return same_saying(a, b) or a.repeats == b.statement or b.repeats == a.statement


def _story_members(connection: sqlite3.Connection, n: int) -> set[int]:
    sql = "select n from pages where story = (select story from pages where n = ?)"
    return {row[0] for row in connection.execute(sql, (n,))}


def _form_story(connection: sqlite3.Connection, members: Collection[int]) -> set[int]:
    """Make some pages one story; those that have become, or are no longer, the first of theirs."""
    rows = connection.execute(
        "select n, id, outlet, domain, country, mirrors, credit, published, story from pages"
        f" where n in ({', '.join('?' * len(members))})",
        [*members],
    ).fetchall()
    places, before, reports = {}, set(), []
    for n, id_, name, domain, country, mirrors, credit, published, story in rows:
        outlet = None if mirrors is None else Outlet(name, domain, country, tuple(json.loads(mirrors)))
        reports.append(Report(id_, canonical(outlet), credit, published, b""))
        places[id_] = n
        before |= {n} & {story}
    first = places[in_time(reports)[0].page]
    moved = [(first, row[0]) for row in rows if row[8] != first]
    connection.executemany("update pages set story = ? where n = ?", moved)
    connection.executemany("delete from stories where story = ?", [(row[8],) for row in rows if row[8] != first])
    connection.execute("insert or replace into stories (story, origin) values (?, ?)", (first, origin(reports)))
    return before ^ {first}


def _signature(connection: sqlite3.Connection, n: int) -> bytes:
    found = connection.execute("select signature from signatures where page = ?", (n,)).fetchone()
    return b"" if found is None else bytes(found[0])


def _alike(connection: sqlite3.Connection, one: Said, n: int, found: Iterable[int], known: dict[int, Said]) -> set[int]:
    """Statements that report the same saying, one of each group: of those that share a band, most bands first."""
    told = (json.dumps(found), n - WINDOW, n + WINDOW, PER_BAND)
    shared: Counter[int] = Counter(row[0] for row in connection.execute(_SHARING, told))
    alike: set[int] = set()
    sayings: set[int] = set()
    for other, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]:
        row = connection.execute("select saying from statements where n = ?", (other,)).fetchone()
        if row is None or row[0] in sayings:
            continue
        if other not in known:
            known[other] = _load_said(connection, other)
        if same_saying(one, known[other]):
            alike.add(other)
            if row[0] is not None:
                sayings.add(row[0])
    return alike


def _load_said(connection: sqlite3.Connection, n: int) -> Said:
    id_, published, text, page, *told = connection.execute(
        f"select p.id, p.published, t.text, p.n, {columns('statements')} from statements s"
        " join pages p on p.n = s.page join texts t on t.page = s.page where s.n = ?",
        (n,),
    ).fetchone()
    statement = item_of(Statement, told, text)
    country = connection.execute(
        "select p.country from actors a join profiles p on p.p = a.profile where a.page = ? and p.id = ?",
        (page, statement.speaker),
    ).fetchone()
    speaker = Actor(statement.speaker or "", "", "person", country and country[0], None, (), None, None, ())
    return _said(replace(_NO_PAGE, id=id_, published=published), [speaker], [statement])[0]


def _insert_bands(connection: sqlite3.Connection, n: int, bands: Iterable[int]) -> None:
    connection.executemany("insert or ignore into saying_bands (band, n) values (?, ?)", [(band, n) for band in bands])


def _told(page: Page, actors: Sequence[Actor], entries: Iterable[Entry]) -> list[tuple[int, Said]]:
    """The statements among the items of a page, each with its place."""
    kept = [(entry.n, entry.item) for entry in entries if isinstance(entry.item, Statement)]
    return [*zip((n for n, _ in kept), _said(page, actors, [item for _, item in kept]), strict=True)]


def _said(page: Page, actors: Sequence[Actor], statements: Sequence[Statement]) -> tuple[Said, ...]:
    return said(Record(SCHEMA, page, tuple(actors), tuple(statements), (), (), (), (), ""))


def _saying_members(connection: sqlite3.Connection, n: int) -> set[int]:
    sql = "select n from statements where saying = (select saying from statements where n = ?)"
    return {n} | {row[0] for row in connection.execute(sql, (n,))}


def _form_saying(connection: sqlite3.Connection, members: Collection[int]) -> None:
    first = min(members) if len(members) > 1 else None
    connection.executemany("update statements set saying = ? where n = ?", [(first, n) for n in members])
