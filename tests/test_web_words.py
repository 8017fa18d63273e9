"""One speaker's words over time and outlet by outlet; the words that tell some texts from others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from archive_records import OTHER_TEXT, make
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord import Archive
from onrecord.record import Outlet, Record
from onrecord.web import create
from onrecord.web.cards import stretch
from onrecord.web.days import fitting
from onrecord.web.telling import telling, words

POST = Outlet("Belmark Post", "post.example", "BEL")
WHO = "person.ana-torun"


def told(thing: str, day: str, **more: object) -> Record:
    """A report of that day; nothing in it tells of another."""
    record = make(url=f"https://courier.example/{day}/{thing.replace(' ', '-')}", thing=thing, published=day, **more)  # type: ignore[arg-type]
    return replace(record, statements=tuple(replace(each, said=None) for each in record.statements))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """In March it is the dam, in May the quay; another outlet has one of the sayings in other words."""
    path = tmp_path_factory.mktemp("words") / "archive.onrecord"
    with Archive(path) as archive:
        for n in (2, 9, 16):
            archive.add(told("river dam", f"2026-03-{n:02}", tail=f" Report {n} of the dam."))
            archive.add(told("ferry quay", f"2026-05-{n:02}", tail=f" Report {n} of the quay.", template=OTHER_TEXT))
        archive.add(told("ferry quay", "2026-05-03", outlet=POST, template=OTHER_TEXT + " The post says so at length."))
    return TestClient(create(path, reads=None, writes=None), base_url="http://127.0.0.1")


def test_words_of_some_days_are_those_that_were_not_said_in_others(client: TestClient) -> None:
    found = client.get(f"/api/v1/words?who={WHO}&by=month&once=no").json()
    by_month = {each["first"][:7]: {word["word"] for word in each["words"]} for each in found["stretches"]}
    assert list(by_month) == ["2026-05", "2026-03"]
    assert {"ferry", "quay"} <= by_month["2026-05"] and {"river", "dam"} <= by_month["2026-03"]
    assert not {"legitimate", "target"} & (by_month["2026-05"] | by_month["2026-03"])


def test_the_timeline_counts_what_the_search_finds_and_leaves_no_gap(client: TestClient) -> None:
    found = client.get(f"/api/v1/words?who={WHO}&by=month&once=no").json()
    assert [line["first"] for line in found["lines"]] == ["2026-03-01", "2026-04-01", "2026-05-01"]
    for line in found["lines"]:
        count = line["direct"] + line["mixed"] + line["indirect"]
        assert (line["href"] is None) == (count == 0)
        if line["href"]:
            assert client.get("/api/v1" + line["href"]).json()["total"] == count
    assert sum(each["statements"] for each in found["stretches"]) == found["total"]


def test_every_word_leads_to_where_it_was_said(client: TestClient) -> None:
    found = client.get(f"/api/v1/words?who={WHO}&by=month&once=no").json()
    for each in found["stretches"]:
        for word in each["words"]:
            hits = client.get("/api/v1" + word["href"]).json()["hits"]
            assert hits and all(word["word"] in hit["evidence"].lower() for hit in hits)


def test_outlets_are_compared_copies_and_all(client: TestClient) -> None:
    found = client.get(f"/api/v1/words?who={WHO}").json()
    outlets = {each["outlet"]: each for each in found["outlets"]}
    assert set(outlets) == {"The Courier", "Belmark Post"}
    assert outlets["Belmark Post"]["statements"] == 2 and outlets["Belmark Post"]["direct"] == 1
    for each in outlets.values():
        assert client.get("/api/v1" + each["all"]).json()["total"] == each["statements"]


def test_without_a_name_there_are_some_to_choose_from(client: TestClient) -> None:
    speakers = client.get("/api/v1/words").json()["speakers"]
    assert [speaker[0] for speaker in speakers] == [WHO]
    assert client.get("/api/v1" + speakers[0][3]).json()["total"] > 0
    assert "Nothing that" in client.get("/words?who=person.nobody").text
    assert "Ana Torun" in client.get(f"/words?who={WHO}&text=quay").text
    assert client.get("/words?who=ARD&by=hour").status_code == 400


def test_the_shown_name_of_some_days() -> None:
    assert stretch("2026-03-12", "2026-03-12") == "2026-03-12"
    assert stretch("2024-02-01", "2024-02-29") == "2024-02" and stretch("2025-02-01", "2025-02-28") == "2025-02"
    assert stretch("2026-01-01", "2026-12-31") == "2026"
    assert stretch("2026-03-01", "2026-04-30") == "2026-03-01 to 2026-04-30"


@pytest.mark.parametrize(("days", "by"), [(1, "day"), (21, "day"), (60, "week"), (900, "month"), (4000, "year")])
def test_the_stretch_that_fits(days: int, by: str) -> None:
    first = date(2015, 1, 1)
    told = [(first + timedelta(days=n * days // 10)).isoformat() for n in range(11)]
    assert fitting(told[1:-1]) == by or days == 1
    assert fitting([*[told[0]] * 30, "1999-01-01"]) == "day"
    assert fitting([]) == "month"


def test_words_carry_matter() -> None:
    assert words("They said that the River-dam’s gates weren’t shut") == ["river-dam's", "gates", "weren't", "shut"]


@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.sampled_from(["dam", "quay", "cod", "net"]), max_size=12)))
def test_a_word_tells_a_group_only_where_it_stands_oftener_than_elsewhere(groups: dict[str, list[str]]) -> None:
    every = [word for group in groups.values() for word in group]
    for name, found in telling(groups).items():
        for each in found:
            assert groups[name].count(each.word) == each.here >= 2 and every.count(each.word) == each.everywhere
            assert each.here / len(groups[name]) > each.everywhere / len(every)
