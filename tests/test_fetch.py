"""Fetching, from a server on this machine and with look-ups answered by the test: nothing goes out."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.errors import FetchError, SourceError
from onrecord.fetch import MAX_REDIRECTS, fetch, is_public

PAGE = b"<html><body><p>A page.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        path = self.path.split("?", 1)[0]
        if path == "/page":
            self.answer(200, PAGE, {"Content-Type": "text/html; charset=utf-8"})
        elif path == "/host":
            self.answer(200, (self.headers["Host"] or "").encode(), {})
        elif path == "/gzip":
            self.answer(200, gzip.compress(PAGE), {"Content-Encoding": "gzip"})
        elif path == "/bomb":
            self.answer(200, gzip.compress(b"a" * 5_000_000), {"Content-Encoding": "gzip"})
        elif path == "/large":
            self.answer(200, b"a" * 200_000, {})
        elif path == "/to-page":
            self.answer(302, b"", {"Location": "/page"})
        elif path == "/to-file":
            self.answer(302, b"", {"Location": "file:///etc/passwd"})
        elif path == "/to-inside":
            self.answer(302, b"", {"Location": "http://inside.example/page"})
        elif path == "/loop":
            self.answer(302, b"", {"Location": "/loop"})
        elif path == "/drip":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                for _ in range(100):
                    self.wfile.write(b"a")
                    time.sleep(0.05)
        elif path == "/short":
            self.answer(200, b"abc", {"Content-Length": "100"})
        else:
            self.answer(404, b"", {})

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    running.server_close()


def test_a_page(server: str) -> None:
    got = fetch(f"{server}/page", allow_private=True)
    assert (got.data, got.url, got.content_type) == (PAGE, f"{server}/page", "text/html; charset=utf-8")


def test_gzip_is_unpacked(server: str) -> None:
    assert fetch(f"{server}/gzip", allow_private=True).data == PAGE


def test_a_redirect_gives_the_url_it_leads_to(server: str) -> None:
    assert fetch(f"{server}/to-page", allow_private=True).url == f"{server}/page"


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("/missing", "answered 404"),
        ("/loop", f"more than {MAX_REDIRECTS} redirects"),
        ("/to-file", "only http and https"),
        ("/large", "larger than 100,000 bytes"),
        ("/bomb", "larger than 100,000 bytes when unpacked"),
        ("/short", "cannot be fetched|cut off"),
    ],
)
def test_refused(server: str, path: str, cause: str) -> None:
    with pytest.raises(FetchError, match=cause) as caught:
        fetch(f"{server}{path}", allow_private=True, max_bytes=100_000)
    assert str(caught.value).startswith(f"{server}{path}: ") and "\n" not in str(caught.value)


def test_a_server_that_drips_is_cut_off_in_time(server: str) -> None:
    started = time.monotonic()
    with pytest.raises(FetchError, match="in time"):
        fetch(f"{server}/drip", allow_private=True, timeout=0.4)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "url", ["ftp://example.org/a", "file:///etc/passwd", "gopher://x/", "javascript:alert(1)", "x"]
)
def test_other_schemes(url: str) -> None:
    with pytest.raises(SourceError, match="only http and https"):
        fetch(url)


@pytest.mark.parametrize("url", ["http://", "http:///path", "http://[::1", "http://example.org:99999/"])
def test_what_is_no_url(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url)


def test_this_machine_is_not_fetched_unless_allowed(server: str) -> None:
    with pytest.raises(FetchError, match="private or reserved address"):
        fetch(f"{server}/page")


def looked_up(monkeypatch: pytest.MonkeyPatch, **hosts: list[str]) -> None:
    """Answer look-ups of these hosts (``_`` for ``.``) with these addresses, all others with 127.0.0.1."""
    names = {name.replace("_", "."): addresses for name, addresses in hosts.items()}

    def answer(host: str, port: int, *_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        addresses = names.get(host, ["127.0.0.1"])
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def test_every_address_of_a_host_must_be_public(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up(monkeypatch, two_example=["93.184.216.34", "10.0.0.1"])
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        fetch("http://two.example/")


def test_a_redirect_is_checked_again(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(server.rsplit(":", 1)[1])
    looked_up(monkeypatch, outside_example=["127.0.0.1"], inside_example=["10.0.0.1"])
    monkeypatch.setattr("onrecord.fetch.is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(FetchError, match=r"inside\.example has a private"):
        fetch(f"http://outside.example:{port}/to-inside")


def test_the_connection_goes_to_the_address_that_was_checked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(server.rsplit(":", 1)[1])
    lookups: list[str] = []

    def answer(host: str, port: int, *_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        lookups.append(host)
        address = "127.0.0.1" if len(lookups) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    connect = socket.create_connection
    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setattr("onrecord.fetch.is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(socket, "create_connection", lambda where, timeout: _to_literal(connect, where, timeout))
    assert fetch(f"http://rebinding.example:{port}/host").data == f"rebinding.example:{port}".encode()
    assert lookups == ["rebinding.example"]


def _to_literal(connect: object, where: tuple[str, int], timeout: float) -> socket.socket:
    """A connection without look-up, which fails where a name was given instead of an address."""
    raw = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    raw.settimeout(timeout)
    socket.inet_aton(where[0])
    raw.connect(where)
    return raw


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "240.0.0.1"),
        *("100.64.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0", "not an address"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


def test_an_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchError, match=r"unknown host nowhere\.example"):
        fetch("http://nowhere.example/")


def test_a_closed_port() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)
