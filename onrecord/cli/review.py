"""``onrecord review``: what people find of items."""

from __future__ import annotations

import getpass
import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from onrecord.archive import Query
from onrecord.archive.query import Kind
from onrecord.cli.find import KINDS
from onrecord.cli.output import form_of, output, write
from onrecord.cli.place import archive_option, opened, teller, told, write_line

by_option = click.option("--by", default=lambda: getpass.getuser(), show_default="your user name", help="Who finds it.")
note_option = click.option("--note", help="Why.")


@click.group("review")
def review_command() -> None:
    """Accept, correct or reject what was read; add what was missed. The machine's reading stays beside it."""


@review_command.command("accept")
@click.argument("item", nargs=-1, required=True)
@by_option
@note_option
@archive_option
@told
def accept_command(item: tuple[str, ...], by: str, note: str | None, archive_path: Path | None) -> None:
    """Items are right as they stand."""
    _find(item, "accept", by, note, archive_path)


@review_command.command("reject")
@click.argument("item", nargs=-1, required=True)
@by_option
@note_option
@archive_option
@told
def reject_command(item: tuple[str, ...], by: str, note: str | None, archive_path: Path | None) -> None:
    """Items are no such thing: they are found and counted no more unless asked for."""
    _find(item, "reject", by, note, archive_path)


@review_command.command("correct")
@click.argument("item")
@click.argument("change", nargs=-1, required=True, metavar="FIELD=VALUE...")
@by_option
@note_option
@archive_option
@told
def correct_command(item: str, change: tuple[str, ...], by: str, note: str | None, archive_path: Path | None) -> None:
    """Correct fields of an item: `correct ID speaker=rus.gov about='["ukr"]'`.

    A VALUE is JSON, or else taken as text; `null` is unknown; a span is [start, end]; one party may stand for a list.
    """
    with opened(archive_path, read_only=False) as archive:
        archive.review(item, "correct", by=by, changes=_fields(change), note=note)


@review_command.command("add")
@click.argument("page")
@click.argument("kind", type=click.Choice(["statements", "events", "commitments", "meetings"]))
@click.argument("field", nargs=-1, required=True, metavar="FIELD=VALUE...")
@by_option
@note_option
@archive_option
@told
def add_missed_command(
    page: str, kind: Kind, field: tuple[str, ...], by: str, note: str | None, archive_path: Path | None
) -> None:
    """Add an item that was missed on a page: `add PAGE statements kind=direct content='[[12,80]]' speaker=rus.gov`."""
    with opened(archive_path, read_only=False) as archive:
        made = archive.add_missed(page, kind, _fields(field), by=by, note=note)
        write_line(made.item)


@review_command.command("list")
@click.option("--page", metavar="ID", help="Of one page.")
@click.option("--item", metavar="ID", help="Of one item.")
@click.option("--orphans", is_flag=True, help="Only those whose item no reading finds any more.")
@output
@archive_option
@told
def list_command(
    page: str | None, item: str | None, orphans: bool, archive_path: Path | None, form: str | None, out: Path | None
) -> None:
    """What people found, the first first."""
    with opened(archive_path) as archive:
        write(archive.reviews(page=page, item=item, orphans=orphans), form_of(form, out), out)


@review_command.command("queue")
@click.argument("kind", type=click.Choice(["statements", "events", "commitments", "meetings"]), default="statements")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@output
@archive_option
@told
def queue_command(kind: Kind, limit: int, archive_path: Path | None, form: str | None, out: Path | None) -> None:
    """Items that nobody has looked at, the least sure of the newest 1,000 first."""
    with opened(archive_path) as archive:
        rows = KINDS[kind](archive, Query(reviewed="no"), 1000, None, "newest").rows
        write(sorted(rows, key=lambda row: row.item.confidence)[:limit], form_of(form, out), out)


@review_command.command("export")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file of JSON Lines; else printed.")
@archive_option
@told
def export_command(out: Path | None, archive_path: Path | None) -> None:
    """Every review as an example to train on, one a line; the precision so far on standard error."""
    with opened(archive_path) as archive:
        lines = (json.dumps(lesson, ensure_ascii=False, separators=(",", ":")) for lesson in archive.lessons())
        if out is None:
            for line in lines:
                write_line(line)
            sys.stdout.buffer.flush()
        else:
            with out.open("w", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in lines)
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for name in ("kind", "right", "corrected", "wrong", "missed", "precision"):
            table.add_column(name, justify="left" if name == "kind" else "right")
        for one in archive.precision():
            share = "–" if one.precision is None else f"{one.precision:.0%}"
            table.add_row(one.kind, str(one.right), str(one.corrected), str(one.wrong), str(one.missed), share)
        Console(stderr=True, highlight=False).print(table)


def _find(items: tuple[str, ...], action: str, by: str, note: str | None, archive_path: Path | None) -> None:
    with opened(archive_path, read_only=False) as archive:
        for item in items:
            archive.review(item, action, by=by, note=note)
    teller().print(f"{len(items)} {action}ed by {by}", markup=False)


def _fields(told: tuple[str, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for each in told:
        name, sign, value = each.partition("=")
        if not sign or not name:
            raise click.UsageError(f"{each!r}: say FIELD=VALUE")
        try:
            fields[name] = json.loads(value)
        except ValueError:
            fields[name] = value
    return fields
