"""How well pages are read: the article's body, its headline, its declared date, and how fast.

    python -m benchmarks.pages [--corpora ../shared/corpora] [--worst N]

**Body** is measured as the article-extraction-benchmark of Scrapinghub does it: shingles of four tokens (``\\w+``),
counted with their number; true positives, false positives and false negatives of a page divided by their sum, so that a
long page weighs no more than a short one; precision and recall averaged over pages; F1 of the two averages. The body is
the lead, body and subhead blocks.

**Headline**, twice. *Declared*: it is the page's ``og:title`` or ``<title>``, with or without the site's name at its
end, or its only ``<h1>``. *Checked*: ours is the title accepted by eye for this page, with its h1, og:title and
title beside it; a hash of its letters is kept in ``page_headlines.tsv``, so that no text of the corpus is. They were
taken from this own reader, so the second figure shows what has changed since and is no independent reference.

**Date**: a page declares one if a JSON-LD ``datePublished`` or a ``meta`` ``article:published_time`` with a plausible
year stands in its source; that day must be the one used.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import statistics
import time
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from pathlib import Path

from onrecord.errors import PageError
from onrecord.page import article_page, read_page
from onrecord.record import Page

ANCHOR = 0.955  # readability-lxml on 181 pages of the same benchmark; trafilatura (fast) .962 there
TRAFILATURA_HERE = 0.956  # trafilatura 2.3.1 extract(fast=True, include_comments=False) on these 92 pages
SHINGLE = 4
BODY = ("lead", "body", "subhead")
HEADLINES = Path(__file__).with_name("page_headlines.tsv")


@dataclass(frozen=True, slots=True)
class Score:
    """One page: precision and recall of its body, whether headline (twice) and date are right, seconds."""

    name: str
    url: str
    precision: float
    recall: float
    headline: bool
    title_declared: bool
    declared: frozenset[str]
    dated: bool
    seconds: float


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four tokens of a text, with their number; a shorter text is one run."""
    tokens = re.findall(r"\w+", text)
    runs = (tuple(tokens[at : at + SHINGLE]) for at in range(max(1, len(tokens) - SHINGLE + 1)))
    return Counter(run for run in runs if run)


def precision_recall(expected: str, found: str) -> tuple[float, float]:
    """Precision and recall of the shingles of ``found``, as the benchmark defines them (1 where both are empty)."""
    want, got = shingles(expected), shingles(found)
    right = sum((want & got).values())
    extra, missing = sum(got.values()) - right, sum(want.values()) - right
    precision = 1.0 if extra == missing == 0 else right / (right + extra) if right + extra else 0.0
    recall = 1.0 if extra == missing == 0 else right / (right + missing) if right + missing else 0.0
    return precision, recall


def declared_titles(html: str) -> frozenset[str]:
    """The letters of the titles that a page gives itself, found by pattern and not by our own code."""
    titles = re.findall(r"<meta[^>]+property=[\"']og:title[\"'][^>]+content=\"([^\"]*)", html, re.I)[:1]
    titles += re.findall(r"<title[^>]*>([^<]*)", html, re.I)[:1]
    headings = [re.sub(r"<[^>]*>", "", found) for found in re.findall(r"<h1\b[^>]*>(.*?)</h1", html, re.I | re.S)]
    headings = [found for found in headings if found.strip()]
    bare = [re.sub(r"(?:\s+[|–—:·-]\s+[^|–—·]{2,40})+$", "", unescape(title).strip()) for title in titles]
    return frozenset(
        map(letters, (*map(unescape, titles), *bare, *map(unescape, headings if len(headings) == 1 else ())))
    )


def letters(title: str) -> str:
    """Letters and digits of a title, in lower case."""
    return re.sub(r"\W+", "", title).casefold()


def headline_hash(title: str | None) -> str:
    """A hash of a title's letters and digits, in any case."""
    return sha256(letters(title or "").encode()).hexdigest()[:16]


