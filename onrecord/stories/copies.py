"""Copies: how much of one article's text stands in another, told from signatures of 582 bytes a page.

A page is its set of three-word runs, casing and punctuation aside. MinHash (Broder 1997) keeps 256 numbers of the set;
the share that agrees between two pages estimates the overlap of their sets, and with the sizes of both, how much of the
shorter one stands in the longer. That second figure is what tells copies: a wire story cut to its first paragraphs
shares a fifth of the whole, but all of itself.

``rensa`` makes the numbers. Their low 16 bits are kept (b-bit minwise hashing, Li and König 2010): what agrees by
accident, one in 65,536, is far below the noise of the estimate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from onrecord.record import Page

SAME = 0.6
"""How much of the shorter text has to stand in the longer one. Of 899 unlike newswire articles, no two shared over
0.47; copies with one sentence in ten rewritten keep over 0.75 (``python -m benchmarks.stories``)."""

FEWEST = 12
"""Three-word runs a page needs to have before a part of it says anything; shorter texts must agree all but whole."""

MUTUAL = 0.4
"""How much two texts have in common, of both together, for the shorter one to be called the bulk of the longer."""

OPENING = 0.35
"""How much two openings have in common where that alone has to tell. A dateline and a few changed words leave a
half."""

_WORDS_A_RUN = 3
_NUMBERS = 256
_OPENING_WORDS = 50
_OPENING_NUMBERS = 32
_BANDS = 64  # of two numbers each, of the first 128: a text of which a fifth is shared is found with 93%, a quarter 98%
_SEED = 1
_VERSION = bytes([1, RMinHash.ALGORITHM_VERSION])  # of what is said here, and of the library's numbers
_READ = frozenset({"lead", "body", "subhead"})
_WORD = re.compile(r"\w+")


def signature(page: Page) -> bytes:
    """What a page's article text is known by: the same bytes for the same words, on every machine.

    Headline, byline, captions and furniture do not count: outlets write their own. Two bytes for the version of the
    method, four for the number of runs, 512 of MinHash, 64 of the MinHash of the first fifty words. A page without
    words has an empty signature.
    """
    words = _words(page)
    if not words:
        return b""
    runs = _runs(words)
    opening = _runs(words[:_OPENING_WORDS])
    return _VERSION + len(runs).to_bytes(4, "little") + _sketch(runs, _NUMBERS) + _sketch(opening, _OPENING_NUMBERS)


def is_current(signature: bytes) -> bool:
    """Whether a stored signature was made by this version of the method; one that was not has to be made again."""
    return not signature or signature.startswith(_VERSION)


def bands(signature: bytes) -> tuple[int, ...]:
    """What to look a signature up by: 64 signed 64-bit integers, of which copies share at least one. None if empty.

    Pages that share a band are candidates, to be asked of ``same_story``.
    """
    if not signature:
        return ()
    numbers = _whole(signature)[: 2 * _BANDS].astype(np.int64)
    place = np.arange(_BANDS, dtype=np.int64) << 32
    return tuple((place | numbers[0::2] << 16 | numbers[1::2]).tolist())


def same_story(a: bytes, b: bytes) -> bool:
    """Whether two pages, by their signatures, carry one text: copied, cut, reordered or lightly edited.

    ``SAME`` of the shorter text has to stand in the longer one. Where that is less than half of the longer one, both
    have to open alike too: a short copy is the beginning of the whole, while an article that quotes an earlier one at
    length, or a digest of many, holds it somewhere inside. Signatures of different versions are never of one story.
    """
    if not a or not b or a[:2] != b[:2]:
        return False
    alike = _alike(a, b)
    if _contained(alike, a, b) < (SAME if min(_size(a), _size(b)) >= FEWEST else 0.95):
        return False
    return alike >= MUTUAL or float(np.mean(_opening(a) == _opening(b))) >= OPENING


def shared(a: bytes, b: bytes) -> float:
    """How much of the shorter text stands in the longer one, estimated: 0 to 1, with a standard error of at most 0.1.

    Raises ValueError for signatures of different versions.
    """
    return _contained(_alike(a, b), a, b)


def _alike(a: bytes, b: bytes) -> float:
    """The estimate of what two sets of runs have in common, as a share of both together."""
    if a[:2] != b[:2]:
        raise ValueError("signatures of different versions cannot be compared: make both again")
    return float(np.mean(_whole(a) == _whole(b)))


def _contained(alike: float, a: bytes, b: bytes) -> float:
    both = alike / (1 + alike) * (_size(a) + _size(b))
    return min(1.0, both / min(_size(a), _size(b)))


def _words(page: Page) -> list[str]:
    return [
        word
        for block in page.blocks
        if block.role in _READ
        for word in _WORD.findall(page.text[block.start : block.end].casefold())
    ]


def _sketch(runs: set[str], numbers: int) -> bytes:
    sketch = RMinHash(numbers, _SEED)
    sketch.update(sorted(runs))
    return np.array(sketch.digest(), dtype=np.uint64).astype("<u2").tobytes()


def _runs(words: Sequence[str]) -> set[str]:
    return {" ".join(words[n : n + _WORDS_A_RUN]) for n in range(max(1, len(words) - _WORDS_A_RUN + 1))}


def _size(signature: bytes) -> int:
    return int.from_bytes(signature[2:6], "little")


def _whole(signature: bytes) -> NDArray[np.uint16]:
    return np.frombuffer(signature, dtype="<u2", offset=6, count=_NUMBERS)


def _opening(signature: bytes) -> NDArray[np.uint16]:
    return np.frombuffer(signature, dtype="<u2", offset=6 + 2 * _NUMBERS)
