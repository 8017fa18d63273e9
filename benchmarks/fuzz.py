"""Rubbish in, a sound record or one line of why not out: ``python -m benchmarks.fuzz --cases 5000``.

Every case is made from a seed and its number (``monsters.py``) and goes through all doors that a page comes in by: its
bytes as a page (whatever they seem, as plain text, with an odd address and day), as lines of JSON, as a WARC and a
Parquet file and as a feed; what is a page is read by the real reader and written as JSON, as rows of a batch and, with
all others of its group, into an archive. Right is: a sound record (``soundness.py``), or an OnrecordError of one line,
within ``SECONDS``. Cases run in groups in processes of their own, so that a crash of one is a finding and not the end.

``--case N`` runs one again, in this process, with its trace.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import pyarrow as arrow

from benchmarks.monsters import DATES, TRAPS, Monster, monster, own_pages
from benchmarks.soundness import check_sound
from onrecord import jsonl
from onrecord.archive import Archive
from onrecord.batch.outcome import Coded, packed, unpacked
from onrecord.batch.tables import TABLES, records, rows, schema
from onrecord.errors import OnrecordError
from onrecord.feeds.listing import listing
from onrecord.page import read_page
from onrecord.read import read
from onrecord.reader import Reader
from onrecord.record import Page, Record
from onrecord.sources import Document, Failure, page_or_failure
from onrecord.sources.lines import articles
from onrecord.sources.table import rows as parquet_rows
from onrecord.sources.warc import responses

SECONDS = 60
"""For one case through all doors, on a busy machine."""

GROUP = 100  # cases of one process
LONGEST = 60_000  # characters that the reader is given: more of the same finds nothing more, and takes minutes
MEMORY = 6_000_000_000  # bytes of address space


class Fuzz:
    """What a group of cases shares: the pages that are mutated, a reader, an archive."""

    def __init__(self, seed: int, archive: Archive, *, reader: Reader | None = None, longest: int = LONGEST) -> None:
        self._seed, self._archive, self._longest = seed, archive, longest
        self._pages = own_pages()
        self._reader = reader or Reader()
        self.counts: Counter[str] = Counter()

    def run(self, number: int) -> Monster:
        """Run one case. Raises whatever is wrong with what came of it."""
        draw = Random(f"doors:{self._seed}:{number}")
        made = monster(self._seed, number, self._pages)
        with _ending(SECONDS):
            for item in self._doors(made.data, draw):
                self.counts["documents"] += 1
                page = page_or_failure(item)
                if isinstance(page, Failure):
                    _check_line(page.error, item.source)
                    self.counts["refused"] += 1
                elif len(page.text) <= self._longest:
                    self._read(page)
        return made

    def _doors(self, data: bytes, draw: Random) -> Iterator[Document | Failure]:
        """The bytes as all that they can be taken for; what is the same page for two doors comes once."""
        odd = draw.choice((None, "https://harbour-post.example/2026/03/02/a", draw.choice(TRAPS), "http://[::1", "//"))
        yield Document("page", data, url=odd, published=draw.choice((None, "2026-03-02", *DATES)))
        yield from articles("lines.jsonl", io.BytesIO(data))
        yield from responses("file.warc", io.BytesIO(data))
        yield from parquet_rows("file.parquet", io.BytesIO(data))
        text = data.decode("utf-8", "replace" if draw.random() < 0.5 else "surrogateescape")
        title = draw.choice((None, *TRAPS))
        yield from articles("lines.jsonl", io.BytesIO(json.dumps({"text": text, "title": title}).encode() + b"\n"))
        try:
            listing(data, url="https://harbour-post.example/feed")
        except OnrecordError as error:
            _check_line(str(error), "https://harbour-post.example/feed")
        try:
            read_page(data, source="page", kind="text")
        except OnrecordError as error:
            _check_line(str(error), "page")

    def _read(self, page: Page) -> None:
        record = read(page, self._reader)
        self.counts["records"] += 1
        check_sound(record)
        told = json.loads(jsonl.line(record))
        assert told["page"]["text"] == page.text
        _check_rows(record)
        self._archive.add(record)
        kept = self._archive.record(record.page.id)
        assert kept is not None and kept.page.text == record.page.text


def _check_line(message: str, source: str) -> None:
    assert message.startswith(source) and len(message.splitlines()) == 1 and len(message) < 1_000, repr(message[:300])


def _check_rows(record: Record) -> None:
    """A record must pass from a hand to the batch and into Parquet, and come back."""
    sent = unpacked(packed(Coded(record.page.id, rows(record))))
    assert isinstance(sent, Coded)
    back = {name: arrow.Table.from_pylist(sent.rows[name], schema=schema(name)).to_pylist() for name in TABLES}
    (again,) = records(back)
    assert again.statements == record.statements or "?" in str(again.page.text)


@contextmanager
def _ending(seconds: int) -> Iterator[None]:
    """Raise TimeoutError where the block takes longer."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"not done in {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def group(seed: int, first: int, last: int, tell: Callable[[dict[str, Any]], None]) -> None:
    """Run cases ``first`` to ``last``, telling of each when it begins and what was wrong with it."""
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.onrecord") as archive:
        fuzz = Fuzz(seed, archive)
        for number in range(first, last):
            tell({"case": number})
            began = time.monotonic()
            try:
                kind = fuzz.run(number).kind
            except Exception as error:  # each is a finding
                where = traceback.extract_tb(error.__traceback__)[-1]
                cause = " ".join(f"{type(error).__name__}: {error}".split())[:200]
                tell({"wrong": f"{cause} ({Path(where.filename).name}:{where.lineno})", "case": number})
            else:
                tell({"kind": kind, "seconds": round(time.monotonic() - began, 2)})
        tell({"counts": dict(fuzz.counts)})


def _child(seed: int, first: int, last: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def tell(what: dict[str, Any]) -> None:
        print(json.dumps(what), flush=True)

    group(seed, first, last, tell)


def _parent(seed: int, first: int, cases: int) -> int:
    """Run all groups; the number of findings."""
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    longest, found = 0.0, 0
    at, end, began = first, first + cases, time.monotonic()
    while at < end:
        last = min(at + GROUP, end)
        command = [sys.executable, "-m", "benchmarks.fuzz", "--seed", str(seed), "--group", str(at), str(last)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ)
        assert child.stdout is not None
        for line in child.stdout:
            told = json.loads(line)
            at = told.get("case", at - 1) + 1
            if "wrong" in told:
                found += 1
                print(f"  case {told['case']}: {told['wrong']}", flush=True)
            kinds.update([told["kind"]] if "kind" in told else [])
            longest = max(longest, told.get("seconds", 0.0))
            counts.update(told.get("counts", {}))
        if (status := child.wait()) != 0:
            found += 1
            print(f"  case {at - 1}: the process ended with status {status}", flush=True)
        else:
            at = last
        print(f"  {at - first:,} of {cases:,} cases, {time.monotonic() - began:.0f} s", file=sys.stderr)
    made = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    print(f"Fuzz, seed {seed}, cases {first} to {end - 1}: {found} findings; the slowest took {longest:.1f} s")
    print(f"  {made}")
    print("  " + ", ".join(f"{counts[name]:,} {name}" for name in ("documents", "refused", "records")))
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--case", type=int, help="run this one alone, here")
    parser.add_argument("--group", type=int, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--corpora", type=Path, help="not used: all pages are made here")
    options = parser.parse_args()
    if options.group:
        _child(options.seed, *options.group)
    elif options.case is not None:
        with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.onrecord") as archive:
            made = Fuzz(options.seed, archive).run(options.case)
            print(f"{made.kind}: {len(made.data):,} bytes, nothing wrong")
    else:
        sys.exit(1 if _parent(options.seed, options.first, options.cases) else 0)


if __name__ == "__main__":
    main()
