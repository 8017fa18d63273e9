"""Actors as speakers: who is meant by a name, a title or a pronoun in later paragraphs, on invented sentences."""

from __future__ import annotations

from functools import cache

import pytest

from onrecord.actors import Actors, find_actors
from onrecord.actors.context import acronyms
from onrecord.page import read_page
from onrecord.reader import Reader
from onrecord.record import Actor, Page


@cache
def reader() -> Reader:
    return Reader()


@cache
def cast(text: str) -> tuple[Page, Actors]:
    page = read_page(text, source="test", published="2024-05-06", kind="text")
    return page, find_actors(page, reader().read(page))


def of(text: str, words: str, nth: int = 1) -> str | None:
    """The actor of the n-th time that words stand in the text."""
    page, actors = cast(text)
    start = -1
    for _ in range(nth):
        start = page.text.index(words, start + 1)
    return actors.at(start, start + len(words))


def actor(text: str, id: str) -> Actor:
    return cast(text)[1].by_id(id)


MINISTER = (
    "Norwegian Foreign Minister Kari Holm met reporters on Monday. Its water minister, Rustam Yuldoshev, said on "
    "Tuesday that the dam was safe. He said the work would go on."
)


def test_an_office_beside_a_name_is_nobody_of_another_office() -> None:
    assert of(MINISTER, "Its water minister, Rustam Yuldoshev,") == "person.rustam-yuldoshev"
    assert of(MINISTER, "He") == "person.rustam-yuldoshev"


def test_a_name_wins_over_the_adjective_before_its_title() -> None:
    text = "Polish President Jan Nowak said on Monday that the talks had failed."
    assert of(text, "Polish President Jan Nowak") == "person.jan-nowak"
    assert actor(text, "person.jan-nowak").code == "POLGOV"


NAMESAKES = (
    "Prime Minister Han Min-su opened the session in Seoul on Monday.\n\n"
    "Justice Minister Han Ji-ho answered questions about the court. Han said the law was clear.\n\n"
    "Prime Minister Han said the budget would be small."
)


def test_a_title_tells_two_of_one_surname_apart() -> None:
    assert of(NAMESAKES, "Prime Minister Han", nth=2) == "person.han-minsu"
    assert of(NAMESAKES, "Han said") in ("person.han-jiho", None)


def test_a_surname_is_no_acronym() -> None:
    text = "Karim Sadr spoke in Baghdad on Monday. Sadr said the vote was fair."
    assert of(text, "Sadr", nth=2) == "person.karim-sadr"


@pytest.mark.parametrize("later", ["The opposition leader", "The Ghanaian opposition leader"])
def test_a_later_title_is_its_holder(later: str) -> None:
    text = f"Kofi Adomako, Ghana's main opposition leader, was freed on Monday. {later} said he would run again."
    assert of(text, later) == "person.kofi-adomako"


def test_a_former_president_is_not_the_president() -> None:
    text = (
        "President Ana Lopez of Ecuador accused former President Luis Mora of fraud. Mora left in 2017.\n\n"
        "The president said that the courts would decide."
    )
    assert of(text, "The president") != of(text, "former President Luis Mora")


def test_two_speakers_are_nobody() -> None:
    text = "Minister Dana Levi and the ministry said on Monday that the visa would expire."
    assert of(text, "Minister Dana Levi and the ministry") is None


def test_a_document_speaks_for_its_author_or_nobody() -> None:
    text = "A letter from the Danish government said the port was closed. The letter said it would open in May."
    assert of(text, "A letter from the Danish government") == "dnk.gov"
    assert of(text, "The letter") is None


def test_people_may_be_told_by_description() -> None:
    text = "Analysts said on Monday that the plan was weak, but observers say it may yet work."
    assert of(text, "Analysts") == "group.analysts"
    assert of(text, "observers") == "group.observers"


def test_an_adjective_before_an_act_is_its_state() -> None:
    text = "Nobody accepted the Eritrean positions, and a Polish proposal failed on Monday."
    assert of(text, "Eritrean") == "eri"
    assert of(text, "Polish") == "pol"


def test_the_country_of_a_page_is_that_of_its_unmarked_officials() -> None:
    text = (
        "Kenya will raise its fees in May. Kenyan towns and Kenyan villages depend on them.\n\n"
        "Health Minister Daniel Kiptoo said on Monday that the clinics would stay open."
    )
    assert actor(text, "person.daniel-kiptoo").code == "KENGOV"


def test_acronyms_are_explained_by_brackets_or_by_the_one_name_with_their_letters() -> None:
    text = "The chief harbour warden (CHW) wrote to the Harvest Council. The HC did not answer."
    assert acronyms(text) == {"chw": ("chief", "harbour", "warden"), "hc": ("harvest", "council")}


def test_its_minister_is_of_the_state_before() -> None:
    text = 'Malawi rejected the demand from Zambia. "We do not take orders," said its spokesman, Adam Phiri.'
    assert actor(text, "person.adam-phiri").country == "MWI"


def test_an_unmarked_minister_is_of_the_one_ministry_named() -> None:
    text = "Uzbekistan and Chile met. The Kazakh Foreign Ministry was silent. Foreign Minister Ada Roe left."
    assert actor(text, "person.ada-roe").code == "KAZGOV"


def test_a_portfolio_of_several_words_leads_up_to_its_minister() -> None:
    text = "Namibian Deputy Minister of Mines and Energy, Ada Roe said it was good."
    assert of(text, "Namibian Deputy Minister of Mines and Energy, Ada Roe") == "person.ada-roe"


def test_parts_of_the_world_are_no_states_and_one_group_wherever_they_are() -> None:
    text = "Prices rose in Latin America. Troops of Western countries in Ukraine left, and German ones as well."
    ids = {a.id: a.name for a in cast(text)[1].actors}
    assert "usa" not in ids and "deu" in ids
    assert ids["group.western-countries"] == "Western countries"


def test_a_city_government_is_not_the_state_government() -> None:
    assert of("The Taipei City Government said that Taiwan would pay.", "The Taipei City Government") != "twn.gov"
