"""Conditions: where a clause says "if", "unless", "should they", and which words are condition and which consequence.

Spans are characters of ``page.text``. A condition span starts at its marker ("if", "in the event of"); both spans lose
punctuation at their ends. Where the condition stands in the middle ("troops, if deployed there, will be targets") or is
the subject itself ("any attack will be met with force"), the condition runs from the subject to the verb and the
consequence is the rest of the clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.commitments.borders import Border, border
from onrecord.events.clause import first_conjunct, is_passive, is_relation, kids, lower
from onrecord.events.status import governors
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
# Words that may stand before "if": those of the clause around it, and those of the condition itself.
_LEADERS = frozenset({"and", "but", "or", "because", "that", "so", "then", "as", "since", "for", "while"})
_FOCUS = frozenset({"even", "only", "especially", "particularly", "except"})
_RELATIONS = ("advcl", "obl", "acl", "nmod", "parataxis", "xcomp", "ccomp")
# Behind these "if" stands for "whether".
_ASKING = frozenset({"ask", "know", "wonder", "see", "say", "tell", "decide", "determine", "check", "question", "doubt",
                     "discuss", "learn", "find", "consider", "clear", "sure", "unclear", "remain"})  # fmt: skip
_SHORT = 2
# So close behind a condition stands the subject of its consequence, with "then" and what describes it.
_NEAR = 8
_HEADS = frozenset({"VERB", "ADJ", "NOUN", "AUX", "PRON", "PROPN", "ADV"})
QUOTES = frozenset('"“”')
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
        if token.upos in _HEADS:
            yield from _conditions(reading, token.i, committed=False)


def condition_of(reading: Reading, i: int, *, committed: bool = False) -> Conditional | None:
    """The condition of the predicate ``i``, None without. ``committed`` lets "until" and "once" count."""
    return next(_conditions(reading, i, committed=committed), None)


def _conditions(reading: Reading, i: int, *, committed: bool) -> Iterator[Conditional]:
    sentence = reading.sentences[reading.tokens[i].sentence]
    for k in range(sentence.first, sentence.last):
        if not is_relation(reading.tokens[k].deprel, _RELATIONS):
            continue
        marker = condition_marker(reading, k)
        if marker is None or (marker in _TEMPORAL and not committed):
            continue
        above = reading.tokens[k].head
        if _owner(reading, k) == i:
            found = _split(reading, i, k, marker)
        elif (
            marker in _MARKERS
            and is_relation(reading.tokens[k].deprel, ("acl", "advcl"))
            and above in kids(reading, i, "nsubj")
        ):
            found = _around_subject(reading, i, above, marker)
        else:
            continue
        if found is not None:
            yield found


def _owner(reading: Reading, k: int) -> int:
    """The predicate whose condition ``k`` is: what follows "but if it rains," or "If it rains," though parsers err."""
    above = reading.tokens[k].head
    below = sorted(reading.subtree(k))
    first, last = below[0], below[-1]
    found = _border(reading, k)
    if found is not None:
        return found.head
    sentence = reading.sentences[reading.tokens[k].sentence]
    if above > last:
        # A condition in front of quoted words is hung on "said" behind them.
        if not _reports(reading, above):
            return above
        told = [n for n in kids(reading, above, "ccomp", "parataxis") if last < n < above]
        return _follower(reading, last, sentence.last) or next(iter(told), above)
    nearer = [
        n for n in kids(reading, above, "conj", "parataxis") if above < n < first and kids(reading, n, "nsubj", "expl")
    ]
    if nearer:
        # "It is new, so this is no place for you if you want luxury": the clause that it stands in.
        return nearer[-1]
    top = reading.tokens[above].head
    loose = reading.tokens[above].deprel in ("acl", "csubj", "xcomp")
    if top >= 0 and loose and (kids(reading, top, "expl") or reading.tokens[top].upos == "ADJ"):
        # "There is little to do unless you work there", "is unlikely to cause offence if you do".
        return top
    lead = next((n for n in range(first - 1, sentence.first - 1, -1) if reading.tokens[n].upos != "PUNCT"), None)
    joined = reading.tokens[first].upos == "CCONJ"
    if not joined and (lead is None or reading.tokens[lead].upos not in ("CCONJ", "SCONJ")):
        return above
    return _follower(reading, last, sentence.last) or above


def _border(reading: Reading, k: int) -> Border | None:
    """The border behind the condition headed by ``k``, by its words, where the tree has it end in the midst of them.

    Only of "if" and "unless", and only before the predicate that the tree hangs the condition on.
    """
    below = sorted(reading.subtree(k))
    lead = next((n for n in below[:_SHORT] if reading.tokens[n].text.lower() in ("if", "unless")), None)
    if lead is None or _is_closed(reading, below):
        return None
    found = border(reading, lead)
    return found if found is not None and reading.tokens[k].head > found.at else None


def _is_closed(reading: Reading, below: list[int]) -> bool:
    """Whether a clause is whole: without gaps, up to a mark that nothing conjoined to it follows."""
    last = below[-1]
    mark = last if reading.tokens[last].text == "," else min(last + 1, len(reading.tokens) - 2)
    closed = reading.tokens[mark].text == "," or reading.tokens[mark].text.lower() == "then"
    whole = all(n in below or reading.tokens[n].upos == "PUNCT" for n in range(below[0], mark))
    return closed and whole and reading.tokens[mark + 1].upos != "CCONJ"


def _follower(reading: Reading, last: int, end: int) -> int | None:
    """The predicate whose subject stands right behind the token ``last``; no verb of saying."""
    for n in range(last + 1, min(last + _NEAR, end)):
        token = reading.tokens[n]
        if is_relation(token.deprel, ("nsubj", "expl")) and token.head > n and not _reports(reading, token.head):
            return token.head
    return None


def _reports(reading: Reading, i: int) -> bool:
    return governors().get(lower(reading, i)) == "reported"


def _around_subject(reading: Reading, i: int, noun: int, marker: str) -> Conditional | None:
    """ "Troops, if sent there, will be targets", where the parser hung the if-clause on the subject."""
    below = sorted(reading.subtree(noun))
    rest = [n for n in sorted(reading.subtree(i)) if n > below[-1] and not is_aside(reading, i, n)]
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
    if is_relation(relation, ("parataxis", "xcomp", "ccomp")) and words and words[0] in ("if", "unless"):
        above = reading.tokens[k].head
        asked = words[0] == "if" and above < k and lower(reading, above) in _ASKING
        return words[0] if not asked else None
    if not words:
        return None
    if words[0] in ("should", "were", "had") and is_relation(relation, ("advcl", "acl", "ccomp", "parataxis")):
        own = kids(reading, k, "nsubj")
        asks = reading.tokens[reading.sentences[reading.tokens[k].sentence].last - 1].text == "?"
        return words[0] if own and own[0] > below[first] and not asks else None
    if not is_relation(relation, ("advcl", "acl")) or relation == "acl:relcl":
        return None
    if words[0] == "as" and (long := _as_long(reading, below[first])):
        return long
    if words[0] in _MARKERS | _TEMPORAL:
        return words[0]
    if len(words) > 1 and words[0] in _LEADERS | _FOCUS and words[1] in ("if", "unless"):
        return words[1]
    return None


def _as_long(reading: Reading, i: int) -> str | None:
    """ "As long as" where a parser hung its first two words elsewhere than the second "as", ``i``."""
    before = [token.text.lower() for token in reading.tokens[max(0, i - 2) : i]]
    return " ".join([*before, "as"]) if before in (["as", "long"], ["so", "long"], ["as", "soon"]) else None


def _skip(reading: Reading, below: list[int]) -> int:
    """How many of the first tokens are only punctuation."""
    count = 0
    while count < len(below) and reading.tokens[below[count]].upos == "PUNCT":
        count += 1
    return count


def _split(reading: Reading, i: int, k: int, marker: str) -> Conditional | None:
    condition = sorted(reading.subtree(k))
    said = reading.tokens[k].head
    if k < said < condition[-1]:
        # "If it rains," she said, "we will stay": the comma behind her words is none of the condition's.
        condition = [n for n in condition if n < said]
    if marker in ("if", "unless") and reading.tokens[condition[0]].text.lower() in _LEADERS:
        # "Because if it rains": the first word leads in the whole.
        condition = condition[1:]
    apart = set(condition)
    apart |= {n for n in kids(reading, i, "mark") if lower(reading, n) == "that"}
    if marker.endswith(("long as", "soon as")) and reading.tokens[condition[0] - 1].text.lower() in ("long", "soon"):
        condition = [condition[0] - 2, condition[0] - 1, *condition]
    by_words = _border(reading, k)
    if by_words is not None and by_words.head == i:
        condition = list(range(condition[0], by_words.at))
        apart |= {n for n in reading.subtree(i) if n <= by_words.at}
    else:
        condition = _to_comma(reading, i, condition)
        apart |= set(reading.subtree(k))
    apart |= set(condition)
    clause = [n for n in sorted(reading.subtree(i)) if n not in apart and not is_aside(reading, i, n)]
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


def _to_comma(reading: Reading, i: int, condition: list[int]) -> list[int]:
    """The condition up to the comma before the subject of its consequence, where a parser ended it too soon."""
    last = condition[-1]
    own = [s for s in kids(reading, i, "nsubj", "expl") if s > last]
    if i < condition[0] or not own:
        return condition
    left = min(n for n in reading.subtree(own[0]) if n > last)
    between = range(last + 1, left)
    commas = [n for n in between if reading.tokens[n].text == ","]
    told = [reading.tokens[n] for n in between if reading.tokens[n].upos in ("VERB", "NOUN")]
    if not commas or not told or any(is_relation(t.deprel, ("parataxis", "obl")) for t in told):
        return condition
    return [*condition, *range(last + 1, commas[-1])]


def _stray_subject(reading: Reading, i: int, before: int) -> list[int]:
    """The subject of the complement ``i`` that a parser hung on the verb above, though it stands behind that verb."""
    above = reading.tokens[i].head
    if reading.tokens[i].deprel != "ccomp":
        return []
    found = [k for k in kids(reading, above, "nsubj") if above < k < before]
    return sorted(reading.subtree(found[-1])) if found else []


def is_aside(reading: Reading, i: int, n: int) -> bool:
    """Whether ``n`` belongs to a clause beside that of ``i``: "he said" in the middle, another sentence after it."""
    node = n
    while node != i:
        token = reading.tokens[node]
        if token.head == i:
            return is_relation(token.deprel, ("parataxis", "discourse", "vocative", "cc")) or (
                token.deprel == "conj" and (bool(kids(reading, node, "nsubj")) or _is_of_other_tense(reading, i, node))
            )
        node = token.head
        if node < 0:
            return False
    return False


def _is_of_other_tense(reading: Reading, i: int, node: int) -> bool:
    """Whether ``node`` is told as done where ``i`` is to come: "it will act, and has recalled its envoy"."""
    to_come = any(reading.tokens[k].xpos == "MD" for k in kids(reading, i, "aux"))
    own = kids(reading, node, "aux")
    done = any(lower(reading, k) == "have" for k in own) and not any(reading.tokens[k].xpos == "MD" for k in own)
    return to_come and (done or reading.tokens[node].xpos == "VBD")


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
    # "Their deployment will be punished" is conditioned by it; "his party will march" is not.
    owned = is_passive(reading, i) or bool(kids(reading, i, "cop"))
    acts = any(
        is_relation(reading.tokens[k].deprel, ("nmod", "acl", "obl", "obj"))
        and (owned or reading.tokens[k].deprel != "nmod:poss")
        for k in children
    )
    if not delimited and not acts:
        return None
    # All that stands before the helping verb is the subject, wherever the parser hung it.
    first = min(reading.subtree(noun))
    helpers = [k for k in kids(reading, top, "aux", "cop") if k > noun]
    below = list(range(first, min(helpers))) if helpers else sorted(reading.subtree(noun))
    starts = [k for k in kids(reading, i, "aux", "cop", "advmod") if k > below[-1]]
    clause = [n for n in sorted(reading.subtree(i)) if n >= min([i, *starts]) and not is_aside(reading, i, n)]
    condition, rest = span(reading, below), span(reading, clause)
    if condition is None or rest is None:
        return None
    return Conditional(i, "any" if delimited else "subject", condition, rest)


def clause_span(reading: Reading, i: int, without: Iterable[int] = ()) -> tuple[int, int] | None:
    """Characters of the clause of ``i`` less the tokens ``without``, asides and marks at its ends."""
    apart = set(without)
    return span(reading, [n for n in sorted(reading.subtree(i)) if n not in apart and not is_aside(reading, i, n)])


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
    marks = sum(token.text in QUOTES for token in reading.tokens[first : last + 1])
    behind = reading.tokens[last + 1] if last + 1 < len(reading.tokens) else None
    return last + 1 if marks % 2 and behind is not None and behind.text in QUOTES else last
