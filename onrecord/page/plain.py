"""A page saved as plain text, or the bare text of an article -> Draft.

A dump of a page has, in this order and each of them or not: section line, headline, byline and date, caption, article,
furniture. A bare article has paragraphs and nothing else; what looks like neither is left as body, since a lost
paragraph costs more than a headline read as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from onrecord.page.byline import (
    Byline,
    byline_of,
    is_date_line,
    is_labelled_date,
    is_personal_name,
    is_sign_off,
    published_in,
)
from onrecord.page.canonical import normal_lines
from onrecord.page.caption import caption_of, is_dated_scene
from onrecord.page.draft import Draft, Paragraph, whole
from onrecord.page.furniture import announces_addresses, before_furniture, furniture, own_address, own_name
from onrecord.page.prose import LONGEST_HEADLINE, ends_sentence, is_prose, is_statement
from onrecord.page.section import section_of
from onrecord.page.wire import credited, is_source_line
from onrecord.record import Role

_WIDEST_WRAP = 132  # columns; a text whose longest line is longer was not wrapped by a mail program or terminal
_NARROWEST_WRAP = 40
_MOST_ABOVE_BODY = 14  # lines between the top of a dump and its first paragraph; more is a menu, not a page's head
_SENTENCES_IN_A_MENU = 0.2  # share of its lines that end as sentences do
_LONGEST_BARE_HEADLINE = 130  # characters; a longer first line is a paragraph, though no full stop ends it
_LONGEST_DECK = 160
_LIST_ITEM = re.compile(r"[\d•*\-–—]+[.)]?\s")
_GOES_ON = re.compile(r"[:;,][\"”’']?$")
# A place in capitals, a date or not, then a dash: ``LA PAZ, Bolivia.- ``, ``GENEVA -- ``.
_DATELINE = re.compile(r"[^\Wa-z\d_]{2}[^a-z()]{0,60}?(?:,[^()!?]{2,40}?[.:]?\s*[-–—]\s|\.\s*[-–—]|\s*--)")


def read_text(text: str, *, today: date, title: str | None = None) -> Draft:
    """The draft of a plain text. ``title`` is what the caller knows: a line that is the same is the headline."""
    lines = paragraphs_of(text)
    headline = _headline(lines, title=title)
    opening = _opening(lines, headline)
    ending = opening + before_furniture(lines[opening:])
    head, body = _deck_above_byline(_head(lines[:opening], headline), _body(lines[opening:ending]))
    foot = lines[ending:]

    bylines = [paragraph.text for paragraph in (*head, *body) if paragraph.role == "byline"]
    byline = next(filter(None, map(byline_of, bylines)), Byline((), None))
    published = next((day for day in map(published_in, bylines) if day and day <= today), None)
    sections = (section_of(paragraph.text) for paragraph in head if paragraph.role == "section")
    return Draft(
        paragraphs=(*head, *body, *(whole("furniture", line) for line in foot)),
        title=title if headline is None else lines[headline],
        authors=byline.authors,
        section=next(filter(None, sections), ()),
        published=published.isoformat() if published else None,
        published_from="text" if published else None,
        credit=byline.agency or credited(body),
        outlet_name=next(filter(None, map(own_name, foot)), None),
        addresses=_addresses(foot),
    )


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a plain text, each as one line.

    Blank lines part them. A single line break parts them too, unless the text was wrapped to a width: then it is a
    space.
    """
    blocks = re.split(r"\n[ \n]*\n", normal_lines(text))
    chunks = [[line.strip() for line in block.split("\n") if line.strip()] for block in blocks]
    if _is_wrapped(chunks):
        return tuple(" ".join(chunk) for chunk in chunks if chunk)
    return tuple(line for chunk in chunks for line in chunk)


def _is_wrapped(chunks: Sequence[Sequence[str]]) -> bool:
    """Whether lines end where the next word would not have fitted: the mark of a text wrapped to a width."""
    followed = [(line, following) for chunk in chunks for line, following in pairwise(chunk)]
    if len(followed) < 3:
        return False
    width = max(len(line) for chunk in chunks for line in chunk)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return False
    full = sum(len(line) + 1 + len(following.split(" ", 1)[0]) > width - 4 for line, following in followed)
    return full >= 0.9 * len(followed)


