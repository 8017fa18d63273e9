"""What goes into an archive by ``onrecord add``: every kind of source in one run, interrupted and gone on, a disk that
is really full."""

from __future__ import annotations

import gzip
import json
import os
import resource
import shutil
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import warcs
from archive_records import Child, make
from click.testing import CliRunner
from sites import open_site
from test_cli import ARTICLE

from onrecord import Archive, ArchiveError, Query
from onrecord.cli import keeping, main
from onrecord.cli.keeping import Keeping

COUNTRIES = "Nepal India Bhutan Laos Chad Mali Peru Cuba Oman Fiji".split()


def article(n: int) -> str:
    """Articles that are all different."""
    return ARTICLE.replace("Nepal", COUNTRIES[n])


def html(n: int) -> bytes:
    first, *rest = article(n).split("\n\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in rest)
    return f"<html><head><title>{first}</title></head><body><h1>{first}</h1>{body}</body></html>".encode()


def test_every_kind_of_source_in_one_run(tmp_path: Path) -> None:
    path, folder = tmp_path / "archive.onrecord", tmp_path / "pages"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "a.html").write_bytes(html(0))
    (tmp_path / "p1.txt").write_text(article(1), encoding="utf-8")
    (tmp_path / "p2.txt").write_text(article(2), encoding="utf-8")
    (tmp_path / "plain.warc").write_bytes(warcs.record("https://a.example/3", html(3)))
    cut = warcs.packed(warcs.record("https://a.example/9", html(9)))[:-80]
    (tmp_path / "crawl.warc.gz").write_bytes(warcs.packed(warcs.record("https://a.example/4", html(4))) + cut)
    with gzip.open(tmp_path / "lines.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"url": "https://a.example/5", "text": article(5)}) + "\n{broken\n")
    with open_site() as site:
        site.pages["/six"] = html(6)
        names = ["pages", "p*.txt", "plain.warc", "crawl.warc.gz", "lines.jsonl.gz", "q*.txt"]
        sources = [*(str(tmp_path / name) for name in names), f"{site.url}/six", f"{site.url}/none", "-"]
        told = ["add", *sources, "--archive", str(path), "--allow-private"]
        first = CliRunner().invoke(main, told, input=article(7))
        assert first.exit_code == 1
        again = CliRunner().invoke(main, told, input=article(7))
    assert "8 added, 4 failed" in first.stderr, first.stderr
    for what in ("crawl.warc.gz:", "lines.jsonl.gz:2: not JSON", "/none: the server answered 404", "matches no file"):
        assert what in first.stderr
    assert "8 already there, 4 failed" in again.stderr
    with Archive(path, read_only=True) as archive:
        rows = archive.pages(Query(once=False), limit=50).rows
        assert {row.url for row in rows if row.url} >= {f"https://a.example/{n}" for n in (3, 4, 5)}
        assert len(rows) == 8
        assert all(archive.pages(Query(text=COUNTRIES[n], once=False)).total for n in range(8))


def test_what_waits_is_kept_when_the_run_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tally: Counter[str] = Counter()
    monkeypatch.setattr(keeping, "TOGETHER", 1e9)
    records = [make(url=f"https://x.example/{n}", thing=f"dam {n}") for n in range(4)]
    with Archive(tmp_path / "archive.onrecord") as archive:
        with pytest.raises(KeyboardInterrupt), Keeping(archive, tally) as kept:
            kept.add(records[0])
            kept.add(records[1])
            assert not tally
            raise KeyboardInterrupt
        assert tally == {"added": 2}
        monkeypatch.setattr(keeping, "TOGETHER", 0.0)
        with Keeping(archive, tally) as kept:
            kept.add(records[2])
            assert tally == {"added": 3}
            kept.add(records[2])
        assert tally == {"added": 3, "same": 1}
        assert archive.pages(Query(once=False)).total == 3


def fill(path: Path) -> None:
    """Add until the disk is full; what was told to be kept is there, and nothing else."""
    kept = 0
    with Archive(path) as archive, pytest.raises(ArchiveError, match="the disk") as caught:
        for n in range(1000):
            archive.add(make(url=f"https://x.example/{n}", thing=f"dam {n}", tail="\n\n" + f"Long word{n}. " * 2000))
            kept += 1
    assert "\n" not in str(caught.value) and "safe" in str(caught.value)
    with Archive(path, read_only=True) as archive:
        assert archive.pages(Query(once=False)).total == kept > 0


def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.onrecord"

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
        fill(path)

    assert Child(limited).wait() == 0
    with Archive(path) as archive:  # no limit any more: it goes on
        assert archive.add(make()) == "added"


@pytest.mark.skipif(os.getuid() != 0 or shutil.which("mount") is None, reason="only root may mount a small disk")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this sandbox mounts nothing")
    try:
        fill(disk / "archive.onrecord")
        shutil.copytree(disk, tmp_path / "larger")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    with Archive(tmp_path / "larger" / "archive.onrecord") as archive:
        assert archive.add(make()) == "added"
