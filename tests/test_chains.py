"""The best path of tags, against all paths."""

from __future__ import annotations

import itertools
from itertools import pairwise

import numpy as np
import pytest

from onrecord.chains import best_path, spans

TAGS = ["O", "B-x", "I-x", "B-y", "I-y"]


def transitions(seed: int) -> np.ndarray:
    scores = np.random.default_rng(seed).normal(size=(5, 5)).astype(np.float32)
    for a, before in enumerate(TAGS):
        for b, after in enumerate(TAGS):
            if after[0] == "I" and before[1:] != after[1:]:
                scores[a, b] = -1e4
    return scores


@pytest.mark.parametrize("seed", range(30))
def test_no_path_is_better(seed: int) -> None:
    emissions = np.random.default_rng(seed + 100).normal(size=(5, 5)).astype(np.float32)
    chain = transitions(seed)

    def total(path: tuple[int, ...]) -> float:
        if TAGS[path[0]][0] == "I":
            return -np.inf
        steps = sum(chain[a, b] for a, b in pairwise(path))
        return float(sum(emissions[t, tag] for t, tag in enumerate(path)) + steps)

    best = max(total(path) for path in itertools.product(range(5), repeat=5))
    assert total(tuple(best_path(emissions, chain, TAGS))) == pytest.approx(best, abs=1e-4)


def test_spans_of_a_path() -> None:
    assert spans([0, 1, 2, 1, 0, 3, 4, 4], TAGS) == [("x", 1, 3), ("x", 3, 4), ("y", 5, 8)]
    assert spans([], TAGS) == []
