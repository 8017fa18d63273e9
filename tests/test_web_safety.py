"""What the server lets nobody do: the attacks are real, writes are guarded, costs are bounded, no path gets out."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest
from archive_records import make
from jinja2 import Environment, TemplateError
from starlette.testclient import TestClient
from test_web_hostile import Checked
from test_web_hostile import client as hostile  # noqa: F401  (a fixture)
from web_hostile import ADDRESSES, PAYLOADS

from onrecord import Archive
from onrecord.archive.query import Query
from onrecord.cli.serve import is_loopback, serve_command
from onrecord.record import Outlet
from onrecord.web import create
from onrecord.web.app import LOCAL
from onrecord.web.formats import ACTING
from onrecord.web.keys import Keys
from onrecord.web.openapi import FILTERS, PLACE, described
from onrecord.web.pages import PAGES
from onrecord.web.shelf import Busy, Shelf
from onrecord.web.shown import LONG, UNSEEN, outside

OWN = "http://127.0.0.1"
SECRET = "/home/mira/in-confidence"

# What a careless template would write around a page's text.
CARELESS = ("<p>{}</p>", '<a title="{}">x</a>', "<a title='{}'>x</a>", "<title>{}</title>")


class Strict(Checked):
    """The checks of the hostile pages; and nothing but a link that people press leads elsewhere."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        assert tag == "a" or not any("//" in (value or "") for _, value in attrs), tag


def harmless(html: str) -> bool:
    """Whether the checks of these tests let a page pass."""
    parser = Strict()
    try:
        parser.feed(html)
        parser.close()
    except AssertionError:
        return False
    return all(outside(link) for link in parser.links)


