"""Places in the tables as rows that say everything: the item as it stands, its page, its words, who reports it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from onrecord.archive import reviews
from onrecord.archive.codec import TABLE_OF, columns, evidence, item_of, parties
from onrecord.archive.days import day_of
from onrecord.archive.load import actors_of, refs_of, text_of
from onrecord.archive.rows import Row
from onrecord.record import Commitment, Event, Meeting, Statement

T = TypeVar("T", bound=Statement | Event | Commitment | Meeting)


def rows_of(connection: sqlite3.Connection, type_: type[T], numbers: Sequence[int]) -> tuple[Row[T], ...]:
    """The rows at some places, in their order."""
    table = TABLE_OF[type_]
    kept = {
        row[0]: row
        for row in connection.execute(
            f"select s.n, s.page, s.origin, s.verdict, {columns(table)} from {table} s"
            f" where s.n in ({', '.join('?' * len(numbers))})",
            numbers,
        )
    }
    pages = [kept[n][1] for n in numbers if n in kept]
    refs = refs_of(connection, pages)
    texts = {n: text_of(connection, n) for n in refs}
    drafts = []
    wanted: dict[int, set[str]] = defaultdict(set)
    for n in (n for n in numbers if n in kept):
        _, page, origin, verdict, *told = kept[n]
        machine = item_of(type_, told, texts[page])
        found = reviews.of_item(connection, machine.id, texts[page]) if verdict else []
        item = reviews.corrected(machine, found, texts[page])
        ids = dict.fromkeys(id_ for part in ("who", "to", "about") for id_ in parties(table, item, part))
        wanted[page].update(ids)
        drafts.append((n, page, item, None if origin else machine, found, ids))
    casts = {n: actors_of(connection, n, texts[n], wanted[n]) for n in refs}
    rows = []
    for n, page, item, as_read, found, ids in drafts:
        cast = {actor.id: actor for actor in (*casts[page], *reviews.cast_of(found))}
        reports, sources = _reports(connection, table, n, page)
        rows.append(
            Row(
                item=item,
                page=refs[page],
                day=day_of(n),
                evidence=evidence(item),
                actors=tuple(cast[id_] for id_ in ids if id_ in cast),
                machine=as_read,
                review=found[-1] if found else None,
                reports=reports,
                sources=sources,
            )
        )
    return tuple(rows)


def _reports(connection: sqlite3.Connection, table: str, n: int, page: int) -> tuple[int, int]:
    """How many pages report it, and how many independent sources they are."""
    saying = None
    if table == "statements":
        (saying,) = connection.execute("select saying from statements where n = ?", (n,)).fetchone()
    if saying is not None:
        condition = "p.n in (select page from statements where saying = ?)"
        value = saying
    else:
        condition, value = "p.story = (select story from pages where n = ?)", page
    row = connection.execute(
        "select count(*), count(distinct s.origin) from pages p left join stories s on s.story = p.story"
        f" where p.current = 1 and {condition}",
        (value,),
    ).fetchone()
    return int(row[0]), int(row[1])
