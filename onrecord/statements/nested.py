"""Attributions inside the words of another: "the minister said | the envoy had told him | that ..."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.reading import Attribution, Token
from onrecord.statements.cues import Cue, cues
from onrecord.statements.index import Index, Interval, extent


def nested(index: Index, marked: Sequence[Attribution]) -> Iterator[Attribution]:
    """A verb of saying inside another's words, with its own subject and clause.

    Only where somebody is told to have said something: nothing asked, supposed or denied ("no one has said", "if he
    asked"), no words of which the clause holds but a part.
    """
    tokens = index.reading.tokens
    cue_places = {a.cue[0] for a in marked if a.cue}
    for outer in marked:
        for interval in outer.content:
            for token in index.tokens(interval):
                cue = cues().get(token.lemma)
                if cue is None or "nests" not in cue.marks or token.upos != "VERB" or token.start in cue_places:
                    continue
                children = [tokens[c] for c in index.reading.children[token.i]]
                subject = next((c for c in children if c.deprel == "nsubj" and c.upos != "PUNCT"), None)
                clause = next((c for c in children if _is_content(index, c, cue)), None)
                if subject is None or clause is None or clause.i < token.i or _is_unsaid(index, token, subject):
                    continue
                source, content = extent(index, subject.i, interval), _behind(index, token, clause, interval)
                if source is None or content is None or not _is_told(index, content):
                    continue
                yield Attribution(source, (token.start, token.end), (content,), round(outer.confidence * 0.8, 3))


def _behind(index: Index, verb: Token, clause: Token, within: Interval) -> Interval | None:
    """The words of a clause, from behind its verb on: a conjunction before that is the verb's own."""
    whole = extent(index, clause.i, within)
    if whole is None or whole[0] >= verb.end:
        return whole
    words = (t for t in index.tokens((verb.end, whole[1])) if t.upos != "PUNCT")
    first = next(words, None)
    return (first.start, whole[1]) if first is not None else None


def _is_unsaid(index: Index, verb: Token, subject: Token) -> bool:
    """Whether nobody is told to have said it: those who talk, a question, a condition, a denial, what is to come."""
    tokens, children = index.reading.tokens, index.reading.children
    words = {tokens[c].text.lower() for c in children[verb.i]}
    if subject.lemma.lower() in _TALKING or subject.text.lower() in _NOBODY or words & _NEVER:
        return True
    if any(tokens[c].text.lower() == "no" for c in children[subject.i]):
        return True
    if any(tokens[c].deprel == "aux" and tokens[c].text.lower() in _UNSAID for c in children[verb.i]):
        return True
    if any(tokens[c].deprel == "mark" and tokens[c].text.lower() in _SUPPOSING for c in children[verb.i]):
        return True
    if subject.text.lower() == "it" and verb.lemma in _SHOWING:
        return True
    if subject.text.lower() not in _ASKING:
        return False
    return not verb.deprel.startswith("acl") or tokens[verb.head].text.lower() in _ANYBODY


_TALKING = frozenset({"i", "we", "you", "that", "this", "which", "these", "those"})
"""Who talks and is talked to, and what only shows: neither "says" inside the words what another has said."""
_NOBODY = frozenset({"nobody", "none", "noone"})
_NEVER = frozenset({"not", "n't", "n’t", "never"})
_SUPPOSING = frozenset({"if", "unless", "whether", "to"})
_SHOWING = frozenset("suggest reveal remind signal hint underline underscore".split())
"""What "it" may do that is no saying: "it reminds us that"."""
_ANYBODY = frozenset("people those anyone anybody everyone everybody someone somebody one guy".split())
"""Of whom "who says that" tells what they are like, and no saying of theirs: "those who claim"."""
_ASKING = frozenset({"who", "what", "whoever", "whatever"})
_UNSAID = frozenset({"will", "would", "could", "should", "may", "might", "must", "'ll", "’ll", "'d", "’d"})
"""Helping verbs of a saying that has not been said: "she would tell regulators to act"."""


def _is_content(index: Index, clause: Token, cue: Cue) -> bool:
    """Whether a clause below a verb of saying is what is said: a full clause, or "to ..." below one that takes it.

    A clause without a subject of its own is a piece of one: "what he said | frightens him". Quoted words need none.
    """
    tokens = index.reading.tokens
    below = [tokens[c] for c in index.reading.children[clause.i]]
    if clause.deprel == "ccomp":
        subjects = any(c.deprel.startswith(("nsubj", "csubj", "expl")) and c.i > clause.head for c in below)
        return subjects or _opens_quoted(index, clause)
    marked = any(c.deprel == "mark" and c.lemma == "to" for c in below)
    return clause.deprel == "xcomp" and marked and "infinitive" in cue.marks


def _opens_quoted(index: Index, clause: Token) -> bool:
    """Whether a clause's words begin with a quotation mark: those of an inner quotation."""
    words = (index.reading.tokens[k] for k in sorted(index.reading.subtree(clause.i)))
    first = next((t for t in words if t.text not in (",", ":")), clause)
    return first.xpos in ("``", "''")


def _is_told(index: Index, content: Interval) -> bool:
    """Whether words are more than one, and not what a verb of saying only points at: "saying what people think"."""
    words = [t for t in index.tokens(content) if t.upos != "PUNCT"]
    return len(words) > 1 and words[0].text.lower() not in _POINTING


_POINTING = frozenset({"what", "whatever", "as"})
