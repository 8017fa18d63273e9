"""Reading -> meetings: who met or will meet whom, where and when; one item a meeting, however often it is mentioned.

Mentions that agree in all they say are one meeting, and "the talks" of a later sentence adds its day and place to the
talks before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.events import Places
from onrecord.events.parties import Actors, Cast, innermost, is_about_politics, is_political, unique
from onrecord.events.topics import is_off_topic
from onrecord.identity import item_id
from onrecord.meetings.mentions import Mention, mentions
from onrecord.reading import Reading
from onrecord.record import Event, Meeting, MeetingKind, Page, Span, Statement, When

# A mention that only says "the talks" is the last one of its kind, if that stands this close.
_NEAR = 4
_FAMILY: dict[str, str] = {"meeting": "talks", "talks": "talks", "summit": "talks", "visit": "visit", "call": "call"}


def find_meetings(
    page: Page,
    reading: Reading,
    actors: Actors,
    dates: Sequence[When],
    places: Places,
    statements: Sequence[Statement],
    events: Sequence[Event],
) -> tuple[Meeting, ...]:
    """The meetings of a page, each once, in the order of their first mention."""
    del events  # a meeting stands whether or not it is coded as an event
    if is_off_topic(page, reading):
        return ()
    cast = Cast.of(reading, actors, statements)
    seen: dict[str, int] = {}
    political = is_about_politics(actors)
    found = _merged(reading, mentions(cast, tuple(dates), places))
    kept = [m for m in found if _stands(cast, m, political=political)]
    return tuple(_meeting(page, cast, m, seen) for m in kept)


def _merged(reading: Reading, found: Iterator[Mention]) -> list[Mention]:
    """Mentions of one meeting put together."""
    out: list[Mention] = []
    for mention in found:
        place = next((n for n in range(len(out) - 1, -1, -1) if _same(reading, out[n], mention)), None)
        if place is None:
            out.append(mention)
        else:
            out[place] = _joined(out[place], mention)
    return out


def _same(reading: Reading, one: Mention, other: Mention) -> bool:
    """Whether two mentions may be of one meeting: nothing that both say differs."""
    if _FAMILY[one.kind] != _FAMILY[other.kind]:
        return False
    if one.ordinal and other.ordinal and one.ordinal != other.ordinal:
        return False
    if one.when and other.when and (one.when.last < other.when.first or other.when.last < one.when.first):
        return False
    if (
        one.where
        and other.where
        and one.where.country
        and other.where.country
        and one.where.country != other.where.country
    ):
        return False
    if {one.status, other.status} == {"planned", "held"} and not (one.when and other.when):
        return False
    distance = reading.tokens[other.at].sentence - reading.tokens[one.at].sentence
    if not other.who:
        return distance <= _NEAR and (other.definite or distance == 0)
    if not one.who:
        return distance <= _NEAR
    return set(one.who) <= set(other.who) or set(other.who) <= set(one.who)


def _joined(one: Mention, other: Mention) -> Mention:
    """The first mention, completed by what the later one adds."""
    status = other.status if other.status in ("cancelled", "postponed") else one.status
    named: dict[str, MeetingKind] = {"talks": "talks", "meeting": "meeting"}
    return replace(
        one,
        kind=other.kind if one.kind in named and other.kind == "summit" else one.kind,
        who=unique((*one.who, *other.who)),
        where=one.where or other.where,
        when=one.when or other.when,
        ordinal=one.ordinal or other.ordinal,
        status=status,
        confidence=max(one.confidence, other.confidence),
    )


def _stands(cast: Cast, m: Mention, *, political: bool) -> bool:
    """Whether a mention says enough: two parties; a visitor and a place; a body that meets, or is said to take part."""
    parties = [cast.get(a) for a in m.who]
    if not parties or not (political or any(is_political(actor) for actor in parties)):
        return False
    if any(actor.sector == "JRN" for actor in parties):
        # An interview or a press briefing is a statement, not a contact.
        return False
    if len(parties) > 1 or (m.kind == "visit" and m.where is not None):
        return True
    if m.kind not in ("meeting", "summit", "talks"):
        return False
    if is_political(parties[0]) and m.carried:
        return True
    return parties[0].kind == "international" and m.kind != "talks" and (m.when is not None or m.where is not None)


def _meeting(page: Page, cast: Cast, m: Mention, seen: dict[str, int]) -> Meeting:
    reading = cast.reading
    first, last = reading.tokens[m.first], reading.tokens[m.last]
    words = Span(first.start, last.end, page.text[first.start : last.end])
    inside = innermost(cast.statements, reading.tokens[m.at].start, reading.tokens[m.at].end)
    return Meeting(
        id=item_id(page.id, "meeting", (words,), m.kind, m.who, seen),
        kind=m.kind,
        who=m.who,
        where=m.where,
        when=m.when,
        ordinal=m.ordinal,
        status=m.status,
        span=words,
        said_in=inside.id if inside is not None else None,
        confidence=m.confidence,
    )
