"""Who is the subject of a predicate: through control, conjunction, relative clauses and a parser's slips."""

from __future__ import annotations

from onrecord.events.clause.tree import (
    RELATIVE,
    conjuncts,
    kids,
    lower,
    marker,
    possessors,
    preposition,
    relative_head,
)
from onrecord.events.lexicon import word_classes
from onrecord.reading import Reading

# Deeper chains of control than this are mistakes of the parser, not English.
_DEPTH = 6
# These keep their own subject as the subject of the infinitive although they have an object: "promised Iran to leave".
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "swear", "pledge", "use"})
# Whom they call on to do something stands behind a preposition.
_CALLING = frozenset({"call", "appeal", "plead", "shout", "signal", "prevail"})
_ONTO = frozenset({"on", "upon", "to", "with", "for"})
# "Five died, police said, blaming rebels": the participle goes on with what was said.
_TELLING = frozenset({"say", "tell", "add", "state", "announce", "report", "write", "claim"})
_SPEAKING = frozenset(
    "blame accuse call urge warn condemn criticise criticize describe demand praise say add note vow threaten".split()
)
_GERUND_MARKERS = frozenset({"of", "for", "against", "over", "from"})
_VERBAL = frozenset({"VERB", "AUX"})


def subjects(reading: Reading, i: int, depth: int = 0) -> tuple[int, ...]:
    """The grammatical subjects of the predicate ``i``, found through control, conjunction and relative clauses."""
    token = reading.tokens[i]
    every = [k for k in kids(reading, i, "nsubj", "csubj") if k not in late_subjects(reading, i)]
    every = [k for k in every if k < i or not _is_lent(reading, i, k)] or _stray_subjects(reading, i)
    own = [k for k in every if not _owns(reading, k) and not (k > i and preposition(reading, k) is not None)]
    own = own or _misnamed_subject(reading, i)
    if own:
        # "Chad's king and rebels met": whoever a parser conjoins to the possessor is conjoined to the subject.
        stray = [c for k in every if k not in own for c in kids(reading, k, "conj") if own[0] < c < i]
        # "Peru, Chile and Cuba met": the last of them may hang on the verb.
        stray += [k for k in kids(reading, i, "conj") if own[-1] < k < i and reading.tokens[k].upos == "PROPN"]
        return (*_spread(reading, i, own), *stray)
    if depth >= _DEPTH:
        return ()
    if token.head < 0:
        return _subjects_before(reading, i, depth)
    head = token.head
    if token.deprel == "advcl" and is_gerund_content(reading, i):
        objects = kids(reading, head, "obj", "iobj", "nsubj:pass")
        if not objects and reading.tokens[head].deprel == "acl" and reading.tokens[head].xpos == "VBN":
            objects = [reading.tokens[head].head]  # "workers dismissed for going on strike"
        if objects:
            return tuple(conjuncts(reading, objects[0]))
    match token.deprel:
        case "conj" | "advcl" | "parataxis" if reading.tokens[head].upos in _VERBAL | {"ADJ", "NOUN"}:
            if token.deprel == "parataxis" and token.xpos not in ("VBG", "VBN"):
                return ()
            if token.xpos == "VBG" and (teller := _teller(reading, i, head)) is not None:
                return subjects(reading, teller, depth + 1)
            if token.deprel == "advcl" and (told := _told_before(reading, i, head)):
                return subjects(reading, told[-1], depth + 1)
            if token.deprel == "advcl" and (called := _called_on(reading, i, head)):
                return called
            return subjects(reading, head, depth + 1)
        case "xcomp" | "ccomp":
            finite = any(reading.tokens[k].xpos == "MD" for k in kids(reading, i, "aux"))
            if finite or (token.deprel == "ccomp" and marker(reading, i) not in ("to", None)):
                return ()
            if token.xpos == "VBG" and (told := _told_before(reading, i, head)):
                return subjects(reading, told[-1], depth + 1)
            objects = [*kids(reading, head, "obj", "iobj"), *lent_objects(reading, head)]
            if not objects and (called := _called_on(reading, i, head)):
                return called
            if objects and lower(reading, head) not in _SUBJECT_CONTROL:
                return tuple(c for o in objects[-1:] for c in conjuncts(reading, o))
            return subjects(reading, head, depth + 1)
        case "acl" | "acl:relcl" | "amod":
            if marker(reading, i) == "to":
                return _holders(reading, head, depth)
            return tuple(conjuncts(reading, head))
        case _:
            return ()


def _told_before(reading: Reading, i: int, head: int) -> list[int]:
    """What was said before the participle ``i`` of the same: "they opened fire, killing one, sources said"."""
    return [k for k in kids(reading, head, "ccomp") if k < i < head]


