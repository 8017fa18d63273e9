"""Country and sector of actors' mentions on our annotated articles: ``python -m benchmarks.mentions --half figure``.

An annotated mention is ours where one of ours overlaps it best, by words at least half (F1) or by the same last word.
Not every mention is annotated, so precision is of the answers at annotated places: of the countries (sectors) that ours
gives there, how many are the annotated one. Recall is of the annotated countries (sectors). What the annotators left
empty counts as an answer that should not be there.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.gold.load import annotated, moved, shift
from benchmarks.statements import overlap, words_in
from onrecord.page import article_page
from onrecord.read import compose
from onrecord.reader import Reader
from onrecord.record import Actor, Record

ANCHOR = "wanted: F1 of country and of sector 85"
FIELDS = ("country", "sector")


def at(actors: Iterable[Actor], place: tuple[int, int], text: str) -> Actor | None:
    """Whose mention is at a place; a state rather than its government where both are."""
    wanted = words_in(text, [place])
    best: tuple[float, bool, Actor] | None = None
    for actor in actors:
        for span in actor.mentions:
            if span.end <= place[0] or span.start >= place[1]:
                continue
            share = overlap(words_in(text, [(span.start, span.end)]), wanted)
            if share < 0.5 and span.end != place[1]:
                continue
            found = (share, actor.kind == "state", actor)
            if best is None or found[:2] > best[:2]:
                best = found
    return best[2] if best else None


def score(record: Record, text: str, annotation: dict[str, Any], counts: Counter[str], wrong: bool) -> None:
    """Add one article's counts."""
    offsets = shift(text, record.page.text)
    for mention in annotation["mentions"]:
        place = moved(mention["span"], offsets)
        if place is None:
            continue
        actor = at(record.actors, place, record.page.text)
        counts["mentions"] += 1
        counts["found"] += actor is not None
        for field in FIELDS:
            ours, gold = getattr(actor, field) if actor else None, mention[field]
            counts[f"{field} gold"] += gold is not None
            counts[f"{field} ours"] += ours is not None
            counts[f"{field} right"] += ours is not None and ours == gold
            if wrong and ours != gold:
                said = record.page.text[slice(*place)]
                print(f"  {annotation['id']}: {field} {ours} of {said!r} ({actor and actor.id}); wanted {gold}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--half", choices=("work", "figure"), default="figure")
    parser.add_argument("--wrong", action="store_true", help="list wrong ones (of the work half only)")
    options = parser.parse_args()
    reader = Reader(threads=2)
    counts: Counter[str] = Counter()
    for text, annotation in annotated(options.corpora, options.half):
        page = article_page({"text": text}, source=annotation["id"])
        record = compose(page, reader.read(page), "benchmark")
        score(record, text, annotation, counts, options.wrong and options.half == "work")
    print(f"Actors' mentions, our annotated articles, half '{options.half}': {counts['mentions']} annotated")
    print(f"  {ANCHOR}")
    print(f"  found    {100 * counts['found'] / max(1, counts['mentions']):5.1f}")
    for field in FIELDS:
        right = counts[f"{field} right"]
        precision, recall = right / max(1, counts[f"{field} ours"]), right / max(1, counts[f"{field} gold"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"  {field:8} F1 {100 * f1:5.1f}   precision {100 * precision:5.1f}   recall {100 * recall:5.1f}")


if __name__ == "__main__":
    main()
