"""What to look for: one set of filters for everything that an archive holds, and the words of a full-text search."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.errors import ArchiveError

Kind = Literal["statements", "events", "commitments", "meetings"]
Reviewed = Literal["any", "accepted", "corrected", "rejected", "added", "yes", "no"]
Order = Literal["newest", "oldest", "relevance", "unsure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """All filters. Every one narrows; several values of one field are alternatives.

    A *party* is an actor's id (``rus.gov.foreign-ministry``; ``rus.gov.*`` for it and all below), a country or a code
    in capitals (``RUS``: anybody of Russia, ``RUSGOV``, ``GOV``: any government), or a name (``Sergei Lavrov``).

    text         words that must stand in the item: all of them; ``"a phrase"``, ``prefix*``, ``-not``, ``a OR b``
    who          who speaks, acts, commits, meets
    to           to whom: addressees, recipients
    about        of whom a statement speaks; of other items, any party
    party        anybody who plays any part
    type         kind of statement, commitment or meeting; type of event, or ``TYPE/mode``
    status       of an event or a meeting
    outlet       name or domain of the outlet
    since, until first and last day, inclusive; a year or a month will do (``2026``, ``2026-03``). An item's day is its
                 own where its words tell it to a week, else the day the page was published
    said_in      True: only what somebody is reported to have said; False: only what the page says in its own voice
    asserted     of events: True, only what is reported as such; False, only the content of accusations and demands
    confidence   at least this
    reviewed     what people found: by default all but what was rejected; ``any`` is really all; ``yes``: looked at by
                 somebody; ``no``: by nobody
    open_on      commitments made by this day whose deadline has not passed; meetings planned for this day or later
    page         of one page, by its id
    story        of one story, by the id of one of its pages
    once         a story counts once, by its first page, and a saying once; False: every report
    """

    text: str | None = None
    who: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    said_in: bool | None = None
    asserted: bool | None = None
    confidence: float | None = None
    reviewed: Reviewed | None = None
    open_on: str | None = None
    page: str | None = None
    story: str | None = None
    once: bool = True


_PIECE = re.compile(r'(-?)"([^"]*)"(\*?)|(\S+)')
_WORD = re.compile(r"\w")


def match_expression(text: str) -> str | None:
    """The FTS5 expression for what a person typed; None where there is no word in it.

    Every word is quoted, so nothing that is typed can be an error or an operator but ``OR``, ``-`` and ``*``.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    alternative = False
    for minus, phrase, star, bare in _PIECE.findall(text.replace("“", '"').replace("”", '"')):
        if bare in ("OR", "|"):
            alternative = bool(wanted)
            continue
        if bare in ("AND", "&"):
            continue
        words = bare or phrase
        exclude = bool(minus) or (bare.startswith("-") and len(bare) > 1)
        prefix = bool(star) or bare.endswith("*")
        words = words.strip('-*"') if bare else words
        if not _WORD.search(words):
            continue
        quoted = '"' + words.replace('"', " ").replace("\0", " ") + '"' + ("*" if prefix else "")
        if exclude:
            unwanted.append(quoted)
        elif alternative:
            wanted[-1] = f"({wanted[-1]} OR {quoted})"
        else:
            wanted.append(quoted)
        alternative = False
    if not wanted:
        return None
    found = " AND ".join(wanted)
    return f"({found}) NOT ({' OR '.join(unwanted)})" if unwanted else found


def day_range(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """The first and the last day, ISO, of ``since`` and ``until``, each a day, a month or a year."""
    return _edge(since, last=False), _edge(until, last=True)


def _edge(told: str | None, *, last: bool) -> str | None:
    if told is None:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?", told.strip())
    if match is None:
        raise ArchiveError(f"{told!r} is no day: give 2026, 2026-03 or 2026-03-12")
    year, month, day = match.groups()
    if day is None:
        month = month or ("12" if last else "01")
        day = "31" if last else "01"  # compared, never counted: the 31st of any month is its end
    if not ("01" <= month <= "12" and "01" <= day <= "31" and year > "0000"):
        raise ArchiveError(f"{told!r} is no day: give 2026, 2026-03 or 2026-03-12")
    return f"{year}-{month}-{day}"
