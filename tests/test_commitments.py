"""Commitments: the split of condition and consequence, kinds, and what is no commitment."""

from __future__ import annotations

import pytest
from constructions import Case, agrees, cases, known_failures, record_of
from event_hand import Names, Spots, page_of, reading_of

from onrecord.commitments import conditionals, find_commitments
from onrecord.events import find_events
from onrecord.page import article_page
from onrecord.read import read
from onrecord.record import Commitment, Span, Statement

COUNTRIES = {"Chile": ("CHL", None), "Peru": ("PER", None), "Nepal": ("NPL", None), "Bhutan": ("BTN", None)}

THREATENED = (
    "Chile Chile PROPN NNP 2 nsubj; threatened threaten VERB VBD 0 root; to to PART TO 4 mark;"
    " close close VERB VB 2 xcomp;"
    "the the DET DT 6 det; border border NOUN NN 4 obj; unless unless SCONJ IN 9 mark; Peru Peru PROPN NNP 9 nsubj;"
    "withdraws withdraw VERB VBZ 2 advcl"
)
OFFERED = (
    "Nepal Nepal PROPN NNP 3 nsubj; would would AUX MD 3 aux; send send VERB VB 0 root; help help NOUN NN 3 obj;"
    "to to ADP IN 6 case; Bhutan Bhutan PROPN NNP 3 obl; if if SCONJ IN 9 mark; it it PRON PRP 9 nsubj;"
    " asked ask VERB VBD 3 advcl"
)
PROMISED = (
    "Chile Chile PROPN NNP 2 nsubj; promised promise VERB VBD 0 root; to to PART TO 4 mark;"
    " help help VERB VB 2 xcomp; Peru Peru PROPN NNP 4 obj"
)
MIDDLE = (
    "Such such ADJ JJ 2 amod; troops troop NOUN NNS 7 nsubj; , , PUNCT , 5 punct; if if SCONJ IN 5 mark;"
    " deployed deploy VERB VBN 7 advcl;"
    "will will AUX MD 7 aux; become become VERB VB 0 root; targets target NOUN NNS 7 xcomp"
)
STRAY = (
    "He he PRON PRP 2 nsubj; said say VERB VBD 0 root; troops troop NOUN NNS 2 nsubj; , , PUNCT , 6 punct;"
    " if if SCONJ IN 6 mark; deployed deploy VERB VBN 8 advcl; will will AUX MD 8 aux; become become VERB VB 2 ccomp;"
    " targets target NOUN NNS 8 xcomp"
)
SUBJECT = (
    "Any any DET DT 2 det; attack attack NOUN NN 7 nsubj; on on ADP IN 4 case; ships ship NOUN NNS 2 nmod;"
    " will will AUX MD 7 aux;"
    "be be AUX VB 7 aux:pass; met meet VERB VBN 0 root; with with ADP IN 9 case; force force NOUN NN 7 obl"
)
FORECAST = (
    "If if SCONJ IN 3 mark; Peru Peru PROPN NNP 3 nsubj; attacks attack VERB VBZ 6 advcl;"
    " prices price NOUN NNS 6 nsubj;"
    "will will AUX MD 6 aux; rise rise VERB VB 0 root"
)
INVERTED = (
    "Should should AUX MD 3 aux; Peru Peru PROPN NNP 3 nsubj; leave leave VERB VB 6 advcl;"
    " Chile Chile PROPN NNP 6 nsubj;"
    "would would AUX MD 6 aux; suffer suffer VERB VB 0 root"
)


def commitments_of(sentence: str, speaker: str | None = None) -> tuple[Commitment, ...]:
    text, reading = reading_of(sentence)
    content = Span(0, len(text) - 1, text[:-1])
    said = Statement(
        "s", "direct", speaker, None, None, (content,), (), (), (), None, None, False, False, None, None, 1.0
    )
    statements = (said,) if speaker else ()
    names, page = Names(reading, COUNTRIES), page_of(text)
    events = find_events(page, reading, names, (), Spots(reading, {}), statements)
    return find_commitments(page, reading, names, (), statements, events)


@pytest.mark.parametrize(
    ("sentence", "speaker", "kind", "by", "condition", "consequence"),
    [
        (THREATENED, None, "threat", "chile", "unless Peru withdraws", "to close the border"),
        (OFFERED, None, None, None, None, None),
        (OFFERED, "nepal", "offer", "nepal", "if it asked", "Nepal would send help to Bhutan"),
        (PROMISED, None, "promise", "chile", None, "to help Peru"),
        (MIDDLE, "chile", "threat", "chile", "Such troops , if deployed", "will become targets"),
        (SUBJECT, "chile", "threat", "chile", "Any attack on ships", "will be met with force"),
        (FORECAST, None, None, None, None, None),
        (FORECAST, "chile", None, None, None, None),
    ],
)
def test_commitments(
    sentence: str, speaker: str | None, kind: str | None, by: str | None, condition: str | None, consequence: str | None
) -> None:
    found = commitments_of(sentence, speaker)
    if kind is None:
        assert found == ()
        return
    (one,) = found
    assert (one.kind, one.by, one.condition and one.condition.text, one.consequence.text) == (
        kind,
        by,
        condition,
        consequence,
    )
    assert one.explicit == (condition is not None)
    assert one.event is not None


@pytest.mark.parametrize(
    ("sentence", "marker", "condition", "consequence"),
    [
        (FORECAST, "if", "If Peru attacks", "prices will rise"),
        (INVERTED, "should", "Should Peru leave", "Chile would suffer"),
        (MIDDLE, "if", "Such troops , if deployed", "will become targets"),
        (STRAY, "if", "troops , if deployed", "will become targets"),
    ],
)
def test_condition_and_consequence(sentence: str, marker: str, condition: str, consequence: str) -> None:
    text, reading = reading_of(sentence)
    (found,) = conditionals(reading)
    assert found.marker == marker
    assert text[slice(*found.condition)] == condition
    assert text[slice(*found.consequence)] == consequence


@pytest.mark.parametrize("case", list(cases("commitments")), ids=lambda case: case.text[:60])
def test_constructions(case: Case) -> None:
    right = agrees("commitments", case, record_of(case))
    assert right != (case.text in known_failures()["commitments"]), case.expected


def test_the_condition_that_a_headline_leaves_out_is_kept() -> None:
    text = (
        "Peru warns foreign patrols will be treated as a direct threat\n\n"
        "The Peruvian Foreign Ministry said on Monday that any patrol by Chile in the bay would be treated as a direct"
        " threat.\n\n"
        "The storage of Chilean weapons on the islands will be regarded as a direct threat to Peru, the ministry said."
    )
    found = read(article_page({"text": text, "published": "2026-03-12"}, source="test")).commitments
    told = [c.condition.text if c.condition else None for c in found]
    assert told == ["any patrol by Chile in the bay", "The storage of Chilean weapons on the islands"]
