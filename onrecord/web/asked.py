"""What a request asks: its parameters as one ``Query`` with a place in the list, and back into an address to share.

Names and meaning are those of ``Query``; a parameter may be given several times. What cannot be meant (no day, no
number, a name that is none of ours) is an ``AskedError`` with one line for the person, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from onrecord.archive.query import Kind, Order, Query, Reviewed
from onrecord.errors import OnrecordError

KINDS: tuple[Kind, ...] = get_args(Kind)
MANY = ("who", "to", "about", "party", "type", "status", "outlet")
YES_NO = ("said_in", "asserted", "once")
ONE = ("text", "since", "until", "open_on", "page", "story")
MAX_VALUES = 20  # alternatives of one filter
MAX_LENGTH = 300  # characters of one value
PAGE = 25
MAX_PAGE = 200


class AskedError(OnrecordError):
    """The request cannot be meant so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters, and which part of which list in which order. ``rest`` are the parameters of one page alone."""

    query: Query
    kind: Kind = "statements"
    order: Order | None = None
    limit: int = PAGE
    after: str | None = None
    rest: Mapping[str, str] | None = None

    def own(self, name: str, default: str = "") -> str:
        """A parameter that is this page's own."""
        return (self.rest or {}).get(name, default)


KNOWN = {field.name for field in fields(Query)} | {"kind", "order", "limit", "after"}


def asked(params: QueryParams, own: Sequence[str] = ()) -> Asked:
    """What the parameters of an address ask. ``own`` are the names that this page has besides the filters."""
    unknown = sorted(set(params.keys()) - KNOWN - set(own))
    if unknown:
        raise AskedError(f"No filter is called {unknown[0][:40]!r}")
    values: dict[str, Any] = {}
    for name in MANY:
        given = tuple(dict.fromkeys(value for each in params.getlist(name) if (value := _checked(name, each))))
        if len(given) > MAX_VALUES:
            raise AskedError(f"{name}: at most {MAX_VALUES} values at once")
        values[name] = given
    for name in ONE:
        values[name] = _checked(name, params.get(name, "")) or None
    if values["open_on"] is not None:
        values["open_on"] = day("open_on", values["open_on"])
    for name in YES_NO:
        told = params.get(name, "")
        if told not in ("", "yes", "no", "true", "false", "1", "0"):
            raise AskedError(f"{name}: yes or no, not {told[:40]!r}")
        if told:
            values[name] = told in ("yes", "true", "1")
    values["confidence"] = _number("confidence", params.get("confidence", ""))
    values["reviewed"] = _one_of("reviewed", params.get("reviewed", ""), get_args(Reviewed))
    limit = _number("limit", params.get("limit", "")) or PAGE
    return Asked(
        Query(**values),
        kind=_one_of("kind", params.get("kind", ""), KINDS) or "statements",
        order=_one_of("order", params.get("order", ""), get_args(Order)),
        limit=max(1, min(int(limit), MAX_PAGE)),
        after=_checked("after", params.get("after", "")) or None,
        rest={name: _checked(name, params[name]) for name in own if params.get(name)},
    )


def pairs(wanted: Asked, *, without: Iterable[tuple[str, str]] = (), **changes: Any) -> list[tuple[str, str]]:
    """The parameters that ask the same, with changes: a value is added to a filter of many, replaces one of one; None
    takes it away. ``without`` are single values to be left out."""
    told: list[tuple[str, str]] = []
    for name in MANY:
        values = list(getattr(wanted.query, name))
        if name in changes:
            values = [] if changes[name] is None else [*values, str(changes[name])]
        told += [(name, value) for value in dict.fromkeys(values)]
    for name in (*ONE, "reviewed", "confidence"):
        value = changes.get(name, getattr(wanted.query, name))
        if value is not None:
            told.append((name, f"{value:g}" if isinstance(value, float) else str(value)))
    for name in YES_NO:
        value = changes.get(name, getattr(wanted.query, name))
        if value is not None and (name != "once" or value is False):
            told.append((name, value if isinstance(value, str) else "yes" if value else "no"))
    kind = changes.get("kind", wanted.kind)
    if kind != "statements":
        told.append(("kind", kind))
    rest = {**(wanted.rest or {}), **{name: value for name, value in changes.items() if name not in KNOWN}}
    for name, value in (("order", wanted.order), *rest.items(), ("after", None)):
        value = changes.get(name, value)
        if value is not None:
            told.append((name, str(value)))
    if wanted.limit != PAGE:
        told.append(("limit", str(wanted.limit)))
    left_out = set(without)
    return [pair for pair in told if pair not in left_out]


def address(path: str, told: Iterable[tuple[str, str]]) -> str:
    """A path with parameters."""
    query = urlencode(list(told))
    return f"{path}?{query}" if query else path


def day(name: str, value: str) -> str:
    """An ISO day."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise AskedError(f"{name}: a day such as 2026-03-12, not {value[:20]!r}") from None


def _checked(name: str, value: str) -> str:
    if len(value) > MAX_LENGTH:
        raise AskedError(f"{name}: longer than {MAX_LENGTH} characters")
    return re.sub(r"[\x00-\x1f\x7f]", " ", value).strip()


def _number(name: str, value: str) -> float | None:
    if not value:
        return None
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
        raise AskedError(f"{name}: a number, not {value[:40]!r}")
    return float(value)


def _one_of(name: str, value: str, choices: tuple[Any, ...]) -> Any:
    if not value:
        return None
    if value not in choices:
        raise AskedError(f"{name}: one of {', '.join(choices)}, not {value[:40]!r}")
    return value
