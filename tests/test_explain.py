"""Why: the lines of tables, the places of the page and the days that a record's actors and dates go back to."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from onrecord.actors import Because, Explained, Known, explain_actors, find_actors
from onrecord.cli import main
from onrecord.dates import ExplainedDate, explain_dates, find_dates
from onrecord.page import read_page
from onrecord.reader import Reader
from onrecord.record import Page
from onrecord.tables import rows

TEXT = (
    "Norwegian Foreign Minister Kari Holm met the envoys in Oslo yesterday. She said that the talks had been short.\n\n"
    "The ministry confirmed it. Angela Merkel left on 27 January. The council may meet in some years."
)


@cache
def reader() -> Reader:
    return Reader()


def page_of(text: str) -> Page:
    return read_page(text, source="test", published="2015-05-06", kind="text")


@cache
def explained(text: str = TEXT, known: tuple[Known, ...] = ()) -> Explained:
    page = page_of(text)
    return explain_actors(page, reader().read(page), known)


def because(words: str) -> Because:
    return next(m for m in explained().mentions if m.mention.text == words)


def test_words_go_back_to_lines_of_tables() -> None:
    holm = because("Norwegian Foreign Minister Kari Holm")
    lines = {reason.table for reason in holm.reasons if reason.table}
    countries = [row["code"] for row in rows("countries.tsv")]
    assert f"countries.tsv line {countries.index('NOR') + 2}" in lines
    terms = [row["term"] for row in rows("offices.tsv")]
    assert f"offices.tsv line {terms.index('foreign minister') + 2}" in lines


def test_a_pronoun_goes_back_to_a_place() -> None:
    she = because("She")
    assert she.actors == ("person.kari-holm",)
    (reason,) = [r for r in she.reasons if r.evidence]
    assert reason.evidence is not None and reason.evidence.text in "Norwegian Foreign Minister Kari Holm"


def test_a_leader_goes_back_to_the_terms() -> None:
    told = explained().beyond["person.angela-merkel"]
    tables = {reason.table for reason in told}
    names = [row["name"] for row in rows("leaders.tsv")]
    assert f"leaders.tsv line {names.index('Angela Merkel') + 2}" in tables


def test_a_known_person_goes_back_to_the_list() -> None:
    line = Known("Rosa Quispe", "PER", "GOV", "governor", "2010-01-01", source="people.csv line 7")
    told = explained("Rosa Quispe spoke in Chile.", (line,)).beyond["person.rosa-quispe"]
    assert [reason.table for reason in told] == ["people.csv line 7"]


def test_spans_slice_and_the_search_is_the_records_own() -> None:
    page = page_of(TEXT)
    for mention in explained().mentions:
        assert page.text[mention.mention.start : mention.mention.end] == mention.mention.text
        for reason in mention.reasons:
            span = reason.evidence
            assert span is None or page.text[span.start : span.end] == span.text
    assert explained().actors == find_actors(page, reader().read(page)).actors


def dates() -> dict[str, ExplainedDate]:
    page = page_of(TEXT)
    return {date.span.text: date for date in explain_dates(page, reader().read(page))}


def test_dates_say_what_they_count_from() -> None:
    found = dates()
    assert "counted from 2015-05-06 (given)" in found["yesterday"].reasons
    assert any("tense" in reason for reason in found["27 January"].reasons)
    assert found["some years"].first is None and "no days are certain" in found["some years"].reasons


def test_explained_dates_are_those_of_the_record() -> None:
    page = page_of(TEXT)
    whens = [(w.first, w.last) for w in find_dates(page, reader().read(page))]
    assert whens == [(d.first, d.last) for d in explain_dates(page, reader().read(page)) if d.first]


def test_the_command(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    command = ["explain", str(page), "--published", "2015-05-06"]
    text = CliRunner().invoke(main, [*command, "--words", "Holm"])
    assert text.exit_code == 0 and "“Norwegian Foreign Minister Kari Holm” -> person.kari-holm [NORGOV]" in text.stdout
    assert "yesterday" not in text.stdout
    told = json.loads(CliRunner().invoke(main, [*command, "--json"]).stdout)
    assert {date["first"] for date in told["dates"]} >= {"2015-05-05"}
    failed = CliRunner().invoke(main, ["explain", str(tmp_path / "none.txt")])
    assert failed.exit_code == 1 and "none.txt" in failed.stderr
