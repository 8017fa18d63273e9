"""Statements tied to statements: one inside another's words, a headline and the fuller statement of the same saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.record import Page, Statement

SAME_SAYING = 0.6
"""Share of the headline's longer words found in another statement from which the two are one saying."""


def enclosed(found: Sequence[Statement]) -> list[Statement]:
    """Tie a statement to the smallest other one whose words hold its cue and all its content."""
    tied = []
    for inner in found:
        holders = [
            (span.end - span.start, number)
            for number, outer in enumerate(found)
            if outer.id != inner.id
            for span in outer.content
            if inner.cue is not None
            and span.start <= inner.cue.start
            and inner.cue.end <= span.end
            and all(span.start <= c.start and c.end <= span.end for c in inner.content)
        ]
        tied.append(replace(inner, said_in=found[min(holders)[1]].id) if holders else inner)
    return tied


def repeats(page: Page, found: Sequence[Statement]) -> tuple[Statement, ...]:
    """Tie a statement of the headline to the fuller one of the same saying in the text."""
    headlines = [b for b in page.blocks if b.role in ("headline", "subhead")]
    result = []
    for statement in found:
        place = statement.content[0].start
        if any(b.start <= place < b.end for b in headlines):
            fuller = [
                (_shared(statement, other), -other.content[0].start, -number)
                for number, other in enumerate(found)
                if other.content[0].start > place
                and not any(b.start <= other.content[0].start < b.end for b in headlines)
                and (other.speaker is None or statement.speaker is None or _kin(other.speaker, statement.speaker))
            ]
            best = max(fuller, default=(0.0, 0, 0))
            if best[0] >= SAME_SAYING:
                statement = replace(statement, repeats=found[-best[2]].id)
        result.append(statement)
    return tuple(result)


def _kin(a: str, b: str) -> bool:
    """Whether two actor ids may be one voice: the same, or of one state ("rus" and "rus.gov.foreign-ministry")."""
    return a == b or a.split(".")[0] == b.split(".")[0] or "person" in (a.split(".")[0], b.split(".")[0])


def _content_words(statement: Statement) -> set[str]:
    text = " ".join(span.text for span in statement.content).lower()
    return {word for word in "".join(c if c.isalnum() else " " for c in text).split() if len(word) > 3}


def _shared(a: Statement, b: Statement) -> float:
    """The share of ``a``'s longer words that ``b`` has too."""
    mine = _content_words(a)
    return len(mine & _content_words(b)) / len(mine) if len(mine) >= 2 else 0.0
