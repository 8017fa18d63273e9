"""Whose words an attribution has where the reader left it open, by the tree; and whether they are words at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.reading import Attribution, Token
from onrecord.statements.cues import cues, media
from onrecord.statements.index import Index, Interval, extent

# How a verb may hang on another and still be of the same doer: "said ..., adding", "rose and warned".
_SAME_DOER = frozenset({"conj", "advcl", "xcomp"})
_STEPS = 3


def sourced(index: Index, attribution: Attribution) -> Attribution:
    """The attribution with its source: the subject of its cue's verb of saying where the reader gave none.

    Of other verbs ("appeared to ...", "questions arose about ...") the subject is nobody who speaks.

    In "the owners were quoted by papers as saying" the words are the owners', whatever the reader took for the source.
    """
    verb = index.head(attribution.cue) if attribution.cue else None
    if verb is None or verb.upos not in ("VERB", "AUX"):
        return attribution
    quoted = _quoted_as(index, verb)
    if quoted is None:
        attribution = _without_told(index, attribution, verb)
    if quoted is None and (attribution.source is not None or not _is_saying(index, attribution, verb)):
        return attribution
    subject = quoted or _doer(index, verb)
    if subject is None:
        return attribution
    content = tuple((a, b) for a, b in attribution.content if not a <= subject.start < b)
    if not content or (content != attribution.content and quoted is None):
        return attribution
    return replace(attribution, source=_phrase(index, subject), content=content)


def _without_told(index: Index, attribution: Attribution, verb: Token) -> Attribution:
    """The attribution without a source where that was told or accused, and did not speak: "the court was told that"."""
    told = _child(index, verb, "nsubj:pass")
    if told is None and verb.xpos == "VBN" and verb.deprel == "acl" and verb.head >= 0:
        told = index.reading.tokens[verb.head]  # "the dictator accused of crimes"
    cue = cues().get(verb.lemma)
    if told is None or cue is None or cue.addressee not in ("obj", "no"):
        return attribution
    content = tuple((a, b) for a, b in attribution.content if not a <= told.start < b <= verb.start)
    if content:
        attribution = replace(attribution, content=content)
    if attribution.source is None or not attribution.source[0] <= told.start < attribution.source[1]:
        return attribution
    by = next(filter(None, (_agent(index, index.reading.tokens[c]) for c in index.reading.children[verb.i])), None)
    return replace(attribution, source=_phrase(index, by) if by is not None else None)


def _is_saying(index: Index, attribution: Attribution, verb: Token) -> bool:
    """Whether a cue's verb is one of saying, or its content stands in quotation marks as words do."""
    cue = cues().get(verb.lemma)
    return (cue is not None and "nests" in cue.marks) or index.is_saying(attribution.content)


def _phrase(index: Index, subject: Token) -> Interval | None:
    """The characters of a subject's phrase, without the "by" of a passive's doer."""
    whole = extent(index, subject.i, index.block_of(subject.start))
    by = _child(index, subject, "case")
    return whole if whole is None or by is None or by.start != whole[0] else (by.end + 1, whole[1])


def is_said(index: Index, attribution: Attribution) -> bool:
    """Whether an attribution is somebody's words: not a name given, nor a passive with nothing but its subject.

    Without a source, unquoted words are so only below a verb of saying: "it is said that", "he was accused of", no
    "is known as".
    """
    verb = index.head(attribution.cue) if attribution.cue else None
    if verb is None:
        return True
    if verb.text.lower() in _TITLING or _is_question_put(attribution, verb):
        return False
    if index.is_saying(attribution.content):
        return True
    words = [t for interval in attribution.content for t in index.tokens(interval) if t.upos != "PUNCT"]
    if _is_wish_for_silence(words) or _is_written(index, verb, words):
        return False
    if all(t.upos == "PRON" for t in words):
        return False
    if attribution.source is None:
        cue = cues().get(verb.lemma)
        told = cue is not None and ("nests" in cue.marks or _child(index, verb, "nsubj:pass") is not None)
        return told and not _is_subject(index, verb, words)
    return not (verb.lemma in _CITING and _is_subject(index, verb, words))


def _is_wish_for_silence(words: Sequence[Token]) -> bool:
    """Whether words are no more than a source's wish to stay unnamed: "who asked | not to be named in the paper"."""
    said = [t.text.lower() for t in words]
    return set(said) <= _UNNAMED or (said[:3] == ["not", "to", "be"] and said[3:4] != [] and said[3] in _NAMING)


def _is_written(index: Index, verb: Token, words: Sequence[Token]) -> bool:
    """Whether words are no more than what is read or issued: "read | the contract", "published | a report"."""
    thing = _child(index, verb, "obj")
    if thing is None or thing not in words:
        return False
    if verb.text.lower() == "read":
        return {t.i for t in words} <= set(index.reading.subtree(thing.i))
    return verb.text.lower() in _ISSUING and (thing.lemma.lower(),) in media()


_ISSUING = frozenset("wrote published released issued sent signed".split())
_CITING = frozenset({"quote", "cite"})
_TITLING = frozenset({"titled", "entitled", "subtitled", "themed", "captioned"})
"""What gives a work its name: the words behind are nobody's saying."""
_UNNAMED = frozenset("not to be being named identified quoted cited anonymity anonymous by name publicly".split())
_NAMING = frozenset("named identified quoted".split())


def _is_question_put(attribution: Attribution, verb: Token) -> bool:
    """Whether words are a question that nobody is said to have asked: "Asked whether it would close, he said no"."""
    return attribution.source is None and verb.xpos == "VBN" and verb.deprel == "advcl" and verb.lemma in _PUTTING


_PUTTING = frozenset({"ask", "press", "question"})


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
    # "Dal quoted Moe as saying": the words are Moe's.
    return _child(index, above, "nsubj:pass") or _child(index, above, "obj")


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
