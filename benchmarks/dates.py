"""Dates against GUM's resolved ones: how many are found, and how many of those are exact.

    python -m benchmarks.dates [--split dev] [--misses] [--corpora DIR]

A gold date is *found* where one of ours overlaps it and *exact* where both name the same days. The page's date is
GUM's ``dateCreated``. The trees are GUM's own, so this measures dates and not the reader.

Set aside, and counted: gold that names no interval of days (a month of any year, before the year 1, not a date).
Where GUM's convention is another than ours, its gold is read as follows (*strict* is without: the same two bounds):

- GUM marks both ends of a range apart, we give one interval: ours is exact if it runs from the first end to the last;
- of "since 2014" GUM marks the year, we the stretch to the page's date: ours is exact if it begins with GUM's;
- GUM leaves one bound open (``notBefore`` alone): ours is exact if the given bound agrees;
- where GUM leaves out of its span a word that narrows ours ("*early* in 2016"), ours is wrong, but counted as *finer*
  too: how many of the wrong ones lie inside GUM's interval and say more words;
- everything else that differs (see ``docs/decisions/0003-dates.md``) counts as wrong.
"""

from __future__ import annotations

import argparse
import gzip
import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from onrecord.dates import find_dates
from onrecord.reading import Reading, Sentence, Token
from onrecord.record import Block, Page, When

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
_TAG = re.compile(r"</?date\b[^>]*>")
_ATTRIBUTE = re.compile(r'(when|from|to|notBefore|notAfter):::"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Gold:
    """A date as GUM marks it: characters ``start`` to ``end``, and its bounds (None where left open)."""

    start: int
    end: int
    tag: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Document:
    """One document of GUM as a page, with its trees and its dates."""

    name: str
    page: Page
    reading: Reading
    golds: tuple[Gold, ...]


def documents(path: Path) -> Iterator[Document]:
    """The documents of a GUM file."""
    lines: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            if line.startswith("# newdoc id") and lines:
                yield _document(lines)
                lines = []
            lines.append(line.rstrip("\n"))
    if lines:
        yield _document(lines)


def _document(lines: list[str]) -> Document:
    building = _Building()
    for line in lines:
        building.take(line)
    return building.done()


@dataclass(slots=True)
class _Building:
    """A document while its lines are read."""

    name: str = ""
    created: str = ""
    text: str = ""
    at: int = 0  # where the next word is looked for
    opened: list[tuple[int, str]] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    golds: list[Gold] = field(default_factory=list)

    def take(self, line: str) -> None:
        key, _, value = line.partition(" = ")
        if key == "# newdoc id":
            self.name = value
        elif key == "# meta::dateCreated":
            self.created = value
        elif line.startswith("# newpar") and "block" not in line:
            self._open_block()
        elif key == "# text":
            self._open_sentence(value)
        elif line[:1].isdigit():
            self._word(*line.split("\t"))

    def _open_block(self) -> None:
        self.text += "\n\n" if self.text else ""
        self.blocks.append(Block("body", len(self.text), len(self.text)))

    def _open_sentence(self, words: str) -> None:
        if not self.blocks:
            self._open_block()
        self.text += " " if self.text and not self.text.endswith("\n") else ""
        self.at = len(self.text)
        self.text += words
        self.blocks[-1] = Block("body", self.blocks[-1].start, len(self.text))
        first = len(self.tokens)
        self.sentences.append(Sentence(first, first, self.at, len(self.text), len(self.blocks) - 1))

    def _word(self, number: str, form: str, lemma: str, upos: str, xpos: str, _: str, head: str, *rest: str) -> None:
        deprel, _, misc = rest
        if "." in number:
            return
        start = self.text.find(form, self.at, self.at + len(form) + 3)
        start = self.at if start < 0 else start  # a part of a contraction need not be in the text
        end = start + len(form)
        if "-" not in number:
            sentence = self.sentences[-1]
            parent = sentence.first + int(head) - 1 if head != "0" else -1
            self.tokens.append(
                Token(len(self.tokens), start, end, form, lemma, upos, xpos, parent, deprel, len(self.sentences) - 1)
            )
            self.sentences[-1] = replace(sentence, last=len(self.tokens))
            self.at = end
        for tag in _TAG.findall(misc):
            if tag.startswith("<date"):
                self.opened.append((start, tag))
            elif self.opened:
                opened, mark = self.opened.pop()
                self.golds.append(_gold(opened, end, mark))

    def done(self) -> Document:
        children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                children[token.head].append(token.i)
        page = Page(
            id=self.name, source=self.name, url=None, outlet=None, section=(), title=None, authors=(),
            published=self.created or None, published_from="given", fetched=None, language="en", credit=None,
            text=self.text, blocks=tuple(self.blocks), digest="",
        )  # fmt: skip
        reading = Reading(tuple(self.tokens), tuple(self.sentences), (), (), (), tuple(map(tuple, children)))
        return Document(self.name, page, reading, tuple(sorted(self.golds, key=lambda gold: gold.start)))


def _gold(start: int, end: int, tag: str) -> Gold:
    said = dict(_ATTRIBUTE.findall(tag))
    when, first, last = (
        said.get("when"),
        said.get("from") or said.get("notBefore"),
        said.get("to") or said.get("notAfter"),
    )
    return Gold(start, end, tag, _bound(when or first, False), _bound(when or last, True))


def _bound(moment: str | None, upper: bool) -> date | None:
    parts = re.fullmatch(r"(\d{3,4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?", moment or "")
    if not parts or int(parts[1]) == 0:
        return None
    year, month = int(parts[1]), int(parts[2] or (12 if upper else 1))
    return date(year, month, int(parts[3] or (monthrange(year, month)[1] if upper else 1)))


def exact(ours: When, golds: list[Gold]) -> bool:
    """Whether the interval is the one that the gold dates inside it span."""
    firsts, lasts = [gold.first for gold in golds], [gold.last for gold in golds]
    first = min((moment for moment in firsts if moment), default=None) if None not in firsts else None
    last = max((moment for moment in lasts if moment), default=None) if None not in lasts else None
    if ours.span and re.match(r"(?:ever )?since\b|.*(?:present|now|date)$", ours.span.text, re.IGNORECASE):
        last = None
    return (first is None or first.isoformat() == ours.first) and (last is None or last.isoformat() == ours.last)


def _finer(ours: When, gold: Gold) -> bool:
    longer = ours.span is not None and ours.span.start < gold.start and ours.span.end >= gold.end
    inside = gold.first and gold.last and gold.first.isoformat() <= ours.first <= ours.last <= gold.last.isoformat()
    return longer and bool(inside)


@dataclass(slots=True)
class Tally:
    """Counts over documents."""

    gold: int = 0
    aside: int = 0
    found: int = 0
    exact: int = 0
    strict: int = 0
    finer: int = 0
    ours: int = 0

    def line(self, name: str) -> str:
        """One row of the table."""
        found, right = 100 * self.found / max(1, self.gold), 100 * self.exact / max(1, self.found)
        counts = f"{self.finer:5} {self.aside:5} {self.ours:5}"
        strict = 100 * self.strict / max(1, self.found)
        return f"{name:10} {self.gold:5} {self.found:5} {found:6.1f}% {right:6.1f}% {strict:6.1f}% {counts}"


def measure(document: Document, whens: Sequence[When], tally: Tally, misses: bool) -> None:
    """Add a document to the tally; print what is missed or wrong where asked."""
    tally.ours += len(whens)
    for gold in document.golds:
        overlapping = [w for w in whens if w.span and w.span.start < gold.end and gold.start < w.span.end]
        if gold.first is None and gold.last is None:
            tally.aside += 1
            continue
        tally.gold += 1
        text = document.page.text[gold.start : gold.end]
        if not overlapping:
            if misses:
                print(
                    f"MISSED {document.name} [{document.page.published}] {text!r} {gold.tag}  "
                    f"…{document.page.text[max(0, gold.start - 40) : gold.end + 25]!r}"
                )
            continue
        tally.found += 1
        covered = [
            [
                g
                for g in document.golds
                if w.span and w.span.start < g.end and g.start < w.span.end and (g.first or g.last)
            ]
            for w in overlapping
        ]
        tally.strict += any(
            gold.first and gold.last and (when.first, when.last) == (gold.first.isoformat(), gold.last.isoformat())
            for when in overlapping
        )
        if any(exact(when, golds) for when, golds in zip(overlapping, covered, strict=True)):
            tally.exact += 1
            continue
        tally.finer += any(_finer(when, gold) for when in overlapping)
        if misses:
            got = [(w.first, w.last, w.span.text if w.span else "") for w in overlapping]
            print(
                f"WRONG  {document.name} [{document.page.published}] {text!r} {gold.tag} {got}  "
                f"…{document.page.text[max(0, gold.start - 60) : gold.end + 25]!r}"
            )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("train", "dev", "both"), default="both")
    parser.add_argument("--misses", action="store_true", help="print every date missed or wrong")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    args = parser.parse_args()
    for split in ("train", "dev") if args.split == "both" else (args.split,):
        genres: dict[str, Tally] = {"all": Tally()}
        for document in documents(args.corpora / "ud" / f"en_gum_open-ud-{split}.conllu.gz"):
            genre = genres.setdefault(document.name.split("_")[1], Tally())
            before = Tally()
            measure(document, find_dates(document.page, document.reading), before, args.misses)
            for tally in (genre, genres["all"]):
                tally.gold += before.gold
                tally.aside += before.aside
                tally.found += before.found
                tally.exact += before.exact
                tally.strict += before.strict
                tally.finer += before.finer
                tally.ours += before.ours
        print(f"GUM {split:6}  gold found   found   exact  strict finer aside  ours")
        for name in sorted(genres):
            print(genres[name].line(name))


if __name__ == "__main__":
    main()
