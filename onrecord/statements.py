"""Reading to statements: who said something, in which words, to and about whom, how.

The reader marks attributions (source, cue, content). Here each becomes a statement: its speaker is resolved to an
actor, its words are told apart into quoted and reported, and the sentence around its cue says by which medium, to whom
and when. A quotation that the reader left without a cue belongs to the speaker before it, if the page's layout says so;
a statement inside another's words is tied to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from onrecord.actors import Actors
from onrecord.dates import when_at
from onrecord.identity import item_id
from onrecord.reading import Attribution, Quotation, Reading, Token
from onrecord.record import Page, Span, Statement, StatementKind, When
from onrecord.tables import rows

Interval = tuple[int, int]

SCARE = 4
"""Words in a quotation below which, without a cue of its own, it is taken for a title or a scare quote."""

SAME_SAYING = 0.6
"""Share of the shorter content's words found in the longer one's from which two statements are one saying."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue verb tells of its statement (``data/cues.tsv``).

    ``marks``: ``repeated``, ``denial``; ``nests``, it makes a statement inside another's words; ``infinitive``, also
    with "to ..." as its content. ``addressee``: those spoken to are its object (``obj``), its to-phrase (``to``) or ``no``.
    """

    lemma: str
    marks: frozenset[str]
    addressee: str


@cache
def _cues() -> dict[str, Cue]:
    return {
        row["lemma"]: Cue(row["lemma"], frozenset((row["marks"] or "").split()), row["addressee"])
        for row in rows("cues.tsv")
    }


@cache
def _media() -> dict[tuple[str, ...], str]:
    """Medium by the words that name it, lower case."""
    return {
        tuple(phrase.lower().split()): row["medium"] for row in rows("media.tsv") for phrase in row["lemmas"].split("|")
    }


def find_statements(page: Page, reading: Reading, actors: Actors, dates: Sequence[When]) -> tuple[Statement, ...]:
    """The statements of the page, in the order of their content."""
    seen: dict[str, int] = {}
    index = _Index(page, reading)
    marked = [a for a in reading.attributions if a.cue is not None or index.is_saying(a.content)]
    marked += list(_unmarked(index, marked))
    marked = _continued(index, sorted(_parted(index, marked), key=lambda a: a.content[0]))
    marked += list(_nested(index, marked))
    marked.sort(key=lambda a: (a.content[0][0], -a.content[-1][1]))
    found: list[Statement] = []
    for attribution in marked:
        found.append(_statement(index, attribution, actors, dates, found, seen))
    return _repeats(page, _enclosed(found))


class _Index:
    """Look-ups on one page's reading, made once: tokens by place, quotations, blocks."""

    def __init__(self, page: Page, reading: Reading) -> None:
        self.page = page
        self.reading = reading
        self.starts = [token.start for token in reading.tokens]

    def span(self, interval: Interval) -> Span:
        start, end = interval
        return Span(start, end, self.page.text[start:end])

    def tokens(self, interval: Interval) -> Sequence[Token]:
        """Tokens that begin within the interval."""
        return self.reading.tokens[bisect_left(self.starts, interval[0]) : bisect_left(self.starts, interval[1])]

    def head(self, interval: Interval) -> Token | None:
        """The token of the interval that hangs on something outside it; a verb before anything else."""
        tokens = self.tokens(interval)
        outside = [t for t in tokens if not (interval[0] <= self._head_start(t) < interval[1])]
        verbs = [t for t in outside if t.upos in ("VERB", "AUX")]
        return next(iter(verbs or outside or tokens), None)

    def _head_start(self, token: Token) -> int:
        return self.reading.tokens[token.head].start if token.head >= 0 else -1

    def quotes(self, content: Iterable[Interval]) -> list[Interval]:
        """What stands inside quotation marks within the content, without the marks."""
        found = []
        for start, end in content:
            for quotation in self.reading.quotations:
                inner = _inside(quotation)
                a, b = max(start, inner[0]), min(end, inner[1])
                if b > a and any(c.isalnum() for c in self.page.text[a:b]):
                    found.append((a, b))
        return found

    def is_saying(self, content: Iterable[Interval]) -> bool:
        """Whether words without a cue are a quotation long enough to be somebody's saying."""
        quoted = self.quotes(content)
        return sum(len(self.tokens(interval)) for interval in quoted) > SCARE

    def goes_on(self, end: int) -> bool:
        """Whether words that end here are left open by their marks, so that the next paragraph goes on with them."""
        return any(q.start < end <= q.end and not q.closed for q in self.reading.quotations)

    def block(self, position: int) -> int:
        """The number of the block that a position stands in, or -1."""
        return next((n for n, b in enumerate(self.page.blocks) if b.start <= position < b.end), -1)


