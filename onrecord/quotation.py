"""Quotation marks to quotations: which characters stand inside marks.

Marks are the hardest evidence there is for reported words, and the ways newspapers set them vary: straight and curly,
double and single, guillemets, an opening mark on each paragraph of a long quotation and a closing one on the last only.
Only the outermost pair counts. A mark never reaches past its block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from onrecord.reading import Quotation

_OPENING = {"“": "”", "„": "”“", "«": "»", "‘": "’", "‹": "›"}
_MARK = re.compile("[\"“”„«»‹›‘’']|''|``")


def quotations(text: str, blocks: Iterable[tuple[int, int]]) -> tuple[Quotation, ...]:
    """The outermost quotations of each block ``(start, end)`` of ``text``, in order.

    A mark that is opened and not closed gives a quotation to the end of its block if it opens the block (a quotation
    that goes on in the next paragraph, or a forgotten mark) or if the next block opens with the same mark; elsewhere it
    is taken for a stray and ignored.
    """
    found: list[Quotation] = []
    places = list(blocks)
    for (start, end), (after, _) in pairwise([*places, (len(text), len(text))]):
        _scan(text, start, end, text[after : after + 1], found)
    return tuple(found)


def _scan(text: str, start: int, end: int, next_opens: str, found: list[Quotation]) -> None:
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    unclosed: set[str] = set()  # that nothing behind closes, told once: thousands of opening marks take no longer
    at = 0
    while at < len(marks):
        position = marks[at]
        closers = _closers(text, position, start, end)
        if closers is None:
            at += 1
            continue
        behind = () if closers in unclosed else range(at + 1, len(marks))
        close = next((j for j in behind if _closes(text, marks[j], end, closers)), None)
        if close is None:
            unclosed.add(closers)
        if close is not None:
            found.append(Quotation(position, marks[close] + 1, True))
            at = close + 1
        elif closers not in ("'", "’") and (position == start or text[position] == next_opens):
            found.append(Quotation(position, end, False))
            return
        else:
            at += 1


def _closers(text: str, position: int, start: int, end: int) -> str | None:
    """The marks that would close the one at ``position``, or None if that one opens nothing."""
    mark = text[position]
    before = text[position - 1] if position > start else " "
    after = text[position + 1] if position + 1 < end else " "
    if mark == '"':  # after a figure it is an inch
        return None if before.isalnum() and not after.isalnum() else '"”'
    if mark == "'":  # an apostrophe unless it stands before a word and after none
        return "'" if not before.isalnum() and (after.isalnum() or after in '“"…[') and not after.isdigit() else None
    if mark == "”":  # Swedish style, or a slip for an opening mark
        return "”" if not before.isalnum() and before not in ".,!?" and after.isalnum() else None
    if mark in _OPENING and (mark == "«" or not after.isspace()):  # French sets spaces inside its guillemets
        return _OPENING[mark] + ('"' if mark == "“" else "")
    return None


def _closes(text: str, position: int, end: int, closers: str) -> bool:
    mark = text[position]
    if mark not in closers:
        return False
    if mark in "'’":  # inside or before a word it is an apostrophe
        after = text[position + 1] if position + 1 < end else " "
        return not after.isalnum() and not text[position - 1].isspace()
    return True
