"""The web page under load: 50 readers clicking and one writer adding, over a million statements, on loopback.

    python -m benchmarks.web [--archive work/million.onrecord] [--minutes 6] [--requests 36000]

The archive is that of ``benchmarks.archive``, which makes it; the writer adds pages to it. The server is ``onrecord
serve`` as anybody starts it, its limits of rate included; every reader comes from an address of its own (127.0.0.2 and
on), keeps one connection, and draws from ``MIX``. Two parts:

1. *Clicks.* 50 readers, each thinking for 5 seconds on average between two clicks (exponentially), for some minutes:
   ten clicks a second in all. The writer adds a page every two seconds. Timed from the request to the last byte of the
   answer. Aims: 95% under 200 ms, no error (whatever is not 200, or takes over 30 seconds).
2. *An hour's worth.* As many requests as part 1 makes in an hour (36,000), without thinking, by eight readers at a
   time, the writer going on. Aim: memory flat. Told is the server's own memory (RssAnon: the pages of the file that the
   system keeps mapped are not in it) at a tenth, a half and the end.

Client, writer and server share the machine; its load average is told before and after. Both parts are bounded, and
nothing but 127.0.0.0/8 is asked.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.archive import STATEMENTS_A_PAGE, World, _record
from onrecord.archive import Archive
from onrecord.record import Record

READERS = 50
THINK = 5.0  # seconds between two clicks of a reader, on average
AT_ONCE = 8  # readers of the second part
EVERY = 2.0  # seconds between two pages that the writer adds
AIM = 200.0  # milliseconds
PATIENCE = 30.0  # seconds that a reader waits


@dataclass
class Library:
    """What the readers know of the archive: words, countries, people; days, pages and ways on that a look gave."""

    world: World
    chance: random.Random
    first: date = date.min
    last: date = date.max
    pages: list[str] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)
    following: list[str] = field(default_factory=list)

    def word(self) -> str:
        """A word to search for: mostly of middling rank, as people do; one in ten is common, one in ten rare."""
        told = self.chance.random()
        low, high = (5, 60) if told < 0.1 else (5_000, 40_000) if told > 0.9 else (100, 3_000)
        return self.world.words[self.chance.randrange(low, high)]

    def country(self) -> str:
        """A country, the common ones more often."""
        return self.chance.choices(self.world.places, cum_weights=self.world.place_weights)[0]

    def actor(self) -> str:
        """An actor's id, one who is often a party more often."""
        return self.any(self.actors)

    def day(self) -> str:
        """A day of the last two years of what is here."""
        days = min(730, (self.last - self.first).days)
        return (self.last - timedelta(days=self.chance.randint(0, days))).isoformat()

    def month(self) -> str:
        """A month of them."""
        return self.day()[:7]

    def any(self, of: list[str]) -> str:
        """One of those."""
        return self.chance.choice(of)


def _to(path: str, **told: str) -> str:
    return f"{path}?{urlencode(told)}"


def _page(id_: str) -> str:
    return quote(id_, safe="")


# How often beside the others, what, and its address.
MIX: tuple[tuple[int, str, Callable[[Library], str]], ...] = (
    (10, "front page", lambda at: "/"),
    (3, "an earlier week", lambda at: _to("/", on=at.day())),
    (10, "search, a word", lambda at: _to("/search", text=at.word())),
    (4, "search, two words", lambda at: _to("/search", text=f"{at.word()} {at.word()}")),
    (8, "search, a country", lambda at: _to("/search", who=at.country())),
    (5, "search, who about whom", lambda at: _to("/search", who=at.country(), about=at.country())),
    (4, "search, events", lambda at: _to("/search", kind="events", who=at.country(), to=at.country())),
    (3, "search, a month", lambda at: _to("/search", kind="commitments", since=at.month(), until=at.month())),
    (4, "search, further", lambda at: at.any(at.following)),
    (16, "article", lambda at: f"/pages/{_page(at.any(at.pages))}"),
    (2, "actors", lambda at: "/actors"),
    (2, "actors, a name", lambda at: _to("/actors", text=at.word())),
    (8, "actor", lambda at: f"/actors/{_page(at.actor())}"),
    (3, "pairs", lambda at: _to("/pairs", since=at.month())),
    (6, "pair", lambda at: _to("/pair", a=at.country(), b=at.country())),
    (3, "topic", lambda at: _to("/topic", text=at.word())),
    (2, "a speaker's words", lambda at: _to("/words", who=at.actor())),
    (4, "warnings", lambda at: "/warnings"),
    (2, "calendar", lambda at: "/calendar"),
    (3, "stories", lambda at: "/stories"),
    (2, "story", lambda at: f"/stories/{_page(at.any(at.stories))}"),
    (1, "outlets", lambda at: "/outlets"),
    (1, "review", lambda at: "/review"),
    (1, "docs", lambda at: "/docs"),
    (4, "API, search", lambda at: _to("/api/v1/search", who=at.country(), since=at.month())),
    (2, "API, record", lambda at: f"/api/v1/pages/{_page(at.any(at.pages))}"),
    (1, "API, pair", lambda at: _to("/api/v1/pair", a=at.country(), b=at.country(), by="week", since=at.month())),
    (2, "feed", lambda at: _to("/feed", text=at.word())),
    (1, "CSV of 200", lambda at: _to("/search", who=at.country(), format="csv", limit="200")),
)


