"""A mention: where a page speaks of somebody, and what its words say of whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.actors.profile import Profile

Form = Literal["name", "nominal", "pronoun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``first`` to ``last`` (exclusive), headed by token ``head``.

    ``profiles`` has one profile for each actor meant: two for "Russian and Ukrainian officials". ``gender`` is that of
    a pronoun (m, f, n, p), or e of "the 61-year-old", which means somebody as a pronoun does. ``named`` are the
    tokens of a personal name.
    """

    first: int
    last: int
    head: int
    form: Form
    profiles: tuple[Profile, ...] = ()
    gender: str = ""
    named: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        # Rules that cut a phrase on either side may cut past each other; a mention always holds its head.
        object.__setattr__(self, "first", min(self.first, self.head))
        object.__setattr__(self, "last", max(self.last, self.head + 1))

    @property
    def profile(self) -> Profile:
        """The profile of the first actor meant."""
        return self.profiles[0]
