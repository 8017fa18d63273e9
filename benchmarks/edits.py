"""Edits that copies of an article or of a quotation go through on their way from outlet to outlet, seeded."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Edit = Callable[[list[str], Random, list[str]], list[str]]
"""Paragraphs of an article, a source of chance, paragraphs of another article on the topic -> paragraphs of the
copy."""

# What desks change word by word: spelling, contractions, near-synonyms that leave the sentence standing.
_SWAPS = {
    "said": "stated",
    "told": "informed",
    "also": "further",
    "including": "among them",
    "however": "but",
    "percent": "per cent",
    "cent": "percent",
    "government": "cabinet",
    "leaders": "heads",
    "people": "persons",
    "program": "programme",
    "organization": "organisation",
    "labor": "labour",
    "defense": "defence",
    "last": "past",
    "after": "following",
    "before": "ahead of",
    "many": "a lot of",
    "will": "is to",
    "it's": "it is",
    "don't": "do not",
    "we're": "we are",
    "large": "big",
    "big": "large",
    "about": "around",
    "over": "more than",
}
_AGENCIES = [
    "AFP",
    "Reuters",
    "AP",
    "Xinhua",
    "TASS",
    "Anadolu",
    "dpa",
    "EFE",
    "Kyodo",
    "Yonhap",
    "PTI",
    "IANS",
    "Bernama",
]
_CITIES = ["GENEVA", "NAIROBI", "BANGKOK", "LIMA", "CAIRO", "TBILISI", "MANILA", "DAKAR", "OTTAWA", "SUVA"]
_HEADLINES = [
    "What we know so far",
    "Dispute deepens as officials trade blame",
    "Pressure grows on both sides",
    "Officials react to the latest development",
    "Five things that changed this week",
]


def cut(paragraphs: list[str], chance: Random, _other: list[str]) -> list[str]:
    """The first part only, as a short column takes it: a fifth to four fifths of the sentences."""
    text = [sentence for paragraph in paragraphs for sentence in (*sentences(paragraph), "\n")]
    keep = max(3, round(len(text) * chance.uniform(0.2, 0.8)))
    return [part.strip() for part in " ".join(text[:keep]).split("\n") if part.strip()]


def reordered(paragraphs: list[str], chance: Random, _other: list[str]) -> list[str]:
    """The paragraphs in another order; the sentences where there is but one paragraph."""
    parts = list(paragraphs) if len(paragraphs) > 2 else [s for p in paragraphs for s in sentences(p)]
    chance.shuffle(parts)
    return parts


def retitled(paragraphs: list[str], chance: Random, _other: list[str]) -> list[str]:
    """Another headline, and a line below it."""
    return [chance.choice(_HEADLINES), "By our correspondent", *paragraphs]


def agency_line(paragraphs: list[str], chance: Random, _other: list[str]) -> list[str]:
    """A dateline in front, a credit behind, and the last paragraph gone."""
    agency = chance.choice(_AGENCIES)
    kept = paragraphs[:-1] if len(paragraphs) > 3 else paragraphs
    return [f"{chance.choice(_CITIES)} ({agency}) - {kept[0]}", *kept[1:], f"({agency})"]


def reworded(paragraphs: list[str], chance: Random, _other: list[str]) -> list[str]:
    """One word in twenty-five dropped, those that desks change changed."""
    return [" ".join(reword(paragraph.split(), chance, 0.04)) for paragraph in paragraphs]


def extended(paragraphs: list[str], chance: Random, other: list[str]) -> list[str]:
    """A paragraph or two of background put in from another article: up to a quarter of the words."""
    room = sum(len(p.split()) for p in paragraphs) / 4
    added, used = [], 0
    for paragraph in other:
        if used + len(paragraph.split()) > room:
            break
        added.append(paragraph)
        used += len(paragraph.split())
    place = chance.randint(1, len(paragraphs))
    return [*paragraphs[:place], *added, *paragraphs[place:]]


def everything(paragraphs: list[str], chance: Random, other: list[str]) -> list[str]:
    """Cut to a half or more, a few sentences moved, reworded, extended, with an agency's line."""
    kept = paragraphs[: max(1, round(len(paragraphs) * chance.uniform(0.5, 0.9)))]
    if len(kept) > 2:
        moved = kept.pop(chance.randrange(1, len(kept)))
        kept.append(moved)
    return agency_line(extended(reworded(kept, chance, other), chance, other), chance, other)


EDITS: dict[str, Edit] = {
    "cut": cut,
    "reordered": reordered,
    "retitled": retitled,
    "agency line": agency_line,
    "reworded": reworded,
    "extended": extended,
    "everything": everything,
}


def sentences(paragraph: str) -> list[str]:
    """A paragraph's sentences, roughly."""
    return re.split(r"(?<=[.!?\"”])\s+(?=[A-Z\"“])", paragraph)


def reword(words: list[str], chance: Random, dropped: float) -> list[str]:
    """Words with some changed as desks change them and a share of them dropped."""
    return [_SWAPS.get(word, word) for word in words if chance.random() >= dropped]


def quotation_cut(words: list[str], chance: Random) -> list[str]:
    """A part of a quotation: half to nine tenths of its words in a row, six at least."""
    keep = max(6, round(len(words) * chance.uniform(0.5, 0.9)))
    first = chance.randint(0, max(0, len(words) - keep))
    return words[first : first + keep]


def quotation_shouted(words: list[str], chance: Random) -> list[str]:
    """The casing of a headline."""
    return [word.upper() for word in words] if chance.random() < 0.5 else [word.title() for word in words]


def quotation_marked(words: list[str], chance: Random) -> list[str]:
    """Other quotation marks, a bracketed insertion, an ellipsis for a word in the middle."""
    opening, closing = chance.choice([("“", "”"), ("‘", "’"), ("«", "»"), ("", "")])
    middle = chance.randrange(2, len(words) - 1)
    inner = chance.choice([["[sic]"], ["..."], ["(he", "added)"]])
    return [opening + words[0], *words[1:middle], *inner, *words[middle:-1], words[-1] + closing]


def quotation_edited(words: list[str], chance: Random) -> list[str]:
    """One word in ten dropped or changed, one at least."""
    edited = list(words)
    for _ in range(max(1, len(words) // 10)):
        place = chance.randrange(len(edited))
        if chance.random() < 0.5 and len(edited) > 6:
            del edited[place]
        else:
            edited[place] = _SWAPS.get(edited[place].casefold(), "that")
    return edited


def quotation_everything(words: list[str], chance: Random) -> list[str]:
    """Cut, then edited, then in other marks."""
    return quotation_marked(quotation_edited(quotation_cut(words, chance), chance), chance)


QUOTATION_EDITS: dict[str, Callable[[list[str], Random], list[str]]] = {
    "cut": quotation_cut,
    "shouted": quotation_shouted,
    "marked": quotation_marked,
    "edited": quotation_edited,
    "everything": quotation_everything,
}
