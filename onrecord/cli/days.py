"""Days as the options of a command."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from onrecord.dates import is_day


def given_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """An option that is a day or a date-time, or nothing."""
    if value is not None and not is_day(value):
        raise click.BadParameter("give an ISO date such as 2026-02-03, or a date-time")
    return value


def today() -> str:
    """The present day, ISO."""
    return datetime.now(UTC).date().isoformat()
