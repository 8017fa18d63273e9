"""Fetching from many sites at once, and from each politely: one request at a time, with a pause, as it allows.

A site is a scheme, host and port. Its ``robots.txt`` is asked for first and kept for a day; where it cannot be had, for
another reason than that there is none, nothing of the site is fetched (RFC 9309). A site that answers that it is asked
too often, or that does not answer, is left alone for longer each time.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from onrecord.errors import FetchError
from onrecord.feeds.robots import EVERYTHING, MAX_BYTES, Robots, robots
from onrecord.fetch import Fetched, fetch

DELAY = 5.0  # seconds between two requests to one site, unless it asks for more
AT_ONCE = 8  # sites that are asked at the same time
ROBOTS_KEPT = 86_400.0  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 3_600.0  # seconds that a site is left alone: after one failure, after many
_BUSY = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Request:
    """A URL to fetch. ``tag`` is the asker's own; ``etag`` and ``modified`` name the version it has."""

    url: str
    tag: Any
    etag: str | None = None
    modified: str | None = None
    max_bytes: int = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request brought: bytes, or an error. ``refused``: the site's robots.txt does not allow it.

    ``later``: another try may bring it, after ``wait`` seconds if the site says so.
    """

    request: Request
    got: Fetched | None = None
    error: str = ""
    refused: bool = False
    later: bool = False
    status: int | None = None
    wait: float | None = None


@dataclass(slots=True)
class _Site:
    waiting: deque[Request] = field(default_factory=deque)
    busy: bool = False
    free_at: float = 0.0
    failures: int = 0
    robots: Robots | None = None
    robots_until: float = 0.0


class Sites:
    """All sites. ``ask`` puts a request in its site's line; ``answer`` brings what has come.

    ``delay`` is the least pause between two requests to one site, ``first_pause`` the one after a first failure,
    ``timeout`` what one fetch may take, all in seconds.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        delay: float = DELAY,
        first_pause: float = FIRST_PAUSE,
        timeout: float = 20.0,
    ) -> None:
        self._allow_private, self._delay, self._first_pause, self._timeout = allow_private, delay, first_pause, timeout
        self._clock = time.monotonic
        self._sites: dict[str, _Site] = {}
        self._done: queue.SimpleQueue[tuple[str, Answer, Robots | None]] = queue.SimpleQueue()
        self._asking = 0

    @property
    def pending(self) -> int:
        """Requests that have not been answered."""
        return self._asking + sum(len(site.waiting) for site in self._sites.values())

    def ask(self, request: Request) -> None:
        """Put a request in line."""
        self._sites.setdefault(_origin(request.url), _Site()).waiting.append(request)

    def answer(self, *, within: float) -> Answer | None:
        """The next answer; None if there is none ``within`` that many seconds."""
        until = self._clock() + within
        while True:
            wait = self._start(until)
            try:
                origin, answer, rules = self._done.get(timeout=max(0.0, wait))
            except queue.Empty:
                if self._clock() >= until:
                    return None
                continue
            self._settle(self._sites[origin], answer, rules)
            return answer

    def _start(self, until: float) -> float:
        """Start what may be started; the seconds until something else may be, or until ``until``."""
        now = self._clock()
        soonest = until
        for origin, site in self._sites.items():
            if site.busy or not site.waiting:
                continue
            if site.free_at > now:
                soonest = min(soonest, site.free_at)
            elif self._asking < AT_ONCE:
                site.busy = True
                self._asking += 1
                rules = site.robots if site.robots_until > now else None
                # A daemon: one that hangs in the system's look-up of a name must not keep the program from ending.
                threading.Thread(target=self._fetch, args=(origin, site.waiting.popleft(), rules), daemon=True).start()
        return soonest - now

    def _fetch(self, origin: str, request: Request, rules: Robots | None) -> None:
        """In a thread of its own: the rules if they are not known, then the page."""
        try:
            rules = rules or self._rules(origin)
            if not rules.allows(request.url):
                told = Answer(request, error=f"{request.url}: not allowed by the site's robots.txt", refused=True)
            else:
                told = Answer(request, self._get(request.url, request.max_bytes, request.etag, request.modified))
        except FetchError as error:
            later = error.status is None or error.status in _BUSY
            told = Answer(request, error=str(error), later=later, status=error.status, wait=error.wait)
        except Exception as error:  # a page must not end a run of days
            cause = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            told = Answer(request, error=f"{request.url}: not fetched ({cause})")
        self._done.put((origin, told, rules))

    def _rules(self, origin: str) -> Robots:
        try:
            return robots(self._get(f"{origin}/robots.txt", MAX_BYTES).data)
        except FetchError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status not in _BUSY:
                return EVERYTHING  # there are no rules
            raise

    def _get(self, url: str, max_bytes: int, etag: str | None = None, modified: str | None = None) -> Fetched:
        return fetch(
            url,
            allow_private=self._allow_private,
            timeout=self._timeout,
            max_bytes=max_bytes,
            etag=etag,
            modified=modified,
        )

    def _settle(self, site: _Site, answer: Answer, rules: Robots | None) -> None:
        """Note what an answer says about its site."""
        now = self._clock()
        self._asking -= 1
        site.busy = False
        if rules is not None and rules is not site.robots:
            site.robots, site.robots_until = rules, now + ROBOTS_KEPT
        pause = self._delay if rules is None else max(self._delay, rules.delay)
        if answer.later:
            site.failures += 1
            pause = max(pause, min(self._first_pause * 2 ** (site.failures - 1), LONGEST_PAUSE))
            pause = max(pause, min(answer.wait or 0.0, 24 * LONGEST_PAUSE))
        elif not answer.refused:
            site.failures = 0
        site.free_at = now + pause


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"
