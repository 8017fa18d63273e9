"""An item as a row of its table and back: every field a column of the same name, spans without their text.

What a column holds follows from the field's type in ``record.py``, so a new field there needs a column in ``schema.py``
and nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from onrecord.record import Commitment, Event, Meeting, Span, Statement, When, Where

Item = Statement | Event | Commitment | Meeting
T = TypeVar("T", bound=Statement | Event | Commitment | Meeting)

KINDS: Mapping[str, type[Item]] = {
    "statements": Statement,
    "events": Event,
    "commitments": Commitment,
    "meetings": Meeting,
}
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
TABLE_OF: Mapping[type[Any], str] = {type_: table for table, type_ in KINDS.items()}

# Which fields hold the parties of an item, by the part they play: who does it, to whom, about whom.
PARTIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "statements": {"who": ("speaker",), "to": ("addressees",), "about": ("about",)},
    "events": {"who": ("actors",), "to": ("recipients",)},
    "commitments": {"who": ("by",), "to": ("to",)},
    "meetings": {"who": ("who",)},
}


def dumps(value: object) -> str:
    """Compact JSON."""
    return _ENCODER.encode(value)


@cache
def names(table: str) -> tuple[str, ...]:
    """The fields of an item, which are the columns of its table."""
    return tuple(field.name for field in fields(KINDS[table]))


@cache
def columns(table: str) -> str:
    """The columns as SQL: quoted, since some fields are called as SQL's own words."""
    return ", ".join(f's."{name}"' for name in names(table))


def values(item: Item) -> list[Any]:
    """The columns' values, in the order of ``columns``."""
    return [encode(name, getattr(item, name)) for name, encode in _encoders(TABLE_OF[type(item)])]


def item_of(type_: type[T], row: Sequence[Any], text: str) -> T:
    """The item that a row holds; ``text`` is its page's."""
    return type_(*[decode(value, text) for value, decode in zip(row, _decoders(TABLE_OF[type_]), strict=True)])


def whole(item: Item) -> dict[str, Any]:
    """All fields of an item as JSON can hold them, spans without their text."""
    table = TABLE_OF[type(item)]
    return {
        name: json.loads(kept) if kept is not None and _is_json(table, name) else kept
        for name, kept in zip(names(table), values(item), strict=True)
    }


def item_from(type_: type[T], told: Mapping[str, Any], text: str) -> T:
    """The item that ``whole`` told of. What is not told is unknown: None, empty or false.

    Raises KeyError, TypeError or ValueError for what no item can be: a name it does not have, a span outside the text.
    """
    table = TABLE_OF[type_]
    if unknown := set(told) - set(names(table)):
        raise KeyError(", ".join(sorted(unknown)))
    row = []
    for name in names(table):
        value = told.get(name)
        if value is None:
            value = _NOTHING.get(_hints(table)[name])
        _check(_hints(table)[name], name, value, text)
        row.append(dumps(value) if value is not None and _is_json(table, name) else value)
    return item_of(type_, row, text)


def spans_of(item: Item) -> tuple[Span, ...]:
    """The words that the item stands on: what its evidence is made of."""
    if isinstance(item, Statement):
        return item.content
    if isinstance(item, Event):
        return (item.evidence,)
    if isinstance(item, Commitment):
        return (item.condition, item.consequence) if item.condition else (item.consequence,)
    return (item.span,)


def evidence(item: Item) -> str:
    """The item's words, in page order; what two of its spans share stands once."""
    parts: list[str] = []
    end = -1
    for span in sorted(spans_of(item), key=lambda span: (span.start, -span.end)):
        if parts and span.start < end:
            parts[-1] += span.text[end - span.start :]
        else:
            parts.append(span.text)
        end = max(end, span.end)
    return " […] ".join(parts)


def type_of(item: Item) -> str:
    """What kind of statement, event, commitment or meeting it is."""
    return item.type if isinstance(item, Event) else item.kind


def parties(table: str, item: Item, part: str) -> tuple[str, ...]:
    """The actors who play a part (``who``, ``to``, ``about``) in the item."""
    found: list[str] = []
    for name in PARTIES[table].get(part, ()):
        value = getattr(item, name)
        found += [value] if isinstance(value, str) else value or ()
    return tuple(found)


def span_pair(span: Span) -> list[int]:
    """A span without its text."""
    return [span.start, span.end]


def spans_json(spans: Iterable[Span]) -> str:
    """Spans without their text as JSON: most of what an archive writes, so put together by hand."""
    return f"[{','.join([f'[{span.start},{span.end}]' for span in spans])}]"


