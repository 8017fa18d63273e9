"""Bodies by name alone: what the words of a name tell of a body that no table has, "the Jordan Times"."""

from __future__ import annotations

from functools import cache

from onrecord.actors.context import Context
from onrecord.actors.gazetteer import country_code
from onrecord.actors.phrase import owner_of, parse
from onrecord.actors.profile import Profile
from onrecord.actors.wording import Word, key
from onrecord.tables import rows


def named_body(words: list[Word], name: str, context: Context) -> Profile:
    """The profile of a body that the reader marked.

    A medium of the register of outlets is of its country; another body has the sector of its last telling word, and the
    country of the first that names one.
    """
    plain = tuple(word.folded for word in words if word.folded != "the")
    if plain in _outlets():
        country = _outlets()[plain]
        return Profile(country, ("JRN",), "organisation", name=name, own_country=country is not None)
    telling = [word.folded for word in words if word.folded != "the"]
    if telling[:1] == ["group"]:
        telling = telling[1:]  # "Group of Twelve" is no company
    sector = next((found for word in reversed(telling) if (found := _sectors().get(word))), None)
    country = owner_of(parse(words, context)) if sector else None
    sectors = (sector,) if sector else ()
    return Profile(country, sectors, "organisation", name=name, own_country=country is not None)


@cache
def _sectors() -> dict[str, str]:
    return {row["word"]: row["sector"] for row in rows("body_names.tsv")}


@cache
def _outlets() -> dict[tuple[str, ...], str | None]:
    """The country of each medium of the register, by the folded words of its names without their article."""
    found: dict[tuple[str, ...], str | None] = {}
    for row in rows("outlets.tsv"):
        for name in (row["name"], *row["aliases"].split(";")):
            words = key(name)
            words = words[1:] if words[:1] == ("the",) else words
            if words:
                found.setdefault(words, country_code(row["country"]))
    return found
