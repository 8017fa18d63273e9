"""Words as Universal Dependencies parts them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He didn't go.", "He|did|n't|go|."),
        ("They cannot; we can’t.", "They|can|not|;|we|ca|n’t|."),
        ("Russia's long-range plan", "Russia|'s|long|-|range|plan"),
        ("the ministers' view", "the|ministers|'|view"),
        ("The U.S. said at 10:30 a.m. on Feb. 3", "The|U.S.|said|at|10:30|a.m.|on|Feb.|3"),
        ("Mr. O'Neill paid $1,200.50 (net)", "Mr.|O'Neill|paid|$|1,200.50|(|net|)"),
        ("“We’ll go,” J. Park said", "“|We|’ll|go|,|”|J.|Park|said"),
        ("see www.example.org/a?b=1.", "see|www.example.org/a?b=1|."),
        ("mail desk@paper.example now", "mail|desk@paper.example|now"),
        ("No. 10 said no. Again", "No.|10|said|no|.|Again"),
        ("wait... what?!", "wait|...|what|?!"),
        ("the 1990s and the 19th", "the|1990s|and|the|19th"),
        ("#peace @envoy", "#peace|@envoy"),
        ("Côte d'Ivoire", "Côte|d'Ivoire"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert "|".join(text[start:end] for start, end in words(text)) == expected


def test_offsets_count_in_the_whole_text() -> None:
    text = "First. Second one."
    assert [text[a:b] for a, b in words(text, 7, 13)] == ["Second"]


@given(st.text(max_size=200))
def test_words_cover_everything_but_white_space(text: str) -> None:
    spans = words(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = "".join(text[a:b] for a, b in spans)
    assert "".join(covered.split()) == "".join(text.split())
