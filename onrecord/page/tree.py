"""A parsed HTML page: its elements in document order, and which of them begins with given words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from onrecord.errors import PageError
from onrecord.page.canonical import one_line

_DEEPEST = 256  # libxml2 stops reading there and would give half a page for a whole one
_KEYED = frozenset(
    ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "div", "span", "section", "article")
)
_HIDDEN = frozenset(("script", "style", "noscript", "template", "svg"))
_PARTING = frozenset(("br", "p", "div", "li", "td", "h1", "h2", "h3", "h4", "figcaption", "cite", "small"))
_KEY_LENGTH = 48  # letters and digits; enough to tell paragraphs apart, few enough to find one that was cut


@dataclass(frozen=True, slots=True)
class Tree:
    """``order``: each element's place in the document. ``places``: elements by the key of their beginning."""

    root: HtmlElement
    order: Mapping[HtmlElement, int]
    places: Mapping[str, HtmlElement]


def parse(html: str, *, source: str) -> HtmlElement:
    """The root element. Raises PageError where the parser gave up: no markup, or nested too deep."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(html.encode("utf-8", errors="replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        raise PageError(f"{source}: no readable text (not HTML that can be parsed)") from None
    if any("xcessive depth" in entry.message for entry in parser.error_log.filter_from_errors()):
        raise PageError(f"{source}: nested too deep (more than {_DEEPEST} tags inside each other)")
    return root


def survey(root: HtmlElement) -> Tree:
    """The tree below ``root``: of nested elements with one beginning the innermost, of repeated ones the first."""
    order = {element: at for at, element in enumerate(root.iter(etree.Element))}
    places: dict[str, HtmlElement] = {}
    for element in order:
        if element.tag in _KEYED and (key := key_of(_beginning(element))):
            previous = places.get(key)
            if previous is None or previous in element.iterancestors():
                places[key] = element
    return Tree(root, order, places)


def key_of(text: str) -> str:
    """The beginning of a text, letters and digits only: the same however spaces and marks were set."""
    return re.sub(r"\W+", "", text[: _KEY_LENGTH * 3]).casefold()[:_KEY_LENGTH]


def text_of(element: HtmlElement) -> str:
    """The text of an element on one line as it is shown: no scripts, and a space where a block or a line ends."""
    return one_line("".join(_shown(element)))


def is_linked(element: HtmlElement) -> bool:
    """Whether nearly all the words of an element are links."""
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    heads_a_link = element.tag in ("h2", "h3", "h4") and element.getparent().tag == "a"
    return heads_a_link or linked >= 0.9 * len(text_of(element))


def about(element: HtmlElement) -> str:
    """What the markup says an element is for: its classes, id, relation and property."""
    return " ".join(
        filter(None, (element.get("class"), element.get("id"), element.get("rel"), element.get("itemprop")))
    )


def above(element: HtmlElement) -> set[str]:
    """The tags of the elements around an element."""
    return {ancestor.tag for ancestor in element.iterancestors()}


def _shown(element: HtmlElement) -> Iterator[str]:
    if element.tag in _HIDDEN:
        return
    yield element.text or ""
    for child in element.iterchildren(etree.Element):
        yield from _shown(child)
        if child.tag in _PARTING:
            yield " "
        yield child.tail or ""


def _beginning(element: HtmlElement) -> str:
    """The first characters of an element's text, not normalised, without reading all of a large one."""
    pieces: list[str] = []
    length = 0
    for text in element.itertext():
        pieces.append(text)
        length += len(text.strip())
        if length >= _KEY_LENGTH * 2 or len(pieces) > 24:
            break
    return "".join(pieces)
