"""Split of condition and consequence, against GUM: ``python -m benchmarks.conditions [--split dev] [--misses]``.

GUM's ``contingency-condition`` relations whose condition begins with "if" or "unless", on GUM's own trees and on those
of our reader from the bare text. Both spans are right where each has an F1 over words of at least .8 with the annotated
one. GUM tells the spans twice: as units of its discourse tree, where the consequence is the unit with or without what
hangs on it in the sentence; and as the two arguments of the connective in the manner of the Penn Discourse Treebank.
Either will do, but both spans must be right by one of them. The rules were written while looking at the train part.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gold.load import shift
from onrecord.commitments import conditionals
from onrecord.page import article_page
from onrecord.reader import Reader
from onrecord.reading import Reading, Sentence, Token

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
OVERLAP = 0.8

_FIELD = re.compile(r"Discourse=([^|]*)")
_PENN = re.compile(r"Contingency\.Condition[^:;|]*:[^:;|]*:([\d,-]+):([\d,-]+):([\d,-]+)")


@dataclass(frozen=True)
class Document:
    """A document of GUM on its own trees, with its text and the MISC column of its words."""

    text: str
    reading: Reading
    misc: tuple[str, ...]


@dataclass(frozen=True)
class Gold:
    """An explicit condition: the pairs (condition, consequence) of word indices that count as right."""

    pairs: tuple[tuple[set[int], set[int]], ...]


def documents(path: Path) -> Iterator[Document]:
    """The documents of a CoNLL-U file."""
    rows: list[list[str]] = []
    sentences: list[list[list[str]]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "# newdoc\n"]:
            if line.startswith("# newdoc") and sentences:
                yield _document(sentences)
                sentences = []
            elif line[0].isdigit() and line.split("\t")[0].isdigit():
                rows.append(line.rstrip("\n").split("\t"))
            elif not line.strip() and rows:
                sentences.append(rows)
                rows = []


def _document(sentences: list[list[list[str]]]) -> Document:
    tokens: list[Token] = []
    borders: list[Sentence] = []
    misc: list[str] = []
    text = ""
    for number, rows in enumerate(sentences):
        base = len(tokens)
        for _, form, lemma, upos, xpos, _, head, deprel, _, field in rows:
            above = int(head) - 1 + base if head != "0" else -1
            start = len(text)
            tokens.append(Token(len(tokens), start, start + len(form), form, lemma, upos, xpos, above, deprel, number))
            misc.append(field)
            text += form + ("" if "SpaceAfter=No" in field else " ")
        borders.append(Sentence(base, len(tokens), tokens[base].start, tokens[-1].end, 0))
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head >= 0:
            children[token.head].append(token.i)
    reading = Reading(tuple(tokens), tuple(borders), (), (), (), tuple(map(tuple, children)))
    return Document(text, reading, tuple(misc))


def gold_conditions(document: Document) -> Iterator[Gold]:
    """Each explicit if- or unless-condition of a document."""
    tokens = document.reading.tokens
    starts: list[tuple[int, int]] = []
    heads: dict[int, int] = {}
    told: dict[int, str] = {}
    for k, field in enumerate(document.misc):
        if mark := _FIELD.search(field):
            unit, _, head = mark[1].split(";")[0].split(":")[1].partition("->")
            starts.append((int(unit), k))
            told[int(unit)] = mark[1]
            if head:
                heads[int(unit)] = int(head)
    ends = [k for _, k in starts[1:]] + [len(document.misc)]
    units = {unit: set(range(k, end)) for (unit, k), end in zip(starts, ends, strict=True)}
    below: dict[int, list[int]] = defaultdict(list)
    for unit, head in heads.items():
        below[head].append(unit)

    def words(unit: int, without: int | None, sentence: int, *, deep: bool) -> set[int]:
        own = {k for k in units[unit] if tokens[k].sentence == sentence and tokens[k].upos != "PUNCT"}
        for child in below[unit] if deep else ():
            if child != without:
                own |= words(child, without, sentence, deep=True)
        return own

    for unit, text in told.items():
        for part in text.split(";"):
            fields = part.split(":")
            if fields[0] != "contingency-condition":
                continue
            first = sorted(units[unit])
            if not {tokens[k].text.lower() for k in first[:3]} & {"if", "unless"}:
                continue
            sentence = tokens[first[0]].sentence
            head = int(fields[1].partition("->")[2])
            condition = words(unit, None, sentence, deep=True)
            pairs = [(condition, words(head, unit, sentence, deep=deep) - condition) for deep in (True, False)]
            yield Gold((*pairs, *_arguments(document, units[unit])))


def _arguments(document: Document, unit: set[int]) -> Iterator[tuple[set[int], set[int]]]:
    """The arguments of the connective that stands in the unit; the connective belongs to the condition."""
    for k in unit:
        for connective, one, two in _PENN.findall(document.misc[k]):
            lead, left, right = (_numbers(part) for part in (connective, one, two))
            held = {n for n in left | right | lead if document.reading.tokens[n].upos != "PUNCT"}
            marks = {n for n in lead if document.reading.tokens[n].text.lower() != "then"}
            yield (right | marks) & held, left & held


def _numbers(text: str) -> set[int]:
    """Word indices of "3,5-7", which counts from 1."""
    out: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        out |= set(range(int(first) - 1, int(last or first)))
    return out


def spans(document: Document, reader: Reader | None) -> list[tuple[set[int], set[int]]]:
    """Our conditions as word indices of the document; on our reader's trees if one is given."""
    if reader is None:
        found = [(c.condition, c.consequence) for c in conditionals(document.reading)]
    else:
        page = article_page({"text": document.text}, source="-")
        back = {theirs: ours for ours, theirs in shift(document.text, page.text).items()}
        found = [(_back(c.condition, back), _back(c.consequence, back)) for c in conditionals(reader.read(page))]
    return [(_words(document, a), _words(document, b)) for a, b in found]


