"""What counts once: copies of one text, reports of one saying, and the sources behind them. Invented text only."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.page import article_page
from onrecord.record import Page
from onrecord.stories import (
    Report,
    Said,
    bands,
    is_current,
    report,
    same_saying,
    same_story,
    saying_bands,
    sayings,
    shared,
    signature,
    sources,
    stories,
)
from onrecord.stories.groups import grouped
from onrecord.stories.saying import LONGEST_RUN, RUN, wording

FERRY = [
    "Cape Verde's transport minister said on Tuesday that the government would take the three inter-island ferries "
    "back from the operator unless the boats were repaired before the rains, after a week without a crossing to Brava.",
    "Nilton Évora told reporters in Praia that the contract let the state act when two sailings in a row were missed, "
    "and that the operator had missed eleven since the first of May without giving notice to the harbour office.",
    "The company, Mar Azul, answered that a gearbox ordered in Vigo had been held at customs for nineteen days and "
    "that its crews had gone on working although the ministry still owed it the subsidy of the winter quarter.",
    "Fishermen on Brava carried mail and medicine across the channel in open boats over the weekend, and the island's "
    "only bakery closed on Sunday when its flour ran out, the mayor of Nova Sintra said by telephone.",
    "Parliament is to hear both sides on Thursday, when the opposition wants to ask who signed the contract and why no "
    "second bidder was invited, a question that the minister said his predecessor would have to answer.",
    "A fourth boat, bought from a Norwegian yard, is due in Mindelo in September if the loan is approved, though "
    "pilots say that it draws too much water for the quay on Maio and would have to anchor in the open bay.",
]
QUARRY = [
    "Villagers in eastern Slovenia blocked the road to a limestone quarry for a third day on Wednesday, demanding that "
    "blasting stop until an engineer has looked at the cracks in their church tower and in two farmhouses.",
    "The owner of the quarry said that its instruments had shown nothing above the limit since January and offered to "
    "put another one into the vestry, which the parish council refused as coming four years too late.",
    "Police let an ambulance and the school bus through and otherwise kept to the verge, an officer said, adding that "
    "nobody had been fined so far because the tractors stood on land that belongs to the protesters.",
]


def page(paragraphs: list[str], **given: str) -> Page:
    return article_page({"text": "\n\n".join(paragraphs), **given}, source="-")


def plain_report(name: str, outlet: str | None, credit: str | None, day: str | None, text: list[str]) -> Report:
    return Report(name, outlet, credit, day, signature(page(text)))


def plain_said(name: str, words: str, **given: object) -> Said:
    one = Said(name, f"page-{name}", "cpv.gov", "CPV", wording(words), True, (), None, "2026-05-12")
    return replace(one, **given)  # type: ignore[arg-type]


class TestSignature:
    def test_is_the_same_on_every_machine_and_with_every_release_of_the_library(self) -> None:
        # Archives keep these bytes. If a new rensa changes them, its version must change too: then make them again.
        made = signature(page(FERRY))
        assert len(made) == 582
        assert hashlib.sha256(made).hexdigest()[:16] == "d8de51e56fd241ec"
        assert is_current(made) and not is_current(b"\0" + made[1:])

    def test_headline_and_casing_do_not_count(self) -> None:
        shouting = [FERRY[0].upper(), *FERRY[1:]]
        assert signature(page(FERRY, title="Minister threatens operator")) == signature(page(shouting))

    @pytest.mark.parametrize(
        "copy",
        [
            FERRY[:2],
            FERRY[::-1],
            ["PRAIA, May 12 (Reuters) - " + FERRY[0], *FERRY[1:], "(Reporting by Ana Lopes)"],
            [*FERRY[:3], *QUARRY[:1], *FERRY[3:]],
            [text.replace("minister", "official").replace("said", "told this paper") for text in FERRY],
        ],
        ids=["cut", "reordered", "agency line", "foreign paragraph", "edited"],
    )
    def test_copies_are_one_story_and_share_a_band(self, copy: list[str]) -> None:
        a, b = signature(page(FERRY)), signature(page(copy))
        assert same_story(a, b) and same_story(b, a)
        assert {*bands(a)} & {*bands(b)}

    def test_other_articles_are_not(self) -> None:
        background = [*QUARRY, FERRY[5]]  # a paragraph of background out of four
        assert not same_story(signature(page(FERRY)), signature(page(QUARRY)))
        assert not same_story(signature(page(FERRY)), signature(page(background)))

    def test_a_short_copy_opens_as_the_whole_does_and_a_quotation_of_it_does_not(self) -> None:
        digest = [*QUARRY, *FERRY[:2]]
        assert shared(signature(page(FERRY[:2])), signature(page(digest))) > 0.9
        assert not same_story(signature(page(FERRY[:1])), signature(page(digest)))
        assert same_story(signature(page(FERRY[:1])), signature(page(FERRY)))

    def test_a_page_without_words_is_like_nothing(self) -> None:
        empty = signature(replace(page(FERRY), blocks=()))
        assert empty == b"" and bands(empty) == () and not same_story(empty, empty)

    def test_versions_do_not_mix(self) -> None:
        a = signature(page(FERRY))
        assert not same_story(a, b"\0" + a[1:])
        with pytest.raises(ValueError, match="versions"):
            shared(a, b"\0" + a[1:])

    def test_bands_fit_a_database(self) -> None:
        found = bands(signature(page(FERRY)))
        assert len(set(found)) == 64 and all(-(2**63) <= band < 2**63 for band in found)

    @settings(max_examples=40, deadline=None)
    @given(st.text(max_size=300), st.text(max_size=300))
    def test_any_two_texts_can_be_compared(self, a: str, b: str) -> None:
        one, other = (signature(replace(page(FERRY), text=text, blocks=_all(text))) for text in (a, b))
        assert same_story(one, other) == same_story(other, one)
        if one:
            assert shared(one, one) == 1


def _all(text: str) -> tuple:  # type: ignore[type-arg]
    return (replace(page(FERRY).blocks[0], role="body", start=0, end=len(text)),)


class TestStories:
    def test_one_wire_story_in_three_outlets_is_one_source(self) -> None:
        reports = [
            plain_report("c", "Kuwait Times", "AFP", "2026-05-13", FERRY),
            plain_report("a", "inselpost.example", None, "2026-05-12", FERRY[:3]),
            plain_report("b", "Arab News", "AFP", "2026-05-12", FERRY[:5]),
            plain_report("q", "karstbote.example", None, None, QUARRY),
        ]
        found = stories(reports)
        assert found == stories(reports[::-1])
        assert [one.pages for one in found] == [("a", "b", "c"), ("q",)]
        assert found[0].id == "a"
        assert found[0].outlets == ("inselpost.example", "Arab News", "Kuwait Times")
        assert found[0].origin == "AFP"
        assert (found[0].first, found[0].last) == ("2026-05-12", "2026-05-13")
        assert (found[1].origin, found[1].first) == ("karstbote.example", None)

    def test_without_a_credit_the_first_outlet_is_the_origin(self) -> None:
        found = stories(
            plain_report(name, outlet, None, day, FERRY)
            for name, outlet, day in [
                ("a", None, "2026-05-11"),
                ("b", "Dawn", "2026-05-13"),
                ("c", "RNZ", "2026-05-12"),
            ]
        )
        assert [one.origin for one in found] == ["RNZ"]

    def test_an_agency_that_prints_its_own_text_is_its_origin(self) -> None:
        reports = [plain_report("a", "Dawn", None, "2026-05-11", FERRY), plain_report("b", "AFP", None, None, FERRY)]
        assert [one.origin for one in stories(reports)] == ["AFP"]

    def test_sources_are_origins_once_each(self) -> None:
        origins = {"a": "AFP", "b": "AFP", "c": "Dawn", "d": None}
        assert sources(["c", "a", "b", "d", "unknown"], origins) == ("Dawn", "AFP")

    def test_mirror_addresses_are_one_outlet(self) -> None:
        urls = ["https://www.presstv.ir/a", "https://www.presstv.co.uk/b", "https://presstv.com/c"]
        assert {report(page(FERRY, url=url)).outlet for url in urls} == {"Press TV"}


class TestSaying:
    FULL = (
        "The boats will be ours again by the first rain, and whoever let them rust will pay for every day on the quay."
    )

    @pytest.mark.parametrize(
        "other",
        [
            "“THE BOATS WILL BE OURS again by the first rain”",
            "'whoever let them rust will pay for every day on the quay'",
            "the boats will be ours again by the first rain, and whoever has let them rust will pay for each day",
            "the boats will be ours again by the first rain (of the year), and whoever let them rust will pay",
        ],
    )
    def test_cut_cased_and_lightly_edited_quotes_are_one_saying(self, other: str) -> None:
        a, b = plain_said("a", self.FULL), plain_said("b", other)
        assert {*saying_bands(a)} & {*saying_bands(b)}
        assert same_saying(a, b) and same_saying(b, a)

    def test_other_words_are_another_saying(self) -> None:
        other = plain_said(
            "b", "The boats will be repaired in Vigo before the parliament hears both sides on Thursday."
        )
        assert not same_saying(plain_said("a", self.FULL), other)

    def test_few_words_prove_nothing(self) -> None:
        assert not same_saying(plain_said("a", self.FULL), plain_said("b", "the boats will be ours"))

    def test_few_words_that_are_the_same_word_for_word_are_enough_within_days(self) -> None:
        a = plain_said("a", "the contract is void", quoted=False)
        assert {*saying_bands(a)}
        assert same_saying(a, plain_said("b", "The contract is void.", quoted=False, published="2026-05-14"))
        assert not same_saying(a, plain_said("b", "the contract is void", published="2026-05-18"))
        assert not same_saying(a, plain_said("b", "the contract is void", speaker=None, country=None))
        assert not same_saying(plain_said("a", "it is so"), plain_said("b", "it is so"))

    def test_who_speaks_matters(self) -> None:
        a = plain_said("a", self.FULL)
        assert same_saying(a, plain_said("b", self.FULL, speaker="person.nilton-evora"))  # of the same country
        assert same_saying(a, plain_said("b", self.FULL, speaker=None, country=None))
        assert not same_saying(a, plain_said("b", self.FULL, speaker="prt.gov", country="PRT"))

    def test_a_paraphrase_needs_more_words_than_a_quotation(self) -> None:
        words = "that the new ferries will be handed over before the rains"
        a = plain_said("a", words, quoted=False)
        assert same_saying(a, plain_said("b", words[: -len(" before the rains")], quoted=False))
        assert not same_saying(a, plain_said("b", "new ferries will be handed over", quoted=False))
        assert same_saying(plain_said("a", words), plain_said("b", "new ferries will be handed over", quoted=True))

    def test_two_people_of_one_country_are_two_speakers(self) -> None:
        a = plain_said("a", self.FULL, speaker="person.nilton-evora")
        assert not same_saying(a, plain_said("b", self.FULL, speaker="person.ana-lopes"))
        assert same_saying(a, plain_said("b", self.FULL, speaker="cpv.gov.transport-ministry"))

    def test_an_office_and_its_government_can_be_one_speaker_and_two_offices_cannot(self) -> None:
        a = plain_said("a", self.FULL, speaker="cpv.gov.transport-ministry")
        assert same_saying(a, plain_said("b", self.FULL))
        assert not same_saying(a, plain_said("b", self.FULL, speaker="cpv.gov.interior-ministry"))

    def test_the_same_words_months_later_are_said_again(self) -> None:
        a = plain_said("a", self.FULL)
        assert same_saying(a, plain_said("b", self.FULL, published="2026-06-01T08:00:00Z"))
        assert same_saying(a, plain_said("b", self.FULL, published=None))
        assert not same_saying(a, plain_said("b", self.FULL, published="2026-09-01"))

    def test_a_fragment_quoted_by_two_in_their_own_words(self) -> None:
        a = plain_said(
            "a", "that the ferries had become nothing but floating rust", fragments=("nothing but floating rust",)
        )
        b = plain_said(
            "b",
            "of the boats as nothing but floating rust, and of the operator as absent",
            fragments=("nothing but floating rust",),
        )
        assert {*saying_bands(a)} & {*saying_bands(b)}
        assert same_saying(a, b)
        assert not same_saying(a, replace(b, speaker="person.nilton-evora"))
        assert not same_saying(a, replace(b, published="2026-05-20"))

    def test_forty_articles_one_saying_two_sources(self) -> None:
        wire = [plain_said(f"w{n:02}", self.FULL, published=f"2026-05-{12 + n % 5}") for n in range(39)]
        own = plain_said("own", self.FULL[:60], published="2026-05-12")
        headline = plain_said("head", "Boats to be taken", page="page-own", repeats="own")
        origins = {**{one.page: "AFP" for one in wire}, "page-own": "inselpost.example"}
        found = sayings([*wire, headline, own], origins)
        assert len(found) == 1
        assert len(found[0].statements) == 41 and len(found[0].pages) == 40
        assert sorted(found[0].sources) == ["AFP", "inselpost.example"]
        assert found[0].speaker == "cpv.gov"
        assert found[0].fullest.startswith("w")
        assert (found[0].first, found[0].last) == ("2026-05-12", "2026-05-16")

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from("ab cd ef gh ij kl mn op".split()), max_size=60), st.integers(0, 60))
    def test_words_in_a_row_are_always_found(self, words: list[str], start: int) -> None:
        shared = words[start:][: RUN if len(words) < 18 else LONGEST_RUN]
        whole = plain_said("a", " ".join(words))
        cut = plain_said("b", " ".join(["before that", *shared, "and after"]))
        if len(shared) >= (RUN if len(words) < 18 else LONGEST_RUN):
            assert {*saying_bands(whole)} & {*saying_bands(cut)}

    def test_a_long_report_has_few_bands(self) -> None:
        words = [f"{'abcdefghijkl'[: n * 7 % 12 + 1]}{n}" for n in range(90)]
        assert len(saying_bands(plain_said("a", " ".join(words)))) < 30


def test_groups_follow_links_around() -> None:
    assert grouped(6, [(4, 1), (1, 2), (5, 3)]) == [[0], [1, 2, 4], [3, 5]]
