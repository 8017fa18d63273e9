"""How well the reader reads: ``python -m benchmarks.reader [entities] [syntax]`` on the dev splits.

Entities go in as raw text and come out as character spans, compared exactly with the annotators' own spans (not with
spans moved to our words); attribution has a file of its own. Trees are measured on gold words and sentences and, again,
on raw text, where our own words and sentences count too (F1 over words that match, as in the CoNLL 2018 shared task).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.scores import Score
from onrecord.quotation import quotations
from onrecord.reader import Reader
from onrecord.reading import Reading
from onrecord.words import words
from training import corpora
from training.corpora import Example


def raw(reader: Reader, text: str, blocks: list[tuple[int, int]]) -> Reading:
    """The reading of a bare text whose paragraphs are known."""
    spans = [(n, span) for n, (start, end) in enumerate(blocks) for span in words(text, start, end)]
    return reader.read_words(text, [s for _, s in spans], [n for n, _ in spans], quotations(text, blocks))


def entities(reader: Reader, root: Path) -> None:
    """Exact-span F1 of the nine labels together and apart."""
    total: dict[str, Score] = {"all": Score()}
    examples = corpora.entities(root / "ner/worldwide_dev.conll.gz", root / "articles.jsonl.gz")
    for example in examples:
        reading = raw(reader, example.text, corpora.paragraphs(example.text))
        found = [(e.label, e.start, e.end) for e in reading.entities]
        gold = example.labels["characters"]
        total["all"].add(found, gold)
        for label in {item[0] for item in gold}:
            total.setdefault(label, Score()).add(
                [f for f in found if f[0] == label], [g for g in gold if g[0] == label]
            )
    print(f"Entities, Worldwide Newswire dev, {len(examples)} articles whose raw text is at hand, exact spans")
    for label, score in sorted(total.items(), key=lambda item: -item[1].wanted):
        print(f"  {label:16} {score}   {'80 wanted' if label == 'all' else ''}")


def syntax(reader: Reader, root: Path, name: str) -> None:
    """Accuracy on gold words, F1 on raw text."""
    counts = dict.fromkeys(("words", "upos", "xpos", "lemma", "uas", "las", "las with subtypes"), 0)
    on_raw = {key: Score() for key in ("words", "sentences", "upos", "uas", "las")}
    for example in corpora.treebank(root / f"ud/{name}-ud-dev.conllu.gz"):
        rows = example.labels["rows"]
        marks = quotations(example.text, _blocks(example))
        reading = reader.read_words(example.text, example.words, example.blocks, marks, example.labels["sentences"])
        for token, row, head in zip(reading.tokens, rows, example.labels["heads"], strict=True):
            counts["words"] += 1
            counts["upos"] += token.upos == row.upos
            counts["xpos"] += token.xpos == row.xpos
            counts["lemma"] += token.lemma == row.lemma
            counts["uas"] += token.head == head
            counts["las"] += token.head == head and token.deprel.split(":")[0] == row.deprel.split(":")[0]
            counts["las with subtypes"] += token.head == head and token.deprel == row.deprel
        own = raw(reader, example.text, _blocks(example))
        _score_raw(on_raw, own, example)
    print(f"Trees, {name} dev, gold words and sentences")
    total = counts["words"]
    for key, right in counts.items():
        print(f"  {key:18} {right if key == 'words' else round(100 * right / total, 1)}")
    print(f"Trees, {name} dev, raw text")
    for key, score in on_raw.items():
        print(f"  {key:18} {score}")


def _blocks(example: Example) -> list[tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for n, (start, end) in zip(example.blocks, example.words, strict=True):
        found[n] = (found.get(n, (start, end))[0], end)
    return list(found.values())


def _score_raw(scores: dict[str, Score], own: Reading, example: Example) -> None:
    def place(k: int) -> tuple[int, int] | None:
        return example.words[k] if k >= 0 else None

    def own_place(k: int) -> tuple[int, int] | None:
        return (own.tokens[k].start, own.tokens[k].end) if k >= 0 else None

    rows, heads = example.labels["rows"], example.labels["heads"]
    gold_words = example.words
    own_words = [(t.start, t.end) for t in own.tokens]
    scores["words"].add(own_words, gold_words)
    scores["sentences"].add(
        [(s.start, s.end) for s in own.sentences],
        [(gold_words[a][0], gold_words[b - 1][1]) for a, b in example.labels["sentences"]],
    )
    scores["upos"].add(
        [(w, t.upos) for w, t in zip(own_words, own.tokens, strict=True)],
        [(w, r.upos) for w, r in zip(gold_words, rows, strict=True)],
    )
    scores["uas"].add(
        [(w, own_place(t.head)) for w, t in zip(own_words, own.tokens, strict=True)],
        [(w, place(h)) for w, h in zip(gold_words, heads, strict=True)],
    )
    scores["las"].add(
        [(w, own_place(t.head), t.deprel.split(":")[0]) for w, t in zip(own_words, own.tokens, strict=True)],
        [(w, place(h), r.deprel.split(":")[0]) for w, h, r in zip(gold_words, heads, rows, strict=True)],
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="*", default=["entities", "syntax"])
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--weights", type=Path, help="a folder with other weights than the package's")
    options = parser.parse_args()
    reader = Reader(options.weights, threads=2)
    if "entities" in options.part:
        entities(reader, options.corpora)
    if "syntax" in options.part:
        syntax(reader, options.corpora, "en_ewt")
        syntax(reader, options.corpora, "en_gum_open")


if __name__ == "__main__":
    main()
