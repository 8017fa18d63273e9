"""Speakers beside a person: campaigns and aides, kin of one surname, what tells only what somebody is."""

from __future__ import annotations

from actors_of import of, reader

from onrecord.actors import find_actors
from onrecord.page import read_page

CAMPAIGN = (
    "Canadian Senator Pia Holt spoke in Lervik on Monday. The Holt campaign said the senator would win.\n\n"
    "Aides to Ms. Holt said she was tired. Holt's campaign denied that."
)


def test_a_campaign_is_a_group_of_its_own_however_it_is_worded() -> None:
    assert of(CAMPAIGN, "The Holt campaign") == "can.pty.holt-campaign"
    assert of(CAMPAIGN, "Holt's campaign") == "can.pty.holt-campaign"
    assert of(CAMPAIGN, "Aides to Ms. Holt") == "can.leg.holt-aides"


def test_the_campaign_is_the_one_told_of() -> None:
    text = "Canadian Senator Pia Holt spoke on Monday. Her campaign said she would win. The campaign said it had funds."
    assert of(text, "Her campaign") == of(text, "The campaign") == "can.pty.holt-campaign"


KIN = (
    "Canadian Senator Pia Holt said on Monday that the dam was safe. Her husband, Arne Holt, sat in the first row.\n\n"
    "The work would go on, Holt said."
)


def test_a_surname_is_not_that_of_a_relative_who_came_in_as_one() -> None:
    assert of(KIN, "Holt", nth=3) == "person.pia-holt"


def test_a_surname_is_nobody_where_the_relative_has_just_spoken() -> None:
    text = KIN.replace("sat in the first row", "said the valley was afraid")
    assert of(text, "Holt", nth=3) is None


def test_a_name_before_a_hyphen_and_an_adjective_is_nobody_new() -> None:
    text = (
        "Canadian Senator Pia Holt said on Monday that the dam was safe. Holt-friendly councillors cheered.\n\n"
        "The work would go on, Holt said."
    )
    assert of(text, "Holt", nth=3) == "person.pia-holt"


def test_what_a_speaker_also_is_is_no_other_speaker() -> None:
    text = 'The dam is safe, said Ida Brandt, professor of law at Lervik and author of "The Dry Valley."'
    whole = 'Ida Brandt, professor of law at Lervik and author of "The Dry Valley."'
    assert of(text, whole) == "person.ida-brandt"
    two = "The dam is safe, said Ida Brandt and a colleague."
    assert of(two, "Ida Brandt and a colleague") is None


def test_who_is_the_name_before_it() -> None:
    text = "The only guest on Friday was the Norwegian envoy Ida Brandt, who said the dam was safe."
    assert of(text, "who") == "person.ida-brandt"


def test_the_times_is_the_paper_told_of_under_its_whole_name() -> None:
    text = "The Lervik Harbour Times reported on Monday that the dam was safe. The Times said the work would go on."
    assert of(text, "The Times") == of(text, "The Lervik Harbour Times")


def test_a_former_president_is_the_one_whom_a_table_has_as_president() -> None:
    page = read_page(
        "Bill Clinton came to Lervik. The former president said the dam was safe.", source="test", kind="text"
    )
    actors = find_actors(page, reader().read(page))
    start = page.text.index("The former president")
    assert actors.at(start, start + 20) == "person.bill-clinton"


def test_a_businessman_is_no_woman() -> None:
    text = (
        "Canadian Senator Pia Holt met Arne Moe, who owns the docks, on Monday. Ms. Holt said the dam was safe.\n\n"
        "The Lervik businessman denied it."
    )
    assert of(text, "The Lervik businessman") in ("person.arne-moe", None)


def test_two_names_side_by_side_are_nobody() -> None:
    text = "Senators Pia Holt (Lervik) and Arne Moe (Tofte) said the dam was safe."
    assert of(text, "Senators Pia Holt (Lervik) and Arne Moe (Tofte)") is None


def test_a_name_right_behind_a_noun_that_no_table_has_is_the_speaker() -> None:
    whole = "Weather icon Ida Brandt, who turned 80 in Lervik on Monday,"
    assert of(f"{whole} said the dam was safe.", whole) == "person.ida-brandt"


def test_he_behind_a_quotation_is_nobody_in_it() -> None:
    text = (
        '"President Arne Moe seems to me to be afraid of the sea," Mayor Olav Rist said on Monday. The dam was old. '
        '"President Moe seems to be a friend of Lervik, for example," he said.'
    )
    assert of(text, "he said", nth=1) == "person.olav-rist"


def test_a_justice_is_a_judge() -> None:
    text = "Justice Ida Brandt of the Federal Court heard the miners on Monday. The judge said the law was clear."
    assert of(text, "The judge") == "person.ida-brandt"


def test_a_survey_by_name_is_a_body() -> None:
    text = "The dam is safe, according to the Lervik Geological Survey (LGS). Nobody was hurt."
    assert of(text, "the Lervik Geological Survey (LGS)") is not None
