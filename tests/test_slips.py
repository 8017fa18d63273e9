"""Trees put right around names, and plurals that mean a pair told of before: on trees built by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from event_hand import Names, reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

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
FRONTED = (
    "Peru Peru PROPN NNP 3 obj; have have AUX VBP 3 aux; detained detain VERB VBN 0 root; ten ten NUM CD 5 nummod;"
    " sailors sailor NOUN NNS 3 obj"
)
BEYOND = (
    "Peru Peru PROPN NNP 5 nmod:poss; has have AUX VBZ 3 aux; signed sign VERB VBN 0 root; a a DET DT 5 det;"
    " treaty treaty NOUN NN 3 obj"
)
DATELINE = (
    "LIMA lima PROPN NNP 0 root; : : PUNCT : 1 punct; Peru Peru PROPN NNP 1 appos; yesterday yesterday NOUN NN 5 obl;"
    " withdrew withdraw VERB VBD 1 parataxis; troops troop NOUN NNS 5 obj"
)
OWNER = (
    "Peru Peru PROPN NNP 5 nsubj; 's 's PART POS 1 case; army army NOUN NN 5 obl; has have AUX VBZ 5 aux;"
    " left leave VERB VBN 0 root"
)
LED_BY = (
    "Chile Chile PROPN NNP 2 nsubj; met meet VERB VBD 0 root; Peru Peru PROPN NNP 2 obj; led lead VERB VBN 3 acl;"
    " by by ADP IN 6 case; Norway Norway PROPN NNP 4 obl"
)

AND = "Norway Norway PROPN NNP 4 nsubj; and and CCONJ CC 3 cc; Peru Peru PROPN NNP 1 appos; left leave VERB VBD 0 root"

RELEASED = (
    "In in ADP IN 2 case; statements statement NOUN NNS 5 obl; released release VERB VBN 5 advcl;"
    " Norway Norway PROPN NNP 5 nsubj; protested protest VERB VBD 0 root"
)


@pytest.mark.parametrize(
    ("sentence", "word", "relation", "head"),
    [
        (RELEASED, "released", "acl", "statements"),
        (AND, "Peru", "conj", "Norway"),
        (LED, "Peru", "obl", "held"),
        (DECISION, "Peru", "nmod", "move"),
        (ACCUSED, "Peru", "obj", "accuses"),
        (SAID, "Peru", "nsubj", "left"),
        (FRONTED, "Peru", "nsubj", "detained"),
        (BEYOND, "Peru", "nsubj", "signed"),
        (DATELINE, "Peru", "nsubj", "withdrew"),
        (OWNER, "Peru", "nmod:poss", "army"),
        (OWNER, "army", "nsubj", "left"),
        (LED_BY, "Peru", "obj", "met"),
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


def test_a_noun_that_hangs_below_a_mention_is_not_put_above_it() -> None:
    _, reading = reading_of(
        "front front NOUN NN 4 obl; of of ADP IN 3 case; Chile Chile PROPN NNP 5 nsubj; invited invite VERB VBN 3 acl;"
        " left leave VERB VBD 0 root"
    )
    _climb_all(mended(reading, _names(reading)))


def _climb_all(reading: Reading) -> None:
    """Every word has a way to the root: a circle would hold whoever climbs it."""
    for token in reading.tokens:
        steps = 0
        while token.head >= 0:
            token, steps = reading.tokens[token.head], steps + 1
            assert steps <= len(reading.tokens)


KINDS = ("Chile Chile PROPN NNP", "Peru Peru PROPN NNP", "with with ADP IN", "of of ADP IN", "by by ADP IN",
         "talks talk NOUN NNS", "held hold VERB VBD", "accused accuse VERB VBD", "leaving leave VERB VBG")  # fmt: skip
RELATIONS = ("nsubj", "obj", "obl", "nmod", "case", "mark", "conj", "acl", "ccomp", "compound")


@st.composite
def trees(draw: st.DrawFn) -> str:
    """A sentence of a few words with any tree at all."""
    size = draw(st.integers(3, 9))
    order = draw(st.permutations(range(size)))
    heads = {order[0]: 0} | {k: draw(st.sampled_from(order[:n])) + 1 for n, k in enumerate(order) if n}
    words = (draw(st.sampled_from(KINDS)) for _ in range(size))
    return "; ".join(
        f"{word} {heads[k]} {draw(st.sampled_from(RELATIONS)) if heads[k] else 'root'}" for k, word in enumerate(words)
    )


@settings(max_examples=300, deadline=None)
@given(trees())
def test_a_tree_stays_a_tree(sentence: str) -> None:
    _, reading = reading_of(sentence)
    _climb_all(mended(reading, _names(reading)))
