"""A person's word on an item, written down and taken into what is found and counted, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from onrecord.archive import index, reviews, write
from onrecord.archive.codec import KINDS, Item, item_from, parties, spans_of
from onrecord.archive.load import Entry, actors_of, entries_of, known_actor, page_number, page_of, text_of
from onrecord.archive.rows import Action, Review
from onrecord.errors import ArchiveError
from onrecord.identity import short_hash
from onrecord.record import Actor

_FIXED = frozenset(("id", "confidence"))  # what identifies an item, and what is the machine's alone


def review(
    connection: sqlite3.Connection,
    item: str,
    action: str,
    *,
    by: str,
    at: str,
    changes: Mapping[str, Any] | None,
    actors: Sequence[Actor],
    note: str | None,
) -> Review:
    """Accept, correct or reject an item."""
    if action not in ("accept", "correct", "reject"):
        raise ArchiveError(f"{action!r} is no finding: accept, correct or reject")
    if (action == "correct") != bool(changes):
        raise ArchiveError("a correction says what to change, and nothing else does")
    _named(by)
    table, n = _placed(connection, item)
    page = page_of(connection, n)
    before, entry = _entry(connection, table, n, page.id, page.text, item)
    if changes:
        _checked(connection, table, before.item, changes, page.text, actors, n)
    (reader,) = connection.execute("select reader from pages where n = ?", (n,)).fetchone()
    r = reviews.keep(
        connection,
        page=page.id,
        kind=table,
        item=entry.item,
        action=cast(Action, action),
        changes=changes,
        actors=_introduced(connection, table, before.item, changes, actors, n, page.text),
        by=by,
        at=at,
        note=note,
        reader=reader,
    )
    _take_in(connection, table, n, item, before)
    return _kept(connection, r, page.text)


def add_missed(
    connection: sqlite3.Connection,
    page_id: str,
    table: str,
    told: Mapping[str, Any],
    *,
    by: str,
    at: str,
    actors: Sequence[Actor],
    note: str | None,
) -> Review:
    """Add an item that the machine missed."""
    _named(by)
    n = page_number(connection, page_id)
    if n is None:
        raise ArchiveError(f"{page_id}: no such page")
    if table not in KINDS:
        raise ArchiveError(f"{table!r} is no kind of item: {', '.join(KINDS)}")
    page = page_of(connection, n)
    id_ = short_hash("added", page_id, table, by, at, repr(sorted(told.items())))
    try:
        item = item_from(KINDS[table], {"confidence": 1.0, **told, "id": id_}, page.text)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArchiveError(f"no such {table[:-1]} can be added: {error}") from None
    if not any(span.text.strip() for span in spans_of(item)):
        raise ArchiveError(f"a {table[:-1]} needs words of the page")
    introduced = _introduced(connection, table, item, {}, actors, n, page.text)
    (reader,) = connection.execute("select reader from pages where n = ?", (n,)).fetchone()
    r = reviews.keep(
        connection,
        page=page_id,
        kind=table,
        item=item,
        action="add",
        changes=None,
        actors=introduced,
        by=by,
        at=at,
        note=note,
        reader=reader,
    )
    (entry,) = write.insert(connection, table, n, page, [item], by)
    connection.execute(f"update {table} set verdict = 'added' where n = ?", (entry.n,))
    if _current(connection, n):
        index.add_items(connection, [entry], write.cast_of(connection, n, page))
    return _kept(connection, r, page.text)


def listed(connection: sqlite3.Connection, *, page: str | None, item: str | None, orphans: bool) -> tuple[Review, ...]:
    """Reviews, the first one first."""
    conditions, values = ["1"], []
    if page is not None:
        conditions.append("v.page = ?")
        values.append(page)
    if item is not None:
        conditions.append("(v.attached = ? or v.item = ?)")
        values += [item, item]
    if orphans:
        conditions.append("v.attached is null")
    sql = (
        f"select {reviews.COLUMNS}, p.n from reviews v join pages p on p.id = v.page"
        f" where {' and '.join(conditions)} order by r"
    )
    texts: dict[int, str] = {}
    found = []
    for *row, n in connection.execute(sql, values).fetchall():
        if n not in texts:
            texts[n] = text_of(connection, n)
        found.append(reviews.review_of(row, texts[n]))
    return tuple(found)


def _named(by: str) -> None:
    if not by.strip():
        raise ArchiveError("a review needs the name of the person it is by")


def _placed(connection: sqlite3.Connection, item: str) -> tuple[str, int]:
    for table in KINDS:
        found = connection.execute(f"select page from {table} where id = ?", (item,)).fetchone()
        if found is not None:
            return table, int(found[0])
    raise ArchiveError(f"{item}: no such item")


def _entry(connection: sqlite3.Connection, table: str, n: int, page: str, text: str, item: str) -> tuple[Entry, Entry]:
    """An item as it stands now, and as it was read."""
    entry = next(entry for entry in entries_of(connection, n, text, (table,)) if entry.item.id == item)
    (before,) = reviews.standing(connection, page, [entry], text)
    return before, entry


def _take_in(connection: sqlite3.Connection, table: str, n: int, item: str, before: Entry) -> None:
    """Put an item into the indexes as it stands after a review, in place of how it stood before."""
    page = page_of(connection, n)
    after, _ = _entry(connection, table, n, page.id, page.text, item)
    current = _current(connection, n)
    cast_now = write.cast_of(connection, n, page)
    if current:
        index.remove_items(connection, [before], cast_now)
    connection.execute(f"update {table} set verdict = ? where n = ?", (after.verdict, after.n))
    if current:
        index.add_items(connection, [after], cast_now)


def _checked(
    connection: sqlite3.Connection,
    table: str,
    item: Item,
    changes: Mapping[str, Any],
    text: str,
    actors: Sequence[Actor],
    n: int,
) -> None:
    """Refuse what no item can be."""
    known = type(item).__dataclass_fields__
    if wrong := [name for name in changes if name not in known or name in _FIXED]:
        raise ArchiveError(f"a {table[:-1]} has no {', '.join(wrong)} to correct")
    try:
        changed = reviews.changed(item, changes, text)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise ArchiveError(f"the correction cannot be read: {error}") from None
    if not any(span.text.strip() for span in spans_of(changed)):
        raise ArchiveError(f"a {table[:-1]} needs words of the page")


def _introduced(
    connection: sqlite3.Connection,
    table: str,
    item: Item,
    changes: Mapping[str, Any] | None,
    actors: Sequence[Actor],
    n: int,
    text: str,
) -> tuple[Actor, ...]:
    """The parties of a corrected item that its page does not have: as given, else as another page knows them."""
    changed = reviews.changed(item, changes, text) if changes else item
    here = {actor.id for actor in actors_of(connection, n, text)}
    given = {actor.id: actor for actor in actors}
    found = []
    for id_ in dict.fromkeys(id_ for part in ("who", "to", "about") for id_ in parties(table, changed, part)):
        if id_ in here:
            continue
        actor = given.get(id_) or known_actor(connection, id_)
        if actor is None:
            raise ArchiveError(f"{id_}: no page of the archive knows this actor; say who it is")
        found.append(replace(actor, mentions=()))
    return tuple(found)


def _current(connection: sqlite3.Connection, n: int) -> bool:
    return bool(connection.execute("select current from pages where n = ?", (n,)).fetchone()[0])


def _kept(connection: sqlite3.Connection, r: int, text: str) -> Review:
    row = connection.execute(f"select {reviews.COLUMNS} from reviews v where r = ?", (r,)).fetchone()
    return reviews.review_of(row, text)