# --- where the article begins --------------------------------------------------------------------------------------


def _headline(lines: Sequence[str], *, title: str | None) -> int | None:
    """The index of the headline; None for a text that begins with its article.

    It is looked for in the lines above the first paragraphs, as a menu may stand above it. Of several lines that may be
    it, one with a byline or date below it goes first, and the line just above that one if the two stand together (the
    second is then the deck); else the first, or under a menu the last.
    """
    prose = _first_prose(lines)
    start = max(0, prose - _MOST_ABOVE_BODY)
    if start > 0 and not _is_menu(lines[:start], lines[prose:]):
        return None
    if title is not None:
        for at in range(start, min(prose + 1, len(lines))):
            if _letters(lines[at]) == _letters(title):
                return at
    candidates: list[int] = []
    for at in range(start, prose):
        if not _is_apart(lines[at]):
            if _may_head(lines, at):
                candidates.append(at)
            elif start == 0:
                break
    long = [at for at in candidates if len(lines[at].split()) >= 4]
    if not long:
        return candidates[0] if candidates and start == 0 else None
    signed = [at for at in long if any(_is_signature(line) for line in lines[at + 1 : at + 3])]
    best = signed[0] if signed else long[0] if start == 0 else long[-1]
    return best - 1 if best - 1 in long else best


