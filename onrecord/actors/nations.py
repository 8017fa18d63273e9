"""Nations in adjectives: whose a proposal or an attack is, "the Polish proposal", "Russian strikes"."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache

from onrecord.actors.context import settle
from onrecord.actors.gazetteer import gazetteer
from onrecord.actors.mention import Mention
from onrecord.actors.profile import Profile
from onrecord.actors.sheet import Sheet
from onrecord.reading import Sentence
from onrecord.tables import rows


def acting_nations(sheet: Sheet, sentence: Sentence, covered: Container[int]) -> Iterator[Mention]:
    """States that a page names by an adjective before what states do: of_token of the adjective is the state.

    ``covered`` are the tokens of other mentions: "Polish ministers" are those ministers, not Poland.
    """
    tokens = sheet.reading.tokens
    for token in sheet.reading.sentence_tokens(sentence):
        if not token.text[:1].isupper() or token.i in covered:
            continue
        if token.deprel.split(":")[0] not in ("amod", "compound", "nmod"):
            continue
        noun = tokens[token.head] if token.head > token.i else None
        if noun is None or noun.i in covered or noun.text.lower() not in _acts():
            continue
        words = sheet.words.between(token.i, token.i + 1)
        raw = gazetteer().at(words, 0) if words else None
        entry = settle(raw, words, sheet.context).of("adjective") if raw else None
        if entry is not None and entry.category != "region":
            profile = Profile(entry.country, (), "state", entry.id, entry.name, own_country=True)
            yield Mention(token.i, token.i + 1, token.i, "name", (profile,))


@cache
def _acts() -> frozenset[str]:
    return frozenset(row["noun"] for row in rows("acts.tsv"))
