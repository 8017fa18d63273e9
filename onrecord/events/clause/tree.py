"""Where a word hangs in a Universal Dependencies tree, and the words around it. Pure functions of a ``Reading``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from onrecord.events.lemmas import base
from onrecord.events.lexicon import lexicon
from onrecord.reading import Reading
from onrecord.record import Span

RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})


def kids(reading: Reading, i: int, *relations: str) -> list[int]:
    """Children of ``i`` whose relation is one of ``relations``; a bare name takes its subtypes along."""
    below, tokens = reading.children[i], reading.tokens
    if not below:
        return []
    return [
        k
        for k in below
        if (deprel := tokens[k].deprel) in relations or (":" in deprel and deprel.partition(":")[0] in relations)
    ]


@lru_cache(maxsize=16384)
def is_relation(deprel: str, relations: tuple[str, ...]) -> bool:
    """Whether ``deprel`` is one of ``relations``, or a subtype of one written without a subtype."""
    return deprel in relations or deprel.partition(":")[0] in relations


def conjuncts(reading: Reading, i: int) -> Iterator[int]:
    """``i`` and all that is conjoined to it: "Norway, Iceland and Malta" from "Norway"."""
    yield i
    for k in reading.children[i]:
        if reading.tokens[k].deprel == "conj":
            yield from conjuncts(reading, k)


def first_conjunct(reading: Reading, i: int) -> int:
    """The first of the conjuncts that ``i`` belongs to."""
    while reading.tokens[i].deprel == "conj" and reading.tokens[i].head >= 0:
        i = reading.tokens[i].head
    return i


def climb(reading: Reading, i: int) -> Iterator[tuple[int, int]]:
    """Pairs (node, governor) from ``i`` up to the root; conjuncts climb as their first one does."""
    node = i
    while reading.tokens[node].head >= 0:
        governor = reading.tokens[node].head
        if reading.tokens[node].deprel != "conj":
            yield node, governor
        node = governor


def head_token(reading: Reading, words: Span) -> int | None:
    """The token of a span that none of the others there stands above; the verb where the span has one."""
    inside = [token.i for token in reading.tokens if words.start <= token.start and token.end <= words.end]
    within = set(inside)
    tops = [i for i in inside if reading.tokens[i].head not in within]
    return tops[0] if tops else None


def lower(reading: Reading, i: int) -> str:
    """The lemma of ``i`` in lower case, mended where no table knows it (``lemmas.base``)."""
    token = reading.tokens[i]
    return _lower(token.lemma, token.text, token.upos, token.xpos)


@lru_cache(maxsize=65_536)  # words go on being new; a day's news has fewer
def _lower(lemma: str, text: str, upos: str, xpos: str) -> str:
    if xpos == "VB" and (text.lower(), "verb") in lexicon():
        return text.lower()  # a base form is its own lemma: "lay" is no past of "lie" there
    # Where the coarse tag errs, the fine one still tells a verb.
    return base(lemma, text, "VERB" if xpos in ("VBD", "VBZ") else upos)


def preposition(reading: Reading, i: int) -> str | None:
    """The preposition of a noun phrase headed by ``i`` ("against"; "because of" gives "because"), None without.

    What only counts is none: "killed at least six people".
    """
    for k in reading.children[i]:
        if reading.tokens[k].deprel == "case" and reading.tokens[k].xpos != "POS" and not is_counting(reading, k):
            return reading.tokens[k].text.lower()
    return None


def is_counting(reading: Reading, k: int) -> bool:
    """Whether the preposition ``k`` belongs to a number: "at least six", "up to 30"."""
    word = reading.tokens[k].text.lower()
    if word not in ("at", "up") or k + 1 == len(reading.tokens):
        return False
    return reading.tokens[k + 1].text.lower() in (("least", "most") if word == "at" else ("to",))


def marker(reading: Reading, i: int) -> str | None:
    """The word that makes a clause subordinate ("if", "to", "that"), None without."""
    for k in reading.children[i]:
        if reading.tokens[k].deprel in ("mark", "case") and reading.tokens[k].xpos != "POS":
            return reading.tokens[k].text.lower()
    return None


def is_passive(reading: Reading, i: int) -> bool:
    """Whether the predicate ``i`` is a passive, reduced ones included ("troops deployed", "asked by Chad")."""
    token = reading.tokens[i]
    if kids(reading, i, "aux:pass"):
        return True
    if kids(reading, i, "nsubj:pass", "csubj:pass"):
        # With an object, or in the past tense with no "was", it is no passive, whatever the parser says.
        return not kids(reading, i, "obj") and (token.xpos != "VBD" or token.deprel in ("conj", "xcomp"))
    if token.xpos != "VBN" or any(reading.tokens[k].lemma == "have" for k in kids(reading, i, "aux")):
        return False
    if token.deprel == "conj" and not kids(reading, i, "nsubj", "aux", "obj"):
        return token.head >= 0 and is_passive(reading, token.head)
    return token.deprel in ("acl", "advcl", "amod") and not kids(reading, i, "obj", "nsubj")


def are_several(reading: Reading, found: tuple[int, ...]) -> bool:
    """Whether a subject is more than one by its words: "Chad and Mali", "the two ministers", "both sides"."""
    counted = any(
        lower(reading, c) in ("both", "two", "three", "four", "five")
        for k in found
        for c in kids(reading, k, "nummod", "det", "amod")
    )
    return len(found) > 1 or counted


def possessors(reading: Reading, i: int) -> tuple[int, ...]:
    """Who the noun ``i`` belongs to: "Chad's" in "Chad's new offer", also where the parser hung it elsewhere."""
    found = [k for k in kids(reading, i, "nmod:poss") if preposition(reading, k) is None]
    if found:
        return tuple(found)
    for k in range(i - 1, max(-1, i - 5), -1):
        token = reading.tokens[k]
        if token.xpos == "POS":
            return (token.head,) if 0 <= token.head < k else (k - 1,)
        if token.upos not in ("ADJ", "NOUN", "PROPN", "NUM"):
            break
    return ()


def relative_head(reading: Reading, i: int) -> int | None:
    """The noun that the relative clause of ``i`` describes, None where ``i`` is in none."""
    top = first_conjunct(reading, i)
    return reading.tokens[top].head if reading.tokens[top].deprel == "acl:relcl" else None
