"""What a sentence must hold before its trigger's surroundings are worked out."""

from __future__ import annotations

from event_hand import reading_of

from onrecord.events.needs import may_be_met, words_of

IMPOSED = (
    "Peru Peru PROPN NNP 2 nsubj; Imposed impose VERB VBD 0 root; {written} {lemma} NOUN NNS 2 obj;"
    " on on ADP IN 5 case; Chile Chile PROPN NNP 2 obl"
)


def _words(written: str, lemma: str) -> frozenset[str]:
    _, reading = reading_of(IMPOSED.format(written=written, lemma=lemma))
    return words_of(reading, reading.sentences[0])


def test_a_sentence_has_its_words_as_lemmas_and_as_written_in_lower_case() -> None:
    assert {"peru", "impose", "imposed", "duties", "duty"} <= _words("duties", "duty")


def test_a_line_without_one_of_the_words_it_needs_is_met_nowhere() -> None:
    assert may_be_met("impose", "verb", _words("duties", "duty"))
    assert not may_be_met("impose", "verb", _words("rumours", "rumour"))


def test_a_line_that_needs_no_word_may_be_met_anywhere() -> None:
    assert may_be_met("invade", "verb", frozenset())
