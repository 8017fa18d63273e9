"""Mentions of contacts: each word that names one, with its parties, place, day, ordinal and standing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast as as_type

from onrecord.dates import when_at
from onrecord.events import Places
from onrecord.events.clause import (
    climb,
    conjuncts,
    first_conjunct,
    frame,
    is_relation,
    kids,
    lower,
    preposition,
    subjects,
)
from onrecord.events.lexicon import word_classes
from onrecord.events.parties import Cast, is_coded, is_political, unique
from onrecord.events.status import standing
from onrecord.events.topics import is_off_topic_sentence
from onrecord.meetings.standing import is_wanted, status_of
from onrecord.reading import Reading
from onrecord.record import MeetingKind, MeetingStatus, When, Where
from onrecord.tables import rows

_ORDINALS = frozenset(
    [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "final",
    ]
)
# Verbs whose subject takes part in the contact that is their object.
_HOLDING = frozenset(
    [
        "hold",
        "have",
        "attend",
        "join",
        "conduct",
        "begin",
        "start",
        "open",
        "resume",
        "continue",
        "conclude",
        "finish",
        "end",
        "pay",
        "make",
        "complete",
        "take",
        "wrap",
        "undertake",
        "plan",
        "schedule",
        "lead",
        "chair",
        "enter",
        "host",
        "co-host",
        "call",
        "convene",
        "cohost",
    ]
)
_CONVENING = frozenset({"hold", "convene", "call", "host", "co-host", "chair"})
_PRESS = frozenset({"news", "press", "media"})
_SIDES = {"two-way": 2, "bilateral": 2, "two-sided": 2, "trilateral": 3, "three-way": 3, "three-sided": 3,
          "tripartite": 3, "four-way": 4, "quadrilateral": 4}  # fmt: skip
_PLACE = frozenset({"in", "at", "near", "outside", "to", "for", "into"})
_MODIFIERS = frozenset({"amod", "compound", "nmod:desc"})

_SURE, _VERBAL = 0.75, 0.85


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a contact.

    ``definite``: "the talks", which may point back; ``carried``: the words say that somebody took part.
    """

    at: int
    first: int
    last: int
    kind: MeetingKind
    who: tuple[str, ...]
    where: Where | None
    when: When | None
    ordinal: str | None
    status: MeetingStatus
    definite: bool
    carried: bool
    confidence: float


@cache
def _words() -> dict[tuple[str, str], MeetingKind]:
    return {(row["word"], row["pos"]): as_type(MeetingKind, row["kind"]) for row in rows("meetings.tsv")}


@cache
def _people() -> frozenset[str]:
    """Nouns for those who may be met though no actor of the page: "delegates", but no "requirement"."""
    classes = word_classes()
    return classes["people"] | classes["person"] | classes["official"] | classes["lawmaker"]


def mentions(cast: Cast, dates: tuple[When, ...], places: Places) -> Iterator[Mention]:
    """Every mention of a contact on the page that is planned, held or called off."""
    reading = cast.reading
    table = _words()
    off = {k for k, sentence in enumerate(reading.sentences) if is_off_topic_sentence(reading, sentence)}
    for token in reading.tokens:
        pos = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb"}.get(token.upos)
        kind = table.get((lower(reading, token.i), pos)) if pos is not None else None
        if kind is None or token.sentence in off:
            continue
        found = (
            _noun(cast, token.i, kind, dates, places) if pos == "noun" else _verb(cast, token.i, kind, dates, places)
        )
        if found is not None:
            yield found


