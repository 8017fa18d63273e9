"""What speakers say that they will do: "we will rebuild it", "said the ministry would", "works will be carried out".

A bare "will" commits only who says it, to an act that lies in somebody's hands (``data/word_classes.tsv``, class
``unwilled``, lists what does not: be, need, see, win). Where nobody is named as doer of a passive, it is the office of
the speaker that will see to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.commitments.conditions import QUOTES
from onrecord.events.clause import (
    first_conjunct,
    frame,
    is_passive,
    is_relation,
    kids,
    lower,
    marker,
    possessors,
    subjects,
)
from onrecord.events.lexicon import word_classes
from onrecord.events.parties import FIRST_PERSON, Cast, is_political, same_side
from onrecord.events.speech import refuses, speaker_of
from onrecord.events.status import is_negated, standing
from onrecord.reading import Reading
from onrecord.record import Actor, Statement

_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_WOULD = frozenset({"would", "'d", "’d"})
# What is done of what hangs below them: "will continue to help", "will try to".
_RAISING = frozenset(
    {"continue", "keep", "remain", "begin", "start", "try", "seek", "work", "strive", "do", "go", "hesitate", "proceed"}
)
# Beside soldiers and officials: who acts for whoever says "our".
_OURS = frozenset({"man", "men", "fighter", "engineer", "expert", "lawmaker", "deputy", "aide", "ally"})
_MARKS = QUOTES | {"'", "''", "‘", "’", "``", "«", "„"}
# Whoever does not rule something out has not said that they will do it.
_RESERVED = frozenset({"rule", "exclude", "preclude"})
_LEADING = ("mark", "advmod", "obj", "obl", "nsubj", "det")
_ASKING = frozenset({"what", "which", "who", "whom", "how", "when", "where", "whether", "if", "why", "whatever"})
_BELIEF = frozenset(
    {"hope", "hopes", "hoped", "hoping", "believe", "believes", "believed", "think", "thinks", "thought",
     "expect", "expects", "expected", "understood", "understand", "understands", "aware", "knew", "know",
     "knows", "doubt", "doubts", "sceptical", "skeptical", "fear", "fears", "feared", "predicted", "predicts",
     "forecast", "estimated", "estimates", "confident", "optimistic", "wants", "wanted", "worried"}
)  # fmt: skip
_LASTING = frozenset(
    {"time", "place", "year", "month", "week", "day", "hour", "decade", "while", "effect", "lot", "call",
     "decision", "view", "stock", "example", "idea", "answer", "look"}
)  # fmt: skip
# What is done for or to those who are the subject of a passive, so that it is still the speaker's doing.
_TREATING = frozenset(
    {"grant", "give", "offer", "pay", "compensate", "release", "provide", "protect", "punish", "arrest", "prosecute",
     "deport", "free", "charge", "investigate", "sanction", "expel", "dismiss", "reward", "supply", "assist", "support",
     "imprison", "jail", "fine", "ban", "suspend", "sack", "detain", "execute", "disqualify", "vaccinate",
     "repatriate", "resettle", "evacuate", "reinstate", "promote", "train", "hire", "recruit", "fund", "subsidise",
     "subsidize", "exempt", "refund", "reimburse"}
)  # fmt: skip
# Who has the power to see to it that something is done to others, of whom "they" tells.
_RULING = frozenset({"GOV", "MIL", "COP", "JUD"})
_OTHERS = frozenset({"they", "he", "she"})
# So many words of what is said may stand before "it" or "she" that is still its source.
_FRESH = 4
_OFFICES = frozenset({"GOV", "MIL", "LEG", "COP", "JUD", "SPY", "PTY", "UNO", "IGO", "OPP", "REB", "ELI"})
_BODIES = frozenset(
    {"government", "ministry", "party", "administration", "commission", "council", "court", "agency", "department",
     "authority", "army", "police", "force", "country", "state", "office", "cabinet", "parliament", "committee",
     "union", "team", "coalition", "alliance", "board", "group", "embassy", "organisation", "organization", "side",
     "bank", "company", "body", "movement", "militia", "navy", "city", "province"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Will:
    """An act that a speaker says they will do; ``speaker`` is None where "we" is nobody whom the page tells.

    ``told`` heads the clause that tells it: the act itself, or "going" in "are going to". ``doer`` is who will act: the
    body that the speaker names as doer ("the minister said Chad will help"), else the speaker.
    """

    act: int
    told: int
    speaker: str | None
    doer: str | None
    said_in: Statement | None


def wills(cast: Cast, *, political: bool) -> Iterator[Will]:
    """The acts that speakers of a page commit themselves to by "will". ``political``: the page is about politics."""
    reading = cast.reading
    for token in reading.tokens:
        if not reading.children[token.i]:
            continue  # most words, and a will hangs below its act
        helpers = {reading.tokens[k].text.lower() for k in kids(reading, token.i, "aux")}
        act = token.i
        if not helpers & (_WILL | _WOULD):
            going = _going_to(reading, token.i)
            if going is None:
                continue
            act, helpers = going, {"will"}
        if token.upos not in ("VERB", "ADJ", "NOUN", "AUX") or _is_aside(reading, token.i):
            continue
        speaker, inside = _teller(cast, token.i)
        if (speaker is None and inside is None) or (inside is not None and _is_belief(inside)):
            continue
        if not helpers & _WILL and not _is_backshifted(reading, token.i, inside):
            continue
        actor = cast.get(speaker) if speaker is not None else None
        if not (political or (actor is not None and is_political(actor))):
            continue
        how = standing(reading, token.i)
        if how.doubtful or how.undone or how.denied or not is_willed(reading, act):
            continue
        if (is_negated(reading, act) or is_negated(reading, token.i)) and not _is_vow_not_to(reading, act):
            continue
        if _is_own(cast, token.i, act, actor, inside):
            yield Will(act, token.i, speaker, _doer(cast, token.i, act) or speaker, inside)


def _teller(cast: Cast, i: int) -> tuple[str | None, Statement | None]:
    """Who says what ``i`` is part of, the innermost one: "has been told by the police that they will act"."""
    reading = cast.reading
    speaker, inside = speaker_of(cast, i)
    for reporter in standing(reading, i).reporters[:1]:
        start = reading.tokens[reporter].start
        if inside is not None and any(c.start <= start < c.end for c in inside.content):
            nearer = cast.agents(frame(reading, reporter).agents)
            return (nearer[0] if nearer else None), inside
    return speaker, inside


def _is_aside(reading: Reading, i: int) -> bool:
    """Whether the clause of ``i`` describes, asks, or tells when or why: what it says is taken for granted."""
    token = reading.tokens[i]
    if is_relation(token.deprel, ("acl", "advcl")) or (kids(reading, i, "expl") and not _is_doing(reading, i)):
        return True
    if reading.tokens[reading.sentences[token.sentence].last - 1].text == "?":
        return True
    if _is_called(reading, i) or _is_empty(reading, i):
        return True
    if any(lower(reading, k) == "have" for k in kids(reading, i, "aux")):
        # "Would have received" tells what is past, on somebody else's word.
        return True
    if any(reading.tokens[k].text.lower() in _BELIEF for k in kids(reading, i, "aux")):
        # "She hopes the ministry will": the parser took "hopes" for a helping verb.
        return True
    above = reading.tokens[i].head
    if above >= 0 and is_relation(token.deprel, ("ccomp",)) and reading.tokens[above].text.lower() in _BELIEF:
        # "Said that she was confident that the ministry would".
        return True
    taken = (*kids(reading, i, "obj"), *kids(reading, i, "nsubj:pass"))
    if lower(reading, i) in ("take", "give", "have") and any(lower(reading, k) in _LASTING for k in taken):
        return True
    lead = [k for k in reading.children[i] if k < i and is_relation(reading.tokens[k].deprel, _LEADING)]
    below = [c for k in lead for c in (k, *kids(reading, k, "det"))]
    return any(lower(reading, k) in _ASKING for k in below)


def _is_called(reading: Reading, i: int) -> bool:
    """Whether the words are only judged: "it is unwise to say that we will"."""
    for reporter in standing(reading, first_conjunct(reading, i)).reporters[:1]:
        above = reading.tokens[reporter].head
        if above >= 0 and marker(reading, reporter) == "to":
            return reading.tokens[above].upos in ("ADJ", "NOUN") and bool(kids(reading, above, "expl"))
    return False


def _is_empty(reading: Reading, i: int) -> bool:
    """Whether the act is told elsewhere ("we will do so", "will continue to do it")."""
    done = [k for k in (i, *kids(reading, i, "xcomp", "advcl")) if lower(reading, k) == "do"]
    said = {reading.tokens[c].text.lower() for k in done for c in kids(reading, k, "obj", "advmod")}
    return bool(said & {"so", "it", "that", "this"})


def _is_doing(reading: Reading, i: int) -> bool:
    """Whether the "it" that a parser took for an empty one does something: "it will recall its envoy"."""
    return reading.tokens[i].upos == "VERB" and bool(kids(reading, i, "obj")) and not subjects(reading, i)


def _is_belief(statement: Statement) -> bool:
    """Whether the source only thinks, hopes or doubts what the statement says."""
    return statement.cue is not None and bool({word.lower() for word in statement.cue.text.split()} & _BELIEF)


def is_willed(reading: Reading, i: int) -> bool:
    """Whether the act ``i``, or what it is the beginning or continuing of, lies in somebody's hands."""
    unwilled = word_classes()["unwilled"]
    if reading.tokens[i].upos != "VERB" or kids(reading, i, "cop"):
        return False
    if reading.tokens[i].xpos == "VBN" and i > 0 and lower(reading, i - 1) == "get":
        # "Will not get beaten" is only undergone.
        return False
    lemma = lower(reading, i)
    if lemma in _RAISING:
        below = [k for k in kids(reading, i, "xcomp", "advcl") if marker(reading, k) == "to" or k > i]
        if below:
            return reading.tokens[below[0]].upos == "VERB" and lower(reading, below[0]) not in unwilled
    return lemma not in unwilled


