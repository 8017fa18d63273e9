"""The article itself out of a page's markup: which stretches of the tree are its paragraphs.

trafilatura (``fast=True``, no comments) finds them: of six extractors measured on 181 pages it was the best (body F1
.962). Where it returns little, resiliparse is asked. Both say *which* text; roles are given in ``html.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from lxml.etree import _Element
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text

from onrecord.page.canonical import one_line
from onrecord.page.prose import ends_sentence, is_prose
from onrecord.page.tree import Tree, is_linked, key_of, text_of

_LITTLE = 250  # characters of body below which the fallback is asked: trafilatura's own least is as much
_LONGEST_PARAGRAPH = 2_500  # characters
_FRAME = 3  # levels above a part of an article in which its other parts stand
_LONG = 80  # characters; the same words twice are a widget's copy, shorter ones may be an answer or a subhead
# Boxes that sites put into the text of an article: newsletters, hover cards with other stories, lists of the latest.
_BESIDE = re.compile(
    "newsletter|rollover|tooltip|popover|latest-news|most-read|trending-|recirc|taboola|outbrain", re.IGNORECASE
)
_LARGEST_BESIDE = 3_000  # characters; a larger element of such a class is the article's own frame


@dataclass(frozen=True, slots=True)
class Stretch:
    """One paragraph, list item, table row or heading of the article, as one line."""

    kind: Literal["paragraph", "heading", "item", "row"]
    text: str


def stretches(tree: HtmlElement, html: str) -> tuple[Stretch, ...]:
    """The article's stretches in order, none of any length twice."""
    import trafilatura  # a quarter of a second, which only who reads HTML shall pay

    found = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    body = getattr(found, "body", None)
    article = tuple(_once(stretch for element in body for stretch in _of(element))) if body is not None else ()
    if _length(article) >= _LITTLE and not _is_dump(article):
        return article
    plain = extract_plain_text(html, main_content=True, alt_texts=False, list_bullets=False, preserve_formatting=True)
    other = tuple(_once(Stretch("paragraph", line) for line in map(one_line, plain.split("\n")) if line))
    if _is_dump(article):
        return other if _length(other) >= _LITTLE else article
    return other if _length(other) > 2 * _length(article) else article


def with_lost_parts(article: tuple[Stretch, ...], tree: Tree) -> tuple[Stretch, ...]:
    """``article`` with the prose of its parts that trafilatura passed over: same class, same frame, further down.

    Some sites cut an article into parts with advertisements between them, and only the first part is found.
    """
    parts: dict[HtmlElement, int] = {}  # containers of found paragraphs, each with the index of its last one
    for at, stretch in enumerate(article):
        element = tree.places.get(key_of(stretch.text))
        if element is not None and element.tag == "p" and element.getparent() is not None:
            parts[element.getparent()] = at
    part = max(parts, key=lambda container: len(container.findall("p")), default=None)
    if part is None or not part.get("class"):
        return article
    frame = next(islice(part.iterancestors(), _FRAME - 1, None), tree.root)
    lost = [
        Stretch("paragraph", text_of(paragraph))
        for other in frame.iter(part.tag)
        if other not in parts and other.get("class") == part.get("class") and tree.order[other] > tree.order[part]
        for paragraph in other.iterchildren("p")
        if is_prose(text_of(paragraph)) and not is_linked(paragraph)
    ]
    last = parts[part] + 1
    return tuple(_once((*article[:last], *lost, *article[last:]))) if lost else article


def drop_boxes(tree: HtmlElement) -> None:
    """Take the boxes beside the article out of ``tree``, in place."""
    for element in list(tree.iter("div", "section", "span", "aside", "ul", "form")):
        about = f"{element.get('class') or ''} {element.get('id') or ''}"
        is_box = _BESIDE.search(about) is not None and element.getparent() is not None
        if is_box and sum(map(len, element.itertext())) < _LARGEST_BESIDE:
            element.drop_tree()


def _is_dump(article: tuple[Stretch, ...]) -> bool:
    """Whether this is trafilatura's last resort, all the text of the page in one piece."""
    return len(article) == 1 and len(article[0].text) > _LONGEST_PARAGRAPH


def _once(found: Iterable[Stretch]) -> Iterator[Stretch]:
    seen: set[str] = set()
    for stretch in found:
        if len(stretch.text) < _LONG or stretch.text not in seen:
            seen.add(stretch.text)
            yield stretch


def _length(several: tuple[Stretch, ...]) -> int:
    return sum(len(stretch.text) for stretch in several)


def _of(element: _Element) -> Iterator[Stretch]:
    tag = element.tag
    if tag == "head":
        yield from _lines("heading", element)
    elif tag == "list":
        for item in element.iter("item"):
            yield from _lines("item", item)
    elif tag == "table":
        for row in element.iter("row"):
            cells = [one_line("".join(cell.itertext())) for cell in row.iter("cell")]
            if any(cells):
                yield Stretch("row", "\t".join(cell for cell in cells if cell))
    elif tag == "quote" and len(element) and any(child.tag in ("p", "list", "head") for child in element):
        if element.text and element.text.strip():
            yield Stretch("paragraph", one_line(element.text))
        for child in element:
            yield from _of(child)
            if child.tail and child.tail.strip():
                yield Stretch("paragraph", one_line(child.tail))
    else:
        yield from _lines("paragraph", element)


def _lines(kind: Literal["paragraph", "heading", "item"], element: _Element) -> Iterator[Stretch]:
    """The text of an element; where ``<br>`` stands after the end of a sentence, a new paragraph begins."""
    pieces = [""]
    for text in _texts(element):
        if text is None:
            pieces.append("")
        else:
            pieces[-1] += text
    line = ""
    for text in map(one_line, pieces):
        if line and (not text or ends_sentence(line)):
            yield Stretch(kind, line)
            line = text
        else:
            line = f"{line} {text}".strip()
    if line:
        yield Stretch(kind, line)


def _texts(element: _Element) -> Iterator[str | None]:
    """The strings of an element in order, None for each ``<br>``. As deep as the tree, which has at most 256 levels."""
    if element.tag == "lb":
        yield None
    if element.text:
        yield element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail
