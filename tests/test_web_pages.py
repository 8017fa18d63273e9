"""Every page over an archive, asked as a browser or a program asks: what it shows, its other forms, what it refuses."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from archive_records import OTHER_TEXT, TEXT, make
from starlette.testclient import TestClient

from onrecord import Archive
from onrecord.record import Outlet
from onrecord.web import create
from onrecord.web.hits import COLUMNS
from onrecord.web.keys import Keys
from onrecord.web.pages import PAGES

TOKEN = "a token of the tests"
OWN = "http://127.0.0.1"
BELMARK_TIMES = Outlet("Belmark Times", "times.example", "BEL")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of six pages, three days, two outlets."""
    where = tmp_path_factory.mktemp("web") / "archive.onrecord"
    with Archive(where) as archive:
        for n, day in enumerate(("2026-03-02", "2026-03-03", "2026-03-05")):
            archive.add(make(url=f"https://courier.example/{n}", thing=f"river dam {n}", published=day))
            archive.add(
                make(url=f"https://times.example/{n}", thing=f"old bridge {n}", published=day, outlet=BELMARK_TIMES,
                     a=("Belmark", "BEL"), b=("Ardania", "ARD"), person="Olof Reker")
            )  # fmt: skip
    return where


@pytest.fixture(scope="module")
def client(path: Path) -> TestClient:
    """Somebody who reads."""
    return TestClient(create(path, keys=Keys(TOKEN), reads=None, writes=None), base_url=OWN)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """An archive with nothing in it."""
    where = tmp_path_factory.mktemp("web") / "empty.onrecord"
    Archive(where).close()
    return TestClient(create(where, reads=None, writes=None), base_url=OWN)


def addresses() -> list[str]:
    """An address of every page."""
    told = {"/actors/{id}": "/actors/ard", "/pair": "/pair?a=ARD&b=BEL", "/topic": "/topic?text=dam"}
    return [told.get(page.path, page.path) for page in PAGES if page.path != "/stories/{id}"]


