"""Captions and credits in markup: ``<figcaption>`` and what sites use in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from lxml.html import HtmlElement

from onrecord.page.caption import LONGEST_CAPTION, caption_of
from onrecord.page.draft import Paragraph
from onrecord.page.furniture import furniture
from onrecord.page.tree import Tree, above, key_of, text_of
from onrecord.record import Role

_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp-caption-text|captions?|cutline|figcaption)(?:$|[\s_-])|caption-?text|[a-z]Caption"
)
_CAPTION_LABEL = re.compile(r"(?:image|media|photo|video) caption:?\s*(?=\S)", re.IGNORECASE)  # for screen readers
_CREDIT = re.compile(r"credit|copyright|photographer|attribution|byline", re.IGNORECASE)
_CREDIT_LABEL = re.compile(
    r"(?:\W*(?:photo(?:graph)?|image|picture|credit|copyright)s?(?:\s+(?:by|credit))?\s*[:|]?\s+)?\W*", re.IGNORECASE
)
_CARRIERS = frozenset(("p", "div", "span", "dd", "small"))
_ELSEWHERE = frozenset(("nav", "aside", "footer"))
_LONGEST_CREDIT = 120  # characters


def captions_in(tree: Tree, *, first: int, last: float) -> Mapping[str, tuple[int, Paragraph]]:
    """Captions between two places of the document, by the key of their beginning, each with its place."""
    found: dict[str, tuple[int, Paragraph]] = {}
    for element, at in tree.order.items():
        if not first <= at <= last or not _is_caption(element):
            continue
        text = text_of(element)
        key = key_of(text)
        if 3 <= len(text) <= LONGEST_CAPTION and key and key not in found and not furniture(text):
            found[key] = (at, _captioned(element, text))
    return found


def _is_caption(element: HtmlElement) -> bool:
    named = element.tag in _CARRIERS and _CAPTION.search(element.get("class") or "") is not None
    if not named and element.tag != "figcaption":
        return False
    around = above(element)
    return not around & _ELSEWHERE and (element.tag == "figcaption" or "figcaption" not in around)


def _captioned(element: HtmlElement, text: str) -> Paragraph:
    """Caption and credit: the credit as its words mark it, else as a class of the markup does."""
    if marked := caption_of(text, above_body=True):
        return marked
    for inner in element.iterdescendants(etree.Element):
        if inner.tag != "cite" and not _CREDIT.search(inner.get("class") or ""):
            continue
        credit = text_of(inner)
        if 2 <= len(credit) <= _LONGEST_CREDIT and text.endswith(credit):
            start = len(text) - len(credit)
            label = _CREDIT_LABEL.match(credit)
            inside = start + label.end() if label and label.end() < len(credit) else start
            end = len(text[:start].rstrip(" |–—-/©("))
            parts: list[tuple[Role, int, int]] = [("caption", 0, end)] if end else []
            return Paragraph(text, (*parts, ("credit", inside, len(text))))
    label = _CAPTION_LABEL.match(text)
    return Paragraph(text, (("caption", label.end() if label else 0, len(text)),))