def declared_days(html: str) -> frozenset[str]:
    """The days that a page's source declares as its publication, found by pattern and not by our own code."""
    patterns = (
        r'"datePublished"\s*:\s*"\s*(\d{4}-\d\d-\d\d)',
        r'<meta[^>]+(?:property|name)="article:published_time"[^>]+content="\s*(\d{4}-\d\d-\d\d)',
        r'<meta[^>]+content="\s*(\d{4}-\d\d-\d\d)[^>]+(?:property|name)="article:published_time"',
    )
    days = (day for pattern in patterns for day in re.findall(pattern, html))
    return frozenset(day for day in days if "1980" <= day < "2030")


def measure(corpora: Path) -> list[Score]:
    """Read the 92 pages and score each."""
    truth = json.loads((corpora / "pages" / "ground-truth.json").read_text(encoding="utf-8"))
    with HEADLINES.open(encoding="utf-8") as file:
        headlines = {row["page"]: row["headline"] for row in csv.DictReader(file, delimiter="\t")}
    scores = []
    for name, expected in truth.items():
        data = (corpora / "pages" / "html" / f"{name}.html.gz").read_bytes()
        html = gzip.decompress(data).decode("utf-8", errors="replace")
        days = declared_days(html)
        started = time.perf_counter()
        page: Page | None
        try:
            page = read_page(data, source=name)
        except PageError as error:
            print(error)
            page = None
        seconds = time.perf_counter() - started
        body = (
            "\n".join(page.text[block.start : block.end] for block in page.blocks if block.role in BODY) if page else ""
        )
        precision, recall = precision_recall(expected["articleBody"], body)
        scores.append(
            Score(
                name=name[:8],
                url=expected["url"],
                precision=precision,
                recall=recall,
                headline=page is not None and headline_hash(page.title) == headlines[name[:8]],
                title_declared=page is not None and letters(page.title or "") in declared_titles(html),
                declared=days,
                dated=page is not None
                and page.published_from in ("json-ld", "meta")
                and (page.published or "")[:10] in days,
                seconds=seconds,
            )
        )
    return scores


def plain_speed(corpora: Path) -> float:
    """Milliseconds for one bare article, over the 899."""
    with gzip.open(corpora / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    started = time.perf_counter()
    for article in articles:
        article_page(article, source=article["id"])
    return (time.perf_counter() - started) / len(articles) * 1000


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--worst", type=int, default=0, help="also list the pages with the lowest F1")
    arguments = parser.parse_args()
    scores = measure(arguments.corpora)
    precision = statistics.mean(score.precision for score in scores)
    recall = statistics.mean(score.recall for score in scores)
    f1 = 2 * precision * recall / (precision + recall)
    declaring = [score for score in scores if score.declared]
    print(f"pages      {len(scores)}")
    print(f"body F1    {f1:.4f}  (precision {precision:.3f}, recall {recall:.3f}; 4-gram shingles)")
    print(
        f"anchors    {ANCHOR:.3f} readability-lxml (181 pages), {TRAFILATURA_HERE:.3f} trafilatura fast (these pages)"
    )
    print(
        f"headline   {sum(score.title_declared for score in scores)} of {len(scores)} as the page declares it", end=""
    )
    print(f", {sum(score.headline for score in scores)} of {len(scores)} as checked by eye")
    print(f"date       {sum(score.dated for score in declaring)} of {len(declaring)} declared ones used")
    print(f"speed      {statistics.mean(score.seconds for score in scores) * 1000:.1f} ms a page of HTML", end="")
    print(f", {plain_speed(arguments.corpora):.2f} ms a plain article")
    for score in sorted(scores, key=lambda one: one.precision + one.recall)[: arguments.worst]:
        print(f"  {score.name}  P {score.precision:.3f}  R {score.recall:.3f}  {score.url[:90]}")
    for score in scores:
        if not score.headline:
            print(f"  headline  {score.name}  {score.url[:90]}")
        if score.declared and not score.dated:
            print(f"  date      {score.name}  declares {', '.join(sorted(score.declared))}  {score.url[:80]}")


if __name__ == "__main__":
    main()
