"""A row as one line that can be printed under it: who published what, when and where, and which words say it."""

from __future__ import annotations

import re
from typing import Any

from onrecord.archive.codec import spans_of
from onrecord.archive.rows import Row
from onrecord.record import Statement

_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

LONGEST = 400
"""Characters of evidence that are quoted; the offsets say where the rest is."""


def cite(row: Row[Any]) -> str:
    """The citation of a row, one line.

    ``The Lake Herald (AFP), “Ministers meet”, 2026-02-03, https://...: Ana Lopes: “the words” (characters 812-901;
    onrecord PAGE/ITEM)``. What the page does not tell is left out. Where a person corrected, added or rejected the
    item, that is said.
    """
    page = row.page
    outlet = page.outlet or page.domain
    if page.credit and page.credit != outlet:
        outlet = f"{outlet} ({page.credit})" if outlet else page.credit
    title = f"“{_one_line(page.title)}”" if page.title else None
    day = page.published[:10] if page.published else "no date"
    known = [part for part in (outlet, title, day, page.url or page.source) if part]
    words = _one_line(row.evidence)
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0] + " …"
    places = ", ".join(f"{span.start}-{span.end}" for span in spans_of(row.item))
    ids = f"onrecord {page.id}/{row.item.id}"
    return f"{', '.join(known)}: {_speaker(row)}{_quoted(words)} (characters {places}; {ids}{_reviewed(row)})"


def _speaker(row: Row[Any]) -> str:
    """Whose words they are, if the item is a statement of somebody known."""
    item = row.item
    actor = row.actor(item.speaker) if isinstance(item, Statement) else None
    return f"{_one_line(actor.name)}: " if actor else ""


def _quoted(words: str) -> str:
    """Words between quotation marks, unless they bring their own."""
    return words if words[:1] in _OPENING and words[-1:] in _CLOSING else f"“{words}”"


_OPENING, _CLOSING = frozenset('“"«„'), frozenset('”"»“')

_DONE = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added"}


def _reviewed(row: Row[Any]) -> str:
    review = row.review
    return f"; {_DONE[review.action]} by {review.by}, {review.at[:10]}" if review else ""


def _one_line(text: str) -> str:
    """Text without line breaks, and without what would steer a terminal or turn the line around."""
    return " ".join(_STEERING.sub(" ", text).split())
