"""On the record: who said and did what to whom, under which condition, when, with the words that prove it.

>>> from onrecord import read, read_page
>>> record = read(read_page(b"...", source="page.html"))
"""

from onrecord.errors import FetchError, OnrecordError, PageError, ReaderError, SourceError
from onrecord.page import read_page
from onrecord.read import read, read_many
from onrecord.reader import Reader
from onrecord.record import Record

__all__ = [
    "FetchError",
    "OnrecordError",
    "PageError",
    "Reader",
    "ReaderError",
    "Record",
    "SourceError",
    "read",
    "read_many",
    "read_page",
]
