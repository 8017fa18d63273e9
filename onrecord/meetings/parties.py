"""Who takes part in a contact, and where and when: the phrases around the word that names it."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.dates import when_at
from onrecord.events import Places
from onrecord.events.clause import (
    climb,
    conjuncts,
    first_conjunct,
    frame,
    is_relation,
    kids,
    lower,
    noun_obliques,
    possessors,
    preposition,
    subjects,
)
from onrecord.events.parties import Cast, innermost, is_coded, unique
from onrecord.reading import Reading, Token
from onrecord.record import When, Where

_SIDES = {"two-way": 2, "bilateral": 2, "two-sided": 2, "trilateral": 3, "three-way": 3, "three-sided": 3,
          "tripartite": 3, "four-way": 4, "quadrilateral": 4}  # fmt: skip
_PARTY = frozenset({"between", "with", "among", "of", "by", "involving"})
_PLACE = frozenset({"in", "at", "near", "outside", "to", "for", "into", "from"})
_IN = frozenset({"in", "at", "near", "outside", "to"})
# Behind these, whose clause it is took part: "after talks with Chad, Mali said".
_ATTENDING = frozenset({"in", "during", "at", "after", "following", "before", "ahead", "for"})
_OURS = frozenset({"their", "its", "his", "her", "our", "my"})


def phrases(reading: Reading, i: int) -> tuple[tuple[str, int], ...]:
    """Pairs of preposition and noun that belong to the noun ``i``, those a parser hung on its verb included.

    What follows the noun without a break belongs to it: "came after a meeting with his counterparts".
    """
    out = dict.fromkeys(noun_obliques(reading, i))
    end = i
    sentence = reading.sentences[reading.tokens[i].sentence]
    for case in range(i + 1, sentence.last):
        token = reading.tokens[case]
        if token.deprel != "case" or token.head <= case or case != end + 1:
            if case > end:
                break
            continue
        noun = token.head
        for c in conjuncts(reading, noun):
            out.setdefault((token.text.lower(), c))
        end = max(n for n in (noun, *_tight(reading, noun)))
    if not any(word == "with" for word, _ in out) and (noun_behind := _noun_behind(reading, i, "with")) is not None:
        out["with", noun_behind] = None
    return tuple(out)


def _noun_behind(reading: Reading, i: int, word: str) -> int | None:
    """The noun of the phrase right behind ``i`` that opens with ``word``, by the words alone: the tree is broken."""
    sentence = reading.sentences[reading.tokens[i].sentence]
    if i + 2 >= sentence.last or reading.tokens[i + 1].text.lower() != word:
        return None
    last = None
    for n in range(i + 2, min(i + 9, sentence.last)):
        if reading.tokens[n].upos not in ("DET", "ADJ", "NOUN", "PROPN", "PRON"):
            break
        last = n if reading.tokens[n].upos in ("NOUN", "PROPN") else last
    return last


def _tight(reading: Reading, noun: int) -> Iterator[int]:
    """What is one phrase with a noun, no clause behind it."""
    for k in reading.children[noun]:
        if is_relation(reading.tokens[k].deprel, ("flat", "conj", "appos", "compound")):
            yield k
            yield from _tight(reading, k)


def noun_parties(cast: Cast, i: int, places: Places) -> Iterator[str]:
    """Those who meet, as the noun phrase says: possessors, between, of, with, among; "US-China talks"."""
    reading = cast.reading
    for k in possessors(reading, i):
        for c in conjuncts(reading, k):
            yield from cast.behind(c) or _meant(cast, c)
    yield from cast.modifiers(i)
    visit = lower(reading, i) in ("visit", "trip", "tour", "call")
    for word, k in phrases(reading, i):
        if visit and word in ("to", "of") and places.at_token(k) is not None:
            # Where a visit leads is its place, not its host.
            continue
        if word in _PARTY or (word == "to" and visit) or (word == "from" and lower(reading, i) == "call"):
            yield from parties(cast, k)
            for below in kids(reading, k, "nmod"):
                if preposition(reading, below) == "with":
                    yield from parties(cast, below)


def _meant(cast: Cast, k: int) -> tuple[str, ...]:
    """Whom "their" means where no actor was found for it: the several subjects of a verb above it."""
    reading = cast.reading
    if reading.tokens[k].text.lower() not in _OURS:
        return ()
    plural = reading.tokens[k].text.lower() in ("their", "our")
    for _, governor in climb(reading, k):
        found = cast.agents(s for s in subjects(reading, governor) if s < k)
        if found and (len(found) > 1) == plural:
            return found
    # "At its meeting on Monday, the council": it is told behind.
    sentence = reading.sentences[reading.tokens[k].sentence]
    behind = next((n for n in range(k, sentence.last) if is_relation(reading.tokens[n].deprel, ("nsubj",))), None)
    opening = all(t.upos in ("ADP", "PUNCT", "SCONJ") for t in _clause_before(reading, k))
    return cast.head(behind) if behind is not None and opening else ()


def _clause_before(reading: Reading, k: int) -> Iterator[Token]:
    """The tokens before ``k`` back to a mark that opens a clause."""
    for n in range(k - 1, reading.sentences[reading.tokens[k].sentence].first - 1, -1):
        if reading.tokens[n].text in (":", "“", '"', ";"):
            return
        yield reading.tokens[n]


def parties(cast: Cast, k: int) -> tuple[str, ...]:
    """Actors of a phrase; "Russian and Ukrainian representatives" are two, named ones behind a comma are meant."""
    several = cast.modifiers(k)
    named = unique(a for o in kids(cast.reading, k, "appos") for c in conjuncts(cast.reading, o) for a in cast.head(c))
    if named and len(named) >= len(several):
        return named
    return several if len(several) > 1 else cast.behind(k)


def carrier(reading: Reading, i: int) -> int | None:
    """The verb that the noun is object or subject of; the next one for a subject hung on an earlier verb."""
    if reading.tokens[i].upos == "VERB" and i > 0 and reading.tokens[i - 1].upos == "VERB":
        # "Held talks", where the tagger took the noun for a verb.
        return i - 1
    token = reading.tokens[first_conjunct(reading, i)]
    if token.deprel in ("root", "appos", "nmod", "parataxis", "acl") or token.head < 0:
        # "A meeting she chaired", "talks held in Doha": the verb of the clause that describes it.
        return next((k for k in kids(reading, i, "acl") if reading.tokens[k].upos == "VERB" and k > i), None)
    if not is_relation(token.deprel, ("obj", "nsubj", "obl", "xcomp")):
        return None
    if is_relation(token.deprel, ("nsubj",)) and token.head < i:
        end = reading.sentences[token.sentence].last
        return next((k for k in range(i + 1, end) if reading.tokens[k].upos == "VERB"), None)
    return token.head if reading.tokens[token.head].upos in ("VERB", "AUX", "ADJ") else None


def implied(cast: Cast, i: int, verb: int | None, who: tuple[str, ...]) -> tuple[str, ...]:
    """The party left unsaid: in "a meeting with Chad is to take place" the subject of the clause it is joined to.

    Only where a with-phrase, or a count of sides ("three-sided"), says that one is missing.
    """
    reading = cast.reading
    before = "".join(token.text.lower() for token in reading.tokens[max(0, i - 5) : i])
    sides = next((count for word, count in _SIDES.items() if word in before), None)
    with_phrase = any(word == "with" for word, _ in phrases(reading, i))
    if verb is not None and any(preposition(reading, k) == "with" for k in kids(reading, verb, "obl")):
        with_phrase = True
    missing = len(who) <= 1 if sides is None else len(who) < sides
    if not missing or not (with_phrase or sides is not None):
        return ()
    top = reading.tokens[i]
    if is_relation(top.deprel, ("obl", "nmod", "advcl")) and preposition(reading, i) in _ATTENDING:
        for _, governor in climb(reading, i):
            found = tuple(a for a in cast.agents(subjects(reading, governor)) if a not in who)
            if found:
                return found[:1]
        return ()
    if verb is None or not is_relation(top.deprel, ("nsubj",)):
        return ()
    if with_phrase and frame(reading, verb).passive:
        # "A meeting will be held with the mayors," he said: with the speaker.
        token = reading.tokens[i]
        inside = innermost(cast.statements, token.start, token.end)
        return (inside.speaker,) if inside is not None and inside.speaker is not None else ()
    for node, governor in [(verb, reading.tokens[verb].head), *climb(reading, verb)]:
        joined = any(kids(reading, k, "cc") for k in (i, verb))
        if governor >= 0 and (joined or reading.tokens[node].deprel in ("conj", "parataxis")):
            return cast.agents(subjects(reading, governor))[:1]
    first = first_conjunct(reading, verb)
    return cast.agents(subjects(reading, first))[:1] if first != verb else ()


def hosts(cast: Cast, i: int) -> tuple[str, ...]:
    """Who is gone to, by the noun of a visit."""
    return unique(a for word, k in phrases(cast.reading, i) if word == "to" for a in parties(cast, k))


def attending(cast: Cast, i: int, behind: frozenset[str]) -> tuple[str, ...]:
    """Who is there though the noun phrase does not say so: "China's envoy, during a visit to Mali, said".

    ``behind`` are the prepositions that may lead to the noun.
    """
    reading = cast.reading
    if preposition(reading, i) not in behind:
        return ()
    head = reading.tokens[i].head
    if head >= 0 and is_relation(reading.tokens[i].deprel, ("nmod",)) and (found := cast.head(head)):
        return found[:1]
    for _, governor in climb(reading, i):
        found = cast.agents(subjects(reading, governor))
        if found:
            return found[:1]
    return ()


def coded(cast: Cast, who: tuple[str, ...]) -> tuple[str, ...]:
    """Those of ``who`` that can take part in a contact."""
    found = [cast.get(a) for a in unique(who)]
    organs = {actor.country for actor in found if actor.kind != "state"}
    return tuple(
        actor.id
        for actor in found
        if (is_coded(actor) or actor.kind in ("person", "organisation"))
        # "The ministers of Norway and Iceland" are not joined by Iceland itself.
        and not (actor.kind == "state" and actor.country in organs)
    )


def place(reading: Reading, i: int, places: Places, *, noun: bool) -> Where | None:
    """The place in a phrase of ``i``: "in Geneva", "to Chad"."""
    found = phrases(reading, i) if noun else frame(reading, i).obliques
    for word, k in found:
        if word in _PLACE and (where := places.at_token(k)) is not None:
            return where
    for _, k in found:
        for below in kids(reading, k, "nmod"):
            if preposition(reading, below) in _IN and (where := places.at_token(below)) is not None:
                return where
    return None


def first_place(indices: tuple[int, ...], places: Places) -> Where | None:
    """The first place that one of the tokens names."""
    return next((found for k in indices if (found := places.at_token(k)) is not None), None)


def day(reading: Reading, dates: tuple[When, ...], i: int) -> When | None:
    """The days that the clause of ``i`` tells."""
    return when_at(dates, reading, i)
