"""Reading -> events: who did what to whom, as PLOVER codes it (``plover.md``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from onrecord.dates import when_at
from onrecord.events.cameo import cameo
from onrecord.events.clause import first_conjunct, frame, is_relation, kids, lower
from onrecord.events.match import Match
from onrecord.events.modes import wanted
from onrecord.events.outcome import HOSTILE, UNTOLD, is_own_duty, outcome
from onrecord.events.parties import Actors, Cast, innermost, is_about_politics
from onrecord.events.scene import Scene, content_of, is_cry_of, is_noun
from onrecord.events.sides import noun_stands, sides_of
from onrecord.events.slips import mended
from onrecord.events.speech import SpeechAct, speaker_of
from onrecord.events.status import is_imperative, is_negated, standing
from onrecord.events.topics import contexts, is_off_topic
from onrecord.identity import item_id
from onrecord.reading import Reading
from onrecord.record import Event, Page, Span, Statement, Status, When, Where

_HISTORY = timedelta(days=365)

# What leads a day in as the time of its sentence.
_DATING = ("in ", "on ", "since ", "during ", "until ", "by ")

# What tells that a thing was done another time than the same told of before.
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_ANEW = frozenset("again second third another new also previously earlier".split())

_HARM = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})

# How sure a reading is. Rough ranks, not probabilities: a verb with both sides; less for each thing that is missing.
_VERB, _NOUN, _SPEECH, _ONE_SIDED, _NO_AGENT = 0.85, 0.65, 0.7, 0.85, 0.5


class Places(Protocol):
    """What is asked of the places of a page (``onrecord.places.Places``)."""

    def at_token(self, i: int) -> Where | None:
        """The place named at a token."""


@dataclass(frozen=True, slots=True)
class _Found:
    """An event before it has a time, a place and an id."""

    trigger: tuple[int, int]
    at: int
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    root: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: Status
    asserted: bool
    confidence: float


def find_events(
    page: Page,
    reading: Reading,
    actors: Actors,
    dates: Sequence[When],
    places: Places,
    statements: Sequence[Statement],
) -> tuple[Event, ...]:
    """The events of a page, in the order of their triggers; none from pages of sport, markets and weather.

    At least one side of every event is a political actor; spans are those of ``page.text``. Contents of accusations,
    demands, threats and denials are events of their own with ``asserted`` false.
    """
    if is_off_topic(page, reading) and not is_about_politics(actors):
        return ()
    plain, reading = reading, mended(reading, actors)
    cast = Cast.of(reading, actors, statements)
    scene = Scene.of(page, cast)
    matches = scene.matches
    found = [event for m in matches.values() for event in _event(scene, m)]
    taken = {event.at for event in found}
    found += [_spoken(scene, act) for act in scene.acts if act.trigger not in taken and _free(scene, act)]
    found.sort(key=lambda event: event.at)
    seen: dict[str, int] = {}
    return tuple(_finish(scene, plain, event, tuple(dates), places, seen) for event in _distinct(reading, found))


def _event(scene: Scene, m: Match) -> Iterator[_Found]:
    """The event of a trigger, if there is one."""
    reading = scene.cast.reading
    owner = scene.matches.get(scene.owners.get(m.trigger, -1))
    how = standing(reading, m.trigger, m.light)
    if any(is_negated(reading, k) for k in m.words):
        how = replace(how, negated=True)
    kind, mode = m.predicate.type, m.predicate.mode
    if kind == "REQUEST" and any(
        other.predicate.type == "PROTEST" and is_cry_of(scene, m.trigger, i if other.light is None else other.light)
        for i, other in scene.matches.items()
    ):
        return
    if owner is not None and owner.predicate.type in ("AGREE", "REJECT", "CONSULT", "CONCEDE"):
        return
    if how.doubtful or how.undone or (how.duty and not is_own_duty(scene, m)):
        return
    content = content_of(scene, m)
    adjusted = outcome(scene, m, kind, mode, content, how, owner)
    if adjusted is None:
        return
    kind, mode, status, asserted = adjusted
    if status == "actual" and is_imperative(reading, m.trigger if m.light is None else m.light):
        status, asserted = "requested", False
    if kind == "THREATEN" and m.predicate.type in HOSTILE and not m.actors:
        # "They would be jailed, the minister said": the hand behind the passive is the speaker's.
        speaker, _ = speaker_of(scene.cast, m.trigger)
        m = replace(m, actors=(speaker,) if speaker is not None else ())
    sides = sides_of(scene, m, kind, content)
    if sides is None:
        return
    agents, recipients = sides
    if (
        status == "actual"
        and asserted
        and kind == m.predicate.type
        and is_noun(reading, m)
        and not noun_stands(m, kind, agents, recipients)
    ):
        return
    sure = _NOUN if is_noun(reading, m) and m.light is None else _VERB
    sure *= (_ONE_SIDED if not recipients and len(agents) < 2 else 1.0) * (_NO_AGENT if not agents else 1.0)
    yield _Found(
        trigger=_extent(reading, m),
        at=m.trigger,
        type=kind,
        mode=mode,
        contexts=contexts(
            reading, m.trigger if m.light is None else m.light, m.predicate.contexts if kind == m.predicate.type else ()
        ),
        root=m.predicate.cameo if kind == m.predicate.type else None,
        actors=agents,
        recipients=recipients,
        status=status,
        asserted=asserted,
        confidence=round(sure, 2),
    )


def _extent(reading: Reading, m: Match) -> tuple[int, int]:
    """First and last token of the trigger: the word with its particle, object or light verb if they stand close."""
    close = [
        k
        for k in (*m.words, *((m.light,) if m.light is not None else ()))
        if abs(k - m.trigger) <= 4 and k not in m.complements
    ]
    particles = [k for k in kids(reading, m.trigger, "compound:prt") if abs(k - m.trigger) <= 2]
    tokens = [m.trigger, *close, *particles]
    return min(tokens), max(tokens)


def _free(scene: Scene, act: SpeechAct) -> bool:
    """Whether a speech act says more than a trigger that was already read there."""
    m = scene.matches.get(act.trigger)
    if m is None:
        return True
    return act.type in ("REQUEST", "THREATEN", "REJECT") and m.predicate.type not in UNTOLD


def _spoken(scene: Scene, act: SpeechAct) -> _Found:
    """The event of a speech act."""
    reading = scene.cast.reading
    helpers = [
        k for k in kids(reading, act.trigger, "aux", "cop", "advmod") if act.trigger - k <= 4 and k < act.trigger
    ]
    mode = act.mode
    if act.type == "REQUEST":
        content = scene.matches.get(act.trigger)
        mode = wanted(reading, content, (act.trigger,), frame(reading, act.trigger).objects)
    return _Found(
        trigger=(min([act.trigger, *helpers]), act.trigger),
        at=act.trigger,
        type=act.type,
        mode=mode,
        contexts=contexts(reading, act.trigger, ()),
        root=None,
        actors=(act.speaker,),
        recipients=act.recipients,
        status="planned" if act.type == "AGREE" or _is_yet_to_be_said(reading, act) else "actual",
        asserted=True,
        confidence=round(_SPEECH * (1.0 if act.recipients else _ONE_SIDED), 2),
    )


def _is_yet_to_be_said(reading: Reading, act: SpeechAct) -> bool:
    """Whether the words are still to be spoken: "he is expected to say"."""
    cue = act.said_in.cue if act.said_in is not None else None
    if cue is None:
        return False
    verbs = [t.i for t in reading.tokens if cue.start <= t.start and t.end <= cue.end and t.upos == "VERB"]
    return bool(verbs) and standing(reading, verbs[-1]).future


def _distinct(reading: Reading, found: list[_Found]) -> Iterator[_Found]:
    """One event for each type, pair of sides and standing in a sentence: the first, as "threatened ... would shell".

    And one in a page for each word, where all that is the same: pages tell of it again lower down. One that lacks the
    recipients which another has tells less of the same: "attacked a convoy, killing five soldiers".
    """
    seen: set[tuple[object, ...]] = set()
    told = {(reading.tokens[e.at].sentence, e.type, e.actors, e.status, e.asserted) for e in found if e.recipients}
    for event in found:
        brief = (reading.tokens[event.at].sentence, event.type, event.actors, event.status, event.asserted)
        if not event.recipients and event.actors and event.type in _HARM and brief in told:
            continue
        key = (
            reading.tokens[event.at].sentence,
            event.type,
            event.actors,
            event.recipients,
            event.status,
            event.asserted,
        )
        again = ("page", lower(reading, event.at), *key[1:])
        if key not in seen and (again not in seen or _is_dated(reading, event.at)):
            seen.add(key)
            seen.add(again)
            yield event


def _is_dated(reading: Reading, i: int) -> bool:
    """Whether a day or another ordinal stands with the word, so that it may be told of another time."""
    below = (reading.tokens[k] for k in kids(reading, i, "obl", "advmod", "amod"))
    return any(token.text in _DAYS or token.text.lower() in _ANEW for token in below)


def _finish(
    scene: Scene, plain: Reading, event: _Found, dates: tuple[When, ...], places: Places, seen: dict[str, int]
) -> Event:
    """The event with its time, place, statement, code and id; ``plain`` is the reading as it was before its mending."""
    page, reading = scene.page, scene.cast.reading
    first, last = reading.tokens[event.trigger[0]], reading.tokens[event.trigger[1]]
    trigger = Span(first.start, last.end, page.text[first.start : last.end])
    sentence = reading.sentences[first.sentence]
    evidence = Span(sentence.start, sentence.end, page.text[sentence.start : sentence.end])
    # The tree as it was read first: mending gathers a mention's words, and a day beside it may be swept up with them.
    when = _told(dates, plain, event.at) or _told(dates, reading, event.at)
    inside = innermost(scene.cast.statements, reading.tokens[event.at].start, reading.tokens[event.at].end)
    code, goldstein = cameo(event.type, event.mode, event.contexts, event.root)
    status = event.status
    told = (when,) if when is not None else _told_of(dates, evidence)
    if status == "actual" and told and all(_is_history(page, dates, day) for day in told):
        status = "historical"
    return Event(
        id=item_id(page.id, "event", (trigger,), event.type, (*event.actors, *event.recipients), seen),
        type=event.type,
        mode=event.mode,
        contexts=event.contexts,
        cameo=code,
        goldstein=goldstein,
        actors=event.actors,
        recipients=event.recipients,
        status=status,
        when=when,
        where=_where(reading, places, event.at),
        trigger=trigger,
        evidence=evidence,
        said_in=inside.id if inside is not None else None,
        asserted=event.asserted,
        confidence=event.confidence,
    )


def _told_of(dates: Sequence[When], sentence: Span) -> tuple[When, ...]:
    """The days of a sentence's phrases ("in 1998", no "1998 agreement"), for an event that none of them hangs on."""
    inside = [
        (day, day.span.start - sentence.start)
        for day in dates
        if day.span is not None and sentence.start <= day.span.start and day.span.end <= sentence.end
    ]
    return tuple(day for day, at in inside if sentence.text[:at].lower().endswith(_DATING))


