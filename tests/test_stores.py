"""Inputs and outputs in a store that speaks S3, on this machine: the same as on the disk."""

from __future__ import annotations

import contextlib
import io
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("s3fs")
pytest.importorskip("moto.server")

from harbour import article, site
from warcs import packed

from onrecord import batch, storage
from onrecord.batch.lots import lots
from onrecord.errors import BatchError, SourceError
from onrecord.sources import Failure, pages

BUCKET = "s3://harbour-post"


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """A bucket of a server on loopback, as the environment tells the drivers."""
    from moto import server

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    running.start()
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "NO_PROXY": "127.0.0.1",
        }.items():
            environment.setenv(name, value)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
        import s3fs

        s3fs.S3FileSystem.clear_instance_cache()
        s3fs.S3FileSystem().mkdir("harbour-post")
        yield BUCKET
        s3fs.S3FileSystem.clear_instance_cache()
    running.stop()


@pytest.fixture(scope="module")
def stored(store: str) -> dict[str, bytes]:
    """What lies in the bucket."""
    files = {
        "in/lines.jsonl": "\n".join(article(n) for n in range(4)).encode(),
        "in/news.warc.gz": packed(*(site(n) for n in range(3))),
        "in/page.html": b"<html><body><h1>The pier</h1><p>The council said on Monday it would wait.</p></body></html>",
    }
    for name, data in files.items():
        storage.write_bytes(f"{store}/{name}", data)
    return files


def test_a_folder_and_a_pattern_of_a_store(store: str, stored: dict[str, bytes]) -> None:
    assert storage.below(f"{store}/in") == [f"{store}/{name}" for name in sorted(stored)]
    assert storage.matching(f"{store}/in/*.html") == [f"{store}/in/page.html"]
    assert storage.below(f"{store}/in/page.html") is None
    assert storage.size(f"{store}/in/page.html") == len(stored["in/page.html"])
    assert storage.size(f"{store}/in/none.html") is None


@pytest.fixture(scope="module")
def out(store: str, stored: dict[str, bytes]) -> str:
    """What a batch from the store has written into the store."""
    batch.code([f"{store}/in"], f"{store}/out", workers=1, size=3)
    return f"{store}/out"


def objects(out: str) -> dict[str, bytes]:
    return {path.removeprefix(f"{out}/"): storage.read_bytes(path) for path in storage.below(out) or []}


def test_a_store_holds_what_a_disk_would(store: str, out: str, tmp_path: Path) -> None:
    batch.code([f"{store}/in"], str(tmp_path), workers=1, size=3)
    assert objects(out) == {
        str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
    }
    assert len(list(batch.records_in(out))) == 8


def test_a_run_into_a_store_goes_on(store: str, out: str) -> None:
    before = objects(out)
    for name in ("_parts/part-00000-00001.json", "events/part-00000-00001.parquet", "manifest.json"):
        storage._store(out)[0].rm_file(f"{out}/{name}")
    batch.code([f"{store}/in"], out, workers=1, size=3)
    assert objects(out) == before


def test_nothing_appears_where_writing_fails(store: str) -> None:
    with pytest.raises(ZeroDivisionError), storage.written(f"{store}/half.bin") as draft:
        draft.write_bytes(b"half")
        raise ZeroDivisionError
    assert storage.size(f"{store}/half.bin") is None


@pytest.mark.parametrize(
    "source", ["s3://no-such-bucket/a.html", "s3://harbour-post/none.html", "s3://harbour-post/*.x"]
)
def test_what_is_not_in_the_store(store: str, source: str) -> None:
    (failure,) = pages([source], stdin=io.BytesIO())
    assert isinstance(failure, Failure)
    assert failure.error.startswith(f"{source}: ") and "\n" not in failure.error
    with pytest.raises((BatchError, SourceError)):
        lots([source])


def test_a_store_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec.core

    def missing(_: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec.core, "url_to_fs", missing)
    with pytest.raises(SourceError, match="driver"):
        storage.read_bytes("s3://harbour-post/a")
