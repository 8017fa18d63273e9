"""Events, commitments and meetings on our annotated articles: ``python -m benchmarks.gold_events --half figure``.

An event matches an annotated one of the same type when their triggers touch, or where they stand in one sentence and an
actor is mentioned at an annotated actor's place. Commitments match when both are threats (or ultimatums) or both
promises (or offers), and their consequences share half of their words or stand in one sentence; meetings when
their spans touch or stand in one sentence, of whatever kind. Pairs are one to one, touching ones first. Precision is
over all our events, asserted or not. ``said_in`` is right where both are null or both are the same statement.

``--apolitical`` counts the events on the fifty articles of ``gold/apolitical.tsv``: every one of them is invented.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.gold.choose import articles
from benchmarks.gold.load import HERE, annotated, moved, shift
from benchmarks.statements import Interval, matched, names, overlap, words_in
from onrecord.page import article_page
from onrecord.read import compose
from onrecord.reader import Reader
from onrecord.reading import Reading
from onrecord.record import Actor, Commitment, Event, Meeting, Record, Span

HALF = 0.5
_GROUP = {"threat": "threat", "ultimatum": "threat", "promise": "promise", "offer": "promise"}
_LISTS = ("events", "commitments", "meetings")


class Article:
    """One article's record beside its annotation, with the annotated places as places of the page."""

    def __init__(self, record: Record, reading: Reading, text: str, annotation: dict[str, Any]) -> None:
        self.record = record
        self.annotation = annotation
        self.text = record.page.text
        self.offsets = shift(text, self.text)
        self.sentences = [(s.start, s.end) for s in reading.sentences]
        self.actors: dict[str, Actor] = {actor.id: actor for actor in record.actors}
        self.statements = self._statements()

    def place(self, span: list[int] | None) -> Interval | None:
        """An annotated span on the page."""
        return moved(span, self.offsets)

    def same_sentence(self, one: Interval, other: Interval) -> bool:
        """Whether two places begin in one sentence."""
        return any(a <= one[0] < b and a <= other[0] < b for a, b in self.sentences)

    def named(self, ids: Iterable[str], places: Iterable[list[int]]) -> bool:
        """Whether one of the actors is mentioned at one of the annotated places."""
        found = [place for span in places if (place := self.place(span)) is not None]
        return any(names(self.actors[id], place, self.text) for id in ids for place in found)

    def countries(self, ids: Iterable[str]) -> frozenset[str]:
        """The countries of actors."""
        return frozenset(country for id in ids if (country := self.actors[id].country) is not None)

    def _statements(self) -> dict[str, int]:
        """Our statements' ids with the index of the annotated statement that each is."""
        ours = [words_in(self.text, [(c.start, c.end) for c in s.content]) for s in self.record.statements]
        gold = [
            words_in(self.text, [p for c in s["content"] if (p := self.place(c)) is not None])
            for s in self.annotation.get("statements", ())
        ]
        return {self.record.statements[i].id: j for i, j in matched(ours, gold)}


def event_fit(article: Article, ours: Event, gold: dict[str, Any]) -> float:
    """How well an event of ours is an annotated one: 0 not at all, more for triggers that touch."""
    place = article.place(gold["trigger"])
    if ours.type != gold["type"] or place is None:
        return 0.0
    sides = article.named(ours.actors, gold["actors"]) + article.named(ours.recipients, gold["recipients"])
    if _touch(ours.trigger, place):
        return 2.0 + sides / 10
    inside = ours.evidence.start <= place[0] < ours.evidence.end
    return 1.0 + sides / 10 if inside and article.named(ours.actors, gold["actors"]) else 0.0


def commitment_fit(article: Article, ours: Commitment, gold: dict[str, Any]) -> float:
    """How well a commitment of ours is an annotated one."""
    place = article.place(gold["consequence"])
    if _GROUP[ours.kind] != _GROUP[gold["kind"]] or place is None:
        return 0.0
    here = (ours.consequence.start, ours.consequence.end)
    shared = overlap(words_in(article.text, [here]), words_in(article.text, [place]))
    return 1.0 + shared if shared >= HALF else 0.5 * article.same_sentence(here, place)


def meeting_fit(article: Article, ours: Meeting, gold: dict[str, Any]) -> float:
    """How well a meeting of ours is an annotated one."""
    place = article.place(gold["span"])
    if place is None:
        return 0.0
    if _touch(ours.span, place):
        return 1.0
    return 0.5 * article.same_sentence((ours.span.start, ours.span.end), place)


def _touch(ours: Span, place: Interval) -> bool:
    return ours.start < place[1] and place[0] < ours.end


def paired(article: Article, what: str) -> list[tuple[int, int]]:
    """One-to-one pairs (ours, annotated) of a list of the record, best fits first."""
    fits: dict[str, Callable[[Article, Any, dict[str, Any]], float]] = {
        "events": event_fit,
        "commitments": commitment_fit,
        "meetings": meeting_fit,
    }
    ours, gold = getattr(article.record, what), article.annotation[what]
    ranked = sorted(
        ((-fits[what](article, a, b), i, j) for i, a in enumerate(ours) for j, b in enumerate(gold)), key=lambda p: p
    )
    left, right, out = set(range(len(ours))), set(range(len(gold))), []
    for fit, i, j in ranked:
        if fit < 0 and i in left and j in right:
            left.remove(i)
            right.remove(j)
            out.append((i, j))
    return out


