"""What is told of where a page came from: never a path of the machine that read it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PATH = re.compile(r"[/\\]")


def named(source: str) -> str:
    """A source fit to be told to others: addresses as they are, of a file only its name (``news.jsonl:12``)."""
    scheme, apart, _ = source.partition("://")
    if apart and scheme.isalnum() and scheme.lower() != "file":
        parts = urlsplit(source)
        return source if "@" not in parts.netloc else parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return _PATH.split(source)[-1]