def _back(characters: tuple[int, int], back: dict[int, int]) -> tuple[int, int]:
    inside = [back[k] for k in range(*characters) if k in back]
    return inside[0], inside[-1] + 1


def _words(document: Document, characters: tuple[int, int]) -> set[int]:
    start, end = characters
    return {t.i for t in document.reading.tokens if start <= t.start < end and t.upos != "PUNCT"}


def f1(one: set[int], other: set[int]) -> float:
    """F1 over words."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def is_right(ours: tuple[set[int], set[int]], gold: Gold) -> bool:
    """Whether both spans agree with one of the annotated pairs."""
    return any(f1(ours[0], a) >= OVERLAP and f1(ours[1], b) >= OVERLAP for a, b in gold.pairs)


def measure(path: Path, reader: Reader | None, *, misses: bool) -> tuple[int, int, int]:
    """How many conditions there are, are found, and have both spans right."""
    total = found = right = 0
    for document in documents(path):
        ours = spans(document, reader)
        for gold in gold_conditions(document):
            hit = any(is_right(pair, gold) for pair in ours)
            total, found, right = total + 1, found + any(a & gold.pairs[0][0] for a, _ in ours), right + hit
            if misses and not hit:
                _print(document, gold, ours)
    return total, found, right


def _print(document: Document, gold: Gold, ours: list[tuple[set[int], set[int]]]) -> None:
    def text(words: set[int]) -> str:
        return " ".join(document.reading.tokens[k].text for k in sorted(words))

    for condition, consequence in gold.pairs:
        print(f"  gold {text(condition)} => {text(consequence)}")
    for condition, consequence in ours:
        if condition & gold.pairs[0][0]:
            print(f"  ours {text(condition)} => {text(consequence)}")
    print()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Condition and consequence, against GUM.")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--split", choices=("train", "dev"), help="one part only")
    parser.add_argument("--misses", action="store_true", help="print what is not right, on GUM's trees")
    options = parser.parse_args()
    if not options.corpora.exists():
        print(f"{options.corpora} is not here: nothing measured")
        return
    reader = Reader(threads=2)
    for split in (options.split,) if options.split else ("train", "dev"):
        path = options.corpora / "ud" / f"en_gum_open-ud-{split}.conllu.gz"
        for trees, own in (("GUM's trees", None), ("our trees", reader)):
            if options.misses and own is not None:
                continue
            total, found, right = measure(path, own, misses=options.misses)
            print(
                f"GUM {split} explicit conditions, {trees:11}: found {found}/{total}, "
                f"both spans right {right}/{total} = {right / max(1, total):.1%}  (wanted: 80%)"
            )


if __name__ == "__main__":
    main()
