"""How real an event is: negated, planned, conditional, wanted, or done. Read from the tree above the trigger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.events.clause import climb, is_relation, kids, lower, marker, subjects
from onrecord.events.lexicon import lexicon
from onrecord.reading import Reading
from onrecord.tables import rows

_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "hardly"})
_NOBODY = frozenset({"nobody", "none", "neither", "no-one"})
_FUTURE = frozenset({"will", "shall", "wo", "'ll", "’ll", "would", "'d", "’d"})
_DOUBTFUL = frozenset({"may", "might", "could", "can", "ca"})
_DUTY = frozenset({"must", "should", "ought"})
_CONDITIONS = frozenset({"if", "unless", "provided", "providing", "lest", "whether", "until", "once", "should", "till"})
# What follows is only aimed at: "to end the war", "aimed at ending it".
_PURPOSE = frozenset({"to", "at", "towards", "toward"})
# Verbs whose tense is that of the event which is their subject: "talks will resume".
_HAPPENING = frozenset(
    {"take", "begin", "start", "resume", "continue", "end", "happen", "occur", "follow", "proceed", "open"}
)
# Adjectives that make a noun's event less than done.
_POSSIBLE = frozenset(
    [
        "possible",
        "potential",
        "future",
        "any",
        "likely",
        "hypothetical",
        "eventual",
        "feared",
        "imminent",
        "new-found",
        "would-be",
        "further",
        "alleged",
        "reported",
        "suspected",
        "supposed",
        "so-called",
    ]
) - {"further", "alleged", "reported", "suspected"}
_PLANNED = frozenset(
    [
        "planned",
        "upcoming",
        "scheduled",
        "proposed",
        "forthcoming",
        "expected",
        "coming",
        "impending",
        "intended",
        "looming",
        "next",
    ]
)
_ABSENT = frozenset(
    [
        "possibility",
        "risk",
        "threat",
        "fear",
        "prospect",
        "absence",
        "lack",
        "chance",
        "hope",
        "danger",
        "prevention",
        "avoidance",
        "end",
        "cessation",
        "idea",
        "option",
        "likelihood",
        "question",
        "victim",
        "anniversary",
        "history",
        "law",
        "ban",
        "rule",
        "era",
    ]
)


# Nouns that what is to come hangs on ("the decision to"); a purpose hangs on others ("money to").
_COMING = frozenset({"decision", "intention", "intent", "move", "step", "time", "right", "date", "deadline"})
# "The first minister to visit" did visit.
_RANKED = frozenset({"first", "second", "third", "last", "latest", "only"})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a trigger stands to the facts.

    ``negated``; ``future`` ("will", "plans to"); ``duty`` ("must", "should"); ``doubtful`` (wished, tried, possible, or
    inside an if-clause: no event); ``conditional`` (an if-clause hangs on it); ``denied`` (by whom it is about);
    ``undone`` (failed, avoided, "without": no event either); ``reporters`` the tokens of the verbs of saying above it,
    innermost first.
    """

    negated: bool
    future: bool
    duty: bool
    doubtful: bool
    conditional: bool
    denied: bool
    undone: bool
    reporters: tuple[int, ...]


@cache
def governors() -> dict[str, str]:
    """What a verb above says of the truth of the clause below it (``data/governors.tsv``)."""
    return {row["governor"]: row["effect"] for row in rows("governors.tsv")}


