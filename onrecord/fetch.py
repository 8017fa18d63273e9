"""A URL -> bytes, safely: which schemes, which addresses, how much, how long, how many redirects.

Whoever gives a URL may be wrong or hostile, and the machine that fetches may stand inside a network that outsiders must
not reach through it. So only http and https are spoken; every address a host resolves to must be public; the connection
goes to the very address that was checked (a second look-up could answer otherwise); each redirect starts from the
beginning.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from onrecord.errors import FetchError

TIMEOUT = 20.0  # seconds for the whole fetch, redirects included
MAX_BYTES = 20 * 1024 * 1024  # as received, and again when unpacked
MAX_REDIRECTS = 5

_USER_AGENT = "onrecord (reads news pages; one request at a time)"
_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: the bytes (unpacked), the URL they came from after redirects, and the declared type.

    ``etag`` and ``modified`` are what the server calls this version of it; ``unchanged``: it is the version that was
    asked about, and no bytes came.
    """

    data: bytes
    url: str
    content_type: str | None
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    timeout: float = TIMEOUT,
    max_bytes: int = MAX_BYTES,
    etag: str | None = None,
    modified: str | None = None,
) -> Fetched:
    """Fetch a URL. Raises FetchError, one line that names the URL and the cause.

    ``allow_private`` admits private and loopback addresses, for pages on one's own machine or network. ``etag`` and
    ``modified`` name the version that is here already: an unchanged page is not sent again.
    """
    known = {"If-None-Match": etag, "If-Modified-Since": modified}
    deadline = time.monotonic() + timeout
    at = url
    for _ in range(MAX_REDIRECTS + 1):
        answer = _one(at, known, allow_private=allow_private, deadline=deadline, max_bytes=max_bytes, asked=url)
        if isinstance(answer, Fetched):
            return answer
        at = answer
    raise FetchError(f"{url}: more than {MAX_REDIRECTS} redirects")


def _one(
    url: str, known: Mapping[str, str | None], *, allow_private: bool, deadline: float, max_bytes: int, asked: str
) -> Fetched | str:
    """One request: what it brought, or the URL it redirects to."""
    parts, host, port = _parsed(url, asked=asked)
    address = _address(host, port, allow_private=allow_private, asked=asked)
    try:
        with _connected(parts.scheme, host, port, address, deadline=deadline) as connection:
            connection.request("GET", _target(parts), headers=_headers(host, port, parts.scheme, known))
            response = connection.getresponse()
            location = response.getheader("Location")
            if response.status in _REDIRECTS and location:
                return urljoin(url, location.strip())
            etag, modified = response.getheader("ETag"), response.getheader("Last-Modified")
            if response.status == 304 and any(known.values()):
                return Fetched(b"", url, None, etag, modified, unchanged=True)
            if response.status != 200:
                raise FetchError(
                    f"{asked}: the server answered {response.status} {response.reason:.60}".rstrip(),
                    status=response.status,
                    wait=_seconds(response.getheader("Retry-After")),
                )
            data = _body(response, deadline=deadline, max_bytes=max_bytes, asked=asked)
            packed = (response.getheader("Content-Encoding") or "").strip().lower()
            return Fetched(
                data=_unpacked(data, packed, max_bytes=max_bytes, asked=asked),
                url=url,
                content_type=response.getheader("Content-Type"),
                etag=etag,
                modified=modified,
            )
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= deadline:
            raise FetchError(f"{asked}: no answer in time") from None
        raise FetchError(f"{asked}: cannot be fetched ({_reason(error)})") from None


def _parsed(url: str, *, asked: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url.strip())
        host = (
            (parts.hostname or "").encode("idna").decode("ascii") if not _is_ascii(parts.hostname) else parts.hostname
        )
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except (ValueError, UnicodeError):
        raise FetchError(f"{asked}: not a URL") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"{asked}: only http and https are fetched, not {parts.scheme or 'this'}")
    if not host:
        raise FetchError(f"{asked}: no host in this URL")
    return parts, host, port


def _is_ascii(host: str | None) -> bool:
    return host is None or host.isascii()


def _address(host: str, port: int, *, allow_private: bool, asked: str) -> tuple[int, str]:
    """Family and address to connect to. Every address of the host must be allowed, not only the one used."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(f"{asked}: unknown host {host}") from None
    addresses = [(int(family), str(where[0])) for family, _, _, _, where in found]
    for _, address in addresses:
        if not allow_private and not is_public(address):
            raise FetchError(f"{asked}: {host} has a private or reserved address ({address}), which is not fetched")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it is wrapped into an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _nat64(ip)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (
        ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved or ip.is_unspecified
    )


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside 64:ff9b::/96, by which a translating network reaches it."""
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in ipaddress.ip_network("64:ff9b::/96") else None


@contextmanager
def _connected(
    scheme: str, host: str, port: int, address: tuple[int, str], *, deadline: float
) -> Iterator[http.client.HTTPConnection]:
    """A connection to exactly this address, cut at the deadline whatever the other side does."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    raw = socket.create_connection((address[1], port), timeout=left)
    # A timeout on the socket starts anew with every byte; the timer ends a server that drips.
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), _cut, args=(raw,))
    timer.daemon = True
    timer.start()
    sock = raw
    try:
        if scheme == "https":
            sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        connection = http.client.HTTPConnection(host, port)
        connection.sock = sock
        yield connection
    finally:
        timer.cancel()
        sock.close()
        raw.close()


def _cut(raw: socket.socket) -> None:
    try:
        raw.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # closed already


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{path}?{query}" if query else path


def _headers(host: str, port: int, scheme: str, known: Mapping[str, str | None]) -> dict[str, str]:
    shown = f"[{host}]" if ":" in host else host
    usual = (scheme, port) in (("http", 80), ("https", 443))
    return {
        "Host": shown if usual else f"{shown}:{port}",
        "User-Agent": _USER_AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **{name: value for name, value in known.items() if value and value.isprintable() and value.isascii()},
    }


def _seconds(retry_after: str | None) -> float | None:
    """The seconds that a Retry-After asks for, which is a number of them or a moment."""
    if retry_after is None:
        return None
    try:
        if retry_after.strip().isdigit():
            return float(retry_after)
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _body(response: http.client.HTTPResponse, *, deadline: float, max_bytes: int, asked: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        if size > max_bytes:
            raise FetchError(f"{asked}: larger than {max_bytes:,} bytes")
        parts.append(chunk)
    if time.monotonic() >= deadline:  # a connection cut at the deadline looks like one that has ended
        raise FetchError(f"{asked}: not complete in time")
    if response.length:
        raise FetchError(f"{asked}: cut off after {size:,} bytes")
    return b"".join(parts)


def _unpacked(data: bytes, packed: str, *, max_bytes: int, asked: str) -> bytes:
    if packed in ("", "identity"):
        return data
    windows = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}.get(packed)
    if windows is None:
        raise FetchError(f"{asked}: packed in a way that was not asked for ({packed:.40})")
    for bits in windows:  # what servers call deflate comes with the zlib header or without it
        stream = zlib.decompressobj(wbits=bits)
        try:
            plain = stream.decompress(data, max_bytes + 1)
        except zlib.error:
            continue
        if len(plain) > max_bytes:
            raise FetchError(f"{asked}: larger than {max_bytes:,} bytes when unpacked")
        return plain
    raise FetchError(f"{asked}: damaged {packed} data")


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate not trusted: {error.verify_message}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return " ".join(str(error).split())[:120] or type(error).__name__
