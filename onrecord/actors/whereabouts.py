"""Whereabouts: whether a city's name is a place on the page, or the government that sits there."""

from __future__ import annotations

from onrecord.actors.datelines import is_location
from onrecord.actors.gazetteer import gazetteer
from onrecord.actors.profile import Profile
from onrecord.reading import Reading, Token

PLACED = frozenset(
    {"in", "at", "near", "inside", "outside", "around", "across", "into", "through", "throughout", "via"}
)
"""Prepositions before a place."""
# "After Vienna": what happened there, or how far it is.
_HAPPENED = frozenset({"after", "before", "since", "during", "beyond", "past", "along", "within"})
_BESIEGED = frozenset(
    "visit leave reach enter bomb shell strike hit flee evacuate capture besiege seize rock tour storm bombard".split()
)
_TRIPS = frozenset("visit trip travel flight journey tour return way road drive march".split())
_BESIDE = frozenset({"appos", "nmod", "list", "dep", "parataxis", "flat"})
_MOTION = frozenset({"to", "from", "towards", "toward", "for"})
# Nouns whose "of X" is a place.
_SETTLEMENTS = frozenset(
    "capital city town village district province port municipality suburb outskirt outskirts centre center south north "
    "part parts zone heart street streets east west southeast northeast southwest northwest region area neighbourhood "
    "neighborhood county prefecture".split()
)


def is_place(reading: Reading, token: Token, profile: Profile, first: int) -> bool:
    """Whether a city's name is a place here, not the government that sits there."""
    if profile.place:
        return True
    if profile.kind != "office" or profile.head is not None or not profile.id or not profile.id.endswith(".gov"):
        return False
    if token.i > 1 and reading.tokens[token.i - 1].text == "," and token.deprel.split(":")[0] in _BESIDE:
        before = reading.tokens[token.i - 2]
        if before.upos == "PROPN" and before.sentence == token.sentence and is_location(reading, before.i):
            return True  # "at Rajbagh, New Delhi"
    cases = [reading.tokens[i].text.lower() for i in reading.children[token.i] if reading.tokens[i].deprel == "case"]
    case = cases[-1] if cases else ""  # the nearest, where a broken tree hangs another's here
    if case in PLACED or case in _HAPPENED or _is_called_place(reading, token, first):
        return True
    if _is_of_town(reading, token):
        return True
    above = reading.tokens[token.head] if token.head >= 0 else token
    if token.deprel in ("obj", "nsubj:pass") and above.lemma.lower() in _BESIEGED:
        return True
    return case in _MOTION and token.head >= 0 and (above.upos == "VERB" or above.lemma.lower() in _TRIPS)


# What a town has, and no government.
_URBAN = frozenset(
    "street streets suburb suburbs outskirt outskirts airport square resident residents centre center downtown "
    "neighbourhood neighborhood neighbourhoods neighborhoods district hospital mayor university traffic skyline "
    "market hotel".split()
)


def _is_of_town(reading: Reading, token: Token) -> bool:
    """Whether a capital is the town: "Rome's streets", "an engineer from Rome"."""
    above = reading.tokens[token.head] if token.head >= 0 else token
    relation = token.deprel.split(":")[0]
    if token.deprel == "nmod:poss":
        behind = [reading.tokens[i].text.lower() for i in range(token.i + 1, above.i + 1)]
        return bool(_URBAN & set(behind))
    cases = {reading.tokens[i].text.lower() for i in reading.children[token.i] if reading.tokens[i].deprel == "case"}
    return relation == "nmod" and "from" in cases and above.upos == "NOUN" and _is_somebody(above.lemma.lower())


def _is_somebody(noun: str) -> bool:
    """Whether a noun is of people of no office."""
    heads = [entry for entry in gazetteer().exactly((noun,)) if entry.sort == "head"]
    return any(entry.category in ("person", "people") and entry.sectors[:1] != ("GOV",) for entry in heads)


def _is_called_place(reading: Reading, token: Token, first: int) -> bool:
    """Whether the words around a city's name make it a place: "in X" in a broken tree, "the capital X"."""
    tokens = reading.tokens
    before = tokens[first - 1].text.lower() if first and tokens[first - 1].sentence == token.sentence else ""
    if before in PLACED or before in _SETTLEMENTS:
        return True
    top = token
    while top.deprel == "conj" and top.head >= 0:
        top = tokens[top.head]
    cases = {tokens[i].text.lower() for i in reading.children[top.i] if tokens[i].deprel == "case"}
    if top.i != token.i and cases & PLACED:
        return True
    above = tokens[top.head].lemma.lower() if top.head >= 0 else ""
    return "of" in cases and above in _SETTLEMENTS
