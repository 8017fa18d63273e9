"""On the record: who said and did what to whom, under which condition, when, with the words that prove it.

>>> from onrecord import read, read_page
>>> record = read(read_page(b"...", source="page.html"))
"""

from onrecord.actors import Known
from onrecord.archive import Archive, Query
from onrecord.errors import (
    ArchiveError,
    FetchError,
    KnownError,
    OnrecordError,
    PageError,
    ReaderError,
    SourceError,
)
from onrecord.page import read_page
from onrecord.read import read, read_many
from onrecord.reader import Reader
from onrecord.record import Record
from onrecord.rolls import load_known

__all__ = [
    "Archive",
    "ArchiveError",
    "FetchError",
    "Known",
    "KnownError",
    "OnrecordError",
    "PageError",
    "Query",
    "Reader",
    "ReaderError",
    "Record",
    "SourceError",
    "load_known",
    "read",
    "read_many",
    "read_page",
]
