"""Many pages to Parquet parts: on one machine's cores, or on a Ray cluster, with the same bytes as the result.

    lots.py      inputs -> lots -> parts: who codes what is cut the same way by everybody
    hand.py      another process with a reader: codes a document, may hang or die of it, is replaced
    pool.py      many hands: documents in, outcomes out in the same order
    outcome.py   what became of a document       language.py   whether a page is English
    tables.py    a record as rows, and back      parts.py      a part's files, and the receipt that makes it count
    job.py       the folder: resuming, manifest  cluster.py    the same on Ray

A part is written whole or not at all; a run that was stopped or killed goes on where it was; and a page that cannot be
read, whatever it does, is a failure with a name and a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any, Literal

from pyarrow import parquet

from onrecord import storage
from onrecord.batch.hand import ALL, PAGE_SECONDS, PROGRAM
from onrecord.batch.job import Job, finished, opened, receipts, write_manifest
from onrecord.batch.lots import SIZE, Broken, Step, lots, steps
from onrecord.batch.parts import Receipt, table_path, write_parts
from onrecord.batch.pool import Done, Pool
from onrecord.batch.tables import TABLES, Row, records
from onrecord.errors import BatchError
from onrecord.record import Record
from onrecord.sources import Failure

__all__ = ["ALL", "PAGE_SECONDS", "PROGRAM", "SIZE", "Engine", "Progress", "code", "records_in"]

Engine = Literal["local", "ray"]


@dataclass(slots=True)
class Progress:
    """How far a run is: documents dealt with and failed in this run, and parts written by it or there before."""

    documents: int = 0
    failures: int = 0
    parts: int = 0


def code(
    inputs: Sequence[str],
    out: str,
    *,
    workers: int,
    size: int = SIZE,
    page_seconds: float = PAGE_SECONDS,
    engine: Engine = "local",
    tell: Callable[[Progress], None] = lambda _: None,
    program: Sequence[str] = PROGRAM,
) -> dict[str, Any]:
    """Code inputs into the Parquet tables of ``out``; the summary of its manifest.

    ``inputs`` are files, folders and patterns, local or of a store; ``out`` a folder or a store's prefix. ``size`` is
    the documents of a part, ``page_seconds`` what one page may take, ``program`` what a hand runs. A folder that holds
    the parts of an earlier run of the same job is completed. Raises BatchError, SourceError or ReaderError where the
    run as a whole cannot be; whatever concerns a page or a part is in the manifest instead.
    """
    cut = tuple(lots(inputs, size=size))
    progress = Progress()
    broken: list[Broken] = []
    with Pool(1 if engine == "ray" else workers, page_seconds=page_seconds, program=program) as pool:
        job = Job(out, cut, size, pool.fingerprint())
        done = opened(job)
        progress.parts = len(done)
        if engine == "local":
            _follow(write_parts(pool.outcomes(_steps(job, done)), out), progress, broken, tell)
    if engine == "ray":
        from onrecord.batch.cluster import parts_on_ray

        _follow(parts_on_ray(job, done, workers, page_seconds, program), progress, broken, tell)
    return write_manifest(job, broken)


def records_in(out: str) -> Iterator[Record]:
    """The records in a folder that ``code`` has written, part by part in their order.

    Raises BatchError where it holds none, or a part that is not as its receipt says.
    """
    done = receipts(out)
    if not done:
        raise BatchError(f"{out}: no parts of onrecord code in this folder")
    for name in sorted(done):
        with ExitStack() as files:
            streams = {}
            for table in TABLES:
                path = table_path(out, table, name)
                if storage.size(path) != done[name].files[table]["bytes"]:
                    raise BatchError(f"{path}: missing, or not as it was written")
                streams[table] = _rows(parquet.ParquetFile(files.enter_context(storage.opened(path))))
            yield from records(streams)


def _rows(file: parquet.ParquetFile) -> Iterator[Row]:
    for batch in file.iter_batches(256):
        yield from batch.to_pylist()


def _steps(job: Job, done: dict[str, Receipt]) -> Iterator[Step]:
    for lot in job.lots:
        if not finished(lot, done):
            yield from steps(lot, done=done, size=job.size)


def _follow(
    found: Generator[Receipt | Broken | Done, None, None],
    progress: Progress,
    broken: list[Broken],
    tell: Callable[[Progress], None],
) -> None:
    """Count what comes, and tell."""
    with closing(found):
        for one in found:
            if isinstance(one, Broken):
                broken.append(one)
            elif isinstance(one, Receipt):
                progress.parts += 1
            else:
                progress.documents += 1
                progress.failures += isinstance(one.outcome, Failure)
            tell(progress)
