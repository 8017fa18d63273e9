"""A served archive and a real browser to look at it with: what the tests of the pages in Chromium share."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from archive_records import OTHER_TEXT, make

from onrecord import Archive
from onrecord.record import Outlet, Span, Where
from onrecord.web import create
from onrecord.web.keys import Keys

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install 'onrecord[dev]'")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here, and `make test` could not install one")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
OWN = ("http://127.0.0.1:", "data:")
TOKEN = "a token of the tests"
POST = Outlet("Belmark Post", "post.example", "BEL")


def fill(path: Path) -> None:
    """Two stories, one of them in two outlets, and one page that is nobody's copy."""
    first = make()
    where = Where("Kest", "BEL", 46.2, 6.1, Span(0, 8, first.page.text[:8]))
    with Archive(path) as archive:
        archive.add(replace(first, meetings=tuple(replace(meeting, where=where) for meeting in first.meetings)))
        archive.add(make(url="https://post.example/copy", outlet=POST, published="2026-03-03"))
        archive.add(
            make(a=("Belmark", "BEL"), b=("Ardania", "ARD"), person="Olof Reker", thing="old bridge", outlet=POST,
                 url="https://post.example/bridge", published="2026-03-04", template=OTHER_TEXT)
        )  # fmt: skip


class Site:
    """An archive served on a free port of this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        app = create(path, keys=Keys(TOKEN), reads=None, writes=None)
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listening]}, daemon=True)

    def __enter__(self) -> Site:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.listening.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser with a fresh profile."""
    with sync_api.sync_playwright() as playwright:
        profile = tmp_path_factory.mktemp("profile")
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=CHROMIUM, args=FLAGS, viewport={"width": 1280, "height": 900}
        )
        yield context
        context.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An archive that is only read."""
    path = tmp_path_factory.mktemp("site") / "archive.onrecord"
    fill(path)
    with Site(path) as served:
        yield served


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """An archive that a test writes to."""
    fill(tmp_path / "own.onrecord")
    with Site(tmp_path / "own.onrecord") as served:
        yield served


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A tab in which nothing may go wrong: no script error, no break of the policy, nothing asked of anybody else."""
    tab = browser.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    tab.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None)
    tab.on("request", lambda asked: None if asked.url.startswith(OWN) else wrong.append(asked.url))
    tab.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
    yield tab
    tab.close()
    assert wrong == []


def article(page: Any, site: Site) -> None:
    """Open the article of the first statement, by clicking."""
    page.goto(f"{site.base}/search?about=BEL&once=no")
    page.locator(".hit blockquote a").last.click()
    page.wait_for_selector("article.text")


def enter(page: Any, site: Site, back: str) -> None:
    """Come in as a reviewer, by the form."""
    page.goto(f"{site.base}/enter?back={quote(back, safe='')}#{TOKEN}")
    page.fill("input[name=name]", "Mira")
    page.press("input[name=name]", "Enter")
    page.wait_for_url(f"**{back}")


def mark(page: Any, words: str) -> None:
    """Mark words of the text, as the pointer does."""
    page.evaluate(
        """words => {
          const text = document.querySelector("[data-text]");
          const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          const places = [];
          while (nodes.nextNode()) {
            for (let n = 0; n < nodes.currentNode.length; n++) places.push([nodes.currentNode, n]);
          }
          const at = places.map(([node, n]) => node.data[n]).join("").indexOf(words);
          const [[start, from], [end, to]] = [places[at], places[at + words.length - 1]];
          getSelection().setBaseAndExtent(start, from, end, to + 1);
        }""",
        words,
    )
