"""Who is the subject of what: the grammatical functions of a predicate, read from a Universal Dependencies tree.

Pure functions of a ``Reading`` and a token index. They undo what hides a function in the tree: the passive, control and
raising (``Iran agreed to meet``), relative clauses (``rebels who attacked``), shared subjects of conjoined verbs, and
conjoined parties, each of which is returned on its own.
"""

from onrecord.events.clause.frame import Frame, frame, noun_obliques
from onrecord.events.clause.subjects import subjects
from onrecord.events.clause.tree import (
    are_several,
    climb,
    conjuncts,
    first_conjunct,
    head_token,
    is_passive,
    is_relation,
    kids,
    lower,
    marker,
    possessors,
    preposition,
    relative_head,
)

__all__ = [
    "Frame",
    "are_several",
    "climb",
    "conjuncts",
    "first_conjunct",
    "frame",
    "head_token",
    "is_passive",
    "is_relation",
    "kids",
    "lower",
    "marker",
    "noun_obliques",
    "possessors",
    "preposition",
    "relative_head",
    "subjects",
]
