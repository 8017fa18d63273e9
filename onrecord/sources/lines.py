"""Articles as JSON: one a line (``text``, and where known ``url``, ``title``, ``published``)."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from onrecord.page.guard import MAX_BYTES
from onrecord.sources.document import Document, Failure

LONGEST = MAX_BYTES  # bytes of one article as JSON
DAMAGED = (gzip.BadGzipFile, zlib.error, EOFError)


def articles(path: str, file: BinaryIO) -> Iterator[Document | Failure]:
    """The articles of a JSON Lines file, each with ``path:line`` as its source; a bad line fails alone."""
    number = 0
    try:
        lines = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if path.lower().endswith(".gz") else file
        while line := lines.readline(LONGEST + 1):
            number += 1
            source = f"{path}:{number}"
            if len(line) > LONGEST:
                yield Failure(source, f"{source}: longer than {LONGEST:,} bytes")
                while (rest := lines.readline(LONGEST)) and not rest.endswith(b"\n"):
                    pass
            elif line.strip():
                yield _article(line, source)
    except DAMAGED:
        yield Failure(path, f"{path}: damaged gzip data" + (f" after line {number}" if number else ""))
    else:
        if number == 0:
            yield Failure(path, f"{path}: empty")


def _article(line: bytes, source: str) -> Document | Failure:
    try:
        article = json.loads(line)
    except (ValueError, RecursionError):
        return Failure(source, f"{source}: not JSON")
    if not isinstance(article, dict):
        return Failure(source, f"{source}: not a JSON object")
    return article_document(article, source)


def article_document(article: Mapping[str, object], source: str) -> Document | Failure:
    """An article's fields as a document."""
    text = article.get("text")
    if not isinstance(text, str):
        return Failure(source, f'{source}: no "text" in this article')
    url, title, published = (_string(article, name) for name in ("url", "title", "published"))
    return Document(source, text, "text", url, title, published)


def _string(article: Mapping[str, object], key: str) -> str | None:
    value = article.get(key)
    return value if isinstance(value, str) and value.strip() else None
