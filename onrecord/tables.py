"""The package's tables: tab-separated text in ``data/``, a header, then a line an entry. A fact is a line, not code."""

from __future__ import annotations

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The lines of ``data/NAME``, by column. Quotation marks are characters like any other."""
    text = files("onrecord").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
