"""Captions and photo credits: ``A minister speaks. (Photo: Agency)``."""

from __future__ import annotations

import re
from functools import cache

from onrecord.outlets import agency_pattern
from onrecord.page.draft import Paragraph
from onrecord.record import Role

LONGEST_CAPTION = 700  # characters; longer is prose

_LABEL = (
    r"(?i:(?:(?:file|handout|archive|undated|representative|illustrative)\s+)?"
    r"(?:photo(?:graph|grapher)?s?|images?|pictures?|pics?|illustration|graphic|screengrab|screenshot|video grab)"
    r"(?:\s+(?:credits?|source|courtesy))?|credits?|courtesy)"
)
_PHOTO_AGENCIES = (
    r"Getty(?: Images)?|EPA(?:-EFE|/EFE)?|Shutterstock|AP Photo|iStock|Alamy|Unsplash|Pexels|Wikimedia(?: Commons)?|"
    r"Flickr|Handout|WANA|NurPhoto|ZUMA(?: Press)?|SIPA(?: USA)?|Imago|IMAGO"
)


@cache
def _credit_tails() -> tuple[re.Pattern[str], ...]:
    """Ways in which a line ends with a photo's credit; the group ``credit`` is the credit alone."""
    known = rf"(?:{agency_pattern()}|{_PHOTO_AGENCIES})"
    joint = r"\s*(?:[:/|–-]|\b(?i:by|via|from|of|courtesy of|courtesy)\b)*\s*"
    ended = r"(?:^|(?<=[.!?\"”’)])|(?<=\s[|–—-]))\s*"
    inside = r"[^()\[\]]{0,50}"
    word = r"[^\W\d_a-z][\w'’.-]+"
    person = rf"{word}(?: {word}){{1,3}}"
    joined = rf"[^()\[\]]{{1,50}}(?:/| via )\s*{known}"
    name = r"[^\W\d_a-z][^.!?()\[\]:;\"“”]{1,40}"
    return (
        re.compile(rf"[(\[]\s*{_LABEL}{joint}(?P<credit>[^()\[\]]{{2,80}}?)\s*[)\]]\.?$"),
        re.compile(
            rf"[(\[](?P<credit>(?:{joined}|{known}(?:/| via | Photo){inside}|{_PHOTO_AGENCIES}){inside})[)\]]\.?$"
        ),
        re.compile(rf"[(\[](?P<credit>{person}/{word}[^()\[\]]{{0,40}}|{word}[^()\[\]/]{{0,40}}/{person})[)\]]\.?$"),
        re.compile(rf"{ended}{_LABEL}\s*(?::|\b(?i:by|via)\b)\s*(?P<credit>[^.!?]{{2,80}}?)\.?$"),
        re.compile(rf"{ended}(?P<credit>{known}(?: Photo)?\s*/\s*{name})$"),
        re.compile(rf"{ended}(?P<credit>{name}/\s*{known}(?:(?:/| via ){name})?)$"),
        re.compile(rf"{ended}[©|]\s*(?P<credit>{known}(?:\s*[/|]\s*{name})?)$"),
    )


@cache
def _bare_credit() -> re.Pattern[str]:
    known = rf"(?:{agency_pattern()}|{_PHOTO_AGENCIES})"
    return re.compile(rf"(?<=[.!?\"”)\s])[(\[/|]\s*(?P<credit>{known})\s*[)\]]?\.?$")


# Nearly every line of an article has none of these at its end, and is let go without trying the patterns.
_HINTS = (
    ")",
    "]",
    "/",
    "©",
    "|",
    "photo",
    "image",
    "picture",
    "pic",
    "credit",
    "courtesy",
    "illustration",
    "graphic",
    "screen",
)
_FILE_PHOTO = re.compile(
    r"\s*[(\[]\s*(?:file(?: photo| picture| image| pic)?|photo|archives?)\s*[)\]]\.?$", re.IGNORECASE
)
_CAPTION_OPENING = re.compile(
    r"(?:file(?: photo| picture| image)?|handout|photo|in this (?:file )?(?:photo|image|picture))\b\s*"
    r"(?:[:\-–—]|taken|provided|released)",
    re.IGNORECASE,
)


def caption_of(line: str, *, above_body: bool = False) -> Paragraph | None:
    """A caption, its credit, or both: ``A minister speaks. (Photo: Agency)``; None where the line is no caption.

    ``above_body`` says that the line stands between headline and article: there a bare ``(Agency)`` at the end is a
    photo's credit, while at the end of an article it credits the article.
    """
    if len(line) > LONGEST_CAPTION:
        return None
    at = max(0, len(line) - 200)
    tail = line[at:]
    lower = tail.lower()
    if not any(hint in lower for hint in _HINTS) and not _CAPTION_OPENING.match(line):
        return None
    patterns = (*_credit_tails(), _bare_credit()) if above_body else _credit_tails()
    for pattern in patterns:
        if match := pattern.search(tail):
            return _captioned(line, at + match.start(), (at + match.start("credit"), at + match.end("credit")))
    if match := _FILE_PHOTO.search(tail):
        return _captioned(line, at + match.start(), None)
    if _CAPTION_OPENING.match(line):
        return _captioned(line, len(line), None)
    return None


def _captioned(line: str, end: int, credit: tuple[int, int] | None) -> Paragraph:
    parts: list[tuple[Role, int, int]] = []
    caption_end = len(line[:end].rstrip(" |–—-/©"))
    if caption_end:
        parts.append(("caption", 0, caption_end))
    if credit:
        parts.append(("credit", *credit))
    return Paragraph(line, tuple(parts) or (("caption", 0, len(line)),))


_DATED_SCENE = re.compile(
    r"(?:,| on)\s+(?:\w+day,?\s+)?(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4})\.?$"
)


def is_dated_scene(line: str) -> bool:
    """One sentence that ends with a full date, as captions do and the opening of an article seldom does."""
    return (
        len(line) <= 350
        and _DATED_SCENE.search(line) is not None
        and not re.search(r"[\"“”]|\bsaid\b|[.!?] [A-Z]\w+ \w+ ", line[:-20])
    )
