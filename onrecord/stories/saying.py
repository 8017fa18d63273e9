"""Sayings: one utterance, in however many articles it is quoted, whole or cut."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from onrecord.record import Record
from onrecord.stories.groups import candidates, grouped
from onrecord.stories.story import sources

RUN, LONGEST_RUN = 4, 8
"""Words in a row that two reports of a saying have to share to be found: of short ones, and of those of 36 words or
more, which have so many runs that fewer of them are enough."""

FEWEST = (12, 9, 7, 6)
"""Words that the shorter wording needs to have, by how many of three things speak for one saying: the speaker is named
alike, one is a quotation, the pages are at most ``NEAR_DAYS`` apart. "To ban trade with the island" is in every
article."""

SAME = 0.6
"""How much of the shorter wording has to stand in the longer one, in the same order, two words or more together."""

SAME_UNNAMED = 0.75
"""The same where the speakers may be one but are not named alike."""

TELLING = 3
"""How many of the words in common must have four letters or more: "and we will not do it" is anybody's."""

DAYS = 30
"""Days between two pages beyond which the same words are taken as said again (a stock phrase, a yearly speech)."""

NEAR_DAYS = 3
"""Days within which one speaker, given twice with the same few words, is taken to be given from one saying."""

_PERSON = "person."  # how ids of people begin
_SHINGLE = 3
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as what counts once sees it.

    ``words`` are those of its content and ``fragments`` its short quotations, lower case, without punctuation, a space
    between words; ``quoted``, whether any of it is in quotation marks. ``country`` is the speaker's. ``published`` is
    the page's.
    """

    statement: str
    page: str
    speaker: str | None
    country: str | None
    words: str
    quoted: bool
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
            quoted=one.kind != "indirect",
            fragments=tuple(dict.fromkeys(filter(is_fragment, (wording(quote.text) for quote in one.quotes)))),
            repeats=one.repeats,
            published=record.page.published,
        )
        for one in record.statements
    )


def wording(text: str) -> str:
    """The words of a text and nothing else: lower case, straight apostrophes, single spaces."""
    return " ".join(_WORD.findall(text.casefold())).replace("’", "'")


def saying_bands(one: Said) -> tuple[int, ...]:
    """What to look a statement up by: signed 32-bit integers, six to ten for most statements.

    Two statements with ``RUN`` to ``LONGEST_RUN`` words in a row in common, as the longer one has words, share one for
    certain; so do two that quote the same short fragment. Those that share one, at most ``DAYS`` apart, are candidates,
    to be asked of ``same_saying``. They are winnowed (Schleimer, Wilkerson and Aiken, 2003) three-word runs, of
    neighbours the longest in letters: long words are rare ones. What a wide window picks a narrow one picks too, so a
    long report and a short one agree on their runs.
    """
    words = one.words.split()
    shingles = [" ".join(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1)]
    window = min(LONGEST_RUN, max(RUN, len(words) // 6 + _SHINGLE - 1)) - _SHINGLE + 1
    ranked = [(len(shingle), shingle) for shingle in shingles]
    chosen = {max(ranked[n : n + window])[1] for n in range(max(1, len(ranked) - window + 1)) if ranked}
    return tuple(sorted({_number(words) for words in chosen.union(f'"{fragment}"' for fragment in one.fragments)}))


def same_saying(a: Said, b: Said) -> bool:
    """Whether two statements report one utterance: told by the same speaker in the same words, or in part of them."""
    if a.page == b.page and (a.repeats == b.statement or b.repeats == a.statement):
        return True
    apart = _days_apart(a.published, b.published)
    if apart > DAYS or not _one_speaker(a, b):
        return False
    named, quoted = a.speaker is not None and a.speaker == b.speaker, a.quoted or b.quoted
    if apart <= NEAR_DAYS and (_same_fragment(a, b) or _same_words(a, b, named)):
        return True
    short, long = sorted((a.words.split(), b.words.split()), key=len)
    if len(short) < FEWEST[named + quoted + (apart <= NEAR_DAYS)]:
        return False
    common = in_common(short, long)
    return len(common) >= (SAME if named else SAME_UNNAMED) * len(short) and sum(map(_tells, common)) >= TELLING


def sayings(statements: Iterable[Said], origins: Mapping[str, str | None]) -> tuple[Saying, ...]:
    """All sayings among the statements, the earliest first. ``origins`` has the origin of every page's story."""
    ordered = _in_time(statements)
    links = [
        (a, b) for a, b in candidates([saying_bands(one) for one in ordered]) if same_saying(ordered[a], ordered[b])
    ]
    place = {one.statement: n for n, one in enumerate(ordered)}
    links += [(n, place[one.repeats]) for n, one in enumerate(ordered) if one.repeats in place]
    return tuple(saying_of([ordered[n] for n in group], origins) for group in grouped(len(ordered), links))


def saying_of(statements: Sequence[Said], origins: Mapping[str, str | None]) -> Saying:
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


def is_fragment(words: str) -> bool:
    """Whether a quotation is too short to be found by a run, but has three words or more, two of them no small
    change."""
    each = words.split()
    return 3 <= len(each) < FEWEST[-1] and sum(map(_tells, each)) >= 2


def _same_words(a: Said, b: Said, named: bool) -> bool:
    """Whether the wording on two pages is the same, word for word, and enough of it to be somebody's own."""
    words = a.words.split()
    enough = len(words) >= (3 if named else 5) and sum(map(_tells, words)) >= 2
    return enough and a.words == b.words and a.page != b.page


def _same_fragment(a: Said, b: Said) -> bool:
    """Whether two pages quote one named speaker with the same few words, each in a sentence of its own."""
    if a.page == b.page or a.speaker is None or a.speaker != b.speaker:
        return False
    return not {*a.fragments}.isdisjoint(b.fragments)


def _one_speaker(a: Said, b: Said) -> bool:
    """Whether one can be speaking in both.

    "The foreign minister" here and his name there are two ids of one country, and so are a ministry and its government;
    two named people, or two ministries, are not one.
    """
    if a.speaker is None or b.speaker is None or a.speaker == b.speaker:
        return True
    if a.country is not None and b.country is not None and a.country != b.country:
        return False
    named = [one.speaker.startswith(_PERSON) for one in (a, b) if one.speaker]
    if any(named):
        return not all(named)
    short, long = sorted((a.speaker, b.speaker), key=len)
    return long.startswith(f"{short}.")


def in_common(short: Sequence[str], long: Sequence[str]) -> list[str]:
    """The words of the shorter wording that stand in the longer one, in order, two or more together."""
    if len({*short} & {*long}) < SAME * len({*short}):  # most candidates end here
        return []
    blocks = SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks()
    return [word for block in blocks if block.size > 1 for word in short[block.a : block.a + block.size]]


def _tells(word: str) -> bool:
    return len(word) > 3


def _days_apart(a: str | None, b: str | None) -> int:
    """Days between two ISO dates; none where one is unknown, since that tells nothing against it."""
    if a is None or b is None:
        return 0
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)


def _number(words: str) -> int:
    return zlib.crc32(words.encode("utf-8")) - (1 << 31)


def _in_time(statements: Iterable[Said]) -> list[Said]:
    return sorted(statements, key=lambda one: (one.published is None, one.published or "", one.page, one.statement))
