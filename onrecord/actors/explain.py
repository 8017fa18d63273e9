"""Why: for each mention of a page's actors the words, the lines of tables and the places that it goes back to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.actors.find import Finder, search
from onrecord.actors.gazetteer import Entry, Sort
from onrecord.actors.known import Known
from onrecord.actors.mention import Mention
from onrecord.actors.phrase import parse
from onrecord.actors.trace import Step
from onrecord.actors.wording import Words
from onrecord.reading import Reading
from onrecord.record import Actor, Page, Span
from onrecord.tables import rows


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: what was decided, the words of the page and the line of a table that it rests on (None for none)."""

    what: str
    evidence: Span | None
    table: str | None


@dataclass(frozen=True, slots=True)
class Because:
    """A mention with its reasons. ``actors`` are ids; none where nobody could be told with certainty."""

    mention: Span
    form: str
    actors: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """The actors of a page, what is known of each beyond its mentions, and every mention with its reasons."""

    actors: tuple[Actor, ...]
    beyond: dict[str, tuple[Reason, ...]]
    mentions: tuple[Because, ...]


def explain_actors(page: Page, reading: Reading, known: Sequence[Known] = ()) -> Explained:
    """Why the mentions of a page were taken for its actors. The same search as ``find_actors``, with its steps told."""
    finder = search(page, reading, known)
    actors = finder.actors()
    words = Words(token.text for token in reading.tokens)
    mentions = tuple(_because(page, reading, finder, words, mention) for mention in finder.mentions)
    drafts = finder.scene.drafts.by_id
    beyond = {a.id: tuple(_reason(page, reading, step) for step in drafts[a.id].why) for a in actors.actors}
    return Explained(actors.actors, beyond, mentions)


def _because(page: Page, reading: Reading, finder: Finder, words: Words, mention: Mention) -> Because:
    drafts = finder.scene.drafts
    steps = (_reason(page, reading, step) for step in drafts.why.get(mention.head, ()))
    told = _by_words(page, reading, finder, words, mention) if mention.form != "pronoun" else ()
    span = _span(page, reading, mention.first, mention.last)
    return Because(span, mention.form, drafts.ids.get(mention.head, ()), (*told, *steps))


def _by_words(page: Page, reading: Reading, finder: Finder, words: Words, mention: Mention) -> Iterator[Reason]:
    """What the words of a mention are in the tables."""
    phrase = parse(words.between(mention.first, mention.last), finder.scene.context)
    for hit in phrase.hits:
        first, last = phrase.words[hit.first].i, phrase.words[hit.last - 1].i + 1
        for entry in dict.fromkeys(hit.entries):
            yield Reason(_meaning(entry), _span(page, reading, first, last), table_line(entry))


def _meaning(entry: Entry) -> str:
    sort = {"proper": entry.category, "head": f"office or kind ({entry.category})"}.get(entry.sort, entry.sort)
    coded = " ".join(filter(None, (entry.country, "+".join(entry.sectors))))
    return f"{sort} {entry.name!r}" + (f": {coded}" if coded else "")


def _reason(page: Page, reading: Reading, step: Step) -> Reason:
    evidence = _span(page, reading, step.i, step.i + 1) if step.i >= 0 else None
    return Reason(step.what, evidence, step.table or None)


def _span(page: Page, reading: Reading, first: int, last: int) -> Span:
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    return Span(start, end, page.text[start:end])


# --- lines of tables --------------------------------------------------------------------------------------------------

_TABLES: dict[Sort, str] = {
    "state": "countries.tsv", "adjective": "countries.tsv", "demonym": "countries.tsv", "capital": "countries.tsv",
    "seat": "countries.tsv", "city": "places.tsv", "leader": "leaders.tsv", "head": "offices.tsv",
    "modifier": "offices.tsv", "former": "offices.tsv",
}  # fmt: skip
_PROPER = {
    "international": "organisations.tsv", "group": "groups.tsv", "party": "parties.tsv", "service": "services.tsv",
    "legislature": "countries.tsv",
}  # fmt: skip


def table_line(entry: Entry) -> str | None:
    """Where an entry stands: "countries.tsv line 25"; None of what no table has (a plural made by rule has its noun's).

    The tables are those of ``onrecord/data``; the header is line 1.
    """
    table = _PROPER[entry.category] if entry.sort == "proper" else _TABLES[entry.sort]
    if entry.category == "region":
        table = "regions.tsv"
    elif table == "countries.tsv":
        return _line(table, "code", entry.country or "")
    return _line(table, "term" if table == "offices.tsv" else "name", entry.name)


@cache
def _line(table: str, column: str, value: str) -> str | None:
    found = (n for n, row in enumerate(rows(table), 2) if row[column] == value)
    n = next(found, None)
    return f"{table} line {n}" if n else None
