"""A trace: why a mention was taken for somebody, step by step, for those who ask."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One reason: what was decided, the token it goes back to (-1 for none), the line of a table ("" for none)."""

    what: str
    i: int = -1
    table: str = ""


class Trace:
    """The steps taken since the last time that somebody asked."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    def say(self, what: str, i: int = -1, table: str = "") -> None:
        """Note a step."""
        self._steps.append(Step(what, i, table))

    def take(self) -> tuple[Step, ...]:
        """All steps so far, in order; the next ones begin anew."""
        steps, self._steps = tuple(dict.fromkeys(self._steps)), []
        return steps
