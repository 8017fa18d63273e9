"""From the tables back to what they were made of: pages, actors, items, whole records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.archive.codec import KINDS, Item, columns, item_of, span_at, when_of
from onrecord.archive.rows import PageRef
from onrecord.record import SCHEMA, Actor, Block, Outlet, Page, Record

_PAGE = (
    "n, id, source, url, outlet, domain, country, mirrors, section, title, authors, published, published_from,"
    " fetched, language, credit, blocks, digest, dates, reader"
)
_REF = "id, source, url, outlet, domain, country, title, published, credit, story, version, current, reader"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as it stands in its table: the machine's, or what a person added."""

    n: int
    table: str
    item: Item
    added: bool
    verdict: str | None


def page_number(connection: sqlite3.Connection, id_: str) -> int | None:
    """Where a page stands; None if it is not here."""
    found = connection.execute("select n from pages where id = ?", (id_,)).fetchone()
    return None if found is None else int(found[0])


def text_of(connection: sqlite3.Connection, n: int) -> str:
    """A page's text."""
    found = connection.execute("select text from texts where page = ?", (n,)).fetchone()
    return "" if found is None else str(found[0])


def page_of(connection: sqlite3.Connection, n: int) -> Page:
    """A page, as it was added."""
    row = connection.execute(f"select {_PAGE} from pages where n = ?", (n,)).fetchone()
    outlet = None if row[7] is None else Outlet(row[4], row[5], row[6], tuple(json.loads(row[7])))
    return Page(
        id=row[1],
        source=row[2],
        url=row[3],
        outlet=outlet,
        section=tuple(json.loads(row[8])),
        title=row[9],
        authors=tuple(json.loads(row[10])),
        published=row[11],
        published_from=row[12],
        fetched=row[13],
        language=row[14],
        credit=row[15],
        text=text_of(connection, n),
        blocks=tuple(Block(role, start, end) for role, start, end in json.loads(row[16])),
        digest=row[17],
    )


def record_of(connection: sqlite3.Connection, n: int) -> Record:
    """A page's record, as the machine read it: equal to the one that was added."""
    page = page_of(connection, n)
    dates, reader = connection.execute("select dates, reader from pages where n = ?", (n,)).fetchone()
    items = {
        table: tuple(entry.item for entry in entries_of(connection, n, page.text, (table,)) if not entry.added)
        for table in KINDS
    }
    return Record(
        schema=SCHEMA,
        page=page,
        actors=actors_of(connection, n, page.text),
        statements=items["statements"],  # type: ignore[arg-type]
        events=items["events"],  # type: ignore[arg-type]
        commitments=items["commitments"],  # type: ignore[arg-type]
        meetings=items["meetings"],  # type: ignore[arg-type]
        dates=tuple(when_of(kept, page.text) for kept in json.loads(dates)),
        reader=reader,
    )


def actors_of(
    connection: sqlite3.Connection, n: int, text: str, only: Container[str] | None = None
) -> tuple[Actor, ...]:
    """The actors of a page, or ``only`` some of them by their ids, in the record's order."""
    rows = connection.execute(
        "select id, name, kind, p.country, sector, sectors, code, role, mentions"
        " from actors a join profiles p on p.p = a.profile where a.page = ? order by a.place",
        (n,),
    )
    return tuple(_actor(row, text) for row in rows if only is None or row[0] in only)


def known_actor(connection: sqlite3.Connection, id_: str) -> Actor | None:
    """An actor that some page knows, without its mentions; the profile that most pages have."""
    row = connection.execute(
        "select id, name, kind, country, sector, sectors, code, role, '[]' from profiles where id = ?"
        " order by (select count(*) from actors where profile = p) desc, p limit 1",
        (id_,),
    ).fetchone()
    return None if row is None else _actor(row, "")


def entries_of(
    connection: sqlite3.Connection, n: int, text: str, tables: Iterable[str] = tuple(KINDS)
) -> Iterator[Entry]:
    """The items of a page, in the record's order."""
    for table in tables:
        type_ = KINDS[table]
        rows = connection.execute(
            f"select s.n, s.origin, s.verdict, {columns(table)} from {table} s where s.page = ? order by s.place", (n,)
        )
        for row in rows:
            yield Entry(row[0], table, item_of(type_, row[3:], text), row[1] is not None, row[2])


def refs_of(connection: sqlite3.Connection, pages: Iterable[int]) -> dict[int, PageRef]:
    """The pages at some places, without their texts."""
    found: dict[int, PageRef] = {}
    stories: dict[int, str] = {}
    for n in dict.fromkeys(pages):
        row = connection.execute(f"select {_REF} from pages where n = ?", (n,)).fetchone()
        if row is None:
            continue
        story = int(row[9])
        if story not in stories:
            first = row if story == n else connection.execute("select id from pages where n = ?", (story,)).fetchone()
            stories[story] = row[0] if first is None else first[0]
        told = dict(zip(_REF.split(", "), row, strict=True))
        found[n] = PageRef(**told | {"story": stories[story], "current": bool(told["current"])})
    return found


def _actor(row: Sequence[Any], text: str) -> Actor:
    mentions = tuple(span_at(pair, text) for pair in json.loads(row[8]))
    return Actor(row[0], row[1], row[2], row[3], row[4], tuple(json.loads(row[5])), row[6], row[7], mentions)