def _verb(cast: Cast, i: int, kind: MeetingKind, dates: tuple[When, ...], places: Places) -> Mention | None:
    """ "Chad's president will meet his Malian counterpart in Bamako"."""
    reading = cast.reading
    around = frame(reading, i)
    how = standing(reading, i)
    if how.doubtful or how.negated or how.undone or how.denied or how.duty or around.passive or is_wanted(reading, i):
        return None
    who = cast.agents(around.agents)
    others = list(around.objects) if kind != "visit" else []
    others += [k for word, k in around.obliques if word == "with" or (word == "to" and kind == "call")]
    others = [k for k in others if cast.behind(k) or lower(reading, k) in _people()]
    who = unique((*who, *(a for k in others for a in _parties(cast, k))))
    where = _place(cast, i, places)
    if kind == "visit":
        where = where or _first_place(around.objects, places)
        if where is None and not any(cast.behind(k) for k in around.objects):
            return None
        who = unique((*who, *(a for k in around.objects for a in cast.behind(k))))
        if lower(reading, i) != "visit" and not any(_travels(cast, a) for a in cast.agents(around.agents)):
            # Refugees arrive, suspects are flown in, crowds fly home: no visits.
            return None
    elif len(who) < 2 and not (who and kind == "meeting" and (others or len(around.agents) > 1)):
        return None
    status: MeetingStatus = "planned" if how.future else "held"
    return Mention(i, i, i, kind, _coded(cast, who), where, _day(reading, dates, i), None, status, False, True, _VERBAL)


def _travels(cast: Cast, id: str) -> bool:
    """Whether the journeys of an actor are visits: a person or office of political life, no court or police."""
    actor = cast.get(id)
    return actor.kind in ("person", "office") and is_political(actor) and actor.sector not in ("COP", "JUD", "REF")


def _noun(cast: Cast, i: int, kind: MeetingKind, dates: tuple[When, ...], places: Places) -> Mention | None:
    """ "a second meeting between Chad and Mali is to take place"."""
    reading = cast.reading
    token = reading.tokens[i]
    if token.deprel.startswith(("compound", "flat", "amod", "nmod:poss")) or _is_round_of_other(reading, i):
        return None
    if any(lower(reading, k) in _PRESS for k in kids(reading, i, "compound", "amod")):
        return None
    verb = _carrier(reading, i)
    how = standing(reading, i, verb)
    status = status_of(reading, i, verb, how)
    if status is None:
        return None
    owner = lower(reading, verb) if verb is not None else ""
    who = list(_noun_parties(cast, i))
    carried = verb is not None and is_relation(token.deprel, ("obj",)) and owner in _HOLDING
    if carried and verb is not None and owner not in _CONVENING:
        # That one person attends a meeting tells of no contact; that a body does, or that somebody calls one, does.
        carried = not all(cast.get(a).kind == "person" for a in cast.agents(frame(reading, verb).agents))
    if verb is not None and is_relation(token.deprel, ("obj", "obl", "xcomp")) and owner in _HOLDING:
        who = [*cast.agents(frame(reading, verb).agents), *who]
        who += [a for word, k in frame(reading, verb).obliques if word == "with" for a in _parties(cast, k)]
    who = list(unique(who)) + [a for a in _implied(cast, i, who) if a not in who]
    where = _place(cast, i, places) or (_place(cast, verb, places) if verb is not None else None)
    when = _day(reading, dates, i) or (_day(reading, dates, verb) if verb is not None else None)
    first = min(
        [
            i,
            *(
                k
                for k in reading.children[i]
                if reading.tokens[k].deprel in (*_MODIFIERS, "det", "nummod") and i - k <= 6
            ),
        ]
    )
    definite = any(lower(reading, k) in ("the", "this", "these", "that", "those") for k in kids(reading, i, "det"))
    phone = {lower(reading, k) for k in reading.subtree(i)} & {"phone", "telephone", "video"}
    return Mention(
        at=i,
        first=first,
        last=i,
        kind="call" if phone and kind != "visit" else kind,
        who=_coded(cast, tuple(who)),
        where=where,
        when=when,
        ordinal=_ordinal(reading, i),
        status=status,
        definite=definite,
        carried=carried,
        confidence=_SURE,
    )


def _is_round_of_other(reading: Reading, i: int) -> bool:
    """Whether "round" is none of talks ("a round of layoffs"), or the talks are those of a round already read."""
    below = [lower(reading, k) for k in kids(reading, i, "nmod") if preposition(reading, k) == "of"]
    if lower(reading, i) == "round":
        return not any(
            word in ("talk", "talks", "negotiation", "consultation", "dialogue", "discussion") for word in below
        )
    head = reading.tokens[i].head
    return (
        head >= 0 and reading.tokens[i].deprel == "nmod" and lower(reading, head) in ("round", "series", "day", "hour")
    )


