"""Measures of coreference, on the worked example of Pradhan et al. 2014 and by hand."""

from __future__ import annotations

from itertools import permutations

import pytest

from benchmarks.clusters import Scores, best_pairing

KEY = ["abc", "defg"]
RESPONSE = ["ab", "cd", "fghi"]


def test_the_worked_example() -> None:
    scores = Scores()
    scores.add(KEY, RESPONSE)
    muc, b3, ceafe = (scores.sums[measure] for measure in ("MUC", "B3", "CEAFe"))
    assert (muc.recall, muc.precision) == (2 / 5, 2 / 5)
    # a, b: 2 of 3 each; c: 1 of 3; d: 1 of 4; f, g: 2 of 4 each; e: none; over 7.
    assert b3.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 4 + 1 / 2 + 1 / 2) / 7)
    # a, b: all; c, d: half; f, g: half; over the 8 mentions given.
    assert b3.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1 / 2 + 1 / 2) / 8)
    # abc with ab: 4/5; defg with fghi: 4/8.
    assert ceafe.recall == pytest.approx(1.3 / 2)
    assert ceafe.precision == pytest.approx(1.3 / 3)
    assert 100 * scores.conll == pytest.approx(45.8, abs=0.05)


def test_the_same_clusters_are_all_right_and_single_mentions_count_for_nothing() -> None:
    scores = Scores()
    scores.add([*KEY, "x"], [*KEY, "y"])
    assert scores.conll == pytest.approx(1.0)


def test_nothing_given_is_nothing_right() -> None:
    scores = Scores()
    scores.add(KEY, [])
    assert scores.conll == 0.0


@pytest.mark.parametrize("worth", [[[0.1, 0.9, 0.3], [0.8, 0.7, 0.2]], [[0.5], [0.4], [0.6]], [[0.0, 0.0], [0.0, 0.3]]])
def test_the_best_pairing_is_that_of_all(worth: list[list[float]]) -> None:
    wide = worth if len(worth) <= len(worth[0]) else [list(row) for row in zip(*worth, strict=True)]
    sums = (
        sum(row[c] for row, c in zip(wide, chosen, strict=True))
        for chosen in permutations(range(len(wide[0])), len(wide))
    )
    assert best_pairing(worth) == pytest.approx(max(sums))
