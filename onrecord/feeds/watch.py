"""Watching: feeds are asked when they are due, the new pages they list are fetched and read, records go to the archive.

One loop, which nothing but being told to stop ends. Whatever a feed, a page or the network does is told in one line and
remembered, and tried again later where that may help.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from onrecord.archive import Archive
from onrecord.batch.hand import Hand
from onrecord.batch.outcome import Coded, Skipped
from onrecord.batch.tables import records
from onrecord.errors import FeedError, ReaderError
from onrecord.feeds.listing import MAX_BYTES, Entry, Listing, listing
from onrecord.feeds.memory import Feed, Memory, now
from onrecord.feeds.sites import Answer, Request, Sites
from onrecord.record import Record
from onrecord.sources import Document

EVERY = 900.0  # seconds between two looks at a feed
DEPTH = 2  # feeds within feeds: an OPML list of sitemap indexes of sitemaps
MAX_FEEDS = 10_000
_TURN = 0.5  # seconds after which a stop is noticed, at the latest


@dataclass(slots=True)
class Tally:
    """What a watch has done so far."""

    counts: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        """As one line for people."""
        names = ("feeds", "unchanged", "pages", "added", "known", "foreign", "failed")
        return ", ".join(f"{self.counts[name]:,} {name}" for name in names)


class Watch:
    """Watches feeds for an archive. ``hand`` reads the pages; ``added`` is called with each record that is new.

    ``every`` is the seconds between two looks at a feed; ``tell`` gets a line for each thing that went wrong.
    """

    def __init__(
        self,
        archive: Archive,
        sites: Sites,
        hand: Hand,
        *,
        every: float = EVERY,
        tell: Callable[[str], None] = lambda _: None,
        added: Callable[[Record], None] = lambda _: None,
    ) -> None:
        self._archive, self._sites, self._hand = archive, sites, hand
        self._memory = Memory(archive)
        self._every, self._tell, self._added = every, tell, added
        self._feeds: dict[str, Feed] = {}
        self._depth: dict[str, int] = {}  # how many listings led to a feed
        self._stop = Event()
        self._asked: set[str] = set()  # feeds and pages that are waited for
        self._looked: set[str] = set()  # feeds that have been looked at in this run
        self.tally = Tally()

    def run(
        self, feeds: Iterable[str], *, stop: Event, once: bool = False, turn: Callable[[], None] = lambda: None
    ) -> None:
        """Watch until ``stop`` is set; ``once``: until every feed was looked at and what it lists was dealt with.

        ``turn`` is called about twice a second. Raises ArchiveError where the archive can no longer be written.
        """
        self._stop = stop
        for feed in feeds:
            self._take(feed)
        while not stop.is_set():
            self._ask_what_is_due(once=once)
            answer = self._sites.answer(within=_TURN)
            if answer is not None:
                self._deal_with(answer)
            turn()
            if once and answer is None and not self._asked:
                return

    def _take(self, feed: str) -> None:
        """A feed as it was given: an address, or a file that holds a list of them or of pages."""
        if feed.lower().startswith(("http://", "https://")):
            self._follow(feed, depth=0)
            return
        try:
            found = listing(Path(feed).read_bytes(), url=feed)
        except OSError as error:
            raise FeedError(f"{feed}: {(error.strerror or str(error)).lower()}") from None
        self._take_listing(found, depth=0)

    def _follow(self, url: str, *, depth: int) -> None:
        if url not in self._feeds and len(self._feeds) < MAX_FEEDS:
            self._feeds[url] = self._memory.feed(url)
            self._depth[url] = depth

    def _ask_what_is_due(self, *, once: bool) -> None:
        moment = now()
        for url, feed in self._feeds.items():
            if url in self._asked or feed.gone or (once and url in self._looked):
                continue
            if once or feed.due <= moment:
                self._asked.add(url)
                self._looked.add(url)
                self._sites.ask(Request(url, feed, feed.etag, feed.modified, MAX_BYTES))

    def _deal_with(self, answer: Answer) -> None:
        self._asked.discard(answer.request.url)
        if isinstance(answer.request.tag, Feed):
            self._deal_with_feed(answer, answer.request.tag)
        else:
            self._deal_with_page(answer, answer.request.tag)

    # --- feeds

    def _deal_with_feed(self, answer: Answer, feed: Feed) -> None:
        self.tally.counts["feeds"] += 1
        try:
            if answer.got is None:
                raise FeedError(answer.error)
            if answer.got.unchanged:
                self.tally.counts["unchanged"] += 1
            else:
                # Addresses in it are relative to where it came from; it is remembered by where it was asked for.
                self._take_listing(listing(answer.got.data, url=answer.got.url), depth=self._depth[feed.url])
            self._keep_feed(feed.seen(answer.got.etag, answer.got.modified, every=self._every))
        except FeedError as error:
            self._fail(str(error))
            failed = feed.failed(str(error), every=self._every, wait=answer.wait or 0.0)
            self._keep_feed(failed if answer.status != 410 else Feed(feed.url, gone=True, error=str(error)))

    def _keep_feed(self, feed: Feed) -> None:
        self._feeds[feed.url] = feed
        self._memory.keep(feed)

    def _take_listing(self, found: Listing, *, depth: int) -> None:
        for url in found.feeds:
            if depth < DEPTH:
                self._follow(url, depth=depth + 1)
        for entry in found.entries:
            if entry.url not in self._asked and self._memory.is_new(entry):
                self._asked.add(entry.url)
                self._sites.ask(Request(entry.url, entry))

    # --- pages

    def _deal_with_page(self, answer: Answer, entry: Entry) -> None:
        self.tally.counts["pages"] += 1
        if answer.got is None:
            self._fail(answer.error)
            self._memory.page(entry, later=answer.later)
            return
        arrived = replace(entry, url=answer.got.url)
        if arrived.url != entry.url and not self._memory.is_new(arrived):
            self.tally.counts["known"] += 1  # it leads to a page that was read already
            self._memory.page(entry)
            return
        plain = (answer.got.content_type or "").startswith("text/plain")
        document = Document(
            entry.url,
            answer.got.data,
            "text" if plain else None,
            answer.got.url,
            entry.title,
            entry.published,
            datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        )
        try:
            outcome = self._hand.code(document)
        except ReaderError as error:  # the machine has no room for a process now
            self._fail(f"{entry.url}: {error}")
            self._memory.page(entry, later=True)
            return
        if isinstance(outcome, Coded):
            (record,) = records(outcome.rows)
            self._keep(record)
        elif isinstance(outcome, Skipped):
            self.tally.counts["foreign"] += 1
        elif self._stop.is_set():
            return  # it was not the page's fault
        else:
            self._fail(outcome.error)
        self._memory.page(entry)
        if arrived.url != entry.url:
            self._memory.page(arrived)

    def _keep(self, record: Record) -> None:
        if self._archive.add(record) in ("added", "version"):
            self.tally.counts["added"] += 1
            self._added(record)
        else:
            self.tally.counts["known"] += 1

    def _fail(self, error: str) -> None:
        self.tally.counts["failed"] += 1
        self._tell(error)
