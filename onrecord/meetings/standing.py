"""Whether a contact is planned, held, called off or put off, from the words around its mention."""

from __future__ import annotations

from typing import cast

from onrecord.events.clause import climb, is_relation, kids, lower, marker, preposition
from onrecord.events.status import Standing, governors
from onrecord.reading import Reading
from onrecord.record import MeetingStatus

_CANCEL = frozenset({"cancel", "scrap", "scuttle", "abandon"})
_POSTPONE = frozenset({"postpone", "delay", "reschedule", "defer", "adjourn", "suspend"})
_PARTICLES = {("call", "off"): "cancelled", ("put", "off"): "postponed", ("push", "back"): "postponed"}
_WANTED = frozenset(
    {"propose", "demand", "urge", "request", "seek", "call", "want", "offer", "suggest", "reject", "refuse",
     "rule", "invite", "oppose", "support", "encourage", "push", "press", "need", "favour", "favor", "mediate",
     "broker", "facilitate", "avoid", "prevent", "consider", "proposal", "invitation", "bid", "effort",
     "possibility", "prospect", "idea", "hope", "decline", "skip", "shun", "miss", "snub", "boycott",
     "attempt", "willing", "ready", "prepared", "eager", "keen", "able", "unable", "reluctant", "unwilling",
     "wish", "desire", "interest"}
)  # fmt: skip
# What is expected "on a visit" or scheduled "for talks" is to come; what is announced "after talks" is told of them.
_COMING = frozenset({"schedule", "expect", "set"})
_ARRANGED = frozenset({"plan", "arrange", "agree", "announce", "prepare"})
_AGREED = frozenset(
    {"agree", "arrange", "decide", "plan", "promise", "pledge", "oblige", "instruct", "task", "resolve"}
)
# Where what is asked for stands: "called for talks", "a proposal of talks".
_LEADING = frozenset({"for", "of", "to", "on", "against", "about"})


def status_of(reading: Reading, i: int, verb: int | None, how: Standing) -> MeetingStatus | None:
    """Planned, held, cancelled or postponed; None where the contact is only wished for, refused or denied."""
    if verb is not None:
        lemma = lower(reading, verb)
        relation = reading.tokens[i].deprel
        if is_relation(relation, ("obj", "xcomp", "obl")) or relation == "nsubj:pass":
            for k in kids(reading, verb, "compound:prt", "advmod"):
                moved = _PARTICLES.get((lemma, lower(reading, k)))
                if moved is not None:
                    return cast(MeetingStatus, moved)
            if lemma in _CANCEL and not how.negated:
                return "cancelled"
            if lemma == "call" and not how.negated and preposition(reading, i) is None:
                # "Called an emergency meeting": it is to come.
                return "planned"
            if lemma in _POSTPONE and not how.negated:
                return "postponed"
        aimed = (
            is_relation(relation, ("obj", "xcomp"))
            or relation == "nsubj:pass"
            or (is_relation(relation, ("obl",)) and preposition(reading, i) in _LEADING)
        )
        if aimed and (lemma in _WANTED or is_wanted(reading, verb)):
            return None
    elif is_wanted(reading, i):
        return None
    if how.doubtful or how.negated or how.undone or how.denied or how.duty:
        return None
    if how.future or _is_to(reading, verb):
        return "planned"
    if verb is not None and _is_agreed(reading, verb):
        return "planned"
    if verb is not None:
        coming = _COMING if is_relation(reading.tokens[i].deprel, ("obl",)) else _COMING | _ARRANGED
        if lower(reading, verb) in coming:
            return "planned"
    return "held"


def _is_agreed(reading: Reading, verb: int) -> bool:
    """Whether the verb is what was agreed or arranged: "agreed to hold talks"."""
    token = reading.tokens[verb]
    below = token.head >= 0 and is_relation(token.deprel, ("xcomp", "advcl", "ccomp")) and marker(reading, verb) == "to"
    return below and lower(reading, token.head) in _AGREED


def _is_to(reading: Reading, verb: int | None) -> bool:
    """Whether the verb stands in "is to take place", however the parser hung it."""
    if verb is None:
        return False
    to = [k for k in kids(reading, verb, "mark", "aux") if reading.tokens[k].text.lower() == "to"]
    if not to:
        return False
    before = to[0] - 1
    return before >= 0 and reading.tokens[before].text.lower() in (
        "is",
        "are",
        "was",
        "were",
        "due",
        "set",
        "scheduled",
        "expected",
        "about",
    )


def is_planned(reading: Reading, i: int) -> bool:
    """Whether ``i`` is what somebody is due or set to do, however the parser hung it: "is to travel", "due to meet"."""
    return _is_to(reading, i)


def is_wanted(reading: Reading, i: int) -> bool:
    """Whether somebody only asks for, offers or refuses what ``i`` says: "proposed talks", "efforts to hold talks"."""
    for node, governor in climb(reading, i):
        relation = reading.tokens[node].deprel
        lemma = lower(reading, governor)
        if is_relation(relation, ("obl", "nmod")):
            if preposition(reading, node) not in _LEADING:
                return False
        elif is_relation(relation, ("acl", "advcl")):
            if marker(reading, node) != "to":
                return False
            if is_relation(relation, ("advcl",)):
                return lemma in _WANTED
        elif not is_relation(relation, ("xcomp", "ccomp", "obj")) and relation != "nsubj:pass":
            return False
        if governors().get(lemma) == "reported":
            return False
        if lemma in _WANTED or (lemma == "discuss" and relation == "obj"):
            return True
    return False
