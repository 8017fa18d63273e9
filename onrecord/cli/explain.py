"""``onrecord explain``: why a mention became that actor, and words those days."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from onrecord import sources
from onrecord.actors import Explained, Roll, explain_actors
from onrecord.cli.days import given_day
from onrecord.cli.place import opened
from onrecord.dates import ExplainedDate, explain_dates, infer_published
from onrecord.errors import OnrecordError
from onrecord.reader import Reader
from onrecord.record import Page, Span
from onrecord.rolls import load_known


@click.command("explain")
@click.argument("source", nargs=-1, required=True)
@click.option("--words", help="Only mentions and dates in which these words stand.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a page, one a line.")
@click.option("--known", metavar="FILE", help="People you know: CSV, or FollowTheMoney JSON.")
@click.option(
    "--learned", metavar="ARCHIVE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read with what an archive has learned about people, as add --learned does.",
)  # fmt: skip
@click.option("--published", metavar="DATE", callback=given_day, help="The day of pages that do not declare one.")
@click.option("--url", help="The address of a page that was saved without one.")
@click.option("--title", help="The headline of a page that was saved without one.")
@click.option("--allow-private", is_flag=True, help="Also fetch from this machine and the local network.")
def explain_command(
    source: tuple[str, ...], words: str | None, as_json: bool, known: str | None, learned: Path | None, **given: Any
) -> None:
    """Say why each mention became its actor, and each date its days.

    For every mention: what its words are in the package's tables (with the line), and what it goes back to on the page.
    For every date: what it was read as, and what it was counted from. SOURCE is as for read.
    """
    tell = Console(stderr=True, highlight=False)
    failed = 0
    try:
        roll = load_known(known) if known else Roll()
        if learned:
            with opened(learned) as archive:
                roll = Roll((*roll, *archive.known()))
        reader = Reader(threads=os.cpu_count() or 1)
        for item in sources.pages(source, stdin=sys.stdin.buffer, **given):
            if isinstance(item, sources.Failure):
                failed += 1
                tell.print(f"onrecord: {item.error}", markup=False, soft_wrap=True)
                continue
            if item.published is None and (inferred := infer_published(item)) is not None:
                item = replace(item, published=inferred, published_from="inferred")
            reading = reader.read(item)
            actors = _only(explain_actors(item, reading, roll), words)
            dates = [d for d in explain_dates(item, reading) if _has(d.span, words)]
            show = _json if as_json else _text
            sys.stdout.buffer.write(show(item, actors, dates).encode("utf-8", "replace"))
    except OnrecordError as error:
        tell.print(f"onrecord: {error}", markup=False, soft_wrap=True)
        failed = 1
    except BrokenPipeError:  # the reader of our output has gone: nothing is wrong
        sys.stderr.close()
    sys.exit(1 if failed else 0)


def _has(span: Span, words: str | None) -> bool:
    return words is None or words.casefold() in span.text.casefold()


def _only(explained: Explained, words: str | None) -> Explained:
    return replace(explained, mentions=tuple(m for m in explained.mentions if _has(m.mention, words)))


def _json(page: Page, actors: Explained, dates: Iterable[ExplainedDate]) -> str:
    told = {
        "source": page.source,
        "mentions": [asdict(mention) for mention in actors.mentions],
        "beyond": {id: [asdict(reason) for reason in reasons] for id, reasons in actors.beyond.items() if reasons},
        "dates": [asdict(date) for date in dates],
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


def _text(page: Page, explained: Explained, dates: Iterable[ExplainedDate]) -> str:
    """For people: each mention and date with its place in the page's text, then its reasons."""
    by_id = {actor.id: actor for actor in explained.actors}
    lines = [page.title or page.source, ""]
    for mention in explained.mentions:
        coded = [f"{id} [{by_id[id].code or by_id[id].country or '-'}]" for id in mention.actors if id in by_id]
        lines.append(f"{mention.mention.start:6}  {_quoted(mention.mention)} -> {', '.join(coded) or 'nobody certain'}")
        for reason in mention.reasons:
            evidence = f" {_quoted(reason.evidence)}@{reason.evidence.start}" if reason.evidence else ""
            lines.append(f"          {reason.what}{evidence}{f' ({reason.table})' if reason.table else ''}")
        for id in mention.actors:
            for reason in explained.beyond.get(id, ()):
                lines.append(f"          {reason.what}{f' ({reason.table})' if reason.table else ''}")
    for date in dates:
        days = dict.fromkeys(filter(None, (date.first, date.last)))
        lines.append(f"{date.span.start:6}  {_quoted(date.span)} -> {' to '.join(days) or 'no days'}")
        lines.extend(f"          {reason}" for reason in date.reasons)
    return "\n".join(lines) + "\n\n"


def _quoted(span: Span) -> str:
    return f"“{' '.join(span.text.split())}”"
