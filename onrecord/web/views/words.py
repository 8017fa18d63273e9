"""One speaker's words over time: how much, in which form, which words are new, of whom; and how outlets report them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from onrecord.archive import Archive
from onrecord.archive.count import By, following, start_of
from onrecord.archive.rows import Row
from onrecord.record import Statement
from onrecord.web.asked import Asked, AskedError, address, pairs
from onrecord.web.cards import stretch
from onrecord.web.days import STRETCHES, fitting
from onrecord.web.hits import Hit, hits
from onrecord.web.plots import Column, Line
from onrecord.web.telling import telling, words
from onrecord.web.views.pairs import name_of

COLUMNS = (
    Column("first", "From"), Column("direct", "In quotation marks", True), Column("mixed", "Partly", True),
    Column("indirect", "In other words", True),
)  # fmt: skip
DRAWN = 400  # of the newest statements are looked at; the page says so where there are more
SAYINGS = 5  # that several outlets report are set side by side
SAMPLES = 2  # statements of a stretch that are shown; a link leads to the rest


@dataclass(frozen=True, slots=True)
class Word:
    """A word that tells one lot from the others: how often it stands there, and where it is said."""

    word: str
    here: int
    everywhere: int
    href: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was said in some days: how much, which words are of these days, of whom, and some of it."""

    first: str
    last: str
    told: str
    statements: int
    direct: int
    words: tuple[Word, ...]
    about: tuple[tuple[str, str, int], ...]
    hits: tuple[Hit, ...]
    all: str


@dataclass(frozen=True, slots=True)
class Told:
    """How one outlet reports the speaker: how much, how often in their own words, and which words are this outlet's."""

    outlet: str
    statements: int
    direct: int
    words: tuple[Word, ...]
    all: str


@dataclass(frozen=True, slots=True)
class Saying:
    """One saying as its outlets word it, the earliest first."""

    day: str | None
    sources: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """One speaker's words. ``speakers`` are those to choose from where none is named."""

    who: str
    name: str
    text: str
    by: By
    since: str | None
    until: str | None
    total: int
    more: bool
    looked_at: int
    undated: int
    lines: list[Line]
    stretches: tuple[Stretch, ...]
    outlets: tuple[Told, ...]
    sayings: tuple[Saying, ...]
    speakers: tuple[tuple[str, str, int, str], ...]


def look(archive: Archive, asked: Asked) -> Words:
    """How a speaker's words change: by stretches of days, newest first, and by outlets."""
    query = asked.query
    told = asked.own("by")
    if told and told not in STRETCHES:
        raise AskedError(f"by: one of {', '.join(STRETCHES)}")
    who = query.who[0] if query.who else ""
    if not who:
        chosen = _speakers(archive, asked)
        return Words(
            "", "", query.text or "", "month", query.since, query.until, 0, False, 0, 0, [], (), (), (), chosen
        )
    query = replace(query, who=(who,))
    found = archive.statements(query, limit=DRAWN)
    dated = [row for row in found.rows if row.day]
    by: By = next((each for each in STRETCHES if each == told), fitting([row.day or "" for row in dated]))
    every = archive.statements(replace(query, once=False), limit=DRAWN, counted=False).rows
    return Words(
        who=who,
        name=name_of(archive, who),
        text=query.text or "",
        by=by,
        since=query.since,
        until=query.until,
        total=found.total,
        more=found.more,
        looked_at=len(found.rows),
        undated=len(found.rows) - len(dated),
        lines=_lines(asked, dated, by),
        stretches=_stretches(asked, dated, by),
        outlets=_outlets(asked, every),
        sayings=_sayings(archive, found.rows),
        speakers=(),
    )


def table(view: Words) -> list[dict[str, Any]]:
    """Every stretch as rows, one a word that tells it; a stretch without such words is one row."""
    made = []
    for each in view.stretches:
        whole = {"first": each.first, "last": each.last, "statements": each.statements, "direct": each.direct}
        made += [
            {**whole, "word": word.word, "here": word.here, "everywhere": word.everywhere} for word in each.words
        ] or [{**whole, "word": None, "here": None, "everywhere": None}]
    return made


def _speakers(archive: Archive, asked: Asked) -> tuple[tuple[str, str, int, str], ...]:
    made = []
    for count in archive.counts("statements", "who", asked.query, limit=30):
        if count.value is not None:
            href = address("/words", pairs(asked, who=count.value))
            made.append((count.value, archive.name(count.value) or count.value, count.items, href))
    return tuple(made)


