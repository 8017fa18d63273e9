"""One part on its way to the disk: seven tables and, last, the receipt that makes it count."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as arrow
from pyarrow import parquet

from onrecord import storage
from onrecord.batch.lots import Broken, End, Part
from onrecord.batch.outcome import Coded, Outcome, Skipped
from onrecord.batch.pool import Done
from onrecord.batch.tables import TABLES, schema

GROUP = 500
"""Pages in a row group: what a part holds in memory while it is written."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a part holds. ``documents`` = ``pages`` + ``repeated`` + skipped + failures.

    ``repeated`` counts documents that are a page the part has already; ``last`` tells that the lot ends here;
    ``files`` has the size and SHA-256 of each table's file.
    """

    part: str
    lot: str
    documents: int
    pages: int
    repeated: int
    skipped: dict[str, int]
    failures: list[dict[str, str]]
    rows: dict[str, int]
    files: dict[str, dict[str, Any]]
    last: bool

    def line(self) -> str:
        """As JSON, on one line."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def receipt_path(out: str, part: str) -> str:
    """Where the receipt of a part lies. Spark and DuckDB pass over folders that begin with an underscore."""
    return storage.joined(out, "_parts", f"{part}.json")


def table_path(out: str, table: str, part: str) -> str:
    """Where the rows of a table lie that come from a part."""
    return storage.joined(out, table, f"{part}.parquet")


def write_parts(steps: Iterable[Done | End | Broken], out: str) -> Generator[Receipt | Broken | Done, None, None]:
    """Write each part when its end comes. Gives every step back when it is dealt with, a receipt for an end."""
    draft: _Draft | None = None
    try:
        for step in steps:
            if isinstance(step, Broken):
                if draft is not None:
                    draft.discard()
                    draft = None
                yield step
                continue
            draft = draft or _Draft(step.part, out)
            if isinstance(step, Done):
                draft.add(step.outcome)
                yield step
            else:
                receipt = draft.finish(last=step.last)
                draft = None
                yield receipt
    finally:
        if draft is not None:
            draft.discard()


class _GivenUp(Exception):
    """Tells the files of a part that they are not to be kept."""


class _Draft:
    """A part that is being written: its files are under other names until all of them are whole."""

    def __init__(self, part: Part, out: str) -> None:
        self._part, self._out = part, out
        self._names = ExitStack()
        self._drafts: dict[str, Path] = {}
        self._writers: dict[str, parquet.ParquetWriter] = {}
        for table in TABLES:
            path = self._names.enter_context(storage.written(table_path(out, table, part.name)))
            self._drafts[table] = path
            self._writers[table] = parquet.ParquetWriter(path, schema(table), compression="zstd")
        self._held: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
        self._seen: set[str] = set()
        self._documents = self._repeated = 0
        self._skipped: Counter[str] = Counter()
        self._failures: list[dict[str, str]] = []
        self._rows: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Take what became of the next document."""
        self._documents += 1
        if isinstance(outcome, Skipped):
            self._skipped[outcome.language] += 1
        elif not isinstance(outcome, Coded):
            self._failures.append({"source": outcome.source, "error": outcome.error})
        elif outcome.page in self._seen:
            self._repeated += 1
        else:
            self._seen.add(outcome.page)
            for table, rows in outcome.rows.items():
                self._held[table] += rows
            if len(self._held["pages"]) == GROUP:
                self._flush()

    def finish(self, *, last: bool) -> Receipt:
        """Write what is left, give the files their names, and write the receipt."""
        self._flush()
        for writer in self._writers.values():
            writer.close()
        files = {table: _described(path) for table, path in self._drafts.items()}
        self._names.close()
        receipt = Receipt(
            part=self._part.name,
            lot=self._part.lot.name,
            documents=self._documents,
            pages=len(self._seen),
            repeated=self._repeated,
            skipped=dict(self._skipped),
            failures=self._failures,
            rows={table: self._rows[table] for table in TABLES},
            files=files,
            last=last,
        )
        storage.write_bytes(receipt_path(self._out, self._part.name), receipt.line().encode("utf-8", "replace"))
        return receipt

    def discard(self) -> None:
        """Leave nothing behind."""
        for writer in self._writers.values():
            with suppress(OSError):  # a full disk, perhaps: what is written here is not kept
                writer.close()
        with suppress(_GivenUp), self._names:
            raise _GivenUp

    def _flush(self) -> None:
        for table, rows in self._held.items():
            if rows:
                self._writers[table].write_table(arrow.Table.from_pylist(rows, schema=schema(table)))
                self._rows[table] += len(rows)
        self._held = {table: [] for table in TABLES}


def _described(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}
