"""One mention of a contact, and the words that name contacts: ``data/meetings.tsv``.

A line of the table is a word with its part of speech, the kind of contact it names, and what it ``asks`` for: ``-``
nothing more, ``carried`` a verb that holds, pays or takes it ("took a call", not "a call for calm"), ``weak`` that no
other mention of a contact of the same parties stands near ("they discussed trade"), ``place`` a place that is gone to,
``guest`` a person as object ("received the envoy", not "received aid").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast as as_type

from onrecord.record import MeetingKind, MeetingStatus, When, Where
from onrecord.tables import rows


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a contact.

    ``first`` to ``last`` are its tokens, ``at`` the word that names it. ``definite``: "the talks", which may point
    back; ``carried``: the words say that somebody took part; ``named``: it has a name ("the Mercosur summit");
    ``weak``: it is a contact only where none of the same parties is told near it.
    """

    at: int
    first: int
    last: int
    kind: MeetingKind
    who: tuple[str, ...]
    where: Where | None
    when: When | None
    ordinal: str | None
    status: MeetingStatus
    definite: bool
    carried: bool
    confidence: float
    named: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word that names a contact, with what it asks for."""

    kind: MeetingKind
    asks: str


@cache
def words() -> dict[tuple[str, str], Word]:
    """The words that name contacts, by lemma and part of speech."""
    return {
        (row["word"], row["pos"]): Word(as_type(MeetingKind, row["kind"]), row["asks"]) for row in rows("meetings.tsv")
    }
