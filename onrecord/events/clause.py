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
from onrecord.record import Span

# Deeper chains of control than this are mistakes of the parser, not English.
_DEPTH = 6

_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
# These keep their own subject as the subject of the infinitive although they have an object: "promised Iran to leave".
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "swear", "pledge", "use"})
_GERUND_MARKERS = frozenset({"of", "for", "against", "over", "from"})
# Prepositions that may hang one noun too low: "went on strike against", "imposed sanctions on".
_NESTED = frozenset({"against", "with", "to", "on"})
# Prepositions that may lead in what a parser calls an object; no particles ("called off").
_LEADING = frozenset({"on", "upon", "for", "to", "with", "at", "against", "of", "from", "into"})
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


def head_token(reading: Reading, words: Span) -> int | None:
    """The token of a span that none of the others there stands above; the verb where the span has one."""
    inside = [token.i for token in reading.tokens if words.start <= token.start and token.end <= words.end]
    within = set(inside)
    tops = [i for i in inside if reading.tokens[i].head not in within]
    return tops[0] if tops else None


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
    if kids(reading, i, "aux:pass"):
        return True
    if kids(reading, i, "nsubj:pass", "csubj:pass"):
        # With an object and no "was" it is no passive, whatever the parser says.
        return not kids(reading, i, "obj")
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
    found = [k for k in kids(reading, i, "nmod:poss") if preposition(reading, k) is None]
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
    every = [k for k in every if k < i or not _is_lent(reading, i, k)] or _stray_subjects(reading, i)
    own = [k for k in every if not _owns(reading, k) and not (k > i and preposition(reading, k) is not None)]
    own = own or _misnamed_subject(reading, i)
    if own:
        # "Chad's king and rebels met": whoever a parser conjoins to the possessor is conjoined to the subject.
        stray = [c for k in every if k not in own for c in kids(reading, k, "conj") if own[0] < c < i]
        # "Peru, Chile and Cuba met": the last of them may hang on the verb.
        stray += [k for k in kids(reading, i, "conj") if own[-1] < k < i and reading.tokens[k].upos == "PROPN"]
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
            finite = any(reading.tokens[k].xpos == "MD" for k in kids(reading, i, "aux"))
            if finite or (token.deprel == "ccomp" and marker(reading, i) not in ("to", None)):
                return ()
            objects = [*kids(reading, head, "obj", "iobj"), *_lent_objects(reading, head)]
            if objects and lower(reading, head) not in _SUBJECT_CONTROL:
                return tuple(c for o in objects[-1:] for c in conjuncts(reading, o))
            return subjects(reading, head, depth + 1)
        case "acl" | "acl:relcl" | "amod":
            if marker(reading, i) == "to":
                return _holders(reading, head, depth)
            return tuple(conjuncts(reading, head))
        case _:
            return ()


def _misnamed_subject(reading: Reading, i: int) -> list[int]:
    """The subject of a past or present verb that a parser hung as a possessor or the like: nothing else can stand so.

    A noun before the verb that hangs on it or on what follows it, with no preposition or possessive 's.
    """
    token = reading.tokens[i]
    finite = token.xpos in ("VBD", "VBZ") or (token.xpos == "VBN" and bool(kids(reading, i, "obj")))
    if token.deprel != "root" or not finite or kids(reading, i, "nsubj", "csubj", "expl", "aux"):
        return []
    first = reading.sentences[token.sentence].first
    return [
        k
        for k in range(first, i)
        if reading.tokens[k].upos in ("NOUN", "PROPN")
        and reading.tokens[k].deprel in ("nmod:poss", "obl:agent", "compound", "nmod")
        and reading.tokens[k].head >= i
        and not kids(reading, k, "case")
    ][:1]


def _late_subjects(reading: Reading, i: int) -> tuple[int, ...]:
    """Objects that a parser calls subjects: those behind a verb that has its subject before it."""
    found = kids(reading, i, "nsubj")
    marks = [c for k in kids(reading, i, "ccomp") for c in kids(reading, k, "mark") if lower(reading, c) == "that"]
    late = tuple(
        k for k in found if k > i and reading.tokens[k].deprel == "nsubj" and not any(i < c < k for c in marks)
    )
    return late if late and late[0] != found[0] and reading.tokens[i].upos == "VERB" else ()


