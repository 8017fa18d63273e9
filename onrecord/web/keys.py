"""Who may write: a token that the person who started the server has, a session in a cookie, and a mark in every form.

The token is never in a page or an address. It is exchanged for a session by a form, or sent by a program as
``Authorization: Bearer``. A form of a session carries ``mark``, which only a page of this server could know; a request
that a browser says comes from another site is refused before anything is looked at.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "onrecord_session"
MARK = "mark"
MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who may write, and the name that their reviews are signed with."""

    reviewer: str
    cookie: str


class Keys:
    """Makes and checks sessions. Nothing is stored: a session is its reviewer's name, signed."""

    def __init__(self, token: str | None = None) -> None:
        self.token = token or secrets.token_urlsafe(24)
        self._secret = hashlib.blake2b(self.token.encode(), person=b"onrecord", digest_size=32).digest()

    def opens(self, token: str) -> bool:
        """Whether it is the token."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def admit(self, response: Response, reviewer: str) -> None:
        """Give the browser a session for this reviewer."""
        name = reviewer.encode().hex()
        nonce = secrets.token_hex(8)
        value = f"{name}.{nonce}.{self._sign('session', name, nonce)}"
        response.set_cookie(COOKIE, value, httponly=True, samesite="strict", path="/", max_age=30 * 86400)

    def session(self, request: Request) -> Session | None:
        """The session of a request, if it has one of ours."""
        name, _, rest = request.cookies.get(COOKIE, "").partition(".")
        nonce, _, signature = rest.partition(".")
        if not hmac.compare_digest(signature.encode(), self._sign("session", name, nonce).encode()):
            return None
        try:
            return Session(bytes.fromhex(name).decode(), f"{name}.{nonce}")
        except ValueError:
            return None

    def mark(self, session: Session | None) -> str:
        """What the forms of this session carry; without a session, of anybody's."""
        return self._sign("mark", session.cookie if session else "")

    def marked(self, session: Session | None, given: str) -> bool:
        """Whether a form carries its session's mark."""
        return hmac.compare_digest(given.encode(), self.mark(session).encode())

    def bearer(self, request: Request) -> bool:
        """Whether a program sent the token."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.opens(token)

    def _sign(self, *parts: str) -> str:
        return hmac.new(self._secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def from_elsewhere(request: Request) -> bool:
    """Whether a browser says that another site made it ask."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")