def _told(dates: Sequence[When], reading: Reading, i: int) -> When | None:
    return when_at(dates, reading, i) or when_at(dates, reading, _shared_base(reading, i))


def _shared_base(reading: Reading, i: int) -> int:
    """The verb whose time a conjoined one without a subject shares: "In May they met and signed a treaty".

    What someone "has" done since is of no such time.
    """
    if any(reading.tokens[k].xpos in ("VBZ", "VBP") for k in kids(reading, i, "aux")):
        return i
    return i if kids(reading, i, "nsubj") or reading.tokens[i].upos != "VERB" else first_conjunct(reading, i)


def _is_history(page: Page, dates: tuple[When, ...], when: When) -> bool:
    """Whether a day is over a year before the page; an undated page is as late as the last day that it names.

    Pages name the year alone only of other years than their own.
    """
    if page.published is None and when.span is not None and when.span.text.isdigit():
        return True
    today = page.published[:10] if page.published is not None else max(other.last for other in (*dates, when))
    return date.fromisoformat(today) - date.fromisoformat(when.last) > _HISTORY


def _where(reading: Reading, places: Places, i: int) -> Where | None:
    """The place in a phrase of the trigger, or of the verb that carries it or it is conjoined to: "clashed in Goma"."""
    top = first_conjunct(reading, i)
    above = reading.tokens[top].head
    bases = [i, top] if above < 0 or not is_relation(reading.tokens[top].deprel, ("obj",)) else [i, top, above]
    for base in bases:
        for k in kids(reading, base, "obl", "nmod"):
            found = places.at_token(k)
            if found is not None and _is_in(reading, k):
                return found
    return None


def _is_in(reading: Reading, k: int) -> bool:
    words = {reading.tokens[c].text.lower() for c in kids(reading, k, "case")}
    return bool(
        words & {"in", "at", "near", "outside", "inside", "across", "within", "around", "off", "throughout", "along"}
    )
