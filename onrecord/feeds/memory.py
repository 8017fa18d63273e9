"""What watching remembers, in the archive: of each feed, when it is due and in which version it was seen; of each page,
that it was.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from onrecord.archive import Archive
from onrecord.feeds.listing import Entry
from onrecord.page import canonical_url

FEEDS, PAGES = "feeds", "feeds.pages"  # rooms of the archive's states
TRIES = 5  # of a page that cannot be had for now
CHANGES = 3  # times a page is read again because its feed says that it has changed
FIRST_PAUSE, LONGEST_PAUSE = 300.0, 21_600.0  # seconds until a feed that failed is asked again


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was last seen. ``due`` is when to ask it again, ISO in UTC; ``gone``: it will not come back."""

    url: str
    etag: str | None = None
    modified: str | None = None
    due: str = ""
    failures: int = 0
    error: str | None = None
    gone: bool = False

    def seen(self, etag: str | None, modified: str | None, *, every: float) -> Feed:
        """After it was had."""
        return Feed(self.url, etag or self.etag, modified or self.modified, _after(every))

    def failed(self, error: str, *, every: float, wait: float = 0.0) -> Feed:
        """After it could not be had: it is asked again later each time, but not later than a few hours on."""
        pause = max(min(FIRST_PAUSE * 2**self.failures, LONGEST_PAUSE, max(every, FIRST_PAUSE) * 8), wait)
        return replace(self, due=_after(pause), failures=self.failures + 1, error=error[:500])


class Memory:
    """Feeds and pages seen, kept in an archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def feed(self, url: str) -> Feed:
        """A feed, as it was last seen or new."""
        kept = self._archive.state(FEEDS, url)
        return Feed(url) if kept is None else Feed(**kept)

    def keep(self, feed: Feed) -> None:
        """Remember a feed."""
        self._archive.keep_state(FEEDS, feed.url, asdict(feed))

    def is_new(self, entry: Entry) -> bool:
        """Whether the page of an entry is to be fetched: never seen, changed since, or not to be had before."""
        kept = self._archive.state(PAGES, _key(entry.url))
        if kept is None:
            return True
        if kept["tries"]:
            return bool(kept["tries"] < TRIES)
        return bool(entry.updated and kept["updated"] and entry.updated > kept["updated"] and kept["times"] <= CHANGES)

    def page(self, entry: Entry, *, later: bool = False) -> None:
        """Remember that a page was seen; ``later``: that it could not be had for now."""
        kept = self._archive.state(PAGES, _key(entry.url)) or {"tries": 0, "times": 0}
        self._archive.keep_state(
            PAGES,
            _key(entry.url),
            {
                "at": now(),
                "updated": entry.updated,
                "tries": kept["tries"] + 1 if later else 0,
                "times": kept["times"] + (not later),
            },
        )


def now() -> str:
    """The present moment, ISO in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _after(seconds: float) -> str:
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _key(url: str) -> str:
    return blake2b(canonical_url(url).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
