"""Many hands: documents in, their outcomes out in the same order."""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType

from onrecord.batch.hand import PAGE_SECONDS, PROGRAM, Hand
from onrecord.batch.lots import Broken, End, Item, Part, Step
from onrecord.batch.outcome import Outcome
from onrecord.sources import Document

AHEAD = 512  # documents given out or waiting their turn, while the one before them is not done
AHEAD_BYTES = 64_000_000
_UNEVEN = 8  # documents more than the idlest hand has, up to which a document goes where its likes went
_PARAGRAPH = re.compile(rb"<p[^>]*>([^<]+)")


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one document of a part."""

    part: Part
    outcome: Outcome


class Pool:
    """``workers`` hands. Close it, or use it in a ``with``: it owns processes."""

    def __init__(self, workers: int, *, page_seconds: float = PAGE_SECONDS, program: Sequence[str] = PROGRAM) -> None:
        self._hands = [Hand(page_seconds=page_seconds, program=program) for _ in range(workers)]
        self._threads = [ThreadPoolExecutor(1, thread_name_prefix="hand") for _ in self._hands]
        self._given = [0] * workers

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for hand in self._hands:
            hand.close()
        for thread in self._threads:
            thread.shutdown(cancel_futures=True)

    def fingerprint(self) -> str:
        """The fingerprint of the hands' readers. Raises ReaderError where none can be loaded."""
        return self._threads[0].submit(self._hands[0].start).result()

    def outcomes(self, steps: Iterable[Step]) -> Iterator[Done | End | Broken]:
        """What becomes of each document, in order; ends of parts pass through in their places."""
        waiting: deque[tuple[Step, Future[Outcome] | None, int]] = deque()
        held = 0
        for step in steps:
            size = 0
            future = None
            if isinstance(step, Item) and isinstance(step.document, Document):
                size = len(step.document.data)
                future = self._give(step.document)
            waiting.append((step, future, size))
            held += size
            while waiting and (len(waiting) > AHEAD or held > AHEAD_BYTES or _ready(waiting[0][1])):
                held -= waiting[0][2]
                yield _resolved(*waiting.popleft()[:2])
        while waiting:
            yield _resolved(*waiting.popleft()[:2])

    def _give(self, document: Document) -> Future[Outcome]:
        """Give a document to a hand: to the one that had its likes, which has seen its words, unless that is busy."""
        at = likeness(document) % len(self._hands)
        idlest = min(range(len(self._hands)), key=self._given.__getitem__)
        if self._given[at] > self._given[idlest] + _UNEVEN:
            at = idlest
        self._given[at] += 1
        future = self._threads[at].submit(self._hands[at].code, document)
        future.add_done_callback(lambda _: self._taken(at))
        return future

    def _taken(self, at: int) -> None:
        self._given[at] -= 1  # called in the hand's own thread, one at a time


def likeness(document: Document) -> int:
    """A number that copies of one text on different sites mostly share: a checksum of the longest paragraph."""
    data = document.data.encode("utf-8", "replace") if isinstance(document.data, str) else document.data
    found = _PARAGRAPH.findall(data) or data.split(b"\n")
    return zlib.crc32(max(found, key=len).strip())


def _ready(future: Future[Outcome] | None) -> bool:
    return future is None or future.done()


def _resolved(step: Step, future: Future[Outcome] | None) -> Done | End | Broken:
    if not isinstance(step, Item):
        return step
    if future is not None:
        return Done(step.part, future.result())
    assert not isinstance(step.document, Document)
    return Done(step.part, step.document)
