"""Sayings: one utterance, in however many articles it is quoted, whole or cut."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from onrecord.record import Record, Statement
from onrecord.stories.groups import candidates, grouped
from onrecord.stories.story import sources

RUN = 6
"""Words in a row that two reports of a saying must share to be found; what is shorter is too little to go by."""

SAME = 0.6
"""How much of the shorter wording, in pairs of neighbouring words, has to stand in the longer one."""

DAYS = 30
"""Days between two pages beyond which the same words are taken as said again (a stock phrase, a yearly speech)."""

FRAGMENT_DAYS = 3
"""Days within which one speaker, quoted twice with the same fragment, is taken to be quoted from one saying."""

_SHINGLE = 4
_WINDOW = RUN - _SHINGLE + 1
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as what counts once sees it.

    ``words`` are those of its content and ``fragments`` its short quotations, lower case, without punctuation, a space
    between words. ``country`` is the speaker's. ``published`` is the page's.
    """

    statement: str
    page: str
    speaker: str | None
    country: str | None
    words: str
    fragments: tuple[str, ...]
    repeats: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Saying:
    """One utterance and all statements that report it, the earliest page's first.

    ``id`` is that of the first statement; ``fullest`` of the one with the most words. ``sources`` are the independent
    ones.
    """

    id: str
    fullest: str
    speaker: str | None
    statements: tuple[str, ...]
    pages: tuple[str, ...]
    sources: tuple[str, ...]
    first: str | None
    last: str | None


def said(record: Record) -> tuple[Said, ...]:
    """The statements of a record in the form that sayings are found by."""
    countries = {actor.id: actor.country for actor in record.actors}
    return tuple(
        Said(
            statement=one.id,
            page=record.page.id,
            speaker=one.speaker,
            country=countries.get(one.speaker) if one.speaker else None,
            words=wording(" ".join(span.text for span in one.content)),
            fragments=_fragments(one),
            repeats=one.repeats,
            published=record.page.published,
        )
        for one in record.statements
    )


def wording(text: str) -> str:
    """The words of a text and nothing else: lower case, straight apostrophes, single spaces."""
    return " ".join(_WORD.findall(text.casefold())).replace("’", "'")


def saying_bands(one: Said) -> tuple[int, ...]:
    """What to look a statement up by: signed 64-bit integers, about one for two words.

    Two statements with six words in a row in common share one for certain (winnowing: Schleimer, Wilkerson and Aiken,
    2003); so do two that quote the same short fragment. Those that share one are candidates, to be asked of
    ``same_saying``.
    """
    words = one.words.split()
    shingles = [_number(" ".join(words[n : n + _SHINGLE])) for n in range(len(words) - _SHINGLE + 1)]
    chosen = {min(shingles[n : n + _WINDOW]) for n in range(max(1, len(shingles) - _WINDOW + 1)) if shingles}
    return tuple(sorted(chosen | {_number(f'"{fragment}"') for fragment in one.fragments}))


def same_saying(a: Said, b: Said) -> bool:
    """Whether two statements report one utterance: told by the same speaker in the same words, or in part of them."""
    if a.page == b.page and (a.repeats == b.statement or b.repeats == a.statement):
        return True
    apart = _days_apart(a.published, b.published)
    if apart > DAYS or not _one_speaker(a, b):
        return False
    if apart <= FRAGMENT_DAYS and a.speaker is not None and a.speaker == b.speaker and {*a.fragments} & {*b.fragments}:
        return True
    short, long = sorted((a.words.split(), b.words.split()), key=len)
    return len(short) >= RUN and _share(short, long) >= SAME


def sayings(statements: Iterable[Said], origins: Mapping[str, str | None]) -> tuple[Saying, ...]:
    """All sayings among the statements, the earliest first. ``origins`` has the origin of every page's story."""
    ordered = _in_time(statements)
    links = [
        (a, b) for a, b in candidates([saying_bands(one) for one in ordered]) if same_saying(ordered[a], ordered[b])
    ]
    place = {one.statement: n for n, one in enumerate(ordered)}
    links += [(n, place[one.repeats]) for n, one in enumerate(ordered) if one.repeats in place]
    return tuple(saying([ordered[n] for n in group], origins) for group in grouped(len(ordered), links))


def saying(statements: Sequence[Said], origins: Mapping[str, str | None]) -> Saying:
    """The saying that these statements, at least one, make up."""
    ordered = _in_time(statements)
    days = [one.published for one in ordered if one.published]
    pages = tuple(dict.fromkeys(one.page for one in ordered))
    named = [one.speaker for one in ordered if one.speaker]
    return Saying(
        id=ordered[0].statement,
        fullest=max(ordered, key=lambda one: len(one.words)).statement,
        speaker=max(named, key=named.count, default=None),
        statements=tuple(one.statement for one in ordered),
        pages=pages,
        sources=sources(pages, origins),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _fragments(statement: Statement) -> tuple[str, ...]:
    """Its quotations that are too short to be found by a run, but have two words or more that are no small change."""
    found = []
    for quote in statement.quotes:
        words = wording(quote.text).split()
        if len(words) < RUN and sum(len(word) > 3 for word in words) >= 2:
            found.append(" ".join(words))
    return tuple(dict.fromkeys(found))


def _one_speaker(a: Said, b: Said) -> bool:
    """Whether one can be speaking in both. "The foreign minister" here and his name there are two ids of one
    country."""
    if a.speaker is None or b.speaker is None or a.speaker == b.speaker:
        return True
    return a.country is None or b.country is None or a.country == b.country


def _share(short: Sequence[str], long: Sequence[str]) -> float:
    pairs = {*pairwise(short)}
    return len(pairs & {*pairwise(long)}) / len(pairs)


def _days_apart(a: str | None, b: str | None) -> int:
    """Days between two ISO dates; none where one is unknown, since that tells nothing against it."""
    if a is None or b is None:
        return 0
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)


def _number(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8"), digest_size=8).digest(), "big", signed=True)


def _in_time(statements: Iterable[Said]) -> list[Said]:
    return sorted(statements, key=lambda one: (one.published is None, one.published or "", one.page, one.statement))
