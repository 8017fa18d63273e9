"""The errors a caller may want to catch.

    OnrecordError
    ├── SourceError     a source that cannot be opened: missing file, folder where a page was meant
    │   └── FetchError  a URL that cannot or must not be fetched
    ├── PageError       bytes that are no readable page: empty, binary, too large, too deep, no text
    ├── KnownError      a list of known people that cannot be used
    ├── ReaderError     weights missing, damaged, or of another version
    ├── FeedError       bytes that are no feed
    ├── AlertError      a match that could not be delivered
    ├── BatchError      a batch whose inputs or output folder cannot be used
    └── ArchiveError    an archive that cannot be opened or written

Every message is one line for a person: it names the thing, the cause, and where it helps what to do next.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Whatever onrecord raises on purpose."""


class SourceError(OnrecordError):
    """A source cannot be opened."""


class FetchError(SourceError):
    """A URL cannot be fetched, or must not be: scheme, address, size, time, redirects.

    ``status`` is what the server answered, None if it did not; ``wait`` the seconds it asks to be left alone for.
    """

    def __init__(self, message: str, *, status: int | None = None, wait: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.wait = wait


class PageError(OnrecordError):
    """The bytes are not a page that can be read."""


class KnownError(OnrecordError):
    """A list of known people cannot be used: no such file, or a line that says nothing we can take."""


class ReaderError(OnrecordError):
    """The reader's weights cannot be used."""


class FeedError(OnrecordError):
    """The bytes are not a feed that can be read."""


class AlertError(OnrecordError):
    """A match could not be delivered."""


class BatchError(OnrecordError):
    """A batch cannot be run: an input is missing, or the output folder holds something else."""


class ArchiveError(OnrecordError):
    """The archive cannot be opened or written."""
