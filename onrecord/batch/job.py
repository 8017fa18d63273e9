"""One batch and its folder: what is to be done, what is done already, and the manifest of it all."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord import storage
from onrecord.batch.lots import Broken, Lot
from onrecord.batch.parts import Receipt
from onrecord.batch.tables import TABLES
from onrecord.errors import BatchError
from onrecord.record import SCHEMA

_NUMBER = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Job:
    """Inputs cut into lots, and the folder that their parts go to."""

    out: str
    lots: tuple[Lot, ...]
    size: int
    reader: str

    def description(self) -> dict[str, Any]:
        """What two runs must share for one to go on where the other stopped."""
        inputs = [{"path": path, "bytes": storage.size(path)} for lot in self.lots for path in lot.paths]
        return {"schema": SCHEMA, "reader": self.reader, "part_documents": self.size, "inputs": inputs}


def opened(job: Job) -> dict[str, Receipt]:
    """The receipts that are in the job's folder, by part; the folder is made if there is none.

    Raises BatchError where the folder holds the output of another job.
    """
    path = storage.joined(job.out, "_job.json")
    wanted = job.description()
    if storage.size(path) is None:
        if storage.below(job.out):
            raise BatchError(f"{job.out}: not empty, and not the output of onrecord code; give another --out")
        storage.write_bytes(path, json.dumps(wanted, indent=1, ensure_ascii=False).encode("utf-8", "replace"))
        return {}
    try:
        there = json.loads(storage.read_bytes(path))
    except ValueError:
        raise BatchError(f"{path}: damaged; give another --out") from None
    if differs := [name for name in wanted if there.get(name) != wanted[name]]:
        raise BatchError(f"{job.out}: holds the output of another run (other {', '.join(differs)}); give another --out")
    _sweep(job.out)
    return receipts(job.out)


def _sweep(out: str) -> None:
    """Remove what a killed run, or a killed worker of this one, left half written. Nobody may be writing."""
    if not storage.is_remote(out):
        for left in Path(out).glob("*/.*.tmp"):
            left.unlink(missing_ok=True)


def receipts(out: str) -> dict[str, Receipt]:
    """The receipts of a folder, by part. Raises BatchError where one is damaged."""
    found = {}
    for path in storage.below(storage.joined(out, "_parts")) or []:
        if path.endswith(".json"):
            try:
                receipt = Receipt(**json.loads(storage.read_bytes(path)))
            except (ValueError, TypeError):
                raise BatchError(f"{path}: damaged; remove it to have its part coded again") from None
            found[receipt.part] = receipt
    return found


def finished(lot: Lot, done: dict[str, Receipt]) -> bool:
    """Whether all parts of a lot are there."""
    number = 0
    while (receipt := done.get(f"part-{lot.number:05d}-{number:05d}")) is not None:
        if receipt.last:
            return True
        number += 1
    return False


def write_manifest(job: Job, broken: Sequence[Broken]) -> dict[str, Any]:
    """Write ``manifest.json`` from the receipts: counts, reasons, and every part with its failures by name.

    It has no time and no name of a machine in it, so equal runs give equal bytes. Gives its summary back.
    """
    _sweep(job.out)
    done = receipts(job.out)
    summary = {
        **job.description(),
        "complete": not broken and all(finished(lot, done) for lot in job.lots),
        "not_read": [{"part": one.part.name, "error": one.error} for one in broken],
        **totals(done.values()),
    }
    parts = ",\n".join(done[name].line() for name in sorted(done))
    head = json.dumps(summary, indent=1, ensure_ascii=False).removesuffix("\n}")
    text = f'{head},\n "parts": [\n{parts}\n]}}\n'
    storage.write_bytes(storage.joined(job.out, "manifest.json"), text.encode("utf-8", "replace"))
    return summary


def totals(done: Iterable[Receipt]) -> dict[str, Any]:
    """The sums over receipts. Reasons are counted with their numbers left out."""
    counts: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for receipt in done:
        counts.update(documents=receipt.documents, pages=receipt.pages, repeated=receipt.repeated)
        counts.update(failures=len(receipt.failures))
        skipped.update(receipt.skipped)
        rows.update(receipt.rows)
        for failure in receipt.failures:
            cause = failure["error"].removeprefix(failure["source"]).lstrip(": ")
            reasons[_NUMBER.sub("N", cause)] += 1
    return {
        **{name: counts[name] for name in ("documents", "pages", "repeated", "failures")},
        "reasons": dict(sorted(reasons.items())),
        "skipped": dict(sorted(skipped.items())),
        "rows": {table: rows[table] for table in TABLES},
    }
