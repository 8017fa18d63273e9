"""Which articles are annotated: sixty political ones, by a hash of their id.

``python -m benchmarks.gold.choose`` prints the ids with their half. An article counts as political when it is of a
readable length and at least twelve of its words, and four different ones, are of the list below.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from pathlib import Path

ARTICLES = 60
_POLITICAL = re.compile(
    r"\b(president|minister|ministry|government|parliament|senate|congress|ambassador|diplomat\w*|sanctions?|troops"
    r"|military|army|rebels?|militants?|ceasefire|treaty|talks|summit|election|opposition|spokes\w+|foreign|embassy"
    r"|united nations|nato|european union|protest\w*|coup|court|police|border|party)\b",
    re.IGNORECASE,
)


def is_political(text: str) -> bool:
    """Whether an article is about politics or diplomacy, by its words alone."""
    hits = [match.group().lower() for match in _POLITICAL.finditer(text)]
    return 200 <= len(text.split()) <= 900 and len(hits) >= 12 and len(set(hits)) >= 4


def chosen(texts: dict[str, str]) -> list[tuple[str, str]]:
    """(id, half) of the articles to annotate; ``work`` is looked at, ``figure`` only scored."""
    political = [name for name, text in texts.items() if is_political(text)]
    ranked = sorted(political, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:ARTICLES]
    return [(name, "work" if n % 2 == 0 else "figure") for n, name in enumerate(ranked)]


def articles(corpora: Path) -> dict[str, str]:
    """Article texts by id."""
    with gzip.open(corpora / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {row["id"]: row["text"] for row in map(json.loads, lines)}


if __name__ == "__main__":
    for name, half in chosen(articles(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora"))):
        print(name, half)
