"""``onrecord add``, ``onrecord reread``, ``onrecord remove``: what is in the archive."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from onrecord import sources
from onrecord.actors import Roll
from onrecord.archive import Archive
from onrecord.cli.days import given_day
from onrecord.cli.extent import Extent
from onrecord.cli.keeping import Keeping
from onrecord.cli.place import archive_option, opened, teller, told
from onrecord.errors import ArchiveError, OnrecordError
from onrecord.read import fingerprint, read
from onrecord.reader import Reader
from onrecord.record import Page
from onrecord.remembered import Remembered
from onrecord.rolls import load_known

_SAYS = {
    "added": "added",
    "version": "added as new versions",
    "replaced": "read again",
    "same": "already there",
    "removed": "removed before, not added",
    "failed": "failed",
}


@click.command("add")
@click.argument("source", nargs=-1, required=True)
@archive_option
@click.option("--parquet", is_flag=True, help="SOURCE is what onrecord code wrote: its records are added as they are.")
@click.option("--published", metavar="DATE", callback=given_day, help="The day of pages that do not declare one.")
@click.option("--url", help="The address of a page that was saved without one.")
@click.option("--title", help="The headline of a page that was saved without one.")
@click.option("--known", metavar="FILE", help="People you know: CSV, or FollowTheMoney JSON.")
@click.option("--learned", is_flag=True, help="Read with what the archive has learned about people so far.")
@click.option("--reread", is_flag=True, help="Read pages again that are there as another reader has read them.")
@click.option("--allow-private", is_flag=True, help="Also fetch from this machine and the local network.")
@told
def add_command(
    source: tuple[str, ...],
    archive_path: Path | None,
    parquet: bool,
    known: str | None,
    learned: bool,
    reread: bool,
    **given: Any,
) -> None:
    """Read pages into the archive.

    SOURCE is a file (.html, .htm, .txt, .warc, .jsonl or .parquet with an article a line), a folder of such, a pattern
    with wildcards, a URL, or - for standard input. What is there already is not read again: a run that was stopped
    goes on where it was. A page whose text has changed becomes a new version.
    """
    if parquet:
        with opened(archive_path, read_only=False) as archive:
            _add_parts(archive, source)
        return
    roll = load_known(known) if known else Roll()
    with opened(archive_path, read_only=False) as archive:
        if learned:
            roll = Roll((*roll, *archive.known()))
        failed = _add(archive, source, roll, given, reread=reread)
    sys.exit(1 if failed else 0)


def _add(archive: Archive, source: tuple[str, ...], roll: Roll, given: dict[str, Any], *, reread: bool) -> int:
    """Add every page that is not there; the number of pages that failed."""
    tell = teller()
    tally: Counter[str] = Counter()
    reader: Reader | None = None
    remembered = Remembered()
    extent = Extent(source)
    keeping = Keeping(archive, tally)
    try:
        with _progress() as progress, keeping:
            task = progress.add_task("adding", total=extent.total, told="")
            for item in sources.pages(source, stdin=sys.stdin.buffer, **given):
                if isinstance(item, sources.Failure):
                    tally["failed"] += 1
                    tell.print(f"onrecord: {item.error}", markup=False, soft_wrap=True)
                else:
                    done = _known_outcome(archive, item, reread=reread)
                    if done is None:
                        reader = reader or Reader(threads=os.cpu_count() or 1)
                        _read_and_keep(keeping, item, reader, roll, remembered)
                    else:
                        tally[done] += 1
                progress.update(task, completed=extent.done(item.source), told=_rate(progress, tally))
            progress.update(task, completed=extent.total)
    except KeyboardInterrupt:
        _stopped(tally)
    tell.print(f"{archive.path}: {_sum(tally)}", markup=False, soft_wrap=True)
    return tally["failed"]


def _add_parts(archive: Archive, folders: tuple[str, ...]) -> None:
    """Add the records that batches have written."""
    tell = teller()
    try:
        from onrecord.batch import records_in
    except ImportError as error:
        raise ArchiveError(f"--parquet needs {error.name} (pip install 'onrecord[batch]')") from None
    tally: Counter[str] = Counter()
    try:
        with _progress() as progress:
            task = progress.add_task("adding", total=None, told="")
            for folder in folders:
                for done in archive.add_many(records_in(folder)):
                    tally[done] += 1
                    progress.update(task, told=_rate(progress, tally))
    except KeyboardInterrupt:
        _stopped(tally)
    tell.print(f"{archive.path}: {_sum(tally)}", markup=False, soft_wrap=True)


def _known_outcome(archive: Archive, page: Page, *, reread: bool) -> str | None:
    """What is to be said of a page that need not be read; None where it has to be."""
    if archive.removed(page.url or page.source, page.digest):
        return "removed"
    return None if reread or archive.reader_of(page.id) is None else "same"


def _read_and_keep(
    keeping: Keeping, page: Page, reader: Reader, roll: Roll, remembered: Remembered | None = None
) -> None:
    if keeping.archive.reader_of(page.id) == fingerprint(reader, roll):
        keeping.tally["same"] += 1
        return
    try:
        record = read(page, reader, roll, remembered=remembered)
    except OnrecordError as error:
        teller().print(f"onrecord: {error}", markup=False, soft_wrap=True)
        keeping.tally["failed"] += 1
        return
    keeping.add(record)


@click.command("reread")
@archive_option
@click.option("--known", metavar="FILE", help="People you know: CSV, or FollowTheMoney JSON.")
@click.option("--learned", is_flag=True, help="Read with what the archive has learned about people so far.")
@told
def reread_command(archive_path: Path | None, known: str | None, learned: bool) -> None:
    """Read the pages of the archive again that another reader has read, from the archive itself.

    What people have found of their items goes over to the new ones. A run that was stopped goes on where it was.
    """
    roll = load_known(known) if known else Roll()
    tally: Counter[str] = Counter()
    reader = Reader(threads=os.cpu_count() or 1)
    with opened(archive_path, read_only=False) as archive:
        if learned:
            roll = Roll((*roll, *archive.known()))
        todo = archive.read_by_others(fingerprint(reader, roll))
        try:
            with _progress() as progress, Keeping(archive, tally) as keeping:
                task = progress.add_task("reading again", total=len(todo), told="")
                for page_id in todo:
                    record = archive.record(page_id)
                    if record is not None:
                        _read_and_keep(keeping, record.page, reader, roll)
                    progress.update(task, advance=1, told=_rate(progress, tally))
        except KeyboardInterrupt:
            _stopped(tally)
    teller().print(_sum(tally), markup=False)
    sys.exit(1 if tally["failed"] else 0)


@click.command("remove")
@click.argument("page", nargs=-1, required=True)
@archive_option
@click.option("--by", help="Who removes it.")
@click.option("--why", help="Why.")
@told
def remove_command(page: tuple[str, ...], archive_path: Path | None, by: str | None, why: str | None) -> None:
    """Delete pages, by id, with all their versions and all that came from them. They are not added again."""
    missing = 0
    with opened(archive_path, read_only=False) as archive:
        for page_id in page:
            versions = archive.remove(page_id, by=by, why=why)
            missing += not versions
            teller().print(
                f"{page_id}: removed, {versions} version{'s' * (versions > 1)}"
                if versions
                else f"{page_id}: no such page",
                markup=False,
            )
    sys.exit(1 if missing else 0)


def _progress() -> Progress:
    """A bar with the rate and the time left, where somebody watches standard error."""
    tell = teller()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
        console=tell,
        disable=not tell.is_terminal,
        transient=True,
    )


def _stopped(tally: Counter[str]) -> NoReturn:
    teller().print(f"onrecord: stopped. {_sum(tally)}; the same command goes on from here", markup=False)
    sys.exit(130)


def _rate(progress: Progress, tally: Counter[str]) -> str:
    elapsed = progress.tasks[0].elapsed or 0.0
    pages = sum(tally.values())
    failed = f", {tally['failed']} failed" if tally["failed"] else ""
    return f"{pages:,} pages, {pages / elapsed:.1f} a second{failed}" if elapsed else ""


def _sum(tally: Counter[str]) -> str:
    parts = [f"{tally[outcome]:,} {words}" for outcome, words in _SAYS.items() if tally[outcome]]
    return ", ".join(parts) or "no pages"
