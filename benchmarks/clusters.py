"""Measures of coreference: MUC, B3, CEAFe and their mean, the CoNLL score, over clusters of mentions.

Definitions: Vilain et al. 1995 (MUC), Bagga and Baldwin 1998 (B3), Luo 2005 (CEAF, here with the entity similarity
phi4), Pradhan et al. 2014, whose worked example is the test. A cluster is a set of mentions; a mention is in at most
one. Each measure comes as sums, so that documents add up: the numerators and denominators of recall and precision.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

Cluster = frozenset[Hashable]
MEASURES = ("MUC", "B3", "CEAFe")


@dataclass(slots=True)
class Sums:
    """Numerators and denominators of recall and precision over documents."""

    right: float = 0.0
    gold: float = 0.0
    hit: float = 0.0
    ours: float = 0.0

    def add(self, right: float, gold: float, hit: float, ours: float) -> None:
        """Add one document's."""
        self.right, self.gold, self.hit, self.ours = (
            self.right + right, self.gold + gold, self.hit + hit, self.ours + ours,
        )  # fmt: skip

    @property
    def recall(self) -> float:
        """From 0 to 1; 0 where there is nothing to find."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        """From 0 to 1; 0 where nothing was given."""
        return self.hit / self.ours if self.ours else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


class Scores:
    """The three measures, summed over documents."""

    def __init__(self) -> None:
        self.sums = {measure: Sums() for measure in MEASURES}

    def add(self, gold: Iterable[Iterable[Hashable]], ours: Iterable[Iterable[Hashable]]) -> None:
        """Add a document. Clusters of one mention are left out on both sides, as CoNLL 2012 did."""
        key = [cluster for cluster in map(frozenset, gold) if len(cluster) > 1]
        response = [cluster for cluster in map(frozenset, ours) if len(cluster) > 1]
        self.sums["MUC"].add(*_muc(key, response), *_muc(response, key))
        self.sums["B3"].add(*_b3(key, response), *_b3(response, key))
        similarity = _ceafe(key, response)
        self.sums["CEAFe"].add(similarity, len(key), similarity, len(response))

    @property
    def conll(self) -> float:
        """The mean of the three F1."""
        return sum(sums.f1 for sums in self.sums.values()) / len(self.sums)


def _muc(key: Sequence[Cluster], response: Sequence[Cluster]) -> tuple[float, float]:
    """Links kept, of the links of the key: a cluster of n mentions has n - 1, and each part of it one less."""
    of = _places(response)
    kept = links = 0
    for cluster in key:
        parts = {of.get(mention, mention) for mention in cluster}
        kept += len(cluster) - len(parts)
        links += len(cluster) - 1
    return kept, links


def _b3(key: Sequence[Cluster], response: Sequence[Cluster]) -> tuple[float, float]:
    """For each mention of the key the share of its cluster that the response puts together with it."""
    of = _places(response)
    total = 0.0
    for cluster in key:
        for mention in cluster:
            if (place := of.get(mention)) is not None:
                total += len(cluster & response[place]) / len(cluster)
    return total, sum(map(len, key))


def _ceafe(key: Sequence[Cluster], response: Sequence[Cluster]) -> float:
    """The similarity of the best one-to-one pairing of clusters, 2 |a and b| / (|a| + |b|) for a pair."""
    if not key or not response:
        return 0.0
    alike = [[2 * len(a & b) / (len(a) + len(b)) for b in response] for a in key]
    return best_pairing(alike)


def _places(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    return {mention: place for place, cluster in enumerate(clusters) for mention in cluster}


def best_pairing(worth: Sequence[Sequence[float]]) -> float:
    """The greatest sum of a one-to-one pairing of rows and columns (Kuhn-Munkres with potentials, O(n^3))."""
    if len(worth) > len(worth[0]):
        worth = list(zip(*worth, strict=True))
    rows, columns = len(worth), len(worth[0])
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    paired, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        paired[0], column = row, 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while paired[column]:
            used[column] = True
            at, step, following = paired[column], float("inf"), 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                cost = -worth[at - 1][j - 1] - of_row[at] - of_column[j]
                if cost < least[j]:
                    least[j], way[j] = cost, column
                if least[j] < step:
                    step, following = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    of_row[paired[j]] += step
                    of_column[j] -= step
                else:
                    least[j] -= step
            column = following
        while column:
            paired[column], column = paired[way[column]], way[column]
    return sum(worth[paired[j] - 1][j - 1] for j in range(1, columns + 1) if paired[j])
