"""Review: what nobody has looked at yet, the least certain first; a second look; and how right the machine was."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Literal, get_args

from onrecord.archive import Archive
from onrecord.archive.codec import spans_of
from onrecord.archive.query import Kind
from onrecord.archive.rows import Review, Row
from onrecord.record import Actor
from onrecord.web.asked import KINDS, Asked, AskedError, address, pairs
from onrecord.web.fields import Box, boxes
from onrecord.web.hits import VERDICTS, Hit, flat, hit
from onrecord.web.views.search import find

SHOWN = 8
Look = Literal["first", "second", "differ"]
LOOKS: dict[Look, str] = {"first": "Not looked at", "second": "A second look", "differ": "Findings differ"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item to be looked at, with the words around it, what may be corrected, and who found what of it so far."""

    hit: Hit
    before: str
    words: str
    after: str
    actors: tuple[Actor, ...]
    boxes: tuple[Box, ...]
    found: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the items of one kind that people have looked at, how many were right; ``missed`` are those they added."""

    kind: str
    looked_at: int
    accepted: int
    corrected: int
    rejected: int
    missed: int
    precision: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the pairs of findings on one item by two people, how many are the same."""

    both: int
    same: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue of one kind, and the figures over all reviews."""

    kind: Kind
    look: Look
    by: str
    waiting: tuple[Waiting, ...]
    total: int
    more: bool
    next: str | None
    precision: tuple[Precision, ...]
    agreement: Agreement
    reviewers: tuple[tuple[str, int], ...]
    orphans: int
    tabs: tuple[tuple[str, str, str], ...]
    looks: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Reviews:
    """Reviews as they were given, the first one first."""

    reviews: tuple[Review, ...]


def queue(archive: Archive, asked: Asked) -> Queue:
    """What is to be looked at next, and the figures so far.

    A *first* look goes over the whole archive, least confidence first. A *second* is at what others than ``reviewer``
    have looked at, so that there is an agreement to measure; *differ* has those of which two people found different.
    """
    look = next((each for each in get_args(Look) if each == asked.own("look", "first")), None)
    if look is None:
        raise AskedError(f"look: one of {', '.join(LOOKS)}")
    by, kind = asked.own("reviewer"), asked.kind
    reviews = archive.reviews()
    findings = by_item(reviews)
    following = None
    rows: list[Row[Any]]
    if look == "first":
        query = replace(asked.query, reviewed="no")
        found = find(archive, replace(asked, query=query, limit=SHOWN, order="unsure"))
        rows, total, more = [*found.rows], found.total, found.more
        following = address("/review", pairs(asked, after=found.next)) if found.next else None
    else:
        of_kind = {review.attached for review in reviews if review.kind == kind}
        wanted = [
            item
            for item, people in findings.items()
            if item in of_kind and (differing(people) if look == "differ" else by not in people)
        ]
        total, more = len(wanted), False
        rows = [row for item in wanted[:SHOWN] if (row := archive.item(item))]
    people = Counter(review.by for review in reviews)
    return Queue(
        kind=kind,
        look=look,
        by=by,
        waiting=tuple(waiting(archive, kind, row, findings.get(row.item.id, {})) for row in rows),
        total=total,
        more=more,
        next=following,
        precision=precision(archive),
        agreement=agreement(findings),
        reviewers=tuple(people.most_common()),
        orphans=sum(review.attached is None for review in reviews),
        tabs=tuple(
            (each, each.capitalize(), address("/review", pairs(asked, kind=each, after=None))) for each in KINDS
        ),
        looks=tuple(
            (each, name, address("/review", pairs(asked, look=each, after=None))) for each, name in LOOKS.items()
        ),
    )


def waiting(archive: Archive, kind: Kind, row: Row[Any], found: dict[str, str]) -> Waiting:
    """An item with what a reviewer needs to judge it."""
    record = archive.record(row.page.id)
    if record is None:  # removed while we looked
        return Waiting(hit(row), "", row.evidence, "", (), (), ())
    spans = spans_of(row.item)
    before, words, after = around(record.page.text, spans[0].start, spans[0].end)
    actors = {actor.id: actor for actor in (*record.actors, *row.actors)}
    told = tuple((by, VERDICTS[action]) for by, action in found.items())
    return Waiting(
        hit(row), before, words, after, tuple(actors.values()), boxes(kind, row.item, record.page), told
    )  # fmt: skip


def around(text: str, start: int, end: int, reach: int = 220) -> tuple[str, str, str]:
    """Words with what stands before and after them on the page, within their paragraph, in whole words."""
    first, last = text.rfind("\n\n", 0, start), text.find("\n\n", end)
    first, last = 0 if first < 0 else first + 2, len(text) if last < 0 else last
    before, after = text[first:start], text[end:last]
    if len(before) > reach:
        before = "…" + before[before.find(" ", len(before) - reach) :]
    if len(after) > reach:
        after = after[: after.rfind(" ", 0, reach) + 1] + "…"
    return before, text[start:end], after


def by_item(reviews: Iterable[Review]) -> dict[str, dict[str, str]]:
    """The last finding of each person on each item, newest first; what a person added is none of the machine's."""
    last: dict[str, dict[str, str]] = defaultdict(dict)
    added = set()
    for review in reviews:
        if review.action == "add":
            added.add(review.item)
        elif review.attached is not None:
            last[review.attached][review.by] = review.action
    return {item: last[item] for item in reversed(last) if item not in added}


def differing(people: dict[str, str]) -> bool:
    """Whether two people found different of one item."""
    return len(set(people.values())) > 1


def precision(archive: Archive) -> tuple[Precision, ...]:
    """By kind of item, as the archive counts it. A corrected item counts as wrong: something in it was."""
    return tuple(
        Precision(each.kind, each.right + each.corrected + each.wrong, each.right, each.corrected, each.wrong,
                  each.missed, each.precision)
        for each in archive.precision()
    )  # fmt: skip


def agreement(findings: dict[str, dict[str, str]]) -> Agreement:
    """How often two people find the same of one item."""
    both = [pair for people in findings.values() for pair in combinations(people.values(), 2)]
    same = sum(one == other for one, other in both)
    return Agreement(len(both), same, same / len(both) if both else None)


def table(view: Queue) -> list[dict[str, Any]]:
    """The queue as rows."""
    return [flat(each.hit) for each in view.waiting]
