"""Tag scores to spans: the best path through a chain of BIO tags (Viterbi 1967)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = -1e3
"""Transitions at or below this are impossible."""


def best_path(emissions: NDArray[np.float32], transitions: NDArray[np.float32], tags: Sequence[str]) -> list[int]:
    """The best sequence of tags, as indices into ``tags``; a sequence never begins with an I- tag.

    ``emissions[t, tag]`` scores a word's tag, ``transitions[before, after]`` a pair of neighbours.
    """
    n = len(emissions)
    if n == 0:
        return []
    first = np.array([FORBIDDEN * 10 if tag[0] == "I" else 0.0 for tag in tags], dtype=np.float32)
    score = emissions[0] + first
    back = np.empty((n, len(tags)), dtype=np.int16)
    into = np.ascontiguousarray(transitions.T)  # into[after, before]
    rows = np.arange(len(tags))
    for t in range(1, n):
        paths = into + score
        chosen = paths.argmax(1)
        back[t] = chosen
        score = paths[rows, chosen] + emissions[t]
    path = [int(score.argmax())]
    for t in range(n - 1, 0, -1):
        path.append(int(back[t, path[-1]]))
    return path[::-1]


def spans(path: Sequence[int], tags: Sequence[str]) -> list[tuple[str, int, int]]:
    """(label, first, last exclusive) of the spans that a path of tags marks."""
    found: list[tuple[str, int, int]] = []
    begun = -1
    label = ""
    for t, number in enumerate(path):
        tag = tags[number]
        if tag[0] == "I" and begun >= 0:
            continue
        if begun >= 0:
            found.append((label, begun, t))
            begun = -1
        if tag[0] != "O":
            begun, label = t, tag[2:]
    if begun >= 0:
        found.append((label, begun, len(path)))
    return found
