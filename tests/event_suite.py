"""The grammar suite: invented sentences with the events expected of them, ``tests/grammar/PHENOMENON.tsv``.

``events`` is ``-`` for none, else items joined by `` | ``: ``TYPE: actors > recipients [status]``, names joined by
commas, ``-`` for nobody, status ``actual`` unless given. Only events that count are listed: asserted and denied ones.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.record import Actor, Event

FOLDER = Path(__file__).parent / "grammar"
_ITEM = re.compile(r"(?P<type>[A-Z]+): (?P<actors>.+?) > (?P<recipients>.+?)(?: \[(?P<status>\w+)\])?$")


@dataclass(frozen=True)
class Expected:
    """One expected event; names are words of the sentence."""

    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: str


@dataclass(frozen=True)
class Case:
    """One sentence of the suite."""

    phenomenon: str
    sentence: str
    events: tuple[Expected, ...]


def cases() -> Iterator[Case]:
    """All sentences, by phenomenon."""
    for path in sorted(FOLDER.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield Case(path.stem, row["sentence"], tuple(_expected(row["events"])))


def _expected(text: str) -> Iterator[Expected]:
    for item in () if text == "-" else text.split(" | "):
        found = _ITEM.match(item)
        assert found is not None, item
        yield Expected(found["type"], _names(found["actors"]), _names(found["recipients"]), found["status"] or "actual")


def _names(text: str) -> tuple[str, ...]:
    return () if text == "-" else tuple(text.split(", "))


def matches(case: Case, events: Sequence[Event], actors: Sequence[Actor]) -> bool:
    """Whether the events that count are exactly the expected ones."""
    by_id = {actor.id: actor for actor in actors}
    left = [event for event in events if event.asserted or event.status == "denied"]
    for expected in case.events:
        found = next((event for event in left if _is(expected, event, by_id)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _is(expected: Expected, event: Event, by_id: dict[str, Actor]) -> bool:
    return (
        event.type == expected.type
        and event.status == expected.status
        and _named(expected.actors, event.actors, by_id)
        and _named(expected.recipients, event.recipients, by_id)
    )


def _named(names: tuple[str, ...], ids: tuple[str, ...], by_id: dict[str, Actor]) -> bool:
    if len(names) != len(ids):
        return False
    return all(any(_calls(name, by_id[i], by_id) for i in ids) for name in names)


def _calls(name: str, actor: Actor, by_id: dict[str, Actor]) -> bool:
    """Whether a name means an actor: by its words, or as its country ("Chile" of "the leaders of Peru and Chile")."""
    if any(name in m.text or m.text in name for m in actor.mentions):
        return True
    country = next((a.country for a in by_id.values() if any(m.text == name for m in a.mentions)), None)
    return country is not None and actor.country == country


def failing() -> list[str]:
    """The sentences that fail with the packaged reader."""
    from onrecord.page import article_page
    from onrecord.read import read

    out = []
    for case in cases():
        record = read(article_page({"text": case.sentence, "published": "2026-03-04"}, source="-"))
        if not matches(case, record.events, record.actors):
            out.append(case.sentence)
    return out


if __name__ == "__main__":  # python tests/event_suite.py: list anew what fails, after a look at what is new in it
    found = failing()
    (FOLDER / "known_failures.json").write_text(
        json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    print(f"{len(found)} of {len(list(cases()))} fail")
