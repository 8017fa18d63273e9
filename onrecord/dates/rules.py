"""A rule of the grammar: a pattern over the plain text and what its matches say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.dates.days import Interval
from onrecord.dates.expressions import Expression, Fixed

Match = re.Match[str]
Says = Callable[[Match], Expression | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """Where ``pattern`` matches, ``says`` tells what is said there: None where the words are no date after all.

    The span is the group ``x`` where the pattern has one, else the whole match.
    """

    pattern: re.Pattern[str]
    says: Says


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that can only match where ``cue`` occurs; most paragraphs have few cues, and the rest is not run."""

    cue: re.Pattern[str]
    rules: tuple[Rule, ...]


def family(cue: str, *rules: tuple[str, int, Says]) -> Family:
    """A family from its cue and its rules, each a pattern, flags of ``re`` and what it says."""
    return Family(re.compile(cue), tuple(Rule(re.compile(pattern, flags), says) for pattern, flags, says in rules))


def fixed(interval: Interval | None) -> Fixed | None:
    """What the calendar has, if it has it."""
    return Fixed(interval) if interval else None


def lead(m: Match, length: int) -> str:
    """Up to ``length`` characters in front of a match."""
    return m.string[max(0, m.start() - length) : m.start()]
