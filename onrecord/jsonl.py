"""A record as one line of JSON, by the public contract: the names of ``record.py``, nulls for the unknown."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from onrecord.record import SCHEMA, Record


def line(record: Record) -> str:
    """The record's JSON, without a line break."""
    return json.dumps(plain(record), ensure_ascii=False, separators=(",", ":"))


def failure_line(source: str, error: str) -> str:
    """What stands in a record's place for a page that could not be read."""
    return json.dumps({"schema": SCHEMA, "source": source, "error": error}, ensure_ascii=False, separators=(",", ":"))


def plain(value: Any) -> Any:
    """Dataclasses as dictionaries and tuples as lists, all the way down."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value