def _called_on(reading: Reading, i: int, head: int) -> tuple[int, ...]:
    """Who is called on to do ``i``: "called on Chad to leave", "called for Chad to leave"."""
    if lower(reading, head) not in _CALLING or marker(reading, i) != "to":
        return ()
    found = [k for k in kids(reading, head, "obl") if head < k < i and preposition(reading, k) in _ONTO]
    return tuple(c for k in found[-1:] for c in conjuncts(reading, k))


def _subjects_before(reading: Reading, i: int, depth: int) -> tuple[int, ...]:
    """The subject that a sentence without one goes on with: "Chad refused. And called for a recount."."""
    token = reading.tokens[i]
    sentence = reading.sentences[token.sentence]
    opening = range(sentence.first, i)
    if token.xpos not in ("VBD", "VBZ") or token.sentence == 0 or kids(reading, i, "expl", "aux"):
        return ()
    if len(opening) > 2 or any(reading.tokens[k].upos not in ("CCONJ", "ADV") for k in opening):
        return ()
    before = reading.sentences[token.sentence - 1]
    roots = [k for k in range(before.first, before.last) if reading.tokens[k].head < 0]
    return subjects(reading, roots[0], depth + 1) if roots and reading.tokens[roots[0]].upos == "VERB" else ()


def _teller(reading: Reading, i: int, head: int) -> int | None:
    """Who said what stands before goes on speaking: "five died, police said, blaming rebels"."""
    if lower(reading, i) not in _SPEAKING:
        return None
    for k in range(i - 1, head, -1):
        token = reading.tokens[k]
        if token.upos == "VERB" and token.xpos in ("VBD", "VBZ", "VBP", "VBN"):
            return k if lower(reading, k) in _TELLING and kids(reading, k, "nsubj") else None
    return None


def _owns(reading: Reading, i: int) -> bool:
    """Whether ``i`` carries a possessive 's, so that it is nobody's subject whatever the parser says."""
    return any(reading.tokens[k].xpos == "POS" and k > i for k in reading.children[i])


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


def late_subjects(reading: Reading, i: int) -> tuple[int, ...]:
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


def is_gerund_content(reading: Reading, i: int) -> bool:
    """Whether ``i`` is what somebody is accused "of" or praised "for" doing."""
    before = reading.tokens[i - 1].text.lower() if i > 0 else None
    return reading.tokens[i].xpos == "VBG" and bool({marker(reading, i), before} & _GERUND_MARKERS)


def _spread(reading: Reading, i: int, found: list[int]) -> tuple[int, ...]:
    """Subjects with their conjuncts; a relative pronoun gives way to the noun it stands for."""
    described = relative_head(reading, i)
    named = [k for k in found if lower(reading, k) not in RELATIVE]
    if described is not None and named:
        found = named
    out: list[int] = []
    for k in found:
        if (described is None or described > i) and lower(reading, k) in ("who", "which"):
            described = _noun_before(reading, k)
        if described is not None and lower(reading, k) in RELATIVE:
            described = _agreeing(reading, i, described)
            if lower(reading, k) == "who" and (near := _name_before(reading, k, described)) is not None:
                described = near
            out.extend(conjuncts(reading, described))
        else:
            out.extend(conjuncts(reading, k))
    return tuple(out)


def _agreeing(reading: Reading, i: int, described: int) -> int:
    """The noun that agrees with the plural verb of a relative clause: "critics of the government, who were jailed"."""
    plural = any(reading.tokens[k].text.lower() in ("are", "were", "have") for k in kids(reading, i, "aux", "cop"))
    while plural and reading.tokens[described].xpos in ("NN", "NNP"):
        token = reading.tokens[described]
        several = any(kids(reading, c, "cc") for c in kids(reading, described, "conj"))
        if several or token.head < 0 or reading.tokens[token.head].xpos not in ("NNS", "NN", "NNP"):
            break
        if token.deprel not in ("nmod", "compound", "conj"):
            break
        described = token.head
    return described


def _name_before(reading: Reading, i: int, described: int) -> int | None:
    """The name right before "who", where the parser hung the clause on a noun far from it."""
    if i == 0 or reading.tokens[i - 1].upos != "PROPN":
        return None
    person = reading.tokens[described].upos != "NOUN" or lower(reading, described) not in word_classes()["talks"]
    if person and i - 1 in set(reading.subtree(described)):
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


def lent_objects(reading: Reading, i: int) -> list[int]:
    """Objects that a parser hung on the infinitive behind them: "forced Chad to leave"."""
    return [
        k for c in kids(reading, i, "xcomp") for k in kids(reading, c, "obj") if i < k and is_borrowed(reading, c, k)
    ]


def is_borrowed(reading: Reading, i: int, k: int) -> bool:
    """Whether the object ``k`` stands before the "to" of its verb ``i``, so that it is the object of the verb above."""
    marks = kids(reading, i, "mark")
    return reading.tokens[i].deprel == "xcomp" and bool(marks) and reading.tokens[i].head < k < marks[0]
