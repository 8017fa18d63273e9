"""Names of people in a phrase: those of the table of leaders, and capitalised words behind a title."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord.actors import leaders
from onrecord.actors.gazetteer import Hit
from onrecord.actors.phrase import PREPOSITIONS, Phrase
from onrecord.actors.wording import Word, key
from onrecord.tables import rows


def known_name(phrase: Phrase) -> tuple[int, int, str | None] | None:
    """A leader's name that ends the phrase (or its first part), by full name, or by surname where only one is meant."""
    words = phrase.words
    for end in dict.fromkeys((len(words), phrase.end)):
        hit = next((hit for hit in phrase.hits if hit.last == end and hit.of("leader")), None)
        entry = hit.of("leader") if hit else None
        behind = hit is not None and phrase.end < hit.first and not _is_office(phrase)
        if behind:
            continue  # "a letter to President X" is no person
        if hit and entry and (hit.first == 0 or words[hit.first - 1].folded not in PREPOSITIONS | {"'s"}):
            if phrase.end < hit.first and _has_title(phrase, hit.first):
                continue  # "a spokesman for President Per Dal" is another
            return hit.first, hit.last, entry.id
    last = phrase.end - 1
    if last < 0 or not words[last].surface[:1].isupper() or any(hit.first <= last < hit.last for hit in phrase.hits):
        return None
    titled = any(hit.last == last and _is_office_of_state(hit) for hit in phrase.hits)
    if last > 0 and not titled and not _honorific(words[last - 1]):
        return None
    id = surname_of_leader(words[last].folded, phrase.context.days, titled=titled)
    return (last, last + 1, id) if id else None


def _is_office_of_state(hit: Hit) -> bool:
    """Whether words are a title of somebody in an office of state: no dean, and no people."""
    head = hit.of("head")
    titles = head is not None and head.category in ("person", "carrier", "title") and not head.plural
    return titles and head is not None and head.sectors[:1] not in _PRIVATE


def _is_office(phrase: Phrase) -> bool:
    """Whether the part of a phrase before its first preposition names an office: "President | of France X"."""
    hit = next((hit for hit in phrase.hits if hit.first < phrase.end <= hit.last), None)
    head = hit.of("head") if hit else None
    return head is not None and head.category in ("person", "carrier", "title")


def surname_of_leader(surname: str, days: Sequence[str], *, titled: bool = False) -> str | None:
    """The one leader in office whom a surname means. A common surname means nobody without a title before it."""
    if is_common(surname) and not titled:
        return None
    found = {leaders.known_by_surname(surname, day, titled=titled) for day in days}
    return found.pop() if len(found) == 1 else None


def titled_name(phrase: Phrase) -> tuple[int, int, str | None] | None:
    """Capitalised words that no table knows, right behind a title."""
    for hit in phrase.hits:
        entry = hit.of("head")
        if entry is None or entry.plural or entry.category not in ("person", "carrier", "title"):
            continue
        if entry.name in _UNTITLED:
            continue
        last = hit.last
        while last < phrase.end and _name_like(phrase, last):
            last += 1
        if last < phrase.end and last > hit.last and _is_thing(phrase, last):
            continue  # "the Criminal Procedure Act"
        if last == hit.last + 1 and phrase.words[hit.last].folded in _office_words():
            continue  # "Chief Election", "Deputy Finance": the beginning of another office
        if last < phrase.end - 1 and phrase.words[last].folded == "'s":
            continue  # "President X's adviser" is somebody else
        if last > hit.last and phrase.words[hit.last].i > phrase.words[hit.last - 1].i:
            return hit.last, last, None
    return None


def _is_thing(phrase: Phrase, i: int) -> bool:
    """Whether the word behind a supposed name makes a thing of it: an Act, a Treaty."""
    hit = next((hit for hit in phrase.hits if hit.first == i), None)
    entry = hit.of("head") if hit else None
    return entry is not None and entry.category == "not" and phrase.words[i].surface[:1].isupper()


# Heads that are no titles before a name: "local Covid cases", "the Central Command Center".
_UNTITLED = frozenset(
    "local command force group team guard unit squad body board staff crew passenger executive".split()
)


_PRIVATE = (("EDU",), ("CVL",), ("BUS",), ("JRN",), ("LAB",), ("REL",), ("MED",), ("SOC",), ("AGR",))
_STYLES = frozenset({"dr", "mr", "mrs", "ms", "prof"})


def _name_like(phrase: Phrase, i: int) -> bool:
    word = phrase.words[i]
    if word.folded in _STYLES and i + 1 == phrase.end:
        return False  # "editor Dr. | Per Dal": the name stands elsewhere
    if word.folded in ("al", "bin", "ibn", "van", "von", "de", "da", "del", "der", "el", "la", "ben", "abu", "ul"):
        return i + 1 < phrase.end
    if i and phrase.words[i - 1].surface[:1].isupper() and word.i - phrase.words[i - 1].i in (0, 2):
        return True  # behind a hyphen: "Shih-chung"
    known = next((hit for hit in phrase.hits if hit.first <= i < hit.last), None)
    return word.surface[:1].isupper() and (known is None or (bool(known.of("city")) and i > 0))


def _has_title(phrase: Phrase, first: int) -> bool:
    """Whether an office stands right before a name that begins at word ``first``, behind a preposition."""
    return any(hit.last == first and hit.first > phrase.end and hit.of("head") for hit in phrase.hits)


def _honorific(word: Word) -> bool:
    return word.folded in ("mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "madam", "sheikh", "hajj")


@cache
def _office_words() -> frozenset[str]:
    """The words that offices' names begin with and that are more than a noun of their own: "foreign", "finance"."""
    terms = (key(row["term"]) for row in rows("offices.tsv") if row["class"] in ("person", "body"))
    return frozenset(term[0] for term in terms if len(term) > 1)


def is_common(surname: str) -> bool:
    """Whether a folded surname is so common that it means nobody by itself."""
    return surname in _common_surnames()


@cache
def _common_surnames() -> frozenset[str]:
    return frozenset(row["surname"] for row in rows("common_surnames.tsv"))
