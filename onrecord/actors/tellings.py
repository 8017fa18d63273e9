"""Tellings: whether the words of a phrase say enough to be somebody."""

from __future__ import annotations

from onrecord.actors.profile import Profile
from onrecord.actors.sheet import Sheet
from onrecord.actors.titles import DESCRIBED
from onrecord.actors.wording import fold
from onrecord.reading import Token

# Singular nouns that are somebody only with an article, an owner or a modifier: "authority" by itself is power.
_ABSTRACT = frozenset(
    "authority intelligence society business administration mission leadership command force division justice industry "
    "community trade".split()
)
LOOSE = frozenset("some any no more much little all such".split())
"""Words before a noun that do not make somebody of it."""
# Bodies that are somebody only under a name of their own, or, several of them, of their part of the world.
_VAGUE = frozenset("region|allies|partners|powers|countries|nations|member states|member state|world powers".split("|"))
# Carriers that recall somebody told of before: "the group", "the spokesman".
_RECALLED = frozenset(
    {"group", "spokesman", "spokeswoman", "spokesperson", "official", "leader", "officer", "president", "chief"}
)


def tells(profile: Profile, *, bare: bool = False) -> bool:
    """Whether a profile says enough to be somebody: a name, or a head with a country, a sector or a body to recall."""
    if profile.id or profile.person or profile.name:
        return True
    if profile.head in _ABSTRACT and profile.role and fold(profile.role) == profile.head and bare:
        return False
    if profile.head == "society" and (profile.role or "").islower():
        return False  # "a traditional society"
    if profile.head in _VAGUE and not profile.country and not profile.sectors:
        return profile.region
    if profile.category == "title":
        return False  # "Justice" without a name is no judge
    if profile.category == "carrier":
        return bool(profile.country or profile.sectors) or profile.head in _RECALLED or profile.head in DESCRIBED
    return profile.head is not None


def leans(sheet: Sheet, first: int, last: int, token: Token, profile: Profile) -> bool:
    """Whether an office is somebody's by the words around it: "his deputy", "UP leaders", "secretary of the UP"."""
    tokens, children = sheet.reading.tokens, sheet.reading.children
    if profile.category not in ("person", "carrier") or profile.noun in _UNITS:
        return False
    owned = any(tokens[c].deprel == "nmod:poss" and tokens[c].upos == "PRON" for c in children[token.i])
    return owned or any(i in sheet.bodies for i in range(first, last) if i != token.i)


# Carriers that are no people by themselves.
_UNITS = frozenset("team group side camp wing staff mission delegation unit branch arm office section".split())
