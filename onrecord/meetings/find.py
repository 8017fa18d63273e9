"""Reading -> meetings: who met or will meet whom, where and when; one item a meeting, however often it is mentioned.

Mentions that agree in all they say are one meeting, and "the talks" of a later sentence adds its day and place to the
talks before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from onrecord.events import Places
from onrecord.events.parties import Actors, Cast, innermost, is_about_politics, is_political
from onrecord.events.topics import is_off_topic
from onrecord.identity import item_id
from onrecord.meetings.mention import Mention
from onrecord.meetings.mentions import mentions
from onrecord.meetings.parties import coded
from onrecord.reading import Reading
from onrecord.record import Event, Meeting, Page, Span, Statement, When

# A mention that only says "the talks" is the last one of its kind, if that stands this close.
_NEAR = 4
# What is dated so long before the page is another meeting than the undated one that the page tells of.
_AGO = timedelta(days=45)
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
    found = _merged(cast, mentions(cast, tuple(dates), places), _today(page, dates))
    kept = [m for m in found if _stands(cast, m, political=political) and not _is_told(reading, m, found)]
    return tuple(_meeting(page, cast, m, seen) for m in kept)


def _merged(cast: Cast, found: Iterator[Mention], today: date | None) -> list[Mention]:
    """Mentions of one meeting put together."""
    out: list[Mention] = []
    for mention in found:
        near = range(len(out) - 1, -1, -1)
        place = next((n for n in near if _same(cast, out[n], mention, today)), None)
        if place is None:
            out.append(mention)
        else:
            out[place] = _joined(cast, out[place], mention)
    return out


def _same(cast: Cast, one: Mention, other: Mention, today: date | None) -> bool:
    """Whether two mentions may be of one meeting: nothing that both say differs."""
    reading = cast.reading
    distance = reading.tokens[other.at].sentence - reading.tokens[one.at].sentence
    if _FAMILY[one.kind] != _FAMILY[other.kind] or _differ(one, other):
        return False
    if one.kind != other.kind and (other.kind == "summit" or (one.kind == "summit" and not other.definite)):
        return False
    if {one.status, other.status} == {"planned", "held"} and not (one.when and other.when):
        # "The summit" of later sentences may be the one that is to come.
        return other.definite and other.when is None and one.kind == other.kind and not other.who
    if distance > 0 and one.when is None and other.when is not None and _is_past(other.when, today):
        # A dated one of long ago is none of which the page just told.
        return False
    if not other.who:
        return distance <= _NEAR and (other.definite or distance == 0)
    if not one.who:
        return distance <= _NEAR and (other.definite or distance == 0)
    return set(one.who) <= set(other.who) or _are_among(cast, other.who, one.who)


def _are_among(cast: Cast, some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether all of ``some`` are of ``others``; two states stand for those of them who met."""
    if set(some) <= set(others):
        return True
    states = [cast.get(a) for a in some]
    there = {cast.get(a).country for a in others}
    return len(some) > 1 and all(actor.kind == "state" and actor.country in there for actor in states)


def _differ(one: Mention, other: Mention) -> bool:
    """Whether two mentions contradict each other in ordinal, day or place."""
    if one.ordinal and other.ordinal and one.ordinal != other.ordinal:
        return True
    if one.when and other.when and (one.when.last < other.when.first or other.when.last < one.when.first):
        return True
    if one.where is None or other.where is None:
        return False
    if one.where.country and other.where.country and one.where.country != other.where.country:
        return True
    return one.kind == "visit" and not other.definite and one.where.name != other.where.name


def _is_past(when: When, today: date | None) -> bool:
    return today is not None and today - date.fromisoformat(when.last) > _AGO


def _today(page: Page, dates: Sequence[When]) -> date | None:
    """The page's day; of an undated page the last day it names."""
    day = page.published[:10] if page.published is not None else max((when.last for when in dates), default=None)
    return date.fromisoformat(day) if day is not None else None


def _is_told(reading: Reading, m: Mention, found: list[Mention]) -> bool:
    """Whether a weak mention ("they discussed trade") only says more of a contact of the same parties told near it."""
    sentence = reading.tokens[m.at].sentence
    return m.weak and any(
        not other.weak
        and abs(reading.tokens[other.at].sentence - sentence) <= _NEAR
        and len(set(m.who) & set(other.who)) >= min(len(m.who), len(other.who), 2)
        for other in found
    )


def _joined(cast: Cast, one: Mention, other: Mention) -> Mention:
    """The first mention, completed by what the later one adds."""
    status = other.status if other.status in ("cancelled", "postponed") else one.status
    return replace(
        one,
        who=coded(cast, (*one.who, *other.who)),
        where=one.where or other.where,
        when=one.when or other.when,
        ordinal=one.ordinal or other.ordinal,
        status=status,
        confidence=max(one.confidence, other.confidence),
        carried=one.carried or other.carried,
        named=one.named or other.named,
        weak=one.weak and other.weak,
    )


def _stands(cast: Cast, m: Mention, *, political: bool) -> bool:
    """Whether a mention says enough: two parties; a visitor and a place; a body that meets, or is said to take part."""
    parties = [cast.get(a) for a in m.who]
    if m.kind == "call" and any(actor.sector in ("CVL", "ELI") and actor.kind != "person" for actor in parties):
        # "A call from her niece".
        return False
    if m.kind == "summit" and (m.named or m.when is not None or m.where is not None):
        return political or any(is_political(actor) for actor in parties)
    if m.kind == "meeting" and m.named and political and m.where is not None and (m.carried or m.when is not None):
        return True
    if not parties or not (political or any(is_political(actor) for actor in parties)):
        return False
    if any(actor.sector == "JRN" for actor in parties):
        # An interview or a press briefing is a statement, not a contact.
        return False
    if len(parties) > 1:
        return True
    if m.kind == "visit":
        return m.where is not None or m.when is not None or (m.named and is_political(parties[0]))
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
