"""Matches on their way: kept in the archive until they are delivered, tried again later where that fails."""

from __future__ import annotations

import http.client
import json
import shlex
import smtplib
import ssl
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

from onrecord.alerts.saved import Channel, Match, is_told
from onrecord.archive import Archive
from onrecord.errors import AlertError

OUTBOX = "alerts.outbox"  # a room of the archive's states
TRIES = 12  # the last about two days after the first
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 21_600.0  # seconds between two tries
TIMEOUT = 15.0  # seconds for one


class Outbox:
    """What is to be delivered. ``smtp`` is the mail server, ``smtp[s]://[user:password@]host[:port]``, with
    ``?starttls`` where it wants that; ``sender`` the address that mails come from.
    """

    def __init__(self, archive: Archive, *, smtp: str | None = None, sender: str = "onrecord@localhost") -> None:
        self._archive = archive
        self._smtp, self._sender = smtp, sender
        self._next = ""  # nothing is due before this moment

    def put(self, match: Match) -> None:
        """Take a match. From here on it counts as told."""
        moment = _moment()
        letter = {"channel": match.alert.channel, "target": match.alert.target, "told": match.told}
        self._archive.keep_state(OUTBOX, f"{moment} {match.key}", {**letter, "tries": 0, "due": moment})
        is_told(self._archive, match, moment)
        self._next = ""

    def deliver(self, tell: Callable[[str], None]) -> int:
        """Deliver what is due; how much was. ``tell`` gets a line for each thing that could not be."""
        moment = _moment()
        if self._next > moment:
            return 0
        delivered = 0
        waiting = self._archive.states(OUTBOX)
        failed: set[tuple[str, str]] = set()  # channels that have failed just now: not tried again at once
        for key, letter in waiting.items():
            way = (letter["channel"], letter["target"])
            if letter["due"] > moment or way in failed:
                continue
            try:
                self._send(letter["channel"], letter["target"], letter["told"])
            except AlertError as error:
                failed.add(way)
                letter["tries"] += 1
                pause = min(FIRST_PAUSE * 2 ** (letter["tries"] - 1), LONGEST_PAUSE)
                letter["due"] = _moment(pause)
                given_up = letter["tries"] >= TRIES
                tell(f"alert {letter['told']['alert']}: {error}" + ("; given up" if given_up else ""))
                self._archive.keep_state(OUTBOX, key, None if given_up else letter)
            else:
                delivered += 1
                self._archive.keep_state(OUTBOX, key, None)
        left = self._archive.states(OUTBOX)
        self._next = min((letter["due"] for letter in left.values()), default="9")
        return delivered

    def _send(self, channel: Channel, target: str, told: Mapping[str, Any]) -> None:
        if channel == "webhook":
            post(target, told)
        elif channel == "mail":
            mail(target, told, smtp=self._smtp, sender=self._sender)
        else:
            run(target, told)


def post(url: str, told: Mapping[str, Any]) -> None:
    """POST a match to a webhook as JSON. Raises AlertError where it is not taken."""
    parts = urlsplit(url)
    connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        connection = connect(parts.hostname or "", parts.port, timeout=TIMEOUT)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, _json(told), {"Content-Type": "application/json; charset=utf-8"})
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise AlertError(f"{_shown(url)}: not delivered ({_cause(error)})") from None
    if not 200 <= status < 300:
        raise AlertError(f"{_shown(url)}: not delivered (the server answered {status})")


def mail(address: str, told: Mapping[str, Any], *, smtp: str | None, sender: str) -> None:
    """Send a match by e-mail. Raises AlertError where the server does not take it."""
    if smtp is None:
        raise AlertError(f"{address}: no mail server (give --smtp)")
    letter = EmailMessage()
    page = told["page"]
    title = " ".join(str(page["title"] or page["url"] or page["source"]).split())
    letter["Subject"] = f"[{told['alert']}] {title}"[:200]
    letter["From"], letter["To"] = sender, address
    who = ", ".join(actor["name"] for actor in told["actors"])
    lines = (told["evidence"], "", f"{who} ({told['kind']}, {told['day'] or 'no day'})", page["url"] or page["source"])
    letter.set_content("\n".join(lines) + "\n\n" + json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    parts = urlsplit(smtp)
    try:
        context = ssl.create_default_context()
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                parts.hostname or "", parts.port or 465, timeout=TIMEOUT, context=context
            )
        else:
            server = smtplib.SMTP(parts.hostname or "", parts.port or 25, timeout=TIMEOUT)
        with server:
            if parts.query == "starttls":
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(letter)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise AlertError(f"{address}: not delivered ({_cause(error)})") from None


def run(command: str, told: Mapping[str, Any]) -> None:
    """Run a command (no shell) with a match as JSON on its standard input. Raises AlertError where it fails."""
    name = command.strip().partition(" ")[0]
    try:
        words = shlex.split(command)
        if not words:
            raise AlertError("an empty command is not run")
        done = subprocess.run(words, input=_json(told), capture_output=True, timeout=TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        raise AlertError(f"{name}: not run ({_cause(error)})") from None
    if done.returncode != 0:
        raise AlertError(f"{name}: ended with status {done.returncode}")


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _shown(url: str) -> str:
    """An address without what may be a secret in it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path[:20]}"


def _cause(error: Exception) -> str:
    if isinstance(error, TimeoutError | subprocess.TimeoutExpired):
        return "no answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return " ".join(str(error).split())[:120] or type(error).__name__


def _moment(seconds: float = 0.0) -> str:
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
