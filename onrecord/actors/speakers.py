"""Speakers: whoever the page lets speak under a noun or a name that no table knows.

The reader marks the source of every attribution. Where that is a common noun for people ("participants", "a friend") or
a proper name, somebody is meant, and is an actor by that description or name alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.actors.entourage import ENTOURAGE, UNITS
from onrecord.actors.extents import extent
from onrecord.actors.mention import Mention
from onrecord.actors.people import HONORIFICS
from onrecord.actors.profile import Profile
from onrecord.actors.wording import fold
from onrecord.reading import Reading, Token

# Nouns for people that are no office, calling or kind of the tables.
_PEOPLE = frozenset(
    "person man woman boy girl youth teenager child kid parent mother father mum dad wife husband son daughter brother "
    "sister cousin uncle aunt grandmother grandfather family couple friend colleague neighbour neighbor participant "
    "attendee guest visitor customer client user commuter passenger driver buyer seller fan follower admirer viewer "
    "reader listener commentator observer peer rival opponent critic ally partner supporter backer detractor applicant "
    "candidate contender nominee contestant speaker panellist organiser organizer host founder owner manager boss "
    "employee colleague crew survivor bystander onlooker native newcomer veteran elder parliamentarian rapporteur "
    "lobbyist advocate author writer poster blogger influencer".split()
)
# Nouns for bodies that the tables leave open or do not have.
_BODIES = frozenset(
    "archive archives organisation organization committee commission group company firm team board panel association "
    "union agency authority institute institution foundation collective consortium coalition forum network society "
    "guardian leader rider trader owner operator organiser farmer worker maker user investor economist forecaster "
    "educator campaigner body insider professional producer consumer critic worshipper".split()
)
AGAIN = "again"
"""The category of a noun that may mean a body named before, and is somebody by itself where it does not."""
_MOST = 4
"""Words that the name of an unknown speaker may have."""


def speakers(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A mention for each source that has none."""
    covered = {i for mention in mentions for i in range(mention.first, mention.last)}
    starts = {token.start: token.i for token in reading.tokens}
    for start, end in sorted({a.source for a in reading.attributions if a.source is not None and a.cue is not None}):
        first = starts.get(start)
        inside = [] if first is None else [t for t in reading.tokens[first : first + _LONG] if t.start < end]
        root = _root(inside)
        if root is None or root.i in covered:
            continue
        found = _described(reading, root) if root.upos == "NOUN" else _named(inside, root)
        # Whoever speaks for somebody has that name inside: "the Dal campaign".
        owned = found is not None and found.profiles[0].category == ENTOURAGE
        if found is not None and (owned or not covered & set(range(found.first, found.last))):
            covered.update(range(found.first, found.last))
            yield found


def _root(inside: Sequence[Token]) -> Token | None:
    """The noun that a source hangs by, or whatever it hangs by."""
    outside = [t for t in inside if not inside[0].i <= t.head <= inside[-1].i]
    return next((t for t in outside if t.upos in ("NOUN", "PROPN", "PRON")), next(iter(outside), None))


# Words of a source that are looked at.
_LONG = 40


def together(reading: Reading) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """First and last token of each source that joins kinds of people, and their heads: "villagers and activists"."""
    starts = {token.start: token.i for token in reading.tokens}
    for start, end in sorted({a.source for a in reading.attributions if a.source is not None}):
        first = starts.get(start)
        inside = [] if first is None else [t for t in reading.tokens[first : first + _LONG] if t.start < end]
        while inside and inside[-1].upos == "PUNCT":
            inside.pop()
        root = _root(inside)
        if root is None or first is None:
            continue
        joined = [t for t in inside if t.deprel == "conj" and t.head == root.i]
        if joined and all(t.upos == "NOUN" for t in (root, *joined)):
            yield first, inside[-1].i + 1, (root.i, *(t.i for t in joined))


def _described(reading: Reading, root: Token) -> Mention | None:
    lemma = fold(root.lemma)
    several = root.xpos == "NNS" or lemma in ("family", "couple", "crew")
    first, last = extent(reading, reading.sentences[root.sentence], root)
    if lemma in _BODIES or (several and lemma.removesuffix("s") in _BODIES):
        words = [t.text for t in reading.tokens[first:last] if t.upos not in ("DET", "PUNCT", "PART")]
        name = " ".join(words)
        return Mention(
            first, last, root.i, "nominal", (Profile(kind="group", name=name, category=AGAIN, plural=several),)
        )
    if lemma in UNITS or (several and lemma == "aide"):
        head = f"{lemma}s" if several else lemma
        owned = Profile(kind="group", head=head, category=ENTOURAGE, role=root.text, plural=several)
        return Mention(first, last, root.i, "nominal", (owned,))
    if lemma not in _PEOPLE and not (several and lemma.removesuffix("s") in _PEOPLE):
        return None
    profile = Profile(
        kind="group" if several else "office", head=lemma, category="person", role=root.text, plural=several
    )
    return Mention(first, last, root.i, "nominal", (profile,))


def _named(inside: Sequence[Token], root: Token) -> Mention | None:
    """The name that a source is all of: capitalised words without a table, an entity or a title."""
    words = [t for t in inside if t.upos != "PUNCT" and t.text.lower() not in ("the", "'s", "’s")]
    styled = bool(words) and fold(words[0].text) in HONORIFICS
    if (
        root.upos != "PROPN"
        or styled
        or len(words) > _MOST
        or not all(t.upos == "PROPN" and t.text[:1].isupper() for t in words)
    ):
        return None
    name = " ".join(t.text for t in words)
    return Mention(words[0].i, words[-1].i + 1, root.i, "name", (Profile(kind="organisation", name=name),))
