"""The API: its description is valid OpenAPI, and every path that it describes answers as it is described."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import click
import pytest
from archive_records import make
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from starlette.testclient import TestClient
from test_web_hostile import checked

from onrecord import Archive
from onrecord.archive import Query
from onrecord.cli.filters import filters
from onrecord.mcp import tools
from onrecord.record import Outlet
from onrecord.web import create
from onrecord.web.app import API
from onrecord.web.guard import Rate
from onrecord.web.keys import Keys
from onrecord.web.openapi import described
from onrecord.web.pages import PAGES

OWN = "http://127.0.0.1"
TOKEN = "a token of the tests"
DOCUMENT = described(API)
ATOM = "{http://www.w3.org/2005/Atom}"
BELMARK_TIMES = Outlet("Belmark Times", "times.example", "BEL")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with two outlets, copies, and a review of every kind."""
    where = tmp_path_factory.mktemp("api") / "archive.onrecord"
    with Archive(where) as archive:
        for n, day in enumerate(("2026-03-02", "2026-03-03", "2026-03-05")):
            archive.add(make(url=f"https://courier.example/{n}", published=day, credit="Ardania News Agency"))
            archive.add(
                make(url=f"https://times.example/{n}", thing=f"old bridge {n}", published=day, outlet=BELMARK_TIMES,
                     a=("Belmark", "BEL"), b=("Ardania", "ARD"), person="Olof Reker", place="Murn")
            )  # fmt: skip
        events = archive.events(Query(once=False)).rows
        archive.review(events[0].item.id, "correct", by="Mira", changes={"status": "denied"})
        archive.review(events[1].item.id, "reject", by="Mira", note="said of another")
        archive.review(archive.statements().rows[0].item.id, "accept", by="Jonas")
    return where


@pytest.fixture(scope="module")
def client(path: Path) -> TestClient:
    """A program that asks."""
    return TestClient(create(path, keys=Keys(TOKEN), reads=None, writes=None), base_url=OWN)


def strict(schema: Any) -> Any:
    """The schema, and nothing besides what it names: an undescribed field is an error here, not to those who ask."""
    if isinstance(schema, dict):
        told = {name: strict(value) for name, value in schema.items()}
        return {**told, "additionalProperties": False} if "properties" in schema and "type" in schema else told
    return [strict(each) for each in schema] if isinstance(schema, list) else schema


COMPONENTS = strict(DOCUMENT["components"])


def faults(schema: Any, answer: Any) -> list[str]:
    """Where an answer is not what the schema says."""
    validator = Draft202012Validator({**strict(schema), "components": COMPONENTS})
    return [f"{list(error.path)}: {error.message[:200]}" for error in validator.iter_errors(answer)]


def schema_of(path: str, method: str = "get", status: str = "200") -> Any:
    """What the description says of an answer."""
    return DOCUMENT["paths"][path][method]["responses"][status]["content"]["application/json"]["schema"]


def test_the_description_is_valid_openapi(client: TestClient) -> None:
    served = client.get(f"{API}/openapi.json").json()
    assert served == DOCUMENT and served["openapi"].startswith("3.1") and served["servers"] == [{"url": "/api/v1"}]
    validate(served, cls=OpenAPIV31SpecValidator)
    ids = [each["operationId"] for path in served["paths"].values() for name, each in path.items() if name != "servers"]
    assert len(ids) == len(set(ids)) == len(PAGES) + 4


def test_a_broken_description_is_noticed() -> None:
    broken = {**DOCUMENT, "paths": {"/search": {"get": {"responses": {"200": {}}}}}}
    assert list(OpenAPIV31SpecValidator(broken).iter_errors())
    assert faults(schema_of("/search"), {"kind": "statements"})


