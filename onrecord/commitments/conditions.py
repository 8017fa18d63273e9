"""Conditions: where a clause says "if", "unless", "should they", and which words are condition and which consequence.

Spans are characters of ``page.text``. A condition span starts at its marker ("if", "in the event of"); both spans lose
punctuation at their ends. Where the condition stands in the middle ("troops, if deployed there, will be targets") or is
the subject itself ("any attack will be met with force"), the condition runs from the subject to the verb and the
consequence is the rest of the clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.events.clause import first_conjunct, is_relation, kids, lower
from onrecord.reading import Reading

# One word; longer markers are read from their first words.
_MARKERS = frozenset({"if", "unless", "should", "provided", "providing", "lest", "were", "had"})
_PHRASES = (
    ("as", "long", "as"), ("so", "long", "as"), ("on", "condition"), ("on", "the", "condition"), ("in", "case"),
    ("in", "the", "event"), ("in", "exchange", "for"), ("in", "return", "for"), ("as", "soon", "as"),
    ("on", "the", "understanding"),
    ("only", "if"), ("even", "if"), ("except", "if"),
)  # fmt: skip
# Conditions only of what somebody commits to ("will not leave until paid"): elsewhere they tell the time.
_TEMPORAL = frozenset({"until", "till", "once"})
_DELIMITERS = frozenset({"any", "all", "every", "whoever", "anyone", "whatever", "no", "those"})
_LOOSE = frozenset({"SCONJ", "CCONJ", "ADV", "PART", "INTJ"})
_SHORT = 2
_QUOTES = frozenset('"“”')
_PUNCTUATION = frozenset(",;:.!?\"'“”‘’—–-()[]…")


@dataclass(frozen=True, slots=True)
class Conditional:
    """A condition and what follows from it, as character spans; ``head`` is the predicate of the consequence."""

    head: int
    marker: str
    condition: tuple[int, int]
    consequence: tuple[int, int]


def conditionals(reading: Reading) -> Iterator[Conditional]:
    """Every explicit condition of a page with its consequence, in the order of the consequences."""
    for token in reading.tokens:
        found = (
            condition_of(reading, token.i)
            if token.upos in ("VERB", "ADJ", "NOUN", "AUX", "PRON", "PROPN", "ADV")
            else None
        )
        if found is not None:
            yield found


def condition_of(reading: Reading, i: int, *, committed: bool = False) -> Conditional | None:
    """The condition that hangs on the predicate ``i``, None without. ``committed`` lets "until" and "once" count."""
    for k in kids(reading, i, "advcl", "obl", "acl", "nmod"):
        marker = condition_marker(reading, k)
        if marker is None or (marker in _TEMPORAL and not committed):
            continue
        return _split(reading, i, k, marker)
    for noun in kids(reading, i, "nsubj"):
        for k in kids(reading, noun, "acl", "advcl"):
            marker = condition_marker(reading, k)
            if marker in _MARKERS:
                return _around_subject(reading, i, noun, marker)
    return None


def _around_subject(reading: Reading, i: int, noun: int, marker: str) -> Conditional | None:
    """ "Troops, if sent there, will be targets", where the parser hung the if-clause on the subject."""
    below = sorted(reading.subtree(noun))
    rest = [n for n in sorted(reading.subtree(i)) if n > below[-1] and not _is_aside(reading, i, n)]
    first, last = span(reading, below), span(reading, rest)
    return Conditional(i, marker, first, last) if first is not None and last is not None else None


def condition_marker(reading: Reading, k: int) -> str | None:
    """The marker of the condition headed by ``k``, None where it is none."""
    below = sorted(reading.subtree(k))
    first = _skip(reading, below)
    words = [reading.tokens[n].text.lower() for n in below[first : first + 4]]
    for phrase in _PHRASES:
        if tuple(words[: len(phrase)]) == phrase:
            return " ".join(phrase)
    relation = reading.tokens[k].deprel
    if not is_relation(relation, ("advcl", "acl")) or relation == "acl:relcl" or not words:
        return None
    if words[0] in ("should", "were", "had"):
        own = kids(reading, k, "nsubj")
        return words[0] if own and own[0] > below[first] else None
    if words[0] in _MARKERS | _TEMPORAL:
        return words[0]
    if (
        words[0] in ("and", "but", "or", "even", "only", "especially", "particularly")
        and len(words) > 1
        and words[1] in ("if", "unless")
    ):
        return words[1]
    return None


def _skip(reading: Reading, below: list[int]) -> int:
    """How many of the first tokens are only punctuation."""
    count = 0
    while count < len(below) and reading.tokens[below[count]].upos == "PUNCT":
        count += 1
    return count


def _split(reading: Reading, i: int, k: int, marker: str) -> Conditional | None:
    condition = sorted(reading.subtree(k))
    apart = set(condition)
    clause = [n for n in sorted(reading.subtree(i)) if n not in apart and not _is_aside(reading, i, n)]
    if not clause:
        return None
    before = [n for n in clause if n < condition[0] and reading.tokens[n].upos != "PUNCT"]
    after = [n for n in clause if n > condition[-1] and reading.tokens[n].upos != "PUNCT"]
    own = {n for s in kids(reading, i, "nsubj", "csubj") for n in reading.subtree(s)}
    if not own and after and not before:
        # The subject before the condition hung on the verb above: "that troops, if sent there, will be targets".
        condition = [*_stray_subject(reading, i, condition[0]), *condition]
    if before and after and i in after:
        loose = [n for n in before if n not in own]
        if all(reading.tokens[n].upos in _LOOSE for n in loose) or len(before) <= _SHORT:
            # "that if they leave, ...": the first words belong to neither. A subject there is part of the condition.
            condition, clause = [n for n in [*before, *condition] if n in own or n in apart], after
    elif before and after and i in before:
        clause = before
    first, last = span(reading, condition), span(reading, clause)
    if first is None or last is None:
        return None
    return Conditional(i, marker, first, last)


def _stray_subject(reading: Reading, i: int, before: int) -> list[int]:
    """The subject of the complement ``i`` that a parser hung on the verb above, though it stands behind that verb."""
    above = reading.tokens[i].head
    if reading.tokens[i].deprel != "ccomp":
        return []
    found = [k for k in kids(reading, above, "nsubj") if above < k < before]
    return sorted(reading.subtree(found[-1])) if found else []


def _is_aside(reading: Reading, i: int, n: int) -> bool:
    """Whether ``n`` belongs to a clause beside that of ``i``: "he said" in the middle, another sentence after it."""
    node = n
    while node != i:
        token = reading.tokens[node]
        if token.head == i:
            return is_relation(token.deprel, ("parataxis", "discourse", "vocative", "cc")) or (
                token.deprel == "conj" and bool(kids(reading, node, "nsubj"))
            )
        node = token.head
        if node < 0:
            return False
    return False


def subject_condition(reading: Reading, i: int) -> Conditional | None:
    """The subject of ``i`` as a condition: "Any attack will be met with force", "The deployment of ... will be seen".

    None where the subject is not the name of an act or of whoever does it.
    """
    top = i if kids(reading, i, "nsubj", "csubj") else first_conjunct(reading, i)
    own = kids(reading, top, "nsubj", "csubj")
    if not own or reading.tokens[own[0]].upos not in ("NOUN", "VERB", "PRON"):
        return None
    noun = own[0]
    children = reading.children[noun]
    delimited = lower(reading, noun) in _DELIMITERS or any(lower(reading, k) in _DELIMITERS for k in children)
    acts = any(is_relation(reading.tokens[k].deprel, ("nmod", "acl", "obl", "obj")) for k in children)
    if not delimited and not acts:
        return None
    # All that stands before the helping verb is the subject, wherever the parser hung it.
    first = min(reading.subtree(noun))
    helpers = [k for k in kids(reading, top, "aux", "cop") if k > noun]
    below = list(range(first, min(helpers))) if helpers else sorted(reading.subtree(noun))
    starts = [k for k in kids(reading, i, "aux", "cop", "advmod") if k > below[-1]]
    clause = [n for n in sorted(reading.subtree(i)) if n >= min([i, *starts]) and not _is_aside(reading, i, n)]
    condition, rest = span(reading, below), span(reading, clause)
    if condition is None or rest is None:
        return None
    return Conditional(i, "any" if delimited else "subject", condition, rest)


def clause_span(reading: Reading, i: int, without: Iterable[int] = ()) -> tuple[int, int] | None:
    """Characters of the clause of ``i`` less the tokens ``without``, asides and marks at its ends."""
    apart = set(without)
    return span(reading, [n for n in sorted(reading.subtree(i)) if n not in apart and not _is_aside(reading, i, n)])


def span(reading: Reading, tokens: list[int]) -> tuple[int, int] | None:
    """The hull of tokens in characters, less punctuation and loose conjunctions at its ends."""
    while tokens and (reading.tokens[tokens[0]].upos == "PUNCT" or reading.tokens[tokens[0]].text in _PUNCTUATION):
        tokens = tokens[1:]
    while tokens and (reading.tokens[tokens[-1]].upos == "PUNCT" or reading.tokens[tokens[-1]].text in _PUNCTUATION):
        tokens = tokens[:-1]
    if not tokens:
        return None
    return reading.tokens[tokens[0]].start, reading.tokens[_with_mark(reading, tokens[0], tokens[-1])].end


def _with_mark(reading: Reading, first: int, last: int) -> int:
    """``last``, or the closing quotation mark behind it where the marks inside do not pair."""
    marks = sum(token.text in _QUOTES for token in reading.tokens[first : last + 1])
    behind = reading.tokens[last + 1] if last + 1 < len(reading.tokens) else None
    return last + 1 if marks % 2 and behind is not None and behind.text in _QUOTES else last
