"""What a reader of HTML or of plain text found, before it is laid out as the canonical text of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.record import Block, PublishedFrom, Role


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph and the roles of its parts: ``(role, start, end)``, offsets into ``text``, in order.

    Most paragraphs are one part; ``A minister speaks. (Photo: Agency)`` is a caption and a credit. What no part covers
    (brackets, the word *Photo*) stays in the text.
    """

    text: str
    parts: tuple[tuple[Role, int, int], ...]

    @property
    def role(self) -> Role:
        """The role of the first part."""
        return self.parts[0][0]


def whole(role: Role, text: str) -> Paragraph:
    """A paragraph that has one role from end to end."""
    return Paragraph(text, ((role, 0, len(text)),))


@dataclass(frozen=True, slots=True)
class Draft:
    """The paragraphs of a page in order, and what it says about itself."""

    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    published: str | None = None
    published_from: PublishedFrom | None = None
    language: str | None = None
    credit: str | None = None
    url: str | None = None
    outlet_name: str | None = None
    addresses: tuple[str, ...] = ()


def lay_out(paragraphs: Iterable[Paragraph]) -> tuple[str, tuple[Block, ...]]:
    """The canonical text, a blank line between paragraphs, and its blocks."""
    texts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for paragraph in paragraphs:
        texts.append(paragraph.text)
        blocks.extend(Block(role, at + start, at + end) for role, start, end in paragraph.parts)
        at += len(paragraph.text) + 2
    return "\n\n".join(texts), tuple(blocks)
