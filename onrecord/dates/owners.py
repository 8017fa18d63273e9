"""Which date belongs to which word: the tree says so, or the place that the date stands in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.dates.clauses import head_token, is_finite, kids, tense_of
from onrecord.dates.tables import word_class
from onrecord.reading import Reading, Sentence, Token
from onrecord.record import Span, When

# Verbs that only say that what their subject or object names took place.
_LIGHT = word_class("light")
# Prepositions of a bound ("before Monday") and of a setting ("in a statement on Monday").
_BOUND, _SETTING = word_class("bound"), word_class("setting")
# Prepositions of one thing after another: "after the talks Monday"; "by telephone Monday" is none.
_SEQUEL = word_class("sequel")


def when_at(dates: Sequence[When], reading: Reading, i: int) -> When | None:
    """The date that tells when the verb or noun at token ``i`` happened; None where no date clearly does.

    "said on Monday" and "Monday's attack" hang together directly; "said in a statement released on Monday" and "held
    talks on Monday" through what the words stand in. A date after "before", "after", "until", "by" and the like bounds
    the time and does not tell it.
    """
    if not 0 <= i < len(reading.tokens):
        return None
    token = reading.tokens[i]
    sentence = reading.sentences[token.sentence] if token.sentence < len(reading.sentences) else None
    told: dict[int, When] = {}
    for when in dates:
        if when.span is None or (sentence and not _meet(when.span, sentence)):
            continue
        if (head := head_token(reading, when.span.start, when.span.end)) is None:
            continue
        if (owner := _owner(reading, when.span.start, when.span.end)) is not None:
            if owner == i:
                return when
            told.setdefault(owner, when)
        elif not _bounds(reading, head) and not _is_behind_bounded(reading, when.span.start):
            told.setdefault(head.i, when)
    for _, node in _below(reading, token):
        if node in told and not _is_parted(reading, i, node):
            return None if _contradicts(reading, token, told[node]) else told[node]
    if token.head >= 0 and _shares_its_time(reading, token, reading.tokens[token.head]):
        for depth, node in _below(reading, reading.tokens[token.head]):
            if depth == 1 and node in told:
                return told[node]
    return _only_one(told, reading, token, sentence)


def _meet(span: Span, sentence: Sentence) -> bool:
    """Whether any of the span lies in the sentence: no other can be tied to its words."""
    return span.start < sentence.end and sentence.start < span.end


def _only_one(told: dict[int, When], reading: Reading, token: Token, sentence: Sentence | None) -> When | None:
    """Where the tree ties no date to the only verb of a sentence, its only date must be that verb's all the same."""
    if sentence is None or token.upos != "VERB":
        return None
    inside = range(sentence.first, sentence.last)
    verbs = [i for i in inside if reading.tokens[i].upos == "VERB"]
    heads = [i for i in inside if i in told]
    if verbs != [token.i] or len(heads) != 1 or _below_noun(reading, heads[0]):
        return None
    return told[heads[0]]


def _below_noun(reading: Reading, i: int) -> bool:
    head = reading.tokens[i].head
    return head >= 0 and reading.tokens[head].upos in ("NOUN", "PROPN", "NUM")


def _owner(reading: Reading, start: int, end: int) -> int | None:
    """The word that a date belongs to by its place, whatever the tree says; None where its place does not tell.

    It is the verb behind it in "and on Monday announced", the noun in "her September 2011 visit".
    """
    at = bisect_right(reading.tokens, start, key=lambda token: token.start) - 1
    after = bisect_left(reading.tokens, end, key=lambda token: token.start)
    if at < 1 or after >= len(reading.tokens) or reading.tokens[after].sentence != reading.tokens[at].sentence:
        return None
    before, behind = reading.tokens[at - 1], reading.tokens[after]
    if behind.upos == "NOUN" and (before.upos == "DET" or before.xpos in ("POS", "PRP$")):
        return behind.i
    if before.lemma.lower() == "on" and at > 1:
        before = reading.tokens[at - 2]
    return behind.i if before.deprel == "cc" and behind.upos == "VERB" and behind.deprel == "conj" else None


