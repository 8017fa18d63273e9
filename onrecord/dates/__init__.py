"""Dates: expressions of the page and its own date to intervals of whole days, never more precise than the words.

    days         intervals and calendar units, no words
    expressions  what an expression says, before anyone asks relative to what
    words        the words of dates and their patterns
    tables       named days, names that only look like dates, words that tell tense
    rules        a pattern and what it says
    written      the rules of dates written out
    counted      the rules of dates counted from another
    atoms        text to single expressions
    grammar      text to whole expressions: portions, ranges, "since"
    clauses      the tree: tense of a date's clause
    owners       the date of a word
    context      what a date may count from
    nearness     what words leave out, by tense and nearness
    resolve      expression and context to days
    pages        a page's dates and the day they count from
    explain      why an expression became those days

Imports run downwards.
"""

from __future__ import annotations

from onrecord.dates.explain import ExplainedDate, explain_dates
from onrecord.dates.owners import when_at
from onrecord.dates.pages import Anchor, anchor, find_dates, infer_published, is_day

__all__ = ["Anchor", "ExplainedDate", "anchor", "explain_dates", "find_dates", "infer_published", "is_day", "when_at"]
