"""Rows as people and programs want them: a table, JSON Lines, CSV, Parquet."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord import jsonl
from onrecord.archive.flat import Answer, flat, write_parquet
from onrecord.archive.rows import ActorRow, Bucket, Count, PageRef, Pair, Review, Row, StoryRow
from onrecord.cli.place import write_line
from onrecord.exports import cite
from onrecord.record import Actor, Commitment, Event, Meeting, Statement, When

C = TypeVar("C")

FORMATS = ("table", "jsonl", "csv", "parquet", "cite")

format_option = click.option("--format", "form", type=click.Choice(FORMATS), help="Default: table; else by --out.")
cite_option = click.option(
    "--cite", "form", flag_value="cite", help="A citation of each row: outlet, day, words, place."
)
out_option = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file: .jsonl, .csv, .parquet."
)


def output(command: Any) -> Any:
    """The options of every command that prints rows."""
    return format_option(cite_option(out_option(command)))


def form_of(form: str | None, out: Path | None) -> str:
    """The form that was asked for, by name or by the file's."""
    if form:
        if form == "parquet" and out is None:
            raise click.UsageError("Parquet goes to a file: --out FILE.parquet")
        return form
    ending = "" if out is None else out.suffix.lstrip(".").lower().replace("ndjson", "jsonl")
    return ending if ending in FORMATS else "table"


def write(rows: Iterable[Answer], form: str, out: Path | None) -> None:
    """Rows in a form, to a file or to standard output."""
    if form == "parquet" and out is not None:
        write_parquet(rows, out)
        return
    if form == "table":
        _print(list(rows), out)
        return
    if form == "cite":
        lines: Iterable[str] = (cite(row) for row in rows if isinstance(row, Row))
    else:
        lines = map(jsonl_line, rows) if form == "jsonl" else csv_lines(rows)
    if out is None:
        for line in lines:
            write_line(line)
        sys.stdout.buffer.flush()
        return
    with out.open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.writelines(line + "\n" for line in lines)


def jsonl_line(row: Answer) -> str:
    """A row as one line of JSON: all of it, by the names of the record."""
    return json.dumps(_plain(row), ensure_ascii=False, separators=(",", ":"))


def csv_lines(rows: Iterable[Answer]) -> Iterator[str]:
    """Rows as CSV, the names first; a list has `; ` between its parts."""
    names: list[str] = []
    for row in rows:
        told = flat(row)
        if not names:
            names = list(told)
            yield _csv(names)
        yield _csv([_cell(told.get(name)) for name in names])


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return _cell("; ".join(map(str, value)))
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value  # or a spreadsheet would run it
    return value


