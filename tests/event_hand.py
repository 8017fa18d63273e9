"""Readings built by hand for the tests of events, commitments and meetings: trees, actors and places in a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.reading import Reading, Sentence, Token
from onrecord.record import Actor, ActorKind, Block, Page, Span, Where


def reading_of(*sentences: str) -> tuple[str, Reading]:
    """Text and reading of sentences written as ``form lemma UPOS XPOS head deprel`` a word, words parted by ``;``.

    Heads count from 1 in their sentence, 0 for the root.
    """
    text = ""
    tokens: list[Token] = []
    borders: list[Sentence] = []
    for number, sentence in enumerate(sentences):
        base = len(tokens)
        for word in sentence.split(";"):
            form, lemma, upos, xpos, head, deprel = word.split()
            start = len(text)
            text += form + " "
            above = int(head) - 1 + base if head != "0" else -1
            tokens.append(Token(len(tokens), start, start + len(form), form, lemma, upos, xpos, above, deprel, number))
        borders.append(Sentence(base, len(tokens), tokens[base].start, tokens[-1].end, 0))
    children = tuple(tuple(t.i for t in tokens if t.head == i) for i in range(len(tokens)))
    return text, Reading(tuple(tokens), tuple(borders), (), (), (), children)


def page_of(text: str) -> Page:
    """A page that is one block of body."""
    return Page(
        "p",
        "-",
        None,
        None,
        (),
        None,
        (),
        "2026-03-04",
        "given",
        None,
        "en",
        None,
        text,
        (Block("body", 0, len(text)),),
        "d",
    )


@dataclass(frozen=True)
class Names:
    """Actors by the word that heads their mention: ``{"Chile": ("CHL", None)}`` gives country and sector."""

    reading: Reading
    table: Mapping[str, tuple[str | None, str | None]]

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All actors of the table."""
        return tuple(self.by_id(name.lower()) for name in self.table)

    def of_token(self, i: int) -> str | None:
        """The actor named by a word of the table: its lower-case form is the id."""
        text = self.reading.tokens[i].text
        return text.lower() if text in self.table else None

    def at(self, start: int, end: int) -> str | None:
        """The first actor within a span."""
        return next(
            (t.text.lower() for t in self.reading.tokens if start <= t.start < end and t.text in self.table), None
        )

    def all_at(self, start: int, end: int) -> tuple[str, ...]:
        """All actors within a span."""
        inside = [t.text for t in self.reading.tokens if start <= t.start < end]
        return tuple(text.lower() for text in inside if text in self.table)

    def by_id(self, id: str) -> Actor:
        """The actor of an id."""
        text = next(name for name in self.table if name.lower() == id)
        country, sector = self.table[text]
        kind: ActorKind = "state" if country and not sector else "group"
        mentions = tuple(Span(t.start, t.end, text) for t in self.reading.tokens if t.text == text)
        return Actor(id, text, kind, country, sector, (sector,) if sector else (), None, None, mentions)


@dataclass(frozen=True)
class Spots:
    """Places by word: ``{"Lima": "PER"}``."""

    reading: Reading
    table: Mapping[str, str]

    def at_token(self, i: int) -> Where | None:
        """The place named by a word of the table."""
        token = self.reading.tokens[i]
        country = self.table.get(token.text)
        return Where(token.text, country, None, None, Span(token.start, token.end, token.text)) if country else None
