"""Windows hold whole blocks, every word once, and depend on nothing but the page."""

from __future__ import annotations

from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest

from onrecord.encoding import load_tokenizer, shape, windows, word_features
from onrecord.quotation import quotations
from onrecord.words import words

TOKENIZER = load_tokenizer(Path(str(resources.files("onrecord") / "data" / "tokenizer.json")))


@pytest.mark.parametrize(
    ("word", "number"),
    [("troops", 1), ("Moscow", 2), ("NATO", 3), ("McKay", 4), ("19th", 5), ("2026", 5), (",", 6), ("A", 7)],
)
def test_shape(word: str, number: int) -> None:
    assert shape(word) == number


def test_every_word_is_in_one_window() -> None:
    forms = ["word"] * 1000
    blocks = [k // 90 for k in range(1000)]
    cut = windows(TOKENIZER, forms, [0] * 1000, blocks, 256)
    assert cut[0].first == 0 and cut[-1].last == 1000
    assert all(a.last == b.first for a, b in pairwise(cut))
    assert all(len(w.ids) <= 256 and len(w.heads) == w.last - w.first for w in cut)
    assert all(w.first % 90 == 0 for w in cut), "blocks that fit are not torn"


def test_a_block_longer_than_a_window_is_cut_after_a_sentence() -> None:
    forms = (["word"] * 99 + ["."]) * 5
    cut = windows(TOKENIZER, forms, [0] * 500, [0] * 500, 256)
    assert [w.first for w in cut] == [0, 200, 400]


def test_words_without_pieces_and_endless_words_are_kept() -> None:
    cut = windows(TOKENIZER, ["\u200d", "x" * 5000, "ok"], [0, 0, 0], [0, 0, 0], 64)
    assert sum(w.last - w.first for w in cut) == 3


def test_a_first_word_too_long_for_a_window_has_one_to_itself() -> None:
    cut = windows(TOKENIZER, ["x" * 60, "ok"], [0, 0], [0, 0], 4)
    assert [(window.first, window.last) for window in cut] == [(0, 1), (1, 2)]


def test_no_words_give_no_window() -> None:
    assert windows(TOKENIZER, [], [], []) == []


def test_features_tell_marks_and_block_starts() -> None:
    text = 'He said "we agree" then.'
    spans = words(text)
    features = word_features(text, spans, [0] * len(spans), quotations(text, [(0, len(text))]))
    assert [(f // 2) % 4 for f in features] == [0, 0, 1, 2, 2, 3, 0, 0]
    assert [f % 2 for f in features] == [1, 0, 0, 0, 0, 0, 0, 0]
