"""What the tree says of a date: the word it hangs on and the tense of its clause.

Trees are the reader's and may be wrong: nothing here fails on a bad one, it only says less.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal

from onrecord.dates.tables import word_class
from onrecord.reading import Reading, Token

#: "unclear": may lie on either side ("closed until Monday", "could meet on Monday"); "none": there is no verb to say.
Tense = Literal["past", "present", "future", "unclear", "none"]

# Words whose infinitive, or whose "for" ("scheduled for Monday"), lies ahead.
_FORWARD = word_class("forward")
# Verbs that announce a fixed programme in the present tense: "the summit opens on Tuesday".
_PROGRAMME = word_class("programme")
# Nouns held on a day fixed beforehand: "Monday's vote will decide" looks ahead, "Monday's attack will" may not.
_FIXTURE = word_class("fixture")
# Participles of what lies ahead: "the vote scheduled for Monday"; what was "announced on Monday" does not.
_PLANNED = word_class("planned")
# Nouns that come of what is over: "the results of Monday's vote".
_OUTCOME = word_class("outcome")
# What makes of a present tense a time to come: "if he wins in May", "when they vote on Monday".
_CONDITION = word_class("condition")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a date stands in its clause: the tense there, and whether it hangs on the verb itself.

    ``noun`` is the lemma of the noun that the date names ("Monday's vote"), ``direct`` whether none stands between the
    date and the verb; ``firm`` is
    whether a finite verb tells the tense, and no infinitive or participle that took it from another.
    """

    tense: Tense
    direct: bool
    noun: str | None
    firm: bool = False


NOWHERE = Setting("none", False, None)


def setting(reading: Reading, start: int, end: int) -> Setting:
    """The setting of the date at characters ``start`` to ``end``."""
    head = head_token(reading, start, end)
    if head is None:
        return NOWHERE
    if (verb := _verb_before(reading, head, start)) is not None:
        return Setting(tense_of(reading, verb), True, None, is_finite(reading, verb))
    noun = _noun_named_by(reading, start, end)
    token = head
    bounds: set[str] = {"ahead"} if _is_ahead_of(reading, start) else set()
    over = False
    for _ in range(len(reading.tokens)):  # a damaged tree may have a cycle
        if token.upos in ("VERB", "AUX") or kids(reading, token, "cop"):
            above = (reading.tokens[token.head],) if token.head >= 0 else ()
            if any(near.lemma.lower() == "due" for near in (token, *above, *kids(reading, token, "case"))):
                bounds.add("due")  # "a vote is due this autumn"
            break
        bounds |= {kid.lemma.lower() for kid in kids(reading, token, "case")}
        if token.head < 0:
            return Setting(_as_bounded("none", bounds), False, noun.lemma if noun else None)
        parent = reading.tokens[token.head]
        if parent.upos in ("NOUN", "PROPN", "ADJ") and not kids(reading, parent, "cop") and noun is None:
            noun = parent
        over = over or (parent.upos == "NOUN" and parent.lemma in _OUTCOME)
        token = parent
    if (named := _noun_before(reading, start)) is not None:
        bounds |= {kid.lemma.lower() for kid in kids(reading, named, "case")} & {"ahead", "before"}
    if not _is_said_with(reading, token, start):
        return Setting(_tense_outside(reading, token, start), noun is None, noun.lemma if noun else None)
    tense = _as_bounded(tense_of(reading, token), bounds)
    sought = noun is not None and any(kid.lemma.lower() == "for" for kid in kids(reading, noun, "case"))
    if tense == "past" and sought and token.lemma in _FORWARD:
        tense = "unclear"  # "prepared for Monday's debate"
    if over and tense in ("future", "present"):
        # "the results of Monday's vote are known"; what they "will" do, they may do before they are there
        tense = "unclear" if tense == "future" else "none"
    direct = noun is None and token is not head
    if direct and tense == "present":
        noun = named
    firm = is_finite(reading, token) or (token.xpos == "VBG" and tense == "past")  # "since announcing in May"
    return Setting(tense, direct, noun.lemma if noun else None, firm)


