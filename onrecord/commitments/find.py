"""Events -> commitments: each threat or promise with its condition, consequence and deadline.

A commitment is made by somebody about what they will do themselves: it hangs on a THREATEN event, or on an AGREE or
CONCEDE event that one side promises or offers. Forecasts by others, general truths and advice have no such event, and
deals that all sides have agreed on are no promise by one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.commitments.conditions import (
    Conditional,
    clause_span,
    condition_of,
    span,
    subject_condition,
)
from onrecord.events.clause import (
    are_several,
    climb,
    first_conjunct,
    frame,
    head_token,
    is_relation,
    kids,
    lower,
    marker,
)
from onrecord.events.lexicon import word_classes
from onrecord.events.parties import Actors, same_side
from onrecord.identity import item_id
from onrecord.reading import Reading
from onrecord.record import Commitment, CommitmentKind, Event, Page, Span, Statement, When

# Words that announce: what is committed to is their complement. Others ("will retaliate") are themselves the act.
_PERFORMATIVE = frozenset(
    [
        "threaten",
        "warn",
        "vow",
        "swear",
        "promise",
        "pledge",
        "offer",
        "commit",
        "undertake",
        "guarantee",
        "assure",
        "reserve",
        "issue",
        "give",
        "deliver",
        "make",
        "set",
        "send",
        "ready",
        "willing",
        "prepared",
        "committed",
        "agree",
        "volunteer",
        "consent",
        "renew",
        "reiterate",
        "reaffirm",
        "express",
        "voice",
        "signal",
        "declare",
        "announce",
        "serve",
        "draw",
        "hint",
        "threat",
        "warning",
        "ultimatum",
        "promise",
        "pledge",
        "offer",
        "commitment",
        "readiness",
        "willingness",
        "plan",
        "prepare",
        "intend",
        "right",
        "tell",
        "order",
        "demand",
    ]
)
_OFFERING = frozenset(
    [
        "offer",
        "ready",
        "willing",
        "prepared",
        "volunteer",
        "propose",
        "readiness",
        "willingness",
        "open",
        "keen",
        "proposal",
    ]
)
_PROMISING = frozenset(
    [
        "promise",
        "pledge",
        "vow",
        "swear",
        "commit",
        "undertake",
        "guarantee",
        "assure",
        "assurance",
        "commitment",
        "reaffirm",
        "reiterate",
    ]
)
_ULTIMATUM = frozenset({"ultimatum", "deadline"})
_MUTUAL = frozenset(
    {"agree", "reach", "strike", "sign", "deal", "agreement", "accord", "plan", "schedule", "clinch", "forge"}
)
# "Will" commits; that somebody plans to, or has decided to, is told about them.
_WILL = frozenset({"will", "shall", "'ll", "’ll", "would", "'d", "’d", "wo"})
_BY_THEN = ("by", "until", "till", "before", "within")
# An announced act that is only a date in the diary is a meeting, not a promise.
_DIARY = frozenset(
    [
        "meet",
        "visit",
        "travel",
        "hold",
        "host",
        "attend",
        "arrive",
        "talk",
        "visit",
        "confer",
        "fly",
        "tour",
        "chair",
        "gather",
        "join",
        "convene",
        "receive",
    ]
)
_SURE = 0.9


def find_commitments(
    page: Page,
    reading: Reading,
    actors: Actors,
    dates: Sequence[When],
    statements: Sequence[Statement],
    events: Sequence[Event],
) -> tuple[Commitment, ...]:
    """The threats, ultimatums, promises and offers of a page, in the order of their words."""
    speakers = {statement.id: statement.speaker for statement in statements}
    seen: dict[str, int] = {}
    taken: set[tuple[int, int]] = set()
    out: list[Commitment] = []
    for event in events:
        if event.type not in ("THREATEN", "AGREE", "CONCEDE") or event.status in ("denied", "requested", "historical"):
            continue
        speaker = speakers.get(event.said_in) if event.said_in is not None else None
        own = event.said_in is not None and (
            speaker is None or any(same_side(actors.by_id(a), actors.by_id(speaker)) for a in event.actors)
        )
        found = _commitment(page, reading, event, dates, seen, own=own)
        if found is not None and (found.consequence.start, found.consequence.end) not in taken:
            taken.add((found.consequence.start, found.consequence.end))
            out.append(found)
    out = [c for c in out if not any(_says_more(other, c) for other in out)]
    return tuple(
        sorted(
            out, key=lambda c: (min(s.start for s in (c.condition, c.consequence) if s is not None), c.consequence.end)
        )
    )


def _says_more(one: Commitment, other: Commitment) -> bool:
    """Whether ``one`` is the whole of which ``other`` is a part without a condition of its own."""
    inside = one.consequence.start <= other.consequence.start and other.consequence.end <= one.consequence.end
    kinds = (one.kind in ("promise", "offer")) == (other.kind in ("promise", "offer"))
    return one is not other and inside and kinds and other.condition is None


def _commitment(
    page: Page, reading: Reading, event: Event, dates: Sequence[When], seen: dict[str, int], *, own: bool
) -> Commitment | None:
    """The commitment of an event; ``own``: its doer is the one whose words announce it."""
    trigger = head_token(reading, event.trigger)
    if trigger is None or not event.actors or (not event.asserted and event.type != "THREATEN"):
        return None
    if event.type != "THREATEN" and not _is_promise(reading, trigger, event, own=own):
        return None
    act = committed_act(reading, trigger)
    if act == trigger and reading.tokens[trigger].upos in ("NOUN", "PROPN"):
        # "a threat from Chad": nobody says what would be done.
        return None
    if event.type == "THREATEN" and _is_only_planned(reading, trigger, act):
        return None
    conditional = _condition(reading, trigger, act, event)
    consequence = conditional.consequence if conditional is not None else _consequence(reading, trigger, act)
    if consequence is None:
        return None
    deadline = _deadline(page, reading, dates, event)
    kind = _kind(reading, trigger, event, conditional, deadline)
    condition = _span(page, conditional.condition) if conditional is not None else None
    said = _span(page, consequence)
    return Commitment(
        id=item_id(page.id, "commitment", (condition, said), kind, event.actors, seen),
        kind=kind,
        by=event.actors[0],
        to=event.recipients or event.actors[1:],
        condition=condition,
        consequence=said,
        deadline=deadline,
        explicit=conditional is not None,
        event=event.id,
        said_in=event.said_in,
        confidence=round(event.confidence * _SURE, 2),
    )


def _is_only_planned(reading: Reading, trigger: int, act: int) -> bool:
    """Whether a hostile act is what somebody "plans to" or "decided to" do, as others tell it: no threat was made."""
    if act != trigger or lower(reading, trigger) in _PERFORMATIVE:
        return False
    token = reading.tokens[trigger]
    infinitive = marker(reading, trigger) == "to" or any(
        reading.tokens[k].text.lower() == "to" for k in kids(reading, trigger, "mark")
    )
    return token.deprel == "xcomp" and infinitive and lower(reading, token.head) not in _PERFORMATIVE - {"plan"}


def _span(page: Page, characters: tuple[int, int]) -> Span:
    return Span(*characters, page.text[characters[0] : characters[1]])


def committed_act(reading: Reading, trigger: int) -> int:
    """The predicate of what is committed to: the complement of "threaten", "promise"; "retaliate" itself."""
    around = frame(reading, trigger)
    if lower(reading, trigger) not in _PERFORMATIVE and lower(reading, trigger) not in word_classes()["light"]:
        return trigger
    if around.complements:
        return around.complements[0]
    for noun in around.objects:
        for k in kids(reading, noun, "acl", "ccomp", "xcomp", "parataxis"):
            if reading.tokens[k].deprel != "acl:relcl":
                return k
    for k in kids(reading, trigger, "acl", "ccomp", "parataxis"):
        if reading.tokens[k].deprel != "acl:relcl" and reading.tokens[k].upos == "VERB":
            return k
    return trigger


def _condition(reading: Reading, trigger: int, act: int, event: Event) -> Conditional | None:
    """The condition of the act, of the trigger, or of the verb above them that carries both."""
    bases = [act, trigger]
    for node, governor in climb(reading, trigger):
        if not is_relation(reading.tokens[node].deprel, ("xcomp", "obj", "ccomp")):
            break
        if reading.tokens[node].deprel != "ccomp":
            bases.append(governor)
    top = first_conjunct(reading, act)
    if top < act:
        # "If they attack, we will close the border and respond": the condition before the first verb holds for all.
        bases.append(top)
    for base in dict.fromkeys(bases):
        found = condition_of(reading, base, committed=True)
        if found is None:
            continue
        if base == act or (act == trigger and base != top):
            return found
        if base == top and found.condition[0] > reading.tokens[act].start:
            continue
        # The if-clause hangs on "threatened": what follows from it is still the complement.
        outside = clause_span(reading, act)
        return Conditional(act, found.marker, found.condition, outside) if outside is not None else found
    if event.type == "THREATEN":
        return _alternative(reading, trigger, act) or _warned_against(reading, trigger) or _by_subject(reading, act)
    return None


def _by_subject(reading: Reading, act: int) -> Conditional | None:
    """ "Any such attack will be met with force": the subject is what must not happen."""
    helpers = {reading.tokens[k].text.lower() for k in kids(reading, act, "aux")}
    red_line = bool(kids(reading, act, "cop")) and lower(reading, act) in ("line", "target")
    if not helpers & {"will", "would", "shall", "'ll", "’ll"} and not red_line:
        return None
    return subject_condition(reading, act)


def _alternative(reading: Reading, trigger: int, act: int) -> Conditional | None:
    """ "Leave by Friday or face attack": what is demanded is the condition, the alternative the consequence."""
    for base in (act, trigger):
        if reading.tokens[base].deprel == "conj" and any(
            lower(reading, k) in ("or", "otherwise") for k in reading.children[base]
        ):
            demanded = reading.tokens[base].head
            below = set(reading.subtree(base))
            first = clause_span(reading, demanded, below)
            last = span(
                reading, [n for n in sorted(below) if reading.tokens[n].deprel not in ("cc", "punct") or n > base]
            )
            if first is not None and last is not None:
                return Conditional(base, "or", first, last)
    return None


def _warned_against(reading: Reading, trigger: int) -> Conditional | None:
    for k in kids(reading, trigger, "obl", "advcl"):
        if marker(reading, k) == "against":
            first, last = span(reading, sorted(reading.subtree(k))), span(reading, [trigger])
            if first is not None and last is not None:
                return Conditional(trigger, "against", first, last)
    return None


def _consequence(reading: Reading, trigger: int, act: int) -> tuple[int, int] | None:
    if act != trigger:
        return clause_span(reading, act)
    token = reading.tokens[trigger]
    if token.upos in ("NOUN", "PROPN"):
        return clause_span(reading, trigger)
    own = {n for s in kids(reading, trigger, "nsubj", "mark") for n in reading.subtree(s)}
    return clause_span(reading, trigger, own)


def _deadline(page: Page, reading: Reading, dates: Sequence[When], event: Event) -> When | None:
    """A date in the sentence that stands after "by", "until", "before" or "within"."""
    for when in dates:
        if when.span is None or not (event.evidence.start <= when.span.start and when.span.end <= event.evidence.end):
            continue
        before = page.text[event.evidence.start : when.span.start].split()
        inside = when.span.text.split()
        if (before and before[-1].lower() in _BY_THEN) or (inside and inside[0].lower() in _BY_THEN):
            return when
    return None


def _is_promise(reading: Reading, trigger: int, event: Event, *, own: bool) -> bool:
    """Whether an AGREE or CONCEDE is what one side promises or offers, no deal of several and no entry in a diary."""
    lemmas = set(_trigger_lemmas(reading, event))
    if any(lower(reading, k) in _DIARY for k in frame(reading, trigger).complements):
        return False
    if lemmas & (_OFFERING | _PROMISING):
        return True
    will = own and any(reading.tokens[k].text.lower() in _WILL for k in kids(reading, trigger, "aux"))
    if len(event.actors) > 1 and (not will or are_several(reading, frame(reading, trigger).agents)):
        # But "it will return to the table" is the promise of one, though others sit there.
        return False
    if "agree" in lemmas:
        # "Agreed to pay" is one side's promise; what is agreed "with" others, or done by all, is none.
        around = frame(reading, trigger)
        alone = not are_several(reading, around.agents) and all(word != "with" for word, _ in around.obliques)
        return alone and bool(around.complements) and event.said_in is not None
    if lemmas & (_MUTUAL | _DIARY):
        return False
    return event.status in ("planned", "conditional") and will


def _trigger_lemmas(reading: Reading, event: Event) -> Iterator[str]:
    for token in reading.tokens:
        if event.trigger.start <= token.start and token.end <= event.trigger.end:
            yield token.lemma.lower()


def _kind(
    reading: Reading, trigger: int, event: Event, conditional: Conditional | None, deadline: When | None
) -> CommitmentKind:
    lemmas = set(_trigger_lemmas(reading, event))
    if event.type == "THREATEN":
        stated = deadline is not None and conditional is not None
        return (
            "ultimatum"
            if lemmas & _ULTIMATUM or stated or (conditional is not None and conditional.marker == "or")
            else "threat"
        )
    if lemmas & _OFFERING:
        return "offer"
    if lemmas & _PROMISING or conditional is None:
        return "promise"
    return "offer"
