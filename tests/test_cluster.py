"""A batch on a real Ray of this machine, with a worker killed under it: the bytes of the local engine."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("ray", reason="Ray is an extra: make test-cluster installs it")

from harbour import BAD, WORDS, article, bytes_of, site
from warcs import packed

from onrecord import batch

SLOW = WORDS + "PLEASE SLOW DOWN."


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=100_000_000)
    yield
    ray.shutdown()


def hands_of(folder: Path) -> list[int]:
    """The processes that started a misbehaving hand: the actors."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if b"bad_hand.py" in (process / "cmdline").read_bytes():
                found.append(int((process / "stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[1]))
        except OSError:
            continue
    return [pid for pid in found if pid != os.getpid()]


def test_a_killed_worker_changes_nothing(cluster: None, tmp_path: Path) -> None:
    (tmp_path / "lines.jsonl").write_text("\n".join(article(n, SLOW) for n in range(12)), encoding="utf-8")
    (tmp_path / "news.warc.gz").write_bytes(packed(*(site(n) for n in range(3)))[:-40])
    inputs = [str(tmp_path / "lines.jsonl"), str(tmp_path / "news.warc.gz")]
    local, out = tmp_path / "local", tmp_path / "out"
    batch.code(inputs, str(local), workers=2, size=2)
    killed: list[int] = []

    def kill() -> None:
        until = time.monotonic() + 120
        while not list(out.glob("_parts/*.json")) and time.monotonic() < until:
            time.sleep(0.05)
        for pid in hands_of(out)[:1]:
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    killer = threading.Thread(target=kill)
    killer.start()
    found = batch.code(inputs, str(out), workers=2, size=2, engine="ray", program=BAD)
    killer.join()
    assert killed, "no worker was there to be killed"
    assert found["complete"] is True
    assert bytes_of(out) == bytes_of(local)
    again = batch.code(inputs, str(out), workers=2, size=2, engine="ray")
    assert again == found
