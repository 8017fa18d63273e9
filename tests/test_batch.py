"""Batches: the same bytes whoever does the work, whole parts or none, and every failure by its name."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("pyarrow")

from harbour import BAD, GERMAN, WORDS, article, bytes_of, site
from warcs import packed

from onrecord import batch, storage
from onrecord.archive import Archive
from onrecord.batch import Progress
from onrecord.batch.hand import Hand
from onrecord.batch.lots import lots
from onrecord.batch.outcome import Coded
from onrecord.batch.tables import TABLES, schema
from onrecord.cli import main
from onrecord.errors import BatchError, SourceError
from onrecord.read import read
from onrecord.sources import Document, Failure, pages

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "tests" / "pages"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of every kind of file, some in another language, some repeated, some that cannot be read."""
    folder = tmp_path_factory.mktemp("corpus")
    for name in ("altiplano_envoys.txt", "baltic_gas.txt", "patrol_talks.html"):
        (folder / name).write_bytes((PAGES / name).read_bytes())
    (folder / "empty.html").write_bytes(b"")
    lines = [*(article(n) for n in range(5)), article(1), article(9, GERMAN * 6), "{broken", article(6)]
    (folder / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "news.warc.gz").write_bytes(packed(*(site(n) for n in range(4)))[:-40])
    return folder