@pytest.mark.parametrize("address", [*addresses(), "/docs", "/enter", "/search?kind=events", "/review?kind=meetings"])
def test_every_page_answers(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "<h1" in answer.text and "onrecord" in answer.text


@pytest.mark.parametrize("address", [each for each in addresses() if "{" not in each])
def test_every_page_has_its_tables(client: TestClient, address: str) -> None:
    joint = "&" if "?" in address else "?"
    rows = list(csv.reader(io.StringIO(client.get(f"{address}{joint}format=csv").text)))
    assert len({len(row) for row in rows}) <= 1
    assert client.get(f"{address}{joint}format=parquet").content[:4] == b"PAR1"
    api = "/api/v1/week" if address == "/" else f"/api/v1{address}"
    assert isinstance(client.get(api).json(), dict)


@pytest.mark.parametrize("address", [each for each in addresses() if "ard" not in each])
def test_an_empty_archive_has_all_pages(empty: TestClient, address: str) -> None:
    assert empty.get(address).status_code == 200
    joint = "&" if "?" in address else "?"
    assert empty.get(f"{address}{joint}format=csv").status_code == 200
    assert empty.get(f"{address}{joint}format=parquet").status_code == 200


def test_search_finds_and_narrows(client: TestClient) -> None:
    all_ = client.get("/api/v1/search?once=no").json()
    narrowed = client.get("/api/v1/search?who=BEL&about=ARD&once=no").json()
    assert 0 < narrowed["total"] < all_["total"]
    assert {hit["item"]["speaker"] for hit in narrowed["hits"]} == {"person.olof-reker"}


def test_facets_lead_to_what_they_count(client: TestClient) -> None:
    found = client.get("/api/v1/search?kind=events&once=no").json()
    for facet in found["facets"]:
        value, _, items, address = facet["values"][0]
        assert client.get("/api/v1" + address).json()["total"] == items, (facet["name"], value)


def test_all_pages_of_results_are_all_results(client: TestClient) -> None:
    address, seen = "/search?limit=2&once=no", []
    while address:
        found = client.get("/api/v1" + address).json()
        seen += [hit["item"]["id"] for hit in found["hits"]]
        address = found["next"]
    assert len(seen) == len(set(seen)) == 12


def test_every_hit_leads_to_its_words(client: TestClient) -> None:
    for kind in ("statements", "events", "commitments", "meetings"):
        for hit in client.get(f"/api/v1/search?kind={kind}").json()["hits"]:
            page, _, item = hit["href"].partition("#")
            html = client.get(page).text
            assert f'id="{item}"' in html and f'id="at-{item}"' in html


def test_an_article_is_the_record(client: TestClient, path: Path) -> None:
    with Archive(path, read_only=True) as archive:
        ref = archive.pages().rows[0]
        record = archive.record(ref.id)
    told = client.get(f"/api/v1/pages/{ref.id}").json()
    assert record and told["page"]["text"] == record.page.text
    assert [item["id"] for item in told["events"]] == [event.id for event in record.events]


def test_warnings_have_their_states(client: TestClient) -> None:
    def states(on: str) -> set[str]:
        return {each["state"] for each in client.get(f"/api/v1/warnings?on={on}").json()["warned"]}

    assert states("2026-03-10") <= {"open", "met"}
    assert "passed" in states("2026-06-01")


def test_the_timeline_of_a_pair_counts_its_events(client: TestClient) -> None:
    pair = client.get("/api/v1/pair?a=ARD&b=BEL&by=day&once=no").json()
    assert sum(line["vx"] + line["mx"] + line["vc"] + line["mc"] for line in pair["lines"]) == pair["total"] == 18
    typed = client.get("/api/v1/pair?a=ARD&b=BEL&by=day&once=no&split=type").json()
    names = [column["key"] for column in typed["columns"][1:-1]]
    assert names == ["reject", "threaten", "assault"]
    assert sum(line[name] for line in typed["lines"] for name in names) == 18
    assert client.get("/pair?a=ARD&b=BEL&split=colour").status_code == 400


def test_what_two_do_together_stands_under_their_bar(tmp_path: Path) -> None:
    record = make()
    both = replace(record.events[3], status="actual", when=None)
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(replace(record, events=(both,)))
    client = TestClient(create(tmp_path / "own.onrecord"), base_url=OWN)
    pair = client.get("/api/v1/pair?a=ARD&b=BEL").json()
    assert [hit["item"]["id"] for hit in pair["events"]] == [both.id] and pair["total"] == 1
    assert sum(line["vc"] for line in pair["lines"]) == 1


def test_the_week_as_a_table_has_its_changes(tmp_path: Path) -> None:
    with Archive(tmp_path / "own.onrecord") as archive:
        for n, day in enumerate(("2026-02-20", "2026-03-04")):
            record = make(url=f"https://courier.example/{n}", published=day, template=OTHER_TEXT if n else TEXT)
            events = record.events[:1] if n else record.events[2:3]
            archive.add(replace(record, events=tuple(replace(each, when=None) for each in events)))
    client = TestClient(create(tmp_path / "own.onrecord"), base_url=OWN)
    rows = list(csv.DictReader(io.StringIO(client.get("/?on=2026-03-05&format=csv&once=no").text.lstrip("\ufeff"))))
    assert {row["part"] for row in rows} == {"warning", "meeting ahead", "saying", "change"}
    assert rows[-1]["facts"] == "mean Goldstein before: -10.00; this week: -6.00"
    assert set(rows[0]) == {"part", *COLUMNS}


def test_an_actor_over_any_stretch_of_days(client: TestClient) -> None:
    for by, address in client.get("/api/v1/actors/ard?once=no").json()["stretches"]:
        found = client.get("/api/v1" + address).json()
        assert (
            found["by"] == by and sum(line["vx"] + line["mx"] for line in found["lines"]) == 12
        )  # its army acts for itself


def test_a_feed_is_atom(client: TestClient) -> None:
    answer = client.get("/feed?about=BEL")
    feed = ET.fromstring(answer.content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert len(entries) == client.get("/api/v1/search?about=BEL").json()["total"]
    for entry in entries:
        link = entry.find(f"{atom}link")
        assert link is not None and client.get(link.attrib["href"].split("#")[0]).status_code == 200


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/search?since=bad", "is no day"),
        ("/search?colour=red", "No filter is called"),
        ("/search?limit=many", "a number"),
        ("/search?order=best", "one of newest"),
        ("/search?said_in=maybe", "yes or no"),
        ("/search?text=%21%21", "No word"),
        ("/search?after=nowhere", "is no place"),
        ("/search?text=" + "a" * 400, "longer than"),
        ("/search?" + "&".join(f"who=a{n}" for n in range(30)), "at most"),
        ("/search?format=xls", "one of json"),
        ("/pair?a=ARD&b=BEL&by=hour", "one of day"),
        ("/warnings?state=gone", "one of open"),
        ("/calendar?on=monday", "a day such as"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(client: TestClient, address: str, told: str) -> None:
    page, api = client.get(address), client.get("/api/v1" + address)
    assert (page.status_code, api.status_code) == (400, 400)
    assert told in page.text and told in api.json()["error"]
    assert "\n" not in api.json()["error"] and "Traceback" not in page.text


@pytest.mark.parametrize("address", ["/nothing", "/pages/none", "/actors/none", "/stories/none", "/static/../app.py"])
def test_what_is_not_here_is_told(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_no_answer_shows_a_path_of_the_machine(path: Path) -> None:
    with TestClient(create(path, reads=None), base_url=OWN, raise_server_exceptions=False) as client:
        broken = path.with_name("gone")
        answers = [client.get(address).text for address in ("/search?since=bad", "/nothing", "/api/v1/nothing")]
        assert not any(str(broken.parent) in answer or "/site-packages/" in answer for answer in answers)


# --- writes


def entered(path: Path, name: str = "Mira") -> TestClient:
    """Somebody who has entered with the token."""
    client = TestClient(create(path, keys=Keys(TOKEN), reads=None, writes=None), base_url=OWN)
    answer = client.post("/enter", data={"name": name, "token": TOKEN, "back": "/review"}, follow_redirects=False)
    assert answer.status_code == 303
    return client


def own_archive(tmp_path: Path) -> Path:
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(make())
    return tmp_path / "own.onrecord"


def form_of(client: TestClient, address: str = "/review") -> dict[str, str]:
    html = client.get(address).text
    return {name: re.findall(rf'name="{name}" value="([^"]+)"', html)[0] for name in ("mark", "item")}


def test_a_review_is_kept_with_its_name(tmp_path: Path) -> None:
    path = own_archive(tmp_path)
    client = entered(path)
    for action in ("accept", "reject"):
        told = form_of(client)
        answer = client.post("/reviews", data={**told, "action": action, "back": "/review"}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/review")
        with Archive(path, read_only=True) as archive:
            (review,) = archive.reviews(item=told["item"])
        assert (review.action, review.by) == (action, "Mira")
    figures = client.get("/api/v1/review").json()
    assert figures["precision"][0] | {"precision": 0.5} == figures["precision"][0]
    assert figures["precision"][0]["looked_at"] == 2


def test_a_correction_keeps_what_the_form_changed(tmp_path: Path) -> None:
    path = own_archive(tmp_path)
    client = entered(path)
    told = form_of(client, "/review?kind=events")
    answer = client.post(
        "/reviews",
        data={**told, "action": "correct", "has-status": "1", "status": "denied", "has-actors": "1", "actors": "bel"},
    )
    assert answer.status_code == 200
    with Archive(path, read_only=True) as archive:
        row = archive.item(told["item"])
    assert row and (row.item.status, row.item.actors) == ("denied", ("bel",))
    assert row.machine and row.machine.status != "denied"


def test_two_reviewers_agree_or_not(tmp_path: Path) -> None:
    path = own_archive(tmp_path)
    first, second = entered(path, "Mira"), entered(path, "Jonas")
    told = form_of(first)
    first.post("/reviews", data={**told, "action": "accept"})
    second.post("/reviews", data={"item": told["item"], "mark": form_of(second)["mark"], "action": "accept"})
    assert first.get("/api/v1/review").json()["agreement"] == {"both": 1, "same": 1, "share": 1.0}


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({}, {"mark": "wrong"}),
        ({"origin": "http://evil.example"}, {}),
        ({"sec-fetch-site": "cross-site"}, {}),
        ({"origin": "null"}, {}),
    ],
)
def test_a_forged_form_writes_nothing(tmp_path: Path, headers: dict[str, str], fields: dict[str, str]) -> None:
    path = own_archive(tmp_path)
    client = entered(path)
    told = {**form_of(client), "action": "reject", **fields}
    assert client.post("/reviews", data=told, headers=headers).status_code == 403
    with Archive(path, read_only=True) as archive:
        assert archive.reviews() == ()


def test_without_a_session_nothing_is_written(client: TestClient, path: Path) -> None:
    with Archive(path, read_only=True) as archive:
        item = archive.statements().rows[0].item.id
    assert client.post("/reviews", data={"item": item, "action": "accept"}).status_code == 403
    assert client.post("/api/v1/reviews", json={"item": item, "action": "accept", "by": "x"}).status_code == 401
    assert client.post("/enter", data={"name": "x", "token": "guess"}).status_code == 403
    with Archive(path, read_only=True) as archive:
        assert archive.reviews() == ()


def test_a_program_reviews_with_the_token(tmp_path: Path) -> None:
    path = own_archive(tmp_path)
    client = TestClient(create(path, keys=Keys(TOKEN)), base_url=OWN, headers={"authorization": f"Bearer {TOKEN}"})
    item = client.get("/api/v1/search").json()["hits"][0]["item"]["id"]
    told = {"item": item, "action": "correct", "by": "a script", "changes": {"denial": True}}
    assert client.post("/api/v1/reviews", json=told).json()["by"] == "a script"
    wrongs: list[object] = [
        {},
        [],
        {**told, "action": "burn"},
        {**told, "item": "none"},
        {**told, "changes": {"nose": 1}},
    ]
    for wrong in wrongs:
        answer = client.post("/api/v1/reviews", json=wrong)
        assert answer.status_code == 400 and answer.json()["error"]
    assert client.post("/api/v1/reviews", content=b"{").status_code == 400


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(path: Path, back: str) -> None:
    client = TestClient(create(path, keys=Keys(TOKEN), reads=None, writes=None), base_url=OWN)
    answer = client.post("/enter", data={"name": "x", "token": TOKEN, "back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/review"


def test_a_spreadsheet_takes_no_text_for_a_formula(tmp_path: Path) -> None:
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(make(person="=cmd|'/c calc'!A0", outlet=Outlet("@SUM(1)", "x.example", None)))
    client = TestClient(create(tmp_path / "own.onrecord"), base_url=OWN)
    cells = [cell for row in csv.reader(io.StringIO(client.get("/search?format=csv").text)) for cell in row]
    assert not any(cell.startswith(("=", "@")) for cell in cells) and "'@SUM(1)" in cells
