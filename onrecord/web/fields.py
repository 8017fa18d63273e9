"""What a person may say of an item: the fields of the forms that correct one, or add one that was missed.

A form sends ``has-NAME`` for every field that it shows, so that an empty one means "none" and an absent one "as it
was". Words are told as they stand on the page, with ``NAME-at`` (``start-end``, code points) where they were marked
with the pointer; words without a place must stand on the page once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from onrecord.archive.codec import Item, whole
from onrecord.archive.pairs import QUADS
from onrecord.archive.query import Kind
from onrecord.events.cameo import cameo
from onrecord.quotation import quotations
from onrecord.record import CommitmentKind, Event, MeetingKind, MeetingStatus, Page, Span, StatementKind, Status
from onrecord.web.asked import AskedError

Sort = Literal["choice", "party", "parties", "flag", "words", "days"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the record, what its label says, what it holds. ``many`` words are a list of spans."""

    name: str
    label: str
    sort: Sort
    options: tuple[str, ...] = ()
    many: bool = False
    needed: bool = False


FIELDS: Mapping[Kind, tuple[Field, ...]] = {
    "statements": (
        Field("content", "What was said", "words", many=True, needed=True),
        Field("kind", "In which form", "choice", get_args(StatementKind)),
        Field("speaker", "Who said it", "party"),
        Field("speaker_span", "Words that name the source", "words"),
        Field("cue", "Word that attributes", "words"),
        Field("addressees", "To whom", "parties"),
        Field("about", "About whom", "parties"),
        Field("said", "Said on", "days"),
        Field("denial", "a denial", "flag"),
        Field("repeated", "said repeatedly", "flag"),
    ),
    "events": (
        Field("trigger", "Words of the act", "words", needed=True),
        Field("evidence", "Its sentence", "words"),
        Field("type", "What kind of act", "choice", tuple(QUADS)),
        Field("status", "Status", "choice", get_args(Status)),
        Field("actors", "Who", "parties"),
        Field("recipients", "To whom", "parties"),
        Field("when", "When", "days"),
        Field("asserted", "reported as such, not merely claimed", "flag"),
    ),
    "commitments": (
        Field("consequence", "What will be done", "words", needed=True),
        Field("condition", "On which condition", "words"),
        Field("kind", "What kind", "choice", get_args(CommitmentKind)),
        Field("by", "Who commits", "party"),
        Field("to", "To whom, against whom", "parties"),
        Field("deadline", "Deadline", "days"),
        Field("explicit", "a word marks the condition", "flag"),
    ),
    "meetings": (
        Field("span", "Words that tell of it", "words", needed=True),
        Field("kind", "What kind", "choice", get_args(MeetingKind)),
        Field("status", "Status", "choice", get_args(MeetingStatus)),
        Field("who", "Who", "parties"),
        Field("when", "When", "days"),
    ),
}
_PRESET = {"status": {"events": "actual", "meetings": "planned"}, "asserted": {"events": "yes"}}


@dataclass(frozen=True, slots=True)
class Box:
    """A field as a form shows it: its values as text; of words also where each stands, ``start-end``."""

    field: Field
    told: tuple[str, ...]
    places: tuple[str, ...] = ()


def boxes(kind: Kind, item: Item | None, page: Page, at: str = "") -> tuple[Box, ...]:
    """The fields of an item; of a new one without ``item``, whose words stand at ``at`` (``start-end``) if told."""
    if item is not None:
        return tuple(_box(field, getattr(item, field.name)) for field in FIELDS[kind])
    marked = _span(page.text, at)
    return tuple(
        _box(field, marked if field.needed else None, _PRESET.get(field.name, {}).get(kind, ""))
        for field in FIELDS[kind]
    )


def _box(field: Field, value: Any, preset: str = "") -> Box:
    if field.sort == "words":
        spans = value if isinstance(value, tuple) else (value,) if value else ()
        return Box(field, tuple(span.text for span in spans), tuple(f"{span.start}-{span.end}" for span in spans))
    if field.sort == "days":
        return Box(field, (" to ".join(dict.fromkeys((value.first, value.last))),) if value else ())
    if isinstance(value, tuple):
        return Box(field, value)
    told = ("yes" if value else "") if isinstance(value, bool) else value
    return Box(field, (told or preset,) if told or preset else ())


def corrections(item: Item, kind: Kind, form: Mapping[str, Sequence[str]], page: Page) -> dict[str, Any]:
    """What a form changes of an item, as JSON has it; what follows from that with it."""
    now = whole(item)
    told = _told(kind, form, page)
    changes = {name: value for name, value in told.items() if not _same(value, now[name])}
    if "type" in changes and isinstance(item, Event):
        code, goldstein = cameo(changes["type"], None, item.contexts)
        changes |= {"mode": None, "cameo": code, "goldstein": goldstein}
    if "content" in changes:
        changes["quotes"] = _quotes(page, changes["content"])
    return changes


