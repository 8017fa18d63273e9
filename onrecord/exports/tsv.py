"""Rows as tab-separated text, the form that event data is published in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

Cell = str | int | float | None

_ACTING = ("=", "+", "-", "@")  # what spreadsheets take for a formula


def tsv(rows: Iterable[Mapping[str, Cell]], names: Sequence[str], *, header: bool = True) -> Iterator[str]:
    """Rows as lines without their line break: nothing is quoted, tabs and line breaks in a cell become spaces.

    Text that a spreadsheet would run as a formula gets an apostrophe in front: the words come from strangers' pages.
    """
    if header:
        yield "\t".join(names)
    for row in rows:
        yield "\t".join(_written(row.get(name)) for name in names)


def _written(value: Cell) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    words = " ".join(value.split())
    return f"'{words}" if words.startswith(_ACTING) and words != "---" else words
