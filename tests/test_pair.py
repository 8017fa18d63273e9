"""The learned type of a given pair."""

from __future__ import annotations

import pytest

from onrecord.events import classify


def test_the_probabilities_are_of_all_types_and_sum_to_one() -> None:
    found = classify("Police arrested three protesters in Lima.", (0, 6), (16, 32))
    assert len(found) == 16
    assert sum(found.values()) == pytest.approx(1.0)
    assert max(found, key=lambda name: found[name]) == "COERCE"


def test_a_side_without_words_is_an_error() -> None:
    with pytest.raises(ValueError, match="word"):
        classify("Police arrested three protesters.", (6, 6), (16, 32))