def fails_as_words(attack: str) -> bool:
    """Whether a search that hands on what was typed is an error of SQLite."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create virtual table t using fts5 (x)")
        try:
            connection.execute("select * from t where t match ?", (attack,)).fetchall()
        except sqlite3.OperationalError:
            return True
    return False


def acts_as_template(attack: str) -> bool:
    """Whether a template made of it says something else, or fails."""
    try:
        return Environment().from_string(attack).render() != attack
    except TemplateError:
        return True


HURTS: dict[str, Callable[[str], bool]] = {
    "as markup": lambda attack: not all(harmless(each.format(attack)) for each in CARELESS),
    "as a link": lambda attack: attack.lower().startswith("javascript:") and outside(attack) is None,
    "unseen": lambda attack: UNSEEN.search(attack) is not None,
    "by its length": lambda attack: len(attack) > LONG,
    "in a spreadsheet": lambda attack: attack.startswith(ACTING),
}


def test_at_least_thirty_attacks_hurt_a_careless_page_and_these_checks_see_it() -> None:
    """So each can fail: written as it is, it is caught by the check that the pages pass. Searches apart."""
    for plain in ("plain words", "&lt;script&gt;alert(1)&lt;/script&gt;", "“quoted”, and 3 &gt; 2"):
        assert not any(hurts(plain) for hurts in HURTS.values()), plain
    hurting = {attack: [how for how, hurts in HURTS.items() if hurts(attack)] for attack in PAYLOADS}
    assert sum(bool(how) for how in hurting.values()) >= 34
    assert sum("as markup" in how for how in hurting.values()) >= 26
    assert {how for each in hurting.values() for how in each} == set(HURTS)
    assert sum(map(fails_as_words, PAYLOADS)) >= 30 and any(map(acts_as_template, PAYLOADS))


def test_what_is_unseen_or_endless_is_neither_on_a_page(hostile: TestClient) -> None:  # noqa: F811
    html = hostile.get("/search?once=no&limit=200").text + hostile.get("/stories?least=1&once=no").text
    assert not UNSEEN.search(html.replace("\r", ""))
    assert "{{ 7 * 7 }}" in html
    titles = re.findall(r'<bdi dir="auto">([^<]*)', html)
    assert titles and max(map(len, titles)) <= 5 * LONG + 100  # each character at most "&#34;"


def test_every_hostile_address_would_lead_somewhere() -> None:
    """So each can fail: a link to it as it is would be one that we refuse, or one that breaks out of its place."""
    refused = [address for address in ADDRESSES if outside(address) is None]
    breaking = [address for address in ADDRESSES if outside(address) and ("'" in address or '"' in address)]
    honest = "https://xn--80ak6aa92e.example/"  # a name in letters of elsewhere: shown as it is written, never decoded
    assert {*refused, *breaking, honest} == set(ADDRESSES) and len(refused) >= 8
    assert outside("https://courier.example/a?b=c#d") == "https://courier.example/a?b=c#d"


# --- writes


def test_every_write_needs_a_token(tmp_path: Path) -> None:
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(make())
        item = archive.statements().rows[0].item.id
    app = create(tmp_path / "own.onrecord", keys=Keys("a token"), reads=None, writes=None)
    client = TestClient(app, base_url=OWN)
    routes = [route.path for route in app._app.routes if "POST" in (getattr(route, "methods", None) or ())]  # type: ignore[attr-defined]
    assert len(routes) >= 3
    for route in routes:
        for body in ({"item": item, "action": "reject", "by": "x"}, {"item": item, "action": "reject", "token": "x"}):
            assert client.post(route, data=body).status_code in (400, 401, 403), route
            assert client.post(route, json=body).status_code in (400, 401, 403), route
    for method in ("PUT", "DELETE", "PATCH"):
        for path in ("/reviews", "/api/v1/reviews", f"/api/v1/pages/{item}", "/"):
            assert client.request(method, path).status_code == 405
    with Archive(tmp_path / "own.onrecord", read_only=True) as archive:
        assert archive.reviews() == ()


def test_a_token_in_an_address_opens_nothing(tmp_path: Path) -> None:
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(make())
    client = TestClient(create(tmp_path / "own.onrecord", keys=Keys("a token")), base_url=OWN)
    assert client.post("/api/v1/reviews?token=a+token", json={}).status_code == 401
    assert client.get("/enter?token=a+token").headers.get("set-cookie") is None


# --- costs


def test_a_question_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """SQLite itself is stopped in the middle of a statement, and the view is of use afterwards."""
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(make())
    shelf = Shelf(tmp_path / "own.onrecord", readers=1, patience=0.2)
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    with pytest.raises(Busy, match="too broad"), shelf.reading() as view, view._file.reading() as connection:
        connection.execute(endless)
    with shelf.reading() as view:
        assert view.statements().total
    shelf.close()


def test_who_finds_no_view_is_told_to_come_again(tmp_path: Path) -> None:
    Archive(tmp_path / "own.onrecord").close()
    shelf = Shelf(tmp_path / "own.onrecord", readers=1, patience=0.05)
    with shelf.reading(), pytest.raises(Busy, match="too many"), shelf.reading():
        pass
    shelf.close()


@pytest.mark.parametrize(
    "told",
    ["limit=999999", "limit=99999999999", "text=" + "a" * 301, "&".join(["who=x"] * 30), "since=1&until=9999",
     "text=" + "%22" * 150, "text=" + "a*+" * 90, "after=" + "9" * 200, "confidence=1e9"],
)  # fmt: skip
def test_what_would_cost_much_is_bounded(tmp_path: Path, told: str) -> None:
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(make())
    client = TestClient(create(tmp_path / "own.onrecord", reads=None), base_url=OWN)
    answer = client.get(f"/api/v1/search?{told}")
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert len(answer.json()["hits"]) <= 200


NASTY = (
    "²", "٣", "-1", "1e400", "nan", "nan@1", "@" + "9" * 40, "\x00", "%", "'", '"', "9" * 299, "2026-02-30",
    "0000-00-00", "9999-12-31", "*", "()", "a\nb", "../../x",
)  # fmt: skip


def test_no_parameter_makes_the_server_fail(tmp_path: Path) -> None:
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(make())
    app = create(tmp_path / "own.onrecord", reads=None)
    client = TestClient(app, base_url=OWN, raise_server_exceptions=False)
    for page in PAGES:
        every = page.path == "/search"
        path = "/api/v1" + ("/week" if page.path == "/" else page.path.replace("{id}", "ard"))
        for name in (*((*FILTERS, *PLACE) if every else ("after", "since")), *page.own):
            for value in NASTY:
                answer = client.get(
                    path, params={**({"a": "ARD", "b": "BEL"} if page.path == "/pair" else {}), name: value}
                )
                assert answer.status_code in (200, 400, 404), (path, name, value, answer.text)


# --- where


def test_it_listens_on_loopback_unless_told() -> None:
    (host,) = (param for param in serve_command.params if param.name == "host")
    assert isinstance(host, click.Option) and is_loopback(str(host.default))
    assert all(is_loopback(name) for name in LOCAL)
    assert not is_loopback("0.0.0.0") and not is_loopback("192.168.1.5") and not is_loopback("::")


def test_another_name_for_this_machine_is_not_answered(tmp_path: Path) -> None:
    """DNS rebinding: a site names this machine as its own, and the browser sends that name."""
    Archive(tmp_path / "own.onrecord").close()
    client = TestClient(create(tmp_path / "own.onrecord", keys=Keys("a token")), base_url=OWN)
    for host in ("evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", "0.0.0.0", "[::]", "127.1"):
        for path in ("/", "/api/v1/search", "/static/onrecord.css", "/docs", "/feed"):
            answer = client.get(path, headers={"host": host})
            assert answer.status_code == 421 and "onrecord" not in answer.text, (host, path)
        write = client.post("/api/v1/reviews", json={}, headers={"host": host, "authorization": "Bearer a token"})
        assert write.status_code == 421


# --- paths


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose pages were read from folders of this machine."""
    where = tmp_path_factory.mktemp("in-confidence") / "kept.onrecord"
    with Archive(where) as archive:
        for n, source in enumerate((f"{SECRET}/a.html", f"{SECRET}/b.jsonl:7", f"C:\\{SECRET}\\c.txt")):
            archive.add(make(url=None, source=source, outlet=Outlet("The Courier", None, None), thing=f"dam {n}"))
        archive.add(make(url=None, source=f"file://{SECRET}/d.html", thing="bridge"))
    return where


