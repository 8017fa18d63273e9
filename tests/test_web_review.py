"""Reviews by the forms of the pages: accepted, corrected, rejected, added; the queue; second looks and agreement."""

from __future__ import annotations

import re
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from archive_records import OTHER_TEXT, make, reread
from starlette.testclient import TestClient

from onrecord import Archive
from onrecord.archive.codec import Item
from onrecord.archive.query import Query
from onrecord.cli.serve import bring_up_to_date
from onrecord.record import Page
from onrecord.web import create
from onrecord.web.asked import AskedError
from onrecord.web.fields import FIELDS, boxes, corrections, missed, sentence
from onrecord.web.keys import Keys

TOKEN = "a token of the tests"
RECORD = make()
TEXT = RECORD.page.text
HERE = f"/pages/{RECORD.page.id}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of two pages."""
    with Archive(tmp_path / "own.onrecord") as archive:
        archive.add(RECORD)
        archive.add(make(thing="old bridge", url="https://courier.example/2", person="Olof Reker", template=OTHER_TEXT))
    return tmp_path / "own.onrecord"


class Reviewer:
    """Somebody who has entered, and sends the forms that the pages have."""

    def __init__(self, path: Path, name: str = "Mira") -> None:
        self.client = TestClient(create(path, keys=Keys(TOKEN), reads=None, writes=None), base_url="http://127.0.0.1")
        self.client.post("/enter", data={"name": name, "token": TOKEN, "back": "/review"})
        self.mark = re.findall(r'name="mark" value="([^"]+)"', self.client.get(HERE).text)[0]

    def send(self, action: str, item: str = "", **fields: object) -> tuple[int, str]:
        """Status and text, or where it leads on."""
        data = {"mark": self.mark, "action": action, "item": item, "back": HERE, **fields}
        answer = self.client.post("/reviews", data=data, follow_redirects=False)
        return answer.status_code, answer.headers.get("location", answer.text)


