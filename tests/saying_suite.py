"""The labelled set of statements: invented pages of one or two paragraphs, ``tests/sayings/*.tsv``.

``statements`` is ``-`` for none, else items joined by `` | ``: speaker, kind, some words of the content, and what else
holds of it, joined by ``; ``: ``to WHOM`` (an addressee), ``by MEDIUM``, ``denial``, ``repeated``, ``in`` (said inside
another's words). ``-`` for the speaker means null, for the kind any; what is not named must not be there. Paragraphs
are joined by ``¶``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.record import Record, Statement

FOLDER = Path(__file__).parent / "sayings"


@dataclass(frozen=True)
class Said:
    """One expected statement; names are parts of the actors' names or mentions, in any case."""

    speaker: str | None
    kind: str | None
    words: str
    addressee: str | None
    medium: str | None
    marks: frozenset[str]


@dataclass(frozen=True)
class Case:
    """One page of the set."""

    text: str
    said: tuple[Said, ...]


def cases() -> Iterator[Case]:
    """All pages, file by file."""
    for path in sorted(FOLDER.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield Case(row["text"].replace("¶", "\n\n"), tuple(_said(row["statements"])))


def _said(text: str) -> Iterator[Said]:
    for item in () if text == "-" else text.split(" | "):
        speaker, kind, words, *rest = item.split("; ")
        whom = next((part[3:] for part in rest if part.startswith("to ")), None)
        medium = next((part[3:] for part in rest if part.startswith("by ")), None)
        marks = frozenset(part for part in rest if part in ("denial", "repeated", "in"))
        assert len(rest) == len(marks) + (whom is not None) + (medium is not None), item
        yield Said(None if speaker == "-" else speaker, None if kind == "-" else kind, words, whom, medium, marks)


def slips(case: Case, record: Record) -> list[str]:
    """What of a page's statements is not as expected; nothing if all is."""
    found = list(record.statements)
    wrong = []
    for said in case.said:
        # The innermost statement that holds the words: an outer one holds them too.
        holders = [s for s in found if any(said.words in span.text for span in s.content)]
        if not holders:
            wrong.append(f"not found: {said.words}")
            continue
        statement = min(holders, key=lambda s: sum(len(span.text) for span in s.content))
        found.remove(statement)
        wrong += [f"{what}: {said.words}" for what in _differences(said, statement, record)]
    return wrong + [f"too many: {statement.content[0].text}" for statement in found]


def _differences(said: Said, statement: Statement, record: Record) -> Iterator[str]:
    names = {a.id: " ".join([a.name, *(m.text for m in a.mentions)]).casefold() for a in record.actors}
    speaker = names[statement.speaker] if statement.speaker else ""
    if bool(speaker) != (said.speaker is not None) or (said.speaker or "").casefold() not in speaker:
        yield f"speaker {statement.speaker}"
    if said.kind is not None and statement.kind != said.kind:
        yield f"kind {statement.kind}"
    told = [names[actor] for actor in statement.addressees]
    if bool(told) != (said.addressee is not None) or (said.addressee and said.addressee.casefold() not in told[0]):
        yield f"addressees {statement.addressees}"
    if statement.medium != said.medium:
        yield f"medium {statement.medium}"
    marks = {"denial": statement.denial, "repeated": statement.repeated, "in": statement.said_in is not None}
    if {name for name, holds in marks.items() if holds} != said.marks:
        yield f"marks {sorted(name for name, holds in marks.items() if holds)}"
