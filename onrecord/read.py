"""A page in, a record out: the composition of all steps, in their order. Start here to find your way.

Every step is a pure function of the page, the reader's marks on it, and what the steps before found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import metadata

from onrecord.actors import Known, Roll, find_actors, names_political_actor
from onrecord.commitments import find_commitments
from onrecord.dates import find_dates, infer_published
from onrecord.events import find_events
from onrecord.meetings import find_meetings
from onrecord.places import find_places
from onrecord.reader import Reader, packaged_reader
from onrecord.reading import Reading
from onrecord.record import SCHEMA, Page, Record
from onrecord.remembered import Remembered, unplaced
from onrecord.statements import find_statements

SKIMMED = "skimmed"
"""Ends the fingerprint of a record whose page was not read, since it names no political actor."""


def read(
    page: Page,
    reader: Reader | None = None,
    known: Sequence[Known] = (),
    *,
    everything: bool = True,
    remembered: Remembered | None = None,
) -> Record:
    """The record of one page.

    ``reader`` defaults to the one with the package's weights, loaded once. ``known`` is what earlier pages or a user's
    own list tell of people (a ``Roll`` spares making its index for every page); it is part of the record's fingerprint.
    Without ``everything`` a page that names no political actor is not read: its record is empty, and says so.
    ``remembered`` is what was read before: a page with the words of one in it costs next to nothing.
    """
    reader = packaged_reader() if reader is None else reader
    known = known if isinstance(known, Roll) else Roll(known)
    mark = fingerprint(reader, known)
    if not everything and not names_political_actor(page):
        return Record(SCHEMA, page, (), (), (), (), (), (), f"{mark}-{SKIMMED}")
    if remembered is not None and (again := remembered.find(page, mark)) is not None:
        return again
    record = compose(page, reader.read(page), mark, known)
    if remembered is not None:
        remembered.keep(page, mark, record)
    return record


def read_many(
    pages: Iterable[Page], reader: Reader | None = None, known: Sequence[Known] = (), *, everything: bool = True
) -> Iterator[Record]:
    """The records of pages, in order, one at a time. Each is what ``read`` gives for that page alone."""
    reader = packaged_reader() if reader is None else reader
    known, remembered = Roll(known), Remembered()
    for page in pages:
        yield read(page, reader, known, everything=everything, remembered=remembered)


def compose(page: Page, reading: Reading, mark: str, known: Sequence[Known] = ()) -> Record:
    """The record that a page and its reading come to. ``mark`` is the record's fingerprint of what read it."""
    if page.published is None and (day := infer_published(page)) is not None:
        page = replace(page, published=day, published_from="inferred")
    bare = unplaced(page, page.id)
    dates = find_dates(bare, reading)
    actors = find_actors(bare, reading, known)
    places = find_places(bare, reading, actors)
    statements = find_statements(bare, reading, actors, dates)
    events = find_events(bare, reading, actors, dates, places, statements)
    commitments = find_commitments(bare, reading, actors, dates, statements, events)
    meetings = find_meetings(bare, reading, actors, dates, places, statements, events)
    return Record(SCHEMA, page, actors.actors, statements, events, commitments, meetings, dates, mark)


def fingerprint(reader: Reader, known: Sequence[Known] = ()) -> str:
    """What a record was read by: weights, version of the code, and a digest of ``known`` if there is any."""
    parts = [reader.fingerprint, version()]
    if known:
        parts.append((known if isinstance(known, Roll) else Roll(known)).digest)
    return "-".join(parts)


@cache
def version() -> str:
    """The version of this package."""
    return metadata.version("onrecord")
