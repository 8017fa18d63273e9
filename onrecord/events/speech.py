"""Speech acts: what a speaker does by what the statement says, its content inspected with the speaker as subject.

"We will not tolerate this" rejects, "they violated our borders" accuses, "we will rebuild" promises, "any such troops
will become legitimate targets" threatens, "Chad must free them" requests, "this is unacceptable" rejects (``plover.md``
section 5). The words are data: ``data/speech_acts.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.events.clause import conjuncts, frame, is_passive, kids, lower, marker, preposition, subjects
from onrecord.events.lexicon import NONE, word_classes
from onrecord.events.parties import (
    FIRST_PERSON,
    Cast,
    covering,
    innermost,
    is_about_politics,
    is_coded,
    is_political,
    same_side,
    unique,
)
from onrecord.events.status import is_inverted, is_negated, standing
from onrecord.reading import Reading
from onrecord.record import Actor, Statement
from onrecord.tables import rows

_WILL = frozenset({"will", "would", "shall", "wo", "'ll", "’ll", "'d", "’d"})
_CANNOT = frozenset({"can", "could", "ca"})
_PERHAPS = frozenset({"may", "might", "could", "would"})
_PERFECT = frozenset({"has", "have", "had", "having", "'ve", "’ve"})
_DUTY = frozenset({"must", "should", "ought"})
_SEEING = frozenset(
    {"treat", "regard", "consider", "see", "view", "deem", "perceive", "count", "interpret", "constitute"}
)
_FACING = frozenset({"face", "suffer", "pay", "bear", "provoke", "trigger", "entail", "risk"})

_HEARING = frozenset(
    {"understand", "understands", "understood", "know", "realise", "realize", "hear", "heard", "learn"}
)
_NOTING = frozenset({"say", "note", "remember", "add", "understand", "stress", "recall", "be", "have", "mention"})
_SUFFERING = frozenset({"face", "suffer", "die", "risk", "pay", "perish", "bear", "lose"})
_DEMANDING = frozenset({"tell", "order", "demand", "warn", "ask", "urge", "command", "call", "give", "insist", "say"})


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """A type of event done by saying: the verb that carries it, who does it, and to whom."""

    trigger: int
    type: str
    mode: str | None
    speaker: str
    recipients: tuple[str, ...]
    said_in: Statement | None


@cache
def _acts() -> dict[tuple[str, str], tuple[str, str | None]]:
    out: dict[tuple[str, str], tuple[str, str | None]] = {}
    for row in rows("speech_acts.tsv"):
        for word in row["words"].split():
            out.setdefault((row["form"], word), (row["type"], None if row["mode"] == NONE else row["mode"]))
    return out


def speech_acts(cast: Cast) -> Iterator[SpeechAct]:
    """The speech acts of all clauses that are somebody's words."""
    reading = cast.reading
    yield from _alternatives(cast)
    political = is_about_politics(cast.actors)
    for token in reading.tokens:
        if token.upos not in ("VERB", "ADJ", "NOUN", "AUX") or not reading.children[token.i]:
            continue
        helpers = {reading.tokens[k].text.lower() for k in kids(reading, token.i, "aux")}
        if _is_going(reading, token.i):
            helpers.add("will")
        if helpers & _DUTY and is_inverted(reading, token.i):
            continue
        if (
            not (helpers & (_WILL | _DUTY | _CANNOT))
            and not kids(reading, token.i, "cop")
            and ("does", lower(reading, token.i)) not in _acts()
            and not _obliged(cast, token.i)
        ):
            continue
        speaker, inside = speaker_of(cast, token.i)
        if speaker is None or not (political or is_political(cast.get(speaker))):
            continue
        act = _act(cast, token.i, helpers, speaker, inside)
        if act is not None:
            yield act


