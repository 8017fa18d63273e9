"""What is no event at all: pages of sport, markets and weather, and conflict as a metaphor ("war on inflation")."""

from __future__ import annotations

from functools import cache

from onrecord.events.clause import kids, lower, preposition
from onrecord.events.lexicon import word_classes
from onrecord.reading import Reading, Sentence
from onrecord.record import Page
from onrecord.tables import rows

_SECTIONS = frozenset(
    [
        "sport",
        "sports",
        "football",
        "cricket",
        "tennis",
        "rugby",
        "golf",
        "soccer",
        "basketball",
        "baseball",
        "hockey",
        "athletics",
        "racing",
        "formula-1",
        "weather",
        "markets",
        "entertainment",
        "lifestyle",
        "culture",
        "arts",
        "music",
        "film",
        "movies",
        "books",
        "travel",
        "food",
        "fashion",
        "recipes",
        "horoscope",
        "obituaries",
        "celebrity",
        "tv",
        "games",
    ]
)
# Share of a topic's words among all words of a page from which the page is about it. Of 763 articles of the Worldwide
# newswire (train), sorted by share and looked at every tenth, those above are reports of sport, of quakes, of markets;
# the first of another kind lay at .013 for sport, .011 for markets, .008 for weather.
_SHARES = {"sport": 0.015, "market": 0.02, "weather": 0.02}
_SHORTEST = 80
_ALONE = 3
_ASKED = frozenset({"poll", "survey", "respondent", "voter"})
_FIGURATIVE = frozenset({"war", "battle", "fight", "attack", "strike", "kill", "hit", "threaten", "assault", "combat"})


def is_off_topic(page: Page, reading: Reading) -> bool:
    """Whether a page as a whole is about sport, markets or the weather, by its section or its vocabulary."""
    if any(name.lower() in _SECTIONS for name in page.section):
        return True
    if len(reading.tokens) < _SHORTEST:
        return False
    words = word_classes()
    lemmas = [token.lemma.lower() for token in reading.tokens if token.upos in ("NOUN", "PROPN", "VERB", "ADJ")]
    return any(
        sum(map(words[topic].__contains__, lemmas)) > share * len(reading.tokens) for topic, share in _SHARES.items()
    )


def is_off_topic_sentence(reading: Reading, sentence: Sentence) -> bool:
    """Whether one sentence is about sport (two of its own words, or one with one that it shares) or about a poll."""
    words = word_classes()
    nouns = [token.lemma.lower() for token in reading.sentence_tokens(sentence) if token.upos in ("NOUN", "PROPN")]
    own, shared = (sum(map(words[topic].__contains__, nouns)) for topic in ("sport", "game"))
    return 2 * own + shared >= _ALONE or _is_poll(reading, sentence, nouns)


def _is_poll(reading: Reading, sentence: Sentence, nouns: list[str]) -> bool:
    """Whether a sentence gives the shares of those who were asked: what they say is nobody's act."""
    counts = any(token.text in ("%", "percent") for token in reading.sentence_tokens(sentence))
    return counts and bool(_ASKED.intersection(nouns))


def is_metaphor(reading: Reading, i: int) -> bool:
    """Whether the trigger ``i`` is aimed at no one: at inflation, cancer, poverty."""
    words = word_classes()["metaphor"]
    if lower(reading, i) not in _FIGURATIVE:
        return False
    for k in kids(reading, i, "obj", "nsubj:pass"):
        if lower(reading, k) in words:
            return True
    bases = [i]
    if reading.tokens[i].head >= 0 and reading.tokens[i].deprel == "obj":
        # "Declared war on inflation": the phrase may hang on the verb.
        bases.append(reading.tokens[i].head)
    return any(
        lower(reading, k) in words and preposition(reading, k) in ("on", "against", "with", "to")
        for base in bases
        for k in kids(reading, base, "obl", "nmod")
    )


@cache
def _contexts() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for row in rows("contexts.tsv"):
        for word in row["words"].split():
            out.setdefault(word, []).append(row["context"])
    return {word: tuple(found) for word, found in out.items()}


def contexts(reading: Reading, i: int, given: tuple[str, ...]) -> tuple[str, ...]:
    """The contexts of an event: its predicate's, then those that the words below the trigger name, at most three."""
    table = _contexts()
    found = dict.fromkeys(given)
    for k in sorted(reading.subtree(i)):
        for context in table.get(lower(reading, k), ()):
            found.setdefault(context)
    return tuple(found)[: max(3, len(given))]
