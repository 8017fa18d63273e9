"""Trees put right around names, and plurals that mean a pair told of before: on trees built by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from event_hand import Names, reading_of

from onrecord.events.parties import Cast
from onrecord.events.slips import mended
from onrecord.reading import Reading

COUNTRIES: Mapping[str, tuple[str | None, str | None]] = {
    "Chile": ("CHL", None),
    "Peru": ("PER", None),
    "Norway": ("NOR", None),
}


LED = (
    "Chile Chile PROPN NNP 2 nsubj; held hold VERB VBD 0 root; talks talk NOUN NNS 2 obj; with with ADP IN 5 case;"
    " Peru Peru PROPN NNP 2 nsubj"
)
DECISION = (
    "Norway Norway PROPN NNP 2 nsubj; welcomed welcome VERB VBD 0 root; a a DET DT 4 det; move move NOUN NN 2 obj;"
    " by by ADP IN 6 case; Peru Peru PROPN NNP 2 obj"
)
ACCUSED = (
    "Norway Norway PROPN NNP 2 nsubj; accuses accuse VERB VBZ 0 root; Peru Peru PROPN NNP 5 nsubj;"
    " of of SCONJ IN 5 mark; hiding hide VERB VBG 2 ccomp; arms arm NOUN NNS 5 obj"
)
SAID = (
    "Norway Norway PROPN NNP 2 nsubj; said say VERB VBD 0 root; Peru Peru PROPN NNP 5 nsubj; had have AUX VBD 5 aux;"
    " left leave VERB VBN 2 ccomp"
)


@pytest.mark.parametrize(
    ("sentence", "word", "relation", "head"),
    [
        (LED, "Peru", "obl", "held"),
        (DECISION, "Peru", "nmod", "move"),
        (ACCUSED, "Peru", "obj", "accuses"),
        (SAID, "Peru", "nsubj", "left"),
    ],
)
def test_a_mention_hangs_where_its_neighbours_say(sentence: str, word: str, relation: str, head: str) -> None:
    _, reading = reading_of(sentence)
    right = mended(reading, _names(reading))
    token = next(token for token in right.tokens if token.text == word)
    assert (token.deprel, right.tokens[token.head].text) == (relation, head)


def test_children_follow_the_heads() -> None:
    _, reading = reading_of(LED)
    right = mended(reading, _names(reading))
    assert all(token.i in right.children[token.head] for token in right.tokens if token.head >= 0)
    assert sum(map(len, right.children)) == len(right.tokens) - 1


def test_nothing_changes_where_nothing_slipped() -> None:
    _, reading = reading_of(SAID)
    assert mended(reading, _names(reading)) is reading


MET = "Chile Chile PROPN NNP 4 nsubj; and and CCONJ CC 3 cc; Peru Peru PROPN NNP 1 conj; met meet VERB VBD 0 root"
THEY = "They they PRON PRP 2 nsubj; agreed agree VERB VBD 0 root"
BOTH = "Both both DET DT 2 det; sides side NOUN NNS 3 nsubj; agreed agree VERB VBD 0 root"
SEVERAL = "Several several ADJ JJ 2 amod; sides side NOUN NNS 3 nsubj; agreed agree VERB VBD 0 root"


@pytest.mark.parametrize(
    ("second", "meant"), [(THEY, ("chile", "peru")), (BOTH, ("chile", "peru")), (SEVERAL, None), (SAID, None)]
)
def test_whom_a_plural_means(second: str, meant: tuple[str, ...] | None) -> None:
    _, reading = reading_of(MET, second)
    plurals = Cast.of(reading, _names(reading), ()).plurals
    assert (next(iter(plurals.values())) if plurals else None) == meant


def _names(reading: Reading) -> Names:
    return Names(reading, COUNTRIES)
