"""The archive: what is kept comes back, what is kept twice is there once, what people find stays theirs."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from archive_records import OTHER_TEXT, make, reread

from onrecord import Archive, ArchiveError, Query
from onrecord.archive.codec import evidence
from onrecord.archive.count import By
from onrecord.archive.query import match_expression
from onrecord.record import Actor, Outlet, Record, Span


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive.onrecord")


def test_a_record_comes_back_field_for_field(archive: Archive) -> None:
    for record in (make(), make(url=None, source="other.txt", outlet=None, published=None)):
        assert archive.add(record) == "added"
        assert archive.record(record.page.id) == record
    assert archive.record("no such page") is None


def test_the_same_page_twice_changes_nothing(archive: Archive) -> None:
    record = make()
    archive.add(record)
    before = archive.path.read_bytes()
    assert archive.add(record) == "same"
    assert archive.path.read_bytes() == before
    assert archive.statements().total == len(record.statements)


def test_a_changed_page_is_a_new_version_and_the_old_one_stays(archive: Archive) -> None:
    old, new = make(), make(tail="\n\nThe post was empty.")
    archive.add(old)
    assert archive.add(new) == "version"
    assert [page.version for page in archive.versions(old.page.id)] == [1, 2]
    assert [page.current for page in archive.versions(new.page.id)] == [False, True]
    assert archive.record(old.page.id) == old
    assert archive.statements().total == len(new.statements)
    assert {row.page.id for row in archive.events().rows} == {new.page.id}
    assert archive.add(old) == "same"


def test_another_reading_replaces_the_items(archive: Archive) -> None:
    old = make()
    new = replace(reread(old), statements=old.statements[:1], events=())
    archive.add(old)
    assert archive.add(new) == "replaced"
    assert archive.record(old.page.id) == new
    assert archive.statements(Query(text="asked")).total == 0
    assert archive.events(Query(who=("ARD",))).total == 0
    assert archive.pairs() == ()


def test_what_is_removed_is_gone_and_does_not_come_back(archive: Archive) -> None:
    old, new, other = make(), make(tail="\n\nMore."), make(url="https://other.example/1", thing="bridge")
    for record in (old, new, other):
        archive.add(record)
    assert archive.remove(new.page.id, by="Ines", why="asked to") == 2
    assert archive.record(old.page.id) is None
    assert archive.add(new) == "removed"
    assert archive.add(make(url="https://elsewhere.example/copy")) == "removed"  # the same text at another address
    assert {row.page.id for row in archive.statements().rows} == {other.page.id}
    assert archive.pages(Query(text="river")).total == 0
    assert archive.remove("no such page") == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(text='"legitimate target"'), 1),
        (Query(text='"target legitimate"'), 0),
        (Query(text="legit*"), 1),
        (Query(text="legitimate -river"), 0),
        (Query(text="nothing OR asked"), 1),
        (Query(who=("ARD",)), 2),
        (Query(who=("ARDGOV",)), 2),
        (Query(who=("GOV",)), 2),
        (Query(who=("person.ana-torun",)), 2),
        (Query(who=("Ana Torun",)), 2),
        (Query(who=("torun",)), 2),
        (Query(who=("BEL", "ARD")), 2),
        (Query(who=("BEL",)), 0),
        (Query(who=("Nobody Known",)), 0),
        (Query(about=("BEL",)), 1),
        (Query(to=("BEL",)), 1),
        (Query(party=("BEL",)), 2),
        (Query(type=("direct",)), 1),
        (Query(type=("direct", "indirect")), 2),
        (Query(outlet=("the courier",)), 2),
        (Query(outlet=("www.courier.example",)), 2),
        (Query(outlet=("Other",)), 0),
        (Query(since="2026-03"), 2),
        (Query(since="2026-03-03"), 0),
        (Query(until="2026-02"), 0),
        (Query(until="2026"), 2),
        (Query(said_in=True), 0),
        (Query(said_in=False), 2),
        (Query(confidence=0.92), 1),
        (Query(reviewed="yes"), 0),
        (Query(reviewed="no"), 2),
        (
            Query(
                text="dam",
                who=("ARD",),
                about=("BEL",),
                type=("indirect",),
                since="2026-03-01",
                outlet=("The Courier",),
            ),
            1,
        ),
    ],
)
def test_every_filter_narrows(archive: Archive, query: Query, found: int) -> None:
    archive.add(make())
    result = archive.statements(query)
    assert (len(result.rows), result.total) == (found, found)
    for row in result.rows:
        assert row.evidence
        assert row.page.outlet == "The Courier"


@pytest.mark.parametrize(
    "typed", ["", "  ", '"', "***", "-", "OR", "AND", "()", "NEAR(", 'a"b', "x:y", "'; drop table"]
)
def test_nothing_that_is_typed_is_an_error_of_syntax(archive: Archive, typed: str) -> None:
    archive.add(make())
    if match_expression(typed) is None:
        with pytest.raises(ArchiveError, match="no word"):
            archive.statements(Query(text=typed))
    else:
        archive.statements(Query(text=typed))


# --- what counts once


def copies() -> list[Record]:
    """One story in three outlets, one of them with an agency's credit, and another story."""
    return [
        make(),
        make(url="https://post.example/a", outlet=Outlet("Post", "post.example", "BEL"), published="2026-03-03"),
        make(url="https://wire.example/b", outlet=Outlet("Wire", "wire.example", "ARD"), published="2026-03-01"),
        make(
            url="https://post.example/c",
            outlet=Outlet("Post", "post.example", "BEL"),
            thing="bridge",
            person="Olo Bren",
            place="Lor",
            template=OTHER_TEXT,
        ),
    ]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_a_story_counts_once_in_whatever_order_its_pages_come(archive: Archive, order: tuple[int, ...]) -> None:
    records = copies()
    for n in order:
        archive.add(records[n])
    stories = archive.stories().rows
    assert sorted(len(story.pages) for story in stories) == [1, 3]
    (story,) = archive.stories(least=2).rows
    assert story.first.domain == "wire.example"
    assert story.outlets == ("Wire", "The Courier", "Post")
    (pair,) = [pair for pair in archive.pairs() if pair.a == "ARD"]
    assert pair.events == 2 * 2
    (pair,) = [pair for pair in archive.pairs(Query(once=False)) if pair.a == "ARD"]
    assert pair.events == 2 * 4
    assert archive.events(Query(type=("ASSAULT",))).total == 2
    assert archive.events(Query(type=("ASSAULT",), once=False)).total == 4
    row = archive.events(Query(type=("ASSAULT",), text="Kest", until="2026-03-01")).rows[0]
    assert (row.reports, row.sources) == (3, 1)
    # where only one outlet is asked about, its own copy counts
    assert archive.events(Query(type=("ASSAULT",), outlet=("Post",))).total == 2