def _inside(quotation: Quotation) -> Interval:
    return quotation.start + 1, quotation.end - quotation.closed


def _unmarked(index: _Index, marked: Sequence[Attribution]) -> Iterator[Attribution]:
    """Quotations of whole sentences that the reader passed over: one that fills its paragraph, or begins it."""
    taken = [interval for a in marked for interval in (*a.content, *((a.source,) if a.source else ()))]
    for quotation in index.reading.quotations:
        if any(quotation.start < end and start < quotation.end for start, end in taken):
            continue
        number = index.block(quotation.start)
        block = index.page.blocks[number]
        if number < 0 or block.role not in ("lead", "body") or quotation.start != block.start:
            continue
        rest = index.page.text[quotation.end : block.end].strip()
        if not rest and index.is_saying([(quotation.start, quotation.end)]):
            yield Attribution(None, None, ((quotation.start, quotation.end),), 0.5)


def _parted(index: _Index, marked: Iterable[Attribution]) -> Iterator[Attribution]:
    """A quotation that is closed and opened anew in a later paragraph is a saying of its own, of the same source."""
    for attribution in marked:
        groups: list[list[Interval]] = [[attribution.content[0]]]
        for before, interval in pairwise(attribution.content):
            apart = index.block(before[0]) != index.block(interval[0])
            if apart and not index.goes_on(before[1]):
                groups.append([])
            groups[-1].append(interval)
        yield replace(attribution, content=tuple(groups[0]))
        for group in groups[1:]:
            yield replace(attribution, cue=None, content=tuple(group))


def _continued(index: _Index, marked: list[Attribution]) -> list[Attribution]:
    """Cue-less quotations take the source of the statement that they go on from, or stay without one.

    They go on from it when they stand in the same paragraph, or open the next one after a paragraph that ended in the
    other's words.
    """
    found: list[Attribution] = []
    for attribution in marked:
        before = found[-1] if found else None
        if attribution.cue is None and attribution.source is None and before is not None and before.source is not None:
            place, last = attribution.content[0], before.content[-1]
            here, there = index.block(place[0]), index.block(last[1] - 1)
            gap = index.page.text[last[1] : place[0]]
            quoted_before = bool(index.quotes(before.content))
            follows = here == there + 1 and index.page.blocks[here].start == place[0] and len(gap.strip()) < 60
            if quoted_before and (here == there or follows):
                attribution = replace(attribution, source=before.source)
        found.append(attribution)
    return found


def _nested(index: _Index, marked: Sequence[Attribution]) -> Iterator[Attribution]:
    """Attributions inside the words of another: a verb of saying there, with its own subject and clause."""
    tokens = index.reading.tokens
    cue_places = {a.cue[0] for a in marked if a.cue}
    for outer in marked:
        for interval in outer.content:
            for token in index.tokens(interval):
                cue = _cues().get(token.lemma)
                if cue is None or "nests" not in cue.marks or token.upos != "VERB" or token.start in cue_places:
                    continue
                children = [tokens[c] for c in index.reading.children[token.i]]
                subject = next((c for c in children if c.deprel == "nsubj"), None)
                clause = next((c for c in children if _is_content(index.reading, c, cue)), None)
                if subject is None or clause is None or (subject.upos == "PRON" and subject.lemma in ("i", "we", "I")):
                    continue
                content = _extent(index, clause.i, interval)
                if content is None or clause.i < token.i:
                    continue
                yield Attribution(
                    _extent(index, subject.i, interval),
                    (token.start, token.end),
                    (content,),
                    round(outer.confidence * 0.8, 3),
                )


def _is_content(reading: Reading, clause: Token, cue: Cue) -> bool:
    """Whether a clause below a verb of saying is what is said: a full clause, or "to ..." below one that takes it."""
    if clause.deprel == "ccomp":
        return True
    marked = any(
        reading.tokens[c].deprel == "mark" and reading.tokens[c].lemma == "to" for c in reading.children[clause.i]
    )
    return clause.deprel == "xcomp" and marked and "infinitive" in cue.marks


