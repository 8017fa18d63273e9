"""Articles as Parquet: a row each, with the columns ``text`` and, where known, ``url``, ``title``, ``published``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.sources.document import Document, Failure
from onrecord.sources.lines import article_document

_COLUMNS = ("text", "url", "title", "published")
_ROWS = 256  # held at a time


def rows(path: str, file: BinaryIO) -> Iterator[Document | Failure]:
    """The articles of a Parquet file, each with ``path:row`` (from 1) as its source."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        yield Failure(path, f"{path}: reading Parquet needs pyarrow (pip install 'onrecord[batch]')")
        return
    number = 0
    try:
        table = parquet.ParquetFile(file)
        names = [name for name in _COLUMNS if name in table.schema_arrow.names]
        if "text" not in names:
            yield Failure(path, f'{path}: no column "text" in this table')
            return
        for batch in table.iter_batches(batch_size=_ROWS, columns=names):
            for row in batch.to_pylist():
                number += 1
                day = row.get("published")
                if day is not None and not isinstance(day, str):
                    row["published"] = day.isoformat()
                yield article_document(row, f"{path}:{number}")
    except (arrow.ArrowException, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:  # the disk or the store, not the data
            raise
        cause = " ".join(str(error).split())[:120]
        yield Failure(path, f"{path}: damaged Parquet file ({cause})" + (f" after row {number}" if number else ""))
