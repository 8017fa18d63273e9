"""Actors: country and sector of bare mentions, against the peer's test set (NGEC).

``python -m benchmarks.actors [--show]`` prints, for each column of ``corpora/actors/mentions_dev.tsv``, how many of the
tested cells are right, wrong and left null. Cells where the guide decides otherwise are listed, with the reason, in
``benchmarks/actors_set_aside.tsv`` and left out; the line ``all cells`` counts them as well.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

from onrecord.actors import resolve_mention

MENTIONS = Path(__file__).parents[2] / "shared" / "corpora" / "actors" / "mentions_dev.tsv"
SET_ASIDE = Path(__file__).with_name("actors_set_aside.tsv")
TODAY = "2022-06-15"
"""What a date that is no year-month-day stands for."""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def main() -> None:
    """Print the figures; with ``--show`` also every cell that is not right."""
    aside = {(row["mention"], row["date"], row["column"]) for row in _rows(SET_ASIDE)}
    kept: dict[str, Counter[str]] = {"country": Counter(), "sector": Counter()}
    whole: dict[str, Counter[str]] = {"country": Counter(), "sector": Counter()}
    for row in _rows(MENTIONS):
        day = row["date"] if re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]) else TODAY
        answers = dict(zip(("country", "sector"), resolve_mention(row["mention"], day, row["context"]), strict=True))
        for column, answer in answers.items():
            expected = row[column]
            if not expected:
                continue
            outcome = "null" if answer is None else "right" if answer == expected else "wrong"
            whole[column][outcome] += 1
            if (row["mention"], row["date"], column) not in aside:
                kept[column][outcome] += 1
                if outcome != "right" and "--show" in sys.argv:
                    print(f"{outcome:5}  {column:7}  {expected:4}  {answer or '-':4}  {row['mention']}")
    for name, counts in (("set aside left out", kept), ("all cells", whole)):
        for column, count in counts.items():
            total = count.total()
            shares = "  ".join(f"{k} {count[k]:3} ({count[k] / total:5.1%})" for k in ("right", "wrong", "null"))
            print(f"{name:18}  {column:7}  of {total:3}:  {shares}")


if __name__ == "__main__":
    main()