def _extent(index: _Index, i: int, within: Interval) -> Interval | None:
    """Characters of a subtree, less the marks at its ends; None if they leave ``within``."""
    below = sorted(index.reading.subtree(i))
    tokens = [index.reading.tokens[k] for k in below]
    while tokens and tokens[-1].upos == "PUNCT":
        tokens.pop()
    while tokens and tokens[0].upos == "PUNCT":
        tokens.pop(0)
    if not tokens or tokens[0].start < within[0] or tokens[-1].end > within[1]:
        return None
    return tokens[0].start, tokens[-1].end


def _statement(
    index: _Index,
    attribution: Attribution,
    actors: Actors,
    dates: Sequence[When],
    before: Sequence[Statement],
    seen: dict[str, int],
) -> Statement:
    content = attribution.content
    quotes = index.quotes(content)
    kind = _kind(index, content, quotes)
    speaker = actors.at(*attribution.source) if attribution.source else None
    verb = index.head(attribution.cue) if attribution.cue else None
    cue = _cues().get(verb.lemma) if verb else None
    words = {t.text.lower() for t in index.tokens(attribution.cue)} if attribution.cue else set()
    adverbs = _adverbs(index.reading, verb) if verb else set()
    addressees = _addressees(index, verb, cue, content, actors) if verb else ()
    spans = [index.span(interval) for interval in content]
    confidence = attribution.confidence if speaker else attribution.confidence * 0.7
    return Statement(
        id=item_id(index.page.id, "statement", spans, kind, [speaker or ""], seen),
        kind=kind,
        speaker=speaker,
        speaker_span=index.span(attribution.source) if attribution.source else None,
        cue=index.span(attribution.cue) if attribution.cue else None,
        content=tuple(spans),
        quotes=tuple(map(index.span, quotes)),
        addressees=tuple(a for a in addressees if a != speaker),
        about=tuple(a for a in _about(content, actors) if a != speaker),
        said=when_at(dates, index.reading, verb.i) if verb else None,
        medium=_medium(index, verb, content) if verb else None,
        repeated=bool(cue and "repeated" in cue.marks) or bool((adverbs | words) & _REPEATED),
        denial=bool(cue and "denial" in cue.marks) or _rejects_claim(index, verb),
        repeats=None,
        said_in=None,
        confidence=round(confidence, 3),
    )


_REPEATED = frozenset({"repeatedly", "again", "reiterated", "repeated", "always", "consistently", "long", "often"})
_CLAIMS = frozenset(
    {"claim", "accusation", "allegation", "report", "charge", "rumour", "rumor", "suggestion", "reports"}
)


def _kind(index: _Index, content: Sequence[Interval], quotes: Sequence[Interval]) -> StatementKind:
    """Direct where nothing but marks and connectives stands outside the quotation marks, indirect where none stand."""
    if not quotes:
        return "indirect"
    quoted = sum(b - a for a, b in quotes)
    letters = sum(sum(c.isalnum() for c in index.page.text[a:b]) for a, b in content)
    inside = sum(sum(c.isalnum() for c in index.page.text[a:b]) for a, b in quotes)
    return "direct" if quoted and letters - inside <= 0 else "mixed"


def _adverbs(reading: Reading, verb: Token) -> set[str]:
    return {reading.tokens[c].text.lower() for c in reading.children[verb.i] if reading.tokens[c].deprel == "advmod"}


def _rejects_claim(index: _Index, verb: Token | None) -> bool:
    """ "Dismissed the reports", "rejected the accusation": a denial by its object."""
    if verb is None or verb.lemma not in ("dismiss", "reject"):
        return False
    tokens = index.reading.tokens
    return any(
        tokens[c].deprel.startswith(("obj", "nsubj:pass")) and tokens[c].lemma in _CLAIMS
        for c in index.reading.children[verb.i]
    )


def _addressees(
    index: _Index, verb: Token, cue: Cue | None, content: Sequence[Interval], actors: Actors
) -> tuple[str, ...]:
    """Whom the words were said to: the object of tell, the to-phrase of say, with all that is conjoined."""
    how = cue.addressee if cue else "to"
    if how == "no":
        return ()
    tokens = index.reading.tokens
    found: list[str] = []
    for child in (tokens[c] for c in index.reading.children[verb.i]):
        relation = child.deprel.split(":")[0]
        is_object = how == "obj" and relation in ("obj", "iobj")
        is_phrase = relation == "obl" and any(
            tokens[c].deprel == "case" and tokens[c].lemma == "to" for c in index.reading.children[child.i]
        )
        if not (is_object or is_phrase) or any(a <= child.start < b for a, b in content):
            continue
        conjoined = [child, *(tokens[c] for c in index.reading.children[child.i] if tokens[c].deprel == "conj")]
        found.extend(actor for t in conjoined if (actor := actors.of_token(t.i)) is not None)
    return tuple(dict.fromkeys(found))


