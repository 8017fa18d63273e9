"""Signatures of pages: how much of one article's text stands in another, told from 518 bytes a page.

A page is its set of three-word runs, casing and punctuation aside. MinHash (Broder 1997) keeps 256 numbers of the set;
the share that agrees between two pages estimates the overlap of their sets, and with the sizes of both, how much of the
shorter one stands in the longer. That second figure is what tells copies: a wire story cut to its first paragraphs
shares a fifth of the whole, but all of itself.

``rensa`` makes the numbers. Their low 16 bits are kept (b-bit minwise hashing, Li and König 2010): what agrees by
accident, one in 65,536, is far below the noise of the estimate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from onrecord.record import Page

SAME = 0.6
"""How much of the shorter text has to stand in the longer one. Of 899 unlike newswire articles, no two shared over
0.47; copies with one sentence in ten rewritten keep over 0.75 (``python -m benchmarks.stories``)."""

FEWEST = 12
"""Three-word runs a page needs to have before a part of it says anything; shorter texts must agree all but whole."""

_WORDS_A_RUN = 3
_NUMBERS = 256
_BANDS = 64  # of two numbers each, of the first 128: a text of which a fifth is shared is found with 93%, a quarter 98%
_SEED = 1
_VERSION = bytes([1, RMinHash.ALGORITHM_VERSION])  # of what is said here, and of the library's numbers
_READ = frozenset({"lead", "body", "subhead"})
_WORD = re.compile(r"\w+")


def signature(page: Page) -> bytes:
    """What a page's article text is known by: the same bytes for the same words, on every machine.

    Headline, byline, captions and furniture do not count: outlets write their own. Two bytes for the version of the
    method, four for the number of runs, 512 of MinHash. A page without words has an empty signature.
    """
    runs = sorted(set(_runs(page)))
    if not runs:
        return b""
    sketch = RMinHash(_NUMBERS, _SEED)
    sketch.update(runs)
    numbers = np.array(sketch.digest(), dtype=np.uint64).astype("<u2")
    return _VERSION + len(runs).to_bytes(4, "little") + numbers.tobytes()


def is_current(signature: bytes) -> bool:
    """Whether a stored signature was made by this version of the method; one that was not has to be made again."""
    return not signature or signature.startswith(_VERSION)


def bands(signature: bytes) -> tuple[int, ...]:
    """What to look a signature up by: 64 signed 64-bit integers, of which copies share at least one. None if empty.

    Pages that share a band are candidates, to be asked of ``same_story``.
    """
    if not signature:
        return ()
    numbers = _numbers(signature)[: 2 * _BANDS].astype(np.int64)
    place = np.arange(_BANDS, dtype=np.int64) << 32
    return tuple((place | numbers[0::2] << 16 | numbers[1::2]).tolist())


def same_story(a: bytes, b: bytes) -> bool:
    """Whether two pages, by their signatures, carry one text: copied, cut, reordered or lightly edited."""
    if not a or not b:
        return False
    return shared(a, b) >= (SAME if min(_size(a), _size(b)) >= FEWEST else 0.95)


def shared(a: bytes, b: bytes) -> float:
    """How much of the shorter text stands in the longer one, estimated: 0 to 1, with a standard error of at most 0.1.

    Raises ValueError for signatures of different versions.
    """
    if a[:2] != b[:2]:
        raise ValueError("signatures of different versions cannot be compared: make both again")
    alike = float(np.mean(_numbers(a) == _numbers(b)))  # estimates |A & B| / |A | B|
    both = alike / (1 + alike) * (_size(a) + _size(b))
    return min(1.0, both / min(_size(a), _size(b)))


def _runs(page: Page) -> Iterator[str]:
    words = [
        word
        for block in page.blocks
        if block.role in _READ
        for word in _WORD.findall(page.text[block.start : block.end].casefold())
    ]
    for first in range(max(1, len(words) - _WORDS_A_RUN + 1) if words else 0):
        yield " ".join(words[first : first + _WORDS_A_RUN])


def _size(signature: bytes) -> int:
    return int.from_bytes(signature[2:6], "little")


def _numbers(signature: bytes) -> NDArray[np.uint16]:
    return np.frombuffer(signature, dtype="<u2", offset=6)
