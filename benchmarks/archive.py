"""The archive with a million statements: how fast it answers and adds, and how large it is.

    python -m benchmarks.archive [--statements 1000000] [--archive FILE]

The pages are synthetic: words and parties drawn with the skew that news has (Zipf), as long as those of
``articles.jsonl.gz``, days over ten years, a tenth of the pages copies of others, one paragraph in twelve a saying
quoted from an earlier page. The first twentieth, half a year, is added as pages are added anywhere; the other
half-years are the same pages at later days, put in by SQL, since adding takes minutes for each: so stories and sayings
are tied within a half-year only. A file that is there already is used as it is, and the questions can be asked again.

The mix of forty questions below is what is published; each is asked for its first twenty rows with their count, five
times with the file in the operating system's cache, and the median counts. Aims: 95% of them under 50 ms, a pair's
timeline under 100 ms, a year's top pairs under 300 ms, a file of at most six times the text, and adding at most 10%
over reading alone (measured on articles, where the corpora are there, into the file with the million).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TypeVar

from onrecord.archive import Archive, Query
from onrecord.archive.days import SPREAD
from onrecord.identity import item_id, page_id
from onrecord.page import article_page
from onrecord.read import read
from onrecord.reader import Reader
from onrecord.record import (
    SCHEMA,
    Actor,
    Block,
    Commitment,
    Event,
    Meeting,
    Outlet,
    Page,
    Record,
    Span,
    Statement,
)

T = TypeVar("T")

STATEMENTS_A_PAGE = 15
FIRST, DAYS, PARTS = date(2017, 1, 1), 182, 20
TYPES = (
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
GOLDSTEIN = dict(zip(TYPES, (4, 1, 3.5, 5, 6, 7, 5, -5, -2, -4, -6, -6.5, -4, -7.2, -7, -9), strict=True))
COUNTRIES = tuple("RUS UKR USA CHN ISR IRN GBR FRA DEU TUR IND PAK SAU SYR EGY POL JPN KOR PRK VEN BRA NGA ETH".split())
RARE = tuple(f"{a}{b}{c}" for a in "XYZ" for b in "ABCDEFGH" for c in "JKLMNOP")


class World:
    """Whom and what the synthetic pages speak of; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        syllables = [c + v for c in "bcdfghklmnprstvz" for v in "aeiou"]
        self.words = list(
            dict.fromkeys("".join(self.chance.choices(syllables, k=_syllables(n))) for n in range(45_000))
        )
        self.word_weights = _zipf(len(self.words), 1.05)
        self.places = [*COUNTRIES, *RARE]
        self.place_weights = _zipf(len(self.places), 1.1)
        self.outlets = [Outlet(f"Outlet {n}", f"outlet{n}.example", None, ()) for n in range(400)]
        self.outlet_weights = _zipf(len(self.outlets), 1.0)
        self.cast = {place: self._actors(place) for place in self.places}

    def _actors(self, place: str) -> list[Actor]:
        low = place.lower()
        made = [Actor(low, f"Land {place}", "state", place, None, (), None, None, ())]
        for sector in ("GOV", "MIL", "LEG"):
            name = f"{sector.title()} of {place}"
            made.append(
                Actor(f"{low}.{sector.lower()}", name, "office", place, sector, (sector,), place + sector, None, ())
            )
        for n in range(12):
            name = f"{self.words[50 + n].title()} {self.words[self.chance.randrange(len(self.words))].title()}"
            slug = "person." + name.lower().replace(" ", "-")
            made.append(Actor(slug, name, "person", place, "GOV", ("GOV",), place + "GOV", "minister", ()))
        return made

    def sentence(self, words: int) -> str:
        """Some words, the common ones more often."""
        return " ".join(self.chance.choices(self.words, cum_weights=self.word_weights, k=words))

    def actor(self) -> Actor:
        """Somebody, of the common countries more often."""
        place = self.chance.choices(self.places, cum_weights=self.place_weights)[0]
        return self.cast[place][0] if self.chance.random() < 0.35 else self.chance.choice(self.cast[place])


