"""Tables: days with names of their own, words that make a name of a day, and classes of words that tell tense."""

from __future__ import annotations

import re
from datetime import date

from onrecord.dates.days import Interval
from onrecord.tables import rows

_CLASSES = [(row["class"], row["word"]) for row in rows("date_words.tsv")]
_NAMED = {
    row["phrase"]: Interval(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
    for row in rows("named_days.tsv")
}
_WORDS = {
    side: "|".join(re.escape(row["word"]) for row in rows("date_names.tsv") if row["side"] == side)
    for side in ("before", "after", "indefinite", "today")
}
_BEFORE = re.compile(rf"(?:^|[\W_])(?:{_WORDS['before']}) $")
_INDEFINITE = re.compile(rf"(?:^|[\W_])(?:{_WORDS['indefinite']}) $", re.IGNORECASE)
_AFTER = re.compile(rf" (?:{_WORDS['after']})\b")


def word_class(name: str) -> frozenset[str]:
    """The lemmas of one class of ``data/date_words.tsv``."""
    return frozenset(word for of, word in _CLASSES if of == name)


#: Every phrase of ``data/named_days.tsv``, longest first.
NAMED_DAY = re.compile(rf"(?<![\w/])(?:{'|'.join(sorted(map(re.escape, _NAMED), key=len, reverse=True))})\b")


def named_day(phrase: str) -> Interval:
    """The days of a phrase that ``NAMED_DAY`` matched."""
    return _NAMED[phrase]


_TODAY = re.compile(rf"(?:^|[\W_])(?:{_WORDS['today']}) $")
_HELD_THEN = re.compile(rf" (?:[a-z]+ )?(?:{'|'.join(sorted(word_class('fixture') | word_class('occasion')))})s?\b")


def is_any(text: str, start: int, end: int) -> bool:
    """Whether a weekday is one of many, as "a Friday" is, and not the day of a thing: "a Friday rally"."""
    return bool(_INDEFINITE.search(text, max(0, start - 5), start)) and not _HELD_THEN.match(text, end)


def is_titled(text: str, start: int) -> bool:
    """Whether a capital "Today" ends the name of a newspaper."""
    return bool(_TODAY.search(text, max(0, start - 16), start))


def names_something_else(text: str, start: int, end: int) -> bool:
    """Whether the words around make a name of it: "Black Friday", "Sunday Times", "7 October Street"."""
    return bool(_BEFORE.search(text, max(0, start - 16), start) or _AFTER.match(text, end))
