"""The archive: what is kept comes back, what is kept twice is there once, what people find stays theirs."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from archive_records import OTHER_TEXT, make, reread

from onrecord import Archive, ArchiveError, Query
from onrecord.archive.query import match_expression
from onrecord.record import Outlet, Record


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