def test_a_saying_counts_once_and_falls_apart_when_its_page_goes(archive: Archive) -> None:
    for record in copies():
        archive.add(record)
    sayings = archive.statements(Query(text="asked"))
    assert sayings.total == len(sayings.rows) == 2
    shared = max(sayings.rows, key=lambda row: row.reports)
    assert shared.reports == 3
    assert len(archive.reports(shared.item.id)) == 3
    assert archive.statements(Query(text="asked", once=False)).total == 4
    for record in copies()[:2]:
        archive.remove(record.page.id)
    assert {row.reports for row in archive.statements(Query(text="asked")).rows} == {1}
    assert {len(story.pages) for story in archive.stories().rows} == {1}
    assert [pair.events for pair in archive.pairs() if pair.a == "ARD"] == [4]


def test_an_actor_has_its_offices_with_the_page_that_says_so(archive: Archive) -> None:
    pages = [make(url=f"https://courier.example/{day}", published=day) for day in ("2026-03-02", "2026-04-02")]
    for record in pages:
        archive.add(record)
    (office,) = archive.offices("person.ana-torun")
    assert (office.role, office.pages, office.page) == ("foreign minister", 2, pages[1].page.id)
    assert (office.first, office.last) == ("2026-03-02", "2026-04-02")
    actor = archive.actor("person.ana-torun")
    assert actor and (actor.name, actor.pages) == ("Ana Torun", 2) == (archive.name(actor.id), 2)
    assert (archive.actor("nobody"), archive.name("nobody")) == (None, None)