def _is_menu(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether many lines above the first paragraph are a menu, and not an article in short lines."""
    return sum(map(ends_sentence, above)) <= len(above) * _SENTENCES_IN_A_MENU and sum(map(is_prose, below)) >= 3


def _first_prose(lines: Sequence[str]) -> int:
    """The index of the first paragraph that another one follows; the number of lines where there is none."""
    for at, line in enumerate(lines):
        if is_prose(line) and not _is_apart(line) and not is_dated_scene(line) and _prose_follows(lines[: at + 6], at):
            return at
    return next((at for at, line in enumerate(lines) if is_prose(line) and not _is_apart(line)), len(lines))


def _is_signature(line: str) -> bool:
    return bool(is_date_line(line) or byline_of(line) or _is_shouted_name(line))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _may_head(lines: Sequence[str], at: int) -> bool:
    """Whether a line may be the headline: short, no sentence, with prose below it.

    Where a section line, byline or date line shows a page's head, a headline may end like a sentence.
    """
    line = lines[at]
    if len(line.split()) < 2 or len(line) > LONGEST_HEADLINE or is_prose(line) or not _prose_follows(lines, at):
        return False
    if _GOES_ON.search(line) or _LIST_ITEM.match(line) or _DATELINE.match(line):
        return False
    if any(map(_is_apart, (*lines[:at], *lines[at + 1 : at + 4]))):
        return True
    return not ends_sentence(line) and len(line) <= _LONGEST_BARE_HEADLINE


def _is_apart(line: str) -> bool:
    """A line of a page's head that is not its headline."""
    return bool(
        section_of(line)
        or furniture(line)
        or is_date_line(line)
        or byline_of(line)
        or caption_of(line)
        or _is_shouted_name(line)
    )


def _is_shouted_name(line: str) -> bool:
    """Two or three words in capitals and nothing else: some outlets set the reporter's name so."""
    return line.isupper() and len(line.split()) in (2, 3) and is_personal_name(line)


def _prose_follows(lines: Sequence[str], at: int) -> bool:
    return any(is_prose(line) and not caption_of(line) for line in lines[at + 1 : at + 8])


def _opening(lines: Sequence[str], headline: int | None) -> int:
    """The index of the article's first paragraph."""
    at = 0 if headline is None else headline + 1
    most = at + _MOST_ABOVE_BODY
    while at < min(len(lines) - 1, most) and _is_above_body(lines, at, headed=headline is not None):
        at += 1
    return at


def _is_above_body(lines: Sequence[str], at: int, *, headed: bool) -> bool:
    line = lines[at]
    if _is_apart(line):
        return headed or _prose_follows(lines, at)
    if not headed or not _prose_follows(lines, at):
        return False
    if caption_of(line, above_body=True) or is_dated_scene(line):
        return True
    return not is_prose(line) and len(line) <= _LONGEST_DECK


# --- roles -----------------------------------------------------------------------------------------------------------


def _head(lines: Sequence[str], headline: int | None) -> tuple[Paragraph, ...]:
    paragraphs: list[Paragraph] = []
    sectioned = False
    for at, line in enumerate(lines):
        headed = headline is not None and at > headline
        caption = caption_of(line, above_body=headed)
        if at == headline:
            paragraphs.append(whole("headline", line))
        elif not headed and not sectioned and section_of(line) and not _is_menu_entry(lines, at):
            paragraphs.append(whole("section", line))
            sectioned = True
        elif furniture(line):
            paragraphs.append(whole("furniture", line))
        elif is_date_line(line) or byline_of(line) or _is_shouted_name(line):
            paragraphs.append(whole("byline", line))
        elif caption:
            paragraphs.append(caption)
        elif headed and is_dated_scene(line):
            paragraphs.append(whole("caption", line))
        elif headed:
            named = is_personal_name(line) and len(line.split()) <= 3
            paragraphs.append(whole("byline" if named else "subhead", line))
        else:
            paragraphs.append(whole("furniture", line))  # a site's name or menu above the headline
    return tuple(paragraphs)


def _is_menu_entry(lines: Sequence[str], at: int) -> bool:
    """A single word or two, with the like below it: an entry of a menu, not the section of this page."""
    return len(lines[at].split()) <= 2 and at + 1 < len(lines) and len(lines[at + 1].split()) <= 2


def _body(lines: Sequence[str]) -> tuple[Paragraph, ...]:
    paragraphs: list[Paragraph] = []
    led = False
    listing = False  # inside a list of other stories, up to the next paragraph of this one
    for at, line in enumerate(lines):
        kind = furniture(line)
        listing = kind == "heading" or (listing and not is_statement(line))
        caption = caption_of(line)
        if kind or listing:
            paragraphs.append(whole("furniture", line))
        elif (
            is_sign_off(line)
            or is_labelled_date(line)
            or is_source_line(line)
            or (at < 3 and (is_date_line(line) or byline_of(line)))
        ):
            paragraphs.append(whole("byline", line))
        elif caption and (led or at + 1 < len(lines)):
            paragraphs.append(caption)
        elif led and _is_subhead(lines, at):
            paragraphs.append(whole("subhead", line))
        else:
            paragraphs.append(whole("body" if led else "lead", line))
            led = True
    return tuple(paragraphs)


def _is_subhead(lines: Sequence[str], at: int) -> bool:
    """A short line between paragraphs that is no sentence, no list item and no label."""
    line = lines[at]
    return (
        len(line) <= 80
        and len(line.split()) <= 12
        and line[0].isupper()
        and not ends_sentence(line)
        and not re.search(r"[,;:\-–—]$", line)
        and at + 1 < len(lines)
        and is_prose(lines[at + 1])
        and is_prose(lines[at - 1])
    )


def _deck_above_byline(
    head: tuple[Paragraph, ...], body: tuple[Paragraph, ...]
) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """A paragraph between headline and byline is the deck, and the article begins below the byline."""
    roles: list[Role] = [paragraph.role for paragraph in head]
    follows = [paragraph.role for paragraph in body]
    if "headline" not in roles or "byline" in roles or follows[:2] != ["lead", "byline"] or "body" not in follows:
        return head, body
    first = follows.index("body")
    moved = tuple(whole("lead", one.text) if at == first else one for at, one in enumerate(body))
    return (*head, whole("subhead", body[0].text)), moved[1:]


def _addresses(foot: Sequence[str]) -> tuple[str, ...]:
    """The outlet's own addresses, as the closing furniture announces and lists them."""
    found: dict[str, None] = {}
    announced = False
    for line in foot:
        if announces_addresses(line):
            announced = True
        elif announced and (address := own_address(line)):
            found[address] = None
        elif announced:
            break
    return tuple(found)
