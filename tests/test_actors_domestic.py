"""Kin, committees, capitals that are towns, and offices that leave their country unsaid, on invented sentences."""

from __future__ import annotations

import pytest
from actors_of import reader
from test_actors_composed import coded, meant

from onrecord.actors import find_actors, resolve_mention
from onrecord.page import read_page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Norway's foreign minister Odd Lie sings. His wife Turid Lie paints barns, he said.", "Turid Lie"),
        ("The son of former president Odd Lie of Norway was fined on Tuesday.", "The son"),
        ("Norway's foreign minister Odd Lie sings. Her husband is proud of Odd Lie's brother.", "brother"),
    ],
)
def test_kin_of_those_in_office_are_of_a_leaders_family(text: str, words: str) -> None:
    found = coded(text, words)
    assert found is not None
    assert found[1] == "ELI"


def test_kin_of_others_are_citizens() -> None:
    assert coded("The plumber Odd Lie was fined in Oslo. His wife paid, police in Norway said.", "His wife") == (
        "NOR",
        "CVL",
    )


@pytest.mark.parametrize(
    ("mention", "sector"),
    [
        ("the House Home Affairs Committee", "LEG"),
        ("the Senate finance committee", "LEG"),
        ("hundreds of young Norwegians", "CVL"),
        ("the Norwegians", None),
        ("a former first lady", "ELI"),
        ("the police commissioner general", "COP"),
        ("the far right", "PTY"),
        ("the private sector", "BUS"),
        ("a third party", None),
    ],
)
def test_a_head_and_what_stands_before_it(mention: str, sector: str | None) -> None:
    assert resolve_mention(mention, "2022-06-15")[1] == sector


def test_a_group_of_many_is_no_company() -> None:
    found = coded("In Norway the Group of Nineteen met twice, its members said.", "the Group of Nineteen")
    assert found is None or found[1] is None


def test_a_capital_after_which_things_happened_is_no_government() -> None:
    text = "After Oslo, after Helsinki, the band was tired. Reykjavik protested against the noise."
    assert meant(text, "Oslo") is None
    assert coded(text, "Reykjavik") == ("ISL", "GOV")


def test_what_a_town_has_is_no_governments() -> None:
    assert meant("Cattle filled Oslo's streets while the drummers slept.", "Oslo") is None


def test_the_second_of_two_offices_is_of_the_same_state() -> None:
    text = "The Danish king thanked the Norwegian president and prime minister in a letter from Spain and Chad."
    assert coded(text, "prime minister") == ("NOR", "GOV")


def test_one_leaders_cabinet_is_not_anothers() -> None:
    text = "The Dal cabinet resigned on Monday. The Vik cabinet had resigned in spring, Norway's king said."
    assert meant(text, "The Dal cabinet") != meant(text, "The Vik cabinet")


def test_a_president_is_no_town_of_that_name() -> None:
    assert coded("The Bush administration refused on Monday to sell its ships.", "The Bush administration") != (
        "EGY",
        "GOV",
    )


def test_this_country_is_not_the_one_told_of_before() -> None:
    text = "People flee Chad and Mali. Farmers from Chad cannot come into this country, the Norwegian singer said."
    assert meant(text, "this country") is None


def test_governments_of_a_part_of_the_world_are_of_no_one_country() -> None:
    text = "In Oslo, Norway said it would lend. Norway asks African governments to wait, Norwegian banks said."
    found = coded(text, "African governments")
    assert found is not None
    assert found[0] is None


def test_a_bare_office_is_of_the_one_country_of_its_sentence() -> None:
    text = (
        "Chad and Norway quarrel about fish. Norway sends fish, and Chad sends none. "
        "Five men died in northern Chad, the army said."
    )
    assert coded(text, "the army") == ("TCD", "MIL")


def test_whoever_is_of_a_party_by_now_is_no_ex_official() -> None:
    text = "Goodluck Jonathan of the Action Congress asked for rice in Abuja. Nigeria has rice."
    assert coded(text, "Goodluck Jonathan") == ("NGA", "ELI")
    text = text.replace("Action Congress", "All Progressives Congress")
    assert coded(text, "Goodluck Jonathan") == ("NGA", "PTY")


