"""Events as event data has them: one row for each actor and recipient, of what happened and is asserted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations, product

from onrecord.archive.rows import Row
from onrecord.record import Actor, Event


@dataclass(frozen=True, slots=True)
class Dyad:
    """One actor, one recipient, one event. ``id`` is the event's, with a number from the second pair on."""

    id: str
    row: Row[Event]
    actor: Actor | None
    recipient: Actor | None


def dyads(row: Row[Event]) -> Iterator[Dyad]:
    """The pairs of an event; none of one that did not happen, is not asserted, or was rejected by a person.

    The published layouts have no column for those, and would make facts of them. An event without recipients is mutual:
    two who meet or sign stand in both directions, as CAMEO codes them; a party that is alone stands without recipient.
    """
    event = row.item
    if not event.asserted or event.status != "actual" or (row.review and row.review.action == "reject"):
        return
    actors, recipients = _cast(row, event.actors), _cast(row, event.recipients)
    mutual = len(actors) > 1 and not event.recipients
    pairs = permutations(actors, 2) if mutual else product(actors, recipients)
    for n, (actor, recipient) in enumerate(pairs, 1):
        yield Dyad(event.id if n == 1 else f"{event.id}-{n}", row, actor, recipient)


def _cast(row: Row[Event], ids: Iterable[str]) -> list[Actor | None]:
    """The actors of these ids; one unknown where there is none."""
    return [actor for id_ in ids if (actor := row.actor(id_))] or [None]
