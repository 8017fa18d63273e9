"""Files, folders, JSON Lines, URLs and standard input -> pages, one at a time and in order; what fails is named.

A source is a path, a URL or ``-``. A folder stands for the pages in it and below it, in the order of their names; a
``.jsonl`` file for the articles on its lines, each with ``path:line`` as its source.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal

from onrecord.errors import OnrecordError
from onrecord.fetch import fetch
from onrecord.page import article_page, read_page
from onrecord.page.guard import MAX_BYTES
from onrecord.record import Page

_KINDS: dict[str, Literal["html", "text"] | None] = {".html": "html", ".htm": "html", ".xhtml": "html", ".txt": None}
_LINES = frozenset((".jsonl", ".ndjson"))
_LONGEST_LINE = MAX_BYTES  # bytes of one article as JSON


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no page, and why, in one line."""

    source: str
    error: str


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
    for source in sources:
        if source.lower().startswith(("http://", "https://")):
            yield _fetched(source, published=published, title=title, allow_private=allow_private)
        elif source == "-":
            yield _read(stdin.read(MAX_BYTES + 1), "-", published=published, url=url, title=title)
        elif "://" in source:
            yield Failure(source, f"{source}: only http and https are fetched")
        else:
            yield from _path(Path(source), published=published, url=url, title=title)


def _fetched(source: str, *, published: str | None, title: str | None, allow_private: bool) -> Page | Failure:
    try:
        got = fetch(source, allow_private=allow_private)
        kind: Literal["html", "text"] | None = "text" if (got.content_type or "").startswith("text/plain") else None
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return read_page(got.data, source=source, url=got.url, title=title, published=published, kind=kind, fetched=now)
    except OnrecordError as error:
        return Failure(source, str(error))


def _path(path: Path, *, published: str | None, url: str | None, title: str | None) -> Iterator[Page | Failure]:
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if _suffix(file) in (*_KINDS, *_LINES) and file.is_file())
        if not files:
            yield Failure(str(path), f"{path}: no pages in this folder (.html, .htm, .txt, .jsonl, each also as .gz)")
        for file in files:
            yield from _path(file, published=published, url=url, title=title)
    elif _suffix(path) in _LINES:
        yield from _articles(path, published=published)
    else:
        try:
            with path.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
        except OSError as error:
            yield Failure(str(path), f"{path}: {_why(error)}")
        else:
            yield _read(data, str(path), published=published, url=url, title=title, kind=_KINDS.get(_suffix(path)))


def _suffix(path: Path) -> str:
    """The suffix that tells the kind, without ``.gz``, in lower case."""
    suffixes = path.suffixes
    return (suffixes[-2] if len(suffixes) > 1 and suffixes[-1].lower() == ".gz" else path.suffix).lower()


def _read(
    data: bytes,
    source: str,
    *,
    published: str | None,
    url: str | None,
    title: str | None,
    kind: Literal["html", "text"] | None = None,
) -> Page | Failure:
    try:
        return read_page(data, source=source, url=url, title=title, published=published, kind=kind)
    except OnrecordError as error:
        return Failure(source, str(error))


def _articles(path: Path, *, published: str | None) -> Iterator[Page | Failure]:
    """The articles of a JSON Lines file; a line that is none is a failure of that line alone."""
    number = 0
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            while line := file.readline(_LONGEST_LINE + 1):
                number += 1
                source = f"{path}:{number}"
                if len(line) > _LONGEST_LINE:
                    yield Failure(source, f"{source}: longer than {_LONGEST_LINE:,} bytes; what follows is not read")
                    return
                if line.strip():
                    yield _article(line, source, published=published)
    except (OSError, EOFError, zlib.error) as error:
        yield Failure(str(path), f"{path}: {_why(error)}" + (f" after line {number}" if number else ""))
    else:
        if number == 0:
            yield Failure(str(path), f"{path}: empty")


def _article(line: bytes, source: str, *, published: str | None) -> Page | Failure:
    try:
        article = json.loads(line)
    except (ValueError, RecursionError):
        return Failure(source, f"{source}: not JSON")
    if not isinstance(article, dict):
        return Failure(source, f"{source}: not a JSON object")
    if published is not None:
        article.setdefault("published", published)
    try:
        return article_page(article, source=source)
    except OnrecordError as error:
        return Failure(source, str(error))


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, gzip.BadGzipFile | zlib.error | EOFError):
        return "damaged gzip data"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
