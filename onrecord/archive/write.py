"""Records into the tables: added once, a changed page as a new version, a better reading in place of the old one.

Every function here works inside one transaction of its caller, and leaves nothing half done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from onrecord.archive import groups, index, reviews
from onrecord.archive.codec import KINDS, Item, dumps, names, spans_json, values, when_plain
from onrecord.archive.days import item_day, next_number, ordinal
from onrecord.archive.load import Entry, actors_of, entries_of, page_number, page_of
from onrecord.archive.rows import Outcome
from onrecord.record import Actor, Page, Record


def add(connection: sqlite3.Connection, record: Record, *, at: str) -> Outcome:
    """Keep a record. ``at`` is the present time, ISO."""
    page = record.page
    address = address_of(page)
    if buried(connection, address, page.digest):
        return "removed"
    n = page_number(connection, page.id)
    if n is not None:
        (reader,) = connection.execute("select reader from pages where n = ?", (n,)).fetchone()
        if reader == record.reader:
            return "same"
        _replace(connection, n, record)
        return "replaced"
    before = connection.execute("select n, version from pages where address = ? and current = 1", (address,)).fetchone()
    if before is not None:
        _retire(connection, before[0])
    n = _insert_page(connection, record, address, 1 if before is None else before[1] + 1, at)
    entries = _insert_items(connection, n, record)
    changed = groups.join_story(connection, n, page)
    groups.join_sayings(connection, page, record.actors, entries)
    index.add_page(connection, n, page, record.actors)
    index.add_items(connection, entries, {actor.id: actor for actor in record.actors})
    _recount(connection, changed)
    return "added" if before is None else "version"


def remove(connection: sqlite3.Connection, page_id: str, *, by: str | None, at: str, why: str | None) -> int:
    """Delete a page with all its versions and all that came from it; the number of versions. A tombstone stays."""
    row = connection.execute("select address from pages where id = ?", (page_id,)).fetchone()
    if row is None:
        return 0
    versions = connection.execute(
        "select n, id, address, digest, current from pages where address = ? order by version", (row[0],)
    ).fetchall()
    for n, id_, address, digest, current in versions:
        if current:
            _retire(connection, n)
        for table in KINDS:
            connection.execute(f"delete from {table} where page = ?", (n,))
        connection.execute("delete from actors where page = ?", (n,))
        connection.execute("delete from texts where page = ?", (n,))
        connection.execute("delete from reviews where page = ?", (id_,))
        connection.execute("delete from pages where n = ?", (n,))
        connection.execute(
            "insert or replace into tombstones (address, digest, id, by, at, why) values (?, ?, ?, ?, ?, ?)",
            (address, digest, id_, by, at, why),
        )
    connection.execute("delete from profiles where not exists (select 1 from actors where profile = p)")
    return len(versions)


def address_of(page: Page) -> str:
    """What the versions of a page have in common: its URL, else its source. Standard input has none."""
    return page.url or (page.source if page.source != "-" else page.id)


def buried(connection: sqlite3.Connection, address: str, digest: str) -> bool:
    """Whether a page of this address or this text was removed."""
    return (
        connection.execute("select 1 from tombstones where address = ?", (address,)).fetchone() is not None
        or connection.execute("select 1 from tombstones where digest = ?", (digest,)).fetchone() is not None
    )


def _retire(connection: sqlite3.Connection, n: int) -> None:
    """Take a version out of what is found and counted. It stays, with its items."""
    page = page_of(connection, n)
    actors, entries, cast = _whole(connection, n, page)
    connection.execute("update pages set current = 0 where n = ?", (n,))
    groups.leave_sayings(connection, page, actors, _machine(connection, n, page))
    changed = groups.leave_story(connection, n)
    index.remove_page(connection, n, page, actors)
    index.remove_items(connection, entries, cast)
    _recount(connection, changed)


def _replace(connection: sqlite3.Connection, n: int, record: Record) -> None:
    """Another reading of a page that is here. What people found of its items goes over to the new ones."""
    page = page_of(connection, n)
    actors, entries, cast = _whole(connection, n, page)
    (current,) = connection.execute("select current from pages where n = ?", (n,)).fetchone()
    if current:
        groups.leave_sayings(connection, page, actors, _machine(connection, n, page))
    for table in KINDS:
        connection.execute(f"delete from {table} where page = ? and origin is null", (n,))
    if current:
        index.remove_page(connection, n, page, actors)
        index.remove_items(connection, entries, cast)
    connection.execute("delete from actors where page = ?", (n,))
    dates = dumps([when_plain(when) for when in record.dates])
    connection.execute("update pages set dates = ?, reader = ? where n = ?", (dates, record.reader, n))
    _insert_items(connection, n, record)
    reviews.attach_again(connection, page.id, n)
    if current:
        groups.join_sayings(connection, page, record.actors, _machine(connection, n, page))
        index.add_page(connection, n, page, record.actors)
        index.add_items(connection, present(connection, n, page), cast_of(connection, n, page))


def _recount(connection: sqlite3.Connection, pages: Iterable[int]) -> None:
    """Count the pairs anew of pages that have become, or are no longer, the first of their story."""
    for n in pages:
        _, entries, cast = _whole(connection, n, page_of(connection, n))
        index.recount(connection, entries, cast)


def _machine(connection: sqlite3.Connection, n: int, page: Page) -> list[Entry]:
    """The statements of a page as they are in their table: as they are tied into sayings."""
    return [*entries_of(connection, n, page.text, ("statements",))]


def _whole(
    connection: sqlite3.Connection, n: int, page: Page
) -> tuple[tuple[Actor, ...], list[Entry], dict[str, Actor]]:
    return actors_of(connection, n, page.text), present(connection, n, page), cast_of(connection, n, page)


def cast_of(connection: sqlite3.Connection, n: int, page: Page) -> dict[str, Actor]:
    """The actors of a page, and those that reviews have brought in, by id."""
    found = reviews.cast_of(reviews.of_page(connection, page.id, page.text))
    return {actor.id: actor for actor in (*found, *actors_of(connection, n, page.text))}


def present(connection: sqlite3.Connection, n: int, page: Page) -> list[Entry]:
    """The items of a page as people have corrected them."""
    return reviews.standing(connection, page.id, entries_of(connection, n, page.text), page.text)


def _insert_page(connection: sqlite3.Connection, record: Record, address: str, version: int, at: str) -> int:
    page, outlet = record.page, record.page.outlet
    n = next_number(connection, "pages", ordinal(page.published))
    row: dict[str, object] = {
        "n": n,
        "id": page.id,
        "address": address,
        "version": version,
        "current": 1,
        "source": page.source,
        "url": page.url,
        "outlet": outlet and outlet.name,
        "domain": outlet and outlet.domain,
        "country": outlet and outlet.country,
        "mirrors": None if outlet is None else dumps(list(outlet.mirrors)),
        "section": dumps(list(page.section)),
        "title": page.title,
        "authors": dumps(list(page.authors)),
        "published": page.published,
        "published_from": page.published_from,
        "fetched": page.fetched,
        "language": page.language,
        "credit": page.credit,
        "blocks": dumps([[block.role, block.start, block.end] for block in page.blocks]),
        "digest": page.digest,
        "dates": dumps([when_plain(when) for when in record.dates]),
        "reader": record.reader,
        "added": at,
        "story": n,
    }
    marks = ", ".join("?" * len(row))
    connection.execute(f"insert into pages ({', '.join(row)}) values ({marks})", [*row.values()])
    connection.execute("insert into texts (page, text) values (?, ?)", (n, page.text))
    return n


def _insert_items(connection: sqlite3.Connection, n: int, record: Record) -> list[Entry]:
    for place, actor in enumerate(record.actors):
        mentions = spans_json(actor.mentions)
        connection.execute(
            "insert into actors (page, place, profile, mentions) values (?, ?, ?, ?)",
            (n, place, index.profile(connection, actor), mentions),
        )
    entries: list[Entry] = []
    for table in KINDS:
        entries += insert(connection, table, n, record.page, getattr(record, table))
    return entries


def insert(
    connection: sqlite3.Connection, table: str, page: int, about: Page, items: Sequence[Item], by: str | None = None
) -> list[Entry]:
    """Put items of a page into their table. ``by`` is who added them, None for the machine."""
    quoted = ", ".join(f'"{name}"' for name in names(table))
    marks = ", ".join("?" * (4 + len(names(table))))
    sql = f"insert into {table} (n, page, place, origin, {quoted}) values ({marks})"
    free: dict[int, int] = {}
    rows: list[list[object]] = []
    entries: list[Entry] = []
    for place, item in enumerate(items):
        day = item_day(item, about)
        at = free[day] if day in free else next_number(connection, table, day)
        free[day] = at + 1
        rows.append([at, page, place, by, *values(item)])
        entries.append(Entry(at, table, item, by is not None, None))
    connection.executemany(sql, rows)
    return entries