QUERIES = {
    "/search": [{"kind": kind, "once": once} for kind in ("statements", "events", "commitments", "meetings")
                for once in ("yes", "no")] + [{"text": "river"}, {"kind": "events", "reviewed": "any"}],
    "/pair": [{"a": "ARD", "b": "BEL"}, {"a": "ard", "b": "bel", "by": "day"}, {},
              {"a": "ARD", "b": "BEL", "split": "type"}],
    "/topic": [{"text": "bridge"}, {}],
    "/warnings": [{"on": "2026-03-04"}, {"on": "2026-06-01"}, {"on": "2026-03-04", "state": "open"}],
    "/calendar": [{"on": "2026-03-04"}],
    "/week": [{"on": "2026-03-05"}, {}],
    "/review": [{}, {"kind": "events"}, {"look": "second", "reviewer": "Jonas"}, {"look": "differ"}],
    "/reviews": [{}, {"item": "none"}],
    "/stories": [{}, {"least": "1"}],
    "/words": [{}, {"who": "ARD", "by": "month"}, {"who": "person.ana-torun", "text": "river", "once": "no"}],
    "/actors/{id}": [{}, {"by": "week"}],
}  # fmt: skip


def asked(client: TestClient) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every described path that is read, as (described, address, parameters)."""
    page = client.get(f"{API}/search").json()["hits"][0]["page"]["id"]
    ids = {"/pages/{id}": page, "/stories/{id}": page, "/actors/{id}": "person.ana-torun"}
    for described_, operations in DOCUMENT["paths"].items():
        if "get" in operations and "servers" not in operations:
            address = described_.replace("{id}", ids.get(described_, ""))
            for told in QUERIES.get(described_, [{}]):
                yield described_, API + address, told


def test_every_path_answers_as_it_is_described(client: TestClient) -> None:
    seen = set()
    for path, address, told in asked(client):
        answer = client.get(address, params=told)
        assert answer.status_code == 200, (address, told, answer.text)
        assert answer.headers["content-type"] == "application/json"
        assert faults(schema_of(path), answer.json()) == [], (address, told)
        seen.add(path)
    assert seen == set(DOCUMENT["paths"]) - {"/feed"}


def test_the_routes_are_those_that_are_described(client: TestClient) -> None:
    routes = set()
    for route in client.app._app.routes:  # type: ignore[attr-defined]
        if (under := route.path).startswith(API + "/") and not under.endswith("openapi.json"):
            routes.add(under.removeprefix(API).replace("{id:path}", "{id}"))
    assert routes == set(DOCUMENT["paths"]) - {"/feed"}


VALUES = {
    "text": "river", "who": "ARD", "to": "BEL", "about": "BEL", "party": "ARD", "type": "direct", "status": "actual",
    "outlet": "The Courier", "since": "2026", "until": "2026-03", "said_in": "no", "asserted": "yes",
    "confidence": "0.1", "reviewed": "any", "open_on": "2026-03-04", "page": "none", "story": "none", "once": "no",
    "kind": "events", "order": "oldest", "limit": "3", "after": "@5", "on": "2026-03-04", "country": "BEL",
    "a": "ARD", "b": "BEL", "by": "week", "state": "open", "least": "1", "format": "json",
    "look": "second", "split": "type", "reviewer": "Mira",
}  # fmt: skip


def test_every_described_parameter_is_taken(client: TestClient) -> None:
    for path in ("/search", *(page.path for page in PAGES if page.own and page.path != "/")):
        for parameter in DOCUMENT["paths"][path]["get"]["parameters"]:
            if path == "/search" or parameter["name"] in {name for page in PAGES for name in page.own}:
                address = API + path.replace("{id}", "person.ana-torun")
                answer = client.get(address, params={parameter["name"]: VALUES[parameter["name"]]})
                assert answer.status_code == 200, (path, parameter["name"], answer.text)
                assert faults(schema_of(path), answer.json()) == [], (path, parameter["name"])
    assert client.get(f"{API}/search", params={"colour": "red"}).status_code == 400


def test_the_filters_are_those_of_the_command_line_and_of_the_assistants() -> None:
    @click.command()
    @filters
    def command(**_given: Any) -> None: ...

    query = {field.name for field in fields(Query)}
    described_ = {each["name"] for each in DOCUMENT["paths"]["/search"]["get"]["parameters"]}
    place = {"kind", "order", "limit", "after"}
    assert described_ == query | place | {"format"}
    assert {param.name for param in command.params} - {"every_report"} == query - {"text", "open_on", "once"}
    assert set(inspect.signature(tools.search).parameters) - {"archive"} == query | place


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search?since=bad", 400), ("/search?colour=red", 400), ("/search?open_on=soon", 400), ("/pages/none", 404),
        ("/actors/none", 404), ("/stories/none", 404), ("/search?text=%2F%2F", 400), ("/nothing", 404),
        ("/search?text=" + "a" * 5000, 414),
    ],
)  # fmt: skip
def test_errors_are_as_described(client: TestClient, address: str, status: int) -> None:
    answer = client.get(API + address)
    assert answer.status_code == status
    assert faults({"$ref": "#/components/schemas/Error"}, answer.json()) == []


def test_refusals_are_as_described(path: Path) -> None:
    slow = TestClient(create(path, reads=Rate(each_second=0.01, burst=1), writes=None), base_url=OWN)
    answers = [slow.get(f"{API}/actors") for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 429]
    large = slow.post(f"{API}/reviews", content=b"x" * 100_000)
    stranger = slow.get(f"{API}/actors", headers={"host": "evil.example"})
    nobody = slow.post(f"{API}/reviews", json={})
    assert [each.status_code for each in (large, stranger, nobody)] == [413, 421, 401]
    for answer in (answers[1], large, stranger, nobody):
        assert faults({"$ref": "#/components/schemas/Error"}, answer.json()) == []


def test_a_review_is_answered_as_it_is_described(tmp_path: Path) -> None:
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(make())
        item = archive.events().rows[0].item.id
    app = create(tmp_path / "own.onrecord", keys=Keys(TOKEN))
    client = TestClient(app, base_url=OWN, headers={"authorization": f"Bearer {TOKEN}"})
    body = {"item": item, "action": "correct", "by": "a script", "changes": {"status": "denied"}, "note": "why"}
    wanted = DOCUMENT["paths"]["/reviews"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert faults(wanted, body) == []
    answer = client.post(f"{API}/reviews", json=body)
    assert answer.status_code == 200, answer.text
    assert faults(schema_of("/reviews", "post"), answer.json()) == []


FEEDS = [
    {}, {"text": "river dam"}, {"who": "ARD", "about": "BEL", "once": "no"}, {"kind": "events", "type": "ASSAULT"},
    {"kind": "commitments", "open_on": "2026-03-04"}, {"kind": "meetings", "limit": "1"}, {"text": "nothing-like-it"},
    {"text": "<&>\"' river", "outlet": "Belmark Times"},
]  # fmt: skip


@pytest.mark.parametrize("told", FEEDS)
def test_any_search_is_a_valid_feed(client: TestClient, told: dict[str, str]) -> None:
    """The musts of RFC 4287, sections 3 and 4; and what is in it is what the search finds."""
    answer = client.get("/feed", params=told)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == "application/atom+xml"
    feed = ET.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(f"{ATOM}{name}")
            assert one.text and one.text.strip()
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo is not None
        assert ":" in element.findtext(f"{ATOM}id", "")
        for link in element.findall(f"{ATOM}link"):
            assert link.attrib["href"].startswith(OWN) and link.attrib["rel"] in ("self", "alternate")
    rels = [link.attrib["rel"] for link in feed.findall(f"{ATOM}link")]
    assert sorted(rels) == ["alternate", "self"]
    assert all(len(entry.findall(f"{ATOM}author/{ATOM}name")) == 1 for entry in entries)
    ids = [entry.findtext(f"{ATOM}id", "") for entry in entries]
    assert len(ids) == len(set(ids))
    found = client.get(f"{API}/search", params={**told, "order": "newest"}).json()["hits"]
    assert ids == [f"urn:onrecord:{hit['item']['id']}" for hit in found]


def test_a_reader_of_feeds_takes_it(client: TestClient) -> None:
    feedparser = pytest.importorskip("feedparser")
    for told in FEEDS:
        parsed = feedparser.parse(client.get("/feed", params=told).content)
        assert not parsed.bozo and parsed.version == "atom10"
        assert all(entry.link.startswith(OWN) for entry in parsed.entries)


def test_the_docs_need_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs")
    found = checked(page.text)
    assert f"{API}/openapi.json" in found.links and "/search" in found.links
    assert not [link for link in found.links if "//" in link]
    for link in found.links:
        if not link.startswith("#"):
            assert client.get(link).status_code == 200, link
