"""Event type of a given pair, five-fold by sentence, PLV train: ``python -m benchmarks.pairs --work work/folds``.

Scores what ``python -m training.folds`` predicted for rows that its heads had not seen, pooled over the folds: macro F1
over the fifteen labels of the corpus (YIELD is CONCEDE or RETREAT: their probabilities are added), with 95% intervals
from a bootstrap over sentences' rows. Then what lexicon and tree say of the same rows, alone and with the head.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from onrecord.events import find_events
from onrecord.page import article_page
from onrecord.reader import Reader
from onrecord.reading import Reading
from onrecord.record import Actor, Span, Where
from training.corpora import Example, pairs

Row = tuple[str, str]  # gold, found
Guess = tuple[str, dict[str, dict[str, float]]]  # gold, weights of the types by way of guessing

DRAWS = 1000
# Odds by how many of the two phrases stand on their side of the event; where
# the lexicon's type is the annotated one for 82% of events with both sides and 74% of those with one.
VOTES = {2: 12.0, 1: 4.0}
_ACTOR, _RECIPIENT = "actor", "recipient"
ANCHORS = "wanted .78, aim .85 (THREATEN .76); codebook queries to roberta-large, PLV test: .824, THREATEN .744"


def folded(types: dict[str, float]) -> dict[str, float]:
    """Probabilities over PLV's labels."""
    found = dict(types)
    found["YIELD"] = found.pop("CONCEDE") + found.pop("RETREAT")
    return found


def f1s(rows: Iterable[Row]) -> dict[str, float]:
    """F1 of each label."""
    right, gold, found = Counter[str](), Counter[str](), Counter[str]()
    for wanted, guess in rows:
        gold[wanted] += 1
        found[guess] += 1
        right[wanted] += wanted == guess
    return {label: 2 * right[label] / (gold[label] + found[label]) for label in gold}


def macro(rows: Sequence[Row]) -> float:
    """The mean F1 over the labels."""
    scores = f1s(rows)
    return sum(scores.values()) / len(scores)


def interval(rows: Sequence[Row], label: str | None = None) -> tuple[float, float]:
    """The 95% bootstrap interval of the macro F1, or of one label's F1."""
    chance = random.Random(0)
    drawn = []
    for _ in range(DRAWS):
        sample = chance.choices(rows, k=len(rows))
        drawn.append(macro(sample) if label is None else f1s(sample).get(label, 0.0))
    drawn.sort()
    return drawn[int(DRAWS * 0.025)], drawn[int(DRAWS * 0.975)]


def guesses(rows: Sequence[Guess], names: Sequence[str]) -> list[Row]:
    """The likeliest label of each row by one of its ways of guessing."""
    out = []
    for label, ways in rows:
        types = folded(next((ways[name] for name in names if ways[name]), ways["head"]))
        out.append((label, max(types, key=lambda name: types[name])))
    return out


def read(files: Iterable[Path], examples: Sequence[Example], reader: Reader) -> list[Guess]:
    """Each row's label with the types' weights by the head alone, by lexicon and tree alone, and by both."""
    out: list[Guess] = []
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            example = examples[row["row"]]
            actor, recipient = (
                (example.words[first][0], example.words[last - 1][1])
                for first, last in (example.labels["actor"], example.labels["recipient"])
            )
            told = told_types(example.text, actor, recipient, reader=reader)
            most = {name: float(told.get(name, -1) == max(told.values())) for name in row["types"]} if told else {}
            out.append((row["type"], {"head": row["types"], "lexicon": most, "both": voted(row["types"], told)}))
    return out


def voted(learned: dict[str, float], told: dict[str, int]) -> dict[str, float]:
    """The head's probabilities with the lexicon's votes: ``told`` gives types with the number of sides that fit."""
    odds = {name: p * VOTES.get(told.get(name, 0), 1.0) for name, p in learned.items()}
    total = sum(odds.values())
    return {name: p / total for name, p in odds.items()}


