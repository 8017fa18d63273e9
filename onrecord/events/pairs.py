"""Whom "they", "both sides" or "the two leaders" means: the pair that the page told of last.

A pair is two actors conjoined ("Chad and Mali agreed") or met ("Chad's king met Mali's president"). A counted
plural reaches back six sentences, a pronoun two, and only to a pair that did or underwent something together, where
nobody plural has come in since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.events.clause import conjuncts, is_relation, kids, lower
from onrecord.reading import Reading
from onrecord.record import Actor

_REACH, _COUNTED_REACH = 2, 6
_COUNTED = frozenset({"two", "both"})
_SIDES = frozenset(
    "leader side country nation state government minister president premier chief man politician diplomat neighbour "
    "neighbor ally party power official general head team delegation partner rival economy capital".split()
)
_STATES = frozenset({"side", "country", "nation", "state", "government", "neighbour", "neighbor", "economy", "capital"})
_PLURAL = frozenset({"NOUN", "PRON", "DET", "NUM"})
_ALONE = frozenset({"pair", "duo"})
_MEETING = frozenset({"meet", "hold", "talk", "speak", "discuss", "sign", "agree", "negotiate", "confer", "host"})


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two actors told of together at a token of a sentence; ``acting`` where both are what a verb is about."""

    ids: tuple[str, ...]
    sentence: int
    acting: bool


def pairs(reading: Reading, actors: Mapping[str, Actor], named: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """The actors of each plural that means a pair, by the index of its token.

    ``named`` gives the one actor whom a token names.
    """
    out: dict[int, tuple[str, ...]] = {}
    last: _Pair | None = None
    abroad: _Pair | None = None  # the last of two countries
    for token in reading.tokens:
        i = token.i
        back = token.sentence - last.sentence if last is not None else _COUNTED_REACH + 1
        if last is not None and back <= _COUNTED_REACH and token.upos in _PLURAL:
            if _is_counted(reading, i):
                states = lower(reading, i) in _STATES
                if not states:
                    out[i] = last.ids
                elif abroad is not None:
                    out[i] = _as_states(abroad.ids, actors)
            elif back <= _REACH and token.text.lower() in ("they", "them") and i not in named and last.acting:
                out[i] = last.ids
        found = _pair(reading, named, i) if i in named or token.upos == "VERB" else None
        if found is not None:
            last = found
            if len({actors[id].country for id in found.ids} - {None}) == len(found.ids):
                abroad = found
        elif token.xpos in ("NNS", "NNPS") and last is not None and named.get(i) not in (None, *last.ids):
            last = _Pair(last.ids, last.sentence, acting=False)
    return out


def _is_counted(reading: Reading, i: int) -> bool:
    """Whether ``i`` is a noun like "the two leaders", "both sides", "the pair"."""
    token = reading.tokens[i]
    word = token.text.lower()
    if word in _COUNTED:
        led = i > 0 and reading.tokens[i - 1].text.lower() == "the"
        return token.upos != "NOUN" and is_relation(token.deprel, ("nsubj",)) and (word == "both" or led)
    if token.upos != "NOUN":
        return False
    word = lower(reading, i)
    if word in _ALONE:
        return True
    if word not in _SIDES:
        return False
    counting = {reading.tokens[k].text.lower() for k in kids(reading, i, "nummod", "det", "amod")}
    return bool(counting & _COUNTED) and not kids(reading, i, "acl", "nmod", "compound")


def _pair(reading: Reading, named: Mapping[int, str], i: int) -> _Pair | None:
    """The pair that a token brings in: the first of two conjoined names, or a verb of meeting."""
    token = reading.tokens[i]
    if i in named and token.deprel != "conj":
        ids = tuple(dict.fromkeys(named[k] for k in conjuncts(reading, i) if k in named))
        if len(ids) == 2:
            return _Pair(ids, token.sentence, is_relation(token.deprel, ("nsubj", "nsubj:pass")))
    if token.upos == "VERB" and lower(reading, i) in _MEETING:
        one = [named[k] for k in kids(reading, i, "nsubj") if k in named]
        other = list(_others(reading, named, i))
        if len(one) == 1 and len(other) == 1 and one != other:
            return _Pair((one[0], other[0]), token.sentence, acting=True)
    return None


def _others(reading: Reading, named: Mapping[int, str], i: int) -> Iterator[str]:
    for k in (*kids(reading, i, "obj"), *kids(reading, i, "obl")):
        led = {reading.tokens[c].text.lower() for c in kids(reading, k, "case")}
        if k in named and (is_relation(reading.tokens[k].deprel, ("obj",)) or "with" in led):
            yield named[k]
        for c in kids(reading, k, "nmod"):
            if c in named and any(reading.tokens[w].text.lower() == "with" for w in kids(reading, c, "case")):
                yield named[c]


def _as_states(ids: tuple[str, ...], actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """The states of two persons or offices, where the page names both."""
    states = {actor.country: actor.id for actor in actors.values() if actor.kind == "state"}
    found = tuple(states[c] for id in ids if (c := actors[id].country) in states)
    return found if len(set(found)) == len(ids) else ids
