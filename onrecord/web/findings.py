"""What people found of the items of a page, told for the page: who, when, and what they changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.archive.rows import Review
from onrecord.web.fields import FIELDS
from onrecord.web.hits import VERDICTS


@dataclass(frozen=True, slots=True)
class Finding:
    """One review in the words of the page. ``changes`` are (field, its new value)."""

    by: str
    at: str
    action: str
    changes: tuple[tuple[str, str], ...]
    note: str | None


def findings(reviews: Iterable[Review], text: str, names: Mapping[str, str]) -> dict[str, tuple[Finding, ...]]:
    """The findings of each item, the first one first. ``names`` are those of the actors, by id."""
    made: dict[str, tuple[Finding, ...]] = {}
    for review in reviews:
        if review.attached is not None:
            made[review.attached] = (*made.get(review.attached, ()), finding(review, text, names))
    return made


def finding(review: Review, text: str, names: Mapping[str, str]) -> Finding:
    """One review as a finding."""
    shown = {field.name: field.sort for fields in FIELDS.values() for field in fields}
    changes = tuple(
        (name, _told(value, shown[name], text, names))
        for name, value in (review.changes or {}).items()
        if name in shown
    )
    return Finding(review.by, review.at[:10], VERDICTS[review.action], changes, review.note)


def _told(value: Any, sort: str, text: str, names: Mapping[str, str]) -> str:
    """A value as JSON has it, for a person."""
    if value is None or value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if sort == "words":
        spans = value if isinstance(value[0], list) else [value]
        return " … ".join(text[start:end] for start, end in spans)
    if sort == "days":
        return " to ".join(dict.fromkeys((value["first"], value["last"])))
    return ", ".join(names.get(each, each) for each in value) if isinstance(value, list) else names.get(value, value)
