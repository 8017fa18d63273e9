"""Tag scores to spans: the best path through a chain of BIO tags (Viterbi 1967)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = -1e3
"""Transitions at or below this are impossible."""


def best_path(emissions: NDArray[np.float32], transitions: NDArray[np.float32], tags: Sequence[str]) -> list[int]:
    """The best sequence of tags, as indices into ``tags``; a sequence never begins with an I- tag.

    ``emissions[t, tag]`` scores a word's tag, ``transitions[before, after]`` a pair of neighbours. ``tags`` is O, then
    B- and I- of each label, and O may follow anything. Words that are O on any best path part the chain, so that only
    what stands between them is searched.
    """
    n = len(emissions)
    if n == 0:
        return []
    first = np.array([FORBIDDEN * 10 if tag[0] == "I" else 0.0 for tag in tags], dtype=np.float32)
    into = np.ascontiguousarray(transitions.T)  # into[after, before]
    rows = np.arange(len(tags))
    path = [0] * n
    surely = _surely_outside(emissions, transitions)
    t = 0
    while t < n:
        if surely[t]:
            t += 1
            continue
        score = emissions[t] + (into[:, 0] if t else first)
        begin, back = t, []
        t += 1
        while t < n and not surely[t]:
            paths = into + score
            chosen = paths.argmax(1)
            back.append(chosen)
            score = paths[rows, chosen] + emissions[t]
            t += 1
        tag = int((score + into[0]).argmax() if t < n else score.argmax())
        path[t - 1] = tag
        for k in range(t - 2, begin - 1, -1):
            tag = path[k] = int(back[k - begin][tag])
    return path


def _surely_outside(emissions: NDArray[np.float32], transitions: NDArray[np.float32]) -> list[bool]:
    """The words that are O on every best path.

    From the right: ``keeps`` bounds what a path loses, at most, if a word may not be I-. It can become B- of its label,
    or O if the next may not be I- either. A word is O if whatever else it was, being O and the next not being I- would
    gain. Each word that changes its tag touches two transitions, of which each is worth ``touch / 2`` at most.
    """
    allowed = transitions[transitions > FORBIDDEN]
    touch = 2 * float(allowed.max() - allowed.min())
    outside = emissions[:, 0]
    other = (emissions[:, 1:].max(1) - outside + touch).tolist()
    inside = (emissions[:, 2::2].max(1) - outside + touch).tolist()
    begins = ((emissions[:, 2::2] - emissions[:, 1::2]).max(1) + touch).tolist()
    surely = [False] * len(other)
    keeps = 0.0
    for t in range(len(other) - 1, -1, -1):
        surely[t] = other[t] + keeps < 0
        keeps = max(0.0, min(begins[t], inside[t] + keeps))
    return surely


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
