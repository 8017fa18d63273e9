"""How far a run over sources has come, in bytes of its files: for a bar that knows the time left."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable
from pathlib import Path

from onrecord import sources, storage
from onrecord.errors import SourceError


class Extent:
    """The files of some sources with their sizes. What has none (URLs, standard input, stores) counts as one page."""

    def __init__(self, given: Iterable[str]) -> None:
        self._before: dict[str, int] = {}
        self._size: dict[str, int] = {}
        self._lines: dict[str, int] = {}
        self.total = 0
        for path in (path for source in given for path in _files(source)):
            self._before[path] = self.total
            self._size[path] = _size(path)
            self.total += self._size[path]

    def done(self, source: str) -> int:
        """How much is done after the page of a source (``path``, ``path:line``, ``path:offset``)."""
        path, _, place = source.rpartition(":")
        if source in self._before:
            return self._before[source] + self._size[source]
        if path not in self._before or not place.isdigit():
            return 0
        size = self._size[path]
        return self._before[path] + min(size, int(size * self._share(path, int(place))))

    def _share(self, path: str, place: int) -> float:
        if sources.suffix(path) in (".warc", ".wet"):
            return place / max(1, self._size[path])
        if path not in self._lines:
            self._lines[path] = _count_lines(path)
        return place / self._lines[path]


def _files(source: str) -> list[str]:
    if source == "-" or "://" in source:
        return [source]
    try:
        return sources.files(source)
    except SourceError:
        return []


def _size(path: str) -> int:
    if path == "-" or storage.is_remote(path):
        return 20_000  # about a page
    try:
        return max(1, Path(path).stat().st_size)
    except OSError:
        return 1


def _count_lines(path: str) -> int:
    """The lines of a file of articles; of a table, its rows."""
    try:
        if sources.suffix(path) == ".parquet":
            from pyarrow import parquet

            return max(1, int(parquet.ParquetFile(path).metadata.num_rows))
        with gzip.open(path) if path.endswith(".gz") else Path(path).open("rb") as file:
            return max(1, sum(1 for _ in file))
    except (OSError, EOFError, ValueError, ImportError, zlib.error):  # damaged: the run itself will tell
        return 1
