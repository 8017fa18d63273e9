"""An HTML page -> Draft: the article's paragraphs, and around them headline, byline, section, captions and credits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from onrecord.errors import PageError
from onrecord.outlets import agency
from onrecord.page.body import Stretch, drop_boxes, stretches, with_lost_parts
from onrecord.page.byline import byline_of, is_date_line, is_labelled_date, is_sign_off
from onrecord.page.caption import caption_of
from onrecord.page.draft import Draft, Paragraph, whole
from onrecord.page.figures import captions_in
from onrecord.page.furniture import before_furniture, furniture
from onrecord.page.head import best_title, breadcrumb_in, byline_in, day_in, headline_in
from onrecord.page.metadata import declared
from onrecord.page.prose import ends_sentence
from onrecord.page.tree import Tree, is_linked, key_of, parse, survey, text_of
from onrecord.page.wire import credited, is_source_line
from onrecord.record import PublishedFrom, Role

_LEAST_TEXT = 25  # characters of article; less is a page made by scripts, a stub, or a consent form
_PATIENCE = 8  # the article has been found already, so what looks like its end seldom is one while prose follows
_ABOVE_HEADLINE = 200  # elements; some sites set the leading photo there
_NEAR_HEAD = 4  # stretches of the article among which headline, byline and date are looked for again


def read_html(html: str, *, source: str, url: str | None, today: date) -> Draft:
    """The draft of an HTML page. Raises PageError where there is no article in it that can be read."""
    root = parse(html, source=source)
    said = declared(root, url=url, today=today)
    drop_boxes(root)
    article = stretches(root, html)
    if sum(len(stretch.text) for stretch in article) < _LEAST_TEXT:
        raise PageError(f"{source}: no readable text (a page built by scripts, or no article)")

    tree = survey(root)
    article = with_lost_parts(article, tree)
    heading = headline_in(tree, said.titles)
    headline = -1 if heading is None else tree.order[heading]
    title = None if heading is None else text_of(heading)
    positions = _positions(article, tree, after=headline)
    beginning = _beginning(article, positions, title)
    byline = byline_in(tree, headline=headline, body=beginning, authors=said.authors)
    crumbs = breadcrumb_in(tree, body=beginning, title=title)
    captions = captions_in(tree, first=headline - _ABOVE_HEADLINE, last=positions[-1])
    body = _roles(article, tree, title=title, byline=byline, captions=captions, authors=said.authors)

    published: tuple[str | None, PublishedFrom | None] = (said.published, said.published_from)
    if said.published is None and (found := day_in(tree, headline=headline, body=beginning, today=today)):
        published = (found.isoformat(), "text")

    head: tuple[tuple[Role, str | None], ...] = (
        ("section", " / ".join(crumbs)),
        ("headline", title),
        ("byline", byline),
    )
    placed = [(at, paragraph) for at, paragraph in zip(positions, body, strict=True) if paragraph]
    below = sorted((*captions.values(), *placed), key=lambda one: one[0])
    written = byline_of(byline) if byline else None
    return Draft(
        paragraphs=(*(whole(role, text) for role, text in head if text), *(paragraph for _, paragraph in below)),
        title=title or best_title(said.titles, said.site),
        authors=tuple(name for name in said.authors if agency(name) is None) or (written.authors if written else ()),
        section=said.section or crumbs,
        published=published[0],
        published_from=published[1],
        language=said.language,
        credit=next(filter(None, map(agency, said.authors)), None)
        or (written and written.agency)
        or credited(filter(None, body)),
        url=said.url,
        outlet_name=said.site,
    )


def _positions(article: Sequence[Stretch], tree: Tree, *, after: int) -> list[float]:
    """The place of each stretch: its own where the tree knows its beginning, else just behind the one before it."""
    positions: list[float] = []
    last = float(after)
    for stretch in article:
        element = tree.places.get(key_of(stretch.text))
        found = -1 if element is None else tree.order[element]
        last = float(found) if found > last else last + 0.001
        positions.append(last)
    return positions


def _beginning(article: Sequence[Stretch], positions: Sequence[float], title: str | None) -> float:
    """The place of the first stretch that is not the headline itself."""
    below = (
        at for at, one in zip(positions, article, strict=True) if title is None or key_of(one.text) != key_of(title)
    )
    return next(below, positions[-1])


def _roles(
    article: Sequence[Stretch],
    tree: Tree,
    *,
    title: str | None,
    byline: str | None,
    captions: Mapping[str, tuple[int, Paragraph]],
    authors: Sequence[str],
) -> list[Paragraph | None]:
    """The article's stretches with their roles; None for one that stands elsewhere already (headline, caption)."""
    ending = before_furniture([stretch.text for stretch in article], patience=_PATIENCE)
    shown = {key_of(text) for text in (title, byline) if text}
    paragraphs: list[Paragraph | None] = []
    led = False
    for at, stretch in enumerate(article):
        text = stretch.text
        key = key_of(text)
        if not key or (at < _NEAR_HEAD and key in shown) or (key in captions and _same(text, captions[key][1].text)):
            paragraphs.append(None)
        elif at >= ending or furniture(text) or _points_elsewhere(tree, key, text):
            paragraphs.append(whole("furniture", text))
        elif _is_byline(text, authors, near_head=at < _NEAR_HEAD):
            paragraphs.append(whole("byline", text))
        elif stretch.kind == "heading":
            paragraphs.append(whole("subhead", text))
        elif caption := caption_of(text, above_body=not led and at + 1 < len(article)):
            paragraphs.append(caption)
        else:
            paragraphs.append(whole("body" if led else "lead", text))
            led = True
    return paragraphs


def _points_elsewhere(tree: Tree, key: str, text: str) -> bool:
    """A line that is all link and no sentence: a pointer to another story."""
    element = tree.places.get(key)
    return element is not None and not ends_sentence(text) and is_linked(element)


def _same(one: str, other: str) -> bool:
    """Two texts with the same beginning are the same if neither is much longer."""
    return min(len(one), len(other)) >= 0.7 * max(len(one), len(other))


def _is_byline(text: str, authors: Sequence[str], *, near_head: bool) -> bool:
    if is_sign_off(text) or is_labelled_date(text) or is_source_line(text):
        return True
    return near_head and (is_date_line(text) or (len(text) < 100 and byline_of(text) is not None) or text in authors)
