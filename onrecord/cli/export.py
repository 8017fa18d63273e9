"""``onrecord export``: rows in the layouts that others have programs for; ``docs/exports.md`` has the columns."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click

from onrecord import exports, sources
from onrecord.archive import Query
from onrecord.archive.query import Kind
from onrecord.cli.filters import filters, query_of
from onrecord.cli.find import KINDS, everything_of
from onrecord.cli.place import archive_option, opened, teller, told
from onrecord.exports.phoenix import COLUMNS as PHOENIX
from onrecord.exports.polecat import COLUMNS as POLECAT
from onrecord.read import read
from onrecord.reader import Reader
from onrecord.record import Record

Rows = Callable[[Kind], Iterable[Any]]

_ALL: tuple[Kind, ...] = ("statements", "events", "commitments", "meetings")


def _lines(layout: str, rows: Rows) -> Iterator[str]:
    """The lines of a layout, without their breaks."""
    if layout == "polecat":
        yield from exports.tsv(exports.polecat(rows("events")), POLECAT)
    elif layout == "phoenix":
        yield from exports.tsv(exports.phoenix(rows("events")), PHOENIX, header=False)
    elif layout == "ftm":
        entities = exports.entities(chain.from_iterable(rows(kind) for kind in _ALL))
        yield from (json.dumps(entity, ensure_ascii=False, separators=(",", ":")) for entity in entities)
    else:
        yield from (exports.cite(row) for kind in _ALL for row in rows(kind))


@click.command("export")
@click.argument("layout", type=click.Choice(["polecat", "phoenix", "ftm", "ics", "cite"]))
@click.argument("source", nargs=-1)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; else printed.")
@click.option("--text", help="Words.")
@filters
@archive_option
@told
def export_command(
    layout: str,
    source: tuple[str, ...],
    out: Path | None,
    text: str | None,
    archive_path: Path | None,
    **given: Any,
) -> None:
    """Events as POLECAT or Phoenix has them, FollowTheMoney entities, meetings as iCalendar, citations.

    From the archive, all that the filters leave; or from SOURCE (files, URLs, -), read alone.
    """
    query = query_of(text, given)
    if source:
        if query != Query():
            raise click.UsageError("filters are for the archive: pages that are read alone are exported whole")
        records, failed = _read(source)
        _write(layout, lambda kind: chain.from_iterable(exports.rows_of(record, kind) for record in records), out)
        sys.exit(1 if failed else 0)
    with opened(archive_path) as archive:
        _write(layout, lambda kind: everything_of(archive, KINDS[kind], query, "newest"), out)


def _write(layout: str, rows: Rows, out: Path | None) -> None:
    if layout == "ics":
        chunks: Iterable[bytes] = [exports.ics(rows("meetings"))]
    else:
        chunks = ((line + "\n").encode("utf-8", "replace") for line in _lines(layout, rows))
    if out is None:
        sys.stdout.buffer.writelines(chunks)
        sys.stdout.buffer.flush()
    else:
        with out.open("wb") as file:
            file.writelines(chunks)


def _read(source: tuple[str, ...]) -> tuple[list[Record], int]:
    """The records of pages that are in no archive, and how many failed."""
    records, failed = [], 0
    reader: Reader | None = None
    for item in sources.pages(source, stdin=sys.stdin.buffer):
        if isinstance(item, sources.Failure):
            failed += 1
            teller().print(f"onrecord: {item.error}", markup=False, soft_wrap=True)
            continue
        reader = reader or Reader(threads=os.cpu_count() or 1)
        records.append(read(item, reader))
    return records, failed