def all_of(fields: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """A form that has these fields and shows them."""
    return {**fields, **{f"has-{name}": "1" for name in fields if not name.endswith("-at")}}


def at(words: str) -> str:
    start = TEXT.index(words)
    return f"{start}-{start + len(words)}"


def test_the_page_has_a_form_for_every_item_of_a_reviewer_and_none_for_a_reader(path: Path) -> None:
    reader = TestClient(create(path, keys=Keys(TOKEN), reads=None, writes=None), base_url="http://127.0.0.1")
    items: list[Item] = [*RECORD.statements, *RECORD.events, *RECORD.commitments, *RECORD.meetings]
    html = Reviewer(path).client.get(HERE).text
    assert all(f'name="item" value="{item.id}"' in html for item in items)
    told = reader.get(HERE).text
    assert 'action="/reviews"' not in told and "/enter?back=" in told
    for address in (f"{HERE}?add=events", f"{HERE}?correct={items[0].id}"):
        assert 'action="/reviews"' not in reader.get(address).text


def test_a_verdict_stands_on_its_card_and_takes_the_marks_of_what_is_rejected(path: Path) -> None:
    mira, jonas = Reviewer(path), Reviewer(path, "Jonas")
    wrong = RECORD.events[1].id
    assert mira.send("reject", wrong, note="no refusal") == (303, HERE)
    jonas.send("accept", RECORD.statements[0].id)
    html = mira.client.get(HERE).text
    assert re.search(rf'id="{wrong}" class="card events rejected"', html)
    assert "no refusal" in html and re.search(r"accepted</span> by <bdi[^>]*>Jonas", html)
    assert f'class="m rejected k-reject" data-i="{wrong}"' in html and f'k-reject" data-i="{wrong}">' in html
    assert f'class="m trigger k-reject" data-i="{wrong}"' not in html
    jonas.send("accept", wrong)
    assert f'class="m trigger k-reject" data-i="{wrong}"' in mira.client.get(HERE).text


def test_every_field_of_every_kind_can_be_corrected(path: Path) -> None:
    mira = Reviewer(path)
    sent: dict[str, dict[str, str | list[str]]] = {
        RECORD.statements[0].id: {
            "content": ["the river dam would be a legitimate target", ""], "content-at": ["", ""], "kind": "mixed",
            "speaker": ["ard", ""], "speaker_span": "foreign minister", "cue": "", "addressees": ["bel", ""],
            "about": [], "said": "2026-03-01 to 2026-03-02", "denial": "yes", "repeated": "yes",
        },
        RECORD.events[2].id: {
            "trigger": "attacked a post", "evidence": "troops of Ardania attacked a post near Kest.", "type": "COERCE",
            "status": "denied", "actors": ["bel"], "recipients": ["ard", ""], "when": "2026-03-02", "asserted": "",
        },
        RECORD.commitments[0].id: {
            "consequence": "a legitimate target", "condition": "", "kind": "ultimatum", "by": ["", "Ardania"],
            "to": ["bel"], "deadline": "", "explicit": "",
        },
        RECORD.meetings[0].id: {
            "span": "The two presidents will meet", "kind": "talks", "status": "cancelled", "who": ["ard"], "when": "",
        },
    }  # fmt: skip
    for item, fields in sent.items():
        status, told = mira.send("correct", item, **all_of(fields))
        assert status == 303, told
    with Archive(path, read_only=True) as archive:
        found = {item: archive.item(item) for item in sent}
    said, done, warned, met = (row.item for row in found.values() if row)
    assert [span.text for span in said.content] == ["the river dam would be a legitimate target"]
    assert (said.kind, said.speaker, said.cue, said.addressees, said.about) == ("mixed", "ard", None, ("bel",), ())
    assert (said.said.first, said.said.last, said.denial, said.repeated) == ("2026-03-01", "2026-03-02", True, True)
    assert (done.trigger.text, done.type, done.mode, done.status) == ("attacked a post", "COERCE", None, "denied")
    assert done.cameo != RECORD.events[2].cameo and (done.actors, done.asserted) == (("bel",), False)
    assert (warned.kind, warned.by, warned.condition, warned.deadline) == ("ultimatum", "ard", None, None)
    assert (met.kind, met.status, met.who, met.when) == ("talks", "cancelled", ("ard",), None)
    assert all(row and row.review and row.review.by == "Mira" for row in found.values())


def test_a_form_sent_as_it_stood_accepts(path: Path) -> None:
    mira = Reviewer(path)
    for kind, item in (
        ("statements", RECORD.statements[0]),
        ("events", RECORD.events[2]),
        ("commitments", RECORD.commitments[0]),
        ("meetings", RECORD.meetings[0]),
    ):
        fields: dict[str, str | list[str]] = {}
        for box in boxes(kind, item, RECORD.page):  # type: ignore[arg-type]
            fields[box.field.name] = [*box.told]
            fields[f"{box.field.name}-at"] = [*box.places]
        assert corrections(item, kind, {k: [*v] for k, v in all_of(fields).items()}, RECORD.page) == {}  # type: ignore[arg-type]
        assert mira.send("correct", item.id, **all_of(fields))[0] == 303
        with Archive(path, read_only=True) as archive:
            row = archive.item(item.id)
            assert row and row.review and row.review.action == "accept" and row.item == item


def test_what_was_missed_is_added_marked_and_found(path: Path) -> None:
    mira = Reviewer(path)
    form = mira.client.get(f"{HERE}?add=events&at={at('warns Belmark')}").text
    assert 'id="add"' in form and ">warns Belmark</textarea>" in form and at("warns Belmark") in form
    told = {
        "statements": {"content": "“We have asked for the last time,”", "kind": "direct", "speaker": "person.ana-torun",
                       "cue": "told"},
        "events": {"trigger": "warns", "trigger-at": at("warns"), "type": "THREATEN", "status": "actual",
                   "actors": "ard", "recipients": "bel", "asserted": "yes"},
        "commitments": {"consequence": "a legitimate target", "kind": "threat", "by": "ard"},
        "meetings": {"span": "The two presidents will meet", "kind": "summit", "status": "planned", "who": ["ard"]},
    }  # fmt: skip
    for kind, fields in told.items():
        status, where = mira.send("add", page=RECORD.page.id, **{"kind-of-item": kind}, **all_of(fields))  # type: ignore[arg-type]
        assert status == 303 and where.startswith(f"{HERE}#"), where
        item = where.partition("#")[2]
        html = mira.client.get(HERE).text
        assert f'id="{item}" class="card {kind}"' in html and "added by hand" in html
        hits = mira.client.get(f"/api/v1/search?kind={kind}&reviewed=added").json()["hits"]
        assert [hit["item"]["id"] for hit in hits] == [item]
    with Archive(path, read_only=True) as archive:
        rows = archive.items(RECORD.page.id)
    (said,) = (row.item for row in rows["statements"] if row.machine is None)
    assert [span.text for span in said.quotes] == ["We have asked for the last time,"]
    (done,) = (row.item for row in rows["events"] if row.machine is None)
    assert done.evidence.text == "Ardania warns Belmark over the river dam" and done.cameo.startswith("13")


@pytest.mark.parametrize(
    ("action", "fields", "told"),
    [
        ("correct", {"content": "words that are not there"}, "does not stand on this page"),
        ("correct", {"content": "Belmark"}, "stands there"),
        ("correct", {"content": ""}, "needs words of the page"),
        ("correct", {"said": "tomorrow"}, "a day as 2026-03-12"),
        ("correct", {"said": "2026-02-31"}, "a day as 2026-03-12"),
        ("correct", {"kind": "shouted"}, "one of direct"),
        ("correct", {"speaker": "Nobody Known"}, "nobody here"),
        ("add", {"kind": "direct"}, "mark the words"),
        ("burn", {}, "one of accept"),
    ],
)
def test_what_a_form_cannot_mean_is_told_in_one_line(
    path: Path, action: str, fields: dict[str, str], told: str
) -> None:
    mira = Reviewer(path)
    more = {"page": RECORD.page.id, "kind-of-item": "statements"}
    status, answer = mira.send(action, RECORD.statements[0].id, **more, **all_of({**fields}))
    assert status == 400 and told in answer and "Traceback" not in answer
    with Archive(path, read_only=True) as archive:
        assert archive.reviews() == ()


def test_the_queue_goes_over_the_whole_archive_least_certain_first(path: Path) -> None:
    client = Reviewer(path).client
    address, seen = "/review?kind=events", []
    while address:
        found = client.get("/api/v1" + address).json()
        seen += [(each["hit"]["item"]["confidence"], each["hit"]["item"]["id"]) for each in found["waiting"]]
        address = found["next"]
    with Archive(path, read_only=True) as archive:
        everything = {row.item.id: row.item.confidence for row in archive.events(limit=100).rows}
    assert [sure for sure, _ in seen] == sorted(everything.values())
    assert {id_ for _, id_ in seen} == set(everything) and len(seen) == len(everything)


def test_the_queue_is_the_same_with_and_without_its_index(path: Path) -> None:
    def order() -> list[str]:
        with Archive(path, read_only=True) as archive:
            return [row.item.id for row in archive.statements(Query(reviewed="no"), limit=50, order="unsure").rows]

    before = order()
    shutil.copy(path, path.with_suffix(".served"))
    bring_up_to_date(path.with_suffix(".served"))
    Reviewer(path).send("accept", before[1])
    assert order() == [before[0], *before[2:]]
    for each in (path, path.with_suffix(".served")):
        connection = sqlite3.connect(each)
        plan = " ".join(row[3] for row in connection.execute(
            "explain query plan select n from statements where verdict is null order by confidence, n"
        ))  # fmt: skip
        connection.close()
        assert "statements_unsure" in plan


def test_a_second_look_makes_an_agreement(path: Path) -> None:
    mira, jonas = Reviewer(path), Reviewer(path, "Jonas")
    one, other = RECORD.statements[0].id, RECORD.statements[1].id
    for item in (one, other):
        mira.send("accept", item)

    def waiting(look: str, by: str = "") -> list[str]:
        found = jonas.client.get(f"/api/v1/review?look={look}&reviewer={by}").json()
        return [each["hit"]["item"]["id"] for each in found["waiting"]]

    assert waiting("second", "Mira") == [] and set(waiting("second", "Jonas")) == {one, other}
    jonas.send("accept", one)
    jonas.send("reject", other)
    assert waiting("second", "Jonas") == [] and waiting("differ") == [other]
    told = jonas.client.get("/api/v1/review").json()
    assert told["agreement"] == {"both": 2, "same": 1, "share": 0.5}
    figures = told["precision"][0]
    assert (figures["looked_at"], figures["accepted"], figures["rejected"], figures["precision"]) == (2, 1, 1, 0.5)
    assert jonas.client.get("/review?look=third").status_code == 400
    for look, _, address in told["looks"]:
        assert jonas.client.get("/api/v1" + address).json()["look"] == look
    for kind, _, address in jonas.client.get("/api/v1/review?look=differ").json()["tabs"]:
        found = jonas.client.get("/api/v1" + address).json()
        assert (found["kind"], found["look"]) == (kind, "differ")


def test_reviews_can_be_asked_for_and_added_by_a_program(path: Path) -> None:
    client = TestClient(create(path, keys=Keys(TOKEN)), base_url="http://127.0.0.1")
    start = TEXT.index("warns")
    told = {
        "action": "add", "page": RECORD.page.id, "kind": "events", "by": "a script",
        "changes": {"type": "THREATEN", "status": "actual", "actors": ["ard"], "trigger": [start, start + 5],
                    "evidence": [0, 10], "asserted": True},
    }  # fmt: skip
    assert client.post("/api/v1/reviews", json=told).status_code == 401
    headers = {"authorization": f"Bearer {TOKEN}"}
    kept = client.post("/api/v1/reviews", json=told, headers=headers).json()
    assert client.get(f"/api/v1/reviews?page={RECORD.page.id}").json() == {"reviews": [kept]}
    assert client.get("/api/v1/reviews?item=nothing").json() == {"reviews": []}
    assert client.post("/api/v1/reviews", json={**told, "kind": "noses"}, headers=headers).status_code == 400
    assert client.post("/api/v1/reviews", json={**told, "page": 1}, headers=headers).status_code == 400


def test_an_article_is_a_table_too(path: Path) -> None:
    client = Reviewer(path).client
    lines = client.get(f"{HERE}?format=csv").text.splitlines()
    count = len(RECORD.statements) + len(RECORD.events) + len(RECORD.commitments) + len(RECORD.meetings)
    assert len(lines) == 1 + count
    assert client.get(f"{HERE}?format=parquet").content[:4] == b"PAR1"
    assert client.get(f"{HERE}?format=json").json() == client.get(f"/api/v1{HERE}").json()
    assert client.get(f"{HERE}?format=xls").status_code == 400
    assert client.get("/pages/none?format=csv").status_code == 404


def test_a_review_whose_item_is_read_no_more_stays_on_its_page(path: Path) -> None:
    mira = Reviewer(path)
    mira.send("accept", RECORD.meetings[0].id)
    with Archive(path) as archive:
        archive.add(replace(reread(RECORD), meetings=()))
    html = mira.client.get(HERE).text
    assert "no reading finds any more" in html and "The two presidents will meet" in html


def test_the_sentence_around_words() -> None:
    def around(words: str) -> str:
        start = TEXT.index(words)
        low, high = sentence(RECORD.page, (start, start + len(words)))
        return TEXT[low:high]

    assert around("will meet") == "The two presidents will meet in Kest on Friday."
    assert around("rejected") == "Belmark rejected the warning, and troops of Ardania attacked a post near Kest."
    assert around("warns") == "Ardania warns Belmark over the river dam"


def test_words_by_their_place_go_before_words_that_stand_twice() -> None:
    page: Page = RECORD.page
    second = TEXT.index("Ana Torun", TEXT.index("Ana Torun") + 1)
    form = {"has-content": ["1"], "content": ["Ana Torun"], "content-at": [f"{second}-{second + 9}"],
            "has-kind": ["1"], "kind": ["direct"]}  # fmt: skip
    assert missed("statements", form, page)["content"] == [[second, second + 9]]
    with pytest.raises(AskedError, match="2 times"):
        missed("statements", {**form, "content-at": ["3-9"]}, page)
    assert {field.name for field in FIELDS["statements"] if field.needed} == {"content"}