def records(statements: int, seed: int = 7) -> Iterator[Record]:
    """Synthetic records with so many statements in all."""
    world = World(seed)
    recent: list[list[str]] = []
    sayings: list[str] = []
    for n in range(statements // STATEMENTS_A_PAGE):
        copied = bool(recent) and world.chance.random() < 0.1
        if copied:
            paragraphs = list(world.chance.choice(recent))
        else:
            paragraphs = []
            for _ in range(STATEMENTS_A_PAGE):
                if sayings and world.chance.random() < 1 / 12:
                    paragraphs.append(world.chance.choice(sayings))
                else:
                    paragraphs.append(world.sentence(world.chance.randint(18, 50)))
        recent = [*recent[-200:], paragraphs]
        sayings = [*sayings[-500:], world.chance.choice(paragraphs)]
        day = FIRST + timedelta(days=n * DAYS * STATEMENTS_A_PAGE // statements)
        yield _record(world, n, paragraphs, day)


def _record(world: World, n: int, paragraphs: Sequence[str], day: date) -> Record:
    title = world.sentence(9)
    text = "\n\n".join([title, *paragraphs])
    digest = hashlib.sha256(text.encode()).hexdigest()
    url = f"https://news.example/{n}"
    id_ = page_id(url, digest)
    blocks, at = [Block("headline", 0, len(title))], len(title) + 2
    spans = []
    for k, paragraph in enumerate(paragraphs):
        blocks.append(Block("body" if k else "lead", at, at + len(paragraph)))
        spans.append(Span(at, at + len(paragraph), paragraph))
        at += len(paragraph) + 2
    outlet = world.chance.choices(world.outlets, cum_weights=world.outlet_weights)[0]
    page = Page(
        id_, f"{n}.html", url, outlet, (), title, (), day.isoformat(), "json-ld", None, "en", None, text,
        tuple(blocks), digest,
    )  # fmt: skip
    cast = [world.actor() for _ in range(8)]
    seen: dict[str, int] = {}
    statements, events = [], []
    for k, span in enumerate(spans):
        speaker, other = world.chance.sample(cast, 2)
        words = span.text.split()
        at = span.start + len(" ".join(words[: len(words) * 2 // 5])) + 1  # as much of a paragraph as is said in news
        content = Span(at, span.end, span.text[at - span.start :])
        direct = world.chance.random() < 0.4
        statements.append(
            Statement(
                item_id(id_, "statement", (content,), "", (speaker.id,), seen), "direct" if direct else "indirect",
                speaker.id, Span(span.start, span.start + len(words[0]), words[0]), None, (content,),
                (content,) if direct else (), (), (other.id,), None, None, False, False, None, None,
                round(world.chance.random(), 3),
            )
        )  # fmt: skip
        if k % 4 == 0:
            type_ = world.chance.choice(TYPES)
            actor, recipient = world.chance.sample(cast, 2)
            mutual = type_ in ("CONSULT", "AGREE")
            trigger = Span(span.start, span.start + len(words[0]), words[0])
            events.append(
                Event(
                    item_id(id_, "event", (trigger,), type_, (actor.id,), seen), type_, None, (), None,
                    GOLDSTEIN[type_],
                    (actor.id, recipient.id) if mutual else (actor.id,), () if mutual else (recipient.id,),
                    "actual" if world.chance.random() < 0.8 else "planned", None, None, trigger, span,
                    statements[-1].id if world.chance.random() < 0.4 else None, world.chance.random() < 0.85,
                    round(world.chance.random(), 3),
                )
            )  # fmt: skip
    first = spans[0]
    commitments = () if n % 3 else (
        Commitment(
            item_id(id_, "commitment", (first,), "threat", (), seen), "threat", cast[0].id, (cast[1].id,), None, first,
            None, True, None, None, 0.5,
        ),
    )  # fmt: skip
    meetings = () if n % 4 else (
        Meeting(
            item_id(id_, "meeting", (first,), "talks", (), seen), "talks", (cast[2].id, cast[3].id), None, None, None,
            "held", first, None, 0.5,
        ),
    )  # fmt: skip
    actors = tuple({actor.id: actor for actor in cast}.values())
    return Record(SCHEMA, page, actors, tuple(statements), tuple(events), commitments, meetings, (), "synthetic")


def _syllables(rank: int) -> int:
    """Common words are short."""
    return 1 if rank < 50 else 2 if rank < 2500 else 3 + rank % 2


def _zipf(count: int, power: float) -> list[float]:
    total, sums = 0.0, []
    for n in range(count):
        total += 1 / (n + 2) ** power
        sums.append(total)
    return sums


@dataclass(frozen=True)
class Asked:
    """A question of the mix, and how it is asked."""

    words: str
    ask: Callable[[Archive], object]


def mix(world: World) -> list[Asked]:
    """The forty questions: common and rare parties, words and phrases, alone and together; pages of results; counts."""
    w = world.words
    common, middle, rare = w[3], w[300], w[20_000]
    pair = f'"{w[0]} {w[1]}"'
    person = world.cast["RUS"][6]

    def statements(words: str, **fields: object) -> Asked:
        query = Query(**fields)  # type: ignore[arg-type]
        return Asked(
            f"statements {words}", lambda a: a.statements(query, order="relevance" if query.text else "newest")
        )

    def events(words: str, **fields: object) -> Asked:
        query = Query(**fields)  # type: ignore[arg-type]
        return Asked(f"events {words}", lambda a: a.events(query))

    return [
        statements("newest"),
        statements("every report, newest", once=False),
        statements("by RUS", who=("RUS",)),
        statements("by RUS about UKR", who=("RUS",), about=("UKR",)),
        statements("by a rare country", who=(RARE[-1],)),
        statements("by RUS about a rare country", who=("RUS",), about=(RARE[-1],)),
        statements("by a rare country about RUS", who=(RARE[-2],), about=("RUS",)),
        statements("by a code", who=("RUSGOV",)),
        statements("by a sector", who=("MIL",)),
        statements("by a person's id", who=(person.id,)),
        statements("by a person's name", who=(person.name,)),
        statements("by either of two", who=("RUS", "UKR")),
        statements("by an office and below", who=("rus.*",)),
        statements("any part played by USA", party=("USA",)),
        statements("direct, by CHN, in a year", who=("CHN",), type=("direct",), since="2021", until="2021"),
        statements("sure ones of a month", since="2022-05", until="2022-05", confidence=0.9),
        statements("in a day", since="2020-02-03", until="2020-02-03"),
        statements("of a common outlet", outlet=("Outlet 0",)),
        statements("of a rare outlet", outlet=("outlet399.example",)),
        statements("of a rare outlet by USA", outlet=("Outlet 398",), who=("USA",)),
        statements("a common word", text=common),
        statements("a middling word", text=middle),
        statements("a rare word", text=rare),
        statements("a prefix", text=middle[:5] + "*"),
        statements("a phrase of common words", text=pair),
        statements("two common words", text=f"{w[2]} {w[5]}"),
        statements("a common word by RUS", text=common, who=("RUS",)),
        statements("a common word by RUS about UKR", text=common, who=("RUS",), about=("UKR",), type=("direct",)),
        statements("a middling word by a rare country", text=middle, who=(RARE[-1],)),
        statements("a rare word since 2024", text=rare, since="2024"),
        statements("a word but not another", text=f"{middle} -{common}"),
        events("newest"),
        events("by RUS to UKR", who=("RUS",), to=("UKR",)),
        events("ASSAULT by ISR", who=("ISR",), type=("ASSAULT",)),
        events("planned, by IRN, in the page's voice", who=("IRN",), status=("planned",), said_in=False),
        events("a word to a rare country", text=middle, to=(RARE[3],)),
        Asked("commitments against UKR", lambda a: a.commitments(Query(to=("UKR",)))),
        Asked("meetings with FRA", lambda a: a.meetings(Query(who=("FRA",)))),
        Asked("pages with a word, ranked", lambda a: a.pages(Query(text=rare), order="relevance")),
        Asked("stories of a month", lambda a: a.stories(Query(since="2023-01", until="2023-01"))),
    ]  # fmt: skip


def timed(work: Callable[[], object], times: int) -> float:
    """The median of some runs, in milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def build(path: Path, statements: int) -> None:
    """Make the archive, telling how it goes."""
    pages = statements // PARTS // STATEMENTS_A_PAGE
    making = path.with_name(path.name + ".part")
    making.unlink(missing_ok=True)
    began, cpu = time.perf_counter(), time.process_time()
    with Archive(making) as archive:
        for n, _ in enumerate(archive.add_many(records(statements // PARTS), batch=200), 1):
            if n % 500 == 0:
                print(f"  {n:,} of {pages:,} pages, {time.perf_counter() - began:.0f} s", file=sys.stderr)
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    print(f"adding {pages:,} records in batches: {took / pages * 1000:.1f} ms a page", end=" ")
    print(f"({cpu / pages * 1000:.1f} of processor)")
    with closing(sqlite3.connect(making, isolation_level=None)) as connection:
        for part in range(1, PARTS):
            connection.execute("begin")
            _again(connection, part)
            connection.execute("commit")
            print(f"  half-year {part + 1} of {PARTS}, {time.perf_counter() - began:.0f} s", file=sys.stderr)
        connection.execute("pragma wal_checkpoint(truncate)")
    making.replace(path)


def _again(connection: sqlite3.Connection, part: int) -> None:
    """The first half-year's pages once more, ``part`` half-years later, with ids and addresses of their own."""
    shift, last = part * DAYS * SPREAD, (FIRST.toordinal() + DAYS) * SPREAD
    moved = {"n", "page", "story", "saying"}
    items = ("statements", "events", "commitments", "meetings")
    for table in ("pages", "texts", "actors", *items, "stories", "signatures", "bands", "saying_bands", "postings"):
        cells, key = [], None
        for _, name, *_ in connection.execute(f"pragma table_info({table})").fetchall():
            key = key or (name if name in moved else None)
            if name in moved:
                cells.append(f'"{name}" + {shift}')
            elif name in ("id", "said_in", "event", "address", "url") and table != "actors":
                cells.append(f'char({102 + part}) || substr("{name}", 2)')
            else:
                cells.append(f'"{name}"')
        connection.execute(
            f"insert into {table} select {', '.join(cells)} from {table} where {key} < {last} order by {key}"
        )
    days = "a, b, day + ?, type, mutual, events, goldstein, scored, once, once_goldstein, once_scored"
    connection.execute(
        f"insert into pair_days select {days} from pair_days where day < ?", (part * DAYS, last // SPREAD)
    )
    low, high = (FIRST.toordinal() + part * DAYS) * SPREAD, last + shift
    connection.execute(
        "insert into pages_text (rowid, title, text) select n, title, text from pages join texts on page = n"
        " where n >= ? and n < ? order by n",
        (low, high),
    )
    spans = {"statements": ("content", "$[0]"), "events": ("evidence", "$"), "commitments": ("consequence", "$"),
             "meetings": ("span", "$")}  # fmt: skip
    for table, (column, place) in spans.items():
        start, end = (f"json_extract({column}, '{place}[{k}]')" for k in (0, 1))
        connection.execute(
            f"insert into {table}_text (rowid, text) select n, substr(text, {start} + 1, {end} - {start})"
            f" from {table} s join texts t on t.page = s.page where n >= ? and n < ? order by n",
            (low, high),
        )


def ask(path: Path) -> None:
    """The questions, the counts and the size."""
    with Archive(path, read_only=True) as archive:
        world = World(7)
        took = []
        for asked in mix(world):
            asked.ask(archive)
            took.append((timed(lambda asked=asked: asked.ask(archive), 5), asked.words))  # type: ignore[misc]
        took.sort(reverse=True)
        within = sum(each < 50 for each, _ in took) / len(took)
        times = sorted(each for each, _ in took)
        p95 = times[int(len(times) * 0.95) - 1]
        print(f"forty questions: median {statistics.median(times):.1f} ms, 95% under {p95:.1f} ms (aim 50);", end=" ")
        print(f"{within:.0%} under 50 ms")
        for each, words in took[:6]:
            print(f"  {each:7.1f} ms  {words}")
        print(
            f"timeline RUS UKR by week: {timed(lambda: archive.timeline('RUS', 'UKR', by='week'), 5):.1f} ms (aim 100)"
        )
        told = timed(lambda: archive.timeline("RUSGOV", "UKRMIL", by="month"), 5)
        print(f"timeline RUSGOV UKRMIL by month, from the events: {told:.1f} ms")
        top = timed(lambda: archive.pairs(Query(since="2022", until="2022")), 5)
        print(f"top pairs of a year: {top:.1f} ms (aim 300)")
        print(f"top pairs of all years: {timed(archive.pairs, 3):.1f} ms")
    measure(path)


def measure(path: Path) -> None:
    """How large the file is, beside the text in it."""
    with sqlite3.connect(path) as connection:
        text = connection.execute("select sum(length(cast(text as blob))) from texts").fetchone()[0]
        tables = ("pages", "statements", "events")
        pages, statements, events = (connection.execute(f"select count(*) from {t}").fetchone()[0] for t in tables)
        sizes = connection.execute(
            "select name, sum(pgsize) from dbstat group by name order by 2 desc limit 14"
        ).fetchall()
    size = path.stat().st_size
    print(f"{pages:,} pages, {statements:,} statements, {events:,} events:", end=" ")
    print(f"{size / 1e6:,.0f} MB, {size / text:.2f} times the text (aim 6)")
    print("  MB: " + ", ".join(f"{name} {each / 1e6:.0f}" for name, each in sizes))


def overhead(path: Path, corpora: Path) -> None:
    """What adding costs beside reading, on articles: a page a transaction, and together as ``onrecord add`` does."""
    articles = corpora / "articles.jsonl.gz"
    if not articles.exists():
        print(f"adding beside reading: no {articles}")
        return
    reader, run = Reader(threads=1), time.time_ns()
    with gzip.open(articles) as lines:
        told = [json.loads(line) for line in islice(lines, 0, 900, 15)]
    pages = [
        article_page({**one, "url": f"https://added.example/{run}/{n}"}, source=str(n)) for n, one in enumerate(told)
    ]
    read(pages[0], reader)  # what is loaded once is no page's
    with Archive(path) as archive:
        ways: dict[str, Callable[[list[Record]], object]] = {
            "as `onrecord add` does, 15 pages together": lambda kept: [*archive.add_many(kept, batch=15)],
            "a page a transaction": lambda kept: [archive.add(record) for record in kept],
        }
        for n, (words, keep) in enumerate(ways.items()):
            half = pages[n::2]
            reading, kept = spent(lambda half=half: [read(page, reader) for page in half])  # type: ignore[misc]
            adding, _ = spent(lambda keep=keep, kept=kept: keep(kept))  # type: ignore[misc]
            print(f"adding to it {words}: {adding / len(half) * 1000:.1f} ms of processor a page", end=" ")
            print(f"beside {reading / len(half) * 1000:.1f} of reading, {adding / reading:.1%} (aim 10%)")


def spent(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of processor time, this process's and the system's for it, and what was made."""
    began = time.process_time()
    made = work()
    return time.process_time() - began, made


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--archive", type=Path, default=Path("work/million.onrecord"))
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    options = parser.parse_args()
    options.archive.parent.mkdir(parents=True, exist_ok=True)
    if not options.archive.exists():
        build(options.archive, options.statements)
    ask(options.archive)
    overhead(options.archive, options.corpora)


if __name__ == "__main__":
    main()
