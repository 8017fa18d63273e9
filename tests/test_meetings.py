"""Meetings: who, where and standing of each mention, and one item however often it is mentioned."""

from __future__ import annotations

import pytest
from constructions import Case, agrees, cases, known_failures, record_of
from event_hand import Names, Spots, page_of, reading_of

from onrecord.meetings import find_meetings
from onrecord.record import Meeting

COUNTRIES = {
    "Kenya": ("KEN", None),
    "Ugandan": ("UGA", None),
    "Rwandan": ("RWA", None),
    "Chad": ("TCD", None),
    "Mali": ("MLI", None),
    "Parliament": ("MLI", "LEG"),
}
PLACES = {"Qatar": "QAT", "Bamako": "MLI"}

THREE_SIDED = (
    "Kenya Kenya PROPN NNP 2 nsubj; led lead VERB VBD 0 root; efforts effort NOUN NNS 2 obj;"
    " and and CCONJ CC 16 cc; a a DET DT 9 det;"
    "second second ADJ JJ 9 amod; three-way three-way ADJ JJ 9 amod; peace peace NOUN NN 9 compound;"
    " meeting meeting NOUN NN 16 nsubj;"
    "with with ADP IN 13 case; Ugandan Ugandan ADJ JJ 13 amod; Rwandan Rwandan ADJ JJ 11 conj;"
    " envoys envoy NOUN NNS 9 nmod;"
    "is be AUX VBZ 16 aux; to to PART TO 16 mark; take take VERB VB 2 conj; place place NOUN NN 16 obj;"
    " in in ADP IN 19 case;"
    "Qatar Qatar PROPN NNP 16 obl"
)
MET = (
    "Chad Chad PROPN NNP 2 nsubj; met meet VERB VBD 0 root; Mali Mali PROPN NNP 2 obj; in in ADP IN 5 case;"
    " Bamako Bamako PROPN NNP 2 obl"
)
AGAIN = "The the DET DT 2 det; meeting meeting NOUN NN 3 nsubj; lasted last VERB VBD 0 root; hours hour NOUN NNS 3 obj"
POSTPONED = (
    "Talks talk NOUN NNS 6 nsubj:pass; between between ADP IN 3 case; Chad Chad PROPN NNP 1 nmod;"
    " Mali Mali PROPN NNP 3 conj;"
    "were be AUX VBD 6 aux:pass; postponed postpone VERB VBN 0 root"
)
WANTED = (
    "Chad Chad PROPN NNP 2 nsubj; proposed propose VERB VBD 0 root; talks talk NOUN NNS 2 obj;"
    " with with ADP IN 5 case; Mali Mali PROPN NNP 3 nmod"
)
UNMET = "Chad Chad PROPN NNP 3 nsubj; never never ADV RB 3 advmod; met meet VERB VBD 0 root; Mali Mali PROPN NNP 3 obj"
ATTENDED = (
    "Parliament Parliament PROPN NNP 2 nsubj; attended attend VERB VBD 0 root; a a DET DT 4 det;"
    " conference conference NOUN NN 2 obj"
)
PRESS = (
    "Chad Chad PROPN NNP 2 nsubj; held hold VERB VBD 0 root; a a DET DT 5 det; news news NOUN NN 5 compound;"
    " conference conference NOUN NN 2 obj; with with ADP IN 7 case; Mali Mali PROPN NNP 5 nmod"
)


def meetings_of(*sentences: str) -> tuple[Meeting, ...]:
    text, reading = reading_of(*sentences)
    return find_meetings(page_of(text), reading, Names(reading, COUNTRIES), (), Spots(reading, PLACES), (), ())


def test_the_unsaid_party_is_the_subject_beside() -> None:
    (one,) = meetings_of(THREE_SIDED)
    assert set(one.who) == {"kenya", "ugandan", "rwandan"}
    assert (one.kind, one.status, one.ordinal, one.where and one.where.country) == (
        "meeting",
        "planned",
        "second",
        "QAT",
    )


def test_a_second_mention_is_no_second_meeting() -> None:
    (one,) = meetings_of(MET, AGAIN)
    assert (one.who, one.status, one.where and one.where.name) == (("chad", "mali"), "held", "Bamako")


@pytest.mark.parametrize(
    ("sentence", "status"),
    [(POSTPONED, "postponed"), (WANTED, None), (UNMET, None), (AGAIN, None), (ATTENDED, "held"), (PRESS, None)],
)
def test_status(sentence: str, status: str | None) -> None:
    assert [m.status for m in meetings_of(sentence)] == ([status] if status else [])


@pytest.mark.parametrize("case", list(cases("meetings")), ids=lambda case: case.text[:60])
def test_constructions(case: Case) -> None:
    right = agrees("meetings", case, record_of(case))
    assert right != (case.text in known_failures()["meetings"]), case.expected