def _verb_before(reading: Reading, head: Token, start: int) -> Token | None:
    """The verb right in front of a date ("said Monday", "announcing on Monday"): its own, whatever the tree says."""
    at = bisect_right(reading.tokens, start, key=lambda token: token.start) - 2
    if at >= 0 and reading.tokens[at].lemma.lower() == "on":
        at -= 1
    if at < 0 or reading.tokens[at].sentence != head.sentence or head.deprel.partition(":")[0] not in ("obl", "nmod"):
        return None
    verb = reading.tokens[at]
    # only where the tree sees no noun between, as in "said Monday's vote"
    above = head.head < 0 or reading.tokens[head.head].upos in ("VERB", "AUX")
    return verb if above and verb.xpos in ("VBD", "VBG") and verb.deprel != "amod" else None


def _noun_named_by(reading: Reading, start: int, end: int) -> Token | None:
    """The noun of "an April 15 deadline": the article is its own, whatever the tree hangs the date on."""
    at = bisect_right(reading.tokens, start, key=lambda token: token.start) - 1
    after = bisect_right(reading.tokens, end, key=lambda token: token.start)
    after -= after > 0 and reading.tokens[after - 1].start >= end
    if at < 1 or after >= len(reading.tokens) or reading.tokens[at - 1].lemma.lower() not in ("a", "an", "the"):
        return None
    noun = reading.tokens[after]
    return noun if noun.upos == "NOUN" and noun.lemma in _FIXTURE else None


def _noun_before(reading: Reading, start: int) -> Token | None:
    """The noun of "the primary on Tuesday is", wherever the tree hangs the date, where it is of a thing so held."""
    at = bisect_right(reading.tokens, start, key=lambda token: token.start) - 2
    at -= at > 0 and reading.tokens[at].lemma.lower() == "on"
    noun = reading.tokens[at] if at >= 0 else None
    return noun if noun and noun.upos == "NOUN" and noun.lemma in _FIXTURE else None


_PHRASE = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "PRON")


def _is_ahead_of(reading: Reading, start: int) -> bool:
    """Whether "ahead of" opens the phrase that a date stands in, however the tree takes the two words."""
    at = bisect_right(reading.tokens, start, key=lambda token: token.start) - 2
    while at > 0 and (reading.tokens[at].upos in _PHRASE or reading.tokens[at].lemma == "on"):
        at -= 1
    return at > 0 and [token.lemma.lower() for token in reading.tokens[at - 1 : at + 1]] == ["ahead", "of"]


def _is_said_with(reading: Reading, verb: Token, start: int) -> bool:
    """Whether a date and its verb stand in the same quotation, or both in none: else the tree has erred."""
    return _quoted(reading, verb.start) == _quoted(reading, start)


def _quoted(reading: Reading, at: int) -> int:
    """The start of the quotation around a character; -1 where there is none."""
    return next((quote.start for quote in reading.quotations if quote.start < at < quote.end), -1)


def _tense_outside(reading: Reading, verb: Token, start: int) -> Tense:
    """The tense of the nearest verb in front of a date that no quotation divides from it."""
    sentence = reading.sentences[verb.sentence]
    quoted = _quoted(reading, start)
    for token in reversed(reading.tokens[sentence.first : sentence.last]):
        if token.start < start and token.upos == "VERB" and _quoted(reading, token.start) == quoted:
            return tense_of(reading, token)
    return "none"


def is_finite(reading: Reading, verb: Token) -> bool:
    """Whether a verb, or what helps it, is in the past, in the present, or a modal."""
    finite = ("VBD", "VBZ", "VBP", "MD")
    return verb.xpos in finite or any(kid.xpos in finite for kid in kids(reading, verb, "aux", "cop"))


def head_token(reading: Reading, start: int, end: int) -> Token | None:
    """The topmost of the tokens at characters ``start`` to ``end``; None where there are none."""
    span = [token for token in _tokens_at(reading.tokens, start, end) if token.upos != "PUNCT"]
    inside = {token.i for token in span}
    tops = [token for token in span if token.head not in inside]
    # "since 2014": the preposition hangs on the year, so the top is right; of a broken span take what is no preposition
    return next((token for token in tops if token.upos not in ("ADP", "DET")), tops[0] if tops else None)


def scheduled(noun: str | None) -> bool:
    """Whether what the noun names is held on a day fixed beforehand."""
    return noun in _FIXTURE


