"""Whether a sentence has the words that some line of the lexicon needs: of three triggers two need none be parsed."""

from __future__ import annotations

from functools import cache

from onrecord.events.clause import lower
from onrecord.events.lexicon import lexicon
from onrecord.reading import Reading, Sentence

_STANDING_FOR_OTHERS = frozenset({"party", "guest", "self"})


def words_of(reading: Reading, sentence: Sentence) -> frozenset[str]:
    """The words of a sentence as needs ask for them: each as a lemma and as it is written, in lower case."""
    tokens = reading.sentence_tokens(sentence)
    return frozenset([*(lower(reading, token.i) for token in tokens), *(token.text.lower() for token in tokens)])


def may_be_met(lemma: str, pos: str, words: frozenset[str]) -> bool:
    """Whether a line for the lemma needs no word, or has one of each of its needs among ``words``."""
    return any(all(not need.isdisjoint(words) for need in line) for line in _needed(lemma, pos))


@cache  # no more entries than the lexicon has
def _needed(lemma: str, pos: str) -> tuple[tuple[frozenset[str], ...], ...]:
    """Of each line for a lemma the words of its needs, less those that stand for any party."""
    return tuple(
        tuple(need.words for need in line.needs if need.words and not need.words & _STANDING_FOR_OTHERS)
        for line in lexicon()[lemma, pos]
    )