class Told:
    """What the answers were."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = defaultdict(list)
        self.errors: Counter[str] = Counter()

    def add(self, name: str, took: float, status: str) -> None:
        """One answer: its kind, milliseconds, status or what went wrong."""
        self.took[name].append(took)
        if status != "200":
            self.errors[f"{name}: {status}"] += 1

    def show(self) -> None:
        """The figures, the slowest kinds first."""
        every = sorted(each for times in self.took.values() for each in times)
        if not every:
            print("  nothing was asked")
            return
        under = sum(each < AIM for each in every) / len(every)
        print(f"  {len(every):,} answers: median {statistics.median(every):.0f} ms,", end=" ")
        print(f"95% under {_share(every, 0.95):.0f} ms (aim {AIM:.0f}), 99% under {_share(every, 0.99):.0f};", end=" ")
        print(f"{under:.1%} under {AIM:.0f} ms; {sum(self.errors.values())} errors")
        for error, count in self.errors.most_common(5):
            print(f"    {count} x {error}")
        print(f"    {'':24}{'answers':>8}{'median':>8}{'95%':>8}{'worst':>8}")
        for name, times in sorted(self.took.items(), key=lambda each: -_share(sorted(each[1]), 0.95)):
            told = sorted(times)
            print(f"    {name:24}{len(told):8}{statistics.median(told):8.0f}{_share(told, 0.95):8.0f}{told[-1]:8.0f}")


def _share(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Reader:
    """One connection from one address of this machine."""

    def __init__(self, number: int, port: int) -> None:
        self._own = f"127.0.0.{number + 2}"
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, address: str) -> tuple[str, bytes]:
        """Status and body; in place of the status what went wrong.

        A kept connection that the server closed while nobody asked is opened anew, as browsers do.
        """
        kept = self._streams is not None
        for fresh in (False, True) if kept else (True,):
            try:
                return await asyncio.wait_for(self._get(address), PATIENCE)
            except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
                await self.close()
                silent = isinstance(error, ConnectionError) or getattr(error, "partial", None) == b""
                if fresh or not silent:
                    return type(error).__name__, b""
        raise AssertionError

    async def _get(self, address: str) -> tuple[str, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, local_addr=(self._own, 0))
        incoming, outgoing = self._streams
        outgoing.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = (await incoming.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"\r\ncontent-length: (\d+)", head)
        body = await incoming.readexactly(int(length[1])) if length else b""
        return head.split(" ", 2)[1], body

    async def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            with contextlib.suppress(OSError):
                await self._streams[1].wait_closed()
            self._streams = None


async def look_round(library: Library, port: int) -> None:
    """What the readers learn before anything is timed."""
    reader = Reader(0, port)

    async def found_by(**told: str) -> dict[str, Any]:
        status, body = await reader.get(_to("/api/v1/search", **told))
        if status != "200":
            raise SystemExit(f"the server does not answer: {status} {body[:200]!r}")
        found: dict[str, Any] = json.loads(body)
        return found

    first, last = [
        (await found_by(order=order, limit="1", since="1000-01-01"))["hits"][0]["day"]  # some pages have no day
        for order in ("oldest", "newest")
    ]
    library.first, library.last = date.fromisoformat(first), date.fromisoformat(last)
    for _ in range(12):
        month = library.month()
        found = await found_by(since=month, until=month, limit="50")
        library.pages += [hit["page"]["id"] for hit in found["hits"]]
        library.stories += [hit["page"]["story"] for hit in found["hits"]]
        library.actors += [name["id"] for hit in found["hits"] for name in hit["card"]["who"] if name["id"]]
        library.following += [found["next"]] if found["next"] else []
    await reader.close()


def click(library: Library) -> tuple[str, str]:
    """What one click asks: its kind and its address."""
    _, name, to = library.chance.choices(MIX, weights=[weight for weight, _, _ in MIX])[0]
    return name, to(library)


async def clicking(library: Library, port: int, seconds: float, told: Told) -> None:
    """Readers who think between two clicks."""
    end = time.monotonic() + seconds

    async def one(number: int) -> None:
        reader = Reader(number, port)
        while (pause := library.chance.expovariate(1 / THINK)) + time.monotonic() < end:
            await asyncio.sleep(pause)
            await _ask(reader, library, told)
        await reader.close()

    await asyncio.gather(*(one(number) for number in range(READERS)))


async def rushing(library: Library, port: int, requests: int, told: Told, every: Callable[[int], None]) -> None:
    """So many requests by a few readers who do not think."""
    left = iter(range(requests))

    async def one(number: int) -> None:
        reader = Reader(number, port)
        for done in left:
            await _ask(reader, library, told)
            every(done)
        await reader.close()

    await asyncio.gather(*(one(number) for number in range(AT_ONCE)))


async def _ask(reader: Reader, library: Library, told: Told) -> None:
    name, address = click(library)
    began = time.perf_counter()
    status, _ = await reader.get(address)
    told.add(name, (time.perf_counter() - began) * 1000, status)


@contextmanager
def serving(archive: Path) -> Iterator[tuple[int, int]]:
    """``onrecord serve`` in a process of its own: its port and its process id."""
    command = [sys.executable, "-m", "onrecord", "serve", "--archive", str(archive), "--port", "0"]
    with (
        tempfile.NamedTemporaryFile("r") as told,  # a pipe that nobody reads would fill, and stop the server
        Path(told.name).open("w") as log,
        subprocess.Popen(command, stderr=log) as server,
    ):
        try:
            while "Ctrl-C" not in (line := Path(told.name).read_text()):
                if server.poll() is not None:
                    raise SystemExit(f"the server did not start: {line}")
                time.sleep(0.1)
            port = re.search(r"127\.0\.0\.1:(\d+)", line)
            assert port is not None, line
            yield int(port[1]), server.pid
        finally:
            server.terminate()


@contextmanager
def writing(archive: Path) -> Iterator[subprocess.Popen[str]]:
    """The writer in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.web", "--archive", str(archive), "--write"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        try:
            yield writer
        finally:
            writer.terminate()


