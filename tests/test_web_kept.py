"""Answers that are kept for a minute."""

from __future__ import annotations

from pathlib import Path

from archive_records import make
from starlette.testclient import TestClient

from onrecord import Archive
from onrecord.web import create
from onrecord.web.kept import Kept


def test_an_answer_is_kept_for_a_while_and_then_made_anew() -> None:
    now, made = [0.0], []
    kept = Kept(keep=60, clock=lambda: now[0])

    def look() -> int:
        made.append(now[0])
        return len(made)

    assert [kept.get("a", look), kept.get("a", look), kept.get("b", look)] == [1, 1, 2]
    now[0] = 59.9
    assert kept.get("a", look) == 1
    now[0] = 60.1
    assert kept.get("a", look) == 3


def test_the_oldest_answers_go_first() -> None:
    kept = Kept(most=2)
    for asked in "abc":
        kept.get(asked, lambda asked=asked: asked)  # type: ignore[misc]
    assert kept.get("c", lambda: "anew") == "c" and kept.get("b", lambda: "anew") == "b"
    assert kept.get("a", lambda: "anew") == "anew"


def test_what_fails_is_not_kept() -> None:
    kept = Kept()

    def fail() -> None:
        raise ValueError

    for _ in range(2):
        try:
            kept.get("a", fail)
        except ValueError:
            continue
        raise AssertionError("kept")
    assert kept.get("a", lambda: 1) == 1


def test_every_part_of_a_kept_list_is_its_own(tmp_path: Path) -> None:
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(make())
    client = TestClient(create(tmp_path / "own.onrecord", reads=None), base_url="http://127.0.0.1")
    address, seen = "/actors?limit=1", []
    while address:
        found = client.get("/api/v1" + address).json()
        seen += [row["id"] for row in found["rows"]]
        address = found["next"] and found["next"] + "&limit=1"
    assert len(seen) == len(set(seen)) == 4
    assert client.get("/api/v1/actors?limit=1&country=BEL").json()["rows"][0]["id"] == "bel"
    assert client.get("/api/v1/actors?limit=1&text=torun").json()["rows"][0]["id"] == "person.ana-torun"