def _about(content: Sequence[Interval], actors: Actors) -> tuple[str, ...]:
    """Actors spoken of, in the order in which the content first names them."""
    return tuple(dict.fromkeys(actor for interval in content for actor in actors.all_at(*interval)))


def _medium(index: _Index, verb: Token, content: Sequence[Interval]) -> str | None:
    """What the phrases around the cue name as the medium: "on its website", "in an interview with ..."."""
    sentence = index.reading.sentences[verb.sentence]
    tokens = [
        t
        for t in index.reading.sentence_tokens(sentence)
        if not any(a <= t.start < b for a, b in content) and abs(t.i - verb.i) <= 25
    ]
    best: tuple[int, str] | None = None
    forms = [t.lemma.lower() for t in tokens]
    for k, token in enumerate(tokens):
        for length in (3, 2, 1):
            medium = _media().get(tuple(forms[k : k + length]))
            if medium is None or not _introduced(index.reading, tokens[min(k + length, len(tokens)) - 1]):
                continue
            distance = abs(token.i - verb.i)
            if best is None or distance < best[0]:
                best = distance, medium
            break
    return best[1] if best else None


_MEDIUM_PREPOSITIONS = frozenset({"in", "on", "via", "during", "at", "through", "by", "from", "over", "to"})


def _introduced(reading: Reading, noun: Token) -> bool:
    """Whether the phrase of a noun opens with a preposition that leads to a medium: *in* a letter, *on* its website."""
    return any(
        reading.tokens[c].deprel == "case" and reading.tokens[c].lemma.lower() in _MEDIUM_PREPOSITIONS
        for c in reading.children[noun.i]
    )


def _enclosed(found: Sequence[Statement]) -> list[Statement]:
    """Tie a statement to the smallest other one whose words hold its cue and all its content."""
    tied = []
    for inner in found:
        holders = [
            (span.end - span.start, outer.id)
            for outer in found
            if outer.id != inner.id
            for span in outer.content
            if inner.cue is not None
            and span.start <= inner.cue.start
            and inner.cue.end <= span.end
            and all(span.start <= c.start and c.end <= span.end for c in inner.content)
        ]
        tied.append(replace(inner, said_in=min(holders)[1]) if holders else inner)
    return tied


def _repeats(page: Page, found: Sequence[Statement]) -> tuple[Statement, ...]:
    """Tie a statement of the headline to the fuller one of the same saying in the text."""
    headlines = [b for b in page.blocks if b.role in ("headline", "subhead")]
    result = []
    for statement in found:
        place = statement.content[0].start
        if any(b.start <= place < b.end for b in headlines):
            fuller = [
                (_shared(statement, other), -other.content[0].start, other.id)
                for other in found
                if other.content[0].start > place
                and not any(b.start <= other.content[0].start < b.end for b in headlines)
                and (other.speaker is None or statement.speaker is None or _kin(other.speaker, statement.speaker))
            ]
            best = max(fuller, default=(0.0, 0, ""))
            if best[0] >= SAME_SAYING:
                statement = replace(statement, repeats=best[2])
        result.append(statement)
    return tuple(result)


def _kin(a: str, b: str) -> bool:
    """Whether two actor ids may be one voice: the same, or of one state ("rus" and "rus.gov.foreign-ministry")."""
    return a == b or a.split(".")[0] == b.split(".")[0] or "person" in (a.split(".")[0], b.split(".")[0])


def _content_words(statement: Statement) -> set[str]:
    text = " ".join(span.text for span in statement.content).lower()
    return {word for word in "".join(c if c.isalnum() else " " for c in text).split() if len(word) > 3}


def _shared(a: Statement, b: Statement) -> float:
    """The share of ``a``'s longer words that ``b`` has too."""
    mine = _content_words(a)
    return len(mine & _content_words(b)) / len(mine) if len(mine) >= 2 else 0.0