def test_a_question_can_be_stopped(archive: Archive) -> None:
    for n in range(40):
        archive.add(make(url=f"https://courier.example/{n}"))
    with Archive(archive.path, read_only=True, stop=lambda: True) as impatient, pytest.raises(ArchiveError) as told:
        for _ in range(200):
            impatient.statements(Query(once=False), limit=1000)
    assert "stopped" in str(told.value)


@pytest.mark.parametrize(
    ("day", "open_then"), [("2026-03-01", 0), ("2026-03-02", 1), ("2026-03-31", 1), ("2026-04-01", 0)]
)
def test_a_commitment_is_open_from_its_day_to_its_deadline(archive: Archive, day: str, open_then: int) -> None:
    archive.add(make())
    assert archive.commitments(Query(open_on=day)).total == open_then


def test_words_that_two_spans_share_are_told_once() -> None:
    (commitment,) = make().commitments
    told = evidence(commitment)
    assert told == "the river dam would be a legitimate target […] if Belmark did not stop"
    assert commitment.condition is not None
    start, end = commitment.consequence.start, commitment.condition.end
    text = make().page.text
    for reach in (commitment.condition.start + 5, end):  # into the condition, and over it
        longer = replace(commitment, consequence=Span(start, reach, text[start:reach]))
        assert evidence(longer) == text[start:end]


# --- counting, beside plain SQL


@pytest.mark.parametrize("once", [True, False])
def test_numbers_agree_with_plain_sql(archive: Archive, once: bool) -> None:
    for record in copies():
        archive.add(record)
    first = "and p.story = p.n" if once else ""
    with closing(sqlite3.connect(archive.path)) as connection:
        events = connection.execute(
            "select date((e.n >> 24) - 719163 + 2440587.5), e.type, e.goldstein, e.actors, e.recipients, e.page"
            " from events e join pages p on p.n = e.page"
            f" where p.current and e.asserted and e.status = 'actual' {first}"
        ).fetchall()
        country = {
            (page, id_): told
            for page, id_, told in connection.execute(
                "select a.page, f.id, f.country from actors a join profiles f on f.p = a.profile"
            )
        }
    between = []
    for day, type_, score, actors, recipients, page in events:
        a, b = ({country[page, id_] for id_ in json.loads(ids)} for ids in (actors, recipients))
        if ("ARD" in a and "BEL" in b) or ("BEL" in a and "ARD" in b):
            between.append((day, type_, score))
    by: By
    for by, kept, rest in (("month", 7, "-01"), ("day", 10, ""), ("year", 4, "-01-01")):
        wanted = Counter(day[:kept] + rest for day, _, _ in between)
        buckets = archive.timeline("ARD", "BEL", by=by, query=Query(once=once))
        assert {bucket.first: bucket.events for bucket in buckets if bucket.events} == wanted
    (year,) = archive.timeline("ARD", "BEL", by="year", query=Query(once=once))
    assert year.types == Counter(type_ for _, type_, _ in between)
    assert year.goldstein == pytest.approx(sum(score for *_, score in between) / len(between))
    # the daily table and the events themselves tell the same
    (asked,) = archive.timeline("ARD", "BEL", by="year", query=Query(once=once, confidence=0.0))
    assert asked == year
    forth, back = (
        sum(pair.events for pair in archive.pairs(Query(once=once)) if (pair.a, pair.b) == way)
        for way in (("ARD", "BEL"), ("BEL", "ARD"))
    )
    assert forth + back == len(between)


# --- what people find


