"""The corpora as examples: words of a document with their labels, cut and marked as at run time.

Every loader returns ``Example`` objects over **our** words (``onrecord.words``) of the raw text, except the treebanks,
whose own words are the gold ones. Labels that fall inside a word count for the whole word.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.encoding import word_features
from onrecord.quotation import quotations
from onrecord.words import words

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Example:
    """One document. ``labels`` depends on the task (see the loaders); positions in it are word indices."""

    task: str
    text: str
    words: list[tuple[int, int]]
    blocks: list[int]
    features: list[int]
    labels: dict[str, Any] = field(default_factory=dict)

    @property
    def forms(self) -> list[str]:
        """The words themselves."""
        return [self.text[start:end] for start, end in self.words]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the lines of a text that are not empty."""
    return [match.span() for match in re.finditer(r"\S[^\n]*", text)]


def example(task: str, text: str, spans: Spans, blocks: Spans, labels: dict[str, Any]) -> Example:
    """An example from words and blocks given as character spans."""
    numbers, at = [], 0
    for start, _ in spans:
        while at + 1 < len(blocks) and start >= blocks[at][1]:
            at += 1
        numbers.append(at)
    return Example(
        task, text, list(spans), numbers, word_features(text, spans, numbers, quotations(text, blocks)), labels
    )


def raw_example(task: str, text: str, labels: dict[str, Any] | None = None) -> Example:
    """An example over our words of a raw text."""
    blocks = paragraphs(text)
    spans = [span for start, end in blocks for span in words(text, start, end)]
    return example(task, text, spans, blocks, labels or {})


def word_range(spans: Spans, start: int, end: int) -> tuple[int, int] | None:
    """The words (first, last exclusive) that the characters ``start`` to ``end`` touch."""
    first = next((k for k, (_, e) in enumerate(spans) if e > start), None)
    if first is None:
        return None
    last = first
    while last < len(spans) and spans[last][0] < end:
        last += 1
    return (first, last) if last > first else None


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def attributions(path: Path) -> list[Example]:
    """PolNeAR: ``spans`` holds (role, first, last); ``links`` holds (source, cue, contents) as indices into spans."""
    examples = []
    for row in read_jsonl(path):
        found = raw_example("attribution", row["text"])
        spans: list[tuple[str, int, int]] = []
        links = []
        for attribution in row["annotations"][0]["attributions"]:
            places: dict[str, list[int]] = {}
            for role in ("source", "cue", "content"):
                for start, end in attribution[role]:
                    ranged = word_range(found.words, start, end)
                    if ranged is None:
                        continue
                    entry = (role, *ranged)
                    if entry not in spans:
                        spans.append(entry)
                    places.setdefault(role, []).append(spans.index(entry))
            links.append((places.get("source", []), places.get("cue", []), places.get("content", [])))
        found.labels.update(spans=spans, links=links)
        examples.append(found)
    return examples


def entities(conll: Path, articles: Path) -> list[Example]:
    """Worldwide Newswire: ``spans`` holds (label, first, last), projected on our words of the article's raw text."""
    texts = {row["id"]: row["text"] for row in read_jsonl(articles)}
    examples = []
    for name, tokens in _conll_documents(conll):
        text = texts.get(name)
        if text is None:
            continue
        spans = _aligned(text, tokens)
        if spans is None:
            continue
        found = raw_example("entity", text)
        ranged = [(label, word_range(found.words, start, end)) for label, start, end in spans]
        found.labels["spans"] = [(label, *span) for label, span in ranged if span]
        found.labels["characters"] = spans
        examples.append(found)
    return examples