def missed(kind: Kind, form: Mapping[str, Sequence[str]], page: Page) -> dict[str, Any]:
    """The fields of an item that a form adds."""
    made = {name: value for name, value in _told(kind, form, page).items() if value is not None}
    for field in FIELDS[kind]:
        if field.needed and not made.get(field.name):
            raise AskedError(f"{field.label}: mark the words in the text, or write them as they stand there")
    if kind == "events":
        made["cameo"], made["goldstein"] = cameo(made["type"], None, ())
        made.setdefault("evidence", sentence(page, made["trigger"]))
    if kind == "statements":
        made["quotes"] = _quotes(page, made["content"])
    return made


def _told(kind: Kind, form: Mapping[str, Sequence[str]], page: Page) -> dict[str, Any]:
    """Every field that a form had."""
    made: dict[str, Any] = {}
    for field in FIELDS[kind]:
        if f"has-{field.name}" not in form:
            continue
        given = [value.strip() for value in form.get(field.name, ())]
        values = [value for value in given if value]
        match field.sort:
            case "choice":
                if not values or values[0] not in field.options:
                    raise AskedError(f"{field.label}: one of {', '.join(field.options)}")
                made[field.name] = values[0]
            case "party":
                made[field.name] = values[-1] if values else None  # what is written goes before what is chosen
            case "parties":
                made[field.name] = list(dict.fromkeys(values))
            case "flag":
                made[field.name] = bool(values)
            case "days":
                made[field.name] = _days(field, values[0]) if values else None
            case "words":
                places = [*form.get(f"{field.name}-at", ()), *[""] * len(given)]
                spans = [
                    _placed(field, page.text, words, place)
                    for words, place in zip(given, places, strict=False)
                    if words
                ]
                made[field.name] = sorted(spans) if field.many else spans[0] if spans else None
    return made


def _placed(field: Field, text: str, words: str, place: str) -> list[int]:
    """Where words stand on the page; a place that does not hold them counts for nothing."""
    marked = _span(text, place)
    if marked and marked.text.split() == words.split():
        return [marked.start, marked.end]
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = [[match.start(), match.end()] for match in re.finditer(pattern, text)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise AskedError(f"{field.label}: “{words[:60]}” does not stand on this page")
    raise AskedError(f"{field.label}: “{words[:60]}” stands there {len(found)} times; mark it in the text")


def _span(text: str, place: str) -> Span | None:
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", place)
    if match is None:
        return None
    start, end = int(match[1]), min(int(match[2]), len(text))
    part = text[start:end]
    start, end = start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
    return Span(start, end, text[start:end]) if start < end else None


def _days(field: Field, told: str) -> dict[str, Any]:
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:\s*(?:to|–|/)\s*(\d{4}-\d\d-\d\d))?", told)
    try:
        first, last = (date.fromisoformat(day) for day in (match[1], match[2] or match[1])) if match else (None, None)
    except ValueError:
        first = last = None
    if first is None or last is None or last < first:
        raise AskedError(f"{field.label}: a day as 2026-03-12, or 2026-03-12 to 2026-03-14")
    return {"first": first.isoformat(), "last": last.isoformat(), "span": None, "basis": "inferred"}


def _same(told: Any, now: Any) -> bool:
    """Whether a field says what it said. Of days only the days are shown, so nothing else can have changed."""
    if isinstance(told, dict) and isinstance(now, dict):
        return (told["first"], told["last"]) == (now["first"], now["last"])
    if isinstance(now, bool) or isinstance(told, bool):
        return bool(told) == bool(now)
    return bool(told == now)


def _quotes(page: Page, content: Sequence[Sequence[int]]) -> list[list[int]]:
    """What stands in quotation marks within some words."""
    made = []
    for mark in quotations(page.text, [(block.start, block.end) for block in page.blocks]):
        for start, end in content:
            low, high = max(start, mark.start + 1), min(end, mark.end - mark.closed)
            if span := _span(page.text, f"{low}-{max(low, high)}"):
                made.append([span.start, span.end])
    return made


def sentence(page: Page, span: Sequence[int]) -> list[int]:
    """The sentence around some words, within their block."""
    start, end = span
    block = next((b for b in page.blocks if b.start <= start < b.end), None)
    low, high = (block.start, max(block.end, end)) if block else (start, end)
    before = [match.end() for match in re.finditer(r"[.!?][”’\"')]*\s+", page.text[low:start])]
    after = re.search(r"[.!?][”’\"')]*(?=\s|$)", page.text[end:high])
    return [low + before[-1] if before else low, end + after.end() if after else high]
