"""Why an expression became days, or none: what its words say, and what they were counted from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from onrecord.dates.context import Context
from onrecord.dates.days import Interval
from onrecord.dates.expressions import (
    Current,
    Expression,
    Found,
    InStory,
    Monthless,
    Rolling,
    SeasonOf,
    Shift,
    Since,
    Vague,
    Weekday,
    Weekend,
    Yearless,
)
from onrecord.dates.pages import anchor, resolved
from onrecord.reading import Reading
from onrecord.record import Page, Span


@dataclass(frozen=True, slots=True)
class ExplainedDate:
    """A date expression of a page: its words, the days (None where not certain), and the reasons in order."""

    span: Span
    first: str | None
    last: str | None
    reasons: tuple[str, ...]


def explain_dates(page: Page, reading: Reading) -> tuple[ExplainedDate, ...]:
    """Every date expression of a page, those too that resolve to nothing, with what it was read as and counted from."""
    found = anchor(page)
    declared = page.published_from or "given" if found and found.origin == "published" else "inferred from the page"
    return tuple(_explained(page, one, context, days, declared) for one, context, days in resolved(page, reading))


def _explained(page: Page, found: Found, context: Context, days: Interval | None, declared: str) -> ExplainedDate:
    span = Span(found.start, found.end, page.text[found.start : found.end])
    reasons = (f"read as {_said(found.says)}", *_counted(found.says, context, days, declared))
    first, last = (days.first.isoformat(), days.last.isoformat()) if days else (None, None)
    return ExplainedDate(span, first, last, reasons)


def _said(says: Expression) -> str:
    """An expression in words: "within last-day (current year)"."""
    parts = []
    for field in fields(says):
        value = getattr(says, field.name)
        if value is None:
            continue
        if isinstance(value, Interval):
            parts.append(f"{value.first} to {value.last}")
        else:
            parts.append(f"({_said(value)})" if hasattr(value, "__dataclass_fields__") else f"{field.name} {value}")
    return f"{type(says).__name__.lower()}: {', '.join(parts)}" if parts else type(says).__name__.lower()


def _nodes(says: Expression) -> Iterator[Expression]:
    yield says
    for field in fields(says):
        value = getattr(says, field.name)
        if hasattr(value, "__dataclass_fields__") and not isinstance(value, Interval):
            yield from _nodes(value)


_FROM_PAGE = (Shift, Current, Rolling, Since, Weekday, Weekend, SeasonOf, Monthless)
_BY_TENSE = (Weekday, Weekend, SeasonOf, Monthless, Yearless)


def _counted(says: Expression, context: Context, days: Interval | None, declared: str) -> Iterator[str]:
    """What an expression was counted from, in the order in which it matters."""
    nodes = tuple(_nodes(says))
    if any(isinstance(node, InStory) for node in nodes):
        story = context.story
        yield f"counted from the date told before, {story.first} to {story.last}" if story else "no date told before"
    if any(isinstance(node, _FROM_PAGE) for node in nodes):
        yield f"counted from {context.anchor} ({declared})" if context.anchor else "the page has no date to count from"
    if any(isinstance(node, _BY_TENSE) for node in nodes):
        noun = f", beside {context.setting.noun!r}" if context.setting.noun else ""
        yield f"the tense of its clause is {context.setting.tense}{noun}"
    if any(isinstance(node, Yearless) for node in nodes):
        yield from _year(context, days)
    if any(isinstance(node, Vague) for node in nodes):
        yield "a time that nobody can place"
    if days is None:
        yield "no days are certain"


def _year(context: Context, days: Interval | None) -> Iterator[str]:
    if context.headed:
        yield f"the heading above is {context.headed.first.year}"
    if context.history:
        yield "the page tells of another time than its own date's"
    if days is None:
        return
    if context.story and context.here and days.first.year == context.story.first.year:
        yield f"the year is that of the date told before in the paragraph, {context.story.first.year}"
    elif context.anchor:
        yield f"the year is the one that tense and nearness to {context.anchor} pick"