def _going_to(reading: Reading, i: int) -> int | None:
    """The act of "are going to", hung below "going"."""
    if reading.tokens[i].xpos != "VBG" or lower(reading, i) != "go":
        return None
    if any(reading.tokens[k].text.lower() in ("was", "were") for k in kids(reading, i, "aux")):
        # "He was going to flee" tells what did not come.
        return None
    return next((k for k in kids(reading, i, "xcomp", "ccomp") if marker(reading, k) == "to"), None)


def _is_backshifted(reading: Reading, i: int, inside: Statement | None) -> bool:
    """Whether "would" stands for "will" in words told in the past; in a quotation it only supposes."""
    return not _is_quoted(inside, reading, i)


def _is_quoted(inside: Statement | None, reading: Reading, i: int) -> bool:
    """Whether ``i`` stands inside quotation marks, where "they" is somebody else than the speaker.

    Not so what is told within somebody else's quotation: "She has said she would sign it," he said.
    """
    if inside is None:
        return False
    start = reading.tokens[i].start
    return any(q.start <= start < q.end and not _is_retold(reading, inside, q.start) for q in inside.quotes)


def _is_retold(reading: Reading, inside: Statement, start: int) -> bool:
    """Whether what is quoted from ``start`` follows its verb of saying with no mark between, so that it is retold."""
    if inside.cue is None or inside.cue.end > start:
        return False
    return not any(inside.cue.end <= t.start < start and t.text in _MARKS for t in reading.tokens)


