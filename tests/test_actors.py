"""Actors: who is meant, of which country and sector, on invented sentences."""

from __future__ import annotations

from functools import cache

import pytest

from onrecord.actors import Actors, Known, find_actors, resolve_mention
from onrecord.page import read_page
from onrecord.reader import Reader
from onrecord.reading import Reading
from onrecord.record import Page
from onrecord.tables import rows


@cache
def reader() -> Reader:
    return Reader()


def cast(
    text: str, published: str | None = "2024-05-06", known: tuple[Known, ...] = ()
) -> tuple[Page, Reading, Actors]:
    page = read_page(text, source="test", published=published, kind="text")
    reading = reader().read(page)
    return page, reading, find_actors(page, reading, known)


def of(text: str, words: str, published: str | None = "2024-05-06", nth: int = 1) -> str | None:
    """The actor of the n-th time that words stand in the text."""
    page, _, actors = cast(text, published)
    start = -1
    for _ in range(nth):
        start = page.text.index(words, start + 1)
    return actors.at(start, start + len(words))


@pytest.mark.parametrize(
    ("mention", "country", "sector"),
    [
        ("the Norwegian finance ministry", "NOR", "GOV"),
        ("Peru's top court", "PER", "JUD"),
        ("members of the Saeima", "LVA", "LEG"),
        ("a former Pentagon official", "USA", "ELI"),
        ("two Japanese destroyers", "JPN", "MIL"),
        ("Lisbon police", "PRT", "COP"),
        ("a team of Danish doctors", "DNK", "MED"),
        ("opposition lawmakers in Ghana", "GHA", "LEG"),
        ("Christian leaders in Egypt", "EGY", "REL"),
        ("Brazil's ambassador to Peru", "BRA", "GOV"),
        ("a spokesman for the Greek government", "GRC", "GOV"),
        ("the chairman of the African Union", "IGO", None),
        ("Turkish-backed rebels", None, "REB"),
        ("pro-Russian separatists", None, "REB"),
        ("an army cook", None, "MIL"),
        ("Vienna", "AUT", "GOV"),
        ("Zambia", "ZMB", None),
        ("Congo", None, None),
        ("Georgia's prime minister", "GEO", "GOV"),
        ("Chile's Defense Department", "CHL", "GOV"),
        ("UN Secretary-General Antonio Guterres", "UNO", None),
        ("nobody in particular", None, None),
    ],
)
def test_country_and_sector_are_composed(mention: str, country: str | None, sector: str | None) -> None:
    assert resolve_mention(mention, "2024-01-01") == (country, sector)


@pytest.mark.parametrize(
    ("mention", "day", "country", "sector"),
    [
        ("Olaf Scholz", "2023-01-01", "DEU", "GOV"),
        ("Olaf Scholz", "2025-08-01", "DEU", "ELI"),
        ("the Merkel government", "2016-01-01", "DEU", "GOV"),
        ("the Trump administration", "2018-03-01", "USA", "GOV"),
        ("the Taliban", "2015-01-01", "AFG", "REB"),
        ("the Taliban", "2023-01-01", "AFG", "GOV"),
        ("Prime Minister Scott Morrison", "2023-01-01", "AUS", "GOV"),
    ],
)
def test_offices_are_taken_as_of_the_day(mention: str, day: str, country: str, sector: str) -> None:
    assert resolve_mention(mention, day) == (country, sector)


def test_context_gives_the_country_that_a_mention_lacks() -> None:
    assert resolve_mention("the National Guard", "2022-01-01", "Saudi") == ("SAU", "MIL")
    assert resolve_mention("the National Guard", "2022-01-01") == (None, "MIL")
    assert resolve_mention("Congolese soldiers", "2022-01-01", "Goma") == ("COD", "MIL")


LAVENDER = (
    "Norwegian Foreign Minister Kari Holm said on Monday that she would travel to Ghana. The minister told reporters "
    "in Oslo that Accra had invited her. Holm added that talks would be short.\n\n"
    "Lars Vik, a spokesman for the ministry, said he could not confirm the date."
)


def test_a_page_teaches_who_somebody_is() -> None:
    for words, nth in (("The minister", 1), ("Holm", 2), ("she", 1)):
        assert of(LAVENDER, words, nth=nth) == "person.kari-holm"
    _, _, actors = cast(LAVENDER)
    holm = actors.by_id("person.kari-holm")
    assert (holm.kind, holm.code, holm.role) == ("person", "NORGOV", "Foreign Minister")


def test_a_name_and_the_office_beside_it_are_one() -> None:
    assert of(LAVENDER, "Lars Vik") == of(LAVENDER, "a spokesman for the ministry") == "person.lars-vik"
    assert cast(LAVENDER)[2].by_id("person.lars-vik").code == "NORGOV"
    assert of(LAVENDER, "the ministry") == "nor.gov.foreign-ministry"


