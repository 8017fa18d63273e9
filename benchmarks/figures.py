"""The lines of ``docs/benchmarks.md``: which figure of which command's output, what was wanted, what others published.

They stand in ``figures.tsv``. A figure is found by patterns in what the command printed (``{N}`` is its number), so no
line can say what no command measured. Where others publish on another split or task, the line says so.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LINES = Path(__file__).with_name("figures.tsv")
_BETWEEN = " ;; "
_NUMBER = r"([\d.]+)"
_WANTED = re.compile(r"wanted: [^)\n]*")  # what a command prints of its targets is no figure of ours


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. ``patterns`` have one group each; several figures stand with a slash between them."""

    topic: str
    what: str
    on: str
    part: str
    patterns: tuple[str, ...]
    wanted: str
    others: str

    def figure(self, output: str) -> str:
        """The figures in a command's output. Raises LookupError, naming the pattern, where one is not there."""
        found, output = [], _WANTED.sub("", output)
        for pattern in self.patterns:
            match = re.search(pattern, output, re.DOTALL)
            if match is None:
                raise LookupError(f"{self.part}: nothing like {pattern!r} for {self.what!r}")
            found.append(match.group(1).rstrip("."))
        return " / ".join(found)


@cache
def lines() -> tuple[Line, ...]:
    """All lines, in their order."""
    with LINES.open(encoding="utf-8", newline="") as file:
        return tuple(_line(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _line(row: dict[str, str]) -> Line:
    patterns = tuple(row["patterns"].replace("{N}", _NUMBER).split(_BETWEEN))
    return Line(row["topic"], row["what"], row["on"], row["part"], patterns, row["wanted"], row["others"])
