"""Titles of offices: one standard name, whatever the page calls them, for ids that join pages."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.actors.gazetteer import gazetteer, state_names
from onrecord.actors.mention import Mention
from onrecord.actors.profile import Profile
from onrecord.actors.wording import fold, to_words
from onrecord.reading import Reading, Token

DESCRIBED = frozenset(
    "analyst expert observer source specialist insider veteran campaigner volunteer supporter employee worker officer "
    "agent strategist monitor".split()
)
"""Nouns that make somebody of a description alone, "a political expert": what they are of may stay open."""

# Words that count or rank and do not name an office.
_COUNTS = frozenset(
    "a an the one two three four five six seven eight nine ten dozens hundreds thousands several some many most all "
    "senior top other another unnamed unidentified new current dozen more least about nearly almost".split()
)
_STANDARD = (
    ("foreign affairs", "foreign"),
    ("external affairs", "foreign"),
    ("internal affairs", "interior"),
    ("defense", "defence"),
    ("labor", "labour"),
    ("pm", "prime minister"),
)


def standard_title(reading: Reading, mention: Mention, profile: Profile) -> str:
    """The office by its standard name: "Ministry of Foreign Affairs" and "Foreign Ministry" are one."""
    words = [word.folded for word in to_words((profile.role or profile.head or "").split())]
    head = profile.noun
    if head in ("ministry", "minister", "department") and words in ([head], ["deputy", head]):
        tokens = reading.tokens[mention.head + 1 : mention.last]
        if tokens and tokens[0].text.lower() in ("of", "for") and not _is_state(tokens[1:]):
            portfolio = []
            for token in tokens[1:]:
                if token.text.lower() in ("in", "of", "to", ","):
                    break
                if token.upos not in ("DET", "PUNCT"):
                    portfolio.append(fold(token.text))
            words = [*portfolio, *words]
    plain = [w for w in words if not w.isdigit() and w not in _COUNTS]
    joined = " ".join(plain)
    for written, standard in _STANDARD:
        joined = f" {joined} ".replace(f" {written} ", f" {standard} ").strip()
    return joined or (profile.head or "")


def written(reading: Reading, mention: Mention) -> str:
    """The words of a mention without its article."""
    tokens = reading.tokens[mention.first : mention.last]
    text = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        text += token.text if before is None or before.end == token.start else f" {token.text}"
    lowered = text.split(" ", 1)
    return lowered[1] if lowered[0].lower() in ("the", "a", "an") and len(lowered) > 1 else text


def _is_state(tokens: Sequence[Token]) -> bool:
    """Whether the first capitalised word begins the name of a state or its capital."""
    words = [word for word in to_words(token.text for token in tokens) if word.folded != "the"]
    hit = gazetteer().at(words, 0) if words else None
    return hit is not None and hit.of("state", "capital", "adjective", "demonym") is not None


def is_state(text: str) -> bool:
    """Whether words name a state, its capital or its people."""
    words = to_words(text.split())
    hit = gazetteer().at(words, 0) if words else None
    return hit is not None and hit.of("state", "capital", "adjective", "demonym") is not None


def prefix_of(profile: Profile) -> str:
    """What an office's id begins with: the body it belongs to, else country and sector."""
    if profile.owner:
        return profile.owner
    sector = profile.sectors[0].lower() if profile.sectors else None
    if profile.country:
        return f"{profile.country.lower()}.{sector}" if sector else profile.country.lower()
    return profile.kind if profile.kind in ("office", "group") else "org"


def portfolio_of(role: str | None) -> str | None:
    """What a minister is minister of: "foreign" of a "Foreign Minister"; None of prime ministers and all others."""
    words = [fold(word) for word in (role or "").split()]
    if len(words) < 2 or words[-1] != "minister" or words[-2] in ("prime", "deputy", "cabinet", "chief", "first"):
        return None
    portfolio = " ".join(word for word in words[:-1] if word not in ("deputy", "former", "acting"))
    return {"defense": "defence", "external affairs": "foreign", "foreign affairs": "foreign"}.get(portfolio, portfolio)


def state_name(code: str) -> str:
    """The name of a state by its code."""
    return state_names().get(code, code)


def government_name(code: str) -> str:
    """What a government is called here, whatever the page calls it."""
    return f"government of {state_name(code)}"
