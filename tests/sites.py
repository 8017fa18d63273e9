"""A web site on loopback that does what the tests tell it to, and remembers who asked for what."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Page = bytes | Callable[["Visit"], None]


class Visit(BaseHTTPRequestHandler):
    """One request, answered by what stands in the site's ``pages`` for its path."""

    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers.items())))
        page = self.server.pages.get(self.path)
        with suppress(OSError):
            if page is None:
                self.answer(404, b"nothing here")
            elif isinstance(page, bytes):
                self.answer(200, page)
            else:
                page(self)

    def do_POST(self) -> None:
        self.server.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(self.server.post_status, b"")

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send one answer; ``Retry_After="5"`` is a header."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Site(ThreadingHTTPServer):
    """The site. ``closing`` is set when it goes away, so that a page that hangs can end."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.posted: list[bytes] = []
        self.post_status = 200
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        """Its address, without a slash."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def handle_error(self, *_: object) -> None:
        """A visitor that hangs up is no error."""


@contextmanager
def open_site() -> Iterator[Site]:
    """A site for as long as the block lasts."""
    site = Site()
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield site
    finally:
        site.closing.set()
        site.shutdown()
        site.server_close()
