"""What counts once: stories among edited copies, sayings among edited quotations. ``python -m benchmarks.stories``.

*Stories*: articles of ours (``tests/pages``) and one half of ``articles.jsonl.gz``, each with one copy of every kind
that ``edits.py`` makes, seeded. Every other article is a negative; the hard ones are counted apart: for each article
the one that shares most words with it (weighed by rarity), and *extended* copies, which hold a quarter of that one.
*Sayings*: one half of PolNeAR train's attributions of eight words or more, in the same way; speakers are taken to be of
one country, so only words tell them apart. Pairs of different attributions that are joined are looked up in
``sayings_judged.tsv``: whether they report one utterance, as judged by reading both (by a language model, once, after
the rules were settled on the work half; the names are hashes of article ids, with offsets). A pair that is not there
counts as wrong.

Counted are pairs of texts: precision, of those put into one group, how many are of one original; recall the other way
round. Figures are of the *figure* half; thresholds were chosen on the *work* half (``--half work``).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.edits import EDITS, QUOTATION_EDITS
from onrecord.page import article_page, read_page
from onrecord.record import Page
from onrecord.stories import Report, Said, report, sayings, stories
from onrecord.stories.saying import is_fragment, wording
from training.corpora import read_jsonl

OURS = Path(__file__).parents[1] / "tests" / "pages"
JUDGED = Path(__file__).with_name("sayings_judged.tsv")
SEED = 20260203
WANTED = "wanted P 98 R 95"

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Copy:
    """A text by its name, with the name of the original it comes from and the kind of edit that made it."""

    name: str
    original: str
    kind: str


def _short(name: str) -> str:
    """An article's id without its headline: this repository holds no text of the corpora, not even that."""
    return hashlib.blake2b(name.encode(), digest_size=5).hexdigest()


def half_of(name: str) -> str:
    """Which half of the corpus an article belongs to."""
    return ("work", "figure")[hashlib.blake2b(name.encode(), digest_size=1).digest()[0] % 2]