def complement_threat(reading: Reading, complements: tuple[int, ...]) -> tuple[str, str | None] | None:
    """The threat in "vowed to retaliate", if the complement is a word of threatening and no trigger of its own."""
    for k in complements:
        found = _acts().get(("will", lower(reading, k)))
        if found is not None and found[0] == "THREATEN" and not is_negated(reading, k):
            return found
    return None


def refuses(lemma: str) -> bool:
    """Whether saying that one will not do it is a refusal: "will not attend"."""
    return _acts().get(("will not", lemma), ("", None))[0] == "REJECT"


def speaker_of(cast: Cast, i: int) -> tuple[str | None, Statement | None]:
    """Whose words the token ``i`` is in, with the statement if one was found; else the subject of a verb of saying."""
    token = cast.reading.tokens[i]
    around = covering(cast.statements, token.start, token.end)
    inside = innermost([s for s in around if not _is_heard(s)], token.start, token.end)
    if inside is not None and inside.speaker is not None:
        return inside.speaker, inside
    for reporter in standing(cast.reading, i).reporters:
        found = cast.agents(subjects(cast.reading, reporter))
        return (found[0] if found else None), inside
    return None, inside


def _is_heard(statement: Statement) -> bool:
    """Whether the source takes the words in and does not say them: "Chad had to understand that ..."."""
    return statement.cue is not None and statement.cue.text.split()[-1].lower() in _HEARING


def _act(cast: Cast, i: int, helpers: set[str], speaker: str, inside: Statement | None) -> SpeechAct | None:
    reading = cast.reading
    doer = cast.get(speaker)
    around = frame(reading, i)
    grammatical = subjects(reading, i)
    named = cast.agents(grammatical)
    own = any(same_side(cast.get(a), doer) for a in named)
    negated = is_negated(reading, i) or (_is_going(reading, i) and is_negated(reading, reading.tokens[i].head))
    others = unique(a for k in grammatical for a in cast.behind(k) if not same_side(cast.get(a), doer))
    below = unique(a for k in around.objects for a in cast.behind(k) if not same_side(cast.get(a), doer))
    lemma = lower(reading, i)
    table = _acts()

    def done(found: tuple[str, str | None] | None, recipients: tuple[str, ...]) -> SpeechAct | None:
        if found is None:
            return None
        coded = tuple(r for r in recipients if is_coded(cast.get(r)))
        return SpeechAct(i, found[0], found[1], speaker, coded, inside)

    if standing(reading, i).doubtful and not _obliged(cast, i):
        return None
    if own and negated and helpers & _WILL and lemma == "hesitate":
        helping = _first(table, "will not hesitate", [lower(reading, k) for k in around.complements])
        helped = (k for c in around.complements for k in frame(reading, c).objects)
        return done(
            helping or table.get(("will not", lemma)), below or unique(a for k in helped for a in cast.behind(k))
        )
    if own and negated and helpers & (_WILL | _CANNOT) and not around.passive:
        return done(table.get(("will not", lemma)), below)
    if own and helpers & _WILL and not negated and not around.passive:
        found = table.get(("will", lemma))
        if found is not None and found[0] == "AGREE" and not is_political(doer):
            return None
        if found is not None and found[0] == "AGREE":
            below = tuple(
                r for r in below if is_political(cast.get(r))
            )  # whoever rebuilds schools promises them nothing
        return done(found, below or _against(cast, i))
    if helpers & _WILL:
        found = _threatening(cast, i, negated)
        # Whoever has no power to arrest only foretells it.
        return None if found is not None and found[1] == "arrest" and not is_political(doer) else done(found, others)
    if "must" in helpers and not own and lemma not in _NOTING and not _is_own_plural(cast, grammatical):
        # Whoever says what must be demands it of somebody, named or not: "complaints must be heard".
        if not (around.passive or named or any(_is_somebody(reading, k) for k in grammatical)):
            return None  # "a flight must carry cargo"
        return done(("REQUEST", None), named if not around.passive else ())
    if (helpers & _DUTY or _obliged(cast, i)) and not own:
        coded = tuple(a for a in named if is_coded(cast.get(a)))
        return SpeechAct(i, "REQUEST", None, speaker, coded, inside) if coded and not around.passive else None
    told = others and not negated and not helpers & (_WILL | _CANNOT | _DUTY) and _is_clause(reading, i)
    if told and ("does", lemma) in table:
        return done(table["does", lemma], others)
    if kids(reading, i, "cop") and not negated:
        if _is_line(cast, i, lemma):
            return done(("THREATEN", None), others)
        found = table.get(("is", lemma))
        if found is not None and not others:
            others = _told_of(cast, i, doer)
        if found is not None and found[0] == "ACCUSE" and not others:
            return None
        return done(found, others)
    return None


