"""Tag scores to spans, by a linear chain over BIO tags: its best path, or the spans that are likely each on its own.

``best_path`` is Viterbi's (1967). ``likely_spans`` decodes for the measure that counts, exact spans: each span's
probability under the chain (Rabiner 1989, forward and backward), then the set of spans without overlap that promises
most (Goodman 1996, decoding for expected counts). Where a border is in doubt the best path picks one of many
readings; the likely spans leave out what is less likely right than wrong, and find what the best path lost to O.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

FORBIDDEN = -1e3
"""Transitions at or below this are impossible."""

SURE = 8.0
"""A word whose O outscores every other tag by this much (in nats) is taken for O: from 8 to 14 all decoded the same."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A span over words ``first`` to ``last`` (exclusive), with its probability of being exactly right."""

    label: str
    first: int
    last: int
    probability: float


def best_path(emissions: Floats, transitions: Floats, tags: Sequence[str]) -> list[int]:
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


def likely_spans(
    emissions: Floats, transitions: Floats, tags: Sequence[str], least: float, spare: float
) -> list[Likely]:
    """Spans that do not overlap, in order, so that the sum of (probability - ``least``) is the greatest.

    Where none of those stands, spans of a probability over ``spare`` fill the room. ``tags`` are as for ``best_path``.
    To maximise expected F1 a span is worth marking when its probability passes half of the F1 that is reached
    (Lewis 1995, for single decisions), so ``least`` lies between a third and a half.
    """
    candidates: list[Likely] = []
    steps = np.where(transitions <= FORBIDDEN, 0.0, np.exp(transitions.astype(np.float64)))
    open_words = np.flatnonzero(emissions[:, 0] - emissions[:, 1:].max(1) < SURE)
    for first, last in _runs(open_words):
        candidates.extend(_candidates(emissions, steps, tags, first, last, spare))
    chosen = _best_set([span for span in candidates if span.probability > least], least)
    room = np.ones(len(emissions), dtype=bool)
    for span in chosen:
        room[span.first : span.last] = False
    fill = _best_set([span for span in candidates if room[span.first : span.last].all()], spare)
    return sorted([*chosen, *fill], key=lambda span: span.first)


def _runs(numbers: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Stretches (first, last exclusive) of successive numbers."""
    if not len(numbers):
        return []
    breaks = np.flatnonzero(np.diff(numbers) > 1)
    firsts = numbers[np.concatenate([[0], breaks + 1])].tolist()
    lasts = numbers[np.concatenate([breaks, [len(numbers) - 1]])].tolist()
    return [(a, b + 1) for a, b in zip(firsts, lasts, strict=True)]


def _candidates(
    emissions: Floats, steps: Doubles, tags: Sequence[str], first: int, last: int, least: float
) -> list[Likely]:
    """Spans of one stretch between words that are surely O, whose probability passes ``least``."""
    n = last - first
    scores = np.exp(emissions[first:last] - emissions[first:last].max(1, keepdims=True)).astype(np.float64)
    # A window's first word has no transition before it, but no span runs on into it.
    start = np.array([tag[0] != "I" for tag in tags], dtype=np.float64) if first == 0 else steps[0]
    end = np.ones(len(tags)) if last == len(emissions) else steps[:, 0]
    moves = steps * scores[1:, None, :]  # moves[t, before, after]: from word t to word t + 1
    forward = _swept(start * scores[0], moves)
    backward = _swept(end, moves[::-1].transpose(0, 2, 1))[::-1]
    share = forward * backward
    share /= share.sum(1, keepdims=True)
    # The chance of each move, given the tag that it starts from: what came before that has no part in it.
    onward = moves * backward[1:, None]
    onward /= onward.sum(2, keepdims=True)
    found = []
    for begin, tag in enumerate(tags):
        if tag[0] != "B":
            continue
        inside = tags.index(f"I-{tag[2:]}")
        begun, going = ([*onward[:, at, inside].tolist(), 0.0] for at in (begin, inside))
        for a in np.flatnonzero(share[:, begin] > least).tolist():
            reach, chance = float(share[a, begin]), begun[a]
            for at in range(a, n):
                goes_on = reach * chance
                if reach - goes_on > least:
                    found.append(Likely(tag[2:], first + a, first + at + 1, reach - goes_on))
                if goes_on <= least:
                    break
                reach, chance = goes_on, going[at + 1]
    return found


_BLOCK = 16
"""Steps whose products are made side by side, and within the range of a float without scaling."""


def _swept(state: Doubles, moves: Doubles) -> Doubles:
    """``state`` and what it becomes by one move after another, each row up to a factor.

    Blocks of moves are multiplied out side by side, for a few large products take less time than many small ones.
    """
    n, width = len(moves), len(state)
    count = -(-n // _BLOCK)
    rest = np.broadcast_to(np.eye(width), (count * _BLOCK - n, width, width))
    blocks = np.concatenate([moves, rest]).reshape(count, _BLOCK, width, width)
    for k in range(1, _BLOCK):
        blocks[:, k] = blocks[:, k - 1] @ blocks[:, k]
    states = np.empty((count, 1, width))
    first = state
    for block, own in zip(blocks[:, -1], states, strict=True):
        own[0] = state = state / state.sum()
        state = state @ block
    return np.concatenate([first[None], (states[:, None] @ blocks).reshape(-1, width)[:n]])


def _best_set(candidates: Sequence[Likely], least: float) -> list[Likely]:
    """Weighted interval scheduling (Kleinberg and Tardos 2005, 6.1) with what passes ``least`` as the weight."""
    by_end = sorted(candidates, key=lambda span: (span.last, span.first, span.label))
    ends = [span.last for span in by_end]
    best = [0.0]
    taken: list[int | None] = []
    for n, span in enumerate(by_end):
        before = bisect_right(ends, span.first, 0, n)
        weight = best[before] + span.probability - least
        taken.append(before if weight > best[-1] else None)
        best.append(max(weight, best[-1]))
    chosen = []
    n = len(by_end)
    while n:
        before_or_none = taken[n - 1]
        if before_or_none is None:
            n -= 1
        else:
            chosen.append(by_end[n - 1])
            n = before_or_none
    return chosen[::-1]
