"""Words as names are compared by: without case, diacritics, hyphens and full stops."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from onrecord.words import words

# Letters that Unicode does not take apart into a base and a mark.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_SILENT = frozenset("-‐‑–'’`ʼʻ.")
_CLITIC = frozenset({"'s", "’s"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word for comparison: ``folded`` is how it is compared, ``surface`` how it is written, ``i`` its token."""

    folded: str
    surface: str
    i: int


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text without case, diacritics, apostrophes and full stops: "Khürelsükh" is "khurelsukh", "U.S." is "us"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c) and c not in _SILENT)


def to_words(tokens: Iterable[str], first: int = 0) -> list[Word]:
    """The words of tokens, the first of which is token ``first``.

    Hyphens vanish, so that "Amir-Abdollahian" and "Amir Abdollahian" are the same words.
    """
    found = [Word(folded, surface, i) for i, token in enumerate(tokens, first) for folded, surface in _parts(token)]
    money = {word.i for word in found if word.folded == "$"}
    if not money:
        return found
    return [word for word in found if not (word.i + 1 in money and word.folded in _DOLLARS)]


# "US$ 5" is money, and no country's.
_DOLLARS = frozenset({"us", "a", "c", "hk", "nz", "s", "nt", "au", "ca", "z"})


@lru_cache(maxsize=65536)
def _parts(token: str) -> tuple[tuple[str, str], ...]:
    """The words of one token, each folded and as it is written."""
    if token in _CLITIC:
        return (("'s", token),)
    if "-" in token and len(token) > 1:
        return tuple((fold(part), part) for part in token.split("-") if part)
    folded = fold(token)
    return ((folded, token.replace(".", "") if len(token) > 1 else token),) if folded else ()


@lru_cache(maxsize=4)
def page_words(tokens: tuple[str, ...]) -> tuple[Word, ...]:
    """The words of all tokens of a page. Several steps ask for those of the same page, one after the other."""
    return tuple(to_words(tokens))


class Words:
    """The words of a page's tokens, made once: ``between`` gives those of tokens ``first`` to ``last`` (exclusive)."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._words = list(page_words(tuple(tokens)))
        self._places = [word.i for word in self._words]

    def between(self, first: int, last: int) -> list[Word]:
        """The words of some tokens, in order."""
        return self._words[bisect_left(self._places, first) : bisect_left(self._places, last)]


def split(text: str) -> list[Word]:
    """The words of a name or a phrase, parted as the reader parts a page."""
    return to_words(text[start:end] for start, end in words(text))


def key(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return tuple(text.lower().split())  # the most names by far, and much quicker
    return tuple(word.folded for word in split(text))


def slug(text: str) -> str:
    """A readable id of a name: lower-case ASCII words joined by hyphens."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in fold(text))
    return "-".join(filter(None, plain.split("-")))