def test_a_capital_that_acts_is_its_government_and_a_place_is_not() -> None:
    assert of(LAVENDER, "Accra") == "gha.gov"
    assert of(LAVENDER, "Oslo") is None


def test_fathers_and_sons_stay_two() -> None:
    text = (
        "George H. W. Bush and George W. Bush attended the ceremony on Monday. Bush said he was honoured to be there."
    )
    assert of(text, "George H. W. Bush") == "person.george-h-w-bush"
    assert of(text, "George W. Bush") == "person.george-w-bush"
    assert of(text, "Bush", nth=3) is None


def test_spellings_of_one_name_are_one_person() -> None:
    text = (
        "Iranian diplomat Reza Amir Tavakoli arrived in Baghdad on Monday. Amir-Tavakoli met the Iraqi prime minister, "
        "and Tavakoli then left for Doha."
    )
    ids = {of(text, "Reza Amir Tavakoli"), of(text, "Amir-Tavakoli"), of(text, "Tavakoli", nth=3)}
    assert ids == {"person.reza-amir-tavakoli"}


def test_ambiguous_pronouns_are_nobody() -> None:
    text = "Peter Lund met Paul Berg in Oslo on Monday. Karl Moe met Hans Dahl there as well. He was tired."
    assert of(text, "He") is None


def test_it_is_the_body_that_spoke() -> None:
    text = "The Russian Foreign Ministry issued a note on Monday. It said Western countries had to listen."
    assert of(text, "It") == "rus.gov.foreign-ministry"
    _, _, actors = cast(text)
    west = actors.by_id("group.western-countries")
    assert (west.kind, west.country, west.sector, west.code) == ("group", None, None, None)


def test_joined_adjectives_are_several_actors() -> None:
    text = "A meeting with French and German ministers will take place on Monday in Cairo."
    page, _, actors = cast(text)
    start = page.text.index("French")
    end = page.text.index(" will")
    assert actors.at(start, end) is None
    assert actors.all_at(start, end) == ("fra.gov.ministers", "deu.gov.ministers")


def test_a_page_about_one_country_gives_it_to_bare_offices() -> None:
    text = (
        "Protesters in Nairobi demanded new elections on Monday. Police fired tear gas in Mombasa. Kenya's parliament "
        "was closed. The interior ministry blamed foreign agitators."
    )
    assert of(text, "The interior ministry") == "ken.gov.interior-ministry"
    mixed = "Kenya and Uganda closed the border on Monday. Police fired tear gas."
    assert cast(mixed)[2].by_id(of(mixed, "Police") or "").country is None


def test_an_acronym_that_the_page_explains_is_not_taken_from_the_tables() -> None:
    text = "The New Parking Party (NPP) of Norway met on Monday. The NPP said it would grow."
    _, _, actors = cast(text)
    assert all(actor.country != "LKA" for actor in actors.actors)


def test_without_a_day_nobody_is_in_office() -> None:
    page = read_page("Olaf Scholz spoke. Chile listened.", source="test", kind="text")
    actors = find_actors(page, reader().read(page))
    scholz = actors.by_id("person.olaf-scholz")
    assert (scholz.country, scholz.sector) == ("DEU", None)
    assert find_actors(page, reader().read(page), as_of="2023-02-02").by_id("person.olaf-scholz").sector == "GOV"


def test_what_earlier_pages_taught_fills_silence() -> None:
    told = (Known("Kari Holm", "NOR", "GOV", "Foreign Minister", "2023-01-01", "2024-01-01", 7),)
    text = "Kari Holm arrived on Monday."
    assert cast(text)[2].by_id("person.kari-holm").country is None
    assert cast(text, known=told)[2].by_id("person.kari-holm").code == "NORGOV"


def test_mentions_slice_to_their_text_and_never_touch_furniture() -> None:
    page, _, actors = cast(LAVENDER)
    assert actors.actors
    for actor in actors.actors:
        for span in actor.mentions:
            assert page.text[span.start : span.end] == span.text
    assert len({actor.id for actor in actors.actors}) == len(actors.actors)


def test_countries_are_iso_and_every_table_points_to_one() -> None:
    codes = {row["code"] for row in rows("countries.tsv")}
    assert len(codes) == len(rows("countries.tsv")) > 195
    international = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"}
    for table in ("regions.tsv", "groups.tsv", "parties.tsv", "services.tsv", "leaders.tsv"):
        for row in rows(table):
            assert not row["country"] or row["country"] in codes | international | {"ESH"}, (table, row)