@pytest.fixture(scope="module")
def reference(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one hand makes of the corpus."""
    out = tmp_path_factory.mktemp("reference") / "out"
    batch.code([str(corpus)], str(out), workers=1, size=3)
    return out


def manifest(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return found


def failures(out: Path) -> dict[str, str]:
    return {one["source"]: one["error"] for part in manifest(out)["parts"] for one in part["failures"]}


def test_the_manifest_accounts_for_every_document(reference: Path, corpus: Path) -> None:
    found = manifest(reference)
    assert found["complete"] is True
    assert (found["documents"], found["pages"], found["repeated"]) == (17, 13, 0)
    assert found["skipped"] == {"de": 1}
    assert sorted(failures(reference)) == [
        str(corpus / "empty.html"),
        f"{corpus}/lines.jsonl:8",
        *sorted(source for source in failures(reference) if "news.warc.gz" in source),
    ]
    assert sum(found["reasons"].values()) == found["failures"] == len(failures(reference))
    for part in found["parts"]:
        skipped = sum(part["skipped"].values())
        assert part["documents"] == part["pages"] + part["repeated"] + skipped + len(part["failures"]) <= 3
        for table, described in part["files"].items():
            data = (reference / table / f"{part['part']}.parquet").read_bytes()
            assert described == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def test_a_repeated_page_is_coded_once_a_part(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join([article(1), article(2), article(1)]), encoding="utf-8")
    found = batch.code([str(path)], str(tmp_path / "out"), workers=1)
    assert (found["documents"], found["pages"], found["repeated"]) == (3, 2, 1)


def test_the_same_bytes_whoever_does_the_work(reference: Path, corpus: Path, tmp_path: Path) -> None:
    batch.code([str(corpus)], str(tmp_path / "out"), workers=3, size=3)
    assert bytes_of(tmp_path / "out") == bytes_of(reference)


def test_what_a_killed_worker_left_half_written_is_gone_at_the_end(tmp_path: Path) -> None:
    path, out = tmp_path / "one.jsonl", tmp_path / "out"
    path.write_text(article(1), encoding="utf-8")
    left = out / "pages" / ".part-00000-00000.parquet.1.tmp"

    def leave(_: Progress) -> None:
        left.write_bytes(b"PAR1")

    batch.code([str(path)], str(out), workers=1, tell=leave)
    assert not left.exists()
    assert manifest(out)["complete"] is True


def test_records_come_back_as_they_were_read(reference: Path, corpus: Path) -> None:
    alone = [read(page) for page in pages([str(corpus)], stdin=sys.stdin.buffer) if not isinstance(page, Failure)]
    assert list(batch.records_in(str(reference))) == [one for one in alone if "Hafenrat" not in one.page.text]
    assert sum(len(one.statements) for one in alone) > 10


def test_what_names_no_political_actor_is_read_only_if_all_is(tmp_path: Path) -> None:
    path = tmp_path / "cakes.jsonl"
    text = "The baker said on Monday that the cakes would be ready by noon. “We use more butter,” she said."
    path.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
    skimmed = batch.code([str(path)], str(tmp_path / "out"), workers=1)
    assert (skimmed["pages"], skimmed["rows"]["statements"]) == (1, 0)
    whole = CliRunner().invoke(main, ["code", str(path), "--out", str(tmp_path / "all"), "--workers", "1", "--all"])
    assert whole.exit_code == 0
    assert sum(len(one.statements) for one in batch.records_in(str(tmp_path / "all"))) > 0
    with pytest.raises(BatchError):  # half a table of the one, half of the other
        batch.code([str(path)], str(tmp_path / "all"), workers=1)


def test_the_documented_questions_have_answers(reference: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    text = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    questions = [part.split("```")[0] for part in text.split("```sql\n")[1:]]
    assert len(questions) == 2
    for question in questions:
        assert duckdb.sql(question.replace("'coded/", f"'{reference}/")).fetchall()


def test_a_damaged_part_is_told(reference: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy"
    for path in reference.rglob("*"):
        if path.is_file():
            storage.write_bytes(str(out / path.relative_to(reference)), path.read_bytes())
    victim = next((out / "events").iterdir())
    victim.write_bytes(victim.read_bytes()[:-1])
    with pytest.raises(BatchError, match="not as it was written"):
        list(batch.records_in(str(out)))


@pytest.mark.parametrize("table", TABLES)
def test_the_documented_columns_are_those_there_are(table: str) -> None:
    text = (ROOT / "docs" / "parquet.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {table}\n", 1)[1].split("\n## ", 1)[0]
    documented = [
        name.strip(" `")
        for line in section.splitlines()
        if line.startswith("| `")
        for name in line.split("|")[1].split(",")
    ]
    assert documented == schema(table).names


# --- what goes wrong -------------------------------------------------------------------------------------------------


def test_pages_that_hang_or_kill_cost_only_themselves(tmp_path: Path) -> None:
    bad = {3: "PLEASE CRASH", 4: "PLEASE CRASH", 9: "PLEASE HANG", 12: "PLEASE LEAVE"}
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(article(n, bad.get(n, WORDS)) for n in range(1, 16)), encoding="utf-8")
    out = tmp_path / "out"
    found = batch.code([str(path)], str(out), workers=2, size=10, page_seconds=5, program=BAD)
    assert found["complete"] is True
    assert (found["pages"], found["failures"]) == (11, 4)
    assert {source.rsplit(":", 1)[1]: error.rsplit("read it ", 1)[1] for source, error in failures(out).items()} == {
        "3": "died (SIGSEGV)",
        "4": "died (SIGSEGV)",
        "9": "did not come to an end within 5 seconds",
        "12": "ended with status 3",
    }


def test_a_hand_that_cannot_start_ends_the_run(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(article(1), encoding="utf-8")
    with pytest.raises(Exception, match="could not be started"):
        batch.code([str(path)], str(tmp_path / "out"), workers=1, program=(sys.executable, "-c", "raise SystemExit(4)"))
    assert not (tmp_path / "out").exists()


def test_a_hand_that_has_taken_too_much_memory_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    program = (sys.executable, "-c", "from onrecord.batch import hand; hand.WORN = 0; hand.main()")
    hand = Hand(program=program)
    try:
        for n in (1, 2):
            hand.start()
            process = hand._process
            assert process is not None
            outcome = hand.code(Document("a", WORDS.format(n=n), "text"))
            assert isinstance(outcome, Coded)
            assert hand._process is None and process.returncode is not None
    finally:
        hand.close()


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(article(n, WORDS + "PLEASE SLOW DOWN.") for n in range(8)), encoding="utf-8")
    whole, out = tmp_path / "whole", tmp_path / "out"
    batch.code([str(path)], str(whole), workers=2, size=2)
    program = (
        f"from onrecord import batch; batch.code([{str(path)!r}], {str(out)!r}, workers=2, size=2, program={BAD!r})"
    )
    run = subprocess.Popen([sys.executable, "-c", program])
    began = time.monotonic()
    while not list(out.glob("_parts/*.json")):
        assert run.poll() is None and time.monotonic() - began < 60
        time.sleep(0.02)
    hands = [int(pid) for pid in Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text(encoding="ascii").split()]
    run.kill()
    run.wait()
    written = sorted(out.glob("_parts/*.json"))
    assert 1 <= len(written) < 4
    assert not (out / "manifest.json").exists()
    before = [path.stat().st_mtime_ns for path in written]
    batch.code([str(path)], str(out), workers=2, size=2)
    assert [path.stat().st_mtime_ns for path in written] == before
    assert bytes_of(out) == bytes_of(whole)
    for pid in hands:  # those that were left alone have gone by themselves
        until = time.monotonic() + 30
        while Path(f"/proc/{pid}").exists() and _state(pid) != "Z" and time.monotonic() < until:
            time.sleep(0.05)
        assert not Path(f"/proc/{pid}").exists() or _state(pid) == "Z"


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except OSError:
        return "Z"


def test_a_finished_run_is_not_run_again(reference: Path, corpus: Path) -> None:
    before = bytes_of(reference)
    told: list[int] = []
    batch.code([str(corpus)], str(reference), workers=1, size=3, tell=lambda now: told.append(now.documents))
    assert told == []
    assert bytes_of(reference) == before


def test_another_run_is_not_mixed_in(reference: Path, corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="another run"):
        batch.code([str(corpus / "lines.jsonl")], str(reference), workers=1, size=3)
    with pytest.raises(BatchError, match="another run"):
        batch.code([str(corpus)], str(reference), workers=1, size=4)
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    with pytest.raises(BatchError, match="not empty"):
        batch.code([str(corpus)], str(tmp_path), workers=1)


@pytest.mark.parametrize("source", ["missing.jsonl", "-", "https://harbour-post.example/", "*.nothing"])
def test_inputs_that_are_not_there(source: str) -> None:
    with pytest.raises((BatchError, SourceError)) as caught:
        lots([source])
    assert str(caught.value).startswith(f"{source}: ")


def test_an_input_that_cannot_be_read_for_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(article(ord(name[0])), encoding="utf-8")
    out, opened = tmp_path / "out", storage.opened

    def closed(path: str) -> Any:
        if path.endswith("a.jsonl"):
            raise OSError(5, "Input/output error")
        return opened(path)

    inputs = [str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]
    monkeypatch.setattr(storage, "opened", closed)
    found = batch.code(inputs, str(out), workers=1)
    assert (found["complete"], found["pages"]) == (False, 1)
    assert [one["error"] for one in found["not_read"]] == [f"{tmp_path}/a.jsonl: input/output error"]
    monkeypatch.undo()
    found = batch.code(inputs, str(out), workers=1)
    assert (found["complete"], found["pages"], found["not_read"]) == (True, 2, [])


def test_an_output_that_cannot_be_written(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = code(corpus / "lines.jsonl", "--out", tmp_path / "file" / "out")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    (told,) = result.stderr.strip().splitlines()
    assert told.startswith(f"onrecord: {tmp_path}/file/out/") and told.endswith("cannot be written (not a directory)")


# --- the command line ------------------------------------------------------------------------------------------------


def code(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["code", *map(str, arguments)])


def test_the_command(corpus: Path, tmp_path: Path, reference: Path) -> None:
    result = code(corpus, "--out", tmp_path / "out", "--workers", "2", "--part-documents", "3")
    assert result.exit_code == 1  # some pages failed
    assert "13 pages" in result.stderr and "1 in other languages" in result.stderr
    assert bytes_of(tmp_path / "out") == bytes_of(reference)


def test_parts_are_loaded_into_an_archive(reference: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    for told in ("12 added, 1 already there", "13 already there"):
        result = CliRunner().invoke(main, ["add", "--parquet", str(reference), "--archive", str(path)])
        assert result.exit_code == 0 and told in result.stderr, result.stderr
    with Archive(path, read_only=True) as archive:
        for one in batch.records_in(str(reference)):
            kept = archive.record(one.page.id)
            assert kept is not None and replace(kept, page=replace(kept.page, source=one.page.source)) == one
    result = CliRunner().invoke(main, ["add", "--parquet", str(tmp_path / "none"), "--archive", str(path)])
    assert result.exit_code == 1 and "no parts of onrecord code" in result.stderr


def test_the_command_stops_cleanly(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(article(n) for n in range(2_000)), encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "code", str(path), "--out", str(tmp_path / "out"), "--part-documents", "2"],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    began = time.monotonic()
    while not list((tmp_path / "out").glob("_parts/*.json")):
        assert run.poll() is None and time.monotonic() - began < 60
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=60)
    assert run.returncode == 130
    assert b"the same command goes on" in told and b"Traceback" not in told
    assert not list((tmp_path / "out").glob("*/.*.tmp"))
