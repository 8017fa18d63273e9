"""Exports: the published layouts, tables, calendars, entities, citations. Rows by hand, from an invented page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from onrecord.archive import Review, Row
from onrecord.exports import cite, entities, ics, phoenix, polecat, rows_of, tsv
from onrecord.exports.phoenix import COLUMNS as PHOENIX
from onrecord.exports.phoenix import penta_class
from onrecord.exports.polecat import COLUMNS as POLECAT
from onrecord.exports.tsv import Cell
from onrecord.record import (
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
    "Malta's foreign minister, Rita Borg, accused Tunisia's coast guard of seizing two trawlers. "
    "“The boats must sail home by Friday,” she told Tunis. "
    "The ministers are to meet in Valletta on 18 June; if the crews are held, Malta will recall its envoy."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def actor(id_: str, name: str, kind: Any, code: str, *more: str, role: str | None = None) -> Actor:
    mentions = (span(name),) if name in TEXT else ()
    return Actor(id_, name, kind, code[:3], code[3:], (code[3:], *more), code, role, mentions)


BORG = actor("person.rita-borg", "Rita Borg", "person", "MLTGOV", role="foreign minister")
GUARD = actor("tun.mil.coast-guard", "coast guard", "office", "TUNMIL", "COP")
TUNIS = actor("tun.gov", "Tunis", "office", "TUNGOV")
PRESS = actor("mlt.jrn.press", "the press", "group", "MLTJRN")
JUNE = When("2026-06-18", "2026-06-18", span("18 June"), "explicit")
VALLETTA = Where("Valletta", "MLT", 35.9, 14.5, span("Valletta"))

PAGE = Page(
    id="aaaa000011112222",
    source="harbour.html",
    url="https://www.inselpost.example/boats",
    outlet=Outlet("Inselpost", "inselpost.example", "MLT"),
    section=(),
    title="Two trawlers held",
    authors=(),
    published="2026-06-02T09:30:00+02:00",
    published_from="meta",
    fetched=None,
    language="en",
    credit="AFP",
    text=TEXT,
    blocks=(Block("body", 0, len(TEXT)),),
    digest="d",
)
ACCUSE = Event(
    id="e1", type="ACCUSE", mode="allege", contexts=("diplomatic", "natural_resource"), cameo="112",
    goldstein=-2.0,
    actors=(BORG.id,), recipients=(GUARD.id,), status="actual", when=None, where=None, trigger=span("accused"),
    evidence=span("Malta's foreign minister, Rita Borg, accused Tunisia's coast guard of seizing two trawlers."),
    said_in=None, asserted=True, confidence=0.9,
)  # fmt: skip
SEIZE = replace(ACCUSE, id="e2", type="COERCE", mode="seize", cameo="171", asserted=False, said_in="s0")
MEET = replace(
    ACCUSE, id="e3", type="CONSULT", mode="visit", cameo="042", goldstein=1.9, actors=(BORG.id, TUNIS.id),
    recipients=(), when=JUNE, where=VALLETTA,
)  # fmt: skip
SAID = Statement(
    id="s1", kind="direct", speaker=BORG.id, speaker_span=span("she"), cue=span("told"),
    content=(span("“The boats must sail home by Friday,”"),), quotes=(span("The boats must sail home by Friday,"),),
    addressees=(TUNIS.id,), about=(), said=None, medium=None, repeated=False, denial=False, repeats=None, said_in=None,
    confidence=0.8,
)  # fmt: skip
RECALL = Commitment(
    id="c1", kind="threat", by="mlt", to=(), condition=span("if the crews are held"),
    consequence=span("Malta will recall its envoy"), deadline=None, explicit=True, event=None, said_in=None,
    confidence=0.7,
)  # fmt: skip
TALKS = Meeting(
    id="m1", kind="talks", who=(BORG.id, TUNIS.id), where=VALLETTA, when=JUNE, ordinal="second", status="planned",
    span=span("The ministers are to meet in Valletta on 18 June"), said_in=None, confidence=0.6,
)  # fmt: skip
RECORD = Record(
    schema=1, page=PAGE, actors=(BORG, GUARD, TUNIS, PRESS), statements=(SAID,), events=(ACCUSE, SEIZE, MEET),
    commitments=(RECALL,), meetings=(TALKS,), dates=(JUNE,), reader="r1",
)  # fmt: skip
BY_HAND = Review(
    1,
    PAGE.id,
    "events",
    "e1",
    "e1",
    (),
    "",
    "correct",
    {"type": "ACCUSE"},
    (),
    "Ana Lopes",
    "2026-06-05T10:00:00Z",
    "sic",
)


def row(kind: Any, id_: str) -> Row[Any]:
    return next(one for one in rows_of(RECORD, kind) if one.item.id == id_)


class TestRows:
    def test_a_record_alone_gives_the_rows_of_an_archive(self) -> None:
        found = row("events", "e1")
        assert (found.day, found.reports, found.sources) == ("2026-06-02", 1, 1)
        assert found.actors == (BORG, GUARD)
        assert (found.page.outlet, found.page.story) == ("Inselpost", PAGE.id)
        assert row("events", "e3").day == "2026-06-18"


class TestPolecat:
    def test_one_row_a_pair_with_what_proves_it(self) -> None:
        first, *_ = polecat(rows_of(RECORD, "events"))
        assert list(first) == list(POLECAT) and POLECAT[:3] == ("Event ID", "Event Date", "Event Type")
        assert first["Event Date"] == "2026-06-02"
        assert (first["Event Type"], first["Event Mode"], first["Quad Code"]) == ("ACCUSE", "allege", "VERBAL CONFLICT")
        assert first["Contexts"] == "diplomatic;natural_resource"
        assert (first["Actor Name"], first["Actor Country"], first["Actor COW"]) == ("Rita Borg", "MLT", 338)
        assert (first["Actor Title"], first["Primary Actor Sector"]) == ("foreign minister", "GOV")
        assert (first["Recipient COW"], first["Recipient Sectors"]) == (616, "MIL;COP")
        assert first["Recipient Name Raw"] == "coast guard"
        assert first["Publication Date"] == "2026-06-02" and first["Source"] == "Inselpost"
        start, end = first["Evidence Start"], first["Evidence End"]
        assert isinstance(start, int) and isinstance(end, int)
        assert TEXT[start:end] == first["Evidence"]

    def test_a_claim_is_left_out_and_a_meeting_stands_both_ways(self) -> None:
        found = list(polecat(rows_of(RECORD, "events")))
        assert [one["Event ID"] for one in found] == ["e1", "e3", "e3-2"]
        assert [(one["Actor Name"], one["Recipient Name"]) for one in found[1:]] == [
            ("Rita Borg", "Tunis"),
            ("Tunis", "Rita Borg"),
        ]
        assert (found[1]["Placename"], found[1]["Country"], found[1]["Latitude"]) == ("Valletta", "MLT", 35.9)

    def test_what_a_person_rejected_is_left_out(self) -> None:
        rejected = replace(row("events", "e1"), review=replace(BY_HAND, action="reject"))
        assert list(polecat([rejected])) == []
        assert next(polecat([replace(rejected, review=BY_HAND)]))["Reviewed By"] == "Ana Lopes"

    @pytest.mark.parametrize("status", ["planned", "conditional", "denied", "requested", "historical"])
    def test_what_did_not_happen_is_left_out(self, status: Any) -> None:
        assert list(polecat([replace(row("events", "e1"), item=replace(ACCUSE, status=status))])) == []


class TestPhoenix:
    def test_the_published_columns_and_no_other(self) -> None:
        first, *_ = phoenix(rows_of(RECORD, "events"))
        assert list(first) == list(PHOENIX) and len(PHOENIX) == 26
        assert (first["Date"], first["Year"], first["Month"], first["Day"]) == ("20260602", 2026, 6, 2)
        assert [first[f"SourceActor{part}"] for part in ("Full", "Entity", "Role", "Attribute")] == [
            "MLTGOV",
            "MLT",
            "GOV",
            None,
        ]
        assert [first[f"TargetActor{part}"] for part in ("Full", "Entity", "Role", "Attribute")] == [
            "TUNMILCOP",
            "TUN",
            "MIL",
            "COP",
        ]
        assert (first["EventCode"], first["EventRootCode"], first["PentaClass"]) == ("112", "11", 3)
        assert first["Issues"] == "DIPLOMATIC,1;NATURAL_RESOURCE,1"
        assert first["SentenceID"] == f"{PAGE.id}_{ACCUSE.evidence.start}_{ACCUSE.evidence.end}"

    def test_the_media_are_med_and_nobody_is_dashes(self) -> None:
        event = replace(ACCUSE, actors=(), recipients=(PRESS.id,))
        (found,) = phoenix([replace(row("events", "e1"), item=event, actors=(PRESS,))])
        assert (found["SourceActorFull"], found["TargetActorFull"]) == ("---", "MLTMED")

    @pytest.mark.parametrize(
        ("root", "expected"), [("01", 0), ("02", 0), ("03", 1), ("08", 2), ("13", 3), ("14", 4), ("20", 4)]
    )
    def test_penta_class(self, root: str, expected: int) -> None:
        assert penta_class(root) == expected

    def test_an_event_without_a_day_has_no_date(self) -> None:
        (found,) = phoenix([replace(row("events", "e1"), day=None)])
        assert (found["Date"], found["Year"]) == (None, None)


class TestTabs:
    def test_one_line_a_row_and_formulas_sleep(self) -> None:
        rows: list[dict[str, Cell]] = [
            {"a": 'said "no"\tand\nleft', "b": 1},
            {"a": "=HYPERLINK(1)", "b": -2.5},
            {"a": "---", "b": None},
        ]
        assert [*tsv(rows, ("a", "b"))] == ["a\tb", 'said "no" and left\t1', "'=HYPERLINK(1)\t-2.5", "---\t"]
        assert [*tsv(rows[:1], ("b",), header=False)] == ["1"]


class TestCitation:
    def test_who_when_where_and_which_words(self) -> None:
        assert cite(row("statements", "s1")) == (
            "Inselpost (AFP), “Two trawlers held”, 2026-06-02, https://www.inselpost.example/boats: "
            "Rita Borg: “The boats must sail home by Friday,” "
            f"(characters {SAID.content[0].start}-{SAID.content[0].end}; "
            "onrecord aaaa000011112222/s1)"
        )

    def test_two_spans_and_a_correction(self) -> None:
        told = cite(replace(row("commitments", "c1"), review=BY_HAND))
        assert f"characters {RECALL.condition.start}-{RECALL.condition.end}, {RECALL.consequence.start}-" in told  # type: ignore[union-attr]
        assert "“if the crews are held […] Malta will recall its envoy”" in told
        assert told.endswith("; corrected by Ana Lopes, 2026-06-05)")

    def test_a_page_that_tells_nothing(self) -> None:
        bare = row("statements", "s1")
        page = replace(bare.page, outlet=None, domain=None, url=None, title=None, published=None, credit=None)
        assert cite(replace(bare, page=page)).startswith("no date, harbour.html: Rita Borg: “")

    def test_nothing_steers_the_terminal(self) -> None:
        told = cite(replace(row("statements", "s1"), evidence="a\x1b[2Jb\u202ec\x9bd می‌روم"))
        assert "“a [2Jb c d می‌روم”" in told  # the joiner within a word stays

    def test_is_one_line_and_not_too_long(self) -> None:
        told = cite(replace(row("statements", "s1"), evidence="word\n" * 500))
        assert "\n" not in told and len(told) < 700 and " …”" in told


class TestCalendar:
    def test_an_entry_a_meeting_that_has_a_day(self) -> None:
        undated = replace(row("meetings", "m1"), item=replace(TALKS, id="m2", when=None))
        made = ics([row("meetings", "m1"), undated])
        (entry,) = Calendar.from_ical(made).walk("VEVENT")
        assert entry["uid"] == "m1@onrecord"
        assert (
            entry.decoded("dtstart").isoformat() == "2026-06-18" and entry.decoded("dtend").isoformat() == "2026-06-19"
        )
        assert entry.decoded("dtstamp").isoformat() == "2026-06-02T07:30:00+00:00"
        assert entry["summary"] == "Talks: Rita Borg, Tunis (second)"
        assert (entry["status"], entry["location"]) == ("TENTATIVE", "Valletta, MLT")
        assert entry["description"] == cite(row("meetings", "m1"))

    def test_the_file_keeps_to_rfc_5545(self) -> None:
        page = replace(row("meetings", "m1").page, title="Boats; crews, \\ and\nenvoys: \U0001f6a2" * 9)
        made = ics([replace(row("meetings", "m1"), page=page, evidence="line one\r\nBEGIN:VALARM;x")])
        assert made.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") and made.endswith(b"END:VCALENDAR\r\n")
        lines = made.split(b"\r\n")
        assert b"\n" not in b"".join(lines) and max(map(len, lines)) <= 75
        for line in lines:
            line.decode("utf-8")  # no character is cut in two
        unfolded = made.replace(b"\r\n ", b"").decode()
        assert "Boats\\; crews\\, \\\\ and envoys" in unfolded
        assert [line for line in unfolded.split("\r\n") if line.startswith("BEGIN:")] == [
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
        ]
        assert ics([]) == ics([]) and b"PRODID:-//onrecord//meetings//EN" in ics([])

    def test_cancelled_is_said_twice(self) -> None:
        gone = replace(row("meetings", "m1"), item=replace(TALKS, status="cancelled"))
        (entry,) = Calendar.from_ical(ics([gone])).walk("VEVENT")
        assert (entry["status"], str(entry["summary"])) == ("CANCELLED", "Cancelled: Talks: Rita Borg, Tunis (second)")


class TestFollowTheMoney:
    ALL = tuple(one for kind in ("statements", "events", "commitments", "meetings") for one in rows_of(RECORD, kind))

    def test_articles_actors_and_items_once_each(self) -> None:
        found = list(entities(self.ALL))
        assert len({one["id"] for one in found}) == len(found)
        by_id = {one["id"]: one for one in found}
        article = by_id[f"onrecord-{PAGE.id}"]
        assert article["schema"] == "Article" and article["properties"]["sourceUrl"] == [PAGE.url]
        borg = by_id["onrecord-person.rita-borg"]
        assert borg["schema"] == "Person"
        assert borg["properties"] == {"name": ["Rita Borg"], "country": ["mt"], "position": ["foreign minister"]}
        event = by_id["onrecord-e1"]["properties"]
        assert event["proof"] == [article["id"]] and event["summary"] == [ACCUSE.evidence.text]
        assert event["involved"] == [borg["id"], "onrecord-tun.mil.coast-guard"]
        assert by_id["onrecord-m1"]["properties"]["startDate"] == ["2026-06-18"]
        link = by_id["onrecord-e1-link-1"]
        assert link["schema"] == "UnknownLink" and link["properties"]["role"] == ["ACCUSE/allege"]

    def test_a_claim_says_that_it_is_one(self) -> None:
        (claim,) = (one for one in entities(self.ALL) if one["id"] == "onrecord-e2")
        assert "as said in statement s0" in claim["properties"]["notes"]
        assert any(note.startswith("not asserted") for note in claim["properties"]["notes"])

    def test_the_library_takes_them_as_they_are(self) -> None:
        model = pytest.importorskip("followthemoney").model
        for one in entities(self.ALL):
            proxy = model.get_proxy(one, cleaned=False)
            assert proxy.schema.validate(one) is None
            assert {name: sorted(values) for name, values in one["properties"].items()} == {
                name: sorted(proxy.get(name)) for name in proxy.properties
            }


def test_the_documentation_names_every_column() -> None:
    told = (Path(__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert [name for name in (*POLECAT, *PHOENIX) if f"`{name}`" not in told] == []