def standing(reading: Reading, i: int, light: int | None = None) -> Standing:
    """How the trigger ``i`` (carried by the verb ``light`` if it is a noun) stands to the facts."""
    base = i if light is None else light
    words = set(_auxiliaries(reading, base))
    negated = is_negated(reading, base) or (base != i and is_negated(reading, i)) or _shares_negation(reading, base)
    future, duty = bool(words & _FUTURE), bool(words & _DUTY)
    doubtful = bool(words & _DOUBTFUL) or _hedged(reading, i)
    conditional = has_condition(reading, base)
    denied = undone = False
    reporters: list[int] = []
    if _proposed(reading, i) or _is_to(reading, base):
        future = True
    for node, governor in climb(reading, base):
        relation = reading.tokens[node].deprel
        word = marker(reading, node)
        if node == base and _is_to(reading, base):
            # "is to take place" is a predicate of its own, whatever the parser hung it on.
            break
        if is_relation(relation, ("advcl",)):
            # What holds of the main clause does not hold of an adverbial one; but a purpose or a condition is no fact.
            doubtful = doubtful or word in _CONDITIONS or word in _PURPOSE or is_inverted(reading, node)
            doubtful = doubtful or _is_as_long_as(reading, node) or _is_whenever(reading, node)
            # "Kept them from marching", "without attacking": it was not done.
            undone = undone or word == "against"
            hindered = word == "from" and governors().get(lower(reading, governor)) == "failed"
            undone = undone or word == "without" or hindered
            if word is None and reading.tokens[node].xpos == "VBG":
                # "Will press Chad, calling it a threat": a participle takes the tense of its verb.
                future = future or bool(set(_auxiliaries(reading, governor)) & _FUTURE)
            break
        if relation == "acl" and reading.tokens[node].xpos == "VBG" and lower(reading, governor) in _ABSENT:
            doubtful = True  # "the possibility of Chad leaving"
            break
        if relation == "acl" and "to" in _marks(reading, node):
            if any(lower(reading, k) in _RANKED for k in kids(reading, governor, "amod")):
                break
            future = True
            doubtful = doubtful or not _announces(lower(reading, governor)) or _is_bare_right(reading, governor)
            continue
        if is_relation(relation, ("nsubj",)) and lower(reading, governor) in _HAPPENING:
            future = future or bool(set(_auxiliaries(reading, governor)) & _FUTURE) or _is_to(reading, governor)
            doubtful = doubtful or bool(set(_auxiliaries(reading, governor)) & _DOUBTFUL)
            break
        if not is_relation(relation, ("xcomp", "ccomp", "obj", "csubj", "parataxis")) and relation != "nsubj:pass":
            break
        if word in ("whether", "if") and is_relation(relation, ("ccomp", "xcomp", "csubj")):
            doubtful = True
        effect = governors().get(lower(reading, governor))
        above = set(_auxiliaries(reading, governor))
        if relation in ("obj", "parataxis", "nsubj:pass") and effect not in ("failed", "reported", "denied"):
            continue
        if effect == "reported":
            if relation != "obj":
                reporters.append(governor)
            continue
        if reporters:
            # What stands above a verb of saying bears on the saying, not on what is said.
            continue
        if effect == "real":
            negated = negated or is_negated(reading, governor)
            future = future or bool(above & _FUTURE)
            duty = duty or bool(above & _DUTY)
            if lower(reading, governor) in ("have", "get") and marker(reading, node) == "to":
                duty = True
            if lower(reading, governor) == "go" and reading.tokens[governor].xpos == "VBG":
                future = True
        elif effect == "planned":
            future = True
            negated = negated or is_negated(reading, governor)
            doubtful = doubtful or bool(above & _DOUBTFUL)
        elif effect == "failed":
            undone = True
        elif effect == "denied":
            denied = True
        elif effect == "unreal":
            doubtful = True
        conditional = conditional or has_condition(reading, governor)
    return Standing(negated, future, duty, doubtful, conditional, denied, undone, tuple(reporters))


def _is_whenever(reading: Reading, i: int) -> bool:
    """Whether the clause of ``i`` tells what happens each time: "when it consults communities"."""
    when = any(reading.tokens[k].text.lower() in ("when", "whenever") for k in kids(reading, i, "advmod", "mark"))
    return when and reading.tokens[i].xpos in ("VBZ", "VBP") and not kids(reading, i, "aux")


def _is_as_long_as(reading: Reading, i: int) -> bool:
    """Whether the clause of ``i`` begins with "as long as" or "so long as"."""
    marks = [k for k in kids(reading, i, "mark") if reading.tokens[k].text.lower() == "as"]
    start = marks[0] if marks else min(reading.subtree(i)) + 2
    words = [token.text.lower() for token in reading.tokens[max(0, start - 2) : start + 1]]
    return words in (["as", "long", "as"], ["so", "long", "as"])


def _marks(reading: Reading, i: int) -> set[str]:
    """All words that make the clause of ``i`` subordinate: "for Chad to leave" has two."""
    return {reading.tokens[k].text.lower() for k in kids(reading, i, "mark")}


def _is_bare_right(reading: Reading, noun: int) -> bool:
    """Whether ``noun`` is a right that somebody has, and does not "reserve": what is lawful is not announced."""
    token = reading.tokens[noun]
    reserved = token.head >= 0 and lower(reading, token.head) == "reserve"
    return lower(reading, noun) in ("right", "power", "authority") and not reserved


