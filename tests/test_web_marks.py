"""The text cut along its marks: nothing lost, nothing crossed, whatever overlaps."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from archive_records import make
from hypothesis import given
from hypothesis import strategies as st

from onrecord import Archive
from onrecord.record import Record
from onrecord.web.article import Article, look
from onrecord.web.marks import Layer, Mark, first_places, marks, pieces

TEXT = "Norvia will close its ports if nothing changes."
LAYERS: list[Layer] = ["evidence", "content", "condition", "trigger", "actor"]


@st.composite
def some_marks(draw: st.DrawFn) -> tuple[Mark, ...]:
    made = []
    for n in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(TEXT) - 1))
        end = draw(st.integers(start + 1, len(TEXT)))
        made.append(Mark(f"i{n % 5}", draw(st.sampled_from(LAYERS)), "k", start, end))
    return tuple(made)


@given(some_marks(), st.integers(0, 20), st.integers(25, len(TEXT)))
def test_pieces_are_the_text_and_know_their_marks(found: tuple[Mark, ...], start: int, end: int) -> None:
    cut = pieces(TEXT, start, end, found)
    assert "".join(piece.text for piece in cut) == TEXT[start:end]
    at = start
    for piece in cut:
        over = {mark for mark in found if mark.start <= at and mark.end >= at + len(piece.text)}
        assert set(piece.marks) == over
        at += len(piece.text)


@given(some_marks())
def test_each_item_that_is_to_be_seen_begins_once(found: tuple[Mark, ...]) -> None:
    begun = [item for piece in pieces(TEXT, 0, len(TEXT), found) for item in piece.begins]
    assert sorted(begun) == sorted(first_places(found))


def test_marks_of_a_record_slice_its_text() -> None:
    made = make()
    items = {statement.id for statement in made.statements} | {event.id for event in made.events}
    found = marks(made)
    assert items <= {mark.item for mark in found}
    assert all(made.page.text[mark.start : mark.end].strip() for mark in found)
    assert all(a.start <= b.start for a, b in pairwise(found))


class Words(HTMLParser):
    """The text of some HTML, and whether its elements close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def shown_of(record: Record, tmp_path: Path) -> Article:
    """The article page of a record in an archive of its own."""
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(record)
        found = look(archive, record.page.id)
    assert found is not None
    return found


def test_the_article_shows_the_page_as_published(tmp_path: Path) -> None:
    made = make()
    words = Words()
    for part in shown_of(made, tmp_path).parts:
        words.feed(str(part.html) + "\n\n")
        assert not words.open
    assert words.text.split() == made.page.text.split()


def test_overlapping_items_are_nested_in_one_order(tmp_path: Path) -> None:
    html = "".join(str(part.html) for part in shown_of(make(), tmp_path).parts)
    inner = html.index("legitimate target")
    around = html[:inner][-600:]
    assert around.rindex("m content") < around.rindex("m consequence") < around.rindex("m trigger")


def test_every_item_has_a_card_that_leads_to_its_words(tmp_path: Path) -> None:
    shown = shown_of(make(), tmp_path)
    html = "".join(str(part.html) for part in shown.parts)
    assert {card.room for card in shown.cards} == set(shown.counts)
    for card in shown.cards:
        assert f'id="at-{card.item}"' in html


def test_each_part_knows_where_it_starts(tmp_path: Path) -> None:
    made = make()
    for part in shown_of(made, tmp_path).parts:
        words = Words()
        words.feed(str(part.html))
        assert made.page.text[part.start :].startswith(words.text)
