"""Entourages: those who speak for a person: "the Dal campaign", "his aides", "Ms Dal's office".

They are a group of their own, of the country and the sector of the one they speak for, under the surname and the noun:
however a page words it, "the Dal campaign" and "her campaign" are one.
"""

from __future__ import annotations

from onrecord.actors.drafts import Draft
from onrecord.actors.mention import Mention
from onrecord.actors.profile import Profile
from onrecord.actors.scene import Scene
from onrecord.actors.titles import prefix_of
from onrecord.actors.wording import fold, slug
from onrecord.reading import Token

UNITS = frozenset("campaign team camp office operation staff".split())
"""What works for a person under one name."""
_PEOPLE = frozenset("aide adviser advisor strategist surrogate staffer lieutenant".split())
ENTOURAGE = "entourage"
"""The category of a unit of a person's that no table has as a body."""
_OF = frozenset({"of", "to", "for", "with"})


def entourage(scene: Scene, mention: Mention, profile: Profile) -> str | None:
    """The id of those whom a speaker's noun means beside the one they speak for; None where it is no such noun."""
    token = scene.reading.tokens[mention.head]
    noun = profile.noun
    people = profile.plural and noun.removesuffix("s") in _PEOPLE
    if not (people or noun in UNITS) or not scene.turns.speaks(token.i):
        return None
    owner = _owner(scene, mention, token)
    if owner is None:
        # "The campaign" is the one told of; a mayor's own "office" or "team" may as well be anybody's.
        return scene.memory.noun(noun, "", token, ("body",)) if profile.category == ENTOURAGE else None
    scene.trace.say("speaks for a person", mention.head)
    name = f"{owner.name.split()[-1]} {noun if noun in UNITS or noun.endswith('s') else noun + 's'}"
    sectors = ("PTY",) if noun == "campaign" else owner.sectors[:1]
    told = Profile(owner.country or scene.home, sectors, "group", role=profile.role, plural=profile.plural)
    return scene.drafts.make(f"{prefix_of(told)}.{slug(name)}", told, name)


def _owner(scene: Scene, mention: Mention, token: Token) -> Draft | None:
    """The one person whom a noun leans on: "his", "Dal's", "Dal", "to Mr Dal"."""
    tokens, children = scene.reading.tokens, scene.reading.children
    for child in (tokens[c] for c in children[token.i]):
        relation = child.deprel.split(":")[0]
        cases = {tokens[c].text.lower() for c in children[child.i] if tokens[c].deprel == "case"}
        leans = child.deprel in ("nmod:poss", "compound") or (relation == "nmod" and cases & _OF)
        owner = _person(scene, child) if leans and mention.first <= child.i else None
        if owner is not None:
            return owner
    return None


def _person(scene: Scene, token: Token) -> Draft | None:
    """The person whom a token names or means."""
    drafts = scene.drafts
    found = drafts.ids.get(token.i, ())
    if len(found) == 1:
        draft = drafts.by_id[found[0]]
        return draft if draft.kind == "person" else None
    if token.upos != "PROPN":
        return None
    last = _name(scene, token)[-1]
    called = [d for d in drafts.by_id.values() if d.kind == "person" and fold(d.name.split()[-1]) == fold(last.text)]
    return called[0] if len(called) == 1 else None


def _name(scene: Scene, token: Token) -> list[Token]:
    """A name's token with those that the tree hangs flat below it."""
    tokens = scene.reading.tokens
    below = [tokens[c] for c in scene.reading.children[token.i] if tokens[c].deprel == "flat"]
    return [token, *below]