def _is_behind_bounded(reading: Reading, start: int) -> bool:
    """Whether a date stands right behind a phrase led in by "after" and the like: "after the end of talks July 6"."""
    at = bisect_right(reading.tokens, start, key=lambda token: token.start) - 2
    at -= at > 0 and reading.tokens[at].lemma.lower() == "on"
    if at < 0:
        return False
    node = reading.tokens[at]
    for _ in range(_DEPTH):
        if node.upos not in ("NOUN", "PROPN"):
            return False
        if any(kid.lemma.lower() in _SEQUEL for kid in kids(reading, node, "case")):
            return True
        if node.head < 0:
            return False
        node = reading.tokens[node.head]
    return False


_DASHES = frozenset({"—", "–", "--", ";", ":"})


def _is_parted(reading: Reading, i: int, node: int) -> bool:
    """Whether a dash stands between a word and a date behind it."""
    return any(token.text in _DASHES for token in reading.tokens[i:node])


def _bounds(reading: Reading, head: Token) -> bool:
    return any(kid.lemma.lower() in _BOUND for kid in kids(reading, head, "case", "mark"))


#: How deep a date may stand below its word: "said | in a statement | released | on Monday".
_DEPTH = 4


def _below(reading: Reading, token: Token) -> list[tuple[int, int]]:
    """The tokens whose time is that of ``token``, each with its depth: the shallowest first, then the nearest."""
    found: list[tuple[int, int]] = []
    level = [token.i]
    for depth in range(1, _DEPTH + 1):
        level = [
            child
            for node in level
            for child in (reading.children[node] if reading.children else ())
            if _carries_time(reading, reading.tokens[child], reading.tokens[node])
        ]
        found.extend((depth, node) for node in sorted(level, key=lambda node: abs(node - token.i)))
    return found


def _carries_time(reading: Reading, kid: Token, parent: Token) -> bool:
    relation, _, subtype = kid.deprel.partition(":")
    if relation in ("obl", "nmod") and (parent.upos in ("VERB", "AUX") or relation == "nmod"):
        cases = {case.lemma.lower() for case in kids(reading, kid, "case")}
        # "in a statement on Monday" tells when it was said; "after the attack on Monday" does not.
        return not cases or bool(cases & _SETTING) or subtype in ("tmod", "unmarked", "poss") or kid.upos == "NUM"
    if relation in ("advmod", "compound", "obl", "xcomp"):
        return True
    if relation == "advcl":
        return any(mark.lemma.lower() == "while" for mark in kids(reading, kid, "mark"))
    if relation == "acl" and subtype != "relcl":
        return kid.xpos in ("VBN", "VBG")
    return False


_OVER = re.compile(r"\b(?:last|ago|yesterday|previous)\b", re.IGNORECASE)


def _contradicts(reading: Reading, token: Token, when: When) -> bool:
    """Whether what "is" done was not done "last week": the date is of a phrase that the tree has lost."""
    if token.upos != "VERB" or when.span is None or not _OVER.search(when.span.text):
        return False
    return is_finite(reading, token) and tense_of(reading, token) in ("present", "future")


def _accompanies(reading: Reading, token: Token) -> bool:
    """Whether it is done in the same breath as its parent: "he called for talks in May, calling it a last chance"."""
    return token.xpos == "VBG" and token.deprel == "advcl" and not kids(reading, token, "mark", "case", "aux")


def _shares_its_time(reading: Reading, token: Token, parent: Token) -> bool:
    if token.upos in ("VERB", "AUX"):
        return token.deprel == "xcomp" or _accompanies(reading, token)
    return token.deprel.partition(":")[0] in ("nsubj", "obj", "obl") and parent.lemma in _LIGHT
