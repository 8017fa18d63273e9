"""Parties as terms of the index, and what a person asks for as the terms that it means.

A term is an actor's id, its country (``RUS``), its code (``RUSGOV``) or its sector (``GOV``): ids are lower case and
codes are capitals, so they never meet. ``postings`` says for each part that can be played (a *field*) and each term at
which places in time it stands.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from onrecord.archive.codec import PARTIES, dumps
from onrecord.record import Actor

PARTS = ("who", "to", "about")
TABLES = ("pages", "statements", "events", "commitments", "meetings")


def field(table: str, part: str) -> int:
    """The number of a part in a table, in ``postings``; a page has one part: who is mentioned."""
    return 10 * TABLES.index(table) + 1 + PARTS.index(part)


def fields(table: str, part: str | None) -> tuple[int, ...]:
    """The fields in which a part is looked for; ``None`` for any. What has no ``about`` is about all its parties."""
    if table == "pages":
        return (field(table, "who"),)
    parts = tuple(PARTIES[table])
    if part is None or (part == "about" and part not in parts):
        return tuple(field(table, each) for each in parts)
    return (field(table, part),) if part in parts else ()


def terms_of(actor: Actor) -> Iterator[str]:
    """The terms under which an actor is found."""
    yield actor.id
    if actor.country:
        yield actor.country
    for sector in dict.fromkeys((*((actor.sector,) if actor.sector else ()), *actor.sectors)):
        yield sector
        if actor.country:
            yield actor.country + sector


def names_of(actor: Actor) -> Iterator[str]:
    """The names, lower case, by which an actor may be asked for: in full, and a person's last one alone."""
    name = " ".join(actor.name.casefold().split())
    yield name
    if actor.kind == "person" and " " in name:
        yield name.rsplit(" ", 1)[1]


def term_numbers(connection: sqlite3.Connection, terms: Iterable[str]) -> dict[str, int]:
    """The numbers of some terms, which they get when they are first met."""
    wanted = list(dict.fromkeys(terms))
    sql = "select term, t from terms where term in (select value from json_each(?))"
    found: dict[str, int] = dict(connection.execute(sql, (dumps(wanted),)).fetchall())
    for term in wanted:
        if term not in found:
            found[term] = int(connection.execute("insert into terms (term) values (?)", (term,)).lastrowid or 0)
    return found


def meant(connection: sqlite3.Connection, asked: Iterable[str]) -> list[int]:
    """The numbers of the terms that any of the given parties means. None of them if nobody in the archive is meant."""
    found: dict[int, None] = {}
    for party in asked:
        for term in _readings(connection, party.strip()):
            row = connection.execute("select t from terms where term = ?", (term,)).fetchone()
            if row is not None:
                found[int(row[0])] = None
    return list(found)


def ids_meant(connection: sqlite3.Connection, party: str) -> list[str]:
    """The actors' ids that a name, an id or a code in capitals means; for a code, those of all actors under it."""
    party = party.strip()
    if party.isupper() and " " not in party:
        rows = connection.execute(
            "select distinct id from profiles where country = ?1 or code = ?1 or sector = ?1 order by id", (party,)
        )
        if ids := [row[0] for row in rows]:
            return ids
    return [term for term in _readings(connection, party) if not term.isupper()]


def _readings(connection: sqlite3.Connection, party: str) -> Iterator[str]:
    if party.endswith(".*"):
        above = party[:-2]
        yield above
        rows = connection.execute("select term from terms where term > ? and term < ?", (above + ".", above + "/"))
        yield from (row[0] for row in rows)
        return
    if connection.execute("select 1 from terms where term = ?", (party,)).fetchone():
        yield party
        return
    name = " ".join(party.casefold().split())
    yield from (row[0] for row in connection.execute("select id from names where name = ? order by id", (name,)))
