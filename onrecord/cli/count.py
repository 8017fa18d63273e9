"""``onrecord timeline, pairs, compare, counts``: what is counted, as tables, charts in the terminal, and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.archive import Bucket, Query
from onrecord.archive.count import By, Value
from onrecord.archive.query import Kind
from onrecord.cli.filters import filters, query_of
from onrecord.cli.output import form_of, output, write
from onrecord.cli.picture import PICTURES, draw
from onrecord.cli.place import archive_option, opened, told

_STYLES = {"VC": "cyan", "MC": "green", "VX": "yellow", "MX": "red"}
_NAMES = {"VC": "words, friendly", "MC": "deeds, friendly", "VX": "words, hostile", "MX": "deeds, hostile"}
_WIDTH = 40


@click.command("timeline")
@click.argument("a")
@click.argument("b", required=False)
@click.option(
    "--by", type=click.Choice(["day", "week", "month", "quarter", "year"]), default="month", show_default=True
)
@filters
@output
@archive_option
@told
def timeline_command(
    a: str, b: str | None, by: By, archive_path: Path | None, form: str | None, out: Path | None, **given: Any
) -> None:
    """The events between A and B, either way, over time; or of A with anybody.

    A and B are countries (RUS), codes (RUSGOV), actors' ids or names. --out FILE.png or FILE.svg draws a picture.
    """
    query = _counted(given)
    with opened(archive_path) as archive:
        buckets = archive.timeline(a, b, by=by, query=query)
    title = f"{a} and {b}" if b else a
    if out is not None and out.suffix.lower() in PICTURES:
        draw(buckets, title, by, out)
        return
    asked = form_of(form, out)
    if asked == "table" and out is None:
        Console(highlight=False).print(_chart(buckets))
    else:
        write(buckets, asked, out)


@click.command("pairs")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@click.option("--domestic", is_flag=True, help="Also what happens within one country.")
@filters
@output
@archive_option
@told
def pairs_command(
    limit: int, domestic: bool, archive_path: Path | None, form: str | None, out: Path | None, **given: Any
) -> None:
    """The pairs of countries with the most events, from the first to the second. Filters: days, types, every report."""
    query = _counted(given)
    if replace(query, since=None, until=None, type=(), once=True) != Query():
        raise click.UsageError("pairs are counted by days and types; for other filters, use `counts` or `timeline`")
    with opened(archive_path) as archive:
        write(archive.pairs(query, limit=limit, domestic=domestic), form_of(form, out), out)


@click.command("compare")
@click.argument("a")
@click.argument("b")
@click.argument("earlier")
@click.argument("later")
@filters
@output
@archive_option
@told
def compare_command(
    a: str,
    b: str,
    earlier: str,
    later: str,
    archive_path: Path | None,
    form: str | None,
    out: Path | None,
    **given: Any,
) -> None:
    """Two periods of A and B side by side, each a year, a month, a day, or FIRST..LAST: compare RUS UKR 2025 2026."""
    with opened(archive_path) as archive:
        buckets = archive.compare(a, b, _period(earlier), _period(later), query=_counted(given))
    asked = form_of(form, out)
    if asked != "table" or out is not None:
        write(buckets, asked, out)
        return
    Console(highlight=False).print(_side_by_side((earlier, later), buckets))


@click.command("counts")
@click.argument("kind", type=click.Choice(["statements", "events", "commitments", "meetings", "pages"]))
@click.argument("by", type=click.Choice(["type", "status", "outlet", "who", "to", "about", "country", "month"]))
@click.option("--text", help="Words.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@filters
@output
@archive_option
@told
def counts_command(
    kind: Kind,
    by: Value,
    text: str | None,
    limit: int,
    archive_path: Path | None,
    form: str | None,
    out: Path | None,
    **given: Any,
) -> None:
    """How many items there are of each type, outlet, speaker, country or month: `counts statements who --about UKR`."""
    with opened(archive_path) as archive:
        write(archive.counts(kind, by, query_of(text, given), limit=limit, cap=1_000_000), form_of(form, out), out)


def _counted(given: dict[str, Any]) -> Query:
    """The query of a command that counts events between two parties."""
    query = query_of(None, given)
    if query.who or query.to or query.about or query.party:
        raise click.UsageError("say the parties as A and B")
    return query


def _period(told: str) -> tuple[str, str]:
    first, dots, last = told.partition("..")
    return (first, last) if dots else (told, told)


def _chart(buckets: Sequence[Bucket]) -> RenderableType:
    """Bars of events by quad class, a line for each stretch of days."""
    if not buckets:
        return Text("nothing found", "dim")
    most = max(bucket.events for bucket in buckets)
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("from", no_wrap=True)
    table.add_column("events", justify="right", no_wrap=True)
    legend = Text()
    for quad, style in _STYLES.items():
        legend.append("■ ", style).append(f"{_NAMES[quad]}  ", "dim")
    table.add_column("", no_wrap=True)
    table.add_column("Goldstein", justify="right", no_wrap=True)
    for bucket in buckets:
        bar = Text()
        drawn = shown = 0
        for quad, count in bucket.quads.items():
            shown += count
            until = round(shown * _WIDTH / max(1, most))
            bar.append("█" * (until - drawn), _STYLES[quad])
            drawn = until
        mean = "" if bucket.goldstein is None else f"{bucket.goldstein:+.1f}"
        table.add_row(bucket.first, str(bucket.events), bar, mean)
    return Group(legend, table)


def _side_by_side(names: Sequence[str], buckets: Sequence[Bucket]) -> Table:
    """A line for each quad class and type, a column for each period, and the change."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in ("", *names, "change"):
        table.add_column(name, justify="left" if not name else "right")
    first, second = buckets

    def line(name: str, a: float | None, b: float | None, form: str, style: str = "") -> None:
        cells = ["–" if value is None else format(value, form) for value in (a, b)]
        change = "" if a is None or b is None else format(b - a, "+" + form.lstrip("+"))
        table.add_row(Text(name, style), *cells, change)

    line("events", first.events, second.events, ",d", "bold")
    for quad, style in _STYLES.items():
        line(_NAMES[quad], first.quads[quad], second.quads[quad], ",d", style)
    for type_ in sorted({*first.types, *second.types}):
        line(f"  {type_}", first.types.get(type_, 0), second.types.get(type_, 0), ",d", "dim")
    line("mean Goldstein", first.goldstein, second.goldstein, "+.1f", "bold")
    return table
