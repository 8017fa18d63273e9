"""A page's dates, and the day they count from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

from onrecord.dates.clauses import setting
from onrecord.dates.context import Context
from onrecord.dates.days import Interval, date_of
from onrecord.dates.expressions import Expression, Fixed, Found, Rolling, Shift, Since, Weekday, Yearless
from onrecord.dates.grammar import find_expressions
from onrecord.dates.resolve import basis, resolve
from onrecord.dates.tables import word_class
from onrecord.reading import Reading
from onrecord.record import Block, Page, Span, When

#: Sites that do not know a page's date fill in the year 1, or 9999.
_FIRST_YEAR, _LAST_YEAR = 1600, 2999


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that relative expressions count from, and whether the page declares it or it was inferred."""

    day: date
    origin: Literal["published", "inferred"]


def anchor(page: Page) -> Anchor | None:
    """The page's date where it has one, else the one that its dateline or captions fix, else None."""
    if page.published:
        declared = _iso_day(page.published)
        if declared is None:
            return None
        if page.published_from == "inferred":
            return Anchor(declared, "inferred")
        return Anchor(_written(page, declared) or declared, "published")
    inferred = infer_published(page)
    return Anchor(date.fromisoformat(inferred), "inferred") if inferred else None


def _written(page: Page, declared: date) -> date | None:
    """The day of the text's own dateline where it lies a day or two from the one declared: "yesterday" counts from it.

    A page may be put out past midnight in another time zone, or a day after its text was written.
    """
    told = {day for block in page.blocks for day in _dateline(page.text, block, declared)}
    near = {day for day in told if abs((day - declared).days) <= _ZONES}
    return near.pop() if len(told) == 1 and near else None


#: Days by which the date that a page declares may miss that of its dateline.
_ZONES = 2


def is_day(moment: str) -> bool:
    """Whether it is an ISO date or date-time that a page can bear, as ``Page.published`` wants it."""
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        return False
    return _iso_day(moment) is not None


def _iso_day(moment: str) -> date | None:
    try:
        day = date.fromisoformat(moment[:10])
    except ValueError:
        return None
    dashed = moment[4:8:3] == "--"  # and not "20210310" or a day of a week
    return day if dashed and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


# --- the page's own date ----------------------------------------------------------------------------------------------

#: A dateline opens the article ("OSLO, Feb. 2, 2026 (Agency) -") or stands alone ("Published: 2 February 2026, 10:15").
_DATELINE_REACH = 60
_DATELINE_END = re.compile(r"[^.!?]{0,30}?(?:\(\w[^)]{0,30}\) ?)?(?:[-–—:|]| - )")
_ALONE = 90
#: Photographs kept on file, or taken at another time by their own words, do not date the page.
_FILE_PHOTO = re.compile(r"\bfile\b|\barchive\b|\bfiled?-", re.IGNORECASE)
#: Captions of one page may be some days apart (the event, the eve): the latest is nearest to the page.
_CAPTIONS_APART = 7
#: An article that names a day this much later than its captions is not of their time.
_TOO_OLD = 60


def infer_published(page: Page) -> str | None:
    """The ISO day that a dateline, or else the captions, fix for a page without a date; None where none does.

    Files' photographs are passed over; captions that lie weeks apart, or that the article shows to be old, fix nothing.
    """
    if datelines := [found for block in page.blocks for found in _dateline(page.text, block)]:
        return max(datelines).isoformat() if (max(datelines) - min(datelines)).days <= _CAPTIONS_APART else None
    captions = {
        moment
        for block in page.blocks
        if block.role == "caption" and not _FILE_PHOTO.search(page.text, block.start, block.end)
        for moment in _full_days(page.text, block)
    }
    if not captions or (max(captions) - min(captions)).days > _CAPTIONS_APART:
        return None
    told = [
        moment for block in page.blocks if block.role in ("lead", "body") for moment in _full_days(page.text, block)
    ]
    if any((moment - max(captions)).days > _TOO_OLD for moment in told):
        return None
    return max(captions).isoformat()


