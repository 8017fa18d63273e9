"""What an HTML page declares about itself, each date with where it stood: JSON-LD, meta, ``<time>``, the URL."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml.html import HtmlElement

from onrecord.page import day
from onrecord.page.canonical import one_line
from onrecord.record import PublishedFrom

_ARTICLE = re.compile(r"(?:\w*Article|Report|BlogPosting|LiveBlogPosting|\w*Review|ClaimReview|OpinionNewsArticle)")
_MOST_NODES = 2_000  # JSON-LD objects looked at; a page has a dozen

# In the order of trust: what says *published* before what says only *date*.
_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "rnews:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "publication_date",
    "publish-date",
    "publish_date",
    "publishdate",
    "publisheddate",
    "pubdate",
    "pub_date",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "article:publicationdate",
    "article.created",
    "displaydate",
    "ptime",
    "dc.date",
    "dc.date.created",
    "date",
    "og:pubdate",
)
_DATE_NAME = re.compile(
    r"(?:pub|post|issue|release|article|creat)\w*[-_.:]?(?:date|time)|date[-_.:]?pub", re.IGNORECASE
)
_AUTHOR_NAMES = ("author", "parsely-author", "sailthru.author", "article:author", "dc.creator", "byl", "authors")
_TITLE_NAMES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "title")
_SITE_NAMES = ("og:site_name", "application-name", "twitter:site:name", "cxenseparse:orgname", "al:android:app_name")
_SECTION_NAMES = ("article:section", "parsely-section", "section", "og:article:section", "cxenseparse:section")
_NOT_PUBLISHED = re.compile(r"updat|modif|edit|expir|relative|comment", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"publi|entry-date|post-?date|posted|pubdate|dateline|article-?date|timestamp|byline", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Declared:
    """The declarations of a page. ``titles`` are all it gives, most trusted first; the rest is one answer each."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    published: str | None = None
    published_from: PublishedFrom | None = None
    site: str | None = None
    language: str | None = None
    url: str | None = None


def declared(tree: HtmlElement, *, url: str | None, today: date) -> Declared:
    """All that ``tree`` declares. ``url`` is where the page was found, if known."""
    meta = _meta(tree)
    address = _address(tree, meta)
    nodes = tuple(_nodes(tree))
    titles = [
        one_line(title)
        for title in (*(tree.xpath("//head//title/text()")[:1]), *(meta.get(n, "") for n in _TITLE_NAMES))
    ]
    article = _article(nodes, titles=titles, url=url or address)
    published, origin = _published(tree, article, nodes, meta, url or address, today=today)
    named = [
        one_line(title)
        for title in (_text(article.get("headline")), *(meta.get(name, "") for name in _TITLE_NAMES), *titles[:1])
    ]
    return Declared(
        titles=tuple(dict.fromkeys(title for title in named if title)),
        authors=_authors(article, meta),
        section=_crumbs(nodes) or _sections(article, meta),
        published=published,
        published_from=origin,
        site=_site(article, nodes, meta),
        language=_language(tree, article, meta),
        url=address,
    )


def _meta(tree: HtmlElement) -> Mapping[str, str]:
    """The first value of each named ``<meta>``, names in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if content and content.strip():
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if name := element.get(attribute):
                    found.setdefault(name.strip().lower(), content.strip())
    return found


def _nodes(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The objects of all JSON-LD blocks: top level, inside lists and ``@graph``. Broken blocks are passed over."""
    seen = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip()
        text = re.sub(r"^\s*(?://)?<!\[CDATA\[|(?://)?\]\]>\s*$", "", text).strip().rstrip(";")
        try:
            waiting = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and seen < _MOST_NODES:
            node = waiting.pop(0)
            seen += 1
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                yield node
                waiting.extend(
                    node[key]
                    for key in ("@graph", "mainEntity", "itemReviewed")
                    if isinstance(node.get(key), (list, dict))
                )


def _types(node: Mapping[str, Any]) -> tuple[str, ...]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return tuple(str(one).rsplit("/", 1)[-1] for one in kinds if one)


def _article(nodes: tuple[Mapping[str, Any], ...], *, titles: list[str], url: str | None) -> Mapping[str, Any]:
    """The object that describes this page's article, where there are several: the one with its title or address."""
    articles = [node for node in nodes if any(_ARTICLE.fullmatch(kind) for kind in _types(node))]
    if not articles:
        return next(filter(_is_web_page, nodes), {})
    keys = {_letters(title) for title in titles if title}
    for node in articles:
        headline = _letters(_text(node.get("headline")) or _text(node.get("name")))
        if headline and any(headline in key or key in headline for key in keys):
            return node
    if url:
        for node in articles:
            if any(_text(node.get(key)).rstrip("/") == url.rstrip("/") for key in ("url", "@id", "mainEntityOfPage")):
                return node
    return articles[0]


