"""A stream of pages: what copies save, what two processes do at once, and whether memory stays flat.

    python -m benchmarks.stream [copies] [pair] [memory] [--articles N] [--rounds N] [--pages N]

**Copies.** Two streams take turns, page by page: one of articles that are all different,
one of which ``SHARE`` are copies, word for word, of its earlier ones at other addresses; the two have no article in
common. What is compared is characters read in a second of the processor. With other furniture around it, or one
changed paragraph, a copy saves less: of it only the unchanged windows are known.

**Pair.** One process alone and two at once, each on pages of its own, in turns. By the wall, so the machine must have
two idle cores; beside it by processor time: what two processes take from each other (cache, memory, clock).

**Memory.** What one process holds as it reads pages, the corpus over and over, every time with other words (a number
put into each paragraph), so that no page, window or word is remembered by chance.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from benchmarks.speed import articles
from onrecord import jsonl
from onrecord.page import article_page
from onrecord.read import read
from onrecord.reader import Reader
from onrecord.record import Page
from onrecord.remembered import Remembered

PARTS = ("copies", "pair", "memory")
SHARE = 0.6
"""Of copies in the stream that has some."""

WANTED_OF_COPIES, WANTED_OF_TWO, WANTED_MEMORY = 2.2, 1.85, 700
LOOKS = 20  # at the memory
WARMING = 30  # articles, in no stream: the first ones pay for tables, patterns and memory


class Desk:
    """A reader and what it remembers, as ``read_many`` and a batch have them, past what the first pages cost."""

    def __init__(self, warming: Iterable[Page], *, reader: Reader | None = None) -> None:
        self._reader, self._remembered = reader or Reader(), Remembered()
        for page in warming:
            self.work(page)

    def work(self, page: Page) -> None:
        """The whole job: from the article's text to JSON."""
        again = article_page({"text": page.text, "url": page.url}, source=page.source)
        jsonl.line(read(again, self._reader, remembered=self._remembered))


def timed(desk: Desk, pages: Iterable[Page]) -> tuple[float, float]:
    """Seconds of the processor and of the wall that a desk needs for pages."""
    processor, wall = time.process_time(), time.perf_counter()
    for page in pages:
        desk.work(page)
    return time.process_time() - processor, time.perf_counter() - wall


def with_copies(originals: Sequence[Page]) -> list[Page]:
    """A stream of these pages and of their copies, in an order drawn once; a copy comes after its original."""
    draw = random.Random(1)
    count = round(len(originals) / (1 - SHARE))
    stream, waiting = [originals[0]], list(originals[1:])
    while len(stream) < count:
        left = count - len(stream)
        if draw.random() < len(waiting) / left:
            stream.append(waiting.pop(0))
        else:
            copied = draw.choice(originals[: len(originals) - len(waiting)])
            stream.append(replace(copied, url=f"https://mirror{len(stream)}.example/a", source=f"copy:{len(stream)}"))
    return stream


def copies(pages: Sequence[Page], count: int) -> None:
    """Print how much faster a stream with copies is read than one without."""
    mixed = with_copies(pages[: round(count * (1 - SHARE))])
    different = pages[-len(mixed) - WARMING : -WARMING]
    reader = Reader()  # one for both, who have no article in common: a second session in a process is slower
    some, none = (Desk(pages[-WARMING:], reader=reader) for _ in range(2))
    took_some = took_none = 0.0
    for one, other in zip(mixed, different, strict=True):
        took_some += timed(some, [one])[0]
        took_none += timed(none, [other])[0]
    with_some, without = (
        sum(len(page.text) for page in stream) / took / 1000
        for stream, took in ((mixed, took_some), (different, took_none))
    )
    print(f"Copies: {SHARE:.0%} of {len(mixed)} pages, beside {len(different)} that are all different, one thread")
    print(f"  {with_some:.1f} against {without:.1f} thousand characters a second", end="")
    print(f": {with_some / without:.2f} times   (wanted: {WANTED_OF_COPIES})")


def _worker(pages: Sequence[Page], ready: Barrier, found: SimpleQueue[tuple[float, float]]) -> None:
    """One process: it begins when all are ready."""
    desk = Desk(pages[-WARMING:])
    ready.wait()
    found.put(timed(desk, pages[:-WARMING]))


def pair(pages: Sequence[Page], rounds: int) -> None:
    """Print how much two processes do beside one alone."""
    context = multiprocessing.get_context("spawn")
    alone: list[tuple[float, float]] = []
    together: list[tuple[float, float]] = []
    halves = [[*pages[k:-WARMING:2], *pages[-WARMING:]] for k in (0, 1)]
    for number in range(rounds):
        # Alone, the halves take turns: they need not be of one length.
        for sides, into in ((halves[number % 2 : number % 2 + 1], alone), (halves, together)):
            barrier = context.Barrier(len(sides))
            queue: SimpleQueue[tuple[float, float]] = context.SimpleQueue()
            running = [context.Process(target=_worker, args=(side, barrier, queue)) for side in sides]
            for process in running:
                process.start()
            into.extend(queue.get() for _ in running)
            for process in running:
                process.join()
    by_processor, by_wall = (
        2 * (sum(one[k] for one in alone) / len(alone)) / (sum(one[k] for one in together) / len(together))
        for k in (0, 1)
    )
    busy = sum(wall - processor for processor, wall in (*alone, *together)) / sum(
        wall for _, wall in (*alone, *together)
    )
    print(f"Two processes on {os.cpu_count()} cores, {(len(pages) - WARMING) // 2} articles each, {rounds} rounds")
    print(
        f"  {by_wall:.2f} times one by the wall   (wanted: {WANTED_OF_TWO}); {by_processor:.2f} by processor time;",
        end="",
    )
    print(f" {busy:.1%} of the time was spent waiting for other work on the machine")


def memory(pages: Sequence[Page], count: int) -> None:
    """Print a process's memory as it reads ``count`` pages."""
    desk = Desk(())
    print("Memory of one process")
    held: list[int] = []
    for number in range(1, count + 1):
        page = pages[number % len(pages)]
        changed = f" No. {number}.\n".join(page.text.split("\n")) if number > len(pages) else page.text
        desk.work(replace(page, text=changed))
        if number % max(1, count // LOOKS) == 0:
            pages_of_memory = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            held.append(pages_of_memory * resource.getpagesize() // 1_000_000)
            print(f"  {number:7,} pages  {held[-1]:5} MB", flush=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000
    growth = held[-1] - held[len(held) // 2]
    print(f"  at most {most:.0f} MB over {count:,} pages   (wanted: {WANTED_MEMORY})", end="")
    print(f"; {growth:+} MB in the second half")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="*", default=PARTS)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--articles", type=int, default=400, help="of a stream, and for the two processes")
    parser.add_argument("--rounds", type=int, default=4, help="of one process alone and two at once; even")
    parser.add_argument("--pages", type=int, default=3_000, help="through one process, for its memory")
    options = parser.parse_args()
    pages = articles(options.corpora, 899)
    if "copies" in options.part:
        copies(pages, options.articles)
    if "pair" in options.part:
        pair(pages[: options.articles // 2 + WARMING], options.rounds)
    if "memory" in options.part:
        memory(pages, options.pages)


if __name__ == "__main__":
    main()
