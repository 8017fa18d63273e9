"""The same batch on a Ray cluster: one task a part, one actor with a hand (and so a loaded reader) a worker.

Ray Data spreads the parts, starts a new actor where one is lost and runs its task again. A part that is written twice
is written the same twice, so nothing has to be known of what the lost actor had done.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from dataclasses import asdict
from typing import Any

from onrecord.batch.job import Job, finished
from onrecord.batch.lots import Broken, Lot, Part, steps
from onrecord.batch.parts import Receipt, write_parts
from onrecord.batch.pool import Done, Pool
from onrecord.errors import BatchError


def parts_on_ray(
    job: Job, done: dict[str, Receipt], workers: int, page_seconds: float, program: Sequence[str]
) -> Generator[Receipt | Broken | Done, None, None]:
    """Write the parts that are not in ``done``, on ``workers`` actors; a receipt or a reason for each, as they come.

    The cluster is the one that ``RAY_ADDRESS`` or the driver names, else a local one is started.
    """
    try:
        import ray
    except ImportError:
        raise BatchError("--engine ray needs Ray (pip install 'onrecord[ray]')") from None
    if not ray.is_initialized():
        ray.init(log_to_driver=False, logging_level=logging.ERROR)
    ray.data.DataContext.get_current().enable_progress_bars = False
    left = [lot for lot in job.lots if not finished(lot, done)]
    if not left:
        return
    counted = ray.data.from_items([{"lot": lot} for lot in left], override_num_blocks=len(left)).map(
        _count,  # type: ignore[arg-type]  # rows may hold any object
        fn_kwargs={"size": job.size},
    )
    parts = []
    for row in counted.iter_rows():
        if row["error"]:
            yield Broken(Part(row["lot"], 0), row["error"])
        parts += [Part(row["lot"], number) for number in range(row["parts"])]
    parts = sorted((part for part in parts if part.name not in done), key=lambda part: part.name)
    if not parts:
        return
    written = ray.data.from_items([{"part": part} for part in parts], override_num_blocks=len(parts)).map(
        _Worker,  # type: ignore[arg-type]
        fn_constructor_args=(job.out, job.size, page_seconds, tuple(program)),
        concurrency=min(workers, len(parts)),
        num_cpus=1,
    )
    for row in written.iter_rows():
        yield Receipt(**row["receipt"]) if row["receipt"] else Broken(**row["broken"])


def _count(row: dict[str, Any], *, size: int) -> dict[str, Any]:
    """How many parts a lot has."""
    lot: Lot = row["lot"]
    try:
        documents = sum(1 for _ in lot.documents())
    except Exception as error:  # named in the manifest; the other lots go on
        return {"lot": lot, "parts": 0, "error": f"{lot.name}: {' '.join(str(error).split())[:200]}"}
    return {"lot": lot, "parts": max(1, -(-documents // size)), "error": ""}


class _Worker:
    """An actor: it holds the hand."""

    def __init__(self, out: str, size: int, page_seconds: float, program: Sequence[str]) -> None:
        self._out, self._size = out, size
        self._pool = Pool(1, page_seconds=page_seconds, program=program)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Write one part."""
        part: Part = row["part"]
        found = write_parts(self._pool.outcomes(steps(part.lot, only=part.number, size=self._size)), self._out)
        for one in found:
            if isinstance(one, Receipt):
                return {"receipt": asdict(one), "broken": None}
            if isinstance(one, Broken):
                return {"receipt": None, "broken": {"part": part, "error": one.error}}
        raise AssertionError("a part ends with a receipt or a reason")
