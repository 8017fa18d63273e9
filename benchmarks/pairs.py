"""Event type of a given pair, five-fold by sentence, PLV train: ``python -m benchmarks.pairs --work work/folds``.

Scores what ``python -m training.folds`` predicted for rows that its heads had not seen, pooled over the folds: macro F1
over the fifteen labels of the corpus (YIELD is CONCEDE or RETREAT: their probabilities are added), with 95% intervals
from a bootstrap over sentences' rows.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

Row = tuple[str, str]  # gold, found

DRAWS = 1000
ANCHORS = "wanted .78, aim .85 (THREATEN .76); codebook queries to roberta-large, PLV test: .824, THREATEN .744"


def folded(types: dict[str, float]) -> dict[str, float]:
    """Probabilities over PLV's labels."""
    found = dict(types)
    found["YIELD"] = found.pop("CONCEDE") + found.pop("RETREAT")
    return found


def f1s(rows: Iterable[Row]) -> dict[str, float]:
    """F1 of each label."""
    right, gold, found = Counter[str](), Counter[str](), Counter[str]()
    for wanted, guess in rows:
        gold[wanted] += 1
        found[guess] += 1
        right[wanted] += wanted == guess
    return {label: 2 * right[label] / (gold[label] + found[label]) for label in gold}


def macro(rows: Sequence[Row]) -> float:
    """The mean F1 over the labels."""
    scores = f1s(rows)
    return sum(scores.values()) / len(scores)


def interval(rows: Sequence[Row], label: str | None = None) -> tuple[float, float]:
    """The 95% bootstrap interval of the macro F1, or of one label's F1."""
    chance = random.Random(0)
    drawn = []
    for _ in range(DRAWS):
        sample = chance.choices(rows, k=len(rows))
        drawn.append(macro(sample) if label is None else f1s(sample).get(label, 0.0))
    drawn.sort()
    return drawn[int(DRAWS * 0.025)], drawn[int(DRAWS * 0.975)]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("work/folds"))
    parser.add_argument("--corpora", type=Path, help="not used: the predictions carry their labels")
    options = parser.parse_args()
    files = sorted(options.work.glob("fold*.jsonl"))
    if not files:
        print(f"Pairs: no predictions in {options.work}; make them with `python -m training.folds` (half an hour)")
        return
    rows = []
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            types = folded(row["types"])
            rows.append((row["type"], max(types, key=lambda name: types[name])))
    low, high = interval(rows)
    print(f"Event type of a given pair, PLV train, five-fold by sentence, {len(rows)} rows, {len(files)} folds")
    print(f"  macro F1  {macro(rows):.3f}  [{low:.3f}, {high:.3f}]   {ANCHORS}")
    print(f"  accuracy  {sum(a == b for a, b in rows) / len(rows):.3f}")
    for label, score in sorted(f1s(rows).items()):
        low, high = interval(rows, label)
        print(f"  {label:10} {score:.3f}  [{low:.3f}, {high:.3f}]  n {sum(a == label for a, _ in rows)}")


if __name__ == "__main__":
    main()
