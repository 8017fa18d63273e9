"""Rows as flat tables: one line a row, plain columns; by Arrow to pandas, polars and Parquet.

The columns are the record's names. A party has its ids, and beside them its names and codes; an item's words are
``evidence``, and where they begin and end on the page ``start`` and ``end``. What a person corrected stands in the
columns, what the machine read in ``machine`` as JSON where it differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from onrecord.archive.codec import PARTIES, TABLE_OF, dumps, names, spans_of, whole
from onrecord.archive.rows import ActorRow, Bucket, Count, PageRef, Pair, Review, Row, StoryRow
from onrecord.errors import ArchiveError
from onrecord.record import Span, When, Where

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Flat = dict[str, Any]
Answer = Row[Any] | PageRef | StoryRow | ActorRow | Bucket | Pair | Count | Review

_PAGE = ("outlet", "domain", "published", "title", "url", "source", "credit", "story")


def flat(row: Answer) -> Flat:
    """One row as plain columns: text, numbers, truth values and lists of text."""
    if isinstance(row, Row):
        return _item(row)
    if isinstance(row, StoryRow):
        told = {"pages": len(row.pages), "outlets": list(row.outlets), "origin": row.origin}
        return {**flat(row.first), **told, "page_ids": [page.id for page in row.pages]}
    if isinstance(row, Bucket):
        quads = {quad.lower(): count for quad, count in row.quads.items()}
        told = {"first": row.first, "last": row.last, "events": row.events, **quads, "goldstein": row.goldstein}
        return {**told, "types": dumps(dict(row.types))}
    if isinstance(row, Pair):
        quads = {quad.lower(): count for quad, count in row.quads.items()}
        return {"a": row.a, "b": row.b, "events": row.events, **quads, "goldstein": row.goldstein}
    if isinstance(row, Review):
        told = {name: getattr(row, name) for name in ("id", "page", "kind", "item", "attached", "action", "by", "at")}
        return {**told, "note": row.note, "evidence": row.evidence, "changes": row.changes and dumps(dict(row.changes))}
    return {
        name: list(value) if isinstance(value := getattr(row, name), tuple) else value
        for name in row.__dataclass_fields__
    }


def to_arrow(rows: Iterable[Answer]) -> pyarrow.Table:
    """Rows of one kind as an Arrow table. Needs pyarrow (``pip install 'onrecord[frames]'``)."""
    arrow = _library("pyarrow")
    made = [flat(row) for row in rows]
    columns = list(dict.fromkeys(name for row in made for name in row))
    return arrow.table({name: _column(arrow, name, [row.get(name) for row in made]) for name in columns})


def to_pandas(rows: Iterable[Answer]) -> pandas.DataFrame:
    """Rows of one kind as a pandas frame."""
    _library("pandas")
    return to_arrow(rows).to_pandas()


def to_polars(rows: Iterable[Answer]) -> polars.DataFrame:
    """Rows of one kind as a polars frame."""
    return cast("polars.DataFrame", _library("polars").from_arrow(to_arrow(rows)))


def write_parquet(rows: Iterable[Answer], path: Path) -> None:
    """Rows of one kind into a Parquet file, whole or not at all."""
    table = to_arrow(rows)
    _library("pyarrow")
    from pyarrow import parquet

    beside = path.with_name(path.name + ".part")
    try:
        parquet.write_table(table, beside, compression="zstd")
        beside.replace(path)
    except OSError as error:
        raise ArchiveError(f"{path}: {(error.strerror or str(error)).lower()}") from error


def _item(row: Row[Any]) -> Flat:
    item, page = row.item, row.page
    table = TABLE_OF[type(item)]
    spans = spans_of(item)
    made: Flat = {"id": item.id, "page": page.id, "day": row.day}
    parties = {name for part in PARTIES[table].values() for name in part}
    for name in names(table):
        value = getattr(item, name)
        if name in ("id", "evidence", "span"):
            continue
        if name in parties:
            ids = [value] if isinstance(value, str) else list(value or ())
            cast = [row.actor(id_) for id_ in ids]
            one = value is None or isinstance(value, str)
            made[name] = value if one else ids
            told = [actor.name if actor else id_ for actor, id_ in zip(cast, ids, strict=True)]
            codes = [(actor.code or actor.country or "") if actor else "" for actor in cast]
            made[f"{name}_name"] = _one(told) if one else told
            made[f"{name}_code"] = _one(codes) if one else codes
        else:
            made |= _plain(name, value)
    made |= {"evidence": row.evidence, "start": min(s.start for s in spans), "end": max(s.end for s in spans)}
    made |= {name: getattr(page, name) for name in _PAGE}
    made |= {"reports": row.reports, "sources": row.sources}
    review = row.review
    made |= {
        "reviewed": review and review.action,
        "reviewed_by": review and review.by,
        "reviewed_at": review and review.at,
    }
    changed = row.machine is None or row.machine != item
    made["machine"] = dumps(whole(row.machine)) if changed and row.machine is not None else None
    made["reader"] = page.reader
    return made


def _one(values: Sequence[str]) -> str | None:
    return values[0] or None if values else None


def _plain(name: str, value: Any) -> Flat:
    if isinstance(value, Span):
        return {name: value.text}
    if isinstance(value, When) or (value is None and name in ("said", "when", "deadline")):
        first, last = (None, None) if value is None else (value.first, value.last)
        return {f"{name}_first": first, f"{name}_last": last}
    if isinstance(value, Where) or (value is None and name == "where"):
        told = ("name", "country", "lat", "lon")
        return {f"where_{each}": None if value is None else getattr(value, each) for each in told}
    if isinstance(value, tuple):
        return {name: [each.text if isinstance(each, Span) else each for each in value]}
    return {name: value}


_WHOLE = frozenset(
    ("start", "end", "reports", "sources", "events", "pages", "items", "version", "id_", "vc", "mc", "vx", "mx")
)
_REAL = frozenset(("confidence", "goldstein", "where_lat", "where_lon"))
_TRUTH = frozenset(("repeated", "denial", "asserted", "explicit", "current"))
_PARTIES = {name for parts in PARTIES.values() for part in parts.values() for name in part} - {"speaker", "by"}
_LISTS = frozenset(("quotes", "content", "contexts", "outlets", "page_ids", "roles", "names")).union(
    *({name, f"{name}_name", f"{name}_code"} for name in _PARTIES)
)


def _column(arrow: Any, name: str, values: list[Any]) -> Any:
    """A column with the type that its name has in every table, so that empty ones fit as well."""
    if any(isinstance(value, list) for value in values) or (name in _LISTS and not any(values)):
        kind = arrow.list_(arrow.string())
    elif name in _WHOLE:
        kind = arrow.int64()
    elif name in _REAL:
        kind = arrow.float64()
    elif name in _TRUTH:
        kind = arrow.bool_()
    elif any(isinstance(value, int) for value in values):
        kind = arrow.int64()
    else:
        kind = arrow.string()
    return arrow.array(values, type=kind)


def _library(name: str) -> Any:
    try:
        return __import__(name)
    except ImportError:
        raise ArchiveError(f"this needs {name}: pip install 'onrecord[frames]'") from None