def _tokens_at(tokens: Sequence[Token], start: int, end: int) -> list[Token]:
    at = max(0, bisect_right(tokens, start, key=lambda token: token.start) - 1)
    found = []
    while at < len(tokens) and tokens[at].start < end:
        if tokens[at].end > start:
            found.append(tokens[at])
        at += 1
    return found


def kids(reading: Reading, token: Token, *relations: str) -> list[Token]:
    """What hangs on a token by one of the relations, their subtypes included."""
    if not reading.children:
        return []
    return [
        reading.tokens[i]
        for i in reading.children[token.i]
        if reading.tokens[i].deprel in relations or reading.tokens[i].deprel.partition(":")[0] in relations
    ]


def _as_bounded(tense: Tense, prepositions: set[str]) -> Tense:
    """What "ahead of", "by", "until" and "before" make of a tense: a date ahead, or one that may be."""
    if prepositions & {"ahead", "due"}:
        return "future"
    if tense in ("none", "present") and prepositions & {"by", "until", "till"}:
        return "future"
    if tense == "past" and prepositions & {"until", "till", "before"}:
        return "unclear"
    return tense


def tense_of(reading: Reading, verb: Token, depth: int = 0) -> Tense:
    """The tense of a verb, or of the one that an infinitive or participle takes it from."""
    helpers = kids(reading, verb, "aux", "cop")
    infinitive = next(iter(kids(reading, verb, "mark")), None)
    if infinitive and infinitive.lemma == "to" and any(kid.i < infinitive.i and kid.lemma == "be" for kid in helpers):
        return "future"  # "is to be held"
    modals = [kid for kid in helpers if kid.xpos == "MD"]
    perfect = any(kid.lemma == "have" for kid in helpers)
    if modals:
        return _modal_tense(reading, verb, {kid.text.lower() for kid in modals}, perfect)
    if perfect or verb.xpos == "VBD" or any(kid.xpos == "VBD" for kid in helpers):
        ahead = verb.lemma in _PLANNED and verb.xpos == "VBN" and not perfect
        if not ahead and _is_condition(reading, verb, {"if"}):
            return "unclear"  # "if he won in May, he would" may lie ahead
        return "future" if ahead else "past"
    present = any(kid.xpos in ("VBZ", "VBP") for kid in helpers)
    if verb.xpos == "VBG" and present:
        return "future"
    bare = verb.xpos == "VB" or any(kid.xpos == "VB" for kid in helpers)  # "to be held" is as bare as "to hold"
    if verb.xpos == "VBN" and not bare:
        if verb.lemma in _PLANNED:
            return "future"
        return "present" if present else "past"
    if (present or verb.xpos in ("VBZ", "VBP")) and _is_condition(reading, verb, _CONDITION):
        return "future"
    if verb.xpos in ("VBZ", "VBP"):
        into_force = any(kid.lemma in ("effect", "force") for kid in kids(reading, verb, "obj", "obl"))
        return "future" if verb.lemma in _PROGRAMME or into_force else "present"
    if bare and present:
        return "present"  # "does not stand up"
    if bare and verb.head < 0:
        return "future"  # "Come on Monday"
    if (bare or verb.xpos == "VBG") and verb.head >= 0 and depth < 8:
        parent = reading.tokens[verb.head]
        to = infinitive is not None and infinitive.lemma == "to"  # "plan to go", "demand that he go"
        wanted = parent.lemma in _FORWARD and (to or (bare and verb.deprel == "ccomp"))
        if wanted or (to and verb.deprel.startswith("acl")):
            return "future"
        return tense_of(reading, parent, depth + 1)
    if verb.lemma in ("due", "scheduled", "expected"):
        return "future"
    return "present" if present else "none"


def _is_condition(reading: Reading, verb: Token, words: Set[str]) -> bool:
    """Whether "if", "when" and the like open the clause of the verb, and not what someone asks."""
    opens = kids(reading, verb, "mark", "advmod")
    return verb.deprel.startswith("advcl") and any(kid.lemma.lower() in words for kid in opens)


def _modal_tense(reading: Reading, verb: Token, modals: set[str], perfect: bool) -> Tense:
    if perfect and not modals & {"will", "'ll", "’ll", "shall"}:
        return "past"
    if "could" in modals:
        negated = any(kid.lemma.lower() in ("not", "n't", "n’t") for kid in kids(reading, verb, "advmod"))
        return "past" if negated else "unclear"
    return "future"
