"""The profile of a mention: what its words say of the one they mean."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record import ActorKind


@dataclass(frozen=True, slots=True)
class Profile:
    """What the words of one mention say of the one they mean.

    ``id`` is given where a table names this very actor (a state, a service, a leader). ``head`` is the head's term in
    the tables ("minister", "army"), ``role`` the words of office as written, ``person`` the words of a personal name.
    ``place`` is true of bare cities and regions: places that no table makes an actor. ``owner`` is the id of the body
    that people belong to ("CIA officials"), ``own_country`` whether the words themselves give the country,
    ``region`` whether they name a part of the world ("Western powers"), ``foreign`` whether they say that somebody is
    not of the country where they are ("foreign troops in Mali").
    """

    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: ActorKind = "group"
    id: str | None = None
    name: str | None = None
    head: str | None = None
    category: str = ""
    role: str | None = None
    person: tuple[str, ...] = ()
    plural: bool = False
    place: bool = False
    former: bool = False
    own_country: bool = False
    owner: str | None = None
    region: bool = False
    foreign: bool = False

    @property
    def noun(self) -> str:
        """The noun of the head's term: "minister" of "prime minister" and of "minister of state"; "" without a head."""
        words = (self.head or "").partition(" of ")[0].partition(" for ")[0].split()
        return words[-1] if words else ""
