"""The medium of a statement: what the words around its cue name as the way in which it was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.reading import Reading, Token
from onrecord.statements.cues import media
from onrecord.statements.index import Index, Interval

# Verbs that name their medium: "tweeted that ...".
_BY_VERB = frozenset({"tweet", "retweet", "post", "email", "e-mail", "phone", "telephone"})
# Media that can speak for themselves: "the report said ...". A court or a parliament that does is no medium.
_DOCUMENTS = frozenset({"letter", "statement", "report", "article", "social media", "court"})
_PLACES = frozenset({"court"})
# What is said to a medium as to somebody: "told a news conference", "addressed a rally".
_TELLING = frozenset({"tell", "address"})
_PREPOSITIONS = frozenset({"in", "on", "via", "during", "at", "through", "by", "from", "over", "to", "after"})
# What somebody does with a medium, and says something in it: "issued a statement calling on ...".
_USING = frozenset("issue release publish send write sign hold convene give deliver make use post file read".split())
# Verbs of which a phrase tells the medium of what is said with another one: "Speaking on television, X said".
_SPEAKING = frozenset("speak talk write appear address publish release issue sign post read".split())
_NOMINAL = frozenset({"nmod", "conj", "appos", "compound", "flat", "obl"})
_BESIDE = frozenset("obl obj iobj nmod advcl nsubj advmod acl conj parataxis xcomp".split())
_STEPS = 4


def medium_of(index: Index, verb: Token, cue: Interval, content: Sequence[Interval]) -> str | None:
    """The medium that a statement's cue tells, its subject is, or a phrase beside the cue names; None if none does."""
    tokens = index.reading.tokens
    if verb.lemma in _BY_VERB:
        return media().get((verb.lemma,))
    subject = next((tokens[c] for c in index.reading.children[verb.i] if tokens[c].deprel == "nsubj"), None)
    own = _named(index.reading, subject) if subject is not None else None
    if own in _DOCUMENTS:
        return None if own in _PLACES and subject is not None and subject.lemma.lower() in _PLACES else own
    found = [
        (abs(noun.i - verb.i), medium)
        for noun, medium in _nouns(index, verb, content)
        if _is_held(index.reading, noun, verb, cue, medium)
        or (
            _leads(index.reading, noun)
            and (cue[0] <= noun.start < cue[1] or _is_next(index, noun, cue) or _is_way(index.reading, noun, verb))
        )
    ]
    return min(found)[1] if found else None


def _nouns(index: Index, verb: Token, content: Sequence[Interval]) -> Iterator[tuple[Token, str]]:
    """The nouns of the cue's sentence, outside the words said, that name a medium."""
    for token in index.reading.sentence_tokens(index.reading.sentences[verb.sentence]):
        if (medium := _named(index.reading, token)) is not None and not any(a <= token.start < b for a, b in content):
            yield token, medium


def _named(reading: Reading, noun: Token) -> str | None:
    """The medium that a noun with the words before it names: "(press) conference"."""
    if noun.lemma.lower() not in _last_words():
        return None
    before = [t.lemma.lower() for t in reading.tokens[max(0, noun.i - 2) : noun.i] if t.sentence == noun.sentence]
    words = (*before, noun.lemma.lower())
    return next((m for k in range(len(words)) if (m := media().get(words[k:])) is not None), None)


@cache
def _last_words() -> frozenset[str]:
    """The nouns that names of media end in: most words are none."""
    return frozenset(words[-1] for words in media())


def _is_held(reading: Reading, noun: Token, verb: Token, cue: Interval, medium: str) -> bool:
    """Whether somebody issues or holds it and says so there: "issued a statement | calling on", "in which he said"."""
    if noun.deprel != "obj" or noun.head < 0:
        return False
    if cue[0] <= noun.start < cue[1]:
        return medium in _HELD
    using = reading.tokens[noun.head]
    return using.lemma in _USING and (
        verb.head in (noun.i, using.i) or (using.head == verb.i and using.deprel == "advcl")
    )


# Media that stand in a cue as what is held or issued: "convened a news conference alleging". Reports are denied there.
_HELD = frozenset({"statement", "letter", "press conference", "speech", "interview", "call", "broadcast"})


def _is_next(index: Index, noun: Token, cue: Interval) -> bool:
    """Whether a noun's phrase stands right behind the cue: "said | on its website"."""
    between = index.tokens((cue[1], noun.start)) if noun.start >= cue[1] else ()
    return 0 < len(between) < _NEAR and between[0].upos == "ADP" and all(t.upos in _BEFORE_NOUN for t in between)


_NEAR = 5
_BEFORE_NOUN = frozenset({"ADP", "DET", "PRON", "ADJ", "PROPN", "NOUN", "PART"})


def _is_way(reading: Reading, noun: Token, verb: Token) -> bool:
    """Whether a noun hangs on the cue, over nouns and verbs of speaking alone."""
    token = noun
    for _ in range(_STEPS):
        if token.head < 0:
            return False
        above = reading.tokens[token.head]
        relation = token.deprel.split(":")[0]
        if above.i == verb.i:
            return relation in _BESIDE
        if relation not in _NOMINAL and not (token.lemma in _SPEAKING and relation in ("advcl", "acl")):
            return _shares(verb, above)
        token = above
    return False


def _shares(verb: Token, above: Token) -> bool:
    """Whether a cue is joined to the verb that the medium hangs on: "said in a letter that ..., | adding"."""
    return verb.head == above.i and verb.deprel.split(":")[0] in ("conj", "advcl")


def _leads(reading: Reading, noun: Token) -> bool:
    """Whether a preposition leads to the noun as to a medium, *in* a letter, *on* its website; or it was told so."""
    cases = [reading.tokens[c] for c in reading.children[noun.i] if reading.tokens[c].deprel == "case"]
    if not cases:
        above = reading.tokens[noun.head] if noun.head >= 0 else noun
        return above.lemma in _TELLING and above.i < noun.i
    return any(case.lemma.lower() in _PREPOSITIONS for case in cases)
