"""The best tree, against all trees."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from onrecord.trees import tree


def is_tree(heads: tuple[int, ...]) -> bool:
    if heads.count(-1) != 1:
        return False
    for start in range(len(heads)):
        node, steps = start, 0
        while node >= 0:
            node, steps = heads[node], steps + 1
            if steps > len(heads):
                return False
    return True


def total(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(scores[d, h + 1] for d, h in enumerate(heads)))


@pytest.mark.parametrize("seed", range(60))
def test_no_tree_is_better(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(4, 5)).astype(np.float32)
    trees = [heads for heads in itertools.product(range(-1, 4), repeat=4) if is_tree(heads)]
    best = max(total(scores, heads) for heads in trees if all(h != d for d, h in enumerate(heads)))
    found = tuple(tree(scores))
    assert is_tree(found)
    assert total(scores, found) == pytest.approx(best, abs=1e-4)


def test_one_word_is_its_own_root() -> None:
    assert tree(np.zeros((1, 2), dtype=np.float32)) == [-1]


def test_a_long_sentence_is_a_tree() -> None:
    scores = np.random.default_rng(0).normal(size=(180, 181)).astype(np.float32)
    assert is_tree(tuple(tree(scores)))
