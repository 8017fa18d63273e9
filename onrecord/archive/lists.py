"""What is listed by other things than items: versions, actors, stories, the reports of one saying."""

from __future__ import annotations

import sqlite3
from typing import Any

from onrecord.archive import answer, find, load
from onrecord.archive.codec import KINDS
from onrecord.archive.days import day_of
from onrecord.archive.query import Kind, Query
from onrecord.archive.rows import ActorRow, Found, PageRef, Row, StoryRow
from onrecord.record import Statement


def versions(connection: sqlite3.Connection, page_id: str) -> tuple[PageRef, ...]:
    """All versions of a page, by the id of any, the oldest first."""
    rows = connection.execute(
        "select n from pages where address = (select address from pages where id = ?) order by version", (page_id,)
    ).fetchall()
    return tuple(load.refs_of(connection, [row[0] for row in rows]).values())


def items(connection: sqlite3.Connection, page_id: str) -> dict[Kind, tuple[Row[Any], ...]]:
    """All items of a page, in its order."""
    n = load.page_number(connection, page_id)
    found: dict[Kind, tuple[Row[Any], ...]] = {}
    for table, type_ in KINDS.items():
        rows = connection.execute(f"select n from {table} where page = ? order by place", (n,)).fetchall()
        found[table] = answer.rows_of(connection, type_, [row[0] for row in rows])  # type: ignore[index]
    return found


def stories(
    connection: sqlite3.Connection, query: Query, *, limit: int, after: str | None, least: int
) -> Found[StoryRow]:
    """Stories, newest first, by their first page that is found."""
    found: list[tuple[int, str]] = []
    for n, place in find.numbers(connection, "pages", query, order="newest", after=after):
        if least > 1:
            (reports,) = connection.execute(
                "select count(*) from pages where story = (select story from pages where n = ?) and current = 1", (n,)
            ).fetchone()
            if reports < least:
                continue
        found.append((n, place))
        if len(found) > limit:
            break
    total, more = find.total(connection, "pages", query)
    rows = tuple(story(connection, n) for n, _ in found[:limit])
    return Found(rows, found[limit - 1][1] if len(found) > limit else None, total, more)


def story(connection: sqlite3.Connection, n: int) -> StoryRow:
    """The story that a page belongs to."""
    numbers = [
        row[0]
        for row in connection.execute(
            "select n from pages where story = (select story from pages where n = ?) and current = 1 order by n", (n,)
        )
    ]
    refs = tuple(load.refs_of(connection, numbers).values())
    first = next((ref for ref in refs if ref.id == ref.story), refs[0])
    origin = connection.execute(
        "select origin from stories where story = (select story from pages where n = ?)", (n,)
    ).fetchone()
    return StoryRow(first, refs, None if origin is None else origin[0])


def reports(connection: sqlite3.Connection, item_id: str) -> tuple[PageRef, ...]:
    """Every page that reports an item, the earliest first."""
    for table in KINDS:
        columns = "page, saying" if table == "statements" else "page, null"
        found = connection.execute(f"select {columns} from {table} where id = ?", (item_id,)).fetchone()
        if found is None:
            continue
        page, saying = found
        if saying is not None:
            rows = connection.execute("select distinct page from statements where saying = ? order by page", (saying,))
            return tuple(load.refs_of(connection, [row[0] for row in rows]).values())
        return story(connection, page).pages
    return ()


def wordings(connection: sqlite3.Connection, item_id: str) -> tuple[Row[Statement], ...]:
    """Every statement of an item's saying on a current page, the earliest first; itself alone where it stands alone."""
    found = connection.execute("select n, saying from statements where id = ?", (item_id,)).fetchone()
    if found is None:
        return ()
    n, saying = found
    numbers = [n]
    if saying is not None:
        rows = connection.execute(
            "select s.n from statements s join pages p on p.n = s.page and p.current = 1"
            " where s.saying = ? and s.verdict is not 'rejected' order by s.n",
            (saying,),
        )
        numbers = [row[0] for row in rows]
    return answer.rows_of(connection, Statement, numbers)


def actors(
    connection: sqlite3.Connection, text: str | None, *, country: str | None, limit: int, after: str | None
) -> Found[ActorRow]:
    """Actors over all pages, those that most pages mention first."""
    conditions, values = ["1"], []
    if text:
        conditions.append("(p.name like ? escape '\\' or p.id like ? escape '\\' or p.code = ?)")
        like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        values += [like, like, text]
    if country:
        conditions.append("p.country = ?")
        values.append(country)
    start = int(after) if after and after.isdecimal() else 0
    sql = (
        "select p.id, count(*) as pages from profiles p cross join actors a on a.profile = p.p"  # a page has one once
        f" cross join pages g on g.n = a.page and g.current = 1 where {' and '.join(conditions)}"
        " group by p.id order by pages desc, p.id"
    )
    found = connection.execute(sql, values).fetchall()
    rows = tuple(_actor_row(connection, id_) for id_, _ in found[start : start + limit])
    following = str(start + limit) if len(found) > start + limit else None
    return Found(rows, following, min(len(found), find.CAP), len(found) > find.CAP)


def actor(connection: sqlite3.Connection, id_: str) -> ActorRow | None:
    """One actor over all current pages. None if none mentions it."""
    row = _actor_row(connection, id_)
    return row if row.kind else None


def _actor_row(connection: sqlite3.Connection, id_: str) -> ActorRow:
    profiles = connection.execute(
        "select p.name, p.kind, p.country, p.sector, p.code, p.role, count(*),"
        " min(nullif(a.page / (1 << 24), 0)), max(a.page)"
        " from profiles p join actors a on a.profile = p.p join pages g on g.n = a.page and g.current = 1"
        " where p.id = ? group by p.p order by count(*) desc, p.p",
        (id_,),
    ).fetchall()
    names = dict.fromkeys(row[0] for row in profiles)
    roles = dict.fromkeys(row[5] for row in profiles if row[5])
    first = min((row[7] for row in profiles if row[7]), default=0)
    return ActorRow(
        id=id_,
        name=next(iter(names), id_),
        names=tuple(names),
        kind=profiles[0][1] if profiles else "",
        country=next((row[2] for row in profiles if row[2]), None),
        sector=next((row[3] for row in profiles if row[3]), None),
        code=next((row[4] for row in profiles if row[4]), None),
        roles=tuple(roles),
        pages=sum(row[6] for row in profiles),  # a page has an actor once, with one profile
        first=day_of(first << 24) if first else None,
        last=day_of(max((row[8] for row in profiles), default=0)),
    )
