"""The triggers of a page with their predicates, and which of them is the content of which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.events.clause import climb, is_relation, kids, lower, marker, preposition
from onrecord.events.match import Match, candidates, match
from onrecord.events.needs import may_be_met, words_of
from onrecord.events.parties import Cast, is_about_politics
from onrecord.events.speech import SpeechAct, speech_acts
from onrecord.events.topics import is_metaphor, is_off_topic_sentence
from onrecord.reading import Reading
from onrecord.record import Page

# What stands behind these is another event at another time, not what is promised, demanded or refused.
_BESIDE = frozenset({"after", "before", "since", "during", "following", "amid", "until", "despite", "as"})


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the rules below look at.

    ``acts`` are what is done by saying; ``political``: the page is about political life, whoever acts in a sentence.
    """

    page: Page
    cast: Cast
    matches: Mapping[int, Match]
    owners: Mapping[int, int]
    acts: tuple[SpeechAct, ...]
    political: bool

    @staticmethod
    def of(page: Page, cast: Cast) -> Scene:
        """The scene of a page."""
        matches = _matches(cast)
        return Scene(
            page,
            cast,
            matches,
            _owners(cast.reading, matches),
            tuple(speech_acts(cast)),
            is_about_politics(cast.actors),
        )


def _matches(cast: Cast) -> dict[int, Match]:
    """Triggers with their predicates; the words that complete one trigger are none themselves, nor is a light verb."""
    reading = cast.reading
    out: dict[int, Match] = {}
    spent: set[int] = set()
    off = {k for k, sentence in enumerate(reading.sentences) if is_off_topic_sentence(reading, sentence)}
    words = [words_of(reading, sentence) for sentence in reading.sentences]
    found = [
        (i, pos)
        for i, pos in candidates(reading)
        if (sentence := reading.tokens[i].sentence) not in off
        and (pos == "noun" or may_be_met(lower(reading, i), pos, words[sentence]))
    ]
    for i, pos in sorted(found, key=lambda pair: pair[1] == "noun"):
        if i in spent or is_metaphor(reading, i):
            continue
        m = match(cast, i, pos)
        if m is None or any(is_metaphor(reading, k) for k in m.words) or (m.light is not None and m.light in out):
            continue
        out[i] = m
        spent.update(k for k in m.words if k not in m.complements)
    return out


def _owners(reading: Reading, matches: Mapping[int, Match]) -> dict[int, int]:
    """The trigger that each trigger is the content of: "demanded" for "withdraw" in "demanded that it withdraw"."""
    carried = {m.light: i for i, m in matches.items() if m.light is not None}
    carried |= {k: i for i, m in matches.items() for k in m.words if k not in m.complements}
    out: dict[int, int] = {}
    for i, m in matches.items():
        base = i if m.light is None else m.light
        for node, governor in climb(reading, base):
            relation = reading.tokens[node].deprel
            if relation == "acl:relcl" and _is_said(reading, node) and carried.get(governor, governor) in matches:
                relation = "acl"
            if is_relation(relation, ("obl", "nmod")) and preposition(reading, node) in _BESIDE:
                break
            if is_relation(relation, ("advcl",)) and node not in matches.get(governor, m).complements:
                break
            if relation in ("acl:relcl", "appos", "parataxis", "nmod:poss") or is_relation(relation, ("nsubj",)):
                break
            top = governor if governor in matches else carried.get(governor)
            if top is not None and top != i:
                out[i] = top
                break
    return out


def _is_said(reading: Reading, i: int) -> bool:
    """Whether the clause of ``i`` has all it needs, so that "a warning that it would leave" tells the warning."""
    own = kids(reading, i, "nsubj")
    return bool(own) and marker(reading, i) == "that" and lower(reading, own[0]) != "that"


def is_cry_of(scene: Scene, i: int, base: int) -> bool:
    """Whether the trigger ``i`` is what the crowd of the verb ``base`` demands: no second event (``plover.md``)."""
    reading = scene.cast.reading
    told = is_relation(reading.tokens[i].deprel, ("advcl", "xcomp", "conj", "acl")) and reading.tokens[i].head == base
    return told and scene.matches[i].predicate.type == "REQUEST"


def content_of(scene: Scene, m: Match) -> Match | None:
    """The event that a trigger promises, demands, refuses or threatens."""
    inner = [scene.matches[i] for i, top in scene.owners.items() if top == m.trigger]
    reading = scene.cast.reading
    for k in m.complements:
        for other in inner:
            if k in (other.trigger, other.light, *other.words):
                return other
    for other in inner:
        if is_relation(
            reading.tokens[other.trigger].deprel, ("obj", "nsubj:pass", "obl", "nmod", "xcomp", "ccomp", "acl", "advcl")
        ):
            return other
    return None


def is_noun(reading: Reading, m: Match) -> bool:
    return m.predicate.pos == "noun"
