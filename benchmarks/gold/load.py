"""The annotated articles with their texts."""

from __future__ import annotations

import hashlib
import json
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
    """Offsets of ``text`` to offsets of the page's canonical text, which may differ in white space only."""
    ours = (k for k, c in enumerate(page_text) if not c.isspace())
    moved, last = {}, 0
    for k, c in enumerate(text):
        if not c.isspace() and c not in "\u200b\ufeff\u00ad\u2060":
            last = next(ours, last)
            if page_text[last] != c:
                raise ValueError(f"the page's text leaves the article's at {k}: {text[k : k + 30]!r}")
            moved[k] = last
    return moved


def moved(span: list[int] | None, offsets: dict[int, int]) -> tuple[int, int] | None:
    """A span of the article as a span of the page, or None."""
    if span is None:
        return None
    inside = [offsets[k] for k in range(*span) if k in offsets]
    return (inside[0], inside[-1] + 1) if inside else None
