"""The archive as many requests at once need it: several views of one file for readers, a turn each for writers."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.archive import Archive
from onrecord.errors import ArchiveError

READERS = 4  # two cores answer; more views than that only help while one waits for the disk
PATIENCE = 10.0  # seconds a request may wait for a view, and a question may take


class Busy(ArchiveError):
    """Too many questions at once, or one that is too broad."""


class Unready(ArchiveError):
    """The archive's file cannot be read or written now. Why is told, where it is is not."""


class Shelf:
    """One archive, opened several times for reading. Opening anew costs a millisecond, so views are kept."""

    def __init__(self, path: Path, *, readers: int = READERS, patience: float = PATIENCE) -> None:
        self.path = path
        self._patience = patience
        self._views: queue.LifoQueue[tuple[Archive, Deadline]] = queue.LifoQueue()
        self._writing = threading.Lock()
        for _ in range(readers):
            deadline = Deadline()
            self._views.put((Archive(path, read_only=True, stop=deadline.passed), deadline))

    @contextmanager
    def reading(self) -> Iterator[Archive]:
        """A view for one request. A question that takes longer than the patience is stopped."""
        try:
            archive, deadline = self._views.get(timeout=self._patience)
        except queue.Empty:
            raise Busy("too many questions at once; try again in a moment") from None
        deadline.at = time.monotonic() + self._patience
        try:
            yield archive
        except ArchiveError as error:
            if deadline.passed():
                raise Busy(
                    "this question is too broad to be answered in time; add a filter or a shorter period"
                ) from None
            raise self._without_path(error) from error
        finally:
            self._views.put((archive, deadline))

    @contextmanager
    def writing(self) -> Iterator[Archive]:
        """The archive for a write."""
        try:
            with self._writing, Archive(self.path) as archive:
                yield archive
        except ArchiveError as error:
            raise self._without_path(error) from error

    def _without_path(self, error: ArchiveError) -> ArchiveError:
        """What is wrong with the file, without where the file is; any other error as it is."""
        cause = str(error).removeprefix(f"{self.path}: ")
        return error if cause == str(error) else Unready(f"the archive: {cause}")

    def close(self) -> None:
        """Let go of the file."""
        while not self._views.empty():
            self._views.get()[0].close()


class Deadline:
    """When the question that a view is answering must be done."""

    def __init__(self) -> None:
        self.at = float("inf")

    def passed(self) -> bool:
        """Whether it is over."""
        return time.monotonic() > self.at
