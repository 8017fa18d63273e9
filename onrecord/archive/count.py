"""Counting: a pair of parties over time, the busiest pairs, two periods side by side, items by any of their values.

Counted are events that are asserted and actual, unless the query says otherwise; a story once, by its first page. What
two countries did to each other is read from the daily table of pairs; every other question goes to the events.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from onrecord.archive import find, terms
from onrecord.archive.codec import PARTIES
from onrecord.archive.days import SPREAD, day_of, iso, ordinal
from onrecord.archive.pairs import QUADS
from onrecord.archive.query import Query, day_range
from onrecord.archive.rows import Bucket, Count, Pair
from onrecord.errors import ArchiveError

By = Literal["day", "week", "month", "quarter", "year"]
Value = Literal["type", "status", "outlet", "who", "to", "about", "country", "month"]

Tally = tuple[int, str, int, float, int]  # day, type, events, sum of Goldstein values, how many have one

_PLAIN = Query()


def timeline(connection: sqlite3.Connection, a: str, b: str | None, *, by: By, query: Query) -> tuple[Bucket, ...]:
    """The events between two parties, either way, or of one with anybody, by stretches of days without a gap."""
    return _buckets(_between(connection, a, b, query), by)


def period(connection: sqlite3.Connection, a: str, b: str | None, *, query: Query) -> Bucket:
    """The events of one period as one stretch."""
    tallies = _between(connection, a, b, query)
    first, last = day_range(query.since, query.until)
    days = [tally[0] for tally in tallies if tally[0]]
    first, last = first or iso(min(days, default=0)), last or iso(max(days, default=0))
    return _bucket(first or "", last or "", tallies)


def compare(
    connection: sqlite3.Connection,
    a: str,
    b: str | None,
    earlier: tuple[str, str],
    later: tuple[str, str],
    *,
    query: Query,
) -> tuple[Bucket, Bucket]:
    """Two periods of a pair side by side."""
    first = period(connection, a, b, query=replace(query, since=earlier[0], until=earlier[1]))
    return first, period(connection, a, b, query=replace(query, since=later[0], until=later[1]))


def pairs(connection: sqlite3.Connection, *, query: Query, limit: int, domestic: bool) -> tuple[Pair, ...]:
    """The pairs of countries with the most events from the first to the second, the most first."""
    where, values = _pair_conditions(query)
    if not domestic:
        where += " and a <> b"
    column = "once" if query.once else "events"
    most = connection.execute(
        f"select a, b, sum({column}) as most from pair_days where {where} group by a, b having most > 0"
        " order by most desc, a, b limit ?",
        (*values, limit),
    ).fetchall()
    made = []
    for a, b, _ in most:
        sql = f"select 0, type, {_sums(query)} from pair_days where a = ? and b = ? and {where} group by type"
        bucket = _bucket("", "", connection.execute(sql, (a, b, *values)))
        made.append(Pair(a, b, bucket.events, bucket.quads, bucket.goldstein))
    return tuple(made)


def counts(
    connection: sqlite3.Connection, table: str, by: Value, *, query: Query, limit: int, cap: int
) -> tuple[Count, ...]:
    """How many of what is found have each value, the most first; of the newest ``cap`` where there are more."""
    found = islice(find.numbers(connection, table, query, order="newest", after=None), cap)
    numbers = [n for n, _ in found]
    tally: Counter[str | None] = Counter()
    if by == "month":
        tally.update((day_of(n) or "")[:7] or None for n in numbers)
    elif by == "outlet":
        page = "p.n" if table == "pages" else f"(select page from {table} where n = ?)"
        sql = f"select coalesce(p.outlet, p.domain) from pages p where p.n = {'?' if table == 'pages' else page}"
        tally.update(connection.execute(sql, (n,)).fetchone()[0] for n in numbers)
    elif by in ("who", "to", "about", "country"):
        for n in numbers:
            tally.update(_parties(connection, table, n, by))
    else:
        column = _COLUMNS.get(by, {}).get(table)
        if column is None:
            raise ArchiveError(f"{table} cannot be counted by {by}")
        tally.update(
            connection.execute(f"select {column} from {table} where n = ?", (n,)).fetchone()[0] for n in numbers
        )
    ordered = sorted(tally.items(), key=lambda item: (-item[1], item[0] or ""))
    return tuple(Count(value, items) for value, items in ordered[:limit])


def _between(connection: sqlite3.Connection, a: str, b: str | None, query: Query) -> list[Tally]:
    """The events of a pair, tallied by day and type."""
    if b is not None and _is_country(connection, a) and _is_country(connection, b) and _from_table(query):
        return _tabled(connection, a, b, query)
    asked = replace(
        query,
        asserted=True if query.asserted is None else query.asserted,
        status=query.status or ("actual",),
    )
    found: dict[int, None] = {}
    sides = [(a, b), (b, a)] if b is not None and a != b else [(a, b)]
    for first, second in sides:
        one = replace(asked, party=(first,)) if second is None else replace(asked, who=(first,), to=(second,))
        found |= dict.fromkeys(n for n, _ in find.numbers(connection, "events", one, order="oldest", after=None))
    if b is not None and a != b:
        found |= dict.fromkeys(_mutual(connection, a, b, asked))
    tallies = []
    for n in found:
        type_, value = connection.execute("select type, goldstein from events where n = ?", (n,)).fetchone()
        tallies.append((n // SPREAD, type_, 1, value or 0.0, int(value is not None)))
    return tallies


def _mutual(connection: sqlite3.Connection, a: str, b: str, query: Query) -> Iterator[int]:
    """Events that both do together, without recipients."""
    others = terms.meant(connection, [b])
    if not others:
        return
    place = terms.field("events", "who")
    for n, _ in find.numbers(connection, "events", replace(query, who=(a,)), order="oldest", after=None):
        with_b = connection.execute(
            f"select 1 from postings where field = ? and term in ({', '.join('?' * len(others))}) and n = ?",
            (place, *others, n),
        ).fetchone()
        if with_b and connection.execute("select recipients = '[]' from events where n = ?", (n,)).fetchone()[0]:
            yield n


def _tabled(connection: sqlite3.Connection, a: str, b: str, query: Query) -> list[Tally]:
    where, values = _pair_conditions(query)
    sql = (
        f"select day, type, {_sums(query)} from pair_days"
        f" where ((a = ? and b = ?) or (a = ? and b = ? and mutual = 0)) and {where} group by day, type"
    )
    if a == b:
        sql = sql.replace("or (a = ? and b = ? and mutual = 0)", "")
        return [row for row in connection.execute(sql, (a, b, *values)) if row[2]]
    return [row for row in connection.execute(sql, (a, b, b, a, *values)) if row[2]]


def _pair_conditions(query: Query) -> tuple[str, list[object]]:
    where = "1"
    values: list[object] = []
    first, last = day_range(query.since, query.until)
    if first is not None:
        where += " and day >= ?"
        values.append(ordinal(first))
    if last is not None:
        where += " and day <= ?"
        values.append(ordinal(last))
    if query.type:
        where += f" and type in ({', '.join('?' * len(query.type))})"
        values += [told.upper() for told in query.type]
    return where, values


def _from_table(query: Query) -> bool:
    """Whether the daily table answers it: nothing is asked but days, types and once."""
    bare = replace(query, since=None, until=None, type=(), once=True, asserted=None, status=())
    counted = query.asserted in (None, True) and query.status in ((), ("actual",))
    return bare == _PLAIN and counted and not any("/" in told for told in query.type)


def _is_country(connection: sqlite3.Connection, party: str) -> bool:
    return connection.execute("select 1 from profiles where country = ? limit 1", (party,)).fetchone() is not None


def _buckets(tallies: Iterable[Tally], by: By) -> tuple[Bucket, ...]:
    grouped: dict[int, list[Tally]] = {}
    for tally in tallies:
        if tally[0]:
            grouped.setdefault(_start(tally[0], by).toordinal(), []).append(tally)
    if not grouped:
        return ()
    made = []
    at, end = date.fromordinal(min(grouped)), max(grouped)
    while at.toordinal() <= end:
        following = _following(at, by)
        told = grouped.get(at.toordinal(), [])
        made.append(_bucket(at.isoformat(), (following - timedelta(days=1)).isoformat(), told))
        at = following
    return tuple(made)


def _bucket(first: str, last: str, tallies: Iterable[Tally]) -> Bucket:
    types: Counter[str] = Counter()
    total, scored = 0.0, 0
    for _, type_, events, goldstein, with_one in tallies:
        types[type_] += events
        total += goldstein
        scored += with_one
    quads = dict.fromkeys(("VC", "MC", "VX", "MX"), 0)
    for type_, events in types.items():
        if type_ in QUADS:
            quads[QUADS[type_]] += events
    mean = total / scored if scored else None
    return Bucket(first, last, sum(types.values()), dict(sorted(types.items())), quads, mean)


def _sums(query: Query) -> str:
    """The numbers of the daily table that a query asks for."""
    return (
        "sum(once), total(once_goldstein), sum(once_scored)"
        if query.once
        else "sum(events), total(goldstein), sum(scored)"
    )


def _start(day: int, by: By) -> date:
    """The first day of the stretch that a day is in. Weeks begin on Monday."""
    at = date.fromordinal(day)
    if by == "day":
        return at
    if by == "week":
        return at - timedelta(days=at.weekday())
    if by == "month":
        return at.replace(day=1)
    if by == "quarter":
        return at.replace(month=(at.month - 1) // 3 * 3 + 1, day=1)
    if by == "year":
        return at.replace(month=1, day=1)
    raise ArchiveError(f"{by!r} is no stretch of days: day, week, month, quarter or year")


def _following(at: date, by: By) -> date:
    if by in ("day", "week"):
        return at + timedelta(days=1 if by == "day" else 7)
    months = {"month": 1, "quarter": 3, "year": 12}[by]
    month = at.month - 1 + months
    return date(at.year + month // 12, month % 12 + 1, 1)


_COLUMNS = {
    "type": {"statements": "kind", "events": "type", "commitments": "kind", "meetings": "kind"},
    "status": {"events": "status", "meetings": "status"},
}


def _parties(connection: sqlite3.Connection, table: str, n: int, by: str) -> set[str]:
    """The ids of those who play a part in an item, or the countries of all its parties."""
    if table == "pages":
        column = "country" if by == "country" else "id"
        sql = f"select distinct p.{column} from actors a join profiles p on p.p = a.profile where a.page = ?"
        return {row[0] for row in connection.execute(sql, (n,)) if row[0]}
    parts = PARTIES[table] if by == "country" else {by: PARTIES[table].get(by, ())}
    columns = [name for names in parts.values() for name in names]
    if not columns:
        return set()
    quoted = ", ".join(f'"{name}"' for name in columns)
    page, *cells = connection.execute(f"select page, {quoted} from {table} where n = ?", (n,)).fetchone()
    ids = {id_ for cell in cells if cell for id_ in (json.loads(cell) if cell.startswith("[") else [cell])}
    if by != "country":
        return ids
    sql = "select p.id, p.country from actors a join profiles p on p.p = a.profile where a.page = ?"
    return {country for id_, country in connection.execute(sql, (page,)) if id_ in ids and country}
