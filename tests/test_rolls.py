"""Known people: a user's own list as CSV or FollowTheMoney JSON, and what it adds to a page. All are invented."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import KnownError, load_known
from onrecord.actors import Actors, Known, Roll, find_actors
from onrecord.cli import main
from onrecord.page import read_page
from onrecord.reader import Reader


@cache
def reader() -> Reader:
    return Reader()


def cast(text: str, known: Roll, published: str = "2024-05-06") -> Actors:
    page = read_page(text, source="test", published=published, kind="text")
    return find_actors(page, reader().read(page), known)


def written(folder: Path, text: str, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


TABLE = """\
name,names,country,sector,role,from,to
Kari Holm,Kari Marie Holm,Norway,,Minister of Fisheries,2023,2024-03
Kari Holm,,NOR,LEG,member of parliament,2024-04-01,
Rustam Yuldoshev,Roustam Youldochev,uz,GOV,deputy foreign minister,2021-02-03,
"""


def test_a_table_of_people(tmp_path: Path) -> None:
    first, second, third = load_known(written(tmp_path, TABLE))
    assert first == Known(
        "Kari Holm", "NOR", "GOV", "Minister of Fisheries", "2023-01-01", "2024-03-31", 0, ("Kari Marie Holm",),
        ended=True, source="people.csv line 2",
    )  # fmt: skip
    assert (second.sector, second.last, second.ended) == ("LEG", "", False)
    assert (third.country, third.names) == ("UZB", ("Roustam Youldochev",))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "an empty list"),
        ("role,country\nminister,NOR\n", "no column 'name'"),
        ("name,until\nKari Holm,2024\n", "no column 'until' is known"),
        ("name,country\nKari Holm,Atlantis\n", "line 2: 'Atlantis' is no country"),
        ("name,sector\nKari Holm,KING\n", "line 2: 'KING' is no sector"),
        ("name,from\nKari Holm,last May\n", "line 2: 'last May' is no date"),
        ("name,from,to\nKari Holm,2024,2021\n", "line 2: it ends before it begins"),
        ("name,role\nKari Holm,minister,NOR\n", "line 2: more cells than columns"),
        ("name,role\n,minister\n", "line 2: no name"),
        ('name,role\n"Kari Holm,minister\n', "unexpected end of data"),
        ('{"id": "Q1"}\n', "line 1: no FollowTheMoney entity"),
        ('{"id": "Q1", "schema": "Person", "properties": {"name": "Kari Holm"}}\n', "line 1: no FollowTheMoney"),
        ('{"id": "Q1", "schema": "Company", "properties": {"name": ["Holm AS"]}}\n', "no entity of schema Person"),
        ("[1, 2]\n", "no column '[1' is known"),
    ],
)
def test_a_list_that_cannot_be_used_says_where(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(KnownError) as caught:
        load_known(written(tmp_path, text))
    assert told in str(caught.value)
    assert "people.csv" in str(caught.value) and "\n" not in str(caught.value)


def test_a_list_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="No such file"):
        load_known(tmp_path / "none.csv")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(KnownError, match="not UTF-8"):
        load_known(tmp_path / "bytes.csv")


def entity(id: str, schema: str, **properties: list[object]) -> dict[str, object]:
    return {"id": id, "schema": schema, "properties": properties}


def test_followthemoney_apart(tmp_path: Path) -> None:
    entities = [
        entity("occ-1", "Occupancy", holder=["Q1"], post=["pos-1"], startDate=["2021-02"], endDate=["2024-01-31"]),
        entity("occ-2", "Occupancy", holder=["Q1"], post=["pos-2"], status=["unknown"]),
        entity("Q1", "Person", name=["Kari Holm", "Кари Холм"], alias=["Kari M. Holm"], nationality=["no"]),
        entity("pos-1", "Position", name=["Minister of Foreign Affairs of Norway"], country=["no"]),
        entity("pos-2", "Position", name=["Ambassador to Chile"], country=["no"]),
        entity("Q2", "Person", name=["Kari Holm"], country=["is", "dk"], position=["member of parliament"]),
        entity("Q3", "Company", name=["Holm AS"]),
    ]
    path = written(tmp_path, "\n".join(map(json.dumps, entities)), "entities.ftm.json")
    first, second = load_known(path)
    assert first == Known(
        "Kari Holm", "NOR", "GOV", "Minister of Foreign Affairs of Norway", "2021-02-01", "2024-01-31", 0,
        ("Kari M. Holm",), "person.kari-holm", True, "entities.ftm.json line 3",
    )  # fmt: skip
    assert (second.id, second.country, second.sector) == ("person.kari-holm-q2", None, "LEG")


def test_followthemoney_one_inside_the_other(tmp_path: Path) -> None:
    post = entity("pos-1", "Position", name=["President of Norway"], country=["no"])
    term = entity("occ-1", "Occupancy", post=[post], startDate=["2020"], status=["current"])
    person = entity("Q1", "Person", name=["Kari Holm"], positionOccupancies=[term])
    (line,) = load_known(written(tmp_path, json.dumps(person), "nested.json"))
    assert (line.country, line.sector, line.first, line.ended) == ("NOR", "GOV", "2020-01-01", False)


def test_an_office_counts_on_its_days(tmp_path: Path) -> None:
    roll = load_known(written(tmp_path, TABLE))
    text = "Kari Holm arrived on Monday."
    assert cast(text, roll, "2023-06-01").by_id("person.kari-holm").code == "NORGOV"
    assert cast(text, roll, "2024-06-01").by_id("person.kari-holm").code == "NORLEG"
    before = cast(text, roll, "2022-06-01").by_id("person.kari-holm")
    assert (before.country, before.sector, before.role) == ("NOR", None, None)


def test_past_officials_are_past(tmp_path: Path) -> None:
    roll = load_known(written(tmp_path, "name,country,role,to\nKari Holm,NOR,foreign minister,2024-01-31\n"))
    holm = cast("Kari Holm arrived on Monday.", roll).by_id("person.kari-holm")
    assert (holm.country, holm.sector, holm.role) == ("NOR", "ELI", "former foreign minister")


def test_what_pages_taught_is_believed_for_a_year() -> None:
    roll = Roll([Known("Kari Holm", "NOR", "GOV", "foreign minister", "2023-01-01", "2024-01-01", 7)])
    text = "Kari Holm arrived on Monday."
    assert cast(text, roll, "2024-11-01").by_id("person.kari-holm").code == "NORGOV"
    assert cast(text, roll, "2025-11-01").by_id("person.kari-holm").code is None


def test_the_page_goes_before_the_list(tmp_path: Path) -> None:
    roll = load_known(written(tmp_path, TABLE))
    holm = cast("Norwegian opposition leader Kari Holm arrived on Monday.", roll).by_id("person.kari-holm")
    assert holm.sector == "OPP"


def test_other_spellings_are_the_same_person(tmp_path: Path) -> None:
    roll = load_known(written(tmp_path, TABLE))
    text = "Roustam Youldochev met envoys on Monday. Rustam Yuldoshev said the talks were useful."
    assert [a.id for a in cast(text, roll).actors if a.kind == "person"] == ["person.rustam-yuldoshev"]


def test_a_bare_surname_is_recalled_where_its_country_is_named(tmp_path: Path) -> None:
    roll = load_known(written(tmp_path, TABLE))
    told = cast("Yuldoshev said on Monday that Uzbekistan would wait.", roll).actors
    assert [a.code for a in told if a.kind == "person"] == ["UZBGOV"]
    silent = cast("Yuldoshev said on Monday that Peru would wait.", roll).actors
    assert [a.code for a in silent if a.kind == "person"] == [None]
    other = cast("Olim Yuldoshev said on Monday that Uzbekistan would wait. Yuldoshev left.", roll).actors
    assert {a.id for a in other if a.kind == "person"} == {"person.olim-yuldoshev"}


def test_namesakes_are_told_apart_by_country_or_left() -> None:
    roll = Roll(
        [
            Known("Kari Holm", "NOR", "GOV", "minister", "2020-01-01", id="person.kari-holm"),
            Known("Kari Holm", "ISL", "LEG", "lawmaker", "2020-01-01", id="person.kari-holm-q2"),
        ]
    )
    assert cast("Kari Holm left Iceland on Monday.", roll).by_id("person.kari-holm-q2").code == "ISLLEG"
    assert cast("Kari Holm left on Monday.", roll).by_id("person.kari-holm").country is None


def test_the_digest_is_of_the_lines_whatever_their_order() -> None:
    a, b = Known("Kari Holm", "NOR"), Known("Rustam Yuldoshev", "UZB")
    assert Roll([a, b]).digest == Roll([b, a]).digest != Roll([a]).digest


def test_the_command_takes_a_list(tmp_path: Path) -> None:
    page = written(tmp_path, "Talks on fish\n\nKari Holm said on Monday that the talks had failed.\n", "page.txt")
    people = written(tmp_path, TABLE)
    command = ["read", str(page), "--json", "--published", "2023-06-01"]
    plain = json.loads(CliRunner().invoke(main, command).stdout)
    told = json.loads(CliRunner().invoke(main, [*command, "--known", str(people)]).stdout)
    assert [a["code"] for a in plain["actors"] if a["id"] == "person.kari-holm"] == [None]
    assert [a["code"] for a in told["actors"] if a["id"] == "person.kari-holm"] == ["NORGOV"]
    assert told["reader"] != plain["reader"]
    failed = CliRunner().invoke(main, [*command, "--known", str(tmp_path / "none.csv")])
    assert failed.exit_code == 1 and "none.csv: No such file" in failed.stderr
