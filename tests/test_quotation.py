"""Quotation marks of all kinds to quotations."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.quotation import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It is time," he said. "We will go."', ['"It is time,"', '"We will go."']),
        ("“It is time,” he said.", ["“It is time,”"]),
        ("«C'est non», said the envoy.", ["«C'est non»"]),
        ("« Non », said the envoy.", ["« Non »"]),
        ("„Nein“, said the envoy.", ["„Nein“"]),
        ("‘We won’t go,’ she said. It’s the ministers’ job.", ["‘We won’t go,’"]),
        ("He called it 'a direct threat' and the ministers' plan", ["'a direct threat'"]),
        ("“He said ‘never’ to me,” she recalled", ["“He said ‘never’ to me,”"]),
        ("“A long quotation goes on", ["“A long quotation goes on"]),
        ("A stray “ mark", []),
        ('A 5" gun was shown', []),
        ("Rock 'n' roll in the '90s", ["'n'"]),
        ("no marks at all", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text, [(0, len(text))])] == expected


def test_a_quotation_ends_with_its_block() -> None:
    text = "“First part.\n\n“Second part,” he said."
    found = quotations(text, [(0, 12), (14, len(text))])
    assert [(text[q.start : q.end], q.closed) for q in found] == [("“First part.", False), ("“Second part,”", True)]


def test_a_quotation_left_open_goes_on_where_the_next_block_opens_with_its_mark() -> None:
    text = '"We came," he said. "We saw.\n\n"We left," he added.'
    found = quotations(text, [(0, 28), (30, len(text))])
    assert [text[q.start : q.end] for q in found] == ['"We came,"', '"We saw.', '"We left,"']


@given(st.text(alphabet="ab '\"“”‘’«»„.,\n", max_size=60))
def test_quotations_are_in_order_and_apart(text: str) -> None:
    found = quotations(text, [(0, len(text))])
    assert all(q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
