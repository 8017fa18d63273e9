"""What the reader saw on a page: words, trees, entities, attributions. Frozen data, before any interpretation.

A ``Reading`` is all that the later steps know of the language of a page; they are pure functions of it, so a test can
build one by hand. Token indices run over the whole page; character offsets are code points of ``page.text``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

READ_ROLES = frozenset({"headline", "caption", "lead", "body", "subhead"})
"""Blocks whose words are read. Furniture, bylines, section lines and credits hold no sentences."""


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word (Universal Dependencies).

    ``i`` is its place in ``Reading.tokens``; ``head`` is the index of its head there, or -1 for the root of a
    sentence; ``deprel`` may carry a subtype (``nsubj:pass``); ``xpos`` is the Penn tag.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` to ``last`` (exclusive), characters ``start`` to ``end``, in block ``block`` of the page."""

    first: int
    last: int
    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity over tokens ``first`` to ``last`` (exclusive).

    ``label`` is one of Person, Location, Organization, NORP, Date, Facility, Money, Product, Misc.
    """

    label: str
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words or thoughts as the reader marked them: character spans ``(start, end)``.

    ``source`` and ``cue`` are None where the page leaves them out; ``content`` has at least one span, in page order.
    """

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words inside quotation marks: ``start`` is the opening mark, ``end`` is past the closing one.

    ``closed`` is false where the paragraph ends before the mark closes (as each but the last paragraph of a long
    quotation does).
    """

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a page with their trees, entities, attributions and quotations. Furniture is not read."""

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    attributions: tuple[Attribution, ...]
    quotations: tuple[Quotation, ...]
    children: tuple[tuple[int, ...], ...] = field(default=(), repr=False)

    def sentence_tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence, in order."""
        return self.tokens[sentence.first : sentence.last]

    def subtree(self, i: int) -> Iterator[int]:
        """Indices of the token ``i`` and of all that hangs below it, in no particular order."""
        stack = [i]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(self.children[node])
