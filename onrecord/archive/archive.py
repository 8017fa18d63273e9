"""The archive: records of many pages in one file; kept, found, counted, corrected. ``docs/archive.md`` is the guide."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from onrecord.actors import Known
from onrecord.archive import answer, count, find, learn, lessons, lists, load, reviews, revise, write
from onrecord.archive.codec import KINDS, TABLE_OF, dumps
from onrecord.archive.count import By, Value
from onrecord.archive.file import File
from onrecord.archive.lessons import Precision
from onrecord.archive.query import Kind, Order, Query
from onrecord.archive.rows import ActorRow, Bucket, Count, Found, Office, Outcome, PageRef, Pair, Review, Row, StoryRow
from onrecord.record import Actor, Commitment, Event, Meeting, Record, Statement

T = TypeVar("T", bound=Statement | Event | Commitment | Meeting)

EVERYTHING = Query()


class Archive:
    """One SQLite file. Made if it is not there, unless ``read_only``; ``with Archive(path) as archive:`` closes it.

    Any number of processes may read while one writes; writers wait for each other. One object may be used from several
    threads, which take turns. Every method raises ``ArchiveError``, with one line for a person. ``stop`` is asked every
    few milliseconds of a question; true ends it with an ``ArchiveError``.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False, stop: Callable[[], bool] | None = None) -> None:
        self.path = Path(path)
        self._file = File(self.path, read_only=read_only, stop=stop)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    # --- keeping

    def add(self, record: Record) -> Outcome:
        """Keep a record: all of it or nothing.

        ``added``; ``version`` if an earlier text of the same address was here (it stays, and is no longer found);
        ``replaced`` if the same page was here as another reader had read it; ``same`` if nothing changed; ``removed``
        if somebody has removed this page, so that it is not kept.
        """
        with self._file.writing() as connection:
            return write.add(connection, record, at=now())

    def add_many(self, records: Iterable[Record], *, batch: int = 100) -> Iterator[Outcome]:
        """Keep many records, ``batch`` at a time in one transaction: faster, and still each whole or not at all."""
        source = iter(records)
        while taken := list(islice(source, batch)):
            with self._file.writing() as connection:
                outcomes = [write.add(connection, record, at=now()) for record in taken]
            yield from outcomes

    def remove(self, page_id: str, *, by: str | None = None, why: str | None = None) -> int:
        """Delete a page, all its versions and all that came from it; how many versions that were.

        A tombstone stays: neither its address nor its text is kept again.
        """
        with self._file.writing() as connection:
            connection.execute("pragma secure_delete = on")
            return write.remove(connection, page_id, by=by, at=now(), why=why)

    # --- pages

    def record(self, page_id: str) -> Record | None:
        """The record of a page as the machine read it: what was added, field for field. None if it is not here."""
        with self._file.reading() as connection:
            n = load.page_number(connection, page_id)
            return None if n is None else load.record_of(connection, n)

    def page(self, page_id: str) -> PageRef | None:
        """A page without its text. None if it is not here."""
        with self._file.reading() as connection:
            n = load.page_number(connection, page_id)
            return None if n is None else load.refs_of(connection, [n])[n]

    def versions(self, page_id: str) -> tuple[PageRef, ...]:
        """All versions of a page, by the id of any, the oldest first."""
        with self._file.reading() as connection:
            return lists.versions(connection, page_id)

    def reader_of(self, page_id: str) -> str | None:
        """The fingerprint of what read a page; None if it is not here. Quick: for skipping what is there."""
        with self._file.reading() as connection:
            found = connection.execute("select reader from pages where id = ?", (page_id,)).fetchone()
            return None if found is None else str(found[0])

    def read_by_others(self, fingerprint: str) -> tuple[str, ...]:
        """The ids of current pages that were read by anything but this: what is to be read again."""
        with self._file.reading() as connection:
            rows = connection.execute(
                "select id from pages where current = 1 and reader <> ? order by n desc", (fingerprint,)
            )
            return tuple(row[0] for row in rows)

    def removed(self, address: str, digest: str) -> bool:
        """Whether a page of this address or this text was removed."""
        with self._file.reading() as connection:
            return write.buried(connection, address, digest)

    # --- finding

    def statements(
        self,
        query: Query = EVERYTHING,
        *,
        limit: int = 20,
        after: str | None = None,
        order: Order = "newest",
        counted: bool = True,
    ) -> Found[Row[Statement]]:
        """Statements. ``after`` is the ``next`` of the page of results before. ``relevance`` ranks what has words;
        ``unsure`` puts the least confidence first, for people to look at.

        Not ``counted``, which is quicker, ``total`` is what is in hand and ``more`` says whether there is more.
        """
        return self._find(Statement, query, limit, after, order, counted)

    def events(
        self,
        query: Query = EVERYTHING,
        *,
        limit: int = 20,
        after: str | None = None,
        order: Order = "newest",
        counted: bool = True,
    ) -> Found[Row[Event]]:
        """Events, as ``statements``."""
        return self._find(Event, query, limit, after, order, counted)

    def commitments(
        self,
        query: Query = EVERYTHING,
        *,
        limit: int = 20,
        after: str | None = None,
        order: Order = "newest",
        counted: bool = True,
    ) -> Found[Row[Commitment]]:
        """Commitments, as ``statements``."""
        return self._find(Commitment, query, limit, after, order, counted)

    def meetings(
        self,
        query: Query = EVERYTHING,
        *,
        limit: int = 20,
        after: str | None = None,
        order: Order = "newest",
        counted: bool = True,
    ) -> Found[Row[Meeting]]:
        """Meetings, as ``statements``."""
        return self._find(Meeting, query, limit, after, order, counted)

    def pages(
        self, query: Query = EVERYTHING, *, limit: int = 20, after: str | None = None, order: Order = "newest"
    ) -> Found[PageRef]:
        """Pages: by words, party mentioned, outlet, days."""
        with self._file.reading() as connection:
            found = list(islice(find.numbers(connection, "pages", query, order=order, after=after), limit + 1))
            refs = load.refs_of(connection, [n for n, _ in found[:limit]])
            total, more = find.total(connection, "pages", query)
            following = found[limit - 1][1] if len(found) > limit else None
            return Found(tuple(refs.values()), following, total, more)

    def item(self, item_id: str) -> Row[Any] | None:
        """The item of an id, of whatever kind. None if it is not here."""
        with self._file.reading() as connection:
            for table, type_ in KINDS.items():
                found = connection.execute(f"select n from {table} where id = ?", (item_id,)).fetchone()
                if found is not None:
                    return answer.rows_of(connection, type_, [found[0]])[0]
        return None

    def items(self, page_id: str) -> Mapping[Kind, tuple[Row[Any], ...]]:
        """All items of one page as rows, those that were rejected among them, in the page's order."""
        with self._file.reading() as connection:
            return lists.items(connection, page_id)

    def actors(
        self, text: str | None = None, *, country: str | None = None, limit: int = 20, after: str | None = None
    ) -> Found[ActorRow]:
        """Actors by name, id or country, those that most pages mention first."""
        with self._file.reading() as connection:
            return lists.actors(connection, text, country=country, limit=limit, after=after)

    def actor(self, actor_id: str) -> ActorRow | None:
        """One actor over all pages. None if no page mentions it."""
        with self._file.reading() as connection:
            return lists.actor(connection, actor_id)

    def name(self, actor_id: str) -> str | None:
        """What most pages call an actor. None if no page mentions it."""
        with self._file.reading() as connection:
            found = load.known_actor(connection, actor_id)
            return None if found is None else found.name

    def offices(self, actor_id: str) -> tuple[Office, ...]:
        """The offices that pages say an actor holds, the latest first, each with the latest page that says so."""
        with self._file.reading() as connection:
            return learn.offices(connection, actor_id)

    def stories(
        self, query: Query = EVERYTHING, *, limit: int = 20, after: str | None = None, least: int = 1
    ) -> Found[StoryRow]:
        """Stories with every report of them, newest first; ``least``: only those with so many reports."""
        with self._file.reading() as connection:
            return lists.stories(connection, query, limit=limit, after=after, least=least)

    def reports(self, item_id: str) -> tuple[PageRef, ...]:
        """Every page that reports an item: those of its saying or of its story, the earliest first."""
        with self._file.reading() as connection:
            return lists.reports(connection, item_id)

    def wordings(self, statement_id: str) -> tuple[Row[Statement], ...]:
        """Every report of one saying, in the words of each, the earliest first; empty if there is no such statement."""
        with self._file.reading() as connection:
            return lists.wordings(connection, statement_id)

    # --- counting

    def total(
        self, kind: Kind | Literal["pages"], query: Query = EVERYTHING, *, cap: int = find.CAP
    ) -> tuple[int, bool]:
        """How many are found, no further than ``cap``, and whether there are more."""
        with self._file.reading() as connection:
            return find.total(connection, kind, query, cap)

    def counts(
        self, kind: Kind | Literal["pages"], by: Value, query: Query = EVERYTHING, *, limit: int = 20, cap: int = 10_000
    ) -> tuple[Count, ...]:
        """How many of what is found have each value, the most first; of the newest ``cap`` where there are more."""
        with self._file.reading() as connection:
            return count.counts(connection, kind, by, query=query, limit=limit, cap=cap)

    def facets(
        self,
        kind: Kind | Literal["pages"],
        bys: Iterable[Value],
        query: Query = EVERYTHING,
        *,
        limit: int = 20,
        cap: int = 10_000,
    ) -> dict[Value, tuple[Count, ...]]:
        """``counts`` by several values at once, for the price of little more than one."""
        with self._file.reading() as connection:
            return count.facets(connection, kind, bys, query=query, limit=limit, cap=cap)

    def timeline(
        self, a: str, b: str | None = None, *, by: By = "month", query: Query = EVERYTHING
    ) -> tuple[Bucket, ...]:
        """The events between two parties, either way, or of one with anybody, by stretches of days without a gap."""
        with self._file.reading() as connection:
            return count.timeline(connection, a, b, by=by, query=query)

    def pairs(self, query: Query = EVERYTHING, *, limit: int = 20, domestic: bool = False) -> tuple[Pair, ...]:
        """The pairs of countries with the most events from the first to the second. ``query``: days, types, once."""
        with self._file.reading() as connection:
            return count.pairs(connection, query=query, limit=limit, domestic=domestic)

    def compare(
        self, a: str, b: str | None, earlier: tuple[str, str], later: tuple[str, str], *, query: Query = EVERYTHING
    ) -> tuple[Bucket, Bucket]:
        """Two periods (first and last day, month or year) of a pair side by side."""
        with self._file.reading() as connection:
            return count.compare(connection, a, b, earlier, later, query=query)

    # --- corrections

    def review(
        self,
        item_id: str,
        action: str,
        *,
        by: str,
        changes: Mapping[str, Any] | None = None,
        actors: Iterable[Actor] = (),
        note: str | None = None,
    ) -> Review:
        """Accept, correct or reject an item. ``changes`` are fields as JSON has them, spans as ``[start, end]``.

        ``actors`` are parties that the changes name and the page does not have.
        """
        with self._file.writing() as connection:
            return revise.review(
                connection, item_id, action, by=by, at=now(), changes=changes, actors=tuple(actors), note=note
            )

    def add_missed(
        self,
        page_id: str,
        kind: Kind,
        fields: Mapping[str, Any],
        *,
        by: str,
        actors: Iterable[Actor] = (),
        note: str | None = None,
    ) -> Review:
        """Add an item that the machine missed: its fields as JSON has them, spans as ``[start, end]``."""
        with self._file.writing() as connection:
            return revise.add_missed(
                connection, page_id, kind, fields, by=by, at=now(), actors=tuple(actors), note=note
            )

    def make_queue(self) -> None:
        """Make the order ``unsure`` quick, as the first review does: seconds for a million statements, once."""
        with self._file.writing() as connection:
            reviews.make_queue(connection)

    def reviews(self, *, page: str | None = None, item: str | None = None, orphans: bool = False) -> tuple[Review, ...]:
        """What people found: of a page, of an item, or all; ``orphans``: only those whose item no reading finds."""
        with self._file.reading() as connection:
            return revise.listed(connection, page=page, item=item, orphans=orphans)

    def lessons(self) -> tuple[dict[str, Any], ...]:
        """Every review as an example to train on: the page's text, what was read, what a person made of it."""
        with self._file.reading() as connection:
            return tuple(lessons.lessons(connection))

    def precision(self) -> tuple[Precision, ...]:
        """By kind of item: of what people looked at, how much was right."""
        with self._file.reading() as connection:
            return lessons.precision(connection)

    # --- learning

    def known(self) -> tuple[Known, ...]:
        """What the pages have taught about people: who held which office, in how many pages, from when to when."""
        with self._file.reading() as connection:
            return learn.known(connection)

    # --- what other rooms keep here

    def state(self, room: str, key: str) -> Any:
        """What a room (``feeds``, ``alerts``) has kept under a key, as JSON has it; None if nothing."""
        with self._file.reading() as connection:
            found = connection.execute("select value from states where room = ? and key = ?", (room, key)).fetchone()
            return None if found is None else json.loads(found[0])

    def states(self, room: str) -> dict[str, Any]:
        """All that a room has kept, in the order of the keys."""
        with self._file.reading() as connection:
            rows = connection.execute("select key, value from states where room = ? order by key", (room,))
            return {key: json.loads(value) for key, value in rows}

    def keep_state(self, room: str, key: str, value: Any) -> None:
        """Keep something for a room; ``None`` forgets it."""
        with self._file.writing() as connection:
            if value is None:
                connection.execute("delete from states where room = ? and key = ?", (room, key))
            else:
                connection.execute(
                    "insert or replace into states (room, key, value) values (?, ?, ?)", (room, key, dumps(value))
                )

    def _find(
        self, type_: type[T], query: Query, limit: int, after: str | None, order: Order, counted: bool
    ) -> Found[Row[T]]:
        table = TABLE_OF[type_]
        with self._file.reading() as connection:
            found = list(islice(find.numbers(connection, table, query, order=order, after=after), limit + 1))
            rows = answer.rows_of(connection, type_, [n for n, _ in found[:limit]])
            following = found[limit - 1][1] if len(found) > limit else None
            if not counted or (after is None and following is None):  # all of it is in hand
                return Found(rows, following, min(len(found), limit), following is not None)
            total, more = find.total(connection, table, query)
            return Found(rows, following, total, more)


def now() -> str:
    """The present time, ISO, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
