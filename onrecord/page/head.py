"""The head of an article in markup: headline, byline, breadcrumb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from lxml.html import HtmlElement

from onrecord.page.byline import byline_of, published_in
from onrecord.page.day import plausible
from onrecord.page.tree import Tree, about, above, key_of, text_of

_ALIKE = 0.35  # share of words that a heading and a declared title have in common, for one to be the other
_ALIKE_BELOW = 0.6  # the same for an h2, of which a page has many
_MOST_WORDS = 60  # different words in a headline; more is a heading wrapped around an article
_SHORTEST_TITLE = 12  # characters; shorter ones stand in menus too
_DATE_REACH = 12  # the same for a date line, and as many below the beginning of the body
_DATE_CARRIERS = frozenset(("p", "div", "span", "time", "small", "em", "i", "b", "dd", "h3", "h4", "h5", "h6", "font"))
_MOST_PARTS = 8  # elements in a date line
_LONGEST_DATE_LINE = 140  # characters
_REACH = 60  # elements above the headline among which a byline is looked for

_BYLINE = re.compile(r"byline|author|writer|by-line", re.IGNORECASE)
_NOT_BYLINE = re.compile(r"bio|related|more|comment|social|avatar|image|authority|desc|list|follow", re.IGNORECASE)
_CRUMBS = re.compile(r"bread-?_?crumb", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—\-·:]\s+([^|–—·]{2,40})$")


def headline_in(tree: Tree, titles: Sequence[str]) -> HtmlElement | None:
    """The heading that says what the page declares as its title; of several the one with most words in common.

    Where no heading has a word of it, any element that says just that: a heading alone may be the site's name.
    """
    wanted = [words for words in map(_words, titles) if words]
    best: HtmlElement | None = None
    best_score = 0.0
    for tag, least in (("h1", 0.0), ("h2", _ALIKE_BELOW)):
        for element in tree.root.iter(tag):
            words = _words(text_of(element))
            score = max((len(words & want) / len(words | want) for want in wanted), default=0.01 if words else 0.0)
            if score > max(best_score, least) and len(words) <= _MOST_WORDS:
                best, best_score = element, score
        if best_score >= _ALIKE:
            return best
    for said in (said for title in titles for said in (title, _without_site(title))):
        element = tree.places.get(key_of(said))
        if element is not None and len(said) >= _SHORTEST_TITLE and len(text_of(element)) <= len(said) * 1.3:
            return element
    return best


def best_title(titles: Sequence[str], site: str | None) -> str | None:
    """The declared title without the site's name, where no heading shows it."""
    for title in titles:
        match = _SITE.search(title)
        named = match is not None and (site is None or _names(match.group(1), site))
        bare = _without_site(title) if named else title
        if len(bare) >= 8:
            return bare
    return titles[0] if titles else None


def byline_in(tree: Tree, *, headline: int, body: float, authors: Sequence[str]) -> str | None:
    """The first short line around the headline and above the body that names who wrote the article."""
    for element, at in tree.order.items():
        if at >= body:
            break
        if at <= headline - _REACH or element.tag in ("html", "body", "script", "style", "meta", "link", "img", "h1"):
            continue
        said = about(element)
        if not said or not _BYLINE.search(said) or _NOT_BYLINE.search(said):
            continue
        text = text_of(element)
        if 2 <= len(text) <= 120 and (byline_of(text) or any(author and author in text for author in authors)):
            return text
    return None


def day_in(tree: Tree, *, headline: int, body: float, today: date) -> date | None:
    """The day of publication on a date line around the headline or above the body; None if only updates are given."""
    for element, at in tree.order.items():
        if at >= body + _DATE_REACH:
            break
        if at < headline - _DATE_REACH or element.tag not in _DATE_CARRIERS:
            continue
        text = text_of(element) if len(element) <= _MOST_PARTS else ""
        found = published_in(text) if 6 <= len(text) <= _LONGEST_DATE_LINE else None
        if found and plausible(found, today=today) and not {"aside", "nav", "footer", "li", "a"} & above(element):
            return found
    return None


def breadcrumb_in(tree: Tree, *, body: float, title: str | None) -> tuple[str, ...]:
    """The trail above the article: the texts of its links, without home and without the article's own title."""
    for element, at in tree.order.items():
        if at >= body:
            break
        said = about(element)
        if said and _CRUMBS.search(said):
            names = dict.fromkeys(text_of(link).strip("/>»›| ") for link in element.iter("a", "span"))
            crumbs = tuple(
                name for name in names if 1 < len(name) <= 40 and name not in ("Home", "home", "HOME", title)
            )
            if crumbs:
                return crumbs[:5]
    return ()


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _without_site(title: str) -> str:
    return _SITE.sub("", title)


def _names(tail: str, site: str) -> bool:
    one, other = key_of(tail), key_of(site)
    return bool(one) and (one in other or other in one)
