"""Affiliation: the body that somebody is said to be at, from or with, right behind the name or the office."""

from __future__ import annotations

from onrecord.actors.describe import describe
from onrecord.actors.mention import Mention
from onrecord.actors.profile import Profile
from onrecord.actors.scene import Scene
from onrecord.actors.wording import to_words

_PREPOSITIONS = frozenset({"at", "from", "with", "of", "in"})
# How many words behind the office its body may stand.
_REACH = 14
_ENDS = frozenset({"VERB", "AUX", "SCONJ", "PRON"})


def affiliation(scene: Scene, mention: Mention) -> Profile | None:
    """The profile of the body behind a mention: "a professor of law at Lund University", "Per Dal from the ministry".

    None where none follows before the next comma or verb, or none that the tables know.
    """
    tokens = scene.reading.tokens
    start = max((mention.head, *mention.named)) + 1
    stop = start
    while stop < len(tokens) and stop - start < _REACH and tokens[stop].sentence == tokens[mention.head].sentence:
        if tokens[stop].upos in _ENDS or tokens[stop].text in (",", ";", "–", "—", "(", '"', "“"):
            break
        stop += 1
    for i in range(start, stop - 1):
        if tokens[i].text.lower() in _PREPOSITIONS and tokens[i].upos == "ADP":
            words = to_words((token.text for token in tokens[i + 1 : stop]), i + 1)
            found = describe(words, scene.context, known_head=True) if words else None
            seat = found is not None and found.head is None and (found.id or "").endswith(".gov")
            if found is not None and not found.place and not seat and found.kind not in ("person", "state", "group"):
                return found
    return None
