"""Actors by composition: what head nouns, modifiers and names tell, and what they do not, on invented sentences."""

from __future__ import annotations

import pytest
from actors_of import cast, of

from onrecord.actors import resolve_mention
from onrecord.actors.gazetteer import gazetteer
from onrecord.actors.wording import to_words
from onrecord.record import Actor


def coded(text: str, words: str, nth: int = 1) -> tuple[str | None, str | None] | None:
    """Country and sector of the actor of the n-th time that words stand in the text; None where nobody is meant."""
    found = meant(text, words, nth)
    return (found.country, found.sector) if found else None


def meant(text: str, words: str, nth: int = 1) -> Actor | None:
    id = of(text, words, nth)
    return cast(text)[1].by_id(id) if id else None


@pytest.mark.parametrize(
    ("mention", "country", "sector"),
    [
        ("the president of Norway", "NOR", "GOV"),
        ("the president of the Peruvian football federation", "PER", "SOC"),
        ("the president of Fenaruca", None, None),
        ("cricket officials in Kenya", "KEN", "SOC"),
        ("Chile's first leftist president", "CHL", "GOV"),
        ("a leftist lawmaker from Chile", "CHL", "LEG"),
        ("local officials in Peru", "PER", "GOV"),
        ("the Lisbon police general command", "PRT", "COP"),
        ("Kenya's reserve bank", "KEN", "GOV"),
        ("the Bank of Zambia", "ZMB", "GOV"),
        ("an ex-guerrilla from Colombia", "COL", None),
        ("a political faction", None, "PTY"),
        ("the Jubilee Party youth chairman", "KEN", "PTY"),
        ("Muslims in Norway", "NOR", "CVL"),
        ("imams in Norway", "NOR", "REL"),
        ("North Korean defectors", "PRK", "REF"),
        ("Joe Biden's family", "USA", "ELI"),
    ],
)
def test_a_head_and_what_leans_on_it(mention: str, country: str | None, sector: str | None) -> None:
    assert resolve_mention(mention, "2022-06-15") == (country, sector)


def test_an_acronym_with_a_small_letter_is_no_other_word() -> None:
    assert meant("Let's vote on it, the mayor of Oslo said.", "Let") is None


def test_abstract_nouns_are_nobody() -> None:
    text = (
        "The minister abused a position of trust and authority, and obstructed the administration of justice in Peru."
    )
    assert meant(text, "authority") is None
    assert meant(text, "the administration of justice") is None


def test_ambassadors_are_not_of_the_country_that_a_page_is_about() -> None:
    text = "Peru's parliament in Lima met. The Peruvian president spoke to forty ambassadors about the Peruvian vote."
    assert coded(text, "forty ambassadors") == (None, "GOV")


def test_a_spokesman_for_a_leader_is_another() -> None:
    text = "Karim Haddad, a spokesman for Palestinian president Mahmoud Abbas, called the raid a crime."
    assert meant(text, "Karim Haddad") is not None
    assert meant(text, "Karim Haddad") is meant(text, "a spokesman for Palestinian president Mahmoud Abbas")
    assert meant(text, "Karim Haddad") is not meant(text, "Mahmoud Abbas")


def test_the_military_is_that_of_the_army_told_before() -> None:
    text = (
        "Chadian soldiers crossed into Sudan on Monday. The Chadian army said it had found arms in Sudan. "
        "The military said nobody was hurt."
    )
    assert coded(text, "The military") == ("TCD", "MIL")


def test_a_paper_is_of_the_press_by_its_name() -> None:
    assert coded("Four men were held in Kingston, The Jamaica Courier reported.", "The Jamaica Courier") == (
        "JAM",
        "JRN",
    )


def test_a_party_that_no_table_has_is_a_party_at_home() -> None:
    text = "In Lima the Andean Reform Party left the Peruvian government, Peru's prime minister said."
    assert coded(text, "the Andean Reform Party") == ("PER", "PTY")


def test_her_lawyer_is_not_the_one_who_spoke() -> None:
    text = "Chief Justice Per Dal said the case was closed. Her lawyer said Eva Moe would appeal."
    found = meant(text, "Her lawyer")
    assert found is None or found.name != "Per Dal"


def test_cities_in_a_list_behind_a_preposition_of_place_are_places() -> None:
    text = "Clashes were seen in Goma, Kampala and Nairobi, officials said."
    assert meant(text, "Kampala") is None
    assert meant(text, "Nairobi") is None


@pytest.mark.parametrize("opening", ["CAIRO - 27 June 2022: ", "CAIRO – ", "CAIRO: "])
def test_a_dateline_is_nobody(opening: str) -> None:
    assert meant(f"{opening}Prime Minister Adel Nasr opened the road, the cabinet said.", "CAIRO") is None


def test_titles_before_a_name_are_no_mentions_of_their_own() -> None:
    text = "Kuwait: Prime Minister Sheikh Salem Al-Rashid resigned on Monday. Al-Rasheed said he was tired."
    assert meant(text, "Al-Rasheed") is meant(text, "Sheikh Salem Al-Rashid")


def test_congress_is_the_party_where_that_party_is_at_home() -> None:
    home = "In Delhi the Indian government met. Congress leader Asha Rao said India must act, and Congress agreed."
    away = "In Washington the US government waited. Congress passed the bill, the White House said."
    assert coded(home, "Asha Rao") == ("IND", "PTY")
    assert coded(away, "Congress") == ("USA", "LEG")


def test_a_particle_of_a_name_makes_no_place_of_what_follows() -> None:
    text = "The Amir of Kuwait, Sheikh Salem Al-Jaber Al-Sabah, received a letter in Kuwait on Monday."
    found = meant(text, "The Amir of Kuwait")
    assert found is not None
    assert found.country == "KWT"


def test_a_doctor_with_an_office_right_before_the_name_holds_it() -> None:
    text = "The prime minister met the World Health Organization's representative to Mongolia Dr. Sven Moe on Monday."
    assert coded(text, "Dr. Sven Moe") == ("UNO", "MED")


def test_an_acronym_in_brackets_is_its_bodys_whatever_its_letters() -> None:
    text = "In El Salvador the National Civil Police (PNC) held two men. The PNC said they were armed."
    assert meant(text, "PNC", 2) is meant(text, "the National Civil Police")


def test_signs_that_are_no_words_mean_nobody() -> None:
    assert gazetteer().at(to_words(["…", "—"]), 0) is None
