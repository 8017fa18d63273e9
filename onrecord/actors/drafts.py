"""Drafts: the actors of a page while it is read, and which mentions are whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.actors.cast import Actors
from onrecord.actors.gazetteer import INTERNATIONAL
from onrecord.actors.mention import Mention
from onrecord.actors.profile import Profile
from onrecord.actors.trace import Step
from onrecord.reading import Reading, Token
from onrecord.record import Actor, ActorKind, Span


@dataclass(slots=True)
class Draft:
    """An actor while the page is read. ``mentions`` are first and last tokens (exclusive), ``why`` what its country,
    sector and role go back to where that is not the words of a mention."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sectors: tuple[str, ...]
    role: str | None
    mentions: list[tuple[int, int]] = field(default_factory=list)
    why: list[Step] = field(default_factory=list)


class Drafts:
    """The drafts of a page by id; by a mention's head the ids of it, and why it was taken for them.

    ``together`` has by first and last token (exclusive) those who speak as one.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, Draft] = {}
        self.ids: dict[int, tuple[str, ...]] = {}
        self.why: dict[int, tuple[Step, ...]] = {}
        self.together: dict[tuple[int, int], tuple[str, ...]] = {}

    def make(self, id: str, profile: Profile, name: str) -> str:
        """The id, with a draft of it."""
        if id not in self.by_id:
            self.by_id[id] = Draft(id, name, profile.kind, profile.country, profile.sectors, profile.role)
        return id

    def add(self, mention: Mention, ids: tuple[str, ...]) -> None:
        """The mention is of these."""
        self.ids[mention.head] = ids
        for id in ids:
            self.by_id[id].mentions.append((mention.first, mention.last))

    def merge(self, gone: str, kept: str) -> None:
        """All that was taken for one is another."""
        self.by_id[kept].mentions.extend(self.by_id[gone].mentions)
        self.by_id[gone].mentions = []
        for head, ids in self.ids.items():
            if gone in ids:
                self.ids[head] = tuple(dict.fromkeys(kept if id == gone else id for id in ids))

    def freeze(self, reading: Reading, mentions: Sequence[Mention], text: str) -> Actors:
        """The actors that have a mention, in the order of the page."""
        tokens = reading.tokens
        drafts = sorted((d for d in self.by_id.values() if d.mentions), key=lambda draft: min(draft.mentions))
        actors = tuple(_actor(draft, text, tokens) for draft in drafts)
        exact, names, places = {}, {}, {}
        for mention in mentions:
            if ids := self.ids.get(mention.head):
                exact[(tokens[mention.first].start, tokens[mention.last - 1].end)] = ids
                places[mention.head] = (mention.first, mention.last)
                names.update(dict.fromkeys(mention.named, ids))
        for (first, last), ids in self.together.items():
            exact[(tokens[first].start, tokens[last - 1].end)] = ids
        return Actors(actors, reading, exact, self.ids, names, places, {actor.id: actor for actor in actors})


def _actor(draft: Draft, text: str, tokens: Sequence[Token]) -> Actor:
    spans = []
    for first, last in sorted(set(draft.mentions)):
        start, end = tokens[first].start, tokens[last - 1].end
        spans.append(Span(start, end, text[start:end]))
    # Only states have governments, whatever the page told first.
    sectors = tuple(s for s in draft.sectors if s != "GOV" or draft.country not in INTERNATIONAL)
    sector = sectors[0] if sectors else None
    code = f"{draft.country}{sector}" if draft.country and sector else None
    return Actor(draft.id, draft.name, draft.kind, draft.country, sector, sectors, code, draft.role, tuple(spans))
