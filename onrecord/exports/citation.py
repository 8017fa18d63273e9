"""A row as one line that can be printed under it: who published what, when and where, and which words say it."""

from __future__ import annotations

from typing import Any

from onrecord.archive.codec import spans_of
from onrecord.archive.rows import Row

LONGEST = 400
"""Characters of evidence that are quoted; the offsets say where the rest is."""


def cite(row: Row[Any]) -> str:
    """The citation of a row, one line.

    ``The Lake Herald (AFP), “Ministers meet”, 2026-02-03, https://...: “the words” (characters 812-901; onrecord
    PAGE/ITEM)``. What the page does not tell is left out. Where a person corrected, added or rejected the item, that is
    said.
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
    return f"{', '.join(known)}: “{words}” (characters {places}; {ids}{_reviewed(row)})"


_DONE = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added"}


def _reviewed(row: Row[Any]) -> str:
    review = row.review
    return f"; {_DONE[review.action]} by {review.by}, {review.at[:10]}" if review else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
