"""Statements of invented sentences, read with the shipped weights."""

from __future__ import annotations

import pytest

from onrecord.page import article_page
from onrecord.read import read
from onrecord.record import Record, Statement


def record(*paragraphs: str) -> Record:
    text = "\n\n".join(paragraphs)
    return read(article_page({"text": text, "published": "2026-03-12"}, source="test"))


def only(found: Record) -> Statement:
    assert len(found.statements) == 1, [s.content for s in found.statements]
    return found.statements[0]


def name(found: Record, actor: str | None) -> str | None:
    return next((a.name for a in found.actors if a.id == actor), None)


@pytest.mark.parametrize(
    ("text", "kind", "quotes"),
    [
        ('"We will not sign this treaty," Polish President Jan Nowak said on Friday.', "direct", 1),
        ("Polish President Jan Nowak said on Friday that Warsaw would not sign the treaty.", "indirect", 0),
        ('Polish President Jan Nowak said that the treaty was "a grave mistake" for Europe.', "mixed", 1),
        ("“We will not sign,” President Jan Nowak said. “Not this year, and not the next.”", "direct", 2),
    ],
)
def test_kind_and_quotes(text: str, kind: str, quotes: int) -> None:
    found = record(text)
    statement = only(found)
    assert (statement.kind, len(statement.quotes)) == (kind, quotes)
    assert name(found, statement.speaker) == "Jan Nowak"
    for span in statement.quotes:
        assert span.text[0] not in '"“' and span.text[-1] not in '"”'


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("The Japanese Foreign Ministry said on its website that the vessel had left the port.", "website"),
        (
            "Foreign Minister Aiko Mori said in an interview with a newspaper that it had left the port.",
            "interview",
        ),
        ("Foreign Minister Aiko Mori told a press conference that the vessel had left the port.", "press conference"),
        ("Foreign Minister Aiko Mori said in a letter to parliament that the vessel had left the port.", "letter"),
        ("Foreign Minister Aiko Mori said in a statement that the vessel had left the port.", "statement"),
        ("Foreign Minister Aiko Mori wrote on Twitter that the vessel had left the port.", "social media"),
    ],
)
def test_medium(text: str, medium: str | None) -> None:
    assert only(record(text)).medium == medium


def test_addressees() -> None:
    found = record(
        "Finnish Prime Minister Liisa Korpi told Swedish Foreign Minister Erik Lund that it would stay open."
    )
    assert [name(found, a) for a in only(found).addressees] == ["Erik Lund"]


@pytest.mark.parametrize(
    ("text", "repeated", "denial"),
    [
        ("Moscow has repeatedly said it will not tolerate foreign troops at its borders.", True, False),
        ("Serbia's government denied that its police had crossed the border.", False, True),
        ("The Kenyan army reiterated that its soldiers would stay in the town.", True, False),
        ("The Kenyan army said that its soldiers would stay in the town.", False, False),
    ],
)
def test_repeated_and_denial(text: str, repeated: bool, denial: bool) -> None:
    statement = only(record(text))
    assert (statement.repeated, statement.denial) == (repeated, denial)


def test_the_day_of_saying_is_not_a_day_told_of() -> None:
    found = record(
        "Paraguay promised to open its two northern crossings in September.",
        "Paraguayan officials said on Tuesday that the southern one would follow in November.",
    )
    days = [s.said and s.said.span and s.said.span.text for s in found.statements]
    assert days == [None, "Tuesday"]


def test_a_quotation_without_a_cue_goes_on_from_the_one_before() -> None:
    found = record(
        "“We have waited long enough for an answer,” Peruvian Foreign Minister Rosa Quispe said on Monday.",
        "“If none comes this week, we will close the crossing ourselves.”",
    )
    assert len(found.statements) == 2
    assert {name(found, s.speaker) for s in found.statements} == {"Rosa Quispe"}
    assert found.statements[1].cue is None


def test_a_statement_inside_a_statement_is_tied_to_it() -> None:
    found = record(
        "Turkish Minister Selim Aksoy said that the Greek ambassador had told him that the islands would stay unarmed."
    )
    inner = [s for s in found.statements if s.said_in]
    assert len(inner) == 1
    outer = next(s for s in found.statements if s.id == inner[0].said_in)
    assert name(found, outer.speaker) == "Selim Aksoy"
    assert inner[0].cue is not None and inner[0].cue.text == "told"
    assert inner[0].content[0].text == "that the islands would stay unarmed"


@pytest.mark.parametrize(
    "text",
    [
        "The film “A Winter in Tbilisi” won the prize of the jury on Sunday.",
        "The so-called “iron bridge” was opened to traffic by the mayor.",
    ],
)
def test_titles_and_scare_quotes_are_no_statements(text: str) -> None:
    assert record(text).statements == ()


def test_a_state_speaks_as_itself() -> None:
    found = record("Norway warned that the strait would be closed. Denmark is near.")
    assert [s.speaker for s in found.statements] == ["nor"]
    assert [(a.id, a.sector) for a in found.actors] == [("nor", None), ("dnk", None)]


def test_those_quoted_as_saying_are_the_speakers() -> None:
    found = record("Minister Rosa Quispe was quoted by local newspapers as saying that the bridge would be rebuilt.")
    assert {name(found, s.speaker) for s in found.statements} == {"Rosa Quispe"}


@pytest.mark.parametrize(
    "text",
    [
        "The mountain, also known as the Old Sister, lies north of the village.",
        "Norway decided to close the border in March.",
        "The new rules are expected in the autumn.",
    ],
)
def test_names_acts_and_expectations_are_no_statements(text: str) -> None:
    assert record(text).statements == ()


def test_praise_beside_what_is_said_is_a_statement_of_its_own() -> None:
    found = record(
        "Norwegian officials emphasised that Oslo remains ready to defend its coast against raids while praising the "
        "efforts of the Danish government to end the dispute."
    )
    assert len({s.speaker for s in found.statements}) == 1
    assert [s.cue.text for s in found.statements if s.cue][-1] == "praising"
    assert "praising" not in found.statements[0].content[0].text
