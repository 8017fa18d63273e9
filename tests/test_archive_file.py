"""The file under the archive: old versions, what is no archive, what cannot be written."""

from __future__ import annotations

import gzip
import os
import sqlite3
import tempfile
from pathlib import Path

import pytest
from archive_records import Child, make

from onrecord import Archive, ArchiveError, Query
from onrecord.archive import migrate, schema

ARCHIVES = Path(__file__).parent / "archives"


def unpacked(version: int, folder: Path) -> Path:
    """A file as that version of the tables left it: copies, versions of a page, a correction, a removal, a state."""
    path = folder / f"version-{version}.onrecord"
    path.write_bytes(gzip.decompress((ARCHIVES / f"version-{version}.gz").read_bytes()))
    return path


def tables(path: Path) -> list[tuple[str, str]]:
    """The tables and indexes of a file, as they would be made."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("select name, sql from sqlite_master where sql is not null order by name").fetchall()
    return [(name, " ".join(sql.split())) for name, sql in rows]


def bands(path: Path) -> list[int]:
    """What the sayings of an archive are found by."""
    with sqlite3.connect(path) as connection:
        return [row[0] for row in connection.execute("select band from saying_bands order by band")]


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_every_earlier_version_is_brought_to_the_present(version: int, tmp_path: Path) -> None:
    path = unpacked(version, tmp_path)
    with pytest.raises(ArchiveError, match=f"older onrecord \\(schema {version}\\)"):
        Archive(path, read_only=True)
    with Archive(path) as old, Archive(tmp_path / "new.onrecord") as new:
        assert tables(path) == tables(tmp_path / "new.onrecord")
        first = make()
        assert old.record(first.page.id) == first
        assert [page.version for page in old.versions(first.page.id)] == [1, 2]
        assert old.add(make(url="https://gone.example/3", thing="old mill")) == "removed"
        assert old.statements(Query(reviewed="corrected", once=False)).rows[0].item.kind == "mixed"
        assert old.state("feeds", "k") == {"etag": "x"}
        # What is derived is as if everything were added today.
        for story in old.stories(Query(once=False)).rows:
            for page in story.pages:
                record = old.record(page.id)
                assert record is not None
                new.add(record)
        assert [len(s.pages) for s in old.stories().rows] == [len(s.pages) for s in new.stories().rows] == [3]
        assert old.pairs() == new.pairs()
        assert [r.reports for r in old.statements().rows] == [r.reports for r in new.statements().rows]
        assert bands(path) == bands(tmp_path / "new.onrecord") != []
    with Archive(path, read_only=True) as again:
        assert again.statements().total


def test_a_long_migration_tells_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(migrate, "TELLING", 0.0)
    Archive(unpacked(2, tmp_path)).close()
    assert "bringing the archive to this version: 1 of" in caplog.text


def test_two_processes_may_bring_it_to_the_present_at_once(tmp_path: Path) -> None:
    path = unpacked(1, tmp_path)
    assert [child.wait() for child in [Child(lambda: Archive(path).close()) for _ in range(3)]] == [0, 0, 0]


def test_a_newer_archive_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.onrecord"
    Archive(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"pragma user_version = {schema.VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="newer onrecord"):
        Archive(path)
    assert path.read_bytes() == before


def test_what_is_no_archive_is_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no archive " * 100)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("create table theirs (a)")
    for path in (text, other, tmp_path, tmp_path / "no" / "folder" / "a.onrecord"):
        before = path.read_bytes() if path.is_file() else None
        with pytest.raises(ArchiveError) as caught:
            Archive(path)
        assert str(caught.value).startswith(f"{path}: ")
        assert "\n" not in str(caught.value)
        assert before is None or path.read_bytes() == before
    with pytest.raises(ArchiveError, match="no such archive"):
        Archive(tmp_path / "none.onrecord", read_only=True)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.onrecord"
    with Archive(path) as archive:
        archive.add(make())
        with archive._file.writing() as connection:
            pages = connection.execute("pragma page_count").fetchone()[0]
            connection.execute(f"pragma max_page_count = {pages}")  # SQLite's own way of a disk that is full
        with pytest.raises(ArchiveError, match="the disk is full"):
            archive.add(make(url="https://x.example/long", tail="\n\n" + "Long words follow. " * 20_000))
        assert archive.pages().total == 1
    with Archive(path) as archive:
        assert archive.record(make().page.id) == make()
        assert archive.add(make(url="https://x.example/2", thing="bridge")) == "added"


def test_a_read_only_folder_can_be_read_and_says_so_when_written() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "folder"
        folder.mkdir()
        path = folder / "archive.onrecord"
        with Archive(path) as archive:
            archive.add(make())
        path.chmod(0o444)
        folder.chmod(0o555)
        Path(name).chmod(0o755)

        def try_it() -> None:
            if os.getuid() == 0:
                os.setuid(65534)  # the administrator may write anywhere
            with Archive(path, read_only=True) as archive:
                assert archive.pages().total == 1
            with pytest.raises(ArchiveError, match="read-only"):
                Archive(path).add(make(url="https://x.example/2"))

        assert Child(try_it).wait() == 0
        folder.chmod(0o755)
