"""A user's own list of people, as a file, to known people: CSV, or FollowTheMoney JSON as OpenSanctions publishes it.

CSV has a header and the columns ``name``, and as many as are wanted of ``names`` (other spellings, ``|`` between them),
``country`` (a code or a name), ``sector`` (a code of the coding guide; else what the words of the role tell), ``role``,
``from`` and ``to`` (2024, 2024-05 or 2024-05-06; empty where open). FollowTheMoney has an entity a line: of it
``Person``, ``Position`` and ``Occupancy`` are read, apart or one inside the other; all else is passed over.
"""

from __future__ import annotations

import csv
import json
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.actors import Known, Roll, country_code, sector_of
from onrecord.errors import KnownError

_COLUMNS = ("name", "names", "country", "sector", "role", "from", "to")
# The coding guide's sectors.
_SECTORS = frozenset(
    "AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY UAF UNK".split()
)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?")
# How many spellings of one name are taken: lists of the sanctioned have hundreds of some.
_NAMES = 50


def load_known(path: str | Path) -> Roll:
    """The people of a list. Raises ``KnownError``, which names the file and the line, where it cannot be used."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KnownError(f"{path}: {error.strerror or 'cannot be read'}") from error
    except UnicodeDecodeError as error:
        raise KnownError(f"{path}: not UTF-8 text") from error
    if not text.strip():
        raise KnownError(f"{path}: an empty list")
    return Roll(_entities(path, text) if text.lstrip().startswith("{") else _table(path, text))


# CSV


def _table(path: Path, text: str) -> Iterator[Known]:
    lines = csv.DictReader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=True)
    try:
        header = [column.strip().lower() for column in lines.fieldnames or ()]
        if strange := [column for column in header if column not in _COLUMNS]:
            raise KnownError(f"{path}: no column {strange[0]!r} is known; there may be {', '.join(_COLUMNS)}")
        if "name" not in header:
            raise KnownError(f"{path}: no column 'name' in its first line")
        lines.fieldnames = header
        for row in lines:
            yield _line(f"{path.name} line {lines.line_num}", row)
    except csv.Error as error:
        raise KnownError(f"{path} line {lines.line_num}: {error}") from error


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _line(where: str, row: Mapping[str | None, Any]) -> Known:
    if None in row:
        raise KnownError(f"{where}: more cells than columns")
    cell = {column: (value or "").strip() for column, value in row.items() if column}
    if not cell["name"]:
        raise KnownError(f"{where}: no name")
    country = country_code(cell.get("country", ""))
    if cell.get("country") and country is None:
        raise KnownError(f"{where}: {cell['country']!r} is no country")
    sector = cell.get("sector", "").upper()
    if sector and sector not in _SECTORS:
        raise KnownError(f"{where}: {cell['sector']!r} is no sector; there are {' '.join(sorted(_SECTORS))}")
    role = cell.get("role") or None
    first, last = _bound(where, cell.get("from", ""), upper=False), _bound(where, cell.get("to", ""), upper=True)
    if first and last and last < first:
        raise KnownError(f"{where}: it ends before it begins")
    names = tuple(name.strip() for name in cell.get("names", "").split("|") if name.strip())
    return Known(
        cell["name"], country, sector or sector_of(role), role, first, last, names=names, ended=bool(last), source=where
    )


def _bound(where: str, written: str, *, upper: bool) -> str:
    """The first or the last day of a year, a month or a day; "" of nothing."""
    if not written:
        return ""
    parts = _DATE.fullmatch(written)
    try:
        if parts is None:
            raise ValueError
        year, month = int(parts[1]), int(parts[2] or (12 if upper else 1))
        return date(year, month, int(parts[3] or (monthrange(year, month)[1] if upper else 1))).isoformat()
    except ValueError:
        raise KnownError(f"{where}: {written!r} is no date such as 2024, 2024-05 or 2024-05-06") from None


# FollowTheMoney


def _entities(path: Path, text: str) -> Iterator[Known]:
    """The people of a file of entities. Persons, posts and terms may stand in any order."""
    persons: dict[str, tuple[str, dict[str, list[Any]]]] = {}
    posts: dict[str, dict[str, list[Any]]] = {}
    terms: list[dict[str, list[Any]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        where = f"{path.name} line {number}"
        id, schema, properties = _entity(where, line)
        if schema == "Person":
            persons[id] = (where, properties)
            terms.extend({**_properties(term), "holder": [id]} for term in properties.get("positionOccupancies", ()))
        elif schema == "Position":
            posts[id] = properties
        elif schema == "Occupancy":
            terms.append(properties)
    if not persons:
        raise KnownError(f"{path}: no entity of schema Person in it")
    held: dict[str, list[dict[str, list[Any]]]] = {}
    for term in terms:
        for holder in term.get("holder", ()):
            held.setdefault(holder["id"] if isinstance(holder, dict) else holder, []).append(term)
    taken: dict[str, str] = {}
    for id, (where, properties) in persons.items():
        yield from _person(where, id, properties, held.get(id, ()), posts, taken)


def _entity(where: str, line: str) -> tuple[str, str, dict[str, list[Any]]]:
    try:
        entity = json.loads(line)
        return str(entity["id"]), str(entity["schema"]), _properties(entity)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise KnownError(f"{where}: no FollowTheMoney entity") from error


def _properties(entity: Any) -> dict[str, list[Any]]:
    found = entity["properties"]
    if not all(isinstance(values, list) for values in found.values()):
        raise TypeError("properties are lists")
    return dict(found)


def _person(
    where: str,
    id: str,
    properties: Mapping[str, list[Any]],
    terms: Any,
    posts: Mapping[str, dict[str, list[Any]]],
    taken: dict[str, str],
) -> Iterator[Known]:
    names = [name for name in (*properties.get("name", ()), *properties.get("alias", ())) if _is_name(name)][:_NAMES]
    if not names:
        return
    plain = Known(names[0], _country(properties), names=tuple(names[1:]), source=where)
    # Two people of one name are two: the second gets the list's own id behind the name.
    own = plain.person if taken.setdefault(plain.person, id) == id else f"{plain.person}-{id.lower()}"
    offices = []
    for term in terms:
        for post in term.get("post", ()):
            told = _properties(post) if isinstance(post, dict) else posts.get(post, {})
            offices.append((next(iter(told.get("name", ())), None), _country(told), term))
    offices = offices or [(role, None, {}) for role in properties.get("position", ()) if isinstance(role, str)]
    lines = 0
    for role, country, term in offices:
        span = _term(where, term)
        if role is None or span is None:
            continue
        country = country or plain.country
        lines += 1
        yield Known(
            plain.name, country, sector_of(role), role, *span, names=plain.names, id=own, ended=bool(span[1]),
            source=where,
        )  # fmt: skip
    if not lines:
        yield Known(plain.name, plain.country, names=plain.names, id=own, source=where)


def _is_name(name: Any) -> bool:
    """Whether a name is in Latin letters: others never stand on an English page."""
    return isinstance(name, str) and bool(name.strip()) and all(ord(c) < 0x250 or not c.isalpha() for c in name)


def _country(properties: Mapping[str, list[Any]]) -> str | None:
    """The one country that an entity names; None where none or several."""
    for wanted in ("country", "nationality", "citizenship"):
        found = {code for value in properties.get(wanted, ()) if (code := country_code(str(value)))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _term(where: str, term: Mapping[str, list[Any]]) -> tuple[str, str] | None:
    """First and last day of a term; None where it is over, or may be, and nothing tells since when."""
    first = min(map(str, term.get("startDate", ())), default="")
    last = max(map(str, term.get("endDate", ())), default="")
    if not last and set(term.get("status", ())) & {"ended", "unknown"}:
        return None
    return _bound(where, first, upper=False), _bound(where, last, upper=True)
