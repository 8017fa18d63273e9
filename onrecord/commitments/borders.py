"""Where a condition that stands first ends, by the words: "If they come and stay, we will leave".

Parsers err most where clauses are long, so the comma before the subject of the consequence is asked before the tree.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.events.clause import is_relation, kids, lower
from onrecord.events.status import governors
from onrecord.reading import Reading

_LEADERS = frozenset({"CCONJ", "SCONJ"})
_MARKS = frozenset("\"“”‘’'(") | {"''", "``"}
_OPENERS = frozenset({";", ":", "–", "—", "-"})
_BORDERS = frozenset({",", "--", "—", "–"})
_TELLING = frozenset({"VERB", "AUX", "ADJ"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# So far behind its border the subject of a consequence may have its head.
_NEAR = 12


@dataclass(frozen=True, slots=True)
class Border:
    """``at``: the mark, or "then", behind the condition; ``head``: the predicate of the consequence behind it."""

    at: int
    head: int


def border(reading: Reading, marker: int) -> Border | None:
    """The border behind the condition that ``marker`` ("if", "unless") opens; None where it does not come first."""
    sentence = reading.sentences[reading.tokens[marker].sentence]
    if not _opens(reading, marker, sentence.first):
        return None
    told, before = False, None
    for n in range(marker + 1, sentence.last - 1):
        token = reading.tokens[n]
        if token.text == ";":
            return None
        told = told or token.upos in _TELLING
        if told and (token.text in _BORDERS or (token.text.lower() == "then" and token.upos == "ADV")):
            head = _consequence(reading, n, sentence.last)
            if head is not None and _reports(reading, head):
                # "If they come, she said, we will leave".
                before = n
            elif head is not None:
                return Border(n if before is None else before, head)
    return None


def _opens(reading: Reading, marker: int, first: int) -> bool:
    """Whether no clause stands before the condition that is its consequence."""
    before = marker - 1
    while before >= first and (reading.tokens[before].text in _MARKS or reading.tokens[before].upos == "ADV"):
        before -= 1
    if before < first or reading.tokens[before].upos in _LEADERS or reading.tokens[before].text in _OPENERS:
        return True
    return reading.tokens[before].text == "," and not any(
        reading.tokens[n].xpos in _FINITE or reading.tokens[n].upos == "AUX" for n in range(first, before)
    )


def _consequence(reading: Reading, at: int, end: int) -> int | None:
    """The predicate whose subject stands right behind ``at``, or a command; no relative clause."""
    start = at + 1
    while start < end and (reading.tokens[start].text in _MARKS or reading.tokens[start].upos == "ADV"):
        start += 1
    if start >= end or reading.tokens[start].xpos in ("WDT", "WP", "CC"):
        return None
    for n in range(start, min(start + _NEAR, end)):
        token = reading.tokens[n]
        if not is_relation(token.deprel, ("nsubj", "csubj", "expl")) or token.head <= n:
            continue
        if min(k for k in reading.subtree(n) if k > at) != start:
            return None
        return token.head if _is_finite(reading, token.head) else None
    bare = reading.tokens[start].xpos == "VB" and not kids(reading, start, "nsubj", "aux")
    return start if bare else None


def _is_finite(reading: Reading, i: int) -> bool:
    return reading.tokens[i].xpos in _FINITE or bool(kids(reading, i, "aux", "cop"))


def _reports(reading: Reading, i: int) -> bool:
    return governors().get(lower(reading, i)) == "reported"
