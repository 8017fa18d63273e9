"""Coreference of actors' mentions against GUM's: ``python -m benchmarks.coreference [--split dev]``.

People, organisations and places only (GUM's ``person``, ``organization`` and ``place``). Ours are the mentions of the
page's actors, an actor being a cluster, and its places, a name with its country being one; the reader reads the bare
text. A mention of ours is GUM's where its head is one of the words that GUM calls the mention's head (its minimal
span); of several around one head the one that covers the most of ours. GUM tells whom "I", "we" and "you" mean: ours
does not, so they count as missed. Clusters of one mention count on neither side.

The baseline joins the same mentions of ours by their words: names and nouns where they are spelled alike, or end in the
same capitalised word; pronouns with nobody.
"""

from __future__ import annotations

import argparse
import gzip
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.clusters import MEASURES, Scores
from benchmarks.dates import Document, documents
from onrecord.actors.find import search
from onrecord.actors.gazetteer import state_names
from onrecord.places import find_places
from onrecord.reader import Reader
from onrecord.reading import Reading
from onrecord.record import Page

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
KINDS = frozenset({"person", "organization", "place"})
_MARK = re.compile(r"\(([^()]+)(\)?)|(\d+)\)")
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Noted:
    """A mention: tokens ``first`` to ``last`` (exclusive) of its text's words, its heads, and whose it is."""

    first: int
    last: int
    heads: frozenset[int]
    whose: str


def gold_mentions(path: Path) -> Iterator[tuple[Document, list[Noted]]]:
    """The documents of a GUM file with their mentions of people, organisations and places."""
    for document, marks in zip(documents(path), _marks(path), strict=True):
        yield document, [noted for noted in _noted(marks) if noted is not None]


def _marks(path: Path) -> Iterator[list[str]]:
    """For each document the ``Entity`` of each word."""
    found: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            if line.startswith("# newdoc id") and found:
                yield found
                found = []
            fields = line.split("\t")
            if len(fields) == 10 and fields[0].isdigit():
                said = next((part for part in fields[9].strip().split("|") if part.startswith("Entity=")), "")
                found.append(said.removeprefix("Entity="))
    yield found


def _noted(marks: Sequence[str]) -> Iterator[Noted | None]:
    opened: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for i, mark in enumerate(marks):
        for opening, shut, closing in _MARK.findall(mark):
            if opening:
                fields = opening.split("-")
                opened[fields[0]].append((i, fields))
            if closing or shut:
                group = closing or opening.split("-")[0]
                if opened[group]:
                    first, fields = opened[group].pop()
                    yield _mention(first, i + 1, fields)


def _mention(first: int, last: int, fields: Sequence[str]) -> Noted | None:
    # group, kind, information status, salience, centering, minimal span, link, identity
    if len(fields) < 7 or fields[1] not in KINDS:
        return None
    heads = frozenset(first + int(k) - 1 for k in fields[5].split(",") if k.isdigit())
    return Noted(first, last, heads or frozenset(range(first, last)), fields[0])


def our_mentions(page: Page, reading: Reading) -> list[Noted]:
    """The mentions of a page's actors and places, by the reader's own words."""
    finder = search(page, reading, ())
    actors = finder.actors()
    found = []
    for mention in finder.mentions:
        ids = finder.scene.drafts.ids.get(mention.head, ())
        whose = "+".join(ids) or f"nobody at {mention.head}"
        heads = frozenset((mention.head, *mention.named))
        found.append(Noted(mention.first, mention.last, heads, whose))
    taken = {i for noted in found for i in noted.heads}
    places = find_places(page, reading, actors)
    for token in reading.tokens:
        place = places.at_token(token.i)
        if place is None or token.i in taken or token.start != place.span.start:
            continue
        last = token.i + 1
        while last < len(reading.tokens) and reading.tokens[last].start < place.span.end:
            last += 1
        found.append(Noted(token.i, last, frozenset(range(token.i, last)), f"place {place.name} {place.country}"))
    return [_with_state(noted) for noted in found]


def _with_state(noted: Noted) -> Noted:
    """A state as a place and as an actor is one, as it is in GUM."""
    if noted.whose.startswith("place ") and noted.whose.rsplit(" ", 1)[1] != "None":
        name, _, code = noted.whose.removeprefix("place ").rpartition(" ")
        if state_names().get(code) == name:
            return replace(noted, whose=code.lower())
    return noted


