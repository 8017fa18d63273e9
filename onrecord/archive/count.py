"""Counting: a pair of parties over time, the busiest pairs, two periods side by side, items by any of their values.

Counted are events that are asserted and actual, unless the query says otherwise; a story once, by its first page. What
two countries did to each other is read from the daily table of pairs; every other question goes to the events.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, islice
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
    found = connection.execute(
        f"with most as (select a, b, sum({'once' if query.once else 'events'}) as number from pair_days where {where}"
        f" {'' if domestic else 'and a <> b'} group by a, b having number > 0 order by number desc, a, b limit ?)"
        f" select m.a, m.b, 0, type, {_sums(query)} from most m cross join pair_days d on d.a = m.a and d.b = m.b"
        f" where {where} group by m.a, m.b, type order by number desc, m.a, m.b",
        (*values, limit, *values),
    )
    made = []
    for (a, b), rows in groupby(found, key=lambda row: row[:2]):
        bucket = _bucket("", "", (row[2:] for row in rows))
        made.append(Pair(a, b, bucket.events, bucket.quads, bucket.goldstein))
    return tuple(made)


def counts(
    connection: sqlite3.Connection, table: str, by: Value, *, query: Query, limit: int, cap: int
) -> tuple[Count, ...]:
    """How many of what is found have each value, the most first; of the newest ``cap`` where there are more."""
    return facets(connection, table, (by,), query=query, limit=limit, cap=cap)[by]


def facets(
    connection: sqlite3.Connection, table: str, bys: Iterable[Value], *, query: Query, limit: int, cap: int
) -> dict[Value, tuple[Count, ...]]:
    """``counts`` by several values at once: what is found is found once."""
    numbers = [n for n, _ in islice(find.numbers(connection, table, query, order="newest", after=None), cap)]
    made: dict[Value, tuple[Count, ...]] = {}
    for by in bys:
        ordered = sorted(_tally(connection, table, by, numbers).items(), key=lambda each: (-each[1], each[0] or ""))
        made[by] = tuple(Count(value, items) for value, items in ordered[:limit])
    return made


def _tally(connection: sqlite3.Connection, table: str, by: Value, numbers: list[int]) -> Counter[str | None]:
    """How many of the items at some places have each value."""
    if by == "month":
        return Counter((day_of(n) or "")[:7] or None for n in numbers)
    if by in ("who", "to", "about", "country"):
        return _parties(connection, table, by, numbers)
    column, joined = _COLUMNS.get(by, {}).get(table), ""
    if by == "outlet":
        column, joined = "coalesce(p.outlet, p.domain)", " cross join pages p on p.n = s."
        joined += "n" if table == "pages" else "page"
    if column is None:
        raise ArchiveError(f"{table} cannot be counted by {by}")
    sql = f"select {column}, count(*) from {_AT.format(table)}{joined} group by 1"
    return Counter(dict(connection.execute(sql, (json.dumps(numbers),))))


_AT = "json_each(?) j cross join {} s on s.n = j.value"
"""The rows of a table at some places, which are bound as one JSON array."""


def _between(connection: sqlite3.Connection, a: str, b: str | None, query: Query) -> list[Tally]:
    """The events of a pair, tallied by day and type."""
    if b is not None and _is_country(connection, a) and _is_country(connection, b) and _from_table(query):
        return _tabled(connection, a, b, query)
    asked = replace(
        query,
        asserted=True if query.asserted is None else query.asserted,
        status=query.status or ("actual",),
    )
    if b is None:  # in two parts, each of which one stretch of an index answers
        sides = [replace(asked, who=(a,)), replace(asked, to=(a,))]
    else:
        sides = [replace(asked, who=(one,), to=(other,)) for one, other in dict.fromkeys(((a, b), (b, a)))]
    plans = [find.plan(connection, "events", side) for side in sides]
    if b is not None and a != b:
        plans.append(_mutual(connection, a, b, asked))
    told = [(made.sql(f"{made.n} as n, s.type, s.goldstein"), made.arguments) for made in plans if not made.empty]
    if not told:
        return []
    every = " union ".join(sql for sql, _ in told)  # an event of both sides is one event
    return connection.execute(
        f"select n / {SPREAD}, type, count(*), total(goldstein), count(goldstein) from ({every}) group by 1, 2",
        [value for _, values in told for value in values],
    ).fetchall()


def _mutual(connection: sqlite3.Connection, a: str, b: str, query: Query) -> find.Plan:
    """Events that both do together, without recipients."""
    others = terms.meant(connection, [b])
    made = find.plan(connection, "events", replace(query, who=(a,)))
    made.add(
        f"exists (select 1 from postings z where z.field = ? and z.term in ({', '.join('?' * len(others))})"
        f" and z.n = {made.n})",
        terms.field("events", "who"),
        *others,
    )
    made.add("s.recipients = '[]'")
    made.empty = made.empty or not others
    return made


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
            grouped.setdefault(start_of(tally[0], by).toordinal(), []).append(tally)
    if not grouped:
        return ()
    made = []
    at, end = date.fromordinal(min(grouped)), max(grouped)
    while at.toordinal() <= end:
        after = following(at, by)
        told = grouped.get(at.toordinal(), [])
        made.append(_bucket(at.isoformat(), (after - timedelta(days=1)).isoformat(), told))
        at = after
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


def start_of(day: int, by: By) -> date:
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


def following(at: date, by: By) -> date:
    """The first day of the stretch after the one that begins with a day."""
    if by in ("day", "week"):
        return at + timedelta(days=1 if by == "day" else 7)
    months = {"month": 1, "quarter": 3, "year": 12}[by]
    month = at.month - 1 + months
    return date(at.year + month // 12, month % 12 + 1, 1)


_COLUMNS = {
    "type": {"statements": "s.kind", "events": "s.type", "commitments": "s.kind", "meetings": "s.kind"},
    "status": {"events": "s.status", "meetings": "s.status"},
}


def _parties(connection: sqlite3.Connection, table: str, by: str, numbers: list[int]) -> Counter[str | None]:
    """How many of the items at some places have each party in a part, or a party of each country."""
    places = json.dumps(numbers)
    if table == "pages":
        column = "country" if by == "country" else "id"
        sql = (
            f"select value, count(*) from (select distinct a.page, p.{column} as value from json_each(?) j"
            " cross join actors a on a.page = j.value join profiles p on p.p = a.profile) where value is not null"
            " group by 1"
        )
        return Counter(dict(connection.execute(sql, (places,))))
    parts = PARTIES[table] if by == "country" else {by: PARTIES[table].get(by, ())}
    columns = [name for names in parts.values() for name in names]
    tally: Counter[str | None] = Counter()
    if not columns:
        return tally
    quoted = ", ".join([*(["s.page"] if by == "country" else ["0"]), *(f's."{name}"' for name in columns)])
    countries: dict[int, dict[str, str]] = {}
    sql = f"select count(*), {quoted} from {_AT.format(table)} group by {quoted.removeprefix('0, ')}"
    for items, page, *cells in connection.execute(sql, (places,)):
        ids = {id_ for cell in cells if cell for id_ in (json.loads(cell) if cell.startswith("[") else [cell])}
        if by == "country":
            if page not in countries:
                countries[page] = _countries(connection, page)
            ids = {country for id_ in ids if (country := countries[page].get(id_))}
        for id_ in ids:
            tally[id_] += items
    return tally


def _countries(connection: sqlite3.Connection, page: int) -> dict[str, str]:
    """The countries of a page's actors, by their ids."""
    sql = "select p.id, p.country from actors a join profiles p on p.p = a.profile where a.page = ?"
    return {id_: country for id_, country in connection.execute(sql, (page,)) if country}