def score(article: Article, counts: Counter[str]) -> None:
    """Add one article's counts."""
    for what in _LISTS:
        if what not in article.annotation:
            continue
        pairs = paired(article, what)
        counts[f"{what} ours"] += len(getattr(article.record, what))
        counts[f"{what} gold"] += len(article.annotation[what])
        counts[f"{what} matched"] += len(pairs)
        if what == "events":
            counts["core gold"] += sum(gold["core"] for gold in article.annotation["events"])
        for i, j in pairs:
            item, gold = getattr(article.record, what)[i], article.annotation[what][j]
            if what != "commitments":
                counts[f"{what} status"] += item.status == gold["status"]
            if what == "events":
                _score_event(article, item, gold, counts)
            elif what == "commitments":
                counts["commitments kind"] += item.kind == gold["kind"]
                counts["commitments by"] += item.by is not None and article.named([item.by], [gold["by"]])
                counts["commitments condition"] += (item.condition is None) == (gold["condition"] is None)


def _score_event(article: Article, item: Event, gold: dict[str, Any], counts: Counter[str]) -> None:
    inside = article.statements.get(item.said_in, -1) if item.said_in is not None else None
    counts["core matched"] += gold["core"]
    counts["events said_in"] += inside == gold["said_in"]
    counts["events said_in null"] += (inside is None) == (gold["said_in"] is None)
    counts["events mode"] += item.mode == gold["mode"]
    counts["events asserted"] += item.asserted == gold["asserted"]
    counts["events actor country"] += article.countries(item.actors) == frozenset(gold["actor_countries"]) - {None}
    recipients = frozenset(gold["recipient_countries"]) - {None}
    counts["events recipient country"] += article.countries(item.recipients) == recipients


def report(counts: Counter[str]) -> str:
    """The figures, beside what is wanted of them."""

    def share(part: str, whole: str) -> str:
        return f"{100 * counts[part] / max(1, counts[whole]):5.1f}  ({counts[part]} of {counts[whole]})"

    lines = []
    for what, wanted in (("events", "70"), ("commitments", "70"), ("meetings", "75")):
        lines.append(f"  {what:12} precision    {share(f'{what} matched', f'{what} ours')}  wanted {wanted}")
        lines.append(f"  {'':12} recall       {share(f'{what} matched', f'{what} gold')}")
        if what == "events":
            lines[-1] += "  of all"
            lines.append(f"  {'':12} recall       {share('core matched', 'core gold')}  of core, wanted 60")
        else:
            lines[-1] += "  wanted 65"
    for name in ("status", "said_in", "said_in null", "mode", "asserted", "actor country", "recipient country"):
        wanted = "  wanted 90" if name in ("status", "said_in") else ""
        lines.append(f"  events, matched: {name + ' right':24} {share(f'events {name}', 'events matched')}{wanted}")
    lines.append(f"  meetings, matched: {'status right':22} {share('meetings status', 'meetings matched')}")
    for name in ("kind", "by", "condition"):
        lines.append(
            f"  commitments, matched: {name + ' right':19} {share(f'commitments {name}', 'commitments matched')}"
        )
    return "\n".join(lines)


def apolitical(corpora: Path) -> Counter[str]:
    """How many events are found on each of the articles that hold none."""
    texts = articles(corpora)
    reader = Reader(threads=2)
    found: Counter[str] = Counter()
    with (HERE / "apolitical.tsv").open(encoding="utf-8", newline="") as lines:
        for name, topic in csv.reader(lines, delimiter="\t"):
            page = article_page({"text": texts[name]}, source=name)
            found[f"{topic} {name}"] = len(compose(page, reader.read(page), "benchmark").events)
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Events, commitments and meetings on our annotated articles.")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--half", choices=("work", "figure"), default="figure")
    parser.add_argument("--annotation", choices=("first", "fresh"), default="first", help="fresh: no events")
    parser.add_argument("--apolitical", action="store_true", help="count the events on articles that hold none")
    options = parser.parse_args()
    if options.apolitical:
        found = apolitical(options.corpora)
        print(f"Events on {len(found)} articles about sport, culture, weather and companies: {found.total()}", end="")
        print("  (wanted: at most 5)", *(f"\n  {name}: {n}" for name, n in found.most_common() if n))
        return
    reader = Reader(threads=2)
    counts: Counter[str] = Counter()
    number = 0
    for text, annotation in annotated(options.corpora, options.half, annotator=options.annotation):
        page = article_page({"text": text}, source=annotation["id"])
        reading = reader.read(page)
        score(Article(compose(page, reading, "benchmark"), reading, text, annotation), counts)
        number += 1
    print(f"Events, commitments, meetings, {number} annotated articles, '{options.annotation}', half '{options.half}'")
    print(report(counts))


if __name__ == "__main__":
    main()