def _conll_documents(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    name = ""
    tokens: list[tuple[str, str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# doc = "):
                if tokens:
                    yield name, tokens
                name, tokens = line[8:], []
            elif "\t" in line:
                form, _, tag = line.rpartition("\t")
                tokens.append((form, tag))
    if tokens:
        yield name, tokens


def _aligned(text: str, tokens: list[tuple[str, str]]) -> list[tuple[str, int, int]] | None:
    """Character spans of the entities, found by walking the tokens through the text; None if they do not fit it.

    The first tokens are the article's address and heading, which the text lacks.
    """
    position, missed, skipping = 0, 0, True
    spans: list[tuple[str, int, int]] = []
    open_label = ""
    for form, tag in tokens:
        at = text.find(form, position, position + 60 + len(form))
        if at < 0:
            missed += not skipping
            open_label = ""
            continue
        skipping = False
        position = at + len(form)
        if tag.startswith("B-") or (tag.startswith("I-") and tag[2:] != open_label):
            spans.append((tag[2:], at, position))
        elif tag.startswith("I-") and spans:
            spans[-1] = (spans[-1][0], spans[-1][1], position)
        open_label = tag[2:]
    return spans if missed < 0.02 * len(tokens) else None


@dataclass(frozen=True)
class Row:
    """One word of a treebank."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str


def treebank(path: Path) -> list[Example]:
    """Universal Dependencies, a document an example, with the treebank's own words.

    ``rows`` holds the columns, ``heads`` absolute word indices (-1 for roots), ``sentences`` the (first, last) of each.
    """
    examples = []
    for document in _conllu_documents(path):
        text = ""
        spans: list[tuple[int, int]] = []
        blocks: list[tuple[int, int]] = []
        rows: list[Row] = []
        heads: list[int] = []
        sentences: list[tuple[int, int]] = []
        for new_paragraph, surface, words_here in document:
            if text:
                text += "\n" if new_paragraph else " "
            if new_paragraph or not blocks:
                blocks.append((len(text), 0))
            offset, position, base = len(text), 0, len(rows)
            text += surface
            for row in words_here:
                at = surface.find(row.form, position)
                at = position if at < 0 else at  # a word that the surface shortens (a multiword token's part)
                spans.append((offset + at, min(offset + at + len(row.form), len(text))))
                position = min(at + len(row.form), len(surface))
                rows.append(row)
                heads.append(base + row.head - 1 if row.head else -1)
            sentences.append((base, len(rows)))
            blocks[-1] = (blocks[-1][0], len(text))
        labels = {"rows": rows, "heads": heads, "sentences": sentences}
        examples.append(example("syntax", text, spans, blocks, labels))
    return examples


def _conllu_documents(path: Path) -> Iterator[list[tuple[bool, str, list[Row]]]]:
    document: list[tuple[bool, str, list[Row]]] = []
    new_paragraph, surface = True, ""
    rows: list[Row] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                if document:
                    yield document
                document, new_paragraph = [], True
            elif line.startswith("# newpar"):
                new_paragraph = True
            elif line.startswith("# text = "):
                surface = line[9:]
            elif line and line[0] != "#":
                c = line.split("\t")
                if c[0].isdigit():
                    rows.append(Row(c[1], c[2], c[3], c[4], int(c[6]), c[7]))
            elif not line and rows:
                document.append((new_paragraph, surface, rows))
                new_paragraph, rows = False, []
    if document:
        yield document


_MARKED = re.compile(r"</?[st]>")


def marked_pair(marked: str) -> tuple[str, tuple[int, int], tuple[int, int]] | None:
    """A sentence with ``<s>actor</s>`` and ``<t>recipient</t>`` to (sentence, actor span, recipient span)."""
    text, position = "", 0
    places: dict[str, int] = {}
    for match in _MARKED.finditer(marked):
        text += marked[position : match.start()]
        places.setdefault(match.group(), len(text))
        position = match.end()
    text += marked[position:]
    if not {"<s>", "</s>", "<t>", "</t>"} <= places.keys():
        return None
    return text, (places["<s>"], places["</s>"]), (places["<t>"], places["</t>"])


def pairs(path: Path) -> list[Example]:
    """PLV: ``actor`` and ``recipient`` word ranges, ``type`` the label of the pair."""
    examples = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            parsed = marked_pair(row["marked_sentence"])
            if parsed is None:
                continue
            text, actor, recipient = parsed
            found = raw_example("pair", text)
            ranges = word_range(found.words, *actor), word_range(found.words, *recipient)
            if None in ranges:
                continue
            found.labels.update(actor=ranges[0], recipient=ranges[1], type=row["root"])
            examples.append(found)
    return examples


def lemma_script(form: str, lemma: str) -> str:
    """How to make the lemma from the form: ``keep`` or ``lower`` the case, cut n letters, add a suffix."""
    case = "lower" if lemma == lemma.lower() and form != form.lower() else "keep"
    base = form.lower() if case == "lower" else form
    common = 0
    while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
        common += 1
    return f"{case} {len(base) - common} {lemma[common:]}".rstrip()


def vocabulary(values: Iterable[str], least: int) -> list[str]:
    """The values that occur at least ``least`` times, the most frequent first."""
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return [value for value, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= least]
