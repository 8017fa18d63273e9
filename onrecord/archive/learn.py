"""What the pages have taught about people: the offices that they were seen to hold."""

from __future__ import annotations

import json
import sqlite3

from onrecord.actors import Known
from onrecord.archive.days import SPREAD, day_of
from onrecord.archive.rows import Office


def known(connection: sqlite3.Connection) -> tuple[Known, ...]:
    """One for each person, country, sector and role, over current pages with a date; in a fixed order.

    A page tells an office only by its own words: one that was itself read with what the archive had learned, or that
    names a minister of the package's tables without his office, is no further evidence.
    """
    connection.create_function("told", 3, _told, deterministic=True)
    rows = connection.execute(
        "select p.name, p.country, p.sector, p.role, min(a.page), max(a.page), count(distinct a.page)"
        " from profiles p join actors a on a.profile = p.p join pages g on g.n = a.page and g.current = 1"
        " join texts t on t.page = a.page"
        " where p.kind = 'person' and p.country is not null and p.name like '% %' and a.page >= ?"
        " and (p.role is null or told(t.text, a.mentions, p.role))"
        " group by p.name, p.country, p.sector, p.role order by p.name, p.country, p.sector, p.role",
        (SPREAD,),
    )
    return tuple(
        Known(
            name=name,
            country=country,
            sector=sector,
            role=role,
            first=day_of(first) or "",
            last=day_of(last) or "",
            pages=pages,
            source=f"{pages} page{'' if pages == 1 else 's'} of the archive",
        )
        for name, country, sector, role, first, last, pages in rows
    )


# Characters around a name within which its office stands.
_BESIDE = 80


def _told(text: str, mentions: str, role: str) -> bool:
    """Whether the last word of an office stands beside one of somebody's mentions (JSON of their places)."""
    noun = role.split()[-1].lower()
    return any(noun in text[max(0, start - _BESIDE) : end + _BESIDE].lower() for start, end in json.loads(mentions))


def offices(connection: sqlite3.Connection, id_: str) -> tuple[Office, ...]:
    """The offices that current pages say one actor holds, the latest first; each with the latest page that says so."""
    rows = connection.execute(
        "select role, country, sector, pages, first, last, (select id from pages where n = last) from ("
        " select p.role, p.country, p.sector, count(distinct a.page) as pages,"
        "  min(nullif(a.page / ?, 0)) as first, max(a.page) as last"
        " from profiles p cross join actors a on a.profile = p.p cross join pages g on g.n = a.page and g.current = 1"
        " where p.id = ? and p.role is not null group by p.role, p.country, p.sector"
        ") order by last desc, role",
        (SPREAD, id_),
    )
    return tuple(
        Office(role, country, sector, pages, day_of(first * SPREAD) if first else None, day_of(last), page)
        for role, country, sector, pages, first, last, page in rows
    )