def test_a_correction_is_found_and_counted_and_the_machine_stays(archive: Archive) -> None:
    record = make()
    archive.add(record)
    event = next(event for event in record.events if event.type == "ASSAULT")
    archive.review(event.id, "correct", by="Ines", changes={"actors": ["bel"], "recipients": ["ard"]}, note="mixed up")
    (row,) = archive.events(Query(type=("ASSAULT",), who=("BEL",))).rows
    assert row.item.actors == ("bel",)
    assert row.machine == event
    assert row.review is not None
    assert (row.review.by, row.review.action, row.review.note) == ("Ines", "correct", "mixed up")
    assert archive.events(Query(type=("ASSAULT",), who=("ARD",))).total == 0
    assert {(pair.a, pair.b): pair.events for pair in archive.pairs()} == {("ARD", "BEL"): 1, ("BEL", "ARD"): 2}
    assert archive.record(record.page.id) == record
    archive.review(event.id, "reject", by="Omar")
    assert archive.events(Query(type=("ASSAULT",))).total == 0
    assert archive.events(Query(type=("ASSAULT",), reviewed="rejected")).total == 1
    assert {(pair.a, pair.b): pair.events for pair in archive.pairs()} == {("ARD", "BEL"): 1, ("BEL", "ARD"): 1}
    assert [review.by for review in archive.reviews(item=event.id)] == ["Ines", "Omar"]


def test_reviews_go_over_to_the_items_that_overlap_and_orphans_stay(archive: Archive) -> None:
    old = make()
    archive.add(old)
    first, second = old.statements
    archive.review(first.id, "correct", by="Ines", changes={"kind": "mixed"})
    archive.review(second.id, "accept", by="Ines")
    added = archive.add_missed(old.page.id, "meetings", {"kind": "talks", "status": "held", "span": [0, 7]}, by="Ines")
    (span,) = first.content
    shorter = Span(span.start, span.end - 4, span.text[:-4])
    other = replace(first, id="another-id", content=(shorter,), kind="direct")
    archive.add(replace(reread(old), statements=(other,)))
    (row,) = archive.statements().rows
    assert (row.item.id, row.item.kind) == ("another-id", "mixed")
    assert row.machine == other
    (orphan,) = archive.reviews(orphans=True)
    assert (orphan.item, orphan.evidence) == (second.id, second.content[0].text)
    assert archive.meetings(Query(reviewed="added")).rows[0].item.id == added.item
    archive.add(replace(old, reader="hand-3"))  # found again: so is its review
    assert archive.reviews(orphans=True) == ()
    assert archive.statements(Query(reviewed="accepted")).rows[0].item == second


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"nothing": 1}, "has no nothing"),
        ({"id": "x"}, "has no id"),
        ({"kind": "shouted"}, "kind cannot be"),
        ({"content": [[0, 10_000_000]]}, "content cannot be"),
        ({"content": []}, "needs words"),
        ({"speaker": "person.nobody-at-all"}, "no page of the archive knows"),
        ({}, "says what to change"),
    ],
)
def test_a_correction_that_no_item_can_have_is_refused(archive: Archive, changes: dict[str, object], why: str) -> None:
    record = make()
    archive.add(record)
    with pytest.raises(ArchiveError, match=why):
        archive.review(record.statements[0].id, "correct", by="Ines", changes=changes)
    assert archive.reviews() == ()


def test_the_archive_learns_who_holds_an_office(archive: Archive) -> None:
    archive.add(make())
    archive.add(make(url="https://post.example/c", thing="bridge", place="Lor", published="2026-04-02"))
    (known,) = archive.known()
    assert (known.name, known.country, known.role, known.pages) == ("Ana Torun", "ARD", "foreign minister", 2)
    assert (known.first, known.last) == ("2026-03-02", "2026-04-02")


def test_a_page_that_does_not_tell_an_office_is_no_evidence_of_it(archive: Archive) -> None:
    archive.add(make())
    text = "Sable Post\n\nA visit\n\nAna Torun flew to Brem on Tuesday, her office said, and left again at night."
    page = replace(make(url="https://post.example/d", published="2026-05-02").page, text=text)
    place = text.index("Ana Torun")
    seen = Actor(
        "person.ana-torun", "Ana Torun", "person", "ARD", "GOV", ("GOV",), "ARDGOV", "foreign minister",
        (Span(place, place + 9, "Ana Torun"),),
    )  # fmt: skip
    archive.add(Record(1, page, (seen,), (), (), (), (), (), "test"))
    (known,) = archive.known()
    assert (known.role, known.pages, known.last) == ("foreign minister", 1, "2026-03-02")
