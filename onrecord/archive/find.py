"""Finding: a query as SQL that starts from its rarest condition, and the rows it gives, newest first.

Whatever is asked, one condition leads (``_lead``): a party's postings, the words, the pages of an outlet, or the whole
table by time; the others are tested on what it yields. Orders by ``n``, the place in time, make a page of results a
range of an index, and the next one goes on behind it. The order by confidence goes through all that is found, but
where it is served or reviewed: then there is an index for it (``reviews.make_queue``), and no other archive pays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.archive import terms
from onrecord.archive.days import SPREAD, ordinal
from onrecord.archive.query import Order, Query, day_range, match_expression
from onrecord.errors import ArchiveError

CAP = 1000
"""How far matches are counted, and the most that are put in order of relevance: ranking reads every match."""

RARE = 3000
"""A condition with at most so many matches leads; what is broader is met soon enough by going through the newest."""

FEW = 500
"""So many rows can each be asked whether common words stand in them; for more it is quicker to go through the words."""

_VERDICTS = {
    None: "s.verdict is not 'rejected'",
    "any": None,
    "yes": "s.verdict is not null",
    "no": "s.verdict is null",
}
_OWN_TYPE = {"statements": "kind", "events": "type", "commitments": "kind", "meetings": "kind"}


@dataclass(slots=True)
class Plan:
    """The parts of a SELECT: what it starts from, the other tables, the conditions, and their arguments in order."""

    table: str
    source: str
    n: str
    joins: list[str] = field(default_factory=list)
    join_values: list[object] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)
    ranked: bool = False
    sorted: bool = True
    empty: bool = False

    def add(self, condition: str, *values: object) -> None:
        """One more condition."""
        self.where.append(condition)
        self.values += values

    def sql(self, columns: str, *, order: str = "", limit: int | None = None) -> str:
        """The SELECT."""
        where = " and ".join(self.where) or "1"
        sql = f"select {columns} from {self.source} {' '.join(self.joins)} where {where}"
        return sql + (f" order by {order}" if order else "") + (f" limit {limit}" if limit is not None else "")

    @property
    def arguments(self) -> list[object]:
        """What the marks of the SELECT stand for."""
        return [*self.join_values, *self.values]


def plan(connection: sqlite3.Connection, table: str, query: Query) -> Plan:
    """How to find what a query asks of a table."""
    made = _lead(connection, table, query)
    low, high = _days(query)
    if low is not None:
        made.add(f"{made.n} >= ?", low)
    if high is not None:
        made.add(f"{made.n} < ?", high)
    made.add("p.current = 1")
    if table != "pages":
        _item_conditions(made, table, query)
    _page_conditions(connection, made, query)
    return made


def _lead(connection: sqlite3.Connection, table: str, query: Query) -> Plan:
    """The plan's beginning: its rarest condition first, then every other that is answered by an index."""
    parties = _parties(connection, table, query)
    words = None if query.text is None else match_expression(query.text)
    if query.text is not None and words is None:
        raise ArchiveError(f"no word to look for in {query.text!r}")
    weights: list[tuple[int, str]] = []
    low, high = _days(query)
    sizes = [_postings_size(connection, places, numbers, low, high) for places, numbers in parties]
    weights += [(size, f"party{k}") for k, size in enumerate(sizes)]
    text_size = 0
    if words is not None:
        text_size = _count(
            connection, f"select 1 from {table}_text where {table}_text match ? limit {RARE + 1}", [words]
        )
        weights.append((text_size, "text"))
    pages = _pages(connection, query)
    if pages is not None:
        weights.append((len(pages) * (1 if table == "pages" else 8), "pages"))
    size, leader = min(weights, default=(RARE + 1, "table"))
    if text_size > RARE and size > FEW:
        size, leader = text_size, "text"
    single = leader.startswith("party") and _single(parties[int(leader[5:])])
    if size > RARE and not single and leader != "text":
        leader = "table"

    if leader.startswith("party") and single:
        places, numbers = parties[int(leader[5:])]
        made = Plan(table, "postings x", "x.n")
        made.add("x.field = ? and x.term = ?", places[0], numbers[0])
        made.joins.append(_join(table, "x.n"))
    elif leader.startswith("party"):
        places, numbers = parties[int(leader[5:])]
        inner = f"select distinct n from postings where field in ({_marks(places)}) and term in ({_marks(numbers)})"
        made = Plan(table, f"({inner}) x", "x.n", sorted=False)
        made.join_values += [*places, *numbers]
        made.joins.append(_join(table, "x.n"))
    elif leader == "text":
        made = Plan(table, f"{table}_text", f"{table}_text.rowid", ranked=text_size <= CAP)
        made.add(f"{table}_text match ?", words)
        made.joins.append(_join(table, f"{table}_text.rowid"))
    elif leader == "pages" and pages is not None:
        if table == "pages":
            made = Plan(table, "pages p", "p.n", sorted=False)
            made.add(f"p.n in ({_marks(pages)})", *pages)
        else:
            made = Plan(table, "pages p", "s.n", sorted=False)
            made.joins.append(f"cross join {table} s on s.page = p.n")
            made.add(f"p.n in ({_marks(pages)})", *pages)
    elif table == "pages":
        made = Plan(table, "pages p", "p.n")
    else:
        made = Plan(table, f"{table} s", "s.n", joins=["cross join pages p on p.n = s.page"])
    made.empty = any(not numbers for _, numbers in parties)

    for k, (places, numbers) in enumerate(parties):
        if leader != f"party{k}":
            made.add(
                f"exists (select 1 from postings y where y.field in ({_marks(places)})"
                f" and y.term in ({_marks(numbers)}) and y.n = {made.n})",
                *places,
                *numbers,
            )
    if words is not None and leader != "text":
        if text_size <= RARE:
            made.add(f"{made.n} in (select rowid from {table}_text where {table}_text match ?)", words)
        else:
            made.add(
                f"exists (select 1 from {table}_text where {table}_text match ? and {table}_text.rowid = {made.n})",
                words,
            )
    return made


