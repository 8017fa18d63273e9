"""Kin: whoever is related to somebody in office is ELI, of a leader's family, as the coding guide has it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.actors import leaders
from onrecord.actors.describe import KIN
from onrecord.actors.drafts import Draft
from onrecord.actors.mention import Mention
from onrecord.actors.profile import Profile
from onrecord.actors.scene import Scene
from onrecord.actors.wording import key

_IN_OFFICE = (("GOV",), ("ELI",))
# The last word of high offices: an official's brother is a citizen.
_HIGH = frozenset(
    "president minister premier chancellor king queen emir amir sultan prince ruler leader dictator governor senator "
    "pm emperor monarch lady strongman".split()
)


def relation(scene: Scene, mention: Mention) -> Draft | None:
    """Whose somebody is by a possessive before the noun: "her husband", "the minister's son"."""
    for i in range(mention.first, mention.last):
        ids = scene.drafts.ids.get(i, ())
        if scene.reading.tokens[i].deprel == "nmod:poss" and len(ids) == 1:
            return scene.drafts.by_id[ids[0]]
    return None


def as_kin(profile: Profile, other: Draft | None) -> Profile:
    """The profile as that of kin of somebody in office; unchanged where it is none."""
    if other is None or profile.head not in KIN or other.sectors[:1] not in _IN_OFFICE:
        return profile
    words = key(other.role or "")
    if not leaders.terms(other.id) and (not words or words[-1] not in _HIGH):
        return profile
    return replace(profile, country=profile.country or other.country, sectors=("ELI",))