def _csv(cells: list[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        if isinstance(value, Statement | Event | Commitment | Meeting | Actor):
            return jsonl.plain(value)
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _print(rows: list[Answer], out: Path | None) -> None:
    if out is None:
        console = Console(highlight=False)
        console.print(show(rows, console.width))
        return
    with out.open("w", encoding="utf-8") as file:
        Console(file=file, width=160, highlight=False).print(show(rows, 160))


# --- tables for people


WIDE = 110
"""Columns from which on a terminal has room for an item's words beside who said them."""


def show(rows: list[Answer], width: int) -> RenderableType:
    """Rows of one kind as a table; items, where the terminal is narrow, one below the other."""
    if not rows:
        return Text("nothing found", "dim")
    first = rows[0]
    if isinstance(first, Row) and width < WIDE:
        return Group(*map(_block, rows))
    if isinstance(first, Row):
        return _table(("day", "outlet", "who", "words", "id"), map(_item, rows))
    if isinstance(first, PageRef):
        return _table(("day", "outlet", "title", "id"), map(_page, rows))
    if isinstance(first, StoryRow):
        return _table(("day", "reports", "from", "title", "outlets", "id"), map(_story, rows))
    if isinstance(first, ActorRow):
        return _table(("pages", "name", "code", "role", "first", "last", "id"), map(_actor, rows))
    if isinstance(first, Review):
        return _table(("at", "by", "found", "words", "changes", "item"), map(_review, rows))
    if isinstance(first, Pair):
        return _table(("a", "b", "events", "VC", "MC", "VX", "MX", "Goldstein"), map(_pair, rows))
    if isinstance(first, Count):
        return _table(("value", "items"), map(_count, rows))
    return _table(("first", "last", "events", "VC", "MC", "VX", "MX", "Goldstein"), map(_bucket, rows))


_RIGHT = frozenset(("events", "VC", "MC", "VX", "MX", "Goldstein", "items", "pages", "reports"))
_NARROW = frozenset(("day", "first", "last", "code", "at", "id", "item"))


def _table(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in names:
        table.add_column(
            name, justify="right" if name in _RIGHT else "left", no_wrap=name in _NARROW, overflow="fold",
            style="dim" if name in ("id", "item") else "",
            ratio=None,
        )  # fmt: skip
    for row in rows:
        table.add_row(*[cell if isinstance(cell, Text) else Text(_safe(str(cell))) for cell in row])
    return table


def _item(row: Answer) -> tuple[Any, ...]:
    assert isinstance(row, Row)
    item = row.item
    names = {actor.id: actor.name for actor in row.actors}
    words = Text(_safe(row.evidence), "green")
    notes: list[str | None] = []
    if isinstance(item, Statement):
        who = _named(item.speaker, names) or (item.speaker_span.text + "?" if item.speaker_span else "–")
        to = item.addressees
        notes += [item.kind, item.medium, "denial" if item.denial else None]
    elif isinstance(item, Event):
        who, to = _all(item.actors, names) or "–", item.recipients
        kind = item.type + (f"/{item.mode}" if item.mode else "")
        words = Text(f"{kind}  ", "magenta").append_text(words)
        notes += [item.status if item.status != "actual" else None, None if item.asserted else "not asserted"]
    elif isinstance(item, Commitment):
        who, to = _named(item.by, names) or "–", item.to
        words = Text(f"{item.kind.upper()}  ", "red").append_text(words)
        notes += [f"by {_when(item.deadline)}" if item.deadline else None]
    else:
        who, to = _all(item.who, names) or "–", ()
        words = Text(f"{item.status} {item.kind}  ", "blue").append_text(words)
        notes += [item.where.name if item.where else None, _when(item.when)]
    if item.said_in is not None:
        notes.append("as said")
    if row.reports > 1:
        notes.append(f"{row.reports} reports, {row.sources} independent")
    if row.review:
        notes.append(f"{row.review.action}ed by {row.review.by}".replace("addeded", "added"))
    if told := "; ".join(note for note in notes if note):
        words.append(f"  ({_safe(told)})", "dim")
    whom = Text(_safe(who), "cyan")
    if to:
        whom.append(f" → {_safe(_all(to, names))}")
    return row.day or "–", row.page.outlet or row.page.domain or "–", whom, words, item.id


def _block(row: Answer) -> RenderableType:
    """An item in as many lines as it needs: where and who, then its words."""
    day, outlet, who, words, id_ = _item(row)
    head = Text.assemble(day, "  ", _safe(outlet), "  ", who, "  ", (id_, "dim"))
    return Group(head, Padding(words, (0, 0, 0, 4), expand=False))


def _page(row: Answer) -> tuple[Any, ...]:
    assert isinstance(row, PageRef)
    return (row.published or "–")[:10], row.outlet or row.domain or "–", row.title or "(no headline)", row.id


def _story(row: Answer) -> tuple[Any, ...]:
    assert isinstance(row, StoryRow)
    first = row.first
    outlets = ", ".join(row.outlets)
    return (first.published or "–")[:10], len(row.pages), row.origin or "–", first.title or "–", outlets, first.id


def _actor(row: Answer) -> tuple[Any, ...]:
    assert isinstance(row, ActorRow)
    role = row.roles[0] if row.roles else ""
    return row.pages, row.name, row.code or row.country or "", role, row.first or "–", row.last or "–", row.id


def _review(row: Answer) -> tuple[Any, ...]:
    assert isinstance(row, Review)
    changes = "" if row.changes is None else json.dumps(dict(row.changes), ensure_ascii=False)
    found = row.action if row.attached else f"{row.action} (no such item any more)"
    return row.at[:16], row.by, found, row.evidence, changes, row.attached or row.item


def _pair(row: Answer) -> tuple[Any, ...]:
    assert isinstance(row, Pair)
    return row.a, row.b, row.events, *row.quads.values(), _score(row.goldstein)


def _bucket(row: Answer) -> tuple[Any, ...]:
    assert isinstance(row, Bucket)
    return row.first, row.last, row.events, *row.quads.values(), _score(row.goldstein)


def _count(row: Answer) -> tuple[Any, ...]:
    assert isinstance(row, Count)
    return row.value or "–", row.items


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1f}"


def _named(id_: str | None, names: dict[str, str]) -> str | None:
    return None if id_ is None else names.get(id_, id_)


def _all(ids: Iterable[str], names: dict[str, str]) -> str:
    return ", ".join(names.get(id_, id_) for id_ in ids)


def _when(when: When | None) -> str | None:
    if when is None:
        return None
    return when.first if when.first == when.last else f"{when.first} to {when.last}"


def _safe(text: str) -> str:
    """Text without what would move a terminal's cursor."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text).replace("\n", " ")
