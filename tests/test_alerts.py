"""Alerts: what is new is told once a saying, by webhook, mail or command, also where delivering fails at first."""

from __future__ import annotations

import json
import shlex
import socketserver
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner
from sites import Site, open_site

from onrecord import alerts
from onrecord.alerts import outbox as outboxes
from onrecord.alerts.outbox import TRIES, Outbox
from onrecord.archive import Archive, Query
from onrecord.cli import main
from onrecord.errors import ArchiveError
from onrecord.page import article_page
from onrecord.read import read

TEXT = (
    "Bhutan's foreign ministry warned Nepal on Monday that it would close the border if the dam was built.\n\n"
    'The ministry said in a statement: "We have asked politely for the last time."\n\n'
    "Nepal's government said on Tuesday it would answer the complaint in writing before the snow comes."
)
OTHER = "The harbour council of Esbjerg said on Monday that the ferry would run again from the north pier."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "a.onrecord") as archive:
        yield archive


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as site:
        yield site


def add(archive: Archive, outbox: Outbox, text: str, url: str, published: str = "2026-03-03") -> int:
    """Add a page as ``watch`` does; how many matches it gave."""
    record = read(article_page({"text": text, "url": url, "published": published}, source=url))
    archive.add(record)
    found = list(alerts.matches(archive, record.page.id))
    for match in found:
        outbox.put(match)
    return len(found)


def alert(target: str, **options: Any) -> alerts.Alert:
    made = alerts.Alert("border", "statements", Query(text="politely"), "webhook", target)
    return replace(made, **options)


def test_a_match_goes_to_the_webhook(archive: Archive, site: Site) -> None:
    outbox = Outbox(archive)
    alerts.save(archive, alert(f"{site.url}/hook?key=1"))
    assert add(archive, outbox, TEXT, "https://a.example/1") == 1
    assert add(archive, outbox, OTHER, "https://a.example/2") == 0
    assert outbox.deliver(pytest.fail) == 1
    (posted,) = map(json.loads, site.posted)
    assert "asked politely for the last time" in posted["evidence"]
    assert (posted["alert"], posted["kind"], posted["page"]["url"]) == ("border", "statements", "https://a.example/1")
    assert posted["item"]["content"] and posted["actors"]
    assert outbox.deliver(pytest.fail) == 0 and len(site.posted) == 1


def test_a_saying_is_told_once(archive: Archive, site: Site) -> None:
    outbox = Outbox(archive)
    alerts.save(archive, alert(f"{site.url}/hook"))
    assert add(archive, outbox, TEXT, "https://a.example/1") == 1
    assert add(archive, outbox, TEXT, "https://mirror.example/1") == 0
    assert add(archive, outbox, TEXT + "\n\nThis page was updated.", "https://a.example/1") == 0
    assert add(archive, Outbox(archive), TEXT, "https://a.example/1") == 0


def test_every_kind_can_be_looked_for(archive: Archive, site: Site) -> None:
    outbox = Outbox(archive)
    for kind, query in (
        ("events", Query(party=("BTN",))),
        ("commitments", Query(party=("BTN",))),
        ("meetings", Query()),
    ):
        alerts.save(archive, alert(f"{site.url}/{kind}", name=kind, kind=kind, query=query))
    found = add(archive, outbox, TEXT, "https://a.example/1")
    assert found >= 2
    assert outbox.deliver(pytest.fail) == found
    assert {json.loads(posted)["kind"] for posted in site.posted} == {"events", "commitments"}


