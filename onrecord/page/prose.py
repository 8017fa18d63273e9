"""What is a paragraph of an article, by its shape."""

from __future__ import annotations

import re

LONGEST_HEADLINE = 220  # characters
_SHORTEST_PROSE = 80  # characters; a shorter line that ends like a sentence may still be a slogan or a label
_FULL_STOP = re.compile(r"\.[\"”’')\]»]*$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]»]*$")


def is_prose(line: str) -> bool:
    """Long enough to be a paragraph of an article, and ending as a sentence does."""
    return len(line) >= _SHORTEST_PROSE and ends_sentence(line)


def ends_sentence(line: str) -> bool:
    """Whether the line ends with a full stop, question or exclamation mark, inside quotation marks or not."""
    return _SENTENCE_END.search(line[-8:]) is not None


def is_statement(line: str) -> bool:
    """Whether the line ends with a full stop, as paragraphs do and titles do not."""
    return _FULL_STOP.search(line[-8:]) is not None
