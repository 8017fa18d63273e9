"""Precision, recall and F1 of sets, as every benchmark here counts them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass
class Score:
    """Counts of what was right, found, and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: Iterable[Hashable], wanted: Iterable[Hashable]) -> None:
        """Count one page's items; equal items count once."""
        a, b = set(found), set(wanted)
        self.right += len(a & b)
        self.found += len(a)
        self.wanted += len(b)

    @property
    def precision(self) -> float:
        """Share of the found that is right, in percent."""
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that was found, in percent."""
        return 100 * self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both, in percent."""
        return 200 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0

    def __str__(self) -> str:
        return f"F1 {self.f1:5.1f}  P {self.precision:5.1f}  R {self.recall:5.1f}  n {self.wanted}"
