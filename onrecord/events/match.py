"""Triggers: words that the lexicon knows, in surroundings that meet a predicate's needs, and who is in their roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.events.clause import (
    Frame,
    are_several,
    frame,
    is_relation,
    kids,
    lower,
    marker,
    noun_obliques,
    possessors,
    preposition,
    subjects,
)
from onrecord.events.lexicon import NONE, Need, Predicate, demand, lexicon, word_classes
from onrecord.events.parties import Cast, unique
from onrecord.reading import Reading

_POS = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj", "AUX": "verb", "PROPN": "noun"}
_FINITE = frozenset({"VBD", "VBZ"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "ourselves", "myself", "yourself"})
_DEEDS = frozenset({"ASSAULT", "PROTEST", "MOBILIZE"})
_PERSONS = frozenset({"him", "her", "them", "me", "us"})
_COUNTING = frozenset(
    "number series string spate wave range lot couple set round dozen hundred thousand variety list ton tonne shipment "
    "load truckload planeload worth million billion amount".split()
)
_SENDING = frozenset({"send", "deploy", "dispatch", "rush", "fly"})
# "Called on Saturday" calls on nobody.
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_AIMING = frozenset({"of", "on", "against", "over"})
_DURING = frozenset({"in", "during", "at", "after", "following"})
_ACTING = frozenset({"by", "from", "of", "between", "among"})


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger with its predicate and the tokens and parties in its roles.

    ``words`` are the tokens that met the needs (particle, object, noun under a preposition); they are no triggers of
    their own. ``lead`` are the actors in the first role, before a reciprocal predicate joins both. ``light`` is
    the verb that carries a noun ("issued a warning"), None where there is none.
    """

    trigger: int
    predicate: Predicate
    words: tuple[int, ...]
    complements: tuple[int, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    subject: int | None
    light: int | None
    lead: tuple[str, ...] = ()

    @property
    def sided(self) -> bool:
        """Whether both sides are there: two actors of a reciprocal predicate, else an actor and a recipient."""
        return len(self.actors) > 1 if self.predicate.reciprocal else bool(self.actors and self.recipients)


def candidates(reading: Reading) -> Iterator[tuple[int, str]]:
    """Tokens that the lexicon has a line for, with the part of speech to look under."""
    table = lexicon()
    for token in reading.tokens:
        # A reader may err in the coarse tag and not in the fine one.
        pos = _POS.get(token.upos)
        if token.xpos in _FINITE and (lower(reading, token.i), "verb") in table:
            pos = "verb"
        if pos is None:
            continue
        if (lower(reading, token.i), pos) in table:
            yield token.i, pos
        elif (
            pos == "adj"
            and token.xpos in ("VBN", "JJ")
            and (lower(reading, token.i), "verb") in table
            and (kids(reading, token.i, "aux:pass", "nsubj:pass") or _goes_on(reading, token.i))
        ):
            yield token.i, "verb"


def _goes_on(reading: Reading, i: int) -> bool:
    """Whether a participle is conjoined to a verb of the past: "criticised and sanctioned Peru"."""
    token = reading.tokens[i]
    return token.deprel == "conj" and reading.tokens[token.head].xpos == "VBD"


def match(cast: Cast, i: int, pos: str) -> Match | None:
    """The best line of the lexicon for the trigger ``i``, with its roles filled; None where no line's needs are met."""
    return match_noun(cast, i) if pos == "noun" else match_verb(cast, i, pos)


def match_verb(cast: Cast, i: int, pos: str) -> Match | None:
    """The best line for a verb or a predicative adjective."""
    reading = cast.reading
    if pos == "adj" and not (
        kids(reading, i, "cop") or reading.tokens[i].deprel in ("xcomp", "conj", "root", "acl", "parataxis")
    ):
        return None
    if pos == "verb" and reading.tokens[i].deprel == "amod":
        # "The occupied town", "the jailed leader": background that the page does not tell.
        return None
    around = frame(reading, i)
    best: Match | None = None
    for predicate in lexicon().get((lower(reading, i), pos), ()):
        if best is not None and demand(predicate) < demand(best.predicate):
            break
        words = _meet(cast, around, predicate)
        if words is None:
            continue
        if predicate.type == NONE:
            return None
        filled = _fill(cast, around, predicate, words)
        if filled.sided:
            return filled
        best = best or filled
    return best


def _meet(cast: Cast, around: Frame, predicate: Predicate) -> tuple[int, ...] | None:
    """The tokens that meet all needs of ``predicate``, None where one is not met."""
    out: list[int] = []
    if (
        predicate.reciprocal
        and around.passive
        and not any(need.relation == "obj" and need.words for need in predicate.needs)
    ):
        # "was met with silence" is no meeting.
        return None
    for need in predicate.needs:
        found = _meets(cast, around, need)
        if found is None:
            return None
        out.extend(found)
    return tuple(out)


def _meets(cast: Cast, around: Frame, need: Need) -> tuple[int, ...] | None:
    reading = cast.reading
    match need.relation:
        case "prt":
            return () if need.words & set(around.particles) else None
        case "comp":
            if not need.words:
                return () if around.complements else None
            if "party" in need.words:
                return () if _tells_of_others(cast, around) else None
            return tuple(k for k in around.complements if lower(reading, k) in need.words)[:1] or None
        case "inf":
            return () if any(marker(reading, k) == "to" for k in around.complements) else None
        case "nocomp":
            return () if all(marker(reading, k) == "to" for k in around.complements) else None
        case "conj":
            return () if are_several(reading, around.agents) or len(cast.agents(around.agents)) > 1 else None
        case "mod":
            return _modified(reading, (around.head, *around.objects, *(k for _, k in around.obliques)), need)
        case "obj":
            return _among(cast, around.objects, need)
        case "iobj":
            return _among(cast, around.indirect, need)
        case "subj":
            return _among(cast, around.agents, need)
        case prepositions:
            wanted = prepositions.split(",")
            found = (k for word, k in around.obliques if word in wanted)
            return _among(cast, tuple(k for k in found if reading.tokens[k].text not in _DAYS), need)


def _tells_of_others(cast: Cast, around: Frame) -> bool:
    """Whether the complement has a party as its subject that is not the predicate's own: "claimed that Chad lied"."""
    own = cast.agents(around.agents)
    return any(a not in own for k in around.complements for a in cast.agents(subjects(cast.reading, k)))


def _among(cast: Cast, found: tuple[int, ...], need: Need) -> tuple[int, ...] | None:
    """Those of ``found`` that the need allows, None where there are none; parties are no part of the trigger."""
    if not need.words:
        return () if found else None
    # "Carried out a number of raids": raids.
    counted = [c for k in found if lower(cast.reading, k) in _COUNTING for c in kids(cast.reading, k, "nmod")]
    words = tuple(k for k in (*found, *counted) if _allowed(cast.reading, k, need.words))
    if words:
        return words
    named = [a for k in found for a in cast.head(k)] if need.words & {"party", "guest"} else []
    return () if any("party" in need.words or cast.get(a).kind != "state" for a in named) else None


def _allowed(reading: Reading, k: int, words: frozenset[str]) -> bool:
    lemma = lower(reading, k)
    return lemma in words or reading.tokens[k].text.lower() in words or ("self" in words and lemma in _REFLEXIVE)


def _modified(reading: Reading, heads: tuple[int, ...], need: Need) -> tuple[int, ...] | None:
    for head in heads:
        for k in kids(reading, head, "amod", "compound", "nmod"):
            if lower(reading, k) in need.words:
                return (k,)
        before = reading.tokens[head - 1] if head > 0 else None
        if before is not None and before.upos == "ADJ" and lower(reading, head - 1) in need.words:
            return (head - 1,)
    return None


def _fill(cast: Cast, around: Frame, predicate: Predicate, words: tuple[int, ...]) -> Match:
    """The roles of a verb's event."""
    agents = _slot_agents(cast, around, predicate.actors[0])
    recipients: tuple[str, ...] = ()
    own = unique(a for k in words if _is_own(cast.reading, k) for a in cast.head(k))
    if predicate.type in _DEEDS and words:
        # "Its attack on Chad was carried out": whose the deed is did it.
        agents = agents or unique(a for k in words for o in possessors(cast.reading, k) for a in cast.head(o))
        own = unique((*own, *agents))
    slots = predicate.recipients
    if predicate.type == "AID" and predicate.lemma in _SENDING and words:
        # "Sent doctors": it is not they who are helped.
        own = unique((*own, *(a for k in words for a in cast.head(k))))
    if words and around.objects and set(around.objects) <= set(words):
        # "Conveyed to Chad the greetings of Mali": what is said of the word itself comes last.
        # And "with" tells of means and helpers: "tightened the siege of Goma with Chad's help".
        slots = tuple(sorted(slots, key=lambda s: ("obj", "with").index(s) + 1 if s in ("obj", "with") else 0))
    for slot in slots:
        if predicate.reciprocal or not recipients:
            # "Recalled its ambassador from Chad": who is recalled is no other side.
            found = tuple(a for a in _slot(cast, around, slot) if a not in own)
            recipients = unique((*recipients, *(a for a in found if a not in agents)))
            if slot == "obj" and not found and not predicate.reciprocal and _is_stranger(cast.reading, around):
                break
    if "obj" in slots and not recipients and not predicate.reciprocal:
        recipients = tuple(a for a in _aimed(cast, around) if a not in own and a not in agents)
    lead = agents
    if predicate.reciprocal:
        agents, recipients = unique((*agents, *recipients)), ()
    subject = around.agents[0] if around.agents else None
    return Match(around.head, predicate, words, around.complements, agents, recipients, subject, None, lead)


def _aimed(cast: Cast, around: Frame) -> tuple[str, ...]:
    """Whom the doer's own deed is aimed at: "lifted its blockade of Chad"."""
    reading = cast.reading
    own = [k for k in around.objects if _is_own(reading, k)]
    aims = [c for k in own for c in kids(reading, k, "nmod") if preposition(reading, c) in _AIMING]
    return unique(a for c in aims for a in cast.behind(c))


def _is_stranger(reading: Reading, around: Frame) -> bool:
    """Whether the object is somebody by name whom the page does not make known: then no other phrase names them."""
    return any(reading.tokens[k].upos == "PROPN" or reading.tokens[k].text.lower() in _PERSONS for k in around.objects)


def _is_own(reading: Reading, k: int) -> bool:
    return any(reading.tokens[c].xpos == "PRP$" for c in kids(reading, k, "nmod:poss"))


def _slot_agents(cast: Cast, around: Frame, slot: str) -> tuple[str, ...]:
    if slot == "subj":
        agents = tuple(k for k in around.agents if not cast.is_place(k))
        return cast.agents(agents) or unique(a for k in agents if _is_arm(cast.reading, k) for a in _wielders(cast, k))
    return _slot(cast, around, slot)


def _is_arm(reading: Reading, k: int) -> bool:
    """Whether ``k`` is no party but what one strikes or comes with: "Israeli bulldozers", "a U.S. airstrike"."""
    classes = word_classes()
    return any(lower(reading, k) in classes[name] for name in ("arms", "aircraft", "ship", "attack", "weapons"))


def _wielders(cast: Cast, k: int) -> tuple[str, ...]:
    """Whose weapons they are: who stands before the word, or owns it."""
    owners = unique(a for o in possessors(cast.reading, k) for a in cast.head(o))
    return owners or cast.modifiers(k)[:1]


def _slot(cast: Cast, around: Frame, slot: str) -> tuple[str, ...]:
    match slot:
        case "subj":
            found: tuple[int, ...] = around.agents
        case "obj":
            found = around.objects
        case "iobj":
            found = around.indirect
        case "comp":
            found = tuple(s for k in around.complements for s in subjects(cast.reading, k) if s not in around.agents)
        case preposition:
            found = tuple(k for word, k in around.obliques if word == preposition)
    named = unique(a for k in found for a in cast.behind(k))
    if slot == "obj" and not named and any(lower(cast.reading, k) in word_classes()["quantity"] for k in found):
        # "attacked a convoy of Malian soldiers", the of-phrase hung on the verb.
        named = unique(a for word, k in around.obliques if word == "of" for a in cast.behind(k))
    return named


def match_noun(cast: Cast, i: int) -> Match | None:
    """The best line for a noun, with the verb that carries it if there is one."""
    reading = cast.reading
    token = reading.tokens[i]
    if token.deprel.startswith(("compound", "flat", "nmod:poss", "amod")) or cast.actors.of_token(i) is not None:
        # "the sanctions committee", "the opposition": the word names something else.
        return None
    if kids(reading, i, "cop"):
        # "The turmoil is a warning to investors" describes; nobody warned.
        return None
    if preposition(reading, i) in ("as", "like", "than", "under", "despite"):
        return None
    phrases = noun_obliques(reading, i)
    for predicate in lexicon().get((lower(reading, i), "noun"), ()):
        if all(_noun_meets(reading, i, need, phrases) for need in predicate.needs):
            return None if predicate.type == NONE else _fill_noun(cast, i, predicate)
    return None


def _noun_meets(reading: Reading, i: int, need: Need, phrases: tuple[tuple[str, int], ...]) -> bool:
    if need.relation == "mod":
        return _modified(reading, (i,), need) is not None
    return any(word in need.relation.split(",") and _allowed(reading, k, need.words) for word, k in phrases)


def _fill_noun(cast: Cast, i: int, predicate: Predicate) -> Match:
    reading = cast.reading
    verb, carries = light_verb(reading, i)
    phrases = noun_obliques(reading, i) if verb is not None else _own_obliques(reading, i)
    agents: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    if verb is not None and carries == "acts":
        agents = cast.agents(frame(reading, verb).agents)
        recipients = unique(a for k in frame(reading, verb).indirect for a in cast.behind(k))
    elif verb is not None:
        recipients = cast.agents(subjects(reading, verb))
    for slot in predicate.actors:
        if agents and not (predicate.reciprocal and slot == "between"):
            break
        agents = _noun_slot(cast, i, slot, phrases, direct=slot in _ACTING)
    for slot in predicate.recipients:
        if recipients and not predicate.reciprocal:
            break
        found = _noun_slot(cast, i, slot, phrases, direct=False)
        recipients = unique((*recipients, *found))
    if not predicate.reciprocal:
        recipients = recipients or cast.opposed(i)
    if predicate.type == "CONSULT" and predicate.reciprocal and not agents and recipients:
        agents = _meeting(cast, i)
    if not agents or predicate.reciprocal:
        modifying = cast.modifiers(i)
        agents = unique((*agents, *modifying)) if predicate.reciprocal else modifying[:1]
    recipients = tuple(r for r in recipients if r not in agents)
    lead = agents
    if predicate.reciprocal:
        agents, recipients = unique((*agents, *recipients)), ()
    complements = tuple(k for k in kids(reading, i, "acl", "ccomp", "xcomp") if reading.tokens[k].deprel != "acl:relcl")
    words = (verb,) if verb is not None else ()
    return Match(i, predicate, words, complements, agents, recipients, None, verb, lead)


def _meeting(cast: Cast, i: int) -> tuple[str, ...]:
    """Who met, by the clause around: "in a meeting with Chad's envoy, the minister warned"."""
    token = cast.reading.tokens[i]
    if token.head < 0 or not is_relation(token.deprel, ("obl",)) or preposition(cast.reading, i) not in _DURING:
        return ()
    return cast.agents(subjects(cast.reading, token.head))


def _own_obliques(reading: Reading, i: int) -> tuple[tuple[str, int], ...]:
    token = reading.tokens[i]
    own = noun_obliques(reading, i)
    if token.head >= 0 and is_relation(token.deprel, ("obj", "nsubj:pass")):
        below = set(reading.subtree(i))
        return tuple(pair for pair in own if pair[1] in below)
    return own


def _noun_slot(cast: Cast, i: int, slot: str, phrases: tuple[tuple[str, int], ...], *, direct: bool) -> tuple[str, ...]:
    """Who fills a role; not only ``direct``, also whose the thing is: "criticism of Chad's ruling" is of Chad."""
    reading = cast.reading
    if slot == "poss":
        owners = possessors(reading, i)
        return unique(a for k in owners for c in _all(reading, k) for a in cast.head(c))
    wanted = ("between", "among") if slot == "between" else (slot,)
    found = [k for word, k in phrases if word in wanted]
    return unique(a for k in found for a in (cast.head(k) if direct else cast.behind(k)))


def _all(reading: Reading, k: int) -> Iterator[int]:
    yield k
    for c in kids(reading, k, "conj"):
        yield from _all(reading, c)


def light_verb(reading: Reading, i: int) -> tuple[int | None, str]:
    """The verb that only carries the noun ``i`` ("launched an attack"); whether its subject ``acts`` or ``suffers``."""
    token = reading.tokens[i]
    if token.head < 0 or not is_relation(token.deprel, ("obj", "nsubj:pass", "obl")):
        return None, ""
    lemma = lower(reading, token.head)
    classes = word_classes()
    if is_relation(token.deprel, ("obl",)):
        return (token.head, "suffers") if lemma == "come" and token.deprel != "obl:agent" else (None, "")
    if lemma in classes["light"]:
        return token.head, "acts"
    if lemma in classes["suffer"]:
        return token.head, "suffers"
    return None, ""
