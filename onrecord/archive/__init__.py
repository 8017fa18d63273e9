"""Records of many pages in one SQLite file: kept, found, counted, corrected. ``docs/archive.md`` is the guide."""

from onrecord.archive.archive import Archive
from onrecord.archive.flat import flat, to_arrow, to_pandas, to_polars
from onrecord.archive.lessons import Precision
from onrecord.archive.query import Query
from onrecord.archive.rows import ActorRow, Bucket, Count, Found, PageRef, Pair, Review, Row, StoryRow

__all__ = [
    "ActorRow",
    "Archive",
    "Bucket",
    "Count",
    "Found",
    "PageRef",
    "Pair",
    "Precision",
    "Query",
    "Review",
    "Row",
    "StoryRow",
    "flat",
    "to_arrow",
    "to_pandas",
    "to_polars",
]
