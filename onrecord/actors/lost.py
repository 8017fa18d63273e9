"""Words that the tree lost: where a phrase really begins or ends, by the words beside it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.actors.gazetteer import gazetteer
from onrecord.actors.sheet import Sheet
from onrecord.reading import Entity, Reading, Sentence, Token

# How many tokens a name before a noun may have: "Moon Jae-in | administration".
_NAMED = 5


def whole_body(reading: Reading, body: Entity, token: Token, first: int) -> int:
    """Where a body's name begins whose first words the tree hung elsewhere: "Awami | League"."""
    tokens = reading.tokens
    lost = range(body.first, first)
    whole = body.last == token.i + 1 and lost and all(tokens[i].upos in ("PROPN", "ADJ") for i in lost)
    return body.first if whole and tokens[body.first].text[:1].isupper() else first


def with_owner_before(sheet: Sheet, sentence: Sentence, token: Token, first: int) -> int:
    """Where a noun's phrase begins with the name right before it that the tree lost: "United States | government"."""
    tokens = sheet.reading.tokens
    if token.upos != "NOUN" or first != token.i or first == sentence.first or tokens[first - 1].upos != "PROPN":
        return first
    for start in range(max(sentence.first, first - _NAMED), first):
        before = sheet.words.between(start, first)
        hit = gazetteer().at(before, 0) if before else None
        whole = hit is not None and hit.last == len(before) and tokens[start].text[:1].isupper()
        if whole and hit is not None and hit.of("state", "proper", "modifier", "head", "leader"):
            return start
    return first


def with_bracket(sheet: Sheet, token: Token, last: int) -> int:
    """Where a name ends that goes on in a bracket: "CPI (Maoist)"."""
    tokens = sheet.reading.tokens
    if last + 2 >= len(tokens) or tokens[last].text != "(" or tokens[last + 2].text != ")" or last != token.i + 1:
        return last
    hit = gazetteer().at(sheet.words.between(token.i, last + 3), 0)
    whole = hit is not None and hit.of("proper") is not None and hit.last == 4
    return last + 3 if whole else last


def past_bracket(tokens: Sequence[Token], first: int, head: int) -> int:
    """Where a phrase begins behind a bracket that was opened before it: "(UP) | leader Per Dal"."""
    for i in range(head - 1, first, -1):
        if tokens[i].text == ")" and not any(tokens[k].text == "(" for k in range(first, i)):
            return i + 1
    return first