def write(archive: Path) -> None:
    """Add a page of today every two seconds until ended, telling the milliseconds of each."""
    with Archive(archive) as opened:
        for record in _of_today():
            began = time.perf_counter()
            opened.add(record)
            took = time.perf_counter() - began
            print(f"{took * 1000:.0f}", flush=True)
            time.sleep(max(0.0, EVERY - took))


def _of_today() -> Iterator[Record]:
    """Synthetic records, published today, at addresses of this run."""
    world = World(time.time_ns() % 10_000)
    today, run = date.today(), int(hashlib.sha256(str(time.time_ns()).encode()).hexdigest()[:12], 16)
    for n in range(10**9):
        paragraphs = [world.sentence(world.chance.randint(18, 50)) for _ in range(STATEMENTS_A_PAGE)]
        yield _record(world, run + n, paragraphs, today)


def memory(process: int) -> float:
    """The memory that is a process's own, in MB."""
    told = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"RssAnon:\s+(\d+) kB", told)
    return int(found[1]) / 1000 if found else 0.0


def load() -> str:
    """The load average of the machine."""
    return " ".join(f"{each:.1f}" for each in os.getloadavg())


def run(archive: Path, minutes: float, requests: int) -> None:
    """Both parts."""
    library = Library(World(7), random.Random(11))
    print(f"{os.cpu_count()} cores, load average {load()} before; {archive.stat().st_size / 1e6:,.0f} MB")
    with serving(archive) as (port, server), writing(archive) as writer:
        asyncio.run(look_round(library, port))
        started = memory(server)
        if minutes:
            told = Told()
            asyncio.run(clicking(library, port, minutes * 60, told))
            print(f"{READERS} readers, a click every {THINK:.0f} s each on average, for {minutes:g} minutes;", end=" ")
            print(f"load average {load()} after")
            told.show()
        if requests:
            told, sizes = Told(), [started]

            def every(done: int) -> None:
                if done % 500 == 0:
                    sizes.append(memory(server))
                    print(f"  {done:,} of {requests:,}, {sizes[-1]:.0f} MB", file=sys.stderr)

            began = time.monotonic()
            asyncio.run(rushing(library, port, requests, told, every))
            took = time.monotonic() - began
            print(
                f"{requests:,} requests, {AT_ONCE} at a time, in {took:.0f} s ({requests / took:.0f} a second);",
                end=" ",
            )
            print(f"load average {load()} after")
            told.show()
            sizes.append(memory(server))
            tenth, half = sizes[max(1, len(sizes) // 10)], sizes[len(sizes) // 2]
            print(f"  the server's own memory: {started:.0f} MB at first, {tenth:.0f} after a tenth,", end=" ")
            print(f"{half:.0f} after half, {sizes[-1]:.0f} at the end: {sizes[-1] - tenth:+.0f} MB since the tenth")
        writer.terminate()
        added = [int(line) for line in writer.stdout or [] if line.strip().isdigit()]
    if added:
        print(f"the writer added {len(added)} pages, a median of {statistics.median(added):.0f} ms each")


def main() -> None:
    """Run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, default=Path("work/million.onrecord"))
    parser.add_argument("--corpora", type=Path, help="not needed; taken because all benchmarks are given it")
    parser.add_argument("--minutes", type=float, default=6, help="of the first part")
    parser.add_argument("--requests", type=int, default=36_000, help="of the second part")
    parser.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(options.archive)
    elif not options.archive.exists():
        raise SystemExit(f"{options.archive}: not there; python -m benchmarks.archive makes it")
    else:
        run(options.archive, options.minutes, options.requests)


if __name__ == "__main__":
    main()
