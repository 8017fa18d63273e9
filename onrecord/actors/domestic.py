"""Domestic: the country of offices that leave it unsaid, by what stands near: others of their kind, their sentence."""

from __future__ import annotations

from onrecord.actors.gazetteer import state_names
from onrecord.actors.mention import Mention
from onrecord.actors.profile import Profile
from onrecord.actors.scene import Scene
from onrecord.reading import Token

OF_STATE = (("MIL",), ("COP",), ("GOV",), ("LEG",), ("JUD",), ("SPY",))
"""Sectors of which a state has its own."""


def of_like_bodies(scene: Scene, profile: Profile, token: Token) -> str | None:
    """The country of all bodies of a sector of state told of so far: "the military" after "Peru's army"."""
    counted = profile.plural and (profile.role or "").lower().startswith(("two ", "both ", "three "))
    if profile.sectors[:1] not in OF_STATE or profile.kind == "person" or counted:
        return None  # "the two ministers" may well be of two states
    told = {
        draft.country
        for draft in scene.drafts.by_id.values()
        if draft.mentions and draft.country in state_names() and draft.sectors[:1] == profile.sectors[:1]
    }
    country = told.pop() if len(told) == 1 else None
    if country:
        scene.trace.say(f"country {country}: that of all others of its kind so far", token.i)
    return country


def of_sentence(scene: Scene, profile: Profile, token: Token) -> str | None:
    """The one country that a sentence names, for those whom each state has its own of: "the army" of "in Togo"."""
    if profile.sectors[:1] not in OF_STATE or profile.plural or scene.home:
        return None
    sentence = scene.reading.sentences[token.sentence]
    told = (scene.drafts.ids.get(i, ()) for i in range(sentence.first, sentence.last))
    named = {country for ids in told for id in ids if (country := scene.drafts.by_id[id].country)}
    if len(named) != 1 or not named <= state_names().keys():
        return None
    country = named.pop()
    scene.trace.say(f"country {country}: the one that the sentence names", token.i)
    return country


def of_first_joined(scene: Scene, mention: Mention) -> str | None:
    """The country of an office of state joined to one before: "the Danish president and prime minister"."""
    token = scene.reading.tokens[mention.head]
    ids = scene.drafts.ids.get(token.head, ()) if token.deprel == "conj" else ()
    own = any(scene.reading.tokens[c].deprel.startswith(("det", "nmod:poss")) for c in scene.reading.children[token.i])
    if len(ids) != 1 or own or mention.form == "name":
        return None
    first = scene.drafts.by_id[ids[0]]
    if first.country is None or first.sectors[:1] not in OF_STATE or first.kind != "office":
        return None
    scene.trace.say(f"country {first.country}: that of the office that it is joined to", token.head)
    return first.country
