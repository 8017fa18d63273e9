"""Ids: stable, and never equal for two things."""

from __future__ import annotations

from onrecord.identity import item_id, page_id, short_hash
from onrecord.record import Span

SPAN = Span(3, 9, "strike")


def test_parts_do_not_run_together() -> None:
    assert short_hash("ab", "c") != short_hash("a", "bc")
    assert page_id("https://a.example/1", "d") != page_id("https://a.example/2", "d")


def test_an_item_keeps_its_id() -> None:
    assert item_id("p", "event", [SPAN], "ASSAULT", ["rus"], {}) == item_id(
        "p", "event", [SPAN], "ASSAULT", ["rus"], {}
    )


def test_equal_items_of_a_page_are_numbered() -> None:
    seen: dict[str, int] = {}
    ids = {item_id("p", "event", [SPAN, None], "ASSAULT", ["rus"], seen) for _ in range(5)}
    assert len(ids) == 5


def test_pages_kinds_types_spans_and_parties_tell_items_apart() -> None:
    ids = {
        item_id("p", "event", [SPAN], "ASSAULT", ["rus"], {}),
        item_id("q", "event", [SPAN], "ASSAULT", ["rus"], {}),
        item_id("p", "statement", [SPAN], "ASSAULT", ["rus"], {}),
        item_id("p", "event", [SPAN], "COERCE", ["rus"], {}),
        item_id("p", "event", [Span(4, 9, "trike")], "ASSAULT", ["rus"], {}),
        item_id("p", "event", [SPAN], "ASSAULT", ["ukr"], {}),
    }
    assert len(ids) == 6
