"""The tables that plots are drawn from: columns with a key the drawing knows, rows with numbers and a way on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.archive.pairs import QUADS as QUAD_OF
from onrecord.archive.rows import Bucket
from onrecord.tables import rows as table_rows


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of its cells, what its head says, and whether they are numbers."""

    key: str
    name: str
    number: bool = False


Line = dict[str, Any]
QUADS = (
    Column("vc", "Verbal cooperation", True),
    Column("mc", "Material cooperation", True),
    Column("vx", "Verbal conflict", True),
    Column("mx", "Material conflict", True),
)
TIMELINE = (Column("first", "From"), *QUADS, Column("mean", "Mean Goldstein", True))
PAIRS = (
    Column("a", "From"), Column("b", "To"), Column("count", "Events", True), *QUADS,
    Column("mean", "Mean Goldstein", True),
)  # fmt: skip


def timeline(buckets: Iterable[Bucket], href: Mapping[str, str] | None = None) -> list[Line]:
    """Rows of ``TIMELINE``. ``href`` leads from a stretch of days, by its first, to what happened in it."""
    return [
        {
            "first": bucket.first,
            "last": bucket.last,
            **{key.lower(): count for key, count in bucket.quads.items()},
            "mean": None if bucket.goldstein is None else round(bucket.goldstein, 2),
            "href": (href or {}).get(bucket.first),
        }
        for bucket in buckets
    ]


def typed(buckets: Iterable[Bucket], href: Mapping[str, str] | None = None) -> tuple[tuple[Column, ...], list[Line]]:
    """The same by the types of PLOVER instead of the four classes, and its columns: the types that there are."""
    told = [*buckets]
    types = [name for name in QUAD_OF if any(name in bucket.types for bucket in told)]
    lines = [
        {
            **{key: value for key, value in line.items() if key not in ("vc", "mc", "vx", "mx")},
            **{name.lower(): bucket.types.get(name, 0) for name in types},
        }
        for bucket, line in zip(told, timeline(told, href), strict=True)
    ]
    columns = [Column(name.lower(), name.capitalize(), True) for name in types]
    return (TIMELINE[0], *columns, TIMELINE[-1]), lines


@cache
def countries() -> Mapping[str, str]:
    """Names of countries by their codes."""
    return {row["code"]: row["name"] for row in table_rows("countries.tsv")}


def country(code: str) -> str:
    """A country's name; the code where there is none."""
    return countries().get(code, code)
