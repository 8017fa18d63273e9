"""The table of leaders is sound: ISO days, terms that begin before they end, one holder of an office at a time."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from onrecord.actors import leaders
from onrecord.tables import rows

# Offices that one person holds at a time. Vice presidents, deputies, spokesmen and envoys may be several.
SINGLE = {
    "president", "prime minister", "chancellor", "premier", "king", "queen", "emir", "sultan", "emperor", "pope",
    "foreign minister", "foreign secretary", "external affairs minister", "defence minister", "defence secretary",
    "secretary of state", "secretary of defense", "finance minister", "interior minister", "chief executive",
}  # fmt: skip
HEADS = {
    "president", "acting president", "interim president", "king", "queen", "emir", "sultan", "emperor", "pope",
    "grand duke", "prince", "supreme leader", "head of the presidential council", "head of the sovereign council",
    "junta leader", "military chief", "leader", "prime minister", "chancellor", "premier", "chief executive",
    "acting prime minister",
}  # fmt: skip
STATE = HEADS - {"prime minister", "chancellor", "premier", "acting prime minister"} | {
    "presidency member", "transitional president", "governor general", "head of state",
}  # fmt: skip
GOVERNMENT = {
    "prime minister", "acting prime minister", "chancellor", "premier", "chief executive", "minister of state",
    "chief adviser", "first vice president",
}  # fmt: skip
# Whose king's representative, or whose two princes abroad, the table leaves out.
REALMS = {"AND", "COK", "NIU", "TUV"}
# Whose head of state is head of government too.
ONE_HEAD = set(
    "AFG AGO ARG BEN BOL BRA BRN BWA CHE CHL COL COM CRI CYP DOM ECU ERI FSM GHA GMB GTM HND IDN KEN KIR LBR MDV MEX "
    "MHL MWI NGA NIC NRU OMN PAN PHL PLW PRY SLE SLV SSD SUR SYC TKM TUR URY USA VAT VEN ZAF ZMB ZWE".split()
)
# Nobody held the office on the day, or the office itself was abolished for a time.
VACANT = {
    ("2021-03-15", "GIN"), ("2021-03-15", "TCD"), ("2021-03-15", "SEN"), ("2021-03-15", "MMR"), ("2021-03-15", "SAU"),
    ("2022-06-15", "MMR"), ("2022-06-15", "SAU"), ("2022-06-15", "SEN"), ("2022-06-15", "SDN"), ("2024-06-15", "IRN"),
    ("2024-06-15", "MMR"), ("2024-06-15", "SDN"), ("2025-11-15", "GAB"), ("2025-11-15", "MMR"), ("2025-11-15", "SYR"),
    ("2025-11-15", "TGO"),
}  # fmt: skip
STATELESS = {
    ("2021-03-15", "CAN"), ("2022-06-15", "HTI"), ("2024-06-15", "HTI"), ("2025-11-15", "HTI"), ("2024-06-15", "LBN"),
}  # fmt: skip
# Antarctica has no government, and San Marino two captains regent for half a year each.
HEADLESS = {"ATA", "SMR"}
# Both claimed the office after the election of 2010, until one of them was arrested.
CONTESTED = {("CIV", "president")}
SAMPLES = ("2021-03-15", "2022-06-15", "2024-06-15", "2025-11-15")
MAJOR = "ARG AUS BRA CAN CHN DEU ESP FRA GBR IDN IND IRN ISR ITA JPN KOR MEX POL RUS SAU TUR UKR USA ZAF".split()
FOREIGN = {
    "foreign minister", "acting foreign minister", "foreign secretary", "external affairs minister",
    "secretary of state",
}  # fmt: skip
# A day or two when one term ends on the day on which the next begins, or was confirmed.
HANDOVER = 3


def day(written: str) -> date:
    """The first day that an ISO year, month or day begins with; the end of time for an open one."""
    parts = [int(part) for part in written.split("-")] if written else [9999]
    year, month, first = (*parts, 1, 1)[:3]
    return date(year, month, first)


def holders(on: str, offices: set[str]) -> dict[str, list[str]]:
    """Who holds one of some offices on an ISO day, by country."""
    found: dict[str, list[str]] = {}
    for row in rows("leaders.tsv"):
        if row["office"] in offices and row["from"] <= on and (not row["to"] or on <= row["to"]):
            found.setdefault(row["country"], []).append(row["name"])
    return found


def test_terms_have_iso_days_and_begin_before_they_end() -> None:
    iso = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
    for row in rows("leaders.tsv"):
        assert iso.fullmatch(row["from"]), row
        assert not row["to"] or iso.fullmatch(row["to"]), row
        assert day(row["from"]) < day(row["to"]), row


def test_no_line_stands_twice() -> None:
    lines = [tuple(row.values()) for row in rows("leaders.tsv")]
    assert len(lines) == len(set(lines))


def test_no_two_hold_one_office_of_one_state_at_a_time() -> None:
    terms: dict[tuple[str, str], list[tuple[date, date, str]]] = {}
    for row in rows("leaders.tsv"):
        office = (row["country"], row["office"])
        if row["office"] in SINGLE and office not in CONTESTED:
            terms.setdefault(office, []).append((day(row["from"]), day(row["to"]), row["name"]))
    for office, held in terms.items():
        for (_, last, before), (first, _, after) in pairwise(sorted(held)):
            assert (last - first).days <= HANDOVER, (office, before, after)


@pytest.mark.parametrize("on", SAMPLES)
def test_every_state_has_a_head(on: str) -> None:
    states = {row["code"] for row in rows("countries.tsv")} - HEADLESS
    assert states - holders(on, HEADS).keys() == set()


@pytest.mark.parametrize("on", SAMPLES)
def test_every_state_has_a_head_of_state_and_a_head_of_government(on: str) -> None:
    """Where one person is both, the office of the head of state is enough; of a realm the king is in London."""
    states = {row["code"] for row in rows("countries.tsv")} - HEADLESS
    stateless, vacant = ({code for day, code in told if day == on} for told in (STATELESS, VACANT))
    assert states - REALMS - stateless - holders(on, STATE).keys() == set()
    assert states - ONE_HEAD - vacant - holders(on, GOVERNMENT).keys() == set()


@pytest.mark.parametrize(
    ("id", "on", "sectors"),
    [
        ("person.carly-fiorina", "2016-02-01", ("PTY",)),
        ("person.carly-fiorina", "2017-02-01", ()),
        ("person.jeb-bush", "2015-12-01", ("PTY",)),
        ("person.jeb-bush", "2018-12-01", ("ELI",)),
    ],
)
def test_only_offices_of_state_make_ex_officials(id: str, on: str, sectors: tuple[str, ...]) -> None:
    assert leaders.standing(id, on)[1] == sectors


@pytest.mark.parametrize(
    ("surname", "titled", "id"),
    [
        ("johnson", False, "person.boris-johnson"),
        ("capito", False, None),
        ("capito", True, "person.shelley-moore-capito"),
    ],
)
def test_a_bare_surname_means_those_of_high_office(surname: str, titled: bool, id: str | None) -> None:
    assert leaders.known_by_surname(surname, "2021-06-01", titled=titled) == id


@pytest.mark.parametrize("on", SAMPLES)
def test_states_of_weight_have_a_foreign_minister(on: str) -> None:
    assert set(MAJOR) - holders(on, FOREIGN).keys() == set()


@pytest.mark.parametrize(
    ("name", "on", "told"),
    [
        ("person.rishi-sunak", "2021-03-01", ("GBR", ("GOV",), "chancellor of the exchequer")),
        ("person.rishi-sunak", "2023-03-01", ("GBR", ("GOV",), "prime minister")),
        ("person.theresa-may", "2025-03-01", ("GBR", ("ELI",), "former prime minister")),
        ("person.rishi-sunak", "2016-03-01", ("GBR", (), None)),
        ("person.mark-rutte", "2023-03-01", ("NLD", ("GOV",), "prime minister")),
        ("person.mark-rutte", "2025-03-01", ("IGO", (), "secretary general of NATO")),
    ],
)
def test_somebody_is_what_they_were_on_the_day(
    name: str, on: str, told: tuple[str, tuple[str, ...], str | None]
) -> None:
    assert leaders.standing(name, on) == told
