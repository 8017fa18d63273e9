"""The tools for assistants, asked through the SDK's own client: over an archive that is made here, and as a process."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from archive_records import make
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.server import MCPServer
from mcp_types import CallToolResult

from onrecord import Archive
from onrecord.errors import ArchiveError
from onrecord.mcp import server
from onrecord.mcp.arguments import LONGEST
from onrecord.record import Outlet

SECRET = "/home/anna/in-confidence"
TIMES = Outlet("Belmark Times", "times.example", "BEL")
BRIDGE: dict[str, Any] = {
    "thing": "old bridge", "a": ("Cassia", "CAS"), "b": ("Dorland", "DOR"), "person": "Olof Reker", "place": "Murn",
    "published": "2026-05-05",
}  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two stories: one by two outlets, one without an address."""
    where = tmp_path_factory.mktemp("mcp") / "assistants.onrecord"
    with Archive(where) as archive:
        archive.add(make(url="https://courier.example/1", published="2026-03-03", source=f"{SECRET}/1.html"))
        archive.add(make(url="https://times.example/1", published="2026-03-04", outlet=TIMES))
        archive.add(make(url=None, source=f"{SECRET}/saved.txt", **BRIDGE))
    return where


@pytest.fixture(scope="module")
def made(path: Path) -> MCPServer[Any]:
    """The server over it."""
    return server(path)


def asked(made: MCPServer[Any], work: Callable[[Client], Coroutine[Any, Any, Any]]) -> Any:
    """What some work with a client gives."""

    async def run() -> Any:
        async with Client(made) as client:
            return await work(client)

    return asyncio.run(run())


