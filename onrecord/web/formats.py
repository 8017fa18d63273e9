"""One answer in the form that was asked for: JSON, CSV, Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from onrecord.archive.rows import PageRef
from onrecord.errors import OnrecordError
from onrecord.record import Page
from onrecord.web.sources import named

FORMATS = ("json", "csv", "parquet")
ACTING = ("=", "+", "-", "@", "\t", "\r")


def json_response(data: Any, status: int = 200) -> Response:
    """Anything made of dataclasses, as JSON."""
    text = json.dumps(data, ensure_ascii=False, default=_fields, separators=(",", ":"))
    return Response(text.encode("utf-8", "replace"), status, {"cache-control": "no-cache"}, "application/json")


def table_response(name: str, form: str, rows: Sequence[dict[str, Any]]) -> Response:
    """Rows as a file."""
    body, kind = (
        (_csv(rows), "text/csv; charset=utf-8") if form == "csv" else (_parquet(rows), "application/vnd.apache.parquet")
    )
    return Response(body, headers={"content-disposition": f'attachment; filename="{name}.{form}"'}, media_type=kind)


def _fields(value: Any) -> Any:
    told = {name: getattr(value, name) for name in value.__dataclass_fields__}
    return {**told, "source": named(value.source)} if isinstance(value, (Page, PageRef)) else told


def _csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """With a mark of its encoding, which spreadsheets need; text that they would take for a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    columns = list(rows[0]) if rows else []
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_inert(row[column]) for column in columns])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def _inert(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.startswith(ACTING) else value


def _parquet(rows: Sequence[dict[str, Any]]) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise OnrecordError("Parquet needs pyarrow: pip install pyarrow") from None
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), out)
    return out.getvalue()
