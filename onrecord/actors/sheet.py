"""The sheet: what is known of a page before its mentions are found."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.actors.context import Context
from onrecord.actors.wording import Words
from onrecord.reading import Entity, Reading


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of a page before its mentions: its words, and by token the people and bodies the reader marked."""

    reading: Reading
    words: Words
    context: Context
    people: dict[int, Entity]
    bodies: dict[int, Entity]
