"""A record for people, in a terminal: what was said, done, threatened and arranged, each with its words."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from onrecord.record import Commitment, Event, Meeting, Record, Span, Statement, When

ORIGINS = {
    "json-ld": "declared in JSON-LD",
    "meta": "declared in the page's metadata",
    "time": "from a time element",
    "url": "from the address",
    "given": "given by you",
    "text": "from the page's date line",
    "inferred": "inferred from a caption or dateline",
}


def show(record: Record, console: Console) -> None:
    """Print one record."""
    page = record.page
    names = {actor.id: _name(actor.name, actor.code) for actor in record.actors}
    console.print(Text(page.title or "(no headline)", "bold"))
    about = [
        page.outlet.name or page.outlet.domain if page.outlet else None,
        f"{page.published[:10]} ({ORIGINS[page.published_from]})"
        if page.published and page.published_from
        else "no date",
        " / ".join(page.section) or None,
        f"credit: {page.credit}" if page.credit else None,
        page.source,
    ]
    console.print(Text("  ·  ".join(part for part in about if part), "dim"))
    _list(console, "Statements", [_statement(item, names) for item in record.statements])
    _list(console, "Events", [_event(item, names) for item in record.events])
    _list(console, "Commitments", [_commitment(item, names) for item in record.commitments])
    _list(console, "Meetings", [_meeting(item, names) for item in record.meetings])
    _list(console, "Actors", [_actors(record)] if record.actors else [])
    console.print()


def _list(console: Console, heading: str, items: list[Text]) -> None:
    if not items:
        return
    console.print()
    console.print(Text(f"{heading}", "bold underline"))
    for item in items:
        console.print(Padding(item, (0, 0, 0, 2)))


def _name(name: str, code: str | None) -> str:
    return f"{name} [{code}]" if code else name


def _names(ids: Iterable[str], names: dict[str, str]) -> str:
    return ", ".join(names.get(id_, id_) for id_ in ids)


def _when(when: When | None) -> str:
    if when is None:
        return ""
    return when.first if when.first == when.last else f"{when.first} to {when.last}"


def _notes(*notes: str | None) -> str:
    kept = [note for note in notes if note]
    return f"  ({'; '.join(kept)})" if kept else ""


def _statement(item: Statement, names: dict[str, str]) -> Text:
    text = Text()
    unresolved = f"{item.speaker_span.text}?" if item.speaker_span else "speaker unknown"
    text.append(
        names.get(item.speaker, item.speaker) if item.speaker else unresolved, "bold cyan" if item.speaker else "yellow"
    )
    if item.cue:
        text.append(f" {item.cue.text}", "italic")
    if item.addressees:
        text.append(f" → {_names(item.addressees, names)}", "cyan")
    text.append(": ")
    text.append(" […] ".join(span.text for span in item.content), "green")
    text.append(
        _notes(
            item.kind,
            _when(item.said),
            item.medium,
            "repeated" if item.repeated else None,
            "denial" if item.denial else None,
            "headline of a fuller statement" if item.repeats else None,
            "inside another statement" if item.said_in else None,
        ),
        "dim",
    )
    return text


def _event(item: Event, names: dict[str, str]) -> Text:
    text = Text()
    text.append(f"{item.type}{'/' + item.mode if item.mode else ''}", "bold magenta")
    text.append(f"  {_names(item.actors, names) or '–'}", "cyan")
    if item.recipients:
        text.append(f" → {_names(item.recipients, names)}", "cyan")
    text.append("  ")
    text.append_text(_evidence(item.evidence, item.trigger))
    text.append(
        _notes(
            item.status if item.status != "actual" else None,
            _when(item.when),
            item.where.name if item.where else None,
            "as said" if item.said_in else None,
            None if item.asserted else "not asserted",
        ),
        "dim",
    )
    return text


def _evidence(evidence: Span, trigger: Span, around: int = 50) -> Text:
    """The words about the trigger, the trigger itself marked."""
    at, end = trigger.start - evidence.start, trigger.end - evidence.start
    before, after = evidence.text[:at], evidence.text[end:]
    text = Text("“" + ("…" + before[-around:] if len(before) > around else before), "dim")
    text.append(evidence.text[at:end], "not dim bold")
    text.append(after[:around] + "…" if len(after) > around else after)
    return text.append("”")


def _commitment(item: Commitment, names: dict[str, str]) -> Text:
    text = Text()
    text.append(item.kind.upper(), "bold red" if item.kind in ("threat", "ultimatum") else "bold green")
    text.append(f"  {names.get(item.by, item.by) if item.by else 'by whom is not said'}", "cyan")
    if item.to:
        text.append(f" → {_names(item.to, names)}", "cyan")
    if item.condition:
        text.append("  if: ", "dim").append(item.condition.text, "yellow")
    text.append("  then: ", "dim").append(item.consequence.text, "green")
    deadline = f"by {_when(item.deadline)}" if item.deadline else None
    text.append(_notes(deadline, None if item.explicit else "implied"), "dim")
    return text


def _meeting(item: Meeting, names: dict[str, str]) -> Text:
    text = Text()
    text.append(f"{item.status} {item.kind}", "bold blue")
    text.append(f"  {_names(item.who, names)}", "cyan")
    text.append(f"  “{item.span.text}”", "green")
    text.append(_notes(_when(item.when), item.where.name if item.where else None), "dim")
    return text


def _actors(record: Record) -> Text:
    text = Text()
    for n, actor in enumerate(record.actors):
        text.append("  ·  " if n else "")
        text.append(_name(actor.name, actor.code), "cyan")
        text.append(f" {len(actor.mentions)}×", "dim")
    return text