def _join(table: str, n: str) -> str:
    if table == "pages":
        return f"cross join pages p on p.n = {n}"
    return f"cross join {table} s on s.n = {n} cross join pages p on p.n = s.page"


def _single(party: tuple[Sequence[int], Sequence[int]]) -> bool:
    """Whether one stretch of one index holds it, in order."""
    return len(party[0]) == 1 and len(party[1]) == 1


def _parties(connection: sqlite3.Connection, table: str, query: Query) -> list[tuple[tuple[int, ...], list[int]]]:
    asked = ((query.who, "who"), (query.to, "to"), (query.about, "about"), (query.party, None))
    found = []
    for wanted, part in asked:
        if wanted:
            places = terms.fields(table, part)
            found.append((places, terms.meant(connection, wanted) if places else []))
    return found


def _postings_size(
    connection: sqlite3.Connection, places: Sequence[int], numbers: Sequence[int], low: int | None, high: int | None
) -> int:
    if not places or not numbers:
        return 0
    sql = (
        f"select 1 from postings where field in ({_marks(places)}) and term in ({_marks(numbers)})"
        f" and n >= ? and n < ? limit {RARE + 1}"
    )
    return _count(connection, sql, [*places, *numbers, low or 0, high or 1 << 62])


def _pages(connection: sqlite3.Connection, query: Query) -> list[int] | None:
    """The pages that a page, a story or an outlet comes to; None where that is not asked or they are many."""
    if query.page is not None:
        return [row[0] for row in connection.execute("select n from pages where id = ?", (query.page,))]
    if query.story is not None:
        sql = "select n from pages where story = (select story from pages where id = ?)"
        return [row[0] for row in connection.execute(sql, (query.story,))]
    if query.outlet:
        condition, values = outlet_condition(query.outlet)
        sql = f"select p.n from pages p where p.current = 1 and {condition} limit 501"
        found = [row[0] for row in connection.execute(sql, values)]
        return found if len(found) <= 500 else None
    return None


def outlet_condition(outlets: Sequence[str]) -> tuple[str, list[object]]:
    """That a page is of one of some outlets, told by name or by domain (``www.`` or not)."""
    told = [name.strip().lower().removeprefix("www.") for name in outlets]
    marks = _marks(told)
    condition = f"(p.outlet collate nocase in ({marks}) or p.domain in ({marks}) or p.domain in ({marks}))"
    return condition, [*told, *told, *(f"www.{name}" for name in told)]


def _item_conditions(made: Plan, table: str, query: Query) -> None:
    own = _OWN_TYPE[table]
    if query.type:
        parts = []
        for told in query.type:
            name, _, mode = told.partition("/")
            name = name.upper() if table == "events" else name.lower()
            parts.append(f"(s.{own} = ?" + (" and s.mode = ?)" if mode and table == "events" else ")"))
            made.values += [name, mode.lower()] if mode and table == "events" else [name]
        made.where.append(f"({' or '.join(parts)})")
    if query.status:
        if table not in ("events", "meetings"):
            made.empty = True
        else:
            made.add(f"s.status in ({_marks(query.status)})", *(status.lower() for status in query.status))
    if query.said_in is not None:
        made.add("s.said_in is not null" if query.said_in else "s.said_in is null")
    if query.asserted is not None and table == "events":
        made.add("s.asserted = ?", int(query.asserted))
    if query.confidence is not None:
        made.add("s.confidence >= ?", query.confidence)
    if query.reviewed in _VERDICTS:
        condition = _VERDICTS[query.reviewed]
        if condition:
            made.add(condition)
    else:
        made.add("s.verdict = ?", query.reviewed)
    if query.open_on is not None:
        _open_condition(made, table, query.open_on)


def _open_condition(made: Plan, table: str, day: str) -> None:
    if table == "commitments":
        made.add("s.n < ?", (ordinal(day) + 1) * SPREAD)  # what was made later was not open then
        made.add("(s.deadline is null or json_extract(s.deadline, '$.last') >= ?)", day[:10])
    elif table == "meetings":
        made.add("""s.status = 'planned' and (s."when" is null or json_extract(s."when", '$.last') >= ?)""", day[:10])
    else:
        made.empty = True


