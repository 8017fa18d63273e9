"""Contacts told by a verb: "Chad's president met his Malian counterpart in Bamako", "was received by the king"."""

from __future__ import annotations

from onrecord.events import Places
from onrecord.events.clause import Frame, frame, is_relation, kids, lower, marker, preposition
from onrecord.events.lexicon import word_classes
from onrecord.events.parties import Cast, is_political, unique
from onrecord.events.status import standing
from onrecord.meetings.mention import Mention, Word
from onrecord.meetings.parties import coded, day, first_place, parties, place
from onrecord.meetings.standing import is_planned, is_wanted
from onrecord.reading import Reading
from onrecord.record import MeetingKind, When

_SURE, _WEAK = 0.85, 0.6
_PHONE = frozenset({"phone", "telephone", "video", "line", "videolink"})
_OTHERS = frozenset({"with", "to", "by"})
# Who is met for somebody else: "met the Malian delegation", "met with his counterpart".
_SENT = frozenset({"counterpart", "delegation", "team", "mission", "leadership", "side", "representative", "envoy"})
_BODIES = frozenset({"cabinet", "council", "committee", "parliament", "commission", "assembly", "board", "taskforce"})
_OFTEN = frozenset({"often", "frequently", "regularly", "usually", "routinely", "always", "sometimes", "occasionally",
                    "barely", "hardly", "seldom", "rarely"})  # fmt: skip
_EACH = frozenset({"every", "any", "each"})
_SITTING = frozenset({"down", "together"})


def verb_mention(cast: Cast, i: int, word: Word, dates: tuple[When, ...], places: Places) -> Mention | None:
    """The contact that the verb ``i`` tells, None where it tells none."""
    reading = cast.reading
    around = frame(reading, i)
    how = standing(reading, i)
    two = False
    if how.doubtful or how.negated or how.undone or how.denied or how.duty or is_wanted(reading, i):
        return None
    if _is_habit(reading, i) or _is_fought(reading, i):
        return None
    if around.passive and word.asks != "guest" and lower(reading, i) not in ("visit", "convene"):
        return None
    kind = _kind(reading, i, word)
    agents = cast.agents(around.agents)
    others = _others(cast, i, kind, around)
    who = unique((*agents, *(a for k in others for a in parties(cast, k))))
    where = place(reading, i, places, noun=False)
    match word.asks:
        case "place":
            where = where or first_place(around.objects, places)
            if not _goes(cast, i, agents, around, placed=where is not None):
                return None
            hosts = [k for k in around.objects if places.at_token(k) is None]
            who = unique((*who, *(a for k in hosts for a in cast.behind(k))))
        case "guest":
            guests = [a for k in around.objects for a in cast.head(k) if _travels(cast, a)]
            hosting = [a for a in agents if is_political(cast.get(a))]
            if not guests or not hosting:
                return None
            who = unique((*hosting, *guests))
        case _ if lower(reading, i) == "sit" and not _SITTING & set(around.particles):
            return None
        case _ if lower(reading, i) == "meet" and not others and _is_body(reading, around):
            pass
        case _ if lower(reading, i) == "meet" and not others and how.future and _are_we(reading, around):
            pass
        case _ if lower(reading, i) == "meet" and len(coded(cast, who)) < 2 and (two := _are_two(reading, around)):
            pass
        case _ if len(who) < 2 and not (who and kind == "meeting" and (others or len(around.agents) > 1)):
            return None
    planned = how.future or is_planned(reading, i) or _is_to_come(reading, i)
    if word.asks == "weak" and not _are_two_sides(cast, who):
        return None
    weak = word.asks == "weak" and kind != "call"
    if weak and planned:
        # "Will discuss it" is said of any subject.
        return None
    return Mention(
        at=i,
        first=i,
        last=i,
        kind=kind,
        who=coded(cast, who),
        where=where,
        when=day(reading, dates, i),
        ordinal=None,
        status="planned" if planned else "held",
        definite=two,
        carried=True,
        confidence=_WEAK if weak else _SURE,
        named=two,
        weak=weak,
    )


def _is_habit(reading: Reading, i: int) -> bool:
    """Whether no one contact is told: "they still speak often", "met every group that would listen"."""
    if any(lower(reading, k) in _OFTEN for k in kids(reading, i, "advmod")):
        return True
    token = reading.tokens[i]
    if token.xpos in ("VBZ", "VBP") and not kids(reading, i, "aux") and is_relation(token.deprel, ("ccomp",)):
        # "Said that she meets with nurses".
        return reading.tokens[token.head].xpos in ("VBD", "VBN")
    met = [k for k in kids(reading, i, "obj", "obl") if not is_relation(reading.tokens[k].deprel, ("obl:unmarked",))]
    return any(
        lower(reading, d) in _EACH for k in met for d in kids(reading, k, "det") if reading.tokens[k].upos != "PRON"
    )


