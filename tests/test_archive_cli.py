"""The archive's commands: what they print, in which form, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from archive_records import OTHER_TEXT, make
from click.testing import CliRunner, Result
from test_cli import ARTICLE

from onrecord import Archive, Query
from onrecord.cli import main
from onrecord.record import Outlet


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive with a story in two outlets and another one."""
    path = tmp_path / "archive.onrecord"
    with Archive(path) as archive:
        archive.add(make())
        archive.add(
            make(url="https://post.example/a", outlet=Outlet("Post", "post.example", "BEL"), published="2026-03-03")
        )
        archive.add(
            make(url="https://post.example/c", thing="bridge", person="Olo Bren", place="Lor", template=OTHER_TEXT,
                 published="2026-04-02")
        )  # fmt: skip
    return path


def run(path: Path, *arguments: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(main, [*map(str, arguments), "--archive", str(path)])


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_question_of_the_design_is_one_command(path: Path) -> None:
    filters = ["--speaker", "ARD", "--about", "BEL", "--since", "2026-01", "--kind", "indirect"]
    result = run(path, "search", '"legitimate target"', *filters)
    assert result.exit_code == 0
    assert "Ana Torun" in result.stdout
    assert "2 reports, 1 independent" in result.stdout
    assert run(path, "search", "nowhere").stdout.strip() == "nothing found"


@pytest.mark.parametrize("kind", ["statements", "events", "commitments", "meetings", "pages", "stories", "actors"])
def test_every_kind_in_every_form(path: Path, kind: str, tmp_path: Path) -> None:
    assert run(path, kind).exit_code == 0
    told = lines(run(path, kind, "--format", "jsonl", "--all"))
    table = list(csv.DictReader(io.StringIO(run(path, kind, "--format", "csv", "--all").stdout)))
    assert len(told) == len(table) > 0
    pyarrow = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "rows.parquet"
    assert run(path, kind, "--out", out, "--all").exit_code == 0
    assert pyarrow.read_table(out).num_rows == len(told)
    if kind in ("statements", "events", "commitments", "meetings"):
        with Archive(path) as archive:
            for row in told:
                record = archive.record(row["page"]["id"])
                assert record is not None
                assert all(part in record.page.text for part in row["evidence"].split(" […] "))
                assert row["page"]["published"]


def test_pages_of_results_go_on_in_a_stable_order(path: Path) -> None:
    everything = [
        row["item"]["id"] for row in lines(run(path, "events", "--every-report", "--format", "jsonl", "--all"))
    ]
    seen: list[str] = []
    after: list[str] = []
    while True:
        result = run(path, "events", "--every-report", "--format", "jsonl", "--limit", "5", *after)
        seen += [json.loads(line)["item"]["id"] for line in result.stdout.splitlines()]
        if "--after" not in result.stderr:
            break
        after = ["--after", result.stderr.split("--after ")[1].split()[0]]
    assert seen == everything
    assert len(set(seen)) == len(seen) == 12
    assert run(path, "events", "--after", "nonsense").exit_code == 1


def test_citations_and_exports(path: Path, tmp_path: Path) -> None:
    cited = run(path, "search", "asked", "--cite").stdout.splitlines()
    assert len(cited) == 2
    assert "“Ardania warns Belmark over the river dam”, 2026-03-02, https://courier.example/warning" in cited[1]
    table = run(path, "export", "polecat", "--type", "ASSAULT").stdout.splitlines()
    assert len(table) == 1 + 2
    assert run(path, "export", "phoenix").stdout.count("\n") == 6
    entities = [json.loads(line) for line in run(path, "export", "ftm").stdout.splitlines()]
    assert {"Article", "Person", "Event"} <= {entity["schema"] for entity in entities}
    out = tmp_path / "meetings.ics"
    assert run(path, "export", "ics", "-o", out).exit_code == 0
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert run(path, "export", "polecat", "x.html", "--type", "ASSAULT").exit_code == 2


def test_counting_commands(path: Path, tmp_path: Path) -> None:
    buckets = list(csv.DictReader(io.StringIO(run(path, "timeline", "ARD", "BEL", "--format", "csv").stdout)))
    assert [(row["first"], row["events"]) for row in buckets] == [("2026-03-01", "3"), ("2026-04-01", "3")]
    assert "█" in run(path, "timeline", "ARD", "BEL", "--by", "week").stdout
    assert "ARD" in run(path, "pairs").stdout
    assert "mean Goldstein" in run(path, "compare", "ARD", "BEL", "2026-03", "2026-04").stdout
    assert "person.ana-torun" in run(path, "counts", "statements", "who").stdout
    assert run(path, "pairs", "--outlet", "Post").exit_code == 2
    assert run(path, "timeline", "ARD", "BEL", "--speaker", "ARD").exit_code == 2
    pytest.importorskip("matplotlib")
    for name in ("line.png", "line.svg"):
        assert run(path, "timeline", "ARD", "BEL", "--out", tmp_path / name).exit_code == 0
        assert (tmp_path / name).stat().st_size > 1000


def test_reviews_by_command(path: Path, tmp_path: Path) -> None:
    first, second = (
        row["item"]["id"] for row in lines(run(path, "review", "queue", "--limit", "2", "--format", "jsonl"))
    )
    assert run(path, "review", "accept", first, "--by", "Ines").exit_code == 0
    assert run(path, "review", "correct", second, "speaker=bel", "about=[]", "--by", "Ines").exit_code == 0
    assert "by Ines" in run(path, "review", "list").stdout or "Ines" in run(path, "review", "list").stdout
    out = tmp_path / "lessons.jsonl"
    result = run(path, "review", "export", "--out", out)
    assert "50%" in result.stderr
    accepted, corrected = map(json.loads, out.read_text().splitlines())
    assert accepted["action"] == "accept"
    assert corrected["changes"] == {"speaker": "bel", "about": []}
    assert corrected["machine"]["speaker"].startswith("person.")
    page = corrected["page"]
    at = corrected["text"].index("Insurers") if "Insurers" in corrected["text"] else 0
    added = run(
        path, "review", "add", page, "statements", "kind=indirect", f"content=[[{at},{at + 8}]]", "--by", "Ines"
    )
    assert added.exit_code == 0
    assert run(path, "review", "reject", added.stdout.strip(), "--by", "Ines").exit_code == 0
    assert run(path, "review", "accept", "no-such-item").exit_code == 1
    assert run(path, "review", "correct", first, "nonsense").exit_code == 2
    assert run(path, "review", "correct", first, "nonsense=1").exit_code == 1


def test_a_page_and_its_removal(path: Path) -> None:
    with Archive(path) as archive:
        page = archive.pages(Query(text="Fishermen")).rows[0].id
    assert "Olo Bren" in run(path, "page", page).stdout
    assert json.loads(run(path, "page", page, "--json").stdout)["page"]["id"] == page
    assert run(path, "remove", page, "--by", "Ines", "--why", "asked to").exit_code == 0
    assert run(path, "page", page).exit_code == 1
    assert run(path, "remove", page).exit_code == 1


def test_add_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path, folder = tmp_path / "new" / "archive.onrecord", tmp_path / "pages"
    folder.mkdir()
    path.parent.mkdir()
    (folder / "one.txt").write_text(ARTICLE, encoding="utf-8")
    first = run(path, "add", folder)
    assert first.exit_code == 0
    assert "1 added" in first.stderr
    (folder / "two.jsonl").write_text(
        json.dumps({"text": ARTICLE.replace("Nepal", "India"), "url": "https://a.example/2"})
    )
    (folder / "three.html").write_bytes(b"\x00\x01")
    second = run(path, "add", folder)
    assert second.exit_code == 1
    assert "1 added, 1 already there, 1 failed" in second.stderr
    assert "three.html" in second.stderr
    (folder / "three.html").unlink()
    (folder / "one.txt").write_text(ARTICLE.replace("Monday", "Tuesday"), encoding="utf-8")
    third = run(path, "add", folder)
    assert "1 added as new versions, 1 already there" in third.stderr
    assert "no such file" in run(path, "add", tmp_path / "nothing.html").stderr


def test_what_is_wrong_is_one_line(tmp_path: Path) -> None:
    for arguments in (["statements"], ["pairs"], ["page", "x"], ["review", "list"]):
        result = run(tmp_path / "none.onrecord", *arguments)
        assert result.exit_code == 1
        assert result.stderr.startswith("onrecord: ")
        assert result.stderr.count("\n") == 1
    (tmp_path / "text.onrecord").write_text("not an archive, but long enough to be one " * 50)
    assert "not an archive" in run(tmp_path / "text.onrecord", "add", tmp_path).stderr
