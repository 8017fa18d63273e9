"""Callings: the words around a personal name that belong to it: titles, bodies with their acronyms, other scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from onrecord.actors.describe import describe
from onrecord.actors.mention import Mention
from onrecord.actors.sheet import Sheet
from onrecord.reading import Entity, Reading, Token

_OPENING = frozenset('("“')
_CLOSING = frozenset(')"”')


def people_of(reading: Reading) -> list[Entity]:
    """The people whom the reader marked, each as one: a nickname in quotation marks does not part a name in two."""
    found: list[Entity] = []
    for entity in (e for e in reading.entities if e.label == "Person"):
        before = found[-1] if found else None
        if before is not None and _is_nicknamed(reading.tokens, before, entity):
            found[-1] = replace(before, last=entity.last, end=entity.end)
        else:
            found.append(entity)
    return found


def one_kind(reading: Reading, people: Sequence[Entity]) -> tuple[list[Entity], list[Entity]]:
    """The people and the bodies of a page, each name of one kind throughout where the reader marked it as now this, now
    that: a surname of somebody named in full is a person's ("Paris" on a page about Valeska Paris, but not "in Paris"),
    another single word what it mostly is.
    """
    tokens = reading.tokens
    full = [entity for entity in people if entity.last - entity.first > 1]
    surnames = {tokens[entity.last - 1].text for entity in full}
    single = Counter(
        (tokens[entity.first].text, entity.label == "Person")
        for entity in (*people, *(e for e in reading.entities if e.label == "Organization"))
        if entity.last - entity.first == 1
    )
    persons, bodies = list(full), []
    bare = [entity for entity in people if entity.last - entity.first == 1]
    for entity in (*bare, *(e for e in reading.entities if e.label in ("Organization", "Location"))):
        name = tokens[entity.first].text
        if entity.last - entity.first > 1:
            if entity.label == "Organization":
                bodies.append(entity)
        elif name in surnames and (entity.label == "Person" or _stands_alone(reading, entity)):
            persons.append(replace(entity, label="Person"))
        elif entity.label == "Person" and single[name, False] > single[name, True]:
            bodies.append(replace(entity, label="Organization"))
        elif entity.label == "Organization" and single[name, True] > single[name, False]:
            persons.append(replace(entity, label="Person"))
        elif entity.label != "Location":
            (persons if entity.label == "Person" else bodies).append(entity)
    return sorted(persons, key=lambda entity: entity.first), bodies


def _stands_alone(reading: Reading, entity: Entity) -> bool:
    """Whether a word stands where somebody acts rather than a place lies: no preposition before it, no noun behind."""
    token = reading.tokens[entity.first]
    cased = any(reading.tokens[c].deprel == "case" and c < token.i for c in reading.children[token.i])
    return not cased and token.deprel.split(":")[0] in ("nsubj", "obj", "iobj", "appos", "conj", "nmod", "root")


def _is_nicknamed(tokens: Sequence[Token], before: Entity, entity: Entity) -> bool:
    """Whether a closing mark is all that stands between: "Ferdinand “Bongbong | ” | Marcos"."""
    if entity.first - before.last != 1 or tokens[before.last].text not in _CLOSING:
        return False
    return any(token.text in _OPENING or token.text[0] in _OPENING for token in tokens[before.first : before.last])


def nameless(tokens: Sequence[Token], places: range) -> set[int]:
    """The tokens of a name that are no part of it for comparison: marks, and the nickname between them."""
    found = {i for i in places if tokens[i].text in ("-", "'s", "’s")}
    opened = False
    for i in places:
        if tokens[i].text in _OPENING | _CLOSING:
            found.add(i)
            opened = not opened
        elif opened:
            found.add(i)
    return found


def called(sheet: Sheet, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions of people with the body before and the other script behind: "Police Agency (PA) Director X (黃明昭)"."""
    found: list[Mention] = []
    for mention in mentions:
        if not mention.profiles or mention.profile.kind != "person":
            found.append(mention)
            continue
        mention = _with_body(sheet, _with_script(sheet.reading.tokens, mention))
        # A body whose tree took the name in ends before its acronym.
        found = [
            replace(m, last=mention.first) if m.first == mention.first and m.last > m.head + 1 else m for m in found
        ]
        found.append(mention)
    return found


def _with_script(tokens: Sequence[Token], mention: Mention) -> Mention:
    last = mention.last
    if last + 2 >= len(tokens) or tokens[last].text != "(" or tokens[last + 2].text != ")":
        return mention
    return mention if tokens[last + 1].text.isascii() else replace(mention, last=last + 3)


def _with_body(sheet: Sheet, mention: Mention) -> Mention:
    tokens, first, profile = sheet.reading.tokens, mention.first, mention.profile
    bracketed = first >= 4 and tokens[first - 1].text in _CLOSING and tokens[first - 3].text in _OPENING
    if not bracketed or profile.role is None or not tokens[first - 2].text.isupper():
        return mention
    start = first - 3
    while start > 0 and tokens[start - 1].sentence == tokens[first].sentence and _of_name(tokens, start - 1):
        start -= 1
    body = describe(sheet.words.between(start, first - 3), sheet.context) if start < first - 3 else None
    if start == first - 3:
        return mention
    if body is not None:
        profile = replace(
            profile,
            country=profile.country or body.country,
            sectors=profile.sectors or body.sectors,
            own_country=profile.own_country or body.country is not None,
        )
    return replace(mention, first=start, profiles=(profile,))


def _of_name(tokens: Sequence[Token], i: int) -> bool:
    if tokens[i].text in ("of", "and", "the", "for"):
        return i > 0 and tokens[i - 1].text[:1].isupper() and tokens[i - 1].upos in ("PROPN", "NOUN", "ADJ")
    return tokens[i].text[:1].isupper() and tokens[i].upos in ("PROPN", "NOUN", "ADJ")
