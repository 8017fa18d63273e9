"""Several processes at one archive, and what happens when one of them is killed."""

from __future__ import annotations

import random
import sqlite3
import time
from pathlib import Path

import pytest
from archive_records import OTHER_TEXT, TEXT, Child, make

from onrecord import Archive, ArchiveError, Query
from onrecord.record import Record

KILLS = 30


def numbered(n: int) -> Record:
    """Records that are all different; every fifth is a copy of the one before."""
    k = n - (n % 5 == 4)
    return make(
        url=f"https://site{n % 7}.example/{n}",
        thing=f"dam number {k}",
        person=f"Ana Torun{'abcdefghij'[k % 10]}",
        place=f"Kest {k * 37 % 101}",
        published=f"2026-{1 + k % 12:02}-{1 + k % 28:02}",
        template=OTHER_TEXT if k % 2 else TEXT,
    )


def whole(path: Path) -> None:
    """Every page is there with all that belongs to it, once; the file and its indexes are sound."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        for table in ("pages", "statements", "events", "commitments", "meetings"):
            connection.execute(f"insert into {table}_text ({table}_text) values ('integrity-check')")
            twice = connection.execute(f"select id from {table} group by id having count(*) > 1").fetchall()
            assert not twice
    with Archive(path) as archive:
        after = None
        while True:
            found = archive.pages(Query(once=False), limit=100, after=after)
            for ref in found.rows:
                n = int((ref.url or "").rpartition("/")[2])
                assert archive.record(ref.id) == numbered(n)
            if (after := found.next) is None:
                break


def kept(path: Path) -> int:
    with Archive(path) as archive:
        return archive.pages(Query(once=False)).total


def test_killed_at_any_moment_nothing_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    path, told = tmp_path / "archive.onrecord", tmp_path / "told"
    chance = random.Random(7)

    def add_them() -> None:
        with Archive(path) as archive, told.open("a") as log:
            for n in range(10_000):
                archive.add(numbered(n))
                log.write(f"{n}\n")
                log.flush()

    def written() -> set[int]:
        return {int(line) for line in told.read_text().split("\n")[:-1]} if told.exists() else set()

    committed: set[int] = set()
    for _ in range(KILLS):
        child = Child(add_them)
        until = len(committed) + chance.randrange(8)  # by what it has done, not by the clock: machines differ
        while len(written()) < until:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.01))
        child.kill()
        committed = written()
        if path.exists():
            with Archive(path) as archive:  # no repair: it opens
                assert all(archive.reader_of(numbered(n).page.id) for n in committed)
    assert len(committed) > KILLS
    whole(path)
    assert kept(path) in (len(committed), len(committed) + 1)  # the last one may have been kept and not told


def test_two_add_and_ten_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "archive.onrecord"
    Archive(path).close()
    stop = tmp_path / "stop"

    def add_some(first: int) -> None:
        with Archive(path) as archive:
            for n in range(first, 40, 2):
                assert archive.add(numbered(n)) == "added"
                assert archive.add(numbered(0 if n % 2 == 0 else 1)) == "same"

    def read_on() -> None:
        before = 0
        with Archive(path, read_only=True) as archive:
            while not stop.exists():
                total = archive.pages(Query(once=False)).total
                assert total >= before
                before = total
                for row in archive.statements(Query(text="legitimate", who=("ARD",)), limit=5).rows:
                    assert row.evidence in (archive.record(row.page.id) or numbered(0)).page.text
                archive.timeline("ARD", "BEL", by="month")
                time.sleep(0.05)

    readers = [Child(read_on) for _ in range(10)]
    writers = [Child(lambda first=first: add_some(first)) for first in (0, 1)]  # type: ignore[misc]
    try:
        assert [writer.wait() for writer in writers] == [0, 0]
    finally:
        stop.touch()
        ended = [reader.wait() for reader in readers]
    assert ended == [0] * 10
    whole(path)
    assert kept(path) == 40


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "archive.onrecord"
    Archive(path).close()
    monkeypatch.setattr("onrecord.archive.file.PATIENCE", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    with Archive(path) as archive, pytest.raises(ArchiveError, match="another program has been writing"):
        archive.add(make())
    other.execute("rollback")
    with Archive(path) as archive:
        assert archive.add(make()) == "added"
