"""Sources: files, folders, JSON Lines, standard input; each failure named, none ending the run."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from onrecord.record import Page
from onrecord.sources import Failure, pages

TEXT = "The minister of works told parliament on Monday that the old bridge would be closed for a year."
HTML = f"<html><body><h1>A bridge</h1><p>{TEXT}</p></body></html>"


def read(*sources: str | Path, stdin: bytes = b"", published: str | None = None) -> list[Page | Failure]:
    return list(pages(map(str, sources), stdin=io.BytesIO(stdin), published=published))


def outline(found: list[Page | Failure]) -> list[tuple[str, str]]:
    return [(type(one).__name__, one.source) for one in found]


def test_files_in_the_order_given(tmp_path: Path) -> None:
    for name, data in (("b.txt", TEXT.encode()), ("a.html", HTML.encode()), ("c.htm.gz", gzip.compress(HTML.encode()))):
        (tmp_path / name).write_bytes(data)
    names = [str(tmp_path / name) for name in ("b.txt", "a.html", "c.htm.gz")]
    assert outline(read(*names)) == [("Page", name) for name in names]


def test_a_folder_is_the_pages_below_it_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "z").mkdir()
    for name in ("b.txt", "a.html", "z/c.txt", "notes.md", "picture.png"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "d.jsonl").write_text(json.dumps({"text": TEXT}), encoding="utf-8")
    found = [one.source.removeprefix(f"{tmp_path}/") for one in read(tmp_path)]
    assert found == ["a.html", "b.txt", "d.jsonl:1", "z/c.txt"]


def test_json_lines_with_a_failure_for_a_bad_line_alone(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": TEXT, "url": "https://www.scmp.com/news/1", "title": "A bridge"}),
        "",
        "{broken",
        "[1]",
        json.dumps({"url": "https://example.org"}),
        json.dumps({"text": ""}),
        '{"text": ' + "[" * 100_000,
        json.dumps({"text": TEXT, "published": "2020-01-02"}),
    ]
    path = tmp_path / "articles.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    found = read(path, published="2026-02-03")
    assert outline(found) == [
        ("Page", f"{path}:1"),
        *(("Failure", f"{path}:{line}") for line in (3, 4, 5, 6, 7)),
        ("Page", f"{path}:8"),
    ]
    first, last = found[0], found[-1]
    assert isinstance(first, Page) and isinstance(last, Page)
    assert (first.published, first.published_from) == ("2026-02-03", "given")
    assert first.title == "A bridge"
    assert first.outlet is not None and first.outlet.country == "HKG"
    assert last.published == "2020-01-02"


def test_standard_input() -> None:
    (found,) = read("-", stdin=TEXT.encode())
    assert isinstance(found, Page)
    assert (found.source, found.text) == ("-", TEXT)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("missing.html", None, "no such file or folder"),
        ("empty.txt", b"", "empty"),
        ("empty.jsonl", b"", "empty"),
        ("bad.jsonl.gz", b"\x1f\x8bnot gzip", "damaged gzip data"),
        ("plain.jsonl.gz", b"{}", "damaged gzip data"),
        ("paper.pdf", b"%PDF-1.7", "a PDF"),
    ],
)
def test_a_failure_names_source_and_cause(tmp_path: Path, name: str, data: bytes | None, error: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    good = tmp_path / "good.txt"
    good.write_text(TEXT, encoding="utf-8")
    failure, page = read(path, good)
    assert isinstance(failure, Failure) and isinstance(page, Page)
    assert failure.source.startswith(str(path))
    assert failure.error.startswith(f"{path}") and error in failure.error and "\n" not in failure.error


def test_an_empty_folder_is_a_failure(tmp_path: Path) -> None:
    (failure,) = read(tmp_path)
    assert isinstance(failure, Failure) and "no pages in this folder" in failure.error


@pytest.mark.parametrize("source", ["ftp://example.org/a.html", "file:///etc/passwd", "http://127.0.0.1:1/x"])
def test_urls_that_are_not_fetched(source: str) -> None:
    (failure,) = read(source)
    assert isinstance(failure, Failure) and failure.error.startswith(source)


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "later.txt"
    stream = pages(["-", str(path)], stdin=io.BytesIO(TEXT.encode()))
    assert isinstance(next(stream), Page)
    path.write_text(TEXT, encoding="utf-8")
    assert isinstance(next(stream), Page)


def test_one_source_is_no_list_of_sources() -> None:
    with pytest.raises(TypeError):
        next(pages("/etc/hosts", stdin=io.BytesIO()))


def test_a_pattern_is_the_files_it_matches_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.html", "a.html", "sub/c.html", "a.txt", "odd[1].html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(HTML, encoding="utf-8")
    names = [one.source.removeprefix(f"{tmp_path}/") for one in read(tmp_path / "*.html", tmp_path / "**/c.html")]
    assert names == ["a.html", "b.html", "odd[1].html", "sub/c.html"]
    assert [one.source for one in read(tmp_path / "odd[1].html")] == [str(tmp_path / "odd[1].html")]
    (failure,) = read(tmp_path / "*.warc")
    assert isinstance(failure, Failure) and failure.error.startswith(f"{tmp_path}/*.warc: ")


def test_parquet_rows_are_articles(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "articles.parquet"
    rows = {"text": [TEXT, None, TEXT], "published": ["2026-02-03", None, None], "other": [1, 2, 3]}
    parquet.write_table(arrow.table(rows), path)
    found = read(path)
    assert outline(found) == [("Page", f"{path}:1"), ("Failure", f"{path}:2"), ("Page", f"{path}:3")]
    assert isinstance(found[0], Page) and found[0].published == "2026-02-03"
    path.write_bytes(path.read_bytes()[:-40])
    (failure,) = read(path)
    assert isinstance(failure, Failure) and "damaged Parquet file" in failure.error
    parquet.write_table(arrow.table({"body": [TEXT]}), path)
    (failure,) = read(path)
    assert isinstance(failure, Failure) and 'no column "text"' in failure.error
