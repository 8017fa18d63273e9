"""The SQLite file under an archive: opened, brought to the present version, read and written in transactions.

Write-ahead logging: readers never wait, writers wait for each other. A kill at any moment leaves what was committed.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.archive.migrate import marks, migrate
from onrecord.archive.schema import APPLICATION, VERSION
from onrecord.errors import ArchiveError

PATIENCE = 120.0  # seconds a writer waits for another; a page takes milliseconds, a part of a batch a second or two
LOG = (
    4000  # pages of 4 KB in the log before they go into the file: what is written often goes there once, not each time
)
STEPS_BETWEEN = 20_000  # of SQLite's machine, between two times that ``stop`` is asked: a millisecond or less


class File:
    """One connection. It may be used from several threads; they take turns."""

    def __init__(self, path: Path, *, read_only: bool, stop: Callable[[], bool] | None = None) -> None:
        self.path = path
        self.read_only = read_only
        self._turn = threading.RLock()
        with self._told():
            self._connection = _connect(path, read_only)
            try:
                _prepare(self._connection, path, read_only)
                if stop is not None:
                    self._connection.set_progress_handler(stop, STEPS_BETWEEN)
            except BaseException:
                self._connection.close()
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the archive, whatever is written meanwhile."""
        with self._turn, self._told():
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("begin")
            try:
                yield self._connection
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All of it is written, or nothing."""
        if self.read_only:
            raise ArchiveError(f"{self.path}: opened for reading only")
        with self._turn, self._told():
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("begin immediate")
            try:
                yield self._connection
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise

    def close(self) -> None:
        """Let go of the file. A closed archive cannot be used again."""
        with self._turn:
            self._connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise ArchiveError(f"{self.path}: {why(error)}") from error
        except PermissionError as error:
            raise ArchiveError(f"{self.path}: you may not read it") from error


def why(error: sqlite3.Error) -> str:
    """What went wrong, for a person, and what became of the archive."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL"):
        return "the disk is full; what was added before is safe, the last pages were not added"
    if name.startswith("SQLITE_READONLY"):
        return "the file or its folder is read-only; nothing was written"
    if name.startswith("SQLITE_CANTOPEN"):
        return "cannot be opened or made: is the folder there, and may you write in it?"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"another program has been writing to it for {PATIENCE:.0f} seconds; nothing was written, try again"
    if name.startswith("SQLITE_INTERRUPT"):
        return "the question was stopped before it was answered"
    if name.startswith("SQLITE_NOTADB"):
        return "not an archive: some other kind of file"
    if name.startswith("SQLITE_CORRUPT"):
        return "damaged; copy it, then try `sqlite3 FILE .recover`"
    if name.startswith("SQLITE_IOERR"):
        return "the disk failed while it was read or written; what was added before is safe"
    return str(error) or type(error).__name__


def _connect(path: Path, read_only: bool) -> sqlite3.Connection:
    if path.is_dir():
        raise ArchiveError(f"{path}: a folder, not an archive")
    if read_only and not path.exists():
        raise ArchiveError(f"{path}: no such archive; `onrecord add` makes one")
    mode = "ro" if read_only else "rwc"
    try:
        return _open(path, f"mode={mode}")
    except sqlite3.OperationalError:
        wal = path.with_name(path.name + "-wal")
        if not read_only or (wal.exists() and wal.stat().st_size):
            raise
        return _open(path, "mode=ro&immutable=1")  # a folder where no index of the log can be made, and no log


def _open(path: Path, options: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    try:
        connection.execute("pragma user_version").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, read_only: bool) -> None:
    # Who only reads has the file mapped: a server's views, each with a cache of its own, would hold pages twice.
    connection.execute(f"pragma cache_size = {-16_000 if read_only else -64_000}")
    connection.execute("pragma mmap_size = 2147418112")
    connection.execute("pragma temp_store = memory")
    version, application = marks(connection)
    if application not in (0, APPLICATION) or (application == 0 and _tables(connection)):
        raise ArchiveError(f"{path}: not an archive: another program's SQLite file")
    if version > VERSION:
        raise ArchiveError(f"{path}: made by a newer onrecord (schema {version}; this one knows {VERSION}): update it")
    if read_only:
        if version < VERSION:
            raise ArchiveError(f"{path}: made by an older onrecord (schema {version}): open it for writing once")
        return
    connection.execute("pragma synchronous = normal")
    connection.execute(f"pragma wal_autocheckpoint = {LOG}")
    # A log that readers kept from being taken over has grown: it shrinks again when it is.
    connection.execute(f"pragma journal_size_limit = {LOG * 4096}")
    connection.execute("pragma secure_delete = fast")
    if version < VERSION:
        migrate(connection)


def _tables(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("select count(*) from sqlite_master").fetchone()[0])
