"""Epithets: descriptions that mean somebody told of before, as a pronoun does: "the 61-year-old", "the former star".

They name no office and no body. A page that has not told of the person yet would say "a former star".
"""

from __future__ import annotations

from onrecord.actors.wording import fold
from onrecord.reading import Reading, Token

_EPITHETS = frozenset(
    "legend star independent native veteran incumbent hopeful newcomer newbie maverick firebrand strongman billionaire "
    "millionaire tycoon mogul heir heiress icon favourite favorite frontrunner challenger contender laureate pioneer "
    "reformer reformist hardliner moderate conservative liberal progressive populist centrist leftist socialist "
    "technocrat outsider father mother grandfather grandmother son daughter nephew newlywed graduate dropout boxer "
    "footballer cricketer singer actor actress comedian rapper strategist heavyweight stalwart loyalist protege "
    "octogenarian septuagenarian teenager convict fugitive exile defector polyglot nobleman aristocrat businessman "
    "businesswoman donor megadonor philanthropist financier".split()
)
# Epithets that tell a man from a woman; of the others either may be meant.
_MEN = frozenset("businessman father grandfather son nephew nobleman actor strongman".split())
_WOMEN = frozenset("businesswoman mother grandmother daughter heiress actress".split())
_SUBJECT = frozenset({"nsubj", "nsubj:pass", "root", "conj", "advcl"})


def epithet(reading: Reading, token: Token) -> int | None:
    """Where an epithet begins that ends in a token; None where none does."""
    tokens = reading.tokens
    if token.text == "old":
        return _aged(reading, token)
    if token.deprel not in _SUBJECT or token.upos not in ("NOUN", "ADJ", "PROPN") or token.xpos == "NNS":
        return None
    if fold(token.lemma) not in _EPITHETS:
        return None
    for child in reading.children[token.i]:
        relation = tokens[child].deprel.split(":")[0]
        if relation in ("appos", "conj", "flat") or (relation == "nmod" and child > token.i):
            return None  # the page tells who it is
    before = [c for c in reading.children[token.i] if c < token.i and tokens[c].text.lower() == "the"]
    behind = tokens[token.i + 1] if token.i + 1 < len(tokens) else token
    return before[0] if before and behind.upos != "PROPN" else None


def gender_told(token: Token) -> str:
    """Whom an epithet agrees with, as pronouns are told apart: m, f, or e, anybody."""
    noun = fold(token.lemma)
    return "m" if noun in _MEN else "f" if noun in _WOMEN else "e"


def _aged(reading: Reading, token: Token) -> int | None:
    """Where "the 61-year-old" begins that means somebody by nothing but the age."""
    if token.deprel == "amod" or token.i < 5:
        return None
    words = [t.text.lower() for t in reading.tokens[token.i - 5 : token.i]]
    return token.i - 5 if words[0] == "the" and words[1].isdigit() and words[2:] == ["-", "year", "-"] else None
