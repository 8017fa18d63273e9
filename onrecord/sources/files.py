"""Which files a source stands for, and the documents in a file, by what its name says it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from onrecord import storage
from onrecord.errors import SourceError
from onrecord.page.guard import MAX_BYTES
from onrecord.sources.document import Document, Failure, Kind
from onrecord.sources.lines import articles
from onrecord.sources.table import rows
from onrecord.sources.warc import responses

SINGLE: dict[str, Kind | None] = {".html": "html", ".htm": "html", ".xhtml": "html", ".txt": None}
CONTAINERS: dict[str, Callable[[str, BinaryIO], Iterator[Document | Failure]]] = {
    ".jsonl": articles,
    ".ndjson": articles,
    ".warc": responses,
    ".wet": responses,
    ".parquet": rows,
}


def suffix(path: str) -> str:
    """The suffix that tells the kind, without ``.gz``, in lower case."""
    suffixes = [one.lower() for one in PurePosixPath(path).suffixes]
    return (suffixes[-2] if len(suffixes) > 1 and suffixes[-1] == ".gz" else suffixes[-1]) if suffixes else ""


def files(source: str) -> list[str]:
    """The files of a path, a folder (those below it, by the order of their names) or a pattern with wildcards.

    Raises SourceError where a folder or pattern holds none. A path that is neither is given back as it is.
    """
    found = storage.matching(source) if storage.is_pattern(source) else storage.below(source)
    if found is None:
        return [source]
    if not storage.is_pattern(source):
        found = [path for path in found if suffix(path) in SINGLE or suffix(path) in CONTAINERS]
    if not found and storage.is_pattern(source):
        raise SourceError(f"{source}: matches no file")
    if not found:
        kinds = ", ".join([*SINGLE, *CONTAINERS])
        raise SourceError(f"{source}: no pages in this folder ({kinds}, each also as .gz)")
    return found


def documents(path: str) -> Iterator[Document | Failure]:
    """The documents in one file, in order; each failure in its place, also where the file cannot be read."""
    try:
        yield from documents_in(path)
    except OSError as error:
        yield Failure(path, f"{path}: {_why(error)}")
    except SourceError as error:
        yield Failure(path, str(error))


def documents_in(path: str) -> Iterator[Document | Failure]:
    """``documents``, raising OSError or SourceError where the file cannot be read."""
    with storage.opened(path) as file:
        if (container := CONTAINERS.get(suffix(path))) is not None:
            yield from container(path, file)
        else:
            yield Document(path, file.read(MAX_BYTES + 1), SINGLE.get(suffix(path)))


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return error.strerror.lower() if error.strerror else str(error) or type(error).__name__
