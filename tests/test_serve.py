"""``onrecord serve`` as somebody starts it: which archive it shows, what it says, where it listens."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx

OLD = Path(__file__).parent / "archives" / "version-1.gz"


def test_the_default_archive_is_shown_though_an_older_onrecord_made_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.onrecord"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    command = [sys.executable, "-m", "onrecord", "serve", "--port", "0"]
    told = {**os.environ, "ONRECORD_ARCHIVE": str(path), "ONRECORD_TOKEN": "a token of the tests"}
    with subprocess.Popen(command, env=told, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            lines = [server.stderr.readline() for _ in range(3)]
            reading = re.search(r"Reading\s+(http://127\.0\.0\.1:\d+/)", lines[0])
            assert reading and "/enter#a token of the tests" in lines[1] and "Ctrl-C" in lines[2]
            answer = httpx.get(reading[1], timeout=60)
            assert answer.status_code == 200 and "default-src 'none'" in answer.headers["content-security-policy"]
            assert httpx.get(reading[1] + "api/v1/search", timeout=60).json()["total"]
            stranger = httpx.get(reading[1], headers={"host": "evil.example"}, timeout=60)
            assert stranger.status_code == 421
        finally:
            server.terminate()


def test_without_an_archive_it_says_how_to_make_one(tmp_path: Path) -> None:
    path = tmp_path / "none.onrecord"
    command = [sys.executable, "-m", "onrecord", "serve", "--port", "0", "--archive", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1 and done.stderr == f"onrecord: {path}: no such archive; `onrecord add` makes one\n"
    assert not path.exists()
