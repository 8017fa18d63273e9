"""Hostile input ends quickly, in a one-line PageError or a correct page."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable

import pytest

from onrecord.errors import PageError
from onrecord.page import confined, guard, read_page

PARAGRAPH = "<p>The council met on Monday to talk about the bridge over the river and about the road to it.</p>"
HEAD = "<html><head><title>The bridge over the river</title></head><body><h1>The bridge over the river</h1>"
SECONDS = 10.0  # for any of these, on a slow and busy machine; they take less than one


def error_of(data: bytes | str) -> str:
    """The message of the PageError that reading ``data`` must end in."""
    started = time.monotonic()
    with pytest.raises(PageError) as caught:
        read_page(data, source="page.html")
    assert time.monotonic() - started < SECONDS
    message = str(caught.value)
    assert message.startswith("page.html: ") and "\n" not in message
    return message


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04...", "zip archive"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\x00\x01\x02 data", "binary"),
        (bytes(range(128, 256)) * 40 + bytes(range(1, 32)) * 40, "binary"),
        (b"\x1f\x8b not gzip at all", "damaged gzip"),
        (gzip.compress(b"a" * (guard.MAX_BYTES + 1)), "when unpacked"),
        ("x" * (guard.MAX_BYTES + 1), "too large"),
        ("A word. " * 200_000, "too large for a page of text"),
        (
            "<html><head><script>document.write('a page of text')</script></head><body></body></html>",
            "no readable text",
        ),
        (HEAD + "<div>" * 100_000 + PARAGRAPH, "nested too deep"),
        (HEAD + "<b>" * 100_000 + PARAGRAPH, "nested too deep"),
        (HEAD + "<i " + " ".join(f"a{n}=x" for n in range(200_000)) + ">" + PARAGRAPH, "too many attributes"),
        (HEAD + '<i x" ' + " ".join(f"a{n}" for n in range(200_000)) + ">" + PARAGRAPH, "too many attributes"),
        (HEAD + ("<i " + " ".join(f"a{n}=xxxxxxx" for n in range(300)) + "></i>") * 1_000, "too many attributes"),
        (HEAD + "<b>x</b>" * 650_000, "too many tags"),
        (HEAD + '<a "' * 1_000_000, "too many tags"),
        (HEAD + "<" * 5_000_000, "too many tags"),
    ],
)
def test_refused(data: bytes | str, cause: str) -> None:
    assert cause in error_of(data)


@pytest.mark.parametrize(
    "extra",
    [
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">[' + '{"@type":"NewsArticle"},' * 20_000 + "{}]</script>",
        '<script type="application/ld+json">{"datePublished":' + "9" * 20_000 + "}</script>",
        "<script>var tags = '" + '<div class=\\"' * 10_000 + "';</script>",
        "<img alt='" + "word " * 20_000 + "'>",
        "<figcaption>x</figcaption>" * 3_000,
        "<h1>The bridge</h1>" * 3_000,
        "<ul>" + "<li>x" * 5_000,
    ],
)
def test_odd_but_read(extra: str) -> None:
    started = time.monotonic()
    read = read_page(HEAD + extra + PARAGRAPH * 5, source="page.html")
    assert time.monotonic() - started < SECONDS
    assert "The council met on Monday" in read.text


def test_a_truncated_gzip_is_read_as_far_as_it_goes() -> None:
    data = gzip.compress((HEAD + "".join(PARAGRAPH.replace("Monday", f"day {n}") for n in range(500))).encode())
    assert "The council met on day 1" in read_page(data[:-200], source="page.html").text


def test_a_large_page_is_read_in_another_process() -> None:
    page = HEAD + "".join(PARAGRAPH.replace("Monday", f"day {n}") for n in range(guard.ORDINARY_TAGS // 2))
    assert not guard.is_ordinary(page)
    read = read_page(page, source="page.html")
    assert f"day {guard.ORDINARY_TAGS // 2 - 1}" in read.text
    assert read.title == "The bridge over the river"


def test_an_error_crosses_back_from_the_other_process() -> None:
    page = HEAD + "<div>" * 300 + "<b></b>" * guard.ORDINARY_TAGS
    assert "nested too deep" in error_of(page)


@pytest.mark.parametrize(("limit", "value"), [("SECONDS", 0), ("MEMORY", 100_000_000)])
def test_the_other_process_is_ended_at_its_limits(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, limit, value)
    assert "too complex" in error_of(HEAD + PARAGRAPH * guard.ORDINARY_TAGS)


@pytest.mark.parametrize(
    "make", [lambda n: "(" * n, lambda n: "a." * n, lambda n: "x / " * n, lambda n: "© " * n, lambda n: "A B, " * n]
)
def test_one_long_line_of_plain_text(make: Callable[[int], str]) -> None:
    started = time.monotonic()
    read_page(make(200_000), source="page.txt", kind="text")
    assert time.monotonic() - started < SECONDS
