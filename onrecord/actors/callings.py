"""Callings: the words around a personal name that belong to it: titles, bodies with their acronyms, other scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.actors.mention import Mention
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


def called(reading: Reading, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions of people with the body before and the other script behind: "Police Agency (PA) Director X (黃明昭)"."""
    ends = {m.last: m for m in mentions if m.profiles and m.profile.kind != "person" and m.form != "pronoun"}
    return [_called(reading.tokens, mention, ends) if _is_person(mention) else mention for mention in mentions]


def _is_person(mention: Mention) -> bool:
    return bool(mention.profiles) and mention.profile.kind == "person"


def _called(tokens: Sequence[Token], mention: Mention, ends: dict[int, Mention]) -> Mention:
    first, last, profile = mention.first, mention.last, mention.profile
    if last + 2 < len(tokens) and tokens[last].text == "(" and not tokens[last + 1].text.isascii():
        if tokens[last + 2].text == ")":
            last += 3
    bracketed = first >= 3 and tokens[first - 1].text in _CLOSING and tokens[first - 3].text in _OPENING
    body = ends.get(first - 3) or ends.get(first) if bracketed else None
    if body is not None and profile.role is not None and tokens[first - 2].text.isupper():
        first = body.first
        profile = replace(
            profile,
            country=profile.country or body.profile.country,
            sectors=profile.sectors or body.profile.sectors,
            own_country=profile.own_country or body.profile.country is not None,
        )
    return replace(mention, first=first, last=last, profiles=(profile,))