def span_at(pair: Sequence[int], text: str) -> Span:
    """A span with its text."""
    return Span(pair[0], pair[1], text[pair[0] : pair[1]])


def when_plain(when: When) -> dict[str, Any]:
    """A When as JSON can hold it, its span without the text."""
    span = None if when.span is None else span_pair(when.span)
    return {"first": when.first, "last": when.last, "span": span, "basis": when.basis}


def when_of(told: Mapping[str, Any], text: str) -> When:
    """A When as it was."""
    return When(told["first"], told["last"], span_at(told["span"], text) if told["span"] else None, told["basis"])


Encoder = Callable[[str, Any], Any]
Decoder = Callable[[Any, str], Any]


@cache
def _hints(table: str) -> Mapping[str, Any]:
    return get_type_hints(KINDS[table])


@cache
def _encoders(table: str) -> tuple[tuple[str, Encoder], ...]:
    return tuple((name, _CODECS.get(_hints(table)[name], _AS_IS)[0]) for name in names(table))


@cache
def _decoders(table: str) -> tuple[Decoder, ...]:
    return tuple(_CODECS.get(_hints(table)[name], _AS_IS)[1] for name in names(table))


def _is_json(table: str, name: str) -> bool:
    return _hints(table)[name] in _JSON


def _where_json(where: Where) -> str:
    told = {"name": where.name, "country": where.country, "lat": where.lat, "lon": where.lon}
    return dumps({**told, "span": span_pair(where.span)})


def _where_of(kept: str, text: str) -> Where:
    told = json.loads(kept)
    return Where(told["name"], told["country"], told["lat"], told["lon"], span_at(told["span"], text))


def _optional(encode: Callable[[Any], Any], decode: Callable[[Any, str], Any]) -> tuple[Encoder, Decoder]:
    return (
        lambda _name, value: None if value is None else encode(value),
        lambda kept, text: None if kept is None else decode(kept, text),
    )


_AS_IS: tuple[Encoder, Decoder] = (lambda _name, value: value, lambda kept, _text: kept)
_SPAN = _optional(lambda span: f"[{span.start},{span.end}]", lambda kept, text: span_at(json.loads(kept), text))
_WHEN = _optional(lambda when: dumps(when_plain(when)), lambda kept, text: when_of(json.loads(kept), text))
_CODECS: Mapping[Any, tuple[Encoder, Decoder]] = {
    bool: (lambda _name, value: int(value), lambda kept, _text: bool(kept)),
    Span: _SPAN,
    Span | None: _SPAN,
    When | None: _WHEN,
    Where | None: _optional(_where_json, _where_of),
    tuple[Span, ...]: _optional(
        spans_json,
        lambda kept, text: tuple(span_at(pair, text) for pair in json.loads(kept)),
    ),
    tuple[str, ...]: _optional(
        lambda parts: dumps(parts) if parts else "[]", lambda kept, _text: tuple(json.loads(kept))
    ),
}
_JSON = frozenset(_CODECS) - {bool}

_NOTHING: Mapping[Any, Any] = {bool: False, tuple[Span, ...]: [], tuple[str, ...]: []}


def _check(hint: Any, name: str, value: Any, text: str) -> None:
    """Refuse a value that the field cannot have."""
    if hint in (Span, Span | None):
        fits = (value is None and hint != Span) or _is_pair(value, text)
    elif hint == tuple[Span, ...]:
        fits = isinstance(value, list | tuple) and all(_is_pair(pair, text) for pair in value)
    elif hint == tuple[str, ...]:
        fits = isinstance(value, list | tuple) and all(isinstance(part, str) for part in value)
    elif hint is bool:
        fits = value in (0, 1)
    elif hint == When | None:
        fits = value is None or (isinstance(value, Mapping) and {"first", "last", "span", "basis"} == set(value))
    elif hint == Where | None:
        fits = value is None or (isinstance(value, Mapping) and _is_pair(value.get("span"), text))
    elif get_origin(hint) is Literal:
        fits = value in get_args(hint)
    elif hint in (float, float | None):
        fits = (value is None and hint is not float) or isinstance(value, int | float)
    else:
        fits = (value is None and hint is not str) or isinstance(value, str)
    if not fits:
        raise ValueError(f"{name} cannot be {value!r}")


def _is_pair(value: Any, text: str) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(isinstance(end, int) for end in value)
        and 0 <= value[0] < value[1] <= len(text)
    )
