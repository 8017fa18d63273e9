"""Warnings: commitments by state. Open, deadline passed, or their condition reported as met by a later event.

That a condition was met is never our word: a later event of one of the same countries, whose sentence shares the
condition's words, is shown beside it, and the reader judges. A condition that is denied ("if work is not halted") asks
for a sentence that denies; a sentence that does the opposite is no match.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, get_args

from onrecord.archive import Archive
from onrecord.archive.query import Query
from onrecord.archive.rows import Row
from onrecord.record import Commitment
from onrecord.web.asked import Asked, AskedError, address, pairs
from onrecord.web.days import to_day
from onrecord.web.hits import Hit, flat, hit
from onrecord.web.plots import country
from onrecord.web.telling import EMPTY

State = Literal["open", "passed", "met"]
STATES: tuple[State, ...] = get_args(State)
LOOKED_THROUGH = 100  # later events that share a word with the condition, the earliest first
SCANNED = 300  # commitments that one page goes through for those of its state
LATER = timedelta(days=180)  # an event half a year on is rarely about the same condition
SHARED = 0.5  # of the condition's words must stand in the sentence, and at least two

_WORD = re.compile(r"[^\W\d_]{3,}")
_NOT = re.compile(
    r"\b(?:not|never|no longer|refus\w+|fail\w*|without|reject\w*|n[’']t|unless)\b|n[’']t\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Warned:
    """A commitment with its state, and the later event that bears on its condition."""

    hit: Hit
    state: State
    deadline: str | None
    later: Hit | None


@dataclass(frozen=True, slots=True)
class Warnings:
    """Commitments of one state or of all, newest first."""

    on: str
    state: str
    warned: tuple[Warned, ...]
    counts: tuple[tuple[str, int], ...]
    by: tuple[tuple[str, str, int, str], ...]
    against: tuple[tuple[str, str, int, str], ...]
    tabs: tuple[tuple[str, str, str], ...]
    next: str | None


def warnings(archive: Archive, asked: Asked) -> Warnings:
    """The commitments that are asked for, each with its state on the day ``on`` (today unless told)."""
    on = to_day(asked.own("on")) or date.today().isoformat()
    state = asked.own("state")
    if state and state not in STATES:
        raise AskedError(f"state: one of {', '.join(STATES)}")
    query = replace(asked.query, open_on=on) if state == "open" else asked.query
    kept: list[Warned] = []
    counts: Counter[str] = Counter()
    after = asked.after
    while True:
        found = archive.commitments(query, limit=asked.limit, after=after)
        every = [warned(archive, row, on) for row in found.rows]
        counts.update(each.state for each in every)
        kept += [each for each in every if state in ("", each.state)]
        after = found.next
        if after is None or len(kept) >= asked.limit or counts.total() >= SCANNED:
            break
    tabs = tuple(
        (each, name, address("/warnings", pairs(replace(asked, rest=_rest(asked, each)))))
        for each, name in {"": "All", **NAMES}.items()
    )
    following = address("/warnings", pairs(asked, after=after)) if after else None
    return Warnings(
        on, state, tuple(kept), tuple((each, counts[each]) for each in STATES),
        _parties(archive, asked, "who"), _parties(archive, asked, "to"), tabs, following,
    )  # fmt: skip


NAMES: dict[str, str] = {"open": "Open", "passed": "Deadline passed", "met": "Condition reported as met"}


def table(view: Warnings) -> list[dict[str, Any]]:
    """The commitments as rows."""
    return [
        {
            **flat(each.hit),
            "state": each.state,
            "deadline": each.deadline,
            "later_event": each.later.card.item if each.later else None,
            "later_words": each.later.evidence if each.later else None,
        }
        for each in view.warned
    ]


def warned(archive: Archive, row: Row[Commitment], on: str) -> Warned:
    """A commitment with what became of it by a day."""
    deadline = row.item.deadline.last if row.item.deadline else None
    later = bearing(archive, row, on)
    passed = deadline is not None and deadline < on
    return Warned(hit(row), "met" if later else "passed" if passed else "open", deadline, hit(later) if later else None)


def bearing(archive: Archive, row: Row[Commitment], on: str) -> Row[Any] | None:
    """The first later event, up to a day, of one of its countries, whose sentence shares the condition's words."""
    condition = row.item.condition
    if condition is None or row.day is None:
        return None
    wanted = words(condition.text)
    countries = tuple(dict.fromkeys(actor.country for actor in row.actors if actor.country))
    if len(wanted) < 2 or not countries:
        return None
    until = min(on, (date.fromisoformat(row.day) + LATER).isoformat())
    since = (date.fromisoformat(row.day) + timedelta(days=1)).isoformat()
    text = " OR ".join(f"{word}*" for word in sorted(wanted))
    query = Query(text=text, party=countries, since=since, until=until, status=("actual",), asserted=True)
    denied = bool(_NOT.search(condition.text))
    for event in archive.events(query, limit=LOOKED_THROUGH, order="oldest", counted=False).rows:
        sentence = event.item.evidence.text
        enough = len(wanted & words(sentence)) >= max(2, SHARED * len(wanted))
        if enough and bool(_NOT.search(sentence)) == denied and event.page.story != row.page.story:
            return event
    return None


def words(text: str) -> frozenset[str]:
    """The words that carry a condition, cut to their first five letters so that forms of one word meet."""
    found: Iterable[str] = (match[0].lower() for match in _WORD.finditer(text))
    return frozenset(word[:5] for word in found if word not in EMPTY)


def _rest(asked: Asked, state: str) -> dict[str, str]:
    told = {name: value for name, value in (asked.rest or {}).items() if name != "state"}
    return {**told, "state": state} if state else told


def _parties(archive: Archive, asked: Asked, by: Any) -> tuple[tuple[str, str, int, str], ...]:
    made = []
    for count in archive.counts("commitments", by, asked.query, limit=8, cap=1000):
        if count.value is not None:
            name = archive.name(count.value) or country(count.value)
            told: dict[str, Any] = {by: count.value}
            made.append((count.value, name, count.items, address("/warnings", pairs(asked, **told))))
    return tuple(made)
