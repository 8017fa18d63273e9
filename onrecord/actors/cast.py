"""The cast of a page: its actors, and who stands where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.reading import Reading, Token
from onrecord.record import Actor


@dataclass(frozen=True, slots=True)
class Actors:
    """The actors of a page, and who stands where.

    Spans are code points of ``page.text``, end exclusive. Where a place means several actors ("Russian and Ukrainian
    officials"), ``at`` and ``of_token`` are None and ``all_at`` has them all.
    """

    actors: tuple[Actor, ...]
    _reading: Reading = field(repr=False)
    _exact: dict[tuple[int, int], tuple[str, ...]] = field(repr=False)
    _heads: dict[int, tuple[str, ...]] = field(repr=False)
    _names: dict[int, tuple[str, ...]] = field(repr=False)
    _places: dict[int, tuple[int, int]] = field(repr=False)
    _by_id: dict[str, Actor] = field(repr=False)

    def by_id(self, id: str) -> Actor:
        """The actor of an id. Raises KeyError for ids of other pages."""
        return self._by_id[id]

    def of_token(self, i: int) -> str | None:
        """The actor whose mention token ``i`` heads; of a relative pronoun, the one it relates to."""
        found = self._heads.get(i) or self._names.get(i)
        if found is None and self._reading.tokens[i].text.lower() in ("who", "which", "that"):
            found = self._heads.get(_related(self._reading, i), ())
        return found[0] if found and len(found) == 1 else None

    def at(self, start: int, end: int) -> str | None:
        """The actor of a span: of the mention that is it, else of the one that holds its syntactic head."""
        exact = self._exact.get((start, end))
        if exact is not None:
            return exact[0] if len(exact) == 1 else None
        inside = self._inside(start, end)
        roots = [t for t in inside if not (t.head >= 0 and inside[0].i <= t.head <= inside[-1].i)]
        for token in roots:
            if token.upos not in ("PUNCT", "ADP", "DET", "CCONJ", "ADV") and (found := self.of_token(token.i)):
                return found
        ids = {id for token in inside for id in self._heads.get(token.i, ())}
        return ids.pop() if len(ids) == 1 else None

    def all_at(self, start: int, end: int) -> tuple[str, ...]:
        """All actors mentioned in a span, in the order of the page."""
        found = (id for token in self._inside(start, end) for id in self._heads.get(token.i, ()))
        return tuple(dict.fromkeys(found))

    def _inside(self, start: int, end: int) -> Sequence[Token]:
        tokens = self._reading.tokens
        first = bisect_left(tokens, start, key=lambda token: token.start)
        last = bisect_left(tokens, end, key=lambda token: token.start)
        return tokens[first:last]


def _related(reading: Reading, i: int) -> int:
    """The noun that a relative clause with the pronoun ``i`` hangs on; -1 where there is none."""
    token = reading.tokens[i]
    while token.head >= 0 and not token.deprel.startswith("acl"):
        token = reading.tokens[token.head]
    return token.head if token.deprel.startswith("acl") else -1
