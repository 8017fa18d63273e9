"""The filters of a query as options, the same for every command that finds or counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from onrecord.archive import Query

C = TypeVar("C", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--speaker", "--who", "who", multiple=True, metavar="PARTY", help="Who speaks or acts."),
    click.option("--to", multiple=True, metavar="PARTY", help="To whom: addressees, recipients."),
    click.option("--about", multiple=True, metavar="PARTY", help="Of whom a statement speaks."),
    click.option("--party", multiple=True, metavar="PARTY", help="Anybody who plays any part."),
    click.option("--kind", "--type", "type", multiple=True, metavar="KIND",
                 help="direct, indirect, mixed; ASSAULT, THREATEN/restrict; threat, promise; visit, talks."),
    click.option("--status", multiple=True, metavar="STATUS", help="Of events and meetings: actual, planned, held."),
    click.option("--outlet", multiple=True, metavar="OUTLET", help="Name or domain."),
    click.option("--since", metavar="DAY", help="2026, 2026-03 or 2026-03-12; inclusive."),
    click.option("--until", metavar="DAY", help="The same; inclusive."),
    click.option("--said/--own-voice", "said_in", default=None,
                 help="Only what somebody is reported to have said, or only what the page says itself."),
    click.option("--asserted/--not-asserted", default=None, help="Of events: reported as such, or only claimed."),
    click.option("--confidence", type=click.FloatRange(0, 1), help="At least this."),
    click.option("--reviewed",
                 type=click.Choice(["any", "yes", "no", "accepted", "corrected", "rejected", "added"]),
                 help="What people found. Default: all but what was rejected."),
    click.option("--page", metavar="ID", help="Of one page."),
    click.option("--story", metavar="ID", help="Of the story of a page."),
    click.option("--every-report", is_flag=True, help="Every copy and every report, not each story and saying once."),
)  # fmt: skip


def filters(command: C) -> C:
    """The options of a query. They come to the command as one dictionary, ``query_of`` makes the query of it."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def query_of(text: str | None, given: dict[str, Any], *, open_on: str | None = None) -> Query:
    """The query that was asked for."""
    told = dict(given)
    return Query(text=text or None, once=not told.pop("every_report"), open_on=open_on, **told)