def every_address(client: TestClient) -> Iterator[str]:
    """An address of everything that can be read."""
    found = client.get("/api/v1/search?once=no").json()["hits"]
    page = found[0]["page"]["id"]
    for path, operations in described("/api/v1")["paths"].items():
        if "get" in operations:
            at = path.replace("{id}", "ard" if path.startswith("/actors") else page)
            api = "" if path == "/feed" else "/api/v1"
            yield f"{api}{at}?once=no&a=ARD&b=BEL&text=dam" if path == "/pair" else f"{api}{at}"
            if path != "/reviews":
                page_path = "/" if path == "/week" else at
                yield page_path
                if not path.startswith(("/pages", "/feed")):
                    yield f"{page_path}?format=csv"
                    yield f"{page_path}?format=parquet"
    yield from ("/docs", "/enter", "/api/v1/openapi.json", "/nothing", "/api/v1/nothing", "/search?since=x", "/pages/x")
    yield f"/static/../../../../../..{__file__}"
    yield "/static/%2e%2e/%2e%2e/app.py"


def test_no_answer_shows_a_path_of_the_machine(kept: Path) -> None:
    client = TestClient(create(kept, keys=Keys("a token"), reads=None), base_url=OWN, raise_server_exceptions=False)
    shown = re.compile(rb"in-confidence|/home/|site-packages|\.py\b|Traceback|/tmp/")
    addresses = list(every_address(client))
    assert len(addresses) > 50
    for address in addresses:
        answer = client.get(address)
        assert not shown.search(answer.content), (address, shown.search(answer.content))
    assert {hit["page"]["source"] for hit in client.get("/api/v1/search?once=no").json()["hits"]} == {
        "a.html", "b.jsonl:7", "c.txt", "d.html",
    }  # fmt: skip
    with Archive(kept, read_only=True) as archive:
        assert SECRET in archive.statements(Query(once=False)).rows[0].page.source  # where it stays, it is whole


@pytest.mark.parametrize("relative", [False, True])
def test_a_damaged_archive_is_told_without_its_place(
    tmp_path: Path, relative: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in-confidence.onrecord"
    with Archive(path) as archive:
        for n in range(40):
            archive.add(make(url=f"https://courier.example/{n}", thing=f"dam number {n}"))
    monkeypatch.chdir(tmp_path)
    app = create(Path(path.name) if relative else path, keys=Keys("a token"), reads=None)
    with path.open("r+b") as file:  # everything but the first page of the file
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    client = TestClient(app, base_url=OWN, raise_server_exceptions=False, headers={"authorization": "Bearer a token"})
    body = {"item": "x", "action": "accept", "by": "x"}
    answers = [client.get(each) for each in ("/search", "/api/v1/search", "/feed", "/", "/actors", "/pages/x")]
    answers.append(client.post("/api/v1/reviews", json=body))
    for answer in answers:
        assert answer.status_code == 503, answer.text
        assert "in-confidence" not in answer.text and str(tmp_path) not in answer.text
        assert "Traceback" not in answer.text and "archive" in answer.text.lower()


def test_an_error_that_nobody_foresaw_says_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(f"{SECRET} is broken")

    monkeypatch.setattr(Archive, "record", fail)
    client = TestClient(create(kept, reads=None), base_url=OWN, raise_server_exceptions=False)
    for address in ("/pages/x", "/api/v1/pages/x"):
        answer = client.get(address)
        assert answer.status_code == 500 and "went wrong" in answer.text
        assert "in-confidence" not in answer.text and "RuntimeError" not in answer.text
