"""Pages that attack whoever looks at them: whatever they print, a browser is given only text."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from archive_records import make
from starlette.testclient import TestClient
from web_hostile import ADDRESSES, PAYLOADS

from onrecord import Archive
from onrecord.record import Outlet
from onrecord.web import create

OWN = "http://127.0.0.1"
SAFE_TAGS = frozenset(
    "html head meta title link script body a header nav form label input button main div section p span time h1 h2 h3 "
    "fieldset legend kbd article aside ol ul li blockquote dl dt dd bdi footer details summary select option table "
    "thead tbody tr th td figure figcaption meter mark code strong noscript".split()
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """An archive whose every page is an attack: in names, headline, words, outlet, address."""
    where = tmp_path_factory.mktemp("hostile") / "hostile.onrecord"
    with Archive(where) as archive:
        for n, attack in enumerate(PAYLOADS):
            archive.add(
                make(a=(attack, "ARD"), person=f"{attack} {n}", thing=attack, credit=attack, source=f"{n}.html",
                     url=f"{ADDRESSES[n % len(ADDRESSES)]}#{n}", outlet=Outlet(attack, f"{n}.example", None))
            )  # fmt: skip
    return TestClient(create(where, reads=None, writes=None), base_url=OWN)


class Checked(HTMLParser):
    """Every tag and attribute of a page, held against what our templates can write."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SAFE_TAGS, tag
        told = dict(attrs)
        for name, value in told.items():
            assert not name.startswith("on") and name not in ("style", "srcdoc", "formaction", "http-equiv"), (
                tag,
                name,
            )
            if name in ("href", "src", "action"):
                self.links.append(value or "")
        if tag == "script":
            assert (told.get("src") or "").startswith("/static/")

    def handle_decl(self, decl: str) -> None:
        assert decl.lower() == "doctype html"

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data[:80]}")


def checked(html: str) -> Checked:
    """The page, taken apart."""
    parser = Checked()
    parser.feed(html)
    parser.close()
    for link in parser.links:
        parts = urlsplit(link)
        assert parts.scheme in ("", "http", "https"), link
        assert parts.scheme or (link.startswith(("/", "#")) and not link.startswith(("//", "/\\"))), link
    return parser


def test_there_are_enough_attacks() -> None:
    assert len(set(PAYLOADS)) + len(set(ADDRESSES)) >= 40


@pytest.mark.parametrize(
    "address",
    [
        "/", "/search?once=no&limit=100", "/search?kind=events&once=no&limit=100", "/search?kind=commitments&once=no",
        "/actors?limit=200", "/pairs", "/pair?a=ARD&b=BEL&once=no", "/topic?text=target&once=no",
        "/warnings?once=no&limit=100",
        "/calendar?once=no&limit=100", "/stories?least=1&once=no", "/outlets?once=no", "/review", "/review?kind=events",
    ],
)  # fmt: skip
def test_lists_are_only_text(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    checked(answer.text)


def test_every_article_and_actor_is_only_text(client: TestClient) -> None:
    hrefs = {hit["href"].partition("#")[0] for hit in client.get("/api/v1/search?once=no&limit=200").json()["hits"]}
    assert len(hrefs) == len(PAYLOADS)
    for href in hrefs:
        page = checked(client.get(href).text)
        assert not any("evil" in link and not link.startswith(("/", "#")) for link in page.links)
    for row in client.get("/api/v1/actors?limit=12").json()["rows"]:
        answer = client.get("/actors/" + quote(row["id"], safe=""))
        assert answer.status_code in (200, 404)
        checked(answer.text)


@pytest.mark.parametrize("attack", PAYLOADS)
def test_what_is_asked_comes_back_as_text(client: TestClient, attack: str) -> None:
    for path, name in (("/search", "text"), ("/search", "who"), ("/topic", "text"), ("/pair", "a"), ("/enter", "back")):
        answer = client.get(path, params={name: attack[:300]})
        assert answer.status_code in (200, 400), (path, answer.status_code)
        checked(answer.text)
    answer = client.get("/search", params={attack[:300]: "x"})
    assert answer.status_code in (200, 400)
    checked(answer.text)


def test_nothing_reorders_its_surroundings(client: TestClient) -> None:
    html = client.get("/search?once=no&limit=200").text
    assert not any(character in html for character in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
    assert "U+202E" in html


def test_feeds_and_json_are_sound(client: TestClient) -> None:
    ET.fromstring(client.get("/feed?once=no&limit=200").content)
    json.loads(client.get("/api/v1/search?once=no&limit=200").content)
    answer = client.get("/api/v1/search?once=no")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
