"""The register of outlets, and the agencies that articles credit, in the ways of desks around the world."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from onrecord.outlets import agency, canonical, is_agency, listings, outlet
from onrecord.page import article_page
from onrecord.page.wire import agency_in_dateline
from onrecord.record import Outlet
from onrecord.tables import rows

FIRST = "Ministers of five coastal states signed a treaty on fishing on Tuesday, after nine years of talks."
SECOND = "The treaty sets a common season and lets inspectors of each state board the boats of the others."
THIRD = "It enters into force when four parliaments have approved it, which two of them promised to do by summer."

AGENCIES = """
AFP; Associated Press; Reuters; UPI; Bloomberg; dpa; EFE; ANSA; Xinhua; TASS; Interfax; Sputnik; Ukrinform; BelTA;
Kyodo News; Jiji Press; Yonhap; KCNA; Bernama; Antara; Philippine News Agency; Vietnam News Agency; Press Trust of
India; Asian News International; IANS; UNI; Associated Press of Pakistan; BSS; UNB; Anadolu Agency; IRNA; ISNA;
Tasnim; Fars; Mehr; SANA; NNA; Petra; WAFA; MENA; Saudi Press Agency; WAM; QNA; KUNA; BNA; ONA; INA; Algeria Press
Service; MAP; TAP; NAN; Ghana News Agency; Ethiopian News Agency; Prensa Latina; Andina; Montsame; AAP; PA; The
Canadian Press; Inter Press Service; Armenpress; AZERTAC; Kazinform; Tanjug; PAP; MTI; Agerpres; Hina; Lusa; Belga;
ANP; Ritzau; China News Service; Central News Agency; African News Agency
"""

OUTLETS = {
    "https://edition.cnn.com/2026/02/03/world/a": ("CNN", "USA"),
    "https://www.bbc.co.uk/news/a": ("BBC", "GBR"),
    "https://english.alarabiya.net/a": ("Al Arabiya", "SAU"),
    "https://www.presstv.co.uk/a": ("Press TV", "IRN"),
    "https://amp.theguardian.com/a": ("The Guardian", "GBR"),
    "https://guardian.ng/a": ("The Guardian (Nigeria)", "NGA"),
    "https://www.arabnews.pk/a": ("Arab News", "SAU"),
    "https://en.yna.co.kr/view/a": ("Yonhap", "KOR"),
    "https://english.news.cn/a": ("Xinhua", "CHN"),
    "https://www.xinhuanet.com/a": ("Xinhua", "CHN"),
    "https://www.nation.co.ke/a": ("Nation", "KEN"),
    "https://e.vnexpress.net/a": ("VnExpress", "VNM"),
    "https://www.reforma.com/a": ("Reforma", "MEX"),
    "https://www.lemonde.fr/en/a": ("Le Monde", "FRA"),
    "https://today.lorientlejour.com/a": ("L'Orient-Le Jour", "LBN"),
    "https://news.un.org/en/a": ("UN News", "UNO"),
}


def credit(*paragraphs: str) -> str | None:
    return article_page({"text": "\n\n".join(paragraphs)}, source="-").credit


class TestRegister:
    def test_names_of_the_register_are_unique(self) -> None:
        names = [name for one in listings() for name in {key(each) for each in (one.name, *one.aliases)}]
        assert [name for name, count in Counter(names).items() if count > 1] == []

    def test_every_domain_stands_once_and_is_one(self) -> None:
        domains = [domain for one in listings() for domain in (one.domain, *one.mirrors)]
        assert [domain for domain, count in Counter(domains).items() if count > 1] == []
        assert [domain for domain in domains if not re.fullmatch(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+", domain)] == []

    def test_countries_are_codes(self) -> None:
        codes = {row["code"] for row in rows("countries.tsv")} | {"VAT", "UNO"}
        assert {one.country for one in listings()} <= codes

    def test_the_world_is_in_it(self) -> None:
        """Outlets of 150 countries, agencies of 90; no large state without one."""
        assert len({one.country for one in listings()}) >= 150
        assert len({one.country for one in listings() if one.agency}) >= 90
        large = (
            "CHN IND USA IDN PAK NGA BRA BGD RUS ETH MEX JPN PHL EGY COD VNM IRN TUR DEU THA GBR TZA FRA ZAF ITA KEN"
        )
        assert {*large.split()} <= {one.country for one in listings()}

    @pytest.mark.parametrize("name", [name.strip() for name in AGENCIES.replace("\n", " ").split(";")])
    def test_large_agencies_are_known_as_such(self, name: str) -> None:
        assert is_agency(name) and agency(name) == name

    @pytest.mark.parametrize(("url", "expected"), OUTLETS.items(), ids=lambda value: str(value)[:40])
    def test_an_address_tells_the_outlet(self, url: str, expected: tuple[str, str]) -> None:
        found = outlet(url=url)
        assert found is not None and (found.name, found.country) == expected
        assert canonical(found) == expected[0]


class TestCanonical:
    def test_the_register_first_then_the_domain_then_the_name(self) -> None:
        assert canonical(Outlet("BBC News", "www.bbc.co.uk", "GBR")) == "BBC"
        assert canonical(Outlet("The Herald", "www.inselherald.example", None)) == "inselherald.example"
        assert canonical(Outlet("The Lake Herald", None, None)) == "The Lake Herald"
        assert canonical(Outlet("Agence France-Presse", None, None)) == "AFP"
        assert canonical(None) is None

    def test_addresses_that_a_page_gives_for_itself_are_one(self) -> None:
        here = Outlet("Baltic Courier", "www.balticcourier.example", None, ("balticcourier.test",))
        there = Outlet("Baltic Courier", "balticcourier.test", None, ("www.balticcourier.example",))
        assert canonical(here) == canonical(there) == "balticcourier.example"


DATELINES = [
    ("MOSCOW, Feb 3 (Reuters) - ", "Reuters"),
    ("(Reuters) - ", "Reuters"),
    ("Feb 3 (Reuters) - ", "Reuters"),
    ("KABUL, Feb. 3 (Xinhua) -- ", "Xinhua"),
    ("BEIRUT (AP) — ", "Associated Press"),
    ("BEIRUT (AP) _ ", "Associated Press"),
    ("Washington, Feb 3 (AP/AFP) - ", "Associated Press"),
    ("Paris, Feb 3, 2026 (AFP) - ", "AFP"),
    ("Paris (AFP) – ", "AFP"),
    ("PARIS: (AFP) ", "AFP"),
    ("AFP - ", "AFP"),
    ("MOSCOW, February 3. /TASS/. ", "TASS"),
    ("MOSCOW. Feb 3 (Interfax) - ", "Interfax"),
    ("MOSCOW, February 3 (Sputnik) - ", "Sputnik"),
    ("KYIV. Feb 3 (Interfax-Ukraine) – ", "Interfax-Ukraine"),
    ("MINSK, 3 February (BelTA) – ", "BelTA"),
    ("YEREVAN, FEBRUARY 3, ARMENPRESS. ", "Armenpress"),
    ("BAKU, February 3, AZERTAC ", "AZERTAC"),
    ("ASTANA. KAZINFORM – ", "Kazinform"),
    ("Ulaanbaatar /MONTSAME/. ", "Montsame"),
    ("Ulaanbaatar/MONTSAME/. ", "Montsame"),
    ("ANKARA (AA) - ", "Anadolu Agency"),
    ("Berlin (dpa) - ", "dpa"),
    ("Madrid, 3 feb (EFE).- ", "EFE"),
    ("Madrid, Feb 3 (efe-epa).- ", "EFE"),
    ("(ANSA) - ROME, FEB 3 - ", "ANSA"),
    ("WARSAW (PAP) – ", "PAP"),
    ("Vienna (APA) - ", "APA"),
    ("Belgrade, Feb 3 (Tanjug) - ", "Tanjug"),
    ("TOKYO, Feb. 3 (Kyodo) -- ", "Kyodo News"),
    ("TOKYO (Jiji Press) -- ", "Jiji Press"),
    ("SEOUL, Feb. 3 (Yonhap) -- ", "Yonhap"),
    ("PYONGYANG, February 3 (KCNA) -- ", "KCNA"),
    ("New Delhi, Feb 3 (PTI) ", "Press Trust of India"),
    ("New Delhi [India], February 3 (ANI): ", "Asian News International"),
    ("New Delhi, Feb 3 (IANS) ", "IANS"),
    ("New Delhi, Feb 3 (UNI) ", "UNI"),
    ("ISLAMABAD, Feb 03 (APP):", "Associated Press of Pakistan"),
    ("DHAKA, Feb 3, 2026 (BSS) - ", "BSS"),
    ("Kathmandu, Feb. 3 (RSS): ", "RSS"),
    ("KUALA LUMPUR, Feb 3 (Bernama) -- ", "Bernama"),
    ("Jakarta (ANTARA) - ", "Antara"),
    ("Hanoi (VNA) – ", "Vietnam News Agency"),
    ("MANILA (PNA) – ", "Philippine News Agency"),
    ("Tehran, IRNA – ", "IRNA"),
    ("TEHRAN, Feb. 03 (MNA) – ", "Mehr"),
    ("TEHRAN (FNA)- ", "Fars"),
    ("TEHRAN (Tasnim) – ", "Tasnim"),
    ("Damascus, SANA- ", "SANA"),
    ("RAMALLAH, February 3, 2026 (WAFA) - ", "WAFA"),
    ("KUWAIT, Feb 3 (KUNA) -- ", "KUNA"),
    ("DUBAI, 3rd February, 2026 (WAM) -- ", "WAM"),
    ("Riyadh, February 03, 2026, SPA -- ", "Saudi Press Agency"),
    ("Muscat, 3 Feb (ONA) --- ", "ONA"),
    ("Accra, Feb. 3, GNA – ", "Ghana News Agency"),
    ("Addis Ababa, February 3, 2026 (ENA) ", "Ethiopian News Agency"),
    ("Lagos, Feb. 3, 2026 (NAN) ", "NAN"),
    ("Oyam & Gulu, Uganda , Feb 3 2026 (IPS) - ", "Inter Press Service"),
    ("Havana, Feb 3 (Prensa Latina) ", "Prensa Latina"),
    ("Lima, Feb. 3 (ANDINA). ", "Andina"),
    ("SYDNEY, Feb 3 (AAP) - ", "AAP"),
]

CLOSINGS = [
    ("(AFP)", "AFP"),
    ("– AFP", "AFP"),
    ("-AFP", "AFP"),
    ("AFP", "AFP"),
    ("Agence France-Presse", "AFP"),
    ("AFP/Reuters", "AFP"),
    ("(AP, AFP)", "Associated Press"),
    ("Sources: AP, AFP", "Associated Press"),
    ("[AFP]", "AFP"),
    ("SOURCE: REUTERS", "Reuters"),
    ("Via AFP", "AFP"),
    ("-- BERNAMA", "Bernama"),
    ("(PTI)", "Press Trust of India"),
    ("(ANI)", "Asian News International"),
    ("– IANS", "IANS"),
    ("Source: Xinhua", "Xinhua"),
    ("Anadolu", "Anadolu Agency"),
]

UNCREDITED = [
    "The Saudi Press Agency (SPA) said on Tuesday that ministers of five coastal states had signed a treaty.",
    "Oman News Agency (ONA) reported that ministers of five coastal states had signed a treaty on fishing.",
    "In Moscow, TASS said that ministers of five coastal states had signed a treaty on fishing on Tuesday.",
    "Algiers - Ministers of five coastal states signed a treaty on fishing on Tuesday, a newspaper said.",
    "NAIROBI, Kenya, Feb 3 – Ministers of five coastal states signed a treaty on fishing on Tuesday.",
    "The Philippine News Agency (PNA) – the state's own – was the first to report the treaty on Tuesday.",
    "A Reuters photographer was hurt on Tuesday when ministers of five coastal states signed a treaty.",
]


class TestCredit:
    @pytest.mark.parametrize(("dateline", "expected"), DATELINES, ids=lambda value: str(value).strip())
    def test_in_the_dateline(self, dateline: str, expected: str) -> None:
        assert credit(dateline + FIRST, SECOND, THIRD) == expected

    @pytest.mark.parametrize(("closing", "expected"), CLOSINGS, ids=lambda value: str(value))
    def test_below_the_article(self, closing: str, expected: str) -> None:
        assert credit(FIRST, SECOND, THIRD, closing) == expected

    @pytest.mark.parametrize("closing", [" (AFP)", " – AFP", " —AFP", " AFP", " /AFP/"])
    def test_after_the_last_sentence(self, closing: str) -> None:
        assert credit(FIRST, SECOND, THIRD + closing) == "AFP"

    @pytest.mark.parametrize(
        "byline",
        ["By AFP", "AFP", "AFP, Paris", "By Agence France-Presse", "Ana Lopes | AFP", "Ana Lopes in Lima for AFP"],
    )
    def test_in_the_byline(self, byline: str) -> None:
        assert credit("Five states sign a treaty on fishing", byline, FIRST, SECOND, THIRD) == "AFP"

    @pytest.mark.parametrize("first", UNCREDITED)
    def test_an_agency_that_is_only_named_is_not_credited(self, first: str) -> None:
        assert credit(first, SECOND, THIRD) is None

    @pytest.mark.parametrize(
        "closing",
        ["(With agency inputs)", "(Reporting by Ana Lopes; Editing by Jo Reed)", "Reuters contributed to this report."],
    )
    def test_who_only_contributed_is_not_credited(self, closing: str) -> None:
        assert credit(FIRST, SECOND, THIRD, closing) is None

    @pytest.mark.parametrize("unit", ["A", "A ", "A. ", "AB, ", "[A] ", "FEB 3 ", "Rio de ", "A-"])
    def test_hostile_datelines_are_read_in_no_time(self, unit: str) -> None:
        """A pattern that tried all ways of cutting one of these would outlast the test run."""
        assert agency_in_dateline(unit * 10_000) is None


def key(name: str) -> str:
    return name.casefold().removeprefix("the ")
