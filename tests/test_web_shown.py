"""Text of pages made fit to be shown."""

from __future__ import annotations

import pytest

from onrecord.web.shown import clip, outside, seen, shown


def test_what_cannot_be_seen_is_made_visible() -> None:
    html = str(seen("pay \u202eevil\u202c <b>&"))
    assert "\u202e" not in html and "U+202E" in html and "&lt;b&gt;&amp;" in html


def test_honest_right_to_left_text_is_left_alone() -> None:
    text = "قال الوزير\u200f: «لن نوقع»"
    assert str(seen(text)) == text


def test_enormous_text_is_cut() -> None:
    assert len(str(shown("a" * 1_000_000))) < 400
    assert len(clip("a" * 1_000_000)) <= 120
    assert "\u202e" not in clip("a\u202eb")


@pytest.mark.parametrize("url", ["https://a.example/b?c=d#e", "http://a.example:8080/"])
def test_a_web_address_is_a_link(url: str) -> None:
    assert outside(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x", "file:///etc/passwd", "//evil.example", "/relative", "https://", "https://user:pass@evil.example/",
        "https://a.example\\@evil.example", "https://a.example/\u202egpj.exe", "https://a.example:99999/", "", None,
        "https://[::1", "blob:https://a.example/x",
    ],
)  # fmt: skip
def test_anything_else_is_not(url: str | None) -> None:
    assert outside(url) is None
