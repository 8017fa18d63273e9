"""Stories: the pages that carry one text, however many outlets printed it, and whom the text is from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.outlets import canonical, is_agency
from onrecord.record import Page
from onrecord.stories.copies import bands, same_story, signature
from onrecord.stories.groups import candidates, grouped


@dataclass(frozen=True, slots=True)
class Report:
    """One page as what counts once sees it.

    ``outlet`` is the same for all addresses of one outlet (``outlets.canonical``); ``credit`` the agency credited.
    """

    page: str
    outlet: str | None
    credit: str | None
    published: str | None
    signature: bytes


@dataclass(frozen=True, slots=True)
class Story:
    """One text and all pages that carry it, the earliest first; pages without a date come last.

    ``id`` is that of the first page. ``origin`` is whom the text is from: the agency that copies credit or that printed
    it itself, else the outlet that had it first; None if no page tells. A story is one independent source, its origin.
    """

    id: str
    pages: tuple[str, ...]
    outlets: tuple[str, ...]
    origin: str | None
    first: str | None
    last: str | None


def report(page: Page) -> Report:
    """What there is to know of a page in order to count it once."""
    return Report(page.id, canonical(page.outlet), page.credit, page.published, signature(page))


def stories(reports: Iterable[Report]) -> tuple[Story, ...]:
    """All stories among the reports, the earliest first. The order of the reports does not matter."""
    ordered = in_time(reports)
    found = [bands(one.signature) for one in ordered]
    links = ((a, b) for a, b in candidates(found) if same_story(ordered[a].signature, ordered[b].signature))
    return tuple(story_of([ordered[n] for n in group]) for group in grouped(len(ordered), links))


def story_of(reports: Sequence[Report]) -> Story:
    """The story that these reports, at least one, make up."""
    ordered = in_time(reports)
    days = [one.published for one in ordered if one.published]
    return Story(
        id=ordered[0].page,
        pages=tuple(one.page for one in ordered),
        outlets=tuple(dict.fromkeys(one.outlet for one in ordered if one.outlet)),
        origin=origin(ordered),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def origin(reports: Sequence[Report]) -> str | None:
    """Whom a text is from that all these reports carry: the agency most of them name, else the first outlet."""
    ordered = in_time(reports)
    agencies = Counter(name for one in ordered if (name := _agency(one)))
    if agencies:
        return agencies.most_common(1)[0][0]
    return next((one.outlet for one in ordered if one.outlet), None)


def sources(pages: Iterable[str], origins: Mapping[str, str | None]) -> tuple[str, ...]:
    """The independent sources among pages: the origins of their stories, each once, in order of the pages.

    ``origins`` has the origin of every page's story. What is copied counts as the one it is copied from, so ten outlets
    with an agency's text, or with ten texts of that agency, are one source. A page that names nobody counts for none.
    """
    return tuple(dict.fromkeys(name for page in pages if (name := origins.get(page))))


def in_time(reports: Iterable[Report]) -> list[Report]:
    """The earliest first, those without a date last, equal ones by id."""
    return sorted(reports, key=lambda one: (one.published is None, one.published or "", one.page))


def _agency(report: Report) -> str | None:
    return report.credit or (report.outlet if report.outlet and is_agency(report.outlet) else None)
