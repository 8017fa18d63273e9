"""Attribution on PolNeAR dev, through the public API: ``python -m benchmarks.attribution``.

Article text in, statements out; their spans are carried back to the article's own offsets (a page's canonical text
differs in white space only) and compared exactly with the first annotator's. *Joint*: source, cue and all content of
one attribution exact and together. *Overlap*: F1 over the words that the spans cover. Kinds are told of gold and found
contents by the same rule (quotation marks). *Lone paragraphs*: each paragraph read as a page of its own, no context.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.gold.load import shift
from benchmarks.scores import Score
from benchmarks.statements import words_in
from onrecord.errors import PageError
from onrecord.page import article_page
from onrecord.quotation import quotations
from onrecord.read import read
from onrecord.reader import Reader
from onrecord.record import Span
from training.corpora import paragraphs, read_jsonl

Interval = tuple[int, int]
Triple = tuple[Interval | None, Interval | None, tuple[Interval, ...]]

ROLES = ("source", "cue", "content")
KINDS = ("direct", "mixed", "indirect")
ANCHORS = {
    "source": "wanted 82, aim 86   linear tagger 79.2   CofeNet (BERT-base, test units) 83.2",
    "cue": "wanted 75, aim 78   linear tagger 72.3   CofeNet 75.3",
    "content": "wanted 69, aim 75   linear tagger 63.6   CofeNet 72.9",
    "joint": "wanted 54, aim 64",
}


def spans_of(triple: Triple, role: str) -> list[Interval]:
    """The spans of one role of an attribution."""
    source, cue, content = triple
    one = {"source": source, "cue": cue}
    return list(content) if role == "content" else [span for span in (one[role],) if span]


def gold_of(row: dict[str, Any]) -> list[Triple]:
    """The first annotator's attributions."""

    def first(spans: list[list[int]]) -> Interval | None:
        return (spans[0][0], spans[0][1]) if spans else None

    return [
        (first(a["source"]), first(a["cue"]), tuple(sorted((s[0], s[1]) for s in a["content"])))
        for a in row["annotations"][0]["attributions"]
    ]


def found_in(text: str, reader: Reader, *, nested: bool = True) -> list[Triple]:
    """The statements of a text, in its own offsets; with or without those ``nested`` in another's content."""
    try:
        page = article_page({"text": text}, source="benchmark")
    except PageError:  # a paragraph of nothing but marks
        return []
    back = {ours: theirs for theirs, ours in shift(text, page.text).items()}

    def place(span: Span) -> Interval:
        inside = [back[k] for k in range(span.start, span.end) if k in back]
        return inside[0], inside[-1] + 1

    return [
        (
            place(s.speaker_span) if s.speaker_span else None,
            place(s.cue) if s.cue else None,
            tuple(sorted(map(place, s.content))),
        )
        for s in read(page, reader).statements
        if nested or s.said_in is None or s.cue is None
    ]


def kind_of(text: str, triple: Triple, marks: list[Interval]) -> str:
    """direct, mixed or indirect, by what of the content stands inside quotation marks."""
    inside = outside = 0
    for start, end in triple[2]:
        for k in range(start, end):
            if text[k].isalnum():
                quoted = any(a <= k < b for a, b in marks)
                inside, outside = inside + quoted, outside + (not quoted)
    return "indirect" if not inside else "mixed" if outside else "direct"


class Table:
    """The scores of one way of reading."""

    def __init__(self) -> None:
        self.exact = {role: Score() for role in (*ROLES, "joint")}
        self.overlap = {role: Score() for role in ROLES}
        self.kinds = {kind: {role: Score() for role in (*ROLES, "joint", "overlap")} for kind in KINDS}

    def add(self, text: str, found: list[Triple], gold: list[Triple]) -> None:
        """Count one text."""
        marks = [(q.start, q.end) for q in quotations(text, paragraphs(text))]
        self._add(self.exact, found, gold)
        for role in ROLES:
            self.overlap[role].add(self._words(text, found, role), self._words(text, gold, role))
        for kind in KINDS:
            a = [t for t in found if kind_of(text, t, marks) == kind]
            b = [t for t in gold if kind_of(text, t, marks) == kind]
            self._add(self.kinds[kind], a, b)
            self.kinds[kind]["overlap"].add(self._words(text, a, "content"), self._words(text, b, "content"))

    def _add(self, scores: dict[str, Score], found: list[Triple], gold: list[Triple]) -> None:
        for role in ROLES:
            scores[role].add(
                [span for t in found for span in spans_of(t, role)], [span for t in gold for span in spans_of(t, role)]
            )
        scores["joint"].add(found, gold)

    def _words(self, text: str, triples: Iterable[Triple], role: str) -> set[int]:
        return words_in(text, [span for t in triples for span in spans_of(t, role)])

    def show(self, title: str) -> None:
        """Print the table."""
        print(title)
        for role, score in self.exact.items():
            over = f"overlap {self.overlap[role].f1:5.1f}" if role in self.overlap else " " * 13
            print(f"  {role:10} {score}  {over}   {ANCHORS[role]}")
        for kind in KINDS:
            told = "  ".join(f"{name} {score.f1:5.1f}" for name, score in self.kinds[kind].items())
            print(f"  {kind:10} {told}  n {self.kinds[kind]['joint'].wanted}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--weights", type=Path, help="a folder with other weights than the package's")
    options = parser.parse_args()
    reader = Reader(options.weights, threads=2)
    rows = read_jsonl(options.corpora / "polnear/dev.jsonl.gz")
    articles, flat, alone = Table(), Table(), Table()
    for row in rows:
        text, gold = row["text"], gold_of(row)
        articles.add(text, found_in(text, reader), gold)
        flat.add(text, found_in(text, reader, nested=False), gold)
        for start, end in paragraphs(text):
            inside = [t for t in gold if all(start <= a and b <= end for r in ROLES for a, b in spans_of(t, r))]
            moved = [
                (
                    t[0] and (t[0][0] - start, t[0][1] - start),
                    t[1] and (t[1][0] - start, t[1][1] - start),
                    tuple((a - start, b - start) for a, b in t[2]),
                )
                for t in inside
            ]
            part = text[start:end]
            alone.add(part, found_in(part, reader), moved)
    articles.show(f"Attribution, PolNeAR dev, {len(rows)} articles, exact spans, through the public API")
    flat.show(
        "Attribution, the same, without our statements inside the words of another, of which PolNeAR annotates none"
    )
    alone.show("Attribution, the same articles' paragraphs, each alone")


if __name__ == "__main__":
    main()