def _page_conditions(connection: sqlite3.Connection, made: Plan, query: Query) -> None:
    inside: list[str] = []
    values: list[object] = []
    if query.page is not None:
        inside.append("p.id = ?")
        values.append(query.page)
    if query.story is not None:
        found = connection.execute("select story from pages where id = ?", (query.story,)).fetchone()
        inside.append("p.story = ?")
        values.append(-1 if found is None else found[0])
    if query.outlet:
        condition, told = outlet_condition(query.outlet)
        inside.append(condition)
        values += told
    for condition in inside:
        made.where.append(condition)
    made.values += values
    if not query.once:
        return
    if inside:  # the first page of its story among those that are asked about
        conditions = " and ".join(["q.current = 1", *(condition.replace("p.", "q.") for condition in inside)])
        made.add(f"p.n = (select min(q.n) from pages q where q.story = p.story and {conditions})", *values)
    else:
        made.add("p.story = p.n")


def _days(query: Query) -> tuple[int | None, int | None]:
    first, last = day_range(query.since, query.until)
    low = None if first is None else ordinal(first) * SPREAD
    return low, None if last is None else (ordinal(last) + 1) * SPREAD


def numbers(
    connection: sqlite3.Connection, table: str, query: Query, *, order: Order, after: str | None
) -> Iterator[tuple[int, str]]:
    """The places of what is found, in order, each with where to go on behind it. Sayings once, if asked."""
    made = plan(connection, table, query)
    if made.empty:
        return
    saying = "s.saying" if table == "statements" and query.once else "null"
    direction = "asc" if order == "oldest" else "desc"
    if order == "relevance" and made.ranked:
        found = connection.execute(made.sql(f"bm25({table}_text), {made.n}, {saying}"), made.arguments).fetchall()
        found.sort(key=lambda row: (row[0], -row[1]))
        places = [f"{score!r}@{n}" for score, n, _ in found]
        start = places.index(after) + 1 if after in places else _behind(found, after)
        rows: Iterator[tuple[int, int | None, str]] = (
            (n, group, place) for (_, n, group), place in zip(found[start:], places[start:], strict=True)
        )
    elif order == "unsure" and table != "pages":
        base = replace(made, where=[*made.where], values=[*made.values])
        if after is not None:
            score, place_ = _place(after)
            base.add(f"(s.confidence, {base.n}) > (?, ?)", score, place_)
        sql = base.sql(f"{made.n}, {saying}, s.confidence", order=f"s.confidence, {made.n}")
        rows = ((n, group, f"{sure!r}@{n}") for n, group, sure in connection.execute(sql, base.arguments))
    else:
        base = replace(made, where=[*made.where], values=[*made.values])
        if after is not None:
            base.add(f"{base.n} {'>' if direction == 'asc' else '<'} ?", _place(after)[1])
        sql = base.sql(f"{made.n}, {saying}", order=f"{made.n} {direction}")
        rows = ((n, group, f"@{n}") for n, group in connection.execute(sql, base.arguments))
    seen: dict[int, int] = {}
    for n, group, place in rows:
        if group is None or _shown(connection, made, n, group, direction, seen) == n:
            yield n, place


def _place(after: str) -> tuple[float, int]:
    score, _, place = after.rpartition("@")
    try:
        found = float(score) if score else 0.0, int(place)
        if abs(found[1]) >= 1 << 63:  # no place that SQLite could hold
            raise ValueError
        return found
    except ValueError:
        raise ArchiveError(f"{after!r} is no place to go on from") from None


def _behind(found: Sequence[tuple[float, int, int | None]], after: str | None) -> int:
    """Where to go on in a ranked list that has changed meanwhile: at the first that stands behind ``after``."""
    if after is None:
        return 0
    score, n = _place(after)
    return sum((row[0], -row[1]) <= (score, -n) for row in found)


def _shown(connection: sqlite3.Connection, made: Plan, n: int, group: int, direction: str, seen: dict[int, int]) -> int:
    """Which statement of a saying stands for it: the first in the order asked for, of those that are found."""
    if group not in seen:
        one = replace(made, where=[*made.where], values=[*made.values])
        one.add(f"{made.n} in (select n from statements where saying = ?)", group)  # few: every one is looked up
        function = "min" if direction == "asc" else "max"
        found = connection.execute(one.sql(f"{function}({made.n})"), one.arguments).fetchone()
        seen[group] = n if found[0] is None else int(found[0])
    return seen[group]


def total(connection: sqlite3.Connection, table: str, query: Query, cap: int = CAP) -> tuple[int, bool]:
    """How many are found, counted no further than ``cap``, and whether there are more."""
    made = plan(connection, table, query)
    if made.empty:
        return 0, False
    what = "coalesce(s.saying, s.n)" if table == "statements" and query.once else made.n
    limited = made.sql(f"{what} as one", limit=cap + 1)
    count, rows = connection.execute(
        f"select count(distinct one), count(*) from ({limited})", made.arguments
    ).fetchone()
    return min(int(count), cap), rows > cap


def _count(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> int:
    return int(connection.execute(f"select count(*) from ({sql})", values).fetchone()[0])


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
