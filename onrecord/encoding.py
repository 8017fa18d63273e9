"""Words to what the encoder eats: word pieces, and the features that its uncased vocabulary throws away.

Training and run time both go through here, so that the reader is run on what it was trained on. A page is cut into
*windows* of whole blocks, as many as fit, without overlap: every word is encoded once, and a page's windows depend on
nothing but the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


def load_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer file that is shipped beside the weights, without padding or truncation of its own."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


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
    features = []
    pending = iter(quotations)
    quotation = next(pending, None)
    for k, (start, end) in enumerate(words):
        while quotation is not None and quotation.end <= start:
            quotation = next(pending, None)
        mark = _OUTSIDE
        if quotation is not None and start >= quotation.start:
            mark = _INSIDE
            if start == quotation.start:
                mark = _OPENS
            elif quotation.closed and end >= quotation.end:
                mark = _CLOSES
        opens_block = k == 0 or blocks[k] != blocks[k - 1]
        features.append(shape(text[start:end]) * 8 + mark * 2 + opens_block)
    return features


def windows(
    tokenizer: Tokenizer, forms: Sequence[str], features: Sequence[int], blocks: Sequence[int], size: int = WINDOW
) -> list[Window]:
    """Cut the words ``forms`` into windows of at most ``size`` word pieces.

    Whole blocks are packed together while they fit. A block that is longer than a window is cut after the last
    sentence end that fits, or where it must be.
    """
    if not forms:
        return []
    encoding = tokenizer.encode(list(forms), is_pretokenized=True, add_special_tokens=False)
    start_id, end_id, unknown = (_special(tokenizer, name) for name in ("[CLS]", "[SEP]", "[UNK]"))
    pieces: list[list[int]] = [[] for _ in forms]
    for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
        if word is not None:
            pieces[word].append(piece)
    room = size - 2
    # A word of nothing the vocabulary knows has no piece; one of hundreds is noise that would fill windows.
    pieces = [found[:16] or [unknown] for found in pieces]
    return [
        _window(pieces, features, first, last, start_id, end_id)
        for first, last in _cuts([len(piece) for piece in pieces], forms, blocks, room)
    ]


def _special(tokenizer: Tokenizer, name: str) -> int:
    number = tokenizer.token_to_id(name)
    if number is None:
        raise ValueError(f"the tokenizer has no {name}")
    return int(number)


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
            cuts.append((first, cut))
            first, total = cut, sum(lengths[cut:k])
        total += length
    cuts.append((first, len(lengths)))
    return cuts


def _window(
    pieces: Sequence[Sequence[int]], features: Sequence[int], first: int, last: int, start_id: int, end_id: int
) -> Window:
    ids, marks, heads = [start_id], [0], []
    for k in range(first, last):
        heads.append(len(ids))
        ids.extend(pieces[k])
        marks.extend([features[k]] * len(pieces[k]))
    ids.append(end_id)
    marks.append(0)
    return Window(first, last, np.array(ids), np.array(marks), np.array(heads))
