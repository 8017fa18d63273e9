"""The layer around the application, asked as a server would ask it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from onrecord.web.guard import HEADERS, MAX_BODY, Buckets, Guard, Rate, host_of
from onrecord.web.keys import COOKIE, Keys, from_elsewhere

OWN = frozenset({"127.0.0.1", "localhost"})


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(f"{len(body)} bytes")(scope, receive, send)


def scope(method: str = "GET", path: str = "/", query: str = "", **headers: str) -> Scope:
    told = {"host": "127.0.0.1:8321", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in told.items()], "client": ("127.0.0.1", 9),
        "scheme": "http", "server": ("127.0.0.1", 8321), "http_version": "1.1",
    }  # fmt: skip


def ask(guard: Guard, asked: Scope, chunks: Iterable[bytes] = (b"",)) -> tuple[int, dict[str, str]]:
    """Status and headers of the answer."""
    told: list[Message] = []
    parts = list(chunks)

    async def receive() -> Message:
        body = parts.pop(0) if parts else b""
        return {"type": "http.request", "body": body, "more_body": bool(parts)}

    async def send(message: Message) -> None:
        told.append(message)

    asyncio.run(guard(asked, receive, send))
    headers = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return told[0]["status"], headers


def test_every_answer_carries_the_policy() -> None:
    guard = Guard(_echo, hosts=OWN)
    for asked in (scope(), scope(host="evil.example")):
        _, headers = ask(guard, asked)
        assert {name: headers.get(name) for name in HEADERS} == HEADERS
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "http" not in policy


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8321", 200), ("localhost", 200), ("LOCALHOST:1", 200),
        ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("", 421), ("localhost@evil.example:80", 421),
    ],
)  # fmt: skip
def test_only_its_own_names_are_answered(host: str, status: int) -> None:
    assert ask(Guard(_echo, hosts=OWN), scope(host=host))[0] == status


def test_the_name_in_a_host_header() -> None:
    assert [host_of(host) for host in ("[::1]:80", "[::1]", "a:80", "A", "::1")] == ["::1", "::1", "a", "a", "::1"]


def test_a_body_too_large_is_refused_declared_or_not() -> None:
    guard = Guard(_echo, hosts=OWN)
    assert ask(guard, scope("POST", content_length=str(MAX_BODY + 1)))[0] == 413
    assert ask(guard, scope("POST", content_length="-1"))[0] == 413
    assert ask(guard, scope("POST"), [b"x" * 1000] * 100)[0] == 413
    assert ask(guard, scope("POST"), [b"x" * 1000] * 10)[0] == 200


def test_an_endless_address_is_refused() -> None:
    assert ask(Guard(_echo, hosts=OWN), scope(query="text=" + "a" * 5000))[0] == 414


def test_a_bucket_empties_and_fills() -> None:
    now = [0.0]
    buckets = Buckets(Rate(each_second=2, burst=3), clock=lambda: now[0])
    assert [buckets.wait("a") for _ in range(3)] == [0, 0, 0]
    assert buckets.wait("a") == pytest.approx(0.5)
    assert buckets.wait("b") == 0
    now[0] = 0.5
    assert buckets.wait("a") == 0


def test_too_many_requests_are_told_when_to_come_again() -> None:
    guard = Guard(_echo, hosts=OWN, reads=Rate(each_second=0.1, burst=2), writes=Rate(each_second=0.1, burst=1))
    assert [ask(guard, scope())[0] for _ in range(3)] == [200, 200, 429]
    assert ask(guard, scope("POST"))[0] == 200
    status, headers = ask(guard, scope("POST"))
    assert (status, int(headers["retry-after"]) >= 1) == (429, True)


def _request(**headers: str) -> Request:
    return Request(scope("POST", **headers))


def _cookie_of(keys: Keys, reviewer: str) -> str:
    response = Response()
    keys.admit(response, reviewer)
    return response.headers["set-cookie"].partition(";")[0]


def test_a_session_is_only_what_these_keys_have_signed() -> None:
    keys = Keys("a token")
    cookie = _cookie_of(keys, "Анна")
    session = keys.session(_request(cookie=cookie))
    assert session and session.reviewer == "Анна"
    assert Keys("another").session(_request(cookie=cookie)) is None
    assert keys.session(_request(cookie=cookie[:-1] + ("0" if cookie[-1] != "0" else "1"))) is None
    for value in ("", ".", "..", "41.x.y", "zz.aa.bb", "é.é.é"):
        assert keys.session(_request(cookie=f"{COOKIE}={value}")) is None
    assert keys.session(_request()) is None


def test_the_cookie_is_kept_from_scripts_and_from_other_sites() -> None:
    response = Response()
    Keys().admit(response, "a")
    flags = response.headers["set-cookie"].lower()
    assert "httponly" in flags and "samesite=strict" in flags


def test_a_mark_is_of_one_session() -> None:
    keys = Keys("a token")
    first, second = (keys.session(_request(cookie=_cookie_of(keys, name))) for name in "ab")
    assert keys.marked(first, keys.mark(first))
    assert not keys.marked(second, keys.mark(first))
    assert not keys.marked(first, "") and not keys.marked(first, "é")


def test_a_program_sends_the_token() -> None:
    keys = Keys("a token")
    assert keys.bearer(_request(authorization="Bearer a token"))
    assert not keys.bearer(_request(authorization="Bearer another"))
    assert not keys.bearer(_request(authorization="Basic a token")) and not keys.bearer(_request())


def test_another_site_may_not_make_a_browser_write() -> None:
    own = "http://127.0.0.1:8321"
    assert not from_elsewhere(_request(origin=own, sec_fetch_site="same-origin"))
    assert not from_elsewhere(_request())
    assert from_elsewhere(_request(origin="http://evil.example"))
    assert from_elsewhere(_request(origin="null"))
    assert from_elsewhere(_request(origin="http://127.0.0.1:9999"))
    assert from_elsewhere(_request(origin=own, sec_fetch_site="cross-site"))
