"""Contacts told by a noun: "a second meeting between Chad and Mali is to take place", "their talks in Geneva"."""

from __future__ import annotations

from dataclasses import replace

from onrecord.events import Places
from onrecord.events.clause import conjuncts, frame, is_relation, kids, lower, possessors, preposition
from onrecord.events.parties import Cast, unique
from onrecord.events.status import Standing, standing
from onrecord.meetings.mention import Mention, Word
from onrecord.meetings.parties import (
    attending,
    carrier,
    coded,
    day,
    hosts,
    implied,
    noun_parties,
    parties,
    phrases,
    place,
)
from onrecord.meetings.standing import status_of
from onrecord.reading import Reading
from onrecord.record import When

_ORDINALS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
     "twelfth", "final"}
)  # fmt: skip
# Verbs whose subject takes part in the contact that is their object.
_HOLDING = frozenset(
    {"hold", "have", "attend", "join", "conduct", "begin", "start", "open", "resume", "continue", "conclude", "finish",
     "end", "pay", "make", "complete", "take", "wrap", "undertake", "plan", "schedule", "lead", "chair", "enter",
     "host", "co-host", "call", "convene", "cohost", "participate", "organise", "organize", "kick", "answer",
     "cancel", "postpone", "delay", "put", "scrap", "receive", "place", "engage", "address", "preside", "co-chair",
     "launch", "embark", "arrange"}
)  # fmt: skip
_CONVENING = frozenset(
    {"hold", "convene", "call", "host", "co-host", "chair", "organise", "organize", "co-chair", "cohost", "preside"}
)
# A call is a contact where somebody makes or takes it; "renewed calls for calm" are none.
_CALLING = frozenset({"answer", "receive", "make", "take", "have", "place", "hold", "conduct"})
_PHONE = frozenset({"phone", "telephone", "video"})
_PRESS = frozenset({"news", "press", "media"})
# A body that meets: "a cabinet meeting".
_BODIES = frozenset({"cabinet", "parliamentary", "committee", "council", "board", "ministerial", "government"})
# Talks of these are no contact of parties: a debate in a court or a class.
_OTHER = frozenset({"training", "class", "court", "trading", "practice", "therapy", "photo", "theatre", "concert",
                    "study", "school", "guided", "guide", "book", "election", "campaign", "bus", "victory", "speaking",
                    "sightseeing", "town", "hall", "townhall", "listening", "shopping", "business", "fishing",
                    "boat"})  # fmt: skip
# "Regular consultations" are a habit and no contact.
_HABITUAL = frozenset({"regular", "continuous", "constant", "close", "frequent", "usual", "permanent"})
# Calls that nobody takes, and calls that are decisions: "a final call on candidates".
_UNTAKEN = frozenset({"unanswered", "unreturned"})
_TALKING = frozenset({"talk", "talks", "negotiation", "consultation", "dialogue", "discussion"})
_MODIFIERS = frozenset({"amod", "compound", "nmod:desc", "det", "nummod"})
_BOUND = frozenset({"with", "between", "among"})
_POINTING = frozenset({"the", "this", "these", "that", "those"})
_THERE = frozenset({"after", "during", "following"})
_SURE = 0.75
_BEFORE = 6


def noun_mention(cast: Cast, i: int, word: Word, dates: tuple[When, ...], places: Places) -> Mention | None:
    """The contact that the noun ``i`` names, None where it names none."""
    reading = cast.reading
    token = reading.tokens[i]
    if token.deprel.startswith(("compound", "flat", "amod", "nmod:poss")) or _is_round_of_other(reading, i):
        return None
    before = {lower(reading, k) for k in kids(reading, i, "compound", "amod", "nmod:desc")}
    if before & (_PRESS | _OTHER) or (token.xpos == "NNS" and before & _HABITUAL):
        return None
    if lower(reading, i) == "conference" and "joint" in before:
        # Two who stand before the press together.
        return None
    holding = [k for k in kids(reading, i, "acl") if lower(reading, k) in _HOLDING]
    verb = holding[0] if holding else carrier(reading, i)
    owner = lower(reading, verb) if verb is not None else ""
    status = status_of(reading, i, verb, _standing(reading, i, verb))
    phone = bool((before | {lower(reading, k) for _, k in phrases(reading, i)}) & _PHONE)
    phone = phone or (lower(reading, i) == "call" and "conference" in before)
    if status is None or (lower(reading, i) == "call" and not (phone or _is_taken(reading, i, owner))):
        return None
    if verb is not None and any(reading.tokens[k].text.lower() in _UNTAKEN for k in (verb, *reading.children[verb])):
        return None
    carried, who = _carried(cast, i, verb, owner, places)
    who = unique((*who, *(implied(cast, i, verb, who))))
    if word.kind == "visit" and who and set(who) <= set(hosts(cast, i)):
        # "She spoke of a visit to a mosque": nobody is said to have gone.
        return None
    definite = any(lower(reading, k) in _POINTING for k in kids(reading, i, "det"))
    where = place(reading, i, places, noun=True)
    when = day(reading, dates, i)
    if verb is not None:
        where = where or place(reading, verb, places, noun=False)
        when = when or day(reading, dates, verb)
    if not who and word.kind in ("visit", "summit"):
        who = attending(cast, i, _THERE | {"in", "at", "before", "ahead", "for", "on", "from"})
    elif not who and lower(reading, i) == "meeting" and status == "held" and not definite:
        # "After a meeting at the ministry, the two leaders briefed reporters".
        who = attending(cast, i, _THERE)
        carried = bool(who)
    elif len(who) == 1 and lower(reading, i) == "meeting" and status == "held" and preposition(reading, i) in _THERE:
        # "The order was given in a meeting with the minister": the other side is left unsaid.
        carried = carried or any(word == "with" for word, _ in phrases(reading, i))
    owned = any(cast.get(a).kind != "person" for k in possessors(reading, i) for a in cast.head(k))
    near = [k for k in reading.children[i] if reading.tokens[k].deprel in _MODIFIERS and i - k <= _BEFORE and k < i]
    return Mention(
        at=i,
        first=min([i, *near]),
        last=i,
        kind="call" if phone and word.kind != "visit" else word.kind,
        who=coded(cast, who),
        where=where,
        when=when,
        ordinal=_ordinal(reading, i),
        status=status,
        definite=definite,
        carried=carried or (owned and (when is not None or where is not None)),
        confidence=_SURE,
        named=bool(before & _BODIES)
        or any(reading.tokens[k].upos == "PROPN" and k < i for k in reading.subtree(i))
        or any(word == "of" and reading.tokens[k].upos == "PROPN" for word, k in phrases(reading, i)),
        weak=word.asks == "carried" and not carried,
    )


