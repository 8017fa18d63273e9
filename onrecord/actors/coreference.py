"""Coreference: whom a pronoun or a bare noun means, by agreement, place in the sentence and recency.

Conservative: where two could be meant, nobody is. A wrong speaker costs a reader's trust, a missing one a look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from onrecord.actors.mention import Mention
from onrecord.actors.trace import Trace
from onrecord.actors.turns import Turns
from onrecord.reading import Reading, Token

# How many sentences back a pronoun or a bare noun may reach.
_REACH = 2
_NOUN_REACH = 12
# How many paragraphs a speaker's turn may reach over: his words may fill some without his name.
_SPEAKER_BLOCKS = 4
_SUBJECT = frozenset({"nsubj", "csubj"})
# What bodies and states do with words; "it" before these is somebody. Other verbs leave it open ("it rained").
_SPEAKING = frozenset(
    "say tell add announce warn declare state claim argue insist accuse urge call condemn describe deny reject demand "
    "pledge vow promise threaten stress note confirm report acknowledge admit criticise criticize denounce reiterate "
    "emphasise emphasize maintain order ban impose agree refuse express welcome praise thank ask request propose offer "
    "suggest believe want plan intend seek decide hope expect support back oppose attack invade sign ratify suspend "
    "launch deploy withdraw send arrest detain summon expel approve reaffirm blame respond reply consider "
    "recognise recognize".split()
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody mentioned before: the actor's id, what sort of thing it is, and where it stood."""

    id: str
    sort: str  # "person", "body", "state", "people"
    gender: str
    head: str | None
    portfolio: str
    i: int
    sentence: int
    block: int
    subject: bool
    main: bool
    coded: bool
    said: bool
    named: bool


