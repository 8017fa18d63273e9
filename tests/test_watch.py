"""Watching feeds of a site that misbehaves: what goes wrong is told in a line, the rest is read, nothing is lost."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("pyarrow")

from harbour import BAD, GERMAN, WORDS
from sites import Site, Visit, open_site

from onrecord.archive import Archive
from onrecord.batch.hand import Hand
from onrecord.cli import main
from onrecord.errors import FeedError
from onrecord.feeds import Sites, Watch
from onrecord.feeds.listing import MAX_BYTES
from onrecord.feeds.memory import CHANGES, TRIES, Memory
from onrecord.feeds.robots import LONGEST, robots


@pytest.fixture(scope="module")
def hand() -> Iterator[Hand]:
    hand = Hand(page_seconds=5, program=BAD)
    yield hand
    hand.close()


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as site:
        yield site


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "a.onrecord") as archive:
        yield archive


def page(n: int, words: str = WORDS) -> bytes:
    text = words.format(n=n)
    return f"<html><body><h1>Pier {n} to reopen</h1><p>{text}</p><p>{text}</p></body></html>".encode()


def feed(*links: str, more: str = "") -> bytes:
    items = "".join(f"<item><title>A pier</title><link>{link}</link>{more}</item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


class Watcher:
    """Watches as the command does, with short pauses, and keeps what was told."""

    def __init__(self, archive: Archive, hand: Hand) -> None:
        self.archive, self.hand = archive, hand
        self.told: list[str] = []
        self.added: list[str] = []

    def look(self, *feeds: str, **options: Any) -> Watch:
        """Look at the feeds once."""
        sites = Sites(allow_private=True, delay=0.0, first_pause=0.0, timeout=options.pop("timeout", 3.0))
        watch = Watch(
            self.archive, sites, self.hand, tell=self.told.append, added=lambda one: self.added.append(one.page.source)
        )
        watch.run(feeds, stop=threading.Event(), once=True)
        return watch


@pytest.fixture
def watcher(archive: Archive, hand: Hand) -> Watcher:
    return Watcher(archive, hand)


def test_what_is_new_is_read_once(site: Site, watcher: Watcher) -> None:
    site.pages = {"/feed": feed("/1", "/2", "/1"), "/1": page(1), "/2": page(2)}
    watcher.look(f"{site.url}/feed")
    assert watcher.added == [f"{site.url}/1", f"{site.url}/2"]
    assert site.paths() == ["/feed", "/1", "/2"]
    site.pages["/feed"] = feed("/3?utm_source=rss", "/2", "/1#top")
    site.pages["/3?utm_source=rss"] = page(3)
    watcher.look(f"{site.url}/feed")
    assert site.paths()[3:] == ["/feed", "/3?utm_source=rss"]
    assert watcher.told == []
    record = watcher.archive.record(watcher.archive.pages().rows[0].id)
    assert record is not None and record.page.fetched is not None


def test_an_unchanged_feed_is_not_sent_again(site: Site, watcher: Watcher) -> None:
    def conditional(visit: Visit) -> None:
        if visit.headers["If-None-Match"] == '"v1"':
            assert visit.headers["If-Modified-Since"] == "Mon, 02 Mar 2026 09:00:00 GMT"
            visit.answer(304)
        else:
            visit.answer(200, feed("/1"), ETag='"v1"', Last_Modified="Mon, 02 Mar 2026 09:00:00 GMT")

    site.pages = {"/feed": conditional, "/1": page(1)}
    watcher.look(f"{site.url}/feed")
    assert watcher.look(f"{site.url}/feed").tally.counts["unchanged"] == 1
    assert watcher.told == [] and site.paths() == ["/feed", "/1", "/feed"]


def test_lists_of_feeds_are_followed_and_their_circles_are_not(site: Site, watcher: Watcher, tmp_path: Path) -> None:
    index = f"<sitemapindex><sitemap><loc>{site.url}/map</loc></sitemap></sitemapindex>".encode()
    outlines = "".join(f'<outline xmlUrl="{site.url}/{name}"/>' for name in ("index", "opml", "feed"))
    site.pages = {
        "/opml": f"<opml><body>{outlines}</body></opml>".encode(),
        "/index": index,
        "/map": f"<urlset><url><loc>{site.url}/1</loc></url></urlset>".encode(),
        "/feed": feed("/2"),
        "/1": page(1),
        "/2": page(2),
        "/3": page(3),
    }
    watcher.look(f"{site.url}/opml")
    assert sorted(site.paths()) == ["/1", "/2", "/feed", "/index", "/map", "/opml"]
    (tmp_path / "pages.txt").write_text(f"{site.url}/3\n", encoding="utf-8")
    watcher.look(str(tmp_path / "pages.txt"))
    assert watcher.added[-1] == f"{site.url}/3"
    with pytest.raises(FeedError, match="no such file"):
        watcher.look(str(tmp_path / "none.opml"))


# --- a site that misbehaves ------------------------------------------------------------------------------------------


def drip(visit: Visit) -> None:
    visit.send_response(200)
    visit.end_headers()
    while not visit.server.closing.wait(0.05):
        visit.wfile.write(b" ")


def hang(visit: Visit) -> None:
    visit.server.closing.wait(30)


def endless_headers(visit: Visit) -> None:
    visit.send_response(200)
    while not visit.server.closing.is_set():
        visit.wfile.write(b"X-More: and more\r\n" * 100)


def endless_chunks(visit: Visit) -> None:
    visit.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not visit.server.closing.wait(0.01):
        visit.wfile.write(b"10\r\n" + b" " * 16 + b"\r\n")


def raw(data: bytes) -> Callable[[Visit], None]:
    return lambda visit: (visit.wfile.write(data), None)[1]


def says(status: int, body: bytes = b"", **headers: str) -> Callable[[Visit], None]:
    return lambda visit: visit.answer(status, body, **headers)


BOMB = gzip.compress(b" " * (MAX_BYTES + 1))

FEEDS: dict[str, tuple[bytes | Callable[[Visit], None] | None, str]] = {
    "missing": (None, "answered 404"),
    "gone": (says(410), "answered 410"),
    "forbidden": (says(403), "answered 403"),
    "broken": (says(500), "answered 500"),
    "busy": (says(503, Retry_After="1"), "answered 503"),
    "asked too often": (says(429, Retry_After="Mon, 02 Mar 2026 09:00:00 GMT"), "answered 429"),
    "bad retry": (says(503, Retry_After="soon"), "answered 503"),
    "hangs up": (raw(b""), "cannot be fetched"),
    "no http": (raw(b"\x00\x01 nothing\r\n\r\n"), "cannot be fetched"),
    "wrong version": (raw(b"HTTP/9.9 abc\r\n\r\n"), "cannot be fetched"),
    "drips": (drip, "in time"),
    "hangs": (hang, "in time"),
    "endless headers": (endless_headers, "cannot be fetched"),
    "endless chunks": (endless_chunks, "in time"),
    "cut off": (says(200, feed("/x"), Content_Length="9999"), "cut off"),
    "wrong chunks": (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "cannot be fetched"),
    "too large": (says(200, b" " * (MAX_BYTES + 1)), "larger than"),
    "bomb": (says(200, BOMB, Content_Encoding="gzip"), "when unpacked"),
    "bomb in itself": (BOMB, "when unpacked"),
    "not packed": (says(200, b"plain", Content_Encoding="gzip"), "damaged gzip"),
    "packed oddly": (says(200, b"x", Content_Encoding="zstd"), "not asked for"),
    "a page": (b"<html><body>Log in</body></html>", "root is <html>"),
    "nothing": (b"", "empty"),
    "json": (b"{}", "neither XML nor a list"),
    "junk": (bytes(range(256)), "not a feed"),
    "attributes": (b"<rss " + b" ".join(b"a%d='x'" % n for n in range(9_000)) + b">", "too many attributes"),
    "circle": (says(302, Location="/feed"), "redirects"),
    "to a file": (says(302, Location="file:///etc/passwd"), "only http and https"),
    "to nowhere": (says(301, Location="http://127.0.0.1:1/"), "cannot be fetched"),
    "to no address": (says(302, Location="http://[::bad"), "feed"),
}


@pytest.mark.parametrize("name", FEEDS)
def test_a_bad_feed_costs_itself(name: str, site: Site, watcher: Watcher) -> None:
    answer, cause = FEEDS[name]
    site.pages = {"/good": feed("/1"), "/1": page(1)}
    if answer is not None:
        site.pages["/feed"] = answer
    watcher.look(f"{site.url}/feed", f"{site.url}/good", timeout=1.0)
    assert watcher.added == [f"{site.url}/1"]
    (told,) = watcher.told
    assert cause in told and told.startswith(f"{site.url}/feed") and "\n" not in told
    kept = Memory(watcher.archive).feed(f"{site.url}/feed")
    assert kept.gone == (name == "gone") and (kept.gone or kept.failures == 1) and kept.error == told


PAGES: dict[str, tuple[bytes | Callable[[Visit], None] | None, str]] = {
    "missing": (None, "answered 404"),
    "refused": (says(402), "answered 402"),
    "a document": (b"%PDF-1.7 ...", "a PDF"),
    "a picture": (b"\x89PNG", "an image"),
    "empty": (b"", "empty"),
    "nothing to read": (b"<html><body><script>document.write('x')</script></body></html>", "no readable text"),
    "nested": (b"<html><body>" + b"<div>" * 5_000 + page(1), "nested too deep"),
    "hanging the reader": (page(1, WORDS + "PLEASE HANG"), "did not come to an end"),
    "killing the reader": (page(1, WORDS + "PLEASE CRASH"), "died (SIGSEGV)"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_bad_page_costs_itself(name: str, site: Site, watcher: Watcher) -> None:
    answer, cause = PAGES[name]
    site.pages = {"/feed": feed("/bad", "/1"), "/1": page(1)}
    if answer is not None:
        site.pages["/bad"] = answer
    watcher.look(f"{site.url}/feed")
    assert watcher.added == [f"{site.url}/1"]
    (told,) = watcher.told
    assert cause in told and told.startswith(f"{site.url}/bad: ") and "\n" not in told
    watcher.look(f"{site.url}/feed")
    assert site.paths().count("/bad") == 1  # it will not get better


def test_another_language_is_counted(site: Site, watcher: Watcher) -> None:
    site.pages = {"/feed": feed("/1"), "/1": page(1, GERMAN * 4)}
    assert watcher.look(f"{site.url}/feed").tally.counts["foreign"] == 1
    assert watcher.added == [] and watcher.told == []


def test_a_page_that_cannot_be_had_for_now_is_tried_again_a_few_times(site: Site, watcher: Watcher) -> None:
    site.pages = {"/feed": feed("/1", "/2"), "/1": says(503), "/2": page(2)}
    for _ in range(TRIES + 2):
        watcher.look(f"{site.url}/feed")
    assert site.paths().count("/1") == TRIES
    assert site.paths().count("/2") == 1
    site.pages = {"/feed": feed("/3"), "/3": says(500)}
    watcher.look(f"{site.url}/feed")
    site.pages["/3"] = page(3)
    watcher.look(f"{site.url}/feed")
    assert watcher.added == [f"{site.url}/2", f"{site.url}/3"]


def test_a_page_that_its_feed_says_has_changed_is_read_again(site: Site, watcher: Watcher) -> None:
    for day in range(1, CHANGES + 4):
        stamp = f"<updated>2026-03-{day:02}T10:00:00Z</updated>"
        site.pages = {"/feed": feed("/1", more=stamp), "/1": page(1, WORDS + f"Day {day}.")}
        watcher.look(f"{site.url}/feed")
        watcher.look(f"{site.url}/feed")
    assert site.paths().count("/1") == CHANGES + 1  # a feed whose every look is a change is not believed for ever
    assert len(watcher.archive.versions(watcher.archive.pages().rows[0].id)) == CHANGES + 1


def test_two_addresses_that_lead_to_one_page(site: Site, watcher: Watcher) -> None:
    site.pages = {"/feed": feed("/1", "/go?to=1"), "/1": page(1), "/go?to=1": says(302, Location="/1")}
    assert watcher.look(f"{site.url}/feed").tally.counts["known"] == 1
    assert watcher.added == [f"{site.url}/1"]


# --- manners ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "fetched"),
    [
        (b"User-agent: *\nDisallow: /private", ["/feed", "/open"]),
        (b"User-agent: onrecord\nDisallow: /open\n\nUser-agent: *\nDisallow: /", ["/feed", "/private"]),
        (b"User-agent: *\nDisallow: /", []),
        (b"\xff\xfe not rules \x00" * 50, ["/feed", "/open", "/private"]),
        (b"User-agent: *\nDisallow:", ["/feed", "/open", "/private"]),
        (says(404), ["/feed", "/open", "/private"]),
        (says(403), ["/feed", "/open", "/private"]),
        (says(500), []),
        (raw(b""), []),
    ],
)
def test_robots(rules: bytes | Callable[[Visit], None], fetched: list[str], site: Site, watcher: Watcher) -> None:
    site.pages = {"/robots.txt": rules, "/feed": feed("/open", "/private"), "/open": page(1), "/private": page(2)}
    watcher.look(f"{site.url}/feed")
    assert site.paths() == fetched
    assert all("User-Agent" in headers and "onrecord" in headers["User-Agent"] for _, headers in site.asked)


def test_robots_are_asked_for_once(site: Site, watcher: Watcher) -> None:
    site.pages = {"/robots.txt": b"", "/feed": feed("/1", "/2"), "/1": page(1), "/2": page(2)}
    watcher.look(f"{site.url}/feed")
    assert [path for path, _ in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(("told", "delay"), [("3", 3.0), ("999999", LONGEST), ("-1", 0.0), ("soon", 0.0), ("nan", 0.0)])
def test_the_pause_that_a_site_asks_for(told: str, delay: float) -> None:
    assert robots(f"User-agent: *\nCrawl-delay: {told}\nDisallow: /x\n".encode()).delay == delay


def test_a_site_is_asked_one_request_at_a_time_and_sites_together(watcher: Watcher) -> None:
    with open_site() as one, open_site() as other:
        inside: dict[int, int] = {id(one): 0, id(other): 0}
        most = [0, 0]
        both = threading.Barrier(2)

        def slowly(visit: Visit) -> None:
            inside[id(visit.server)] += 1
            most[0] = max(most[0], *inside.values())
            most[1] = max(most[1], sum(inside.values()))
            if visit.path == "/1":  # each site's first page waits for the other's
                both.wait(timeout=20)
            time.sleep(0.02)
            inside[id(visit.server)] -= 1
            visit.answer(200, page(int(visit.path[1:])))

        for site in (one, other):
            site.pages = {"/feed": feed("/1", "/2", "/3"), **{f"/{n}": slowly for n in (1, 2, 3)}}
        watcher.look(f"{one.url}/feed", f"{other.url}/feed", timeout=30.0)
        assert most == [1, 2]
        assert len(watcher.added) + watcher.look().tally.counts["known"] == 6


def test_a_site_that_fails_is_left_alone(site: Site) -> None:
    from onrecord.feeds.sites import Request

    sites = Sites(allow_private=True, delay=0.0, first_pause=3_600.0, timeout=3.0)
    site.pages = {"/robots.txt": b"", "/1": says(503), "/2": page(2)}
    for path in ("/1", "/2"):
        sites.ask(Request(f"{site.url}{path}", None))
    first = sites.answer(within=10)
    assert first is not None and first.later and first.status == 503
    assert sites.answer(within=0.2) is None
    assert site.paths() == ["/1"] and sites.pending == 1


def test_a_feed_that_fails_is_due_later_and_later(site: Site, watcher: Watcher) -> None:
    memory = Memory(watcher.archive)
    dues = []
    for _ in range(3):
        watcher.look(f"{site.url}/feed")
        dues.append(memory.feed(f"{site.url}/feed").due)
    assert dues == sorted(dues) and memory.feed(f"{site.url}/feed").failures == 3
    site.pages["/feed"] = feed()
    watcher.look(f"{site.url}/feed")
    assert memory.feed(f"{site.url}/feed").failures == 0


def test_the_network_goes_and_comes_back(watcher: Watcher) -> None:
    with open_site() as site:
        url = site.url
    watcher.look(f"{url}/feed")
    assert len(watcher.told) == 1 and Memory(watcher.archive).feed(f"{url}/feed").failures == 1
    with open_site() as site:
        site.pages = {"/feed": feed("/1"), "/1": page(1)}
        watcher.look(f"{site.url}/feed")
    assert len(watcher.added) == 1


# --- stopping --------------------------------------------------------------------------------------------------------


def test_it_stops_when_told_whatever_is_going_on(site: Site, watcher: Watcher) -> None:
    stop = threading.Event()
    hanging = threading.Event()

    def hangs(visit: Visit) -> None:
        hanging.set()
        hang(visit)

    site.pages = {"/feed": hangs}
    sites = Sites(allow_private=True, timeout=60.0)
    watch = Watch(watcher.archive, sites, watcher.hand)
    thread = threading.Thread(target=watch.run, args=([f"{site.url}/feed"],), kwargs={"stop": stop}, daemon=True)
    thread.start()
    assert hanging.wait(20)
    stop.set()
    thread.join(20)
    assert not thread.is_alive()


def test_a_page_that_was_being_read_when_it_stopped_is_not_lost(site: Site, archive: Archive) -> None:
    hand = Hand(page_seconds=60, program=BAD)
    hand.start()
    stop = threading.Event()
    site.pages = {"/feed": feed("/1"), "/1": page(1, WORDS + "PLEASE HANG")}
    watch = Watch(archive, Sites(allow_private=True, delay=0.0), hand)
    thread = threading.Thread(target=watch.run, args=([f"{site.url}/feed"],), kwargs={"stop": stop}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while "/1" not in site.paths() and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.3)
    stop.set()
    hand.close()
    thread.join(20)
    assert not thread.is_alive()
    site.pages["/1"] = page(1)
    again = Watcher(archive, Hand(program=BAD))
    again.look(f"{site.url}/feed")
    again.hand.close()
    assert again.added == [f"{site.url}/1"]


def test_the_command(site: Site, tmp_path: Path) -> None:
    site.pages = {"/feed": feed("/1", "/2"), "/1": page(1)}
    path = tmp_path / "b.onrecord"
    command = ["watch", f"{site.url}/feed", "--archive", str(path), "--once", "--delay", "0s", "--allow-private"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert f"{site.url}/2: the server answered 404" in result.stderr
    assert "1 added" in result.stderr
    with Archive(path, read_only=True) as archive:
        assert len(archive.pages().rows) == 1
    assert CliRunner().invoke(main, ["watch", f"{site.url}/feed", "--every", "often"]).exit_code == 2
