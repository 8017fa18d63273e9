"""Review: what nobody has looked at yet, the least certain first; and how right the machine was so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from onrecord.archive import Archive
from onrecord.archive.query import Kind
from onrecord.archive.rows import Review
from onrecord.record import Actor
from onrecord.web.asked import KINDS, Asked, address
from onrecord.web.hits import Hit, flat, hit
from onrecord.web.views.search import find

LOOKED_THROUGH = 200  # of the newest unreviewed items the least certain are asked for: a queue that moves with the news
SHOWN = 8
FINDINGS = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item to be looked at, with the sentence around it and what may be chosen to correct it."""

    hit: Hit
    before: str
    words: str
    after: str
    actors: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the items of one kind that people have looked at, by the last word of each: how many were right."""

    kind: str
    looked_at: int
    accepted: int
    corrected: int
    rejected: int
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
    waiting: tuple[Waiting, ...]
    total: int
    more: bool
    precision: tuple[Precision, ...]
    agreement: Agreement
    reviewers: tuple[tuple[str, int], ...]
    orphans: int
    tabs: tuple[tuple[str, str, str], ...]


def queue(archive: Archive, asked: Asked) -> Queue:
    """What is to be looked at next, and the figures so far."""
    wanted = replace(asked, query=replace(asked.query, reviewed="no"), limit=LOOKED_THROUGH, order="newest", after=None)
    found = find(archive, wanted)
    rows = sorted(found.rows, key=lambda row: row.item.confidence)[:SHOWN]
    waiting = []
    for row in rows:
        record = archive.record(row.page.id)
        if record is not None:
            before, words, after = around(record.page.text, row.evidence)
            waiting.append(Waiting(hit(row), before, words, after, record.actors))
    reviews = archive.reviews()
    people: dict[str, int] = defaultdict(int)
    for review in reviews:
        people[review.by] += 1
    return Queue(
        kind=asked.kind,
        waiting=tuple(waiting),
        total=found.total,
        more=found.more,
        precision=precision(reviews),
        agreement=agreement(reviews),
        reviewers=tuple(sorted(people.items(), key=lambda each: -each[1])),
        orphans=sum(review.attached is None for review in reviews),
        tabs=tuple((kind, kind.capitalize(), address("/review", [("kind", kind)])) for kind in KINDS),
    )


def around(text: str, words: str, reach: int = 220) -> tuple[str, str, str]:
    """Words with what stands before and after them on the page, within their paragraph."""
    at = text.find(words.split(" […] ")[0])
    if at < 0:
        return "", words, ""
    end = at + len(words.split(" […] ")[0])
    start, stop = text.rfind("\n\n", 0, at) + 2 if "\n\n" in text[:at] else 0, text.find("\n\n", end)
    stop = len(text) if stop < 0 else stop
    before, after = text[max(start, at - reach) : at], text[end : min(stop, end + reach)]
    return before, text[at:end], after


def last_words(reviews: Iterable[Review]) -> dict[tuple[str, str], Review]:
    """The last finding of each person on each item; an item added by a person is none of the machine's."""
    last: dict[tuple[str, str], Review] = {}
    added = set()
    for review in reviews:
        if review.action == "add":
            added.add(review.item)
        else:
            last[review.item, review.by] = review
    return {key: review for key, review in last.items() if key[0] not in added}


def precision(reviews: Iterable[Review]) -> tuple[Precision, ...]:
    """By kind of item: the last word on each. A corrected item counts as wrong: something in it was."""
    latest: dict[str, Review] = {}
    for review in sorted(last_words(reviews).values(), key=lambda review: review.id):
        latest[review.item] = review
    made = []
    for kind in KINDS:
        actions = [review.action for review in latest.values() if review.kind == kind]
        accepted = actions.count("accept")
        share = accepted / len(actions) if actions else None
        made.append(Precision(kind, len(actions), accepted, actions.count("correct"), actions.count("reject"), share))
    return tuple(made)


def agreement(reviews: Iterable[Review]) -> Agreement:
    """How often two people find the same of one item."""
    found: dict[str, list[str]] = defaultdict(list)
    for (item, _), review in last_words(reviews).items():
        found[item].append(review.action)
    both = [(one, other) for actions in found.values() for one, other in combinations(actions, 2)]
    same = sum(one == other for one, other in both)
    return Agreement(len(both), same, same / len(both) if both else None)


def table(view: Queue) -> list[dict[str, Any]]:
    """The queue as rows."""
    return [flat(each.hit) for each in view.waiting]
