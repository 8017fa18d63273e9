"""One run over everything that a crawl can do to it: it ends, the rest is whole, each failure has its name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from harbour import BAD, WORDS, article, site
from warcs import packed, record

from onrecord import batch

ROOT = Path(__file__).parents[1]
HUGE = 3_000_000_000
MEMORY = 700_000_000  # bytes that the run, or a process of it, may have held at most
# Told from within: what a parent is told of its child counts the memory that the child was forked with.
PEAK = (
    "import resource; from pathlib import Path; "
    "own = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]; "
    "print(max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))"
)
PAGES = 100  # of which one hangs and one crashes


def inputs(folder: Path) -> list[str]:
    """A truncated WARC, one with a corrupt member, one with a record of 3 GB, and pages of which some hang or crash."""
    (folder / "cut.warc.gz").write_bytes(packed(*(site(n) for n in range(4)))[:-40])
    members = [packed(site(n)) for n in range(10, 15)]
    members[2] = members[2][:80] + b"\x00\xff" * 5 + members[2][90:]
    (folder / "corrupt.warc.gz").write_bytes(b"".join(members))
    with (folder / "huge.warc").open("wb") as file:  # a hole: it takes no room on the disk
        head = site(20) + record("https://harbour-post.example/huge", b"", length=HUGE)[:-4]
        file.write(head)
        file.seek(head.rindex(b"HTTP/1.1") + HUGE)
        file.write(b"\r\n\r\n" + site(21))
    bad = {50: "PLEASE HANG", 99: "PLEASE CRASH"}
    lines = [article(100 + n, bad.get(n, WORDS)) for n in range(PAGES)]
    (folder / "pages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return [str(folder / name) for name in ("cut.warc.gz", "corrupt.warc.gz", "huge.warc", "pages.jsonl")]


def test_bad_input_of_every_kind(tmp_path: Path) -> None:
    out = tmp_path / "out"
    program = f"from onrecord import batch; batch.code({inputs(tmp_path)!r}, {str(out)!r}, workers=2, program={BAD!r}"
    run = subprocess.run(
        [sys.executable, "-c", f"{program}, page_seconds=30); {PEAK}"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert int(run.stdout.split()[-1]) * 1024 < MEMORY
    found = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    failures = {
        one["source"].removeprefix(f"{tmp_path}/"): one["error"] for part in found["parts"] for one in part["failures"]
    }
    assert found["complete"] is True
    # A piece of the corrupt member may cost a failure of its own.
    assert len(failures) == found["failures"] and found["failures"] in (5, 6)
    assert found["pages"] == found["documents"] - found["failures"] == 3 + 4 + 2 + PAGES - 2
    for name, why in (
        ("cut.warc.gz", "cut off"),
        ("corrupt.warc.gz", "damaged"),
        ("huge.warc", "too large, 3,0"),
        ("pages.jsonl:51", "did not come to an end within 30 seconds"),
        ("pages.jsonl:100", "died (SIGSEGV)"),
    ):
        assert any(source.startswith(name) and why in error for source, error in failures.items()), (name, failures)
    assert len(list(batch.records_in(str(out)))) == found["pages"]
