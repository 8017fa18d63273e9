"""Undated pages: what their own office-holders tell of the time, and what follows for everybody else on them."""

from __future__ import annotations

import pytest
from actors_of import reader

from onrecord.actors import find_actors, leaders
from onrecord.actors.era import era
from onrecord.page import read_page

TRUSS = "Prime Minister Liz Truss spoke of herring quotas. Jacinda Ardern and Kwasi Kwarteng were said to be cross."


def undated(text: str) -> dict[str, str | None]:
    """Sectors by id of the actors of a text without a day."""
    page = read_page(text, source="test", kind="text")
    return {actor.id: actor.sector for actor in find_actors(page, reader().read(page)).actors}


def span(text: str) -> tuple[str, str] | None:
    page = read_page(text, source="test", kind="text")
    return era(reader().read(page), page.text)


def test_an_office_told_gives_the_days_on_which_it_was_held() -> None:
    assert span(TRUSS) == ("2022-09-06", "2022-10-25")


def test_others_are_what_they_were_on_all_of_these_days() -> None:
    found = undated(TRUSS)
    assert found["person.jacinda-ardern"] == "GOV"


def test_two_offices_narrow_each_other() -> None:
    text = "President Joe Biden wrote to Prime Minister Rishi Sunak about a lighthouse."
    assert span(text) == ("2022-10-25", "2024-07-05")


def test_the_last_year_named_narrows_the_time() -> None:
    text = "Chancellor Angela Merkel planted a pear tree on March 3, 2011. President Hollande was not asked."
    found = span(text)
    assert found is not None
    assert found[0] >= "2011-01-01"


@pytest.mark.parametrize(
    "text",
    [
        "Former President Bill Clinton sold a saxophone.",
        "Bill Clinton sold a saxophone.",
        "President Tarvo Ilmsen sold a saxophone.",
    ],
)
def test_nobody_in_office_tells_nothing(text: str) -> None:
    assert span(text) is None


def test_offices_that_never_met_tell_nothing() -> None:
    assert span("President Jimmy Carter is painted beside Prime Minister Liz Truss.") is None


def test_what_changed_meanwhile_is_left_open() -> None:
    country, sectors, office = leaders.standing("person.rishi-sunak", "2021-03-01", "2023-03-01")
    assert (country, office) == ("GBR", None)
    # He left one office of government and took another; in between he was in none.
    assert sectors == ()
    assert leaders.standing("person.rishi-sunak", "2023-01-01", "2024-01-01")[1] == ("GOV",)
