"""A phrase: the words of one mention, what stands in them, and which country they lean on."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.actors import leaders
from onrecord.actors.context import Context, settle
from onrecord.actors.gazetteer import Hit, gazetteer
from onrecord.actors.wording import Word

# Words that end the part of a phrase that holds its head.
PREPOSITIONS = frozenset(
    "of in at from near across to for on with by against about between among inside outside into within "
    "during over under after before through via who which that whose , ; : ( ) – — as than".split()
)

# Prepositions before the country of those spoken of; "to", "for", "on", "with", "against" name another one.
HOME = ("of", "in", "from", "at", "across", "near", "inside", "within")

# What is said of somebody behind the noun, with a preposition: "sources close to", "two people briefed on".
BEHIND = frozenset("familiar close aware briefed privy knowledgeable involved present".split())
# Words that the part which holds the head may end before.
_ENDING = PREPOSITIONS | BEHIND

# A country before one of these is somebody else's side, past or tongue: "Russian-backed", "French-speaking".
_ALIEN = frozenset(
    "backed led allied sponsored funded trained occupied held controlled speaking born made style supplied brokered "
    "mediated aligned supported linked built imposed friendly installed financed armed administered".split()
)

# Particles of personal names, behind which no place stands.
_IN_NAMES = frozenset({"al", "el", "bin", "ibn", "ben", "von", "van"})
_TOWARDS = frozenset({"pro", "anti", "non", "trans", "inter"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a mention, what stands in them, where its head's part ends, and all of it read in context."""

    words: list[Word]
    hits: list[Hit]
    end: int
    context: Context

    def text(self, first: int, last: int) -> str:
        return " ".join(word.surface for word in self.words[first:last]).replace(" 's", "'s").replace(" ’s", "’s")


def before_name(phrase: Phrase, first: int) -> Phrase:
    """The part of a phrase before a name, as a phrase of its own."""
    words = phrase.words[:first]
    hits = [hit for hit in phrase.hits if hit.last <= first]
    return Phrase(words, hits, _end(words, hits), phrase.context)


def standing_of(id: str, context: Context) -> leaders.Standing:
    """Country, sectors and office of a leader of the table, as far as the time of the text is known."""
    if context.days:
        return leaders.standing(id, *context.days)
    # Without a day only what was true of all of a person's terms may be said.
    held = leaders.terms(id)
    countries = {term.country for term in held}
    sectors = {term.sectors for term in held}
    running = all(not term.last for term in held)
    country = countries.pop() if len(countries) == 1 else None
    return country, sectors.pop() if running and len(sectors) == 1 else (), None


def head_hit(phrase: Phrase) -> Hit | None:
    """The hit that holds the head: the last word before the first preposition."""
    return next((hit for hit in phrase.hits if hit.first < phrase.end <= hit.last), None)


def owner_of(phrase: Phrase, before: int | None = None) -> str | None:
    """The country of the words before the head: a possessor first, else the first one named."""
    end = phrase.end if before is None else before
    found = []
    for hit in phrase.hits:
        if hit.first >= end:
            break
        entry = hit.of("state", "adjective", "demonym", "capital", "seat", "proper", "city", "leader")
        if entry is None or entry.country is None or _foreign(phrase, hit):
            continue
        if hit.first and phrase.words[hit.first - 1].folded in _IN_NAMES:
            continue  # "Al-Sabah" is no Sabah
        if hit.of("head", "modifier") and not phrase.words[hit.first].surface[:1].isupper():
            continue
        country = entry.country
        if entry.sort == "leader":
            country = standing_of(entry.id, phrase.context)[0] or country
        if hit.last < len(phrase.words) and phrase.words[hit.last].folded == "'s":
            return country
        found.append(country)
    return found[0] if found else None


def _foreign(phrase: Phrase, hit: Hit) -> bool:
    after = phrase.words[hit.last].folded if hit.last < len(phrase.words) else ""
    # "Danish armed forces" are Denmark's, "Danish-armed rebels" are not.
    apart = bool(after) and phrase.words[hit.last].i == phrase.words[hit.last - 1].i + 1
    longer = apart and any(other.first == hit.last and other.last - other.first > 1 for other in phrase.hits)
    return (after in _ALIEN and not longer) or (hit.first > 0 and phrase.words[hit.first - 1].folded in _TOWARDS)


def parse(words: list[Word], context: Context) -> Phrase:
    """The phrase of words: all names and terms in them, as their context leaves them."""
    hits = [hit for found in gazetteer().scan(words) if (hit := settle(found, words, context)).entries]
    return Phrase(words, hits, _end(words, hits), context)


def _end(words: list[Word], hits: list[Hit]) -> int:
    """Where the part that holds the head ends: at the first preposition that is no part of a name."""
    inside = {i for hit in hits for i in range(hit.first, hit.last)}
    for i, word in enumerate(words):
        if word.folded not in _ENDING or i == 0 or i in inside:
            continue
        if word.folded in PREPOSITIONS or _is_behind(words, i):
            return i
    return len(words)


def _is_behind(words: list[Word], i: int) -> bool:
    """Whether an adjective stands behind what it is said of: "people | familiar with the matter"."""
    return words[i].folded in BEHIND and (i + 1 == len(words) or words[i + 1].folded in PREPOSITIONS)
