"""Groups of things that are linked, however far around the links go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations


def grouped(count: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers 0 to ``count`` in groups: those that a chain of links ties together. In order, the least first."""
    parents = list(range(count))

    def root(n: int) -> int:
        while parents[n] != n:
            parents[n] = parents[parents[n]]
            n = parents[n]
        return n

    for a, b in links:
        first, second = sorted((root(a), root(b)))
        parents[second] = first
    groups: dict[int, list[int]] = {}
    for n in range(count):
        groups.setdefault(root(n), []).append(n)
    return list(groups.values())


def candidates(bands: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """The pairs that share a band, each once, the lesser number first."""
    holders: dict[int, list[int]] = {}
    for n, found in enumerate(bands):
        for band in set(found):
            holders.setdefault(band, []).append(n)
    seen: set[tuple[int, int]] = set()
    for members in holders.values():
        for pair in combinations(members, 2):
            if pair not in seen:
                seen.add(pair)
                yield pair
