"""Invented pages, each with the record a careful person would write beside it, and what a record misses of it.

``tests/pages/NAME.expected.json`` is written from the page, the codebook (``docs/record.md``) and the coding guide,
never from what the software prints. The page is ``NAME.*`` beside it, or in ``examples/``; for a file of JSON Lines the
expected records are a list, one for each line. They name what must be there and what must not, not everything:

- ``page``: metadata, exact. ``roles`` are all blocks in order, as ``[role, how its text begins]``; what HTML sets
  outside of the article may be left out of the text, so there furniture is not counted. ``inferred``: the day that the
  record infers.
- ``statements, events, commitments, meetings, actors``: each item must be found. A field that is not named may be
  anything. Longer texts agree where four fifths of the words do. A party is written ``RUSGOV`` (this code), ``RUS``
  (the bare country), ``RUS*`` (any of this country), or as a part of its name or of a mention; ``|`` parts what will
  do as well.
- ``spoken_by``: ``[words, speaker]``: the words stand in the content of a statement by that speaker.
- ``dates``: ``[words, first, last]``; ``dates_absent``: ``[first, last]`` that no expression may come to.
- ``absent``: words that no item may touch, in the page's text or not; ``untouched``: the same, and they are in
  the text.
- ``events_exactly`` and the like: how many items the list has.

What the software does not manage yet is listed in ``pages/known_misses.tsv`` by page, list and place in the list. A
miss that is not listed fails the test, and so does a listed one that is no miss any more: so the list can only shrink.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matching import Json, miss

from benchmarks.soundness import spans_of
from onrecord import jsonl
from onrecord.read import read
from onrecord.record import Page, Record
from onrecord.sources import pages

HERE = Path(__file__).parent
LISTS = ("statements", "spoken_by", "events", "commitments", "meetings", "actors", "dates", "dates_absent")
COUNTED = ("statements", "events", "commitments", "meetings", "dates")
KNOWN = HERE / "pages" / "known_misses.tsv"

Misses = dict[str, str]  # place in a list, or a name -> what is missed, in a word


@dataclass(frozen=True, eq=False)
class Case:
    """One expected record, and where its page is: the n-th page of a source."""

    name: str
    source: Path
    n: int
    expected: Json


def _cases() -> Iterator[Case]:
    for path in sorted((HERE / "pages").glob("*.expected.json")):
        name = path.name.removesuffix(".expected.json")
        folders = (HERE / "pages", HERE.parent / "examples")
        source = next(near for folder in folders for near in sorted(folder.glob(f"{name}.*")) if near != path)
        told = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(told, list):
            yield from (Case(f"{name}-{n + 1}", source, n, one) for n, one in enumerate(told))
        else:
            yield Case(name, source, 0, told)


CASES = tuple(_cases())


def fresh_page(case: Case) -> Page:
    """The page of a case, read through the public API."""
    page = list(pages([str(case.source)], stdin=io.BytesIO()))[case.n]
    assert isinstance(page, Page), page
    return page


@cache
def page_of(case: Case) -> Page:
    """The page of a case, read once."""
    return fresh_page(case)


@cache
def record_of(case: Case) -> Record:
    """The record of a case, read once."""
    return read(page_of(case))


def page_misses(case: Case) -> Misses:
    """The fields of the page that are not as expected."""
    page = jsonl.plain(page_of(case))
    expected = {key: value for key, value in case.expected["page"].items() if key != "roles"}
    got = {key: page[key] for key in expected}
    if expected.get("outlet") and got["outlet"]:
        got["outlet"] = {key: got["outlet"][key] for key in expected["outlet"]}
    return {key: str(got[key]) for key in expected if got[key] != expected[key]}


def item_misses(case: Case, items: str) -> Misses:
    """The expected items of one list that the record has not, by their place."""
    found = ((n, miss(item, items, record_of(case))) for n, item in enumerate(case.expected[items]))
    return {str(n): what for n, what in found if what}


def inventions(case: Case) -> Misses:
    """What the record has too much: lists of the wrong length, items that touch what none may touch, a wrong day."""
    record = record_of(case)
    wrong = {
        name: str(len(getattr(record, name)))
        for name in COUNTED
        if len(getattr(record, name)) != case.expected.get(f"{name}_exactly", len(getattr(record, name)))
    }
    if "inferred" in case.expected and record.page.published != case.expected["inferred"]:
        wrong["published"] = str(record.page.published)
    for words in (*case.expected.get("untouched", ()), *case.expected.get("absent", ())):
        at = record.page.text.find(words)
        if at >= 0 and any(span.start < at + len(words) and at < span.end for span in spans_of(record)):
            wrong[words] = "touched"
    return wrong


@cache
def known_misses() -> dict[tuple[str, str], frozenset[str]]:
    """``{(page, list): places}`` of what is known to be missed."""
    misses: dict[tuple[str, str], frozenset[str]] = {}
    with KNOWN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            key = (row["page"], row["list"])
            misses[key] = misses.get(key, frozenset()) | {row["place"]}
    return misses
