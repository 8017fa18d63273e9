"""``onrecord code``: many pages into Parquet tables."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import click
from rich.console import Console

from onrecord.errors import OnrecordError


@click.command("code")
@click.argument("input", nargs=-1, required=True)
@click.option("--out", required=True, metavar="DIR", help="The folder (or s3://, gs:// prefix) that the tables go to.")
@click.option("--workers", type=click.IntRange(1), help="Processes that read. One a core unless given.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", help="This machine, or a Ray cluster.")
@click.option("--part-documents", "size", type=click.IntRange(1), default=2_000, show_default=True,
              help="Documents that go into one part.")  # fmt: skip
@click.option("--page-seconds", type=click.FloatRange(0, min_open=True), default=120.0, show_default=True,
              help="What one page may take before it counts as failed.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Read pages that name no political actor as well.")
def code_command(input: tuple[str, ...], out: str, workers: int | None, everything: bool, **options: Any) -> None:
    """Read many pages into Parquet tables: pages, statements, events, commitments, meetings, actors, mentions.

    INPUT is a file (.html, .txt, .jsonl, .warc, .parquet; also .gz), a folder of such, or a pattern with wildcards, on
    this machine or in a store (s3://, gs://). A run that was stopped goes on with the same command. manifest.json in
    DIR has the counts, and names every page that failed and why. Other languages than English are skipped and counted.
    A page that names no political actor is not read, unless with --all.
    """
    tell = Console(stderr=True, highlight=False)
    try:
        from onrecord import batch
    except ImportError as error:
        tell.print(f"onrecord: code needs {error.name} (pip install 'onrecord[batch]')", markup=False, soft_wrap=True)
        sys.exit(1)
    program = (*batch.PROGRAM, batch.ALL) if everything else batch.PROGRAM
    began = time.monotonic()

    def progress(now: batch.Progress) -> None:
        rate = now.documents / max(time.monotonic() - began, 1e-9)
        status.update(f"{now.documents:,} documents, {now.failures:,} failed, {now.parts:,} parts, {rate:.1f} a second")

    try:
        with tell.status("reading") as status:
            done = batch.code(
                input, out, workers=workers or os.cpu_count() or 1, tell=progress, program=program, **options
            )
    except OnrecordError as error:
        tell.print(f"onrecord: {error}", markup=False, soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        tell.print("onrecord: stopped; the same command goes on from here")
        sys.exit(130)
    for one in done["not_read"]:
        tell.print(f"onrecord: {one['error']}", markup=False, soft_wrap=True)
    skipped = sum(done["skipped"].values())
    tell.print(
        f"{out}: {done['pages']:,} pages, {done['rows']['statements']:,} statements, {done['rows']['events']:,} events;"
        f" {skipped:,} in other languages, {done['repeated']:,} repeated, {done['failures']:,} failed",
        markup=False,
        soft_wrap=True,
    )
    sys.exit(0 if done["complete"] and not done["failures"] else 1)
