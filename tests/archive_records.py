"""Records made by hand for the archive's tests (no model, so a thousand take no time), and other processes."""

from __future__ import annotations

import hashlib
import os
import signal
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace

from onrecord.identity import item_id, page_id
from onrecord.record import (
    SCHEMA,
    Actor,
    Block,
    Commitment,
    Event,
    Meeting,
    Outlet,
    Page,
    Record,
    Span,
    Statement,
    When,
    Where,
)

TEXT = (
    "{a} warns {b} over the {thing}\n\n"
    "{a}'s foreign minister, {person}, said on Monday that the {thing} would be a legitimate target "
    "if {b} did not stop.\n\n"
    "“We have asked for the last time,” {person} told reporters. {b} rejected the warning, and troops of {a} attacked "
    "a post near {place}. The two presidents will meet in {place} on Friday."
)

OTHER_TEXT = (
    "Quarrel about a {thing} grows\n\n"
    "Fishermen found the gates shut before dawn. {person} said: the {thing} would be a legitimate target "
    "if {b} did not stop.\n\n"
    "Nobody in {a} expected calm after what happened on Monday, least of all the ferry crews. "
    "“We have asked for the last time,” {person} also told a rally. "
    "{b} rejected the warning, and troops of {a} attacked a post near {place}. Insurers raised their rates by a third. "
    "The two presidents will meet in {place} on Friday."
)
"""Another story with the same happenings: no copy of the first."""

COURIER = Outlet("The Courier", "courier.example", "ARD", ("courier-mirror.example",))


