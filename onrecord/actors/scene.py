"""The scene: what is known of a page while its actors are found, mention by mention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.actors.context import Context
from onrecord.actors.coreference import Memory
from onrecord.actors.drafts import Drafts
from onrecord.actors.holders import Holders
from onrecord.actors.mention import Mention
from onrecord.actors.trace import Trace
from onrecord.actors.turns import Turns
from onrecord.reading import Reading


@dataclass(frozen=True, slots=True)
class Scene:
    """The page and what it has told so far.

    ``home`` is the country that the page is about, None where it is about none or several. ``at`` gives mentions by
    their head, ``partners`` the person's mention beside an office's.
    """

    reading: Reading
    context: Context
    home: str | None
    turns: Turns
    at: Mapping[int, Mention]
    partners: Mapping[int, Mention]
    drafts: Drafts
    memory: Memory
    holders: Holders
    trace: Trace
