"""What became of one document: coded, passed over for its language, or failed with a reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from onrecord.sources import Failure


@dataclass(frozen=True, slots=True)
class Coded:
    """The rows of a page, by table; ``page`` is its id."""

    page: str
    rows: dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page in another language."""

    language: str


Outcome = Coded | Skipped | Failure


def packed(outcome: Outcome) -> bytes:
    """An outcome as bytes, to pass between processes. JSON: what read a hostile page is not trusted with a pickle."""
    if isinstance(outcome, Coded):
        value: dict[str, Any] = {"page": outcome.page, "rows": outcome.rows}
    elif isinstance(outcome, Skipped):
        value = {"language": outcome.language}
    else:
        value = {"source": outcome.source, "error": outcome.error}
    # A file name may hold bytes that are no text: they become question marks here, and nowhere else.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def unpacked(data: bytes) -> Outcome:
    """The outcome that ``packed`` made these bytes of."""
    value = json.loads(data)
    if "rows" in value:
        return Coded(**value)
    return Skipped(**value) if "language" in value else Failure(**value)
