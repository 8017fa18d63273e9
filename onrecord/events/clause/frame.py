"""The functions around one predicate: who acts, on what, and which prepositions lead in what else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.events.clause.subjects import is_borrowed, is_gerund_content, late_subjects, lent_objects, subjects
from onrecord.events.clause.tree import (
    RELATIVE,
    conjuncts,
    first_conjunct,
    is_counting,
    is_passive,
    is_relation,
    kids,
    lower,
    marker,
    preposition,
    relative_head,
)
from onrecord.reading import Reading

# Prepositions that may hang one noun too low: "went on strike against", "imposed sanctions on".
_NESTED = frozenset({"against", "with", "to", "on"})
_CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "acl"})
_GIVING = frozenset({"deny", "grant", "give", "refuse", "offer", "award", "allow", "promise"})
# Whatever follows these says what somebody is, or is called.
_NAMING = frozenset(
    "be become remain stay seem appear look sound feel prove turn go call name dub brand label term deem declare elect "
    "appoint make consider".split()
)
# Prepositions that may lead in what a parser calls an object; no particles ("called off").
_LEADING = frozenset({"on", "upon", "for", "to", "with", "at", "against", "of", "from", "into"})


@dataclass(frozen=True, slots=True)
class Frame:
    """The functions around one predicate: token indices, conjuncts included, in the order of the page.

    ``agents`` are the logical subjects (the by-phrase of a passive), ``objects`` the logical objects (its grammatical
    subject). ``obliques`` pairs each preposition with the noun under it, those of the predicate before those of its
    objects, since parsers attach either way.
    """

    head: int
    passive: bool
    agents: tuple[int, ...]
    objects: tuple[int, ...]
    indirect: tuple[int, ...]
    obliques: tuple[tuple[str, int], ...]
    particles: tuple[str, ...]
    complements: tuple[int, ...]


def frame(reading: Reading, i: int) -> Frame:
    """The functions around the verb or adjective ``i``."""
    passive = is_passive(reading, i)
    grammatical = subjects(reading, i)
    hung = {reading.tokens[k].deprel.partition(":")[0] for k in reading.children[i]}
    clauses = bool(hung & _CLAUSAL)  # most of what follows asks for clauses below
    found = (
        *(_given(reading, i) if clauses else ()),
        *(_bare_objects(reading, i) or _unled_objects(reading, i, passive)),
        *(lent_objects(reading, i) if clauses else ()),
        *late_subjects(reading, i),
        *(_accused(reading, i) if clauses else ()),
    )
    direct = [c for k in found for c in conjuncts(reading, k)]
    obliques = list(_obliques(reading, i))
    for k in direct:
        obliques.extend(_obliques(reading, k))
    if passive:
        # The by-phrase may hang on the phrase before it: "imposed on Laos by the EU".
        below = [pair for _, k in obliques for pair in _obliques(reading, k)]
        # Or on what somebody was slammed "for staging" by others.
        below += [pair for word, k in obliques if reading.tokens[k].xpos == "VBG" for pair in _obliques(reading, k)]
        agents = [k for word, k in (*obliques, *below) if word == "by"]
        agents += [k for k in kids(reading, i, "obl:agent") if k not in agents and reading.tokens[k].deprel != "obl"]
        objects = [*grammatical, *direct]
        for k in grammatical:
            obliques.extend(_obliques(reading, k))
    else:
        agents = _agents_above(reading, i) or list(grammatical)
        objects = [*direct, *_gap(reading, i, direct)]
    indirect = tuple(c for k in kids(reading, i, "iobj") for c in conjuncts(reading, k))
    if not objects and not passive:
        # Parsers take a lone object of a person for an indirect one: "urged Chad", "thanked Mali".
        objects, indirect = list(indirect), ()
    if clauses:
        obliques += [("for", k) for k in _for_to(reading, i)]
        obliques += list(_gerunds(reading, i))
    obliques += [pair for _, k in tuple(obliques) for pair in _obliques(reading, k) if pair[0] in _NESTED]
    shared = _shared_object(reading, i) if not objects and not passive else ()
    return Frame(
        head=i,
        passive=passive,
        agents=tuple(agents),
        objects=tuple(objects) or shared,
        indirect=indirect,
        obliques=tuple(obliques),
        particles=tuple(_particles(reading, i)),
        complements=(*kids(reading, i, "xcomp", "ccomp"), *_infinitives(reading, i, objects, clauses)),
    )


def _accused(reading: Reading, i: int) -> Iterator[int]:
    """Who is accused or praised, where a parser made them the subject of the deed: "accused Chad of arming them"."""
    for k in kids(reading, i, "advcl", "ccomp", "xcomp", "acl"):
        if is_gerund_content(reading, k):
            mark = min([k, *kids(reading, k, "mark", "case")])
            yield from (c for c in kids(reading, k, "nsubj") if i < c < mark)


def _bare_objects(reading: Reading, i: int) -> list[int]:
    """The objects of ``i`` that no preposition leads in: parsers make one of "called on Chad"."""
    return [k for k in kids(reading, i, "obj") if not _is_led(reading, i, k) and not is_borrowed(reading, i, k)]


def _agents_above(reading: Reading, i: int) -> list[int]:
    """Who did what a participle adds to a passive: "was attacked by rebels, killing five"."""
    token = reading.tokens[i]
    if token.deprel != "advcl" or token.xpos != "VBG" or token.head > i or kids(reading, i, "nsubj", "mark", "case"):
        return []
    if not is_passive(reading, token.head):
        return []
    return [
        c for k in kids(reading, token.head, "obl") if preposition(reading, k) == "by" for c in conjuncts(reading, k)
    ]


def _given(reading: Reading, i: int) -> list[int]:
    """The object that a parser made a complement: "were denied access", "will not begin talks"."""
    if lower(reading, i) not in _GIVING and (lower(reading, i) in _NAMING or kids(reading, i, "obj", "iobj")):
        return []
    found = [k for k in kids(reading, i, "xcomp") if reading.tokens[k].upos == "NOUN" and k > i]
    return [k for k in found if not kids(reading, k, "case", "mark", "cop")]


def _unled_objects(reading: Reading, i: int, passive: bool) -> list[int]:
    """The noun behind an active verb that a parser hung as a phrase though nothing leads it in: "call off a strike"."""
    if passive:
        return []
    found = [k for k in reading.children[i] if reading.tokens[k].deprel == "obl" and k > i]
    near = [k for k in found if reading.tokens[k].upos in ("NOUN", "PROPN") and not kids(reading, k, "case")]
    return [k for k in near if all(_is_within(reading, n, i, k) for n in range(i + 1, k))][:1]


def _is_within(reading: Reading, n: int, i: int, k: int) -> bool:
    """Whether ``n`` is part of the phrase of ``k``, or a particle or adverb of ``i``."""
    head = reading.tokens[n].head
    return head == k or (head == i and reading.tokens[n].deprel in ("compound:prt", "advmod")) or (i < head < k)


def _is_led(reading: Reading, i: int, k: int) -> bool:
    """Whether a preposition between the verb ``i`` and its object ``k`` leads the object in."""
    return any(
        i < c < k and reading.tokens[c].text.lower() in _LEADING and not is_counting(reading, c)
        for c in kids(reading, k, "case")
    )


def _is_led_noun(reading: Reading, i: int, k: int) -> bool:
    """Whether ``k`` is a noun that a preposition leads in, whatever a parser calls it: "called for sanctions"."""
    return reading.tokens[k].upos in ("NOUN", "PROPN", "PRON") and _is_led(reading, i, k)


def _particles(reading: Reading, i: int) -> Iterator[str]:
    """What completes the verb: "ruled out", "set free"; also a particle right behind it, however hung."""
    for k in reading.children[i]:
        token = reading.tokens[k]
        loose = token.deprel in ("advmod", "xcomp", "obl") and token.upos in ("ADV", "ADP", "ADJ")
        if token.deprel == "compound:prt" or loose:
            yield token.text.lower()
    if i + 1 < len(reading.tokens) and reading.tokens[i + 1].xpos == "RP":
        yield reading.tokens[i + 1].text.lower()


def noun_obliques(reading: Reading, i: int) -> tuple[tuple[str, int], ...]:
    """The prepositional phrases of the noun ``i``, then those of the verb it is an object or subject of."""
    out = list(_obliques(reading, i))
    out += [pair for _, k in out for pair in _obliques(reading, k) if pair[0] in ("by", "from", *_NESTED)]
    token = reading.tokens[i]
    if token.head >= 0 and is_relation(token.deprel, ("obj", "nsubj:pass")):
        out.extend(pair for pair in _obliques(reading, token.head) if pair[1] != i)
    elif token.head > i and is_relation(token.deprel, ("nsubj",)):
        # What stands between a subject and its verb belongs to the subject, wherever the parser hung it.
        out.extend(pair for pair in _obliques(reading, token.head) if i < pair[1] < token.head)
    return tuple(out)


def _obliques(reading: Reading, i: int) -> Iterator[tuple[str, int]]:
    led = [k for k in kids(reading, i, "obj", "xcomp", "ccomp", "advcl") if _is_led_noun(reading, i, k)]
    for k in (*kids(reading, i, "obl", "nmod"), *led):
        word = preposition(reading, k) or _particle_before(reading, i, k)
        if word is not None and lower(reading, k) in RELATIVE and (described := relative_head(reading, i)) is not None:
            yield from ((word, c) for c in conjuncts(reading, described))  # "Mali, with which Chad trades"
        elif word is not None and (reading.tokens[k].deprel != "nmod:poss" or preposition(reading, k) is not None):
            for c in conjuncts(reading, k):
                yield preposition(reading, c) or word, c
            if word in ("between", "among"):
                yield from ((word, c) for c in _other_side(reading, i, k))


def _other_side(reading: Reading, i: int, k: int) -> Iterator[int]:
    """The second party of "between Chad and Mali" where a parser hung it on ``i`` and not on the first, ``k``."""
    for c in kids(reading, i, "conj", "nmod"):
        if c > k and kids(reading, c, "cc") and not kids(reading, c, "case"):
            yield c
    joined = range(k + 1, min(k + 3, len(reading.tokens)))
    if [reading.tokens[c].upos for c in joined] == ["CCONJ", "PROPN"] and k + 2 not in conjuncts(reading, k):
        yield k + 2


def _particle_before(reading: Reading, i: int, k: int) -> str | None:
    """The preposition right before ``k`` that a parser hung elsewhere: "called on Chad", "pushed for Chad to leave"."""
    first = min(reading.subtree(k))
    token = reading.tokens[first - 1] if first > 0 else None
    loose = ("compound:prt", "case", "mark")
    found = token is not None and token.deprel in loose and token.upos in ("ADP", "SCONJ") and first - 1 > i
    return token.text.lower() if token is not None and found else None


def _infinitives(reading: Reading, i: int, objects: list[int], clauses: bool) -> Iterator[int]:
    """Infinitives that parsers hang as purpose or on the object, where they are what is asked: "urged Iran to stop"."""
    for k in kids(reading, i, "advcl") if clauses else ():
        if marker(reading, k) == "to" or is_gerund_content(reading, k):
            yield k
    for k in kids(reading, i, "obl"):
        # "Warned in a statement of targeting them": the parser hung the deed on the statement.
        yield from (c for c in kids(reading, k, "acl") if marker(reading, c) == "of" and is_gerund_content(reading, c))
    if clauses:
        yield from _for_to(reading, i)
    for o in objects:
        for k in kids(reading, o, "acl"):
            if marker(reading, k) == "to":
                yield k


def _gerunds(reading: Reading, i: int) -> Iterator[tuple[str, int]]:
    """What a preposition leads in though it is a verb: "called for raising", "accused of arming"."""
    for k in kids(reading, i, "xcomp", "ccomp", "advcl"):
        word = marker(reading, k)
        called = word == "for" and marker(reading, k) != "to" and reading.tokens[k].xpos == "VB"
        if word is not None and word in _LEADING and (reading.tokens[k].xpos == "VBG" or called):
            yield word, k


def _for_to(reading: Reading, i: int) -> Iterator[int]:
    """Clauses with a subject of their own that is wanted to do something: "pushed for Chad to leave"."""
    for k in kids(reading, i, "advcl", "ccomp", "xcomp"):
        marks = {reading.tokens[c].text.lower() for c in kids(reading, k, "mark")}
        if marks >= {"for", "to"}:
            yield k


def _gap(reading: Reading, i: int, direct: list[int]) -> tuple[int, ...]:
    """The noun that a relative clause leaves out as its object: "the envoy whom Chad expelled"."""
    described = relative_head(reading, i)
    if described is None or first_conjunct(reading, i) != i:
        return ()
    if direct:
        return tuple(conjuncts(reading, described)) if lower(reading, direct[0]) in RELATIVE else ()
    own = kids(reading, i, "nsubj")
    if any(lower(reading, k) not in RELATIVE for k in own) and reading.tokens[i].upos == "VERB":
        stranded = any(reading.tokens[k].deprel == "obl" for k in reading.children[i])
        return () if stranded else tuple(conjuncts(reading, described))
    return ()


def _shared_object(reading: Reading, i: int) -> tuple[int, ...]:
    """The object that a first conjunct borrows from the last or lends to it: "Chad arrested and expelled the envoy"."""
    above = reading.tokens[i].head
    if reading.tokens[i].deprel == "conj" and not kids(reading, i, "nsubj"):
        return tuple(c for k in kids(reading, above, "obj") if k > i for c in conjuncts(reading, k))
    later = [k for k in kids(reading, i, "conj") if reading.tokens[k].upos == "VERB" and not kids(reading, k, "nsubj")]
    past = ("VBD", "VBN")
    if len(later) != 1:
        return ()
    one, other = reading.tokens[i].xpos, reading.tokens[later[0]].xpos
    if one != other and not (one in past and other in past):
        return ()
    between = range(i + 1, later[0])
    if any(reading.tokens[k].upos in ("NOUN", "PROPN", "PRON") for k in between):
        return ()
    return tuple(c for k in kids(reading, later[0], "obj") for c in conjuncts(reading, k))
