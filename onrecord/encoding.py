"""Words to what the encoder eats: word pieces, and the features that its uncased vocabulary throws away.

Training and run time both go through here, so that the reader is run on what it was trained on. A page is cut into
*windows* of whole blocks, as many as fit, without overlap: every word is encoded once, and a page's windows depend on
nothing but the page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.reading import Quotation

WINDOW = 256
"""Word pieces in a window, the two special ones included. Longer gains nothing in F1 and costs attention."""

# A feature is shape * 8 + mark * 2 + opens_block: one row of one table, added to the word piece's embedding.
_LOWER, _TITLE, _UPPER, _MIXED, _DIGIT, _OTHER, _LETTER = range(1, 8)
_OUTSIDE, _OPENS, _INSIDE, _CLOSES = range(4)
FEATURES = 64

_SENTENCE_END = frozenset({".", "!", "?", "…", "...", "”", '"', "’", "»"})


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``first`` to ``last`` (exclusive) of a page as the encoder takes them.

    ``ids`` and ``features`` have one entry a word piece; ``heads[k]`` is the place of the first piece of word
    ``first + k``.
    """

    first: int
    last: int
    ids: NDArray[np.int64]
    features: NDArray[np.int64]
    heads: NDArray[np.int64]


KEPT_FORMS = 50_000
"""Forms whose pieces and shape are remembered: some 10 MB. A day's news has fewer, and each is new only once."""

_PIECES = 16  # a word of hundreds is noise that would fill windows


class WordPieces:
    """The vocabulary of word pieces. Raises ValueError if the tokenizer lacks a special piece that is needed."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}
        self.start, self.end, self._unknown = (self._special(name) for name in ("[CLS]", "[SEP]", "[UNK]"))
        self.vocabulary: frozenset[str] = frozenset(tokenizer.get_vocab())

    def of(self, forms: Sequence[str]) -> list[tuple[int, ...]]:
        """The pieces of each word, at least one and at most 16. A word's pieces do not depend on its neighbours."""
        known = self._known
        try:
            return [known[form] for form in forms]
        except KeyError:
            pass
        if len(known) > KEPT_FORMS:
            known.clear()
        new = [form for form in dict.fromkeys(forms) if form not in known]
        found: list[list[int]] = [[] for _ in new]
        encoding = self._tokenizer.encode(new, is_pretokenized=True, add_special_tokens=False)
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            if word is not None:
                found[word].append(piece)
        # A word of nothing the vocabulary knows has no piece.
        known.update(
            (form, tuple(pieces[:_PIECES]) or (self._unknown,)) for form, pieces in zip(new, found, strict=True)
        )
        return [known[form] for form in forms]

    def _special(self, name: str) -> int:
        number = self._tokenizer.token_to_id(name)
        if number is None:
            raise ValueError(f"the tokenizer has no {name}")
        return int(number)


def load_tokenizer(path: Path) -> WordPieces:
    """The tokenizer file that is shipped beside the weights, without padding or truncation of its own."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return WordPieces(tokenizer)


@lru_cache(maxsize=KEPT_FORMS)
def shape(word: str) -> int:
    """The case pattern of a word: 1 lower, 2 Title, 3 UPPER, 4 mIxed, 5 with a digit, 6 no letter, 7 one capital."""
    if word.islower():
        return _LOWER if word.isalpha() or not any(map(str.isdigit, word)) else _DIGIT
    if word.istitle() and word.isalpha():
        return _TITLE if len(word) > 1 else _LETTER
    if any(map(str.isdigit, word)):
        return _DIGIT
    if word.isupper():
        return _UPPER
    return _MIXED if any(map(str.isalpha, word)) else _OTHER


def word_features(
    text: str, words: Sequence[tuple[int, int]], blocks: Sequence[int], quotations: Sequence[Quotation]
) -> list[int]:
    """One feature a word. ``blocks[k]`` is the number of the block that word ``k`` stands in."""
    features = [shape(text[start:end]) * 8 for start, end in words]
    for k in range(len(features)):
        if k == 0 or blocks[k] != blocks[k - 1]:
            features[k] += 1
    starts = [start for start, _ in words]
    for quotation in quotations:
        first = bisect_left(starts, quotation.start)
        for k in range(first, bisect_left(starts, quotation.end, first)):
            start, end = words[k]
            closes = quotation.closed and end >= quotation.end
            features[k] += 2 * (_OPENS if start == quotation.start else _CLOSES if closes else _INSIDE)
    return features


def windows(
    pieces: WordPieces, forms: Sequence[str], features: Sequence[int], blocks: Sequence[int], size: int = WINDOW
) -> list[Window]:
    """Cut the words ``forms`` into windows of at most ``size`` word pieces.

    Whole blocks are packed together while they fit. A block that is longer than a window is cut after the last
    sentence end that fits, or where it must be.
    """
    if not forms:
        return []
    found = pieces.of(forms)
    lengths = list(map(len, found))
    room = size - 2
    return [
        _window(found, lengths, features, first, last, pieces) for first, last in _cuts(lengths, forms, blocks, room)
    ]


def _cuts(lengths: Sequence[int], forms: Sequence[str], blocks: Sequence[int], room: int) -> list[tuple[int, int]]:
    cuts = []
    first = total = 0
    block_start = 0  # the last place where a block begins in the window being filled
    sentence_start = 0  # the last place after a sentence end
    for k, length in enumerate(lengths):
        if k and blocks[k] != blocks[k - 1]:
            block_start = sentence_start = k
        elif k and forms[k - 1] in _SENTENCE_END:
            sentence_start = k
        if total + length > room:
            cut = max(block_start, first)
            if cut == first:
                cut = sentence_start if sentence_start > first else k
            if cut > first:  # else one word alone is more than there is room for
                cuts.append((first, cut))
            first, total = cut, sum(lengths[cut:k])
        total += length
    cuts.append((first, len(lengths)))
    return cuts


def _window(
    found: Sequence[Sequence[int]],
    lengths: Sequence[int],
    features: Sequence[int],
    first: int,
    last: int,
    pieces: WordPieces,
) -> Window:
    ids = np.array([pieces.start, *chain.from_iterable(found[first:last]), pieces.end])
    long = np.array(lengths[first:last])
    ends = long.cumsum()
    marks = np.zeros(len(ids), dtype=np.int64)
    marks[1:-1] = np.repeat(features[first:last], long)
    return Window(first, last, ids, marks, ends - long + 1)
