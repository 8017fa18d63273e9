"""Signs of politics: whether a page names anybody political at all, told by its words before it is read.

Without a state, a body, a party, a leader or an office there is no event between political actors, and reading the page
is the costliest part of coding it. On 899 articles of world news 4 name none.
"""

from __future__ import annotations

from onrecord.actors.gazetteer import Hit, Sort, gazetteer
from onrecord.actors.wording import to_words
from onrecord.reading import READ_ROLES
from onrecord.record import Page
from onrecord.words import words

_NAMES: tuple[Sort, ...] = ("state", "adjective", "demonym", "capital", "seat", "leader", "proper")
# Sectors of offices and kinds of people that by themselves make no page political: "nurse", "professor", "residents".
_PRIVATE = frozenset({"BUS", "JRN", "MED", "EDU", "CVL", "?GOV", ""})


def names_political_actor(page: Page) -> bool:
    """Whether a name or a term that a political actor may have stands on the page, furniture left out."""
    for block in page.blocks:
        if block.role in READ_ROLES:
            found = to_words(page.text[start:end] for start, end in words(page.text, block.start, block.end))
            if any(_is_political(hit, found[hit.first].surface) for hit in gazetteer().scan(found)):
                return True
    return False


def _is_political(hit: Hit, surface: str) -> bool:
    if surface[:1].isupper() and hit.of(*_NAMES):
        return True
    head = hit.of("head", "modifier")
    return head is not None and head.category != "not" and any(sector not in _PRIVATE for sector in head.sectors)
