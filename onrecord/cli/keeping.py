"""Records on their way into the archive: kept together, a few seconds of reading at a time."""

from __future__ import annotations

import time
from collections import Counter
from types import TracebackType
from typing import Self

from onrecord.archive import Archive
from onrecord.errors import ArchiveError
from onrecord.record import Record

TOGETHER = 2.0
"""Seconds of reading that go into one transaction: a page among sixteen costs a fifth less than a page alone, and a
kill loses no more than these seconds."""


class Keeping:
    """What is added waits here until ``TOGETHER`` seconds are full, or the run ends or is interrupted.

    What became of each record is counted in ``tally`` when it is kept.
    """

    def __init__(self, archive: Archive, tally: Counter[str]) -> None:
        self.archive = archive
        self.tally = tally
        self._waiting: list[Record] = []
        self._since = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, type_: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        if type_ is None or not issubclass(type_, ArchiveError):
            self._keep()

    def add(self, record: Record) -> None:
        """Keep a record, now or with those that follow."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(record)
        if time.monotonic() - self._since >= TOGETHER:
            self._keep()

    def _keep(self) -> None:
        self.tally.update(self.archive.add_many(self._waiting, batch=len(self._waiting) or 1))
        self._waiting.clear()
