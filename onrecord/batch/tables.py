"""A record as rows of flat tables, the tables' types, and the way back.

Columns are the fields of ``record.py`` under their own names: a span is a struct, a list a list. The types are taken
from the dataclasses, so that the two cannot come apart; ``docs/parquet.md`` is the description for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pyarrow as arrow

from onrecord.jsonl import plain
from onrecord.record import SCHEMA, Actor, Commitment, Event, Meeting, Page, Record, Span, Statement, When

Row = dict[str, Any]

ITEMS: dict[str, type] = {
    "actors": Actor,
    "statements": Statement,
    "events": Event,
    "commitments": Commitment,
    "meetings": Meeting,
}
TABLES = ("pages", *ITEMS, "mentions")


def rows(record: Record) -> dict[str, list[Row]]:
    """The rows of each table that a record comes to, in the record's order."""
    page = record.page.id
    found: dict[str, list[Row]] = {
        "pages": [{**plain(record.page), "dates": plain(record.dates), "reader": record.reader}]
    }
    for name in ITEMS:
        found[name] = [{"page": page, **plain(item)} for item in getattr(record, name)]
    found["mentions"] = [
        {"page": page, "actor": actor["id"], **span} for actor in found["actors"] for span in actor.pop("mentions")
    ]
    return found


@cache
def schema(table: str) -> arrow.Schema:
    """The columns of a table."""
    if table == "pages":
        columns = {**_columns(Page), "dates": arrow.list_(_type(When)), "reader": arrow.string()}
    elif table == "mentions":
        columns = {"page": arrow.string(), "actor": arrow.string(), **_columns(Span)}
    else:
        columns = {"page": arrow.string(), **_columns(ITEMS[table])}
        columns.pop("mentions", None)
    return arrow.schema(list(columns.items()), metadata={"onrecord.schema": str(SCHEMA)})


def records(tables: Mapping[str, Iterable[Row]]) -> Iterator[Record]:
    """The records that rows were made of: ``tables`` has the rows of all tables in the order of their pages."""
    streams = {name: _Pages(tables[name]) for name in TABLES if name != "pages"}
    for row in tables["pages"]:
        dates, reader = row.pop("dates"), row.pop("reader")
        mentions: dict[str, list[Row]] = {}
        for mention in streams["mentions"].of(row["id"]):
            mentions.setdefault(mention.pop("actor"), []).append(mention)
        items = {name: streams[name].of(row["id"]) for name in ITEMS}
        for actor in items["actors"]:
            actor["mentions"] = mentions.get(actor["id"], [])
        built = {name: tuple(_built(ITEMS[name], item) for item in found) for name, found in items.items()}
        page = _built(Page, row)
        yield Record(schema=SCHEMA, page=page, dates=_built(tuple[When, ...], dates), reader=reader, **built)


class _Pages:
    """The rows of one table, taken page by page."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def of(self, page: str) -> list[Row]:
        """The next rows, as long as they are of this page."""
        found = []
        while self._next is not None and self._next["page"] == page:
            self._next.pop("page")
            found.append(self._next)
            self._next = next(self._rows, None)
        return found


def _columns(of: type) -> dict[str, arrow.DataType]:
    return {name: _type(hint) for name, hint in _hints(of).items()}


@cache
def _hints(of: type) -> dict[str, Any]:
    hints = get_type_hints(of)
    return {field.name: hints[field.name] for field in fields(of)}


_SIMPLE = {str: arrow.string(), int: arrow.int32(), float: arrow.float64(), bool: arrow.bool_()}


def _type(hint: Any) -> arrow.DataType:
    """The column type of a field's type."""
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if is_dataclass(hint):
        return arrow.struct(list(_columns(hint).items()))  # type: ignore[arg-type]
    if get_origin(hint) is Literal:
        return arrow.string()
    if get_origin(hint) is tuple:
        return arrow.list_(_type(get_args(hint)[0]))
    return _type(_known(hint))


def _known(hint: Any) -> Any:
    """``X`` of ``X | None``."""
    if get_origin(hint) not in (UnionType, Union):
        raise TypeError(f"no column type for {hint}")
    (kind,) = (kind for kind in get_args(hint) if kind is not type(None))
    return kind


def _built(hint: Any, value: Any) -> Any:
    """A value of the record from what a row has in its place."""
    if value is None or hint in _SIMPLE or get_origin(hint) is Literal:
        return value
    if is_dataclass(hint):
        return hint(**{name: _built(kind, value[name]) for name, kind in _hints(hint).items()})  # type: ignore[operator,arg-type]
    if get_origin(hint) is tuple:
        return tuple(_built(get_args(hint)[0], one) for one in value)
    return _built(_known(hint), value)
