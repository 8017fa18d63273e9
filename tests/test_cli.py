"""The command line: what is printed where, in which order, and with which exit status, whatever is given."""

from __future__ import annotations

import gzip
import json
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

PAGES = Path(__file__).parent / "pages"
ARTICLE = (
    "Bhutan recalled its envoy from Nepal on Monday after a quarrel over two mountain pastures.\n\n"
    '"We have asked politely for the last time," Foreign Minister Tashi Wangdi told reporters in Thimphu.\n\n'
    "Nepal said it would answer the complaint in writing and asked for talks before the snow closes the passes.\n"
)
SECONDS = 20  # for any one source, however hostile; a slow machine under load has room


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    """``onrecord read ARGUMENTS``, with the two outputs apart."""
    return CliRunner().invoke(main, ["read", *map(str, arguments)], input=stdin)


def objects(result: Result) -> list[dict[str, Any]]:
    """The JSON objects of the standard output, one a line."""
    return [json.loads(line) for line in result.stdout_bytes.decode("utf-8").split("\n") if line]


def fails(source: str | Path, *options: str) -> str:
    """Read one source that cannot be read: status 1, an error object, one line of message. The message."""
    began = time.monotonic()
    result = run("--json", *options, source)
    assert time.monotonic() - began < SECONDS
    assert result.exit_code == 1, result.output
    (failure,) = objects(result)
    assert failure.keys() == {"schema", "source", "error"}
    assert failure["schema"] == 1
    assert failure["source"] == str(source)
    message = result.stderr.strip()
    assert message.startswith(f"onrecord: {source}: ")
    assert message.count(str(source)) == 1
    assert "\n" not in message
    assert "Traceback" not in message
    return message


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


# --- what is read ----------------------------------------------------------------------------------------------------


def test_json_is_one_line_with_the_whole_contract(article: Path) -> None:
    result = run("--json", article)
    assert result.exit_code == 0
    assert result.stderr == ""
    (record,) = objects(result)
    assert list(record) == [
        *("schema", "page", "actors", "statements", "events", "commitments", "meetings", "dates", "reader"),
    ]
    assert record["page"]["source"] == str(article)
    assert result.stdout.count("\n") == 1


def test_people_see_the_record(article: Path) -> None:
    result = run(article)
    assert result.exit_code == 0
    assert "Tashi Wangdi" in result.stdout
    assert "asked politely for the last time" in " ".join(result.stdout.split())
    assert result.stderr == ""


def test_standard_input() -> None:
    result = run("--json", "-", stdin=ARTICLE.encode())
    assert result.exit_code == 0
    assert [record["page"]["source"] for record in objects(result)] == ["-"]


def test_what_is_given_fills_what_the_page_lacks(article: Path) -> None:
    url = "https://pasture.example/1"
    result = run("--json", "--published", "2026-04-14", "--url", url, "--title", "A quarrel", article)
    (record,) = objects(result)
    assert result.exit_code == 0
    page = record["page"]
    assert (page["published"], page["published_from"], page["url"], page["title"]) == (
        "2026-04-14",
        "given",
        url,
        "A quarrel",
    )
    assert ("2026-04-13", "2026-04-13") in [(when["first"], when["last"]) for when in record["dates"]]