def _told_of(cast: Cast, i: int, doer: Actor) -> tuple[str, ...]:
    """Who did what is called so: "it is shocking that Chad closed the border", "the fact that Chad left is"."""
    reading = cast.reading
    clauses = [k for k in kids(reading, i, "csubj", "ccomp", "advcl") if marker(reading, k) in ("that", "for", "when")]
    named = unique(a for k in clauses for s in subjects(reading, k) for a in cast.behind(s))
    return tuple(a for a in named if not same_side(cast.get(a), doer))


def _is_clause(reading: Reading, i: int) -> bool:
    """Whether ``i`` tells what its own subject does or did, and is no part of a noun: "claims of rigging" does not."""
    own = bool(kids(reading, i, "nsubj", "nsubj:pass"))
    return own or reading.tokens[i].deprel in ("root", "ccomp", "conj", "parataxis", "acl:relcl", "advcl")


def _is_somebody(reading: Reading, k: int) -> bool:
    """Whether the word ``k`` may mean somebody of whom things are demanded."""
    classes = word_classes()
    called = any(lower(reading, k) in classes[name] for name in ("person", "people", "official", "place", "force"))
    return called or reading.tokens[k].upos in ("PROPN", "PRON")


def _is_own_plural(cast: Cast, grammatical: tuple[int, ...]) -> bool:
    """Whether the subject is "we" or "I", whoever that may be."""
    return any(cast.reading.tokens[k].text.lower() in FIRST_PERSON for k in grammatical)


def _alternatives(cast: Cast) -> Iterator[SpeechAct]:
    """ "Told villagers to leave or die", "must withdraw or face sanctions": the alternative is the threat."""
    reading = cast.reading
    for token in reading.tokens:
        if token.deprel != "conj" or token.head < 0 or lower(reading, token.i) not in _SUFFERING:
            continue
        if not any(lower(reading, k) == "or" for k in kids(reading, token.i, "cc")):
            continue
        speaker, inside = _demander(cast, token.head)
        if speaker is None or not is_coded(cast.get(speaker)):
            continue
        under = unique(a for k in subjects(reading, token.head) for a in cast.behind(k))
        recipients = tuple(a for a in under if not same_side(cast.get(a), cast.get(speaker)) and is_coded(cast.get(a)))
        found = _first(_acts(), "will face", [w for k in reading.children[token.i] for w in _with_content(cast, k)])
        mode = "violence" if lower(reading, token.i) in ("die", "perish") else found[1] if found is not None else None
        yield SpeechAct(token.i, "THREATEN", mode, speaker, recipients, inside)


def _demander(cast: Cast, i: int) -> tuple[str | None, Statement | None]:
    """Who demands what the predicate ``i`` says: the subject of "told ... to", "demanded that"; else the speaker."""
    reading = cast.reading
    token = reading.tokens[i]
    if token.deprel in ("xcomp", "ccomp", "advcl") and token.head >= 0 and lower(reading, token.head) in _DEMANDING:
        found = cast.agents(subjects(reading, token.head))
        return (found[0] if found else None), innermost(cast.statements, token.start, token.end)
    return speaker_of(cast, i)


