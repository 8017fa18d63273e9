"""Places: where something happens, told apart from who acts."""

from __future__ import annotations

from functools import cache

import pytest

from onrecord.actors import find_actors
from onrecord.page import read_page
from onrecord.places import find_places
from onrecord.reader import Reader
from onrecord.record import Where


@cache
def reader() -> Reader:
    return Reader()


def places(text: str) -> tuple[Where, ...]:
    page = read_page(text, source="test", published="2024-05-06", kind="text")
    reading = reader().read(page)
    found = find_places(page, reading, find_actors(page, reading)).in_span(0, len(page.text))
    assert all(page.text[place.span.start : place.span.end] == place.span.text for place in found)
    return found


def test_a_city_has_its_country_and_degrees() -> None:
    (place,) = places("The two ministers met in Accra on Friday.")
    assert (place.name, place.country) == ("Accra", "GHA")
    assert place.lat == pytest.approx(5.6, abs=0.2)
    assert place.lon == pytest.approx(-0.2, abs=0.2)


def test_a_capital_that_acts_is_no_place() -> None:
    assert places("Accra rejected the offer on Friday.") == ()


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The minister arrived in Georgia after talks in Tbilisi.", "GEO"),
        ("Voters in Georgia queued for hours in Atlanta.", "USA"),
        ("The minister arrived in Georgia on Monday.", None),
        ("Fighting was reported in Congo near Goma.", "COD"),
        ("Fighting was reported in Congo on Monday.", None),
    ],
)
def test_doubtful_names_need_a_reason(text: str, country: str | None) -> None:
    assert next(place for place in places(text) if place.span.text in ("Georgia", "Congo")).country == country
