"""What is committed to: whether the act is hostile, and the words that tell it."""

from __future__ import annotations

from onrecord.commitments.conditions import is_aside, span
from onrecord.events.clause import conjuncts, kids, lower, marker, preposition
from onrecord.events.lexicon import word_classes
from onrecord.events.match import match
from onrecord.events.parties import Cast
from onrecord.events.speech import complement_threat
from onrecord.events.status import governors, is_negated
from onrecord.events.topics import is_metaphor
from onrecord.reading import Reading
from onrecord.record import Statement

_HOSTILE = frozenset({"THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "REJECT"})
_HARMING = frozenset({"THREATEN", "PROTEST", "SANCTION", "ASSAULT"})
_HELPING = frozenset({"AGREE", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "CONSULT"})
_BUILDING = frozenset({"build", "rebuild", "create", "improve", "raise", "restore", "fund", "protect", "expand"})
_PRESSING = frozenset({"press", "pursue", "file", "bring", "lay", "seek", "move", "table", "submit"})
_CHARGES = frozenset({"charge", "lawsuit", "suit", "indictment", "complaint", "extradition", "impeachment", "arrest"})
_OUT = frozenset(
    {("send", "back"), ("push", "back"), ("throw", "out"), ("kick", "out"), ("cut", "off"), ("shut", "down"),
     ("lock", "up"), ("drive", "out"), ("round", "up"), ("force", "out"), ("wipe", "out"), ("pull", "down")}
)  # fmt: skip
_POS = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}
# Beside the verbs that only report: what a participle of these tells goes on to something else.
_REMARKS = frozenset({"call", "accuse", "warn", "urge", "cite", "refer", "describe", "condemn", "praise"})


def act_type(cast: Cast, act: int) -> str | None:
    """The event type that the lexicon gives the act, None where it has none."""
    pos = _POS.get(cast.reading.tokens[act].upos)
    found = match(cast, act, pos) if pos is not None else None
    return found.predicate.type if found is not None else None


def is_hostile(cast: Cast, act: int) -> bool:
    """Whether the act, or one conjoined to it, harms somebody: "to strike back", "to cut ties".

    Of "to build roads and cut tariffs" the first act, which helps, decides.
    """
    reading = cast.reading
    if is_negated(reading, act) or any(lower(reading, k) == "longer" for k in kids(reading, act, "advmod")):
        # "Will no longer fight the ruling" harms nobody.
        return False
    helps = act_type(cast, act) in _HELPING or lower(reading, act) in _BUILDING
    for k in (act,) if helps else conjuncts(reading, act):
        if is_metaphor(reading, k):
            # "Fight corruption" harms nobody.
            continue
        if (
            lower(reading, k) in word_classes()["harm"]
            or _is_turned_on(reading, k)
            or complement_threat(reading, (k,)) is not None
        ):
            return True
        pos = _POS.get(reading.tokens[k].upos)
        found = match(cast, k, pos) if pos is not None else None
        if found is not None and found.predicate.type in (_HOSTILE if found.recipients else _HARMING):
            # "Curb emissions" restricts nobody; "ban the party" does.
            return True
    return False


def _is_turned_on(reading: Reading, act: int) -> bool:
    """Whether a harmless verb harms by what goes with it: "press charges", "vote against her", "send them back"."""
    if any((lower(reading, act), lower(reading, k)) in _OUT for k in kids(reading, act, "compound:prt", "advmod")):
        return True
    if lower(reading, act) == "vote":
        return any(preposition(reading, k) == "against" for k in kids(reading, act, "obl"))
    pressed = (*kids(reading, act, "obj"), *kids(reading, act, "nsubj:pass"))
    return lower(reading, act) in _PRESSING and any(lower(reading, k) in _CHARGES for k in pressed)


def act_span(reading: Reading, act: int, inside: Statement | None = None) -> tuple[int, int] | None:
    """The characters that tell the act: its clause, less "that", asides, remarks and all outside ``inside``."""
    apart = {n for k in kids(reading, act, "advcl") if _is_remark(reading, act, k) for n in reading.subtree(k)}
    lead = {k for k in kids(reading, act, "mark", "case", "cc") if reading.tokens[k].text.lower() != "to" and k < act}
    tokens = [n for n in sorted(reading.subtree(act)) if n not in apart | lead and not is_aside(reading, act, n)]
    above = reading.tokens[act]
    if above.deprel == "obj" and above.upos != "VERB":
        # "Pledged $5m for refugees": for whom hangs on the verb.
        near = [k for k in kids(reading, above.head, "obl") if k > act and preposition(reading, k) in ("for", "to")]
        tokens += [n for k in near for n in sorted(reading.subtree(k))]
    if inside is not None:
        content = [(c.start, c.end) for c in inside.content]
        tokens = [n for n in tokens if any(a <= reading.tokens[n].start < b for a, b in content)] or tokens
    return span(reading, tokens)


def _is_remark(reading: Reading, act: int, k: int) -> bool:
    """Whether the participle ``k`` behind the act says something else: "will buy more, noting that trade grew"."""
    if reading.tokens[k].xpos != "VBG" or k < act or marker(reading, k) is not None:
        return False
    return governors().get(lower(reading, k)) == "reported" or lower(reading, k) in _REMARKS


def within(words: tuple[int, int], inside: Statement | None) -> tuple[int, int]:
    """The characters of ``words`` that are of the statement, without a "he said" before or behind them."""
    for content in inside.content if inside is not None else ():
        first, last = max(words[0], content.start), min(words[1], content.end)
        if last - first > (words[1] - words[0]) // 3:
            return first, last
    return words
