"""Scores of heads to a tree: the best arborescence with one root (Chu and Liu 1965, Edmonds 1967)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

ROOTS = 4
"""Roots that are tried where the first choice of heads has a cycle; a better tree beyond the fourth was never seen."""

_SLACK = 1e-3  # sums of single floats differ by less


def tree(scores: Scores) -> list[int]:
    """The head of each word of one sentence, -1 for its single root.

    ``scores[d, 0]`` is the score of word ``d`` being the root, ``scores[d, 1 + h]`` of ``h`` being its head.
    """
    n = len(scores)
    if n == 1:
        return [-1]
    arcs = scores[:, 1:].copy()
    np.fill_diagonal(arcs, -np.inf)
    best = arcs.argmax(1)
    # What is gained, or lost, by making each word the root instead of giving it its best head.
    gain = scores[:, 0] - arcs[np.arange(n), best]
    heads: list[int] = best.tolist()
    root = int(gain.argmax())
    heads[root] = -1
    if _cycle(heads) is None:
        return heads
    # No tree with a root is better than the best heads of all other words, cycles or not.
    bound = float(arcs[np.arange(n), best].sum(dtype=np.float64))
    top, found = -np.inf, heads
    for candidate in np.argsort(-gain)[:ROOTS].tolist():
        if bound + float(gain[candidate]) < top - _SLACK:
            break
        below = arcs.copy()
        below[candidate] = -np.inf
        heads = _edmonds(below, candidate)
        total = float(scores[candidate, 0]) + sum(float(arcs[d, h]) for d, h in enumerate(heads) if h >= 0)
        if total > top:
            top, found = total, heads
    return found


def _cycle(heads: list[int]) -> list[int] | None:
    """Some cycle of the graph in which each node has one head, or None."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path = []
        node = start
        while node >= 0 and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if node >= 0 and state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return None


def _edmonds(arcs: Scores, root: int) -> list[int]:
    """Contract a cycle, solve the smaller graph, expand. ``arcs[d, h]``; the root's row is -inf."""
    n = len(arcs)
    best = arcs.argmax(1)
    best[root] = -1
    heads: list[int] = best.tolist()
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    m = len(outside)
    members = np.array(cycle)
    kept = arcs[members, best[members]]
    smaller = np.full((m + 1, m + 1), -np.inf, dtype=arcs.dtype)
    smaller[:m, :m] = arcs[np.ix_(outside, outside)]
    into = arcs[np.ix_(members, outside)] - kept[:, None]  # the gain of breaking the cycle at each member
    enters = into.argmax(0)
    smaller[m, :m] = into.max(0)
    leaving = arcs[np.ix_(outside, members)]
    leaves = leaving.argmax(1)
    smaller[:m, m] = leaving.max(1)
    solved = _edmonds(smaller, int(np.flatnonzero(outside == root)[0]))
    result = [-1] * n
    for k, node in enumerate(outside.tolist()):
        head = solved[k]
        if head == m:
            result[node] = int(members[leaves[k]])
        elif head >= 0:
            result[node] = int(outside[head])
    for member in cycle:
        result[member] = int(best[member])
    entry = solved[m]
    result[int(members[enters[entry]])] = int(outside[entry])
    return result
