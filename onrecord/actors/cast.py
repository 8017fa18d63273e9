"""The cast of a page: its actors, and who stands where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.actors.turns import RELATIVE, antecedent
from onrecord.reading import Reading, Token
from onrecord.record import Actor

# What "the document" may be.
_DOCUMENTS = frozenset(
    "letter statement report document affidavit lawsuit petition probe investigation study survey post tweet article "
    "declaration communique communiqué resolution memo note filing indictment complaint release announcement "
    "submission ruling verdict judgment email message editorial".split()
)

# What speaks for whoever wrote it.
_WRITINGS = _DOCUMENTS | frozenset(
    "proposal counterproposal manifesto suit website portal account page channel video speech remark comment data "
    "forecast estimate projection figure poll analysis research finding book memoir essay column op-ed paper".split()
)
# Of these a paper's or an institute's name may end: "the Lervik Post".
_ENDINGS = frozenset("post research book column paper video channel survey".split())
# Words for a part of those who are named behind "of".
_PARTS = frozenset("rest majority most many some half number part section member one all both".split())
# What makes somebody the author of a writing.
_ISSUING = frozenset(
    "sign write file issue release publish send submit author draft pen post tweet launch lodge".split()
)


@dataclass(frozen=True, slots=True)
class Actors:
    """The actors of a page, and who stands where.

    Spans are code points of ``page.text``, end exclusive. Where a place means several actors ("Russian and Ukrainian
    officials"), ``at`` and ``of_token`` are None and ``all_at`` has them all.
    """

    actors: tuple[Actor, ...]
    _reading: Reading = field(repr=False)
    _exact: dict[tuple[int, int], tuple[str, ...]] = field(repr=False)
    _heads: dict[int, tuple[str, ...]] = field(repr=False)
    _names: dict[int, tuple[str, ...]] = field(repr=False)
    _places: dict[int, tuple[int, int]] = field(repr=False)
    _by_id: dict[str, Actor] = field(repr=False)

    def by_id(self, id: str) -> Actor:
        """The actor of an id. Raises KeyError for ids of other pages."""
        return self._by_id[id]

    def of_token(self, i: int) -> str | None:
        """The actor whose mention token ``i`` heads; of a relative pronoun, the one it relates to."""
        found = self._heads.get(i) or self._names.get(i)
        if found is None and self._reading.tokens[i].text.lower() in RELATIVE:
            above = antecedent(self._reading, i)
            found = self._heads.get(above) or self._names.get(above, ())
        return found[0] if found and len(found) == 1 else None

    def at(self, start: int, end: int) -> str | None:
        """The actor of a span: of the mention that is it, else of the one that holds its syntactic head."""
        exact = self._exact.get((start, end))
        if exact is not None:
            return exact[0] if len(exact) == 1 else None
        inside = self._inside(start, end)
        if inside and inside[0].text.lower() == "one" and len(one := self._named_last(inside)) == 1:
            return one.pop()
        roots = [t for t in inside if not (t.head >= 0 and inside[0].i <= t.head <= inside[-1].i)]
        named = [t for t in roots if t.i in self._heads and t.i in self._names]
        if any(self._joins(t, inside) for t in (*roots[:1], *named)) or self._are_several(named):
            return None
        if roots and roots[0].lemma.lower() in _WRITINGS and not _is_title(roots[0]):
            return self._author(roots[0], inside)
        for token in roots:
            if longest := self._around(token.i, start, end):
                return longest[0] if len(longest) == 1 else None
            if token.upos not in ("PUNCT", "ADP", "DET", "CCONJ", "ADV") and (found := self.of_token(token.i)):
                return found
            if token.upos == "NOUN" and (found := self._bearer(token, inside)):
                return found
        ids = self._named_last(inside) or {id for root in roots for id in self._part_of(root, inside)}
        return ids.pop() if len(ids) == 1 else None

    def _named_last(self, inside: Sequence[Token]) -> set[str]:
        """Who is named at the end of a span that began with what they are: "one of the party's leaders, | Per Dal"."""
        last = next((t.i for t in reversed(inside) if t.upos != "PUNCT"), -1)
        if any(t.text.lower() in RELATIVE for t in inside):
            return set()
        for head, (first, end) in self._places.items():
            before = self._reading.tokens[first - 1] if first > inside[0].i else None
            if first <= last < end and before is not None and before.upos not in ("ADP", "CCONJ", "PART"):
                apart = before.text in (",", "(")  # "one forecaster, FIEL", "the Management Unit (UGM)"
                return {id for id in self._heads.get(head, ()) if apart or self._by_id[id].kind == "person"}
        return set()

    def _part_of(self, root: Token, inside: Sequence[Token]) -> tuple[str, ...]:
        """Of whom a word for a part speaks, "the rest of the parties"; of a verb, who does it."""
        tokens, children = self._reading.tokens, self._reading.children
        if root.upos == "VERB":
            doer = next((c for c in children[root.i] if tokens[c].deprel == "nsubj" and tokens[c] in inside), None)
            found = self.of_token(doer) if doer is not None else None
            return (found,) if found is not None else ()
        if root.lemma.lower() not in _PARTS:
            return ()
        of = (c for c in children[root.i] if tokens[c].deprel.startswith("nmod") and "of" in self._cases(tokens[c]))
        return next((ids for c in of if tokens[c] in inside and (ids := self._heads.get(c, ()))), ())

    def _author(self, writing: Token, inside: Sequence[Token]) -> str | None:
        """Whose words a writing has: "an affidavit from an agent"; of "the affidavit" his of whom the page told."""
        tokens = self._reading.tokens
        if (told := self._told_author(writing)) is not None:
            return told
        if self._is_definite(writing) and (before := self._last_author(writing)) is not None:
            return before
        for child in (tokens[c] for c in self._reading.children[writing.i]):
            cases = {tokens[c].text.lower() for c in self._reading.children[child.i] if tokens[c].deprel == "case"}
            possessor = child.deprel == "nmod:poss"
            if child in inside and (possessor or (child.deprel.startswith("nmod") and cases & {"from", "by"})):
                return self.of_token(child.i)
            named = (
                child in inside and child.deprel == "compound" and (self.of_token(child.i) or self._called(child.text))
            )
            if named:
                return named
        return None

    def _last_author(self, writing: Token) -> str | None:
        """Whose the last writing of the same word was; "the document" may be any writing. None if that was nobody's."""
        for token in reversed(self._reading.tokens[: writing.i]):
            lemma = token.lemma.lower()
            if lemma == writing.lemma.lower() or (writing.lemma.lower() == "document" and lemma in _DOCUMENTS):
                if (found := self._told_author(token)) is not None:
                    return found
                if not self._is_definite(token) and token.upos == "NOUN":
                    return None
        return None

    def _told_author(self, writing: Token) -> str | None:
        """Who wrote it by the words around: its own "by" and "from", who signed or issued it, who said so in it."""
        tokens, children = self._reading.tokens, self._reading.children
        for child in (tokens[c] for c in children[writing.i]):
            if child.deprel == "nmod:poss" and (owner := self.of_token(child.i)):
                return owner
            if child.deprel.startswith("nmod") and self._cases(child) & {"from", "by"}:
                return self.of_token(child.i)
            if child.deprel.startswith("acl") and child.lemma in _ISSUING:
                for below in (tokens[c] for c in children[child.i]):
                    if below.deprel.startswith("obl") and "by" in self._cases(below):
                        return self.of_token(below.i)
        verb = tokens[writing.head] if writing.head >= 0 else None
        if verb is None or verb.upos != "VERB":
            return None
        wrote = writing.deprel == "obj" and verb.lemma in _ISSUING
        if wrote or (writing.deprel.startswith("obl") and self._cases(writing) == {"in"}):
            subject = next((c for c in children[verb.i] if tokens[c].deprel == "nsubj"), None)
            while subject is None and verb.deprel == "xcomp" and verb.head >= 0:  # "planned to say in a letter"
                verb = tokens[verb.head]
                subject = next((c for c in children[verb.i] if tokens[c].deprel == "nsubj"), None)
            return self.of_token(subject) if subject is not None else None
        return None

    def _cases(self, token: Token) -> set[str]:
        tokens = self._reading.tokens
        return {tokens[c].text.lower() for c in self._reading.children[token.i] if tokens[c].deprel == "case"}

    def _is_definite(self, token: Token) -> bool:
        tokens = self._reading.tokens
        return any(tokens[c].text.lower() in ("the", "this", "that") for c in self._reading.children[token.i])

    def _called(self, text: str) -> str | None:
        """The one actor whom the page calls so: of "the BCR report", the BCR."""
        found = {actor.id for actor in self.actors if any(mention.text == text for mention in actor.mentions)}
        return found.pop() if len(found) == 1 else None

    def _around(self, i: int, start: int, end: int) -> tuple[str, ...]:
        """Whose the longest mention within a span is that holds token ``i``: a name with all its titles."""
        tokens = self._reading.tokens
        held = [
            (last - first, head)
            for head, (first, last) in self._places.items()
            if first <= i < last and start <= tokens[first].start and tokens[last - 1].end <= end
        ]
        return self._heads.get(max(held)[1], ()) if held else ()

    def _joins(self, root: Token, inside: Sequence[Token]) -> bool:
        """Whether a span names others beside its head: "the president and his minister" are two, and neither is it."""
        tokens = self._reading.tokens
        first, last = self._places.get(root.i, (root.i, root.i + 1))
        mine = self._heads.get(root.i, ())
        joint = tokens[last] if last <= inside[-1].i else root
        if joint.text.lower() == "and" and joint in inside and mine:
            beside = (self._heads.get(head, ()) for head, place in self._places.items() if place[0] == last + 1)
            if any(ids and ids != mine for ids in beside):
                return True  # "X and his counterpart, Y", whatever the tree makes of it
        for i in self._reading.children[root.i]:
            if tokens[i].deprel.split(":")[0] == "conj" and tokens[i] in inside and not first <= i < last:
                if self._is_apposed(root, tokens[i]):
                    continue
                theirs = self._heads.get(i, ())
                if theirs != mine and (theirs or tokens[i].upos in ("NOUN", "PRON")):
                    return True
        return False

    def _bearer(self, noun: Token, inside: Sequence[Token]) -> str | None:
        """The person named right behind a noun that no table has: "the weather icon | Ida Dal, who ..."."""
        tokens = self._reading.tokens
        name = tokens[noun.i + 1] if noun.i + 1 < len(tokens) else noun
        if name not in inside or name.deprel not in ("appos", "flat") or name.i not in self._names:
            return None
        return self.of_token(name.i)

    def _are_several(self, named: Sequence[Token]) -> bool:
        """Whether the tree left two persons of a span side by side: "Senators Per Dal and Ida Moe"."""
        for before, after in pairwise(named):
            ahead = self._reading.tokens[self._places[after.i][0] - 1]
            if ahead.text.lower() == "and" and self._heads[before.i] != self._heads[after.i]:
                return True
        return False

    def _is_apposed(self, root: Token, beside: Token) -> bool:
        """Whether a noun joined to a name tells what its bearer is: "Dal, a smith and mayor", "Dal, ... and author".

        Somebody else would be named, or stand right behind the name: "Dal and a colleague".
        """
        tokens, children = self._reading.tokens, self._reading.children
        comma = next((t for t in tokens[root.i + 1 : beside.i] if t.upos != "PROPN"), None)
        if root.i not in self._names or beside.i in self._names or comma is None or comma.text != ",":
            return False
        articles = {tokens[c].text.lower() for c in children[beside.i] if tokens[c].deprel in ("det", "nmod:poss")}
        return beside.xpos != "NNS" and articles <= {"a", "an"} and tokens[comma.i + 1].text.lower() != "and"

    def all_at(self, start: int, end: int) -> tuple[str, ...]:
        """All actors mentioned in a span, in the order of the page."""
        found = (id for token in self._inside(start, end) for id in self._heads.get(token.i, ()))
        return tuple(dict.fromkeys(found))

    def _inside(self, start: int, end: int) -> Sequence[Token]:
        tokens = self._reading.tokens
        first = bisect_left(tokens, start, key=lambda token: token.start)
        last = bisect_left(tokens, end, key=lambda token: token.start)
        return tokens[first:last]


def _is_title(writing: Token) -> bool:
    """Whether a word for a writing is rather the end of a name."""
    return writing.upos == "PROPN" and writing.lemma.lower() in _ENDINGS
