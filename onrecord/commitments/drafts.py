"""A commitment before it has an id: where its words are, who makes it, with what force, and on which condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.commitments.conditions import Conditional
from onrecord.events.clause import lower
from onrecord.events.parties import Cast, same_side
from onrecord.reading import Reading
from onrecord.record import CommitmentKind

# So much of the shorter one's words make two commitments of one party the same one, told twice.
_SAME = 0.6
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Draft:
    """``word`` is the token that commits, ``act`` the head of what is committed to; ``consequence`` in characters."""

    word: int
    act: int
    kind: CommitmentKind
    by: str | None
    to: tuple[str, ...]
    conditional: Conditional | None
    consequence: tuple[int, int]
    event: str | None
    said_in: str | None
    confidence: float

    @property
    def hostile(self) -> bool:
        """Whether harm is announced, not help."""
        return self.kind in ("threat", "ultimatum")


def distinct(cast: Cast, drafts: Iterable[Draft], headline: int) -> Iterator[Draft]:
    """Each commitment once: of two for one act the earlier in order, of two that say the same the first on the page.

    A headline, whose characters end at ``headline``, says in other words what the text says. It leaves the condition
    out that the text gives, so of two that say the same one with a condition is kept
    before one without; two conditions that share little make two commitments. One that lies inside another of its kind
    and has no condition of its own is a part of it.
    """
    kept: list[Draft] = []
    for draft in drafts:
        rival = next((k for k, other in enumerate(kept) if _overlap(draft, other)), None)
        if rival is None:
            kept.append(draft)
        elif kept[rival].conditional is None and draft.conditional is not None and kept[rival].act == draft.act:
            kept[rival] = draft
    kept.sort(key=lambda d: (d.consequence[0], d.consequence[1]))
    told: list[Draft] = []
    for draft in sorted(kept, key=lambda d: (d.conditional is None, d.consequence[0] < headline)):
        if not any(_repeats(cast, draft, other, headline) for other in told):
            told.append(draft)
    yield from sorted(told, key=lambda d: (d.consequence[0], d.consequence[1]))


def _overlap(one: Draft, other: Draft) -> bool:
    if one.act == other.act:
        return True
    (a, b), (c, d) = one.consequence, other.consequence
    inside = (c <= a and b <= d) or (a <= c and d <= b)
    return inside and one.conditional is None


def _words(reading: Reading, span: tuple[int, int]) -> frozenset[str]:
    first, last = span
    return frozenset(
        lower(reading, token.i) for token in reading.tokens if first <= token.start < last and token.upos in _CONTENT
    )


def _repeats(cast: Cast, one: Draft, other: Draft, headline: int) -> bool:
    """Whether two of one side say the same: in what is committed to and, where both have one, in the condition."""
    if one.hostile != other.hostile:
        return False
    if one.by != other.by and not (
        one.by is not None and other.by is not None and same_side(cast.get(one.by), cast.get(other.by))
    ):
        return False
    pairs = [(one.consequence, other.consequence)]
    if one.consequence[0] < headline <= other.consequence[0]:
        return bool(_words(cast.reading, one.consequence) & _words(cast.reading, other.consequence))
    if one.conditional is not None and other.conditional is not None:
        pairs.append((one.conditional.condition, other.conditional.condition))
    return all(_alike(_words(cast.reading, a), _words(cast.reading, b)) for a, b in pairs)


def _alike(words: frozenset[str], theirs: frozenset[str]) -> bool:
    if not words or not theirs:
        return False
    return words <= theirs or theirs <= words or len(words & theirs) >= max(2.0, _SAME * min(len(words), len(theirs)))
