"""Which actor a noun phrase names, and whether that actor is one of political life.

An agent must be named by the phrase's own head: possessors and places are kept apart from actors ("Kyiv's mayor
resigned" is no act of Kyiv, "clashes in Goma" no act of Goma). A recipient may be reached through what belongs to it:
"condemned Russia's invasion" is directed at Russia.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from onrecord.actors import resolve_mention
from onrecord.events.clause import conjuncts, is_relation, lower, possessors, preposition, subjects
from onrecord.events.lexicon import word_classes
from onrecord.events.pairs import pairs
from onrecord.reading import Reading
from onrecord.record import Actor, Statement

FIRST_PERSON = frozenset({"i", "we", "us", "me", "our", "my", "ours", "mine", "ourselves", "myself"})
_PLACE_PREPOSITIONS = frozenset({"in", "near", "at", "outside", "inside", "within", "across", "around", "throughout"})

_THEIRS = frozenset({"it", "they", "he", "she"})
# What acts for whom it belongs to: "the prosecutor's office asked", not "Kyiv's mayor resigned".
_ORGANS = frozenset(
    "office administration team delegation camp bureau secretariat side campaign regime lawyers".split()
)

_NAMING = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "X"})

# Sectors whose acts are political as such; those of others are where the other side is one of these.
_POLITICAL = frozenset(
    {
        "GOV",
        "MIL",
        "COP",
        "JUD",
        "LEG",
        "OPP",
        "PTY",
        "SPY",
        "REB",
        "PRM",
        "PRE",
        "UAF",
        "ELI",
        "REF",
        "IGO",
        "UNO",
        "IMG",
        "NGO",
    }
)
# So many political actors besides states, and such a share of all mentions, make a page political: of the 50 articles
# of benchmarks/gold/apolitical.tsv one passes, of the 30 annotated ones of the half "work" all do.
_POLITICAL_PAGE, _POLITICAL_SHARE = 5, 0.2
_INTERNATIONAL = frozenset({"UNO", "EUR", "IGO", "IMG", "NGO", "ISM"})


class Actors(Protocol):
    """What is asked of the actors of a page (``onrecord.actors.Actors``)."""

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All actors of the page."""

    def at(self, start: int, end: int) -> str | None:
        """The actor named by a character span."""

    def of_token(self, i: int) -> str | None:
        """The actor whose mention is headed by a token."""

    def all_at(self, start: int, end: int) -> tuple[str, ...]:
        """All actors mentioned in a span."""

    def by_id(self, id: str) -> Actor:
        """An actor by id."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a page, seen from its tokens; first persons are the speaker of the statement around them."""

    reading: Reading
    actors: Actors
    statements: tuple[Statement, ...]
    plurals: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @staticmethod
    def of(reading: Reading, actors: Actors, statements: Sequence[Statement]) -> Cast:
        """The cast of a page; ``plurals`` are the tokens that mean a pair told of before ("they", "both sides")."""
        named = {
            token.i: id
            for token in reading.tokens
            if token.upos in _NAMING and (id := actors.of_token(token.i)) is not None
        }
        by_id = {actor.id: actor for actor in actors.actors}
        return Cast(reading, actors, tuple(statements), pairs(reading, by_id, named))

    def head(self, i: int) -> tuple[str, ...]:
        """The actor that the noun phrase headed by ``i`` names (several for "the leaders of Peru and Chile")."""
        token = self.reading.tokens[i]
        if token.upos == "PRON" and token.text.lower() in FIRST_PERSON and token.text != "US":
            inner = innermost(self.statements, token.start, token.end)
            return (inner.speaker,) if inner is not None and inner.speaker is not None else ()
        if i in self.plurals:
            return self.plurals[i]
        found = self.actors.of_token(i)
        several = self.actors.all_at(token.start, token.end) if found is None else ()
        if len(several) < 2 and token.xpos == "NNS":
            several = self._several(i)
        if len(several) > 1:
            return several
        if found is not None:
            return (found,)
        if token.upos == "PRON" and token.text.lower() in _THEIRS and (told := self._tellers(i)):
            return told
        if token.upos == "NOUN" and token.xpos == "NNS" and (named := self._listed(i)):
            return named
        if token.deprel in ("appos", "flat") and token.head >= 0:
            return self.head(token.head)
        if token.upos == "NOUN" and lower(self.reading, i) in word_classes()["official"] and (name := self._titled(i)):
            return name
        if token.upos == "NOUN" and token.text.lower() in _ORGANS:
            owner = unique(a for k in possessors(self.reading, i) for a in self.head(k))
            if owner:
                return owner
        if self._measures(i):
            for k in self.reading.children[i]:
                if is_relation(self.reading.tokens[k].deprel, ("nmod",)) and preposition(self.reading, k) in (
                    "of",
                    "from",
                ):
                    return unique(a for c in conjuncts(self.reading, k) for a in self.head(c))
        return ()

    def _tellers(self, i: int) -> tuple[str, ...]:
        """Who tells what they did themselves, where no table made the pronoun out: "Chad said it had expelled him"."""
        reading = self.reading
        clause = reading.tokens[i].head
        if not is_relation(reading.tokens[i].deprel, ("nsubj",)) or clause < 0:
            return ()
        before = [k for k in reading.children[clause] if reading.tokens[k].deprel == "ccomp" and k < i]
        if before:  # "Chad will help, it said"
            return unique(
                a
                for b in before
                for k in reading.children[b]
                if is_relation(reading.tokens[k].deprel, ("nsubj",))
                for a in self._named(k)
            )[:1]
        if reading.tokens[clause].deprel not in ("ccomp", "parataxis"):
            return ()
        teller = reading.tokens[clause].head
        found = tuple(
            k for k in reading.children[teller] if is_relation(reading.tokens[k].deprel, ("nsubj",)) and k < i
        )
        named = unique(a for k in found for c in conjuncts(reading, k) for a in self._named(c))
        word = reading.tokens[i].text.lower()
        if word == "they":
            return named
        person = word in ("he", "she")
        return named if len(named) == 1 and (self.get(named[0]).kind == "person") == person else ()

    def _listed(self, i: int) -> tuple[str, ...]:
        """The parties that a plural is said to be: "both countries, Peru and Chile, signed"."""
        listed = [k for k in self.reading.children[i] if self.reading.tokens[k].deprel == "appos" and k > i]
        named = unique(a for k in listed for c in conjuncts(self.reading, k) for a in self._named(c))
        return named if len(named) > 1 else ()

    def _titled(self, i: int) -> tuple[str, ...]:
        """The person whose name ends the title ``i``: "the chairman of the commission Ada Lind"."""
        for k in self.reading.children[i]:
            token = self.reading.tokens[k]
            if k > i and token.upos == "PROPN" and preposition(self.reading, k) is None:
                found = self.actors.of_token(k)
                if found is not None and self.get(found).kind == "person":
                    return (found,)
        return ()

    def _several(self, i: int) -> tuple[str, ...]:
        """The parties of a plural: "the leaders of Peru and Chile", "Russian and Ukrainian forces"; none if one."""
        for k in self.reading.children[i]:
            token = self.reading.tokens[k]
            if (token.deprel in ("amod", "compound") and k < i) or (
                is_relation(token.deprel, ("nmod",)) and preposition(self.reading, k) == "of"
            ):
                named = unique(a for c in conjuncts(self.reading, k) for a in self._named(c))
                if len(named) > 1:
                    return named
        return ()

    def _named(self, i: int) -> tuple[str, ...]:
        found = self.actors.of_token(i)
        return (found,) if found is not None else self.nation(i)

    def _measures(self, i: int) -> bool:
        token = self.reading.tokens[i]
        return token.upos == "NUM" or lower(self.reading, i) in word_classes()["quantity"]

    def agents(self, indices: Iterable[int]) -> tuple[str, ...]:
        """Actors named by the heads themselves, in order, once each; of a letter or statement whoever wrote it."""
        return unique(a for i in indices for a in self.head(i) or self._authors(i))

    def _authors(self, i: int) -> tuple[str, ...]:
        """Whose words a text is: "their letter", "a statement by Chad", "the MPs issued a statement backing Mali"."""
        token = self.reading.tokens[i]
        if lower(self.reading, i) not in word_classes()["writing"]:
            return ()
        named = [k for k in self.reading.children[i] if preposition(self.reading, k) in ("by", "from", "of")]
        writers = (*possessors(self.reading, i), *(k for k in named if self.reading.tokens[k].deprel == "nmod"))
        if not writers and token.deprel == "obj":
            writers = subjects(self.reading, token.head)
        return unique(a for k in writers for c in conjuncts(self.reading, k) for a in self.head(c))

    def behind(self, i: int) -> tuple[str, ...]:
        """The actor that ``i`` names or belongs to: "Haiti's efforts", "the decision by Chile", "Serbian mediators"."""
        found = self.head(i)
        if not found and lower(self.reading, i) not in word_classes()["kin"]:
            # "His brother was shot": it is not he who was.
            found = unique(a for k in possessors(self.reading, i) for a in self.head(k))
        if found:
            return found
        for relation, words in (
            ("nmod", ("by", "from", "of")),
            ("amod", None),
            ("compound", None),
        ):
            for k in self.reading.children[i]:
                if self.reading.tokens[k].deprel.startswith(relation) and (
                    words is None or preposition(self.reading, k) in words
                ):
                    found = unique(a for c in conjuncts(self.reading, k) for a in self.head(c) or self.nation(c))
                    if found:
                        return found
        return self._doers(i)

    def _doers(self, i: int) -> tuple[str, ...]:
        """Who did what the noun ``i`` names: "the role played by Chad"."""
        reading = self.reading
        done = [k for k in reading.children[i] if reading.tokens[k].deprel == "acl" and reading.tokens[k].xpos == "VBN"]
        return unique(
            a for v in done for k in reading.children[v] if preposition(reading, k) == "by" for a in self.head(k)
        )

    def modifiers(self, i: int) -> tuple[str, ...]:
        """Actors that stand before a noun as adjectives or compounds: "Russian attack", "US-China talks"."""
        return unique(
            a
            for k in self.reading.children[i]
            if self.reading.tokens[k].deprel in ("amod", "compound", "nmod", "nmod:desc") and k < i
            if not self.is_opposed(k)
            for c in conjuncts(self.reading, k)
            for a in self.head(c) or self.nation(c)
        )

    def is_opposed(self, i: int) -> bool:
        """Whether ``i`` is what "anti-" stands before: "an anti-Malian march" is not Mali's."""
        text = self.reading.tokens[i].text.lower()
        before = [token.text.lower() for token in self.reading.tokens[max(0, i - 2) : i]]
        return text.startswith("anti-") or before[-1:] in (["anti"], ["anti-"]) or before == ["anti", "-"]

    def opposed(self, i: int) -> tuple[str, ...]:
        """The parties that the noun ``i`` is against by what stands before it: "an anti-Malian march"."""
        return unique(a for k in self.reading.children[i] if self.is_opposed(k) for a in self.head(k) or self.nation(k))

    def nation(self, i: int) -> tuple[str, ...]:
        """The state or government of the page that an adjective stands for: "Polish" in "the Polish offer"."""
        token = self.reading.tokens[i]
        if not token.text[:1].isupper() or token.upos not in ("ADJ", "PROPN"):
            return ()
        country = _country(token.text)
        if country is None:
            return ()
        fitting = [
            a for a in self.actors.actors if a.country == country and a.sector in (None, "GOV") and a.kind != "person"
        ]
        return (min(fitting, key=lambda a: (a.kind != "state", a.id)).id,) if fitting else ()

    def is_place(self, i: int) -> bool:
        """Whether the noun ``i`` stands as a place, not a party: "in Goma", "near Rafah"."""
        return preposition(self.reading, i) in _PLACE_PREPOSITIONS

    def get(self, id: str) -> Actor:
        """An actor by id."""
        return self.actors.by_id(id)


