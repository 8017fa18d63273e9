"""Invented sentences with the commitments and meetings expected of them: ``tests/constructions/LIST.tsv``.

``expected`` is ``-`` for none, else items joined by `` | ``. A commitment is ``KIND: CONDITION => CONSEQUENCE``, the
condition ``-`` where there is none; a meeting ``KIND STATUS: who, who``, with ``@ PLACE`` and ``# DAY`` (the first of
its days, ISO) where the sentence tells. The page's day is 4 March 2026, a Wednesday.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.record import Commitment, Meeting, Record

FOLDER = Path(__file__).parent / "constructions"
LISTS = ("commitments", "meetings")
_ALIKE = 0.75
_MEETING = re.compile(
    r"(?P<kind>\w+) (?P<status>\w+): (?P<who>[^@#]+)(?: @ (?P<where>[^#]+))?(?: # (?P<when>[\d-]+))?$"
)


@dataclass(frozen=True)
class Case:
    """A sentence of one construction, and what is expected of it."""

    construction: str
    text: str
    expected: tuple[str, ...]


def cases(items: str) -> Iterator[Case]:
    """The sentences of a list of the record."""
    with (FOLDER / f"{items}.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            told = row["expected"]
            yield Case(row["construction"], row["text"], () if told == "-" else tuple(told.split(" | ")))


def agrees(items: str, case: Case, record: Record) -> bool:
    """Whether a record holds exactly what is expected."""
    left: list[Commitment | Meeting] = list(record.commitments if items == "commitments" else record.meetings)
    for expected in case.expected:
        found = next((one for one in left if _is(expected, one, record)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _is(expected: str, item: Commitment | Meeting, record: Record) -> bool:
    if isinstance(item, Commitment):
        kind, _, told = expected.partition(": ")
        condition, _, consequence = told.partition(" => ")
        if (item.condition is None) != (condition == "-"):
            return False
        on = item.condition is None or _alike(condition, item.condition.text)
        return item.kind == kind and on and _alike(consequence, item.consequence.text)
    parts = _MEETING.match(expected)
    assert parts is not None, expected
    names = parts["who"].strip().split(", ")
    place, day = parts["where"], parts["when"]
    return (
        (item.kind, item.status) == (parts["kind"], parts["status"])
        and len(names) == len(item.who)
        and all(any(_names(name, id, record) for id in item.who) for name in names)
        and (place is None or (item.where is not None and place.strip() in item.where.name))
        and (day is None or (item.when is not None and item.when.first == day))
    )


def _names(name: str, id: str, record: Record) -> bool:
    actor = next(actor for actor in record.actors if actor.id == id)
    if any(name in text or text in name for text in (actor.name, *(m.text for m in actor.mentions))):
        return True
    country = next((a.country for a in record.actors if any(m.text == name for m in a.mentions)), None)
    return country is not None and actor.country == country


def _alike(one: str, other: str) -> bool:
    """Whether most words of two texts agree (Dice's coefficient)."""
    left, right = (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return 2 * (left & right).total() >= _ALIKE * (left.total() + right.total())


def record_of(case: Case) -> Record:
    """The record of a sentence, by the packaged reader."""
    from onrecord.page import article_page
    from onrecord.read import read

    return read(article_page({"text": case.text, "published": "2026-03-04"}, source="-"))


def known_failures() -> dict[str, list[str]]:
    """The sentences of each list that are known to fail."""
    found: dict[str, list[str]] = json.loads((FOLDER / "known_failures.json").read_text(encoding="utf-8"))
    return found


def failing(items: str, *, tell: bool = False) -> list[str]:
    """The sentences of a list that fail with the packaged reader."""
    out = []
    for case in cases(items):
        record = record_of(case)
        if not agrees(items, case, record):
            out.append(case.text)
            if tell:
                print(f"{case.construction}: {case.text}\n    wanted {case.expected}")
                for item in getattr(record, items):
                    print(f"    got    {_told(item)}")
    return out


def _told(item: Commitment | Meeting) -> str:
    if isinstance(item, Commitment):
        return f"{item.kind}: {item.condition.text if item.condition else '-'} => {item.consequence.text}"
    where, when = item.where and item.where.name, item.when and item.when.first
    return f"{item.kind} {item.status}: {item.who} @ {where} # {when}"


if __name__ == "__main__":  # python tests/constructions.py: list anew what fails, after a look at what is new in it
    told = {items: failing(items, tell=True) for items in LISTS}
    (FOLDER / "known_failures.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for items in LISTS:
        print(f"{items}: {len(told[items])} of {len(list(cases(items)))} fail")
