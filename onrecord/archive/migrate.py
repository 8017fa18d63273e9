"""From every earlier version of the tables to the present one, in one transaction.

The steps change tables; what the tables say beyond the records themselves is then made anew, by today's code on
today's tables, so no step depends on code that a later one outdates.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator

from onrecord.archive import groups, pairs
from onrecord.archive.load import actors_of, entries_of, page_of
from onrecord.archive.schema import APPLICATION, BANDED_SINCE, GROUPED_SINCE, STEPS, VERSION

TELLING = 5.0
"""Seconds between two lines on how far a long migration is."""

_log = logging.getLogger("onrecord.archive")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an archive, or an empty file, to the present version. Nothing happens if another process was first."""
    connection.execute("pragma journal_mode = wal")
    connection.execute("begin immediate")
    try:
        version, _ = marks(connection)
        for step in STEPS[version:]:
            for statement in _statements(step):
                connection.execute(statement)
        if 0 < version < GROUPED_SINCE:
            _group(connection)
        elif 0 < version < BANDED_SINCE:
            _band(connection)
        connection.execute(f"pragma user_version = {VERSION}")
        connection.execute(f"pragma application_id = {APPLICATION}")
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """The version of the tables, and the number that says what kind of file it is."""
    return (
        connection.execute("pragma user_version").fetchone()[0],
        connection.execute("pragma application_id").fetchone()[0],
    )


def _group(connection: sqlite3.Connection) -> None:
    """Tie all pages into stories and all statements into sayings, and count the pairs of a day anew."""
    for n in _pages(connection):
        page = page_of(connection, n)
        actors = actors_of(connection, n, page.text)
        groups.join_story(connection, n, page)
        groups.join_sayings(connection, page, actors, entries_of(connection, n, page.text, ("statements",)))
    days = connection.execute("select a, b, day, type, mutual from pair_days").fetchall()
    pairs.count_again(connection, days)


def _band(connection: sqlite3.Connection) -> None:
    """Write the bands of all sayings anew. The sayings stay as they are tied."""
    for n in _pages(connection):
        page = page_of(connection, n)
        groups.band_sayings(
            connection, page, actors_of(connection, n, page.text), entries_of(connection, n, page.text, ("statements",))
        )


def _pages(connection: sqlite3.Connection) -> Iterator[int]:
    """The pages to go over; on standard error, unless logging is set otherwise, how far it is where that takes long."""
    pages = [row[0] for row in connection.execute("select n from pages where current = 1 order by n")]
    told = time.monotonic()
    for done, n in enumerate(pages):
        if time.monotonic() - told >= TELLING:
            told = time.monotonic()
            _log.warning("bringing the archive to this version: %s of %s pages", f"{done:,}", f"{len(pages):,}")
        yield n


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: ``executescript`` would commit the transaction around it."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
