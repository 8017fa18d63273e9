"""``onrecord read``: sources in, records out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.status import Status

from onrecord import jsonl, sources, terminal
from onrecord.actors import Roll
from onrecord.cli.days import given_day
from onrecord.errors import OnrecordError
from onrecord.read import read
from onrecord.reader import Reader
from onrecord.rolls import load_known


@click.command("read")
@click.argument("source", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a page, one a line.")
@click.option("--published", metavar="DATE", callback=given_day, help="The day of pages that do not declare one.")
@click.option("--url", help="The address of a page that was saved without one.")
@click.option("--title", help="The headline of a page that was saved without one.")
@click.option("--known", metavar="FILE", help="People you know: CSV, or FollowTheMoney JSON.")
@click.option("--allow-private", is_flag=True, help="Also fetch from this machine and the local network.")
def read_command(source: tuple[str, ...], as_json: bool, known: str | None, **given: Any) -> None:
    """Read pages and print their records.

    SOURCE is a file (.html, .htm, .txt, .warc, .jsonl or .parquet with an article a line), a folder of such, a pattern
    with wildcards, a URL, or - for standard input.
    """
    tell = Console(stderr=True, highlight=False)
    try:
        roll = load_known(known) if known else Roll()
        with _progress(tell) as progress:
            failed = _read_all(source, as_json, roll, given, tell, progress)
    except OnrecordError as error:
        tell.print(f"onrecord: {error}", markup=False, soft_wrap=True)
        failed = 1
    except BrokenPipeError:  # the reader of our output has gone: nothing is wrong
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(1 if failed else 0)


def _read_all(
    source: tuple[str, ...], as_json: bool, known: Roll, given: dict[str, Any], tell: Console, progress: Status | None
) -> int:
    """Print each page's record or error as it comes; the number of pages that failed."""
    out = Console(soft_wrap=False, highlight=False)
    reader = None
    failed = 0
    for count, item in enumerate(sources.pages(source, stdin=sys.stdin.buffer, **given)):
        if progress:
            progress.update(f"{count} pages read, {failed} failed")
        if isinstance(item, sources.Failure):
            failed += 1
            tell.print(f"onrecord: {item.error}", markup=False, soft_wrap=True)
            if as_json:
                _write(jsonl.failure_line(item.source, item.error))
            continue
        reader = reader or Reader(threads=os.cpu_count() or 1)
        record = read(item, reader, known)
        if as_json:
            _write(jsonl.line(record))
        else:
            terminal.show(record, out)
    return failed


@contextmanager
def _progress(tell: Console) -> Iterator[Status | None]:
    """A running count, where somebody watches standard error while the records go elsewhere."""
    if tell.is_terminal and not sys.stdout.isatty():
        with tell.status("reading") as status:
            yield status
    else:
        yield None


def _write(line: str) -> None:
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