def _announces(noun: str) -> bool:
    """Whether what "to" leads in behind a noun is to come ("plans to", "the threat to"), not its purpose ("aid to")."""
    effect = governors().get(noun)
    return effect in ("planned", "real") or (effect is None and (noun in _COMING or (noun, "noun") in lexicon()))


def is_negated(reading: Reading, i: int) -> bool:
    """Whether "not", "never", "no" or the like stands directly under ``i``."""
    return any(
        (lower(reading, k) in _NEGATIONS or reading.tokens[k].text.lower() in _NEGATIONS)
        and reading.tokens[min(k + 1, len(reading.tokens) - 1)].text.lower() not in ("only", "just", "merely")
        for k in kids(reading, i, "advmod", "det", "mark", "cc", "cc:preconj", "aux")
    ) or any(reading.tokens[k].text.lower() in _NOBODY for k in kids(reading, i, "nsubj"))


def _shares_negation(reading: Reading, i: int) -> bool:
    """Whether ``i`` goes on with what was not done: "has not been jailed or even fined"."""
    token = reading.tokens[i]
    if token.deprel != "conj" or token.head < 0 or kids(reading, i, "nsubj", "nsubj:pass", "aux"):
        return False
    joined = {reading.tokens[k].text.lower() for k in kids(reading, i, "cc")}
    return bool(joined & {"or", "nor"}) and is_negated(reading, token.head)


def is_imperative(reading: Reading, i: int) -> bool:
    """Whether ``i`` is told to somebody: "Cancel the agreement with Chad". A base form that nothing makes finite."""
    token = reading.tokens[i]
    return (
        token.xpos == "VB"
        and token.deprel in ("root", "ccomp", "parataxis", "appos")
        and token.text[:1].isupper()
        and not kids(reading, i, "nsubj", "aux", "mark", "cop", "expl")
    )


def has_condition(reading: Reading, i: int) -> bool:
    """Whether an if-clause (or unless, provided, should they) hangs on the predicate ``i``."""
    return any(
        marker(reading, k) in _CONDITIONS - {"whether", "until", "once", "till"} or is_inverted(reading, k)
        for k in kids(reading, i, "advcl")
    )


def is_inverted(reading: Reading, i: int) -> bool:
    """Whether the clause of ``i`` is a condition by word order: "should talks fail", "were they to attack"."""
    helpers = [k for k in kids(reading, i, "aux", "cop", "mark") if lower(reading, k) in ("should", "be", "have")]
    own = kids(reading, i, "nsubj")
    if not helpers or not own or helpers[0] > own[0]:
        return False
    return reading.tokens[helpers[0]].text.lower() in ("should", "were", "had")


def _auxiliaries(reading: Reading, i: int) -> Iterator[str]:
    token = reading.tokens[i]
    own = list(kids(reading, i, "aux"))
    for k in own:
        yield reading.tokens[k].text.lower()
        yield lower(reading, k)
    if (
        token.deprel == "conj"
        and not own
        and not kids(reading, i, "nsubj")
        and token.head >= 0
        and token.xpos in ("VB", "VBN", "VBG")
    ):
        yield from _auxiliaries(reading, token.head)


def _hedged(reading: Reading, i: int) -> bool:
    """Whether a noun's event is only a possibility: "a possible strike", "the risk of an attack"."""
    token = reading.tokens[i]
    if token.upos not in ("NOUN", "PROPN"):
        return False
    if any(lower(reading, k) in _POSSIBLE for k in kids(reading, i, "amod", "det")):
        return True
    return token.head >= 0 and token.deprel == "nmod" and lower(reading, token.head) in _ABSENT


def _is_to(reading: Reading, i: int) -> bool:
    """Whether ``i`` stands in "is to visit", however the parser hung it."""
    to = [k for k in kids(reading, i, "mark", "aux") if reading.tokens[k].text.lower() == "to"]
    return bool(to) and to[0] > 0 and reading.tokens[to[0] - 1].text.lower() in ("is", "are", "was", "were")


def _proposed(reading: Reading, i: int) -> bool:
    if reading.tokens[i].upos not in ("NOUN", "PROPN"):
        return False
    return any(
        lower(reading, k) in _PLANNED or reading.tokens[k].text.lower() in _PLANNED for k in kids(reading, i, "amod")
    )


def speakers(reading: Reading, reporters: tuple[int, ...]) -> tuple[int, ...]:
    """The subjects of the innermost verb of saying above a trigger."""
    return subjects(reading, reporters[0]) if reporters else ()
