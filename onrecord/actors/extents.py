"""How far a phrase goes: from its head over what names it, by the tree, and by the words where the tree lost some."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.actors.gazetteer import gazetteer
from onrecord.actors.wording import Words, to_words
from onrecord.reading import Reading, Sentence, Token

# Dependents that are no part of the phrase that names somebody.
_OUTSIDE = frozenset(
    "appos acl advcl parataxis conj cc cop nsubj csubj aux mark obl ccomp xcomp orphan discourse vocative expl dep "
    "advmod reparandum dislocated list punct obj iobj det:predet".split()
)
_MARKS = (",", '"', "“", "”", "(", ";", ":")


def extent(reading: Reading, sentence: Sentence, token: Token) -> tuple[int, int]:
    """First and last token of the phrase: what hangs below the head, as far as it names, without gaps."""
    inside = {token.i}
    stack = [
        child
        for child in reading.children[token.i]
        if reading.tokens[child].deprel != "case" and _names(reading, child, token)
    ]
    while stack:
        i = stack.pop()
        inside.add(i)
        # Below the first level, relative clauses and second conjuncts stay out as well.
        stack.extend(
            child
            for child in reading.children[i]
            if (
                reading.tokens[child].deprel.split(":")[0] in ("case", "punct")
                and not reading.tokens[child].text.startswith(_MARKS)
            )
            or _names(reading, child, reading.tokens[i])
            or (i < token.i and reading.tokens[child].deprel.split(":")[0] in ("conj", "cc") and child < token.i)
        )
    first, last = token.i, token.i + 1
    while first - 1 >= sentence.first and (first - 1 in inside or _hyphen(reading, first - 1, inside)):
        first -= 1
    while last < sentence.last and (last in inside or _hyphen(reading, last, inside)):
        last += 1
    while first - 2 >= sentence.first and glued(reading.tokens, first - 1):
        first -= 2
    while first - 1 >= sentence.first and is_part(reading, first - 1):
        first -= 1
        while first - 1 >= sentence.first and reading.tokens[first - 1].deprel == "det":
            first -= 1
    first = _with_owner(reading, sentence, first)
    return _joined(reading.tokens, sentence, first), last


def is_part(reading: Reading, i: int) -> bool:
    """Whether a noun is part of the noun right behind it, though the tree has both as one verb's: "a party source"."""
    tokens = reading.tokens
    if i + 1 >= len(tokens) or tokens[i].upos != "NOUN" or tokens[i + 1].upos != "NOUN":
        return False
    here, after = tokens[i], tokens[i + 1]
    return (
        here.head == after.head >= 0 and here.deprel == after.deprel and here.deprel.split(":")[0] in ("nsubj", "obj")
    )


def _with_owner(reading: Reading, sentence: Sentence, first: int) -> int:
    """Where a phrase begins whose possessor the tree hung elsewhere: "President Dal | 's adviser"."""
    tokens = reading.tokens
    if first - 2 < sentence.first or tokens[first - 1].text not in ("'s", "’s"):
        return first
    if tokens[first - 2].upos != "PROPN":
        noun = tokens[first - 2]
        split = noun.upos == "NOUN" and noun.deprel == tokens[first].deprel and noun.head == tokens[first].head
        return first - 2 if split else first
    owner = first - 2
    named = next((e.first for e in reading.entities if e.first <= owner < e.last), owner)
    while named - 1 >= sentence.first and tokens[named - 1].upos == "PROPN":
        named -= 1
    return max(named, sentence.first)


def with_nations(reading: Reading, sentence: Sentence, first: int) -> int:
    """Where a noun's phrase begins with the nations right before it that the tree hung elsewhere, "French and German |
    ministers"."""
    tokens = reading.tokens
    before = first - 1
    if before < sentence.first or tokens[before].upos != "ADJ" or not tokens[before].text[:1].isupper():
        return first
    hit = gazetteer().at(to_words([tokens[before].text]), 0) if tokens[before].text.isalpha() else None
    return _joined(tokens, sentence, before) if hit is not None and hit.of("adjective") else first


def _joined(tokens: Sequence[Token], sentence: Sentence, first: int) -> int:
    while first - 1 >= sentence.first and _joins(tokens, first):
        first -= 1 if tokens[first].text in ("and", "or") else 2
    return first


