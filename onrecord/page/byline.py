"""Bylines, date lines and sign-offs: who wrote it and when it was published, as the page's own lines say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from onrecord.outlets import agency, is_outlet
from onrecord.page import day
from onrecord.page.prose import ends_sentence, is_prose

_BY = re.compile(r"(?:written |reported |story |text )?by\b:?\s+(?=\S)|(?:author|writer)s?\s*:\s*", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"[(\[]?\s*(?:(?:additional )?(?:reporting|writing|editing|compiled|edited|translated) (?:and \w+ )?by"
    r"|with (?:inputs?|reporting|files|material) from)\b",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"[^.!?\"“”]{3,160} contributed (?:reporting )?to th(?:is|e) (?:report|story|article)[^.]{0,60}\.?", re.I
)
_BETWEEN_NAMES = re.compile(r"\s*(?:[,|/;•·–—]|\s-\s|\band\b|&|\bfor\b|\bin\b|\bwith\b)\s*")
_PARTICLES = frozenset(
    re.findall(r"\w+", "van von de del da al el bin ibn ben der den la di du le dos das ter ten y e")
)
_POSTS = re.compile(
    r"(?:.*\b)?(?:staff|writer|reporter|correspondent|editor|bureau|desk|agencies|agency|news|service|contributor|columnist|"
    r"analyst|journalist|producer|team|press|times|post|herald|web|online)\b.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who a byline names: authors in order, and the news agency if one is among them."""

    authors: tuple[str, ...]
    agency: str | None


def byline_of(line: str) -> Byline | None:
    """A byline: ``By A B and C D``, ``A B, Reuters``, ``AFP``; None where the line is something else.

    A line without *By* counts only when a news agency, a listed outlet or a reporter's post stands beside the names.
    """
    if len(line) > 160:
        return None
    match = _BY.match(line)
    named = line[match.end() :] if match else line
    pieces = [piece.strip(" .:") for piece in _BETWEEN_NAMES.split(named) if piece.strip(" .:")]
    if not pieces:
        return None
    wire = next((found for found in map(agency, pieces) if found), None)
    rest = [piece for piece in pieces if agency(piece) is None]
    authors = tuple(
        piece for piece in rest if is_personal_name(piece) and not is_outlet(piece) and not _POSTS.fullmatch(piece)
    )
    if match:
        first = pieces[0]
        plausible = bool(authors) or wire is not None or _POSTS.fullmatch(first) is not None or is_outlet(first)
        return Byline(authors, wire) if plausible and not is_prose(line) else None
    others = [piece for piece in rest if piece not in authors]
    institutional = wire is not None or any(is_outlet(piece) or _POSTS.fullmatch(piece) for piece in others)
    if not institutional or len(line) > 90 or (ends_sentence(line) and wire is None):
        return None
    if any(
        not (is_outlet(piece) or _POSTS.fullmatch(piece) or day.written(piece) or _is_place(piece)) for piece in others
    ):
        return None
    return Byline(authors, wire) if authors or not others or wire else None


def is_sign_off(line: str) -> bool:
    """A closing line that names who reported or edited: ``(Reporting by A B; Editing by C D)``."""
    return len(line) <= 400 and (_SIGN_OFF.match(line) or _CONTRIBUTED.fullmatch(line)) is not None


def is_personal_name(words: str) -> bool:
    """Two to five capitalised words, particles apart: the shape of a person's name, nothing surer."""
    parts = words.split()
    if not 2 <= len(parts) <= 5 or len(words) > 50 or any(character.isdigit() for character in words):
        return False
    if not (parts[0][0].isupper() and parts[-1][0].isupper()):
        return False
    return all(part[0].isupper() or part.lower() in _PARTICLES for part in parts) and not re.search(
        r"[:!?\"“”()]", words
    )


def _is_place(words: str) -> bool:
    return len(words.split()) <= 3 and words[0].isupper() and words.replace(" ", "").replace(".", "").isalpha()


_UPDATED = re.compile(r"\b(?:last )?(?:updated?|modified|revised|edited)\b[\s:\-–|]*", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:first |originally )?(?:published|posted|created|issued|date|published at|published on)\b[\s:\-–|]*", re.I
)
_AROUND_A_DATE = re.compile(
    r"(?i:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b[ap]\.?m\b\.?|\bat\b|\bon\b|\bhrs?\b|\bby\b)"
    r"|\b[A-Z]{2,5}T?\b|\b\d{1,2}[:.]\d{2}(?::\d{2})?\b|[\d\W_]"
)


def published_in(line: str) -> date | None:
    """The day of publication that a date line gives: ``Published: 3 February 2026``, ``Feb 3, 2026 14:05 GMT``.

    None for a line that says only when the page was updated.
    """
    if not is_date_line(line):
        return None
    labelled = _PUBLISHED.search(line)
    if labelled:
        return day.written(line[labelled.end() :])
    updated = _UPDATED.search(line)
    return day.written(line[: updated.start()] if updated else line)


def is_labelled_date(line: str) -> bool:
    """A date line that says what it is: ``Published ...``, ``Last updated ...``."""
    return is_date_line(line) and bool(_PUBLISHED.search(line) or _UPDATED.search(line))


def is_date_line(line: str) -> bool:
    """A line that is a full date with little around it."""
    if len(line) > 140 or day.written(line) is None:
        return False
    if _UPDATED.match(line) or _PUBLISHED.match(line):
        return True
    bare = _PUBLISHED.sub(" ", _UPDATED.sub(" ", line))
    for pattern in day.SPELLINGS:
        bare = pattern.sub(" ", bare)
    return len(_AROUND_A_DATE.sub("", bare)) <= 12
