"""One test for each example page and list: what is expected is found, nothing is invented, every record is sound.

The pages are in ``tests/pages`` and ``examples``; ``cases.py`` tells how their expected records are written.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from cases import (
    CASES,
    KNOWN,
    LISTS,
    Case,
    Misses,
    fresh_page,
    inventions,
    item_misses,
    known_misses,
    page_misses,
    page_of,
    record_of,
)

from benchmarks.soundness import check_sound
from onrecord import jsonl
from onrecord.read import read
from onrecord.record import Record

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def agrees(case: Case, items: str, misses: Misses, record: Record | None = None) -> None:
    """Fail on a miss that is not known, and on a known one that is none any more."""
    known = known_misses().get((case.name, items), frozenset())
    news = {place: what for place, what in misses.items() if place not in known}
    assert not news, _told(case, items, news, record)
    gone = known - misses.keys()
    assert not gone, f"no misses any more, take them out of {KNOWN.name}: {case.name} {items} {sorted(gone)}"


@every_case
def test_page_metadata(case: Case) -> None:
    agrees(case, "page", page_misses(case))


@pytest.mark.parametrize("case", [one for one in CASES if "roles" in one.expected["page"]], ids=lambda case: case.name)
def test_page_blocks(case: Case) -> None:
    page = page_of(case)
    dump = case.source.suffix == ".txt"
    blocks = [(b.role, page.text[b.start : b.end]) for b in page.blocks if dump or b.role != "furniture"]
    expected = case.expected["page"]["roles"]
    assert [role for role, _ in blocks] == [role for role, _ in expected]
    for (_, text), (_, opening) in zip(blocks, expected, strict=True):
        assert text.startswith(opening)


@pytest.mark.parametrize(
    ("case", "items"),
    [(case, items) for case in CASES for items in LISTS if items in case.expected],
    ids=lambda value: value.name if isinstance(value, Case) else value,
)
def test_expected_items(case: Case, items: str) -> None:
    agrees(case, items, item_misses(case, items), record_of(case))


@every_case
def test_nothing_invented(case: Case) -> None:
    assert all(words in page_of(case).text for words in case.expected.get("untouched", ()))
    agrees(case, "invented", inventions(case), record_of(case))


@every_case
def test_record_is_sound(case: Case) -> None:
    check_sound(record_of(case))


@pytest.mark.parametrize("case", CASES[:4], ids=lambda case: case.name)
def test_reading_again_gives_the_same(case: Case) -> None:
    assert jsonl.line(read(fresh_page(case))) == jsonl.line(record_of(case))


def test_every_known_miss_is_of_a_case() -> None:
    names = {case.name for case in CASES}
    assert {page for page, _ in known_misses()} <= names
    assert {items for _, items in known_misses()} <= {"page", "invented", *LISTS}


def _told(case: Case, items: str, misses: Misses, record: Record | None) -> str:
    """The misses beside what the record has, for a person to compare."""
    expected = case.expected.get(items, {})
    lines = [f"{case.name} {items}: missed, and not in {KNOWN.name}:"]
    for place, what in misses.items():
        wanted = expected[int(place)] if place.isdigit() else ""
        lines.append(f"  {place} ({what}) {json.dumps(wanted, ensure_ascii=False)}")
    name = {"spoken_by": "statements", "dates_absent": "dates"}.get(items, items)
    lines.append("found:")
    lines.extend(f"  {json.dumps(_brief(jsonl.plain(got)), ensure_ascii=False)}" for got in getattr(record, name, ()))
    return "\n".join(lines)


def _brief(value: Any) -> Any:
    """Spans as their texts, empty fields left out."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            return value["text"]
        return {key: _brief(inner) for key, inner in value.items() if inner not in (None, [], "") and key != "id"}
    return [_brief(inner) for inner in value] if isinstance(value, list) else value
