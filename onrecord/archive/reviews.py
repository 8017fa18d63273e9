"""What people found of items: accepted, corrected, rejected, added. Kept beside what the machine read, never over it.

Reviews are only ever added. Those of one item are taken together in their order: corrections add up, the last word
says whether the item stands. A review belongs to an item by its id; when the page is read again by a better reader it
goes over to the item of its kind that overlaps most with the words it was about, and is kept without one if there is
none.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.archive.codec import KINDS, Item, T, dumps, item_from, span_at, spans_json, spans_of, whole
from onrecord.archive.load import Entry, entries_of, text_of
from onrecord.archive.rows import Action, Review
from onrecord.record import Actor

COLUMNS = "v.r, v.page, v.kind, v.item, v.attached, v.spans, v.action, v.changes, v.by, v.at, v.note, v.actors"
_ORDER = "order by r"


def make_queue(connection: sqlite3.Connection) -> None:
    """The indexes that the reviewers' queue goes by: what nobody has looked at, the least confidence first.

    Made when an archive is served and at its first review, not with the archive: where nobody reviews, every page is
    added that much quicker.
    """
    for table in KINDS:
        connection.execute(f"create index if not exists {table}_unsure on {table} (confidence) where verdict is null")


def of_item(connection: sqlite3.Connection, item: str, text: str) -> list[Review]:
    """The reviews of an item, the first one first."""
    rows = connection.execute(f"select {COLUMNS} from reviews v where attached = ? {_ORDER}", (item,))
    return [review_of(row, text) for row in rows]


def of_page(connection: sqlite3.Connection, page: str, text: str) -> list[Review]:
    """All reviews of a page, those without an item among them."""
    rows = connection.execute(f"select {COLUMNS} from reviews v where page = ? {_ORDER}", (page,))
    return [review_of(row, text) for row in rows]


def review_of(row: Sequence[Any], text: str) -> Review:
    """A review as it is kept, with the words it is about."""
    pairs = tuple((start, end) for start, end in json.loads(row[5]))
    words = " […] ".join(span_at(pair, text).text for pair in pairs)
    changes = None if row[7] is None else json.loads(row[7])
    actors = tuple(_actor(told) for told in json.loads(row[11] or "[]"))
    r, page, kind, item, attached, _, action, _, by, at, note, _ = row
    return Review(r, page, kind, item, attached, pairs, words, action, changes, actors, by, at, note)


def keep(
    connection: sqlite3.Connection,
    *,
    page: str,
    kind: str,
    item: Item,
    action: Action,
    changes: Mapping[str, Any] | None,
    actors: Sequence[Actor],
    by: str,
    at: str,
    note: str | None,
    reader: str,
) -> int:
    """Write a review of an item down, with the item as the machine read it; its number."""
    make_queue(connection)
    made = connection.execute(
        "insert into reviews"
        " (page, kind, item, attached, spans, action, changes, actors, machine, reader, by, at, note)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            page,
            kind,
            item.id,
            item.id,
            spans_json(spans_of(item)),
            action,
            None if changes is None else dumps(changes),
            dumps([_plain_actor(actor) for actor in actors]) if actors else None,
            None if action == "add" else dumps(whole(item)),
            reader,
            by,
            at,
            note,
        ),
    )
    return int(made.lastrowid or 0)


def corrected(item: T, found: Iterable[Review], text: str) -> T:
    """The item with all corrections of it."""
    changes: dict[str, Any] = {}
    for review in found:
        if review.action == "correct" and review.changes:
            changes |= review.changes
    return changed(item, changes, text) if changes else item


def changed(item: T, changes: Mapping[str, Any], text: str) -> T:
    """The item with some fields as JSON has them."""
    return item_from(type(item), whole(item) | dict(changes), text)


def cast_of(found: Iterable[Review]) -> tuple[Actor, ...]:
    """The parties that reviews have brought in."""
    return tuple(actor for review in found for actor in review.actors)


def verdict(found: Sequence[Review]) -> str | None:
    """What the reviews of an item come to: accepted, corrected, rejected, added, or None without any."""
    if not found:
        return None
    if found[-1].action == "reject":
        return "rejected"
    if any(review.action == "add" for review in found):
        return "added"
    return "corrected" if any(review.action == "correct" for review in found) else "accepted"


def standing(connection: sqlite3.Connection, page: str, entries: Iterable[Entry], text: str) -> list[Entry]:
    """The items of a page as people have corrected them."""
    by_item: dict[str, list[Review]] = {}
    for review in of_page(connection, page, text):
        if review.attached is not None:
            by_item.setdefault(review.attached, []).append(review)
    if not by_item:
        return [*entries]
    return [
        replace(entry, item=corrected(entry.item, by_item.get(entry.item.id, ()), text), verdict=verdict(found))
        if (found := by_item.get(entry.item.id))
        else entry
        for entry in entries
    ]


def attach_again(connection: sqlite3.Connection, page: str, n: int) -> None:
    """Tie the reviews of a page to its present items: by id, else to the one of their kind that overlaps most.

    Orphans of an earlier reading are tried as well, so a reading that finds the item again finds its review.
    """
    text = text_of(connection, n)
    items: dict[str, list[Entry]] = {table: [*entries_of(connection, n, text, (table,))] for table in KINDS}
    rows = connection.execute("select r, kind, item, spans, action from reviews where page = ?", (page,)).fetchall()
    for r, kind, item, spans, action in rows:
        entries = [entry for entry in items[kind] if entry.added == (action == "add" or _added(connection, item))]
        attached = next((entry.item.id for entry in entries if entry.item.id == item), None) or _nearest(
            entries, [(start, end) for start, end in json.loads(spans)]
        )
        connection.execute("update reviews set attached = ? where r = ?", (attached, r))
    for table, entries in items.items():
        for entry in entries:
            found = verdict(of_item(connection, entry.item.id, text))
            if found != entry.verdict:
                connection.execute(f"update {table} set verdict = ? where n = ?", (found, entry.n))


def _added(connection: sqlite3.Connection, item: str) -> bool:
    return bool(connection.execute("select 1 from reviews where item = ? and action = 'add'", (item,)).fetchone())


def _nearest(entries: Iterable[Entry], spans: Sequence[tuple[int, int]]) -> str | None:
    """The item whose words overlap most with some spans: at least half of the longer of the two."""
    best, most = None, 0.5
    for entry in entries:
        share = _overlap([(span.start, span.end) for span in spans_of(entry.item)], spans)
        if share > most or (share == most and best is None):
            best, most = entry.item.id, share
    return best


def _overlap(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> float:
    shared = sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)
    longest = max(sum(end - start for start, end in a), sum(end - start for start, end in b))
    return shared / longest if longest else 0.0


def _plain_actor(actor: Actor) -> list[Any]:
    return [actor.id, actor.name, actor.kind, actor.country, actor.sector, list(actor.sectors), actor.code, actor.role]


def _actor(told: Sequence[Any]) -> Actor:
    id_, name, kind, country, sector, sectors, code, role = told
    return Actor(id_, name, kind, country, sector, tuple(sectors), code, role, ())
