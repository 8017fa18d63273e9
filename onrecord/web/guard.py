"""What stands between the network and the pages: who may ask, how much, how often, and what a browser may do.

One ASGI layer around the whole application. A page of the archive is hostile text, and a browser that visits another
site may be made to ask this server; so:

- **host**: only names that this server was told are its own are answered (DNS rebinding);
- **body**: a request with more than ``MAX_BODY`` bytes is refused while it is read, whatever it declares;
- **rate**: a bucket a client, refilled steadily; writes have a smaller one;
- **browser**: a Content-Security-Policy without exceptions: no inline script, no inline style, nothing from elsewhere.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024  # a correction is a few hundred bytes; nothing larger is ever sent
MAX_PATH = 4096  # of path and query together; the longest search the forms can make is well below
CLIENTS = 4096  # buckets kept; the one longest unseen goes first

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # outlets learn nothing; "no-referrer" would make our own forms come from "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """A bucket that holds ``burst`` requests and regains ``each_second`` of them."""

    each_second: float
    burst: float


READS = Rate(each_second=50, burst=300)
WRITES = Rate(each_second=5, burst=60)  # a reviewer at the keyboard does two or three a second at most


class Buckets:
    """How many requests each client may still make."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take one; 0 if there was one, else the seconds until there will be."""
        now = self._clock()
        left, seen = self._left.pop(client, (self._rate.burst, now))
        left = min(self._rate.burst, left + (now - seen) * self._rate.each_second)
        taken = left >= 1
        self._left[client] = (left - 1 if taken else left, now)
        while len(self._left) > CLIENTS:
            self._left.popitem(last=False)
        return 0.0 if taken else (1 - left) / self._rate.each_second


class Guard:
    """The layer. ``hosts`` are the names, without port, that this server answers to."""

    def __init__(
        self, app: ASGIApp, *, hosts: frozenset[str], reads: Rate | None = READS, writes: Rate | None = WRITES
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._reads = Buckets(reads) if reads else None
        self._writes = Buckets(writes) if writes else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        body = _Body(receive)
        guarded = _with_headers(send)
        try:
            await self._app(scope, body, guarded)
        except BodyTooLarge:
            await _refused(scope, "The request is too large.", 413)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = dict(scope["headers"])
        if host_of(headers.get(b"host", b"").decode("latin-1")) not in self._hosts:
            return _refused(scope, "This server does not answer to that name.", 421)
        if len(scope["raw_path"]) + len(scope["query_string"]) > MAX_PATH:
            return _refused(scope, "The address is too long.", 414)
        declared = headers.get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > MAX_BODY:
            return _refused(scope, "The request is too large.", 413)
        buckets = self._reads if scope["method"] in ("GET", "HEAD") else self._writes
        client = scope["client"][0] if scope.get("client") else ""
        if buckets and (wait := buckets.wait(client)):
            return _refused(scope, "Too many requests.", 429, {"retry-after": str(int(wait) + 1)})
        return None


def _refused(scope: Scope, told: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """One line: to a program as the API's other errors, to anybody else as text."""
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": told}, status, headers)
    return PlainTextResponse(told, status, headers)


class BodyTooLarge(Exception):
    """More came than was allowed."""


class _Body:
    """``receive`` that counts. A body without a declared length is caught here."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._size = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._size += len(message.get("body", b""))
            if self._size > MAX_BODY:
                raise BodyTooLarge
        return message


def host_of(value: str) -> str:
    """The name in a Host header, without the port: ``[::1]:8321`` is ``::1``."""
    if value.startswith("["):
        return value[1:].partition("]")[0].lower()
    return value.rpartition(":")[0].lower() if value.count(":") == 1 else value.lower()


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            names = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *((n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in names),
            ]
        await send(message)

    return sending