def _by_stretch(rows: Iterable[Row[Statement]], by: By) -> dict[date, list[Row[Statement]]]:
    made: dict[date, list[Row[Statement]]] = defaultdict(list)
    for row in rows:
        made[start_of(date.fromisoformat(row.day or "").toordinal(), by)].append(row)
    return made


def _lines(asked: Asked, rows: Sequence[Row[Statement]], by: By) -> list[Line]:
    """The table of the timeline, without a gap: silence is told too."""
    grouped = _by_stretch(rows, by)
    made: list[Line] = []
    at = min(grouped, default=None)
    while at is not None and at <= max(grouped):
        after = following(at, by)
        kinds = Counter(row.item.kind for row in grouped.get(at, ()))
        last = (after - timedelta(days=1)).isoformat()
        href = _search(asked, since=at.isoformat(), until=last) if kinds else None
        counts = {kind: kinds[kind] for kind in ("direct", "mixed", "indirect")}
        made.append({"first": at.isoformat(), "last": last, **counts, "href": href})
        at = after
    return made


def _stretches(asked: Asked, rows: Sequence[Row[Statement]], by: By) -> tuple[Stretch, ...]:
    grouped = _by_stretch(rows, by)
    own = telling({at.isoformat(): _said(each) for at, each in grouped.items()})
    made = []
    for at in sorted(grouped, reverse=True):
        each, first = grouped[at], at.isoformat()
        last = (following(at, by) - timedelta(days=1)).isoformat()
        days = {"since": first, "until": last}
        about: Counter[tuple[str, str]] = Counter(
            (actor.id, actor.name) for row in each for id_ in row.item.about if (actor := row.actor(id_))
        )
        chosen = sorted(each, key=lambda row: (-row.sources, row.item.kind == "indirect", -row.item.confidence))
        made.append(
            Stretch(
                first, last, stretch(first, last), len(each), sum(row.item.kind == "direct" for row in each),
                tuple(Word(t.word, t.here, t.everywhere, _search(asked, text=t.word, **days)) for t in own[first]),
                tuple((id_, name, count) for (id_, name), count in about.most_common(4)),
                hits(chosen[:SAMPLES]), _search(asked, **days),
            )
        )  # fmt: skip
    return tuple(made)


def _outlets(asked: Asked, rows: Sequence[Row[Statement]]) -> tuple[Told, ...]:
    """Outlets by how much they report. Copies count here: what an outlet chooses to copy is its choice."""
    grouped: dict[str, list[Row[Statement]]] = defaultdict(list)
    for row in rows:
        if name := row.page.outlet or row.page.domain:
            grouped[name].append(row)
    own = telling({name: _said(each) for name, each in grouped.items()}, most=6)
    return tuple(
        Told(
            name, len(each), sum(row.item.kind == "direct" for row in each),
            tuple(
                Word(t.word, t.here, t.everywhere, _search(asked, text=t.word, outlet=name, once=False))
                for t in own[name]
            ),
            _search(asked, outlet=name, once=False),
        )
        for name, each in sorted(grouped.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:20]
    )  # fmt: skip


def _sayings(archive: Archive, rows: Sequence[Row[Statement]]) -> tuple[Saying, ...]:
    """The sayings that most outlets report, in the words of each. Where all copy the same words, there is nothing to
    compare."""
    made = []
    shared = sorted((row for row in rows if row.reports > 1), key=lambda row: (-row.sources, -row.reports))
    for row in shared[: 4 * SAYINGS]:
        wordings: dict[tuple[str | None, str], Row[Statement]] = {}
        for each in archive.wordings(row.item.id):
            wordings.setdefault((each.page.outlet or each.page.domain, each.evidence), each)
        if len({outlet for outlet, _ in wordings}) > 1 and len({words for _, words in wordings}) > 1:
            made.append(Saying(row.day, row.sources, hits(wordings.values())))
        if len(made) == SAYINGS:
            break
    return tuple(made)


def _said(rows: Iterable[Row[Statement]]) -> list[str]:
    return [word for row in rows for word in words(row.evidence)]


def _search(asked: Asked, **changes: Any) -> str:
    """The search that finds the same, narrowed."""
    bare = replace(asked, rest=None, after=None, query=replace(asked.query, who=asked.query.who[:1]))
    return address("/search", pairs(bare, **changes))
