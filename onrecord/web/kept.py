"""Answers that go through the whole archive and change little, kept for a minute: all actors, all outlets."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

KEEP = 60.0  # seconds that such a list may be behind the archive
MOST = 32  # lists, each of at most a few hundred rows: some megabytes


class Kept:
    """The last answers by what was asked. Two who ask at once may both wait for their own: nobody waits for a lock."""

    def __init__(self, *, keep: float = KEEP, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._keep = keep
        self._most = most
        self._clock = clock
        self._answers: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()

    def get(self, asked: Hashable, look: Callable[[], Any]) -> Any:
        """The answer of the last minute, or a new one."""
        known = self._answers.get(asked)
        if known is not None and self._clock() < known[0]:
            return known[1]
        answer = look()
        self._answers[asked] = self._clock() + self._keep, answer
        self._answers.move_to_end(asked)
        while len(self._answers) > self._most:
            self._answers.popitem(last=False)
        return answer
