"""Lemmas: the reader's guess, mended by rule where the form is regular and by table where it is not.

The network sees a word's first piece only, so it cannot know whether an e belongs to "believed" or to "informed". The
vocabulary of its word pieces knows the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from onrecord.tables import rows

_VOWELS = frozenset("aeiou")
_OPEN_CLASS = frozenset({"VERB", "NOUN", "ADJ", "ADV"})
_UNINFLECTED = frozenset({"VB", "VBP", "NN", "JJ", "RB"})


def lemma(form: str, upos: str, xpos: str, guesses: Iterator[str], vocabulary: frozenset[str]) -> str:
    """The lemma of a word with its tags.

    ``guesses`` are the network's, likeliest first; ``vocabulary`` holds known words in lower case. An irregular form is
    looked up; a regular inflected one is undone if that gives a known word; else the first guess that is a known word
    is taken, else what spelling alone tells of a new verb ("tweeted"), else the first.
    """
    found = _by_rule(form, upos, xpos, vocabulary)
    if found is not None:
        return found
    first = next(guesses)
    if upos not in _OPEN_CLASS or first.lower() in vocabulary:
        return first
    return next((guess for guess in guesses if guess.lower() in vocabulary), _by_spelling(form, upos) or first)


_NEW_VERB = re.compile(r"(\w*(?:ai|ea|ee|oa|oo|ou)[dfkmnpt])(?:ed|ing)")
"""After two vowels and one of these consonants no verb has a silent e."""


def _by_spelling(form: str, upos: str) -> str | None:
    """The lemma of a verb that no table and no vocabulary has, where its spelling leaves but one."""
    match = _NEW_VERB.fullmatch(form.lower()) if upos == "VERB" else None
    return match.group(1) if match else None


@lru_cache(maxsize=50_000)
def _by_rule(form: str, upos: str, xpos: str, vocabulary: frozenset[str]) -> str | None:
    """The lemma that needs no guess."""
    lower = form.lower()
    if upos in ("VERB", "AUX") and (found := _irregular("verbs").get(lower)):
        return found
    if upos == "NOUN" and xpos == "NNS" and (found := _irregular("nouns").get(lower)):
        return found
    if (upos == "VERB" and xpos in ("VBD", "VBN", "VBG", "VBZ")) or (upos == "NOUN" and xpos == "NNS"):
        found = next((word for word in _bases(lower) if word in vocabulary), None)
        if found:
            return found
    if upos in _OPEN_CLASS and xpos in _UNINFLECTED:
        return form if form.isupper() and len(form) > 1 else lower
    return None


@cache
def _irregular(kind: str) -> dict[str, str]:
    return {row["form"]: row["lemma"] for row in rows(f"irregular_{kind}.tsv")}


def _bases(form: str) -> Iterator[str]:
    """What a regular form may come from, likeliest first: "planned", "hoped", "denies", "watches", "visiting"."""
    if form.endswith(("ies", "ied")):
        yield form[:-3] + "y"
        yield form[:-1]
    for ending in ("ing", "ed"):
        if form.endswith(ending):
            stem = form[: -len(ending)]
            if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS | {"s", "l", "z"}:
                yield stem[:-1]
            # After one vowel and one consonant the consonant would have been doubled, had there been no e.
            silent = len(stem) > 1 and stem[-1] not in _VOWELS | {"w", "x", "y"} and _one_vowel_before(stem)
            yield from (stem + "e", stem) if silent or stem[-1:] in ("c", "s", "u", "v", "z") else (stem, stem + "e")
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
    if form.endswith("s") and not form.endswith("ss"):
        yield form[:-1]
        if form.endswith("es"):
            yield form[:-2]


def _one_vowel_before(stem: str) -> bool:
    """Whether a stem of one syllable ends in one vowel and one consonant: "hop", "us"."""
    return sum(letter in _VOWELS for letter in stem) == 1 and stem[-2:-1] in _VOWELS