def told(made: MCPServer[Any], tool: str, **arguments: Any) -> dict[str, Any]:
    """What a call that must succeed answers."""
    result: CallToolResult = asked(made, lambda client: client.call_tool(tool, arguments))
    assert not result.is_error, result.content
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def test_the_tools_say_what_they_take_and_give_and_that_they_only_read(made: MCPServer[Any]) -> None:
    tools = asked(made, lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == [
        "search", "timeline", "page", "evidence", "actors", "commitments", "meetings",
    ]  # fmt: skip
    for tool in tools:
        assert tool.description and tool.output_schema and tool.annotations
        assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint
        for name, schema in tool.input_schema["properties"].items():
            assert schema.get("description"), (tool.name, name)
        assert "archive" not in tool.input_schema["properties"]


def test_search_gives_words_outlet_and_day(made: MCPServer[Any]) -> None:
    found = told(made, "search", text='"river dam"', kind="statements")
    assert found["total"] == 1 and not found["or_more"]
    for item in found["items"]:
        assert "river dam" in item["words"] and item["outlet"] in ("The Courier", "Belmark Times")
        assert item["day"] and item["id"] and item["page"] and item["who"][0]["id"] == "person.ana-torun"
    (reported,) = found["items"]
    assert (reported["reports"], reported["independent"]) == (2, 1)
    assert told(made, "search", text='"river dam"', once=False)["total"] == 2


def test_search_has_the_filters_of_the_archive(made: MCPServer[Any], path: Path) -> None:
    with Archive(path, read_only=True) as archive:
        every = archive.events().total
    assert told(made, "search", kind="events")["total"] == every
    assault = told(made, "search", kind="events", type="ASSAULT", who=["ARD", "CAS"], to="DOR", since="2026-05")
    assert [(item["type"], item["to"][0]["id"]) for item in assault["items"]] == [("ASSAULT", "dor")]
    claimed = told(made, "search", kind="events", said_in=True)["items"]
    assert claimed and all(item["only_said"] and item["type"] == "THREATEN" for item in claimed)
    assert not any(item["only_said"] for item in told(made, "search", kind="events", said_in=False)["items"])
    assert told(made, "search", confidence=0.99)["total"] == 0
    assert told(made, "search", outlet="Belmark Times")["total"] == 2
    assert (
        told(made, "search", about="Belmark")["total"] == told(made, "search", party=["bel"], text="dam")["total"] == 1
    )


def test_a_long_list_goes_on(made: MCPServer[Any]) -> None:
    seen, after = [], None
    for _ in range(20):
        part = told(made, "search", kind="events", once=False, limit=3, after=after)
        seen += [item["id"] for item in part["items"]]
        after = part["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == part["total"] == 12


def test_a_timeline_counts_and_shows_the_newest(made: MCPServer[Any]) -> None:
    view = told(made, "timeline", a="ARD", b="BEL")
    assert [each["first"] for each in view["stretches"]] == ["2026-03-01"]
    assert all(each["events"] == each["verbal_conflict"] + each["material_conflict"] for each in view["stretches"])
    assert view["b"] == {"id": "BEL", "name": "Belgium"} and view["stretches"][0]["goldstein"] < 0
    assert view["newest"] and all(item["words"] for item in view["newest"])
    alone = told(made, "timeline", a="dor", by="year")
    assert [each["events"] for each in alone["stretches"]] == [3] and alone["b"] is None
    assert told(made, "timeline", a="dor", until="2026-04")["stretches"] == []


def test_an_item_is_shown_with_its_words_in_their_place(made: MCPServer[Any]) -> None:
    item = told(made, "search", text='"river dam"')["items"][0]
    shown = told(made, "evidence", id=item["id"])
    text = told(made, "page", id=item["page"], length=LONGEST)["text"]
    for span in shown["spans"]:
        assert text[span["start"] : span["end"]] == span["text"] != ""
    first, last = shown["spans"][0]["start"], shown["spans"][-1]["end"]
    assert text[:first].endswith(shown["before"]) and text[last:].startswith(shown["after"])
    assert {report["outlet"] for report in shown["reports"]} == {"The Courier", "Belmark Times"}
    assert item["id"] in shown["citation"] and "2026-03-03" in shown["citation"]


def test_a_page_is_read_in_parts(made: MCPServer[Any], path: Path) -> None:
    id_ = told(made, "search")["items"][0]["page"]
    with Archive(path, read_only=True) as archive:
        record = archive.record(id_)
    assert record
    parts, start = [], 0
    while start is not None:
        part = told(made, "page", id=id_, start=start, length=100)
        parts.append(part["text"])
        start = part["more_from"]
    assert "".join(parts) == record.page.text and len(parts) > 2
    assert part["items"]["statements"] == len(record.statements) and part["length"] == len(record.page.text)
    assert told(made, "page", id=id_, start=10**9)["text"] == ""


def test_commitments_have_their_state(made: MCPServer[Any]) -> None:
    assert [each["state"] for each in told(made, "commitments", on="2026-05-20")["items"]] == ["passed", "passed"]
    opened = told(made, "commitments", on="2026-03-20", state="open")
    assert [each["deadline"] for each in opened["items"]] == ["2026-03-31"] and opened["on"] == "2026-03-20"
    assert "Belmark did not stop" in opened["items"][0]["item"]["facts"]["condition"]
    assert not told(made, "commitments", on="2026-04-20", state="open")["items"]


def test_meetings_and_actors(made: MCPServer[Any]) -> None:
    assert told(made, "meetings", who="BEL")["total"] == 1
    assert told(made, "meetings", status="held")["total"] == 0
    assert told(made, "meetings", ahead_of="2026-03-06")["items"]
    found = told(made, "actors", text="torun", country="ard")
    assert [(each["id"], each["pages"]) for each in found["actors"]] == [("person.ana-torun", 2)]
    assert "foreign minister" in found["actors"][0]["roles"]


HOSTILE: list[tuple[str, dict[str, Any], str]] = [
    ("nothing", {}, "no tool"),
    ("search", {"nose": 1}, "'nose'"),
    ("search", {"archive": "/etc/passwd"}, "'archive'"),
    ("search", {"text": "x" * 100_000}, "text"),
    ("search", {"text": '"'}, "no word"),
    ("search", {"who": ["a" + str(n) for n in range(1000)]}, "who"),
    ("search", {"who": {"$ne": None}}, "who"),
    ("search", {"kind": "pages; drop table pages"}, "kind"),
    ("search", {"limit": 10**9}, "limit"),
    ("search", {"limit": -1}, "limit"),
    ("search", {"limit": "all"}, "limit"),
    ("search", {"since": "yesterday"}, "yesterday"),
    ("search", {"since": "2026-99-99"}, "2026-99-99"),
    ("search", {"confidence": 7}, "confidence"),
    ("search", {"confidence": "NaN"}, "confidence"),
    ("search", {"after": "' or 1=1 --"}, "no place"),
    ("search", {"order": "random()"}, "order"),
    ("timeline", {}, "a:"),
    ("timeline", {"a": ""}, "a:"),
    ("timeline", {"a": "ARD", "by": "second"}, "by"),
    ("page", {"id": "../../../etc/passwd"}, "no page"),
    ("page", {"id": "\x00"}, "no page"),
    ("page", {"id": 7}, "id"),
    ("page", {"id": "x" * 10_000}, "id"),
    ("page", {"id": "x", "start": -5}, "start"),
    ("page", {"id": "x", "length": 10**12}, "length"),
    ("evidence", {"id": "' union select * from texts --"}, "no item"),
    ("evidence", {}, "id"),
    ("actors", {"text": "%" * 5000}, "text"),
    ("commitments", {"on": "2026-13-45"}, "on"),
    ("commitments", {"state": "broken"}, "state"),
    ("meetings", {"ahead_of": "soon"}, "soon"),
]


def test_hostile_arguments_get_one_clear_line(made: MCPServer[Any], path: Path) -> None:
    before = hashlib.sha256(path.read_bytes()).hexdigest()

    async def every(client: Client) -> list[CallToolResult]:
        return [await client.call_tool(tool, arguments) for tool, arguments, _ in HOSTILE]

    for (tool, arguments, named), result in zip(HOSTILE, asked(made, every), strict=True):
        assert result.is_error, (tool, arguments)
        (content,) = result.content
        line = content.text
        assert named in line and "\n" not in line and len(line) < 400, (tool, arguments, line)
        assert "Traceback" not in line and str(path.parent) not in line and "errors.pydantic.dev" not in line
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_no_answer_shows_a_path_of_the_machine(made: MCPServer[Any], path: Path) -> None:
    items = told(made, "search", once=False, limit=50)["items"]
    answers = [items, *(told(made, "evidence", id=item["id"]) for item in items)]
    answers += [told(made, "page", id=item["page"]) for item in items]
    words = json.dumps(answers)
    assert SECRET not in words and str(path.parent) not in words
    assert any(item["address"] == "saved.txt" for item in items)


def test_what_is_added_meanwhile_is_found(tmp_path: Path) -> None:
    path = tmp_path / "growing.onrecord"
    with Archive(path) as archive:
        archive.add(make())

    async def work(client: Client) -> tuple[Any, Any]:
        first = await client.call_tool("search", {"kind": "statements"})
        with Archive(path) as archive:
            archive.add(make(url=None, source="2.html", **BRIDGE))
        second = await client.call_tool("search", {"kind": "statements"})
        return first.structured_content, second.structured_content

    first, second = asked(server(path), work)
    assert second["total"] > first["total"]


def test_an_archive_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such archive"):
        server(tmp_path / "none.onrecord")


def test_a_process_answers_on_standard_input_and_output(path: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "onrecord", "mcp"], env={"ONRECORD_ARCHIVE": str(path)}
    )

    async def run() -> tuple[Any, Any]:
        async with Client(stdio_client(command)) as client:
            return await client.list_tools(), await client.call_tool("search", {"text": "bridge"})

    tools, found = asyncio.run(asyncio.wait_for(run(), 60))
    assert len(tools.tools) == 7
    assert found.structured_content["items"][0]["title"] == "Cassia warns Dorland over the old bridge"