def _is_vow_not_to(reading: Reading, act: int) -> bool:
    """Whether what will not be done is a promise ("will not raise taxes"), no refusal ("will not attend")."""
    return not is_passive(reading, act) and not refuses(lower(reading, act)) and lower(reading, act) not in _RESERVED


def _is_own(cast: Cast, i: int, act: int, speaker: Actor | None, inside: Statement | None) -> bool:
    """Whether the doer of ``act`` is the speaker, or a body that the speaker speaks for."""
    reading = cast.reading
    found = (
        subjects(reading, i) or subjects(reading, act) or _stray_subject(reading, i) or tuple(kids(reading, i, "expl"))
    )
    official = speaker is not None and _speaks_for_office(speaker)
    if is_passive(reading, act) or any(is_passive(reading, k) for k in kids(reading, act, "xcomp")):
        agents = [k for k in frame(reading, act).agents if k not in found]
        if agents:
            return any(_is_side(cast, k, speaker, inside) for k in agents)
        done = [act, *(k for k in kids(reading, act, "xcomp") if is_passive(reading, k))]
        treated = any(lower(reading, k) in _TREATING for k in done)
        free = treated and speaker is not None and speaker.sector in _RULING
        strange = [k for k in found if reading.tokens[k].upos == "PRON" and not (free and lower(reading, k) in _OTHERS)]
        return official and not strange and not any(cast.head(k) and not treated for k in found)
    return any(_is_side(cast, k, speaker, inside) for k in found)


