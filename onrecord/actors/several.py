"""Several actors in one phrase: "French and German ministers", "the kings of A and B"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.actors.describe import describe
from onrecord.actors.gazetteer import gazetteer
from onrecord.actors.profile import Profile
from onrecord.actors.sheet import Sheet
from onrecord.actors.wording import Word
from onrecord.reading import Token


def each_country(sheet: Sheet, token: Token, words: list[Word], profile: Profile) -> tuple[Profile, ...]:
    """One profile for each country that a phrase joins: "French and German ministers", "the kings of A and B"."""
    if profile.kind == "person" or profile.country is None:
        return (profile,)
    found = [profile]
    for other in (*_without_joined(words), *_with_conjuncts(sheet, token, words)):
        told = describe(other, sheet.context, known_head=True) if other else None
        if told is not None and told.country and told.country not in {p.country for p in found}:
            found.append(told)
    return tuple(found)


def _without_joined(words: list[Word]) -> Iterator[list[Word]]:
    """The phrase without what stands before each "and" ahead of its head: "(Russian and) Ukrainian officials"."""
    joints = [k for k, word in enumerate(words) if word.folded in ("and", "or") and 0 < k < len(words) - 1]
    for k in joints:
        yield words[k + 1 :]


def _with_conjuncts(sheet: Sheet, token: Token, words: list[Word]) -> Iterator[list[Word]]:
    """The phrase with each further state instead of the one it ends in: "the kings of (A and) B"."""
    tokens = sheet.reading.tokens
    if not any(word.folded == "of" for word in words):
        return
    last = words[-1].i + 1
    while last + 1 < len(tokens) and tokens[last].text in ("and", ",") and tokens[last].sentence == token.sentence:
        ahead = sheet.words.between(last + 1, min(last + 6, len(tokens)))
        hit = gazetteer().at(ahead, 0) if ahead else None
        if hit is None or hit.of("state") is None:
            return
        of = max(k for k, word in enumerate(words) if word.folded == "of")
        yield [*words[: of + 1], *ahead[: hit.last]]
        last = ahead[hit.last - 1].i + 1