def _is_to_come(reading: Reading, i: int) -> bool:
    """Whether the present stands for what is to come: "will decide after the two meet"."""
    return reading.tokens[i].xpos in ("VBZ", "VBP") and marker(reading, i) in (
        "after",
        "when",
        "before",
        "until",
        "once",
    )


def _are_two(reading: Reading, around: Frame) -> bool:
    """Whether a pair told of before meets: "the two ministers", "both sides"."""
    given = {lower(reading, d) for k in around.agents for d in kids(reading, k, "nummod", "det")}
    return bool(given & {"two", "both", "three"})


def _are_we(reading: Reading, around: Frame) -> bool:
    """Whether several meet who need no other side: "we will meet on Friday"."""
    return any(reading.tokens[k].text.lower() == "we" for k in around.agents)


def _is_fought(reading: Reading, i: int) -> bool:
    """Whether an enemy or an answer is met: "met them head-on", "was met with silence"."""
    words = [token.text.lower() for token in reading.tokens[i + 1 : i + 7] if token.upos != "PUNCT"]
    return "head-on" in words or any(words[n : n + 2] == ["head", "on"] for n in range(len(words)))


def _kind(reading: Reading, i: int, word: Word) -> MeetingKind:
    """What the verb tells; whoever speaks with somebody "by phone" calls them, else they talk."""
    told = {lower(reading, k) for k in kids(reading, i, "obl", "advmod") for k in (k, *kids(reading, k, "compound"))}
    if word.kind in ("talks", "meeting") and told & _PHONE:
        return "call"
    return "talks" if lower(reading, i) == "speak" and not told & _PHONE else word.kind


def _others(cast: Cast, i: int, kind: MeetingKind, around: Frame) -> list[int]:
    """The tokens of the other side."""
    reading = cast.reading
    found = list(around.objects) if kind in ("meeting", "call") and lower(reading, i) not in ("convene",) else []
    found += [k for word, k in around.obliques if word == "with" or (word == "to" and kind == "call")]
    found += [k for k in kids(reading, i, "obl") if preposition(reading, k) == "with" and k not in found]
    people = word_classes()["people"] | word_classes()["person"] | word_classes()["official"]
    people |= word_classes()["lawmaker"] | _SENT
    return [k for k in found if cast.head(k) or lower(reading, k) in people or parties(cast, k)[1:]]


def _are_two_sides(cast: Cast, who: tuple[str, ...]) -> bool:
    """Whether two who are of political life are told: "the paper spoke with three lawyers" is an interview."""
    sides = coded(cast, who)
    return len(sides) > 1 and all(is_political(cast.get(a)) or cast.get(a).country is not None for a in sides)


def _is_body(reading: Reading, around: Frame) -> bool:
    """Whether a body of several meets by itself: "the cabinet met on Tuesday"."""
    return any(lower(reading, k) in _BODIES for k in around.agents)


def _goes(cast: Cast, i: int, agents: tuple[str, ...], around: Frame, *, placed: bool) -> bool:
    """Whether somebody of political life goes somewhere: no refugees, suspects or crowds on their way home."""
    reading = cast.reading
    if not placed and not any(cast.behind(k) for k in around.objects):
        return False
    if lower(reading, i) == "head" and not any(word == "to" for word, _ in around.obliques):
        return False
    if (
        lower(reading, i) in ("travel", "fly", "arrive", "land", "head")
        and any(word == "from" and is_relation(reading.tokens[k].deprel, ("obl",)) for word, k in around.obliques)
        and not any(word in ("to", "in", "for") for word, _ in around.obliques)
    ):
        return False
    if lower(reading, i) == "visit":
        return any(cast.get(a).kind in ("person", "organisation") or is_political(cast.get(a)) for a in agents)
    return any(_travels(cast, a) for a in agents)


def _travels(cast: Cast, id: str) -> bool:
    """Whether the journeys of an actor are visits: a person or office of political life, no court or police."""
    actor = cast.get(id)
    if actor.kind == "group":
        return actor.sector in ("GOV", "LEG", "OPP", "PTY")
    return actor.kind in ("person", "office") and is_political(actor) and actor.sector not in ("COP", "JUD", "REF")
