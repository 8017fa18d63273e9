"""Statements and their speakers on our annotated articles: ``python -m benchmarks.statements --half figure``.

A statement matches an annotated one when their contents overlap (F1 over words) by at least .6, best pairs first. The
speaker is right when the actor is mentioned at the place that the annotator gave as naming the speaker best.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.gold.load import annotated, moved, shift
from onrecord.page import article_page
from onrecord.read import compose
from onrecord.reader import Reader
from onrecord.record import Actor, Record

OVERLAP = 0.6
ANCHOR = (
    "wanted: recall 75, precision 65, speaker right 90, null at most 10; Gender Gap Tracker: 87.4 of matched quotes"
)

Interval = tuple[int, int]


def words_in(text: str, spans: list[Interval]) -> set[int]:
    """Where the words of the spans begin."""
    starts = set()
    for start, end in spans:
        previous = " "
        for k in range(start, end):
            if text[k].isalnum() and not previous.isalnum():
                starts.add(k)
            previous = text[k]
    return starts


def overlap(a: set[int], b: set[int]) -> float:
    """F1 of two sets of words."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def matched(ours: list[set[int]], gold: list[set[int]]) -> list[tuple[int, int]]:
    """One-to-one pairs (ours, gold) by falling overlap."""
    pairs = sorted(((overlap(a, b), i, j) for i, a in enumerate(ours) for j, b in enumerate(gold)), reverse=True)
    used_ours, used_gold, found = set(), set(), []
    for value, i, j in pairs:
        if value >= OVERLAP and i not in used_ours and j not in used_gold:
            used_ours.add(i)
            used_gold.add(j)
            found.append((i, j))
    return found


_AFTER_NAME = re.compile(r",|\(| who | of the | in the | at the ")


def names(actor: Actor, place: Interval, text: str) -> bool:
    """Whether one of the actor's mentions is the phrase at ``place``.

    It is when it covers half of the phrase, or of what stands before the first comma, bracket or relative clause
    ("Xu Min, a professor at ..."), or the end of either ("Minister Xu Min").
    """
    start, end = place
    after = _AFTER_NAME.search(text, start + 1, end)
    ends = {end, after.start() if after else end}
    for mention in actor.mentions:
        for last in ends:
            shared = min(last, mention.end) - max(start, mention.start)
            if shared > 0 and (shared * 2 >= last - start or (mention.end == last and shared >= 3)):
                return True
    return False


def score(record: Record, text: str, annotation: dict[str, Any], counts: Counter[str], verbose: bool) -> None:
    """Add one article's counts."""
    page = record.page
    offsets = shift(text, page.text)
    actors = {actor.id: actor for actor in record.actors}
    ours = [words_in(page.text, [(c.start, c.end) for c in s.content]) for s in record.statements]
    gold_places = [[moved(c, offsets) for c in s["content"]] for s in annotation["statements"]]
    gold = [words_in(page.text, [p for p in places if p]) for places in gold_places]
    counts["ours"] += len(ours)
    counts["gold"] += len(gold)
    pairs = matched(ours, gold)
    counts["matched"] += len(pairs)
    for i, j in pairs:
        statement, wanted = record.statements[i], annotation["statements"][j]
        for flag in ("kind", "repeated", "denial"):
            counts[f"{flag} right"] += getattr(statement, flag) == wanted[flag]
        counts["nested right"] += (statement.said_in is None) == (wanted["said_in"] is None)
        place = moved(wanted["speaker"], offsets)
        if place is None:
            continue
        counts["with speaker"] += 1
        if statement.speaker is None:
            counts["null"] += 1
        elif names(actors[statement.speaker], place, page.text):
            counts["right"] += 1
            counts["country right"] += actors[statement.speaker].country == wanted["country"]
            counts["sector right"] += actors[statement.speaker].sector == wanted["sector"]
            continue
        if verbose:
            said = statement.speaker_span.text if statement.speaker_span else None
            print(f"  {annotation['id']}: {said!r} -> {statement.speaker}; wanted {page.text[slice(*place)]!r}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--half", choices=("work", "figure"), default="figure")
    parser.add_argument("--wrong", action="store_true", help="list wrong speakers (of the work half only)")
    options = parser.parse_args()
    reader = Reader(threads=2)
    counts: Counter[str] = Counter()
    articles = 0
    for text, annotation in annotated(options.corpora, options.half):
        page = article_page({"text": text}, source=annotation["id"])
        record = compose(page, reader.read(page), "benchmark")
        score(record, text, annotation, counts, options.wrong and options.half == "work")
        articles += 1

    def share(part: str, whole: str) -> str:
        return f"{100 * counts[part] / max(1, counts[whole]):5.1f}  ({counts[part]} of {counts[whole]})"

    counts["resolved"] = counts["with speaker"] - counts["null"]
    print(f"Statements, our annotated articles, half '{options.half}', {articles} articles, content overlap {OVERLAP}")
    print(f"  {ANCHOR}")
    print(f"  recall           {share('matched', 'gold')}")
    print(f"  precision        {share('matched', 'ours')}")
    print(f"  speaker right    {share('right', 'resolved')} of matched and resolved")
    print(f"  speaker null     {share('null', 'with speaker')}")
    print(f"  country right    {share('country right', 'right')} of right speakers")
    print(f"  sector right     {share('sector right', 'right')}")
    for flag in ("kind", "repeated", "denial", "nested"):
        print(f"  {flag + ' right':16} {share(flag + ' right', 'matched')}")


if __name__ == "__main__":
    main()
