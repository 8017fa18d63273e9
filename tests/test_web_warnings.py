"""What became of a warning: open, its deadline passed, or a later event that reads like its condition."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from archive_records import OTHER_TEXT, make, span
from starlette.testclient import TestClient

from onrecord import Archive
from onrecord.record import Record, Status
from onrecord.web import create

WARNED = (
    "{a} warns {b}\n\n{person} said on Monday that the {thing} would be a legitimate target if {b} did not stop.\n\n"
)
REST = (
    "“We have asked for the last time,” {person} told reporters. {b} rejected the warning, and troops of {a} attacked "
    "a post near {place}. The two presidents will meet in {place} on Friday. "
)


def warning(condition: str) -> Record:
    """A page with a threat on that condition."""
    record = make(template=WARNED + REST + "It holds " + condition + ".")
    found = replace(record.commitments[0], condition=span(record.page.text, condition), deadline=None)
    return replace(record, commitments=(found,))


def later(sentence: str, *, day: str = "2026-03-09", who: str = "bel", status: Status = "actual") -> Record:
    """A page of another story, whose only event is that sentence."""
    record = make(
        template=OTHER_TEXT + " " + sentence, url=f"https://courier.example/{day}/{len(sentence)}", published=day
    )
    words = span(record.page.text, sentence)
    event = replace(
        record.events[1], actors=(who,), recipients=(), status=status, trigger=words, evidence=words, when=None
    )
    return replace(record, events=(event,), statements=(), commitments=(), meetings=())


def state(tmp_path: Path, *records: Record, on: str = "2026-06-01") -> tuple[str, str | None]:
    """What the page says of the first warning, and the sentence that it links to."""
    path = tmp_path / "own.onrecord"
    with Archive(path) as archive:
        for record in records:
            archive.add(record)
    client = TestClient(create(path, reads=None, writes=None), base_url="http://127.0.0.1")
    (warned,) = client.get(f"/api/v1/warnings?on={on}").json()["warned"]
    if warned["later"]:
        page, _, item = warned["later"]["href"].partition("#")
        assert f'id="at-{item}"' in client.get(page).text
        assert warned["later"]["href"] in client.get(f"/warnings?on={on}&state=met").text
    return warned["state"], warned["later"] and warned["later"]["evidence"]


def test_a_later_event_in_the_words_of_the_condition_is_linked(tmp_path: Path) -> None:
    sentence = "Belmark closed the river gates before dawn."
    assert state(tmp_path, warning("if Belmark closes the river gates"), later(sentence)) == ("met", sentence)


@pytest.mark.parametrize(
    ("condition", "record"),
    [
        ("if Belmark closes the river gates", later("Belmark closed the river gates before dawn.", day="2026-02-20")),
        ("if Belmark closes the river gates", later("Belmark never closed the river gates.")),
        ("if Belmark closes the river gates", later("Belmark closed the river gates.", status="planned")),
        ("if Belmark closes the river gates", later("Belmark opened schools in the south.")),
        ("unless Belmark opens the river gates", later("Belmark opened the river gates at noon.")),
        ("if Belmark closes the river gates", later("Belmark closed the river gates.", day="2026-12-01")),
    ],
)
def test_what_is_earlier_denied_planned_or_of_other_matters_is_not(
    tmp_path: Path, condition: str, record: Record
) -> None:
    assert state(tmp_path, warning(condition), record, on="2027-01-01") == ("open", None)


def test_a_denied_condition_is_met_by_a_denial(tmp_path: Path) -> None:
    sentence = "Belmark refused to open the river gates."
    assert state(tmp_path, warning("unless Belmark opens the river gates"), later(sentence)) == ("met", sentence)


def test_a_state_is_looked_for_beyond_the_first_page(tmp_path: Path) -> None:
    path = tmp_path / "own.onrecord"
    with Archive(path) as archive:
        archive.add(make(published="2026-01-02"))  # its deadline is the end of March
        for n in range(1, 29):
            record = make(url=f"https://courier.example/{n}", published=f"2026-02-{n:02}", thing=f"quay {n}")
            archive.add(replace(record, commitments=(replace(record.commitments[0], deadline=None),)))
    client = TestClient(create(path, reads=None, writes=None), base_url="http://127.0.0.1")
    passed = client.get("/api/v1/warnings?on=2026-05-01&state=passed&once=no").json()
    assert [each["state"] for each in passed["warned"]] == ["passed"]
    open_ = client.get("/api/v1/warnings?on=2026-05-01&state=open&once=no").json()
    assert {each["state"] for each in open_["warned"]} == {"open"} and len(open_["warned"]) == 25