class Memory:
    """All that a page has mentioned so far, in order."""

    def __init__(self, reading: Reading, turns: Turns, trace: Trace) -> None:
        self._reading = reading
        self._trace = trace
        self._turns = turns
        self._seen: list[Seen] = []
        self._at: dict[int, list[Seen]] = {}

    def note(self, mention: Mention, id: str, sort: str, gender: str, *, coded: bool) -> None:
        """Remember an actor at a mention. ``coded`` tells whether its country is known."""
        token = self._reading.tokens[mention.head]
        profile = mention.profiles[0] if mention.profiles else None
        sentence = self._reading.sentences[token.sentence]
        head = profile.noun if profile and profile.head else None
        portfolio = " ".join(profile.head.split()[:-1]) if profile and profile.head else ""
        subject = token.deprel.split(":")[0] in _SUBJECT
        main = subject and token.head >= 0 and self._reading.tokens[token.head].head < 0
        seen = Seen(
            id, sort, gender, head, portfolio, mention.head, token.sentence, sentence.block, subject, main, coded,
            self._turns.is_quoted(mention.head), bool(mention.named),
        )  # fmt: skip
        self._seen.append(seen)
        self._at.setdefault(mention.head, []).append(seen)

    def pronoun(self, mention: Mention) -> str | None:
        """Whom a third person means."""
        token = self._reading.tokens[mention.head]
        fits = _FITS[mention.gender]
        if (topic := self._topic(token, mention.gender)) is not None:
            return topic
        # A body that governs or speaks is "they" as well: "the union denied that they ...".
        wide = _speaks_as_several if mention.gender == "p" else fits
        governing = self._governing_subject(token, wide, mention.gender)
        if governing is not None:
            return governing or None
        speaker = self._speaker_before(token, lambda s: wide(s, mention.gender))
        if speaker is not None:
            return speaker
        if mention.gender in _PERSONAL and self._after_stranger(token):
            return None
        if mention.gender == "n" and not self._acts(token):
            return None
        near = [s for s in self._near(token, _REACH if mention.gender in _PERSONAL else 1) if fits(s, mention.gender)]
        if token.deprel == "obj" or token.deprel.startswith("obl"):
            own = self._clause_subject(token)
            near = [s for s in near if s.i != own]
        return self._one(near, token, subject=token.deprel.split(":")[0] in _SUBJECT)

    def owner(self, token: Token) -> str | None:
        """The state or body whose minister or spokesman "its minister" is: the subject before, here or last.

        "Norway will close its ports, its minister said": a subject of the same sentence goes first.
        """
        fits = [s for s in self._near(token, 1) if s.sort in ("body", "state") and s.coded]
        here = {s.id for s in fits if s.subject and s.sentence == token.sentence}
        if here:
            self._trace.say("of the subject of the same sentence", next(s.i for s in fits if s.id in here))
            return here.pop() if len(here) == 1 else None
        return self._one(fits, token, subject=True)

    def latest(self, ids: Iterable[str], token: Token) -> str | None:
        """The one of several who was told of last, if no other of them was in the same paragraph or after."""
        wanted = set(ids)
        quoted = self._turns.is_quoted(token.i)
        found = [s for s in self._seen if s.id in wanted and s.i < token.i and s.named and s.said <= quoted]
        if not found:
            return None
        block = found[-1].block
        here = {s.id for s in found if s.block == block}
        if len(here) > 1:
            subjects = {s.id for s in found if s.block == block and s.main}
            here = subjects if len(subjects) == 1 and found[-1].id in subjects else here
        if len(here) != 1:
            return None
        self._trace.say("of several of the name the one told of last", found[-1].i)
        return found[-1].id

    def has_seen(self, id: str, token: Token) -> bool:
        """Whether the page told of somebody before a token."""
        return any(s.id == id and s.i < token.i for s in self._seen)

    def has_spoken(self, id: str, token: Token) -> bool:
        """Whether somebody was a speaker of the page's own attributions before a token."""
        return any(s.id == id and s.i < token.i and self._turns.speaks(s.i) for s in self._seen)

    def salient(self, ids: Iterable[str], token: Token) -> str | None:
        """The one of several whom a definite noun means: the subject of the nearest sentence that names any."""
        wanted = set(ids)
        return self._one([s for s in self._seen if s.id in wanted and s.i < token.i], token, subject=True)

    def last_speaker(self, token: Token) -> Seen | None:
        """Who spoke last before a token, within a few paragraphs."""
        block = self._reading.sentences[token.sentence].block
        spoken = [s for i in self._turns.before(token.i) for s in self._at.get(i, ())][:1]
        return spoken[0] if spoken and block - spoken[0].block <= _SPEAKER_BLOCKS else None

    def last_subject(self, token: Token) -> Seen | None:
        """The one person who was the subject of the page's own sentences within reach."""
        near = [s for s in self._near(token, _REACH) if s.sort == "person" and s.main and not s.said]
        return near[-1] if len({s.id for s in near}) == 1 else None

    def _topic(self, token: Token, gender: str) -> str | None:
        """Whom the sentence puts first: "As for Mr Dal, he said"."""
        tokens, first = self._reading.tokens, self._reading.sentences[token.sentence].first
        if tuple(t.text.lower() for t in tokens[first : first + 2]) != ("as", "for"):
            return None
        named = [s for i in range(first + 2, token.i) for s in self._at.get(i, ()) if _FITS[gender](s, gender)]
        if len({s.id for s in named}) != 1:
            return None
        self._trace.say("whom the sentence puts first", named[0].i)
        return named[0].id

    def _speaker_before(self, token: Token, fits: Callable[[Seen], bool]) -> str | None:
        """The speaker whose turn goes on with "he said": the last one, if nobody else has come in as a subject."""
        if not self._turns.speaks(token.i):
            return None
        last = self.last_speaker(token)
        if last is None or not fits(last) or (last.sort == "body" and self._is_joined(last.i)):
            return None
        since = [s for s in self._seen if last.i < s.i < token.i and s.id != last.id and fits(s)]
        if any(s.main and not s.said for s in since):
            return None
        self._trace.say("goes on with the one who spoke last", last.i)
        return last.id

    def _is_joined(self, i: int) -> bool:
        """Whether somebody spoke together with others: "the office and the police said"; "they" are all of them."""
        return any(self._reading.tokens[c].deprel == "conj" for c in self._reading.children[i])

    def _after_stranger(self, token: Token) -> bool:
        """Whether the last to speak was named, but could not be told: a pronoun may well be theirs."""
        turn = self._turns.before(token.i) if self._turns.speaks(token.i) else ()
        if not turn or any(i in self._at for i in turn) or self._reading.tokens[turn[0]].upos != "PROPN":
            return False
        here = self._reading.sentences[token.sentence].block
        return here - self._reading.sentences[self._reading.tokens[turn[0]].sentence].block <= 2

    def noun(self, head: str, portfolio: str, token: Token, sorts: Iterable[str]) -> str | None:
        """The actor told of before by the same noun: "the ministry" after "the Foreign Ministry"."""
        wanted = set(sorts)
        found = [
            s
            for s in self._seen
            if s.head == head and s.i < token.i and s.sort in wanted and (not portfolio or s.portfolio == portfolio)
        ]
        named = [s for s in found if s.coded]
        return self._one(named or found, token, subject=token.deprel.split(":")[0] in _SUBJECT)

    def sort(self, sorts: Iterable[str], token: Token, fits: Callable[[Seen], bool] = lambda _: True) -> str | None:
        """The one actor of a sort within reach: "the country", "the group"."""
        wanted = set(sorts)
        near = [s for s in self._near(token, _REACH) if s.sort in wanted and fits(s)]
        return self._one(near, token, subject=token.deprel.split(":")[0] in _SUBJECT)

    def _one(self, found: list[Seen], token: Token, *, subject: bool) -> str | None:
        """The one actor among those found; of several the subject of the nearest sentence, if the asker is one too."""
        ids = {s.id for s in found}
        if len(ids) == 1:
            self._trace.say("the only one within reach who fits", found[-1].i)
            return found[-1].id
        if not found or not subject:
            return None
        nearest = max((s.sentence for s in found if s.sentence < token.sentence), default=-1)
        if nearest < 0 or token.sentence - nearest > _NOUN_REACH:
            return None
        mains = [s for s in found if s.sentence == nearest and s.main]
        if len({s.id for s in mains}) > 1:  # "the ministry said Moscow valued": only the first can be said's own
            mains = [s for s in mains if s.i < self._reading.tokens[s.i].head]
        if not mains:  # "It is rare, though Dal is known for it. She ...": the only one there whom it can mean
            here = [s for s in found if s.sentence == nearest]
            mains = [s for s in here if s.subject and s.named] if len({s.id for s in here}) == 1 else []
        if len({s.id for s in mains}) != 1:
            return None
        # "Moe met Dahl. He ...": both are persons of the same act, and either may be meant.
        verb = self._reading.tokens[mains[0].i].head
        rivals = (s for s in found if s.id != mains[0].id and s.sort == "person")
        if any(self._reading.tokens[s.i].head == verb for s in rivals):
            return None
        self._trace.say("the subject of the nearest sentence that names one who fits", mains[0].i)
        return mains[0].id

    def _near(self, token: Token, reach: int) -> list[Seen]:
        block = self._reading.sentences[token.sentence].block
        quoted = self._turns.is_quoted(token.i)
        here = self._turns.narrated(token.i)
        near = []
        for s in self._seen:
            # The page's own "he" goes back over quotations; those named in them are not whom it goes on about.
            if s.said and not quoted and s.sentence != token.sentence:
                continue
            away = token.sentence - s.sentence if quoted else here - self._turns.narrated(s.i)
            if s.i < token.i and away <= reach and block - s.block <= (2 if quoted else _SPEAKER_BLOCKS):
                near.append(s)
        return near

    def _governing_subject(self, token: Token, fits: Callable[[Seen, str], bool], gender: str) -> str | None:
        """The subject of a clause above: "Moscow said it would". "" where two there could be meant; None if none."""
        tokens = self._reading.tokens
        own_clause = token.deprel.startswith(("nmod", "det")) or token.text.lower().endswith(("self", "selves"))
        for level, verb in enumerate(self._clauses_above(token)):
            if level == 0 and not own_clause:
                continue
            subjects = [
                i
                for i in self._reading.children[verb]
                if tokens[i].deprel.split(":")[0] in _SUBJECT and i < token.i and self._reaches(i, token.i)
            ]
            here = [s for i in subjects for s in self._at.get(i, ()) if fits(s, gender)]
            if not here:
                if subjects and level > 0:
                    return None  # somebody or something else governs: leave it to what stood before
                continue
            others = {
                s.id
                for i in self._reading.children[verb]
                if tokens[i].deprel.split(":")[0] in ("obj", "iobj", "obl")
                for s in self._at.get(i, ())
                if fits(s, gender) and s.i < token.i
            }
            ids = {s.id for s in here}
            if len(ids) != 1 or others - ids:
                self._trace.say("two in the clause above fit", here[0].i)
                return ""
            self._trace.say("the subject of the clause above", here[0].i)
            return here[0].id
        return None

    def _reaches(self, subject: int, i: int) -> bool:
        """Whether a clause above with that subject governs a token: the page's own "he" is nobody in a quotation."""
        return self._turns.is_quoted(i) or not self._turns.is_quoted(subject)

    def _clauses_above(self, token: Token) -> Iterator[int]:
        """The predicates over a token, the nearest first."""
        tokens = self._reading.tokens
        i = token.head
        while i >= 0:
            if tokens[i].upos in ("VERB", "AUX") or any(
                tokens[c].deprel.split(":")[0] in _SUBJECT for c in self._reading.children[i]
            ):
                yield i
            i = tokens[i].head

    def _clause_subject(self, token: Token) -> int | None:
        verb = next(self._clauses_above(token), None)
        if verb is None:
            return None
        tokens = self._reading.tokens
        return next((i for i in self._reading.children[verb] if tokens[i].deprel.split(":")[0] in _SUBJECT), None)

    def _acts(self, token: Token) -> bool:
        """Whether "it" does here what only somebody does."""
        if token.deprel != "nsubj" or token.head < 0:
            return False
        return self._reading.tokens[token.head].lemma.lower() in _SPEAKING


def _is_gendered(seen: Seen, gender: str) -> bool:
    return seen.sort == "person" and seen.gender in ("", gender)


def _is_body(seen: Seen, gender: str) -> bool:
    return seen.sort in ("body", "state")


def _is_several(seen: Seen, gender: str) -> bool:
    return seen.sort == "people"


def _is_person(seen: Seen, gender: str) -> bool:
    return seen.sort == "person"


def _speaks_as_several(seen: Seen, gender: str) -> bool:
    return seen.sort in ("people", "body")


_FITS: dict[str, Callable[[Seen, str], bool]] = {
    "m": _is_gendered,
    "f": _is_gendered,
    "n": _is_body,
    "p": _is_several,
    "e": _is_person,
}
_PERSONAL = frozenset("mfe")
