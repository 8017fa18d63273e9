"""Datelines: where a paragraph's own words begin behind the place and the day that it was written in."""

from __future__ import annotations

from onrecord.reading import Reading, Sentence

# How many tokens a dateline may have, and what ends it.
_DATELINE = 9
_BARS = frozenset({"-", "–", "—"})


def dateline(reading: Reading, sentence: Sentence) -> int:
    """Where a paragraph's own words begin behind the place that it was written in: "LIMA, Peru - | The court"."""
    tokens = reading.tokens
    if sentence.first and reading.sentences[tokens[sentence.first - 1].sentence].block == sentence.block:
        return sentence.first
    for i in range(sentence.first + 1, min(sentence.first + _DATELINE, sentence.last - 1)):
        if tokens[i].text in _BARS and tokens[i - 1].end < tokens[i].start:
            named = all(t.text[:1].isupper() or not t.text[0].isalpha() for t in tokens[sentence.first : i])
            dated = next((k for k in range(i + 1, min(i + 8, sentence.last)) if tokens[k].text == ":"), 0)
            if named and dated and all(t.text[:1].isdigit() or t.text[:1].isupper() for t in tokens[i + 1 : dated]):
                return dated + 1  # "CAIRO - 27 June 2022: | The court"
            begins = tokens[i + 1].text[:1].isupper() and is_location(reading, sentence.first)
            return i + 1 if named and begins else sentence.first
        if tokens[i].text == ":" and tokens[sentence.first].text.isupper() and i == sentence.first + 1:
            return i + 1
        if tokens[i].text == ":" and tokens[sentence.first].text.isupper() and is_location(reading, sentence.first):
            opening = tokens[sentence.first : i]
            if all(t.text[:1].isupper() or not t.text[:1].isalpha() for t in opening):
                return i + 1  # "KUWAIT CITY, July 25: | The minister"
        if tokens[i].text == "/" and i == sentence.first + 1 and is_location(reading, sentence.first):
            return next(
                (k + 1 for k in range(i + 1, min(i + 6, sentence.last)) if tokens[k].text == "/"), sentence.first
            )
    return sentence.first


def is_location(reading: Reading, i: int) -> bool:
    """Whether token ``i`` is of a place by the reader's mark, or shouted as places before a text are."""
    shouted = reading.tokens[i].text.isupper() and len(reading.tokens[i].text) > 1
    return shouted or any(e.label == "Location" and e.first <= i < e.last for e in reading.entities)
