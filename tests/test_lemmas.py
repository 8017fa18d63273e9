"""Lemmas by rule and by table, whatever the network guessed."""

from __future__ import annotations

import pytest

from onrecord.lemmas import lemma

KNOWN = frozenset(
    "believe inform hope hop plan visit deny watch use us try die promise judge state stat raise call agree seize "
    "minister talk country press see tie refer sanction".split()
)


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "expected"),
    [
        ("believed", "VERB", "VBD", "believe"),
        ("informed", "VERB", "VBN", "inform"),
        ("hoped", "VERB", "VBD", "hope"),
        ("planning", "VERB", "VBG", "plan"),
        ("visited", "VERB", "VBD", "visit"),
        ("denies", "VERB", "VBZ", "deny"),
        ("denied", "VERB", "VBD", "deny"),
        ("watches", "VERB", "VBZ", "watch"),
        ("used", "VERB", "VBN", "use"),
        ("died", "VERB", "VBD", "die"),
        ("stated", "VERB", "VBD", "state"),
        ("Calling", "VERB", "VBG", "call"),
        ("agreed", "VERB", "VBD", "agree"),
        ("pressed", "VERB", "VBD", "press"),
        ("referred", "VERB", "VBD", "refer"),
        ("deploy", "VERB", "VB", "deploy"),
        ("NATO", "NOUN", "NN", "NATO"),
        ("has", "AUX", "VBZ", "have"),
        ("told", "VERB", "VBD", "tell"),
        ("ministers", "NOUN", "NNS", "minister"),
        ("countries", "NOUN", "NNS", "country"),
        ("women", "NOUN", "NNS", "woman"),
        ("Sanctions", "NOUN", "NNS", "sanction"),
    ],
)
def test_inflected_forms(form: str, upos: str, xpos: str, expected: str) -> None:
    assert lemma(form, upos, xpos, iter(["wrong"]), KNOWN) == expected


def test_other_words_take_the_first_guess_that_is_known() -> None:
    assert lemma("better", "ADJ", "JJR", iter(["bett", "press"]), KNOWN) == "press"
    assert lemma("Lavrov", "PROPN", "NNP", iter(["Lavrov"]), KNOWN) == "Lavrov"
    assert lemma("blorped", "VERB", "VBD", iter(["blorp", "x"]), KNOWN) == "blorp"


@pytest.mark.parametrize(
    ("form", "expected"), [("tweeted", "tweet"), ("retweeting", "retweet"), ("Vooped", "voop"), ("blaised", "wrong")]
)
def test_new_verbs_are_told_by_their_spelling_where_it_leaves_but_one_lemma(form: str, expected: str) -> None:
    assert lemma(form, "VERB", "VBD", iter(["wrong", "false"]), KNOWN) == expected
