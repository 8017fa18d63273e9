"""A document: one page as it was stored, before anything of it is parsed; cheap to make, to pass on and to skip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.page import read_page
from onrecord.record import Page

Kind = Literal["html", "text"]


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes or characters of one page, and what is known of it from where it was stored.

    ``published``, ``url`` and ``title`` fill what the page lacks; ``fetched`` is when it was taken from its site.
    """

    source: str
    data: bytes | str
    kind: Kind | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    fetched: str | None = None

    def page(self) -> Page:
        """The page. Raises PageError, one line that names the source and the cause."""
        return read_page(
            self.data,
            source=self.source,
            url=self.url,
            title=self.title,
            published=self.published,
            kind=self.kind,
            fetched=self.fetched,
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no page, and why, in one line that begins with the source."""

    source: str
    error: str