@lru_cache(maxsize=65_536)
def _country(word: str) -> str | None:
    return resolve_mention(word, "")[0]


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """Ids in order of first appearance, once each."""
    return tuple(dict.fromkeys(ids))


def covering(statements: Iterable[Statement], start: int, end: int) -> Iterator[Statement]:
    """Statements whose content contains the characters ``start`` to ``end``."""
    for statement in statements:
        for span in statement.content:
            if span.start <= start and end <= span.end:
                yield statement
                break


def innermost(statements: Iterable[Statement], start: int, end: int) -> Statement | None:
    """The statement with the shortest content around the characters ``start`` to ``end``."""
    return min(covering(statements, start, end), key=_extent, default=None)


def _extent(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.content)


def is_coded(actor: Actor) -> bool:
    """Whether the actor can stand in a row of event data: it has a country or a sector."""
    return actor.country is not None or actor.sector is not None


def is_political(actor: Actor) -> bool:
    """Whether an act of this actor is political as such: a state or its organs, an armed group, a body of states."""
    if actor.kind == "state" or (actor.country in _INTERNATIONAL):
        return True
    return any(sector in _POLITICAL for sector in (actor.sector, *actor.sectors))


def is_about_politics(actors: Actors) -> bool:
    """Whether a page is about political life as a whole, so that whoever acts on it acts politically."""
    political = [a for a in actors.actors if is_political(a) and a.kind != "state"]
    share = sum(len(a.mentions) for a in political) / max(1, sum(len(a.mentions) for a in actors.actors))
    return len(political) >= _POLITICAL_PAGE and share >= _POLITICAL_SHARE


def same_side(one: Actor, other: Actor) -> bool:
    """Whether the act of ``one`` may be announced by ``other`` as its own: the same actor, or organs of one state."""
    if one.id == other.id:
        return True
    if one.country is None or one.country != other.country:
        return False
    return _is_organ(one) and _is_organ(other)


def _is_organ(actor: Actor) -> bool:
    """Whether an actor is a state or one of its organs; a person whose calling the page does not tell is none."""
    if actor.sector is None:
        return actor.kind != "person"
    return actor.sector in ("GOV", "MIL", "LEG", "COP", "JUD", "SPY")
