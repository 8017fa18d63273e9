"""The CAMEO code and Goldstein value of a PLOVER event, for software that reads the older coding."""

from __future__ import annotations

from functools import cache

from onrecord.events.lexicon import NONE
from onrecord.tables import rows


@cache
def _codes() -> dict[tuple[str, str, str], tuple[str, float]]:
    return {
        (row["type"], row["mode"], row["context"]): (row["cameo"], float(row["goldstein"])) for row in rows("cameo.tsv")
    }


def cameo(type_: str, mode: str | None, contexts: tuple[str, ...], root: str | None = None) -> tuple[str, float]:
    """The most specific CAMEO code that follows from type, mode and contexts, with the Goldstein value of that code.

    ``root`` is another root that the predicate asks for (an appeal is CAMEO 02, a demand is 10). Type and mode with a
    context come first, then the mode, then a context alone, then the type's root. Goldstein's values are those in
    common use with CAMEO (Goldstein 1992, as extended by Schrodt), one a code: ``data/cameo.tsv``.
    """
    name = type_ if root is None else f"{type_}/{root}"
    table = _codes()
    keys = [(name, mode, context) for context in contexts] if mode else []
    keys += [(name, mode, NONE)] if mode else []
    keys += [(name, NONE, context) for context in contexts]
    keys.append((name, NONE, NONE))
    for type_name, mode_name, context in keys:
        found = table.get((type_name, mode_name or NONE, context))
        if found is not None:
            return found
    return table[(type_, NONE, NONE)]