def _carrier(reading: Reading, i: int) -> int | None:
    """The verb that the noun is object or subject of; the next one for a subject hung on an earlier verb."""
    token = reading.tokens[first_conjunct(reading, i)]
    if token.head < 0 or not is_relation(token.deprel, ("obj", "nsubj", "obl", "xcomp")):
        return None
    if is_relation(token.deprel, ("nsubj",)) and token.head < i:
        end = reading.sentences[token.sentence].last
        return next((k for k in range(i + 1, end) if reading.tokens[k].upos == "VERB"), None)
    return token.head if reading.tokens[token.head].upos in ("VERB", "AUX", "ADJ") else None


def _noun_parties(cast: Cast, i: int) -> Iterator[str]:
    """Those who meet, as the noun phrase says: possessors, between, of, with, among; "US-China talks"."""
    reading = cast.reading
    for k in kids(reading, i, "nmod:poss"):
        for c in conjuncts(reading, k):
            yield from cast.behind(c)
    yield from cast.modifiers(i)
    for k in kids(reading, i, "nmod", "obl"):
        word = preposition(reading, k)
        if word in ("between", "with", "among", "of", "by", "and") or (
            word == "to" and lower(reading, i) in ("visit", "trip", "tour", "call")
        ):
            for c in conjuncts(reading, k):
                yield from _parties(cast, c)
            for below in kids(reading, k, "nmod"):
                if preposition(reading, below) in ("with",):
                    yield from _parties(cast, below)


def _parties(cast: Cast, k: int) -> tuple[str, ...]:
    """Actors of a phrase; "Russian and Ukrainian representatives" are two."""
    several = cast.modifiers(k)
    return several if len(several) > 1 else cast.behind(k)


def _implied(cast: Cast, i: int, who: list[str]) -> tuple[str, ...]:
    """The party that "a meeting with Chad is to take place" leaves unsaid: the subject of the clause it is joined to.

    Only where a with-phrase, or a count of sides ("three-sided"), says that one is missing.
    """
    reading = cast.reading
    before = "".join(token.text.lower() for token in reading.tokens[max(0, i - 5) : i])
    sides = next((count for word, count in _SIDES.items() if word in before), None)
    with_phrase = any(preposition(reading, k) == "with" for k in kids(reading, i, "nmod", "obl"))
    missing = len(who) == 1 if sides is None else len(who) < sides
    if not who or not missing or not (with_phrase or sides is not None):
        return ()
    verb = _carrier(reading, i)
    if verb is None or not is_relation(reading.tokens[i].deprel, ("nsubj",)):
        return ()
    for node, governor in [(verb, reading.tokens[verb].head), *climb(reading, verb)]:
        joined = any(kids(reading, k, "cc") for k in (i, verb))
        if governor >= 0 and (joined or reading.tokens[node].deprel in ("conj", "parataxis")):
            return cast.agents(subjects(reading, governor))[:1]
    top = first_conjunct(reading, verb)
    return cast.agents(subjects(reading, top))[:1] if top != verb else ()


def _coded(cast: Cast, who: tuple[str, ...]) -> tuple[str, ...]:
    kept = [a for a in unique(who) if is_coded(cast.get(a)) or cast.get(a).kind in ("person", "organisation")]
    return tuple(kept)


def _first_place(indices: tuple[int, ...], places: Places) -> Where | None:
    return next((found for k in indices if (found := places.at_token(k)) is not None), None)


def _place(cast: Cast, i: int, places: Places) -> Where | None:
    """The place in a phrase of ``i``: "in Geneva", "to Chad"."""
    reading = cast.reading
    for k in kids(reading, i, "obl", "nmod"):
        if preposition(reading, k) in _PLACE and (found := places.at_token(k)) is not None:
            return found
        for below in kids(reading, k, "nmod"):
            if preposition(reading, below) in ("in", "at") and (found := places.at_token(below)) is not None:
                return found
    return None


def _day(reading: Reading, dates: tuple[When, ...], i: int) -> When | None:
    return when_at(dates, reading, i)


def _ordinal(reading: Reading, i: int) -> str | None:
    for k in sorted(reading.subtree(i)):
        word = reading.tokens[k].text.lower()
        if i - 6 < k < i and (word in _ORDINALS or (word[:1].isdigit() and word.endswith(("st", "nd", "rd", "th")))):
            return word
    return None
