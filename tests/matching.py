"""Whether a record holds what a person wrote down for the page, and if not, what is wrong with the nearest item.

How expected items are written is told in ``cases.py``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from onrecord.record import Actor, Record

Json = dict[str, Any]

ENOUGH = 0.8  # of the words of two texts that must agree
ENOUGH_INSIDE = 0.5  # where one stands inside the other, for clauses
_PREPOSITION = re.compile(r"^(?:on|in|by|until|from|since|during) ", re.IGNORECASE)


def miss(item: Any, items: str, record: Record) -> str | None:
    """None where the record has the expected item; else what is missed, in a word or the names of the fields."""
    if items == "dates":
        return _miss_date(item, record)
    if items == "dates_absent":
        return "invented" if any([when.first, when.last] == item for when in record.dates) else None
    if items == "spoken_by":
        return _miss_speaker(item, record)
    candidates = [got for got in getattr(record, items) if _same_place(item, got)]
    if not candidates:
        return "missing"
    wrong = min((_wrong_fields(item, got, record) for got in candidates), key=len)
    return "+".join(wrong) or None


def _miss_date(item: Sequence[str], record: Record) -> str | None:
    words, first, last = item
    days = [
        (when.first, when.last)
        for when in record.dates
        if when.span is not None and _bare(when.span.text) == _bare(words)
    ]
    return None if (first, last) in days else "day" if days else "missing"


def _miss_speaker(item: Sequence[str], record: Record) -> str | None:
    words, speaker = item
    holding = [one for one in record.statements if any(words in span.text for span in one.content)]
    if any(_is_party(speaker, one.speaker, record) for one in holding):
        return None
    return "speaker" if holding else "missing"


def _same_place(item: Json, got: Any) -> bool:
    """Whether an item of the record is about the same words as an expected one; what names no words is about any."""
    if "name" in item:
        return any(item["name"].casefold() in name.casefold() for name in (got.name, *(m.text for m in got.mentions)))
    if "content" in item:
        return any(
            _alike(item["content"], text) for text in (got.content[0].text, " ".join(s.text for s in got.content))
        )
    if "consequence" in item:
        return _clause_alike(item["consequence"], got.consequence.text)
    if "trigger" in item:
        one, other = item["trigger"].casefold(), got.trigger.text.casefold()
        return one in other or other in one
    return True


def _wrong_fields(item: Json, got: Any, record: Record) -> list[str]:
    return [key for key, value in item.items() if not _field_agrees(key, value, got, record)]


def _field_agrees(key: str, value: Any, got: Any, record: Record) -> bool:
    if key in ("content", "consequence", "trigger"):
        return _same_place({key: value}, got)
    if key == "name":
        return bool(value.casefold() in got.name.casefold())
    if key in ("speaker", "by"):
        return _is_party(value, getattr(got, key), record)
    if key in ("country", "sector"):
        actor = got if isinstance(got, Actor) else _actor(got.speaker, record)
        return actor is not None and getattr(actor, key) == value
    if key in ("actors", "recipients", "addressees", "about", "to", "who"):
        return _are_parties(value, getattr(got, key), record, exactly=key in ("actors", "recipients"))
    if key == "condition":
        span = got.condition
        return span is None if value is None else span is not None and _clause_alike(value, span.text)
    if key == "cue":
        return got.cue is not None and value in got.cue.text
    if key in ("said", "when", "deadline"):
        when = getattr(got, key)
        return when is not None and [when.first, when.last] == value
    if key == "where":
        return got.where is not None and value in got.where.name
    if key == "said_in":
        outer = next((s for s in record.statements if s.id == got.said_in), None)
        return outer is None if value is None else outer is not None and _is_party(value, outer.speaker, record)
    if key == "repeats":
        fuller = next((s for s in record.statements if s.id == got.repeats), None)
        return fuller is not None and any(value in span.text for span in fuller.content)
    if isinstance(value, str):
        return getattr(got, key) in value.split("|")
    return bool(getattr(got, key) == value)


def _actor(party: str | None, record: Record) -> Actor | None:
    return next((actor for actor in record.actors if actor.id == party), None)


def _is_party(expected: str | None, party: str | None, record: Record) -> bool:
    actor = _actor(party, record)
    if expected is None or actor is None:
        return expected is None and party is None
    return any(_is_one(one, actor) for one in expected.split("|"))


def _is_one(expected: str, actor: Actor) -> bool:
    if re.fullmatch(r"[A-Z]{6}", expected):
        return actor.code == expected
    if re.fullmatch(r"[A-Z]{3}\*", expected):
        return actor.country == expected[:3]
    if re.fullmatch(r"[A-Z]{3}", expected):
        return actor.country == expected and actor.sector is None
    return any(expected.casefold() in name.casefold() for name in (actor.name, *(span.text for span in actor.mentions)))


def _are_parties(expected: Sequence[str], parties: Sequence[str], record: Record, *, exactly: bool) -> bool:
    """Whether each expected party is among the parties, each for another, and if ``exactly`` none is left over."""
    left = list(parties)
    for one in expected:
        match = next((party for party in left if _is_party(one, party, record)), None)
        if match is None:
            return False
        left.remove(match)
    return not (exactly and left)


def _bare(words: str) -> str:
    return _PREPOSITION.sub("", words.strip()).casefold()


def _alike(one: str, other: str, enough: float = ENOUGH) -> bool:
    """Whether most words of two texts agree (Dice's coefficient of their bags of words)."""
    left, right = (Counter(_words(text)) for text in (one, other))
    total = left.total() + right.total()
    return total > 0 and 2 * (left & right).total() / total >= enough


def _clause_alike(one: str, other: str) -> bool:
    """As ``_alike``; a clause may also lack its subject or its auxiliary: "we will respond", "respond"."""
    inside = any(f" {' '.join(_words(a))} " in f" {' '.join(_words(b))} " for a, b in ((one, other), (other, one)))
    return _alike(one, other, ENOUGH_INSIDE if inside else ENOUGH)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