def _is_taken(reading: Reading, i: int, owner: str) -> bool:
    """Whether somebody makes or takes the call ``i``, and does not decide by it."""
    return owner in _CALLING and not any(preposition(reading, k) == "on" for k in kids(reading, i, "nmod"))


def _standing(reading: Reading, i: int, verb: int | None) -> Standing:
    """How the contact stands to the facts; what may be said "during his visit" leaves the visit no less sure."""
    how = standing(reading, i, verb)
    if verb is None or not is_relation(reading.tokens[i].deprel, ("obl",)) or lower(reading, verb) in _HOLDING:
        return how
    aside = standing(reading, i)
    return replace(aside, future=aside.future or how.future or (how.doubtful and not aside.doubtful))


def _carried(cast: Cast, i: int, verb: int | None, owner: str, places: Places) -> tuple[bool, tuple[str, ...]]:
    """Whether somebody is said to hold or attend it, and all who take part by noun and verb."""
    reading = cast.reading
    who = tuple(noun_parties(cast, i, places))
    if kids(reading, i, "cop") and preposition(reading, i) in ("on", "in"):
        # "Is on a visit to Mali", "are in talks with Chad".
        return True, unique((*cast.agents(kids(reading, i, "nsubj")), *who))
    if verb is None or owner not in _HOLDING:
        return False, who
    relation = reading.tokens[i].deprel
    around = frame(reading, verb)
    described = reading.tokens[verb].head == i
    is_object = is_relation(relation, ("obj", "xcomp")) or relation == "nsubj:pass" or described or verb == i - 1
    if not is_object and not is_relation(relation, ("obl", "xcomp")):
        return False, who
    agents = cast.agents(k for k in around.agents if k != i)
    others = [k for word, k in around.obliques if word in _BOUND]
    others += [
        k for k in kids(reading, verb, "obl") if preposition(reading, k) in _BOUND | {"from"} and k not in others
    ]
    if reading.tokens[verb].head == i:
        # "A meeting held on Monday between the council and the miners".
        others += [c for k in tuple(others) for c in conjuncts(reading, k) if c not in others]
    who = unique((*agents, *who, *(a for k in others for a in parties(cast, k))))
    if not is_object:
        return owner in ("participate", "engage", "preside") and bool(agents), who
    if owner in _CONVENING:
        return True, who
    # That one person attends a meeting tells of no contact; that a body does, or that somebody calls one, does.
    return bool(agents) and not all(cast.get(a).kind == "person" for a in agents), who


def _is_round_of_other(reading: Reading, i: int) -> bool:
    """Whether "round" is none of talks ("a round of layoffs"), or the talks are those of a round already read."""
    below = [lower(reading, k) for k in kids(reading, i, "nmod") if preposition(reading, k) == "of"]
    if lower(reading, i) == "round":
        return not any(word in _TALKING for word in below)
    head = reading.tokens[i].head
    of_round = head >= 0 and lower(reading, head) in ("round", "series", "day", "hour")
    return of_round and reading.tokens[i].deprel == "nmod"


def _ordinal(reading: Reading, i: int) -> str | None:
    for k in sorted(reading.subtree(i)):
        word = reading.tokens[k].text.lower()
        if i - _BEFORE < k < i and (
            word in _ORDINALS or (word[:1].isdigit() and word.endswith(("st", "nd", "rd", "th")))
        ):
            return word
    return None