def leftwards(reading: Reading, page_words: Words, sentence: Sentence, first: int) -> int:
    """Where a capitalised phrase begins whose tree lost the title or the country before it, "Prime | Minister X".

    Words of office and one country are taken in, no places: "In Moscow German Chancellor X" is no Russian.
    """
    tokens = reading.tokens
    country = False
    while not country:
        for length in (3, 2, 1):
            start = first - length
            if start < sentence.first or any(
                tokens[i].upos not in ("ADJ", "PROPN", "NOUN") and not start < i < first - 1
                for i in range(start, first)
            ):
                continue
            hit = gazetteer().at(page_words.between(start, first), 0)
            office = hit and hit.last == length and hit.of("head", "modifier", "former", "adjective")
            if office and _is_owner(tokens, start):
                return first
            if office and (office.sort != "adjective" or tokens[start].text[:1].isupper()):
                country = office.sort == "adjective"
                first = start
                break
        else:
            # "Prime" and "Foreign" begin an office only together with what follows.
            joint = gazetteer().at(page_words.between(first - 1, first + 1), 0) if first > sentence.first else None
            if joint is None or joint.last != 2 or not joint.of("head") or tokens[first - 1].upos == "VERB":
                return _portfolio(reading, page_words, sentence, first)
            first -= 1
    before = page_words.between(first - 1, first) if first > sentence.first else []
    past = gazetteer().at(before, 0) if before else None
    return first - 1 if past is not None and past.of("former") and tokens[first - 1].upos != "VERB" else first


def _is_owner(tokens: Sequence[Token], start: int) -> bool:
    """Whether words are what an office before them is of: "the President of the | Republic Per Dal"."""
    before = [token.text.lower() for token in tokens[max(0, start - 2) : start]]
    return before == ["of", "the"] and tokens[start].text.lower() in ("republic", "state", "nation", "federation")


_WITH_PORTFOLIO = frozenset({"minister", "secretary", "undersecretary"})


def _portfolio(reading: Reading, page_words: Words, sentence: Sentence, first: int) -> int:
    """Where a minister's portfolio begins that no table has: "Tourism and Sports Minister"."""
    tokens = reading.tokens
    if tokens[first].text.lower() not in _WITH_PORTFOLIO and not (
        first + 1 < sentence.last and tokens[first + 1].text.lower() in _WITH_PORTFOLIO
    ):
        return first
    people = {i for e in reading.entities if e.label == "Person" for i in range(e.first, e.last)}
    while first > sentence.first:
        before = first - 1
        if tokens[before].text in ("and", "&") and before > sentence.first:
            before -= 1
        words = page_words.between(before, first)
        hit = gazetteer().at(words, 0) if words else None
        owner = hit and hit.of("state", "adjective", "capital", "seat", "city", "leader", "demonym")
        if (
            owner
            or before in people
            or tokens[before].upos not in ("PROPN", "NOUN", "ADJ")
            or not tokens[before].text[:1].isupper()
        ):
            return first
        first = before
    return first


def core_end(reading: Reading, head: int, last: int) -> int:
    """Where the phrase's part before its first preposition ends."""
    stop = head + 1
    while stop < last and reading.tokens[stop].upos in ("PROPN", "NOUN"):
        stop += 1
    return stop


def _names(reading: Reading, i: int, head: Token) -> bool:
    token = reading.tokens[i]
    relation = token.deprel.split(":")[0]
    if relation in _OUTSIDE:
        # A hyphen inside a name or an adverb inside an adjective belong; commas do not.
        inside = head.upos == "ADJ" or (head.upos == "VERB" and head.deprel == "amod")
        return relation == "advmod" and i < head.i and inside
    if relation == "amod" and i > head.i and token.upos == "VERB":
        return False  # "the union | protesting": no part of the name
    if relation == "case":
        return i > head.i and token.text in ("'s", "’s", "'", "’")
    return not (relation == "nmod" and _first_of(reading, i) < i and reading.tokens[_first_of(reading, i)].text == ",")


def _first_of(reading: Reading, i: int) -> int:
    return min((i, *reading.children[i]))


def _joins(tokens: Sequence[Token], first: int) -> bool:
    """Whether a phrase from ``first`` goes on to the left over an "and" between two adjectives of nations."""
    at = first if tokens[first].text in ("and", "or") else first - 1
    if tokens[at].text not in ("and", "or") or at + 1 >= len(tokens):
        return False
    hits = [
        gazetteer().at(to_words([tokens[i].text]), 0) if tokens[i].text[:1].isalpha() else None
        for i in (at - 1, at + 1)
    ]
    return all(hit is not None and hit.of("adjective") is not None for hit in hits)


def _hyphen(reading: Reading, i: int, inside: set[int]) -> bool:
    return reading.tokens[i].text in ("-", "‑", "–") and (i - 1 in inside and i + 1 in inside)


def glued(tokens: Sequence[Token], i: int) -> bool:
    """Whether token ``i`` is a hyphen that makes one word of those beside it."""
    return (
        tokens[i].text in ("-", "‑")
        and 0 < i < len(tokens) - 1
        and tokens[i - 1].end == tokens[i].start
        and tokens[i].end == tokens[i + 1].start
    )
