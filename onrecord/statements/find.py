"""Each attribution of a page to a statement: speaker, kind, medium, addressees, day."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.actors import Actors
from onrecord.dates import when_at
from onrecord.identity import item_id
from onrecord.reading import Attribution, Reading, Token
from onrecord.record import Page, Statement, StatementKind, When
from onrecord.statements.attributions import set_right
from onrecord.statements.cues import Cue, cues
from onrecord.statements.index import Index, Interval
from onrecord.statements.media import medium_of
from onrecord.statements.ties import enclosed, repeats


def find_statements(page: Page, reading: Reading, actors: Actors, dates: Sequence[When]) -> tuple[Statement, ...]:
    """The statements of the page, in the order of their content."""
    seen: dict[str, int] = {}
    index = Index(page, reading)
    marked = set_right(index)
    found: list[Statement] = []
    for attribution in marked:
        found.append(_statement(index, attribution, actors, dates, found, seen))
    return repeats(page, enclosed(found))


def _statement(
    index: Index,
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
    cue = cues().get(verb.lemma) if verb else None
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
        said=when_at(_outside(dates, content), index.reading, verb.i) if verb else None,
        medium=medium_of(index, verb, attribution.cue, content) if verb and attribution.cue else None,
        repeated=bool(cue and "repeated" in cue.marks) or bool((adverbs | words) & _REPEATED),
        denial=bool(cue and "denial" in cue.marks) or _rejects_claim(index, verb),
        repeats=None,
        said_in=None,
        confidence=round(confidence, 3),
    )


def _outside(dates: Sequence[When], content: Sequence[Interval]) -> list[When]:
    """The dates that may be of the saying: what is "promised to come in May" was not promised in May."""
    return [d for d in dates if d.span is None or not any(a <= d.span.start and d.span.end <= b for a, b in content)]


_REPEATED = frozenset({"repeatedly", "again", "reiterated", "repeated", "always", "consistently", "long", "often"})
_CLAIMS = frozenset(
    {"claim", "accusation", "allegation", "report", "charge", "rumour", "rumor", "suggestion", "reports"}
)


def _kind(index: Index, content: Sequence[Interval], quotes: Sequence[Interval]) -> StatementKind:
    """Direct where nothing but marks and connectives stands outside the quotation marks, indirect where none stand."""
    if not quotes:
        return "indirect"
    quoted = sum(b - a for a, b in quotes)
    letters = sum(sum(map(str.isalnum, index.page.text[a:b])) for a, b in content)
    inside = sum(sum(map(str.isalnum, index.page.text[a:b])) for a, b in quotes)
    return "direct" if quoted and letters - inside <= 0 else "mixed"


def _adverbs(reading: Reading, verb: Token) -> set[str]:
    return {reading.tokens[c].text.lower() for c in reading.children[verb.i] if reading.tokens[c].deprel == "advmod"}


def _rejects_claim(index: Index, verb: Token | None) -> bool:
    """ "Dismissed the reports", "rejected the accusation": a denial by its object."""
    if verb is None or verb.lemma not in ("dismiss", "reject"):
        return False
    tokens = index.reading.tokens
    return any(
        tokens[c].deprel.startswith(("obj", "nsubj:pass")) and tokens[c].lemma in _CLAIMS
        for c in index.reading.children[verb.i]
    )


def _addressees(
    index: Index, verb: Token, cue: Cue | None, content: Sequence[Interval], actors: Actors
) -> tuple[str, ...]:
    """Whom the words were said to: the object of tell, the to-phrase of say, with all that is conjoined."""
    how = cue.addressee if cue else "to"
    if how == "no":
        return ()
    tokens = index.reading.tokens
    found: list[str] = []
    for child in (tokens[c] for c in index.reading.children[verb.i]):
        relation = child.deprel.split(":")[0]
        is_object = how == "obj" and (relation in ("obj", "iobj") or child.deprel == "nsubj:pass")
        is_phrase = relation == "obl" and any(
            tokens[c].deprel == "case" and tokens[c].lemma == "to" for c in index.reading.children[child.i]
        )
        if not (is_object or is_phrase) or any(a <= child.start < b for a, b in content):
            continue
        conjoined = [child, *(tokens[c] for c in index.reading.children[child.i] if tokens[c].deprel == "conj")]
        found.extend(actor for t in conjoined if (actor := actors.of_token(t.i)) is not None)
    if how == "obj" and not found:
        return _told(index, verb, content, actors)
    return tuple(dict.fromkeys(found))


def _told(index: Index, verb: Token, content: Sequence[Interval], actors: Actors) -> tuple[str, ...]:
    """Who stands between a verb of telling and what is told: the object where the tree took it for something else."""
    after = min((a for a, _ in content if a >= verb.end), default=index.block_of(verb.start)[1])
    for token in index.tokens((verb.end, after)):
        if token.sentence != verb.sentence or token.upos in ("PUNCT", "ADP", "VERB", "SCONJ", "ADV", "AUX"):
            break
        if (actor := actors.of_token(token.i)) is not None:
            return (actor,)
    return ()


def _about(content: Sequence[Interval], actors: Actors) -> tuple[str, ...]:
    """Actors spoken of, in the order in which the content first names them."""
    return tuple(dict.fromkeys(actor for interval in content for actor in actors.all_at(*interval)))