def _dateline(text: str, block: Block, near: date | None = None) -> Iterator[date]:
    """The day of a dateline; without a year ("OSLO, 2 February -") only beside a date that it must be ``near``."""
    if block.role not in ("byline", "lead", "body", "subhead"):
        return
    words = text[block.start : block.end].rstrip()
    alone = block.role == "byline" or (len(words) < _ALONE and not words.endswith((".", "!", "?", "”", '"')))
    if not alone and words[1:2].islower():
        return  # "The": no place in capitals, as most paragraphs
    end = min(block.end, block.start + _DATELINE_REACH)
    first = next(iter(find_expressions(text, block.start, end)), None)
    said = _day_said(first.says, near) if first is not None else None
    if first is None or said is None:
        return
    opens = text[block.start : first.start].isupper() and _DATELINE_END.match(text, first.end)
    if alone or (block.role in ("lead", "body") and opens):
        yield said


def _day_said(says: Expression, near: date | None) -> date | None:
    if isinstance(says, Fixed):
        return says.interval.first if says.interval.is_day else None
    if near is None or not isinstance(says, Yearless) or says.day is None or says.sense:
        return None
    years = (date_of(near.year + step, says.month, says.day) for step in (-1, 0, 1))
    return min((day for day in years if day), key=lambda day: abs((day - near).days), default=None)


def _full_days(text: str, block: Block) -> Iterator[date]:
    for found in find_expressions(text, block.start, block.end):
        if isinstance(found.says, Fixed) and found.says.interval.is_day:
            yield found.says.interval.first


# --- the dates of the page --------------------------------------------------------------------------------------------


#: "September 2014:"
_LONGEST_HEADING = 20


def find_dates(page: Page, reading: Reading) -> tuple[When, ...]:
    """Every date expression of the page that resolves to days, furniture left out, in the order of the text.

    ``basis`` is ``explicit`` where the words alone name the days, ``relative`` where they count from the page's date
    or from the story's last one, ``inferred`` where tense and nearness supplied what the words leave out (the year of
    "27 January"). What cannot be resolved with certainty is absent.
    """
    return tuple(_when(page.text, found, days) for found, _, days in resolved(page, reading) if days is not None)


def resolved(page: Page, reading: Reading) -> Iterator[tuple[Found, Context, Interval | None]]:
    """Every date expression of the page in order, with what it may count from, and the days it comes to."""
    counted_from = anchor(page)
    today = counted_from.day if counted_from else None
    northern = page.outlet is None or page.outlet.country not in word_class("southern")
    told: Interval | None = None  # the date the story was last at
    headed: Interval | None = None  # the year of the heading above
    told_in = -1  # and the block that said so; it is good for that block and the next
    blocks = [block for block in page.blocks if block.role != "furniture"]
    headings = dict(_year_headings(page))
    expressions = [find_expressions(page.text, block.start, block.end) for block in blocks]
    history = today is not None and _is_history(reading, [found for each in expressions for found in each], today)
    for n in range(len(blocks)):
        headed = headings.get(blocks[n].start, None if blocks[n].role == "subhead" else headed)
        for found in expressions[n]:
            story = told if n - told_in <= 1 else None
            clause = setting(reading, found.start, found.end)
            context = Context(today, story, n == told_in, northern, clause, history, headed)
            if today and isinstance(found.says, Shift) and found.says.unit == "day":
                said = _day_of_saying(reading, found, expressions[n], context)
                context = replace(context, anchor=said or today, story=None if said else story)
            interval = None if _is_of_the_speaker(reading, found, context) else resolve(found.says, context)
            yield found, context, interval
            if _COMPARED.search(page.text, max(0, found.start - 12), found.start):
                continue  # "better in May than in late April": the story is in May
            # Nothing is counted from a time that nobody can place, or that only ends with the page.
            told, told_in = (None if isinstance(found.says, Rolling | Since) else interval), n