def _against(cast: Cast, i: int) -> tuple[str, ...]:
    """Whom an act is aimed at beside its object: "strike at Chad", "if Chad attacks, we will respond"."""
    reading = cast.reading
    found = [k for k in kids(reading, i, "obl") if preposition(reading, k) in ("against", "at", "on")]
    named = unique(a for k in found for a in cast.behind(k))
    conditions = [k for k in kids(reading, i, "advcl") if marker(reading, k) in ("if", "unless", "until")]
    return named or cast.agents(s for k in conditions for s in subjects(reading, k))


def _is_line(cast: Cast, i: int, lemma: str) -> bool:
    """ "... is a red line", "all options are on the table"."""
    reading = cast.reading
    if lemma == "line":
        return any(lower(reading, k) == "red" for k in kids(reading, i, "amod"))
    return lemma == "table" and any(lower(reading, k) == "option" for k in kids(reading, i, "nsubj"))


def _threatening(cast: Cast, i: int, negated: bool) -> tuple[str, str | None] | None:
    """Whether "X will ..." announces harm to X or to whoever does X."""
    reading = cast.reading
    table = _acts()
    lemma, word = lower(reading, i), reading.tokens[i].text.lower()
    complements = [c for k in kids(reading, i, "obl", "xcomp", "obj", "ccomp") for c in _with_content(cast, k)]
    if negated:
        return (
            table.get(("will be", word))
            if word.startswith("un")
            else _first(table, "will be", complements, ("unanswered", "unpunished"))
        )
    if kids(reading, i, "cop"):
        return table.get(("will become", lemma)) or (
            table.get(("will be", word)) if reading.tokens[i].upos != "NOUN" else None
        )
    if lemma == "become":
        return _first(table, "will become", complements)
    if lemma in _SEEING and is_passive(reading, i):
        # Whatever follows: parsers hang the words after "as" in many places.
        return _first(table, "will be seen as", [lower(reading, k) for k in sorted(reading.subtree(i)) if k > i])
    if is_passive(reading, i):
        return table.get(("will be", word)) or (
            _first(table, "will be met", complements) if lemma in ("meet", "answer", "greet") else None
        )
    if lemma == "have":
        return _first(table, "will face", complements, ("consequence", "consequences", "repercussion", "repercussions"))
    if lemma in _FACING:
        return _first(table, "will face", complements)
    return _first(table, "will be", complements, ("unanswered", "unpunished")) if lemma == "go" else None


def _with_content(cast: Cast, k: int) -> Iterator[str]:
    """The lemmas of a complement: its head with conjuncts, and what a bare head ("act of war") is about."""
    reading = cast.reading
    for c in conjuncts(reading, k):
        yield lower(reading, c)
        for m in kids(reading, c, "nmod", "amod", "obl", "compound", "acl", "obj"):
            yield lower(reading, m)
            for n in kids(reading, m, "obj"):
                yield lower(reading, n)


def _first(
    table: dict[tuple[str, str], tuple[str, str | None]], form: str, words: list[str], only: tuple[str, ...] = ()
) -> tuple[str, str | None] | None:
    """The act of the most violent word among ``words``."""
    found = [table[form, word] for word in words if (form, word) in table and (not only or word in only)]
    return max(found, key=lambda act: act[1] is not None, default=None)


def _is_going(reading: Reading, i: int) -> bool:
    """Whether ``i`` is what somebody is "going to" do."""
    token = reading.tokens[i]
    return token.deprel == "xcomp" and token.head >= 0 and reading.tokens[token.head].text.lower() == "going"


def _obliged(cast: Cast, i: int) -> bool:
    """Whether ``i`` is what somebody has to or needs to do."""
    reading = cast.reading
    token = reading.tokens[i]
    if token.deprel != "xcomp" or token.head < 0 or lower(reading, token.head) not in ("have", "need", "ought"):
        return False
    # "Has had to leave" tells what was done.
    doubtful = {reading.tokens[k].text.lower() for k in kids(reading, token.head, "aux")} & (_PERHAPS | _PERFECT)
    return not doubtful and not is_negated(reading, token.head)