def told_types(sentence: str, actor: tuple[int, int], recipient: tuple[int, int], *, reader: Reader) -> dict[str, int]:
    """The types of the events that lexicon and tree find, each with how many of the two phrases are on their side."""
    page = article_page({"text": sentence}, source="sentence")
    at = page.text.find(sentence)
    if at < 0:
        # The page put the text in order (spaces, marks): the spans are of another text.
        return {}
    reading = reader.read(page)
    moved = [(start + at, end + at) for start, end in (actor, recipient)]
    told: dict[str, int] = {}
    for event in find_events(page, reading, _Pair(reading, moved[0], moved[1]), (), _Nowhere(), ()):
        sides = (_ACTOR in event.actors) + (_RECIPIENT in event.recipients)
        told[event.type] = max(sides, told.get(event.type, 0))
    return told


@dataclass(frozen=True)
class _Pair:
    """The two phrases as the only actors of a page (``events.parties.Actors``)."""

    reading: Reading
    actor: tuple[int, int]
    recipient: tuple[int, int]

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        return tuple(
            Actor(id, id, "group", None, "GOV", ("GOV",), None, None, (Span(*span, ""),))
            for id, span in ((_ACTOR, self.actor), (_RECIPIENT, self.recipient))
        )

    @cached_property
    def _heads(self) -> dict[int, str]:
        """The head words of the two phrases: inside them, hung on a word outside."""
        found: dict[int, str] = {}
        for id, (start, end) in ((_ACTOR, self.actor), (_RECIPIENT, self.recipient)):
            inside = {t.i for t in self.reading.tokens if t.start < end and start < t.end}
            found |= {i: id for i in sorted(inside) if self.reading.tokens[i].head not in inside and i not in found}
        return found

    def at(self, start: int, end: int) -> str | None:
        return next(iter(self.all_at(start, end)), None)

    def of_token(self, i: int) -> str | None:
        return self._heads.get(i)

    def all_at(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(
            actor.id for actor in self.actors if actor.mentions[0].start < end and start < actor.mentions[0].end
        )

    def by_id(self, id: str) -> Actor:
        return self.actors[0] if id == _ACTOR else self.actors[1]


class _Nowhere:
    """No places at all (``events.Places``)."""

    def at_token(self, i: int) -> Where | None:
        del i
        return None


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("work/folds"))
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    options = parser.parse_args()
    files = sorted(options.work.glob("fold*.jsonl"))
    if not files:
        print(f"Pairs: no predictions in {options.work}; make them with `python -m training.folds` (half an hour)")
        return
    found = read(files, pairs(options.corpora / "plover/plv_train.tsv"), Reader())
    rows = guesses(found, ["head"])
    low, high = interval(rows)
    print(f"Event type of a given pair, PLV train, five-fold by sentence, {len(rows)} rows, {len(files)} folds")
    print(f"  macro F1  {macro(rows):.3f}  [{low:.3f}, {high:.3f}]   {ANCHORS}")
    print(f"  accuracy  {sum(a == b for a, b in rows) / len(rows):.3f}")
    for label, score in sorted(f1s(rows).items()):
        low, high = interval(rows, label)
        print(f"  {label:10} {score:.3f}  [{low:.3f}, {high:.3f}]  n {sum(a == label for a, _ in rows)}")
    told = [row for row in found if row[1]["lexicon"]]
    print(f"What each adds; the lexicon was written with these rows at hand, so its figures flatter ({len(told)} told)")
    for title, names, over in (
        ("lexicon and tree, where they tell", ["lexicon"], told),
        ("the head, on the same rows", ["head"], told),
        ("head and lexicon", ["both"], found),
    ):
        these = guesses(over, names)
        threaten = f1s(these).get("THREATEN", 0.0)
        print(f"  {title:34} macro F1 {macro(these):.3f}  THREATEN {threaten:.3f}  n {len(these)}")


if __name__ == "__main__":
    main()
