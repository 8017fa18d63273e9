"""Where a threat leaves its condition unsaid as a clause: "leave or face attack", "any raid will be met with force"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.commitments.conditions import (
    Conditional,
    clause_span,
    condition_of,
    span,
    subject_condition,
)
from onrecord.events.clause import climb, first_conjunct, frame, is_relation, kids, lower, marker
from onrecord.events.status import is_imperative
from onrecord.reading import Reading

_OPEN = frozenset({"any", "anyone", "anybody", "whoever", "those", "all", "every", "everyone"})
_SUFFERING = frozenset({"face", "suffer", "die", "risk", "pay", "perish", "lose", "else"})
_ORDERING = frozenset({"tell", "order", "warn", "ask", "urge", "give", "have", "command", "need", "demand", "call"})
_STOPS = frozenset({",", ";", ".", "!", "?", ":", '"', "”", "“", "—", "–"})


def condition(reading: Reading, word: int, act: int, *, hostile: bool) -> Conditional | None:
    """The condition of the act, of the word that commits to it, or of the verb above them that carries both.

    ``hostile`` acts are also conditioned by alternatives ("or face"), by "against", and by their own subject.
    """
    bases = [act, word]
    for node, governor in climb(reading, word):
        if not is_relation(reading.tokens[node].deprel, ("xcomp", "obj", "ccomp")):
            break
        if reading.tokens[node].deprel != "ccomp":
            bases.append(governor)
    top = first_conjunct(reading, act)
    if top < act:
        # "If they attack, we will close the border and respond": the condition before the first verb holds for all.
        bases.append(top)
    for base in dict.fromkeys(bases):
        found = condition_of(reading, base, committed=True)
        if found is None:
            continue
        if base == act or (act == word and base != top):
            return found
        if base == top and found.condition[0] > reading.tokens[act].start:
            continue
        # The if-clause hangs on "threatened": what follows from it is still the complement.
        outside = clause_span(reading, act)
        return Conditional(act, found.marker, found.condition, outside) if outside is not None else found
    if hostile:
        return (
            _alternative(reading, word, act)
            or _warned_against(reading, word)
            or _by_subject(reading, act)
            or _by_object(reading, act)
        )
    return None


def _by_subject(reading: Reading, act: int) -> Conditional | None:
    """ "Any such attack will be met with force": the subject is what must not happen."""
    helpers = {reading.tokens[k].text.lower() for k in kids(reading, act, "aux")}
    red_line = bool(kids(reading, act, "cop")) and lower(reading, act) in ("line", "target")
    if not helpers & {"will", "would", "shall", "'ll", "’ll"} and not red_line:
        return None
    return subject_condition(reading, act)


def _by_object(reading: Reading, act: int) -> Conditional | None:
    """ "Will dismiss any nurse who stays away": who falls under it is told by what they do."""
    for k in frame(reading, act).objects:
        below = sorted(reading.subtree(k))
        open_ended = lower(reading, k) in _OPEN or lower(reading, below[0]) in _OPEN
        if open_ended and kids(reading, k, "acl") and below[0] > act:
            first, last = span(reading, below), clause_span(reading, act)
            if first is not None and last is not None:
                return Conditional(act, "any", first, last)
    return None


def _alternative(reading: Reading, word: int, act: int) -> Conditional | None:
    """ "Leave by Friday or face attack": what is demanded is the condition, the alternative the consequence."""
    for base in (act, word):
        if reading.tokens[base].deprel == "conj" and any(
            lower(reading, k) in ("or", "otherwise") for k in reading.children[base]
        ):
            demanded = reading.tokens[base].head
            below = set(reading.subtree(base))
            first = clause_span(reading, demanded, below)
            last = span(
                reading, [n for n in sorted(below) if reading.tokens[n].deprel not in ("cc", "punct") or n > base]
            )
            if first is not None and last is not None:
                return Conditional(base, "or", first, last)
    return None


def _warned_against(reading: Reading, word: int) -> Conditional | None:
    if lower(reading, word) == "vote":
        # "Will vote against two ministers" is the act itself.
        return None
    for k in kids(reading, word, "obl", "advcl"):
        if marker(reading, k) == "against":
            first, last = span(reading, sorted(reading.subtree(k))), span(reading, [word])
            if first is not None and last is not None:
                return Conditional(word, "against", first, last)
    return None


def alternatives(reading: Reading) -> Iterator[tuple[int, Conditional]]:
    """What follows "or" in "must leave or face attack": the demanded predicate, and the alternative as consequence.

    By the words themselves: parsers take "face" for a noun.
    """
    for token in reading.tokens[1:-2]:
        if (
            token.text.lower() != "or"
            or lower(reading, token.i + 1) not in _SUFFERING
            or reading.tokens[token.i + 1].xpos in ("VBD", "VBN")
            or token.sentence != reading.tokens[token.i + 2].sentence
        ):
            continue
        sentence = reading.sentences[token.sentence]
        verbs = [k for k in range(sentence.first, token.i) if reading.tokens[k].upos == "VERB"]
        if not verbs or not _is_demanded(reading, verbs[-1]):
            continue
        stop = next((k for k in range(token.i, sentence.last) if reading.tokens[k].text in _STOPS), sentence.last)
        first = span(reading, [k for k in sorted(reading.subtree(verbs[-1])) if k < token.i])
        last = span(reading, list(range(token.i + 1, stop)))
        if first is not None and last is not None:
            yield verbs[-1], Conditional(token.i + 1, "or", first, last)


def _is_demanded(reading: Reading, i: int) -> bool:
    """Whether ``i`` is what somebody must do: "must", "have to", "told them to", an imperative."""
    helpers = {reading.tokens[k].text.lower() for k in kids(reading, i, "aux")}
    above = reading.tokens[i].head
    told = above >= 0 and reading.tokens[i].deprel in ("xcomp", "ccomp", "advcl") and marker(reading, i) == "to"
    return "must" in helpers or is_imperative(reading, i) or (told and lower(reading, above) in _ORDERING)
