"""Stories and sayings of a batch of records at once."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.record import Record
from onrecord.stories.saying import Said, Saying, said, sayings
from onrecord.stories.story import Report, Story, report, stories


def once(records: Iterable[Record]) -> tuple[tuple[Story, ...], tuple[Saying, ...]]:
    """The stories and the sayings of records, each once, the earliest first."""
    reports: list[Report] = []
    statements: list[Said] = []
    for record in records:
        reports.append(report(record.page))
        statements.extend(said(record))
    found = stories(reports)
    origins = {page: one.origin for one in found for page in one.pages}
    return found, sayings(statements, origins)