def test_many_sources_in_their_order_failures_in_their_places(article: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.html"
    lines = PAGES / "three_articles.jsonl"
    result = run("--json", article, missing, lines)
    assert result.exit_code == 1
    sources = [found.get("source") or found["page"]["source"] for found in objects(result)]
    assert sources == [str(article), str(missing), *(f"{lines}:{n}" for n in (1, 2, 3))]


def test_a_folder_stands_for_its_pages_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "c.md"):
        (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    result = run("--json", tmp_path)
    assert result.exit_code == 0
    assert [Path(found["page"]["source"]).name for found in objects(result)] == ["a.html", "b.txt"]


def test_gzip_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "article.txt.gz"
    path.write_bytes(gzip.compress(ARTICLE.encode()))
    result = run("--json", path)
    assert result.exit_code == 0
    assert "Tashi Wangdi" in objects(result)[0]["page"]["text"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "article.html"
    head = (
        '<html><head><meta charset="iso-8859-1"></head><body><article>'
        if encoding == "cp1252"
        else "<html><body><article>"
    )
    paragraphs = "".join(f"<p>{part}</p>" for part in ARTICLE.replace('"', "”").split("\n\n"))
    path.write_bytes(f"{head}{paragraphs}</article></body></html>".encode(encoding))
    result = run("--json", path)
    assert result.exit_code == 0
    text = objects(result)[0]["page"]["text"]
    assert "”We have asked politely" in text
    assert "\ufffd" not in text and "\ufeff" not in text


# --- what is not -----------------------------------------------------------------------------------------------------


def test_missing_file(tmp_path: Path) -> None:
    assert "no such file" in fails(tmp_path / "missing.html")


def test_folder_without_pages(tmp_path: Path) -> None:
    assert "no pages in this folder" in fails(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("empty.html", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("paper.html", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "PDF"),
        ("noise.html", bytes(range(256)) * 64, "binary"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(1, 200)) * 9, "image"),
        ("damaged.html.gz", gzip.compress(ARTICLE.encode())[:10] + b"\xff" * 50, "gzip"),
        ("script.html", b"<html><head><script>var a = 'text';</script></head><body></body></html>", "no readable text"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_bytes_that_are_no_page(tmp_path: Path, name: str, data: bytes, cause: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert cause in fails(path)


def test_lines_that_are_no_articles(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(["{", "[1]", '{"title": "no text"}', json.dumps({"text": ARTICLE})]), encoding="utf-8")
    result = run("--json", path)
    assert result.exit_code == 1
    found = objects(result)
    assert [item.get("source") for item in found[:3]] == [f"{path}:{n}" for n in (1, 2, 3)]
    assert found[3]["page"]["source"] == f"{path}:4"
    assert len(result.stderr.strip().split("\n")) == 3


def hostile(name: str) -> str:
    """Markup that takes an unguarded parser past a minute, or past memory."""
    body = "".join(f"<p>{part}</p>" for part in ARTICLE.split("\n\n"))
    if name == "nested":
        return "<html><body>" + "<div>" * 100_000 + body + "</div>" * 100_000 + "</body></html>"
    if name == "attributes":
        return "<html><body><p " + " ".join(f'a{n}="{n}"' for n in range(200_000)) + f">{body}</p></body></html>"
    if name == "spread attributes":
        return "<html><body>" + "".join(f'<b a="{n}" b="{n}">x</b>' for n in range(100_000)) + body + "</body></html>"
    return "<html><body>" + "<b>x</b>" * (5_000_000 // 8) + body + "</body></html>"


@pytest.mark.parametrize("name", ["nested", "attributes", "spread attributes", "tiny tags"])
def test_hostile_markup_ends_soon_in_a_page_or_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(hostile(name), encoding="utf-8")
    began = time.monotonic()
    result = run("--json", path)
    assert time.monotonic() - began < SECONDS
    (found,) = objects(result)
    if result.exit_code == 0:
        assert "asked politely for the last time" in found["page"]["text"]
    else:
        assert result.exit_code == 1
        assert found.keys() == {"schema", "source", "error"}
        assert "\n" not in result.stderr.strip()


# --- the web ---------------------------------------------------------------------------------------------------------


def test_nobody_answers() -> None:
    with socket.socket() as taken:  # bound and not listening: a port of this machine that refuses
        taken.bind(("127.0.0.1", 0))
        message = fails(f"http://127.0.0.1:{taken.getsockname()[1]}/page.html", "--allow-private")
    assert "cannot be fetched" in message


def test_unknown_host() -> None:
    assert "unknown host" in fails("http://nowhere.invalid/page.html")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
    ],
)
def test_private_addresses_are_refused(url: str) -> None:
    assert "private or reserved address" in fails(url)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/page.html", "gopher://example.org/"])
def test_other_schemes_are_refused(url: str) -> None:
    assert "only http and https" in fails(url)


# --- wrong usage -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["read"], ["read", "--published", "yesterday", "-"], ["read", "--wrong", "-"], ["write", "-"]]
)
def test_wrong_usage_is_status_two(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error" in result.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["--version"]])
def test_help_is_status_zero(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    assert result.stderr == ""