def _year_headings(page: Page) -> Iterator[tuple[int, Interval]]:
    """The starts of the blocks that a year or a month of it heads, as in a chronicle, with those years and months.

    Such a heading is a block of nothing else, itself among them; readers of pages take it for furniture.
    """
    for block, below in pairwise((*page.blocks, None)):
        if block is None or block.end - block.start > _LONGEST_HEADING:
            continue
        found = find_expressions(page.text, block.start, block.end)
        said = page.text[block.start : block.end].strip(" :.–—-")
        if len(found) == 1 and isinstance(found[0].says, Fixed) and len(said) == found[0].end - found[0].start:
            year = found[0].says.interval
            if not year.is_day and year.first.year == year.last.year:
                headed = below if block.role == "furniture" else block
                if headed and headed.role != "furniture":
                    yield headed.start, year


def _day_of_saying(reading: Reading, found: Found, others: Sequence[Found], context: Context) -> date | None:
    """The day that "tomorrow" in a quotation counts from where its sentence tells when it was said; None elsewhere.

    "“We vote tomorrow,” she said on Monday" is of Tuesday, whenever the page came out.
    """
    quote = next((q for q in reading.quotations if q.start < found.start < q.end), None)
    sentence = next((s for s in reading.sentences if s.start <= found.start < s.end), None)
    if quote is None or sentence is None:
        return None
    told = set()
    for other in others:
        outside = sentence.start <= other.start < sentence.end and not quote.start < other.start < quote.end
        if outside and isinstance(other.says, Weekday | Yearless | Fixed):
            interval = resolve(other.says, replace(context, setting=setting(reading, other.start, other.end)))
            told |= {interval.first} if interval and interval.is_day else set()
    return told.pop() if len(told) == 1 else None


_COMPARED = re.compile(r"\bthan (?:in |on )?(?:the )?$")
#: A story that was within so many days of the page's date is in the days that its speakers mean.
_SPEAKS_OF = 7


def _is_of_the_speaker(reading: Reading, found: Found, context: Context) -> bool:
    """Whether "today" in a quotation may be the day that the story was last at, and not the page's."""
    if not isinstance(found.says, Shift) or found.says.unit != "day" or not context.story or not context.anchor:
        return False
    quoted = any(quote.start < found.start < quote.end for quote in reading.quotations)
    away = (context.story.first - context.anchor).days
    return quoted and context.story.is_day and 0 < abs(away) <= _SPEAKS_OF


#: From so many dates on they tell what time a page is of: by their years, if no more than one lies near the page's own.
_DATES_THAT_TELL = 4


def _is_history(reading: Reading, found: Sequence[Found], today: date) -> bool:
    """Whether a page tells of another time than its own date's, so that its "2 June" is of no year near that date.

    It does where all its dates but one lie more than a year away; or where it tells in the past tense of days to come:
    then the date is not the text's, as of an article that others went on writing.
    """
    if sum(isinstance(f.says, Weekday | Shift) for f in found) >= _DATES_THAT_TELL:
        return False  # "on Thursday", "last week": the page goes by its own days
    fixed = [f for f in found if isinstance(f.says, Fixed)]
    away = [f for f in fixed if isinstance(f.says, Fixed) and abs(f.says.interval.first.year - today.year) > 1]
    if len(fixed) >= _DATES_THAT_TELL and len(fixed) - len(away) <= 1:
        return True
    later = [f for f in fixed if isinstance(f.says, Fixed) and (f.says.interval.first - today).days > _TOO_OLD]
    return len([f for f in later if setting(reading, f.start, f.end).tense == "past"]) > 1


def _when(text: str, found: Found, interval: Interval) -> When:
    span = Span(found.start, found.end, text[found.start : found.end])
    return When(interval.first.isoformat(), interval.last.isoformat(), span, basis(found.says))