def _is_web_page(node: Mapping[str, Any]) -> bool:
    return any(kind.endswith("WebPage") for kind in _types(node))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _text(value: Any) -> str:
    """The string in a JSON-LD value: itself, the first of a list, or the name or address of an object."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("@value") or ""
    return _unescaped(value) if isinstance(value, str) else ""


def _unescaped(text: str) -> str:
    """Some sites write HTML entities into JSON-LD."""
    return one_line(html.unescape(text)) if "&" in text else text.strip()


def _published(
    tree: HtmlElement,
    article: Mapping[str, Any],
    nodes: tuple[Mapping[str, Any], ...],
    meta: Mapping[str, str],
    url: str | None,
    *,
    today: date,
) -> tuple[str | None, PublishedFrom | None]:
    for node in (article, *filter(_is_web_page, nodes)):
        for key in ("datePublished", "dateCreated", "uploadDate"):
            if found := day.declared(_text(node.get(key)), today=today):
                return found, "json-ld"
    for name in _DATE_NAMES:
        if name in meta and (found := day.declared(meta[name], today=today)):
            return found, "meta"
    for name, value in meta.items():
        if _DATE_NAME.search(name) and not _NOT_PUBLISHED.search(name) and (found := day.declared(value, today=today)):
            return found, "meta"
    if found := _time(tree, today=today):
        return found, "time"
    if url and (found := day.in_url(url, today=today)):
        return found, "url"
    return None, None


def _time(tree: HtmlElement, *, today: date) -> str | None:
    """The day of a marked-up publication time: ``itemprop=datePublished`` on anything, then ``<time>``."""
    for element in tree.xpath("//*[@itemprop='datePublished' or @itemprop='dateCreated']")[:3]:
        value = element.get("datetime") or element.get("content") or one_line(element.text_content())[:80]
        if found := day.declared(value, today=today):
            return found
    plain: str | None = None
    for element in list(tree.iter("time"))[:12]:
        about = " ".join(filter(None, (element.get("class"), element.get("itemprop"), _class(element.getparent()))))
        if _NOT_PUBLISHED.search(about):
            continue
        found = day.declared(element.get("datetime") or one_line(element.text_content())[:80], today=today)
        if found and (element.get("pubdate") is not None or _PUBLISHED.search(about)):
            return found
        if found and plain is None and _stands_in_article(element):
            plain = found
    return plain


def _class(element: HtmlElement | None) -> str:
    return "" if element is None else str(element.get("class") or "")


def _stands_in_article(element: HtmlElement) -> bool:
    """In the article's own head, not in a list of other stories."""
    above = [ancestor.tag for ancestor in element.iterancestors()]
    return (
        not {"aside", "nav", "footer", "li", "a"} & set(above)
        and above.count("article") <= 1
        and ("article" in above or "main" in above or "header" in above)
    )


def _authors(article: Mapping[str, Any], meta: Mapping[str, str]) -> tuple[str, ...]:
    value = article.get("author") or article.get("creator")
    several = value if isinstance(value, list) else [value]
    names = [one_line(_text(one)) for one in several if one]
    if not any(names):
        names = [one_line(meta[name]) for name in _AUTHOR_NAMES if name in meta][:1]
    split = [
        part
        for name in names
        for part in re.split(r"\s*(?:;|,\s+(?=[A-Z]\w+ [A-Z])|\band\b)\s*", re.sub(r"^by\s+", "", name, flags=re.I))
    ]
    return tuple(
        dict.fromkeys(name for name in split if 1 < len(name) <= 80 and not name.startswith("http") and "@" not in name)
    )


def _crumbs(nodes: tuple[Mapping[str, Any], ...]) -> tuple[str, ...]:
    for node in nodes:
        if "BreadcrumbList" in _types(node) and isinstance(node.get("itemListElement"), list):
            names = []
            for entry in node["itemListElement"]:
                if isinstance(entry, dict):
                    names.append(one_line(_text(entry.get("name")) or _text(entry.get("item"))))
            return tuple(name for name in names if name and not name.startswith("http") and name.casefold() != "home")
    return ()


def _sections(article: Mapping[str, Any], meta: Mapping[str, str]) -> tuple[str, ...]:
    value = article.get("articleSection")
    several = value if isinstance(value, list) else [value]
    names = [one_line(_text(one)) for one in several if one]
    names = names or [one_line(meta[name]) for name in _SECTION_NAMES if name in meta][:1]
    return tuple(dict.fromkeys(name for name in names if name and len(name) <= 60))


def _site(article: Mapping[str, Any], nodes: tuple[Mapping[str, Any], ...], meta: Mapping[str, str]) -> str | None:
    named = next((meta[name] for name in _SITE_NAMES if name in meta), "")
    site = next((_text(node.get("name")) for node in nodes if "WebSite" in _types(node)), "")
    name = one_line(named or _text(article.get("publisher")) or site)
    return name if name and len(name) <= 80 and not name.startswith("http") else None


def _language(tree: HtmlElement, article: Mapping[str, Any], meta: Mapping[str, str]) -> str | None:
    """ISO 639-1 (or -3) of the page, from ``<html lang>`` and its like; None where what is declared is no such code."""
    code = (
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or _text(article.get("inLanguage"))
    )
    code = code or meta.get("og:locale") or meta.get("content-language") or meta.get("language") or ""
    primary = re.split(r"[-_,;\s]", code.strip(), maxsplit=1)[0].lower()
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) and primary != "und" else None


def _address(tree: HtmlElement, meta: Mapping[str, str]) -> str | None:
    """The page's address as it gives it: canonical link, then OpenGraph."""
    for link in (*tree.xpath("//link[@rel='canonical']/@href")[:1], meta.get("og:url", "")):
        if re.match(r"https?://[^/\s]+/\S", str(link).strip()):
            return str(link).strip()
    return None
