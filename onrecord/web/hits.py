"""A row of the archive as a card with its place: what every list of the pages, the feed and the assistants show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from onrecord.archive.rows import PageRef, Row
from onrecord.record import Commitment, Event, Meeting, Statement
from onrecord.web.cards import Card, card


@dataclass(frozen=True, slots=True)
class Hit:
    """One found item. ``verdict`` is what people found of it, ``href`` leads to its words on its page.

    ``item`` has the fields of the record; ``card`` is the same as people read it.
    """

    item: Statement | Event | Commitment | Meeting
    card: Card
    page: PageRef
    day: str | None
    evidence: str
    reports: int
    sources: int
    verdict: str | None
    href: str


VERDICTS = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added"}


def hit(row: Row[Any]) -> Hit:
    """The hit of a row."""
    verdict = VERDICTS[row.review.action] if row.review else None
    drawn = card(row.item, {actor.id: actor.name for actor in row.actors})
    return Hit(
        row.item,
        drawn,
        row.page,
        row.day,
        row.evidence,
        row.reports,
        row.sources,
        verdict,
        place(row.page.id, drawn.item),
    )


def hits(rows: Iterable[Row[Any]]) -> tuple[Hit, ...]:
    """The hits of rows, in their order."""
    return tuple(hit(row) for row in rows)


def place(page: str, item: str | None = None) -> str:
    """Where a page, or an item on it, can be looked at."""
    return f"/pages/{quote(page, safe='')}" + (f"#{quote(item, safe='')}" if item else "")


COLUMNS = (
    "id", "kind", "type", "day", "who", "who_names", "to", "to_names", "words", "facts", "confidence", "said_in",
    "verdict", "reports", "independent", "outlet", "published", "title", "url", "page",
)  # fmt: skip


def flat(one: Hit) -> dict[str, Any]:
    """A hit as one line of a table: the same columns for every kind of item."""
    facts = dict(one.card.facts)
    return {
        "id": one.card.item,
        "kind": one.card.room,
        "type": one.card.sort,
        "day": one.day,
        "who": "; ".join(name.id or name.name for name in one.card.who),
        "who_names": "; ".join(name.name for name in one.card.who),
        "to": "; ".join(name.id or name.name for name in one.card.to),
        "to_names": "; ".join(name.name for name in one.card.to),
        "words": " … ".join(one.card.words),
        "facts": "; ".join(f"{label}: {value}" for label, value in facts.items()),
        "confidence": one.card.confidence,
        "said_in": one.card.inside,
        "verdict": one.verdict,
        "reports": one.reports,
        "independent": one.sources,
        "outlet": one.page.outlet or one.page.domain,
        "published": one.page.published,
        "title": one.page.title,
        "url": one.page.url,
        "page": one.page.id,
    }
