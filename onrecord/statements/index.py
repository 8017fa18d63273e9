"""Look-ups on one page's reading: tokens by place, heads of phrases, what stands inside marks, blocks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from onrecord.reading import Quotation, Reading, Token
from onrecord.record import Page, Span

Interval = tuple[int, int]

SCARE = 4
"""Words in a quotation below which, without a cue of its own, it is taken for a title or a scare quote."""


class Index:
    """Look-ups on one page's reading, made once: tokens by place, quotations, blocks."""

    def __init__(self, page: Page, reading: Reading) -> None:
        self.page = page
        self.reading = reading
        self.starts = [token.start for token in reading.tokens]

    def span(self, interval: Interval) -> Span:
        start, end = interval
        return Span(start, end, self.page.text[start:end])

    def tokens(self, interval: Interval) -> Sequence[Token]:
        """Tokens that begin within the interval."""
        return self.reading.tokens[bisect_left(self.starts, interval[0]) : bisect_left(self.starts, interval[1])]

    def head(self, interval: Interval) -> Token | None:
        """The token of the interval that hangs on something outside it; a verb before anything else."""
        tokens = self.tokens(interval)
        outside = [t for t in tokens if not (interval[0] <= self._head_start(t) < interval[1])]
        verbs = [t for t in outside if t.upos in ("VERB", "AUX")]
        return next(iter(verbs or outside or tokens), None)

    def _head_start(self, token: Token) -> int:
        return self.reading.tokens[token.head].start if token.head >= 0 else -1

    def quotes(self, content: Iterable[Interval]) -> list[Interval]:
        """What stands inside quotation marks within the content, without the marks."""
        found = []
        for start, end in content:
            for quotation in self.reading.quotations:
                inner = inside(quotation)
                a, b = max(start, inner[0]), min(end, inner[1])
                if b > a and any(c.isalnum() for c in self.page.text[a:b]):
                    said = self.page.text[a:b]
                    found.append((a + len(said) - len(said.lstrip()), b - len(said) + len(said.rstrip())))
        return found

    def is_saying(self, content: Iterable[Interval]) -> bool:
        """Whether words without a cue are a quotation long enough to be somebody's saying."""
        quoted = self.quotes(content)
        return sum(len(self.tokens(interval)) for interval in quoted) > SCARE

    def goes_on(self, end: int) -> bool:
        """Whether words that end here are left open by their marks, so that the next paragraph goes on with them."""
        return any(q.start < end <= q.end and not q.closed for q in self.reading.quotations)

    def block_of(self, position: int) -> Interval:
        """The characters of the block that a position stands in; nothing if it stands in none."""
        number = self.block(position)
        return (self.page.blocks[number].start, self.page.blocks[number].end) if number >= 0 else (0, 0)

    def block(self, position: int) -> int:
        """The number of the block that a position stands in, or -1."""
        return next((n for n, b in enumerate(self.page.blocks) if b.start <= position < b.end), -1)


def inside(quotation: Quotation) -> Interval:
    return quotation.start + 1, quotation.end - quotation.closed


def extent(index: Index, i: int, within: Interval, *, marks: bool = False) -> Interval | None:
    """Characters of a subtree, less the punctuation at its ends; None if they leave ``within``.

    With ``marks`` a closing quotation mark at the end stays, if what it closes was opened inside.
    """
    tokens = [index.reading.tokens[k] for k in sorted(index.reading.subtree(i))]
    while tokens and tokens[-1].upos == "PUNCT":
        tokens.pop()
    while tokens and tokens[0].upos == "PUNCT":
        tokens.pop(0)
    if not tokens or tokens[0].start < within[0] or tokens[-1].end > within[1]:
        return None
    start, end = tokens[0].start, tokens[-1].end
    if marks:
        closing = (q.end for q in index.reading.quotations if start <= q.start < end < q.end <= end + 2)
        end = min(next(closing, end), within[1])
    return start, end