def span(text: str, words: str, nth: int = 0) -> Span:
    """Where some words stand in a text, for the nth time."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words), words)


def make(
    *,
    a: tuple[str, str] = ("Ardania", "ARD"),
    b: tuple[str, str] = ("Belmark", "BEL"),
    person: str = "Ana Torun",
    thing: str = "river dam",
    place: str = "Kest",
    url: str | None = "https://courier.example/warning",
    source: str = "warning.html",
    outlet: Outlet | None = COURIER,
    published: str | None = "2026-03-02",
    reader: str = "hand-1",
    credit: str | None = None,
    tail: str = "",
    template: str = TEXT,
) -> Record:
    """A whole record with two statements, four events, a commitment and a meeting."""
    text = template.format(a=a[0], b=b[0], person=person, thing=thing, place=place) + tail
    digest = hashlib.sha256(text.encode()).hexdigest()
    id_ = page_id(url or source, digest)
    ends = [text.index("\n\n"), text.index("\n\n", text.index("\n\n") + 2)]
    page = Page(
        id=id_,
        source=source,
        url=url,
        outlet=outlet,
        section=("News", a[0]),
        title=text[: ends[0]],
        authors=("Ilse Brandt",),
        published=published,
        published_from=None if published is None else "json-ld",
        fetched=None,
        language="en",
        credit=credit,
        text=text,
        blocks=(
            Block("headline", 0, ends[0]),
            Block("lead", ends[0] + 2, ends[1]),
            Block("body", ends[1] + 2, len(text)),
        ),
        digest=digest,
    )
    slug = "person." + person.lower().replace(" ", "-")
    low_a, low_b = a[1].lower(), b[1].lower()
    actors = (
        Actor(low_a, a[0], "state", a[1], None, (), None, None, (span(text, a[0]),)),
        Actor(low_b, b[0], "state", b[1], None, (), None, None, (span(text, b[0]),)),
        Actor(slug, person, "person", a[1], "GOV", ("GOV",), a[1] + "GOV", "foreign minister", (span(text, person),)),
        Actor(f"{low_a}.mil", f"troops of {a[0]}", "office", a[1], "MIL", ("MIL",), a[1] + "MIL", None, ()),
    )
    seen: dict[str, int] = {}

    def id_of(kind: str, *spans: Span, type_: str = "", parties: Sequence[str] = ()) -> str:
        return item_id(id_, kind, spans, type_, parties, seen)

    monday = When("2026-03-02", "2026-03-02", span(text, "on Monday"), "relative") if published else None
    friday = When("2026-03-06", "2026-03-06", span(text, "on Friday"), "relative") if published else None
    said = span(text, f"the {thing} would be a legitimate target if {b[0]} did not stop")
    quoted = span(text, "“We have asked for the last time,”")
    inner = Span(quoted.start + 1, quoted.end - 1, quoted.text[1:-1])
    statements = (
        Statement(
            id=id_of("statement", said),
            kind="indirect",
            speaker=slug,
            speaker_span=span(text, person),
            cue=span(text, "said"),
            content=(said,),
            quotes=(),
            addressees=(),
            about=(low_b,),
            said=monday,
            medium=None,
            repeated=False,
            denial=False,
            repeats=None,
            said_in=None,
            confidence=0.9,
        ),
        Statement(
            id=id_of("statement", quoted),
            kind="direct",
            speaker=slug,
            speaker_span=span(text, person, 1),
            cue=span(text, "told"),
            content=(quoted,),
            quotes=(inner,),
            addressees=(low_b,),
            about=(),
            said=None,
            medium="press conference",
            repeated=False,
            denial=False,
            repeats=None,
            said_in=None,
            confidence=0.95,
        ),
    )
    second = span(text, f"{b[0]} rejected the warning, and troops of {a[0]} attacked a post near {place}.")

    def event(type_: str, words: str, actors: tuple[str, ...], recipients: tuple[str, ...], score: float) -> Event:
        trigger = span(text, words)
        return Event(
            id=id_of("event", trigger, type_=type_, parties=(*actors, *recipients)),
            type=type_,
            mode="violence" if type_ == "THREATEN" else None,
            contexts=("military",) if type_ == "ASSAULT" else (),
            cameo="190" if type_ == "ASSAULT" else "120",
            goldstein=score,
            actors=actors,
            recipients=recipients,
            status="actual",
            when=None,
            where=Where(place, b[1], 1.5, 2.25, span(text, place)) if type_ == "ASSAULT" else None,
            trigger=trigger,
            evidence=second if trigger.start >= second.start else said,
            said_in=statements[0].id if type_ == "THREATEN" else None,
            asserted=True,
            confidence=0.8,
        )

    events = (
        event("THREATEN", "legitimate target", (slug,), (low_b,), -6.0),
        event("REJECT", "rejected", (low_b,), (low_a,), -4.0),
        event("ASSAULT", "attacked", (f"{low_a}.mil",), (low_b,), -10.0),
    )
    meet = span(text, "will meet")
    final = span(text, f"The two presidents will meet in {place} on Friday.")
    agree = Event(
        id=id_of("event", meet, type_="AGREE", parties=(low_a, low_b)),
        type="AGREE",
        mode=None,
        contexts=("diplomatic",),
        cameo="036",
        goldstein=4.0,
        actors=(low_a, low_b),
        recipients=(),
        status="planned",
        when=friday,
        where=None,
        trigger=meet,
        evidence=final,
        said_in=None,
        asserted=True,
        confidence=0.7,
    )
    commitment = Commitment(
        id=id_of("commitment", said),
        kind="threat",
        by=slug,
        to=(low_b,),
        condition=span(text, f"if {b[0]} did not stop"),
        consequence=span(text, f"the {thing} would be a legitimate target"),
        deadline=When("2026-03-31", "2026-03-31", None, "inferred"),
        explicit=True,
        event=events[0].id,
        said_in=statements[0].id,
        confidence=0.6,
    )
    meeting = Meeting(
        id=id_of("meeting", meet),
        kind="meeting",
        who=(low_a, low_b),
        where=None,
        when=friday,
        ordinal=None,
        status="planned",
        span=final,
        said_in=None,
        confidence=0.75,
    )
    dates = () if monday is None or friday is None else (monday, friday)
    return Record(SCHEMA, page, actors, statements, (*events, agree), (commitment,), (meeting,), dates, reader)


def reread(record: Record, reader: str = "hand-2") -> Record:
    """The same record, as another reader gives it."""
    return replace(record, reader=reader)


class Child:
    """Another process that does one thing; forked, since importing everything anew would take seconds."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                work()
                status = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(status)

    def wait(self) -> int:
        """Its exit status; minus the signal that ended it."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
