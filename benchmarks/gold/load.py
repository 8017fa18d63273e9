"""The annotated articles with their texts."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.gold.choose import articles

HERE = Path(__file__).parent


def annotated(corpora: Path, half: str, *, annotator: str = "first") -> Iterator[tuple[str, dict[str, Any]]]:
    """(text, annotation) of the articles of a half: ``work``, ``figure`` or ``both``."""
    texts = articles(corpora)
    for line in (HERE / f"{annotator}.jsonl").read_text(encoding="utf-8").splitlines():
        annotation = json.loads(line)
        text = texts[annotation["id"]]
        if hashlib.sha256(text.encode()).hexdigest()[:16] != annotation["digest"]:
            raise SystemExit(f"{annotation['id']}: the text is not the one that was annotated")
        if half in ("both", annotation["half"]):
            yield text, annotation


def shift(text: str, page_text: str) -> dict[int, int]:
    """Offsets of ``text`` to offsets of the page's canonical text, which may lack white space and invisible characters.

    Raises ValueError where they differ in anything else.
    """
    found, at = {}, 0
    for k, c in enumerate(text):
        if c.isspace():
            continue
        while at < len(page_text) and page_text[at].isspace():
            at += 1
        if at < len(page_text) and page_text[at] == c:
            found[k] = at
            at += 1
        elif unicodedata.category(c) not in ("Cc", "Cf"):
            raise ValueError(f"the page's text leaves the article's at {k}: {text[k : k + 30]!r}")
    return found


def moved(span: list[int] | None, offsets: dict[int, int]) -> tuple[int, int] | None:
    """A span of the article as a span of the page, or None."""
    if span is None:
        return None
    inside = [offsets[k] for k in range(*span) if k in offsets]
    return (inside[0], inside[-1] + 1) if inside else None