def test_a_papers_own_writer_is_of_the_press() -> None:
    found = coded("The Washington Post's Ingrid Solberg counted geese.", "Ingrid Solberg")
    assert found is not None
    assert found[1] == "JRN"


def test_an_officials_brother_is_a_citizen() -> None:
    text = "Odd Lie, an official of Norway's finance ministry, was fined. His brother paid, police said."
    found = coded(text, "His brother")
    assert found is not None
    assert found[1] == "CVL"


@pytest.mark.parametrize(
    ("mention", "country", "sector"),
    [
        ("Norwegian foreign intelligence agencies", "NOR", "SPY"),
        ("Conservative Party activists", None, "PTY"),
        ("a fellow candidate", None, "PTY"),
        ("a non-partisan observer", None, None),
        ("a former U.N. ambassador", None, "ELI"),
        ("a swing state", None, None),
        ("Norwegian armed forces", "NOR", "MIL"),
        ("Norwegian-armed rebels", None, "REB"),
        ("the Peace Corps", "USA", "GOV"),
    ],
)
def test_what_stands_before_a_head(mention: str, country: str | None, sector: str | None) -> None:
    assert resolve_mention(mention, "2022-06-15") == (country, sector)


def test_a_ministers_country_is_his_presidents() -> None:
    text = "In Lima, Peru's economy minister Ana Rojo resigned. President Odd Lie of Norway sacked his economy minister"
    found = coded(text, "his economy minister")
    assert found is not None
    assert found[0] == "NOR"


def test_a_known_office_goes_before_a_trade() -> None:
    found = coded("The author Emmanuel Macron reads aloud in Lyon.", "Emmanuel Macron")
    assert found == ("FRA", "GOV")


def test_a_style_between_an_office_and_a_name_is_nobody() -> None:
    found = coded("The newspaper's national security editor Dr. Odd Lie denounced the plan.", "Odd Lie")
    assert found is not None
    assert found[1] == "JRN"


def test_a_place_behind_a_name_gives_no_office() -> None:
    found = coded("The storm Bonnie hit many parts of Oslo, and Olga Moe in Oslo was wet.", "Olga Moe")
    assert found is None or found[1] is None
    assert meant("The storm flooded many parts of Oslo on Monday.", "Oslo") is None


def test_a_long_page_is_about_no_country_that_it_names_once() -> None:
    filler = "Knitting clubs meet on Fridays and count their needles twice before they leave the hall again. " * 18
    assert coded(f"{filler}The French like wool. The government said so.", "The government") == (None, "GOV")
    assert coded("The French like wool. The government said so.", "The government") == ("FRA", "GOV")


def test_provinces_of_two_states_make_no_home() -> None:
    text = "Robbers hit Montana Road near Durban. The police said shops in Montana and Durban were shut."
    found = coded(text, "The police")
    assert found is not None
    assert found[0] is None


def test_a_department_of_one_state_is_not_meant_on_a_page_about_another() -> None:
    text = "In Oslo, Norway asked for papers. The Department of Justice answered, Norway's police said."
    found = coded(text, "The Department of Justice")
    assert found is not None
    assert found[0] != "USA"
    text = "In Washington the United States waited. The Department of Justice answered."
    assert coded(text, "The Department of Justice") == ("USA", "GOV")


def test_no_trade_makes_a_leader_of_a_namesake() -> None:
    found = meant("Dean Macron, a salesman from Lyon, France, sells shoes.", "Macron")
    assert found is None or found.id != "person.emmanuel-macron"


def test_who_hopes_for_an_office_is_of_a_party() -> None:
    assert resolve_mention("White House hopeful", "2022-06-15") == ("USA", "PTY")
    assert resolve_mention("a Norwegian parliamentary candidate", "2022-06-15") == ("NOR", "PTY")


def test_an_office_that_the_page_tells_of_somebody_known_gives_the_sector() -> None:
    page = read_page("Mark McGowan sued a miner in Australia. The state premier lost.", source="test", kind="text")
    actors = find_actors(page, reader().read(page))
    assert {actor.id: actor.sector for actor in actors.actors}["person.mark-mcgowan"] == "GOV"
