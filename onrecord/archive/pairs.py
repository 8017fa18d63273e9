"""The daily table of pairs: how many events of each type one country did to another on each day.

Only what is counted by default goes in: events that are asserted and actual, on current pages, not rejected by a
person. Every number stands twice, over all reports and over the first page of each story alone. An event without
recipients (a meeting, an agreement) is mutual: it stands under both directions, and is counted once where both are
asked for.

A key is counted anew from the events whenever one of them changes, so the table cannot drift from them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import permutations

from onrecord.archive.days import SPREAD
from onrecord.archive.terms import field
from onrecord.record import Event

Key = tuple[str, str, int, str, int]  # a, b, day, type, mutual

QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "VC"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "MC"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "VX"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "MX"),
}
"""Verbal or material, cooperation or conflict: PLOVER's quad classes."""

COUNTED = "s.asserted = 1 and s.status = 'actual' and s.verdict is not 'rejected' and p.current = 1"


def keys(n: int, event: Event, actors: set[str], recipients: set[str]) -> set[Key]:
    """The keys that an event of these countries counts under."""
    day = n // SPREAD
    if recipients:
        return {(a, b, day, event.type, 0) for a in actors for b in recipients}
    if event.recipients:
        return set()
    return {(a, b, day, event.type, 1) for a, b in permutations(actors, 2)}


def count_again(connection: sqlite3.Connection, keys: Iterable[Key]) -> None:
    """Bring the table up to date at some keys."""
    for a, b, day, type_, mutual in sorted(keys):
        first, second = _terms(connection, a, b)
        other = field("events", "who" if mutual else "to")
        row = connection.execute(
            f"""
            select count(*), total(s.goldstein), count(s.goldstein),
              total(p.story = p.n), total(s.goldstein * (p.story = p.n)),
              count(case when p.story = p.n then s.goldstein end)
            from postings x
            cross join postings y on y.field = ? and y.term = ? and y.n = x.n
            cross join events s on s.n = x.n
            cross join pages p on p.n = s.page
            where x.field = ? and x.term = ? and x.n >= ? and x.n < ? and s.type = ?
              and {COUNTED} and (s.recipients = '[]') = ?
            """,
            (other, second, field("events", "who"), first, day * SPREAD, (day + 1) * SPREAD, type_, mutual),
        ).fetchone()
        key = (a, b, day, type_, mutual)
        if row[0]:
            connection.execute(
                "insert or replace into pair_days values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*key, *row)
            )
        else:
            connection.execute(
                "delete from pair_days where a = ? and b = ? and day = ? and type = ? and mutual = ?", key
            )


def _terms(connection: sqlite3.Connection, a: str, b: str) -> tuple[int, int]:
    found = [connection.execute("select t from terms where term = ?", (term,)).fetchone() for term in (a, b)]
    return tuple(-1 if row is None else int(row[0]) for row in found)  # type: ignore[return-value]
