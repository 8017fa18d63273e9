"""Section lines and breadcrumbs: ``World > Asia``. The names that stand alone are in ``data/sections.tsv``."""

from __future__ import annotations

import re
from functools import cache

from onrecord.tables import rows

_STRONG_MARK = re.compile(r"\s*[>»›→]\s*|\s+/\s+")
_CRUMB_MARK = re.compile(r"\s*[>»›→|/•·]\s*|\s*::\s*")
_NO_CRUMB = re.compile(r"[.!?;\"“”]|\d{4}")


@cache
def _names() -> frozenset[str]:
    """Names of sections that are known as such wherever they stand, in lower case."""
    return frozenset(row["name"] for row in rows("sections.tsv"))


def section_of(line: str) -> tuple[str, ...] | None:
    """The sections that a line names (``World > Asia``, ``News / Russia``, ``Politics``); None if it names none."""
    if line.casefold() in _names():
        return (line,)
    if len(line) > 100 or _NO_CRUMB.search(line):
        return None
    crumbs = tuple(crumb for crumb in _CRUMB_MARK.split(line) if crumb)
    if not 2 <= len(crumbs) <= 6 or any(len(crumb.split()) > 4 or not crumb[0].isupper() for crumb in crumbs):
        return None
    first = crumbs[0].casefold()
    if first not in _names() and not (_STRONG_MARK.search(line) and all(len(crumb) <= 30 for crumb in crumbs)):
        return None
    return crumbs[1:] if first == "home" else crumbs
