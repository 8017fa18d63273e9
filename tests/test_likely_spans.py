"""The chain's spans against the sum over all its paths, on chains small enough for that."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord import chains

TAGS = ["O", "B-cue", "I-cue", "B-content", "I-content"]
SCORES = st.floats(-4, 4, width=32)


def allowed(transitions: chains.Floats) -> chains.Floats:
    """The transitions with what BIO forbids forbidden."""
    found = transitions.copy()
    for a, before in enumerate(TAGS):
        for b, after in enumerate(TAGS):
            if after[0] == "I" and before[1:] != after[1:]:
                found[a, b] = -1e4
    return found


def by_hand(emissions: chains.Floats, transitions: chains.Floats) -> dict[tuple[str, int, int], float]:
    """The probability of each span: the share of the paths that mark it."""
    mass: dict[tuple[str, int, int], float] = {}
    total = 0.0
    for path in product(range(len(TAGS)), repeat=len(emissions)):
        if TAGS[path[0]][0] == "I":
            continue
        score = sum(float(emissions[t, tag]) for t, tag in enumerate(path))
        score += sum(float(transitions[a, b]) for a, b in pairwise(path))
        weight = float(np.exp(score))
        total += weight
        for span in chains.spans(path, TAGS):
            mass[span] = mass.get(span, 0.0) + weight
    return {span: weight / total for span, weight in mass.items()}


@settings(max_examples=30, deadline=None)
@given(arrays(np.float32, (4, 5), elements=SCORES), arrays(np.float32, (5, 5), elements=SCORES))
def test_a_span_has_the_probability_of_the_paths_that_mark_it(emissions: chains.Floats, steps: chains.Floats) -> None:
    transitions = allowed(steps)
    wanted = by_hand(emissions, transitions)
    for span in chains.likely_spans(emissions, transitions, TAGS, 0.4, 0.1):
        assert abs(span.probability - wanted[span.label, span.first, span.last]) < 1e-4


@settings(max_examples=30, deadline=None)
@given(arrays(np.float32, (6, 5), elements=SCORES), arrays(np.float32, (5, 5), elements=SCORES))
def test_spans_are_in_order_and_apart(emissions: chains.Floats, steps: chains.Floats) -> None:
    found = chains.likely_spans(emissions, allowed(steps), TAGS, 0.4, 0.1)
    assert all(a.last <= b.first for a, b in pairwise(found))


def test_words_that_are_surely_outside_part_the_chain_without_changing_it() -> None:
    inside = np.array([[0, 2, -9, 1, -9], [0, 0, 1, 1, 2], [1, 0, 1, 0, 1]], dtype=np.float32)
    outside = np.array([[30, 0, 0, 0, 0]], dtype=np.float32)
    emissions = np.concatenate([outside, inside, outside, inside, outside])
    transitions = allowed(np.zeros((5, 5), dtype=np.float32))
    found = chains.likely_spans(emissions, transitions, TAGS, 0.4, 0.1)
    wanted = by_hand(emissions[:5], transitions)
    first = [span for span in found if span.last <= 4]
    assert first and all(abs(s.probability - wanted[s.label, s.first, s.last]) < 1e-4 for s in first)
    assert [(s.label, s.first + 4, s.last + 4) for s in first] == [
        (s.label, s.first, s.last) for s in found if s.first >= 4
    ]


def test_a_window_without_words_has_no_spans() -> None:
    none = np.zeros((0, 5), dtype=np.float32)
    assert chains.likely_spans(none, allowed(np.zeros((5, 5), dtype=np.float32)), TAGS, 0.4, 0.1) == []