def _is_side(cast: Cast, k: int, speaker: Actor | None, inside: Statement | None) -> bool:
    """Whether the noun ``k`` is the speaker or their side."""
    reading = cast.reading
    token = reading.tokens[k]
    if token.upos == "PRON" and token.text.lower() in FIRST_PERSON and token.text != "US":
        return True
    if speaker is None:
        return False
    named = cast.head(k)
    if token.upos == "PRON" and lower(reading, k) in ("it", "they", "he", "she") and not named:
        body = speaker.kind == "organisation" and speaker.sector != "JRN" and lower(reading, k) in ("it", "they")
        return (body or _speaks_for_office(speaker)) and _is_told(reading, k) and _opens(reading, k, inside)
    if any(same_side(cast.get(a), speaker) for a in named):
        return True
    if any(_is_first_person(reading, o) or speaker.id in cast.head(o) for o in possessors(reading, k)):
        return lower(reading, k) in _BODIES | _OURS | word_classes()["soldiers"] | word_classes()["official"]
    if any(_is_organ(cast.get(a), speaker) for a in named):
        return True
    bare = lower(reading, k) in _BODIES and any(lower(reading, d) == "the" for d in kids(reading, k, "det"))
    strange = [cast.get(a) for a in named if cast.get(a).country not in (None, speaker.country)]
    return bare and not strange and _speaks_for_office(speaker)


def _is_organ(actor: Actor, speaker: Actor) -> bool:
    """Whether a body that the page gives no country, or the state of an official of no told country, is theirs."""
    organ = actor.country is None and actor.sector in ("GOV", "MIL", "COP") and actor.kind != "person"
    state = actor.kind == "state" and speaker.country is None
    return (organ or state) and speaker.sector in ("GOV", "MIL")


def _stray_subject(reading: Reading, i: int) -> tuple[int, ...]:
    """The pronoun before ``i`` that a parser hung on the verb of saying: "reiterated they would vote against it"."""
    above = reading.tokens[i].head
    if reading.tokens[i].deprel not in ("ccomp", "parataxis") or above < 0:
        return ()
    return tuple(k for k in kids(reading, above, "nsubj", "obj") if above < k < i and reading.tokens[k].upos == "PRON")


def _is_told(reading: Reading, k: int) -> bool:
    """Whether the pronoun ``k`` is the subject of what is said, right below the verb of saying."""
    above = reading.tokens[k].head
    return above >= 0 and (reading.tokens[above].deprel in ("ccomp", "root") or reading.tokens[k].deprel == "nsubj")


def _opens(reading: Reading, k: int, inside: Statement | None) -> bool:
    """Whether the pronoun stands where the source is still fresh: right behind the verb of saying, out of quotes.

    Further in, and before a verb of saying that only follows ("It will help, he said"), it is somebody else.
    """
    if inside is None:
        return True
    start = reading.tokens[k].start
    if inside.cue is not None and inside.cue.start > start:
        return False
    before = [t for t in reading.tokens if any(c.start <= t.start < min(c.end, start) for c in inside.content)]
    return not _is_quoted(inside, reading, k) and len(before) <= _FRESH


def _doer(cast: Cast, i: int, act: int) -> str | None:
    """The actor whom the clause names as its doer; None for a pronoun, a passive, and a body without a record."""
    reading = cast.reading
    if is_passive(reading, act):
        return None
    for k in subjects(reading, i) or subjects(reading, act):
        named = cast.head(k) if reading.tokens[k].upos != "PRON" else ()
        if named:
            return named[0]
    return None


def _is_first_person(reading: Reading, k: int) -> bool:
    return reading.tokens[k].text.lower() in FIRST_PERSON


def _speaks_for_office(speaker: Actor) -> bool:
    """Whether the speaker has an office in whose name things are done."""
    return bool({speaker.sector, *speaker.sectors} & _OFFICES) or speaker.kind in ("state", "international")
