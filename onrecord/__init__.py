"""On the record: who said and did what to whom, under which condition, when, with the words that prove it.

>>> from onrecord import read, read_page
>>> record = read(read_page(b"...", source="page.html"))
"""

from onrecord.actors import Known
from onrecord.errors import FetchError, KnownError, OnrecordError, PageError, ReaderError, SourceError
from onrecord.page import read_page
from onrecord.read import read, read_many
from onrecord.reader import Reader
from onrecord.record import Record
from onrecord.rolls import load_known

__all__ = [
    "FetchError",
    "Known",
    "KnownError",
    "OnrecordError",
    "PageError",
    "Reader",
    "ReaderError",
    "Record",
    "SourceError",
    "load_known",
    "read",
    "read_many",
    "read_page",
]
