"""Who is the subject of what: the grammatical functions of a predicate, read from a Universal Dependencies tree.

Pure functions of a ``Reading`` and a token index. They undo what hides a function in the tree: the passive, control and
raising (``Iran agreed to meet``), relative clauses (``rebels who attacked``), shared subjects of conjoined verbs, and
conjoined parties, each of which is returned on its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.events.lemmas import base
from onrecord.reading import Reading

# Deeper chains of control than this are mistakes of the parser, not English.
_DEPTH = 6

_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
# These keep their own subject as the subject of the infinitive although they have an object: "promised Iran to leave".
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "swear", "pledge", "use"})
_GERUND_MARKERS = frozenset({"of", "for", "against", "over", "from"})
# Prepositions that may hang one noun too low: "went on strike against", "imposed sanctions on".
_NESTED = frozenset({"against", "with", "to", "on"})
_VERBAL = frozenset({"VERB", "AUX"})


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


def kids(reading: Reading, i: int, *relations: str) -> list[int]:
    """Children of ``i`` whose relation is one of ``relations``; a bare name takes its subtypes along."""
    return [k for k in reading.children[i] if is_relation(reading.tokens[k].deprel, relations)]


def is_relation(deprel: str, relations: tuple[str, ...]) -> bool:
    """Whether ``deprel`` is one of ``relations``, or a subtype of one written without a subtype."""
    return deprel in relations or deprel.partition(":")[0] in relations


def conjuncts(reading: Reading, i: int) -> Iterator[int]:
    """``i`` and all that is conjoined to it: "Norway, Iceland and Malta" from "Norway"."""
    yield i
    for k in reading.children[i]:
        if reading.tokens[k].deprel == "conj":
            yield from conjuncts(reading, k)


def first_conjunct(reading: Reading, i: int) -> int:
    """The first of the conjuncts that ``i`` belongs to."""
    while reading.tokens[i].deprel == "conj" and reading.tokens[i].head >= 0:
        i = reading.tokens[i].head
    return i


def climb(reading: Reading, i: int) -> Iterator[tuple[int, int]]:
    """Pairs (node, governor) from ``i`` up to the root; conjuncts climb as their first one does."""
    node = i
    while reading.tokens[node].head >= 0:
        governor = reading.tokens[node].head
        if reading.tokens[node].deprel != "conj":
            yield node, governor
        node = governor


def lower(reading: Reading, i: int) -> str:
    """The lemma of ``i`` in lower case, mended where no table knows it (``lemmas.base``)."""
    token = reading.tokens[i]
    # Where the coarse tag errs, the fine one still tells a verb.
    return base(token.lemma, token.text, "VERB" if token.xpos in ("VBD", "VBZ") else token.upos)


def preposition(reading: Reading, i: int) -> str | None:
    """The preposition of a noun phrase headed by ``i`` ("against"; "because of" gives "because"), None without."""
    for k in reading.children[i]:
        if reading.tokens[k].deprel == "case" and reading.tokens[k].xpos != "POS":
            return reading.tokens[k].text.lower()
    return None


def marker(reading: Reading, i: int) -> str | None:
    """The word that makes a clause subordinate ("if", "to", "that"), None without."""
    for k in reading.children[i]:
        if reading.tokens[k].deprel in ("mark", "case") and reading.tokens[k].xpos != "POS":
            return reading.tokens[k].text.lower()
    return None


def is_passive(reading: Reading, i: int) -> bool:
    """Whether the predicate ``i`` is a passive, reduced ones included ("troops deployed", "asked by Chad")."""
    token = reading.tokens[i]
    if kids(reading, i, "aux:pass", "nsubj:pass", "csubj:pass"):
        return True
    if token.xpos != "VBN" or any(reading.tokens[k].lemma == "have" for k in kids(reading, i, "aux")):
        return False
    if token.deprel == "conj" and not kids(reading, i, "nsubj", "aux", "obj"):
        return token.head >= 0 and is_passive(reading, token.head)
    return token.deprel in ("acl", "advcl", "amod") and not kids(reading, i, "obj", "nsubj")


def _owns(reading: Reading, i: int) -> bool:
    """Whether ``i`` carries a possessive 's, so that it is nobody's subject whatever the parser says."""
    return any(reading.tokens[k].xpos == "POS" and k > i for k in reading.children[i])


def are_several(reading: Reading, found: tuple[int, ...]) -> bool:
    """Whether a subject is more than one by its words: "Chad and Mali", "the two ministers", "both sides"."""
    counted = any(
        lower(reading, c) in ("both", "two", "three", "four", "five")
        for k in found
        for c in kids(reading, k, "nummod", "det", "amod")
    )
    return len(found) > 1 or counted


def possessors(reading: Reading, i: int) -> tuple[int, ...]:
    """Who the noun ``i`` belongs to: "Chad's" in "Chad's new offer", also where the parser hung it elsewhere."""
    found = kids(reading, i, "nmod:poss")
    if found:
        return tuple(found)
    for k in range(i - 1, max(-1, i - 5), -1):
        token = reading.tokens[k]
        if token.xpos == "POS":
            return (token.head,) if 0 <= token.head < k else (k - 1,)
        if token.upos not in ("ADJ", "NOUN", "PROPN", "NUM"):
            break
    return ()


def relative_head(reading: Reading, i: int) -> int | None:
    """The noun that the relative clause of ``i`` describes, None where ``i`` is in none."""
    top = first_conjunct(reading, i)
    return reading.tokens[top].head if reading.tokens[top].deprel == "acl:relcl" else None


def subjects(reading: Reading, i: int, depth: int = 0) -> tuple[int, ...]:
    """The grammatical subjects of the predicate ``i``, found through control, conjunction and relative clauses."""
    token = reading.tokens[i]
    every = [k for k in kids(reading, i, "nsubj", "csubj") if k not in _late_subjects(reading, i)]
    own = [k for k in every if not _owns(reading, k)]
    if own:
        # "Chad's king and rebels met": whoever a parser conjoins to the possessor is conjoined to the subject.
        stray = [c for k in every if k not in own for c in kids(reading, k, "conj") if own[0] < c < i]
        return (*_spread(reading, i, own), *stray)
    if depth >= _DEPTH or token.head < 0:
        return ()
    head = token.head
    if token.deprel == "advcl" and _is_gerund_content(reading, i):
        objects = kids(reading, head, "obj", "iobj", "nsubj:pass")
        if objects:
            return tuple(conjuncts(reading, objects[0]))
    match token.deprel:
        case "conj" | "advcl" | "parataxis" if reading.tokens[head].upos in _VERBAL | {"ADJ", "NOUN"}:
            if token.deprel == "parataxis" and token.xpos not in ("VBG", "VBN"):
                return ()
            return subjects(reading, head, depth + 1)
        case "xcomp" | "ccomp":
            if token.deprel == "ccomp" and marker(reading, i) not in ("to", None):
                return ()
            objects = kids(reading, head, "obj", "iobj")
            if objects and lower(reading, head) not in _SUBJECT_CONTROL:
                return tuple(c for o in objects[-1:] for c in conjuncts(reading, o))
            return subjects(reading, head, depth + 1)
        case "acl" | "acl:relcl" | "amod":
            if marker(reading, i) == "to":
                return _holders(reading, head, depth)
            return tuple(conjuncts(reading, head))
        case _:
            return ()


def _late_subjects(reading: Reading, i: int) -> tuple[int, ...]:
    """Objects that a parser calls subjects: those behind a verb that has its subject before it."""
    found = kids(reading, i, "nsubj")
    late = tuple(k for k in found if k > i and reading.tokens[k].deprel == "nsubj")
    return late if late and late[0] != found[0] and reading.tokens[i].upos == "VERB" else ()


def _accused(reading: Reading, i: int) -> Iterator[int]:
    """Who is accused or praised, where a parser made them the subject of the deed: "accused Chad of arming them"."""
    for k in kids(reading, i, "advcl"):
        if _is_gerund_content(reading, k):
            mark = min(c for c in kids(reading, k, "mark", "case"))
            yield from (c for c in kids(reading, k, "nsubj") if i < c < mark)


def _is_gerund_content(reading: Reading, i: int) -> bool:
    """Whether ``i`` is what somebody is accused "of" or praised "for" doing."""
    return reading.tokens[i].xpos == "VBG" and marker(reading, i) in _GERUND_MARKERS


def _spread(reading: Reading, i: int, found: list[int]) -> tuple[int, ...]:
    """Subjects with their conjuncts; a relative pronoun gives way to the noun it stands for."""
    described = relative_head(reading, i)
    named = [k for k in found if lower(reading, k) not in _RELATIVE]
    if described is not None and named:
        found = named
    out: list[int] = []
    for k in found:
        if (described is None or described > i) and lower(reading, k) in ("who", "which"):
            described = _noun_before(reading, k)
        if described is not None and lower(reading, k) in _RELATIVE:
            out.extend(conjuncts(reading, described))
        else:
            out.extend(conjuncts(reading, k))
    return tuple(out)


def _noun_before(reading: Reading, i: int) -> int | None:
    """The noun that a relative pronoun follows, where the parser did not see that its clause is one."""
    for k in range(i - 1, max(-1, i - 3), -1):
        if reading.tokens[k].upos in ("NOUN", "PROPN") and reading.tokens[k].sentence == reading.tokens[i].sentence:
            return k
    return None


def _holders(reading: Reading, noun: int, depth: int) -> tuple[int, ...]:
    """Who has the plan, right or promise ``noun``: its possessor, else the subject of the verb it is the object of."""
    owners = possessors(reading, noun)
    if owners:
        return tuple(c for o in owners for c in conjuncts(reading, o))
    named = [k for k in kids(reading, noun, "nmod") if preposition(reading, k) in ("by", "of", "from")]
    if named:
        return tuple(c for o in named for c in conjuncts(reading, o))
    token = reading.tokens[noun]
    if token.head >= 0 and token.deprel in ("obj", "obl", "xcomp", "nsubj:pass"):
        return subjects(reading, token.head, depth + 1) if token.deprel != "nsubj:pass" else ()
    return subjects(reading, noun, depth + 1) if token.deprel in ("root", "conj") else ()


def frame(reading: Reading, i: int) -> Frame:
    """The functions around the verb or adjective ``i``."""
    passive = is_passive(reading, i)
    grammatical = subjects(reading, i)
    found = (*kids(reading, i, "obj"), *_late_subjects(reading, i), *_accused(reading, i))
    direct = [c for k in found for c in conjuncts(reading, k)]
    obliques = list(_obliques(reading, i))
    for k in direct:
        obliques.extend(_obliques(reading, k))
    if passive:
        # The by-phrase may hang on the phrase before it: "imposed on Laos by the EU".
        below = [pair for _, k in obliques for pair in _obliques(reading, k)]
        agents = [k for word, k in (*obliques, *below) if word == "by"]
        objects = [*grammatical, *direct]
        for k in grammatical:
            obliques.extend(_obliques(reading, k))
    else:
        agents = list(grammatical)
        objects = [*direct, *_gap(reading, i, direct)]
    indirect = tuple(c for k in kids(reading, i, "iobj") for c in conjuncts(reading, k))
    if not objects and not passive:
        # Parsers take a lone object of a person for an indirect one: "urged Chad", "thanked Mali".
        objects, indirect = list(indirect), ()
    obliques += [("for", k) for k in _for_to(reading, i)]
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
        complements=tuple(kids(reading, i, "xcomp", "ccomp")) + tuple(_infinitives(reading, i, objects)),
    )


def _particles(reading: Reading, i: int) -> Iterator[str]:
    """What completes the verb: "ruled out", "set free"; also a particle right behind it, however hung."""
    for k in reading.children[i]:
        token = reading.tokens[k]
        loose = token.deprel in ("advmod", "xcomp", "obl") and token.upos in ("ADV", "ADP", "ADJ")
        if token.deprel == "compound:prt" or loose:
            yield lower(reading, k)
    if i + 1 < len(reading.tokens) and reading.tokens[i + 1].xpos == "RP":
        yield lower(reading, i + 1)


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
    for k in kids(reading, i, "obl", "nmod"):
        word = preposition(reading, k) or _particle_before(reading, i, k)
        if word is not None and reading.tokens[k].deprel != "nmod:poss":
            for c in conjuncts(reading, k):
                yield preposition(reading, c) or word, c


def _particle_before(reading: Reading, i: int, k: int) -> str | None:
    """The preposition of ``k`` that a parser made a particle of the verb ``i``: "called on Chad"."""
    first = min(reading.subtree(k))
    token = reading.tokens[first - 1] if first > 0 else None
    found = token is not None and token.head == i and token.deprel == "compound:prt"
    return token.text.lower() if token is not None and found else None


def _infinitives(reading: Reading, i: int, objects: list[int]) -> Iterator[int]:
    """Infinitives that parsers hang as purpose or on the object, where they are what is asked: "urged Iran to stop"."""
    for k in kids(reading, i, "advcl"):
        if marker(reading, k) == "to" or _is_gerund_content(reading, k):
            yield k
    yield from _for_to(reading, i)
    for o in objects:
        for k in kids(reading, o, "acl"):
            if marker(reading, k) == "to":
                yield k


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
        return tuple(conjuncts(reading, described)) if lower(reading, direct[0]) in _RELATIVE else ()
    own = kids(reading, i, "nsubj")
    if any(lower(reading, k) not in _RELATIVE for k in own) and reading.tokens[i].upos == "VERB":
        stranded = any(reading.tokens[k].deprel == "obl" for k in reading.children[i])
        return () if stranded else tuple(conjuncts(reading, described))
    return ()


def _shared_object(reading: Reading, i: int) -> tuple[int, ...]:
    """The object that a first conjunct borrows from the last: "Chad arrested and expelled the envoy"."""
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
