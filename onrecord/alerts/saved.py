"""Saved searches, and what of a new page they find that nobody was told of yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from typing import Any, Literal

from onrecord.archive import Archive, Query, Row
from onrecord.archive.query import Kind
from onrecord.errors import ArchiveError
from onrecord.jsonl import plain

ALERTS, TOLD = "alerts", "alerts.told"  # rooms of the archive's states
MOST = 100  # matches of one alert on one page that are told

Channel = Literal["webhook", "mail", "command"]


@dataclass(frozen=True, slots=True)
class Alert:
    """A search that is kept: what for, among which kind of items, and where to tell of a match.

    ``target`` is the webhook's address, the mail address, or the command.
    """

    name: str
    kind: Kind
    query: Query
    channel: Channel
    target: str


@dataclass(frozen=True, slots=True)
class Match:
    """Something new that an alert looks for. ``told`` is the JSON object that goes out, ``key`` is its saying's."""

    alert: Alert
    key: str
    told: dict[str, Any]


def save(archive: Archive, alert: Alert) -> None:
    """Keep an alert, in place of one of the same name. Raises ArchiveError where nothing can be searched by it."""
    _find(archive, alert.kind)(alert.query, limit=1)
    archive.keep_state(ALERTS, alert.name, {**asdict(alert), "query": asdict(alert.query)})


def saved(archive: Archive) -> list[Alert]:
    """The alerts of an archive, by their names."""
    return [_alert(kept) for kept in archive.states(ALERTS).values()]


def forget(archive: Archive, name: str) -> None:
    """Drop an alert. Raises ArchiveError where there is none of that name."""
    if archive.state(ALERTS, name) is None:
        raise ArchiveError(f"no alert is called {name!r}")
    archive.keep_state(ALERTS, name, None)


def matches(archive: Archive, page_id: str) -> Iterator[Match]:
    """What the alerts find on a page that was added, each saying once: not if an earlier report of it was found."""
    for alert in saved(archive):
        rows = _find(archive, alert.kind)(replace(alert.query, page=page_id, once=True), limit=MOST).rows
        for row in rows:
            key = _key(alert, row)
            if archive.state(TOLD, key) is None and not _reported_before(archive, alert, row):
                yield Match(alert, key, _told(alert, row))


def is_told(archive: Archive, match: Match, at: str) -> None:
    """Remember that a match is on its way, so that it is told once."""
    archive.keep_state(TOLD, match.key, at)


def _reported_before(archive: Archive, alert: Alert, row: Row[Any]) -> bool:
    """Whether an earlier page that reports the same holds something that the alert finds too."""
    for page in archive.reports(row.item.id):
        if page.id == row.page.id:
            return False
        if archive.total(alert.kind, replace(alert.query, page=page.id), cap=1)[0]:
            return True
    return False


def _key(alert: Alert, row: Row[Any]) -> str:
    """The same for the same words of the same people: a page that is changed or read anew does not tell them again."""
    parties = " ".join(sorted(actor.id for actor in row.actors))
    words = " ".join(row.evidence.lower().split())
    return f"{alert.name}:" + blake2b(f"{alert.kind}\n{parties}\n{words}".encode(), digest_size=12).hexdigest()


def _told(alert: Alert, row: Row[Any]) -> dict[str, Any]:
    return {
        "alert": alert.name,
        "kind": alert.kind,
        "day": row.day,
        "evidence": row.evidence,
        "actors": [{"id": actor.id, "name": actor.name, "code": actor.code} for actor in row.actors],
        "page": {name: getattr(row.page, name) for name in ("id", "title", "url", "source", "outlet", "published")},
        "item": plain(row.item),
    }


def _find(archive: Archive, kind: Kind) -> Callable[..., Any]:
    find: Callable[..., Any] = getattr(archive, kind)
    return find


def _alert(kept: dict[str, Any]) -> Alert:
    query: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept["query"].items()
    }
    return Alert(**{**kept, "query": Query(**query)})
