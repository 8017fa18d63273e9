"""Whose words an attribution has where the reader left it open, by the tree; and whether they are words at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.reading import Attribution, Token
from onrecord.statements.cues import cues
from onrecord.statements.index import Index, Interval, extent

# How a verb may hang on another and still be of the same doer: "said ..., adding", "rose and warned".
_SAME_DOER = frozenset({"conj", "advcl", "xcomp"})
_STEPS = 3


def sourced(index: Index, attribution: Attribution) -> Attribution:
    """The attribution with its source: the subject of its cue's verb where the reader gave none.

    In "the owners were quoted by papers as saying" the words are the owners', whatever the reader took for the source.
    """
    verb = index.head(attribution.cue) if attribution.cue else None
    if verb is None or verb.upos not in ("VERB", "AUX"):
        return attribution
    quoted = _quoted_as(index, verb)
    if quoted is None and attribution.source is not None:
        return attribution
    subject = quoted or _doer(index, verb)
    if subject is None:
        return attribution
    content = tuple((a, b) for a, b in attribution.content if not a <= subject.start < b)
    if not content or (content != attribution.content and quoted is None):
        return attribution
    return replace(attribution, source=_phrase(index, subject), content=content)


def _phrase(index: Index, subject: Token) -> Interval | None:
    """The characters of a subject's phrase, without the "by" of a passive's doer."""
    whole = extent(index, subject.i, index.block_of(subject.start))
    by = _child(index, subject, "case")
    return whole if whole is None or by is None or by.start != whole[0] else (by.end + 1, whole[1])


def is_said(index: Index, attribution: Attribution) -> bool:
    """Whether an attribution is somebody's words: not a name given, nor a passive with nothing but its subject.

    Without a source, unquoted words are so only below a verb of saying: "it is said that", no "is known as".
    """
    verb = index.head(attribution.cue) if attribution.cue else None
    if verb is None or index.is_saying(attribution.content):
        return True
    words = [t for interval in attribution.content for t in index.tokens(interval) if t.upos != "PUNCT"]
    if all(t.upos == "PRON" for t in words):
        return False
    if attribution.source is None:
        cue = cues().get(verb.lemma)
        return cue is not None and "nests" in cue.marks and not _is_subject(index, verb, words)
    return not (verb.lemma in _CITING and _is_subject(index, verb, words))


_CITING = frozenset({"quote", "cite"})


def _is_subject(index: Index, verb: Token, words: Iterable[Token]) -> bool:
    """Whether words are no more than the subject of a passive verb: "the report | was quoted"."""
    subject = _child(index, verb, "nsubj:pass")
    return subject is not None and {t.i for t in words} <= set(index.reading.subtree(subject.i))


def _quoted_as(index: Index, verb: Token) -> Token | None:
    """Who "was quoted" where words follow "as saying", be the cue the one verb or the other."""
    tokens = index.reading.tokens
    above = verb if verb.lemma in _CITING else tokens[verb.head] if verb.head >= 0 else None
    if above is None or above.lemma not in _CITING:
        return None
    below = (c for c in index.reading.children[above.i] if tokens[c].deprel in ("advcl", "xcomp", "ccomp", "obl"))
    if not any(tokens[c].lemma == "as" for saying in below for c in index.reading.children[saying]):
        return None
    return _child(index, above, "nsubj:pass")


def _doer(index: Index, verb: Token) -> Token | None:
    """Who does what a verb says: the "by" of a passive; its subject, else that of the verb it is joined or added to."""
    by = next(filter(None, (_agent(index, index.reading.tokens[c]) for c in index.reading.children[verb.i])), None)
    if by is not None and verb.xpos in ("VBN", "VBD"):
        return by
    for _ in range(_STEPS):
        if _child(index, verb, "aux:pass") or _child(index, verb, "nsubj:pass"):
            return None
        subject = _child(index, verb, "nsubj")
        if subject is not None:
            return None if subject.lemma.lower() in ("i", "we", "it", "there") else subject
        if verb.deprel not in _SAME_DOER or (verb.deprel != "conj" and verb.xpos == "VBN") or verb.head < 0:
            return None
        verb = index.reading.tokens[verb.head]
    return None


def _agent(index: Index, token: Token) -> Token | None:
    """The token if it is the "by" phrase of a verb."""
    case = _child(index, token, "case") if token.deprel.startswith("obl") else None
    return token if case is not None and case.lemma == "by" else None


def _child(index: Index, token: Token, relation: str) -> Token | None:
    children = (index.reading.tokens[c] for c in index.reading.children[token.i])
    return next((child for child in children if child.deprel == relation), None)