def _stray_subjects(reading: Reading, i: int) -> list[int]:
    """Subjects of the that-clause ``i`` that a parser hung on the verb above: "made clear that anyone ... would be"."""
    head = reading.tokens[i].head
    marks = [c for c in kids(reading, i, "mark") if lower(reading, c) == "that"]
    if reading.tokens[i].deprel != "ccomp" or not marks or head > marks[0]:
        return []
    return [k for k in kids(reading, head, "nsubj") if marks[0] < k < i]


def _is_lent(reading: Reading, i: int, k: int) -> bool:
    """Whether the subject ``k`` of ``i`` is that of a that-clause below ``i``."""
    return any(k in _stray_subjects(reading, c) for c in kids(reading, i, "ccomp"))


def _accused(reading: Reading, i: int) -> Iterator[int]:
    """Who is accused or praised, where a parser made them the subject of the deed: "accused Chad of arming them"."""
    for k in kids(reading, i, "advcl"):
        if _is_gerund_content(reading, k):
            mark = min([k, *kids(reading, k, "mark", "case")])
            yield from (c for c in kids(reading, k, "nsubj") if i < c < mark)


def _is_gerund_content(reading: Reading, i: int) -> bool:
    """Whether ``i`` is what somebody is accused "of" or praised "for" doing."""
    before = reading.tokens[i - 1].text.lower() if i > 0 else None
    return reading.tokens[i].xpos == "VBG" and bool({marker(reading, i), before} & _GERUND_MARKERS)


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
            if lower(reading, k) == "who" and (near := _name_before(reading, k, described)) is not None:
                described = near
            out.extend(conjuncts(reading, described))
        else:
            out.extend(conjuncts(reading, k))
    return tuple(out)


def _name_before(reading: Reading, i: int, described: int) -> int | None:
    """The name right before "who", where the parser hung the clause on a noun far from it."""
    if i == 0 or reading.tokens[i - 1].upos != "PROPN" or i - 1 in set(reading.subtree(described)):
        return None
    near = i - 1
    while reading.tokens[near].deprel in ("flat", "compound", "appos") and reading.tokens[near].head >= 0:
        near = reading.tokens[near].head
    return near


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
    found = (*_bare_objects(reading, i), *_lent_objects(reading, i), *_late_subjects(reading, i), *_accused(reading, i))
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


def _bare_objects(reading: Reading, i: int) -> list[int]:
    """The objects of ``i`` that no preposition leads in: parsers make one of "called on Chad"."""
    return [k for k in kids(reading, i, "obj") if not _is_led(reading, i, k) and not _is_borrowed(reading, i, k)]


def _lent_objects(reading: Reading, i: int) -> list[int]:
    """Objects that a parser hung on the infinitive behind them: "forced Chad to leave"."""
    return [
        k for c in kids(reading, i, "xcomp") for k in kids(reading, c, "obj") if i < k and _is_borrowed(reading, c, k)
    ]


def _is_borrowed(reading: Reading, i: int, k: int) -> bool:
    """Whether the object ``k`` stands before the "to" of its verb ``i``, so that it is the object of the verb above."""
    marks = kids(reading, i, "mark")
    return reading.tokens[i].deprel == "xcomp" and bool(marks) and reading.tokens[i].head < k < marks[0]


def _is_led(reading: Reading, i: int, k: int) -> bool:
    """Whether a preposition between the verb ``i`` and its object ``k`` leads the object in."""
    return any(i < c < k and reading.tokens[c].text.lower() in _LEADING for c in kids(reading, k, "case"))


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
    led = [k for k in kids(reading, i, "obj") if _is_led(reading, i, k)]
    for k in (*kids(reading, i, "obl", "nmod"), *led):
        word = preposition(reading, k) or _particle_before(reading, i, k)
        if word is not None and (reading.tokens[k].deprel != "nmod:poss" or preposition(reading, k) is not None):
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


def _infinitives(reading: Reading, i: int, objects: list[int]) -> Iterator[int]:
    """Infinitives that parsers hang as purpose or on the object, where they are what is asked: "urged Iran to stop"."""
    for k in kids(reading, i, "advcl"):
        if marker(reading, k) == "to" or _is_gerund_content(reading, k):
            yield k
    for k in kids(reading, i, "obl"):
        # "Warned in a statement of targeting them": the parser hung the deed on the statement.
        yield from (c for c in kids(reading, k, "acl") if marker(reading, c) == "of" and _is_gerund_content(reading, c))
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
