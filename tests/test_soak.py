"""A watch over sites that misbehave in every way that we know, all at once and again and again.

A few seconds in `make test`; ``make soak`` runs it for ten minutes, watches memory and prints what came.
"""

from __future__ import annotations

import os
import resource
import threading
import time
from collections import Counter
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from harbour import BAD, GERMAN, WORDS
from sites import Visit, open_site
from test_watch import FEEDS, PAGES, feed, page, raw

from onrecord.archive import Archive, Query
from onrecord.batch.hand import Hand
from onrecord.feeds import Sites, Watch, memory
from onrecord.sources import Document

SECONDS = float(os.environ.get("ONRECORD_SOAK_SECONDS", "5"))
EACH = 4  # pages that a look at the good feed lists anew, one of them bad
GROWTH = 100_000_000  # bytes more at the end than after a third: caches, a feed at the size limit


def held() -> int:
    """Bytes of memory of its own; the archive's file, which is mapped and grows, is not in it."""
    resident, shared = Path("/proc/self/statm").read_text(encoding="ascii").split()[1:3]
    return (int(resident) - int(shared)) * resource.getpagesize()


def test_days_of_bad_sites_in_a_few_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(FEEDS) + len(PAGES) >= 20
    monkeypatch.setattr(memory, "FIRST_PAUSE", 0.2)
    monkeypatch.setattr(memory, "LONGEST_PAUSE", 2.0)
    told: Counter[str] = Counter()
    added: list[str] = []
    listed: list[str] = []
    stop = threading.Event()
    with ExitStack() as open_:
        # A page that hangs costs what a page may take; test_watch.py has it.
        good, bad = open_.enter_context(open_site()), cycle(PAGES[name] for name in PAGES if "hang" not in name)
        away = threading.Event()

        def lists(visit: Visit) -> None:
            """New pages at every look; now and then the site is away, and one time in five it is all in German."""
            if away.is_set():
                raw(b"")(visit)
                return
            n = len(listed) * EACH
            answer, _ = next(bad)
            good.pages[f"/bad{n}"] = answer or (lambda visit: visit.answer(404))
            good.pages[f"/foreign{n}"] = page(n, GERMAN * 4)
            new = [f"/{n + k}" for k in range(EACH - 2)]
            good.pages.update({path: page(int(path[1:])) for path in new})
            listed.extend(new)
            visit.answer(200, feed(f"/bad{n}", f"/foreign{n}", *new))

        good.pages["/feed"] = lists
        feeds = [f"{good.url}/feed"]
        for answer, _ in FEEDS.values():
            site = open_.enter_context(open_site())
            site.pages = {} if answer is None else {"/feed": answer}
            feeds.append(f"{site.url}/feed")
        archive = open_.enter_context(Archive(tmp_path / "a.onrecord"))
        hand = Hand(page_seconds=60, program=BAD)
        open_.callback(hand.close)
        hand.code(Document("first", WORDS.format(n=0), "text"))  # it loads what it needs
        watch = Watch(
            archive,
            Sites(allow_private=True, delay=0.0, first_pause=0.1, timeout=2.0),
            hand,
            every=0.3,
            tell=lambda line: told.update([line.split(" ")[0]]),
            added=lambda record: added.append(record.page.source),
        )
        memories: list[int] = []
        began = time.monotonic()

        def silent() -> set[str]:
            return set(feeds[1:]) - {source.rstrip(":") for source in told}

        def turn() -> None:
            gone = time.monotonic() - began
            memories.append(held())
            away.clear() if int(gone) % 5 < 3 else away.set()
            enough = gone > SECONDS and len(listed) >= 3 * (EACH - 2) and not silent()
            if enough and set(listed) <= {one.removeprefix(good.url) for one in added}:
                stop.set()
            elif enough:  # no more is listed; what is, is still read
                good.pages["/feed"] = feed(*listed)
            if gone > 2 * SECONDS + 120:  # it fails below
                stop.set()

        watch.run(feeds, stop=stop, turn=turn)
        assert sorted(added) == sorted(f"{good.url}{path}" for path in listed) != []
        assert not silent(), "a bad feed was passed over in silence"
        assert all("\n" not in line for line in told)
        # A few seconds among three thousand other tests tell nothing of a leak: they leave garbage of their own.
        assert SECONDS < 60 or max(memories[len(memories) // 3 :]) - memories[len(memories) // 3] < GROWTH
        assert len(archive.pages(Query(once=False), limit=10_000).rows) == len(added)
    print(f"\nSoak: {time.monotonic() - began:.0f} s, {len(feeds)} feeds, {len(FEEDS)} ways of a bad feed and", end=" ")
    print(f"{len(PAGES)} of a bad page; {watch.tally.line()}; {sum(told.values()):,} complaints;", end=" ")
    print(f"{memories[len(memories) // 3] / 1e6:.0f} MB after a third, {memories[-1] / 1e6:.0f} at the end")
