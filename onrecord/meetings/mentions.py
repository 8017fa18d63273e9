"""Mentions of contacts, in the order of the page: each word that names one, with all that stands around it."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.events import Places
from onrecord.events.clause import lower
from onrecord.events.parties import Cast
from onrecord.events.topics import is_off_topic_sentence
from onrecord.meetings.mention import Mention, words
from onrecord.meetings.nouns import noun_mention
from onrecord.meetings.verbs import verb_mention
from onrecord.record import When

_POS = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb"}
_BEFORE_NOUN = frozenset({"VERB", "ADJ", "NOUN", "DET"})


def mentions(cast: Cast, dates: tuple[When, ...], places: Places) -> Iterator[Mention]:
    """Every mention of a contact on the page that is planned, held or called off."""
    reading = cast.reading
    for token in reading.tokens:
        pos = _POS.get(token.upos)
        if pos is None:
            continue
        if pos == "verb" and token.text.lower() == "talks" and reading.tokens[token.i - 1].upos in _BEFORE_NOUN:
            # "Held talks": parsers take the noun for a verb.
            pos = "noun"
        word = words().get((lower(reading, token.i), pos))
        if word is None or is_off_topic_sentence(reading, reading.sentences[token.sentence]):
            continue
        read = noun_mention if pos == "noun" else verb_mention
        found = read(cast, token.i, word, dates, places)
        if found is not None:
            yield found
