"""The one normalisation that text undergoes: line breaks, runs of spaces, control characters. Letters stay as they are.

It happens once, before the page's text is laid out; after that every offset counts code points of ``page.text`` and
nothing is altered again.
"""

from __future__ import annotations

import re

_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Controls, and the invisible characters that only tell where a word may be broken: zero-width space, word joiner, byte
# order mark, soft hyphen. Joiners (U+200C, U+200D) and direction marks carry meaning in other scripts and stay.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def normal_lines(text: str) -> str:
    """``text`` with ``\\n`` as its only line break, single spaces, and no control characters."""
    text = _LONE_SURROGATE.sub("\ufffd", _BREAKS.sub("\n", text))
    return _SPACES.sub(" ", _INVISIBLE.sub("", text))


def encodable(address: str) -> str:
    """An address as UTF-8 has it. JSON can name halves of characters, and so can file names: they stay told apart."""
    return address.encode("utf-8", "backslashreplace").decode("utf-8")


def one_line(text: str) -> str:
    """``text`` as one line: line breaks count as spaces, none at the ends."""
    return " ".join(normal_lines(text).split())