def test_what_is_not_delivered_is_tried_again_and_given_up(
    archive: Archive, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    alerts.save(archive, alert(f"{site.url}/hook"))
    add(archive, Outbox(archive), TEXT, "https://a.example/1")
    site.post_status = 500
    outbox = Outbox(archive)
    assert outbox.deliver(told.append) == 0 and "answered 500" in told[0] and "\n" not in told[0]
    assert outbox.deliver(told.append) == 0 and len(told) == 1  # not before its time
    monkeypatch.setattr(outboxes, "FIRST_PAUSE", 0.0)
    monkeypatch.setattr(outboxes, "LONGEST_PAUSE", 0.0)
    kept = archive.states(outboxes.OUTBOX)
    for key, letter in kept.items():
        archive.keep_state(outboxes.OUTBOX, key, {**letter, "due": ""})
    for _ in range(TRIES):
        Outbox(archive).deliver(told.append)
    assert told[-1].endswith("given up") and len(told) == TRIES
    assert archive.states(outboxes.OUTBOX) == {}


def test_it_survives_a_restart(archive: Archive, site: Site) -> None:
    alerts.save(archive, alert(f"{site.url}/hook"))
    add(archive, Outbox(archive), TEXT, "https://a.example/1")
    assert Outbox(archive).deliver(pytest.fail) == 1


def test_a_command_gets_the_match(archive: Archive, tmp_path: Path) -> None:
    out = tmp_path / "told.json"
    program = f"import sys, pathlib; pathlib.Path({str(out)!r}).write_text(sys.stdin.read(), encoding='utf-8')"
    command = shlex.join([sys.executable, "-c", program])
    alerts.save(archive, alert(command, channel="command"))
    outbox = Outbox(archive)
    add(archive, outbox, TEXT, "https://a.example/1")
    assert outbox.deliver(pytest.fail) == 1
    assert json.loads(out.read_text(encoding="utf-8"))["alert"] == "border"


@pytest.mark.parametrize("command", ["/no/such/program", "false", "'unclosed", ""])
def test_a_command_that_fails(command: str, archive: Archive) -> None:
    told: list[str] = []
    alerts.save(archive, alert(command, channel="command"))
    outbox = Outbox(archive)
    add(archive, outbox, TEXT, "https://a.example/1")
    assert outbox.deliver(told.append) == 0
    assert len(told) == 1 and "\n" not in told[0]


class Mailbox(socketserver.StreamRequestHandler):
    """A mail server that takes one letter."""

    letters: ClassVar[list[str]] = []

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        data: list[str] | None = None
        for line in self.rfile:
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            if data is not None and text != ".":
                data.append(text)
                continue
            if data is not None:
                self.letters.append("\n".join(data))
                data = None
            if text.upper() == "DATA":
                data = []
            self.wfile.write({"DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}.get(text.upper(), b"250 well\r\n"))
            if text.upper() == "QUIT":
                return


def test_a_match_goes_by_mail(archive: Archive) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), Mailbox) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        alerts.save(archive, alert("desk@example.org", channel="mail"))
        outbox = Outbox(archive, smtp=f"smtp://127.0.0.1:{server.server_address[1]}")
        add(archive, outbox, TEXT, "https://a.example/1")
        assert outbox.deliver(pytest.fail) == 1
        server.shutdown()
    (letter,) = Mailbox.letters
    assert "To: desk@example.org" in letter and "Subject: [border]" in letter
    assert "https://a.example/1" in letter


@pytest.mark.parametrize("smtp", [None, "smtp://127.0.0.1:1", "smtp://", "smtp://127.0.0.1:port"])
def test_mail_without_a_server(smtp: str | None, archive: Archive) -> None:
    told: list[str] = []
    alerts.save(archive, alert("desk@example.org", channel="mail"))
    outbox = Outbox(archive, smtp=smtp)
    add(archive, outbox, TEXT, "https://a.example/1")
    assert outbox.deliver(told.append) == 0
    assert len(told) == 1 and "desk@example.org" in told[0]


def test_the_commands(tmp_path: Path) -> None:
    place = ["--archive", str(tmp_path / "b.onrecord")]

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["alert", *arguments, *place])
        return result.exit_code, result.output

    added = run("add", "border", "politely", "--speaker", "BTN", "--webhook", "http://127.0.0.1:9/h")
    assert added == (0, "")
    assert run("list") == (0, "border\tstatements\twebhook\thttp://127.0.0.1:9/h\n")
    with Archive(tmp_path / "b.onrecord") as archive:
        (kept,) = alerts.saved(archive)
        assert kept.query == Query(text="politely", who=("BTN",))
    assert run("add", "a", "x")[0] == 2
    assert run("add", "a", "x", "--mail", "nobody")[0] == 2
    assert run("add", "a", "x", "--webhook", "gopher://a")[0] == 2
    assert run("add", "a", "--since", "some day", "--mail", "a@b.example")[0] == 1
    assert run("remove", "border") == (0, "")
    assert run("remove", "border")[0] == 1
    with Archive(tmp_path / "b.onrecord") as archive, pytest.raises(ArchiveError):
        alerts.forget(archive, "border")
