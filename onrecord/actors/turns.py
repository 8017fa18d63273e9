"""Turns: who speaks where on a page, by the reader's attributions, for pronouns that go on with the same speaker."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from onrecord.reading import Reading


class Turns:
    """The sources of a page's own attributions, not those inside others' words; and what stands in quotation marks."""

    def __init__(self, reading: Reading) -> None:
        starts = [token.start for token in reading.tokens]

        def within(start: int, end: int) -> range:
            return range(bisect_left(starts, start), bisect_left(starts, end))

        self._said = _union(within(*interval) for a in reading.attributions for interval in a.content)
        self._quoted = _union(within(q.start, q.end) for q in reading.quotations if q.end - q.start > _SCARE)
        sources = [within(*a.source) for a in reading.attributions if a.source is not None]
        roots = [tuple(i for i in source if reading.tokens[i].head not in source) for source in sources]
        self._roots = frozenset(i for source in roots for i in source)
        # A broken tree may give a source several heads; any of them may be its mention's.
        self._speakers = sorted({source for source in roots if source and source[0] not in self._said})
        self._reading = reading
        self._first = [source[0] for source in self._speakers]
        self._narrated = [s.first for s in reading.sentences if not self._is_quoted(s.first, s.last)]

    def speaks(self, i: int) -> bool:
        """Whether token ``i`` heads the source of an attribution that is not itself in somebody's words."""
        return i in self._roots and i not in self._said

    def before(self, i: int) -> tuple[int, ...]:
        """The heads of the last such source before token ``i``; none where nobody spoke."""
        at = bisect_left(self._first, i)
        heads = self._speakers[at - 1] if at else ()
        return tuple(antecedent(self._reading, k) if self._is_relative(k) else k for k in heads)

    def is_quoted(self, i: int) -> bool:
        """Whether token ``i`` stands inside quotation marks."""
        return i in self._quoted

    def narrated(self, i: int) -> int:
        """The number of the sentence of token ``i`` among those that are not all quotation."""
        return bisect_right(self._narrated, i)

    def _is_relative(self, i: int) -> bool:
        return self._reading.tokens[i].text.lower() in RELATIVE

    def _is_quoted(self, first: int, last: int) -> bool:
        outside = sum(1 for i in range(first, last) if i not in self._quoted)
        return outside * 10 < (last - first)


RELATIVE = frozenset({"who", "which", "that"})
"""Pronouns that stand for the noun before their clause."""


def antecedent(reading: Reading, i: int) -> int:
    """The noun that a relative clause with the pronoun ``i`` hangs on; -1 where there is none.

    Of "Dal is a veteran who ..." it is whoever is said to be one, Dal.
    """
    tokens, children = reading.tokens, reading.children
    token = tokens[i]
    while token.head >= 0 and not token.deprel.startswith("acl"):
        token = tokens[token.head]
    if not token.deprel.startswith("acl") or not 0 <= token.head < i:
        return _named_before(reading, i)
    noun = token.head
    while tokens[noun].upos == "NUM" and tokens[noun].head >= 0:
        noun = tokens[noun].head  # "Dal, 26, who"
    if any(tokens[c].deprel == "cop" for c in children[noun]):
        return next((c for c in children[noun] if tokens[c].deprel == "nsubj" and c < noun), noun)
    return noun


def _named_before(reading: Reading, i: int) -> int:
    """The name right before "who" where the tree hangs its clause elsewhere: "Per Dal, who"; -1 where there is none."""
    tokens = reading.tokens
    before = tokens[i - 2] if i > 1 and tokens[i - 1].text == "," else tokens[max(0, i - 1)]
    if tokens[i].text.lower() != "who" or before.upos != "PROPN" or before.sentence != tokens[i].sentence:
        return -1
    while before.deprel in ("flat", "compound", "goeswith") and before.head >= 0:
        before = tokens[before.head]
    return before.i


# Characters inside marks up to which they hold a term rather than somebody's words.
_SCARE = 30


def _union(places: Iterable[range]) -> frozenset[int]:
    return frozenset(i for place in places for i in place)
