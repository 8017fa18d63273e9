"""Files, folders, JSON Lines, WARC, Parquet, URLs and standard input -> pages, one at a time and in order.

    document.py   Document: a page as it was stored, unparsed; Failure: what gave none, and why
    files.py      which files a path, a folder or a pattern stands for; the documents of one file
    lines.py      JSON Lines        warc.py   WARC and WET        table.py   Parquet

A source is a path, a pattern with wildcards, a URL or ``-``. A folder stands for the pages in it and below it, in the
order of their names. Where a file holds many pages, each has a source of its own: ``path:line``, ``path:offset``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import BinaryIO

from onrecord import storage
from onrecord.errors import OnrecordError, SourceError
from onrecord.fetch import fetch
from onrecord.page.guard import MAX_BYTES
from onrecord.record import Page
from onrecord.sources.document import Document, Failure, Kind
from onrecord.sources.files import CONTAINERS, documents, documents_in, files, suffix

__all__ = [
    "CONTAINERS",
    "Document",
    "Failure",
    "documents",
    "documents_in",
    "files",
    "page_or_failure",
    "pages",
    "suffix",
]


def pages(
    sources: Iterable[str],
    *,
    stdin: BinaryIO,
    published: str | None = None,
    url: str | None = None,
    title: str | None = None,
    allow_private: bool = False,
) -> Iterator[Page | Failure]:
    """Each page of each source, in order. ``published``, ``url`` and ``title`` are given to every page that lacks them.

    Nothing is read before it is asked for, and no source's failure ends the run.
    """
    if isinstance(sources, str):  # its characters would be sources: "/" is a whole file system, "-" waits for input
        raise TypeError("sources is a list of sources, not one of them")
    for source in sources:
        for item in _documents(source, stdin=stdin, url=url, title=title, allow_private=allow_private):
            if isinstance(item, Document):
                item = replace(item, published=item.published or published)
            yield page_or_failure(item)


def page_or_failure(item: Document | Failure) -> Page | Failure:
    """The page of a document, or why it has none."""
    if isinstance(item, Failure):
        return item
    try:
        return item.page()
    except OnrecordError as error:
        return Failure(item.source, str(error))


def _documents(
    source: str, *, stdin: BinaryIO, url: str | None, title: str | None, allow_private: bool
) -> Iterator[Document | Failure]:
    try:
        if source == "-":
            yield Document("-", stdin.read(MAX_BYTES + 1), url=url, title=title)
        elif source.lower().startswith(("http://", "https://")):
            yield replace(_fetched(source, allow_private=allow_private), title=title)
        elif storage.is_remote(source) and not source.lower().startswith(("s3://", "gs://")):
            raise SourceError(f"{source}: only http and https are fetched, and only s3 and gs read")
        else:
            for path in files(source):
                alone = suffix(path) not in CONTAINERS  # what is given is for one page, not for each of many
                for item in documents(path):
                    yield replace(item, url=url, title=title) if alone and isinstance(item, Document) else item
    except SourceError as error:
        yield Failure(source, str(error))


def _fetched(source: str, *, allow_private: bool) -> Document:
    got = fetch(source, allow_private=allow_private)
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    kind: Kind | None = "text" if (got.content_type or "").startswith("text/plain") else None
    return Document(source, got.data, kind, got.url, fetched=now)
