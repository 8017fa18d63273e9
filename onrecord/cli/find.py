"""``onrecord search, statements, events, commitments, meetings, pages, stories, actors, page``: what is found."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from onrecord import jsonl, terminal
from onrecord.archive import Archive, Found, Query
from onrecord.archive.flat import Answer
from onrecord.archive.query import Order
from onrecord.cli.days import given_day, today
from onrecord.cli.filters import filters, query_of
from onrecord.cli.output import form_of, jsonl_line, output, write
from onrecord.cli.place import archive_option, opened, teller, told, write_line

Find = Callable[[Archive, Query, int, str | None, Order], Found[Any]]

KINDS: dict[str, Find] = {
    "statements": lambda a, query, limit, after, order: a.statements(query, limit=limit, after=after, order=order),
    "events": lambda a, query, limit, after, order: a.events(query, limit=limit, after=after, order=order),
    "commitments": lambda a, query, limit, after, order: a.commitments(query, limit=limit, after=after, order=order),
    "meetings": lambda a, query, limit, after, order: a.meetings(query, limit=limit, after=after, order=order),
    "pages": lambda a, query, limit, after, order: a.pages(query, limit=limit, after=after, order=order),
}


def paged(command: Any) -> Any:
    """The options of every command that may find more than it shows."""
    for option in (
        click.option("--all", "everything", is_flag=True, help="All that is found, however much."),
        click.option("--after", metavar="PLACE", help="Go on where the last answer ended: it says where."),
        click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Rows at most."),
    ):
        command = option(command)
    return command


order_option = click.option(
    "--order",
    type=click.Choice(["newest", "oldest", "relevance", "unsure"]),
    help="Default: newest; of words, relevance.",
)


def answer(
    find: Find,
    archive_path: Path | None,
    query: Query,
    *,
    limit: int,
    after: str | None,
    everything: bool,
    order: Order,
    form: str | None,
    out: Path | None,
) -> None:
    """Find, write, and say on standard error what more there is."""
    asked = form_of(form, out)
    with opened(archive_path) as archive:
        if everything:
            write(everything_of(archive, find, query, order), asked, out)
            return
        found = find(archive, query, limit, after, order)
        write(found.rows, asked, out)
        total = f"{found.total:,}{' or more' if found.more else ''}"
        if found.next is not None:
            teller().print(f"{len(found.rows)} of {total}; --after {found.next} goes on", markup=False, style="dim")


def everything_of(archive: Archive, find: Find, query: Query, order: Order) -> Iterator[Answer]:
    """All that is found, page after page."""
    after = None
    while True:
        found = find(archive, query, 500, after, order)
        yield from found.rows
        if (after := found.next) is None:
            return


@click.command("search")
@click.argument("text")
@click.option("--in", "kind", type=click.Choice(list(KINDS)), default="statements", show_default=True)
@filters
@order_option
@paged
@output
@archive_option
@told
def search_command(
    text: str,
    kind: str,
    archive_path: Path | None,
    order: Order | None,
    limit: int,
    after: str | None,
    everything: bool,
    form: str | None,
    out: Path | None,
    **given: Any,
) -> None:
    """Find words: all of them, "a phrase", prefix*, -not, a OR b; in statements unless --in says otherwise."""
    answer(
        KINDS[kind],
        archive_path,
        query_of(text, given),
        limit=limit,
        after=after,
        everything=everything,
        order=order or "relevance",
        form=form,
        out=out,
    )


def _command(kind: str, help: str, *extra: Callable[[Any], Any]) -> click.Command:
    """The command that lists one kind of item."""

    @told
    def run(
        archive_path: Path | None,
        text: str | None,
        order: Order | None,
        limit: int,
        after: str | None,
        everything: bool,
        form: str | None,
        out: Path | None,
        **given: Any,
    ) -> None:
        day = given.pop("day", None)
        open_only = given.pop("open_only", False) or day is not None
        soonest: Order = "oldest" if kind == "meetings" and open_only else "relevance" if text else "newest"
        answer(
            KINDS[kind],
            archive_path,
            query_of(text, given, open_on=(day or today()) if open_only else None),
            limit=limit,
            after=after,
            everything=everything,
            order=order or soonest,
            form=form,
            out=out,
        )

    made: Any = run
    options: list[Callable[[Any], Any]] = [archive_option, output, paged, order_option, filters, *extra]
    for option in (*options, click.option("--text", help="Words.")):
        made = option(made)
    command: click.Command = click.command(kind, help=help)(made)
    return command


statements_command = _command("statements", "Who said what, to and about whom.")
events_command = _command("events", "Who did what to whom.")
commitments_command = _command(
    "commitments",
    "What was threatened or promised, and on which condition.",
    click.option("--open", "open_only", is_flag=True, help="Only those whose deadline has not passed."),
    click.option("--on", "day", metavar="DAY", callback=given_day, help="Those that were open on a day."),
)
meetings_command = _command(
    "meetings",
    "Who met or will meet whom.",
    click.option("--upcoming", "open_only", is_flag=True, help="Only those planned for today or later, soonest first."),
    click.option("--on", "day", metavar="DAY", callback=given_day, help="Those that were ahead on a day."),
)
pages_command = _command("pages", "The pages that were added.")


@click.command("stories")
@click.option("--text", help="Words.")
@click.option("--least", type=click.IntRange(1), default=1, help="Only those with so many reports.")
@filters
@paged
@output
@archive_option
@told
def stories_command(
    archive_path: Path | None,
    text: str | None,
    least: int,
    limit: int,
    after: str | None,
    everything: bool,
    form: str | None,
    out: Path | None,
    **given: Any,
) -> None:
    """Each story once, with all its reports and the one it is from."""

    def find(archive: Archive, query: Query, limit: int, after: str | None, _order: Order) -> Found[Any]:
        return archive.stories(query, limit=limit, after=after, least=least)

    answer(find, archive_path, query_of(text, given), limit=limit, after=after, everything=everything,
           order="newest", form=form, out=out)  # fmt: skip


@click.command("actors")
@click.argument("name", required=False)
@click.option("--country", metavar="CODE", help="Only those of a country.")
@paged
@output
@archive_option
@told
def actors_command(
    name: str | None,
    country: str | None,
    archive_path: Path | None,
    limit: int,
    after: str | None,
    everything: bool,
    form: str | None,
    out: Path | None,
) -> None:
    """Who is in the archive: by NAME or id, those that most pages mention first."""

    def find(archive: Archive, _query: Query, limit: int, after: str | None, _order: Order) -> Found[Any]:
        return archive.actors(name, country=country, limit=limit, after=after)

    answer(find, archive_path, Query(), limit=limit, after=after, everything=everything, order="newest", form=form,
           out=out)  # fmt: skip


@click.command("page")
@click.argument("page_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The record, as `onrecord read --json` gives it.")
@click.option("--items", "as_items", is_flag=True, help="Every item as a line of JSON, with what people found of it.")
@click.option("--text", "as_text", is_flag=True, help="The text alone.")
@archive_option
@told
def page_command(page_id: str, as_json: bool, as_items: bool, as_text: bool, archive_path: Path | None) -> None:
    """One page: its record, its versions, and who else reports it."""
    with opened(archive_path) as archive:
        record = archive.record(page_id)
        if record is None:
            teller().print(f"onrecord: {page_id}: no such page", markup=False)
            sys.exit(1)
        if as_json:
            write_line(jsonl.line(record))
        elif as_text:
            write_line(record.page.text)
        elif as_items:
            for rows in archive.items(page_id).values():
                for row in rows:
                    write_line(jsonl_line(row))
        else:
            out = Console(highlight=False)
            terminal.show(record, out)
            versions = archive.versions(page_id)
            if len(versions) > 1:
                out.print("Versions: " + ", ".join(f"{one.version} {one.id}" for one in versions), markup=False)
            for story in archive.stories(Query(story=page_id)).rows:
                others = [page for page in story.pages if page.id != page_id]
                for page in others:
                    out.print(
                        f"Also in {page.outlet or page.domain or page.source}: {page.title}  {page.id}", markup=False
                    )