def pairs_within(groups: Iterable[Sequence[str]]) -> set[Pair]:
    """All pairs of names that are in one group, each in alphabetical order."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def show(title: str, copies: Sequence[Copy], found: set[Pair], judged: set[Pair]) -> None:
    """Print precision and recall of pairs, and recall of each kind of copy with its original."""
    of = {one.name: one for one in copies}
    families: dict[str, list[str]] = {}
    for one in copies:
        families.setdefault(one.original, []).append(one.name)
    wanted = pairs_within(families.values())
    right = found & wanted
    excused = {(a, b) for a, b in found - wanted if _ordered(of[a].original, of[b].original) in judged}
    precision = 100 * (len(right) + len(excused)) / max(1, len(found))
    recall = 100 * len(right) / len(wanted)
    print(f"{title}: P {precision:.2f}  R {recall:.2f}   {WANTED}")
    print(f"  {len(wanted)} pairs wanted, {len(found)} found, {len(excused)} of them different but read and the same")
    for kind in dict.fromkeys(one.kind for one in copies if one.kind != "original"):
        pairs = {_ordered(one.name, one.original) for one in copies if one.kind == kind}
        print(f"  {kind:12} with its original: found {100 * len(pairs & found) / len(pairs):5.1f}% of {len(pairs)}")


def articles(corpora: Path, half: str) -> dict[str, list[str]]:
    """Articles of ours and of one half of the corpus, by id, in paragraphs. Of one saved twice only the first."""
    found: dict[str, list[str]] = {}
    addresses = set()
    for row in read_jsonl(corpora / "articles.jsonl.gz"):
        paragraphs = [part.strip() for part in re.split(r"\n\s*\n|\n", row["text"]) if part.strip()]
        again = str(row["url"]).split("?")[0] in addresses and "/id/" not in str(row["url"])
        addresses.add(str(row["url"]).split("?")[0])
        if half_of(row["id"]) == half and not again and len(row["text"].split()) >= 60:
            found[row["id"]] = paragraphs
    for path in sorted(OURS.glob("*.txt")) + sorted(OURS.glob("*.html")):
        page = read_page(path.read_bytes(), source=path.name)
        text = [page.text[b.start : b.end] for b in page.blocks if b.role in ("lead", "body")]
        if sum(len(part.split()) for part in text) >= 60:
            found[path.name] = text
    return found


def nearest(texts: dict[str, list[str]]) -> dict[str, str]:
    """For each text the other one on most nearly the same topic: cosine of TF-IDF over words."""
    counts = {name: Counter(re.findall(r"\w{3,}", " ".join(text).casefold())) for name, text in texts.items()}
    holders = Counter(word for count in counts.values() for word in count)
    weights = {
        name: {w: (1 + math.log(n)) * math.log(len(texts) / holders[w]) for w, n in count.items() if holders[w] > 1}
        for name, count in counts.items()
    }
    lengths = {name: math.sqrt(sum(v * v for v in weight.values())) or 1.0 for name, weight in weights.items()}

    def cosine(a: str, b: str) -> float:
        one, other = weights[a], weights[b]
        return sum(v * other[w] for w, v in one.items() if w in other) / lengths[a] / lengths[b]

    def other(name: str) -> str:
        return max((one for one in texts if one != name), key=lambda one: cosine(name, one))

    return {name: other(name) for name in texts}


def measure_stories(corpora: Path, half: str, shown: bool) -> None:
    """Stories among articles and their copies."""
    texts = articles(corpora, half)
    neighbours = nearest(texts)
    chance = Random(SEED)
    copies: list[Copy] = []
    reports: list[Report] = []
    took = 0.0
    for name, paragraphs in texts.items():
        made = {"original": paragraphs}
        made |= {kind: edit(paragraphs, chance, texts[neighbours[name]]) for kind, edit in EDITS.items()}
        for kind, text in made.items():
            title = name if kind == "original" else f"{name} {kind}"
            copies.append(Copy(title, name, kind))
            page = _page(title, text)
            started = time.perf_counter()
            reports.append(report(page))
            took += time.perf_counter() - started
    started = time.perf_counter()
    found = pairs_within(one.pages for one in stories(reports))
    grouping = time.perf_counter() - started
    show(f"Stories, {half} half, {len(texts)} articles and their copies", copies, found, set())
    hard = {_ordered(a, b) for a, b in neighbours.items()}
    near = {_ordered(f"{a} extended", b) for a, b in neighbours.items()}
    print(
        f"  joined wrongly: {len(hard & found)} of {len(hard)} nearest pairs, {len(near & found)} with a quarter put in"
    )
    print(f"  ms a page: signature {1000 * took / len(reports):.2f}, grouping {1000 * grouping / len(reports):.2f}")
    if shown:
        of = {one.name: one.original for one in copies}
        for a, b in sorted({_ordered(of[a], of[b]) for a, b in found if of[a] != of[b]}):
            print(f"  joined: {a}  {b}")


def quotations(corpora: Path, half: str) -> list[tuple[str, str, str | None, str]]:
    """Attributions of PolNeAR train: (name, words, speaker, day), one half of the articles.

    A speaker is a person by surname; a source that names nobody ("he", "the senator") the person named last before.
    """
    found: dict[str, tuple[str, str, str | None, str]] = {}
    for row in read_jsonl(corpora / "polnear" / "train.jsonl.gz"):
        if half_of(row["id"]) != half:
            continue
        last = None
        for one in sorted(row["annotations"][0]["attributions"], key=lambda one: min(one["content"] or [[0]])):
            text = " ".join(row["text"][start:end] for start, end in sorted(map(tuple, one["content"])))
            source = " ".join(row["text"][start:end] for start, end in one["source"])
            last = _speaker(source) or last
            name = f"{_short(row['id'])}:{min(start for start, _ in one['content'])}" if text else ""
            if text and name not in found:  # one content may have two cues
                found[name] = (name, text, last, row["published"])
    return list(found.values())


def measure_sayings(corpora: Path, half: str, shown: bool) -> None:
    """Sayings among attributions and edited copies of those of eight words or more."""
    chance = Random(SEED)
    copies: list[Copy] = []
    statements: list[Said] = []
    texts: dict[str, str] = {}
    for name, text, speaker, day in quotations(corpora, half):
        texts[name] = f"{speaker} | {text}"
        copies.append(Copy(name, name, "original"))
        original = _said(name, text, speaker, day)
        statements.append(original)
        if len(original.words.split()) < 8:
            continue
        for kind, edit in QUOTATION_EDITS.items():
            if kind != "edited" and not original.quoted:
                continue  # outlets cut quotations; another's paraphrase they take as it is or make anew
            title = f"{name} {kind}"
            copies.append(Copy(title, name, kind))
            named = chance.choice([speaker] * 6 + [None, "usa.gov"])  # the reader leaves one in eight null
            statements.append(_said(title, " ".join(edit(text.split(), chance)), named, day))
    started = time.perf_counter()
    found = pairs_within(one.statements for one in sayings(statements, {}))
    took = time.perf_counter() - started
    verdicts = {(row["a"], row["b"]): row["same"] for row in _judged()}
    same = {pair for pair, verdict in verdicts.items() if verdict == "yes"}
    show(f"Sayings, {half} half, {len(texts)} attributions and copies", copies, found, same)
    print(f"  {1000 * took / len(statements):.2f} ms a statement for bands and grouping")
    of = {one.name: one.original for one in copies}
    for a, b in sorted({_ordered(of[a], of[b]) for a, b in found if of[a] != of[b]}):
        if shown or (a, b) not in verdicts:
            print(f"  joined, {verdicts.get((a, b), 'not judged')}: {a}\t{b}")
        if shown:
            print(f"      {texts[a]}\n      {texts[b]}")


def _judged() -> list[dict[str, str]]:
    with JUDGED.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _page(name: str, paragraphs: Sequence[str]) -> Page:
    return replace(article_page({"text": "\n\n".join(paragraphs)}, source=name), id=name)


def _said(name: str, text: str, speaker: str | None, day: str) -> Said:
    words = wording(text)
    quotes = [wording(part) for part in re.findall(r"(?:[\"“]|'')([^\"“”]+?)(?:[\"”]|'')", text)]
    fragments = tuple(dict.fromkeys(filter(is_fragment, quotes)))
    page = name.split(":")[0] + name.partition(" ")[2]
    return Said(name, page, speaker, "USA", words, bool(quotes), fragments, None, day)


def _speaker(source: str) -> str | None:
    names = re.findall(r"\b[A-Z][a-z]+[\w-]*\b", re.split(r",|\bof\b|\bfor\b|[’']s", source)[0])
    return f"person.{names[-1].casefold()}" if names and names[-1] not in ("He", "She", "They", "It", "The") else None


def _ordered(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--half", choices=("work", "figure"), default="figure")
    parser.add_argument("--show", action="store_true", help="print what was joined wrongly")
    options: Any = parser.parse_args(sys.argv[1:])
    measure_stories(options.corpora, options.half, options.show)
    measure_sayings(options.corpora, options.half, options.show)


if __name__ == "__main__":
    main()
