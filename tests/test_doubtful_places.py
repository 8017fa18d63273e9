"""Names of places that mean several countries: told apart by their context, or left open. Invented."""

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
    return find_places(page, reading, find_actors(page, reading)).in_span(0, len(page.text))


@pytest.mark.parametrize(
    ("name", "country", "text"),
    [
        ("Georgia", "GEO", "Protesters gathered in Georgia on Monday as deputies in Tbilisi debated the bill."),
        ("Georgia", "USA", "The candidate spent a week in Georgia, where turnout in Atlanta had been low."),
        ("Georgia", None, "Two people were hurt in Georgia on Monday."),
        ("Georgia", "USA", "Recounts began in Georgia, Arizona and Pennsylvania on Friday."),
        ("Georgia", "GEO", "Envoys from Armenia and Azerbaijan met in Georgia for a second day."),
        ("Guinea", "GIN", "The junta in Guinea promised a vote, a radio in Conakry reported."),
        ("Guinea", "GIN", "Miners went on strike in Guinea on Sunday."),
        ("Equatorial Guinea", "GNQ", "A tanker was held in Equatorial Guinea for a month."),
        ("Guinea-Bissau", "GNB", "Soldiers were seen in Guinea-Bissau near the port."),
        ("Papua New Guinea", "PNG", "A landslide buried a village in Papua New Guinea."),
        ("Gulf of Guinea", None, "Pirates boarded a ship in the Gulf of Guinea on Sunday."),
        ("Congo", "COD", "Fighting went on in Congo, where the army lost a town near Goma."),
        ("Congo", "COG", "The president said in Congo, at a port near Pointe-Noire, that oil would pay."),
        ("Congo", None, "A boat sank in Congo on Sunday."),
        ("Korea", "KOR", "Rents rose in Korea, and Seoul promised a cap."),
        ("Korea", "PRK", "A parade was held in Korea, KCNA said from Pyongyang."),
        ("Korea", None, "A summit was held in Korea in spring."),
        ("South Korea", "KOR", "A factory was shut in South Korea on Friday."),
        ("North Korea", "PRK", "A factory was shut in North Korea on Friday."),
        ("Jordan", "JOR", "Refugees arrived in Jordan overnight."),
        ("Jordan Valley", None, "Farmers were turned back in the Jordan Valley on Monday."),
        ("Niger", "NER", "Flights were stopped in Niger after the coup in Niamey."),
        ("Niger State", "NGA", "Gunmen took eleven pupils in Niger State on Tuesday."),
        ("Niger Delta", "NGA", "A pipeline burst in the Niger Delta."),
        ("Chad", "TCD", "Aid convoys waited in Chad near the border."),
        ("Lake Chad", None, "Fishermen were killed on an island in Lake Chad on Sunday."),
        ("Luxembourg", "LUX", "Ministers met in Luxembourg on Thursday."),
        ("Luxembourg", "BEL", "Floods hit villages in Luxembourg, north of Arlon and Bastogne."),
        ("Panama", "PAN", "Talks went on in Panama over the mine."),
        ("Panama City", "PAN", "Two ministers met in Panama City, and the Panamanian president joined them."),
        ("Panama City", "USA", "A storm tore roofs off in Panama City, Florida."),
        ("Granada", "ESP", "A tram derailed in Granada, in the south of Spain."),
        ("Granada", "NIC", "Four students were held in Granada, a lawyer in Nicaragua said."),
        ("Granada", None, "Four students were held in Granada on Monday."),
        ("León", "MEX", "Shoemakers marched in León, the largest city of Guanajuato."),
        ("Cartagena", "ESP", "A submarine was launched in Cartagena, the Spanish navy said."),
        ("Valencia", "VEN", "The lights went out in Valencia and two other towns in Venezuela."),
        ("Tripoli", "LBN", "A boat left from a beach in Tripoli, Lebanese rescuers said."),
        ("Tripoli", "LBY", "Militias clashed in Tripoli overnight."),
        ("Odessa", "UKR", "Drones hit a silo in Odessa overnight."),
        ("Odessa", "USA", "Oil workers met in Odessa, Texas, on Friday."),
        ("Macedonia", "GRC", "Farmers blocked a road in Macedonia, near Thessaloniki."),
        ("Macedonia", "MKD", "A bus caught fire in Macedonia, the mayor of Skopje said."),
        ("Hyderabad", "PAK", "A court in Hyderabad freed the two, police in Sindh said."),
        ("Hyderabad", "IND", "A rally was held in Hyderabad by a party of Telangana."),
        ("Perth", "GBR", "Delegates met in Perth to choose the Scottish party's new head."),
        ("Brest", "BLR", "Migrants camped in Brest, on the Belarusian side of the border."),
        ("Brest", "FRA", "Dockers walked out in Brest, in Brittany."),
        ("Armenia", "COL", "Coffee growers met in Armenia, the capital of Quindío."),
        ("South China Sea", None, "Two coastguards collided in the South China Sea."),
        ("Gulf of Mexico", None, "A rig caught fire in the Gulf of Mexico."),
        ("Sudan", "SDN", "A market was shelled in Sudan on Friday."),
        ("South Sudan", "SSD", "A market was burned down in South Sudan on Friday."),
    ],
)  # fmt: skip
def test_a_name_is_told_apart_or_left_open(name: str, country: str | None, text: str) -> None:
    found = {place.span.text.removeprefix("the "): place for place in places(text)}
    assert name in found, found
    assert found[name].country == country


@pytest.mark.parametrize(
    "text",
    [
        "Jordan Dahl said the vote was fair.",
        "The committee heard Chad Moe on Monday.",
        "A letter by Georgia Holm was read out.",
    ],
)
def test_people_are_no_countries(text: str) -> None:
    page = read_page(text, source="test", published="2024-05-06", kind="text")
    reading = reader().read(page)
    actors = find_actors(page, reading)
    assert not {actor.country for actor in actors.actors} & {"JOR", "TCD", "GEO", "USA"}
    assert places(text) == ()


def test_degrees_go_with_the_country_and_are_left_out_without_one() -> None:
    (spain,) = (p for p in places("A tram derailed in Granada, in Spain.") if p.name == "Granada")
    (nowhere,) = places("Four students were held in Granada on Monday.")
    assert spain.lat == pytest.approx(37.2, abs=0.2)
    assert spain.lon == pytest.approx(-3.6, abs=0.2)
    assert (nowhere.country, nowhere.lat, nowhere.lon) == (None, None, None)