def by_words(ours: Sequence[Noted], reading: Reading) -> list[Noted]:
    """The same mentions joined by nothing but their words."""
    found = []
    for noted in ours:
        tokens = reading.tokens[noted.first : noted.last]
        words = tuple(t.text.lower() for t in tokens if t.text.lower() not in _ARTICLES)
        head = reading.tokens[max(noted.heads)].text
        if all(t.upos == "PRON" for t in tokens):
            whose = f"nobody at {noted.first}"
        else:
            whose = head if head[:1].isupper() else " ".join(words)
        found.append(replace(noted, whose=whose))
    return found


def clusters(mentions: Sequence[Noted], named: Sequence[object]) -> list[set[object]]:
    """The mentions that are of the same, each by its name."""
    found: dict[str, set[object]] = defaultdict(set)
    for noted, name in zip(mentions, named, strict=True):
        found[noted.whose].add(name)
    return list(found.values())


def aligned(golds: Sequence[Noted], ours: Sequence[Noted]) -> list[object]:
    """For each of our mentions (in GUM's words) the number of GUM's that it is, or a name of its own."""
    taken: set[int] = set()
    names: list[object] = []
    for k, noted in enumerate(ours):
        fits = [g for g, gold in enumerate(golds) if g not in taken and gold.heads & noted.heads]
        best = max(fits, key=lambda g: _covered(golds[g], noted), default=None)
        names.append(("ours", k) if best is None else best)
        if best is not None:
            taken.add(best)
    return names


_SPOKEN = frozenset("i me my mine myself we us our ours ourselves you your yours yourself yourselves".split())


def _is_spoken(document: Document, noted: Noted) -> bool:
    """Whether a mention is a first or second person: whom it means is told by who speaks."""
    return noted.last - noted.first == 1 and document.reading.tokens[noted.first].text.lower() in _SPOKEN


def _covered(gold: Noted, ours: Noted) -> float:
    shared = min(gold.last, ours.last) - max(gold.first, ours.first)
    return shared / (gold.last - gold.first + ours.last - ours.first - shared)


def in_words_of(document: Document, reading: Reading, ours: Sequence[Noted]) -> list[Noted]:
    """Our mentions over GUM's words instead of the reader's."""
    starts = [token.start for token in document.reading.tokens]

    def word(i: int) -> int:
        return max(0, bisect_right(starts, reading.tokens[i].start) - 1)

    return [
        replace(m, first=word(m.first), last=word(m.last - 1) + 1, heads=frozenset(word(i) for i in m.heads))
        for m in ours
    ]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--split", choices=("train", "dev"), default="dev")
    parser.add_argument("--genres", nargs="+", default=["news", "interview"])
    options = parser.parse_args()
    reader = Reader()
    scores, plain, third = Scores(), Scores(), Scores()
    found = gold_count = ours_count = read = 0
    for document, golds in gold_mentions(options.corpora / "ud" / f"en_gum_open-ud-{options.split}.conllu.gz"):
        if document.name.split("_")[1] not in options.genres:
            continue
        read += 1
        reading = reader.read(document.page)
        mentions = our_mentions(document.page, reading)
        names = aligned(golds, in_words_of(document, reading, mentions))
        gold = clusters(golds, range(len(golds)))
        scores.add(gold, clusters(mentions, names))
        plain.add(gold, clusters(by_words(mentions, reading), names))
        others = [g for g, noted in enumerate(golds) if not _is_spoken(document, noted)]
        third.add(clusters([golds[g] for g in others], others), clusters(mentions, names))
        found += sum(isinstance(name, int) for name in names)
        gold_count, ours_count = gold_count + len(golds), ours_count + len(names)
    genres = ", ".join(options.genres)
    print(f"Coreference of people, organisations and places: GUM {options.split}, {genres}: {read} texts")
    print(f"  mentions: {gold_count} of GUM's, {ours_count} of ours, {found} the same")
    for name, told in (("ours", scores), ("by words", plain), ("ours*", third)):
        each = "   ".join(
            f"{measure} {100 * told.sums[measure].recall:4.1f} / {100 * told.sums[measure].precision:4.1f} / "
            f"{100 * told.sums[measure].f1:4.1f}"
            for measure in MEASURES
        )
        print(f"  {name:8} CoNLL F1 {100 * told.conll:4.1f}   {each}")
    print("  each measure: recall / precision / F1; * without GUM's I, we and you")


if __name__ == "__main__":
    main()
