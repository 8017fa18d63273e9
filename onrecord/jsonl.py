"""A record as one line of JSON, by the public contract: the names of ``record.py``, nulls for the unknown."""

from __future__ import annotations

import json
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
    kind = type(value)
    if kind is str or value is None or kind is float or kind is int or kind is bool:
        return value
    if kind is tuple or kind is list:
        return [plain(item) for item in value]
    return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
