"""The event lexicon: which word, in which surroundings, means which event. Data in ``data/predicates.tsv``.

A line of the table:

- ``predicate``: the lemma of the trigger; ``pos``: ``verb``, ``noun`` or ``adj``;
- ``needs``: what must stand around it, all of it. ``obj:WORDS`` an object (of a passive: its subject) among WORDS;
  ``subj:WORDS``, ``iobj:WORDS`` likewise; ``prt:out`` a particle; ``comp`` a clause as complement, ``comp:guilty`` one
  with that head, ``comp:party`` one about another party, ``inf`` one with "to", ``nocomp`` none but such;
  ``mod:joint`` a modifier of object or noun; ``conj`` more than one subject ("both sides"); any other word is a
  preposition, ``in,to`` either of two, ``into:custody`` with the noun under it. WORDS are lemmas joined by commas;
  ``@troops`` is a class of ``data/word_classes.tsv``; ``party`` is any named actor, ``guest`` one that is no state,
  ``self`` a reflexive pronoun.
- ``roles``: ``subj>obj,on``: the subject acts on the first of object and on-phrase that is a party; ``subj+with``: all
  are actors; ``>-``: nobody is acted on. ``comp`` is the subject of the complement. Nouns: ``poss,by,of>on``.
- ``type`` (``-``: no event, "declined to comment"), ``mode`` (``*``: from what is wanted, refused or threatened),
  ``contexts``, ``cameo`` (a root other than the type's own).

The line with the most needs that are met wins; among equals one that finds both sides, then the earlier one. A new
predicate is a new line and no code.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.tables import rows

_OPEN = frozenset({"party", "guest"})
NONE = "-"
COMPUTED = "*"


@dataclass(frozen=True, slots=True)
class Need:
    """One condition: a relation, or prepositions, and the words allowed there (empty: any)."""

    relation: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Predicate:
    """One line of the lexicon. ``mode`` is ``*`` where it follows from the complement."""

    lemma: str
    pos: str
    needs: tuple[Need, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    reciprocal: bool
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    rank: int


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """The named sets of lemmas that the lexicon and the exclusions refer to."""
    return {row["class"]: frozenset(row["words"].split()) for row in rows("word_classes.tsv")}


@cache
def lexicon() -> dict[tuple[str, str], tuple[Predicate, ...]]:
    """All predicates by (lemma, part of speech), the most demanding first."""
    out: dict[tuple[str, str], list[Predicate]] = {}
    for rank, row in enumerate(rows("predicates.tsv")):
        predicate = _predicate(row, rank)
        out.setdefault((predicate.lemma, predicate.pos), []).append(predicate)
    return {key: tuple(sorted(found, key=_order)) for key, found in out.items()}


def demand(predicate: Predicate) -> tuple[int, int]:
    """How much a predicate asks for: its needs, and how many of them name words."""
    return len(predicate.needs), sum(bool(need.words - _OPEN) for need in predicate.needs)


def _order(predicate: Predicate) -> tuple[int, int, int]:
    """Most needs first; among equals those that name words before those that take any; then the order of the table."""
    needs, worded = demand(predicate)
    return -needs, -worded, predicate.rank


def _predicate(row: dict[str, str], rank: int) -> Predicate:
    reciprocal = "+" in row["roles"]
    actors, _, recipients = row["roles"].partition("+" if reciprocal else ">")
    return Predicate(
        lemma=row["predicate"],
        pos=row["pos"],
        needs=tuple(_need(text) for text in row["needs"].split() if text != NONE),
        actors=tuple(actors.split(",")),
        recipients=tuple(slot for slot in recipients.split(",") if slot != NONE),
        reciprocal=reciprocal,
        type=row["type"],
        mode=None if row["mode"] == NONE else row["mode"],
        contexts=() if row["contexts"] == NONE else tuple(row["contexts"].split(",")),
        cameo=None if row["cameo"] == NONE else row["cameo"],
        rank=rank,
    )


def _need(text: str) -> Need:
    relation, _, allowed = text.partition(":")
    words: set[str] = set()
    for word in allowed.split(","):
        if word.startswith("@"):
            words |= word_classes()[word[1:]]
        elif word:
            words.add(word)
    return Need(relation, frozenset(words))
