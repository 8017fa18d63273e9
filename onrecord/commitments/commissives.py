"""Words that commit whoever says them: "pledged to", "a threat to", "stands ready to". Data: ``data/commissives.tsv``.

A line of the table names the word, its part of speech, its ``force`` (``promise``, ``offer``, ``threat``,
``ultimatum``; ``either``: a threat where the act is hostile, else a promise) and what it ``takes`` for the act: ``to``
an infinitive, ``that`` a clause, ``own`` a clause about the speaker's own act alone (whoever warns that others will
suffer commits to nothing), ``ing`` a gerund behind a preposition, ``for`` a noun behind "for", ``obj`` a bare object,
``help`` one that is help (who offers details commits to nothing), ``with`` a noun behind "with" or "of".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.events.clause import (
    conjuncts,
    first_conjunct,
    frame,
    is_relation,
    kids,
    lower,
    marker,
    possessors,
    preposition,
    subjects,
)
from onrecord.events.lexicon import word_classes
from onrecord.events.parties import FIRST_PERSON
from onrecord.events.status import is_negated, standing
from onrecord.reading import Reading
from onrecord.tables import rows

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_LEADING = frozenset({"to", "of", "in", "about", "with", "on"})
# Said of oneself these are offers; what others see in somebody is none.
_READINESS = frozenset({"willingness", "readiness"})
_VOICING = frozenset({"express", "voice", "reiterate", "signal", "convey", "underline", "underscore", "state", "repeat",
                      "declare", "affirm", "renew", "communicate", "indicate", "announce", "confirm", "reaffirm",
                      "stress", "emphasise", "emphasize", "note", "mention", "highlight"})  # fmt: skip
# Verbs that break, ask for, doubt or take what the noun below them names: nobody commits by them.
_MADE_BEFORE = frozenset(
    {"carry", "make", "keep", "break", "fulfil", "fulfill", "honour", "honor", "betray", "repeat", "renew", "drop",
     "abandon", "withdraw", "execute", "implement", "deliver", "reiterate", "reaffirm", "uphold", "meet", "stand",
     "realise", "realize"}
)  # fmt: skip
_IDLE = frozenset(
    {"call", "ask", "demand", "seek", "need", "want", "urge", "hope", "expect", "refuse", "decline", "press", "fail",
     "pressure", "persuade", "encourage", "invite", "push", "beg", "plead", "pressurise", "request", "lobby", "get"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commissive:
    """A word that commits, the head of what is committed to, the words for who commits, and the force of it."""

    word: int
    act: int
    agents: tuple[int, ...]
    addressees: tuple[int, ...]
    force: str


@cache
def _table() -> dict[tuple[str, str], tuple[str, frozenset[str]]]:
    return {
        (row["word"], row["pos"]): (row["force"], frozenset(row["takes"].split(","))) for row in rows("commissives.tsv")
    }


def is_commissive(reading: Reading, i: int) -> bool:
    """Whether the table has a line for ``i``."""
    return _line(reading, i) is not None


def commissives(reading: Reading) -> Iterator[Commissive]:
    """Every commitment that a word of the table makes, in the order of the words; of conjoined acts the first."""
    for token in reading.tokens:
        line = _line(reading, token.i)
        if line is None or not _is_real(reading, token.i):
            continue
        force, takes = line
        act = _act(reading, token.i, takes)
        if act is None or (lower(reading, act) == "do" and not frame(reading, act).objects):
            # "What she promises to do" is told elsewhere.
            continue
        agents = _agents(reading, token.i)
        if lower(reading, token.i) == "agree" and reading.tokens[token.i + 1].text.lower() in ("with", "on", "that"):
            # Who agrees with others, or that it is so, commits to nothing.
            continue
        if token.xpos == "VBG" and not agents:
            continue
        if _is_any(reading, token.i):
            continue
        if force == "offer" and token.head >= 0 and lower(reading, token.head) in ("warn", "threaten"):
            force = "threat"
        if "own" in takes and is_told(reading, act) and not _is_own(reading, act, agents):
            continue
        yield Commissive(token.i, act, agents, _addressees(reading, token.i), force)


def _line(reading: Reading, i: int) -> tuple[str, frozenset[str]] | None:
    token = reading.tokens[i]
    pos = _POS.get(token.upos)
    if token.xpos in ("VBD", "VBZ", "VBP"):
        pos = "verb"
    if pos is None or token.deprel.startswith(("compound", "flat")) or token.deprel == "amod":
        return None
    found = _table().get((lower(reading, i), pos))
    # "Is committed to", "is prepared to": participle or adjective, as the tagger likes; "prepared to go" is no state.
    done = any(lower(reading, k) == "have" for k in kids(reading, i, "aux")) and not kids(reading, i, "aux:pass")
    state = pos == "adj" or (token.xpos == "VBN" and not done) or bool(kids(reading, i, "cop", "aux:pass"))
    return found or (_table().get((token.text.lower(), "adj")) if state else None)


def _is_real(reading: Reading, i: int) -> bool:
    """Whether somebody committed: not wished, asked for, denied or still to come."""
    token = reading.tokens[i]
    if token.upos == "NOUN" and possessors(reading, i) and _is_at_stake(reading, i):
        return True
    if _is_asked(reading, i):
        return False
    how = standing(reading, i)
    if how.doubtful or how.negated or how.undone or how.denied or how.duty:
        return False
    if (token.upos == "ADJ" or token.xpos == "VBG") and is_question(reading, i):
        return False
    if token.upos == "ADJ" and (_is_made(reading, i) or "too" in {lower(reading, k) for k in reading.children[i]}):
        return False
    if token.upos in ("NOUN", "PROPN"):
        above = first_conjunct(reading, i)
        head = reading.tokens[above].head
        if head >= 0 and is_relation(reading.tokens[above].deprel, ("obj", "obl", "nmod")):
            if lower(reading, head) in _IDLE or is_negated(reading, head):
                return False
            if lower(reading, i) == "right" and lower(reading, head) != "reserve":
                return False
        if kids(reading, i, "cop") and not possessors(reading, i):
            return False
        if lower(reading, i) in _READINESS and not _is_voiced(reading, above):
            return False
        return not _is_trait(reading, above) and (lower(reading, i) != "right" or token.deprel == "obj")
    if token.xpos == "VBG" and _is_aside(reading, i):
        return False
    # "Will pledge" is still to be done, "will offer to" as well; "will be ready to" is an offer.
    return not (how.future and token.upos == "VERB" and not kids(reading, i, "cop", "aux:pass"))


def is_question(reading: Reading, i: int) -> bool:
    """Whether the sentence of ``i`` is a question."""
    return reading.tokens[reading.sentences[reading.tokens[i].sentence].last - 1].text == "?"


def _is_asked(reading: Reading, i: int) -> bool:
    """Whether somebody only asks for the commitment, or refuses it: "urged Peru to pledge", "refused to promise"."""
    token = reading.tokens[first_conjunct(reading, i)]
    below = token.head >= 0 and is_relation(token.deprel, ("xcomp", "ccomp", "advcl", "acl"))
    return below and lower(reading, token.head) in _IDLE


def _is_made(reading: Reading, i: int) -> bool:
    """Whether somebody only gets or is got into the state: "is getting ready to leave"."""
    return any(k >= 0 and lower(reading, k) in ("get", "make", "keep") for k in (reading.tokens[i].head, i - 1))


def _is_voiced(reading: Reading, i: int) -> bool:
    """Whether the noun ``i`` is what somebody says of themselves: "expressed willingness", not "showed" it."""
    head = reading.tokens[i].head
    return head >= 0 and lower(reading, head) in _VOICING


def _is_trait(reading: Reading, i: int) -> bool:
    """Whether the noun is only called something: "their commitment to holding on to power is unrelenting"."""
    head = reading.tokens[i].head
    return head >= 0 and reading.tokens[i].deprel == "nsubj" and reading.tokens[head].upos == "ADJ"


def _is_aside(reading: Reading, i: int) -> bool:
    """Whether a participle tells of what was left ("rather than promising") or of a means ("by offering credit")."""
    lead = {reading.tokens[k].text.lower() for k in kids(reading, i, "mark", "case", "cc") if k < i}
    return bool(lead & {"than", "rather", "instead", "without"}) or ("by" in lead and lower(reading, i) == "offer")


def _is_any(reading: Reading, i: int) -> bool:
    """Whether whoever commits is only a kind of people: "voters prefer candidates who promise jobs"."""
    token = reading.tokens[i]
    if token.deprel != "acl:relcl" or token.head < 0 or reading.tokens[token.head].upos != "NOUN":
        return False
    given = {lower(reading, k) for k in kids(reading, token.head, "det", "nmod:poss", "nummod")}
    present = token.xpos in ("VBP", "VBZ") or any(lower(reading, k) == "be" for k in kids(reading, i, "cop"))
    return present and not given - {"a", "an", "any", "some", "no"}


def _is_at_stake(reading: Reading, i: int) -> bool:
    """Whether the noun is kept, broken or carried out, so that it was made: "not to carry out their threat"."""
    head = reading.tokens[i].head
    return head >= 0 and lower(reading, head) in _MADE_BEFORE


def _act(reading: Reading, i: int, takes: frozenset[str]) -> int | None:
    """The head of what is committed to, in one of the forms that the word takes."""
    noun = reading.tokens[i].upos in ("NOUN", "PROPN")
    below = [*kids(reading, i, "xcomp", "ccomp", "advcl", "acl", "parataxis")]
    if noun:
        below += _predicated(reading, i)
        above = reading.tokens[i].head
        if above >= 0 and reading.tokens[i].deprel == "obj":
            # "Carry out its threat to leave", the act hung on the verb.
            below += [k for k in kids(reading, above, "advcl", "xcomp") if i + 1 in kids(reading, k, "mark")]
    else:
        below += [c for o in kids(reading, i, "obj", "xcomp") for c in kids(reading, o, "acl")]
    for k in sorted(below):
        relation = reading.tokens[k].deprel
        if relation == "acl:relcl" or (k < i and not noun):
            continue
        word = marker(reading, k)
        infinitive = word == "to" and reading.tokens[k].xpos != "VBG"
        if infinitive and "to" in takes and relation != "parataxis":
            return k
        gerund = reading.tokens[k].xpos == "VBG" and (word in _LEADING or relation in ("xcomp", "advcl"))
        if gerund and "ing" in takes and word in _LEADING:
            return k
        finite = relation in ("ccomp", "acl", "parataxis", "xcomp") and is_told(reading, k)
        if finite and takes & {"that", "own"}:
            return k if is_promised(reading, k) or ("own" in takes and _is_possible(reading, k)) else None
    for k in kids(reading, i, "obl", "nmod"):
        word = preposition(reading, k)
        if word == "for" and "for" in takes and reading.tokens[k].upos != "PRON":
            return k
        if word in ("with", "of") and "with" in takes and reading.tokens[k].upos == "NOUN":
            return k
        if word in ("to", "of") and "ing" in takes and reading.tokens[k].xpos == "VBG":
            return k
    finite = reading.tokens[i].xpos != "VBN" or any(lower(reading, k) == "have" for k in kids(reading, i, "aux"))
    if not finite:
        # "The aid promised by Chad" is told of for another reason.
        return None
    if "obj" in takes:
        return _object(reading, i, None)
    habit = reading.tokens[i].xpos in ("VBZ", "VBP") and not any(
        reading.tokens[k].text.lower() in FIRST_PERSON for k in subjects(reading, i)
    )
    if "help" in takes and not habit:
        # "China offers cheap credit" tells of a habit.
        return _object(reading, i, _help())
    return None


def _predicated(reading: Reading, i: int) -> list[int]:
    """ "One of the commitments is to build": the act is predicated of the noun, or of the number that counts it."""
    out = []
    for node in (i, reading.tokens[i].head):
        if node >= 0 and (node == i or is_relation(reading.tokens[i].deprel, ("nmod",))):
            token = reading.tokens[node]
            if token.head >= 0 and is_relation(token.deprel, ("nsubj",)) and token.head > i:
                out.append(token.head)
            if token.deprel == "nsubj" and token.head >= 0:
                out += kids(reading, token.head, "xcomp", "ccomp")
    return out


def is_told(reading: Reading, k: int) -> bool:
    """Whether ``k`` heads a clause with a subject of its own."""
    return bool(kids(reading, k, "nsubj", "csubj", "expl")) and reading.tokens[k].upos in ("VERB", "ADJ", "NOUN", "AUX")


def is_promised(reading: Reading, k: int) -> bool:
    """Whether a that-clause tells of what is to come ("that it will"), no fact ("assured them that it was safe")."""
    helpers = {reading.tokens[c].text.lower() for c in kids(reading, k, "aux")}
    if "have" in helpers:
        # "Assured them that it would have paid" tells what is past.
        return False
    ready = lower(reading, k) in ("ready", "prepared", "willing")
    return ready or bool(helpers & {"will", "would", "shall", "wo", "'ll", "’ll", "'d", "’d"})


def _is_possible(reading: Reading, k: int) -> bool:
    """Whether whoever warns leaves open that they do it: "warned it could sell its bonds"."""
    return any(reading.tokens[c].text.lower() in ("could", "may", "might") for c in kids(reading, k, "aux"))


def _object(reading: Reading, i: int, only: frozenset[str] | None) -> int | None:
    """What is promised as a bare thing: "pledged $5m", "promised reforms"; no person and no pronoun."""
    for k in frame(reading, i).objects:
        token = reading.tokens[k]
        if token.upos not in ("NOUN", "PROPN", "NUM", "SYM") or lower(reading, k) in _nobody():
            continue
        if token.upos == "PROPN" and not kids(reading, k, "nummod"):
            continue
        if only is not None and lower(reading, k) not in only and token.upos != "SYM":
            continue
        return k
    return None


@cache
def _help() -> frozenset[str]:
    """Nouns for what is offered to be given or done: aid, money, arms, talks, good offices."""
    classes = word_classes()
    named = classes["aid"] | classes["money"] | classes["weapons"] | classes["talks"] | classes["deal"]
    return named | {"mediation", "asylum", "service", "support", "cooperation", "ceasefire", "truce", "amnesty",
                    "concession", "reward", "refuge", "protection", "training", "compromise", "solution"}  # fmt: skip


@cache
def _nobody() -> frozenset[str]:
    """Nouns for people and for words: they are told or said, not promised."""
    classes = word_classes()
    people = classes["people"] | classes["person"] | classes["official"] | classes["lawmaker"] | classes["quantity"]
    told = {"voter", "ally", "reporter", "parent", "member", "nation", "country", "allegiance", "condolence", "prayer"}
    return (people | told) - {
        "ten", "hundred", "thousand", "dozen", "million", "two", "three", "four", "five", "support", "team",
    }  # fmt: skip


def _agents(reading: Reading, i: int) -> tuple[int, ...]:
    """Who commits: the subject of the verb; of a noun its possessor, its by- or of-phrase, the subject it is had by."""
    token = reading.tokens[i]
    if token.upos not in ("NOUN", "PROPN"):
        around = frame(reading, i)
        return around.agents or subjects(reading, i) or tuple(kids(reading, i, "expl"))
    owners = possessors(reading, i)
    if owners:
        return tuple(c for o in owners for c in conjuncts(reading, o))
    named = [k for k in kids(reading, i, "nmod") if preposition(reading, k) in ("by", "of", "from")]
    if named:
        return tuple(c for k in named for c in conjuncts(reading, k))
    if token.deprel == "conj":
        # "Won them with speeches and promises": what it is joined to, or the verb that a parser joined it to.
        top = first_conjunct(reading, i)
        token = reading.tokens[top] if reading.tokens[top].upos != "VERB" else token
    if token.head >= 0 and (is_relation(token.deprel, ("obj", "obl", "xcomp")) or token.deprel == "conj"):
        return frame(reading, token.head).agents
    return ()


def _addressees(reading: Reading, i: int) -> tuple[int, ...]:
    """To whom: the person told, the to-phrase."""
    around = frame(reading, i)
    told = [k for k in (*around.indirect, *around.objects) if reading.tokens[k].upos in ("PROPN", "NOUN", "PRON")]
    return (*told, *(k for word, k in around.obliques if word in ("to", "for", "with")))


def _is_own(reading: Reading, act: int, agents: tuple[int, ...]) -> bool:
    """Whether ``act`` is what the agents themselves will do: "warned it would", not "warned that rain would"."""
    own = subjects(reading, act)
    return any(
        reading.tokens[k].upos == "PRON" and lower(reading, k) in ("it", "they", "he", "she", "we", "i") for k in own
    ) or any(reading.tokens[k].text.lower() == reading.tokens[a].text.lower() for k in own for a in agents)
