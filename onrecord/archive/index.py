"""The indexes over current pages: parties, full text, pairs of a day. Written with an item, taken back with it.

What goes in is the item as people have corrected it; so before a correction the old entry is taken out and after it
the new one put in.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.archive import pairs
from onrecord.archive.codec import KINDS, PARTIES, dumps, evidence, parties
from onrecord.archive.load import Entry
from onrecord.archive.terms import field, names_of, term_numbers, terms_of
from onrecord.record import Actor, Event, Page

Cast = Mapping[str, Actor]
Posting = tuple[int, int, int]


def profile(connection: sqlite3.Connection, actor: Actor) -> int:
    """The number of an actor's profile: all that is said of it but where it is mentioned."""
    told = (actor.id, actor.name, actor.kind, actor.country, actor.sector, dumps(list(actor.sectors)), actor.code)
    digest = hashlib.blake2b(repr((*told, actor.role)).encode("utf-8", "surrogatepass"), digest_size=12).digest()
    found = connection.execute("select p from profiles where digest = ?", (digest,)).fetchone()
    if found is not None:
        return int(found[0])
    for name in names_of(actor):
        connection.execute("insert or ignore into names (name, id) values (?, ?)", (name, actor.id))
    made = connection.execute(
        "insert into profiles (id, name, kind, country, sector, sectors, code, role, digest)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*told, actor.role, digest),
    )
    return int(made.lastrowid or 0)


def add_page(connection: sqlite3.Connection, n: int, page: Page, actors: Iterable[Actor]) -> None:
    """Make a page findable, by its words and by whom it mentions."""
    _post(connection, _page_postings(connection, n, actors))
    connection.execute("insert into pages_text (rowid, title, text) values (?, ?, ?)", (n, page.title, page.text))


def remove_page(connection: sqlite3.Connection, n: int, page: Page, actors: Iterable[Actor]) -> None:
    """Take a page out of the indexes."""
    _unpost(connection, _page_postings(connection, n, actors))
    connection.execute(
        "insert into pages_text (pages_text, rowid, title, text) values ('delete', ?, ?, ?)", (n, page.title, page.text)
    )


def add_items(connection: sqlite3.Connection, entries: Sequence[Entry], cast: Cast) -> None:
    """Make items findable. ``cast`` are the page's actors by id."""
    _post(connection, _item_postings(connection, entries, cast))
    for table in KINDS:
        connection.executemany(
            f"insert into {table}_text (rowid, text) values (?, ?)",
            [(entry.n, evidence(entry.item)) for entry in entries if entry.table == table],
        )
    pairs.count_again(connection, _pair_keys(entries, cast))


def remove_items(connection: sqlite3.Connection, entries: Sequence[Entry], cast: Cast) -> None:
    """Take items out of the indexes: called while they are in their tables as they were when they were added."""
    _unpost(connection, _item_postings(connection, entries, cast))
    for entry in entries:
        connection.execute(
            f"insert into {entry.table}_text ({entry.table}_text, rowid, text) values ('delete', ?, ?)",
            (entry.n, evidence(entry.item)),
        )
    pairs.count_again(connection, _pair_keys(entries, cast))


def recount(connection: sqlite3.Connection, entries: Sequence[Entry], cast: Cast) -> None:
    """Bring the pairs of a day up to date after a page has become, or is no longer, the first of its story."""
    pairs.count_again(connection, _pair_keys(entries, cast))


def _page_postings(connection: sqlite3.Connection, n: int, actors: Iterable[Actor]) -> Iterator[Posting]:
    place = field("pages", "who")
    for number in term_numbers(connection, (term for actor in actors for term in terms_of(actor))).values():
        yield place, number, n


def _item_postings(connection: sqlite3.Connection, entries: Iterable[Entry], cast: Cast) -> Iterator[Posting]:
    told: dict[str, tuple[str, ...]] = {}
    found: list[tuple[int, str, int]] = []
    for entry in entries:
        for part in PARTIES[entry.table]:
            place = field(entry.table, part)
            for id_ in parties(entry.table, entry.item, part):
                if id_ not in told:
                    told[id_] = tuple(terms_of(cast[id_])) if id_ in cast else (id_,)
                found += [(place, term, entry.n) for term in told[id_]]
    numbers = term_numbers(connection, (term for terms in told.values() for term in terms))
    for place, term, n in dict.fromkeys(found):
        yield place, numbers[term], n


def _pair_keys(entries: Iterable[Entry], cast: Cast) -> set[pairs.Key]:
    keys: set[pairs.Key] = set()
    for entry in entries:
        if isinstance(entry.item, Event):
            keys |= pairs.keys(
                entry.n,
                entry.item,
                _countries(entry.item.actors, cast),
                _countries(entry.item.recipients, cast),
            )
    return keys


def _countries(ids: Iterable[str], cast: Cast) -> set[str]:
    return {country for id_ in ids if id_ in cast and (country := cast[id_].country)}


def _post(connection: sqlite3.Connection, postings: Iterable[Posting]) -> None:
    connection.executemany("insert or ignore into postings (field, term, n) values (?, ?, ?)", [*postings])


def _unpost(connection: sqlite3.Connection, postings: Iterable[Posting]) -> None:
    connection.executemany("delete from postings where field = ? and term = ? and n = ?", [*postings])
