"""What reviews are good for beyond their items: training data, and how precise the reading has been so far."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.archive.codec import KINDS
from onrecord.archive.load import page_number, text_of


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the items of one kind that people looked at, how many stood.

    ``right`` were accepted as they were, ``corrected`` are items of this kind with something wrong in them, ``wrong``
    were rejected; ``missed`` were added by people. ``precision`` is right over all three, ``found`` counts a corrected
    item as found. Both are None where nothing was looked at. They speak of what was looked at, which is not drawn at
    random unless somebody saw to that.
    """

    kind: str
    right: int
    corrected: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Items that were right as they were, of those looked at."""
        looked = self.right + self.corrected + self.wrong
        return self.right / looked if looked else None

    @property
    def found(self) -> float | None:
        """Items that were there, right or to be corrected, of those looked at."""
        looked = self.right + self.corrected + self.wrong
        return (self.right + self.corrected) / looked if looked else None


def precision(connection: sqlite3.Connection) -> tuple[Precision, ...]:
    """By kind of item, over the items that reviews are attached to."""
    made = []
    for table in KINDS:
        tally = dict(connection.execute(f"select verdict, count(*) from {table} where verdict is not null group by 1"))
        told = (tally.get(name, 0) for name in ("accepted", "corrected", "rejected", "added"))
        made.append(Precision(table, *told))
    return tuple(made)


def lessons(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Every review as an example to train on: the page's text, what the machine read, what a person made of it."""
    rows = connection.execute(
        "select page, kind, item, attached, spans, action, changes, machine, reader, by, at, note"
        " from reviews order by r"
    ).fetchall()
    texts: dict[str, str] = {}
    for page, kind, item, attached, spans, action, changes, machine, reader, by, at, note in rows:
        if page not in texts:
            n = page_number(connection, page)
            texts[page] = "" if n is None else text_of(connection, n)
        yield {
            "page": page,
            "text": texts[page],
            "kind": kind,
            "item": item,
            "attached": attached,
            "spans": json.loads(spans),
            "action": action,
            "machine": machine and json.loads(machine),
            "changes": changes and json.loads(changes),
            "reader": reader,
            "by": by,
            "at": at,
            "note": note,
        }
